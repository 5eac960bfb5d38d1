//! What an author most likely meant by a value that has not the form of its field.
//!
//! Owns the guesses, one for each form. A guess is only ever offered: whether it has the form is checked by
//! whoever asks, and nothing is published that an author has not written.

use jiff::civil::Date;

use super::fits::is_time_zone;

/// Months as English texts begin them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Languages by their names, their own or in English.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ar", &["arabic", "العربية"]),
    ("de", &["german", "deutsch"]),
    ("en", &["english"]),
    ("es", &["spanish", "español", "espanol", "castellano"]),
    ("fa", &["persian", "farsi"]),
    ("fr", &["french", "français", "francais"]),
    ("hi", &["hindi"]),
    ("it", &["italian", "italiano"]),
    ("ja", &["japanese"]),
    ("ko", &["korean"]),
    ("nl", &["dutch", "nederlands"]),
    ("pl", &["polish", "polski"]),
    ("pt", &["portuguese", "português", "portugues"]),
    ("ru", &["russian"]),
    ("sv", &["swedish", "svenska"]),
    ("tl", &["tagalog"]),
    ("tr", &["turkish", "türkçe"]),
    ("uk", &["ukrainian"]),
    ("vi", &["vietnamese"]),
    ("zh", &["chinese", "mandarin"]),
];

/// Currencies by their signs and names; a name that several share is taken for the one most often meant.
const CURRENCIES: &[(&str, &[&str])] = &[
    ("USD", &["$", "us$", "dollar", "dollars", "us dollar", "us dollars"]),
    ("EUR", &["€", "euro", "euros"]),
    ("GBP", &["£", "pound", "pounds", "sterling"]),
    ("CHF", &["fr.", "franken", "swiss francs"]),
    ("CAD", &["ca$", "c$", "canadian dollars"]),
    ("AUD", &["au$", "a$", "australian dollars"]),
];

fn named(table: &[(&str, &[&str])], text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    table.iter().find(|(_, names)| names.contains(&text.as_str())).map(|(code, _)| code.to_string())
}

/// `24/11/2026`, `24.11.2026`, `2026-1-5`, `November 24, 2026`. Where day and month could be either, there is no telling.
pub fn date(text: &str) -> Option<String> {
    // The time of day, and the zone behind it, are dropped: `2026-10-01 09:00:00 +0200`.
    if let Some(day) = text.get(..10).filter(|_| text[10..].starts_with(['T', 't', ' ']))
        && let Ok(day) = day.parse::<Date>()
    {
        return Some(day.to_string());
    }
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty() && *part != "of").collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str| part.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok();
    let month = |part: &str| {
        let part = part.to_lowercase();
        MONTHS.iter().position(|name| part.starts_with(name)).map(|index| index as i16 + 1)
    };
    let (year, month, day) = match (month(first), month(second)) {
        (Some(month), None) => (number(third)?, month, number(second)?),
        (None, Some(month)) => (number(third)?, month, number(first)?),
        _ => {
            let (first, second, third) = (number(first)?, number(second)?, number(third)?);
            match (first, second) {
                (1000.., _) => (first, second, third),
                (13.., _) => (third, second, first),
                (_, 13..) => (third, first, second),
                // Dots stand between day and month wherever they stand in dates.
                _ if text.contains('.') => (third, second, first),
                _ if first == second => (third, first, second),
                _ => return None,
            }
        }
    };
    let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (year >= 1000).then(|| date.to_string())
}

/// The one number in a text, without signs of money and of thousands: `$1,200`, `90,50 €`, `50 minutes`.
pub fn amount(text: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut numbers = text.split(|c| !is_part(c)).filter(|part| part.contains(|c: char| c.is_ascii_digit()));
    let (number, None) = (numbers.next()?.trim_matches(['.', ',']), numbers.next()) else { return None };
    let groups: Vec<&str> = number.split(['.', ',']).collect();
    match groups.as_slice() {
        [whole] => Some(whole.to_string()),
        [whole, part] if part.len() < 3 => Some(format!("{whole}.{part}")),
        [_, rest @ ..] if rest.iter().all(|group| group.len() == 3) => Some(groups.concat()),
        [middle @ .., part] if part.len() == 2 => Some(format!("{}.{part}", middle.concat())),
        _ => None,
    }
}

/// A town of which a time zone has its name: `Los Angeles`, `berlin`.
pub fn time_zone(text: &str) -> Option<String> {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    let town = text.rsplit('/').next()?.split([' ', '_']).map(capital).collect::<Vec<_>>().join("_");
    let regions = ["Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic"];
    let zone = |region: &&str| is_time_zone(&format!("{region}/{town}"));
    regions.iter().find(|region| zone(region)).map(|region| format!("{region}/{town}"))
}

/// `www.example.org` without how it is reached.
pub fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let host = text.split('/').next().unwrap_or_default();
    (host.contains('.') && !text.contains(['@', ' ', ':'])).then(|| format!("https://{text}"))
}

/// An address written so that machines do not find it, or as a link.
pub fn email(text: &str) -> Option<String> {
    let mut text = text.trim().trim_start_matches("mailto:").to_string();
    for (written, meant) in
        [("(at)", "@"), ("[at]", "@"), (" at ", "@"), ("(dot)", "."), ("[dot]", "."), (" dot ", ".")]
    {
        text = text.replace(written, meant);
    }
    text.retain(|c| !c.is_whitespace());
    Some(text)
}

