//! Changes to a file after which a finding is gone.
//!
//! Owns what such a change is and how several are made at once. Only a finding that leaves no doubt has one: what an author meant
//! is theirs to say.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Diagnostic;
use crate::source::SourcePath;

/// A change to the file that a finding is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mend {
    /// Byte offsets into the file.
    pub span: Range<usize>,
    /// What stands there then.
    pub with: String,
}

/// The changes of all findings by file, in the order of the file, each once. Of two that touch each other only the first is there: the
/// other may not be right any more.
pub fn mends<'a>(found: impl Iterator<Item = &'a Diagnostic>) -> BTreeMap<SourcePath, Vec<(&'a Diagnostic, &'a Mend)>> {
    let mut all: BTreeMap<SourcePath, Vec<(&Diagnostic, &Mend)>> = BTreeMap::new();
    for finding in found.filter(|finding| finding.acknowledged.is_none()) {
        if let (Some(place), Some(mend)) = (&finding.place, &finding.mend) {
            all.entry(place.path.clone()).or_default().push((finding, mend));
        }
    }
    for mends in all.values_mut() {
        mends.sort_by_key(|(_, mend)| (mend.span.start, mend.span.end));
        let mut end = None;
        mends.retain(|(_, mend)| {
            let is_free = end.is_none_or(|end| mend.span.start > end);
            if is_free {
                end = Some(mend.span.end);
            }
            is_free
        });
    }
    all
}

/// A text with changes made, which must be in its order and apart from each other.
pub fn mended<'a>(text: &str, mends: impl Iterator<Item = &'a Mend>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for mend in mends {
        out.push_str(text.get(at..mend.span.start).unwrap_or_default());
        out.push_str(&mend.with);
        at = mend.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
