//! The author's answers to findings: `acknowledge` in practice.yaml.
//!
//! Owns which findings can be answered (warnings, notes, and whatever a rule of practice finds; a fault that keeps a page
//! from being made or from working can only be mended) and which findings an answer covers: those at the places, and of the
//! values, that it names, so that what comes later is a new finding.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, codes};
use crate::document::model::Acknowledgement;
use crate::prose::one_line;
use crate::rules;
use crate::site::Site;
use crate::source::{Content, SourcePath, Sources};
use crate::yaml::{self, Path};

/// An answer with what it covers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Answer {
    /// The finding's code.
    pub code: String,
    /// Why it may stay.
    pub reason: String,
    /// The files and folders that it names.
    pub path: Vec<String>,
    /// The values that it names.
    pub value: Vec<String>,
    /// How many findings it covers.
    pub covers: usize,
}

/// Marks the findings that the author has answered, and adds one for every answer that answers nothing or does not say what.
pub fn answer(site: &Site, sources: &Sources, findings: &mut Diagnostics) -> Vec<Answer> {
    let practice = &site.practice;
    let mut found = Diagnostics::default();
    let mut answers = Vec::new();
    for (index, answer) in practice.value.acknowledge.iter().enumerate() {
        let place = |field: &str| practice.locate(&Path::of(&format!("acknowledge[{index}].{field}"))).value;
        let Some(code) = find(&answer.code) else {
            let message = format!("there's no finding called `{}`", answer.code);
            let names = names();
            found.push(
                Diagnostic::new(&codes::UNKNOWN_CODE, message)
                    .at(&practice.path, place("code"))
                    .suggest(&answer.code, names.iter().copied()),
            );
            continue;
        };
        if !is_answerable(code) {
            let message = format!("`{}` can't be ignored, only fixed", code.name);
            found.push(Diagnostic::new(&codes::NOT_ANSWERABLE, message).at(&practice.path, place("code")));
            continue;
        }
        let mut covered = Vec::new();
        for finding in findings.iter_mut().filter(|finding| covers(answer, finding, sources)) {
            finding.acknowledged.get_or_insert_with(|| answer.reason.clone());
            covered.push(&*finding);
        }
        // What is found on the web is not looked for here.
        if code.online {
            continue;
        }
        if covered.is_empty() && !may_return(answer, code, site, sources) {
            let message = format!("this entry isn't needed any more: there's no `{}` here", answer.code);
            let field = match (answer.path.is_some(), answer.value.is_some()) {
                (true, _) => "path",
                (false, true) => "value",
                (false, false) => "code",
            };
            found.push(Diagnostic::new(&codes::ANSWER_UNUSED, message).at(&practice.path, place(field)));
        } else if !is_bounded(answer) {
            let message = format!("this hides every `{}`, even ones that nobody has seen yet", answer.code);
            let field = if answer.path.is_some() { "path" } else { "code" };
            found.push(
                Diagnostic::new(&codes::ANSWER_TOO_WIDE, message)
                    .at(&practice.path, place(field))
                    .help(format!("say which ones, with `path` or `value`:\n{}", mended(answer, &covered, sources))),
            );
        }
        answers.push(Answer {
            code: answer.code.clone(),
            reason: answer.reason.clone(),
            path: named(&answer.path).to_vec(),
            value: named(&answer.value).to_vec(),
            covers: covered.len(),
        });
    }
    findings.extend(found);
    answers
}

/// Marks the findings that the author has answered, and says nothing of answers to others: for what was asked of the network.
pub fn acknowledge(answers: &[Acknowledgement], sources: &Sources, findings: &mut Diagnostics) {
    for finding in findings.iter_mut() {
        let mut covering = answers.iter().filter(|answer| covers(answer, finding, sources));
        if let Some(answer) = covering.next().filter(|_| is_answerable(finding.code)) {
            finding.acknowledged = Some(answer.reason.clone());
        }
    }
}

fn named(texts: &Option<crate::document::model::OneOrMore>) -> &[String] {
    texts.as_ref().map_or(&[], |texts| &texts.0)
}

/// Whether an answer says what it answers. A path that means the whole site says nothing.
fn is_bounded(answer: &Acknowledgement) -> bool {
    let paths = named(&answer.path);
    !named(&answer.value).is_empty() || !paths.is_empty() && paths.iter().all(|path| !inside_content(path).is_empty())
}

