//! Straight quotation marks as the language of a text has them.
//!
//! Owns which mark opens, which closes, which is an apostrophe, and which is a measure: `24"`, `5'10"`. The parser knows only
//! English, and takes every inch for the end of a quotation; so its guesses are put aside, and what was typed is read anew over
//! the whole paragraph. Marks that somebody typed as they should be stay as they are.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// The marks of a language: around a quotation, and around one inside it.
type Marks = (&'static str, &'static str, &'static str, &'static str);

const ENGLISH: Marks = ("“", "”", "‘", "’");

/// By language, or language and country. From CLDR 48.2 (`delimiters` of the package cldr-misc-full, read 2026-11-26), but for
/// ar, bg (inside), da, de-CH, de-LI, es, fr and pt (which is Portugal's here): there CLDR has what software writes, and these are the marks of printed books,
/// by general knowledge. What is not here is written as in English.
const LANGUAGES: &[(&str, Marks)] = &[
    ("ar", ("«", "»", "‹", "›")),
    ("bg", ("„", "“", "‚", "‘")),
    ("bs", ("„", "”", "‘", "’")),
    ("ca", ("«", "»", "“", "”")),
    ("cs", ("„", "“", "‚", "‘")),
    ("da", ("»", "«", "›", "‹")),
    ("de", ("„", "“", "‚", "‘")),
    ("de-CH", ("«", "»", "‹", "›")),
    ("de-LI", ("«", "»", "‹", "›")),
    ("el", ("«", "»", "“", "”")),
    ("es", ("«", "»", "“", "”")),
    ("es-AR", ENGLISH),
    ("es-CL", ENGLISH),
    ("es-CO", ENGLISH),
    ("es-MX", ENGLISH),
    ("es-PE", ENGLISH),
    ("es-PR", ENGLISH),
    ("es-US", ENGLISH),
    ("es-UY", ENGLISH),
    ("es-VE", ENGLISH),
    ("et", ("„", "“", "‚", "‘")),
    ("fa", ("«", "»", "‹", "›")),
    ("fi", ("”", "”", "’", "’")),
    ("fr", ("«\u{a0}", "\u{a0}»", "“", "”")),
    ("fr-CH", ("«", "»", "‹", "›")),
    ("he", ("”", "”", "’", "’")),
    ("hr", ("„", "“", "‚", "‘")),
    ("hu", ("„", "”", "»", "«")),
    ("is", ("„", "“", "‚", "‘")),
    ("it", ("«", "»", "“", "”")),
    ("lt", ("„", "“", "„", "“")),
    ("mk", ("„", "“", "‚", "‘")),
    ("nb", ("«", "»", "‘", "’")),
    ("nn", ("«", "»", "‘", "’")),
    ("no", ("«", "»", "‘", "’")),
    ("pl", ("„", "”", "«", "»")),
    ("pt", ("«", "»", "“", "”")),
    ("pt-BR", ENGLISH),
    ("ro", ("„", "”", "«", "»")),
    ("ru", ("«", "»", "„", "“")),
    ("sk", ("„", "“", "‚", "‘")),
    ("sl", ("„", "“", "‚", "‘")),
    ("sr", ("„", "”", "’", "’")),
    ("sv", ("”", "”", "’", "’")),
    ("uk", ("«", "»", "„", "“")),
    ("ur", ("”", "“", "’", "‘")),
];

/// Words that begin with an apostrophe, in English and German: `'tis`, `'s war`.
const CUT: &[&str] = &["tis", "twas", "twere", "em", "til", "n", "s", "ne", "nen", "nem", "ner"];

/// What a quotation may begin behind, besides white space.
const BEFORE: &str = "([{/-–—\"'„“‚‘«»¿¡=";

const APOSTROPHE: &str = "’";
const FEET: &str = "′";
const INCHES: &str = "″";

fn marks(lang: &str) -> Marks {
    let mut parts = lang.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    let country = parts.find(|part| part.len() == 2);
    let of = |tag: &str| LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag)).map(|(_, marks)| *marks);
    country.and_then(|country| of(&format!("{language}-{country}"))).or_else(|| of(language)).unwrap_or(ENGLISH)
}

