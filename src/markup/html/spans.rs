//! Links and pictures: their addresses, and what is wrong with them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

use super::writer::Writer;
use super::written::Finding;
use super::{accessible, drawings, figures};
use crate::contract::view::PictureView;
use crate::diagnostic::codes;
use crate::markup::pictures;
use crate::route::address;
use crate::route::links::{self, Link};

pub(super) fn link_start(writer: &mut Writer<'_, '_>, kind: LinkType, dest: &str, title: &str, span: &Range<usize>) {
    let href = match writer.site {
        None if kind == LinkType::Email => format!("mailto:{dest}"),
        None => dest.to_string(),
        Some(_) if kind == LinkType::Email => format!("mailto:{dest}"),
        Some((setting, text)) => match links::resolve(setting.site, setting.routes, text.path, dest) {
            Link::Page { url, fragment } => {
                let url = fragment.map_or(url.clone(), |fragment| format!("{url}#{fragment}"));
                address::inside(&url, setting.portable)
            }
            Link::File { url, .. } => address::inside(&url, setting.portable),
            Link::Here(fragment) => format!("#{fragment}"),
            Link::Elsewhere(address) => address,
            // The words stay; a link without an address is one that cannot be followed.
            ended @ Link::Ended { .. } => {
                let place = destination(text.markdown, span, dest);
                writer.find(link_fault(&ended, dest, place));
                writer.out.push_str("<a>");
                writer.links.push(writer.out.len());
                return;
            }
            fault => {
                let place = destination(text.markdown, span, dest);
                writer.find(link_fault(&fault, dest, place));
                return link_open(writer, dest, title);
            }
        },
    };
    spaced(writer, dest, span);
    link_open(writer, &href, title);
    // `<tel:+15035550142>` is read as a number.
    let said = ["tel:", "mailto:", "sms:"].iter().find_map(|scheme| dest.strip_prefix(scheme));
    if let Some(said) = said.filter(|_| kind == LinkType::Autolink && writer.site.is_some()) {
        writer.at += 1;
        writer.text(said);
    }
}

fn link_open(writer: &mut Writer<'_, '_>, href: &str, title: &str) {
    writer.out.push_str("<a href=\"");
    address::write(&mut writer.out, href);
    writer.out.push('"');
    if !title.is_empty() {
        writer.out.push_str(" title=\"");
        let _ = escape_html(&mut writer.out, title);
        writer.out.push('"');
    }
    writer.out.push('>');
    writer.links.push(writer.out.len());
}

pub(super) fn link_end(writer: &mut Writer<'_, '_>) {
    let begun = writer.links.pop().unwrap_or(0);
    let words = &writer.out[begun.min(writer.out.len())..];
    let span = || writer.events.get(writer.at - 1).map_or(0..0, |(_, span)| span.clone());
    // The longest vague phrase is shorter than this; most links are longer.
    if writer.site.is_some() && words.len() < 24 && !words.trim().is_empty() {
        let (words, span) = (words.to_string(), span());
        accessible::link(writer, &words, &span);
    } else if writer.site.is_some() && words.trim().is_empty() {
        let span = span();
        writer.find(Finding {
            help: Some("write some text between the square brackets".into()),
            ..Finding::new(&codes::EMPTY_LINK, "this link has no words", span)
        });
    }
    writer.out.push_str("</a>");
}

/// The finding for an address that leads nowhere.
pub fn link_fault(fault: &Link, dest: &str, place: Range<usize>) -> Finding {
    match fault {
        Link::Unsafe => Finding {
            help: Some("link to a page, a file, an email address or a phone number".into()),
            ..Finding::new(&codes::UNSAFE_LINK, format!("`{dest}` isn't an address that a link can use"), place)
        },
        Link::NoAnchor { fragment, near } => Finding {
            label: near.as_ref().map(|near| format!("did you mean `#{near}`?")),
            ..Finding::new(&codes::BROKEN_ANCHOR, format!("that page has no heading called `{fragment}`"), place)
        },
        Link::Broken { reason, near } => Finding {
            label: near.as_ref().map(|near| format!("did you mean `{near}`?")),
            help: reason.clone(),
            ..Finding::new(&codes::BROKEN_LINK, format!("`{dest}` doesn't lead to a page or file on this site"), place)
        },
        Link::Ended { since } => Finding {
            help: Some("remove the link, or link to another page".into()),
            ..Finding::new(
                &codes::ENDED_TARGET,
                format!("`{dest}` expired on {since}, so this is no longer a link"),
                place,
            )
        },
        _ => Finding::new(&codes::BROKEN_LINK, format!("`{dest}` doesn't lead anywhere"), place),
    }
}