/// A number with the two zeros that stand for the plus in much of the world, or one of North America without its
/// country: ten digits in groups of three, three and four.
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("tel:");
    if let Some(rest) = text.strip_prefix("00") {
        return Some(format!("+{rest}"));
    }
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let whole = groups.concat();
    let is_grouped = matches!(groups.as_slice(), [_] | [_, _, _])
        && groups.iter().rev().zip([4, 3, 3]).all(|(group, len)| groups.len() == 1 || group.len() == len);
    // Areas and exchanges begin with 2 to 9 (North American Numbering Plan).
    let begins = |at: usize| whole.as_bytes().get(at).is_some_and(|digit| (b'2'..=b'9').contains(digit));
    (is_grouped && whole.len() == 10 && begins(0) && begins(3))
        .then(|| format!("+1 {} {} {}", &whole[..3], &whole[3..6], &whole[6..]))
}

/// A title as the last part of an address.
pub fn slug(text: &str) -> Option<String> {
    Some(slug::slugify(text))
}

/// `English`, `en_us`.
pub fn language(text: &str) -> Option<String> {
    named(LANGUAGES, text).or_else(|| Some(text.trim().replace('_', "-")))
}

/// `dollars`, `€`, `usd`.
pub fn currency(text: &str) -> Option<String> {
    named(CURRENCIES, text).or_else(|| Some(text.trim().to_uppercase()))
}

/// `9-5`, `9am to 5pm`, `9:00–17:30 Uhr`, with commas between several.
pub fn hours(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let spans = text.split([',', '&', ';']).map(|span| {
        let span = span.replace(" to ", "-").replace(" bis ", "-").replace(['–', '—'], "-");
        let (from, until) = span.split_once('-')?;
        let (from, until) = (time(from)?, time(until)?);
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        (from < until && until <= 24 * 60).then(|| format!("{}-{}", clock(from), clock(until)))
    });
    spans.collect::<Option<Vec<String>>>().map(|spans| spans.join(", "))
}

/// A time in minutes. Where it does not say which half of the day it is in, no practice opens before seven.
fn time(text: &str) -> Option<u16> {
    let text: String = text.chars().filter(|c| c.is_alphanumeric() || *c == ':').collect();
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic());
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "0"));
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match &text[digits.len()..] {
        "am" => hour % 12,
        "pm" => hour % 12 + 12,
        "" if hour < 7 => hour + 12,
        "" | "h" | "uhr" => hour,
        _ => return None,
    };
    (hour <= 24 && minute < 60).then_some(hour * 60 + minute)
}

/// The host of a whole address.
pub fn host(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    rest.split('/').next().map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::meant;

    #[test]
    fn what_people_write_is_understood() {
        for (format, written, wanted) in [
            ("date", "24/11/2026", "2026-11-24"),
            ("date", "11/24/2026", "2026-11-24"),
            ("date", "4.3.2026", "2026-03-04"),
            ("date", "2026-1-5", "2026-01-05"),
            ("date", "2026/01/05", "2026-01-05"),
            ("date", "November 24th, 2026", "2026-11-24"),
            ("date", "3 Sept 2026", "2026-09-03"),
            ("date", "2026-10-01 09:00:00 +0200", "2026-10-01"),
            ("date", "2026-10-01T09:00:00Z", "2026-10-01"),
            ("amount", "$120", "120"),
            ("amount", "1,200 USD", "1200"),
            ("amount", "92,50 €", "92.50"),
            ("amount", "£1,234.50 a session", "1234.50"),
            ("uri", "www.example.org/a", "https://www.example.org/a"),
            ("email", "ana at example.org", "ana@example.org"),
            ("email", "mailto:ana@example.org", "ana@example.org"),
            ("phone", "0049 351 1234567", "+49 351 1234567"),
            ("phone", "(510) 555-0199", "+1 510 555 0199"),
            ("slug", "Grief & loss", "grief-loss"),
            ("language", "English", "en"),
            ("language", "Español", "es"),
            ("jurisdiction", "California", "US-CA"),
            ("jurisdiction", "us-or", "US-OR"),
            ("country", "Germany", "DE"),
            ("currency", "€", "EUR"),
            ("currency", "usd", "USD"),
            ("hours", "9-5", "09:00-17:00"),
            ("hours", "9am to 12:30pm, 2 – 6 pm", "09:00-12:30, 14:00-18:00"),
            ("hours", "9-13 Uhr", "09:00-13:00"),
            ("hours", "1-5", "13:00-17:00"),
            ("host", "https://calendly.com/ana", "calendly.com"),
        ] {
            assert_eq!(meant(format, written).as_deref(), Some(wanted), "{written}");
        }
    }

    #[test]
    fn nothing_is_guessed_where_there_is_no_telling() {
        for (format, written) in [
            ("date", "3/4/2026"),
            ("date", "31/02/2026"),
            ("date", "soon"),
            ("date", "24/11/26"),
            ("amount", "80 to 120"),
            ("amount", "sliding scale"),
            ("uri", "my website"),
            ("uri", "javascript:alert(1)"),
            ("email", "ana"),
            ("phone", "020 7946 0018"),
            ("phone", "0351 12345"),
            ("language", "several"),
            ("jurisdiction", "everywhere"),
            ("hours", "by appointment"),
            ("hours", "late-early"),
        ] {
            assert_eq!(meant(format, written), None, "{written}");
        }
    }
}
