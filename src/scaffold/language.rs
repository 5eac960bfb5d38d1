//! The language of a new site.
//!
//! Owns the guess from where a practice is; whoever is asked may choose another.

/// The language in which a practice most likely writes in a place, with the region's spelling.
pub fn language_of(places: &[String]) -> String {
    let place = places.first().map(String::as_str).unwrap_or_default();
    let country = place.split('-').next().unwrap_or_default();
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
        "MX" | "AR" | "CL" | "CO" | "PE" | "UY" | "EC" | "BO" | "PY" | "VE" | "CR" | "PA" | "DO" | "GT" | "HN"
        | "SV" | "NI" | "PR" => format!("es-{country}"),
        "US" | "GB" | "CA" | "AU" | "NZ" | "IE" | "ZA" | "IN" | "SG" => format!("en-{country}"),
        _ => "en".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
