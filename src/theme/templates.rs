//! A theme's templates in the engine, and the engine's faults as findings.

use std::sync::Arc;

use tera::{Error, ErrorKind, Tera};

use super::layers::Layers;
use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};

/// Loads the templates of all layers. Inside a template, `page.html` is the one that wins by the look-up
/// order; `base/page.html` is that of one theme, so that a file can extend the one that it shadows.
pub(super) fn load(layers: &Layers, words: &Arc<Words>, diagnostics: &mut Diagnostics) -> Option<Tera> {
    let mut engine = Tera::new();
    let prefixes: Vec<String> = layers.0.iter().map(|layer| layer.prefix.clone()).collect();
    if engine.set_fallback_prefixes(prefixes).is_err() {
        return None;
    }
    super::filters::register(&mut engine, words.clone());
    let mut templates = Vec::new();
    for layer in &layers.0 {
        for path in layer.files.keys() {
            if let (Some(name), Some(text)) = (path.strip_prefix("templates/"), layer.text(path)) {
                templates.push((format!("{}{name}", layer.prefix), text));
            }
        }
    }
    match engine.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), *text))) {
        Ok(()) => Some(engine),
        Err(error) => {
            // The engine stops at its first syntax error; each file by itself tells them all.
            let mut findings: Vec<Diagnostic> = Vec::new();
            for (name, text) in &templates {
                let mut alone = Tera::new();
                if let Err(fault) = alone.add_raw_template(name, text)
                    && matches!(fault.kind(), ErrorKind::SyntaxError(_))
                {
                    findings.push(finding(&fault, &|name| layers.template_file(name)));
                }
            }
            if findings.is_empty() {
                findings.push(finding(&error, &|name| layers.template_file(name)));
            }
            diagnostics.extend(findings);
            None
        }
    }
}

/// An error of the engine as a finding at its place.
pub(crate) fn finding(error: &Error, file: &dyn Fn(&str) -> Option<(crate::source::SourcePath, String)>) -> Diagnostic {
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
            (format!("the template that it extends, `{parent}`, does not exist"), Some((current.clone(), 1, 0, 1)))
        }
        other => (format!("{other:?}"), None),
    };
    let finding = Diagnostic::new(&codes::TEMPLATE_FAULT, message);
    let Some((name, line, from, to)) = place else { return finding };
    let Some((path, text)) = file(&name) else { return finding };
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let column = |at: usize| text[start..].char_indices().nth(at).map_or(text.len() - start, |(byte, _)| byte);
    finding.at(&path, start + column(from)..start + column(to.max(from + 1)))
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
