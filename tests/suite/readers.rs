//! Every field of the model has a reader: somebody who writes it sees a page, a file or a finding change.
//!
//! The fields are taken from the schemas that the program derives, so that a new one is covered by itself. Each is set to
//! valid values in sites that have everything; a field that changes nothing anywhere is a promise to authors that nobody keeps.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::{options, photograph};
use anteroom::output::File;
use anteroom::pipeline::{self, Cache};
use anteroom::source::{Asset, Content, SourcePath, Sources};

/// Fields that change nothing by themselves, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    // Which fields there are below it a theme says: `own_fields` builds sites with themes that have some.
    ("practice: theme.settings", "of the theme: settings.rs"),
    ("page: theme", "of the theme"),
    ("page: sections[].theme", "of the theme"),
    ("practitioner: theme", "of the theme"),
    ("service: theme", "of the theme"),
    ("resource: theme", "of the theme"),
    ("practice: testimonials[].consent.date", "the practice's own record; no visitor is told when somebody consented"),
    ("practice: testimonials[].consent.scope", "the practice's own record of what was agreed"),
    ("practice: publish.to", "`publish` reads it, and no page shows it: publishing/"),
    ("practice: publish.host", "`publish` reads it, and no page shows it: publishing/"),
    ("practice: publish.user", "`publish` reads it, and no page shows it: publishing/"),
    ("practice: publish.port", "`publish` reads it, and no page shows it: publishing/"),
    ("practice: publish.folder", "`publish` reads it, and no page shows it: publishing/"),
    ("practice: publish.certificate", "`publish` reads it, and no page shows it: publishing/"),
    ("practice: publish.site", "`publish` reads it, and no page shows it: publishing/"),
    ("practice: publish.repository", "`publish` reads it, and no page shows it: publishing/"),
    ("practice: publish.branch", "`publish` reads it, and no page shows it: publishing/"),
];

/// Where a schema's fields are written: files of the site below, the likeliest first.
const FILES: &[(&str, &[&str])] = &[
    ("practice", &["practice.yaml"]),
    ("practitioner", &["practitioners/ana.md", "practitioners/ben.md"]),
    ("service", &["services/talk.md", "services/walk.md"]),
    ("resource", &["resources/first.md"]),
    ("page", &["index.md", "about.md", "policies/terms.md"]),
];

