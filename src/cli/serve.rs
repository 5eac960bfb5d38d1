//! `anteroom serve`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::build::{Choices, count, unreadable};
use super::findings;
use super::live::{self, Live, Shows, Turn};
use super::phone;
use super::trouble;
use crate::diagnostic::{Diagnostic, Severity, report};
use crate::output::{File, Output};
use crate::pipeline::Build;
use crate::route::{Routes, url_of};
use crate::serve::{Preview, Server, Shown};
use crate::source::SourcePath;
use crate::specimen;

/// Findings sent to the browser; nobody mends more in one go.
const MOST: usize = 50;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    choices: Choices,
    /// Show a sample site in this folder's theme, instead of the site: one with everything, the smallest, or one in Arabic
    #[arg(long, value_name = "full|small|rtl|bilingual", value_parser = specimen_name)]
    specimen: Option<&'static str>,
    /// Show every kind of page in every theme and preset, beside each other; with `--theme`, in that one
    #[arg(long, conflicts_with = "specimen")]
    gallery: bool,
    /// Show drafts and articles that are not due yet, marked as such; `--drafts=false` leaves them out
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_value_t = true,
        default_missing_value = "true",
        action = clap::ArgAction::Set
    )]
    drafts: bool,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// The port to answer at; the next free one if it is taken
    #[arg(long, default_value_t = 4321)]
    port: u16,
    /// The address to answer at. To see the site on a phone in the same network: `--host 0.0.0.0`
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Print findings only
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let shows = match args.specimen {
        _ if args.gallery => Shows::Gallery,
        Some(name) => Shows::Specimen(name),
        None => Shows::Site,
    };
    let (mut live, mut turn) = match args.choices.start(shows, args.drafts, false) {
        Ok(started) => started,
        Err(status) => return status,
    };
    let mut shown = Showing::default();
    let first = shown.next(&mut turn, &live);
    let base_path = first.base_path.clone();
    let server = match Server::start(args.host, args.port, live.home().to_path_buf(), first) {
        Ok(server) => server,
        Err(error) => {
            let message = format!("can't start the preview at {}:{}: {error}", args.host, args.port);
            return trouble(&message, "choose another port with `--port`, or leave out `--host`");
        }
    };
    stop_on_ctrl_c();
    let address = format!("http://{}{base_path}", phone::on_this_computer(server.address()));
    findings::print(&turn.build.diagnostics, live.sources(), findings::Shown::default());
    let pages = shown.good.as_ref().map(|output| output.pages);
    greet(args, &turn, pages, &address, &server, live.described());
    if args.open && open::that_detached(&address).is_err() {
        anstream::eprintln!("Couldn't open a browser. Open {address} yourself.");
    }
    drop(turn);
    loop {
        let mut turn = match live.next() {
            Ok(turn) => turn,
            Err(error) => return unreadable(&args.choices.site, &error),
        };
        server.show(shown.next(&mut turn, &live));
        findings::print(&turn.build.diagnostics, live.sources(), findings::Shown::default());
        if !args.quiet {
            anstream::println!("{}", line(&turn, shown.rendered));
            if turn.began_to_poll {
                anstream::println!("{}", live::POLLING);
            }
        }
    }
}

fn specimen_name(text: &str) -> Result<&'static str, String> {
    let known = specimen::NAMES.iter().find(|name| **name == text).copied();
    known.ok_or_else(|| format!("there are these: {}", specimen::NAMES.join(", ")))
}

/// Ctrl-C is the way to end a preview, so it ends well. Nothing is half-written: a preview writes nothing.
fn stop_on_ctrl_c() {
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        if let Ok(runtime) = runtime
            && runtime.block_on(tokio::signal::ctrl_c()).is_ok()
        {
            anstream::println!("\nThe preview has stopped.");
            crate::disk::remove_temporary();
            std::process::exit(0);
        }
    });
}

