//! What filters take and give.
//!
//! Owns the table of the filters whose values are known. A filter that isn't in it is left alone: whether there is one is
//! the engine's to say.

use std::collections::HashMap;
use std::ops::Range;

use super::expression::{Expression, Value};
use super::says;
use crate::contract::types::{Shape, Type};
use crate::diagnostic::codes;

/// What a filter takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Any,
    Text,
    Number,
    List,
    /// Fields or keys.
    Group,
    /// What has parts: a text, a list, a group.
    Parts,
}

/// What a filter gives.
#[derive(Clone, Copy)]
enum Gives {
    /// The same, changed.
    Same,
    /// One of the entries.
    Entry,
    /// What the text said, differently.
    Text,
    Number,
    List,
    Unknown,
}

/// A filter.
struct Filter {
    name: &'static str,
    /// What it gives, for designers.
    about: &'static str,
    takes: Takes,
    /// Its arguments: the name, what it takes, and whether the filter can't do without.
    arguments: &'static [(&'static str, Takes, bool)],
    gives: Gives,
}

const fn filter(
    name: &'static str,
    about: &'static str,
    takes: Takes,
    arguments: &'static [(&'static str, Takes, bool)],
    gives: Gives,
) -> Filter {
    Filter { name, about, takes, arguments, gives }
}

/// The filters. `fill` and `plural` take any further arguments.
static FILTERS: &[Filter] = &[
    filter("abs", "A number without its minus.", Takes::Number, &[], Gives::Number),
    filter("capitalize", "The first letter large, the others small.", Takes::Text, &[], Gives::Text),
    filter(
        "default",
        "Another value where there is none; with `boolean=true` also where it is empty.",
        Takes::Any,
        &[("value", Takes::Any, true), ("boolean", Takes::Any, false)],
        Gives::Unknown,
    ),
    filter(
        "escape",
        "Signs that HTML reads otherwise, written out. Every text is escaped already.",
        Takes::Text,
        &[],
        Gives::Unknown,
    ),
    filter("escape_html", "The same as `escape`.", Takes::Text, &[], Gives::Unknown),
    filter("escape_xml", "The same as `escape`, for XML.", Takes::Text, &[], Gives::Unknown),
    filter(
        "fill",
        "A word with its places filled: every `{name}` becomes the argument `name`.",
        Takes::Text,
        &[],
        Gives::Text,
    ),
    filter("first", "The first entry.", Takes::List, &[], Gives::Entry),
    filter(
        "group_by",
        "Entries in groups by a field, in the order in which the groups first appear: `for name, group in …`.",
        Takes::List,
        &[("attribute", Takes::Text, true)],
        Gives::Unknown,
    ),
    filter(
        "join",
        "The entries in one text, with `sep` between them.",
        Takes::List,
        &[("sep", Takes::Text, false)],
        Gives::Unknown,
    ),
    filter("last", "The last entry.", Takes::List, &[], Gives::Entry),
    filter(
        "get",
        "The entry of a group by its key.",
        Takes::Group,
        &[("key", Takes::Text, true), ("default", Takes::Any, false)],
        Gives::Unknown,
    ),
    filter("keys", "The keys of a group.", Takes::Group, &[], Gives::List),
    filter("length", "How many letters or entries.", Takes::Parts, &[], Gives::Number),
    filter("lower", "Small letters.", Takes::Text, &[], Gives::Text),
    filter("newlines_to_br", "A `<br>` for each new line.", Takes::Text, &[], Gives::Text),
    filter("nth", "The entry at a place; the first is 0.", Takes::List, &[("n", Takes::Number, true)], Gives::Entry),
    filter("plural", "The form of a word for a number.", Takes::Any, &[("n", Takes::Number, true)], Gives::Text),
    filter(
        "replace",
        "A text with `from` replaced by `to`.",
        Takes::Text,
        &[("from", Takes::Text, true), ("to", Takes::Text, true)],
        Gives::Text,
    ),
    filter("reverse", "The other way round.", Takes::Any, &[], Gives::Same),
    filter(
        "round",
        "A whole number, or one with `precision` digits; `method` is `ceil` or `floor`.",
        Takes::Number,
        &[("method", Takes::Text, false), ("precision", Takes::Number, false)],
        Gives::Number,
    ),
    filter("safe", "Finished markup, printed as it is. A plain text never needs it.", Takes::Any, &[], Gives::Unknown),
    filter(
        "sort",
        "In order, or by a field of the entries.",
        Takes::List,
        &[("attribute", Takes::Text, false)],
        Gives::Same,
    ),
    filter("split", "A text in pieces, cut at `pat`.", Takes::Text, &[("pat", Takes::Text, true)], Gives::List),
    filter("title", "Every word with a large letter.", Takes::Text, &[], Gives::Text),
    filter(
        "trim",
        "Without space at both ends, or without `pat`.",
        Takes::Text,
        &[("pat", Takes::Text, false)],
        Gives::Text,
    ),
    filter("trim_end", "The same at the end.", Takes::Text, &[("pat", Takes::Text, false)], Gives::Text),
    filter("trim_start", "The same at the beginning.", Takes::Text, &[("pat", Takes::Text, false)], Gives::Text),
    filter(
        "truncate",
        "The first letters; `end` is what stands for the rest.",
        Takes::Text,
        &[("length", Takes::Number, true), ("end", Takes::Text, false)],
        Gives::Text,
    ),
    filter("unique", "Without doubles.", Takes::List, &[], Gives::Same),
    filter("upper", "Large letters.", Takes::Text, &[], Gives::Text),
    filter("values", "The values of a group.", Takes::Group, &[], Gives::List),
    filter("wordcount", "How many words.", Takes::Text, &[], Gives::Number),
];

