//! What an expression in a template makes: every name in it is followed, and what can't work is told where it stands.
//!
//! Owns the grammar of expressions as the engine has it. The engine has read each before, so what isn't understood here is a
//! gap of this file and says nothing of the template.

use std::collections::HashMap;
use std::ops::Range;

use super::components;
use super::filters;
use super::reader::{Reader, Scope};
use super::says;
use crate::contract::kinds::KINDS;
use crate::contract::types::{Shape, Type};
use crate::theme::template_tokens::{Kind, Token};

/// What an expression or a part of one makes.
#[derive(Clone)]
pub(super) struct Value<'a> {
    pub kind: Type<'a>,
    pub span: Range<usize>,
    /// What it says, where it is a text between quotation marks.
    pub literal: Option<&'a str>,
}

/// An expression on the way.
pub(super) struct Expression<'r, 'a, 'd, 't> {
    pub reader: &'r mut Reader<'a, 'd>,
    tokens: &'t [Token<'a>],
    at: usize,
    depth: usize,
}

/// Deeper than the engine goes.
const DEEPEST: usize = 60;

/// How tightly signs and words hold what stands beside them.
fn binding(token: &Token<'_>) -> Option<(u8, u8)> {
    Some(match token.kind {
        Kind::Word("or") => (1, 2),
        Kind::Word("and") => (3, 4),
        Kind::Word("in" | "is" | "not") => (5, 6),
        Kind::Sign("==" | "!=" | "<" | "<=" | ">" | ">=") => (7, 8),
        Kind::Sign("+" | "-") => (11, 12),
        Kind::Sign("*" | "/" | "%" | "~" | "//") => (13, 14),
        Kind::Sign("**") => (16, 15),
        Kind::Sign("|") => (17, 18),
        _ => return None,
    })
}