/// The straight mark that an event of the parser stands for, if it is one.
pub(super) fn straight(event: &Event<'_>, span: &Range<usize>, markdown: &str) -> Option<char> {
    let Event::Text(text) = event else { return None };
    let curled = span.len() == 1 && matches!(text.as_ref(), "“" | "”" | "‘" | "’");
    let typed = markdown.as_bytes().get(span.start).copied().map(char::from);
    typed.filter(|typed| curled && matches!(typed, '"' | '\''))
}

/// Writes the straight marks of a text's events as its language has them.
pub fn set(events: &mut [(Event<'_>, Range<usize>)], markdown: &str, lang: &str) {
    if memchr::memchr2(b'"', b'\'', markdown.as_bytes()).is_none() {
        return;
    }
    let marks = marks(lang);
    let mut run = String::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut code = false;
    for index in 0..=events.len() {
        match events.get(index) {
            Some((Event::Text(_), _)) if code => {}
            Some((event @ Event::Text(text), span)) => match straight(event, span, markdown) {
                Some(mark) => {
                    found.push((run.len(), index));
                    run.push(mark);
                }
                None => run.push_str(text),
            },
            Some((Event::SoftBreak | Event::HardBreak, _)) => run.push('\n'),
            Some((Event::Code(_) | Event::FootnoteReference(_), _)) => run.push('\u{fffc}'),
            Some((Event::InlineHtml(_), _)) => {}
            Some((
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image),
                _,
            )) => {}
            other => {
                code = matches!(other, Some((Event::Start(Tag::CodeBlock(_)), _)));
                let places: Vec<usize> = found.iter().map(|(at, _)| *at).collect();
                for ((_, event), mark) in found.drain(..).zip(read(&run, &places, marks)) {
                    events[event].0 = Event::Text(mark.into());
                }
                run.clear();
            }
        }
    }
}

/// A text with the straight marks in it as a language has them.
pub fn curl(text: &str, lang: &str) -> String {
    let places: Vec<usize> = text.match_indices(['"', '\'']).map(|(at, _)| at).collect();
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for (at, mark) in places.iter().zip(read(text, &places, marks(lang))) {
        out.push_str(&text[rest..*at]);
        out.push_str(mark);
        rest = at + 1;
    }
    out.push_str(&text[rest..]);
    out
}

/// What may stand on each side of a mark.
#[derive(Clone, Copy)]
struct Around {
    single: bool,
    /// It may begin something.
    opens: bool,
    /// It may end something.
    closes: bool,
    /// Letters on both sides, or a word cut short: `don't`, `'90s`, `'tis`.
    apostrophe: bool,
    /// A number stands before it, and no letter after it.
    counted: bool,
    /// A number stands on both sides: `5'10`.
    between: bool,
}

fn around(text: &str, at: usize) -> Around {
    let mut after = text[at + 1..].chars();
    let (before, next, third) = (text[..at].chars().next_back(), after.next(), after.next());
    let single = text.as_bytes().get(at) == Some(&b'\'');
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let begins = |c: char| c.is_whitespace() || BEFORE.contains(c);
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾'));
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let cut_year = digit(next) && digit(third) && space(before);
    let rest = &text[at + 1..];
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let cut_word = space(before) && CUT.iter().any(|word| word.eq_ignore_ascii_case(&rest[..end]));
    Around {
        single,
        opens: before.is_none_or(begins) && !space(next),
        closes: !space(before) && !word(next),
        apostrophe: single && (word(before) && word(next) && !(digit(before) && digit(next)) || cut_year || cut_word),
        counted: digit(before) && !next.is_some_and(char::is_alphabetic),
        between: digit(before) && digit(next),
    }
}

/// What each of the marks at these places is.
fn read(text: &str, places: &[usize], (open, close, inner_open, inner_close): Marks) -> Vec<&'static str> {
    let all: Vec<Around> = places.iter().map(|at| around(text, *at)).collect();
    // For each mark: whether the next one of its kind that follows no number can only close; and whether a single one is closed
    // at all.
    let mut ahead = vec![(false, false); all.len()];
    let (mut closing, mut closed) = ([false; 2], false);
    for (index, one) in all.iter().enumerate().rev() {
        let kind = usize::from(one.single);
        ahead[index] = (closing[kind], closed);
        if !one.counted && !one.apostrophe {
            closing[kind] = one.closes && !one.opens;
        }
        closed |= one.single && one.closes && !one.apostrophe;
    }
    let mut is_open = [false; 2];
    let mut last_feet = None;
    let mut out = Vec::with_capacity(all.len());
    for (index, one) in all.iter().enumerate() {
        let kind = usize::from(one.single);
        let (closes_later, ends_somewhere) = ahead[index];
        // `5'10"`: what follows feet are inches, whatever else is open.
        let after_feet = last_feet.is_some_and(|feet: usize| {
            text[feet + 1..places[index]]
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '½' | '¼' | '¾'))
        });
        let measure = one.counted && (one.between || after_feet || !is_open[kind] || closes_later);
        let mark = if one.apostrophe {
            APOSTROPHE
        } else if measure && one.single {
            last_feet = Some(places[index]);
            FEET
        } else if measure {
            INCHES
        } else if one.single && !is_open[1] && one.opens && ends_somewhere {
            is_open[1] = true;
            inner_open
        } else if one.single && is_open[1] && one.closes {
            is_open[1] = false;
            inner_close
        } else if one.single {
            APOSTROPHE
        } else if !is_open[0] && one.opens {
            is_open[0] = true;
            open
        } else if is_open[0] || one.closes {
            is_open[0] = false;
            close
        } else {
            open
        };
        out.push(mark);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_follow_the_language() {
        let text = "\"Don't,\" she said, \"say 'no' yet.\"";
        for (lang, wanted) in [
            ("en-US", "“Don’t,” she said, “say ‘no’ yet.”"),
            ("de", "„Don’t,“ she said, „say ‚no‘ yet.“"),
            ("de-AT", "„Don’t,“ she said, „say ‚no‘ yet.“"),
            ("de-CH", "«Don’t,» she said, «say ‹no› yet.»"),
            ("es-ES", "«Don’t,» she said, «say “no” yet.»"),
            ("fr", "«\u{a0}Don’t,\u{a0}» she said, «\u{a0}say “no” yet.\u{a0}»"),
            ("xx", "“Don’t,” she said, “say ‘no’ yet.”"),
        ] {
            assert_eq!(curl(text, lang), wanted);
        }
    }

    #[test]
    fn measures_and_apostrophes_are_no_quotations() {
        for (text, wanted) in [
            ("a 24\" screen", "a 24″ screen"),
            ("24\"", "24″"),
            ("(24\")", "(24″)"),
            ("He is 5'10\" tall, she 5' 4\".", "He is 5′10″ tall, she 5′ 4″."),
            ("\"He is 5'10\"\", they said", "“He is 5′10″”, they said"),
            ("\"a 24\" and a 27\" screen\" and \"so\"", "“a 24″ and a 27″ screen” and “so”"),
            ("\"I am 24\" he said, \"and you?\"", "“I am 24” he said, “and you?”"),
            ("\"I am 24.\"", "“I am 24.”"),
            ("\"Room 7\"", "“Room 7”"),
            ("the '90s, in 'the year 1990', the 1990's", "the ’90s, in ‘the year 1990’, the 1990’s"),
            ("the clients' room, 'tis, rock 'n' roll", "the clients’ room, ’tis, rock ’n’ roll"),
            ("\"'So,' she said.\" (\"so\")", "“‘So,’ she said.” (“so”)"),
            ("\"open", "“open"),
            ("6' tall, 1½\" wide", "6′ tall, 1½″ wide"),
        ] {
            assert_eq!(curl(text, "en"), wanted);
        }
    }
}