/// Every filter: how it is called, what it takes, and what it gives.
pub fn filters() -> impl Iterator<Item = (String, &'static str, &'static str)> {
    FILTERS.iter().map(|filter| {
        let argument =
            |(name, _, needed): &(&str, Takes, bool)| if *needed { (*name).to_string() } else { format!("{name}=…") };
        let arguments: Vec<String> = filter.arguments.iter().map(argument).collect();
        let call = if arguments.is_empty() {
            filter.name.to_string()
        } else {
            format!("{}({})", filter.name, arguments.join(", "))
        };
        (call, filter.takes.words(), filter.about)
    })
}

impl Takes {
    fn fits(self, shape: Shape) -> bool {
        match self {
            _ if shape == Shape::Unknown => true,
            Takes::Any => true,
            Takes::Text => shape.is_text(),
            Takes::Number => shape == Shape::Number,
            Takes::List => shape == Shape::List,
            Takes::Group => matches!(shape, Shape::Group | Shape::Map),
            Takes::Parts => shape.is_text() || matches!(shape, Shape::List | Shape::Group | Shape::Map),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Takes::Any => "anything",
            Takes::Text => "a text",
            Takes::Number => "a number",
            Takes::List => "a list",
            Takes::Group => "a group",
            Takes::Parts => "a text or a list",
        }
    }
}

type Arguments<'a> = HashMap<&'a str, (Range<usize>, Value<'a>)>;

/// Reads a filter behind its `|`: what it makes of a value.
pub(super) fn apply<'a>(on: &mut Expression<'_, 'a, '_, '_>, value: Value<'a>) -> Option<Value<'a>> {
    let name = on.next()?;
    let word = name.word()?;
    let mut end = name.span.end;
    let mut arguments = HashMap::new();
    if on.peek().is_some_and(|token| token.is_sign("(")) {
        arguments = on.arguments()?;
        end = arguments.values().map(|(_, value)| value.span.end).max().unwrap_or(end);
    }
    let span = value.span.start..end;
    let made = |kind| Some(Value { kind, span: span.clone(), literal: None });
    let Some(filter) = FILTERS.iter().find(|filter| filter.name == word) else { return made(Type::Unknown) };
    let shape = value.kind.shape();
    let whole = value.span.start..name.span.end;
    if word == "fill" && matches!(value.kind, Type::Forms) {
        let message = format!("{} has a form for each kind of number", on.reader.called(&value));
        on.reader.plain_fault(
            &codes::TEMPLATE_FAULT,
            message,
            whole,
            "write `| plural(n=…)`; it fills in the rest, too",
        );
        return made(Type::Unknown);
    }
    if !filter.takes.fits(shape) {
        let message =
            format!("`{word}` takes {}, but {} is {}", filter.takes.words(), on.reader.called(&value), shape.words());
        let help = match filter.takes {
            Takes::Number if shape.is_text() => "leave it out: numbers that are texts come ready to print",
            Takes::List => "leave it out, or give it a list",
            _ => "leave it out, or name a field",
        };
        on.reader.plain_fault(&codes::TEMPLATE_FAULT, message, whole, help);
        return made(Type::Unknown);
    }
    check_arguments(on, filter, name.span.clone(), &arguments);
    if word == "safe" {
        safe(on, &value, whole);
    }
    if matches!(word, "group_by" | "sort") {
        attribute(on, &value, &arguments);
    }
    let is_filled_further = on.peek().is_some_and(|token| token.is_sign("|"));
    if let (Type::Word(text), "fill", false) = (value.kind, word, is_filled_further) {
        fill(on, text, &name.span, &arguments);
    }
    let kind = match filter.gives {
        Gives::Same => value.kind,
        Gives::Entry => value.kind.entry(),
        Gives::Number => Type::Made(Shape::Number),
        Gives::List => Type::Made(Shape::List),
        Gives::Unknown if word == "default" => {
            arguments.get("value").map_or(Type::Unknown, |(_, other)| value.kind.or(other.kind))
        }
        Gives::Unknown => Type::Unknown,
        // A word that is filled with what somebody wrote is theirs.
        Gives::Text => match arguments.values().any(|(_, value)| value.kind.shape() == Shape::Text) {
            true => Type::Made(Shape::Text),
            false if matches!(word, "fill" | "plural") && !arguments.values().all(|(_, value)| is_plain(value)) => {
                Type::Unknown
            }
            false if matches!(value.kind, Type::Forms) => Type::Made(Shape::OwnText),
            false => Type::Made(shape),
        },
    };
    made(kind)
}