fn covers(answer: &Acknowledgement, finding: &Diagnostic, sources: &Sources) -> bool {
    finding.code.name == answer.code
        && names_file(answer, finding.place.as_ref().map(|place| &place.path))
        && (answer.value.is_none() || {
            let seen = seen(finding, sources);
            named(&answer.value).iter().any(|value| seen.iter().any(|seen| *seen == one_line(value)))
        })
}

/// Whether an answer holds for a file. What is wrong with the site as a whole stands in practice.yaml.
fn names_file(answer: &Acknowledgement, file: Option<&SourcePath>) -> bool {
    let file = file.map_or("content/practice.yaml", |file| file.as_str());
    answer.path.is_none() || named(&answer.path).iter().any(|path| is_at(file, path))
}

/// A path as an answer writes it, from content/ on.
fn inside_content(path: &str) -> &str {
    let path = path.trim_start_matches("./").trim_matches('/');
    match path {
        "." | "content" => "",
        path => path.strip_prefix("content/").unwrap_or(path),
    }
}

/// Whether a file is the one that an answer names, or lies in the folder that it names.
fn is_at(file: &str, path: &str) -> bool {
    let path = inside_content(path);
    let is_in = |file: &str| {
        path.is_empty() || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    is_in(file.strip_prefix("content/").unwrap_or(file)) || is_in(file)
}

/// What a finding is about, as an author sees it: the marked text, and what the message has between backticks.
fn seen(finding: &Diagnostic, sources: &Sources) -> Vec<String> {
    let marked = finding.place.as_ref().filter(|place| !place.span.is_empty()).and_then(|place| {
        let text = std::str::from_utf8(sources.text(&place.path)?).ok()?;
        Some(one_line(text.get(place.span.clone())?).into_owned())
    });
    let unquoted = marked.as_ref().and_then(|text| {
        ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote)).map(str::to_string)
    });
    let said = finding.message.split('`').skip(1).step_by(2).map(|text| one_line(text).into_owned());
    unquoted.into_iter().chain(marked).chain(said).collect()
}

/// Whether an answer that covers nothing today may do so on another day: what time brings comes and goes, and so do files
/// that wait for their day. What it names must still be there.
fn may_return(answer: &Acknowledgement, code: &Code, site: &Site, sources: &Sources) -> bool {
    sources.files.iter().any(|(path, content)| {
        let Content::Text(text) = content else { return false };
        let text = String::from_utf8_lossy(text);
        (code.by_time || site.absent.contains_key(path))
            && names_file(answer, Some(path))
            && (answer.value.is_none() || named(&answer.value).iter().any(|value| text.contains(value.as_str())))
    })
}

/// The answer as it would have to be written to cover what it covers now and nothing else.
fn mended(answer: &Acknowledgement, covered: &[&Diagnostic], sources: &Sources) -> String {
    let file = |finding: &&Diagnostic| {
        let path = finding.place.as_ref().map_or("practice.yaml", |place| place.path.as_str());
        path.strip_prefix("content/").unwrap_or(path).to_string()
    };
    let files: BTreeSet<String> = covered.iter().map(file).collect();
    // A text that is a whole passage is no value that anybody copies.
    let short = |text: &String| text.chars().count() <= 60;
    let values: Option<BTreeSet<String>> =
        covered.iter().map(|finding| seen(finding, sources).into_iter().find(short)).collect();
    let (field, texts) = match values {
        Some(values) if values.len() < files.len() => ("value", values),
        _ if files.is_empty() => ("path", BTreeSet::from(["practice.yaml".to_string()])),
        _ => ("path", files),
    };
    let texts: Vec<String> = texts.iter().map(|text| yaml::scalar(text)).collect();
    let texts = match texts.as_slice() {
        [only] => only.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let reason = yaml::scalar(&one_line(&answer.reason));
    format!("  - code: {}\n    reason: {reason}\n    {field}: {texts}", answer.code)
}

fn find(name: &str) -> Option<&'static Code> {
    codes::find(name).or_else(|| rules::find(name).map(|rule| &rule.code))
}

fn names() -> Vec<&'static str> {
    let rules = rules::families().iter().flat_map(|family| &family.rules);
    codes::ALL.iter().map(|code| code.name).chain(rules.map(|rule| rule.code.name)).collect()
}

fn is_answerable(code: &Code) -> bool {
    code.severity != Severity::Error || rules::find(code.name).is_some()
}
