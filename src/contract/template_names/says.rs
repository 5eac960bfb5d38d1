//! What to say of a value that is used for something that it can't be, and what to write instead.
//!
//! Owns the words. Which value is what is `types`' business.

use std::ops::Range;

use super::expression::Value;
use super::reader::Reader;
use crate::contract::types::{Shape, Type};
use crate::diagnostic::{codes, nearest};

/// Fields beyond which no more are listed.
const MOST_FIELDS: usize = 12;

/// A value that is printed.
pub(super) fn printed(reader: &mut Reader<'_, '_>, value: &Value<'_>) {
    // A script may want all of it, and what an expression has put together is meant as it is.
    let is_put_together = matches!(value.kind, Type::Made(_)) && value.kind.shape() != Shape::Markup;
    if is_put_together || is_for_scripts(&reader.text[..value.span.start]) {
        return;
    }
    let called = reader.called(value);
    let text = reader.text[value.span.clone()].trim().to_string();
    let (message, help) = match value.kind.shape() {
        Shape::Markup if reader.escapes() => (
            format!("{called} is finished markup: without `safe`, visitors see its tags as text"),
            format!("write `{{{{ {text} | safe }}}}`"),
        ),
        Shape::List => {
            (format!("{called} is a list, and can't be printed as a whole"), loop_over(reader, value, &text))
        }
        Shape::Group => match value.kind {
            Type::Forms => (
                format!("{called} has a form for each kind of number"),
                format!("write `{{{{ {text} | plural(n=…) }}}}`"),
            ),
            Type::Words(_) => (
                format!("{called} is a group of words, and can't be printed as a whole"),
                format!("print one of them: {}", fields(&text, value.kind)),
            ),
            _ => (
                format!("{called} is a group of fields, and can't be printed as a whole"),
                format!("print one of its fields: {}", fields(&text, value.kind)),
            ),
        },
        Shape::Map => (
            format!("{called} is a table of values, and can't be printed as a whole"),
            format!("print one of them: `{{{{ {text}[\"…\"] }}}}`"),
        ),
        _ => match value.kind {
            Type::Word(word) => match gap(word) {
                Some(gap) => (
                    format!("visitors would read `{{{gap}}}` in this word"),
                    format!("write `{{{{ {text} | fill({gap}=…) }}}}`"),
                ),
                None => return,
            },
            _ => return,
        },
    };
    reader.plain_fault(&codes::TEMPLATE_FAULT, message, value.span.clone(), help);
}

/// Whether a text ends within an attribute that scripts read: `data-count="{{`.
fn is_for_scripts(before: &str) -> bool {
    // Nobody writes more before it.
    let from = before.len().saturating_sub(200);
    let before = (from..before.len()).find_map(|from| before.get(from..)).unwrap_or_default();
    let Some((outside, inside)) = before.rsplit_once(['"', '\'']) else { return false };
    let name = outside.strip_suffix('=').and_then(|tag| tag.rsplit(char::is_whitespace).next());
    !inside.contains(['<', '>']) && name.is_some_and(|name| name.starts_with("data-"))
}

/// The first name in braces in a word.
pub(super) fn gap(word: &str) -> Option<&str> {
    word.match_indices('{').find_map(|(at, _)| {
        let inside = word[at + 1..].split_once('}')?.0;
        let is_name = !inside.is_empty() && inside.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        is_name.then_some(inside)
    })
}

/// What a loop goes through.
pub(super) fn looped(reader: &mut Reader<'_, '_>, bound: &[&str], list: &Value<'_>) {
    let called = reader.called(list);
    let text = reader.text[list.span.clone()].trim().to_string();
    let one = bound.first().copied().unwrap_or("entry");
    let (message, help) = match list.kind.shape() {
        Shape::List if bound.len() > 1 => (
            format!("{called} is a list: its entries have no keys"),
            format!("write `{{% for {} in {text} %}}`; `loop.index` counts", bound.last().copied().unwrap_or("entry")),
        ),
        Shape::Text | Shape::OwnText => {
            (format!("{called} is a text, so there's nothing to loop over"), format!("print it: `{{{{ {text} }}}}`"))
        }
        Shape::Markup => (
            format!("{called} is finished markup, so there's nothing to loop over"),
            format!("print it: `{{{{ {text} | safe }}}}`"),
        ),
        Shape::Number => (
            format!("{called} is a number, so there's nothing to loop over"),
            format!("to count up to it, write `{{% for {one} in range(end={text}) %}}`"),
        ),
        Shape::Switch => (
            format!("{called} is true or false, so there's nothing to loop over"),
            format!("ask for it: `{{% if {text} %}}`"),
        ),
        Shape::Group if bound.len() < 2 && matches!(list.kind.resolved(), Type::View(..)) => (
            format!("{called} is a group of fields, not a list"),
            format!("print its fields: {}", fields(&text, list.kind)),
        ),
        _ => return,
    };
    reader.plain_fault(&codes::TEMPLATE_FAULT, message, list.span.clone(), help);
}

