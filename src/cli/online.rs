//! `anteroom check --live` and `check --links`: what only the network can tell.
//!
//! Owns the conversation: what is printed, and how far it is. What is asked and found is `online`'s.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use super::build::{self, Choices, count};
use super::check::{self, Format};
use super::findings::Denied;
use super::{progress, published, trouble};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, codes, report};
use crate::disk;
use crate::document::{self, Memo};
use crate::online::web::{At, Settings, Web};
use crate::online::{links, live};
use crate::pipeline::{self, Build, Cache};
use crate::source::Sources;

#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// Compare the published website with what your files make now: its pages, files, headers, redirects, certificate. Give an
    /// address to look at another than the one in practice.yaml
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, conflicts_with = "fix")]
    live: Option<Option<String>>,
    /// Ask every website that yours links to whether the page is still there; what works is asked once a week
    #[arg(long, conflicts_with = "fix")]
    links: bool,
    /// With `--live`: look at every page of a large site, not at 500 of them
    #[arg(long, requires = "live")]
    all: bool,
    /// Ask this computer, whatever the names lead to: to look at a new host before your domain moves there
    #[arg(long, value_name = "NUMBER")]
    at: Option<At>,
}

impl Args {
    /// Whether the network is to be asked at all.
    pub fn is_asked(&self) -> bool {
        self.live.is_some() || self.links
    }
}

/// What else was chosen.
pub(super) struct Also<'a> {
    pub choices: &'a Choices,
    pub drafts: bool,
    pub format: Format,
    pub denied: Denied,
    pub quiet: bool,
}

pub(super) fn run(args: &Args, also: &Also<'_>) -> ExitCode {
    let site = &also.choices.site;
    let sources = match disk::read(site) {
        Ok(sources) => sources,
        Err(error) => return build::unreadable(site, &error),
    };
    let options = also.choices.options(also.drafts, false);
    let mut build = pipeline::build(&sources, &options, &mut Cache::off());
    build.add_search();
    let errors = build.diagnostics.count(Severity::Error);
    if errors > 0 {
        let help = "`anteroom check` lists them; fix them first";
        let message =
            format!("there are {} in the site, so there's nothing to compare with", count(errors, "error", "errors"));
        anstream::eprintln!("error: {message}\n  help: {help}");
        return ExitCode::from(1);
    }
    let mut settings = Settings { at: args.at, ..Settings::default() };
    if let Some(file) = std::env::var_os("SSL_CERT_FILE") {
        settings = match settings.believing(Path::new(&file)) {
            Ok(settings) => settings,
            Err(why) => {
                return trouble(
                    &format!("the file in SSL_CERT_FILE can't be used: {why}"),
                    "correct this setting of your computer, or take it away",
                );
            }
        };
    }
    let web = Web::new(settings);
    let home = site.canonicalize().unwrap_or_else(|_| site.clone());
    let mut found = Diagnostics::default();
    let (mut first, mut said) = (Vec::new(), Vec::new());
    if let Some(address) = &args.live {
        match looked_at(args, also, address.as_deref(), &build, &sources, &web, &home) {
            Ok(looked) => {
                found.extend(looked.found);
                first = looked.first;
                said.push(looked.last);
            }
            Err(status) => return status,
        }
    }
    if args.links {
        let spinner = progress::start(if also.quiet { Duration::MAX } else { Duration::ZERO });
        let told = |done: usize, of: usize| spinner.says(format!("asking other websites: {done} of {of}"));
        let report = links::check(&build, &sources, &web, &home, options.today, &told);
        spinner.stop();
        found.extend(report.found);
        let known = report.links.saturating_sub(report.asked);
        let known = if known == 0 { String::new() } else { format!(" ({known} known from the last days)") };
        said.push(format!("{} to other websites looked at{known}.", count(report.links, "link", "links")));
    }
    let (documents, _) = document::parse_all(&sources, &mut Memo::off());
    if let Some(practice) = &documents.practice {
        crate::check::acknowledge(&practice.value.acknowledge, &sources, &mut found);
    }
    match also.format {
        Format::Json => {
            let mut json = report::json(&found, &sources, options.today, &build.base_url);
            json["answers"] = serde_json::json!([]);
            anstream::println!("{json:#}");
        }
        Format::Text => tell(&found, &sources, (&first, &said), also.quiet),
    }
    match found.iter().any(|finding| also.denied.stops(finding)) {
        true => ExitCode::from(1),
        false => ExitCode::SUCCESS,
    }
}

/// What was found on the published website.
struct Looked {
    found: Diagnostics,
    /// What is said before the findings.
    first: Vec<String>,
    /// What is said behind them.
    last: String,
}

