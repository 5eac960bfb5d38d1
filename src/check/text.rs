//! The published text of a file, piece by piece, with its places.
//!
//! Owns what a visitor can read of a markdown file or of practice.yaml, and in which role: a title, a heading,
//! prose. Comments and code are no pieces. Reads a file only when a pattern was found in it somewhere.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::document::UNSAID;
use crate::document::directives;
use crate::document::markdown::{self, References};
use crate::document::model::OWN;
use crate::yaml::{self, Path, Step};

/// What a piece of text is to a reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// A name or a title of the practice, of a person's profession, of a service, of a page.
    Title,
    /// A heading in a text.
    Heading,
    /// A sentence that describes the practice, a person or a service.
    Summary,
    /// Everything else.
    Prose,
    /// Words of somebody else.
    Quotation,
    /// An address that a link or a picture leads to.
    Address,
}

/// A stretch of published text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// Where it stands in the file.
    pub span: Range<usize>,
    /// What it is.
    pub role: Role,
}

/// The pieces of practice.yaml.
pub(super) fn of_practice(text: &str) -> Vec<Piece> {
    // The words of the navigation are those of its pages.
    of_yaml(text, 0, |field| field == "navigation" || UNSAID.contains(&field))
}

/// The pieces of a page's front matter, which begins at `offset` in its file. What it says to its theme is shown, too.
pub(super) fn of_front_matter(text: &str, offset: usize) -> Vec<Piece> {
    of_yaml(text, offset, |field| field != OWN && UNSAID.contains(&field))
}

fn of_yaml(text: &str, offset: usize, is_unpublished: impl Fn(&str) -> bool) -> Vec<Piece> {
    let scalars = yaml::scalars(text).into_iter();
    let shown = scalars.filter(|(path, _)| !matches!(path.0.first(), Some(Step::Field(top)) if is_unpublished(top)));
    shown.map(|(path, span)| Piece { span: offset + span.start..offset + span.end, role: role(&path) }).collect()
}

fn role(path: &Path) -> Role {
    let fields: Vec<&str> = path
        .0
        .iter()
        .filter_map(|step| match step {
            Step::Field(name) => Some(name.as_str()),
            Step::Entry(_) => None,
        })
        .collect();
    match fields.as_slice() {
        ["name" | "short_name" | "legal_name" | "title" | "role_title" | "tagline"] => Role::Title,
        ["summary" | "description"] => Role::Summary,
        ["testimonials", ..] => Role::Quotation,
        [.., "heading"] => Role::Heading,
        _ => Role::Prose,
    }
}

/// The pieces of a markdown text that begins at `offset` in its file.
pub(super) fn of_markdown(text: &str, offset: usize) -> Vec<Piece> {
    let masked = directives::mask(text);
    let mut references = References::default();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut reader = Reader { role: Role::Prose, quotations: 0, code: false, run: None, cited: 0 };
    for (event, span) in markdown::events(&masked, &mut references) {
        reader.read(event, span, &mut pieces);
    }
    reader.end_run(&mut pieces);
    pieces.retain(|piece| !text[piece.span.clone()].trim().is_empty());
    for piece in &mut pieces {
        piece.span = offset + piece.span.start..offset + piece.span.end;
    }
    pieces
}

struct Reader {
    role: Role,
    quotations: usize,
    code: bool,
    /// Citations that are open: their own text is a reference's.
    cited: usize,
    /// Text that goes on: the parser cuts it at every mark, a pattern must not care.
    run: Option<Range<usize>>,
}

impl Reader {
    fn read(&mut self, event: Event<'_>, span: Range<usize>, pieces: &mut Vec<Piece>) {
        match event {
            Event::Text(_) if self.code => {}
            Event::Text(_) if self.cited > 0 => {}
            Event::Text(_) | Event::SoftBreak => self.extend(span),
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with(markdown::CITATION) => {
                self.end_run(pieces);
                self.cited += 1;
            }
            Event::End(TagEnd::Link) if self.cited > 0 => self.cited -= 1,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                // Where the address stands is known only as "somewhere in the link".
                if dest_url.contains("://") || dest_url.contains('.') {
                    pieces.push(Piece { span, role: Role::Address });
                }
            }
            // Emphasis does not part a text.
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {}
            Event::Start(Tag::Heading { .. }) => {
                self.end_run(pieces);
                self.role = Role::Heading;
            }
            Event::End(TagEnd::Heading(_)) => {
                self.end_run(pieces);
                self.role = Role::Prose;
            }
            Event::Start(Tag::BlockQuote(None)) => {
                self.end_run(pieces);
                self.quotations += 1;
            }
            Event::End(TagEnd::BlockQuote(None)) => {
                self.end_run(pieces);
                self.quotations = self.quotations.saturating_sub(1);
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.end_run(pieces);
                self.code = true;
            }
            Event::End(TagEnd::CodeBlock) => self.code = false,
            _ => self.end_run(pieces),
        }
    }

    fn extend(&mut self, span: Range<usize>) {
        match &mut self.run {
            Some(run) => run.end = run.end.max(span.end),
            None => self.run = Some(span),
        }
    }

    fn end_run(&mut self, pieces: &mut Vec<Piece>) {
        if let Some(span) = self.run.take() {
            let role = if self.quotations > 0 { Role::Quotation } else { self.role };
            pieces.push(Piece { span, role });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Role, &str)> {
        of_markdown(text, 0).into_iter().map(|piece| (piece.role, &text[piece.span])).collect()
    }

    #[test]
    fn what_is_published_and_what_is_not() {
        let text = "## A *bold* head\n\nOne [two](https://x.example/a) three.\n`TODO` <!-- TODO -->\n\n> said\n\n```\nTODO\n```\n";
        assert_eq!(
            read(text),
            [
                (Role::Heading, "A *bold* head"),
                (Role::Address, "[two](https://x.example/a)"),
                (Role::Prose, "One [two](https://x.example/a) three.\n"),
                (Role::Quotation, "said"),
            ]
        );
    }

    #[test]
    fn yaml_keeps_its_comments_to_itself() {
        let text = "name: A # TODO\ntheme: { name: TODO }\nfaqs: [{ question: Why?, answer: x }]\n";
        let found: Vec<_> = of_practice(text).into_iter().map(|piece| (piece.role, &text[piece.span])).collect();
        assert_eq!(found, [(Role::Title, "A"), (Role::Prose, "Why?"), (Role::Prose, "x")]);
    }
}
