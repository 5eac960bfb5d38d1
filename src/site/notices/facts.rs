//! What the texts of generated pages may name, from practice.yaml and the site's people and pages.
//!
//! Owns each fact's name and when it is known. A fact that is not known is never guessed: what names it is left out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fill::{Facts, escaped, fill};
use super::{Notice, linked_page, recipients, required};
use crate::document::model::{FormProvider, Layout, Legal, PolicyKind, Practice, PracticeKind, RawHtml};
use crate::document::values::names;
use crate::site::providers::{self, Cookies};
use crate::site::{Page, Practitioner, authorities, countries, hosts};

/// What facts are taken from.
pub(super) struct Known<'a> {
    pub practice: &'a Practice,
    pub people: &'a [Practitioner],
    pub pages: &'a [Page],
    /// The language of the text.
    pub language: &'a str,
    /// The words of that language.
    pub phrases: &'a BTreeMap<String, String>,
    pub today: Date,
}

impl Known<'_> {
    /// Every host that the practice and its people declare.
    pub fn hosts(&self) -> Vec<hosts::Declared> {
        hosts::of_practice(self.practice, self.people.iter().filter_map(|person| person.front.booking.as_ref()))
    }

    /// A word of the text's language.
    pub fn phrase(&self, key: &str) -> &str {
        self.phrases.get(key).map(String::as_str).unwrap_or_default()
    }

    /// What stands between the parts of a list: Arabic has a comma of its own.
    pub fn comma(&self) -> &'static str {
        if self.language == "ar" { "، " } else { ", " }
    }

    /// Whether the practice works in one of these countries.
    fn works_in(&self, is: impl Fn(&str) -> bool) -> bool {
        self.practice.jurisdictions.iter().any(|place| is(place.country()))
    }

    pub fn works_in_eea(&self) -> bool {
        self.works_in(countries::in_eea)
    }

    pub fn works_in_uk(&self) -> bool {
        self.works_in(|country| country == "GB")
    }
}

/// Every fact that is known.
pub(super) fn of(known: &Known<'_>) -> Facts {
    let mut facts = Facts::new();
    contact(known, &mut facts);
    law(known, &mut facts);
    companies(known, &mut facts);
    if let Some(legal) = &known.practice.legal {
        imprint(known, legal, &mut facts);
    }
    facts
}

/// Adds a fact where it is known.
fn know(facts: &mut Facts, name: &'static str, fact: Option<String>) {
    if let Some(fact) = fact {
        facts.insert(name, fact);
    }
}

/// Adds a condition where it holds.
fn hold(facts: &mut Facts, name: &'static str, holds: bool) {
    know(facts, name, holds.then(String::new));
}

/// Who the practice is and how it is reached.
fn contact(known: &Known<'_>, facts: &mut Facts) {
    let practice = known.practice;
    know(facts, "name", Some(practice.name.clone()));
    know(facts, "legal_name", Some(practice.legal_name.clone().unwrap_or_else(|| practice.name.clone())));
    know(facts, "email", practice.email.as_ref().map(|email| email.to_string()));
    know(facts, "phone", practice.phone.as_ref().map(|phone| phone.to_string()));
    let address = practice.locations.iter().find_map(|location| location.address.as_ref());
    let address = address.map(|address| address.lines().join(known.comma()));
    hold(facts, "no_address", address.is_none());
    know(facts, "address", address);
    hold(facts, "no_email", practice.email.is_none());
    // The author's own may have any address; without one, the program makes one.
    let own = known.pages.iter().find(|page| page.front.layout == Layout::Contact).and_then(linked_page);
    know(facts, "contact_page", Some(own.unwrap_or_else(|| "/contact/".to_string())));
    hold(facts, "access", practice.locations.iter().any(|location| !location.access.is_empty()));
}