/// A field asked of what has none.
pub(super) fn no_fields(reader: &mut Reader<'_, '_>, of: &Value<'_>, field: &str, span: &Range<usize>) {
    let called = reader.called(of);
    let text = reader.text[of.span.clone()].trim().to_string();
    let shape = of.kind.shape();
    let message = format!("{called} is {} and has no field `{field}`", shape.words());
    let help = match (field, shape) {
        ("length" | "size" | "count", _) => format!("write `{text} | length`"),
        ("first" | "last", Shape::List) => format!("write `{text} | {field}`"),
        (_, Shape::List) => {
            let one = one_of(&text);
            let known = of.kind.entry().fields();
            match known.contains(&field) {
                true => format!(
                    "each of its entries has one: `{{% for {one} in {text} %}}{{{{ {one}.{field} }}}}{{% endfor %}}`"
                ),
                false => loop_over(reader, of, &text),
            }
        }
        (_, Shape::Markup) => format!("print it: `{{{{ {text} | safe }}}}`"),
        (_, Shape::Switch) => format!("ask for it: `{{% if {text} %}}`"),
        _ => format!("print it: `{{{{ {text} }}}}`"),
    };
    reader.plain_fault(&codes::TEMPLATE_FAULT, message, span.clone(), help);
}

/// How to go through a list, with what its entries have.
fn loop_over(reader: &Reader<'_, '_>, list: &Value<'_>, text: &str) -> String {
    if !reader.is_name(list) {
        return "loop over it with `{% for one in … %}`, or put it together with `| join(sep=\", \")`".to_string();
    }
    let one = one_of(text);
    let entry = list.kind.entry();
    let known = entry.fields();
    let example = known.iter().find(|name| matches!(**name, "name" | "title" | "label" | "text")).or(known.first());
    match (example, entry.shape()) {
        (Some(field), _) => format!(
            "loop over it with `{{% for {one} in {text} %}}{{{{ {one}.{field} }}}}{{% endfor %}}`; {}",
            listed("each entry has", &known)
        ),
        (None, Shape::Text | Shape::OwnText | Shape::Number) => {
            format!("loop over it with `{{% for {one} in {text} %}}`, or write `{{{{ {text} | join(sep=\", \") }}}}`")
        }
        _ => format!("loop over it with `{{% for {one} in {text} %}}`"),
    }
}

/// What one of a list is called: `person` of `team.people`.
fn one_of(list: &str) -> String {
    let last = list.rsplit('.').next().unwrap_or(list);
    match last {
        "people" => "person".to_string(),
        _ if last.ends_with("ies") => format!("{}y", &last[..last.len() - 3]),
        _ => match last.strip_suffix('s').filter(|one| !one.ends_with('s') && one.len() > 1) {
            Some(one) => one.to_string(),
            None => "entry".to_string(),
        },
    }
}

/// The fields of a group as they are written, those first that say something by themselves.
fn fields(way: &str, group: Type<'_>) -> String {
    let known = group.fields();
    let shown = known.iter().take(MOST_FIELDS).map(|name| format!("`{way}.{name}`"));
    let more = if known.len() > MOST_FIELDS { " …" } else { "" };
    format!("{}{more}", shown.collect::<Vec<_>>().join(", "))
}

fn listed(what: &str, names: &[&str]) -> String {
    let more = if names.len() > MOST_FIELDS { " …" } else { "" };
    format!("{what}: {}{more}", names.iter().take(MOST_FIELDS).copied().collect::<Vec<_>>().join(", "))
}

