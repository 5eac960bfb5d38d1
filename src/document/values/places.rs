//! Places by the names that people call them.
//!
//! Owns which codes there are (`parts.yaml`, and the countries of `names`), the way from `Oregon` or `Portland` (`cities.yaml`) to
//! `US-OR`, and the guess at what a misspelt name or a code that does not exist means. Which rules hold in a place is none of its business.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::names::{self, Named, PLACES};
use crate::diagnostic::nearest;

/// The parts of the countries of which all are known.
static PARTS: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let listed: BTreeMap<String, String> = serde_yaml::from_str(include_str!("parts.yaml")).unwrap_or_default();
    let parts = |text: String| text.split_whitespace().map(str::to_string).collect();
    listed.into_iter().map(|(country, text)| (country, parts(text))).collect()
});

/// The places of well-known cities, by the city's name in small letters.
static CITIES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let listed: BTreeMap<String, String> = serde_yaml::from_str(include_str!("cities.yaml")).unwrap_or_default();
    let cities = |(place, text): (&String, &String)| {
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_lowercase()).collect();
        names.into_iter().map(move |name| (name, place.clone())).collect::<Vec<_>>()
    };
    listed.iter().flat_map(|(place, text)| cities((place, text))).collect()
});

/// Every name in every language.
fn all_names() -> impl Iterator<Item = &'static str> {
    PLACES.iter().flat_map(|(code, named)| names::all_of_place(code, named))
}

/// Whether a code that has the form of one is the code of a place. Of countries whose parts are not listed, any part is.
pub(super) fn exists(code: &str) -> bool {
    let (country, part) = code.split_once('-').map_or((code, None), |(country, part)| (country, Some(part)));
    PLACES.contains_key(country) && part.is_none_or(|part| PARTS.get(country).is_none_or(|parts| parts.contains(part)))
}

/// What a message calls a place: its English name, or its code.
pub fn name_of(code: &str) -> &str {
    match PLACES.contains_key(code) {
        true => names::place(code, "en").unwrap_or(code),
        false => code,
    }
}

/// The state of the United States whose letters are also a country's: `US-CA` for `CA`.
pub fn state_of_same_letters(country: &str) -> Option<String> {
    let is_state = PARTS.get("US").is_some_and(|states| states.contains(country));
    (is_state && PLACES.contains_key(country)).then(|| format!("US-{country}"))
}

/// The code of a place after ISO 3166, from the code itself or from a name.
///
/// # Errors
/// Where it is neither: what is wanted, with the place that was probably meant.
pub fn code_of(text: &str) -> Result<String, String> {
    let text = text.trim();
    let wanted = text.to_lowercase();
    let (parts, countries): (Vec<_>, Vec<_>) = PLACES.iter().partition(|(code, _)| code.contains('-'));
    // Georgia is the state.
    let mut named = parts
        .iter()
        .chain(&countries)
        .filter(|(code, named)| names::all_of_place(code, named).any(|name| name.to_lowercase() == wanted));
    if let Some((code, _)) = named.next() {
        return Ok((*code).clone());
    }
    if let Some(place) = CITIES.get(&wanted) {
        return Ok(place.clone());
    }
    let code = text.to_uppercase().replace(['_', ' ', '–'], "-");
    match is_jurisdiction(&code) {
        true => Ok(code),
        false => {
            let near = nearest(text, all_names()).filter(|_| text.chars().count() > 3).map(str::to_string);
            let meant = near.or_else(|| code_meant(&code).map(|code| format!("{}, {code}", name_of(&code))));
            let meant = meant.map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
            Err(format!("not a place that Anteroom knows, and not {WANTED}{meant}"))
        }
    }
}

/// What a message calls a place's code.
pub(super) const WANTED: &str = "a country or state code such as US-OR, GB or DE-SN";

