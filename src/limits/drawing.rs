//! How much a drawing asks of who draws it: this program for icons, browsers for the rest.
//!
//! Owns the counting of what a small file can come to: copies of copies, masks in masks, effects.

use std::collections::HashMap;

use super::{DRAWING_EFFECTS, DRAWING_ELEMENTS, DRAWING_OCTAVES, DRAWING_REACH, end_of_tag};

/// An element with what it names.
struct Element<'a> {
    /// Behind the last element in it.
    end: usize,
    names: Vec<&'a str>,
}

/// Why a drawing asks for too much; `None` where it does not.
pub fn drawing(text: &str) -> Option<String> {
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut ids: HashMap<&str, usize> = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut effects, mut most_effects, mut filtered, mut styled) = (0u64, 0u64, 0u64, false);
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + found;
        let rest = &text[start..];
        let until = |end: &str| rest.find(end).map_or(text.len(), |end_at| start + end_at + end.len());
        if rest.starts_with("<!--") {
            at = until("-->");
            continue;
        }
        if rest.starts_with("<![CDATA[") {
            at = until("]]>");
            continue;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            at = until(">");
            continue;
        }
        let end = end_of_tag(rest.as_bytes());
        let tag = &rest[1..end.max(1)];
        at = (start + end).max(start + 1);
        if tag.starts_with('/') {
            if let Some(closed) = open.pop() {
                elements[closed].end = elements.len();
            }
            continue;
        }
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default();
        let number = elements.len();
        let mut names = Vec::new();
        for (key, value) in attributes(tag) {
            let numbers = || value.split([' ', ',']).filter_map(|part| part.trim().parse::<f64>().ok());
            let most = || numbers().fold(0.0, f64::max);
            match key.rsplit(':').next().unwrap_or_default() {
                "id" => {
                    ids.entry(value).or_insert(number);
                }
                "href" => names.extend(value.trim().strip_prefix('#')),
                "numOctaves" if name == "feTurbulence" && most() > DRAWING_OCTAVES => {
                    return Some(format!("its noise has more than {DRAWING_OCTAVES} octaves (`numOctaves`)"));
                }
                "radius" if name == "feMorphology" && most() > DRAWING_REACH => {
                    return Some(format!("its `feMorphology` has a `radius` of more than {DRAWING_REACH}"));
                }
                "order" if name == "feConvolveMatrix" && most() > DRAWING_REACH => {
                    return Some(format!("its `feConvolveMatrix` has an `order` of more than {DRAWING_REACH}"));
                }
                key => {
                    if key == "filter" || (key == "style" && value.contains("filter")) {
                        filtered += 1;
                    }
                    names.extend(addressed(value));
                }
            }
        }
        match name {
            "filter" => effects = 0,
            "style" => {
                let inside = rest.get(end..).unwrap_or_default();
                let inside = &inside[..inside.find("</").unwrap_or(inside.len())];
                styled |= inside.contains("filter");
                // A rule may lay what it names on every element; the largest is counted once.
                names.extend(addressed(inside));
            }
            name if name.starts_with("fe") => {
                effects += 1;
                most_effects = most_effects.max(effects);
            }
            _ => {}
        }
        elements.push(Element { end: number + 1, names });
        if !tag.ends_with('/') {
            open.push(number);
        }
    }
    for unclosed in open {
        elements[unclosed].end = elements.len();
    }
    let filtered = if styled { elements.len() as u64 } else { filtered };
    if filtered.saturating_mul(most_effects) > DRAWING_EFFECTS {
        return Some(format!("its filters add up to more than {DRAWING_EFFECTS} effects"));
    }
    let mut known = vec![None; elements.len()];
    match size(0, elements.len(), &elements, &ids, &mut known, 0) > DRAWING_ELEMENTS {
        true => Some(format!(
            "what it repeats (`use`, patterns, masks) adds up to more than {DRAWING_ELEMENTS} elements, or leads back to itself"
        )),
        false => None,
    }
}

