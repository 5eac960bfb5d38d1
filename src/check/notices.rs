//! Notices and statements: whether those that a practice must publish can be found and say what they must.

use regex::RegexBuilder;

use super::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::model::{Legal, PolicyKind, PracticeKind};
use crate::output::{File, Output};
use crate::route::Route;
use crate::rules::notices;
use crate::site::Page;
use crate::site::notices::{self as generated, Notice};

pub(super) fn check(subject: &Subject<'_>, output: Option<&Output>, found: &mut Diagnostics) {
    let rules = notices::rules();
    for (notice, page) in &subject.site.generated {
        marked(subject, *notice, &subject.site.pages[*page], found);
    }
    reachable(subject, output, Notice::GoodFaithEstimate, found);
    reachable(subject, output, Notice::ConsumerHealthData, found);
    if subject.practice().hipaa_covered_entity == Some(true) {
        match policy(subject, PolicyKind::PrivacyPractices) {
            None => found.extend(
                subject
                    .at_practice(
                        &rules.privacy_practices_missing.info,
                        "hipaa_covered_entity",
                        "a HIPAA covered entity must publish its Notice of Privacy Practices",
                    )
                    .map(|finding| {
                        finding.help(
                            "add a page with `layout: policy` and `policy: { type: privacy-practices, effective: … }`",
                        )
                    }),
            ),
            Some(page) => outdated(subject, page, found),
        }
    }
    statement(subject, output, found);
    imprint(subject, found);
    if subject.site.practitioners.iter().any(|person| !person.front.licences.is_empty()) {
        let message = "licensees in Texas must tell clients how to complain to the Behavioral Health Executive Council";
        found.extend(subject.at_practice(&rules.complaint_notice.info, "jurisdictions", message));
    }
}

fn policy<'a>(subject: &Subject<'a>, kind: PolicyKind) -> Option<&'a Page> {
    subject.site.pages.iter().find(|page| page.front.policy.as_ref().is_some_and(|policy| policy.kind == kind))
}

/// A note for a page that was made from facts.
fn marked(subject: &Subject<'_>, notice: Notice, page: &Page, found: &mut Diagnostics) {
    let Some(route) = subject.routes.of_source(&page.document.path) else { return };
    let message = format!("/{} is generated from these facts", route.url.as_str());
    let kind = notice.policy_key();
    found.extend(subject.at_practice(&notices::rules().page_generated.info, "name", message).map(|finding| {
        finding.help(format!("read it; to replace it, write your own page with `policy: {{ type: {kind} }}`"))
    }));
}

/// Whether a notice that must be published is linked from where it is looked for, and open to search engines.
fn reachable(subject: &Subject<'_>, output: Option<&Output>, notice: Notice, found: &mut Diagnostics) {
    let rules = notices::rules();
    let info = match notice {
        Notice::GoodFaithEstimate => &rules.good_faith_estimate_missing.info,
        _ => &rules.consumer_health_data_policy.info,
    };
    if !generated::required(notice, subject.practice(), &subject.site.practitioners, subject.today) {
        return;
    }
    let own = policy(subject, notice.policy());
    if let Some(page) = own.filter(|page| page.front.noindex) {
        let message = "people must be able to find this notice, but `noindex` hides it";
        found.extend(
            subject
                .at(info, &page.document, "noindex", message)
                .map(|finding| finding.help("remove the `noindex` line")),
        );
    }
    let Some(route) = own.and_then(|page| subject.routes.of_source(&page.document.path)) else { return };
    let places: &[&str] = if notice == Notice::GoodFaithEstimate { &["", "fees/"] } else { &[""] };
    for place in places {
        let Some(page) = subject.routes.own(place) else { continue };
        if links_to(output, page, route) == Some(false) {
            let message = format!("/{} doesn't link to /{}", page.url.as_str(), route.url.as_str());
            found.extend(subject.at_practice(info, "theme", message).map(|finding| {
                finding.help("keep the links in the footer and the fees table of your theme's templates")
            }));
        }
    }
}

/// Whether a finished page links to another.
fn links_to(output: Option<&Output>, page: &Route, to: &Route) -> Option<bool> {
    let File::Made(bytes) = output?.files.get(&page.file)? else { return None };
    let html = std::str::from_utf8(bytes).ok()?;
    let href = format!("{}{}", page.url.root(), to.url.as_str());
    Some(html.contains(&format!("href=\"{href}\"")) || html.contains(&format!("href=\"{href}index.html\"")))
}

fn outdated(subject: &Subject<'_>, page: &Page, found: &mut Diagnostics) {
    let rule = &notices::rules().privacy_practices_outdated;
    let effective = page.front.policy.as_ref().and_then(|policy| policy.effective);
    if let (Some(day), Some(before)) = (effective, rule.data.before)
        && day < before
    {
        let message = format!("this notice dates from {day}, but the rules changed on {before}");
        found.extend(subject.at(&rule.info, &page.document, "policy.effective", message));
    }
}

