//! Titles: their capitals, quotation marks and italics.
//!
//! Owns which words of a title keep their capitals. A style says what it wants of the rest.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Begins and ends words in italics.
pub const EMPHASIS: (char, char) = ('\u{e010}', '\u{e011}');
/// Begins and ends words that keep their capitals.
pub const KEPT: (char, char) = ('\u{e012}', '\u{e013}');

/// Words with marks for italics and for capitals that stay.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    text: String,
    /// Whether capitals that nothing protects mean nothing, as in BibTeX.
    loose: bool,
}

/// What becomes of the capitals of a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// They stay.
    AsWritten,
    /// The first word and the first after a colon have one: APA 7, 6.17.
    Sentence,
    /// Only the first word has one: Cite Them Right, Citing Medicine.
    LowAfterColon,
    /// Every important word has one: APA 7, 6.17.
    Title,
}

/// Words that aren't capitalised inside a title (APA 7, 6.17: minor words of three letters or fewer).
const MINOR: [&str; 26] = [
    "a", "an", "the", "and", "as", "but", "for", "if", "nor", "or", "so", "yet", "at", "by", "in", "of", "off", "on",
    "per", "to", "up", "via", "vs", "vs.", "from", "with",
];

/// Words that an English title mostly has at least one of.
const ENGLISH: [&str; 16] =
    ["the", "of", "and", "in", "for", "a", "an", "to", "with", "on", "is", "are", "what", "how", "by", "from"];
/// Words that a title in another language mostly has: German, Spanish, French, Italian, Dutch, Portuguese.
const FOREIGN: [&str; 42] = [
    "der", "die", "das", "und", "bei", "für", "von", "mit", "zur", "zum", "des", "ein", "eine", "im", "el", "la",
    "los", "las", "y", "de", "del", "en", "para", "le", "les", "et", "du", "des", "il", "di", "della", "e", "het",
    "een", "van", "voor", "do", "da", "dos", "em", "um", "uma",
];

/// Names that are words, too, and keep their capital in titles: of people, peoples, languages, religions, tests and schools.
static PROPER: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("proper.txt").lines().flat_map(str::split_whitespace).collect());

impl Words {
    /// Words whose capitals were chosen by a person.
    pub fn chosen(text: &str) -> Words {
        Words { text: curled(text), loose: false }
    }

    /// Words whose unprotected capitals mean nothing.
    pub fn loose(text: &str) -> Words {
        Words { text: curled(text), loose: true }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The words as they were written, without marks.
    pub fn plain(&self) -> String {
        self.text.chars().filter(|letter| !is_mark(*letter)).collect()
    }

    /// Adds a subtitle.
    pub fn with_subtitle(mut self, subtitle: &Words) -> Words {
        let end = self.text.trim_end_matches(is_mark);
        let joint = if end.ends_with(['?', '!', '.', ':']) { " " } else { ": " };
        self.text.push_str(joint);
        self.text.push_str(&subtitle.text);
        self
    }

    /// The words with the capitals that a style wants, with marks for italics. `names` are words that stand for people in
    /// this work; `language` is the work's own or the page's.
    pub fn cased(&self, case: Case, names: &[&str], language: &str) -> String {
        let without_kept = |text: &str| text.replace([KEPT.0, KEPT.1], "");
        let other = |language: &str| !language.is_empty() && !language.starts_with("en");
        if case == Case::AsWritten || other(language) || self.is_foreign() {
            return without_kept(&self.text);
        }
        let lowers = case != Case::Title && (self.loose || self.is_in_title_case());
        let mut out = String::with_capacity(self.text.len());
        let mut kept = 0usize;
        let mut emphasis = false;
        let mut first = true;
        let mut after_colon = false;
        let mut rest = self.text.as_str();
        while !rest.is_empty() {
            let letter_end = rest.find(|c: char| c.is_alphanumeric()).unwrap_or(rest.len());
            for letter in rest[..letter_end].chars() {
                match letter {
                    c if c == KEPT.0 => kept += 1,
                    c if c == KEPT.1 => kept = kept.saturating_sub(1),
                    // What stands out in a title is a name: of a species, of another work.
                    c if c == EMPHASIS.0 || c == EMPHASIS.1 => {
                        emphasis = c == EMPHASIS.0;
                        out.push(c);
                    }
                    other => {
                        // A title's second sentence begins as its first does.
                        after_colon |= matches!(other, ':' | '?' | '!' | '—');
                        out.push(other);
                    }
                }
            }
            let asked = out.trim_end().ends_with(['?', '!']);
            rest = &rest[letter_end..];
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '’' || c == '\'')).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            rest = after;
            if word.is_empty() {
                continue;
            }
            let alone = kept > 0 && self.is_alone(word, rest);
            let protected = kept > 0 && !(after_colon && alone && case == Case::LowAfterColon);
            let keeps = protected || emphasis || stays(word, names);
            let word = match case {
                Case::Title if !protected => titled(word, first || after_colon, rest),
                _ if keeps => word.to_string(),
                _ if first || after_colon && asked => capital(word, lowers),
                Case::Sentence if after_colon => capital(word, lowers),
                _ if after_colon => low(word),
                _ if lowers => low(word),
                _ => word.to_string(),
            };
            out.push_str(&word);
            (first, after_colon) = (false, false);
        }
        out
    }

    /// The words with the capitals of a sentence and with their marks: as a person would write them into a file.
    pub fn with_marks(&self, names: &[&str], language: &str) -> String {
        match self.loose {
            // Outside the braces the capitals are those of the sentence.
            true => {
                let mut out = String::new();
                let cased = self.cased(Case::Sentence, names, language);
                let mut letters = cased.chars();
                for mark in self.text.chars() {
                    match mark {
                        mark if mark == KEPT.0 || mark == KEPT.1 => out.push(mark),
                        other => out.push(letters.next().unwrap_or(other)),
                    }
                }
                out
            }
            false => self.text.clone(),
        }
    }

    /// Whether a protected word is the only one between its braces: `{Historical}`.
    fn is_alone(&self, word: &str, rest: &str) -> bool {
        rest.starts_with(KEPT.1) && self.text.contains(&format!("{}{word}{}", KEPT.0, KEPT.1))
    }

    /// Whether most words that could be small have a capital.
    fn is_in_title_case(&self) -> bool {
        let plain = self.plain();
        let mut words = plain.split_whitespace().scan(true, |begins, word| {
            let here = *begins;
            *begins = word.ends_with([':', '?', '!', '—']);
            Some((here, word.trim_matches(|c: char| !c.is_alphanumeric())))
        });
        let words: Vec<&str> = words
            .by_ref()
            .filter(|(begins, word)| {
                !begins && word.chars().count() >= 4 && !MINOR.contains(&word.to_lowercase().as_str())
            })
            .map(|(_, word)| word)
            .filter(|word| !stays(word, &[]))
            .collect();
        let capital = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
        capital > 0 && capital * 10 >= words.len() * 7
    }

    fn is_foreign(&self) -> bool {
        let plain = self.plain().to_lowercase();
        let count =
            |list: &[&str]| plain.split(|c: char| !c.is_alphabetic()).filter(|word| list.contains(word)).count();
        count(&FOREIGN) > count(&ENGLISH)
    }
}

