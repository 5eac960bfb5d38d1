//! Words that should not stand in a published text: left-over text, superseded numbers and laws, protected titles,
//! promises.
//!
//! Owns the patterns of all rules about words, put together for one language of one practice. A single pass over a
//! file tells that it holds none of them, which is true of most files; only then is it read piece by piece.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use jiff::civil::Date;
use regex::Regex;

use super::text::{self, Piece, Role};
use crate::diagnostic::{Confidence, Diagnostic, Diagnostics, Severity};
use crate::document::model::Practice;
use crate::document::values::Jurisdiction;
use crate::prose::{Apart, one_line};
use crate::rules::{Case, Info, facts, holds_in, leftovers, notices, pages};
use crate::source::SourcePath;

/// What a file is to the rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Nature {
    /// practice.yaml.
    Practice,
    /// A page, a service, a person: the practice speaks of itself.
    Own,
    /// A policy.
    Policy,
    /// An article: it speaks of its subject.
    Article,
}

/// A file to be read.
pub(super) struct File<'a> {
    pub path: &'a SourcePath,
    pub text: &'a str,
    /// The YAML at its beginning, or all of it.
    pub front: Range<usize>,
    /// Where its markdown begins.
    pub body: usize,
    pub nature: Nature,
}

/// A regular expression that is put together when it is first asked for: most sites hold none of the words.
struct Expression {
    source: String,
    made: OnceLock<Option<Regex>>,
}

impl Expression {
    fn new(source: impl Into<String>) -> Expression {
        Expression { source: source.into(), made: OnceLock::new() }
    }

    /// Where it is found.
    fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        // A test of the rules puts each together.
        let regex = self.made.get_or_init(|| Regex::new(&self.source).ok());
        regex.iter().flat_map(|regex| regex.find_iter(text)).map(|found| found.range())
    }
}

/// A pattern of a rule.
struct Pattern {
    expression: Expression,
    info: &'static Info,
    case: &'static Case,
    /// What it weighs, where that is less than the rule's.
    severity: Option<Severity>,
    /// What the finding says before the words that were found, and what to do.
    says: Says,
}

