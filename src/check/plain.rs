//! Left-overs in texts of one line: titles, summaries, captions and every other fact that a page shows as it stands. What
//! such marks look like is the same as in texts (`rules/leftovers.yaml`); texts in markdown are looked at where they are
//! written (`markup/html/unmade.rs`).

use std::ops::Range;

use super::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::UNSAID;
use crate::document::model::{OWN, Section};
use crate::markup::html::{in_written, may_hold_marks};
use crate::rules::leftovers;
use crate::source::SourcePath;
use crate::yaml::{self, Path, Step};

/// What facts in markdown are called.
const MARKDOWN: &[&str] = &["text", "answer"];

/// Facts that are names, which nobody says in quotation marks.
const TITLES: &[&str] =
    &["name", "short_name", "legal_name", "title", "role_title", "tagline", "heading", "label", "credentials"];

/// Quotation marks as word processors write them around a text.
const PAIRS: &[(char, char)] = &[('“', '”'), ('„', '“'), ('„', '”'), ('«', '»')];

/// Where facts of such a name are no markdown.
const PLAIN: &[&str] = &["testimonials", "coaching_statement"];

/// Finds what is left over in the YAML of a file.
pub(super) fn check(subject: &Subject<'_>, path: &SourcePath, file: &str, yaml: Range<usize>, found: &mut Diagnostics) {
    let text = &file[yaml.clone()];
    if text.contains(['“', '„', '«']) {
        titles_in_quotes(path, text, yaml.start, found);
    }
    if text.match_indices(" #").any(|(at, _)| text[at + 2..].starts_with(char::is_alphanumeric)) {
        lost_after_hash(path, text, yaml.start, found);
    }
    if text.contains("\"\n") || text.contains("\"\r\n") || text.ends_with('"') {
        quote_at_the_end(path, text, yaml.start, found);
    }
    let info = &leftovers::rules().markup_left_over.info;
    let Some(case) = info.case(subject.practice(), subject.today) else { return };
    if !text.lines().any(|line| may_hold_marks(value(line))) {
        return;
    }
    let scalars = yaml::scalars(text);
    // Which of their fields are markdown the theme says, which brings them.
    let is_of_theme = |way: &Path| match &way.0[..] {
        [Step::Field(field), Step::Entry(index), ..] if field == "sections" => {
            let kind = Path::of("sections").entry(*index).field("type");
            let kind = scalars.iter().find(|(own, _)| own.0 == kind.0).map(|(_, span)| &text[span.clone()]);
            way.0.get(2) == Some(&Step::Field(OWN.to_string()))
                || kind.is_some_and(|kind| !Section::KINDS.contains(&kind.trim_matches(['"', '\''])))
        }
        [Step::Field(field), ..] => field == OWN,
        _ => false,
    };
    for (way, span) in scalars.clone() {
        if !is_plain(&way) || is_of_theme(&way) {
            continue;
        }
        for (place, message, row) in in_written(&text[span.clone()], yaml.start + span.start) {
            found.push(super::finding(info, case, message).at(path, place).help(&row.mend));
        }
    }
}

/// Tells of names and titles between the quotation marks of a word processor: YAML's are straight, and these are published.
fn titles_in_quotes(path: &SourcePath, text: &str, start: usize, found: &mut Diagnostics) {
    for (way, span) in yaml::scalars(text) {
        let Some(Step::Field(name)) = way.0.last() else { continue };
        let written = &text[span.clone()];
        let inner = PAIRS.iter().find_map(|(open, close)| written.strip_prefix(*open)?.strip_suffix(*close));
        let Some(inner) =
            inner.filter(|inner| TITLES.contains(&name.as_str()) && !inner.contains(['“', '”', '„', '»']))
        else {
            continue;
        };
        let message = "these quotation marks are part of the text, and visitors see them";
        let finding = Diagnostic::new(&codes::QUOTED_TITLE, message).at(path, start + span.start..start + span.end);
        found.push(finding.help(format!("write `{name}: {}`", yaml::scalar(inner))));
    }
}

