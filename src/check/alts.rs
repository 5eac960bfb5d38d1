//! The texts that stand for pictures in front matter and in practice.yaml. Those in texts are looked at where the text is
//! written (`markup/html/accessible.rs`).

use std::ops::Range;

use super::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::markup::html::says_nothing;
use crate::rules::pages;
use crate::source::SourcePath;
use crate::yaml::{self, Step};

/// Finds those in the YAML of a file that tell a visitor nothing.
pub(super) fn check(subject: &Subject<'_>, path: &SourcePath, file: &str, yaml: Range<usize>, found: &mut Diagnostics) {
    let text = &file[yaml.clone()];
    let info = &pages::rules().alt_says_nothing.info;
    let Some(case) = info.case(subject.practice(), subject.today) else { return };
    if !text.contains("alt:") {
        return;
    }
    for (way, span) in yaml::scalars(text) {
        let is_alt = matches!(way.0.last(), Some(Step::Field(name)) if name == "alt" || name.ends_with("_alt"));
        let said = text[span.clone()].trim_matches(['"', '\'']);
        if is_alt && says_nothing(said) {
            let message = format!("`{said}` doesn't say what the picture shows");
            let span = yaml.start + span.start..yaml.start + span.end;
            let finding: Diagnostic = super::finding(info, case, message).at(path, span);
            found.push(finding.help("describe the picture in a short sentence"));
        }
    }
}
