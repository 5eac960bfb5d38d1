//! `anteroom build`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::findings::{self, Denied, Each, Shown};
use super::live::{self, Live, Shows, Turn};
use super::{progress, published, trouble};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Told, WriteError, Written};
use crate::document::values;
use crate::options::Options;
use crate::pipeline::{self, Build, Cache};
use crate::removed;
use crate::rules::leftovers;
use crate::source::Sources;
use crate::specimen;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    choices: Choices,
    /// Where the website is written; `public` in the site's folder if not given
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Build drafts and articles that are not due yet, too
    #[arg(long)]
    drafts: bool,
    /// Make links that work from a disk or a USB stick, without a web server
    #[arg(long)]
    portable: bool,
    #[command(flatten)]
    denied: Denied,
    /// Show notes as well as errors and warnings
    #[arg(long)]
    notes: bool,
    /// Go on: build again whenever the site changes
    #[arg(long)]
    watch: bool,
    /// Print findings only
    #[arg(long, short)]
    quiet: bool,
}

/// The choices that every command that builds knows.
#[derive(Clone, clap::Args)]
pub(super) struct Choices {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub site: PathBuf,
    /// The theme, instead of the one in practice.yaml
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// The theme's preset, instead of the one in practice.yaml
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// The website's address, instead of the one in practice.yaml
    #[arg(long, value_name = "URL", value_parser = web_address)]
    base_url: Option<String>,
    /// The day for which to build; today if not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

impl Choices {
    /// The options of a build.
    pub fn options(&self, drafts: bool, portable: bool) -> Options {
        Options {
            today: self.today.unwrap_or_else(|| jiff::Zoned::now().date()),
            drafts,
            theme: self.theme.clone(),
            preset: self.preset.clone(),
            base_url: self.base_url.clone(),
            portable,
            only_checks: false,
        }
    }

