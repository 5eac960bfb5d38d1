//! Why a template that the engine refuses isn't closed properly: which tag begins and never ends, and where.
//!
//! Owns what stands around something (`{% if %}`, `{% <Part> %}`) and its ends. Is asked only about templates that the
//! engine can't read: it says where it stopped, which is often the end of the file.

use super::Fault;
use super::foreign;
use super::tokens::{Scan, Tag, Unclosed};
use crate::diagnostic::nearest;

/// Tags that stand around something, with what ends them.
const PAIRS: &[(&str, &str)] = &[
    ("if", "endif"),
    ("for", "endfor"),
    ("block", "endblock"),
    ("component", "endcomponent"),
    ("filter", "endfilter"),
    ("set", "endset"),
    ("set_global", "endset"),
];

/// Tags that stand by themselves.
const ALONE: &[&str] = &["elif", "else", "extends", "include", "break", "continue", "raw", "endraw", "endset_global"];

/// A tag that waits for its end.
struct Open<'t> {
    /// What opens it, as it is written: `if`, `<Part>`.
    word: String,
    end: String,
    tag: &'t Tag<'t>,
}

/// What isn't closed, closes nothing or is no tag: the first of it.
pub(super) fn fault(text: &str, scan: &Scan<'_>) -> Option<Fault> {
    // What isn't closed swallows what follows, so that nothing after it can be believed.
    let from = scan.unclosed.as_ref().map(|unclosed| unclosed_fault(text, unclosed));
    let tags = scan.tags.iter().filter(|tag| from.as_ref().is_none_or(|fault| tag.span.start < fault.span.start));
    let tags: Vec<&Tag<'_>> = tags.collect();
    if let Some(fault) = pairs(text, &tags, from.is_none()) {
        return Some(fault);
    }
    from
}

fn unclosed_fault(text: &str, unclosed: &Unclosed) -> Fault {
    match unclosed {
        Unclosed::Tag(open, close, None) => {
            let sign = &text[open.clone()];
            Fault::new(open.clone(), format!("the `{sign}` that opens here is never closed with `{close}`"))
                .help(format!("write `{close}` where it ends"))
        }
        Unclosed::Tag(open, close, Some(wrong)) => {
            let (sign, instead) = (&text[open.clone()], &text[wrong.clone()]);
            Fault::new(wrong.clone(), format!("this `{instead}` can't close `{sign}`"))
                .help(format!("write `{close}`"))
                .related(open.clone(), "opened here")
        }
        Unclosed::Quote(mark) => {
            let sign = &text[mark.clone()];
            Fault::new(mark.clone(), format!("the quotation mark {sign} that opens here is never closed"))
                .help(format!("write {sign} where the text ends"))
        }
        Unclosed::Comment(open) => Fault::new(open.clone(), "the comment that opens here is never closed with `#}`")
            .help("write `#}` where it ends"),
        Unclosed::Raw(tag) => {
            Fault::new(tag.clone(), "this `{% raw %}` is never closed").help("write `{% endraw %}` where it ends")
        }
    }
}

fn pairs(text: &str, tags: &[&Tag<'_>], is_whole: bool) -> Option<Fault> {
    let mut open: Vec<Open<'_>> = Vec::new();
    for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.is_statement) {
        if let Some(opened) = opens(tag) {
            open.push(opened);
            continue;
        }
        let word = tag.word();
        if let Some(end) = ends(tag) {
            let inner = open.last();
            if inner.is_some_and(|inner| inner.end == end) {
                open.pop();
                continue;
            }
            let Some(outer) = open.iter().rposition(|opened| opened.end == end) else {
                return Some(surplus(text, tag, &end, inner));
            };
            let later = &tags[at + 1..];
            let inner = inner?;
            return Some(crossing(text, tag, &open[outer], inner, later));
        }
        match word {
            "else" | "elif" => {
                let inner = open.last();
                let fits = inner.is_some_and(|inner| inner.word == "if" || (inner.word == "for" && word == "else"));
                if !fits {
                    let fault =
                        Fault::new(tag.span.clone(), format!("this `{{% {word} %}}` belongs to no `{{% if %}}`"));
                    return Some(match inner {
                        Some(inner) => fault
                            .help(format!("close `{}` first, with `{}`", short(text, inner.tag), written(&inner.end)))
                            .related(inner.tag.span.clone(), "still open"),
                        None => fault.help("take it out, or write the `{% if … %}` before it"),
                    });
                }
                // `{% else if x %}`.
                if word == "else" && tag.tokens.get(1).is_some_and(|token| token.is_word("if")) {
                    return Some(
                        Fault::new(tag.span.clone(), "`{% else if %}` is `{% elif %}` in Tera")
                            .help("write `{% elif … %}`"),
                    );
                }
            }
            word if word.is_empty() || ALONE.contains(&word) => {}
            word => return Some(unknown(tag, word)),
        }
    }
    // The innermost is the one that was forgotten: all around it may be closed by what follows.
    let forgotten = open.pop().filter(|_| is_whole)?;
    Some(never_closed(text, &forgotten))
}

