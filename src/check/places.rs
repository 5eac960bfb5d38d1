//! Places whose letters mean two things: `CA` is Canada, and California is `US-CA`.
//!
//! Owns the question, and what answers it: the other facts of practice.yaml.

use super::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::Practice;
use crate::document::values::Jurisdiction;
use crate::document::values::places::{name_of, state_of_same_letters};
use crate::source::SourcePath;
use crate::yaml::Path;

pub(super) fn check(subject: &Subject<'_>, found: &mut Diagnostics) {
    let practice = subject.practice();
    let of_practice = &subject.site.practice;
    for (index, place) in practice.jurisdictions.iter().enumerate() {
        let at = || of_practice.locate(&Path::of(&format!("jurisdictions[{index}]"))).value;
        found.extend(asked(practice, place).map(|finding| finding.at(&of_practice.path, at())));
    }
    for person in &subject.site.practitioners {
        let serves = person.front.serves.iter().enumerate().map(|(index, place)| (format!("serves[{index}]"), place));
        let licences = person.front.licences.iter().enumerate();
        let licences = licences.map(|(index, own)| (format!("licences[{index}].jurisdiction"), &own.jurisdiction));
        let path: &SourcePath = &person.document.path;
        for (field, place) in serves.chain(licences) {
            let at = || person.document.locate(&field).value;
            found.extend(asked(practice, place).map(|finding| finding.at(path, at())));
        }
    }
}

/// The question which of two places is meant, where nothing answers it.
fn asked(practice: &Practice, place: &Jurisdiction) -> Option<Diagnostic> {
    let state = state_of_same_letters(place)?;
    if is_meant(practice, place) {
        return None;
    }
    let (country, name) = (name_of(place), name_of(&state));
    let message = format!("`{}` means {country} here; {name} is `{state}`", &**place);
    Some(Diagnostic::new(&codes::AMBIGUOUS_PLACE, message).label(format!("did you mean `{state}`?")).help(format!(
        "write `{state}` for {name}; for {country}, add an address, the currency or a telephone number from there, \
         or name a part of it"
    )))
}

/// Whether the other facts say that the country is meant.
fn is_meant(practice: &Practice, place: &Jurisdiction) -> bool {
    let mut addresses = practice.locations.iter().filter_map(|location| location.address.as_ref());
    let addressed = |country: &str| addresses.clone().any(|address| &*address.country == country);
    let parts = practice.jurisdictions.iter().filter(|own| own.contains('-'));
    let in_country = |country: &str| parts.clone().any(|own| own.country() == country);
    let (language, region) = practice.language.split_once('-').unwrap_or((&practice.language, ""));
    let (own, american) = (&**place, "US");
    if addressed(own) || in_country(own) || region == own || practice.crisis.countries.iter().any(|c| &**c == own) {
        return true;
    }
    if addresses.next().is_some_and(|address| &*address.country == american) || in_country(american) {
        return false;
    }
    // Whoever takes no dollars, has no number of North America, or writes in a language that is no state's is not asked.
    let elsewhere = practice.currency.as_ref().is_some_and(|currency| &**currency != "USD");
    let abroad = practice.phone.as_ref().is_some_and(|phone| !phone.starts_with("+1"));
    elsewhere || abroad || !matches!(language, "en" | "es")
}
