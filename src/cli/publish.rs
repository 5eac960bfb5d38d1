//! `anteroom publish`: builds the website, shows what would change for visitors, and sends it.
//!
//! Owns the conversation. What travels in which order is `publish`'s; the copies for `--undo` and for showing differences are `published`'s.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use scraper::{Html, Selector};
use similar::{ChangeTag, TextDiff};
use walkdir::WalkDir;

use super::build::{self, Choices, count};
use super::findings::Denied;
use super::published::{self, FORMER, KEPT};
use super::{changes, foreign, progress, trouble};
use crate::disk;
use crate::document::model::Publish;
use crate::document::{self, Memo};
use crate::publish::{self, Far, Fault, Files, Lock, Manifest, Plan};
use crate::site_files::servers::HTACCESS;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Show what would change for visitors, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Put the former website back
    #[arg(long, conflicts_with = "dry_run")]
    undo: bool,
    /// Replace files of somebody else's with the same names, the first time
    #[arg(long)]
    replace: bool,
    /// Don't ask
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    denied: Denied,
    #[command(flatten)]
    choices: Choices,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let site = &args.choices.site;
    if !site.join("content").is_dir() {
        return build::no_site(site);
    }
    // Programs of the system's are started from other folders.
    let kept = match fs::create_dir_all(site.join(KEPT)).and_then(|()| site.join(KEPT).canonicalize()) {
        Ok(kept) => kept,
        Err(error) => {
            return trouble(
                &format!("{KEPT} can't be written: {error}"),
                "check that you may write into the site's folder",
            );
        }
    };
    let sources = match disk::read(site) {
        Ok(sources) => sources,
        Err(error) => return build::unreadable(site, &error),
    };
    let (documents, _) = document::parse_all(&sources, &mut Memo::off());
    let Some(publish) = documents.practice.and_then(|file| file.value.publish) else {
        let site = super::site_flag(site);
        let help = format!(
            "for web space, type `anteroom host webspace{site}`: it asks for what your host told you. Or add these lines to \
             content/practice.yaml yourself:\n\n    publish:\n      to: sftp\n      host: web.example.org\n      user: your-account\n      \
             folder: public_html\n\n  docs/hosting.md names the other ways: ftps, rsync, git (GitHub, GitLab, Codeberg), netlify and folder"
        );
        return trouble("practice.yaml doesn't say where to publish", &help);
    };
    // Before the build: programs that a killed upload left behind still read what was built.
    let waiting = || anstream::println!("Another upload of this site is still under way. Waiting until it's done …");
    let lock = match Lock::take(&kept, waiting) {
        Ok(lock) => Rc::new(lock),
        Err(fault) => return trouble(&fault.message, &fault.help),
    };
    let (root, gaps) = match args.undo {
        true => (kept.join(FORMER), 0),
        false => {
            let output = site.join("public");
            let (built, gaps) = build::into(&args.choices, args.denied, &output, &kept);
            if built != ExitCode::SUCCESS {
                return built;
            }
            (output, gaps)
        }
    };
    if args.undo && !root.join("index.html").exists() {
        return trouble("there's no former website to go back to", "it's kept from the second publication on");
    }
    match sent(args, &publish, &root, gaps, &kept, lock) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Ended::Answered(status)) => status,
        Err(Ended::Fault(fault)) => trouble(&fault.message, &fault.help),
    }
}

/// Why nothing is sent.
enum Ended {
    Answered(ExitCode),
    Fault(Fault),
}

impl From<Fault> for Ended {
    fn from(fault: Fault) -> Ended {
        Ended::Fault(fault)
    }
}

