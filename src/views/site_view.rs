//! The site's view: what every page can show of the practice.
//!
//! Owns `site` in templates: navigation, statement, locations, form, notices. How facts are written is `facts`'; crisis help
//! is `crisis`'s.

use super::facts::phone;
use super::maker::{Maker, Shown};
use super::{people, policy};
use crate::contract::view::*;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::{self, FormProvider, PracticeKind};
use crate::markup::html;
use crate::output::File;
use crate::picture::Format;
use crate::route::address::{self, host};
use crate::route::{Label, NavigationLink, OutputPath, Subject, Target};
use crate::site::booking as site_booking;
use crate::theme::SEARCH_SCRIPT;
use crate::yaml::Path;

impl Maker<'_> {
    /// The site's view.
    pub fn site(&self, icons: &[(OutputPath, File)], diagnostics: &mut Diagnostics) -> SiteView {
        let practice = &self.site.practice.value;
        let path = &self.site.practice.path;
        let picture = |field: &str, name: &model::Practice, diagnostics: &mut Diagnostics| {
            let file = match field {
                "logo" => name.logo.as_ref(),
                "logo_dark" => name.logo_dark.as_ref(),
                _ => name.icon.as_ref(),
            };
            let place = self.site.practice.locate(&Path::of(field)).value;
            file.and_then(|file| {
                self.picture(path, file, Shown { alt: &practice.name, focus: None }, place, diagnostics)
            })
        };
        if practice.logo.is_none() && practice.logo_dark.is_some() {
            let place = self.site.practice.locate(&Path::of("logo_dark")).value;
            let finding = Diagnostic::new(&codes::LOGO_MISSING, "`logo_dark` is only used beside `logo`");
            diagnostics.push(finding.at(path, place).help("write this line as `logo: …`, or add a `logo`"));
        }
        let icon = picture("icon", practice, diagnostics).map(|icon| icon.href);
        let icon =
            icon.or_else(|| self.theme.files.get("icon.svg").map(|file| address::inside(&file.path, self.portable)));
        if let Some(own) = practice.booking.as_ref().filter(|own| site_booking::cannot_be_framed(own)) {
            let place = self.site.practice.locate(&Path::of("booking.mode")).value;
            let message = format!("{} can't be shown inside a page", host(&own.url).unwrap_or_default());
            diagnostics
                .push(Diagnostic::new(&codes::BOOKING_NOT_FRAMED, message).at(path, place).help("write `mode: link`"));
        }
        let notices = self.site.notices.iter().map(|index| {
            let notice = &practice.notices[*index];
            let place = format!("notices[{index}].text");
            NoticeView {
                line: html::words(&notice.text),
                html: self.practice_text(&notice.text, &place, diagnostics),
                until: notice.until.map(|date| self.date(date)),
            }
        });
        SiteView {
            name: practice.name.clone(),
            short_name: self.site.short_name().to_string(),
            seed: people::seed(&practice.name),
            legal_name: practice.legal_name.clone(),
            tagline: practice.tagline.clone(),
            description: practice.description.clone(),
            lang: practice.language.to_string(),
            direction: self.theme.words.direction.to_string(),
            kind: practice.kind.key().to_string(),
            href: address::inside(&self.routes.prefix, self.portable),
            navigation: self.links(&self.routes.navigation),
            footer: self.links(&self.routes.footer),
            notices: notices.collect(),
            crisis: self.crisis(),
            statement: self.statement(),
            licences: self.licences(),
            email: practice.email.as_ref().map(|email| email.to_string()),
            phone: practice.phone.as_ref().map(|number| phone(number, None)),
            sms_ok: practice.sms_ok,
            preferred_contact: practice
                .preferred_contact
                .filter(|way| practice.has(*way))
                .map(|way| way.key().to_string()),
            contact_ways: practice.contact_ways().into_iter().map(|way| way.key().to_string()).collect(),
            time_zone: practice.time_zone.as_deref().and_then(|zone| self.theme.words.time_zone(zone)),
            response_time: practice.response_time.clone(),
            locations: practice
                .locations
                .iter()
                .enumerate()
                .map(|(at, location)| self.location(at, location))
                .collect(),
            booking: practice.booking.as_ref().map(|own| self.booking(own)),
            form: practice.contact_form.as_ref().map(|form| self.form(form)),
            contact_href: self.contact_href(),
            fees_href: self.fees_href(),
            client_portal_url: practice.client_portal_url.as_ref().map(|url| url.to_string()),
            logo: picture("logo", practice, diagnostics),
            logo_dark: picture("logo_dark", practice, diagnostics),
            icon: icon.map(|href| IconView { media_type: mime_of(&href).to_string(), href }),
            touch_icon_href: (!icons.is_empty()).then(|| address::inside("apple-touch-icon.png", self.portable)),
            feed_href: (!self.site.articles.is_empty()).then(|| address::inside(&self.routes.full("feed.xml"), false)),
            search_href: self.search().form_href,
            same_as: practice.same_as.iter().map(|url| url.to_string()).collect(),
            hosts: self
                .hosts
                .iter()
                .map(|one| HostView {
                    host: one.host.clone(),
                    purpose: one.purpose.key().to_string(),
                    when: one.when.key().to_string(),
                })
                .collect(),
        }
    }

    /// What the search page works with. From a disk browsers fetch nothing, so that a portable copy has no search.
    pub fn search(&self) -> SearchView {
        let page = self.subject_href(|subject| *subject == Subject::Search).filter(|_| !self.portable);
        let script = self.theme.files.get(SEARCH_SCRIPT).filter(|_| page.is_some());
        SearchView {
            script_integrity: script.map(|file| policy::integrity(&file.bytes)),
            script_href: script.map(|file| address::inside(&file.path, self.portable)),
            form_href: page,
        }
    }

    /// A navigation's entries.
    fn links(&self, entries: &[NavigationLink]) -> Vec<LinkView> {
        let view = |entry: &NavigationLink| LinkView {
            label: match &entry.label {
                Label::Given(label) => label.clone(),
                Label::Word(key) => self.word(key),
            },
            lang: self.borrowed_title(entry),
            external: matches!(entry.target, Target::Outside(_)),
            href: address::target(&entry.target, self.portable),
            children: self.links(&entry.children),
        };
        entries.iter().map(view).collect()
    }

    /// The language of an entry's words, where they're the title of a page that nobody has translated.
    fn borrowed_title(&self, entry: &NavigationLink) -> Option<String> {
        let (Label::Given(label), Target::Inside(url)) = (&entry.label, &entry.target) else { return None };
        let route = self.routes.at(url)?;
        self.borrowed_from(route).filter(|_| self.title_of(route) == *label)
    }

    fn statement(&self) -> Option<StatementView> {
        let practice = &self.site.practice.value;
        match &practice.coaching_statement {
            Some(statement) => {
                let page = statement.page.as_deref().and_then(|page| {
                    let link = crate::route::links::resolve(self.site, self.routes, &self.site.practice.path, page);
                    match link {
                        crate::route::links::Link::Page { url, .. } => Some(address::inside(&url, self.portable)),
                        _ => None,
                    }
                });
                Some(StatementView { text: statement.text.clone(), href: page })
            }
            None if practice.kind == PracticeKind::LicensedTherapy => None,
            // Of somebody with a licence, "does not treat" would be untrue: there it is said of coaching alone.
            None if practice.kind == PracticeKind::Mixed || !self.licences().is_empty() => {
                Some(StatementView { text: self.word("coaching_statement_beside_therapy"), href: None })
            }
            None => Some(StatementView {
                text: self.word("coaching_statement").replace("{name}", &practice.name),
                href: None,
            }),
        }
    }

    fn location(&self, at: usize, location: &model::Location) -> LocationView {
        LocationView {
            label: location.label.clone(),
            address: location.address.as_ref().map(|address| address.lines()).unwrap_or_default(),
            area: location.area.clone(),
            online: location.online,
            hours: self.hours(&location.hours),
            closures: self.site.closures(at).map(|closure| self.closure(closure)).collect(),
            access: location.access.clone(),
            map: self.map(location),
        }
    }

    fn form(&self, form: &model::ContactForm) -> FormView {
        let thanks = address::inside(&self.routes.full("contact/thanks/"), self.portable);
        let endpoint = form.endpoint.as_ref().map(|endpoint| endpoint.to_string());
        FormView {
            provider: format!("{:?}", form.provider).to_lowercase(),
            action: match form.provider {
                FormProvider::Netlify => thanks.clone(),
                FormProvider::Formspree | FormProvider::Endpoint => endpoint.clone().unwrap_or_default(),
            },
            host: endpoint.as_deref().and_then(host).filter(|_| form.provider != FormProvider::Netlify),
            thanks_url: self.canonical(&self.routes.full("contact/thanks/")),
            trap: if form.provider == FormProvider::Formspree { "_gotcha" } else { "website" }.to_string(),
            thanks_href: thanks,
        }
    }
}

/// The media type of a picture, by its name.
fn mime_of(name: &str) -> &'static str {
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    Format::of_extension(&extension).map_or("image/png", Format::media_type)
}