/// Which law holds, and what it calls for.
fn law(known: &Known<'_>, facts: &mut Facts) {
    let practice = known.practice;
    let (eea, uk) = (known.works_in_eea(), known.works_in_uk());
    let swiss = known.works_in(|country| country == "CH");
    let us = known.works_in(|country| country == "US");
    let law = match (eea, uk) {
        (true, true) => {
            let names: Facts =
                BTreeMap::from([("gdpr", known.phrase("gdpr").into()), ("uk", known.phrase("uk").into())]);
            fill(known.phrase("both"), &names, |_, fact| fact.to_string())
        }
        (true, false) => Some(known.phrase("gdpr").to_string()),
        (false, true) => Some(known.phrase("uk").to_string()),
        (false, false) => None,
    };
    know(facts, "law", law);
    hold(facts, "swiss", swiss);
    hold(facts, "swiss_only", swiss && !eea && !uk);
    hold(facts, "european", eea || uk || swiss);
    hold(facts, "not_european", !(eea || uk || swiss));
    hold(facts, "us", us);
    hold(facts, "clinical", practice.kind != PracticeKind::Coaching);
    hold(facts, "coaching", practice.kind == PracticeKind::Coaching);
    hold(facts, "hipaa", practice.hipaa_covered_entity == Some(true));
    hold(facts, "no_hipaa", practice.hipaa_covered_entity == Some(false));
    let policy = |kind: PolicyKind| {
        let mut pages = known.pages.iter();
        pages.find(|page| page.front.policy.as_ref().is_some_and(|policy| policy.kind == kind)).and_then(linked_page)
    };
    know(facts, "practices_page", policy(PolicyKind::PrivacyPractices));
    let made = || {
        required(Notice::ConsumerHealthData, practice, known.people, known.today)
            .then(|| "/consumer-health-data/".to_string())
    };
    know(facts, "health_data_page", policy(PolicyKind::ConsumerHealthData).or_else(made));
    let supervises = |is: &dyn Fn(&str) -> bool| {
        let places = practice.jurisdictions.iter().filter(|place| is(place.country()));
        let mut names: Vec<&str> = places.filter_map(|place| authorities::of(place, known.language)).collect();
        names.dedup();
        (!names.is_empty()).then(|| names.join("; "))
    };
    know(facts, "authority", supervises(&|country| country == "GB" || countries::in_eea(country)));
    know(facts, "swiss_authority", supervises(&|country| country == "CH"));
    // The laws that ask for an imprint, as each country cites them.
    let spanish = if known.language == "es" { "el art. 10 LSSI" } else { "art. 10 LSSI" };
    let swiss = match known.language {
        "fr" => "art. 3, al. 1, let. s LCD",
        "it" => "art. 3 cpv. 1 lett. s LCSl",
        _ => "Art. 3 Abs. 1 Bst. s UWG",
    };
    let laws = [
        ("DE", "§ 5 DDG"),
        ("AT", "§ 5 ECG, § 25 MedienG"),
        ("CH", swiss),
        ("ES", spanish),
        ("FR", "art. 1-1 et 19 LCEN"),
        ("IT", "art. 7 D.Lgs. 70/2003"),
        ("NL", "art. 3:15d BW"),
        ("PT", "art. 10.º DL 7/2004"),
    ];
    let cited = laws.into_iter().filter(|(country, _)| known.works_in(|own| own == *country)).map(|(_, law)| law);
    know(facts, "imprint_law", Some(cited.collect::<Vec<_>>().join(", ")).filter(|laws| !laws.is_empty()));
    for (name, country) in [("germany", "DE"), ("austria", "AT")] {
        hold(facts, name, known.works_in(|own| own == country));
    }
    hold(facts, "not_germany", !known.works_in(|own| own == "DE"));
}

