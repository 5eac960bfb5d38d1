//! What a text is written with, and what it becomes: markup, with what was found in it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::contract::view::ReferenceView;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::directives::DirectiveKind;
use crate::document::markdown::Heading;
use crate::markup::citations::Group;
use crate::route::Routes;
use crate::rules;
use crate::site::Site;
use crate::source::SourcePath;
use crate::theme::words::Words;

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
    pub(super) fn size(&self, place: &str) -> &'a str {
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
    /// The drawings that [`drawn`](super::drawn) puts into the markup, by their number.
    pub drawings: Vec<String>,
    /// Its citations, whose marks stand in it until they are put in.
    pub(super) groups: Vec<Group>,
    /// Whether raw HTML was copied into it.
    pub(super) raw: bool,
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
    pub(super) fn new(code: &'static Code, message: impl Into<String>, span: Range<usize>) -> Finding {
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
