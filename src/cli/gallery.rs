//! The full specimen in every theme and preset at once, as `serve --gallery` shows it.
//!
//! Owns which looks there are, that each is a folder of the preview, and the page that shows one kind of page after the other
//! in all of them. Reads nothing of the site but its themes.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};
use xxhash_rust::xxh3::xxh3_64;

use super::wearing::Wearing;
use crate::contract::kinds;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::disk::Unpacked;
use crate::options::Options;
use crate::output::{File, Output};
use crate::pages::Described;
use crate::pipeline::{self, Build, Cache};
use crate::route::OutputPath;
use crate::source::Sources;
use crate::theme_check::OF_THEME;
use crate::{specimen, theme};

const PAGE: &str = include_str!("gallery/page.html");

/// Every look, beside each other.
pub(super) struct Gallery {
    files: Arc<Unpacked>,
    /// The kinds of page, each with the page that stands for it.
    kinds: Vec<(String, OutputPath)>,
    looks: Vec<Look>,
    /// The files of all of them, to find what a finding points at.
    pub sources: Sources,
}

/// A theme with one of its presets, or with none.
struct Look {
    theme: String,
    preset: String,
    wearing: Wearing,
    cache: Cache,
}

/// A look with its pages.
struct Shown {
    theme: String,
    preset: String,
    output: Output,
}

/// A kind of page, in every look that has it.
#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    cells: Vec<Cell>,
}

/// A page in a look.
#[derive(Serialize)]
struct Cell {
    column: String,
    look: String,
    address: String,
    /// Of the page as it is: where this changes, the frame loads it again.
    digest: String,
}

impl Gallery {
    /// Lays out the specimen's files, and dresses it in every theme, or in the one that was asked for.
    ///
    /// # Errors
    /// Where the system's temporary files cannot be written to.
    pub fn new(folder: &Sources, options: &Options) -> io::Result<Gallery> {
        let files = Arc::new(Unpacked::new(specimen::FULL, &specimen::files(specimen::FULL))?);
        let mut gallery = Gallery { files, kinds: kinds(), looks: Vec::new(), sources: Sources::default() };
        gallery.follow(folder, options);
        Ok(gallery)
    }

    /// Takes over what the folder's themes now say: there may be other themes and presets than before.
    pub fn follow(&mut self, folder: &Sources, options: &Options) {
        let mut before = std::mem::take(&mut self.looks);
        for (theme, preset) in looks(folder, options) {
            let asked = asked(&theme, &preset, options);
            let look = match before.iter().position(|look| look.theme == theme && look.preset == preset) {
                Some(at) => {
                    let mut look = before.swap_remove(at);
                    look.wearing.follow(folder, &asked);
                    look
                }
                None => {
                    let wearing = Wearing::of(self.files.clone(), specimen::FULL, folder, &asked);
                    Look { theme, preset, wearing, cache: Cache::on() }
                }
            };
            self.looks.push(look);
        }
        self.sources = Sources::default();
        for look in &self.looks {
            for (path, content) in &look.wearing.sources.files {
                self.sources.files.entry(path.clone()).or_insert_with(|| content.clone());
            }
        }
    }

    /// Builds every look, each below its own name, with the page that shows them. What several find is told once.
    pub fn build(&mut self, options: &Options) -> Build {
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut output = Output::default();
        let mut shown: Vec<Shown> = Vec::new();
        let mut first: Option<Build> = None;
        for look in &mut self.looks {
            let asked = look.wearing.options(&asked(&look.theme, &look.preset, options));
            let mut build = pipeline::build(&look.wearing.sources, &asked, &mut look.cache);
            for finding in build.diagnostics.iter() {
                if !found.contains(finding) {
                    found.push(finding.clone());
                }
            }
            if let Some(made) = build.output.take() {
                // A preset that only names the theme's own colours looks like the theme without any.
                let is_double = shown.iter().any(|other| style_sheets(&other.output).eq(style_sheets(&made)));
                if !is_double {
                    let (theme, preset) = (look.theme.clone(), look.preset.clone());
                    shown.push(Shown { theme, preset, output: made });
                }
            }
            first.get_or_insert(build);
        }
        let page = self.page(&shown);
        for look in shown {
            output.pages += look.output.pages;
            output.pictures += look.output.pictures;
            let folder = look.folder();
            let files = look.output.files.into_iter();
            let inside =
                files.filter_map(|(path, file)| Some((OutputPath::new(&format!("{folder}/{}", path.as_str()))?, file)));
            output.files.extend(inside);
        }
        if let (Some(page), Some(path)) = (page, OutputPath::new("index.html")) {
            output.files.insert(path, File::Made(page.into()));
        }
        // There is always a look.
        let build = first.unwrap_or_else(|| pipeline::build(&Sources::default(), options, &mut Cache::off()));
        let mut diagnostics = Diagnostics::default();
        diagnostics.extend(found);
        Build { output: Some(output), diagnostics: diagnostics.sorted(), changes_on: None, ..build }
    }