/// The companies that a visit or a message has to do with.
fn companies(known: &Known<'_>, facts: &mut Facts) {
    let practice = known.practice;
    // What is not known of a company is not said of it: neither that it sets cookies nor that it sets none.
    let declared = known.hosts();
    // HTML of the author's may load what is usually loaded on a click.
    let any_time = practice.raw_html == RawHtml::Allow;
    let on_load =
        |one: &&hosts::Declared| one.when == hosts::When::OnLoad || any_time && one.purpose == hosts::Purpose::Allowed;
    let on_load: Vec<&str> = declared.iter().filter(on_load).map(|one| one.host.as_str()).collect();
    let cookies = |host: &str| providers::of_host(host).and_then(|provider| provider.said_of_cookies());
    let none = on_load.iter().all(|host| cookies(host) == Some(Cookies::None));
    let counter = practice.analytics.as_ref().map(|analytics| cookies(&analytics.script_host));
    hold(facts, "no_analytics", on_load.is_empty());
    hold(facts, "no_cookies", counter.is_some() && none);
    hold(facts, "sets_cookies", counter == Some(Some(Cookies::Sets)));
    hold(facts, "counted", counter.is_some_and(|counter| !none && counter != Some(Cookies::Sets)));
    let counting = practice.analytics.as_ref();
    know(facts, "analytics", counting.map(|service| hosts::named(Some(&service.provider), &service.script_host)));
    let form = practice.contact_form.as_ref().and_then(|form| match form.provider {
        FormProvider::Netlify => Some("Netlify".to_string()),
        _ => host_of(form.endpoint.as_deref()?),
    });
    know(facts, "form", form);
    know(facts, "booking", practice.booking.as_ref().and_then(|booking| host_of(&booking.url)));
    hold(facts, "no_hosting", practice.hosting.is_none());
    if let Some(hosting) = &practice.hosting {
        know(facts, "hosting", Some(hosting.provider.clone()));
        know(facts, "hosting_address", hosting.address.clone());
        hold(facts, "hosted", hosting.address.is_some() || known.works_in(|country| country == "FR"));
        let country = hosting.country.as_ref();
        know(
            facts,
            "hosting_country",
            country.map(|code| names::place(code, known.language).unwrap_or(code).to_string()),
        );
        know(facts, "log_days", hosting.log_days.filter(|days| *days > 1).map(|days| days.to_string()));
        hold(facts, "no_logs", hosting.log_days == Some(0));
        hold(facts, "log_day", hosting.log_days == Some(1));
        // Arabic has a form for two, for few, for many and for the rest (Unicode CLDR, plural rules), by the last two digits.
        let log_days = hosting.log_days.filter(|days| *days > 1);
        hold(facts, "log_two", log_days == Some(2));
        hold(facts, "log_few", log_days.is_some_and(|days| (3..=10).contains(&(days % 100))));
        hold(facts, "log_many", log_days.is_some_and(|days| days % 100 > 10));
        hold(facts, "log_other", log_days.is_some_and(|days| days > 2 && days % 100 < 3));
    }
    know(facts, "messages_kept", practice.messages_kept.clone());
    hold(facts, "no_messages_kept", practice.messages_kept.is_none());
    know(facts, "recipients", recipients::list(known));
}

fn host_of(address: &str) -> Option<String> {
    url::Url::parse(address).ok()?.host_str().map(str::to_string)
}

/// The facts of an imprint.
fn imprint(known: &Known<'_>, legal: &Legal, facts: &mut Facts) {
    know(facts, "vat_id", legal.vat_id.clone());
    know(facts, "register", legal.register.clone());
    know(facts, "business_id", legal.business_id.clone());
    know(facts, "represented_by", legal.represented_by.clone());
    know(facts, "activity", legal.activity.clone());
    know(facts, "authority_of_profession", legal.authority.clone());
    know(facts, "chamber", legal.chamber.clone());
    know(facts, "professional_title", legal.title.clone());
    know(facts, "title_state", legal.title_state.clone());
    know(facts, "responsible", legal.responsible.clone());
    let rules = legal.rules.iter().map(|rules| match &rules.url {
        Some(url) => format!("[{}](<{}>)", escaped(&rules.name), &**url),
        None => escaped(&rules.name),
    });
    let rules = rules.collect::<Vec<_>>().join("; ");
    know(facts, "rules", Some(rules).filter(|rules| !rules.is_empty()));
    let some = |fields: &[&Option<String>]| fields.iter().any(|field| field.is_some());
    let profession = some(&[&legal.title, &legal.title_state, &legal.chamber, &legal.authority]);
    hold(facts, "profession", profession || !legal.rules.is_empty());
    hold(facts, "registered", some(&[&legal.register, &legal.vat_id, &legal.business_id]));
    // A number is called as the country calls it, the first of these where there are several.
    let first = ["DE", "AT", "CH", "ES", "FR", "IT", "NL", "PT"]
        .into_iter()
        .find(|named| known.works_in(|country| country == *named));
    let business_id = match first {
        Some("DE") => "w_idnr",
        Some("CH") => "uid",
        Some("ES" | "PT") => "nif",
        Some("FR") => "siret",
        Some("NL") => "kvk",
        _ => "other_id",
    };
    hold(facts, business_id, true);
    let vat_id = match first {
        Some("DE") => "german_vat",
        Some("AT") => "austrian_vat",
        _ => "other_vat",
    };
    hold(facts, vat_id, true);
}
