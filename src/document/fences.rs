//! The lines that part a page's facts from its text.
//!
//! Owns where the facts begin and end, also where the lines are not as they should be: a block that is recognised in spite of
//! that is read, so that its author learns of everything in one run.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, codes};
use crate::source::SourcePath;

/// The line above and below the facts.
const FENCE: &str = "---";

/// A page's facts and its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Fenced {
    /// The facts.
    pub facts: Range<usize>,
    /// Where the text begins.
    pub body: usize,
    /// What is wrong with the lines around the facts.
    pub faults: Vec<Fault>,
}

/// A line around the facts that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    code: &'static Code,
    message: String,
    help: String,
    span: Range<usize>,
    /// Nothing where only the author knows.
    mend: Option<(Range<usize>, String)>,
}

impl Fault {
    /// The finding.
    pub fn at(self, path: &SourcePath) -> Diagnostic {
        let finding = Diagnostic::new(self.code, self.message).at(path, self.span).help(self.help);
        match self.mend {
            Some((span, with)) => finding.mend(span, with),
            None => finding,
        }
    }
}

/// Finds the facts of a markdown file; `None` where it has none.
pub fn split(file: &str) -> Option<Fenced> {
    let begin = if file.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut faults = Vec::new();
    let newline = if file.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = lines(file, begin);
    let first = lines.iter().position(|(_, line)| !line.trim().is_empty())?;
    let (at, line) = &lines[first];
    let mut next = first + 1;
    match fence(line) {
        Fence::Right if first == 0 => {}
        Fence::Right => faults.push(Fault {
            code: &codes::MISSING_FRONT_MATTER,
            message: "there's an empty line above the facts".into(),
            help: "remove it: `---` has to be the first line of the file".into(),
            span: at.clone(),
            mend: Some((begin..at.start, String::new())),
        }),
        Fence::Nearly => faults.push(nearly(line, at, &codes::MISSING_FRONT_MATTER)),
        Fence::None if is_fact(line) && !is_sentence(line) => {
            next = first;
            faults.push(Fault {
                code: &codes::MISSING_FRONT_MATTER,
                message: "the facts at the top need a line `---` above them".into(),
                help: format!("write `---` on a line of its own above `{}`", line.trim()),
                span: at.clone(),
                mend: Some((at.start..at.start, format!("{FENCE}{newline}"))),
            });
        }
        Fence::None => {
            let fenced = below_text(&lines, first)?;
            next = fenced + 1;
            faults.push(Fault {
                code: &codes::MISSING_FRONT_MATTER,
                message: "there's text above the facts".into(),
                help: "move it below the second `---`, or delete it: `---` has to be the first line of the file".into(),
                span: at.clone(),
                mend: None,
            });
        }
    }
    let start = lines.get(next).map_or(file.len(), |(at, _)| at.start);
    if let Some(end) = (next..lines.len()).find(|index| fence(lines[*index].1) == Fence::Right) {
        return Some(Fenced { facts: start..lines[end].0.start, body: after(&lines, end, file), faults });
    }
    let ends = (next..lines.len()).find(|index| fence(lines[*index].1) == Fence::Nearly);
    if let Some(end) = ends {
        let (at, line) = &lines[end];
        faults.push(nearly(line, at, &codes::FRONT_MATTER_OPEN));
        return Some(Fenced { facts: start..at.start, body: after(&lines, end, file), faults });
    }
    // The facts end where the text begins: behind the last line that can only be a fact.
    let end = facts_end(&lines[next..]).map_or(next, |count| next + count);
    let last = end.checked_sub(1).filter(|last| *last >= next).map(|last| &lines[last]);
    let (span, help) = match last {
        Some((at, line)) => {
            (at.clone(), format!("write `---` on a line of its own below `{}`", shortened(line.trim())))
        }
        None => (at.clone(), "write the facts below it, and another line `---` below these".to_string()),
    };
    let message = "the facts end here, and there's no second line `---` below them".to_string();
    let end_of_facts = last.map_or(at.end, |(at, _)| at.end);
    let mend = Some((end_of_facts..end_of_facts, format!("{newline}{FENCE}")));
    faults.push(Fault { code: &codes::FRONT_MATTER_OPEN, message, help, span, mend });
    let body = lines.get(end).map_or(file.len(), |(at, _)| at.start);
    Some(Fenced { facts: start..body, body, faults })
}

/// The line `---` above facts that stand a little below the beginning of a file.
fn below_text(lines: &[(Range<usize>, &str)], first: usize) -> Option<usize> {
    /// Somebody's note above the facts has few lines; what comes later is a rule in the text.
    const NEAR: usize = 6;
    let near = first..lines.len().min(first + NEAR);
    let fence_at = near.into_iter().find(|index| fence(lines[*index].1) == Fence::Right)?;
    let is_begun = lines.get(fence_at + 1).is_some_and(|(_, line)| is_fact(line) && !is_sentence(line));
    let is_ended = lines[fence_at + 1..].iter().any(|(_, line)| fence(line) == Fence::Right);
    (is_begun && is_ended).then_some(fence_at)
}

/// The lines of a file from an offset on, with their places, without their ends.
fn lines(file: &str, begin: usize) -> Vec<(Range<usize>, &str)> {
    let mut at = begin;
    let line = |line: &'_ str| {
        let start = at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    };
    let places: Vec<Range<usize>> = file[begin..].split_inclusive('\n').map(line).collect();
    places.into_iter().map(|place| (place.clone(), &file[place])).collect()
}

/// Where what follows a line begins.
fn after(lines: &[(Range<usize>, &str)], index: usize, file: &str) -> usize {
    lines.get(index + 1).map_or(file.len(), |(at, _)| at.start)
}

