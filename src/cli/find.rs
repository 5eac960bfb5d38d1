//! `anteroom find`: where words of the website stand in the author's files.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::process::ExitCode;

use scraper::{Html, Selector};

use super::build::{self, Choices, count};
use super::trouble;
use crate::diagnostic::{Place, report};
use crate::find::{self, Hit};
use crate::output::File;
use crate::pipeline::{self, Cache};
use crate::source::Sources;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The words, between quotes, as they stand on a page
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    choices: Choices,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let site = &args.choices.site;
    let sources = match build::opened(site) {
        Ok(sources) => sources,
        Err(status) => return status,
    };
    let words = args.words.join(" ");
    if words.trim().is_empty() {
        return trouble("add the words to look for", "put them in quotes: `anteroom find \"a free call\"`");
    }
    let hits = find::find(&sources, &words);
    if hits.is_empty() {
        return elsewhere(args, &sources, &words);
    }
    let colour = std::io::stdout().is_terminal();
    let mut files: BTreeMap<_, Vec<&Hit>> = BTreeMap::new();
    for hit in &hits {
        files.entry(&hit.path).or_default().push(hit);
    }
    for (path, hits) in &files {
        let mut told = 0;
        for hit in hits {
            let place = Place { path: (*path).clone(), span: hit.span.clone() };
            let line = report::position(&sources, &place).map_or(1, |position| position.line);
            // A short word may stand in a line several times.
            if line != told {
                anstream::println!("{path}:{line}: {}", shown(&sources, hit, colour));
            }
            told = line;
        }
    }
    anstream::println!("\n{} in {}", count(hits.len(), "place", "places"), count(files.len(), "file", "files"));
    ExitCode::SUCCESS
}

/// The line in which the words begin, with the words marked.
fn shown(sources: &Sources, hit: &Hit, colour: bool) -> String {
    /// Letters of the line on each side.
    const AROUND: usize = 60;
    let text = sources.text(&hit.path).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default();
    let start = text[..hit.span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[hit.span.end..].find('\n').map_or(text.len(), |at| hit.span.end + at);
    let before: Vec<char> = text[start..hit.span.start].trim_start().chars().collect();
    let after: Vec<char> = text[hit.span.end..end].trim_end().chars().collect();
    let cut = before.len().saturating_sub(AROUND);
    let (dots, before) = (if cut > 0 { "…" } else { "" }, before[cut..].iter().collect::<String>());
    let more = if after.len() > AROUND { "…" } else { "" };
    let after: String = after.iter().take(AROUND).collect();
    let words = text[hit.span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if colour { format!("\u{1b}[1;35m{words}\u{1b}[0m") } else { words };
    format!("{dots}{before}{words}{after}{more}")
}

/// Words that no file of the author's has: those that the program writes, page by page.
fn elsewhere(args: &Args, sources: &Sources, words: &str) -> ExitCode {
    let options = args.choices.options(true, false);
    let build = pipeline::build(sources, &options, &mut Cache::off());
    let mut pages: Vec<String> = Vec::new();
    for route in build.pages() {
        let page = build.output.as_ref().and_then(|output| output.files.get(&route.file));
        let Some(File::Made(page)) = page else { continue };
        let Ok(html) = std::str::from_utf8(page) else { continue };
        if !find::places(&visible(html), words).is_empty() {
            pages.push(format!("/{}", route.url.as_str()));
        }
    }
    if pages.is_empty() {
        let (message, help) = (format!("`{words}` isn't in any file or on any page"), "try fewer words, or only one");
        anstream::println!("{message}; {help}.");
        return ExitCode::from(1);
    }
    /// Pages that are named; of a word in every footer the rest is counted.
    const NAMED: usize = 10;
    anstream::println!("No file of yours has these words. They're on {}:\n", count(pages.len(), "page", "pages"));
    for page in pages.iter().take(NAMED) {
        anstream::println!("  {page}");
    }
    if pages.len() > NAMED {
        anstream::println!("  and {} more", pages.len() - NAMED);
    }
    let words = super::with_addresses(
        "\nAnteroom writes them: from facts in your files (a price, an address, a licence), or as words of the theme and of the \
         notices.\ndocs/authors.md says how a notice is replaced by your own page, docs/designers.md how a theme's words are changed.",
    );
    anstream::println!("{words}");
    ExitCode::SUCCESS
}

/// The text of a page as it's read.
fn visible(html: &str) -> String {
    let document = Html::parse_document(html);
    let Ok(body) = Selector::parse("body") else { return String::new() };
    let parts = document.select(&body).flat_map(|body| body.text());
    parts.collect::<Vec<_>>().join("")
}
