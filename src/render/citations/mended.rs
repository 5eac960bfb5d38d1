//! What the citation library leaves wrong in what it writes.
//!
//! Owns the one place where a finished entry or name is put right, each with the rule it breaks: a comma before a
//! date's bracket, a full stop after a question mark or an abbreviation's, names that a list leaves out. What is wrong
//! in the work itself is `document::works`'.

use std::sync::LazyLock;

use hayagriva::Entry;
use hayagriva::types::{EntryType, Publisher};
use regex::{Captures, Regex};

use super::markup;
use crate::document::works::OTHERS;

/// The written work, put right. `others` is what stands for the authors left out, as markup.
pub(super) fn mended(written: String, others: &str) -> String {
    // A date of a year alone keeps the comma that parts it from month and day.
    static COMMA: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r",(</\w+>)?\)").ok());
    // APA 7, 9.19: a title's own question mark ends the element. `e. V..` and `Jr..` have their full stop already.
    static STOP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"([?!]|[^.]\.)(</\w+>|[”’])?\.( |<|$)").ok());
    static LEFT_OUT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&format!(r"(,)?\s*(?:(?:&amp;|&|\pL+)\s+)?{OTHERS}\.?")).ok());
    let mut written = written;
    if let Some(comma) = COMMA.as_ref().filter(|_| written.contains(',')) {
        written = comma.replace_all(&written, "$1)").into_owned();
    }
    if let Some(left_out) = LEFT_OUT.as_ref().filter(|_| written.contains(OTHERS)) {
        let put = |found: &Captures<'_>| format!("{} {others}", found.get(1).map_or("", |comma| comma.as_str()));
        written = left_out.replace_all(&written, put).into_owned();
    }
    if let Some(stop) = STOP.as_ref() {
        written = stop.replace_all(&written, "$1$2$3").into_owned();
    }
    written
}

/// An entry of APA's list with the university in the brackets of a thesis that was published (APA 7, 10.6): the library
/// writes every thesis as one that was not.
pub(super) fn with_university(written: String, entry: &Entry) -> String {
    let unpublished = || entry.genre().is_some_and(|genre| genre.to_string().to_lowercase().starts_with("unpublished"));
    if *entry.entry_type() != EntryType::Thesis || unpublished() {
        return written;
    }
    let Some(university) = entry.publisher().and_then(Publisher::name) else { return written };
    let mut name = String::new();
    markup::text(&mut name, &university.to_string());
    written.replacen(&format!("]. {name}"), &format!(", {name}]"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_follow_marks_go() {
        for (written, right) in [
            ("Doe, M. (2001,). <em>Page</em>.", "Doe, M. (2001). <em>Page</em>."),
            ("Does it work?. <em>J</em>, 1.", "Does it work? <em>J</em>, 1."),
            ("<em>Does it work?</em>. Viking.", "<em>Does it work?</em> Viking."),
            ("Verband e. V.. (2014).", "Verband e. V. (2014)."),
            ("And so on... Then.", "And so on... Then."),
            ("García, J., &amp; \u{e005} (2014). T.", "García, J., et al. (2014). T."),
            ("García &amp; \u{e005}, 2014", "García et al., 2014"),
            ("García und \u{e005}", "García et al."),
            ("García J, \u{e005}. Does", "García J, et al. Does"),
            ("Rogers, C. R. (1980a). <em>A way</em>.", "Rogers, C. R. (1980a). <em>A way</em>."),
        ] {
            assert_eq!(mended(written.to_string(), "et al."), right);
        }
    }
}
