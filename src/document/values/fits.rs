//! Whether a text has the form of a value.

pub fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
        && !text.contains(char::is_whitespace)
}

pub fn is_host(text: &str) -> bool {
    !text.is_empty()
        && text.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !part.starts_with('-')
        })
}

/// One `@`, something before it, a host with a dot after it; more is for the mail server to judge.
pub fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && host.contains('.')
            && is_host(host)
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
    })
}

/// A plus, a country and 6 to 15 digits in all (ITU-T E.164), with spaces, hyphens, dots or brackets between.
pub fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.starts_with('+')
        && (6..=15).contains(&digits)
        && text[1..].chars().all(|c| c.is_ascii_digit() || " -.()".contains(c))
}

/// At least two digits, and nothing that no phone has: a word beside a number (`988 then 1`) would be lost in dialling.
pub fn is_dialled(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (2..=17).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || " -./()*#+".contains(c))
        && !text[1..].contains('+')
}

/// A zone of a region; `UTC` and the like tell no visitor what a clock shows.
pub fn is_time_zone(text: &str) -> bool {
    text.contains('/') && !icu_datetime::input::TimeZone::from_iana_id(text).is_unknown()
}

pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub fn is_hours(text: &str) -> bool {
    let time = |text: &str| {
        text.split_once(':').is_some_and(|(hour, minute)| {
            let number = |s: &str, below| s.len() == 2 && s.parse::<u8>().is_ok_and(|n| n < below);
            number(hour, 25) && number(minute, 60)
        })
    };
    text == "closed"
        || text
            .split(',')
            .all(|span| span.trim().split_once('-').is_some_and(|(from, to)| time(from.trim()) && time(to.trim())))
}