/// How many elements a stretch of them comes to once what they name is put in.
fn size(
    from: usize,
    to: usize,
    elements: &[Element<'_>],
    ids: &HashMap<&str, usize>,
    known: &mut Vec<Option<u64>>,
    depth: usize,
) -> u64 {
    let mut sum = 0u64;
    for element in &elements[from..to] {
        sum = sum.saturating_add(1);
        for named in element.names.iter().filter_map(|name| ids.get(name).copied()) {
            let len = match known[named] {
                Some(len) => len,
                // As deep as elements may lie in one another; the program's own stack has an end.
                None if depth > super::DRAWING_DEPTH => u64::MAX,
                None => {
                    // One that leads back to itself has no end.
                    known[named] = Some(u64::MAX);
                    let len = size(named, elements[named].end, elements, ids, known, depth + 1);
                    known[named] = Some(len);
                    len
                }
            };
            sum = sum.saturating_add(len);
        }
    }
    sum
}

/// The attributes of a tag.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let equals = rest.find('=')?;
        let key = rest[..equals].trim_end();
        let key = &key[key.rfind(char::is_whitespace).map_or(0, |at| at + 1)..];
        let value = rest[equals + 1..].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let end = value[1..].find(quote)? + 1;
        rest = &value[end + 1..];
        Some((key, &value[1..end]))
    })
}

/// The ids that stand in `url(#id)`.
fn addressed(value: &str) -> impl Iterator<Item = &str> {
    value.match_indices("url(").filter_map(move |(at, found)| {
        let inside = &value[at + found.len()..];
        let inside = inside[..inside.find(')')?].trim().trim_matches(['"', '\'']);
        inside.strip_prefix('#')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_without_end_is_found() {
        let doubled: String = (1..30)
            .map(|n| format!("<g id=\"a{n}\"><use href=\"#a{m}\"/><use xlink:href='#a{m}'/></g>", m = n - 1))
            .collect();
        let masks: String = (1..30)
            .map(|n| {
                format!(
                    "<mask id=\"a{n}\"><path mask=\"url(#a{m})\"/><path style=\"fill:url('#a{m}')\"/></mask>",
                    m = n - 1
                )
            })
            .collect();
        let lit = |effects: usize, elements: usize| {
            format!(
                "<filter id=\"f\">{}</filter>{}",
                "<feOffset dx=\"1\"/>".repeat(effects),
                "<path filter=\"url(#f)\"/>".repeat(elements)
            )
        };
        for (inside, words) in [
            (format!("<g id=\"a0\"><path/></g>{doubled}"), "repeats"),
            (format!("<mask id=\"a0\"><path/></mask>{masks}"), "repeats"),
            ("<g id=\"a\"><use href=\"#a\"/></g>".to_string(), "repeats"),
            (lit(5, 500), "effects"),
            (format!("<style>path{{filter:url(#f)}}</style>{}{}", lit(9, 0), "<path/>".repeat(300)), "effects"),
            ("<feTurbulence numOctaves=\"100000\"/>".to_string(), "octaves"),
            ("<feMorphology radius=\"1 500\"/>".to_string(), "radius"),
            ("<feConvolveMatrix order=\"99\"/>".to_string(), "order"),
        ] {
            let found = drawing(&format!("<svg>{inside}</svg>"));
            assert!(found.as_ref().is_some_and(|found| found.contains(words)), "{words}: {found:?}");
        }
    }

    #[test]
    fn what_people_draw_is_none() {
        let lit = "<path fill='url(#g)' filter='url(#f)' d='M0 0'/>".repeat(90);
        let text = format!(
            "<?xml version='1.0'?><!DOCTYPE svg><svg><defs><linearGradient id='g'><stop/></linearGradient>\
             <filter id='f'><feGaussianBlur/><feOffset/><feMerge><feMergeNode/></feMerge></filter>\
             <symbol id='s'><path/></symbol></defs><!-- <use href='#s'> -->{lit}{}</svg>",
            "<use href='#s'/>".repeat(500)
        );
        assert_eq!(drawing(&text), None);
    }
}
