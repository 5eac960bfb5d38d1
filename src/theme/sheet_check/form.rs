//! What is wrong with a sheet's form: what is left open, what stands alone, and what lightningcss cannot read besides.

use std::ops::Range;
use std::sync::{Arc, RwLock};

use lightningcss::error::{ParserError, SelectorError};
use lightningcss::stylesheet::{PrinterOptions, StyleSheet};
use lightningcss::traits::ToCss;

use super::Sheet;
use super::read::{Fault, Item, Part};
use crate::diagnostic::{Diagnostic, codes};
use crate::limits;
use crate::theme::styles::parser_options;

/// What is left open or closes nothing.
pub(super) fn faults(sheet: &Sheet<'_>) -> Vec<Diagnostic> {
    let faults = sheet.parts.faults.iter().map(|(at, fault)| {
        let (message, help) = match fault {
            Fault::OpenComment => ("this comment has no end", "end it with `*/`"),
            Fault::OpenString => ("this text in quotes has no end on its line", "add the closing quotation mark"),
            Fault::OpenAddress => ("this `url(` has no end", "add the `)`"),
            Fault::OpenBracket(b'[') => ("this `[` is never closed", "add the `]`"),
            Fault::OpenBracket(_) => ("this `(` is never closed", "add the `)`"),
            Fault::OpenBlock => ("this block is never closed", "add the `}` that ends it"),
            Fault::ClosesNothing(b'}') => {
                ("this `}` closes nothing", "remove it, or look for a block above that ends too early")
            }
            Fault::ClosesNothing(b']') => ("this `]` closes nothing", "remove it"),
            Fault::ClosesNothing(_) => ("this `)` closes nothing", "remove it, or add the `(`"),
            Fault::LineComment => ("`//` doesn't begin a comment in CSS", "write it as `/* … */`"),
        };
        sheet.fault(message, at.clone()).help(help)
    });
    faults.collect()
}

/// Declarations without a colon, a value or a rule around them.
pub(super) fn strays(sheet: &Sheet<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in &sheet.parts.items {
        match &item.part {
            Part::Stray(at) => {
                let text = &sheet.text[at.clone()];
                let mut words = text.split_whitespace();
                let first = words.next().unwrap_or_default();
                let rest: Vec<&str> = words.collect();
                if super::names::is_property(first) && !rest.is_empty() && !text.contains(':') {
                    let fixed = format!("{first}: {}", rest.join(" ").trim_start_matches(['=', ' ']));
                    found.push(
                        sheet
                            .fault(format!("`{first}` has no colon after it"), at.clone())
                            .help(format!("write `{fixed}`")),
                    );
                } else if item.parent.is_none() && !text.starts_with("<!--") && !text.starts_with("-->") {
                    found.push(
                        sheet
                            .fault("this is neither a rule nor a declaration", first_line(sheet.text, at))
                            .help("a rule is a selector with its declarations in braces: `a { color: red }`"),
                    );
                }
            }
            Part::Declaration { name, value } if item.parent.is_none() => {
                let message = format!("`{}` stands outside of any rule", &sheet.text[name.clone()]);
                found.push(
                    sheet
                        .fault(message, name.start..value.end)
                        .help("put it between the braces of a rule, such as `:root { … }`, or look for a `}` above that's too early"),
                );
            }
            Part::Declaration { name, value } if value.is_empty() && !sheet.text[name.clone()].starts_with("--") => {
                let message = format!("`{}` has no value", &sheet.text[name.clone()]);
                found
                    .push(sheet.fault(message, name.clone()).help("write a value after the colon, or remove the line"));
            }
            _ => {}
        }
    }
    found
}

/// Whether something stands outside of any rule, which what follows is read together with.
pub(super) fn has_loose(sheet: &Sheet<'_>) -> bool {
    let is_loose =
        |item: &Item| item.parent.is_none() && matches!(item.part, Part::Stray(_) | Part::Declaration { .. });
    sheet.parts.items.iter().any(is_loose)
}

fn first_line(text: &str, at: &Range<usize>) -> Range<usize> {
    at.start..at.start + text[at.clone()].find('\n').unwrap_or(at.len())
}

/// What lightningcss cannot read, all of it.
pub(super) fn syntax(sheet: &Sheet<'_>) -> Vec<Diagnostic> {
    let warnings = Arc::new(RwLock::new(Vec::new()));
    let options = lightningcss::stylesheet::ParserOptions {
        error_recovery: true,
        warnings: Some(warnings.clone()),
        ..parser_options()
    };
    let mut faults: Vec<_> = StyleSheet::parse(sheet.text, options).err().into_iter().collect();
    faults.extend(warnings.write().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default());
    let told = faults.into_iter().take(limits::CSS_FINDINGS).map(|error| {
        let at = error
            .loc
            .as_ref()
            .map_or(0, |place| sheet.offset(place.line as usize, (place.column as usize).saturating_sub(1)));
        let end = (at + 1).min(sheet.text.len().max(at));
        Diagnostic::new(&codes::STYLE_FAULT, in_words(&error.kind)).at(&sheet.path, at..end)
    });
    told.collect()
}

/// A fault as lightningcss names it, for somebody who writes CSS.
pub(in crate::theme) fn in_words(kind: &ParserError<'_>) -> String {
    match kind {
        ParserError::EndOfInput => "something is missing at the end".into(),
        ParserError::AtRuleInvalid(name) => format!("CSS has no `@{name}` here"),
        ParserError::InvalidMediaQuery => "this isn't a media query that browsers can read".into(),
        ParserError::UnexpectedImportRule => {
            "`@import` must stand before all other rules; browsers skip it here".into()
        }
        ParserError::UnexpectedToken(token) => {
            let text = token.to_css_string(PrinterOptions::default()).unwrap_or_default();
            format!("`{text}` can't stand here")
        }
        ParserError::SelectorError(error) => match error {
            SelectorError::EmptySelector => "a selector is missing here; look for a comma too many".into(),
            SelectorError::DanglingCombinator => {
                "this selector ends too early: something must follow its last sign".into()
            }
            SelectorError::UnexpectedSelectorAfterPseudoElement(_)
            | SelectorError::InvalidPseudoClassAfterPseudoElement => {
                "a selector ends with its pseudo-element, such as `::before`; nothing can follow that".into()
            }
            SelectorError::ClassNeedsIdent(_) => "a class's name is missing in this selector".into(),
            other => format!("browsers can't read this selector: {other}"),
        },
        other => other.to_string(),
    }
}
