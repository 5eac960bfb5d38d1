//! The author's answers to findings: `acknowledge` in practice.yaml.
//!
//! Owns which findings can be answered: warnings, notes, and whatever a rule of practice finds. A fault that keeps a
//! page from being made or from working can only be mended.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, codes};
use crate::document::DataFile;
use crate::document::model::{Acknowledgement, Practice};
use crate::rules;
use crate::source::SourcePath;
use crate::yaml::Path;

/// Marks the findings that the author has answered, and adds one for every answer that answers nothing.
pub fn answer(practice: &DataFile<Practice>, findings: &mut Diagnostics) {
    let mut found = Diagnostics::default();
    for (index, answer) in practice.value.acknowledge.iter().enumerate() {
        let place = |field: &str| practice.locate(&Path::of(&format!("acknowledge[{index}].{field}"))).value;
        let Some(code) = find(&answer.code) else {
            let message = format!("no finding is called `{}`", answer.code);
            let names = names();
            found.push(
                Diagnostic::new(&codes::UNKNOWN_CODE, message)
                    .at(&practice.path, place("code"))
                    .suggest(&answer.code, names.iter().copied()),
            );
            continue;
        };
        if !is_answerable(code) {
            let message = format!("`{}` can only be mended", code.name);
            found.push(Diagnostic::new(&codes::NOT_ANSWERABLE, message).at(&practice.path, place("code")));
            continue;
        }
        let mut used = false;
        for finding in findings.iter_mut().filter(|finding| matches(answer, finding)) {
            finding.acknowledged.get_or_insert_with(|| answer.reason.clone());
            used = true;
        }
        if !used {
            let message = format!("this answers no finding: there is no `{}` here any more", answer.code);
            let field = if answer.path.is_some() { "path" } else { "code" };
            found.push(Diagnostic::new(&codes::ANSWER_UNUSED, message).at(&practice.path, place(field)));
        }
    }
    findings.extend(found);
}

fn matches(answer: &Acknowledgement, finding: &Diagnostic) -> bool {
    finding.code.name == answer.code
        && answer
            .path
            .as_deref()
            .is_none_or(|path| finding.place.as_ref().is_some_and(|place| is_at(&place.path, path)))
}

/// Whether a file is the one that an answer names, or lies in the folder that it names.
fn is_at(file: &SourcePath, path: &str) -> bool {
    let inside = file.inside("content").unwrap_or(file.as_str());
    let path = path.trim_start_matches("./").trim_start_matches('/');
    let path = path.strip_prefix("content/").unwrap_or(path);
    match path.strip_suffix('/') {
        Some(folder) => inside.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
        None => inside == path || file.as_str() == path,
    }
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
