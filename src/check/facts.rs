//! Facts: licences, supervision, crisis help, dates of the law.

use super::{Subject, finding, is_clinical, licences};
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::model::{Format, LicenceStatus, PracticeKind, ServiceKind};
use crate::document::values::{Jurisdiction, names};
use crate::rules::{Info, facts};
use crate::site::{Practitioner, crisis};

pub(super) fn check(subject: &Subject<'_>, found: &mut Diagnostics) {
    if is_clinical(subject.practice().kind) {
        for (index, person) in subject.site.practitioners.iter().enumerate() {
            if practises_therapy(subject, index) {
                of_person(subject, person, found);
            }
        }
    }
    crisis_help(subject, found);
    accessibility(subject, found);
}

/// Whether somebody does what wants a licence: everybody in a practice of therapists; in a mixed practice whoever
/// holds a licence, claims one in the professional title, or offers therapy or assessment.
fn practises_therapy(subject: &Subject<'_>, index: usize) -> bool {
    let offers = || {
        subject.site.services.iter().any(|service| {
            let clinical = matches!(service.entry.front.kind, ServiceKind::Therapy | ServiceKind::Assessment);
            clinical && service.practitioners.contains(&index)
        })
    };
    let person = &subject.site.practitioners[index].front;
    let claims = || person.role_title.as_deref().is_some_and(licences::claims);
    subject.practice().kind == PracticeKind::LicensedTherapy || !person.licences.is_empty() || claims() || offers()
}

fn of_person(subject: &Subject<'_>, person: &Practitioner, found: &mut Diagnostics) {
    let rules = facts::rules();
    let (document, front) = (&person.document, &person.front);
    let practice = subject.practice();
    // Where the person is licensed decides; where nothing says so, where the practice is.
    let own: Vec<&Jurisdiction> = front.licences.iter().map(|licence| &licence.jurisdiction).collect();
    let places = if own.is_empty() { practice.jurisdictions.iter().collect() } else { own };
    let case = |info: &'static Info| info.case_in(practice.kind, &places, subject.today);
    let missing = &rules.licence_number_missing.info;
    if let Some(case) = case(missing) {
        if front.licences.is_empty() {
            found.push(
                finding(missing, case, format!("no licence is listed for {}", front.name))
                    .at(&document.path, document.locate("name").value)
                    .help(match places.first().map(|place| place.country()) {
                        Some("GB") => {
                            "add `licences: [{ type: BACP, number: …, jurisdiction: GB }]` with your own register; \
                             a degree doesn't count"
                        }
                        Some("DE") => {
                            "add `licences: [{ type: Approbation, number: …, jurisdiction: DE }]`, or what else allows \
                             you to do this work; a degree doesn't count"
                        }
                        _ => {
                            "add `licences:` with `type`, `number`, `jurisdiction` and `board`; a degree doesn't count"
                        }
                    }),
            );
        }
        // Elsewhere the name of a registration says who keeps the register: `BACP`, `HCPC`.
        let of_a_board = |place: &Jurisdiction| matches!(place.country(), "US" | "CA");
        for (index, licence) in front.licences.iter().enumerate().filter(|(_, own)| licences::is_degree(&own.kind)) {
            let mut told = finding(missing, case, format!("`{}` is a degree, not a licence", licence.kind))
                .at(&document.path, document.locate(&format!("licences[{index}].type")).value)
                .help("move it to `credentials`; in `type`, write the licence or registration that allows the work");
            // What the letters stand for is a guess, and no guess stops a build.
            told.severity = told.severity.max(Severity::Warning);
            found.push(told);
        }
        let unnamed = front.licences.iter().enumerate().filter(|(_, licence)| {
            let is_whole = licence.board.is_some() || licences::is_degree(&licence.kind);
            !is_whole && of_a_board(&licence.jurisdiction)
        });
        for (index, licence) in unnamed {
            found.push(
                finding(missing, case, format!("the licence {} {} doesn't name a board", licence.kind, licence.number))
                    .at(&document.path, document.locate(&format!("licences[{index}].number")).value)
                    .help("add `board: …` with the body that issued it"),
            );
        }
    }
    let unsupervised = &rules.associate_without_supervisor.info;
    for (index, licence) in front.licences.iter().enumerate() {
        let place = format!("licences[{index}].status");
        let learning = matches!(licence.status, LicenceStatus::Associate | LicenceStatus::Trainee);
        if learning
            && front.supervision.is_none()
            && let Some(case) = case(unsupervised)
        {
            found.push(
                finding(unsupervised, case, format!("no supervisor is listed for {}", front.name))
                    .at(&document.path, document.locate(&place).value)
                    .help("add `supervision: { supervisor: …, supervisor_licence: …, employer: … }`"),
            );
        }
        let expired = &rules.licence_expired.info;
        if let Some(day) = licence.expires.filter(|day| *day < subject.today)
            && let Some(case) = case(expired)
        {
            let shown =
                format!("the licence {} {} expired on {day}, so it's no longer shown", licence.kind, licence.number);
            found.push(
                finding(expired, case, shown)
                    .at(&document.path, document.locate(&format!("licences[{index}].expires")).value)
                    .help("renew it and write the new date, or remove it from `licences`"),
            );
        }
    }
    if front.formats.contains(&Format::Video) && !front.licences.is_empty() {
        for (index, place) in front.serves.iter().enumerate() {
            if front.licences.iter().any(|licence| licences::holds(licence, place)) {
                continue;
            }
            let message =
                format!("{} offers video sessions to people in {} but has no licence there", front.name, &**place);
            let at = format!("serves[{index}]");
            found.extend(subject.at(&rules.not_licensed_there.info, document, &at, message).map(|finding| {
                finding.help(match place.country() {
                    "US" => "add the licence or the compact certificate, or remove the place from `serves`",
                    _ => "add the licence or the registration, or remove the place from `serves`",
                })
            }));
        }
    }
}

