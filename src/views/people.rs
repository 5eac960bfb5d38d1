//! People as pages show them.

use super::maker::{Maker, Shown};
use crate::contract::view::*;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model;
use crate::site::Entry;
use crate::theme::own::Fielded;

impl Maker<'_> {
    /// A person, without the services that name them.
    pub(super) fn person(&self, entry: &Entry<model::Practitioner>, diagnostics: &mut Diagnostics) -> PersonView {
        let front = &entry.front;
        let alt = front.photo_alt.clone().unwrap_or_else(|| front.name.clone());
        let photo = front.photo.as_ref().and_then(|photo| {
            let shown = Shown { alt: &alt, focus: front.photo_focus };
            self.picture(&entry.document.path, photo, shown, entry.document.locate("photo").value, diagnostics)
        });
        let image = self.common_picture(entry, front.common(), diagnostics);
        for (index, tag) in front.languages.iter().enumerate() {
            if self.theme.words.language(tag).is_none() {
                let place = entry.document.locate(&format!("languages[{index}]")).value;
                let message = format!("Anteroom has no name for the language `{}`, so no page shows it", &**tag);
                diagnostics.push(Diagnostic::new(&codes::LANGUAGE_UNNAMED, message).at(&entry.document.path, place));
            }
        }
        PersonView {
            name: front.name.clone(),
            lang: self.site.borrowed(&entry.document.path).map(str::to_string),
            fields: self.fields_of(Fielded::Practitioner, entry, front.common(), diagnostics),
            initials: initials(&front.name),
            seed: seed(&front.name),
            href: self.document_href(&entry.document.path),
            role_title: front.role_title.clone(),
            summary: front.summary.clone(),
            photo,
            image,
            pronouns: front.pronouns.clone(),
            credentials: front
                .credentials
                .iter()
                .map(|credential| CredentialView {
                    abbr: credential.abbr.clone(),
                    name: credential.name.clone(),
                    issuer: credential.issuer.clone(),
                    year: credential.year,
                    url: credential.url.as_ref().map(|url| url.to_string()),
                })
                .collect(),
            licences: self.site.licences(front).map(|licence| self.licence(licence)).collect(),
            supervision: front.supervision.as_ref().map(|supervision| SupervisionView {
                supervisor: supervision.supervisor.clone(),
                supervisor_licence: supervision.supervisor_licence.clone(),
                employer: supervision.employer.clone(),
            }),
            memberships: self.memberships(entry, diagnostics),
            education: front.education.clone(),
            languages: front.languages.iter().filter_map(|tag| self.theme.words.language(tag)).collect(),
            modalities: front.modalities.clone(),
            specialties: front.specialties.clone(),
            populations: front.populations.clone(),
            ages: front.ages.clone(),
            formats: front.formats.iter().map(|format| format.key().to_string()).collect(),
            locations: front.locations.clone(),
            accepting: front.accepting.as_ref().map(|accepting| AcceptingView {
                status: accepting.status.key().to_string(),
                as_of: self.date(accepting.as_of),
            }),
            booking: front.booking.as_ref().or(self.site.practice.value.booking.as_ref()).map(|own| self.booking(own)),
            price: front.fees.as_ref().and_then(|price| self.price(price)),
            insurance: front.insurance.clone(),
            since: front.practising_since.map(|year| self.word("since").replace("{year}", &year.to_string())),
            services: Vec::new(),
        }
    }

    fn memberships(&self, entry: &Entry<model::Practitioner>, diagnostics: &mut Diagnostics) -> Vec<MembershipView> {
        let mut views = Vec::new();
        for (index, membership) in entry.front.memberships.iter().enumerate() {
            let logo = membership.body().and_then(|body| body.logo.as_ref()).and_then(|logo| {
                let place = entry.document.locate(&format!("memberships[{index}].logo")).value;
                let shown = Shown { alt: membership.name(), focus: None };
                self.picture(&entry.document.path, logo, shown, place, diagnostics)
            });
            let url = membership.body().and_then(|body| body.url.as_ref()).map(|url| url.to_string());
            views.push(MembershipView { name: membership.name().to_string(), url, logo });
        }
        views
    }
}

/// A number of the name's own, below 997.
pub(super) fn seed(name: &str) -> u32 {
    name.chars().fold(7u32, |sum, letter| sum.wrapping_mul(31).wrapping_add(u32::from(letter))) % 997
}

/// The first letters of the first and the last name.
fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_alphabetic)).collect();
    // An article is no name: al-Haddad, الحداد.
    let bare =
        |word: &&str| word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word).to_string();
    let letter = |word: &&str| bare(word).chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    match words.as_slice() {
        [] => String::new(),
        [one] => letter(one),
        // Letters that join would be read as a word.
        [first, .., last] if first.chars().any(|c| ('\u{600}'..'\u{900}').contains(&c)) => {
            format!("{}\u{200c}{}", letter(first), letter(last))
        }
        [first, .., last] => letter(first) + &letter(last),
    }
}