/// A practice with every fact that can stand beside the others.
const SITE: &[(&str, &str)] = &[
    (
        "practice.yaml",
        r#"
name: Quiet Harbour
description: A practice that has everything, for the test that each of its facts is read.
language: en
kind: licensed-therapy
jurisdictions: [US-CA, DE, AT, GB, AU]
base_url: https://quiet-harbour.org
email: hello@quiet-harbour.org
phone: "+1 503 555 0142"
sms_ok: true
preferred_contact: email
time_zone: America/Los_Angeles
locations:
  - label: Office
    address: { street: 12 Main St., city: Portland, region: OR, postal_code: "97201", country: US }
    geo: { latitude: 45.5, longitude: -122.6 }
    hours: { monday: "09:00-17:00" }
    closures: [{ from: 2026-12-24, until: 2027-01-02, reason: Winter break }]
    access: [A lift]
  - label: Online
    online: true
maps: { provider: openstreetmap, mode: click-to-load }
booking: { url: "https://booking.harbour-times.org/first", mode: click-to-load }
contact_form: { provider: endpoint, endpoint: "https://forms.harbour-times.org/contact", baa: true }
currency: USD
fees_as_of: 2026-11-01
hipaa_covered_entity: true
receives_hhs_funds: true
legal: { vat_id: DE000000000, register: HRB 1, authority: The board, chamber: The chamber, title: Psychologist, title_state: Oregon, responsible: Ana Lopez, represented_by: Ana Lopez, rules: [{ name: The rules }] }
hosting: { provider: A host, country: CA, log_days: 7 }
analytics: { provider: Counter, script_host: counter.harbour-times.org }
testimonials:
  - { text: They called back., relation: former-client, incentive: false, clinical: false, consent: { date: 2026-05-04, scope: This website } }
notices: [{ text: The lift is being repaired., from: 2026-11-01, until: 2026-12-31 }]
page_size: 1
logo: images/b.jpg
acknowledge: [{ code: description-length, reason: A test., path: index.md }]
"#,
    ),
    (
        "index.md",
        "---\ntitle: Quiet Harbour\nsummary: S.\nlayout: landing\nsections: [{ type: hero, heading: Welcome, image: images/b.jpg, image_alt: A path }, { type: testimonials }]\n---\nA text <b onclick=\"x()\">with HTML</b> that [@work] supports.\n\n::: fees\n:::\n",
    ),
    ("about.md", "---\ntitle: About\nsummary: S.\nimage: images/a.jpg\nimage_alt: A path\nweight: 2\n---\nText.\n"),
    ("more.md", "---\ntitle: More\nsummary: S.\nweight: 5\n---\nText.\n"),
    ("faq.md", "---\ntitle: Questions\nsummary: S.\nlayout: faq\n---\nText.\n"),
    (
        "policies/terms.md",
        "---\ntitle: Terms\nsummary: S.\nlayout: policy\npolicy: { type: terms, effective: 2026-01-01 }\n---\nText.\n",
    ),
    (
        "practitioners/ana.md",
        "---\nname: Ana Lopez\nrole_title: Therapist\nphoto: images/a.jpg\nphoto_alt: Ana\nimage: images/b.jpg\nimage_alt: A path\nfees: { amount: 90, per: session }\n\
         licences: [{ type: LMFT, number: \"12345\", jurisdiction: US-CA, board: BBS, expires: 2027-01-01 }]\n\
         accepting: { status: yes, as_of: 2026-11-01 }\nformats: [video]\nserves: [US-CA]\n---\nText.\n",
    ),
    ("practitioners/ben.md", "---\nname: Ben Ode\nrole_title: Coach\nfees: { from: 80, to: 90 }\n---\nText.\n"),
    (
        "services/talk.md",
        "---\ntitle: Talk\nsummary: S.\nkind: therapy\nduration_min: 50\nprice: { amount: 110, per: session }\n\
         packages: [{ sessions: 6, price: 480 }]\nformats: [video]\npractitioners: [ana]\nimage: images/a.jpg\nimage_alt: A path\n---\nText.\n",
    ),
    (
        "services/walk.md",
        "---\ntitle: Walk\nsummary: S.\nkind: coaching\nprice: { from: 80, to: 90 }\nformats: [walk]\npractitioners: [ana, ben]\n---\nText.\n",
    ),
    (
        "resources/first.md",
        "---\ntitle: First\nsummary: S.\nauthor: ana\ndate: 2026-10-01\ntopics: [Grief]\nimage: images/a.jpg\nimage_alt: A path\n---\nText.\n",
    ),
    (
        "resources/second.md",
        "---\ntitle: Second\nsummary: S.\nauthor: ana\ndate: 2026-09-01\ntopics: [Grief]\n---\nText.\n",
    ),
    (
        "resources/third.md",
        "---\ntitle: Third\nsummary: S.\nauthor: ben\ndate: 2026-08-01\ntopics: [Rest]\n---\nText.\n",
    ),
    ("references.yaml", "work: { type: book, title: A book, author: \"Lopez, Ana\", date: 2001 }\n"),
];

fn everything() -> Sources {
    let mut sources = Sources::default();
    for (path, text) in SITE {
        sources.insert_text(&format!("content/{path}"), *text);
    }
    for (hash, name) in [(1, "a"), (2, "b")] {
        let asset = Asset { len: 3, hash: [hash; 32], picture: Some(Ok(photograph(1600, 1200))) };
        sources.insert_asset(&format!("content/images/{name}.jpg"), asset);
    }
    sources
}

/// One step from a value to a value below it.
#[derive(Clone, Debug)]
enum Step {
    Field(String),
    First,
}

/// A field: how to reach it, its own schema, and those of everything above it.
struct Field {
    steps: Vec<Step>,
    above: Vec<Value>,
    schema: Value,
}

impl Field {
    fn name(&self) -> String {
        let mut name = String::new();
        for step in &self.steps {
            match step {
                Step::Field(field) if name.is_empty() => name.push_str(field),
                Step::Field(field) => name.push_str(&format!(".{field}")),
                Step::First => name.push_str("[]"),
            }
        }
        name
    }
}

/// Every field of a schema, those inside others too.
fn fields(schema: &Value, steps: &[Step], above: &[Value], found: &mut Vec<Field>) {
    let mut inside = above.to_vec();
    inside.push(schema.clone());
    for option in ["anyOf", "oneOf"].iter().filter_map(|key| schema[*key].as_array()).flatten() {
        fields(option, steps, above, found);
    }
    for (name, own) in schema["properties"].as_object().into_iter().flatten() {
        let steps = [steps, &[Step::Field(name.clone())]].concat();
        // What holds fields is read where they are; a tag is told by what stands beside it.
        let holds = own["properties"].is_object() || own["items"]["properties"].is_object();
        if !holds && own.get("const").is_none() {
            found.push(Field { steps: steps.clone(), above: inside.clone(), schema: own.clone() });
        }
        fields(own, &steps, &inside, found);
    }
    if schema["items"].is_object() {
        fields(&schema["items"], &[steps, &[Step::First]].concat(), &inside, found);
    }
}