/// What a tag opens, where it stands around something.
fn opens<'t>(tag: &'t Tag<'t>) -> Option<Open<'t>> {
    let word = tag.word();
    if let Some((word, end)) = PAIRS.iter().find(|(opening, _)| *opening == word) {
        // `{% set a = 1 %}` is whole.
        let is_whole = word.starts_with("set") && tag.tokens.get(2).is_some_and(|token| token.is_sign("="));
        return (!is_whole).then(|| Open { word: (*word).to_string(), end: (*end).to_string(), tag });
    }
    let is_call = tag.is_statement && tag.tokens.first().is_some_and(|token| token.is_sign("<"));
    let name = component_name(&tag.tokens[1.min(tag.tokens.len())..]).filter(|_| is_call)?;
    Some(Open { word: format!("<{name}>"), end: format!("</{name}>"), tag })
}

/// What a tag ends.
fn ends(tag: &Tag<'_>) -> Option<String> {
    let word = tag.word();
    if PAIRS.iter().any(|(_, end)| *end == word) {
        return Some(word.to_string());
    }
    let is_end = tag.tokens.first().is_some_and(|token| token.is_sign("</"));
    component_name(&tag.tokens[1.min(tag.tokens.len())..]).filter(|_| is_end).map(|name| format!("</{name}>"))
}

fn component_name(tokens: &[super::tokens::Token<'_>]) -> Option<String> {
    let mut name = tokens.first()?.word()?.to_string();
    for pair in tokens[1..].chunks(2) {
        match pair {
            [dot, part] if dot.is_sign(".") => {
                name.push('.');
                name.push_str(part.word()?);
            }
            _ => break,
        }
    }
    Some(name)
}

fn surplus(text: &str, tag: &Tag<'_>, end: &str, inner: Option<&Open<'_>>) -> Fault {
    let begin = match PAIRS.iter().find(|(_, own)| *own == end) {
        Some((word, _)) => format!("{{% {word} … %}}"),
        None => format!("{{% {} %}}", end.replace("</", "<")),
    };
    let fault = Fault::new(tag.span.clone(), format!("`{}` closes nothing: no `{begin}` is open here", written(end)));
    match inner {
        Some(inner) => fault
            .help(format!("what's open here is `{}`; it ends with `{}`", short(text, inner.tag), written(&inner.end)))
            .related(inner.tag.span.clone(), "still open"),
        None => fault.help("take it out, or write what it should close before it"),
    }
}

fn crossing(text: &str, tag: &Tag<'_>, outer: &Open<'_>, inner: &Open<'_>, later: &[&Tag<'_>]) -> Fault {
    // Whether the inner one ends later: counted, because others of its kind may begin and end there.
    let mut depth = 0usize;
    let ends_later = later.iter().any(|tag| {
        let is_end = ends(tag).is_some_and(|end| end == inner.end);
        depth += usize::from(opens(tag).is_some_and(|opened| opened.end == inner.end));
        let is_own = is_end && depth == 0;
        depth -= usize::from(is_end && depth > 0);
        is_own
    });
    if !ends_later {
        return never_closed(text, inner)
            .related(tag.span.clone(), format!("this closes `{}` around it", short(text, outer.tag)));
    }
    let (end, first) = (written(&outer.end), written(&inner.end));
    Fault::new(tag.span.clone(), format!("`{end}` comes before `{first}`: what opens last has to close first"))
        .help(format!("put `{first}` before `{end}`"))
        .related(inner.tag.span.clone(), "still open")
}

fn never_closed(text: &str, open: &Open<'_>) -> Fault {
    Fault::new(open.tag.span.clone(), format!("`{}` is never closed", short(text, open.tag)))
        .help(format!("write `{}` where it ends", written(&open.end)))
}

/// A tag that Tera doesn't have.
fn unknown(tag: &Tag<'_>, word: &str) -> Fault {
    let span = tag.tokens.first().map_or(tag.span.clone(), |token| token.span.clone());
    let fault = Fault::new(span, format!("there's no tag `{{% {word} %}}` in Tera"));
    let all = PAIRS.iter().flat_map(|(word, end)| [*word, *end]).chain(ALONE.iter().copied());
    match (foreign::TAGS.help(word), nearest(word, all)) {
        (Some(help), _) => fault.help(help),
        (None, Some(near)) => fault.label(format!("did you mean `{near}`?")),
        (None, None) => {
            fault.help("the tags are: if, elif, else, for, block, extends, include, set, component, filter, raw")
        }
    }
}

/// An end as it is written.
fn written(end: &str) -> String {
    format!("{{% {end} %}}")
}

/// A tag in a line, cut where it is long.
fn short(text: &str, tag: &Tag<'_>) -> String {
    let line = text[tag.span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(48) {
        Some((cut, _)) => format!("{}… %}}", line[..cut].trim_end()),
        None => line,
    }
}
