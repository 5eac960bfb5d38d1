//! Values of settings with fields: a picture with its alt text, a link with its words, a colour for each scheme.
//!
//! Owns their fields and their reading.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::shown::{LinkChoice, PictureChoice, Place};
use crate::document::model::Focus;
use crate::document::schema::{Misfit, Shape, json_schema, shape};
use crate::document::values::FilePath;
use crate::theme::manifest::{SettingDefinition, SettingKind};
use crate::yaml::{Path, Value};

/// A picture with what is said of it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PictureForm {
    /// The picture's file.
    file: FilePath,
    /// What it shows.
    alt: Option<String>,
    /// Which part of it stays in sight.
    focus: Option<Focus>,
}

/// A link with its words.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LinkForm {
    /// Where it leads.
    to: String,
    /// Its words.
    label: Option<String>,
}

/// A colour for each scheme.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PairForm {
    /// In light mode.
    #[allow(dead_code, reason = "the shape is derived from it, the values are read one by one")]
    #[schemars(extend("format" = "colour"))]
    light: String,
    /// In dark mode.
    #[allow(dead_code, reason = "as above")]
    #[schemars(extend("format" = "colour"))]
    dark: Option<String>,
}

static PICTURE: LazyLock<Shape> = LazyLock::new(shape::<PictureForm>);
static LINK: LazyLock<Shape> = LazyLock::new(shape::<LinkForm>);
static PAIR: LazyLock<Shape> = LazyLock::new(shape::<PairForm>);

/// What is wrong with a pair of colours as a pair: its fields. The colours are read one by one.
pub(super) fn pair_faults(value: &Value) -> Vec<Misfit> {
    PAIR.check(&mut value.clone())
}

/// A picture, by its file alone or with what is said of it. `Err` with nothing where the value is of another kind.
pub(super) fn picture(value: &Value, place: &dyn Fn(&Path) -> Place) -> Result<Option<PictureChoice>, Vec<Misfit>> {
    match value {
        Value::Mapping(_) => {
            let form: PictureForm = typed(value, &PICTURE)?;
            let place = place(&Path::of("file"));
            Ok(Some(PictureChoice { file: form.file.0, alt: form.alt, focus: form.focus, place }))
        }
        _ => Ok(name(value)?.map(|file| {
            let place = place(&Path::default());
            PictureChoice { file, alt: None, focus: None, place }
        })),
    }
}

/// A link, by its address alone or with its words. `Err` as for pictures.
pub(super) fn link(value: &Value, place: &dyn Fn(&Path) -> Place) -> Result<Option<LinkChoice>, Vec<Misfit>> {
    match value {
        Value::Mapping(_) => {
            let form: LinkForm = typed(value, &LINK)?;
            Ok(Some(LinkChoice { to: form.to, label: form.label, place: place(&Path::of("to")) }))
        }
        _ => page(value, place),
    }
}

/// A page. `Err` as for pictures.
pub(super) fn page(value: &Value, place: &dyn Fn(&Path) -> Place) -> Result<Option<LinkChoice>, Vec<Misfit>> {
    Ok(name(value)?.map(|to| LinkChoice { to, label: None, place: place(&Path::default()) }))
}

/// What a value names; none where it is empty.
fn name(value: &Value) -> Result<Option<String>, Vec<Misfit>> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.trim().to_string()).filter(|text| !text.is_empty())),
        _ => Err(Vec::new()),
    }
}

/// A value as a form.
fn typed<T: serde::de::DeserializeOwned>(value: &Value, shape: &Shape) -> Result<T, Vec<Misfit>> {
    let mut value = value.clone();
    let misfits = shape.check(&mut value);
    if !misfits.is_empty() {
        return Err(misfits);
    }
    // The shape is derived from the type, so that the two agree.
    serde_yaml::from_value(value).map_err(|_| Vec::new())
}

/// What a setting takes, as JSON Schema, for editors.
pub(in crate::theme) fn schema(definition: &SettingDefinition, is_pair: bool) -> Json {
    let text = |format: &str| json!({ "type": "string", "format": format });
    let or = |one: Json, form: Json| json!({ "anyOf": [one, form] });
    let of = |schema: schemars::Schema| schema.to_value();
    let mut schema = match definition.kind {
        SettingKind::Colour | SettingKind::ColourPair if is_pair => or(text("colour"), of(json_schema::<PairForm>())),
        SettingKind::Colour | SettingKind::ColourPair => text("colour"),
        SettingKind::Font => text("font"),
        SettingKind::Length => text("length"),
        SettingKind::Choice => json!({ "enum": definition.options }),
        SettingKind::Switch => json!({ "type": "boolean" }),
        SettingKind::Text => json!({ "type": "string" }),
        SettingKind::List => json!({ "type": "array", "items": { "type": "string" } }),
        SettingKind::Image => or(text("path"), of(json_schema::<PictureForm>())),
        SettingKind::Link => or(json!({ "type": "string" }), of(json_schema::<LinkForm>())),
        SettingKind::Page => json!({ "type": "string" }),
        SettingKind::Number | SettingKind::Range => json!({ "type": "number" }),
    };
    if let Some(fields) = schema.as_object_mut() {
        let help = definition.help.as_deref().unwrap_or_default();
        fields.insert("description".into(), format!("{}. {help}", definition.label).trim_end().into());
        for (name, bound) in [("minimum", definition.min), ("maximum", definition.max)] {
            fields.extend(bound.map(|bound| (name.to_string(), json!(bound))));
        }
    }
    schema
}
