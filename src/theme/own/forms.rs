//! What fields take, for editors and for those who begin a section.
//!
//! Owns their JSON Schema, and a section as somebody would begin to write it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value as Json, json};

use super::definition::{Definitions, FieldDefinition, FieldKind, SectionDefinition};
use crate::theme::settings::schema;
use crate::yaml::{Value, scalar};

/// What fields take, as JSON Schema, by name, and the names of those that have to be given.
pub fn schemas(definitions: &Definitions) -> (Map<String, Json>, Vec<&str>) {
    let fields = definitions.0.iter().map(|(name, field)| (name.clone(), of(field))).collect();
    let required = definitions.0.iter().filter(|(_, field)| field.required).map(|(name, _)| name.as_str());
    (fields, required.collect())
}

fn of(field: &FieldDefinition) -> Json {
    if let Some(setting) = field.as_setting() {
        return schema(&setting, false);
    }
    let about = format!("{}. {}", field.label, field.help.as_deref().unwrap_or_default());
    match field.kind {
        FieldKind::Entries => {
            let parts: BTreeMap<String, FieldDefinition> =
                field.fields.iter().map(|(name, part)| (name.clone(), part.alone())).collect();
            let parts = Definitions(parts);
            let (properties, required) = schemas(&parts);
            let entry = json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
            json!({ "description": about.trim_end(), "type": "array", "items": entry })
        }
        _ => json!({ "description": about.trim_end(), "type": "string", "format": "markdown" }),
    }
}

/// The section as somebody would begin to write it below `sections:`, with the values of a preset where there is one.
pub fn beginning(name: &str, section: &SectionDefinition) -> String {
    written(name, section, &Words { text: |label| format!("[{label}]"), picture: "images/…" }, true)
}

/// The section filled with something of every kind, to see whether its template can print it. `picture` is a file of the site's.
pub fn sample(name: &str, section: &SectionDefinition, picture: &str) -> String {
    written(name, section, &Words { text: |_| "Some words".to_string(), picture }, false)
}

/// What stands where an author will write.
struct Words<'a> {
    /// For a text, by the field's label.
    text: fn(&str) -> String,
    picture: &'a str,
}

fn written(name: &str, section: &SectionDefinition, words: &Words<'_>, comments: bool) -> String {
    let mut out = format!("  - type: {name}\n");
    let preset = section.presets.values().next();
    for (field, definition) in &section.fields.0 {
        let given = preset.and_then(|preset| preset.fields.get(field));
        let given = given.and_then(|value| serde_yaml::to_string(&value.0).ok());
        let value = match given {
            Some(value) if value.trim_end().contains('\n') || value.starts_with("- ") => {
                let lines: String = value.trim_end().lines().map(|line| format!("\n      {line}")).collect();
                // Writing into a String cannot fail.
                let _ = writeln!(out, "    {field}:{lines}");
                continue;
            }
            Some(value) => value.trim_end().to_string(),
            None => words.example(definition),
        };
        let about = match comments {
            true => {
                let must = if definition.required { ", required" } else { "" };
                format!(" # {}{must}", definition.help.as_deref().unwrap_or(&definition.label))
            }
            false => String::new(),
        };
        let _ = writeln!(out, "    {field}: {value}{about}");
    }
    out
}

impl Words<'_> {
    /// A value of the kind.
    fn example(&self, field: &FieldDefinition) -> String {
        if let Some(default) = &field.default {
            return match &default.0 {
                Value::String(text) => scalar(text),
                value => serde_yaml::to_string(value).unwrap_or_default().trim_end().to_string(),
            };
        }
        let most = field.max.map_or(usize::MAX, |most| most as usize);
        let text = || scalar((self.text)(&field.label).chars().take(most).collect::<String>().trim_end());
        let count = field.min.map_or(1, |least| least as usize).max(1);
        let several = |one: String| format!("[{}]", vec![one; count].join(", "));
        match field.kind {
            FieldKind::Text | FieldKind::Markdown => text(),
            FieldKind::Number | FieldKind::Range => field.min.unwrap_or(1.0).to_string(),
            FieldKind::Switch => "false".to_string(),
            FieldKind::Choice => field.options.first().cloned().unwrap_or_default(),
            FieldKind::List => several(scalar(&(self.text)(&field.label))),
            FieldKind::Image => format!("{{ file: {}, alt: A description }}", self.picture),
            FieldKind::Link | FieldKind::Page => "contact.md".to_string(),
            FieldKind::Entries => {
                let parts = field.fields.iter().map(|(name, part)| format!("{name}: {}", self.example(&part.alone())));
                several(format!("{{ {} }}", parts.collect::<Vec<_>>().join(", ")))
            }
        }
    }
}