/// A country that there is, and whatever it calls its part: the parts of most countries are in no table.
pub(super) fn is_jurisdiction(text: &str) -> bool {
    let (country, part) = text.split_once('-').map_or((text, None), |(country, part)| (country, Some(part)));
    PLACES.contains_key(country)
        && part.is_none_or(|part| {
            (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        })
        && exists(text)
}

/// What a code that does not exist most likely means: `UK-ENG`, `US-CAL`, `TX`.
fn code_meant(code: &str) -> Option<String> {
    let known = |code: String| exists(&code).then_some(code);
    match code.split_once('-') {
        Some(("UK", part)) => known(format!("GB-{part}")).or_else(|| by_beginning("GB", part)),
        Some((country, part)) => by_beginning(country, part),
        // A part without its country; the first country that has it, those with most practices first.
        None => ["US", "CA", "GB", "AU", "DE", "CH", "ES"].iter().find_map(|country| {
            PARTS.get(*country).is_some_and(|parts| parts.contains(code)).then(|| format!("{country}-{code}"))
        }),
    }
}

/// The one part of a country whose name begins so.
fn by_beginning(country: &str, start: &str) -> Option<String> {
    let start = start.to_lowercase();
    let fits = |(code, named): &(&String, &'static Named)| {
        code.split_once('-').is_some_and(|(own, _)| own == country)
            && names::all_of_place(code, named).any(|name| name.to_lowercase().starts_with(&start))
    };
    let mut fitting = PLACES.iter().filter(fits);
    fitting.next().filter(|_| fitting.next().is_none()).map(|(code, _)| code.clone())
}

/// The code that was meant by a name, or by a code that does not exist.
pub(super) fn meant(text: &str) -> Option<String> {
    code_of(text).ok().or_else(|| {
        let near = nearest(text.trim(), all_names()).filter(|_| text.trim().chars().count() > 3);
        near.and_then(|near| code_of(near).ok()).or_else(|| code_meant(&text.trim().to_uppercase()))
    })
}

/// The code of a place as somebody answers who is asked where the practice works: nothing else tells yet whether `CA` is
/// Canada or California.
///
/// # Errors
/// Where it is neither a name nor a code, or the letters of two places.
pub fn place_of(text: &str) -> Result<String, String> {
    let text = typed(text);
    let letters = text.to_uppercase();
    match state_of_same_letters(&letters) {
        Some(state) => {
            let (country, name) = (name_of(&letters), name_of(&state));
            Err(format!("unclear: {name} or {country}? Write {state} for {name}, or {country} in full"))
        }
        None => code_of(&text).or_else(|wrong| {
            // `TX` and `NSW` mean nothing else.
            let part = Some(letters).filter(|letters| letters.len() <= 3).and_then(|letters| code_meant(&letters));
            part.ok_or(wrong)
        }),
    }
}

/// A place's name without what people put around it: `the Netherlands`, `U.K.`
fn typed(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    let text = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
    let is_short = |part: &str| part.chars().count() <= 1;
    if text.split('.').all(is_short) { text.replace('.', "") } else { text.to_string() }
}

/// The places in a list with commas, in which a town may stand before its state: `Portland, Oregon, USA` is Oregon.
///
/// # Errors
/// Where one of them is none.
pub fn codes_of(text: &str) -> Result<Vec<String>, String> {
    if let Ok(code) = place_of(text) {
        return Ok(vec![code]);
    }
    let parts: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    // Codes alone may also stand with spaces between them.
    let spaced = || {
        let words: Vec<&str> = text.split([',', ' ']).filter(|part| !part.is_empty()).collect();
        // `Austin TX 78701`
        let words: Vec<&str> = words.into_iter().filter(|word| !word.chars().all(|c| c.is_ascii_digit())).collect();
        listed(&words)
    };
    let unknown = |wrong: String| {
        let name = parts.iter().find(|part| place_of(part).is_err()).filter(|_| parts.len() > 1);
        let name = name.map_or_else(String::new, |name| format!(" ({name})"));
        match wrong.contains("did you mean") || wrong.starts_with("unclear") {
            true => wrong,
            false => format!("{wrong}{name}; write the state, province or country instead"),
        }
    };
    let parted = || apart(text).and_then(|(town, place)| listed(&[&town, &place]).ok());
    listed(&parts).or_else(|wrong| parted().map_or_else(spaced, Ok).map_err(|_| unknown(wrong)))
}

/// Words between places, which are no town's.
const BETWEEN: [&str; 8] = ["and", "or", "in", "near", "the", "&", "und", "y"];

/// A town and its place without a comma between them: `San Francisco CA`, `Austin TX 78701`.
fn apart(text: &str) -> Option<(String, String)> {
    if text.contains([',', ';']) || place_of(text).is_ok() {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().filter(|word| !word.chars().all(|c| c.is_ascii_digit())).collect();
    let is_city = |name: &str| CITIES.contains_key(&name.to_lowercase());
    (1..words.len()).find_map(|at| {
        let (before, behind) = words.split_at(at);
        let (town, place) = (before.join(" "), behind.join(" "));
        let is_other = |word: &&str| BETWEEN.contains(&word.to_lowercase().as_str()) || place_of(word).is_ok();
        let is_town = is_city(&town) || !before.iter().any(is_other);
        let is_place = place_of(&place).is_ok() || state_of_same_letters(&place.to_uppercase()).is_some();
        let is_both = is_town && is_place && !is_city(&place);
        (is_both && listed(&[&town, &place]).is_ok()).then_some((town, place))
    })
}

/// The town in an answer that [`codes_of`] can read: Portland of `Portland, Oregon`.
pub fn town_of(text: &str) -> Option<String> {
    let apart = apart(text.trim());
    let first = typed(apart.as_ref().map_or(text.split([',', ';']).next()?, |(town, _)| town));
    let is_city = apart.is_some() || CITIES.contains_key(&first.to_lowercase());
    // A part of a list that is no place itself, before one that is.
    let is_before_its_place = || text.contains(',') && place_of(&first).is_err() && codes_of(text).is_ok();
    let is_name = first.chars().count() > 3 && !first.contains(|c: char| c.is_ascii_digit());
    if !is_name || !(is_city || is_before_its_place()) {
        return None;
    }
    match first.chars().any(char::is_uppercase) {
        true => Some(first),
        false => Some(first.split(' ').map(capital).collect::<Vec<_>>().join(" ")),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn listed(parts: &[&str]) -> Result<Vec<String>, String> {
    let mut codes: Vec<String> = Vec::new();
    let mut town: Option<String> = None;
    for (index, part) in parts.iter().enumerate() {
        let letters = part.to_uppercase();
        // `San Francisco, CA` is in no other country.
        let in_states = town.is_some() || codes.last().is_some_and(|last| last.starts_with("US-"));
        let state = state_of_same_letters(&letters).filter(|_| in_states);
        match state.map_or_else(|| place_of(part), Ok) {
            Ok(code) => {
                town = None;
                // `Portland, ME`: the state says which of the towns of that name.
                let before = codes.last().cloned().unwrap_or_default();
                let country = |code: &str| code.split('-').next().map(str::to_string);
                let by_city =
                    parts.get(index.wrapping_sub(1)).is_some_and(|part| CITIES.contains_key(&part.to_lowercase()));
                if by_city && before != code && code.contains('-') && country(&before) == country(&code) {
                    codes.pop();
                }
                // The country of the state before it says nothing more.
                if !codes.last().is_some_and(|last| *last == code || last.starts_with(&format!("{code}-"))) {
                    codes.push(code);
                }
            }
            // A town that nobody knows, unless it's a place with a slip in it.
            Err(wrong) if town.is_some() || wrong.contains("did you mean") || wrong.starts_with("unclear") => {
                return Err(wrong);
            }
            Err(wrong) => town = Some(wrong),
        }
    }
    match town {
        Some(wrong) => Err(wrong),
        None => Ok(codes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_understood() {
        for (text, codes) in [
            ("Oregon", &["US-OR"][..]),
            ("california, new york", &["US-CA", "US-NY"]),
            ("UK", &["GB"]),
            ("us-ca", &["US-CA"]),
            ("US-CA US-NV", &["US-CA", "US-NV"]),
            ("de-sn", &["DE-SN"]),
            ("Österreich", &["AT"]),
            ("Washington", &["US-WA"]),
            ("Norway", &["NO"]),
            ("Portland, Oregon", &["US-OR"]),
            ("Springfield, Illinois, USA", &["US-IL"]),
            ("San Francisco, CA", &["US-CA"]),
            ("Smallville, CA", &["US-CA"]),
            ("Austin, TX", &["US-TX"]),
            ("Austin TX 78701", &["US-TX"]),
            ("Portland, ME", &["US-ME"]),
            ("Portland ME", &["US-ME"]),
            ("San Francisco CA", &["US-CA"]),
            ("Round Rock TX 78664", &["US-TX"]),
            ("Charleston West Virginia", &["US-WV"]),
            ("texas oregon", &["US-TX", "US-OR"]),
            ("Sydney NSW", &["AU-NSW"]),
            ("TX", &["US-TX"]),
            ("Vancouver, BC, Canada", &["CA-BC"]),
            ("London", &["GB-ENG"]),
            ("Montréal", &["CA-QC"]),
            ("the Netherlands", &["NL"]),
            ("U.K.", &["GB"]),
            ("U.S.A.", &["US"]),
            ("NSW, Victoria", &["AU-NSW", "AU-VIC"]),
            ("München", &["DE-BY"]),
        ] {
            assert_eq!(
                codes_of(text).as_deref(),
                Ok(&codes.iter().map(|c| c.to_string()).collect::<Vec<_>>()[..]),
                "{text}"
            );
        }
        assert!(code_of("Califronia").is_err_and(|wrong| wrong.contains("did you mean California?")));
        assert!(codes_of("Oregon, nowhere at all").is_err());
        assert!(codes_of("I work in Texas").is_err());
        assert!(codes_of("Califronia, Oregon").is_err_and(|wrong| wrong.contains("did you mean California?")));
        assert_eq!(
            place_of("CA"),
            Err("unclear: California or Canada? Write US-CA for California, or Canada in full".into())
        );
        assert_eq!(codes_of("Canada, Germany"), Ok(vec!["CA".into(), "DE".into()]));
    }

    #[test]
    fn a_town_is_kept_as_it_was_typed() {
        for (text, town) in [
            ("Portland, Oregon", Some("Portland")),
            ("smallville, CA", Some("Smallville")),
            ("san francisco, CA", Some("San Francisco")),
            ("München", Some("München")),
            ("Bristol", Some("Bristol")),
            ("Springfield, Illinois, USA", Some("Springfield")),
            ("Austin TX", Some("Austin")),
            ("Austin TX 78701", Some("Austin")),
            ("san francisco CA", Some("San Francisco")),
            ("Round Rock Texas", Some("Round Rock")),
            ("Sydney NSW", Some("Sydney")),
            ("Oregon", None),
            ("West Virginia", None),
            ("Texas Oregon", None),
            ("Texas and Oregon", None),
            ("Canada, Germany", None),
            ("US-CA US-NV", None),
            ("NSW, Victoria", None),
            ("Oregon, nowhere at all", None),
        ] {
            assert_eq!(town_of(text).as_deref(), town, "{text}");
        }
    }

    #[test]
    fn every_name_leads_to_its_code() {
        for (code, named) in PLACES.iter() {
            assert!(super::super::check("jurisdiction", code).is_ok(), "{code}");
            for name in names::all_of_place(code, named) {
                let found = code_of(name);
                let part_of_that_name = found.as_ref().is_ok_and(|found| found.contains('-') && !code.contains('-'));
                assert!(found.as_deref() == Ok(code.as_str()) || part_of_that_name, "{code} {name}: {found:?}");
            }
        }
        for (city, place) in CITIES.iter() {
            assert!(PLACES.contains_key(place), "{city}: {place}");
            assert!(
                !all_names().any(|name| name.to_lowercase() == *city && code_of(name).as_ref() != Ok(place)),
                "{city}"
            );
        }
        for (country, parts) in PARTS.iter() {
            assert!(PLACES.contains_key(country) && !parts.is_empty(), "{country}");
            assert!(parts.iter().all(|part| super::super::check("jurisdiction", &format!("{country}-{part}")).is_ok()));
        }
    }

    #[test]
    fn codes_that_do_not_exist_are_asked() {
        for (text, wanted) in [
            ("England", Some("GB-ENG")),
            ("Texas", Some("US-TX")),
            ("Bayern", Some("DE-BY")),
            ("Wien", Some("AT-9")),
            ("Zürich", Some("CH-ZH")),
            ("Cataluña", Some("ES-CT")),
            ("Argentina", Some("AR")),
            ("Georgia", Some("US-GA")),
            ("TX", Some("US-TX")),
            ("ON", Some("CA-ON")),
            ("NSW", Some("AU-NSW")),
            ("UK", Some("GB")),
            ("UK-ENG", Some("GB-ENG")),
            ("US-CAL", Some("US-CA")),
            ("US-Texas", Some("US-TX")),
            ("DE-BAY", Some("DE-BY")),
            ("Califronia", Some("US-CA")),
            ("US-XX", None),
            ("XX", None),
            ("everywhere", None),
        ] {
            assert_eq!(super::super::meant("jurisdiction", text).as_deref(), wanted, "{text}");
            assert!(super::super::check("jurisdiction", text).is_err(), "{text}");
        }
        for code in ["US", "US-CA", "CA-ON", "GB-ENG", "DE-BE", "AT-9", "CH-ZH", "JP", "JP-13", "XK"] {
            assert!(super::super::check("jurisdiction", code).is_ok(), "{code}");
        }
    }

    #[test]
    fn letters_of_a_country_may_be_those_of_a_state() {
        for code in ["CA", "DE", "IN", "CO", "PA", "GA", "AL", "AR", "AZ", "ID", "IL", "MD", "ME", "VA"] {
            assert_eq!(state_of_same_letters(code), Some(format!("US-{code}")));
        }
        for code in ["GB", "US", "AT", "TX", "NY", "FR", "AU", "ES"] {
            assert_eq!(state_of_same_letters(code), None, "{code}");
        }
        assert_eq!(
            (name_of("CA"), name_of("US-CA"), name_of("JP"), name_of("JP-13")),
            ("Canada", "California", "Japan", "JP-13")
        );
    }
}
