//! The theme contract as data: which names each kind of page hands to its template, and what is in them.
//!
//! Owns the table of kinds and the descriptions of names, generated from the view types. The views themselves
//! are `view`'s; that pages hand over what the table says is tested over the specimen site.

use std::collections::BTreeMap;

use schemars::Schema;
use serde_json::Value as Json;

use super::types::{Type, is_markup, of, type_word};
use super::view::*;
use crate::prose::one_line;

/// A kind of page.
pub struct Kind {
    /// `page.kind`.
    pub name: &'static str,
    /// The template that prints it.
    pub template: &'static str,
    /// What its template sees besides the names of every page.
    names: &'static [Name],
}

/// A name that templates see, and the type behind it.
type Name = (&'static str, fn() -> Schema);

/// What every page's template sees. `t` is not a view: it holds the theme's words.
const EVERY_PAGE: &[Name] = &[("site", of::<SiteView>), ("theme", of::<ThemeView>), ("page", of::<PageView>)];

const BODY: Name = ("body", of::<BodyView>);
const FAQS: Name = ("faqs", of::<Vec<FaqView>>);
const FEES: Name = ("fees", of::<FeesView>);
const SECTIONS: Name = ("sections", of::<Vec<SectionView>>);
const POLICY: Name = ("policy", of::<PolicyView>);
const TOPICS: Name = ("topics", of::<Vec<TopicView>>);
const ARTICLES: Name = ("articles", of::<Vec<CardView>>);
const PEOPLE: Name = ("people", of::<Vec<PersonView>>);
const TEAM: Name = ("team", of::<TeamView>);
const PAGING: Name = ("paging", of::<PagingView>);

/// Every kind of page.
pub static KINDS: &[Kind] = &[
    Kind { name: "home", template: "home.html", names: &[BODY, SECTIONS, FAQS, FEES, POLICY] },
    Kind { name: "page", template: "page.html", names: &[BODY, SECTIONS, FAQS, FEES, POLICY] },
    Kind { name: "policy", template: "policy.html", names: &[BODY, SECTIONS, FAQS, FEES, POLICY] },
    Kind { name: "faq", template: "faq.html", names: &[BODY, SECTIONS, FAQS, FEES, POLICY] },
    Kind {
        name: "practitioner",
        template: "practitioner.html",
        names: &[BODY, ("person", of::<PersonView>), FEES, FAQS],
    },
    Kind { name: "service", template: "service.html", names: &[BODY, ("service", of::<ServicePageView>), FEES, FAQS] },
    Kind { name: "resource", template: "resource.html", names: &[BODY, ("article", of::<ArticleView>), FEES, FAQS] },
    Kind { name: "services", template: "list.html", names: &[BODY, ("services", of::<Vec<ServiceView>>), FEES, FAQS] },
    Kind { name: "practitioners", template: "list.html", names: &[BODY, PEOPLE, TEAM, FEES, FAQS] },
    Kind { name: "team", template: "list.html", names: &[BODY, PEOPLE, TEAM, FEES, FAQS] },
    Kind { name: "resources", template: "list.html", names: &[BODY, ARTICLES, PAGING, TOPICS, FEES, FAQS] },
    Kind { name: "topics", template: "list.html", names: &[BODY, TOPICS, FEES, FAQS] },
    Kind {
        name: "topic",
        template: "list.html",
        names: &[BODY, ("topic", of::<TopicView>), ARTICLES, PAGING, TOPICS, FEES, FAQS],
    },
    Kind { name: "fees", template: "fees.html", names: &[BODY, SECTIONS, FAQS, FEES, POLICY] },
    Kind { name: "contact", template: "contact.html", names: &[BODY, SECTIONS, FAQS, FEES, POLICY] },
    Kind { name: "crisis", template: "crisis.html", names: &[BODY, FEES, FAQS] },
    Kind { name: "thanks", template: "thanks.html", names: &[BODY, FEES, FAQS] },
    Kind { name: "search", template: "search.html", names: &[BODY, ("search", of::<SearchView>), TOPICS, FEES, FAQS] },
    Kind { name: "not-found", template: "404.html", names: &[BODY, FEES, FAQS] },
];

/// Names that only some templates see: a block of an author's within `partials/section.html`, and the files that
/// are no pages.
const ELSEWHERE: &[Name] = &[
    ("section", of::<SectionView>),
    ("feed", unchecked),
    ("urls", unchecked),
    ("redirect", unchecked),
    ("directive", unchecked),
    ("video", of::<Option<RecordingView>>),
    ("audio", of::<Option<RecordingView>>),
];

/// Whatever it holds.
fn unchecked() -> Schema {
    Schema::from(true)
}

/// The names that a kind's template sees, in the order in which they are worth reading.
pub fn names(kind: &Kind) -> Vec<(&'static str, Schema)> {
    kind.names.iter().chain(EVERY_PAGE.iter().rev()).map(|(name, schema)| (*name, schema())).collect()
}

/// Every name that any template sees.
pub fn all_names() -> BTreeMap<&'static str, Schema> {
    let kinds = KINDS.iter().flat_map(|kind| kind.names);
    EVERY_PAGE.iter().chain(kinds).chain(ELSEWHERE).map(|(name, schema)| (*name, schema())).collect()
}

