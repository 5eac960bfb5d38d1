//! `anteroom check`: every finding of a site, for people or as JSON, and nothing written.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::process::ExitCode;

use super::build::{self, Choices, count};
use super::findings::Denied;
use super::{fix, online, trouble};
use crate::check::Answer;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, mends, report};
use crate::disk;
use crate::options::Options;
use crate::pipeline::{self, Build, Cache};
use crate::prose::one_line;
use crate::rules;
use crate::site::hosts::{Declared, When};
use crate::source::Sources;

/// Findings of one kind that are shown with their lines; of the others those that say something new to do.
const MOST_OF_A_KIND: usize = 8;
/// Findings of one kind that are shown with their lines in any case.
const MOST_IN_FULL: usize = 40;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    choices: Choices,
    /// Check drafts and articles that are not due yet, too
    #[arg(long)]
    drafts: bool,
    /// `text` for people, `json` for programs (docs/findings.schema.json says what it holds)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fix what leaves no doubt: each change is shown, and the files are kept as they were; at a terminal it asks first
    #[arg(long, conflicts_with = "format")]
    fix: bool,
    #[command(flatten)]
    denied: Denied,
    #[command(flatten)]
    online: online::Args,
    /// Print the findings only
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let site = &args.choices.site;
    if !site.join("content").is_dir() {
        return build::no_site(site);
    }
    if args.online.is_asked() {
        let (choices, drafts, format) = (&args.choices, args.drafts, args.format);
        return online::run(
            &args.online,
            &online::Also { choices, drafts, format, denied: args.denied, quiet: args.quiet },
        );
    }
    let options = Options { only_checks: true, ..args.choices.options(args.drafts, false) };
    if args.fix {
        match fix::fix(site, &options) {
            Ok(done) => done.tell(),
            Err(error) => {
                let help = "close it in other programs, check that you have permission to write there, and try again";
                return trouble(&format!("a file can't be fixed: {error}"), help);
            }
        }
    }
    let sources = match disk::read(site) {
        Ok(sources) => sources,
        Err(error) => return build::unreadable(site, &error),
    };
    let build = pipeline::build(&sources, &options, &mut Cache::off());
    match args.format {
        Format::Json => {
            let mut json = report::json(&build.diagnostics, &sources, options.today, &build.base_url);
            json["answers"] = serde_json::json!(build.answers);
            anstream::println!("{json:#}");
        }
        Format::Text => text(args, &build, &sources),
    }
    match build.diagnostics.iter().any(|finding| args.denied.stops(finding)) {
        true => ExitCode::from(1),
        false => ExitCode::SUCCESS,
    }
}

fn text(args: &Args, build: &Build, sources: &Sources) {
    let titles =
        ["Errors: these stop the build", "Warnings: the site is built, but take a look", "Notes: good to know"];
    by_weight(&build.diagnostics, sources, titles);
    answered(&build.answers);
    if args.quiet {
        return;
    }
    elsewhere(&build.hosts);
    conclusion(args, build, sources);
}

/// The open findings, errors, warnings and notes apart, each below its title.
pub(super) fn by_weight(diagnostics: &Diagnostics, sources: &Sources, titles: [&str; 3]) {
    for (severity, title) in [Severity::Error, Severity::Warning, Severity::Note].into_iter().zip(titles) {
        let open = diagnostics.iter().filter(|finding| finding.acknowledged.is_none());
        let found: Vec<&Diagnostic> = open.filter(|finding| finding.severity == severity).collect();
        if !found.is_empty() {
            heading(title);
            by_code(&found, sources, severity == Severity::Note);
        }
    }
}

/// How many there are: `1 error, 2 warnings, 0 notes, 0 acknowledged.`
pub(super) fn counts(diagnostics: &Diagnostics) -> String {
    let of = |severity, one, many| count(diagnostics.count(severity), one, many);
    format!(
        "{}, {}, {}, {} acknowledged.",
        of(Severity::Error, "error", "errors"),
        of(Severity::Warning, "warning", "warnings"),
        of(Severity::Note, "note", "notes"),
        diagnostics.acknowledged(),
    )
}

fn heading(title: &str) {
    anstream::println!("{title}\n{}\n", "─".repeat(title.chars().count()));
}