/// Tells of words that YAML takes for a comment: `Room #1`. A comment that is meant has a space behind its mark.
fn lost_after_hash(path: &SourcePath, text: &str, start: usize, found: &mut Diagnostics) {
    for (way, span) in yaml::scalars(text) {
        let written = &text[span.clone()];
        let rest = text[span.end..].lines().next().unwrap_or_default();
        let hash = span.end + rest.len() - rest.trim_start().len();
        let is_lost = text[hash..].strip_prefix('#').is_some_and(|lost| lost.starts_with(char::is_alphanumeric));
        let Some(Step::Field(name)) = way.0.last() else { continue };
        // One line, without quotation marks of its own.
        if !is_lost || written.is_empty() || written.contains('\n') || written.starts_with(['"', '\'', '[', '{']) {
            continue;
        }
        let end = span.end + rest.trim_end().len();
        let message = "what stands behind a space and `#` is a comment, so visitors don't see it";
        let meant = yaml::scalar(&text[span.start..end]);
        let meant =
            if meant.starts_with('"') { meant } else { serde_json::Value::from(&text[span.start..end]).to_string() };
        let finding = Diagnostic::new(&codes::LOST_AFTER_HASH, message).at(path, start + hash..start + end);
        found.push(
            finding.help(format!(
                "to show it, write `{name}: {meant}`; if it's a note to yourself, put a space behind `#`"
            )),
        );
    }
}

/// Tells of names and titles with a quotation mark at their end whose other half is missing.
fn quote_at_the_end(path: &SourcePath, text: &str, start: usize, found: &mut Diagnostics) {
    for (way, span) in yaml::scalars(text) {
        let Some(Step::Field(name)) = way.0.last() else { continue };
        let written = &text[span.clone()];
        let is_half =
            written.ends_with('"') && written.matches('"').count() == 1 && !written.starts_with(['\'', '|', '>']);
        if !is_half || !(TITLES.contains(&name.as_str()) || name == "summary") {
            continue;
        }
        let message = "this ends with a quotation mark that nothing opens, and visitors see it";
        let finding = Diagnostic::new(&codes::QUOTED_TITLE, message).at(path, start + span.end - 1..start + span.end);
        found.push(finding.help(format!("write `{name}: {}`", yaml::scalar(written.trim_end_matches('"')))));
    }
}

/// The value in a line of YAML, without the marks that YAML itself has around it. Only a quick look: what it is unsure of,
/// it leaves.
fn value(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let value = line.split_once(": ").map_or(line, |(_, value)| value.trim_start());
    let inside = |value: &'_ str, open: char, close: char| value.strip_prefix(open)?.strip_suffix(close).map(str::len);
    match value {
        // A comment, and what begins a text of several lines.
        _ if line.starts_with('#') => "",
        "|" | ">" | "|-" | ">-" | "|+" | ">+" => "",
        value => inside(value, '[', ']').map_or(value, |length| &value[1..=length]),
    }
}

/// Whether a fact is shown as it stands.
fn is_plain(way: &Path) -> bool {
    let field = |step: Option<&Step>| match step {
        Some(Step::Field(name)) => Some(name.clone()),
        _ => None,
    };
    let (first, last) = (field(way.0.first()).unwrap_or_default(), field(way.0.last()).unwrap_or_default());
    let is_markdown = MARKDOWN.contains(&last.as_str()) && !PLAIN.contains(&first.as_str());
    !is_markdown && !UNSAID.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use schemars::schema_for;
    use serde_json::Value;

    use super::*;
    use crate::document::model;

    fn names(schema: &Value, found: &mut Vec<String>) {
        if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
            let is_markdown = |field: &&Value| field.get("format").and_then(Value::as_str) == Some("markdown");
            found.extend(fields.iter().filter(|(_, field)| is_markdown(field)).map(|(name, _)| name.clone()));
        }
        match schema {
            Value::Object(map) => map.values().for_each(|value| names(value, found)),
            Value::Array(list) => list.iter().for_each(|value| names(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_fact_in_markdown_is_known() {
        let mut found = Vec::new();
        for schema in [
            schema_for!(model::Practice),
            schema_for!(model::Practitioner),
            schema_for!(model::Service),
            schema_for!(model::Resource),
            schema_for!(model::Page),
        ] {
            names(schema.as_value(), &mut found);
        }
        assert!(found.len() > 4 && found.iter().all(|name| MARKDOWN.contains(&name.as_str())), "{found:?}");
    }
}
