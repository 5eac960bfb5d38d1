//! The shapes of values: what the content model allows, compiled for checking.
//!
//! Owns `Shape`, a compact form of the JSON Schema that schemars derives from the front matter's types. A value is
//! held against it in `check`; what was probably meant by one that does not fit is `meant`'s. Knows no field by
//! name: the types in `document::model` do.

mod check;
mod curl;
mod meant;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value as Json;

pub use check::{Misfit, is_name};
pub use words::Words;

/// What a value may be.
#[derive(Debug)]
pub enum Shape {
    /// Any text; a format names a further check in [`values`](super::values).
    Text(Option<String>),
    /// A number, or a text that a format reads as one.
    Amount(String),
    /// A whole number, at least as large as given.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Switch,
    /// One of a few words.
    Choice(Vec<Word>),
    /// One of a few words, or a name that a theme may know.
    OpenChoice(Vec<Word>),
    /// A list of values.
    List(Box<Shape>),
    /// A mapping with free names.
    Map(Box<Shape>),
    /// A mapping with fixed fields.
    Record(Record),
    /// A mapping whose field of this name says which record it is.
    Tagged(String, BTreeMap<String, Record>),
    /// The same, or a mapping with fields that a theme may know.
    OpenTagged(String, BTreeMap<String, Record>),
    /// Several kinds of value, told apart by their YAML type.
    Either(Vec<Shape>),
    /// Anything.
    Any,
}

impl Shape {
    /// The names of all fields, also those inside others.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.gather(&mut names);
        names
    }

    fn gather<'s>(&'s self, names: &mut BTreeSet<&'s str>) {
        let mut records = |record: &'s Record| {
            for (name, field) in &record.fields {
                names.insert(name);
                field.shape.gather(names);
            }
        };
        match self {
            Shape::Record(record) => records(record),
            Shape::Tagged(_, all) | Shape::OpenTagged(_, all) => all.values().for_each(records),
            Shape::List(of) | Shape::Map(of) => of.gather(names),
            Shape::Either(all) => all.iter().for_each(|shape| shape.gather(names)),
            _ => {}
        }
    }
}

/// A word that can be chosen.
#[derive(Debug)]
pub struct Word {
    name: String,
    /// What else people call it: it is not accepted, but understood.
    also: Vec<String>,
}

/// A mapping with fixed fields.
#[derive(Debug, Default)]
pub struct Record {
    fields: BTreeMap<String, Field>,
    /// Their names in the order in which they are declared, which is that of their weight.
    names: Vec<String>,
}

#[derive(Debug)]
struct Field {
    shape: Shape,
    required: bool,
    about: String,
    words: Option<Words>,
}

/// The keyword under which a word of a choice tells what else people call it: a list of texts.
const ALSO: &str = "x-also";

/// The keyword by which a choice, or a mapping that says what it is, is open to what a theme brings.
pub const OPEN: &str = "x-open";

/// The JSON Schema of a front matter's type, for editors and the reference.
pub fn json_schema<T: JsonSchema>() -> Schema {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    settings.into_generator().into_root_schema_for::<T>()
}

/// The shape of a type.
pub fn shape<T: JsonSchema>() -> Shape {
    compile(json_schema::<T>().as_value())
}

fn compile(schema: &Json) -> Shape {
    let text = |key: &str| schema.get(key).and_then(Json::as_str);
    if let Some(variants) = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Json::as_array) {
        let shape = compile_variants(variants);
        let is_open = schema.get(OPEN).and_then(Json::as_bool).unwrap_or_default();
        return match shape {
            Shape::Choice(words) if is_open => Shape::OpenChoice(words),
            Shape::Tagged(tag, records) if is_open => Shape::OpenTagged(tag, records),
            shape => shape,
        };
    }
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Shape::Choice(words.iter().filter_map(Json::as_str).map(|name| word(name, schema)).collect());
    }
    if let Some(name) = text("const") {
        return Shape::Choice(vec![word(name, schema)]);
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Json::String(kind)) => vec![kind],
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).filter(|kind| *kind != "null").collect(),
        _ => return Shape::Any,
    };
    match kinds.as_slice() {
        ["string"] => Shape::Text(text("format").map(str::to_string)),
        ["integer"] => Shape::Integer,
        ["number"] => Shape::Number,
        ["boolean"] => Shape::Switch,
        ["array"] => Shape::List(Box::new(schema.get("items").map_or(Shape::Any, compile))),
        ["object"] => match (schema.get("properties"), schema.get("additionalProperties")) {
            (None, Some(values @ Json::Object(_))) => Shape::Map(Box::new(compile(values))),
            _ => Shape::Record(compile_record(schema)),
        },
        [_, ..] if text("format").is_some() => Shape::Amount(text("format").unwrap_or_default().to_string()),
        _ => Shape::Any,
    }
}

fn compile_variants(variants: &[Json]) -> Shape {
    let variants: Vec<&Json> =
        variants.iter().filter(|v| v.get("type").and_then(Json::as_str) != Some("null")).collect();
    if let [only] = variants.as_slice() {
        return compile(only);
    }
    // Variants with a text of their own are a `const` each, the others one `enum`.
    let words = |variant: &Json| match compile(variant) {
        Shape::Choice(words) => Some(words),
        _ => None,
    };
    if let Some(words) = variants.iter().map(|v| words(v)).collect::<Option<Vec<_>>>() {
        return Shape::Choice(words.into_iter().flatten().collect());
    }
    let word = |variant: &Json| variant.get("const").and_then(Json::as_str).map(str::to_string);
    let tag = |variant: &Json| {
        let properties = variant.get("properties")?.as_object()?;
        properties.iter().find_map(|(name, field)| word(field).map(|word| (name.clone(), word)))
    };
    if let Some(tags) = variants.iter().map(|v| tag(v)).collect::<Option<Vec<_>>>()
        && let Some((name, _)) = tags.first()
    {
        let records = tags.iter().zip(&variants).map(|((_, word), v)| (word.clone(), compile_record(v)));
        return Shape::Tagged(name.clone(), records.collect());
    }
    Shape::Either(variants.into_iter().map(compile).collect())
}

fn compile_record(schema: &Json) -> Record {
    let required: Vec<&str> =
        schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
    let properties = schema.get("properties").and_then(Json::as_object);
    let fields = properties.into_iter().flatten().map(|(name, field)| {
        let about = field.get("description").and_then(Json::as_str).unwrap_or_default().to_string();
        let (required, words) = (required.contains(&name.as_str()), words::of(field));
        (name.clone(), Field { shape: compile(field), required, about, words })
    });
    let names = properties.into_iter().flatten().map(|(name, _)| name.clone()).collect();
    Record { fields: fields.collect(), names }
}

fn word(name: &str, schema: &Json) -> Word {
    let also = schema.get(ALSO).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    Word { name: name.to_string(), also: also.map(str::to_string).collect() }
}
