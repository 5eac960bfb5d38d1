//! The names by which files refer to people and articles.
//!
//! Owns the way from a name to whom it means, and what is asked where nobody has it.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::{Absence, Author, Entry, Practitioner};
use crate::diagnostic::{Diagnostic, Diagnostics, codes, nearest};
use crate::document::{Document, model};
use crate::source::{SourcePath, composed};

/// What files may be called by.
pub(super) struct Names {
    people: BTreeMap<String, usize>,
    /// What people are called, with the name of their file.
    called: Vec<(String, String)>,
    pub(super) articles: HashMap<String, usize>,
    absent_people: BTreeSet<String>,
    pub(super) absent_articles: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(
        people: &[Practitioner],
        articles: &[Entry<model::Resource>],
        absent: &BTreeMap<SourcePath, Absence>,
    ) -> Names {
        let absent_in = |folder: &str| {
            let inside = absent.keys().filter(move |path| path.inside(folder).is_some());
            inside
                .map(|path| match path.file_name() {
                    "index.md" => path.folder().rsplit('/').next().unwrap_or_default().to_string(),
                    _ => path.stem().to_string(),
                })
                .collect()
        };
        Names {
            people: people.iter().enumerate().map(|(i, entry)| (entry.document.name().to_string(), i)).collect(),
            called: people.iter().map(|entry| (entry.front.name.clone(), entry.document.name().to_string())).collect(),
            articles: articles.iter().enumerate().map(|(i, entry)| (entry.document.name().to_string(), i)).collect(),
            absent_people: absent_in("content/practitioners"),
            absent_articles: absent_in("content/resources"),
        }
    }

    /// The practitioner of this name. `None` also where the name is known but has no page in this build.
    pub(super) fn person(
        &self,
        name: &str,
        document: &Document,
        path: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        let name = &*composed(name);
        let found = self.people.get(name).copied();
        if found.is_none() && !self.absent_people.contains(name) {
            let finding =
                Diagnostic::new(&codes::UNKNOWN_PRACTITIONER, format!("there's no practitioner called `{name}`"))
                    .at(&document.path, document.locate(path).value)
                    .help("write the name of the person's file in content/practitioners/, without `.md`");
            // Somebody may be called by name instead of by file.
            let by_name = self.called.iter().find(|(called, _)| called.to_lowercase() == name.trim().to_lowercase());
            if let Some((_, file)) = by_name {
                diagnostics.push(Diagnostic { label: Some(format!("did you mean `{file}`?")), ..finding });
                return None;
            }
            let known = self.people.keys().map(String::as_str);
            let all = self.people.keys().cloned().collect::<Vec<_>>().join(", ");
            diagnostics.push(match (nearest(name, known.clone()), all.is_empty()) {
                (Some(_), _) => finding.suggest(name, known),
                (None, false) if self.people.len() <= 12 => finding.help(format!("the practitioners are: {all}")),
                _ => finding.help("write the name of their file in content/practitioners/, without `.md`"),
            });
        }
        found
    }

    pub(super) fn author(
        &self,
        author: &model::Author,
        document: &Document,
        path: &str,
        diagnostics: &mut Diagnostics,
    ) -> Author {
        match author {
            model::Author::Practitioner(name) => match self.person(name, document, path, diagnostics) {
                Some(index) => Author::Practitioner(index),
                None => Author::Guest { name: name.clone(), url: None },
            },
            model::Author::Guest(guest) => {
                Author::Guest { name: guest.name.clone(), url: guest.url.as_ref().map(|url| url.0.clone()) }
            }
        }
    }
}