/// A name or a field, as documentation lists it.
pub struct Field {
    /// `service.card.price`, `people[].name`.
    pub path: String,
    /// `text`, `number`, `true/false`, `markup`, `list`, `group`.
    pub kind: &'static str,
    /// What it means: the first sentence that the code says of it.
    pub about: String,
    /// How deep it stands: 0 for a name.
    pub depth: usize,
}

/// A name with everything in it, in the order of the code.
pub fn fields(name: &str, schema: &Schema) -> Vec<Field> {
    let mut fields = Vec::new();
    gather(name.to_string(), Type::root(schema), schema.as_value(), 0, &mut fields);
    fields
}

/// Fields deeper than this are those of links and pictures, told where they first stand.
const DEEPEST: usize = 4;

fn gather(path: String, kind: Type<'_>, described: &Json, depth: usize, fields: &mut Vec<Field>) {
    let Type::View(node, root) = kind.resolved() else { return };
    let sentence = |json: &Json| json.get("description").and_then(Json::as_str).map(str::to_string);
    let about = sentence(described).or_else(|| sentence(node)).unwrap_or_default();
    let about = one_line(&about).into_owned();
    let items = node.get("items");
    let word = match type_word(node) {
        _ if is_markup(node) => "markup",
        Some("string") => "text",
        Some("integer" | "number") => "number",
        Some("boolean") => "true/false",
        Some("array") => "list",
        Some("object") => "group",
        _ => "any",
    };
    fields.push(Field { path: path.clone(), kind: word, about, depth });
    if depth >= DEEPEST {
        return;
    }
    let (below, path) = match items {
        Some(items) => (Type::View(items, root).resolved(), format!("{path}[]")),
        None => (Type::View(node, root), path),
    };
    let Type::View(below, root) = below else { return };
    for (name, field) in below.get("properties").and_then(Json::as_object).into_iter().flatten() {
        // A link's own entries are links again.
        let again = path.ends_with(&format!(".{name}[]")) || path.ends_with(&format!(".{name}"));
        if !again {
            gather(format!("{path}.{name}"), Type::View(field, root), field, depth + 1, fields);
        }
    }
}

/// Whether a value has anything at a field's path: not none, not empty.
pub fn is_given(value: &Json, path: &str) -> bool {
    at(value, path).into_iter().any(|value| match value {
        Json::Null => false,
        Json::String(text) => !text.is_empty(),
        Json::Array(entries) => !entries.is_empty(),
        Json::Object(fields) => !fields.is_empty(),
        _ => true,
    })
}

/// The first value at a field's path that is worth showing, as a text.
pub fn example(value: &Json, path: &str) -> Option<String> {
    at(value, path).into_iter().find_map(|value| match value {
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        Json::Array(entries) if !entries.is_empty() && !path.contains('.') => {
            Some(format!("{} entries", entries.len()))
        }
        _ => None,
    })
}

/// The values at a field's path: one, or one for each entry of a list on the way.
fn at<'a>(value: &'a Json, path: &str) -> Vec<&'a Json> {
    let mut values = vec![value];
    for part in path.split('.').enumerate().flat_map(|(at, part)| {
        let name = part.trim_end_matches("[]");
        let entries = part.ends_with("[]").then_some("[]");
        (at > 0).then_some(name).into_iter().chain(entries)
    }) {
        values = match part {
            "[]" => values.into_iter().flat_map(|value| value.as_array().into_iter().flatten()).collect(),
            name => values.into_iter().filter_map(|value| value.get(name)).collect(),
        };
    }
    values
}
