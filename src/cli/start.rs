//! `anteroom` alone: where one is, and what one can do next.
//!
//! Owns what is said of a folder; it changes nothing. In an empty folder at a terminal it offers to start a site.

use std::fs;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use dialoguer::Confirm;

use super::build::count;
use super::{Cli, findings, new};
use crate::diagnostic::Severity;
use crate::disk;
use crate::options::Options;
use crate::pipeline::{self, Cache};

/// Files by which other programs' sites are known.
const OTHERS: [(&str, &str); 8] = [
    ("hugo.toml", "Hugo"),
    ("hugo.yaml", "Hugo"),
    ("_config.yml", "Jekyll"),
    ("eleventy.config.js", "Eleventy"),
    (".eleventy.js", "Eleventy"),
    ("astro.config.mjs", "Astro"),
    ("wp-config.php", "WordPress"),
    ("gatsby-config.js", "Gatsby"),
];

pub(super) fn run() -> ExitCode {
    let here = Path::new(".");
    if here.join("content").join("practice.yaml").is_file() {
        return site(here);
    }
    if let Some(what) = other(here) {
        anstream::println!(
            "This folder holds {what}. Anteroom's sites are folders of their own: start one beside it, and copy your texts into its \
             `content` folder. Texts in markdown can stay as they are; each begins with a few lines of facts.\n\n  \
             anteroom new ../my-practice\n"
        );
        return ExitCode::SUCCESS;
    }
    let names = fs::read_dir(here).into_iter().flatten().flatten();
    let is_empty = names.map(|entry| entry.file_name()).all(|name| name.to_string_lossy().starts_with('.'));
    if is_empty && std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        anstream::println!("This folder is empty. Anteroom can start a website for your practice in it.\n");
        let start = Confirm::new().with_prompt("Start one here?").default(true).wait_for_newline(true).interact();
        return match (start, Cli::try_parse_from(["anteroom", "new", "."])) {
            (Ok(true), Ok(Cli { command: Some(super::Command::New(args)) })) => new::run(&args),
            _ => ExitCode::SUCCESS,
        };
    }
    let below = fs::read_dir(here).into_iter().flatten().flatten();
    let sites: Vec<String> = below
        .filter(|entry| entry.path().join("content").join("practice.yaml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    if let [first, ..] = sites.as_slice() {
        anstream::println!(
            "There's a site in `{first}`. Go there, and say what you want to do:\n\n  cd {first}\n  anteroom\n"
        );
        return ExitCode::SUCCESS;
    }
    // Printing the help can fail only where nobody reads it.
    let _ = Cli::command().print_help();
    ExitCode::SUCCESS
}

/// What a folder holds that another program made.
fn other(here: &Path) -> Option<String> {
    if let Some((_, name)) = OTHERS.iter().find(|(file, _)| here.join(file).exists()) {
        return Some(format!("a {name} site"));
    }
    let files = fs::read_dir(here).ok()?.flatten().map(|entry| entry.path());
    let mut exports = files.filter(|path| path.extension().is_some_and(|ending| ending == "xml"));
    let is_export = |path: &std::path::PathBuf| {
        let mut head = vec![0; 4096];
        let read =
            fs::File::open(path).and_then(|mut file| std::io::Read::read(&mut file, &mut head)).unwrap_or_default();
        String::from_utf8_lossy(&head[..read]).contains("wordpress.org/export/")
    };
    exports.find(is_export).map(|path| format!("an export of WordPress (`{}`)", path.display()))
}

/// What a site needs today.
fn site(here: &Path) -> ExitCode {
    let sources = match disk::read(here) {
        Ok(sources) => sources,
        Err(error) => return super::build::unreadable(here, &error),
    };
    let today = jiff::Zoned::now().date();
    let build = pipeline::build(&sources, &Options::for_day(today), &mut Cache::off());
    let errors = build.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = build.diagnostics.count(Severity::Warning);
    let stale = findings::stale(&build.diagnostics);
    anstream::println!("{}, on {today}\n", build.base_url);
    match (errors, warnings) {
        (0, 0) => anstream::println!("Nothing is left to do: `anteroom check` finds no errors and no warnings."),
        (0, warnings) => {
            anstream::println!("{} to look at: `anteroom check` lists them.", count(warnings, "thing", "things"));
        }
        (errors, _) => anstream::println!(
            "{} in the way of the website: `anteroom check` says what to do.",
            count(errors, "error", "errors")
        ),
    }
    if stale > 0 {
        anstream::println!(
            "{} with time: facts to confirm, or a licence to renew.",
            count(stale, "of them came", "of them came")
        );
    }
    if let Some(day) = build.changes_on {
        anstream::println!("On {day} the website changes by itself: publish it on that day.");
    }
    anstream::println!(
        "\n  anteroom serve --open    write, and see every change in your browser\n  anteroom check           list what's left to do\n  \
         anteroom publish         put the website where visitors find it\n  anteroom --help          everything else"
    );
    ExitCode::SUCCESS
}