impl<'r, 'a, 'd, 't> Expression<'r, 'a, 'd, 't> {
    /// Reads an expression from the beginning of some tokens.
    pub fn new(reader: &'r mut Reader<'a, 'd>, tokens: &'t [Token<'a>]) -> Self {
        Expression { reader, tokens, at: 0, depth: 0 }
    }

    pub fn peek(&self) -> Option<&'t Token<'a>> {
        self.tokens.get(self.at)
    }

    pub fn next(&mut self) -> Option<&'t Token<'a>> {
        self.at += 1;
        self.tokens.get(self.at - 1)
    }

    /// Takes a sign, if it comes next.
    pub fn takes(&mut self, sign: &str) -> bool {
        let is_next = self.peek().is_some_and(|token| token.is_sign(sign));
        self.at += usize::from(is_next);
        is_next
    }

    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.span.end)
    }

    /// Reads an expression that binds at least as tightly as `least`. `None` where there's nothing to read.
    pub fn value(&mut self, least: u8) -> Option<Value<'a>> {
        self.depth += 1;
        let value = (self.depth < DEEPEST).then(|| self.bound(least)).flatten();
        self.depth -= 1;
        value
    }

    fn bound(&mut self, least: u8) -> Option<Value<'a>> {
        let mut left = self.first()?;
        while let Some(token) = self.peek() {
            if token.is_word("if") && least == 0 {
                self.next();
                self.value(0)?;
                if !self.next()?.is_word("else") {
                    return None;
                }
                let other = self.value(0)?;
                left = self.made(left.kind.or(other.kind), left.span.start);
                break;
            }
            if token.is_sign("[") {
                left = self.subscript(left)?;
                continue;
            }
            let Some((_, right)) = binding(token).filter(|(own, _)| *own >= least) else { break };
            self.next();
            left = match token.kind {
                Kind::Sign("|") => filters::apply(self, left)?,
                Kind::Word("is") => {
                    if self.peek().is_some_and(|token| token.is_word("not")) {
                        self.next();
                    }
                    self.next()?;
                    if self.peek().is_some_and(|token| token.is_sign("(")) {
                        self.arguments()?;
                    }
                    self.made(Type::Made(Shape::Switch), left.span.start)
                }
                Kind::Word("not") => {
                    // `not in`.
                    self.next()?;
                    self.value(6)?;
                    self.made(Type::Made(Shape::Switch), left.span.start)
                }
                _ => {
                    let other = self.value(right)?;
                    let start = left.span.start;
                    let kind = self.binary(token, &left, &other);
                    self.made(kind, start)
                }
            };
        }
        Some(left)
    }

    fn made(&self, kind: Type<'a>, start: usize) -> Value<'a> {
        Value { kind, span: start..self.end(), literal: None }
    }

    fn binary(&mut self, sign: &Token<'a>, left: &Value<'a>, right: &Value<'a>) -> Type<'a> {
        let (Kind::Sign(name) | Kind::Word(name)) = sign.kind else { return Type::Unknown };
        match name {
            "and" | "or" => Type::Unknown,
            "in" => Type::Made(Shape::Switch),
            "==" | "!=" | "<" | "<=" | ">" | ">=" => {
                says::comparison(self.reader, name, left, right);
                self.page_kind(left, right);
                self.page_kind(right, left);
                Type::Made(Shape::Switch)
            }
            "~" => match (left.kind.shape(), right.kind.shape()) {
                (Shape::OwnText | Shape::Number, Shape::OwnText | Shape::Number) => Type::Made(Shape::OwnText),
                (Shape::Text, other) | (other, Shape::Text)
                    if matches!(other, Shape::Text | Shape::OwnText | Shape::Number) =>
                {
                    Type::Made(Shape::Text)
                }
                _ => Type::Unknown,
            },
            _ => {
                says::sum(self.reader, name, left, right);
                Type::Made(Shape::Number)
            }
        }
    }

    /// `page.kind` compared with a kind that no page is.
    fn page_kind(&mut self, name: &Value<'a>, other: &Value<'a>) {
        let Some(literal) = other.literal else { return };
        if &self.reader.text[name.span.clone()] != "page.kind" || KINDS.iter().any(|kind| kind.name == literal) {
            return;
        }
        let all: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let message = format!("no page is of the kind `{literal}`");
        self.reader.fault(message, other.span.clone(), literal, &all, "the kinds are");
    }

    fn first(&mut self) -> Option<Value<'a>> {
        let token = self.next()?;
        let start = token.span.start;
        let simple = |kind| Some(Value { kind, span: token.span.clone(), literal: None });
        match token.kind {
            Kind::Number(_) => simple(Type::Made(Shape::Number)),
            Kind::Text(text) => {
                Some(Value { kind: Type::Made(Shape::OwnText), span: token.span.clone(), literal: Some(text) })
            }
            Kind::Word("true" | "True" | "false" | "False") => simple(Type::Made(Shape::Switch)),
            Kind::Word("none" | "None" | "null") => simple(Type::Unknown),
            Kind::Word("not") => {
                self.value(5)?;
                Some(self.made(Type::Made(Shape::Switch), start))
            }
            Kind::Sign("-") => {
                self.value(20)?;
                Some(self.made(Type::Made(Shape::Number), start))
            }
            Kind::Sign("(") => {
                let inside = self.value(0)?;
                self.takes(")").then_some(inside)
            }
            Kind::Sign("[") => self.list(start),
            Kind::Sign("{") => self.map(start),
            Kind::Sign("<") => {
                components::call(self, start)?;
                // `/>`.
                self.takes("/");
                self.takes(">");
                Some(self.made(Type::Unknown, start))
            }
            Kind::Word(word) => self.name(token, word),
            Kind::Sign(_) => None,
        }
    }

    /// A name with its fields, or a call of a function.
    fn name(&mut self, token: &Token<'a>, word: &'a str) -> Option<Value<'a>> {
        let start = token.span.start;
        if self.peek().is_some_and(|next| next.is_sign("(")) {
            self.arguments()?;
            return Some(self.made(Type::Unknown, start));
        }
        let mut value = Value { kind: self.reader.root(word, &token.span), span: token.span.clone(), literal: None };
        while let Some(next) = self.peek() {
            match next.kind {
                Kind::Sign("." | "?.") => {
                    self.next();
                    let field = self.next()?;
                    let kind = self.reader.field(&value, field.word()?, &field.span);
                    value = self.made(kind, start);
                }
                Kind::Sign("[" | "?[") => value = self.subscript(value)?,
                _ => break,
            }
        }
        Some(value)
    }

    /// `[0]`, `["key"]`, `[1:3]`.
    fn subscript(&mut self, of: Value<'a>) -> Option<Value<'a>> {
        self.next()?;
        let mut key = None;
        let mut is_slice = false;
        while !self.takes("]") {
            if self.takes(":") {
                is_slice = true;
            } else {
                key = Some(self.value(0)?);
            }
        }
        let kind = match (key, of.kind.shape()) {
            _ if is_slice => of.kind,
            (_, Shape::List | Shape::Map) => of.kind.entry(),
            (Some(Value { literal: Some(key), .. }), Shape::Group) => of.kind.field(key).unwrap_or(Type::Unknown),
            (Some(_), Shape::Group) if matches!(of.kind, Type::Words(_)) => of.kind.entry(),
            _ => Type::Unknown,
        };
        Some(self.made(kind, of.span.start))
    }

    /// A list, or one that is made from another: `[a for a in list if a]`.
    fn list(&mut self, start: usize) -> Option<Value<'a>> {
        let (begin, of) = (self.at, self.comprehension());
        let Some(of) = of else {
            while !self.takes("]") {
                self.takes("...");
                self.value(0)?;
                self.takes(",");
            }
            return Some(self.made(Type::Made(Shape::List), start));
        };
        self.at = of + 1;
        let bound = self.bound_names()?;
        let list = self.value(1)?;
        let after = self.at;
        let names = self.reader.loop_names(&bound, &list);
        self.reader.scopes.push(Scope { names, is_component: false });
        let made = self.comprehended(begin, after);
        self.reader.scopes.pop();
        let made = made?;
        // The entries themselves, some of them left out.
        let same = bound.len() == 1 && self.reader.text[made.span] == *bound[0];
        let kind = if same { list.kind } else { Type::Made(Shape::List) };
        Some(self.made(kind, start))
    }

    /// The entry and the condition of a list made from another; ends behind it.
    fn comprehended(&mut self, begin: usize, after: usize) -> Option<Value<'a>> {
        self.at = begin;
        let entry = self.value(0)?;
        self.at = after;
        if self.peek().is_some_and(|token| token.is_word("if")) {
            self.next();
            self.value(1)?;
        }
        self.takes("]").then_some(entry)
    }

    /// Where the `for` of a list stands, if it has one.
    fn comprehension(&self) -> Option<usize> {
        let mut depth = 0usize;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at) {
            match token.kind {
                Kind::Sign("[" | "?[" | "(" | "{") => depth += 1,
                Kind::Sign("]" | ")" | "}") => depth = depth.checked_sub(1)?,
                Kind::Word("for") if depth == 0 => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// The names before `in`, and past it.
    pub fn bound_names(&mut self) -> Option<Vec<&'a str>> {
        let mut names = Vec::new();
        loop {
            let token = self.next()?;
            match token.kind {
                Kind::Word("in") => return Some(names),
                Kind::Word(name) => names.push(name),
                Kind::Sign(",") => {}
                _ => return None,
            }
        }
    }

    fn map(&mut self, start: usize) -> Option<Value<'a>> {
        while !self.takes("}") {
            if self.takes("...") {
                self.value(0)?;
            } else {
                self.next()?;
                self.takes(":");
                self.value(0)?;
            }
            self.takes(",");
        }
        Some(self.made(Type::Made(Shape::Map), start))
    }

    /// `(a=1, b=2)`: the names with their values.
    pub fn arguments(&mut self) -> Option<HashMap<&'a str, (Range<usize>, Value<'a>)>> {
        let mut arguments = HashMap::new();
        self.next()?;
        while !self.takes(")") {
            let name = self.next()?;
            let word = name.word()?;
            self.takes("=");
            let value = self.value(0)?;
            arguments.insert(word, (name.span.clone(), value));
            self.takes(",");
        }
        Some(arguments)
    }
}