/// Looks at the published website.
fn looked_at(
    args: &Args,
    also: &Also<'_>,
    address: Option<&str>,
    build: &Build,
    sources: &Sources,
    web: &Web,
    home: &Path,
) -> Result<Looked, ExitCode> {
    if address.is_none() && build.base_url.contains(".example") {
        let help = "write your website's address as `base_url` in practice.yaml, or give it: `anteroom check --live https://www.your-name.org`";
        return Err(trouble("the website has no address of its own yet", help));
    }
    let spinner = progress::start(if also.quiet { Duration::MAX } else { Duration::ZERO });
    let options = also.choices.options(also.drafts, false);
    let ready = |done: usize| spinner.says(format!("getting ready: {done} files"));
    let expected = live::Expected::of(build, sources, &options, home, address, &ready);
    let Some(expected) = expected else {
        spinner.stop();
        let message = format!("`{}` isn't a web address", address.unwrap_or(&build.base_url));
        return Err(trouble(&message, "write it like this: https://www.your-name.org"));
    };
    // At another address is another website.
    let former = published::shows_former(home).filter(|_| expected.base == expected.own);
    let expected = match &former {
        Some((_, folder)) => expected.as_in(folder),
        None => expected,
    };
    let told = |what: &str, done: usize, of: usize| {
        spinner.says(if of > 1 { format!("{what}: {done} of {of}") } else { what.to_string() });
    };
    let report = live::check(&expected, web, args.all, &told);
    spinner.stop();
    let mut first = Vec::new();
    let mut found = report.found;
    if let Some((day, _)) = former {
        let site = super::site_flag(&also.choices.site);
        first.push(format!(
            "The website shows the former version on purpose: you put it back on {day}, with `anteroom publish --undo`. So it's \
             compared with that version here. When your files say what visitors should see, send them:\n\n  anteroom publish{site}\n"
        ));
        if also.format == Format::Json {
            let message = format!("the website shows the former version on purpose, since {day}");
            found.push(Diagnostic::new(&codes::LIVE_FORMER, message));
        }
    }
    first.extend(report.arrived.then(|| good_news(&found, report.pages, report.files)).flatten());
    let last = match report.arrived {
        false => "Nothing else was looked at.".to_string(),
        true => {
            let host = live::hosts::words(report.host).map(|words| format!(", on {words}")).unwrap_or_default();
            let some = |(done, of): (usize, usize), one: &str, many: &str| match done == of {
                true => count(done, one, many),
                false => format!("{done} of {}", count(of, one, many)),
            };
            let rest = match report.pages.0 < report.pages.1 || report.files.0 < report.files.1 {
                true => " `--all` looks at the rest.",
                false => "",
            };
            format!(
                "{}{host}: {} and {} looked at.{rest}",
                report.base,
                some(report.pages, "page", "pages"),
                some(report.files, "other file", "other files")
            )
        }
    };
    Ok(Looked { found, first, last })
}

/// What is well where that's the main thing: that nothing is missing.
fn good_news(found: &Diagnostics, pages: (usize, usize), files: (usize, usize)) -> Option<String> {
    let has = |code: &Code| found.iter().any(|finding| finding.code.name == code.name);
    if has(&codes::LIVE_PAGE_MISSING) || has(&codes::LIVE_BUSY) || pages.0 == 0 {
        return None;
    }
    let pages = match pages {
        (1, 1) => "The page is there.".to_string(),
        (looked, of) if looked == of => format!("All {looked} pages are there."),
        (looked, _) => format!("All {looked} pages that were looked at are there."),
    };
    let files = match files {
        _ if has(&codes::LIVE_FILE_MISSING) => String::new(),
        (0, _) => String::new(),
        (1, 1) => " So is the other file.".to_string(),
        (looked, of) if looked == of => format!(" So are all {looked} other files."),
        (looked, _) => format!(" So are the {looked} other files that were looked at."),
    };
    Some(format!("{pages}{files}\n"))
}

fn tell(found: &Diagnostics, sources: &Sources, (first, said): (&[String], &[String]), quiet: bool) {
    if !quiet {
        first.iter().for_each(|words| anstream::println!("{words}"));
    }
    let titles = ["Errors: visitors meet these", "Warnings: take a look", "Notes: good to know"];
    check::by_weight(found, sources, titles);
    if quiet {
        return;
    }
    said.iter().for_each(|words| anstream::println!("{words}"));
    anstream::println!("{}", check::counts(found));
    let is_clean = [Severity::Error, Severity::Warning, Severity::Note].iter().all(|weight| found.count(*weight) == 0);
    if is_clean && std::io::stdout().is_terminal() {
        anstream::println!("Everything is as it should be.");
    }
}
