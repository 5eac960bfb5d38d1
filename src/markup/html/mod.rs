//! Markdown events as HTML.
//!
//! Owns the markup of every text: headings with ids, figures, footnotes, alerts, tables, callouts, links as
//! addresses of pages. Finds what is wrong with links and pictures on the way, because only here is every
//! one of them seen. Does not parse (`document::markdown` does) and knows no template: what a directive
//! prints is put into its mark by `views::body`.

mod accessible;
mod blocks;
mod cited;
mod drawings;
mod figures;
mod notes;
mod raw;
mod spans;
mod unmade;
mod writer;
mod written;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::citations;
use crate::diagnostic::codes;
use crate::document::directives::{self, Fault};
use crate::document::markdown::{self, References};
use crate::document::model::RawHtml;
use crate::document::quotes;
pub(crate) use accessible::says_nothing;
pub use drawings::{drawn, pictured};
pub use spans::link_fault as link_finding;
pub(crate) use unmade::{in_written, may_hold as may_hold_marks};
use writer::Writer;
pub use written::{DIRECTIVE, Finding, Setting, Text, Written};

/// Writes a text of the site.
pub fn write(setting: Setting<'_>, text: Text<'_>) -> Written {
    let masked = directives::mask(text.markdown);
    let mut references = References::default();
    let mut events: Vec<(Event<'_>, Range<usize>)> = markdown::events(&masked, &mut references).collect();
    quotes::set(&mut events, text.markdown, text.lang);
    let mut writer = Writer::new(&events, Some((setting, text)), &masked.lines);
    if text.headings.is_some() && (text.numbers_figures || text.markdown.contains("@fig:")) {
        writer.figures = figures::find(&events, &masked.lines);
    }
    writer.run();
    let mut written = writer.finish();
    written.findings.extend(unmade::find(&events, text.markdown));
    for fault in &masked.faults {
        written.findings.push(directive_fault(fault));
    }
    drop(events);
    for (span, name) in references.undefined {
        let message = format!("there's no line `[{name}]: address` for this link");
        written.findings.push(Finding::new(&codes::UNDEFINED_REFERENCE_LINK, message, span));
    }
    if !written.groups.is_empty() {
        let cited = citations::Setting {
            references: &setting.site.references,
            style: setting.site.practice.value.citation_style,
            lang: text.lang,
            words: setting.words,
            listed: text.headings.is_some(),
        };
        let resolved = citations::resolve(cited, &written.html, &written.groups);
        (written.html, written.references) = (resolved.html, resolved.references);
    }
    if written.raw && setting.site.practice.value.raw_html == RawHtml::Sanitise {
        written.html = raw::clean(&written.html);
    }
    written
}

/// The words of a short text in one line, without markup.
pub fn words(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Text(part) | Event::Code(part) => words.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => words.push(' '),
            _ => {}
        }
    }
    words.trim_end().to_string()
}

/// Plain CommonMark as markup, through the same writer with everything of the site's own switched off.
pub fn write_commonmark(text: &str) -> String {
    let events: Vec<_> = Parser::new_ext(text, Options::empty()).into_offset_iter().collect();
    let mut writer = Writer::new(&events, None, &[]);
    writer.run();
    writer.finish().html
}

fn directive_fault(fault: &Fault) -> Finding {
    match fault {
        Fault::Unknown(span, name, near) => {
            let known = directives::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            Finding {
                label: near.map(|near| format!("did you mean `{near}`?")),
                help: Some(format!("the blocks are: {known}")),
                ..Finding::new(&codes::UNKNOWN_DIRECTIVE, format!("there's no block called `{name}`"), span.clone())
            }
        }
        Fault::NotClosed(span, name) => Finding {
            help: Some("put a line `:::` after the block".into()),
            ..Finding::new(
                &codes::DIRECTIVE_OPEN,
                format!("this `{name}` block has no closing `:::` line"),
                span.clone(),
            )
        },
        Fault::NotOpened(span) => {
            Finding::new(&codes::DIRECTIVE_CLOSE, "this line ends a block, but no block starts above it", span.clone())
        }
    }
}