fn sent(args: &Args, way: &Publish, root: &Path, gaps: usize, kept: &Path, lock: Rc<Lock>) -> Result<(), Ended> {
    // Between ours, the words of a program that nobody expects.
    if publish::calls_ssh(way) && io::stdin().is_terminal() && published::is_first(kept) {
        anstream::println!(
            "The first time, `ssh` may ask whether you know the server. Compare the fingerprint with the one in your host's letter or on\n\
             its page, and type yes if they're the same. It also asks for your password, which doesn't show as you type.\n"
        );
    }
    let mut far = publish::far(way, &args.choices.site, kept, lock)?;
    let known = far.manifest()?;
    let here = files(root, &*far).map_err(|error| Fault {
        message: format!("{} can't be read: {error}", root.display()),
        help: "build again".to_string(),
    })?;
    if known.is_none() && !args.replace && far.has("index.html")? {
        let page = far.read("index.html").and_then(|html| foreign::recognised(&html));
        let page = page.map(|page| format!(": {page}")).unwrap_or_default();
        return Err(Ended::Fault(Fault {
            message: format!("there's a website in that place already, and Anteroom didn't put it there{page}"),
            help:
                "if it's the page that your host shows in an empty place, or may go, run the command again with `--replace`; files \
                 with other names stay. If not, check `folder` under `publish:`"
                    .to_string(),
        }));
    }
    let there = known.unwrap_or_else(Manifest::default).files;
    // It may be the host's, or keep the folder behind a password, and nobody would see that it's gone.
    if here.contains_key(HTACCESS) && !there.contains_key(HTACCESS) && !args.replace && far.has(HTACCESS)? {
        return Err(Ended::Fault(Fault {
            message: format!("there's a file `{HTACCESS}` in that place already, and Anteroom didn't put it there"),
            help: format!(
                "if you need what it says, copy it to content/static/{HTACCESS} of your site, and its lines are kept. Then run the \
                 command again with `--replace`"
            ),
        }));
    }
    let plan = Plan::of(&here, &there);
    if plan.is_empty() {
        anstream::println!("The website is up to date: nothing has to be sent.");
        if !args.undo {
            published::went_on(kept);
        }
        return Ok(());
    }
    tell(&plan, root, &published::now(kept));
    if args.dry_run {
        anstream::println!("Nothing was sent. Without `--dry-run`, this would be.");
        return Ok(());
    }
    // A machine that publishes by itself has nobody to ask.
    if io::stdin().is_terminal() {
        changes::agreed(&question(args.undo, gaps), args.yes, gaps == 0).map_err(Ended::Answered)?;
    }
    let spinner = progress::start(Duration::from_secs(1));
    let site = super::site_flag(&args.choices.site);
    let outcome = publish::send(&mut *far, root, &here, &there, &plan);
    spinner.stop();
    outcome?;
    // What can't be kept can't be gone back to; the website is published all the same.
    match published::turn(kept, root) {
        Ok(()) if args.undo => published::went_back(kept, args.choices.options(false, false).today),
        Ok(()) => published::went_on(kept),
        Err(error) => {
            published::went_on(kept);
            anstream::println!("(The former website couldn't be kept: {error}. `--undo` won't work this time.)");
        }
    }
    let gone = if plan.gone.is_empty() { String::new() } else { format!(", {} removed", plan.gone.len()) };
    let sent = count(plan.len(), "file", "files");
    if args.undo {
        anstream::println!("The former website is back: {sent} sent{gone}.");
        anstream::println!("Your files haven't changed: the next `anteroom publish{site}` sends what they say.");
    } else {
        anstream::println!("Published: {sent} sent{gone}.");
        anstream::println!("`anteroom check --live{site}` checks that visitors really see it.");
    }
    Ok(())
}

/// What is asked before anything travels.
fn question(undo: bool, gaps: usize) -> String {
    match (undo, gaps) {
        (true, _) => "Put this back?".to_string(),
        (_, 0) => "Publish this?".to_string(),
        (_, gaps) => {
            format!("{} in [brackets] would be visible to visitors. Publish anyway?", count(gaps, "text", "texts"))
        }
    }
}