fn is_mark(letter: char) -> bool {
    [EMPHASIS.0, EMPHASIS.1, KEPT.0, KEPT.1].contains(&letter)
}

/// Whether a word has capitals of its own: `ADHD`, `McKay`, `S3`, a person's or a people's name.
fn stays(word: &str, names: &[&str]) -> bool {
    let inner = word.chars().skip(1).any(char::is_uppercase);
    let stem = word.split(['’', '\'']).next().unwrap_or(word);
    let alone = word == "I" || word.starts_with("I’");
    inner || alone || PROPER.contains(stem) || names.contains(&stem)
}

fn low(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A word at a beginning: its capital is given to it where capitals are being put right.
fn capital(word: &str, gives: bool) -> String {
    if !gives || word.chars().skip(1).any(char::is_uppercase) {
        return word.to_string();
    }
    upper(word)
}

fn upper(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn titled(word: &str, begins: bool, rest: &str) -> String {
    let last = !rest.chars().any(char::is_alphanumeric);
    let minor = MINOR.contains(&word.to_lowercase().as_str()) && word.chars().count() <= 3;
    let ordinal = word.starts_with(|c: char| c.is_ascii_digit());
    if ordinal || minor && !begins && !last { word.to_string() } else { upper(word) }
}

/// Words with the quotation marks and dashes that print has: TeX's and a typewriter's become those.
pub fn curled(text: &str) -> String {
    let text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–");
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let opens = out.chars().next_back().is_none_or(|before| {
            before.is_whitespace() || "([{“‘–—".contains(before) || before == KEPT.0 || before == EMPHASIS.0
        });
        match letter {
            '"' => out.push(if opens { '“' } else { '”' }),
            '\'' => out.push(if opens { '‘' } else { '’' }),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(other),
        }
    }
    while let Some(at) = out.find("  ") {
        out.remove(at);
    }
    out.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_get_the_capitals_of_their_style() {
        let kept = |text: &str| text.replace('{', &KEPT.0.to_string()).replace('}', &KEPT.1.to_string());
        for (written, sentence, low, title) in [
            ("Feminist Therapy", "Feminist therapy", "Feminist therapy", "Feminist Therapy"),
            (
                "The Body Keeps the Score: Brain, Mind, and Body",
                "The body keeps the score: Brain, mind, and body",
                "The body keeps the score: brain, mind, and body",
                "The Body Keeps the Score: Brain, Mind, and Body",
            ),
            (
                "Alliance in ADHD: A meta-analysis",
                "Alliance in ADHD: A meta-analysis",
                "Alliance in ADHD: a meta-analysis",
                "Alliance in ADHD: A Meta-Analysis",
            ),
            ("Coaching in Oregon", "Coaching in Oregon", "Coaching in Oregon", "Coaching in Oregon"),
            ("Does it work? Yes", "Does it work? Yes", "Does it work? Yes", "Does It Work? Yes"),
            (
                "On {Freud} and us: {A} view",
                "On Freud and us: A view",
                "On Freud and us: a view",
                "On Freud and Us: A View",
            ),
            ("Der Weg und das Ziel", "Der Weg und das Ziel", "Der Weg und das Ziel", "Der Weg und das Ziel"),
            (
                "What I Learned from My Clients",
                "What I learned from my clients",
                "What I learned from my clients",
                "What I Learned From My Clients",
            ),
        ] {
            let words = Words::chosen(&kept(written));
            let read = |case| words.cased(case, &[], "en");
            assert_eq!((read(Case::Sentence), read(Case::LowAfterColon)), (sentence.to_string(), low.to_string()));
            if !written.contains("from My") {
                assert_eq!(read(Case::Title), title);
            }
        }
        assert_eq!(
            Words::chosen("Works of Freud Today Here").cased(Case::Sentence, &["Here"], "en"),
            "Works of Freud today Here"
        );
    }

    #[test]
    fn quotation_marks_are_those_of_print() {
        assert_eq!(curled("``Dr. House'' isn't 'it'"), "“Dr. House” isn’t ‘it’");
        assert_eq!(curled("face--voice (\"x\")"), "face–voice (“x”)");
    }
}
