//! What to write where a value has not the form of its field and there is no telling what was meant.
//!
//! Owns the sentences that say how such a value is written, with the author's own numbers in them.

use super::{Date, meant};

/// Countries with what is dialled before a number from elsewhere, and what falls away then (ITU-T E.164, national numbering
/// plans).
const DIALLED: &[(&str, &str, &str)] = &[
    ("AR", "54", "0"),
    ("AT", "43", "0"),
    ("AU", "61", "0"),
    ("BE", "32", "0"),
    ("BR", "55", "0"),
    ("CH", "41", "0"),
    ("CL", "56", ""),
    ("CO", "57", ""),
    ("CZ", "420", ""),
    ("DE", "49", "0"),
    ("DK", "45", ""),
    ("ES", "34", ""),
    ("FI", "358", "0"),
    ("FR", "33", "0"),
    ("GB", "44", "0"),
    ("GR", "30", ""),
    ("HU", "36", "06"),
    ("IE", "353", "0"),
    ("IL", "972", "0"),
    ("IN", "91", "0"),
    ("IT", "39", ""),
    ("LI", "423", ""),
    ("LU", "352", ""),
    ("MX", "52", ""),
    ("NL", "31", "0"),
    ("NO", "47", ""),
    ("NZ", "64", "0"),
    ("PL", "48", ""),
    ("PT", "351", ""),
    ("SE", "46", "0"),
    ("SG", "65", ""),
    ("ZA", "27", "0"),
];

/// A number of a country with the code of that country: `+49 30 5550100`.
pub fn phone_of(country: &str, text: &str) -> Option<String> {
    let (_, code, trunk) = DIALLED.iter().find(|(own, ..)| *own == country)?;
    let text = text.trim().trim_start_matches("tel:");
    let bare: String = text.chars().filter(|c| c.is_ascii_digit() || *c == ' ').collect();
    let is_number = text.chars().all(|c| c.is_ascii_digit() || " ()-–./\u{a0}".contains(c));
    let words: Vec<String> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::to_string).collect();
    let digits: usize = words.iter().map(String::len).sum();
    if !is_number || bare.is_empty() || !(6..=13).contains(&digits) {
        return None;
    }
    let all = words.join(" ");
    let rest = all.strip_prefix(trunk).unwrap_or(&all).trim_start();
    Some(format!("+{code} {rest}"))
}

/// How to write what `text` may mean, for a form.
pub fn hint(format: &str, text: &str) -> Option<String> {
    match format {
        "date" => Some(date(text)),
        "phone" if text.trim_start().starts_with('+') => {
            Some("write digits and spaces only, without words or an extension: `+44 20 7946 0018`".into())
        }
        "phone" => Some("begin with a plus and the code of the country: `+44 20 7946 0018`".into()),
        "uri" => Some("write the whole address, with `https://` at its beginning".into()),
        "email" if text.contains('@') => {
            Some("write all of it, with the end after the dot, and nothing else: `hello@example.org`".into())
        }
        "time-zone" => {
            let text = "write the largest city of your time zone: `America/New_York`, `America/Chicago`, `America/Denver`, \
                        `America/Los_Angeles`, `Europe/London`, `Europe/Berlin`";
            Some(text.into())
        }
        "email" => Some("write an address with an `@` in it: `hello@example.org`".into()),
        "amount" => match range(text) {
            Some((from, to)) => Some(format!("for a range, write `from: {from}, to: {to}` instead of `amount: …`")),
            None => Some("write the number alone: `110` or `92.50`".into()),
        },
        "hours" => Some("write the times of a day as `09:00-17:00`; leave out a day on which you're closed".into()),
        _ => None,
    }
}

/// Two amounts with a dash or a word between them.
pub fn range(text: &str) -> Option<(String, String)> {
    let text = text.replace(['–', '—'], "-").replace(" to ", "-").replace(" bis ", "-").replace(" a ", "-");
    let (from, to) = text.split_once('-')?;
    let (from, to) = (meant::amount(from)?, meant::amount(to)?);
    let less = from.parse::<f64>().ok()? < to.parse::<f64>().ok()?;
    less.then_some((from, to))
}

/// Where day and month could be either, both are named.
fn date(text: &str) -> String {
    let parts: Vec<i16> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    if let [first, second, year] = parts[..]
        && year >= 1000
        && let (Ok(first), Ok(second)) = (i8::try_from(first), i8::try_from(second))
        && let (Ok(american), Ok(european)) = (Date::new(year, first, second), Date::new(year, second, first))
        && american != european
    {
        let said = |date: Date| date.strftime("%B %-d").to_string();
        return format!("write `{american}` for {}, or `{european}` for {}", said(american), said(european));
    }
    "write the year, the month and the day: `2026-11-22`".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_get_the_code_of_their_country() {
        for (country, text, wanted) in [
            ("DE", "030 5550100", Some("+49 30 5550100")),
            ("DE", "(0351) 555-0100", Some("+49 351 555 0100")),
            ("GB", "020 7946 0018", Some("+44 20 7946 0018")),
            ("ES", "912 345 678", Some("+34 912 345 678")),
            ("IT", "06 1234 5678", Some("+39 06 1234 5678")),
            ("AT", "01/555 01 00", Some("+43 1 555 01 00")),
            ("DE", "call me", None),
            ("DE", "110", None),
            ("XX", "030 5550100", None),
        ] {
            assert_eq!(phone_of(country, text).as_deref(), wanted, "{country} {text}");
        }
    }

    #[test]
    fn dates_that_could_be_two_are_both_named() {
        assert_eq!(hint("date", "3/4/2026").unwrap(), "write `2026-03-04` for March 4, or `2026-04-03` for April 3");
        assert!(hint("date", "soon").unwrap().contains("2026-11-22"));
        assert!(hint("date", "31/02/2026").unwrap().contains("2026-11-22"));
    }

    #[test]
    fn ranges_are_two_amounts() {
        assert_eq!(range("120-150"), Some(("120".into(), "150".into())));
        assert_eq!(range("$80 – $120"), Some(("80".into(), "120".into())));
        assert_eq!(range("80 to 120"), Some(("80".into(), "120".into())));
        assert_eq!(range("120-80"), None);
        assert_eq!(range("soon"), None);
    }
}
