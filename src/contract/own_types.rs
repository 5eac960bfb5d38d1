//! The types behind `fields` in templates: what a theme itself says of the fields that it brings.
//!
//! Owns putting them into the schemas of the views, whose fields of that kind are marked with `x-own`.

use schemars::Schema;
use serde_json::{Map, Value as Json, json};

use crate::theme::Theme;
use crate::theme::own::{Definitions, FieldDefinition, FieldKind, Fielded};

/// The keyword that marks a field with values of the theme's own, and whose they are.
const OWN: &str = "x-own";

/// Puts the theme's fields into the schema of a name. In the template of a section only that section's are there.
pub(super) fn fill(schema: &mut Schema, theme: &Theme, section: Option<&str>) {
    let mut root = std::mem::take(schema).to_value();
    walk(&mut root, theme, section);
    if let Ok(filled) = Schema::try_from(root) {
        *schema = filled;
    }
}

/// The section that a template prints: `sections/hours.html`.
pub(super) fn section_of(template: &str) -> Option<&str> {
    template.split_once("/templates/sections/").and_then(|(_, file)| file.strip_suffix(".html"))
}

fn walk(node: &mut Json, theme: &Theme, section: Option<&str>) {
    match node {
        Json::Object(fields) => {
            if let Some(own) = fields.get(OWN).and_then(Json::as_str) {
                let all = definitions(own, theme, section);
                fields.retain(|key, _| key == "description");
                fields.insert("type".into(), "object".into());
                fields.insert("properties".into(), properties(&all).into());
                return;
            }
            fields.values_mut().for_each(|field| walk(field, theme, section));
        }
        Json::Array(entries) => entries.iter_mut().for_each(|entry| walk(entry, theme, section)),
        _ => {}
    }
}

fn definitions<'a>(own: &str, theme: &'a Theme, section: Option<&str>) -> Vec<&'a Definitions> {
    let sections = &theme.own.sections;
    match own {
        "section" => match section {
            Some(name) => sections.get(name).map(|section| &section.fields).into_iter().collect(),
            None => sections.values().map(|section| &section.fields).collect(),
        },
        // What `page` is on a page of any kind.
        "page" => Fielded::ALL.map(|kind| theme.own.fields.of(kind)).to_vec(),
        kind => {
            let kind = Fielded::ALL.into_iter().filter(|own| own.key() == kind);
            kind.map(|kind| theme.own.fields.of(kind)).collect()
        }
    }
}

fn properties(all: &[&Definitions]) -> Map<String, Json> {
    let mut properties = Map::new();
    for (name, field) in all.iter().flat_map(|definitions| &definitions.0) {
        let own = of(field);
        let known = properties.entry(name.clone()).or_insert_with(|| own.clone());
        // Of two that differ nothing is known.
        if *known != own {
            *known = json!({});
        }
    }
    properties
}

fn of(field: &FieldDefinition) -> Json {
    match field.kind {
        FieldKind::Text | FieldKind::Choice => json!({ "type": "string" }),
        FieldKind::Markdown => json!({ "type": "string", "format": "markup" }),
        FieldKind::Number | FieldKind::Range => json!({ "type": "number" }),
        FieldKind::Switch => json!({ "type": "boolean" }),
        FieldKind::List => json!({ "type": "array", "items": { "type": "string" } }),
        FieldKind::Image => json!({ "$ref": "#/$defs/PictureView" }),
        FieldKind::Link | FieldKind::Page => json!({ "$ref": "#/$defs/LinkView" }),
        FieldKind::Entries => {
            let parts = field.fields.iter().map(|(name, part)| (name.clone(), of(&part.alone())));
            let parts: Map<String, Json> = parts.collect();
            json!({ "type": "array", "items": { "type": "object", "properties": parts } })
        }
    }
}
