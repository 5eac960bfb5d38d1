//! What pages say to the sections, fields and layouts that a theme brings.
//!
//! Owns the step from a page's values to what templates see, and what is told of values that the theme doesn't take. A theme
//! that doesn't know a section or a field at all leaves it out, and says so: another theme may show it again. What a theme
//! brings, and how a value is read, is `theme::own`'s.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::maker::Maker;
use crate::contract::view::*;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes, nearest};
use crate::document::Document;
use crate::document::model::{BlockKind, Common, OwnFields, Section, SettingValue};
use crate::document::schema::Misfit;
use crate::markup::html::in_written;
use crate::rules::leftovers;
use crate::site::{Entry, Page};
use crate::theme::own::{self, Definitions, FieldDefinition, FieldKind, Fielded};
use crate::theme::{Place, Shown};
use crate::yaml::{Path, Value};

impl Maker<'_> {
    /// What a page says to the fields that the theme has for its kind.
    pub fn fields_of<T>(
        &self,
        kind: Fielded,
        entry: &Entry<T>,
        common: Common<'_>,
        diagnostics: &mut Diagnostics,
    ) -> FieldsView {
        let definitions = self.theme.own.fields.of(kind);
        self.lenient(definitions, &entry.document, &Path::of("theme"), common.own, diagnostics)
    }

    /// What a section that every theme knows says to the fields that this theme adds.
    pub fn fields_beside(
        &self,
        page: &Page,
        index: usize,
        kind: &str,
        given: &OwnFields,
        diagnostics: &mut Diagnostics,
    ) -> FieldsView {
        let none = Definitions::default();
        let definitions = self.theme.own.sections.get(kind).map_or(&none, |section| &section.fields);
        let at = Path::of("sections").entry(index).field("theme");
        self.lenient(definitions, &page.document, &at, given, diagnostics)
    }

    /// What a section that the theme brings says; `None` where it brings none of this name.
    pub fn fields_of_section(
        &self,
        page: &Page,
        index: usize,
        kind: &str,
        given: &OwnFields,
        diagnostics: &mut Diagnostics,
    ) -> Option<FieldsView> {
        let at = Path::of("sections").entry(index);
        let Some(section) = self.theme.own.sections.get(kind) else {
            let known = Section::KINDS.iter().copied().chain(self.theme.own.section_names());
            let all: Vec<&str> = known.collect();
            let place = page.document.locate_path(&at.field("type")).value;
            let near = nearest(kind, all.iter().copied());
            let finding = match near {
                Some(_) => Diagnostic::new(&codes::INVALID_VALUE, format!("there's no section called `{kind}`"))
                    .suggest(kind, all),
                None => self
                    .lacks(format!("has no section called `{kind}`, so the page doesn't show it"))
                    .help(format!("its sections are: {}", all.join(", "))),
            };
            diagnostics.push(finding.at(&page.document.path, place));
            return None;
        };
        Some(self.read(&section.fields, &page.document, &at, &given.0, diagnostics))
    }

    /// Tells of sections that stand on a page more often than the theme allows.
    pub fn tell_too_many(&self, page: &Page, diagnostics: &mut Diagnostics) {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for (index, block) in page.front.sections.iter().enumerate() {
            let BlockKind::Own(kind) = &block.kind else { continue };
            let Some(most) = self.theme.own.sections.get(kind).and_then(|section| section.most) else { continue };
            let count = counts.entry(kind).or_default();
            *count += 1;
            if *count == most + 1 {
                let message = format!("a page can have {most} of the section `{kind}`; this is one more");
                let place = page.document.locate_path(&Path::of("sections").entry(index).field("type")).value;
                diagnostics.push(Diagnostic::new(&codes::INVALID_VALUE, message).at(&page.document.path, place));
            }
        }
    }

    /// The template of a layout that the theme brings; the one of every page where it brings none of this name.
    pub fn layout(&self, page: &Page, name: &str, diagnostics: &mut Diagnostics) -> Cow<'static, str> {
        let own = &self.theme.own.layouts;
        if own.contains(name) {
            return format!("layouts/{name}.html").into();
        }
        const KNOWN: [&str; 6] = ["page", "contact", "fees", "faq", "policy", "landing"];
        let all: Vec<&str> = KNOWN.into_iter().chain(own.iter().map(String::as_str)).collect();
        let finding = match nearest(name, all.iter().copied()) {
            Some(_) => {
                Diagnostic::new(&codes::INVALID_VALUE, format!("there's no layout called `{name}`")).suggest(name, all)
            }
            None => self
                .lacks(format!("has no layout called `{name}`, so the page looks like any other"))
                .help(format!("its layouts are: {}", all.join(", "))),
        };
        diagnostics.push(finding.at(&page.document.path, page.document.locate("layout").value));
        "page.html".into()
    }

    /// The values that stand below `at`. What no field takes is told and left out.
    fn lenient(
        &self,
        definitions: &Definitions,
        document: &Document,
        at: &Path,
        given: &OwnFields,
        diagnostics: &mut Diagnostics,
    ) -> FieldsView {
        if definitions.0.is_empty() && given.0.is_empty() {
            return FieldsView::new();
        }
        let (known, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            given.0.clone().into_iter().partition(|(name, _)| definitions.0.contains_key(name));
        let taken: BTreeSet<&str> = definitions.0.keys().map(String::as_str).collect();
        for name in others.keys() {
            let located = document.locate_path(&at.field(name));
            let mut finding = self.lacks(format!("has no field called `{name}` here, so it shows nothing of it"));
            finding = finding.suggest(name, taken.iter().copied());
            if finding.label.is_none() {
                finding.severity = Severity::Note;
            }
            diagnostics.push(finding.at(&document.path, located.key.unwrap_or(located.value)));
        }
        self.read(definitions, document, at, &known, diagnostics)
    }

    /// The values that stand below `at`, with everything that is wrong with them.
    fn read(
        &self,
        definitions: &Definitions,
        document: &Document,
        at: &Path,
        given: &BTreeMap<String, SettingValue>,
        diagnostics: &mut Diagnostics,
    ) -> FieldsView {
        let below = |part: &Path| {
            let mut path = at.clone();
            path.0.extend(part.0.iter().cloned());
            path
        };
        let place = |part: &Path| Place {
            path: document.path.clone(),
            span: document.locate_path(&below(part)).value,
            is_own: true,
        };
        let (values, misfits) = own::read(definitions, given, &place);
        for Misfit { path, at_name, code, message, label, help, .. } in misfits {
            let located = document.locate_path(&below(&path));
            let at_name = at_name || code == &codes::MISSING_FIELD;
            let span = located.key.filter(|_| at_name).unwrap_or(located.value);
            let mut finding = Diagnostic::new(code, message).at(&document.path, span);
            (finding.label, finding.help) = (label, help);
            diagnostics.push(finding);
        }
        for (name, field) in &definitions.0 {
            let Some(given) = given.get(name) else { continue };
            tell_left_over(field, &given.0, document, &below(&Path::default().field(name)), diagnostics);
        }
        self.tell_without_alt(&values, diagnostics);
        self.values(&values, Some(self.lang(document)), diagnostics)
    }

    /// Tells of pictures that nobody describes. An empty text says that there is nothing to describe.
    fn tell_without_alt(&self, values: &crate::theme::Fields, diagnostics: &mut Diagnostics) {
        for value in values.values().flatten() {
            match value {
                Shown::Picture(Some(picture)) if picture.place.is_own && picture.alt.is_none() => diagnostics.push(
                    Diagnostic::new(&codes::MISSING_ALT, "this picture has no alt text")
                        .at(&picture.place.path, picture.place.span.clone())
                        .help("write `{ file: …, alt: … }` with a short sentence that describes it"),
                ),
                Shown::Entries(entries) => entries.iter().for_each(|entry| self.tell_without_alt(entry, diagnostics)),
                _ => {}
            }
        }
    }

    fn lacks(&self, what: String) -> Diagnostic {
        Diagnostic::new(&codes::THEME_LACKS, format!("the theme `{}` {what}", self.theme.name))
    }
}