    /// What is shown, for people.
    pub fn described(&self) -> String {
        let mut themes: Vec<&str> = self.looks.iter().map(|look| look.theme.as_str()).collect();
        themes.dedup();
        format!("every kind of page of the sample site `{}`, in {}", specimen::FULL, themes.join(", "))
    }

    /// Where its files lie.
    pub fn home(&self) -> &Path {
        self.files.path()
    }

    /// The page that shows all looks.
    fn page(&self, shown: &[Shown]) -> Option<String> {
        let of_specimen = self.kinds.iter().map(|(name, file)| (name.clone(), file));
        // Themes may bring layouts and sections, and so pages, that others don't have.
        let own = shown.iter().flat_map(|look| {
            let named = |file: &OutputPath| {
                let name = file.as_str().strip_prefix(OF_THEME)?.split('/').next()?;
                Some(format!("{}: {name}", look.theme))
            };
            look.output.files.keys().filter_map(move |file| Some((named(file)?, file)))
        });
        let mut names = BTreeSet::new();
        let all = of_specimen.chain(own).filter(|(name, _)| names.insert(name.clone()));
        let rows: Vec<Row> = all.filter_map(|(name, file)| row(&name, file, shown)).collect();
        let mut engine = Tera::new();
        engine.add_raw_template("page.html", PAGE).ok()?;
        let mut context = Context::new();
        context.insert("rows", &rows);
        engine.render("page.html", &context).ok()
    }
}

/// The first page of each kind in the specimen, with the kind's name, in the contract's order.
fn kinds() -> Vec<(String, OutputPath)> {
    let specimen = specimen::sources(specimen::FULL, &Sources::default());
    let pages = pipeline::describe(&specimen, &Options::for_day(specimen::DAY)).unwrap_or_default();
    let first = |kind: &kinds::Kind| {
        let is_it = |page: &&Described| page.names.get("page").is_some_and(|page| page["kind"] == kind.name);
        Some((kind.name.replace('-', " "), pages.iter().find(is_it)?.file.clone()))
    };
    kinds::KINDS.iter().filter_map(first).collect()
}

impl Shown {
    /// Its folder in the preview.
    fn folder(&self) -> String {
        if self.preset.is_empty() { self.theme.clone() } else { format!("{}--{}", self.theme, self.preset) }
    }

    /// What it is called on the page.
    fn name(&self) -> String {
        if self.preset.is_empty() { self.theme.clone() } else { format!("{}, {}", self.theme, self.preset) }
    }
}

/// Every theme without a preset and with each; those of the folder before the program's own.
fn looks(folder: &Sources, options: &Options) -> Vec<(String, String)> {
    let mut themes: Vec<&str> = theme::about::names(folder);
    themes.retain(|name| options.theme.as_deref().is_none_or(|asked| asked == *name));
    themes.sort_by_key(|name| theme::about::is_built_in(name));
    let mut looks = Vec::new();
    for name in themes {
        let presets = theme::preset_names(name, folder);
        let presets = [String::new()].into_iter().chain(presets);
        let wanted = presets.filter(|preset| options.preset.as_ref().is_none_or(|asked| asked == preset));
        looks.extend(wanted.map(|preset| (name.to_string(), preset)));
    }
    // A name that nothing has is told by the build that asks for it.
    if looks.is_empty() {
        let theme = options.theme.clone().unwrap_or_else(|| theme::DEFAULT.to_string());
        looks.push((theme, options.preset.clone().unwrap_or_default()));
    }
    looks
}

/// The options of a build in a look.
fn asked(theme: &str, preset: &str, options: &Options) -> Options {
    Options { theme: Some(theme.to_string()), preset: Some(preset.to_string()), base_url: None, ..options.clone() }
}

/// The names of the style sheets, which hold what is in them.
fn style_sheets(output: &Output) -> impl Iterator<Item = &OutputPath> {
    output.files.keys().filter(|path| path.as_str().ends_with(".css"))
}

/// A kind of page in every look that has the page.
fn row(name: &str, file: &OutputPath, shown: &[Shown]) -> Option<Row> {
    let cell = |look: &Shown| {
        let File::Made(bytes) = look.output.files.get(file)? else { return None };
        let folder = look.folder();
        let address = file.as_str().strip_suffix("index.html").unwrap_or(file.as_str());
        Some(Cell {
            column: slug::slugify(&folder),
            look: look.name(),
            address: format!("{folder}/{address}"),
            digest: format!("{:x}", xxh3_64(bytes)),
        })
    };
    let cells: Vec<Cell> = shown.iter().filter_map(cell).collect();
    let mut letters = name.chars();
    let heading = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    (!cells.is_empty()).then(|| Row { id: slug::slugify(name), name: heading, cells })
}