    /// Reads and builds what is to be shown for the first time, and follows it from then on.
    ///
    /// # Errors
    /// Where there is no site or it cannot be read: what was wrong is printed, and the status is to be returned.
    pub fn start(&self, shows: Shows, drafts: bool, portable: bool) -> Result<(Live, Turn), ExitCode> {
        if matches!(shows, Shows::Site) && !self.site.join("content").is_dir() {
            return Err(no_site(&self.site));
        }
        let mut options = self.options(drafts, portable);
        // The dated facts of a specimen are fresh on its own day.
        if let (Shows::Specimen(_) | Shows::Gallery, None) = (shows, self.today) {
            options.today = specimen::DAY;
        }
        let follows_the_day = matches!(shows, Shows::Site) && self.today.is_none();
        Live::start(&self.site, shows, options, follows_the_day).map_err(|error| unreadable(&self.site, &error))
    }
}

fn web_address(text: &str) -> Result<String, String> {
    values::check("uri", text).map(|()| text.to_string()).map_err(|wanted| format!("not {wanted}"))
}

pub(super) fn run(args: &Args) -> ExitCode {
    match args.watch {
        true => watch(args),
        false => once(args, None).0,
    }
}

/// Builds once; with how many texts are still to be written. Where `kept` is, what was told before is told in a line.
fn once(args: &Args, kept: Option<&Path>) -> (ExitCode, usize) {
    if !args.choices.site.join("content").is_dir() {
        return (no_site(&args.choices.site), 0);
    }
    let started = Instant::now();
    let spinner = progress::start(if args.quiet { Duration::MAX } else { Duration::from_secs(1) });
    let sources = match disk::read(&args.choices.site) {
        Ok(sources) => sources,
        Err(error) => return (unreadable(&args.choices.site, &error), 0),
    };
    let mut build = pipeline::build(&sources, &args.choices.options(args.drafts, args.portable), &mut Cache::off());
    let published = publish(args, &mut build, &|done, of| spinner.pictures(done, of));
    spinner.stop();
    let status = report(args, &build, &sources, (published, kept), started.elapsed());
    let gap = leftovers::rules().placeholder_text.info.code.name;
    let is_gap = |finding: &&Diagnostic| finding.code.name == gap && finding.acknowledged.is_none();
    let gaps = build.diagnostics.iter().filter(is_gap).count();
    // A process that ends need not give its memory back piece by piece.
    std::mem::forget((build, sources));
    (status, gaps)
}

/// Builds a site into a folder to publish it, as `build` does without choices of its own; with how many texts are still to be written.
pub(super) fn into(choices: &Choices, denied: Denied, output: &Path, kept: &Path) -> (ExitCode, usize) {
    let output = Some(output.to_path_buf());
    let choices = choices.clone();
    let args =
        Args { choices, output, drafts: false, portable: false, denied, notes: false, watch: false, quiet: true };
    once(&args, Some(kept))
}

/// Builds and publishes until the program is stopped.
fn watch(args: &Args) -> ExitCode {
    let (mut live, mut turn) = match args.choices.start(Shows::Site, args.drafts, args.portable) {
        Ok(started) => started,
        Err(status) => return status,
    };
    loop {
        let begun = Instant::now();
        let published = publish(args, &mut turn.build, &|_, _| {});
        report(args, &turn.build, live.sources(), (published, None), turn.took + begun.elapsed());
        if !args.quiet {
            if turn.began_to_poll {
                anstream::println!("{}", live::POLLING);
            }
            anstream::println!("Waiting for changes. Press Ctrl-C to stop.\n");
        }
        turn = match live.next() {
            Ok(turn) => turn,
            Err(error) => return unreadable(&args.choices.site, &error),
        };
    }
}

/// Writes the output folder, unless a finding stops it.
fn publish(args: &Args, build: &mut Build, told: &Told<'_>) -> Option<Result<Written, WriteError>> {
    if build.diagnostics.iter().any(|finding| args.denied.stops(finding)) {
        return None;
    }
    build.add_search();
    let output = build.output.as_ref()?;
    let former = disk::published(&args.output_dir(), output);
    let written = disk::write(output, &args.choices.site, &args.output_dir(), told);
    // Told once, with the build that takes them away: it stops none, since time alone can take a page away.
    if written.is_ok() {
        build.diagnostics.extend(removed::told(&former, output));
    }
    Some(written)
}

/// Prints what was found and what became of it.
fn report(
    args: &Args,
    build: &Build,
    sources: &Sources,
    (published, kept): (Option<Result<Written, WriteError>>, Option<&Path>),
    took: Duration,
) -> ExitCode {
    let output_dir = args.output_dir();
    let shown = Shown { notes: args.notes, each: Each::ThatStops(args.denied) };
    match kept.filter(|_| published.is_some()) {
        None => findings::print(&build.diagnostics, sources, shown),
        Some(kept) => {
            let (untold, again) = published::untold(kept, &build.diagnostics);
            findings::print(&untold, sources, shown);
            if again > 0 {
                let others = if untold.count(Severity::Warning) > 0 { "And " } else { "" };
                let site = super::site_flag(&args.choices.site);
                let warnings = count(again, "warning", "warnings");
                anstream::eprintln!("{others}{warnings}, as last time; `anteroom check{site}` lists them.\n");
            }
        }
    }
    match &published {
        None => {
            stopped(args, build, &output_dir);
            ExitCode::from(1)
        }
        Some(Ok(written)) => {
            if !args.quiet {
                summary(args, build, written, &output_dir, took);
            }
            ExitCode::SUCCESS
        }
        Some(Err(error)) => refused(error, &output_dir),
    }
}

impl Args {
    fn output_dir(&self) -> PathBuf {
        self.output.clone().unwrap_or_else(|| self.choices.site.join("public"))
    }
}

/// The files of a site.
///
/// # Errors
/// Where there is no site or it can't be read: what was wrong is printed, and the status is to be returned.
pub(super) fn opened(site: &Path) -> Result<Sources, ExitCode> {
    if !site.join("content").is_dir() {
        return Err(no_site(site));
    }
    disk::read(site).map_err(|error| unreadable(site, &error))
}

/// The answer to a site's folder that cannot be opened.
pub(super) fn unreadable(site: &Path, error: &std::io::Error) -> ExitCode {
    let message = format!("the folder `{}` can't be read: {error}", site.display());
    trouble(&message, "check that it exists and that you have permission to open it")
}

/// The answer to a folder that is no site.
pub(super) fn no_site(site: &Path) -> ExitCode {
    let folder = site.canonicalize().unwrap_or_else(|_| site.to_path_buf());
    trouble(
        &format!("there's no site in `{}`: it has no folder called `content`", folder.display()),
        match folder.join("themes").is_dir() {
            true => "to see a theme without a site, use `anteroom serve --specimen full`",
            false => "run the command in your site's folder, or say where it is with `--site DIR`",
        },
    )
}

fn stopped(args: &Args, build: &Build, output_dir: &Path) {
    let stop = |severity| build.diagnostics.iter().filter(|d| d.severity == severity && args.denied.stops(d)).count();
    let (errors, warnings) = match (stop(Severity::Error), stop(Severity::Warning)) {
        (errors, 0) => (errors, build.diagnostics.count(Severity::Warning)),
        both => both,
    };
    let what = match (errors, warnings) {
        (0, warnings) => count(warnings, "warning", "warnings"),
        (errors, 0) => count(errors, "error", "errors"),
        (errors, warnings) => {
            format!("{} and {}", count(errors, "error", "errors"), count(warnings, "warning", "warnings"))
        }
    };
    anstream::eprintln!(
        "Nothing was written. Fix {what}, then build again. `{}` hasn't changed.",
        output_dir.display()
    );
    let first = build.diagnostics.iter().find(|d| args.denied.stops(d));
    if let Some(first) = first.filter(|_| !args.quiet) {
        anstream::eprintln!("`anteroom explain {}` tells you more about the first one.", first.code.name);
    }
}

fn summary(args: &Args, build: &Build, written: &Written, output_dir: &Path, took: Duration) {
    let Some(output) = &build.output else { return };
    let others = output.files.len() - output.pages.min(output.files.len()) - output.pictures;
    anstream::println!(
        "Built {}, {} and {} in {} ms.",
        count(output.pages, "page", "pages"),
        count(output.pictures, "picture", "pictures"),
        count(others, "other file", "other files"),
        took.as_millis()
    );
    anstream::println!(
        "The website is in `{}`: {} written, {} as before, {} removed.",
        output_dir.display(),
        written.written,
        written.unchanged,
        written.removed
    );
    for path in &written.left {
        anstream::println!("`{path}` is no longer part of the site. It's a hidden file, so remove it yourself.");
    }
    let (warnings, notes) = (build.diagnostics.count(Severity::Warning), build.diagnostics.count(Severity::Note));
    if warnings > 0 {
        anstream::println!("{} above.", count(warnings, "warning", "warnings"));
    }
    let stale = findings::stale(&build.diagnostics);
    if stale > 0 {
        anstream::println!(
            "{} came up only because time has passed, so the site was built anyway. Take a look soon. \
             To stop the build instead, use `--deny-stale`.",
            count(stale, "thing", "things")
        );
    }
    if notes > 0 && !args.notes {
        anstream::println!("{}; `--notes` shows them.", count(notes, "note", "notes"));
    }
    if let Some(day) = build.changes_on {
        anstream::println!("Build again on {day}: something on the site changes that day.");
    }
}

fn refused(error: &WriteError, output_dir: &Path) -> ExitCode {
    let help = match error {
        WriteError::Foreign(path) if output_dir.starts_with(path) && path.is_file() => {
            let message = format!("the website can't be written to `{}`: it's a file", path.display());
            return trouble(&message, "move the file, or choose a folder with `--output DIR`");
        }
        WriteError::Foreign(path) if path == output_dir => {
            "it has files that Anteroom didn't write; empty it yourself, or choose another folder with `--output DIR`"
        }
        WriteError::Foreign(_) => "move it, or choose another folder with `--output DIR`",
        WriteError::LinkedFolder(_) => "remove the link; everything in the output folder is made by Anteroom",
        WriteError::InTheSite(..) => "choose another folder with `--output DIR`, such as `public` next to `content`",
        WriteError::Busy(_) => "wait until it's done, or stop it; then build again",
        WriteError::Manifest(..) => {
            "empty the output folder yourself and build again; Anteroom only removes files it's sure it wrote"
        }
        WriteError::Io(_, error) if is_full(error) => "free up some space and build again; nothing is lost",
        WriteError::Io(_, error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            "give yourself permission to write there and build again; nothing is lost"
        }
        WriteError::Io(..) => "fix the problem in the message and build again; nothing is lost",
    };
    match error {
        WriteError::Foreign(_) => {
            anstream::eprintln!("error[foreign-output]: {error}\n  help: {help}");
            ExitCode::from(1)
        }
        _ => trouble(&error.to_string(), help),
    }
}

/// Whether making room would help.
fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