/// Whether the practice's own statement says that coaching is something else than therapy.
fn statement(subject: &Subject<'_>, output: Option<&Output>, found: &mut Diagnostics) {
    let rule = &notices::rules().coaching_statement_missing;
    let practice = subject.practice();
    if practice.kind == PracticeKind::LicensedTherapy {
        return;
    }
    let language = practice.language.split('-').next().unwrap_or_default();
    let words = rule.data.iter().find(|words| words.languages.iter().any(|own| own == language));
    if let (Some(statement), Some(words)) = (&practice.coaching_statement, words) {
        let holds = |patterns: &[String]| {
            patterns.iter().any(|pattern| {
                let regex = RegexBuilder::new(pattern).case_insensitive(true).build();
                regex.is_ok_and(|regex| regex.is_match(&statement.text))
            })
        };
        if !(holds(&words.names) && holds(&words.denies)) {
            let message = "this doesn't say that coaching is neither therapy nor medical care";
            found.extend(subject.at_practice(&rule.info, "coaching_statement.text", message).map(|finding| {
                finding.help("say so in a sentence, or remove `coaching_statement` to show Anteroom's own")
            }));
        }
    }
    // A theme that leaves the statement out leaves it out of every page, so one is enough to see it.
    let home = subject.routes.own("").and_then(|home| output?.files.get(&home.file));
    if let Some(File::Made(bytes)) = home
        && !String::from_utf8_lossy(bytes).contains("class=\"statement\"")
    {
        let message = "the theme doesn't show the coaching statement on its pages";
        found.extend(subject.at_practice(&rule.info, "theme", message));
    }
}

/// Whether a name ends in the legal form of a company that somebody represents.
fn is_company(name: &str) -> bool {
    const FORMS: [&str; 10] = ["GmbH", "gGmbH", "mbH", "UG", "AG", "KG", "OG", "eG", "PartG", "e.V."];
    let words = || name.split([' ', ',', '(', ')', '&']);
    words().any(|word| FORMS.contains(&word) || word == "eGen") || name.contains("e. V.")
}

/// What an imprint must say and practice.yaml does not.
fn imprint(subject: &Subject<'_>, found: &mut Diagnostics) {
    let info = &notices::rules().impressum_missing.info;
    let practice = subject.practice();
    if !subject.site.generated.iter().any(|(notice, _)| *notice == Notice::Imprint) {
        return;
    }
    let works_in = |country: &str| practice.jurisdictions.iter().any(|place| place.country() == country);
    let legal = practice.legal.as_ref();
    let mut missing: Vec<(&str, &str, &str)> = Vec::new();
    let mut want = |there: bool, field, what, help| {
        if !there {
            missing.push((field, what, help));
        }
    };
    // The law wants the person or the company; a practice's name may be neither.
    let names_somebody = subject.site.practitioners.iter().any(|person| practice.name.contains(&*person.front.name));
    want(
        practice.legal_name.is_some() || names_somebody,
        "legal_name",
        "the owner's name",
        "add `legal_name: …`: the full name of a person, or a company's name with its legal form",
    );
    want(
        practice.locations.iter().any(|location| location.address.is_some()),
        "locations",
        "the address",
        "add `address:` to a location; a PO box isn't enough",
    );
    want(practice.email.is_some(), "email", "the email address", "add `email: …`");
    if works_in("DE") || works_in("FR") {
        let help = if works_in("DE") { "add `phone: \"+49 …\"`" } else { "add `phone: \"+33 …\"`" };
        want(practice.phone.is_some(), "phone", "the telephone number", help);
    }
    if works_in("FR") {
        want(
            practice.hosting.is_some(),
            "hosting",
            "the company that hosts the website",
            "add `hosting: { provider: …, address: … }` with its name, address and telephone number",
        );
    }
    let has = |field: fn(&Legal) -> bool| legal.is_some_and(field);
    if works_in("IT") {
        want(
            has(|legal| legal.vat_id.is_some()),
            "legal.vat_id",
            "the VAT number (partita IVA)",
            "add `legal: { vat_id: … }`",
        );
    }
    if works_in("NL") {
        want(
            has(|legal| legal.business_id.is_some()),
            "legal.business_id",
            "the number in the trade register (KvK)",
            "add `legal: { business_id: … }` with your KvK number",
        );
    }
    if works_in("ES") || works_in("PT") {
        want(
            has(|legal| legal.business_id.is_some()),
            "legal.business_id",
            "the tax number (NIF)",
            "add `legal: { business_id: … }` with your NIF",
        );
    }
    if works_in("DE") || works_in("AT") {
        let of_company = practice.legal_name.as_deref().is_some_and(is_company);
        want(
            !of_company || has(|legal| legal.represented_by.is_some()),
            "legal.represented_by",
            "the name of the person who represents the company",
            "add `legal: { represented_by: … }`: the managing directors or the board",
        );
    }
    // Of the countries that ask for an imprint, Switzerland alone wants nothing about the profession.
    let regulates = practice.jurisdictions.iter().any(|place| info.is_of(place) && place.country() != "CH");
    if super::is_clinical(practice.kind) && regulates {
        want(
            has(|legal| legal.authority.is_some() || legal.chamber.is_some()),
            "legal.authority",
            "the supervising authority or the chamber",
            "add `legal: { authority: … }` or `legal: { chamber: … }`",
        );
        want(has(|legal| legal.title.is_some()), "legal.title", "the professional title", "add `legal: { title: … }`");
        want(
            has(|legal| legal.title_state.is_some()),
            "legal.title_state",
            "the state that granted the title",
            "add `legal: { title_state: … }`",
        );
        want(
            has(|legal| !legal.rules.is_empty()),
            "legal.rules",
            "the professional rules and where to read them",
            "add `legal: { rules: [{ name: …, url: … }] }`",
        );
    }
    let all = missing.into_iter().filter_map(|(field, what, help)| {
        let finding: Diagnostic = subject.at_practice(info, field, format!("the imprint is missing {what}"))?;
        Some(finding.help(help))
    });
    found.extend(all);
}
