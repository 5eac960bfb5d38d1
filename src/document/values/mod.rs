//! The kinds of value that front matter holds besides plain texts.
//!
//! Owns the newtypes whose text has a form (dates, amounts, addresses) and the table of forms: each has
//! a name for messages and a check. `document::schema` applies the checks, so that a value of one of
//! these types has passed its own. What was probably meant by a text without the form is `meant`'s.

mod fits;
mod hint;
mod meant;
pub mod names;
pub mod places;

use std::borrow::Cow;

pub use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

/// A form of text: its name in JSON Schema, what a message calls it, whether a text has it, and what a text
/// without it probably means.
struct Form {
    format: &'static str,
    name: &'static str,
    fits: fn(&str) -> bool,
    meant: fn(&str) -> Option<String>,
}

const FORMS: &[Form] = &[
    Form {
        format: "date",
        name: "a date such as 2026-11-22",
        fits: |text| text.parse::<Date>().is_ok(),
        meant: meant::date,
    },
    Form {
        format: "amount",
        name: "an amount such as 110 or 92.50",
        fits: |text| Amount::parse(text).is_some(),
        meant: meant::amount,
    },
    Form {
        format: "uri",
        name: "a web address such as https://example.org",
        fits: fits::is_web_address,
        meant: meant::web_address,
    },
    Form {
        format: "email",
        name: "an email address such as hello@example.org",
        fits: fits::is_email,
        meant: meant::email,
    },
    Form {
        format: "phone",
        name: "a phone number with its country code, such as +1 503 555 0142",
        fits: fits::is_phone,
        meant: meant::phone,
    },
    Form {
        format: "dialled",
        name: "a number that people can dial, such as 988, 0800 1110111 or +1 503 555 0142",
        fits: fits::is_dialled,
        meant: |_| None,
    },
    Form {
        format: "slug",
        name: "made of lower-case letters, digits and hyphens",
        fits: fits::is_slug,
        meant: meant::slug,
    },
    Form {
        format: "language",
        name: "a language tag such as en, en-US or de",
        fits: |text| text.parse::<icu_locale_core::LanguageIdentifier>().is_ok_and(|id| !id.language.is_unknown()),
        meant: meant::language,
    },
    Form { format: "jurisdiction", name: places::WANTED, fits: places::is_jurisdiction, meant: places::meant },
    Form {
        format: "country",
        name: "a country code such as US or GB",
        fits: |text| places::is_jurisdiction(text) && !text.contains('-'),
        meant: places::meant,
    },
    Form {
        format: "currency",
        name: "a currency code such as USD or EUR",
        fits: |text| names::currency(text, "en").is_some(),
        meant: meant::currency,
    },
    Form {
        format: "hours",
        name: "hours such as 09:00-17:00 or 09:00-12:00, 14:00-18:00",
        fits: fits::is_hours,
        meant: meant::hours,
    },
    Form {
        format: "time-zone",
        name: "a time zone such as America/Los_Angeles or Europe/London",
        fits: fits::is_time_zone,
        meant: meant::time_zone,
    },
    Form { format: "host", name: "a host name such as www.example.org", fits: fits::is_host, meant: meant::host },
    Form {
        format: "path",
        name: "a path inside the site",
        fits: |text| crate::source::SourcePath::new(text).is_some(),
        meant: |_| None,
    },
    Form { format: "markdown", name: "text", fits: |_| true, meant: |_| None },
];

/// Whether `text` has the form called `format`; where not, what it should be.
pub fn check(format: &str, text: &str) -> Result<(), &'static str> {
    match FORMS.iter().find(|form| form.format == format) {
        Some(form) if !(form.fits)(text) => Err(form.name),
        _ => Ok(()),
    }
}

/// What somebody who wrote `text` probably meant: a text that has the form.
pub fn meant(format: &str, text: &str) -> Option<String> {
    let form = FORMS.iter().find(|form| form.format == format)?;
    // Quotation marks of a word processor belong to the text, and are seldom meant to.
    let bare = text.trim().trim_matches(['“', '”', '„', '‘', '’', '«', '»', '"', '\'']);
    let bare = (bare != text && (form.fits)(bare)).then(|| bare.to_string());
    bare.or_else(|| (form.meant)(text)).filter(|meant| (form.fits)(meant) && meant != text)
}

pub use hint::{hint, phone_of, range};

/// What a message calls a value of this form.
pub fn name(format: &str) -> &'static str {
    FORMS.iter().find(|form| form.format == format).map_or("text", |form| form.name)
}

