//! `theme check`: whether a theme keeps the contract, shown on the specimen sites.
//!
//! Owns what is asked of a theme and in which order: that it builds without findings, with each of its presets;
//! that every page has its regions (`crate::regions`), is sound as a document (`soundness`) and small (`weight`). Reads
//! finished pages as a browser does. What only a real browser can tell (layout, focus, contrast as painted) is not
//! here.

mod soundness;
mod weight;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes};
use crate::options::Options;
use crate::output::{File, Output};
use crate::pipeline::{self, Cache};
pub use crate::regions::REGIONS;
use crate::regions::{self, Page};
use crate::source::Sources;
use crate::theme::Own;
use crate::theme::own::sample;
use crate::{specimen, theme};

/// What the names of pages begin with that show what a theme brings.
pub const OF_THEME: &str = "of-the-theme-";

/// Something that a theme does not keep.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// The part of the contract: a region's name, or `links`, `markup`, `size` and so on.
    pub part: &'static str,
    /// What is wrong.
    pub message: String,
    /// The pages on which it is so: `full/services/index.html`.
    pub pages: Vec<String>,
}

/// What came of checking a theme.
#[derive(Debug, Default)]
pub struct Report {
    /// Findings of the builds, as authors would see them.
    pub findings: Vec<Diagnostic>,
    /// What is not kept, each thing once.
    pub faults: Vec<Fault>,
    /// Whether there are pages that were not looked at, because they have faults already.
    pub unasked: bool,
    /// How many pages were looked at.
    pub pages: usize,
    /// How many presets were tried.
    pub presets: usize,
    /// The largest page with its style sheet and scripts, in compressed bytes, and which it is.
    pub largest: (usize, String),
    /// The style sheet, in compressed bytes.
    pub style: usize,
    /// All fonts of the specimen that has the most, in bytes.
    pub fonts: usize,
}

impl Report {
    /// Whether the theme keeps the contract.
    pub fn is_kept(&self) -> bool {
        self.findings.is_empty() && self.faults.is_empty()
    }
}

/// Holds a theme to the contract. `themes` are the sources of the site in whose folder the theme lies.
pub fn check(name: &str, themes: &Sources) -> Report {
    let options = Options { theme: Some(name.to_string()), ..Options::for_day(specimen::DAY) };
    let mut sites: Vec<_> = specimen::NAMES.iter().map(|site| (*site, specimen::sources(site, themes))).collect();
    for (_, sources) in sites.iter_mut().filter(|(site, _)| *site == specimen::FULL) {
        add_pages_of(name, sources);
    }
    let mut report = check_on(&sites, &options);
    check_presets(&mut report, themes, &options);
    report
}

/// Adds pages with everything that a theme brings to a specimen that has the theme's files.
pub fn add_pages_of(theme: &str, sources: &mut Sources) {
    let practice = crate::document::stand_in_practice();
    let about = theme::about::about(theme, sources, &practice, &mut Diagnostics::default());
    for (path, text) in about.into_iter().flat_map(|about| pages_of(&about.brings)) {
        sources.insert_text(&path, text);
    }
}

/// Pages with everything that a theme brings: one with all of its sections, and one for each layout.
fn pages_of(own: &Own) -> Vec<(String, String)> {
    let sections: String =
        own.section_names().filter_map(|name| Some(sample(name, own.sections.get(name)?, specimen::PICTURE))).collect();
    let page = |name: &str, front: &str| {
        let text = format!(
            "---\ntitle: \"{name}\"\ndescription: A page that shows what the theme brings, to see whether it can be read as it should ({name}).\nnoindex: true\n{front}---\nWords.\n"
        );
        (format!("content/{OF_THEME}{name}.md"), text)
    };
    let mut pages: Vec<_> = own.layouts.iter().map(|layout| page(layout, &format!("layout: {layout}\n"))).collect();
    if !sections.is_empty() {
        pages.push(page("sections", &format!("layout: landing\nsections:\n{sections}")));
    }
    pages
}

/// Looks at every page of the given sites, each with a name for the report.
pub fn check_on(sites: &[(&str, Sources)], options: &Options) -> Report {
    let mut report = Report::default();
    let mut faults: BTreeMap<(&'static str, String), Vec<String>> = BTreeMap::new();
    for (site, sources) in sites {
        let build = pipeline::build(sources, options, &mut Cache::off());
        tell(&mut report.findings, build.diagnostics.iter());
        // What a faulty template leaves out is no news beside its fault.
        let is_fault = |finding: &Diagnostic| {
            finding.severity == Severity::Error
                && finding.acknowledged.is_none()
                && finding.code != &codes::PROMISE_BROKEN
        };
        if build.diagnostics.iter().any(is_fault) {
            report.unasked = true;
            continue;
        }
        let (Some(output), Some(described)) = (build.output, pipeline::describe(sources, options)) else { continue };
        let fonts = weight::of_fonts(&output);
        report.fonts = report.fonts.max(fonts);
        if fonts > weight::MOST_FONTS {
            let message = format!(
                "the fonts are larger than {} kB; use fewer families, or files with fewer weights",
                weight::MOST_FONTS / 1000
            );
            faults.entry(("size", message)).or_default().push((*site).to_string());
        }
        let looked_at: Vec<_> = described
            .par_iter()
            .filter_map(|described| {
                let html = made(&output, described.file.as_str())?;
                let page = Page::read(html, &described.names);
                let mut found = regions::check(&page);
                found.extend(soundness::check(&page, described.file.as_str(), &output));
                let weight = weight::of(html, &page, &output);
                found.extend(weight.faults());
                Some((described.file.as_str(), found, weight))
            })
            .collect();
        for (file, found, weight) in looked_at {
            let name = format!("{site}/{file}");
            report.pages += 1;
            report.style = report.style.max(weight.style);
            if weight.total() > report.largest.0 {
                report.largest = (weight.total(), name.clone());
            }
            for (part, message) in found {
                faults.entry((part, message)).or_default().push(name.clone());
            }
        }
    }
    report.faults = faults.into_iter().map(|((part, message), pages)| Fault { part, message, pages }).collect();
    report
}

/// Builds the smallest specimen with each preset, for the findings.
fn check_presets(report: &mut Report, themes: &Sources, options: &Options) {
    let Some(name) = &options.theme else { return };
    let sources = specimen::sources("small", themes);
    for preset in theme::preset_names(name, themes) {
        report.presets += 1;
        let options = Options { preset: Some(preset), ..options.clone() };
        let build = pipeline::build(&sources, &options, &mut Cache::off());
        tell(&mut report.findings, build.diagnostics.iter());
    }
}

/// Adds findings that are not told yet. That English stands in for a word is a note, and the built-in themes know
/// three languages; what the specimens answer themselves is none of the theme's; everything else counts.
fn tell<'a>(findings: &mut Vec<Diagnostic>, found: impl Iterator<Item = &'a Diagnostic>) {
    for finding in found {
        let counts = finding.severity != Severity::Note || finding.code == &codes::MISSING_WORD;
        if counts && finding.acknowledged.is_none() && !findings.contains(finding) {
            findings.push(finding.clone());
        }
    }
}

/// A page's text.
fn made<'a>(output: &'a Output, file: &str) -> Option<&'a str> {
    output.files.iter().find_map(|(path, content)| match content {
        File::Made(bytes) if path.as_str() == file => std::str::from_utf8(bytes).ok(),
        _ => None,
    })
}
