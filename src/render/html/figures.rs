//! Figures: which pictures of a text are numbered, and the links to them.
//!
//! Owns numbers and ids. Every figure with a caption is numbered in an article, elsewhere only where the text refers
//! to one: a single picture on a page about the practice needs no number. Printing the picture is `spans`'.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::Finding;
use super::writer::{Events, Writer};
use crate::diagnostic::{codes, nearest};
use crate::document::citations::FIGURE;

/// A picture alone in its paragraph.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Its file's name without folder and ending, by which texts refer to it.
    pub name: String,
    /// Its id on the page.
    pub id: String,
    /// Its number, where it has a caption.
    pub number: Option<usize>,
}

/// The figures of a text in order.
pub(super) fn find(events: &Events<'_>) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    let mut number = 0;
    for (at, (event, _)) in events.iter().enumerate() {
        let Event::Start(Tag::Image { dest_url, title, .. }) = event else { continue };
        let opens = at > 0 && matches!(events[at - 1].0, Event::Start(Tag::Paragraph));
        if !opens || !alone(events, at + 1) {
            continue;
        }
        let file = dest_url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let name = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_string();
        let same = figures.iter().filter(|figure| figure.name == name).count();
        let id = if same == 0 { format!("fig-{name}") } else { format!("fig-{name}-{}", same + 1) };
        let captioned = title.split('|').next().is_some_and(|caption| !caption.trim().is_empty());
        number += usize::from(captioned);
        figures.push(Figure { name, id, number: captioned.then_some(number) });
    }
    figures
}

/// Whether the picture whose content begins here ends its paragraph.
fn alone(events: &Events<'_>, from: usize) -> bool {
    let mut depth = 1;
    for (at, (event, _)) in events.iter().enumerate().skip(from) {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return matches!(events.get(at + 1), Some((Event::End(TagEnd::Paragraph), _)));
        }
    }
    false
}

/// Opens the next figure; its number belongs before its caption.
pub(super) fn open(writer: &mut Writer<'_, '_>) -> Option<usize> {
    let figure = writer.figures.get(writer.figure).cloned();
    writer.figure += 1;
    let Some(figure) = figure else {
        writer.out.push_str("<figure class=\"figure\">");
        return None;
    };
    writer.out.push_str("<figure class=\"figure\" id=\"");
    // Writing into a String cannot fail.
    let _ = escape_html(&mut writer.out, &figure.id);
    writer.out.push_str("\">");
    figure.number
}

/// Writes `Figure 1.` before a caption.
pub(super) fn number(writer: &mut Writer<'_, '_>, number: usize) {
    let Some((setting, _)) = writer.site else { return };
    let label = setting.words.word("figures.label").replace("{n}", &number.to_string());
    writer.out.push_str("<span class=\"figure-number\">");
    writer.text(&label);
    writer.out.push_str("</span> ");
}

/// Writes a link to a figure, if the key names one; says whether it did.
pub(super) fn mention(writer: &mut Writer<'_, '_>, key: &str, span: &Range<usize>) -> bool {
    let Some(name) = key.strip_prefix(FIGURE) else { return false };
    let Some((setting, _)) = writer.site else { return false };
    let found = writer.figures.iter().find(|figure| figure.name == name).cloned();
    match found {
        Some(Figure { id, number: Some(number), .. }) => {
            writer.out.push_str("<a class=\"figure-ref\" href=\"#");
            let _ = escape_href(&mut writer.out, &id);
            writer.out.push_str("\">");
            writer.text(&setting.words.word("figures.name").replace("{n}", &number.to_string()));
            writer.out.push_str("</a>");
        }
        Some(_) => writer.find(Finding {
            help: Some("write one behind the address: `![What it shows](picture.svg \"The caption\")`".into()),
            ..Finding::new(
                &codes::UNKNOWN_FIGURE,
                format!("the picture `{name}` has no caption, so it has no number"),
                span.clone(),
            )
        }),
        None => {
            let names: Vec<String> = writer.figures.iter().map(|figure| figure.name.clone()).collect();
            let near = nearest(name, names.iter().map(String::as_str));
            let help = match names.is_empty() {
                true => "a figure is a picture alone in its paragraph, in the text that refers to it".to_string(),
                false => format!("the figures of this text are: {}", names.join(", ")),
            };
            writer.find(Finding {
                label: near.map(|near| format!("did you mean `@{FIGURE}{near}`?")),
                help: Some(help),
                ..Finding::new(&codes::UNKNOWN_FIGURE, format!("this text has no figure called `{name}`"), span.clone())
            });
        }
    }
    true
}