enum Says {
    Placeholder { what: &'static str, mend: &'static str },
    Superseded { by: &'static str },
    Law { now: &'static str, unless: Option<Expression> },
    Promise,
    Title { unless: Option<Expression> },
}

/// The patterns that concern texts in one language.
pub(super) struct Scanner {
    patterns: Vec<Pattern>,
    /// One of the patterns.
    any: Option<Regex>,
}

/// Words before a title that say the opposite of it, or speak of others.
const DENIALS: &str = r"(?i)\b(?:not|no|nobody|nor|never|neither|without|isn[’']t|aren[’']t|don[’']t|doesn[’']t|cannot|can[’']t|other than|rather than|instead of|differs? from|different from|difference|ends?|ending|begins?|versus|vs|than|or|licensed|your|a doctor|kein\w*|nicht|weder|noch|niemand|ohne|statt|anstelle|ersetzt|oder|als|unterschied\w*|endet|beginnt|no es|ni|sin|tampoco|o|que|diferen\w*|و?لا|ليست?|لن|لم|ما|دون|بدون|بلا|غير)\b[^.!?;:؟؛\n]*$";
/// Words after a title that say the opposite of it.
const DENIED_AFTER: &str = r"(?i)^[^.!?;\n]{0,60}\b(?:is not|isn[’']t|are not|aren[’']t|not what|ist nicht|ist kein\w*|sind kein\w*|no es|no son)\b";

/// How many characters around a law tell whether a text speaks of it as a former one.
const NEAR: usize = 80;

impl Scanner {
    /// The patterns that concern texts in a language, written as `en`.
    pub(super) fn new(practice: &Practice, language: &str, today: Date) -> Scanner {
        let mut patterns = Vec::new();
        let mut weighing = |info: &'static Info, pattern: &str, says: Says, severity: Option<Severity>| {
            if let Some(case) = info.case(practice, today) {
                patterns.push(Pattern { expression: Expression::new(pattern), info, case, severity, says });
            }
        };
        let facts = facts::rules();
        for number in &facts.crisis_number_superseded.data {
            let info = &facts.crisis_number_superseded.info;
            // What is not well known may warn, never stop a build.
            let severity = number.severity.or((number.confidence != Confidence::H).then_some(Severity::Warning));
            weighing(info, &number.number, Says::Superseded { by: &number.by }, severity);
        }
        let mut add = |info: &'static Info, pattern: &str, says: Says| weighing(info, pattern, says, None);
        let leftovers = &leftovers::rules().placeholder_text;
        for placeholder in &leftovers.data {
            let says = Says::Placeholder { what: &placeholder.what, mend: &placeholder.mend };
            add(&leftovers.info, &placeholder.pattern, says);
        }
        let laws = &notices::rules().law_superseded;
        // A law is the same in every language.
        for law in laws.data.iter().filter(|law| hold(&law.places, practice)) {
            let unless = law.unless.as_ref().map(Expression::new);
            add(&laws.info, &law.cited, Says::Law { now: &law.now, unless });
        }
        let promises = &pages::rules().promised_outcome;
        for promise in promises.data.iter().filter(|promise| promise.languages.iter().any(|own| own == language)) {
            for pattern in &promise.patterns {
                add(&promises.info, &format!("(?i){pattern}"), Says::Promise);
            }
        }
        for titles in facts.protected_title.data.iter().filter(|titles| concern(titles, practice, language)) {
            let unless = titles.unless.join("|");
            let unless = (!unless.is_empty()).then(|| Expression::new(format!(r"(?i)\b(?:{unless})\b")));
            let words = titles.words.join("|");
            add(&facts.protected_title.info, &format!(r"(?i)\b(?:{words})\b"), Says::Title { unless });
        }
        let all: Vec<String> = patterns.iter().map(|pattern| format!("(?:{})", pattern.expression.source)).collect();
        let any = Regex::new(&all.join("|")).ok().filter(|_| !all.is_empty());
        Scanner { patterns, any }
    }

    /// What stands in a file that should not.
    pub(super) fn read(&self, file: &File<'_>) -> Diagnostics {
        let mut found = Diagnostics::default();
        if self.any.as_ref().is_none_or(|any| !any.is_match(file.text)) {
            return found;
        }
        let front = &file.text[file.front.clone()];
        let mut pieces = match file.nature {
            Nature::Practice => text::of_practice(front),
            _ => text::of_front_matter(front, file.front.start),
        };
        pieces.extend(text::of_markdown(&file.text[file.body..], file.body));
        let mut taken = Apart::default();
        for piece in &pieces {
            for pattern in self.patterns.iter().filter(|pattern| pattern.concerns(file.nature, piece.role)) {
                for hit in pattern.expression.find_iter(&file.text[piece.span.clone()]) {
                    let span = piece.span.start + hit.start..piece.span.start + hit.end;
                    // An address inside a text is a piece of its own as well.
                    if taken.is_free(&span) && pattern.holds(file.text, piece, &span) {
                        taken.take(&span);
                        found.push(pattern.finding(file, span));
                    }
                }
            }
        }
        found
    }
}

fn concern(titles: &facts::Titles, practice: &Practice, language: &str) -> bool {
    let legal_title = practice.legal.as_ref().and_then(|legal| legal.title.as_deref()).unwrap_or_default();
    titles.languages.iter().any(|own| own == language)
        && titles.kinds.contains(&practice.kind)
        && hold(&titles.places, practice)
        && titles.title.as_ref().is_none_or(|title| legal_title.contains(title.as_str()))
}

/// Whether what holds in these places, or everywhere where there are none, holds for a practice.
fn hold(places: &[Jurisdiction], practice: &Practice) -> bool {
    let concerns = |own: &Jurisdiction| practice.jurisdictions.iter().any(|place| holds_in(own, place));
    places.is_empty() || places.iter().any(concerns)
}

impl Pattern {
    fn concerns(&self, nature: Nature, role: Role) -> bool {
        match self.says {
            Says::Placeholder { .. } | Says::Superseded { .. } => true,
            Says::Law { .. } => nature != Nature::Article && role != Role::Quotation,
            Says::Promise => {
                nature != Nature::Article
                    && nature != Nature::Policy
                    && role != Role::Quotation
                    && role != Role::Address
            }
            Says::Title { .. } => match nature {
                Nature::Practice => matches!(role, Role::Title | Role::Summary),
                Nature::Own => matches!(role, Role::Title | Role::Heading | Role::Summary),
                Nature::Policy | Nature::Article => false,
            },
        }
    }