/// Texts that name something that the specimen has, or that have a form of their own.
fn named(field: &str) -> &'static [&'static str] {
    match field.rsplit(['.', '[']).next().unwrap_or_default() {
        "to" => &["faq.md", "about.md"],
        "page" => &["faq.md", "about.md"],
        "practitioners" | "author" | "reviewed_by" => &["ana", "ben"],
        _ if field.ends_with("practitioners[]") || field.ends_with("sections[].person") => &["ana", "ben"],
        _ if field.ends_with("related") => &["second", "third"],
        "code" => &["placeholder-text", "page-generated"],
        "name" if field == "theme.name" => &["harbor", "meadow"],
        "aliases" => &["/an-old-page/", "/another/"],
        "time_zone" => &["Europe/Berlin"],
        _ => &[],
    }
}

/// Valid values for a schema, at least two where there are so many.
fn values(schema: &Value, field: &str) -> Vec<Value> {
    if let Some(all) = schema["enum"].as_array() {
        return all.iter().filter(|value| !value.is_null()).cloned().collect();
    }
    if let Some(value) = schema.get("const") {
        return vec![value.clone()];
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(options) = schema[key].as_array() {
            return options.iter().flat_map(|option| values(option, field)).collect();
        }
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => vec!["string"],
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| json!(text)).collect::<Vec<Value>>();
    let format = schema["format"].as_str().unwrap_or_default();
    let own = named(field);
    match kinds.iter().find(|kind| **kind != "null").copied().unwrap_or_default() {
        "boolean" => vec![json!(true), json!(false)],
        "integer" | "number" if format == "amount" => vec![json!(37), json!(53)],
        "integer" => vec![json!(1), json!(2), json!(700)],
        "number" => vec![json!(12.5), json!(48.25)],
        "array" if field.ends_with("locations") => vec![json!(["Office"]), json!(["Online"])],
        "array" => {
            let items = values(&schema["items"], field);
            std::iter::once(json!([])).chain(items.into_iter().map(|item| json!([item]))).collect()
        }
        "object" => vec![least(schema, field)],
        _ if !own.is_empty() => texts(own),
        _ => match format {
            "date" => texts(&["2025-03-02", "2026-11-02", "2031-05-06"]),
            "amount" => texts(&["37", "53.50"]),
            "uri" => texts(&["https://one.example/a", "https://two.example/b"]),
            "email" => texts(&["one@specimen.example", "two@specimen.example"]),
            "phone" => texts(&["+1 503 555 0111", "+49 30 5550100"]),
            "dialled" => texts(&["70 707", "0800 5550100"]),
            "slug" => texts(&["a-slug-of-its-own"]),
            "language" => texts(&["de", "es"]),
            "jurisdiction" => texts(&["US-CA", "GB", "DE"]),
            "country" => texts(&["DE", "AU"]),
            "currency" => texts(&["EUR", "GBP"]),
            "hours" => texts(&["10:15-11:45", "closed"]),
            "time-zone" => texts(&["Europe/Berlin", "Asia/Tokyo"]),
            "host" => texts(&["one.example", "two.example"]),
            "path" => texts(&["images/a.jpg", "images/b.jpg"]),
            "colour" => texts(&["#1d4e5f", "#6b2a58"]),
            "length" => texts(&["1.25rem", "2.5rem"]),
            "font" => texts(&["Georgia, serif", "system-ui"]),
            _ => texts(&["Zorblatt quimby", "Vexing lorikeet"]),
        },
    }
}

/// The smallest object that a schema allows.
fn least(schema: &Value, field: &str) -> Value {
    let mut object = Map::new();
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let below = format!("{field}.{name}");
        let all = values(&schema["properties"][name], &below);
        let value = all.iter().find(|value| **value != json!([])).cloned().unwrap_or(json!([]));
        object.insert(name.to_string(), value);
    }
    Value::Object(object)
}

/// The object that holds a field, made where it is not there.
fn holder<'v>(root: &'v mut Value, field: &Field) -> &'v mut Map<String, Value> {
    let mut at = root;
    let mut name = String::new();
    let last = field.steps.len() - 1;
    for (index, step) in field.steps[..last].iter().enumerate() {
        let schema = &field.above[(index + 1).min(field.above.len() - 1)];
        match step {
            Step::Field(field) => {
                name.push_str(&format!(".{field}"));
                at = at.as_object_mut().unwrap().entry(field.clone()).or_insert(Value::Null);
            }
            Step::First => {
                if at.as_array().is_none_or(|list| list.is_empty()) {
                    *at = json!([null]);
                }
                at = &mut at.as_array_mut().unwrap()[0];
            }
        }
        let wants_list = matches!(field.steps[index + 1], Step::First);
        let kind = &schema["properties"]["type"]["const"];
        if !wants_list && (!at.is_object() || (kind.is_string() && at["type"] != *kind)) {
            *at = least(schema, &name);
        }
    }
    at.as_object_mut().unwrap()
}