/// Tells of marks in texts of one line, which are shown as they stand. What is markdown is looked at where it is written.
fn tell_left_over(
    field: &FieldDefinition,
    given: &Value,
    document: &Document,
    at: &Path,
    diagnostics: &mut Diagnostics,
) {
    match field.kind {
        FieldKind::Text => {
            let span = document.locate_path(at).value;
            let written = document.text().get(span.clone()).unwrap_or_default();
            for (place, message, row) in in_written(written, span.start) {
                let finding = Diagnostic::new(&leftovers::rules().markup_left_over.info.code, message);
                diagnostics.push(finding.at(&document.path, place).help(&row.mend));
            }
        }
        FieldKind::List => {
            let entry = FieldDefinition { kind: FieldKind::Text, ..field.clone() };
            for (index, given) in given.as_sequence().into_iter().flatten().enumerate() {
                tell_left_over(&entry, given, document, &at.clone().entry(index), diagnostics);
            }
        }
        FieldKind::Entries => {
            for (index, entry) in given.as_sequence().into_iter().flatten().enumerate() {
                for (name, field) in &field.fields {
                    let Some(given) = entry.get(name) else { continue };
                    let at = at.clone().entry(index).field(name);
                    tell_left_over(&field.alone(), given, document, &at, diagnostics);
                }
            }
        }
        _ => {}
    }
}
