//! The texts of generated pages with facts in them.
//!
//! Owns what is left out where a fact is not known, and how facts are written in markdown. Knows no fact and no text.

use std::collections::BTreeMap;

use crate::document::values;

/// What is known, by name. A fact without words is only a condition.
pub(super) type Facts = BTreeMap<&'static str, String>;

/// The body with its facts; what names an unknown one is left out, and what that leaves empty.
pub(super) fn body(text: &str, facts: &Facts) -> String {
    let blocks = text.split("\n\n").filter_map(|block| match block.trim_start().starts_with("- ") {
        true => {
            let entries: Vec<String> =
                entries(block).iter().filter_map(|entry| fill(entry, facts, in_markdown)).collect();
            Some(entries.join("\n")).filter(|list| !list.is_empty())
        }
        false => fill(block, facts, in_markdown),
    });
    let blocks: Vec<String> = blocks.filter(|block| !block.trim().is_empty()).collect();
    // From the end: a heading stays where what follows it is text, or a heading below it.
    let mut kept: Vec<String> = Vec::new();
    let mut following = Some(1);
    for block in blocks.into_iter().rev() {
        let level = heading_level(&block);
        if let (Some(level), Some(next)) = (level, following)
            && next <= level
        {
            continue;
        }
        following = level;
        kept.push(block);
    }
    kept.reverse();
    kept.join("\n\n")
}

/// The entries of a list, each with the lines that continue it.
fn entries(list: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in list.lines() {
        match entries.last_mut() {
            Some(entry) if !line.starts_with("- ") => {
                entry.push('\n');
                entry.push_str(line);
            }
            _ => entries.push(line.to_string()),
        }
    }
    entries
}

/// How deep a block's heading is; `None` for text.
fn heading_level(block: &str) -> Option<usize> {
    let level = block.chars().take_while(|c| *c == '#').count();
    (level > 0 && block[level..].starts_with(' ')).then_some(level)
}

/// A text as its speaker says it: of `{we|I}` the first word for several people, the second for one.
pub(super) fn said_by(text: &str, one_person: bool) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        match part.split_once('}').and_then(|(inside, after)| Some((inside.split_once('|')?, after))) {
            Some(((several, one), after)) => {
                out.push_str(if one_person { one } else { several });
                out.push_str(after);
            }
            None => {
                out.push('{');
                out.push_str(part);
            }
        }
    }
    out
}

/// A text with its facts put in; `None` where it names one that is not known. A part in `<<` and `>>` is left out by itself.
pub(super) fn fill(text: &str, facts: &Facts, written: impl Fn(&str, &str) -> String) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<<") {
        let (part, after) = after.split_once(">>")?;
        out.push_str(&plain(before, facts, &written)?);
        out.push_str(&plain(part, facts, &written).unwrap_or_default());
        rest = after;
    }
    out.push_str(&plain(rest, facts, &written)?);
    Some(out)
}

fn plain(text: &str, facts: &Facts, written: &impl Fn(&str, &str) -> String) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        out.push_str(before);
        match name.strip_prefix('?') {
            Some(condition) => _ = facts.get(condition)?,
            // Markdown already.
            None if name.starts_with('*') => out.push_str(facts.get(&name[1..])?),
            None => out.push_str(&written(name, facts.get(name)?)),
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// A fact in a markdown text: what can be written to or called is a link.
pub(super) fn in_markdown(name: &str, fact: &str) -> String {
    let words = escaped(fact);
    match name {
        "email" => format!("[{words}](<mailto:{fact}>)"),
        "phone" => format!("[{words}](tel:{})", values::Phone(fact.to_string()).digits()),
        _ => words,
    }
}

/// A fact as plain words of a markdown text.
pub(super) fn escaped(fact: &str) -> String {
    let mut out = String::with_capacity(fact.len());
    for c in fact.chars() {
        if "\\`*_[]<>#|~&$!".contains(c) {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_an_unknown_fact_is_left_out() {
        let facts = BTreeMap::from([("name", "A *B*".to_string()), ("known", String::new())]);
        let text = "By {name}.\n\n{?known}Stands.\n\n{?unknown}Falls.\n\n- {name}\n- {unknown}";
        assert_eq!(body(text, &facts), "By A \\*B\\*.\n\nStands.\n\n- A \\*B\\*");
    }

    #[test]
    fn one_person_says_it_otherwise_than_several() {
        let text = "{?us}{We|I} answer {email}; write to {us|me}.";
        assert_eq!(said_by(text, false), "{?us}We answer {email}; write to us.");
        assert_eq!(said_by(text, true), "{?us}I answer {email}; write to me.");
    }

    #[test]
    fn a_condition_stands_before_a_heading_and_prints_nothing() {
        let facts = BTreeMap::from([("form", "Netlify".to_string())]);
        let text = "{?form}## Form\n\n{?form}By {form}.\n\n{?booking}## Booking\n\n{?booking}By {booking}.";
        assert_eq!(body(text, &facts), "## Form\n\nBy Netlify.");
    }

    #[test]
    fn a_heading_under_which_nothing_is_left_is_left_out() {
        let text = "## A\n\n- {x}\n  goes on\n- {y}\n\n## B\n\n### C\n\n{x}\n\n## D\n\n### E\n\nText.\n\n## F\n\n{x}";
        assert_eq!(body(text, &BTreeMap::new()), "## D\n\n### E\n\nText.");
    }

    #[test]
    fn a_part_that_names_an_unknown_fact_is_left_out_by_itself() {
        let facts = BTreeMap::from([("form", "N*".to_string()), ("list", "- *a*".to_string())]);
        assert_eq!(body("By {form}<< ({unknown})>>.<< {?form}Yes.>>\n\n{*list}", &facts), "By N\\*. Yes.\n\n- *a*");
    }
}
