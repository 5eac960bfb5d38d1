//! JSON Schemas of everything that authors write, generated from the same types that check it.
//!
//! Owns their names and the settings by which editors find them. Editors check YAML files; the front matter inside
//! markdown they leave alone, and the program checks it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Value, json};

use crate::document::model::{Page, Practice, Practitioner, Resource, Service};
use crate::document::schema::json_schema;
use crate::theme::about;
use crate::theme::manifest::Manifest;
use crate::theme::own::{Fielded, Own, SectionDefinition, schemas};

/// Where a new site keeps the schemas for its editor.
const FOLDER: &str = ".vscode/anteroom";

/// What has a schema, and what it is called.
pub const NAMES: &[&str] =
    &["practice", "practitioner", "service", "resource", "page", "redirects", "theme", "section"];

/// The schema of this name.
pub fn schema(name: &str) -> Option<Value> {
    Some(match name {
        "practice" => with_settings(of::<Practice>("practice.yaml")),
        "theme" => of::<Manifest>("theme.yaml"),
        "section" => of::<SectionDefinition>("A section that a theme brings"),
        "practitioner" => of::<Practitioner>("Front matter in practitioners/"),
        "service" => of::<Service>("Front matter in services/"),
        "resource" => of::<Resource>("Front matter in resources/"),
        "page" => of::<Page>("Front matter of every other page"),
        "redirects" => json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "redirects.yaml",
            "description": "Old addresses and where they lead now: `/old/page/: /new/page/`.",
            "type": "object",
            "additionalProperties": { "type": "string" },
        }),
        _ => return None,
    })
}

/// The practice's schema with the settings that every theme has, so that editors offer them; a theme may have more.
fn with_settings(mut practice: Value) -> Value {
    let settings = practice.pointer_mut("/properties/theme/properties/settings").and_then(Value::as_object_mut);
    if let Some(settings) = settings {
        settings.insert("properties".into(), about::schemas().into());
        settings.insert("additionalProperties".into(), true.into());
    }
    practice
}

/// Adds to the schema of a kind of page what a theme brings for it.
pub fn with_own(name: &str, schema: &mut Value, own: &Own) {
    if let Some(kind) = Fielded::ALL.into_iter().find(|kind| kind.key() == name) {
        let (fields, required) = schemas(own.fields.of(kind));
        add_fields(schema.pointer_mut("/properties/theme"), fields, &required);
    }
    let Some(blocks) = schema.pointer_mut("/properties/sections/items/oneOf").and_then(Value::as_array_mut) else {
        return;
    };
    for (name, section) in &own.sections {
        let (mut fields, mut required) = schemas(&section.fields);
        let is_it =
            |block: &&mut Value| block.pointer("/properties/type/const").and_then(Value::as_str) == Some(name.as_str());
        if let Some(known) = blocks.iter_mut().find(is_it) {
            add_fields(known.pointer_mut("/properties/theme"), fields, &required);
            continue;
        }
        fields.insert("type".into(), json!({ "type": "string", "const": name }));
        required.push("type");
        let about = format!("{}. {}", section.label, section.help.as_deref().unwrap_or_default());
        blocks.push(json!({
            "description": about.trim_end(),
            "type": "object",
            "properties": fields,
            "required": required,
            "additionalProperties": false,
        }));
    }
    let layouts = own.layouts.iter().map(|name| json!({ "type": "string", "const": name }));
    if let Some(known) = schema.pointer_mut("/properties/layout/anyOf").and_then(Value::as_array_mut) {
        known.extend(layouts);
    }
}

/// Another theme's fields stay: they are no fault.
fn add_fields(schema: Option<&mut Value>, fields: serde_json::Map<String, Value>, required: &[&str]) {
    if let Some(schema) = schema.and_then(Value::as_object_mut) {
        schema.insert("properties".into(), fields.into());
        if !required.is_empty() {
            schema.insert("required".into(), json!(required));
        }
    }
}

fn of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = json_schema::<T>().to_value();
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("title".into(), title.into());
    }
    schema
}

/// The files by which VS Code, with its YAML extension, knows the fields of practice.yaml, redirects.yaml and theme.yaml.
pub fn for_editors() -> BTreeMap<String, String> {
    let text = |value: &Value| format!("{value:#}\n");
    let mut files = BTreeMap::new();
    let mut wired = serde_json::Map::new();
    for (name, of) in [
        ("practice", "content/practice.yaml"),
        ("redirects", "content/redirects.yaml"),
        ("theme", "themes/*/theme.yaml"),
        ("section", "themes/*/sections/*.yaml"),
    ] {
        let path = format!("{FOLDER}/{name}.schema.json");
        files.insert(path.clone(), text(&schema(name).unwrap_or_default()));
        wired.insert(path, of.into());
    }
    files.insert(".vscode/settings.json".into(), text(&json!({ "yaml.schemas": wired })));
    files.insert(".vscode/extensions.json".into(), text(&json!({ "recommendations": ["redhat.vscode-yaml"] })));
    files
}