    /// Whether the words that were found mean what the rule is about.
    fn holds(&self, text: &str, piece: &Piece, span: &Range<usize>) -> bool {
        let (before, after) = (&text[piece.span.start..span.start], &text[span.end..piece.span.end]);
        match &self.says {
            // `[Our fees and terms](fees.md)` is a link, and `[Our fees and terms] (fees.md)` was meant as one.
            Says::Placeholder { .. } if text[span.clone()].starts_with('[') => {
                let after = text[span.end..].strip_prefix(' ').filter(|after| after.starts_with('('));
                !after.unwrap_or(&text[span.end..]).starts_with(['(', '[', ':', ']'])
            }
            Says::Placeholder { .. } | Says::Superseded { .. } => true,
            Says::Law { unless, .. } => !unless.as_ref().is_some_and(|unless| {
                let from =
                    before.char_indices().rev().nth(NEAR).map_or(piece.span.start, |(at, _)| piece.span.start + at);
                let to = after.char_indices().nth(NEAR).map_or(piece.span.end, |(at, _)| span.end + at);
                unless.find_iter(&text[from..to]).next().is_some()
            }),
            Says::Promise => !denied(before, after),
            Says::Title { unless } => {
                let part_of_another = unless.as_ref().is_some_and(|unless| {
                    let mut others = unless.find_iter(&text[piece.span.clone()]);
                    let here = span.start - piece.span.start;
                    others.any(|other| other.contains(&here))
                });
                !part_of_another && !quoted(before, after) && !denied(before, after)
            }
        }
    }

    fn finding(&self, file: &File<'_>, span: Range<usize>) -> Diagnostic {
        let words = one_line(&file.text[span.clone()]);
        let (message, help): (String, Option<Cow<'static, str>>) = match &self.says {
            Says::Placeholder { what, mend } => (format!("`{words}` is {what}"), Some((*mend).into())),
            Says::Superseded { by } => (format!("`{words}` has been replaced"), Some(format!("it's now {by}").into())),
            Says::Law { now, .. } => (format!("`{words}` is out of date"), Some((*now).into())),
            Says::Promise => (
                format!("`{words}` promises or claims more than anyone can back up"),
                Some("say what you do and who it's for, without promises or rankings".into()),
            ),
            Says::Title { .. } => (
                format!("only licensed people may use the word `{words}` about themselves"),
                Some("use another word, such as coaching, or acknowledge this with your reason".into()),
            ),
        };
        let mut finding = super::finding(self.info, self.case, message).at(file.path, span);
        finding.severity = self.severity.unwrap_or(finding.severity);
        finding.help = help.map(Cow::into_owned);
        finding
    }
}

/// Whether the words around say the opposite. A comparison or a choice (`coaching or therapy?`) claims nothing.
pub(super) fn denied(before: &str, after: &str) -> bool {
    static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(DENIALS).ok());
    static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(DENIED_AFTER).ok());
    // Nothing before the sentence counts; one without an end is looked at as far as a long one goes.
    const LONG: usize = 600;
    let far = before.len().saturating_sub(LONG);
    let from = (far..).find(|at| before.is_char_boundary(*at)).unwrap_or(before.len());
    let from = before[from..].rfind(['.', '!', '?', ';', ':', '\n']).map_or(from, |at| from + at);
    let before = &before[from..];
    BEFORE.as_ref().is_some_and(|denial| denial.is_match(before))
        || AFTER.as_ref().is_some_and(|denial| denial.is_match(after))
}

/// Whether the words stand between quotation marks.
fn quoted(before: &str, after: &str) -> bool {
    // The quotes around a YAML value are no quotation: they stand at its very ends.
    let before = before.strip_prefix(['"', '\'']).unwrap_or(before);
    let after = after.strip_suffix(['"', '\'']).unwrap_or(after);
    let open = |c: char| matches!(c, '“' | '„' | '«' | '‘' | '‚');
    let close = |c: char| matches!(c, '”' | '“' | '»' | '’' | '‘');
    let curly = before.rfind(open).is_some_and(|at| !before[at..].chars().skip(1).any(|c| matches!(c, '”' | '»')))
        && after.contains(close);
    curly || (before.matches('"').count() % 2 == 1 && after.contains('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_can_be_put_together() {
        let compiles = |pattern: &str| assert!(Regex::new(pattern).is_ok(), "{pattern}");
        leftovers::rules().placeholder_text.data.iter().for_each(|placeholder| compiles(&placeholder.pattern));
        facts::rules().crisis_number_superseded.data.iter().for_each(|number| compiles(&number.number));
        notices::rules().law_superseded.data.iter().for_each(|law| {
            compiles(&law.cited);
            law.unless.iter().for_each(|own| compiles(own));
        });
        pages::rules().promised_outcome.data.iter().flat_map(|promise| &promise.patterns).for_each(|own| compiles(own));
        for titles in &facts::rules().protected_title.data {
            titles.words.iter().chain(&titles.unless).for_each(|words| compiles(words));
        }
        [DENIALS, DENIED_AFTER].into_iter().for_each(compiles);
        pages::rules().alt_says_nothing.data.iter().for_each(|own| compiles(own));
        let licences = &facts::rules().licence_number_missing.data;
        let registers = licences.registers.iter().flat_map(|register| &register.names);
        registers.chain(&licences.degrees).chain(&licences.claims).for_each(|own| compiles(own));
    }
}