/// The files of a finished website, each with the hash of what it holds.
fn files(root: &Path, far: &dyn Far) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        let path = entry.path().strip_prefix(root).map_err(io::Error::other)?;
        let name: Vec<String> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        // What the program writes for itself stays here.
        if !entry.file_type().is_file() || name.iter().any(|part| part.starts_with(".anteroom")) {
            continue;
        }
        let name = name.join("/");
        // A line break in a name would become a command of the program that sends it.
        if !publish::is_inside(&name) {
            return Err(io::Error::other(format!("no web host takes a file called {name:?}")));
        }
        files.insert(name, Some(far.hash(&fs::read(entry.path())?)));
    }
    Ok(files)
}

/// Says in plain words what changes for visitors.
fn tell(plan: &Plan, root: &Path, now: &Path) {
    /// Pages that are named; of a whole section that moved the rest is counted.
    const NAMED: usize = 12;
    let address = |path: &String| format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
    let list = |title: &str, pages: &[&String]| {
        if pages.is_empty() {
            return;
        }
        anstream::println!("{title}");
        // The home page first, wherever its name stands among the others.
        let mut pages: Vec<&String> = pages.to_vec();
        pages.sort_by_key(|page| (page.as_str() != "index.html", page.as_str() == "404.html"));
        for page in pages.iter().take(NAMED) {
            anstream::println!("  {}", address(page));
            differences(&now.join(page), &root.join(page));
        }
        if pages.len() > NAMED {
            anstream::println!("  and {} more", pages.len() - NAMED);
        }
        anstream::println!();
    };
    let is_page = |path: &&String| publish::is_page(path);
    list("New pages:", &plan.new_pages.iter().collect::<Vec<_>>());
    list("Pages that change:", &plan.changed_pages.iter().filter(is_page).collect::<Vec<_>>());
    list("Pages that go:", &plan.gone.iter().filter(is_page).collect::<Vec<_>>());
    let others = plan.assets.len() + plan.changed_pages.iter().filter(|path| !publish::is_page(path)).count();
    if others > 0 {
        anstream::println!("And {}, such as style sheets and pictures.\n", count(others, "other file", "other files"));
    }
}

/// The words that change on a page, as far as the page as it was is known.
fn differences(before: &Path, after: &Path) {
    /// Lines of a page that are shown.
    const SHOWN: usize = 6;
    let words = |path: &Path| fs::read_to_string(path).ok().map(|html| visible(&html));
    let (Some(before), Some(after)) = (words(before), words(after)) else { return };
    let diff = TextDiff::from_lines(&before, &after);
    let lines: Vec<String> = diff
        .iter_all_changes()
        .filter_map(|change| {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => return None,
            };
            Some(format!("    {sign} {}", change.value().trim_end()))
        })
        .collect();
    for line in lines.iter().take(SHOWN) {
        anstream::println!("{line}");
    }
    if lines.len() > SHOWN {
        anstream::println!("    and {} more", count(lines.len() - SHOWN, "line", "lines"));
    }
}

/// The words of a page, one line for each paragraph or heading.
fn visible(html: &str) -> String {
    let document = Html::parse_document(html);
    // The menu and the foot are the same on every page.
    let parts = [
        "title",
        "main h1, main h2, main h3, main h4, main p, main li, main dt, main dd, main td, main th, main figcaption",
    ];
    let parts: Vec<Selector> = parts.iter().filter_map(|parts| Selector::parse(parts).ok()).collect();
    let mut lines = String::new();
    for part in parts.iter().flat_map(|parts| document.select(parts)) {
        let words = part.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            lines.push_str(&words);
            lines.push('\n');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_says_what_visitors_would_see_unfinished() {
        assert_eq!(question(false, 0), "Publish this?");
        assert_eq!(question(false, 1), "1 text in [brackets] would be visible to visitors. Publish anyway?");
        assert_eq!(question(false, 7), "7 texts in [brackets] would be visible to visitors. Publish anyway?");
        // Whoever goes back isn't asked about what was visible before.
        assert_eq!(question(true, 7), "Put this back?");
    }

    #[test]
    fn words_of_elements_stay_apart() {
        assert_eq!(visible("<main><p>Fees<br>from<b>May</b></p><ul><li>One</li></ul></main>"), "Fees from May\nOne\n");
    }
}
