//! Figures: which pictures of a text are numbered, and the links to them.
//!
//! Owns numbers and ids. Every figure with a caption is numbered in an article, elsewhere only where the text refers
//! to one: a single picture on a page about the practice needs no number. Printing the picture is `spans`'.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::blocks;
use super::writer::{Events, Writer};
use super::written::Finding;
use crate::diagnostic::{codes, nearest};
use crate::document::citations::FIGURE;
use crate::document::directives::Line;

/// A picture alone in its paragraph, or beside others.
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
pub(super) fn find(events: &Events<'_>, lines: &[Line]) -> Vec<Figure> {
    let galleries = blocks::galleries(lines);
    let mut figures: Vec<Figure> = Vec::new();
    let mut number = 0;
    let begun = events.iter().enumerate().filter(|(_, (event, _))| holds_lines(event));
    let in_gallery = |at: usize| galleries.iter().any(|gallery| gallery.contains(&events[at].1.start));
    for group in begun.filter_map(|(at, _)| group(events, at, in_gallery(at))) {
        for picture in &group.pictures {
            let file = picture.dest.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            let name = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_string();
            let same = figures.iter().filter(|figure| figure.name == name).count();
            let id = if same == 0 { format!("fig-{name}") } else { format!("fig-{name}-{}", same + 1) };
            let captioned = !caption(picture.title).0.is_empty();
            number += usize::from(captioned);
            figures.push(Figure { name, id, number: captioned.then_some(number) });
        }
    }
    figures
}

/// A picture that shares its block with other pictures at most.
pub(super) struct Alone<'e> {
    /// Where the link around it begins in the events, if there is one.
    pub link: Option<usize>,
    /// Where it begins in the events.
    pub at: usize,
    pub dest: &'e str,
    pub title: &'e str,
}

/// The pictures of a block that holds nothing else.
pub(super) struct Group<'e> {
    pub pictures: Vec<Alone<'e>>,
    /// Where the block's end, or the next block in it, stands in the events.
    pub end: usize,
}

/// Whether lines of text may stand in what begins here, and a figure in their place.
fn holds_lines(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::DefinitionListDefinition))
}

/// The figures of the block that begins here: a picture alone in its paragraph is one, several side by side are some as soon
/// as one has something to say, or stand in a gallery. In lists and tables, where small pictures stand, only those that
/// have are figures.
pub(super) fn group<'e>(events: &'e Events<'_>, begins: usize, in_gallery: bool) -> Option<Group<'e>> {
    let in_paragraph = matches!(events.get(begins)?.0, Event::Start(Tag::Paragraph));
    let mut group = Group { pictures: Vec::new(), end: begins + 1 };
    let mut link = None;
    loop {
        match &events.get(group.end)?.0 {
            Event::SoftBreak | Event::HardBreak => {}
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Start(Tag::Link { .. }) => link = Some(group.end),
            // A link with two pictures, or with none, is a line of text.
            Event::End(TagEnd::Link) if link.is_none() => {}
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let at = group.end;
                group.end = image_end(events, at);
                let link = link.take();
                if link.is_some() && !matches!(events.get(group.end + 1)?.0, Event::End(TagEnd::Link)) {
                    return None;
                }
                group.pictures.push(Alone { link, at, dest: dest_url, title });
            }
            Event::Start(tag) if !is_inline(tag) => break,
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::DefinitionListDefinition) => {
                break;
            }
            _ => return None,
        }
        group.end += 1;
    }
    let says = group.pictures.iter().any(|picture| caption(picture.title) != ("", ""));
    let several = group.pictures.len() > 1 && !in_gallery;
    (says || in_paragraph && !several && !group.pictures.is_empty()).then_some(group)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Where a picture that begins here ends in the events.
fn image_end(events: &Events<'_>, begins: usize) -> usize {
    let mut depth = 0;
    let end = events.iter().enumerate().skip(begins).find(|(_, (event, _))| {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map_or(events.len(), |(at, _)| at)
}

/// What stands behind a picture's address, as caption and credit.
pub(super) fn caption(title: &str) -> (&str, &str) {
    title.split_once('|').map_or((title.trim(), ""), |(caption, credit)| (caption.trim(), credit.trim()))
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
            help: Some("add one after the address: `![What it shows](picture.svg \"The caption\")`".into()),
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
                true => "a figure is a picture in a paragraph of its own, in the same text".to_string(),
                false => format!("the figures in this text are: {}", names.join(", ")),
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
