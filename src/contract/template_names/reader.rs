//! Reads a template's tags one after the other, with the names that it binds on the way.
//!
//! Owns what is bound where: by loops, `set`, components, and by the templates around this one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use schemars::Schema;

use super::components;
use super::expression::{Expression, Value};
use super::says;
use crate::contract::types::{Shape, Type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, codes, nearest};
use crate::source::SourcePath;
use crate::theme::Theme;
use crate::theme::template_tokens::{Scan, Tag};

/// Names that a loop, a component or a template binds.
#[derive(Default)]
pub(super) struct Scope<'a> {
    pub names: HashMap<String, Type<'a>>,
    /// A component sees nothing around it.
    pub is_component: bool,
}

pub(super) struct Reader<'a, 'd> {
    pub path: &'a SourcePath,
    pub text: &'a str,
    pub theme: &'a Theme,
    pub names: &'a BTreeMap<&'static str, Schema>,
    /// The innermost last.
    pub scopes: Vec<Scope<'a>>,
    /// Names that templates bind which include this one, or which it extends.
    pub around: BTreeSet<String>,
    /// Names that get a value more than once: which of them holds is not known.
    pub changing: BTreeSet<&'a str>,
    pub diagnostics: &'d mut Diagnostics,
}

/// Every name that a template gives a value or goes through a list with.
pub(super) fn bound_in<'a>(scan: &Scan<'a>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for tag in &scan.tags {
        match tag.word() {
            "set" | "set_global" => names.extend(tag.tokens.get(1).and_then(|token| token.word())),
            "for" => {
                let bound = tag.tokens.iter().skip(1).take_while(|token| !token.is_word("in"));
                names.extend(bound.filter_map(|token| token.word()));
            }
            _ => {}
        }
    }
    names
}

