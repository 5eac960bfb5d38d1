//! Where the values of settings are written.
//!
//! Owns the way from a value to its line in practice.yaml or in a theme.yaml. A place is looked up only when a finding needs it,
//! or when what the value names is looked for later.

use super::shown::Place;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::DataFile;
use crate::document::model::Practice;
use crate::document::schema::Misfit;
use crate::source::SourcePath;
use crate::theme::layers::Layers;
use crate::yaml::{Located, Path};

/// Where a value was written.
#[derive(Clone, Debug)]
pub(in crate::theme) struct Origin {
    /// The layer whose theme.yaml it is; `None` for practice.yaml.
    pub(super) layer: Option<usize>,
    pub(super) at: Path,
}

impl Origin {
    /// Whether the practice wrote it, not a theme.
    pub fn is_own(&self) -> bool {
        self.layer.is_none()
    }

    /// Whether its value replaces the other's: the practice's those of themes, a theme's those of the ones that it builds on.
    pub fn is_nearer(&self, other: &Origin) -> bool {
        match (self.layer, other.layer) {
            (own, Some(other)) => own.is_none_or(|own| own < other),
            (_, None) => false,
        }
    }

    /// Whether somebody who can change it wrote it: the practice, or whoever made the theme in the site's folder.
    pub fn is_of_site(&self, places: Places<'_>) -> bool {
        self.layer.is_none_or(|layer| places.layers.0.get(layer).is_some_and(|layer| layer.own))
    }

    /// Where a part of the value was written.
    pub(super) fn below(&self, part: &Path) -> Origin {
        let mut at = self.at.clone();
        at.0.extend(part.0.iter().cloned());
        Origin { layer: self.layer, at }
    }
}

/// The files in which values are written.
#[derive(Clone, Copy)]
pub(in crate::theme) struct Places<'a> {
    pub layers: &'a Layers,
    pub practice: &'a DataFile<Practice>,
}

impl Places<'_> {
    /// A finding at a value.
    pub fn at(&self, finding: Diagnostic, origin: &Origin) -> Diagnostic {
        match self.locate(origin) {
            Some((path, located)) => finding.at(path, located.value),
            None => finding,
        }
    }

    /// A finding at the name before a value.
    pub(super) fn at_key(&self, finding: Diagnostic, origin: &Origin) -> Diagnostic {
        match self.locate(origin) {
            Some((path, located)) => finding.at(path, located.key.unwrap_or(located.value)),
            None => finding,
        }
    }

    /// What doesn't fit in a value, as a finding.
    pub(super) fn misfit(&self, misfit: Misfit, origin: &Origin) -> Diagnostic {
        let origin = origin.below(&misfit.path);
        let mut finding = Diagnostic::new(misfit.code, misfit.message);
        finding.label = misfit.label;
        finding.help = misfit.help;
        // What lacks something is best marked at its name.
        let at_key = misfit.at_name || misfit.code == &codes::MISSING_FIELD;
        if at_key { self.at_key(finding, &origin) } else { self.at(finding, &origin) }
    }

    /// The place of a value.
    pub(super) fn of(&self, origin: &Origin) -> Place {
        let (path, span) = match self.locate(origin) {
            Some((path, located)) => (path, located.value),
            None => (&self.practice.path, 0..0),
        };
        Place { path: path.clone(), span, is_own: origin.is_own() }
    }

    fn locate(&self, origin: &Origin) -> Option<(&SourcePath, Located)> {
        match origin.layer {
            None => Some((&self.practice.path, self.practice.locate(&origin.at))),
            Some(layer) => {
                let file = self.layers.0.get(layer)?.manifest.as_ref()?;
                Some((&file.path, file.locate(&origin.at)))
            }
        }
    }
}
