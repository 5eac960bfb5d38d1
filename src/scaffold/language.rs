//! The language of a new site.
//!
//! Owns the guess from where a practice is; whoever is asked may choose another.

/// Where English is written in a spelling or with words of its own.
const ENGLISH: &[&str] = &["US", "GB", "CA", "AU", "NZ", "IE", "ZA", "IN", "SG"];
/// The same of Spanish, where it's the language of most.
const SPANISH: &[&str] =
    &["MX", "AR", "CL", "CO", "PE", "UY", "EC", "BO", "PY", "VE", "CR", "PA", "DO", "GT", "HN", "SV", "NI", "PR"];

fn country(places: &[String]) -> &str {
    places.first().and_then(|place| place.split('-').next()).unwrap_or_default()
}

/// A language as it's written where a practice is: English in the United States is `en-US`. Where a place has no words of its own for it,
/// it stays as it is.
pub fn as_written_in(language: &str, places: &[String]) -> String {
    let country = country(places);
    let has_own = match language {
        "en" => ENGLISH.contains(&country),
        "es" => SPANISH.contains(&country) || country == "US",
        "de" => matches!(country, "AT" | "CH" | "LI"),
        "fr" => matches!(country, "CA" | "CH" | "BE" | "LU"),
        "it" => country == "CH",
        "nl" => country == "BE",
        "pt" => country == "BR",
        _ => false,
    };
    if has_own { format!("{language}-{country}") } else { language.to_string() }
}

/// The language in which a practice most likely writes in a place, with the region's spelling.
pub fn language_of(places: &[String]) -> String {
    let place = places.first().map(String::as_str).unwrap_or_default();
    let country = country(places);
    match country {
        "DE" | "LI" => "de".to_string(),
        "FR" | "MC" => "fr".to_string(),
        "IT" | "SM" | "VA" => "it".to_string(),
        "NL" => "nl".to_string(),
        "PT" => "pt".to_string(),
        "BR" => "pt-BR".to_string(),
        "LU" => "fr-LU".to_string(),
        // Countries of several languages: that of most people in the part.
        "CA" if place == "CA-QC" => "fr-CA".to_string(),
        "CH" if matches!(place, "CH-GE" | "CH-VD" | "CH-NE" | "CH-JU" | "CH-FR" | "CH-VS") => "fr-CH".to_string(),
        "CH" if place == "CH-TI" => "it-CH".to_string(),
        "BE" if matches!(place, "BE-BRU" | "BE-WAL" | "BE-WBR" | "BE-WHT" | "BE-WLG" | "BE-WLX" | "BE-WNA") => {
            "fr-BE".to_string()
        }
        "BE" => "nl-BE".to_string(),
        "AT" | "CH" => format!("de-{country}"),
        "ES" => "es".to_string(),
        country if SPANISH.contains(&country) => format!("es-{country}"),
        country if ENGLISH.contains(&country) => format!("en-{country}"),
        _ => "en".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_that_of_the_country() {
        for (language, place, written) in [
            ("en", "US-TX", "en-US"),
            ("en", "CA-QC", "en-CA"),
            ("en", "DE", "en"),
            ("de", "AT-9", "de-AT"),
            ("de", "DE-SN", "de"),
            ("de", "CH-GE", "de-CH"),
            ("fr", "CA-QC", "fr-CA"),
            ("fr", "CA-ON", "fr-CA"),
            ("es", "US-CA", "es-US"),
            ("es", "ES", "es"),
            ("it", "CH-ZH", "it-CH"),
            ("nl", "BE-VLG", "nl-BE"),
            ("pt", "BR", "pt-BR"),
            ("fr-FR", "CA-QC", "fr-FR"),
            ("ja", "US", "ja"),
        ] {
            assert_eq!(as_written_in(language, &[place.to_string()]), written, "{language} {place}");
        }
        assert_eq!(as_written_in("en", &[]), "en");
    }

    #[test]
    fn a_new_site_is_in_the_language_of_most_people_there() {
        for (place, language) in [
            ("US-TX", "en-US"),
            ("GB-ENG", "en-GB"),
            ("DE-SN", "de"),
            ("AT-9", "de-AT"),
            ("CH-ZH", "de-CH"),
            ("CH-GE", "fr-CH"),
            ("CH-TI", "it-CH"),
            ("CA-QC", "fr-CA"),
            ("CA-ON", "en-CA"),
            ("BE-WAL", "fr-BE"),
            ("BE-VLG", "nl-BE"),
            ("BR-SP", "pt-BR"),
            ("MX", "es-MX"),
            ("JP", "en"),
        ] {
            assert_eq!(language_of(&[place.to_string()]), language, "{place}");
        }
        // The first place is where the practice is.
        assert_eq!(language_of(&["FR".to_string(), "US-NY".to_string()]), "fr");
        assert_eq!(language_of(&[]), "en");
    }
}
