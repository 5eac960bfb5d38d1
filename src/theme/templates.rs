//! A theme's templates in the engine, and the engine's faults as findings.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tera::{Error, ErrorKind, Kwargs, State, Tera};

use super::bounds;
use super::layers::{Layers, TemplateFile};
use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};

/// Faults of one load beyond which the rest is mostly a consequence.
const MOST_FAULTS: usize = 50;

/// Loads the templates of all layers. Inside a template, `page.html` is the one that wins by the look-up
/// order; `linen/page.html` is that of one theme or of the nearest that it extends, so that a file can extend the one
/// that it shadows.
///
/// The engine stops at its first fault. So each faulty file is told, then the one that it shadows taken instead, and
/// each unknown filter, function or test for one that does nothing, until what is left loads; pages made with that are only
/// good for finding more. `None` where not even that is possible.
pub(super) fn load(layers: &Layers, words: &Arc<Words>, diagnostics: &mut Diagnostics) -> Option<Tera> {
    let mut engine = Tera::new();
    let prefixes: Vec<String> = layers.0.iter().map(|layer| layer.prefix.clone()).collect();
    if engine.set_fallback_prefixes(prefixes).is_err() {
        return None;
    }
    super::filters::register(&mut engine, words.clone());
    bounds::register(&mut engine);
    let own_layers = layers.0.iter().filter(|layer| layer.own);
    let own: HashSet<*const u8> =
        own_layers.flat_map(|layer| layer.files.keys().filter_map(|file| layer.text(file))).map(str::as_ptr).collect();
    let mut templates: BTreeMap<String, &str> = BTreeMap::new();
    for layer in &layers.0 {
        for path in layer.files.keys() {
            if let (Some(name), Some(text)) = (path.strip_prefix("templates/"), layer.text(path)) {
                templates.insert(format!("{}{name}", layer.prefix), text);
            }
        }
    }
    let inherited: Vec<(String, &str)> = templates
        .values()
        .flat_map(|text| named_files(text))
        .filter(|name| !templates.contains_key(*name))
        .filter_map(|name| Some((name.to_string(), layers.inherited_template(name)?)))
        .collect();
    templates.extend(inherited);
    let file = |name: &str| layers.template_file(name);
    // Syntax first, file by file: a set with a syntax error loads nothing.
    for (name, text) in &mut templates {
        if let Err(fault) = Tera::new().add_raw_template(name, text)
            && matches!(fault.kind(), ErrorKind::SyntaxError(_))
        {
            diagnostics.push(finding(&fault, &file));
            *text = layers.shadowed_template(name).unwrap_or_default();
        }
    }
    let components: Vec<&str> = templates.values().flat_map(|text| component_names(text)).collect();
    for _ in 0..MOST_FAULTS {
        // A failed load leaves the engine as it was.
        let counted = templates.iter().map(|(name, text)| {
            // The site's own might go on for ever.
            let is_own = own.contains(&text.as_ptr());
            (name.as_str(), if is_own { Cow::Owned(bounds::counted(text)) } else { Cow::Borrowed(*text) })
        });
        let error = match engine.add_raw_templates(counted) {
            Ok(()) => return Some(engine),
            Err(error) => error,
        };
        let mut told = finding(&error, &file);
        let faulty = match error.kind() {
            ErrorKind::Msg(text) => {
                let unknown = unknown_thing(text);
                if let Some((_, name)) = unknown {
                    told = told.suggest(name, components.iter().copied().chain(templates.keys().map(|key| short(key))));
                }
                match unknown {
                    Some(("filter", name)) => {
                        engine.register_filter(name.to_string(), |value: tera::Value, _: Kwargs, _: &State| value);
                        None
                    }
                    Some(("function", name)) => {
                        engine.register_function(name.to_string(), |_: Kwargs, _: &State| tera::Value::from(""));
                        None
                    }
                    Some(("test", name)) => {
                        engine.register_test(name.to_string(), |_: tera::Value, _: Kwargs, _: &State| false);
                        None
                    }
                    Some(("template", name)) => {
                        templates.insert(name.to_string(), "");
                        None
                    }
                    _ => Some(written_place(text).map(|(name, ..)| name)),
                }
            }
            ErrorKind::SyntaxError(report) => Some(Some(report.filename().to_string())),
            ErrorKind::MissingParent { current, .. } => Some(Some(current.clone())),
            ErrorKind::CircularExtend { inheritance_chain, .. } => Some(inheritance_chain.last().cloned()),
            ErrorKind::CircularInclude { tpl, .. } => Some(Some(tpl.clone())),
            _ => Some(None),
        };
        diagnostics.push(told);
        if let Some(faulty) = faulty {
            let name = faulty?;
            let text = templates.get_mut(&name)?;
            let instead = layers.shadowed_template(&name).unwrap_or_default();
            // Without its components, others would be blamed for calling them; nothing is taken for another twice.
            if *text == instead || (instead.is_empty() && component_names(text).next().is_some()) {
                return None;
            }
            *text = instead;
        }
    }
    None
}