fn greet(args: &Args, turn: &Turn, pages: Option<usize>, address: &str, server: &Server, described: Option<String>) {
    if args.quiet {
        return;
    }
    if let Some(described) = described {
        anstream::println!("This is {described}.");
    }
    match pages {
        Some(pages) => anstream::println!("{} in {} ms.", count(pages, "page", "pages"), turn.took.as_millis()),
        None => anstream::println!("The site has errors. It will appear as soon as you fix them."),
    }
    anstream::println!("The preview is at {address}");
    if server.address().port() != args.port {
        anstream::println!("(Port {} is in use, so this is the next free one.)", args.port);
    }
    if let Some(host) = phone::in_network(server.address()) {
        let path = address.splitn(4, '/').nth(3).unwrap_or_default();
        let address = format!("http://{host}/{path}");
        anstream::println!("On a phone in the same network, open {address}");
        if std::io::stdout().is_terminal()
            && let Some(code) = phone::code(&address)
        {
            anstream::println!("or point its camera here:\n\n{code}\n");
        }
        anstream::println!("Anyone on this network can see it.");
    }
    if turn.began_to_poll {
        anstream::println!("{}", live::POLLING);
    }
    anstream::println!("The page updates every time you save. Press Ctrl-C to stop.\n");
}

/// `14:03:12  content/resources/grief.md: 3 pages in 12 ms`.
fn line(turn: &Turn, rendered: usize) -> String {
    let what = match turn.changed.as_slice() {
        [] => "a new day".to_string(),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} and {}", count(rest.len(), "other file", "other files")),
    };
    let now = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
    let (errors, warnings) =
        (turn.build.diagnostics.count(Severity::Error), turn.build.diagnostics.count(Severity::Warning));
    let outcome = match (stopping(&turn.build).count(), errors) {
        (0, 0) => format!("{} in {} ms", count(rendered, "page", "pages"), turn.took.as_millis()),
        (0, errors) => {
            let pages = count(rendered, "page", "pages");
            format!("{pages} in {} ms; {} to fix in drafts", turn.took.as_millis(), count(errors, "error", "errors"))
        }
        (errors, _) => format!("{} to fix; still showing the last good pages", count(errors, "error", "errors")),
    };
    let warned = match (errors, warnings) {
        (0, warnings @ 1..) => format!(", {}", count(warnings, "warning", "warnings")),
        _ => String::new(),
    };
    format!("{now}  {what}: {outcome}{warned}")
}

/// From builds to what the browser is shown.
#[derive(Default)]
struct Showing {
    good: Option<Arc<Output>>,
    /// The addresses of its pages.
    routes: Option<Arc<[Routes]>>,
    base_path: Option<String>,
    /// How many pages of the last build differ from those before.
    rendered: usize,
    /// How many builds there were; with the time it tells every build of every run apart.
    builds: usize,
}

impl Showing {
    /// Takes the build's output, if it may be shown.
    fn next(&mut self, turn: &mut Turn, live: &Live) -> Preview {
        let before = self.good.clone();
        let output = turn.build.output.take();
        let build = &turn.build;
        // What a rule of practice forbids to publish can still be looked at, when there is nothing better to show.
        let mut stopping = stopping(build).peekable();
        let shows = stopping.peek().is_none() || (self.good.is_none() && stopping.all(|error| error.basis.is_some()));
        if let Some(output) = output.filter(|_| shows) {
            self.good = Some(Arc::new(output));
            self.routes = Some(build.routes.clone());
            self.base_path = Some(crate::route::address::base_path(&build.base_url));
        }
        let changed = match (&before, &self.good) {
            (Some(before), Some(now)) if !Arc::ptr_eq(before, now) => differing(before, now),
            _ => Vec::new(),
        };
        self.rendered = changed.iter().filter(|name| name.ends_with(".html")).count();
        self.builds += 1;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        let (findings, left_out) = findings_of(build, live);
        let faulty = Arc::new(faulty_drafts(build, live));
        Preview {
            build: format!("{now:x}-{}", self.builds),
            output: self.good.clone(),
            routes: self.routes.clone(),
            faulty,
            findings: Arc::new(findings),
            left_out,
            base_path: self.base_path.clone().unwrap_or_else(|| "/".to_string()),
            saved: match before {
                Some(_) => saved(build, &turn.changed),
                None => Vec::new(),
            },
            replaced: changed.into_iter().filter(|name| !name.ends_with(".html")).collect(),
        }
    }
}

