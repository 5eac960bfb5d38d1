//! What a theme adds to the content: sections, fields and layouts of its own.
//!
//! Owns gathering them along the look-up order, and what is wrong with their files. How a field is defined is `definition`'s,
//! how a value is read `values`'. Which of them a page uses, and what of a page a theme doesn't know, is `views::own`'s.

mod definition;
mod forms;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::layers::{Layer, Layers};
use super::settings::Place;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::front_matter::Block;
use crate::document::model::Section;
use crate::document::schema::{Misfit, Shape, is_name, shape};
use crate::source::SourcePath;
use crate::yaml::Path;
pub use definition::{Definitions, FieldDefinition, FieldKind, Fielded, PageFields, SectionDefinition};
pub use forms::{beginning, sample, schemas};
pub use values::read;

/// Where a theme keeps its sections.
const FOLDER: &str = "sections";

/// What a theme adds.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Its sections, by name; of those that every theme knows the fields that it adds.
    pub sections: BTreeMap<String, SectionDefinition>,
    /// Its fields, by the kind of page.
    pub fields: PageFields,
    /// Its layouts, by name.
    pub layouts: BTreeSet<String>,
}

impl Own {
    /// The names of sections that have a template of their own.
    pub fn section_names(&self) -> impl Iterator<Item = &str> {
        self.sections.keys().map(String::as_str).filter(|name| !is_known(name))
    }
}

/// Whether every theme knows the section.
fn is_known(name: &str) -> bool {
    Section::KINDS.contains(&name)
}

/// What a theme adds, with everything that is wrong with it.
pub(super) fn load(layers: &Layers, diagnostics: &mut Diagnostics) -> Own {
    let mut own = Own::default();
    for layer in layers.0.iter().rev() {
        for file in layer.files.keys() {
            if let Some(name) = inside(file, FOLDER, ".yaml") {
                let read = section(layer, file, name, diagnostics);
                own.sections.extend(read.map(|section| (name.to_string(), section)));
            }
            if let Some(name) = inside(file, "templates/layouts", ".html") {
                match is_name(name) {
                    true => drop(own.layouts.insert(name.to_string())),
                    false => diagnostics.extend(layer.path(file).map(|path| badly_named(&path, name))),
                }
            }
        }
        if let Some(manifest) = &layer.manifest {
            let origin = |path: &Path| (manifest.path.clone(), manifest.locate(path));
            for kind in Fielded::ALL {
                let at = Path::of("fields").field(kind.key());
                let definitions = manifest.manifest.fields.of(kind);
                tell(definitions.faults(&at, &manifest.path), &origin, diagnostics);
                own.fields.of_mut(kind).0.extend(definitions.0.clone());
            }
        }
    }
    for name in own.section_names() {
        let template = format!("templates/{FOLDER}/{name}.html");
        let file = format!("{FOLDER}/{name}.yaml");
        if layers.file(&template).is_none()
            && let Some(path) = layers.file(&file).and_then(|(layer, _)| layer.path(&file))
        {
            let message = format!("the section `{name}` has no template");
            let help = format!("add `{template}` to the theme: it prints the section");
            diagnostics.push(Diagnostic::new(&codes::THEME_FILE, message).about(&path).help(help));
        }
    }
    // Nothing can be printed with what has no template.
    own.sections.retain(|name, _| is_known(name) || layers.file(&format!("templates/{FOLDER}/{name}.html")).is_some());
    own
}

/// The name of a file in a folder.
fn inside<'a>(file: &'a str, folder: &str, ending: &str) -> Option<&'a str> {
    file.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(ending).filter(|name| !name.contains('/'))
}

fn badly_named(path: &SourcePath, name: &str) -> Diagnostic {
    let message = format!("`{name}` can't be a name: use small letters, digits and `-`, and begin with a letter");
    Diagnostic::new(&codes::THEME_FILE, message).about(path)
}

/// Reads a section's file; `None` where it can't be used.
fn section(layer: &Layer, file: &str, name: &str, diagnostics: &mut Diagnostics) -> Option<SectionDefinition> {
    static SHAPE: LazyLock<Shape> = LazyLock::new(shape::<SectionDefinition>);
    let (path, text) = (layer.path(file)?, layer.text(file)?);
    if !is_name(name) {
        diagnostics.push(badly_named(&path, name));
        return None;
    }
    let block = Block { path: &path, file: text, start: 0, end: text.len() };
    let section: SectionDefinition = block.read(&SHAPE, diagnostics)?;
    let places = block.places();
    let origin = |at: &Path| (path.clone(), block.locate_in(&places, at));
    let mut faults = section.fields.faults(&Path::of("fields"), &path);
    for (preset, values) in &section.presets {
        let at = Path::of("presets").field(preset).field("fields");
        let place = |_: &Path| Place { path: path.clone(), span: 0..0, is_own: false };
        let (_, misfits) = read(&section.fields, &values.fields, &place);
        faults.extend(misfits.into_iter().map(|misfit| below(&at, misfit)));
    }
    if section.fields.0.contains_key("type") {
        let message = "`type` says which section it is, so no field can be called that";
        faults.push(definition::fault(Path::of("fields").field("type"), true, message.to_string()));
    }
    let sound = faults.is_empty();
    tell(faults, &origin, diagnostics);
    sound.then_some(section)
}

/// A misfit of something that stands below `at`.
fn below(at: &Path, mut misfit: Misfit) -> Misfit {
    let mut path = at.clone();
    path.0.append(&mut misfit.path.0);
    Misfit { path, ..misfit }
}

fn tell(
    faults: Vec<Misfit>,
    origin: &dyn Fn(&Path) -> (SourcePath, crate::yaml::Located),
    diagnostics: &mut Diagnostics,
) {
    for misfit in faults {
        let (path, located) = origin(&misfit.path);
        let at_name = misfit.at_name || misfit.code == &codes::MISSING_FIELD;
        let span = located.key.filter(|_| at_name).unwrap_or(located.value);
        let mut finding = Diagnostic::new(misfit.code, misfit.message).at(&path, span);
        finding.label = misfit.label;
        finding.help = misfit.help;
        diagnostics.push(finding);
    }
}