fn is_plain(value: &Value<'_>) -> bool {
    matches!(value.kind.shape(), Shape::Number | Shape::OwnText)
}

fn check_arguments<'a>(
    on: &mut Expression<'_, 'a, '_, '_>,
    filter: &Filter,
    span: Range<usize>,
    arguments: &Arguments<'a>,
) {
    let name = filter.name;
    let mut given: Vec<_> = arguments.iter().collect();
    given.sort_unstable_by_key(|(_, (span, _))| span.start);
    for (argument, (place, value)) in given {
        match filter.arguments.iter().find(|(own, ..)| own == argument) {
            Some((_, takes, _)) if !takes.fits(value.kind.shape()) => {
                let message = format!(
                    "`{argument}` of `{name}` takes {}, but {} is {}",
                    takes.words(),
                    on.reader.called(value),
                    value.kind.shape().words()
                );
                let help = format!("give it {}", takes.words());
                on.reader.plain_fault(&codes::TEMPLATE_FAULT, message, value.span.clone(), help);
            }
            Some(_) => {}
            None if matches!(name, "fill" | "plural") => {}
            None => {
                let all: Vec<&str> = filter.arguments.iter().map(|(own, ..)| *own).collect();
                says::unknown_argument(on.reader, &format!("`{name}`"), argument, place, &all);
            }
        }
    }
    for (argument, ..) in filter.arguments.iter().filter(|(own, _, needed)| *needed && !arguments.contains_key(own)) {
        let others = arguments.keys().filter(|given| !filter.arguments.iter().any(|(own, ..)| own == *given));
        if says::is_misspelt(argument, others.copied()) {
            continue;
        }
        let message = format!("`{name}` needs `{argument}`");
        let help = format!("write `| {name}({argument}=…)`");
        on.reader.plain_fault(&codes::TEMPLATE_FAULT, message, span.clone(), help);
    }
}

/// `safe` on what an author has written as plain text.
fn safe(on: &mut Expression<'_, '_, '_, '_>, value: &Value<'_>, span: Range<usize>) {
    if value.kind.shape() != Shape::Text || !on.reader.escapes() {
        return;
    }
    let message = format!(
        "{} is plain text: with `safe`, whatever is written in it becomes part of the page",
        on.reader.called(value)
    );
    let help = "leave `| safe` out; it's for finished markup, such as `body.html`. \
                To keep line breaks, write `| escape | newlines_to_br | safe`";
    on.reader.plain_fault(&codes::UNSAFE_TEXT, message, span, help);
}

/// A field by which a list is sorted or grouped.
fn attribute<'a>(on: &mut Expression<'_, 'a, '_, '_>, list: &Value<'a>, arguments: &Arguments<'a>) {
    let Some((_, value)) = arguments.get("attribute") else { return };
    let Some(path) = value.literal else { return };
    let mut kind = list.kind.entry();
    for part in path.split('.') {
        match kind.field(part) {
            Ok(next) => kind = next,
            Err(all) => {
                let message = format!("the entries of {} have no field `{part}`", on.reader.called(list));
                on.reader.fault(message, value.span.clone(), part, &all, "their fields are");
                return;
            }
        }
    }
}

/// A word whose gaps are not all filled.
fn fill<'a>(on: &mut Expression<'_, 'a, '_, '_>, word: &str, span: &Range<usize>, arguments: &Arguments<'a>) {
    let mut left = word.to_string();
    for name in arguments.keys() {
        left = left.replace(&format!("{{{name}}}"), "");
    }
    if let Some(gap) = says::gap(&left) {
        let message = format!("visitors would read `{{{gap}}}` in this word");
        let help = format!("the word is “{word}”: write `fill({gap}=…)`");
        on.reader.plain_fault(&codes::TEMPLATE_FAULT, message, span.clone(), help);
    }
}
