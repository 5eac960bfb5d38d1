//! What the tests share: small sites in memory, and findings in a form that is easy to compare.

mod folder;
pub mod host;

use anteroom::diagnostic::{Diagnostic, report};
use anteroom::options::Options;
use anteroom::output::File;
use anteroom::picture::{Facts, Kind, Size, Tone};
use anteroom::pipeline::{self, Build, Cache};
use anteroom::route::OutputPath;
use anteroom::source::{Asset, Sources};
pub use folder::Folder;

/// The languages in which the program speaks to visitors. A new one stands here, and every test that goes over them asks for its words.
pub const LANGUAGES: [&str; 8] = ["en", "de", "es", "ar", "fr", "it", "nl", "pt"];

/// A practice.yaml with every required fact.
pub const PRACTICE: &str = "\
name: Quiet Harbour
description: A practice for tests.
language: en
kind: coaching
jurisdictions: [US-OR]
base_url: https://quiet-harbour.org/sub
email: hello@quiet-harbour.org
currency: USD
";

/// A practitioner.
pub const ANA: &str = "---\nname: Ana Lopez\nrole_title: Coach\n---\nAna listens.\n";

/// A site from files written as in a fixture: `## path` lines begin a file.
pub fn site(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    sources.insert_text("content/practice.yaml", PRACTICE);
    for (path, text) in files {
        sources.insert_text(path, *text);
    }
    sources
}

/// A photograph of 40 by 30 pixels that nobody opens.
pub fn add_picture(sources: &mut Sources, path: &str) {
    sources.insert_asset(path, Asset { len: 3, hash: [7; 32], picture: Some(Ok(photograph(40, 30))) });
}

/// What is known of a photograph.
pub fn photograph(width: u32, height: u32) -> Facts {
    let (size, tone) = (Size { width, height }, Some(Tone::of([90, 120, 60])));
    Facts { size, kind: Kind::Photograph, tone, located: false, loses: None, inline: None }
}

pub fn options() -> Options {
    Options::for_day("2026-11-22".parse().unwrap())
}

pub fn build(sources: &Sources) -> Build {
    pipeline::build(sources, &options(), &mut Cache::off())
}

/// A made file as text; panics with the findings where it is not there.
pub fn page(build: &Build, path: &str) -> String {
    let output = build.output.as_ref().expect("there is an output");
    match output.files.get(&OutputPath::new(path).unwrap()) {
        Some(File::Made(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
        other => panic!("{path}: {other:?}\n{:#?}", codes(build)),
    }
}

pub fn has(build: &Build, path: &str) -> bool {
    build.output.as_ref().is_some_and(|output| output.files.contains_key(&OutputPath::new(path).unwrap()))
}

/// Notes that every small site has: of the pages that are made for it, of pictures that a test adds unused, of
/// pages that no other leads to, and of descriptions of one word.
const USUAL: [&str; 4] = ["page-generated", "unused-file", "description-length", "unreachable-page"];

fn unusual(build: &Build) -> impl Iterator<Item = &Diagnostic> {
    build.diagnostics.iter().filter(|finding| finding.acknowledged.is_none() && !USUAL.contains(&finding.code.name))
}

/// The codes of all findings that were not answered, in order, the usual notes left out.
pub fn codes(build: &Build) -> Vec<&'static str> {
    unusual(build).map(|finding| finding.code.name).collect()
}

/// `code path:line:column "marked text"` of the same findings.
pub fn lines(build: &Build, sources: &Sources) -> Vec<String> {
    unusual(build).map(|finding| line(finding, sources)).collect()
}

/// The same form of a single finding.
pub fn line_of(finding: &Diagnostic, sources: &Sources) -> String {
    line(finding, sources)
}

fn line(finding: &Diagnostic, sources: &Sources) -> String {
    let Some(place) = &finding.place else { return finding.code.name.to_string() };
    if place.span == (0..0) {
        return format!("{} {}", finding.code.name, place.path);
    }
    let Some(position) = report::position(sources, place) else {
        return format!("{} {}", finding.code.name, place.path);
    };
    let text = String::from_utf8_lossy(sources.text(&place.path).unwrap()).to_string();
    let marked = text.get(place.span.clone()).unwrap_or("?").lines().next().unwrap_or_default();
    format!("{} {}:{}:{} {marked:?}", finding.code.name, place.path, position.line, position.column)
}