/// The files that a template extends or includes by a theme's name, such as `linen/page.html`.
fn named_files(text: &str) -> impl Iterator<Item = &str> {
    ["extends", "include"].into_iter().flat_map(move |word| {
        text.match_indices(word).filter_map(move |(at, _)| {
            let rest = text[at + word.len()..].trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest[1..].split(quote).next()
        })
    })
}

/// The components that a template defines.
fn component_names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component ").filter_map(|(at, word)| {
        let before = text[..at].trim_end();
        let rest = &text[at + word.len()..];
        let end = rest.find('(')?;
        (before.ends_with("{%") || before.ends_with("{%-")).then(|| rest[..end].trim())
    })
}

/// What the engine does not know, and its name: "Unknown filter `shout`".
fn unknown_thing(message: &str) -> Option<(&str, &str)> {
    let rest = &message[message.find("Unknown ")? + "Unknown ".len()..];
    let (what, rest) = rest.split_once(" `")?;
    Some((what, rest.split('`').next()?)).filter(|(what, _)| !what.contains(' '))
}

/// A template's name without its theme's.
fn short(name: &str) -> &str {
    name.strip_prefix("site/").unwrap_or(name).split_once('/').map_or(name, |(_, rest)| rest)
}

/// An error of the engine as a finding at its place.
pub(crate) fn finding(error: &Error, file: &dyn Fn(&str) -> Option<TemplateFile>) -> Diagnostic {
    let (message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            (
                report.message().to_string(),
                Some((report.filename().to_string(), span.start_line, span.start_col, span.end_col)),
            )
        }
        ErrorKind::Msg(text) => {
            let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_string();
            (message, written_place(text))
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("the template that it extends, `{parent}`, doesn't exist");
            (message, place_of(current, "extends", parent, file))
        }
        ErrorKind::CircularExtend { inheritance_chain, .. } => {
            let last = inheritance_chain.last().map_or("", String::as_str);
            let message = "this template extends itself, directly or through others".to_string();
            (message, place_of(last, "extends", short(last), file))
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let message = format!("this template includes itself: {}", include_chain.join(" → "));
            (message, place_of(tpl, "include", short(tpl), file))
        }
        other => (other.to_string(), None),
    };
    let finding = Diagnostic::new(&codes::TEMPLATE_FAULT, in_our_words(&message));
    let Some((name, line, from, to)) = place else { return finding };
    let Some(TemplateFile { path, text, is_own }) = file(&name) else { return finding };
    // Syntax is read as it was written.
    let (from, to) = match is_own && !matches!(error.kind(), ErrorKind::SyntaxError(_)) {
        true => (bounds::written_column(&text, line, from), bounds::written_column(&text, line, to)),
        false => (from, to),
    };
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let column = |at: usize| text[start..].char_indices().nth(at).map_or(text.len() - start, |(byte, _)| byte);
    finding.at(&path, start + column(from)..start + column(to.max(from + 1)))
}

/// The engine's message as findings are written: small first letter, no dot at the end.
fn in_our_words(message: &str) -> String {
    let message =
        message.trim().trim_end_matches('.').replace("Unknown template", "none of the themes has the template");
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => message,
    }
}

/// Where a template extends or includes another: line, from and to column.
fn place_of(
    template: &str,
    word: &str,
    named: &str,
    file: &dyn Fn(&str) -> Option<TemplateFile>,
) -> Option<(String, usize, usize, usize)> {
    let found = file(template).and_then(|found| {
        let (line, at) = found
            .text
            .lines()
            .enumerate()
            .filter(|(_, text)| text.contains(word))
            .find_map(|(line, text)| Some((line + 1, text.find(named)?)))?;
        Some((template.to_string(), line, at, at + named.chars().count()))
    });
    found.or_else(|| Some((template.to_string(), 1, 0, 1)))
}

/// The place in a finished report: ` --> linen/page.html:3:5`.
fn written_place(text: &str) -> Option<(String, usize, usize, usize)> {
    let line = text.lines().find_map(|line| line.split_once("--> ").map(|(_, place)| place.trim()))?;
    let mut parts = line.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let row: usize = parts.next()?.parse().ok()?;
    let file = parts.next()?.trim_matches(['[', ']']).to_string();
    Some((file, row, column.saturating_sub(1), column))
}