impl<'a> Reader<'a, '_> {
    /// Reads a template's tags.
    pub fn read(&mut self, scan: &Scan<'a>) {
        let mut set = BTreeSet::new();
        for tag in scan.tags.iter().filter(|tag| matches!(tag.word(), "set" | "set_global")) {
            let name = tag.tokens.get(1).and_then(|token| token.word());
            self.changing.extend(name.filter(|name| !set.insert(*name)));
        }
        for tag in &scan.tags {
            self.tag(tag);
        }
    }

    fn tag(&mut self, tag: &Tag<'a>) {
        let tokens = &tag.tokens[..];
        let after = |count: usize| &tokens[count.min(tokens.len())..];
        if !tag.is_statement {
            let is_call = tokens.first().is_some_and(|token| token.is_sign("<"));
            if let Some(value) = Expression::new(self, tokens).value(0).filter(|_| !is_call) {
                says::printed(self, &value);
            }
            return;
        }
        match tag.word() {
            "for" => {
                let mut expression = Expression::new(self, after(1));
                let bound = expression.bound_names();
                let names = match bound.and_then(|bound| Some((expression.value(0)?, bound))) {
                    Some((list, bound)) => {
                        says::looped(self, &bound, &list);
                        self.loop_names(&bound, &list)
                    }
                    None => HashMap::new(),
                };
                self.scopes.push(Scope { names, is_component: false });
            }
            "endfor" | "endcomponent" if self.scopes.len() > 1 => {
                self.scopes.pop();
            }
            "component" => {
                let names = components::parameters(self, after(2));
                self.scopes.push(Scope { names, is_component: true });
            }
            word @ ("set" | "set_global") => {
                let Some(name) = tokens.get(1).and_then(|token| token.word()) else { return };
                let is_whole = tokens.get(2).is_some_and(|token| token.is_sign("="));
                let value = if is_whole { Expression::new(self, after(3)).value(0) } else { None };
                let kind = value.map_or(Type::Unknown, |value| value.kind);
                let kind = if self.changing.contains(name) { Type::Unknown } else { kind };
                let outermost = self.scopes.iter().rposition(|scope| scope.is_component).unwrap_or_default();
                let at = if word == "set" { self.scopes.len() - 1 } else { outermost };
                if let Some(scope) = self.scopes.get_mut(at) {
                    scope.names.insert(name.to_string(), kind);
                }
            }
            "if" | "elif" => {
                Expression::new(self, after(1)).value(0);
            }
            "" if tokens.first().is_some_and(|token| token.is_sign("<")) => {
                let start = tokens[0].span.start;
                components::call(&mut Expression::new(self, after(1)), start);
            }
            _ => {}
        }
    }

    /// The names that a loop through a list binds.
    pub fn loop_names(&self, bound: &[&'a str], list: &Value<'a>) -> HashMap<String, Type<'a>> {
        let of = |at: usize| match (bound.len(), at, list.kind.shape()) {
            (1, _, Shape::List | Shape::Map) | (2, 1, Shape::Map) => list.kind.entry(),
            (2, 0, Shape::Map) => Type::Made(Shape::OwnText),
            _ => Type::Unknown,
        };
        bound.iter().enumerate().map(|(at, name)| ((*name).to_string(), of(at))).collect()
    }

    /// What stands behind a name; one that isn't there is told.
    pub fn root(&mut self, name: &'a str, span: &Range<usize>) -> Type<'a> {
        if matches!(name, "loop" | "__tera_context") {
            return Type::Unknown;
        }
        let mut in_component = false;
        for scope in self.scopes.iter().rev() {
            if let Some(kind) = scope.names.get(name) {
                return *kind;
            }
            if scope.is_component {
                in_component = true;
                break;
            }
        }
        let known = match name {
            "t" => Some(Type::Words(&self.theme.words.entries)),
            _ => self.names.get(name).map(Type::root),
        };
        match known {
            Some(kind) if in_component => {
                let message = format!("this component isn't given `{name}`: components see their arguments only");
                let finding = Diagnostic::new(&codes::TEMPLATE_FAULT, message).at(self.path, span.clone());
                let finding = finding.help(match name {
                    "site" | "page" | "theme" | "t" | "section" => format!("add `@{name}` to its arguments"),
                    _ => format!("add `{name}` to its arguments, and hand it over where the component is called"),
                });
                self.diagnostics.push(finding);
                // Told once for each component.
                if let Some(scope) = self.scopes.iter_mut().rev().find(|scope| scope.is_component) {
                    scope.names.insert(name.to_string(), kind);
                }
                kind
            }
            Some(kind) => kind,
            None if !in_component && self.around.contains(name) => Type::Unknown,
            None => {
                let visible = self.scopes.iter().rev();
                let mut all: Vec<&str> = self.names.keys().copied().collect();
                let bound: Vec<String> = visible.flat_map(|scope| scope.names.keys().cloned()).collect();
                all.extend(bound.iter().map(String::as_str));
                all.push("t");
                all.sort_unstable();
                all.dedup();
                let message = format!("templates have nothing called `{name}`");
                match says::foreign_name(name) {
                    Some(help) => self.plain_fault(&codes::TEMPLATE_FAULT, message, span.clone(), help),
                    None => self.fault(message, span.clone(), name, &all, "the names are"),
                }
                Type::Unknown
            }
        }
    }

    /// What stands behind a field; one that isn't there is told.
    pub fn field(&mut self, of: &Value<'a>, field: &'a str, span: &Range<usize>) -> Type<'a> {
        let way = &self.text[of.span.clone()];
        let kind = if way == "theme.settings" { Type::Settings(self.theme) } else { of.kind };
        match kind.field(field) {
            Ok(kind) => kind,
            Err(all) => {
                let (message, what) = match kind {
                    Type::Words(_) => (format!("the theme has no word `{field}`"), "the words are"),
                    Type::Settings(_) => (format!("the theme has no setting `{field}`"), "the settings are"),
                    _ if all.is_empty() => {
                        says::no_fields(self, of, field, span);
                        return Type::Unknown;
                    }
                    _ => (format!("`{way}` has no field `{field}`"), "its fields are"),
                };
                self.fault(message, span.clone(), field, &all, what);
                Type::Unknown
            }
        }
    }

    /// Tells that a name isn't there, and which there are.
    pub fn fault(&mut self, message: String, span: Range<usize>, wrong: &str, all: &[&str], what: &str) {
        let mut finding = Diagnostic::new(&codes::TEMPLATE_FAULT, message).at(self.path, span);
        if let Some(near) = nearest(wrong, all.iter().copied()) {
            finding = finding.label(format!("did you mean `{near}`?"));
        }
        // Hundreds of words are no help.
        if !all.is_empty() && all.len() <= 40 {
            finding = finding.help(format!("{what}: {}", all.join(", ")));
        }
        self.diagnostics.push(finding);
    }

    /// Tells a fault with what to do.
    pub fn plain_fault(&mut self, code: &'static Code, message: String, span: Range<usize>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, message).at(self.path, span).help(help));
    }

    /// Whether what this template prints is escaped.
    pub fn escapes(&self) -> bool {
        let path = self.path.as_str();
        [".html", ".htm", ".xml"].iter().any(|ending| path.ends_with(ending))
    }

    /// A value as messages name it: as it is written, where that is short.
    pub fn called(&self, value: &Value<'_>) -> String {
        let text = self.text[value.span.clone()].trim();
        match text.len() <= 48 && !text.contains('\n') {
            true => format!("`{text}`"),
            false => "this".to_string(),
        }
    }

    /// Whether a value is a name with its fields and nothing else.
    pub fn is_name(&self, value: &Value<'_>) -> bool {
        let text = &self.text[value.span.clone()];
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
    }
}

/// The type that a component's argument of a root name has: `@page`.
pub(super) fn handed<'a>(reader: &Reader<'a, '_>, name: &str) -> Type<'a> {
    match name {
        "t" => Type::Words(&reader.theme.words.entries),
        _ => reader.names.get(name).map_or(Type::Unknown, Type::root),
    }
}
