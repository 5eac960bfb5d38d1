//! `anteroom host`: what a web host wants to have beside a site that exists.
//!
//! Owns that practice.yaml names the host, by which the build knows what to make for it, and that the files lie there by which a
//! host builds the site itself. How `publish` gets to web space is asked by `webspace`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::terminal::{Asks, Terminal};
use super::webspace;
use super::{build, new, trouble};
use crate::document::{self, Memo};
use crate::scaffold::Host;
use crate::scaffold::hosts;
use crate::source::Sources;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The host
    #[arg(value_enum)]
    host: Host,
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

pub(super) fn run(args: &Args) -> ExitCode {
    if !args.site.join("content").is_dir() {
        return build::no_site(&args.site);
    }
    if args.host == Host::Other {
        anstream::println!("{}", super::with_addresses(&what_next(args.host)));
        return ExitCode::SUCCESS;
    }
    let files = hosts::files(args.host);
    // All or none: half of them would build half of what they should.
    let (there, other): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| args.site.join(path).exists());
    let differs = |(path, text): &&(&String, &String)| {
        std::fs::read_to_string(args.site.join(path.as_str())).is_ok_and(|own| own != **text)
    };
    if let Some((path, _)) = there.iter().find(differs) {
        let help = "your files are never overwritten: move it away first, and put back what you had changed";
        return trouble(
            &format!("{path} is there already, and it isn't the one that {} needs", args.host.name()),
            help,
        );
    }
    for (path, text) in &other {
        if let Err(error) = new::create(&args.site.join(path.as_str()), text) {
            return trouble(
                &format!("{path} can't be written: {error}"),
                "check that you have permission to write there",
            );
        }
        anstream::println!("{path}");
    }
    let named = name(&args.site, args.host);
    let key = args.host.key();
    match named {
        Named::Before => {}
        Named::Now => anstream::println!("content/practice.yaml says `host: {key}` now."),
        Named::ByHand(None) => anstream::println!("Add this line to content/practice.yaml: `host: {key}`"),
        Named::ByHand(Some(other)) => anstream::println!(
            "content/practice.yaml says `host: {}`. If you've moved, write `host: {key}` there.",
            other.key()
        ),
    }
    let program = new::as_typed();
    let site = super::site_flag(&args.site);
    // Who names another host has another way there.
    if args.host == Host::Webspace && !matches!(named, Named::ByHand(Some(_))) {
        let mut terminal = Terminal;
        let asks = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        let Ok(way) = webspace::way(&args.site, asks.then_some(&mut terminal as &mut dyn Asks)) else {
            return trouble("you stopped at a question, so nothing more was written", "run it again any time");
        };
        anstream::println!("{}", webspace::told(&way, &program, &site));
        return ExitCode::SUCCESS;
    }
    match (&named, other.is_empty()) {
        (Named::Before, true) => anstream::println!("Everything for {} is there already.", args.host.name()),
        _ => anstream::println!("\n{}", super::with_addresses(&what_next(args.host))),
    }
    ExitCode::SUCCESS
}

/// What to do now, and what this host can't.
pub(super) fn what_next(host: Host) -> String {
    let name = host.name();
    match host {
        Host::Netlify | Host::Cloudflare => {
            format!("The files for {name} are there. What to do on its website is in docs/hosting.md")
        }
        Host::Github | Host::Gitlab | Host::Codeberg => format!(
            "The files for {name} are there. It sends no headers of yours, so a part of your site's protection stands in its \
             pages only. What to do on its website is in docs/hosting.md"
        ),
        Host::Webspace => {
            "The build makes `.htaccess` for your web space, with your redirects and headers in it. Web space builds \
             nothing by itself: see docs/hosting.md"
                .to_string()
        }
        Host::Nginx => {
            "The build makes `public/_nginx.conf`, which your server's configuration includes: see docs/hosting.md"
                .to_string()
        }
        Host::Caddy => {
            "The build makes `public/_caddy.conf`, which your Caddyfile imports: see docs/hosting.md".to_string()
        }
        Host::Other => {
            "Any other host needs no files of its own. `anteroom publish` sends the website to it by SFTP, rsync or \
             git: add `publish:` to content/practice.yaml, and it says what belongs there."
                .to_string()
        }
    }
}

/// Whether practice.yaml names the host.
enum Named {
    Before,
    Now,
    /// It can't be written there without doubt: it names another, or its lines are unusual.
    ByHand(Option<Host>),
}

fn name(site: &Path, host: Host) -> Named {
    let path = site.join("content/practice.yaml");
    let Ok(text) = std::fs::read_to_string(&path) else { return Named::ByHand(None) };
    match named_in(&text) {
        Some(Some(named)) if named == host => return Named::Before,
        Some(Some(other)) => return Named::ByHand(Some(other)),
        Some(None) => {}
        None => return Named::ByHand(None),
    }
    let Some(after) = text.find("\nbase_url:").map(|at| at + 1) else { return Named::ByHand(None) };
    let end = text[after..].find('\n').map_or(text.len(), |at| after + at + 1);
    let ends = if text[..end].ends_with("\r\n") { "\r\n" } else { "\n" };
    let before = if text[..end].ends_with('\n') { "" } else { ends };
    let changed = format!("{}{before}host: {}{ends}{}", &text[..end], host.key(), &text[end..]);
    // An address over several lines is the only thing in which that wouldn't be a line of its own.
    match named_in(&changed) == Some(Some(host)) && std::fs::write(&path, changed).is_ok() {
        true => Named::Now,
        false => Named::ByHand(None),
    }
}

/// The host that a practice.yaml names; `None` where the file has faults.
fn named_in(text: &str) -> Option<Option<Host>> {
    let mut sources = Sources::default();
    sources.insert_text("content/practice.yaml", text);
    document::parse_all(&sources, &mut Memo::off()).0.practice.map(|practice| practice.value.host)
}