#[derive(PartialEq, Eq)]
enum Fence {
    Right,
    /// Too many or too few hyphens, or what a word processor makes of them.
    Nearly,
    None,
}

fn fence(line: &str) -> Fence {
    let line = line.trim_end();
    if line == FENCE {
        return Fence::Right;
    }
    let bare = line.trim_start();
    let is_of = |marks: &[char]| !bare.is_empty() && bare.chars().all(|c| marks.contains(&c));
    let width: usize = bare.chars().map(|c| if c == '-' || c == '\u{2010}' { 1 } else { 2 }).sum();
    // A single hyphen is an empty entry of a list.
    let hyphens = is_of(&['-', '–', '—', '−', '\u{2010}', '\u{2011}', '―']) && width > 1;
    match hyphens || bare == "+++" {
        true => Fence::Nearly,
        false => Fence::None,
    }
}

fn nearly(line: &str, at: &Range<usize>, code: &'static Code) -> Fault {
    let line = line.trim_end();
    let message = match line.trim_start() {
        "+++" => "`+++` isn't used here".to_string(),
        bare if bare.starts_with(['–', '—', '―', '−']) => {
            "there's a long dash here, which some editors make of hyphens; the line needs exactly three hyphens"
                .to_string()
        }
        FENCE => "there's a space in front of `---`".to_string(),
        bare => format!("this line has {} hyphens; it needs exactly three", bare.chars().count()),
    };
    let span = at.start..at.start + line.len();
    Fault { code, message, help: "write `---`".into(), span: span.clone(), mend: Some((span, FENCE.to_string())) }
}

/// Whether a line can be a fact: `name: value`, `name:`.
fn is_fact(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    is_name(name) && (value.is_empty() || value.starts_with(' '))
}

/// Whether a line reads like a sentence that begins with a word and a colon.
fn is_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '?', '!']) && !line.starts_with("title:")
}

/// How many lines are facts, those in between them included; `None` where there are none.
fn facts_end(lines: &[(Range<usize>, &str)]) -> Option<usize> {
    let mut end = None;
    for (index, (_, line)) in lines.iter().enumerate() {
        let belongs = line.starts_with([' ', '\t', '#']) || line.starts_with("- ");
        if is_fact(line) || (belongs && end == Some(index)) {
            end = Some(index + 1);
        } else if !line.trim().is_empty() {
            break;
        }
    }
    end
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(file: &str) -> Option<(&str, &str, Vec<String>)> {
        let found = split(file)?;
        let faults = found.faults.iter().map(|fault| format!("{} {}", fault.code.name, &file[fault.span.clone()]));
        Some((&file[found.facts.clone()], &file[found.body..], faults.collect()))
    }

    #[test]
    fn facts_are_found_whatever_the_line_ends() {
        assert_eq!(parts("---\ntitle: a\n---\nText"), Some(("title: a\n", "Text", vec![])));
        assert_eq!(parts("\u{feff}---\r\ntitle: a\r\n---\r\nText"), Some(("title: a\r\n", "Text", vec![])));
        assert_eq!(parts("---\n---\n"), Some(("", "", vec![])));
        assert_eq!(parts("Text"), None);
        assert_eq!(parts("Text\n\n---\n\nMore\n\n---\n"), None);
        assert_eq!(parts(""), None);
        assert_eq!(parts("note: this is a sentence.\n"), None);
    }

    #[test]
    fn facts_are_found_without_the_lines_that_should_be_there() {
        for (file, facts, body, faults) in [
            (
                "----\ntitle: a\n----\nText",
                "title: a\n",
                "Text",
                &["missing-front-matter ----", "front-matter-not-closed ----"][..],
            ),
            ("—\ntitle: a\n—\nText", "title: a\n", "Text", &["missing-front-matter —", "front-matter-not-closed —"]),
            ("My page\n\n---\ntitle: a\n---\nText", "title: a\n", "Text", &["missing-front-matter My page"]),
            ("—-\ntitle: a\n---\nText", "title: a\n", "Text", &["missing-front-matter —-"]),
            ("\n---\ntitle: a\n---\nText", "title: a\n", "Text", &["missing-front-matter ---"]),
            (" ---\ntitle: a\n---\nText", "title: a\n", "Text", &["missing-front-matter  ---"]),
            (
                "+++\ntitle: a\n+++\nText",
                "title: a\n",
                "Text",
                &["missing-front-matter +++", "front-matter-not-closed +++"],
            ),
            ("title: a\nkind: b\n---\nText", "title: a\nkind: b\n", "Text", &["missing-front-matter title: a"]),
            (
                "title: a\nlist:\n  - b\n\nText: here.\n",
                "title: a\nlist:\n  - b\n",
                "\nText: here.\n",
                &["missing-front-matter title: a", "front-matter-not-closed   - b"],
            ),
            ("---\ntitle: a\n\nText.\n", "title: a\n", "\nText.\n", &["front-matter-not-closed title: a"]),
            (
                "---\ntitle: a\n\nkind: b\n\nText.\n",
                "title: a\n\nkind: b\n",
                "\nText.\n",
                &["front-matter-not-closed kind: b"],
            ),
            ("---\ntitle: a\n--\nText.\n", "title: a\n", "Text.\n", &["front-matter-not-closed --"]),
            ("---\nText.\n", "", "Text.\n", &["front-matter-not-closed ---"]),
            ("---", "", "", &["front-matter-not-closed ---"]),
        ] {
            let (found, rest, told) = parts(file).unwrap_or_else(|| panic!("{file:?}"));
            assert_eq!((found, rest), (facts, body), "{file:?}");
            assert_eq!(told, faults, "{file:?}");
        }
    }
}
