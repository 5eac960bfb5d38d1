//! `references.yaml`, `references.bib` and `references.json`: the works that articles cite.
//!
//! Owns reading the entries, each for itself so that a broken one hides no other, and the merging of the files. BibTeX's syntax
//! is `bibtex`'s, what an entry's fields mean `works`', how a citation reads is `markup::citations`'.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use super::bibtex;
use super::front_matter::Block;
use super::works::{self, ReadAt, Work};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::memo::Digest;
use crate::source::SourcePath;
use crate::yaml::{Path, Value};

/// A work that can be cited.
#[derive(Clone, PartialEq, Debug)]
pub struct Reference {
    /// What stands after `@` in a text.
    pub key: String,
    /// The work.
    pub work: Work,
    /// The file that lists it.
    pub path: SourcePath,
    /// Where its key stands there.
    pub span: Range<usize>,
}

/// The works of a site.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct References {
    /// The works by key.
    pub works: BTreeMap<String, Reference>,
    /// Keys whose entries are broken, which is a finding of its own: citing one is no second.
    pub broken: BTreeSet<String>,
    /// Tells the works apart from those before an edit.
    pub digest: Digest,
}

impl References {
    /// Adds the works of a file.
    pub(super) fn add(&mut self, block: Block<'_>, diagnostics: &mut Diagnostics) {
        self.digest = Digest::of(&(self.digest, block.path.as_str(), block.file));
        let read = match block.path.extension().as_str() {
            "bib" => bibtex::read(block, diagnostics),
            "json" => from_csl(block, diagnostics),
            _ => from_yaml(block, diagnostics),
        };
        for (key, span, entry) in read {
            let path = block.path.clone();
            match entry {
                Err(message) => {
                    self.broken.insert(key.clone());
                    diagnostics.push(
                        Diagnostic::new(&codes::BROKEN_REFERENCE_ENTRY, format!("`{key}` can't be read: {message}"))
                            .at(block.path, span)
                            .help(match block.path.extension().as_str() {
                                "bib" => "close each brace that is opened, and put a comma behind it: `author = {Rogers, Carl},`",
                                _ => "an entry needs at least `type`, `title`, `author` and `date`",
                            }),
                    );
                }
                Ok(work) => {
                    let work = Reference { key: key.clone(), work, path, span };
                    match self.works.get(&key) {
                        Some(first) => diagnostics.push(
                            Diagnostic::new(
                                &codes::DUPLICATE_REFERENCE,
                                format!("another work already has the key `{key}`"),
                            )
                            .at(&work.path, work.span)
                            .related(&first.path, first.span.clone(), "the first is here"),
                        ),
                        None => drop(self.works.insert(key, work)),
                    }
                }
            }
        }
    }
}

fn from_yaml(block: Block<'_>, diagnostics: &mut Diagnostics) -> Vec<ReadAt> {
    let map = match block.value(diagnostics) {
        Some(Value::Mapping(map)) => map,
        Some(Value::Null) | None => return Vec::new(),
        Some(_) => {
            let message = "this should be a list of works: `key:`, with its facts indented below";
            diagnostics.push(Diagnostic::new(&codes::WRONG_TYPE, message).about(block.path));
            return Vec::new();
        }
    };
    let (places, all) = (places(block.text()), OnceLock::new());
    let read = map.into_iter().map(|(key, value)| {
        let key = match &key {
            Value::String(key) => key.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let place = places.get(key.as_str()).map(|span| span.start + block.start..span.end + block.start);
        let place = place.unwrap_or_else(|| {
            let all = all.get_or_init(|| block.places());
            let located = block.locate_in(all, &Path::default().field(&key));
            located.key.unwrap_or(located.value)
        });
        (key, place, works::yaml::work(&value))
    });
    read.collect()
}

/// Works as reference managers export them in CSL-JSON. A key stands where it first stands between quotation marks.
fn from_csl(block: Block<'_>, diagnostics: &mut Diagnostics) -> Vec<ReadAt> {
    let works = match works::csl::read(block.text()) {
        Ok(works) => works,
        Err(message) => {
            let help = "export it again as CSL JSON";
            diagnostics.push(Diagnostic::new(&codes::BROKEN_REFERENCE_ENTRY, message).about(block.path).help(help));
            return Vec::new();
        }
    };
    let place = |key: &str| {
        let at = block.text().find(&format!("\"{key}\"")).map_or(0, |at| at + 1);
        block.start + at..block.start + at + key.len().min(block.text().len() - at)
    };
    works.into_iter().map(|(key, work)| (key.clone(), place(&key), work)).collect()
}

/// Where keys of the outermost level stand, as they are mostly written: at the beginning of a line.
fn places(text: &str) -> BTreeMap<&str, Range<usize>> {
    let mut places = BTreeMap::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((key, _)) = line.split_once(':').filter(|(key, _)| !key.starts_with([' ', '#', '-', '"', '\''])) {
            places.insert(key.trim_end(), at..at + key.trim_end().len());
        }
        at += line.len();
    }
    places
}