/// The address inside a link's stretch of text.
fn destination(markdown: &str, span: &Range<usize>, dest: &str) -> Range<usize> {
    let found = markdown.get(span.clone()).and_then(|link| link.rfind(dest));
    found.filter(|_| !dest.is_empty()).map_or(span.clone(), |at| span.start + at..span.start + at + dest.len())
}

/// Tells of an address that is read as it was meant although it holds a space.
fn spaced(writer: &mut Writer<'_, '_>, dest: &str, span: &Range<usize>) {
    let Some((_, text)) = writer.site.filter(|_| dest.contains(' ')) else { return };
    let place = destination(text.markdown, span, dest);
    if place != *span && !text.markdown[..place.start].ends_with('<') {
        writer.find(Finding {
            help: Some(format!("write `<{dest}>` so that other programs can read it, too")),
            ..Finding::new(&codes::SPACE_IN_ADDRESS, format!("there's a space in the address `{dest}`"), place)
        });
    }
}

/// Where a picture ends in the events, and its text, from the event after its start.
fn alt_text(writer: &Writer<'_, '_>, from: usize) -> (String, usize) {
    let mut alt = String::new();
    let mut depth = 1;
    let mut at = from;
    while let Some((event, _)) = writer.events.get(at) {
        at += 1;
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::InlineHtml(html) if writer.site.is_none() => alt.push_str(html),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    (alt, at)
}

/// A picture in a line of text.
pub(super) fn image(writer: &mut Writer<'_, '_>, dest: &str, title: &str, span: &Range<usize>) {
    let (alt, next) = alt_text(writer, writer.at);
    writer.at = next;
    let at_once = writer.out.is_empty();
    let html = image_tag(writer, dest, &alt, title, span, at_once, false);
    let (caption, credit) = figures::caption(title);
    if writer.site.is_none() || (caption, credit) == ("", "") {
        writer.out.push_str(&html);
        return;
    }
    // No figure can stand in a line of text.
    writer.out.push_str("<span class=\"captioned\">");
    writer.out.push_str(&html);
    writer.out.push_str(" <span class=\"caption\">");
    said(writer, caption, credit);
    writer.out.push_str("</span></span>");
}

fn image_tag(
    writer: &mut Writer<'_, '_>,
    dest: &str,
    alt: &str,
    title: &str,
    span: &Range<usize>,
    at_once: bool,
    in_figure: bool,
) -> String {
    let mut out = String::from("<img src=\"");
    let Some((setting, text)) = writer.site else {
        address::write(&mut out, dest);
        out.push_str("\" alt=\"");
        let _ = escape_html(&mut out, alt);
        out.push('"');
        if !title.is_empty() {
            out.push_str(" title=\"");
            let _ = escape_html(&mut out, title);
            out.push('"');
        }
        out.push_str(" />");
        return out;
    };
    let place = destination(text.markdown, span, dest);
    if alt.trim().is_empty() {
        writer.find(Finding {
            help: Some("describe it in a short sentence: `![A path between tall trees](…)`".into()),
            ..Finding::new(&codes::MISSING_ALT, "this picture has no alt text", span.clone())
        });
    }
    accessible::picture(writer, dest, alt, span);
    match pictures::find(setting.site, setting.routes, text.path, dest) {
        // What a text begins with is in sight when its page opens.
        Ok(picture) => {
            spaced(writer, dest, span);
            let view = picture.view(&address::unmarked(alt), setting.portable);
            let html = picture_tag(&view, setting.size(writer.place()), at_once);
            return if in_figure { drawings::mark(writer, html, &picture, alt) } else { html };
        }
        Err(fault) => {
            writer.find(fault.finding(dest, place));
            out.push_str("\" alt=\"\">");
        }
    }
    out
}

/// A picture as themes print it too (`Picture` in `parts.html`): its smaller formats before the one for every browser.
fn picture_tag(picture: &PictureView, sizes: &str, at_once: bool) -> String {
    let mut out = String::new();
    let attribute = |out: &mut String, name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!(" {name}=\""));
            // Writing into a String cannot fail.
            let _ = escape_html(&mut *out, value);
            out.push('"');
        }
    };
    if !picture.sources.is_empty() {
        out.push_str("<picture>");
    }
    for source in &picture.sources {
        out.push_str("<source");
        attribute(&mut out, "type", &source.media_type);
        attribute(&mut out, "srcset", &source.srcset);
        attribute(&mut out, "sizes", sizes);
        out.push('>');
    }
    out.push_str("<img");
    attribute(&mut out, "src", &picture.src);
    attribute(&mut out, "srcset", &picture.srcset);
    attribute(&mut out, "sizes", if picture.srcset.is_empty() { "" } else { sizes });
    out.push_str(" alt=\"");
    let _ = escape_html(&mut out, &picture.alt);
    out.push('"');
    if let (Some(width), Some(height)) = (picture.width, picture.height) {
        out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    if let Some(tone) = &picture.tone {
        attribute(&mut out, "class", &format!("tone-{tone}"));
    }
    out.push_str(if at_once { " fetchpriority=\"high\">" } else { " loading=\"lazy\" decoding=\"async\">" });
    if !picture.sources.is_empty() {
        out.push_str("</picture>");
    }
    out
}

