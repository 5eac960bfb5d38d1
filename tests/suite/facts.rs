//! What pages say of a practice is what practice.yaml says, in the site's language and for its day.

use serde_json::Value;

use crate::support::{ANA, PRACTICE, build, lines, options, page, site};
use anteroom::pipeline::{self, Build, Cache};

const OFFICE: &str = "time_zone: America/Los_Angeles\npreferred_contact: phone\nphone: \"+1 503 555 0142\"\nlocations:\n  - label: Office\n    \
    address: { street: 12 Main St., city: Portland, country: US }\n    hours: { monday: \"09:00-17:00\", friday: closed }\n    \
    closures:\n      - { from: 2026-12-24, until: 2027-01-02, reason: Winterbreak }\n      - { from: 2026-11-22 }\n      \
    - { from: 2026-11-01, until: 2026-11-21, reason: Longago }\n  - { label: Online, online: true, closures: [{ from: 2026-12-01, reason: Elsewhere }] }\n";

fn practice(lang: &str, more: &str) -> String {
    PRACTICE.replace("language: en", &format!("language: {lang}")) + more
}

fn of(practice: &str, theme: Option<&str>) -> Build {
    let sources = site(&[("content/practice.yaml", practice), ("content/practitioners/ana.md", ANA)]);
    let options = anteroom::options::Options { theme: theme.map(str::to_string), ..options() };
    pipeline::build(&sources, &options, &mut Cache::off())
}

#[test]
fn closed_days_and_the_time_zone_stand_beside_the_hours_in_all_themes_and_languages() {
    let said = [
        (
            "en",
            "December 24, 2026 to January 2, 2027: Winterbreak",
            "<li>November 22, 2026</li>",
            "Pacific Time",
            ">Closed<",
        ),
        (
            "de",
            "24. Dezember 2026 bis 2. Januar 2027: Winterbreak",
            "<li>22. November 2026</li>",
            "Westküstenzeit",
            ">geschlossen<",
        ),
        (
            "es",
            "Del 24 de diciembre de 2026 al 2 de enero de 2027: Winterbreak",
            "<li>22 de noviembre de 2026</li>",
            "hora del Pacífico",
            ">Cerrado<",
        ),
        (
            "ar",
            "من 24 ديسمبر 2026 إلى 2 يناير 2027: Winterbreak",
            "<li>22 نوفمبر 2026</li>",
            "توقيت المحيط الهادي",
            ">مغلق<",
        ),
    ];
    for theme in ["linen", "harbor", "meadow"] {
        for (lang, span, day, zone, closed) in said {
            let html = page(&of(&practice(lang, OFFICE), Some(theme)), "contact/index.html");
            for wanted in [span, day, zone, closed, "Elsewhere"] {
                assert!(html.contains(wanted), "{theme} {lang}: {wanted} in {html}");
            }
            assert!(!html.contains("Longago"), "{theme} {lang}: past days are not shown");
        }
    }
}

#[test]
fn closed_days_are_told_to_search_engines_and_change_the_site_when_they_end() {
    let built = of(&practice("en", OFFICE), None);
    let html = page(&built, "index.html");
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    let data: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    let nodes = data["@graph"].as_array().unwrap();
    let hours = nodes.iter().find_map(|node| node["openingHoursSpecification"].as_array()).unwrap();
    let closed: Vec<_> = hours.iter().filter(|one| one["validFrom"].is_string()).collect();
    let days: Vec<_> =
        closed.iter().map(|one| (one["validFrom"].as_str().unwrap(), one["validThrough"].as_str().unwrap())).collect();
    assert_eq!(days, [("2026-11-22", "2026-11-22"), ("2026-12-24", "2027-01-02")]);
    assert!(closed.iter().all(|one| one["opens"] == "00:00" && one["closes"] == "00:00"));
    assert_eq!(built.changes_on.map(|day| day.to_string()).as_deref(), Some("2026-11-23"));
}

#[test]
fn the_way_of_contact_that_is_liked_best_comes_first_and_is_marked() {
    let ways = "phone: \"+1 503 555 0142\"\nsms_ok: true\nbooking: { url: \"https://book.harbour-times.org/\" }\ncontact_form: { provider: netlify }\n";
    for (way, begins) in [
        ("email", "href=\"mailto:"),
        ("phone", "href=\"tel:"),
        ("text", "href=\"sms:"),
        ("booking", "href=\"https://book."),
        ("form", "href=\"#a-write\""),
    ] {
        let html = page(&of(&practice("en", &format!("{ways}preferred_contact: {way}\n")), None), "contact/index.html");
        let (_, main) = html.split_once("<main").unwrap();
        let mark = main.find("class=\"preferred\"").unwrap_or_else(|| panic!("{way}: {main}"));
        assert_eq!(main.matches("class=\"preferred\"").count(), 1, "{way}");
        let first = ["href=\"mailto:", "href=\"tel:", "href=\"sms:", "href=\"https://book.", "href=\"#a-write\""];
        let first = first.iter().filter_map(|link| Some((main.find(link)?, *link))).min().unwrap();
        assert_eq!(first.1, begins, "{way}");
        assert!(first.0 < mark, "{way}");
    }
    let text = practice("en", "preferred_contact: text\nphone: \"+1 503 226 7391\"\ntime_zone: berlin\n");
    let sources = site(&[("content/practice.yaml", &text)]);
    assert_eq!(lines(&build(&sources), &sources), ["invalid-value content/practice.yaml:11:12 \"berlin\""]);
    let text = text.replace("berlin", "Europe/Berlin");
    let sources = site(&[("content/practice.yaml", &text)]);
    assert_eq!(lines(&build(&sources), &sources), ["preferred-contact content/practice.yaml:9:20 \"text\""]);
}

#[test]
fn hours_are_told_as_the_country_tells_them() {
    for (lang, place, expected) in [
        ("en", "US-OR", "9\u{a0}am–5\u{a0}pm"),
        ("en", "CA-ON", "9\u{a0}am–5\u{a0}pm"),
        ("en", "GB-ENG", "09:00–17:00"),
        ("en", "DE", "09:00–17:00"),
        ("es", "US-OR", "09:00–17:00"),
        ("de", "DE", "09:00–17:00"),
        ("ar", "US-OR", "09:00–17:00"),
    ] {
        let practice = practice(lang, OFFICE).replace("jurisdictions: [US-OR]", &format!("jurisdictions: [{place}]"));
        let html = page(&of(&practice, None), "contact/index.html");
        assert!(html.contains(expected), "{lang} {place}");
    }
}