/// Two values that never compare.
pub(super) fn comparison(reader: &mut Reader<'_, '_>, sign: &str, left: &Value<'_>, right: &Value<'_>) {
    let class = |value: &Value<'_>| match value.kind.shape() {
        Shape::Unknown => None,
        shape if shape.is_text() => Some("a text"),
        shape @ (Shape::Number | Shape::Switch | Shape::List) => Some(shape.words()),
        _ => None,
    };
    let (Some(own), Some(other)) = (class(left), class(right)) else { return };
    if own == other {
        return;
    }
    let (first, second) = (reader.called(left), reader.called(right));
    let message = match sign {
        "==" | "!=" => format!("{first} is {own}, so it never equals {second}"),
        _ => format!("{first} is {own}, which can't be compared with {second}"),
    };
    let text = reader.text[left.span.clone()].trim().to_string();
    let written = reader.text[right.span.clone()].trim().to_string();
    let help = match (own, other) {
        ("a text", "a number" | "true or false") if right.span.len() < 20 && matches!(sign, "==" | "!=") => {
            format!("put it between quotation marks: `\"{written}\"`")
        }
        ("a list", _) => format!("ask how many there are: `{{% if {text} | length {sign} {written} %}}`"),
        ("true or false", _) => format!("ask for it: `{{% if {text} %}}`"),
        _ => format!("{second} is {other}"),
    };
    reader.plain_fault(&codes::TEMPLATE_FAULT, message, left.span.start..right.span.end, help);
}

/// A sum of what are no numbers.
pub(super) fn sum(reader: &mut Reader<'_, '_>, sign: &str, left: &Value<'_>, right: &Value<'_>) {
    let not = [left, right].into_iter().find(|value| {
        let shape = value.kind.shape();
        shape.is_text() || matches!(shape, Shape::List | Shape::Group | Shape::Map | Shape::Switch)
    });
    let Some(value) = not else { return };
    let shape = value.kind.shape();
    let message = format!("`{sign}` counts with numbers, but {} is {}", reader.called(value), shape.words());
    let help = match shape {
        Shape::List if sign == "+" => "put lists together with `[...a, ...b]`".to_string(),
        _ if sign == "+" && shape.is_text() => "join texts with `~`".to_string(),
        _ => "leave it out, or print the two side by side".to_string(),
    };
    reader.plain_fault(&codes::TEMPLATE_FAULT, message, left.span.start..right.span.end, help);
}

/// What other programs call a name of ours.
pub(super) fn foreign_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "forloop" => "a loop's own name is `loop`: `loop.index`, `loop.first`, `loop.last`",
        "content" | "content_for_layout" | "content_for_index" => {
            "a page's text is `{{ body.html | safe }}`; what a template fills in is a `{% block %}`"
        }
        "settings" => "settings are in `theme.settings`",
        "post" | "entry" => "an article is `article`",
        "posts" | "blog" => "articles are in `articles`",
        "practitioner" | "therapist" | "coach" | "member" => "a person is `person`",
        "practitioners" | "therapists" | "team_members" | "staff" => "people are in `people`",
        "request" | "config" | "self" => "`site`, `page` and `theme` hold everything that is known",
        "lang" | "language" | "locale" => "a page's language is `page.lang`",
        "nav" | "menu" | "navigation" => "the navigation is in `site.navigation`",
        "assets" | "static" => "a theme's files are in `theme.files[\"leaf.svg\"]`",
        _ => return None,
    })
}

/// An argument that nothing has.
pub(super) fn unknown_argument(reader: &mut Reader<'_, '_>, what: &str, name: &str, span: &Range<usize>, all: &[&str]) {
    let message = format!("{what} has no argument `{name}`");
    match (all.is_empty(), nearest(name, all.iter().copied())) {
        (true, _) => reader.plain_fault(&codes::TEMPLATE_FAULT, message, span.clone(), "it takes none: leave it out"),
        _ => reader.fault(message, span.clone(), name, all, "its arguments are"),
    }
}

/// Whether an argument that's missing is there, misspelt: that is told already.
pub(super) fn is_misspelt<'n>(missing: &str, unknown: impl IntoIterator<Item = &'n str>) -> bool {
    unknown.into_iter().any(|name| nearest(name, [missing]).is_some())
}