/// The errors that keep a build from being shown: those of drafts don't.
fn stopping(build: &Build) -> impl Iterator<Item = &Diagnostic> {
    let open = build.diagnostics.iter().filter(|finding| finding.acknowledged.is_none());
    open.filter(|finding| finding.severity == Severity::Error && !finding.is_of(&build.drafts))
}

/// The drafts that have no page, by the address that they will have, with what is wrong with them.
fn faulty_drafts(build: &Build, live: &Live) -> BTreeMap<String, Vec<Shown>> {
    let without_page = build.drafts.iter().filter(|path| build.page_of(path).is_none());
    let faulty = without_page.filter_map(|path| {
        let own = build.diagnostics.iter().filter(|finding| {
            finding.severity == Severity::Error && finding.place.as_ref().is_some_and(|place| place.path == *path)
        });
        let own: Vec<Shown> = own.take(MOST).map(|finding| shown_finding(finding, live)).collect();
        (!own.is_empty()).then(|| (url_of(path, None, &build.language).as_str().to_string(), own))
    });
    faulty.collect()
}

/// The published files that are not what they were.
fn differing(before: &Output, now: &Output) -> Vec<String> {
    let same = |a: &File, b: &File| match (a, b) {
        // Recalled pages are the same bytes in the same place.
        (File::Made(a), File::Made(b)) => (a.as_ptr(), a.len()) == (b.as_ptr(), b.len()) || a == b,
        (a, b) => a == b,
    };
    let names = live::differing(&before.files, &now.files, same);
    names.into_iter().map(|name| name.as_str().to_string()).collect()
}

/// The addresses of the pages whose files were saved.
fn saved(build: &Build, changed: &[SourcePath]) -> Vec<String> {
    let urls: BTreeSet<&str> =
        changed.iter().filter_map(|path| build.page_of(path)).map(|route| route.url.as_str()).collect();
    urls.into_iter().take(MOST).map(str::to_string).collect()
}

/// The findings that the browser is shown, the gravest first, and how many more there are.
fn findings_of(build: &Build, live: &Live) -> (Vec<Shown>, usize) {
    let open = build.diagnostics.iter().filter(|finding| finding.acknowledged.is_none());
    let shown = open.filter(|finding| finding.severity != Severity::Note);
    let (errors, warnings): (Vec<_>, Vec<_>) = shown.partition(|finding| finding.severity == Severity::Error);
    let left_out = (errors.len() + warnings.len()).saturating_sub(MOST);
    let shown = errors.into_iter().chain(warnings).take(MOST);
    (shown.map(|finding| shown_finding(finding, live)).collect(), left_out)
}

fn shown_finding(finding: &Diagnostic, live: &Live) -> Shown {
    let sources = live.sources();
    let position = finding.place.as_ref().and_then(|place| Some((place, report::position(sources, place)?)));
    Shown {
        severity: finding.severity,
        text: report::render(finding, sources, false),
        place: position.as_ref().map(|(place, at)| format!("{}:{}:{}", place.path, at.line, at.column)),
        href: position.and_then(|(place, at)| {
            // A file's address knows how its path is escaped on each system.
            let file = url::Url::from_file_path(live.on_disk(&place.path)).ok()?;
            Some(format!("vscode://file{}:{}:{}", file.path(), at.line, at.column))
        }),
    }
}
