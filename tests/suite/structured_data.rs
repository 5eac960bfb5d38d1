//! Structured data: which node a page has, what it says, and what it never says.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{build, options, page};
use anteroom::output::File;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::source::Sources;
use serde_json::Value;

fn graph(html: &str) -> Option<Vec<Value>> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    let (text, _) = rest.split_once("</script>")?;
    let data: Value = serde_json::from_str(text).expect("structured data is JSON");
    Some(data["@graph"].as_array().expect("there is one graph").clone())
}

fn node(nodes: &[Value], end: &str) -> Value {
    let found = nodes.iter().find(|node| node["@id"].as_str().is_some_and(|id| id.ends_with(end)));
    found.unwrap_or_else(|| panic!("no node {end} in {nodes:#?}")).clone()
}

fn site(practice: &str, person: &str) -> Build {
    let mut sources = Sources::default();
    let rest = "base_url: https://quiet-harbour.org/sub\nemail: hello@quiet-harbour.org\nlanguage: en\ncurrency: USD\n";
    sources.insert_text("content/practice.yaml", format!("name: Quiet\ndescription: D.\n{rest}{practice}\n"));
    sources.insert_text("content/practitioners/ana.md", format!("---\nname: Ana Lopez\n{person}\n---\nText.\n"));
    sources.insert_text(
        "content/services/talk.md",
        "---\ntitle: \"Talk </script><script>alert(1)</script>\"\nsummary: S.\nkind: coaching\nformats: [video]\n\
         price: { from: 80, to: 92.5 }\npackages: [{ sessions: 6, price: 480 }]\n---\nText.\n",
    );
    build(&sources)
}

const ADDRESS: &str = "locations: [{ label: R, address: { street: 1 A St, city: B, country: US }, \
    hours: { monday: \"09:00-12:00, 14:00-18:00\", friday: closed } }]";

fn kind_of_practice(build: &Build) -> Value {
    node(&graph(&page(build, "index.html")).unwrap(), "#practice")["@type"].clone()
}

#[test]
fn the_kind_of_practice_decides_what_it_is() {
    let coaching = "kind: coaching\njurisdictions: [US-OR]";
    let licensed = "kind: licensed-therapy\njurisdictions: [US-CA]";
    let accepting = "accepting: { status: yes, as_of: 2026-11-01 }";
    for (practice, person, expected) in [
        (coaching.to_string(), "", "Organization"),
        (format!("{coaching}\n{ADDRESS}"), accepting, "LocalBusiness"),
        (licensed.to_string(), "", "MedicalBusiness"),
        (licensed.to_string(), accepting, "MedicalClinic"),
        (format!("{licensed}\ninsurance: [{{ payer: P, in_network: true }}]"), "", "MedicalClinic"),
    ] {
        assert_eq!(kind_of_practice(&site(&practice, person)), expected, "{practice}");
    }
}

#[test]
fn facts_become_properties() {
    let licences = "licences: [{ type: LMFT, number: \"12345\", jurisdiction: US-CA, board: BBS, expires: 2027-01-01 }]\n\
        credentials: [{ abbr: MA, name: Master of Arts, issuer: A College, year: 2010 }]\nlanguages: [en, es]\npronouns: she/her";
    let built = site(&format!("kind: licensed-therapy\njurisdictions: [US-CA]\n{ADDRESS}"), licences);
    let nodes = graph(&page(&built, "practitioners/ana/index.html")).unwrap();
    let person = node(&nodes, "practitioners/ana/#person");
    assert_eq!(person["hasCertification"]["certificationIdentification"], "12345");
    assert_eq!(person["hasCertification"]["validIn"]["name"], "US-CA");
    assert_eq!(person["hasCredential"]["recognizedBy"]["name"], "A College");
    assert_eq!(person["knowsLanguage"], serde_json::json!(["en", "es"]));
    assert_eq!(person["worksFor"]["@id"], "https://quiet-harbour.org/sub/#practice");
    assert_eq!(
        node(&nodes, "#breadcrumb")["itemListElement"][1]["item"],
        "https://quiet-harbour.org/sub/practitioners/"
    );
    let home = graph(&page(&built, "index.html")).unwrap();
    let hours = node(&home, "#practice")["openingHoursSpecification"].clone();
    assert_eq!(hours.as_array().unwrap().len(), 2, "two stretches of Monday, a closed Friday is none");
    assert_eq!((&hours[1]["opens"], &hours[1]["closes"]), (&"14:00".into(), &"18:00".into()));
}

#[test]
fn no_text_can_end_the_element() {
    let built = site("kind: coaching\njurisdictions: [US-OR]", "");
    let html = page(&built, "services/talk/index.html");
    assert!(!html.contains("<script>alert"), "{html}");
    let service = node(&graph(&html).unwrap(), "#service");
    assert_eq!(service["name"], "Talk </script><script>alert(1)</script>");
    assert_eq!(service["offers"][0]["@type"], "AggregateOffer");
    assert_eq!(service["offers"][0]["highPrice"], "92.50");
    assert_eq!(service["offers"][1]["price"], "480");
}

/// Every id that is mentioned, and every type.
fn gather(value: &Value, mentioned: &mut BTreeSet<String>, types: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, mentioned, types)),
        Value::Object(fields) => {
            if let (1, Some(id)) = (fields.len(), fields.get("@id")) {
                mentioned.insert(id.as_str().unwrap().to_string());
            }
            types.extend(fields.get("@type").map(|kind| kind.as_str().unwrap().to_string()));
            fields.values().for_each(|value| gather(value, mentioned, types));
        }
        _ => {}
    }
}

#[test]
fn what_is_mentioned_stands_somewhere_and_coaching_is_never_medical() {
    for (folder, coaching) in [("", true), ("specimen/full", false), ("specimen/small", true), ("specimen/rtl", false)]
    {
        let sources = anteroom::disk::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        let built = pipeline::build(&sources, &options(), &mut Cache::off());
        let ids = |nodes: &[Value]| nodes.iter().filter_map(|node| node["@id"].as_str().map(str::to_string)).collect();
        let home: BTreeSet<String> = ids(&graph(&page(&built, "index.html")).unwrap());
        let mut types = BTreeSet::new();
        for (path, file) in &built.output.as_ref().unwrap().files {
            let (File::Made(bytes), true) = (file, path.as_str().ends_with(".html")) else { continue };
            let Some(nodes) = graph(std::str::from_utf8(bytes).unwrap()) else { continue };
            let mut mentioned = BTreeSet::new();
            nodes.iter().for_each(|node| gather(node, &mut mentioned, &mut types));
            let own: BTreeSet<String> = ids(&nodes);
            let nowhere: Vec<_> = mentioned.iter().filter(|id| !own.contains(*id) && !home.contains(*id)).collect();
            assert!(nowhere.is_empty(), "{folder}/{}: {nowhere:?}", path.as_str());
        }
        assert!(types.contains("Person") && types.contains("WebSite"), "{types:?}");
        assert_eq!(!types.iter().any(|kind| kind.starts_with("Medical")), coaching, "{folder}: {types:?}");
        for never in ["Review", "AggregateRating", "Physician", "ProfessionalService"] {
            assert!(!types.contains(never), "{folder}: {never}");
        }
    }
}