macro_rules! formed_text {
    ($($(#[$doc:meta])* $name:ident $format:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format })
            }
            fn inline_schema() -> bool {
                true
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

formed_text! {
    /// A whole web address, http or https.
    WebAddress "uri";
    /// An email address.
    Email "email";
    /// A telephone number in international form, spaces allowed.
    Phone "phone";
    /// A number as it is dialled in its country: `988`, `116 123`, `1-800-GOOD-DAY`.
    Dialled "dialled";
    /// The last part of a page's address.
    Slug "slug";
    /// A language tag after BCP 47.
    Language "language";
    /// A country or a part of one after ISO 3166: `US-OR`, `GB`.
    Jurisdiction "jurisdiction";
    /// A country after ISO 3166-1.
    Country "country";
    /// A currency after ISO 4217.
    Currency "currency";
    /// Opening hours of a day.
    Hours "hours";
    /// A time zone of the IANA database.
    TimeZone "time-zone";
    /// A host's name.
    Host "host";
    /// A file or folder of the site.
    FilePath "path";
    /// A text in markdown.
    Markdown "markdown";
}

impl Phone {
    /// The number as a `tel:` link wants it.
    pub fn digits(&self) -> String {
        dialled(&self.0)
    }
}

/// What a phone dials for a number as people write it: digits, a leading plus, stars; a letter is the digit of its key.
pub fn dialled(number: &str) -> String {
    // `+44 (0)20 …`: from abroad the bracket is left out.
    let number = if number.starts_with('+') { number.replace("(0)", "") } else { number.to_string() };
    let key = |c: char| match c {
        '0'..='9' | '*' | '+' => Some(c.to_string()),
        // A number sign would begin a fragment.
        '#' => Some("%23".to_string()),
        'A'..='Z' => "22233344455566677778889999".chars().nth(c as usize - 'A' as usize).map(String::from),
        _ => None,
    };
    number.chars().filter_map(key).collect()
}

impl Jurisdiction {
    /// The country of the jurisdiction: `US` of `US-OR`.
    pub fn country(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

/// An amount of money without its currency, in hundredths.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Amount(pub i64);

impl Amount {
    /// Reads `110`, `110.5` or `92.50`; at most two decimal places.
    pub fn parse(text: &str) -> Option<Amount> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || !digits(whole) || !digits(part) {
            return None;
        }
        // A number such as 92.5 arrives from YAML as 92.5; one with more places was no price.
        let part = part.trim_end_matches('0');
        if part.len() > 2 {
            return None;
        }
        let hundredths: i64 = format!("{part:0<2}").parse().ok()?;
        Some(Amount(whole.parse::<i64>().ok()? * 100 + hundredths))
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
        let text = match serde_yaml::Value::deserialize(deserializer)? {
            serde_yaml::Value::Number(number) => number.to_string(),
            serde_yaml::Value::String(text) => text,
            _ => String::new(),
        };
        Amount::parse(&text).ok_or_else(|| serde::de::Error::custom("not an amount"))
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"], "format": "amount" })
    }
    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_hundredths() {
        assert_eq!(Amount::parse("110"), Some(Amount(11_000)));
        assert_eq!(Amount::parse("92.5"), Some(Amount(9_250)));
        assert_eq!(Amount::parse("92.05"), Some(Amount(9_205)));
        for wrong in ["", "-5", "1,50", "1.234", "$110", "12345678901"] {
            assert_eq!(Amount::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_is_dialled_as_its_country_dials_it() {
        for (written, keys) in [
            ("+44 (0)20 7946 0000", "+442079460000"),
            ("0800/111 0 111", "08001110111"),
            ("1-800-273-TALK", "18002738255"),
            ("*4141", "*4141"),
            ("(503) 555-0142", "5035550142"),
        ] {
            assert_eq!(dialled(written), keys, "{written}");
        }
    }

    #[test]
    fn forms_accept_and_refuse() {
        for (format, good, bad) in [
            ("uri", "https://harmonybridge.example", "javascript:alert(1)"),
            ("uri", "https://xn--bcher-kva.example/a?b=c", "www.example.org"),
            ("email", "hello@harmonybridge.example", "hello(at)example.org"),
            ("phone", "+1 503 555 0142", "503 555 0142"),
            ("dialled", "1-800-GOOD-DAY", "988, then press 2"),
            ("slug", "grief-and-loss", "Grief and loss"),
            ("language", "en-US", "english language"),
            ("jurisdiction", "US-OR", "Oregon"),
            ("hours", "09:00-12:00, 14:00-18:00", "9 to 5"),
            ("currency", "USD", "dollars"),
            ("currency", "CHF", "SFR"),
            ("country", "GB", "UK"),
            ("jurisdiction", "FR-IDF", "XX-IDF"),
            ("time-zone", "Europe/Berlin", "MEZ"),
        ] {
            assert!(check(format, good).is_ok(), "{good}");
            assert!(check(format, bad).is_err(), "{bad}");
        }
    }
}
