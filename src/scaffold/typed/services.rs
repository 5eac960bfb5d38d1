//! Services as people list them.

use super::{outside_brackets, says_nothing, with_marks, without_and, without_brackets};
use crate::document::model::ServiceKind;
use crate::scaffold::Offer;

/// Words by which a service's kind is known, in English, German and Spanish; the first that is found counts, so that a
/// `Supervision group` is supervision.
const KINDS: &[(ServiceKind, &[&str])] = &[
    (ServiceKind::Supervision, &["supervis", "intervision"]),
    (
        ServiceKind::Group,
        &["group", "workshop", "circle", "retreat", "class", "gruppe", "kurs", "grupo", "grupal", "taller"],
    ),
    (
        ServiceKind::Assessment,
        &["assessment", "evaluation", "testing", "diagnos", "gutachten", "evaluación", "peritaje", "informe"],
    ),
    (ServiceKind::Consultation, &["consultation", "consulting", "consultoría", "fachberatung"]),
    (ServiceKind::Coaching, &["coach"]),
    (ServiceKind::Therapy, &["therap", "counsel", "terapia", "emdr", "cbt"]),
];

/// The services in an answer: `Grief group (Tuesdays, 6 weeks)` is one, a group.
pub fn services(text: &str) -> Vec<Offer> {
    if says_nothing(text) {
        return Vec::new();
    }
    let mut offers: Vec<Offer> = Vec::new();
    // Whoever separates with semicolons says more about each behind a comma.
    let by_line = text.contains([';', '\n']);
    for line in text.split(['\n', ';']) {
        let mut first = true;
        for piece in outside_brackets(line).into_iter().flat_map(listed) {
            let more = !first && by_line || is_detail(piece);
            match offers.last_mut().filter(|_| more) {
                Some(last) => detail(last, piece),
                None => offers.push(offer(piece)),
            }
            first = false;
        }
    }
    offers.retain(|offer| !offer.title.is_empty());
    offers
}

/// `EMDR and supervision` are two services, `grief and loss` is one: two where both are known for what they are.
fn listed(piece: &str) -> Vec<&str> {
    let is_known = |words: &str| {
        let lower = words.to_lowercase();
        !words.contains('(') && KINDS.iter().any(|(_, known)| known.iter().any(|known| lower.contains(known)))
    };
    match piece.split_once(" and ").or_else(|| piece.split_once(" und ")).or_else(|| piece.split_once(" y ")) {
        Some((before, after)) if is_known(before) && is_known(after) => vec![before.trim(), after.trim()],
        _ => vec![piece],
    }
}

/// Words that say more of the service before them: money, minutes, days.
fn is_detail(piece: &str) -> bool {
    const DAYS: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "weekly",
        "monthly",
    ];
    let lower = piece.trim().to_lowercase();
    let first = lower.split([' ', '-']).next().unwrap_or_default().trim_end_matches('s');
    lower.starts_with(['$', '£', '€'])
        || lower.starts_with(|c: char| c.is_ascii_digit())
        || DAYS.contains(&first)
        || DAYS.contains(&lower.as_str())
}

/// Adds what is said of a service.
fn detail(offer: &mut Offer, piece: &str) {
    let piece = piece.trim();
    match (minutes(piece), amount(piece)) {
        (Some(minutes), _) if offer.minutes.is_none() => offer.minutes = Some(minutes),
        (_, Some(_)) if offer.price.is_none() => offer.price = Some(piece.to_string()),
        _ => {
            let before = offer.note.take().map_or_else(String::new, |note| format!("{note}, "));
            offer.note = Some(format!("{before}{piece}"));
        }
    }
}

fn offer(piece: &str) -> Offer {
    let spelt = with_marks(piece);
    let (title, mut asides) = without_brackets(&spelt);
    let mut parts = title.split(", ");
    let title = without_and(parts.next().unwrap_or_default()).to_string();
    asides.extend(parts.map(str::to_string));
    let title = upper_first(&title);
    let lower = title.to_lowercase();
    let kind = KINDS.iter().find(|(_, words)| words.iter().any(|word| lower.contains(word))).map(|(kind, _)| *kind);
    let mut offer = Offer { title, kind, ..Offer::default() };
    let mut rest = Vec::new();
    for part in asides.iter().flat_map(|aside| aside.split(',')).map(str::trim) {
        match (minutes(part), amount(part)) {
            (Some(minutes), _) if offer.minutes.is_none() => offer.minutes = Some(minutes),
            (_, Some(_)) if offer.price.is_none() => offer.price = Some(part.to_string()),
            _ => rest.push(part),
        }
    }
    offer.note = Some(rest.join(", ")).filter(|note| !note.is_empty());
    offer
}