/// A file's facts, and its text below them.
fn read(sources: &Sources, path: &str) -> (Value, String) {
    let path = SourcePath::new(&format!("content/{path}")).unwrap();
    let Some(Content::Text(text)) = sources.files.get(&path) else { panic!("no {path:?}") };
    let text = String::from_utf8(text.to_vec()).unwrap();
    match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((facts, body)) => (serde_yaml::from_str(facts).unwrap(), body.to_string()),
        None => (serde_yaml::from_str(&text).unwrap(), String::new()),
    }
}

fn with(sources: &Sources, path: &str, facts: &Value, body: &str) -> Sources {
    let mut sources = sources.clone();
    let text = match path.ends_with(".yaml") {
        true => facts.to_string(),
        false => format!("---\n{facts}\n---\n{body}"),
    };
    sources.insert_text(&format!("content/{path}"), text);
    sources
}

/// A site's files by name, and its findings.
type Seen = (Vec<(String, Vec<u8>)>, BTreeSet<String>);

/// What anybody sees of a site: its files, and its findings without their columns. None where the value was not valid.
fn seen(sources: &Sources, cache: &mut Cache) -> Result<Seen, String> {
    let built = pipeline::build(sources, &options(), cache);
    let refused = [
        "wrong-type",
        "invalid-value",
        "invalid-setting",
        "unknown-field",
        "missing-field",
        "yaml-syntax",
        "unknown-practitioner",
        "unknown-resource",
    ];
    if let Some(wrong) = built.diagnostics.iter().find(|finding| refused.contains(&finding.code.name)) {
        return Err(format!("{}: {} {:?}", wrong.code.name, wrong.message, wrong.place));
    }
    let findings = built.diagnostics.iter().map(|finding| {
        let path = finding.place.as_ref().map(|place| place.path.as_str().to_string());
        format!("{} {path:?} {} {:?}", finding.code.name, finding.message, finding.acknowledged)
    });
    let findings = findings.collect();
    let files = built.output.iter().flat_map(|output| &output.files);
    let files = files.map(|(path, file)| {
        let bytes = match file {
            File::Made(bytes) => bytes.to_vec(),
            other => format!("{other:?}").into_bytes(),
        };
        (path.as_str().to_string(), bytes)
    });
    Ok((files.collect(), findings))
}

/// Whether a field changes anything in a file of a site.
fn is_read(site: &Sources, path: &str, field: &Field, cache: &mut Cache) -> Result<bool, String> {
    let (mut facts, body) = read(site, path);
    let Step::Field(name) = field.steps.last().unwrap() else { return Ok(true) };
    let before = holder(&mut facts, field).get(name).cloned();
    let mut first = None;
    let mut why = String::from("no value");
    let given = before.map(Some).into_iter().chain([None]);
    for value in given.chain(values(&field.schema, &field.name()).into_iter().map(Some)) {
        let object = holder(&mut facts, field);
        match &value {
            Some(value) => object.insert(name.clone(), value.clone()),
            None => object.remove(name),
        };
        match (seen(&with(site, path, &facts, &body), cache), &first) {
            (Ok(now), None) => first = Some(now),
            (Ok(now), Some(first)) if now != *first => return Ok(true),
            (Ok(_), Some(_)) => why = "all values look alike".to_string(),
            (Err(fault), _) if value.is_some() => why = fault,
            _ => {}
        }
    }
    Err(why)
}

#[test]
fn every_field_has_a_reader() {
    let site = everything();
    let mut dead = Vec::new();
    for (schema, files) in FILES {
        let mut all = Vec::new();
        fields(&anteroom::schemas::schema(schema).unwrap(), &[], &[], &mut all);
        dead.extend(
            all.par_iter()
                .map_init(Cache::on, |cache, field| {
                    let name = format!("{schema}: {}", field.name());
                    if EXCEPTIONS.iter().any(|(exception, _)| *exception == name) {
                        return None;
                    }
                    let mut faults = Vec::new();
                    for file in *files {
                        match is_read(&site, file, field, cache) {
                            Ok(true) => return None,
                            Ok(false) => {}
                            Err(why) => faults.push(why),
                        }
                    }
                    Some(format!("{name}: {}", faults.join("; ")))
                })
                .flatten()
                .collect::<Vec<_>>(),
        );
    }
    assert!(dead.is_empty(), "fields that nobody reads:\n{}", dead.join("\n"));
}