/// Pictures alone in a block that has just begun become figures; says whether they did. The end of a paragraph is read with
/// them, because no paragraph is written.
pub(super) fn figures(writer: &mut Writer<'_, '_>) -> bool {
    let events = writer.events;
    let begins = writer.at - 1;
    let in_gallery = writer.place() == "card";
    let Some(group) = figures::group(events, begins, in_gallery) else { return false };
    let mut at_once = writer.out.is_empty();
    let several = group.pictures.len() > 1;
    writer.line();
    if several {
        writer.out.push_str("<div class=\"figures\">\n");
    }
    for picture in &group.pictures {
        let (alt, next) = alt_text(writer, picture.at + 1);
        let html = image_tag(writer, picture.dest, &alt, "", &events[picture.at].1, std::mem::take(&mut at_once), true);
        let number = figures::open(writer);
        let link = picture.link.and_then(|at| events.get(at));
        if let Some((Event::Start(Tag::Link { link_type, dest_url, title, .. }), span)) = link {
            link_start(writer, *link_type, dest_url, title, span);
            writer.out.push_str(&html);
            writer.at = next + 1;
            link_end(writer);
        } else {
            writer.out.push_str(&html);
        }
        let (caption, credit) = figures::caption(picture.title);
        if (caption, credit) != ("", "") {
            writer.out.push_str("<figcaption>");
            if let Some(number) = number {
                figures::number(writer, number);
            }
            said(writer, caption, credit);
            writer.out.push_str("</figcaption>");
        }
        writer.out.push_str("</figure>\n");
    }
    if several {
        writer.out.push_str("</div>\n");
    }
    let paragraph = matches!(events.get(begins), Some((Event::Start(Tag::Paragraph), _)));
    writer.at = group.end + usize::from(paragraph);
    true
}

/// Writes what is said of a picture.
fn said(writer: &mut Writer<'_, '_>, caption: &str, credit: &str) {
    writer.text(caption);
    if !credit.is_empty() {
        writer.out.push_str(" <span class=\"credit\">");
        writer.text(credit);
        writer.out.push_str("</span>");
    }
}
