//! The reference in docs/ is generated from the program: fields from the front matter's types, findings from
//! the table behind `anteroom explain`. This test fails where they differ; `UPDATE_REFERENCE=1 cargo test
//! --test reference` writes them anew.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::fmt::Write;
use std::path::Path;

use anteroom::diagnostic::{Severity, codes};
use anteroom::document::directives;
use anteroom::document::model::{Page, Practice, Practitioner, Resource, Service};
use anteroom::document::schema::json_schema;
use serde_json::Value as Json;

#[test]
fn content_reference_tells_what_the_program_reads() {
    let mut text = String::from(
        "# Content reference\n\n\
        Every field of every file, generated from the program itself. [The author's guide](authors.md) says how they \
        are used.\n\n\
        A field in **bold** must be there. `a[].b` is the field `b` of every entry of the list `a`; `a.b` is the \
        field `b` inside `a`.\n",
    );
    for (title, file, schema) in [
        ("Practice", "content/practice.yaml", json_schema::<Practice>()),
        ("Practitioner", "content/practitioners/NAME.md", json_schema::<Practitioner>()),
        ("Service", "content/services/NAME.md", json_schema::<Service>()),
        ("Resource", "content/resources/NAME.md", json_schema::<Resource>()),
        ("Page", "any other markdown file in content/", json_schema::<Page>()),
    ] {
        let _ = write!(text, "\n## {title}\n\n{}\n\n| field | what it holds | meaning |\n| --- | --- | --- |\n", {
            if file.contains(' ') { format!("In {file}.") } else { format!("In `{file}`.") }
        });
        fields(&mut text, schema.as_value(), "");
    }
    text.push_str(
        "\n## Directives\n\nIn the text of a page, on lines of their own:\n\n| directive | prints |\n| --- | --- |\n",
    );
    for (name, kind) in directives::NAMES {
        let _ = writeln!(text, "| `::: {name}` | {} |", kind.about());
    }
    compare("content-reference.md", &text);
}

#[test]
fn findings_reference_tells_what_the_program_finds() {
    let mut text = String::from(
        "# Findings\n\n\
        Everything that Anteroom can find in a site, generated from the program itself; `anteroom explain CODE` \
        prints the same. An error stops the build and leaves the published site as it is; a warning asks somebody to \
        look; a note is good to know and shown with `--notes`.\n",
    );
    for (title, severity) in [("Errors", Severity::Error), ("Warnings", Severity::Warning), ("Notes", Severity::Note)] {
        let _ = write!(text, "\n## {title}\n");
        let mut all: Vec<_> = codes::ALL.iter().filter(|code| code.severity == severity).collect();
        all.sort_by_key(|code| code.name);
        for code in all {
            let _ = write!(text, "\n### {}\n\n{}\n\nWhat to do: {}\n", code.name, code.meaning, code.mend);
        }
    }
    compare("findings.md", &text);
}

/// A row for each field of a record, those of nested records after their parent's.
fn fields(text: &mut String, schema: &Json, prefix: &str) {
    let Some(properties) = schema.get("properties").and_then(Json::as_object) else { return };
    let required: Vec<&str> = list(schema, "required").iter().filter_map(Json::as_str).collect();
    for (name, field) in properties {
        let path = format!("{prefix}{name}");
        let shown = match required.contains(&name.as_str()) {
            true => format!("**`{path}`**"),
            false => format!("`{path}`"),
        };
        let about = field.get("description").and_then(Json::as_str).unwrap_or_default();
        let about = about.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        let _ = writeln!(text, "| {shown} | {} | {about} |", kind(field));
        below(text, field, &path);
    }
}

/// The fields inside a field.
fn below(text: &mut String, field: &Json, path: &str) {
    fields(text, field, &format!("{path}."));
    if let Some(items) = field.get("items") {
        below(text, items, &format!("{path}[]"));
    }
    if let Some(values) = field.get("additionalProperties").filter(|values| values.is_object()) {
        below(text, values, &format!("{path}.NAME"));
    }
    for variant in list(field, "oneOf").iter().chain(list(field, "anyOf")) {
        match variant.get("properties").and_then(|properties| properties.get("type")).and_then(word) {
            // The block of a page: its type says which fields it has.
            Some(kind) => fields(text, &without_type(variant), &format!("{path} ({kind}).")),
            None => below(text, variant, path),
        }
    }
}

fn without_type(variant: &Json) -> Json {
    let mut variant = variant.clone();
    if let Some(properties) = variant.get_mut("properties").and_then(Json::as_object_mut) {
        properties.shift_remove("type");
    }
    variant
}

/// What a field holds, in the words of the guide.
fn kind(field: &Json) -> String {
    let variants: Vec<&Json> = list(field, "oneOf").iter().chain(list(field, "anyOf")).collect();
    let words: Vec<String> =
        variants.iter().filter_map(|variant| word(variant)).map(|word| format!("`{word}`")).collect();
    if !words.is_empty() {
        return format!("one of {}", words.join(", "));
    }
    if !variants.is_empty() {
        let tagged = variants.iter().filter_map(|v| v.get("properties")?.get("type").and_then(word));
        let tags: Vec<String> = tagged.map(|tag| format!("`{tag}`")).collect();
        if !tags.is_empty() {
            return format!("fields; `type` is one of {}", tags.join(", "));
        }
        let mut kinds: Vec<String> = variants.iter().filter(|v| v["type"] != "null").map(|v| kind(v)).collect();
        kinds.dedup();
        return kinds.join(" or ");
    }
    let choices: Vec<String> =
        list(field, "enum").iter().filter_map(Json::as_str).map(|word| format!("`{word}`")).collect();
    if !choices.is_empty() {
        return format!("one of {}", choices.join(", "));
    }
    if let Some(word) = word(field) {
        return format!("`{word}`");
    }
    let format = field.get("format").and_then(Json::as_str);
    let kinds: Vec<&str> = match field.get("type") {
        Some(Json::String(kind)) => vec![kind],
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).filter(|kind| *kind != "null").collect(),
        _ => return "anything".to_string(),
    };
    match (kinds.as_slice(), format) {
        (["string"], None) => "text".to_string(),
        (["string"], Some("markdown")) => "text with markdown".to_string(),
        (["string"], Some("uri")) => "web address".to_string(),
        (["string"], Some(format)) => format.replace('-', " "),
        (["integer"], _) => "whole number".to_string(),
        (["number"], _) => "number".to_string(),
        (["boolean"], _) => "`true` or `false`".to_string(),
        (["array"], _) => format!("list: {}", field.get("items").map_or("anything".into(), kind)),
        (["object"], _) if field.get("properties").is_none() => "names with values".to_string(),
        (["object"], _) => "fields".to_string(),
        (_, Some(format)) => format.replace('-', " "),
        _ => "anything".to_string(),
    }
}

fn word(schema: &Json) -> Option<&str> {
    schema.get("const").and_then(Json::as_str)
}

fn list<'a>(schema: &'a Json, key: &str) -> &'a [Json] {
    schema.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn compare(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(&path, generated).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == generated,
        "docs/{name} is not what the program says; `UPDATE_REFERENCE=1 cargo test --test reference` writes it anew"
    );
}