/// A title begins with a capital letter.
fn upper_first(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The amount in `$140`, `92.50 €` or `$140 per session`; none where more is said than what a session costs.
pub fn amount(text: &str) -> Option<&str> {
    const SIGNS: [char; 3] = ['$', '£', '€'];
    let bare =
        ["per session", "a session", "/session", "pro Sitzung", "por sesión", "par séance", "per sessie", "a seduta"]
            .into_iter()
            .find_map(|words| text.strip_suffix(words))
            .unwrap_or(text)
            .trim();
    let number = bare.strip_prefix(SIGNS).or_else(|| bare.strip_suffix(SIGNS))?.trim();
    let (whole, cents) = number.split_once('.').unwrap_or((number, "00"));
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole, 5) && digits(cents, 2)).then_some(number)
}

/// `50 min`, `90-minute`.
fn minutes(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let unit = text[end..].trim_start_matches(['-', ' ']).trim_end_matches('.').to_lowercase();
    let number = text[..end].parse().ok()?;
    ["min", "mins", "minute", "minutes", "minuten", "minutos"].contains(&&*unit).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_session_costs_is_told_from_other_words() {
        for (text, amount_of_it) in [
            ("$140", Some("140")),
            ("92.50 €", Some("92.50")),
            ("£ 60 per session", Some("60")),
            ("$140 a session", Some("140")),
            ("$140-160", None),
            ("$40 materials", None),
            ("140", None),
            ("$", None),
            ("€ 1.2.3", None),
        ] {
            assert_eq!(amount(text), amount_of_it, "{text}");
        }
        let [first, second] = &services("Individual therapy (50 min, $140); Couples, 75 min, $190")[..] else {
            panic!()
        };
        assert_eq!((first.minutes, first.price.as_deref(), first.note.as_deref()), (Some(50), Some("$140"), None));
        assert_eq!((second.minutes, second.price.as_deref()), (Some(75), Some("$190")));
    }

    #[test]
    fn services_are_understood_as_they_are_typed() {
        use ServiceKind::{Assessment, Coaching, Consultation, Group, Supervision, Therapy};
        for (typed, services) in [
            ("Grief group (Tuesdays, 6 weeks)", &[("Grief group", Some(Group), None, Some("Tuesdays, 6 weeks"))][..]),
            ("Supervision", &[("Supervision", Some(Supervision), None, None)]),
            ("Couples therapy, $150", &[("Couples therapy", Some(Therapy), None, Some("$150"))]),
            (
                "Individual therapy - 50 minutes, $120; Couples, 80 minutes, $180",
                &[
                    ("Individual therapy", Some(Therapy), Some(50), Some("$120")),
                    ("Couples", None, Some(80), Some("$180")),
                ],
            ),
            ("Grief group, Tuesdays", &[("Grief group", Some(Group), None, Some("Tuesdays"))]),
            (
                "EMDR and supervision",
                &[("EMDR", Some(Therapy), None, None), ("Supervision", Some(Supervision), None, None)],
            ),
            ("none", &[]),
            (
                "Couples therapy (80 min), grief and loss, and supervision group",
                &[
                    ("Couples therapy", Some(Therapy), Some(80), None),
                    ("Grief and loss", None, None, None),
                    ("Supervision group", Some(Supervision), None, None),
                ],
            ),
            (
                "ADHD assessment; Life coaching",
                &[("ADHD assessment", Some(Assessment), None, None), ("Life coaching", Some(Coaching), None, None)],
            ),
            ("School consultation (", &[("School consultation (", Some(Consultation), None, None)]),
            (
                "Trauergruppe, Gestalttherapie",
                &[("Trauergruppe", Some(Group), None, None), ("Gestalttherapie", Some(Therapy), None, None)],
            ),
        ] {
            let read = super::services(typed);
            let read: Vec<_> = read
                .iter()
                .map(|one| (one.title.as_str(), one.kind, one.minutes, one.note.as_deref().or(one.price.as_deref())))
                .collect();
            assert_eq!(read, services, "{typed}");
        }
    }
}
