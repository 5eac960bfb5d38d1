//! Markdown events as HTML.
//!
//! Owns the markup of every text: headings with ids, figures, footnotes, alerts, tables, callouts, links as
//! addresses of pages. Finds what is wrong with links and pictures on the way, because only here is every
//! one of them seen. Does not parse (`document::markdown` does) and knows no template: what a directive
//! prints is put into its mark by `render::body`.

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

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::citations::{self, Group};
use super::view::ReferenceView;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::document::directives::{self, DirectiveKind, Fault};
use crate::document::markdown::{self, Heading, References};
use crate::document::model::RawHtml;
use crate::document::quotes;
use crate::route::Routes;
use crate::rules;
use crate::site::Site;
use crate::source::SourcePath;
use crate::theme::words::Words;
pub(crate) use accessible::says_nothing;
pub use drawings::{drawn, pictured};
pub use spans::link_fault as link_finding;
pub(crate) use unmade::{in_written, may_hold as may_hold_marks};
use writer::Writer;

/// Stands before and after the number of a directive in a written text, until what it prints is put in.
pub const DIRECTIVE: char = '\u{e001}';

/// What a text is written with.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The model.
    pub site: &'a Site,
    /// The addresses.
    pub routes: &'a Routes,
    /// The theme's words.
    pub words: &'a Words,
    /// Whether links name `index.html`.
    pub portable: bool,
    /// How wide the theme shows pictures, by the place: values of `sizes`.
    pub sizes: &'a BTreeMap<String, String>,
}

impl<'a> Setting<'a> {
    /// How wide the theme shows a picture in a place: `text`, `wide`, `card`.
    fn size(&self, place: &str) -> &'a str {
        self.sizes.get(place).map_or("100vw", String::as_str)
    }
}

/// A text to be written.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// The file that it stands in.
    pub path: &'a SourcePath,
    /// The markdown.
    pub markdown: &'a str,
    /// The headings that the document's facts name, in order; none for short texts, such as those in front matter.
    pub headings: Option<&'a [Heading]>,
    /// Whether its figures are numbered although it refers to none.
    pub numbers_figures: bool,
    /// The language, as a tag.
    pub lang: &'a str,
}

/// A text as markup.
#[derive(Clone, Default, Debug)]
pub struct Written {
    /// The markup, with marks for addresses and directives.
    pub html: String,
    /// The works that it cites; none for short texts, whose citations lead to the works themselves.
    pub references: Vec<ReferenceView>,
    /// The directives whose output belongs where [`DIRECTIVE`] marks stand, by their number, each with the words
    /// after its name.
    pub directives: Vec<(DirectiveKind, String)>,
    /// The drawings that [`drawn`] puts into the markup, by their number.
    pub drawings: Vec<String>,
    /// Its citations, whose marks stand in it until they are put in.
    groups: Vec<Group>,
    /// Whether raw HTML was copied into it.
    raw: bool,
    /// What is wrong with it; places are offsets into the markdown.
    pub findings: Vec<Finding>,
}

/// A finding in a text whose place in the file is not known here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Its kind.
    pub code: &'static Code,
    /// What is wrong.
    pub message: String,
    /// Where, in the markdown.
    pub span: Range<usize>,
    /// The text under the caret.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Finding {
    fn new(code: &'static Code, message: impl Into<String>, span: Range<usize>) -> Finding {
        Finding { code, message: message.into(), span, label: None, help: None }
    }

    /// The finding at a place of its file.
    pub fn place(self, path: &SourcePath, span: Range<usize>) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(self.code, self.message).at(path, span);
        diagnostic.label = self.label;
        diagnostic.help = self.help;
        diagnostic.basis = rules::find(self.code.name).and_then(|rule| rule.cases.first()).map(|case| &case.basis);
        diagnostic
    }
}

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