fn crisis_help(subject: &Subject<'_>, found: &mut Diagnostics) {
    let info = &facts::rules().crisis_line_missing.info;
    let practice = subject.practice();
    if !practice.crisis.show {
        found.extend(
            subject
                .at_practice(info, "crisis.show", "crisis help is switched off")
                .map(|finding| finding.help("write `show: true`, or remove the line")),
        );
        return;
    }
    let twice = &facts::rules().crisis_line_twice.info;
    for (index, extra) in practice.crisis.extra.iter().enumerate() {
        let Some(name) = crisis::said_before(practice, index) else { continue };
        let message = format!("`{}` is already shown: {name}", &*extra.number);
        let place = format!("crisis.extra[{index}].number");
        found.extend(
            subject
                .at_practice(twice, &place, message)
                .map(|finding| finding.help("remove the line from `extra`; its number is on the site already")),
        );
    }
    if !practice.crisis.extra.is_empty() {
        return;
    }
    for (country, place) in crisis::countries_of(practice) {
        if crisis::country(country).is_some_and(|known| !known.lines.is_empty()) {
            continue;
        }
        let named = names::place(country, "en").unwrap_or(country);
        let shown = match crisis::country(country) {
            Some(_) => "only the emergency number is shown",
            None => "visitors are told to call their local emergency number",
        };
        let message = format!("Anteroom doesn't know a crisis line for {named}; {shown}");
        found.extend(
            subject
                .at_practice(info, &place, message)
                .map(|finding| finding.help("add one: `crisis: { extra: [{ name: …, number: … }] }`")),
        );
    }
}

fn accessibility(subject: &Subject<'_>, found: &mut Diagnostics) {
    let rule = &facts::rules().accessibility_date;
    let practice = subject.practice();
    if !practice.receives_hhs_funds {
        return;
    }
    let staff = practice.staff.unwrap_or(0);
    if let Some(entry) = rule.data.iter().find(|entry| staff >= entry.staff_from) {
        let size = practice.staff.map_or_else(|| "fewer than 15 people".into(), |staff| format!("{staff} people"));
        let message = format!("a practice with {size} must have a site that meets WCAG 2.1 AA by {}", entry.date);
        found.extend(subject.at_practice(&rule.info, "receives_hhs_funds", message));
    }
}