/// The findings of one weight, kind by kind. Notes are short: the place and the sentence.
fn by_code(found: &[&Diagnostic], sources: &Sources, short: bool) {
    // anstream takes the colours out again where nobody sees them.
    let colour = std::io::stdout().is_terminal();
    let mut kinds: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in found {
        kinds.entry(finding.code.name).or_default().push(finding);
    }
    for (code, findings) in kinds {
        if short {
            for finding in findings {
                let place = place(finding, sources).map(|place| format!("{place}: ")).unwrap_or_default();
                anstream::println!("{code}  {place}{}", finding.message);
            }
            continue;
        }
        anstream::println!("{code}: {}\n", count(findings.len(), "finding", "findings"));
        let (full, brief) = told_in_full(&findings);
        for finding in full {
            anstream::println!("{}\n", report::render(finding, sources, colour));
        }
        let any = !brief.is_empty();
        for finding in brief {
            let place = place(finding, sources).map(|place| format!("{place}: ")).unwrap_or_default();
            let label = finding.label.as_ref().map(|label| format!(", {label}")).unwrap_or_default();
            anstream::println!("  {place}{}{label}", finding.message);
        }
        if any {
            anstream::println!();
        }
    }
    if short {
        anstream::println!();
    }
}

/// The findings of a kind that are shown with their lines, and those that are only named: what to do is said once for each
/// field, however many come before it.
fn told_in_full<'a>(findings: &[&'a Diagnostic]) -> (Vec<&'a Diagnostic>, Vec<&'a Diagnostic>) {
    let mut helps: Vec<Option<&str>> = Vec::new();
    let mut full = 0;
    findings.iter().partition(|finding| {
        let help = finding.help.as_deref();
        let is_new = !helps.contains(&help);
        if is_new {
            helps.push(help);
        }
        let shown = full < MOST_OF_A_KIND || is_new && full < MOST_IN_FULL;
        full += usize::from(shown);
        shown
    })
}

fn place(finding: &Diagnostic, sources: &Sources) -> Option<String> {
    let place = finding.place.as_ref()?;
    Some(match report::position(sources, place) {
        Some(position) if place.span != (0..0) => format!("{}:{}:{}", place.path, position.line, position.column),
        _ => place.path.to_string(),
    })
}

/// What the author has answered, each answer once.
fn answered(answers: &[Answer]) {
    if answers.is_empty() {
        return;
    }
    heading("Acknowledged in practice.yaml");
    for Answer { code, reason, path, value, covers } in answers {
        let values = value.iter().map(|value| format!("`{value}`"));
        let of: Vec<String> = path.iter().cloned().chain(values).collect();
        let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
        let covers = match covers {
            0 => "no findings today".to_string(),
            covers => count(*covers, "finding", "findings"),
        };
        anstream::println!("{code}{of}, {covers}: {}\n", one_line(reason));
    }
}

/// What visitors' browsers have to do with.
fn elsewhere(hosts: &[Declared]) {
    heading("Other services this site uses");
    if hosts.is_empty() {
        anstream::println!("None. Visitors contact only this site.\n");
        return;
    }
    for host in hosts {
        let when = match host.when {
            When::OnLoad => "loads with a page",
            When::OnClick => "loads if a visitor asks for it",
            When::OnSend => "receives the contact form",
            When::OnLeaving => "a link only",
        };
        anstream::println!("{}  {}, {when}", host.host, host.purpose.key());
    }
    anstream::println!();
}

fn conclusion(args: &Args, build: &Build, sources: &Sources) {
    let pages = build.output.as_ref().map_or(0, |output| output.pages);
    let rules = rules::families().iter().map(|family| family.rules.len()).sum::<usize>();
    anstream::println!("{}", counts(&build.diagnostics));
    let today = args.choices.options(false, false).today;
    anstream::println!(
        "Checked {} and {} against {rules} rules as of {today}. Not checked: whether links to other sites still work \
         (`anteroom check --links`), whether the published website is up to date (`--live`), \
         whether your statements are true, and what your local law requires beyond these rules. This isn't legal advice.",
        count(sources.files.len(), "file", "files"),
        count(pages, "finished page", "finished pages"),
    );
    let fixable: usize = mends(build.diagnostics.iter()).values().map(Vec::len).sum();
    if fixable > 0 && !args.fix {
        anstream::println!("`anteroom check --fix` can fix {fixable} of these for you. It shows each change first.");
    }
    // The first that is shown: by weight, then kind by kind.
    let open = build.diagnostics.iter().filter(|finding| finding.acknowledged.is_none());
    let first =
        open.filter(|finding| finding.severity != Severity::Note).min_by_key(|one| (one.severity, one.code.name));
    if let Some(first) = first {
        anstream::println!("`anteroom explain {}` tells you more about the first one.", first.code.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    #[test]
    fn what_to_do_is_said_once_for_each_field() {
        let of = |help: &str| Diagnostic::new(&codes::MISSING_FIELD, "m").help(help);
        let all: Vec<Diagnostic> = (0..20).map(|n| of(if n == 15 { "write `b`" } else { "write `a`" })).collect();
        let (full, brief) = told_in_full(&all.iter().collect::<Vec<_>>());
        assert_eq!((full.len(), brief.len()), (9, 11));
        assert_eq!(full[8].help.as_deref(), Some("write `b`"));
    }
}
