//! `anteroom doctor`: what this computer has that Anteroom needs, and whether the site's place on the web answers.

use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use notify::Watcher;

use crate::disk;
use crate::document::{
    self, Memo,
    model::{Publish, PublishTo},
};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

/// What was found out.
enum Found {
    Good(String),
    Bad(String, String),
}

pub(super) fn run(args: &Args) -> ExitCode {
    let mut all = vec![Found::Good(format!(
        "anteroom {} for {} on {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    ))];
    all.push(watched(&args.site));
    all.push(writable(&args.site));
    let is_site = args.site.join("content").is_dir();
    let sources = if is_site { disk::read(&args.site).ok() } else { None };
    let practice = sources.and_then(|sources| document::parse_all(&sources, &mut Memo::off()).0.practice);
    match (is_site, practice) {
        (false, _) => {
            all.push(Found::Good("this folder holds no site, so there's nothing more to look at".to_string()));
        }
        (true, None) => {
            let help = "`anteroom check` says what is wrong with it";
            all.push(Found::Bad("content/practice.yaml can't be read".to_string(), help.to_string()));
        }
        (true, Some(practice)) => {
            let practice = practice.value;
            all.push(Found::Good(match practice.host {
                Some(host) => format!("the website is made for {}", host.name()),
                None => "practice.yaml doesn't say where the website will be: `anteroom host --help` lists the hosts"
                    .to_string(),
            }));
            match practice.publish.as_ref().map(|publish| publish.to) {
                None => all
                    .push(Found::Good("no place to publish to is set up yet: `anteroom publish` says how".to_string())),
                Some(PublishTo::Folder | PublishTo::Netlify) => {}
                Some(PublishTo::Ftps | PublishTo::Ftp) => all.extend(practice.publish.as_ref().and_then(listens)),
                Some(PublishTo::Sftp) => all.push(program("sftp", "-h")),
                Some(PublishTo::Rsync) => all.extend([program("rsync", "--version"), program("ssh", "-V")]),
                Some(PublishTo::Git) => all.push(program("git", "--version")),
            }
            all.push(answers(&practice.base_url));
        }
    }
    let mut bad = false;
    for found in all {
        match found {
            Found::Good(words) => anstream::println!("  ok   {words}"),
            Found::Bad(words, help) => {
                bad = true;
                anstream::println!("  no   {words}\n       help: {help}");
            }
        }
    }
    if bad { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// Whether the system tells of changes in the folder; some network drives don't.
fn watched(site: &std::path::Path) -> Found {
    let watcher = notify::recommended_watcher(|_: notify::Result<notify::Event>| {});
    match watcher.and_then(|mut watcher| watcher.watch(site, notify::RecursiveMode::NonRecursive)) {
        Ok(()) => Found::Good("this folder can be watched: the preview shows every save at once".to_string()),
        Err(_) => {
            Found::Good("this folder can't be watched; the preview looks for changes every second instead".to_string())
        }
    }
}

/// Whether the FTP server answers. Servers that ssh calls may have names that only ssh knows.
fn listens(publish: &Publish) -> Option<Found> {
    let host = publish.host.as_deref()?;
    let found = (host, publish.port.unwrap_or(21)).to_socket_addrs().ok().and_then(|mut all| all.next());
    let line = found.and_then(|at| TcpStream::connect_timeout(&at, Duration::from_secs(10)).ok());
    Some(match line {
        Some(_) => Found::Good(format!("the server {host}, to which the website is published, answers")),
        None => Found::Bad(
            format!("the server {host}, to which the website would be published, doesn't answer"),
            "check your connection, and `host` and `port` under `publish:` with your host".to_string(),
        ),
    })
}

fn writable(site: &std::path::Path) -> Found {
    let probe = site.join(format!(".anteroom-doctor-{}", std::process::id()));
    match std::fs::write(&probe, "") {
        Ok(()) => {
            let _ = std::fs::remove_file(&probe);
            Found::Good("this folder can be written to".to_string())
        }
        Err(error) => Found::Bad(
            format!("this folder can't be written to: {error}"),
            "check your permission, or work in a folder of your own, such as Documents".to_string(),
        ),
    }
}

fn program(name: &str, flag: &str) -> Found {
    let run = Command::new(name).arg(flag).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    match run {
        Ok(_) => Found::Good(format!("the program `{name}`, by which the website is published, is there")),
        Err(_) => Found::Bad(
            format!("the program `{name}`, by which the website would be published, isn't there"),
            "install it, or choose another way in `publish:` of practice.yaml".to_string(),
        ),
    }
}

/// Whether the website answers at its address.
fn answers(url: &str) -> Found {
    if url.contains(".example") {
        return Found::Good("the website has no address of its own yet (`base_url` in practice.yaml)".to_string());
    }
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(10)))
        .http_status_as_error(false)
        .user_agent(crate::online::web::AGENT)
        .build();
    match ureq::Agent::new_with_config(config).get(url).call() {
        Ok(response) if response.status().is_success() => Found::Good(format!("{url} answers")),
        Ok(response) => Found::Bad(
            format!("{url} answers with the error {}", response.status().as_u16()),
            "publish the website, and check the address and the folder with your host".to_string(),
        ),
        Err(error) => Found::Bad(
            format!("{url} doesn't answer: {error}"),
            "check your connection; then ask your host whether the address leads to your web space".to_string(),
        ),
    }
}
