//! Components: what they take, and what they are called with.
//!
//! Owns holding each call to the definition that the engine has taken, and an icon's name to the theme's icons. Whether there is such a component at all is told when the
//! templates are loaded.

use std::collections::HashMap;

use tera::{ComponentArgType, ComponentInfo};

use super::expression::{Expression, Value};
use super::reader::{Reader, handed};
use super::says;
use crate::contract::types::{Shape, Type};
use crate::diagnostic::codes;
use crate::theme::template_tokens::{Kind, Token};

/// The names that a component's arguments bind in it: `(person, level=3, @page)`.
pub(super) fn parameters<'a>(reader: &Reader<'a, '_>, tokens: &[Token<'a>]) -> HashMap<String, Type<'a>> {
    // What stands between its tags.
    let mut names = HashMap::from([("body".to_string(), Type::Unknown)]);
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        match token.kind {
            Kind::Sign("(" | "[" | "{") => depth += 1,
            Kind::Sign(")" | "]" | "}") => depth = depth.saturating_sub(1),
            // What stands behind a colon or an equals sign is a type or a value.
            Kind::Word(name)
                if depth == 1 && before.is_some_and(|before| !before.is_sign("=") && !before.is_sign(":")) =>
            {
                let from_page = before.is_some_and(|before| before.is_sign("@"));
                let kind = if from_page { handed(reader, name) } else { Type::Unknown };
                names.insert(name.to_string(), kind);
            }
            _ => {}
        }
    }
    names
}

/// Reads a call behind its `<`, up to the `/>` or `>`.
pub(super) fn call(on: &mut Expression<'_, '_, '_, '_>, start: usize) -> Option<()> {
    let first = on.next()?;
    let mut name = first.word()?.to_string();
    let mut end = first.span.end;
    while on.takes(".") {
        let part = on.next()?;
        name = format!("{name}.{}", part.word()?);
        end = part.span.end;
    }
    let info = on.reader.theme.templates.get_component_definition(&name);
    let mut given: Vec<&str> = Vec::new();
    let mut is_spread = false;
    while let Some(token) = on.peek() {
        match token.kind {
            Kind::Word(argument) => {
                on.next();
                let mut value = None;
                if on.takes("=") {
                    if on.takes("{") {
                        value = Some(on.value(0)?);
                        on.takes("}");
                    } else {
                        value = Some(on.value(20)?);
                    }
                } else {
                    // `<Face person />` hands over what's called so.
                    let word = std::slice::from_ref(token);
                    value = value.or(Expression::new(on.reader, word).value(0));
                }
                if let ("Icon", "name", Some(value)) = (&name[..], argument, &value) {
                    icon(on.reader, value);
                }
                if let (Some(info), Some(value)) = (&info, value) {
                    argued(on.reader, info, argument, token, value.kind, &value);
                }
                given.push(argument);
            }
            Kind::Sign("{") => {
                on.next();
                on.takes("...");
                on.value(0)?;
                on.takes("}");
                is_spread = true;
            }
            _ => break,
        }
    }
    let info = info.filter(|_| !is_spread)?;
    let missing: Vec<&str> = info
        .args()
        .iter()
        .filter(|own| own.is_required() && !given.contains(&own.name()))
        .map(|own| own.name())
        .filter(|own| {
            let unknown = given.iter().filter(|name| !info.args().iter().any(|own| own.name() == **name));
            !says::is_misspelt(own, unknown.copied())
        })
        .collect();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("`<{name}>` needs {}", names.join(" and "));
        let write: Vec<String> = missing.iter().map(|name| format!("{name}={{…}}")).collect();
        let help = format!("write `<{name} {}>`; {}", write.join(" "), arguments(&info));
        on.reader.plain_fault(&codes::TEMPLATE_FAULT, message, start..end, help);
    }
    Some(())
}

/// Holds an argument to its definition.
fn argued<'a>(
    reader: &mut Reader<'a, '_>,
    info: &ComponentInfo,
    name: &str,
    token: &Token<'_>,
    kind: Type<'a>,
    value: &Value<'a>,
) {
    let component = info.name();
    let Some(own) = info.args().iter().find(|own| own.name() == name) else {
        if info.rest_param().is_none() {
            let all: Vec<&str> = info.args().iter().filter(|own| !own.is_implicit()).map(|own| own.name()).collect();
            says::unknown_argument(reader, &format!("`<{component}>`"), name, &token.span, &all);
        }
        return;
    };
    let Some(wanted) = own.arg_type() else { return };
    let shape = kind.shape();
    let (fits, words) = match wanted {
        ComponentArgType::String => (shape.is_text(), "a text"),
        ComponentArgType::Bool => (shape == Shape::Switch, "true or false"),
        ComponentArgType::Integer | ComponentArgType::Float | ComponentArgType::Number => {
            (shape == Shape::Number, "a number")
        }
        ComponentArgType::Array => (shape == Shape::List, "a list"),
        ComponentArgType::Map => (matches!(shape, Shape::Group | Shape::Map), "a group"),
        _ => (true, ""),
    };
    if fits || shape == Shape::Unknown {
        return;
    }
    let message =
        format!("`{name}` of `<{component}>` takes {words}, but {} is {}", reader.called(value), shape.words());
    let help = match (wanted, value.literal) {
        (ComponentArgType::Bool | ComponentArgType::Integer | ComponentArgType::Number, Some(text)) => {
            format!("write `{name}={{{text}}}`")
        }
        (ComponentArgType::String, _) if shape == Shape::Number => {
            format!("write `{name}=\"{}\"`", &reader.text[value.span.clone()])
        }
        (ComponentArgType::Bool, _) if shape.is_text() || shape == Shape::List => {
            format!("write `{name}={{true if {} else false}}`", &reader.text[value.span.clone()])
        }
        _ => format!("give it {words}"),
    };
    reader.plain_fault(&codes::TEMPLATE_FAULT, message, value.span.clone(), help);
}

/// Holds an icon's name to the icons that there are. One that a template computes is the engine's to refuse.
fn icon(reader: &mut Reader<'_, '_>, name: &Value<'_>) {
    let symbols = &reader.theme.icons.symbols;
    let Some(literal) = name.literal.filter(|literal| !symbols.contains_key(*literal)) else { return };
    let all: Vec<&str> = symbols.keys().map(String::as_str).collect();
    let message = format!("there's no icon called `{literal}`");
    // Without its quotation marks.
    let span = name.span.start + 1..name.span.end - 1;
    if all.is_empty() {
        let help = "put it in the theme's assets/icons/ as an SVG file of that name";
        reader.plain_fault(&codes::TEMPLATE_FAULT, message, span, help);
    } else {
        reader.fault(message, span, literal, &all, "the icons in assets/icons/ are");
    }
}

/// What a component takes, in a line.
fn arguments(info: &ComponentInfo) -> String {
    let own: Vec<&str> = info.args().iter().filter(|own| !own.is_implicit()).map(|own| own.name()).collect();
    format!("it takes: {}", own.join(", "))
}
