//! The command line.
//!
//! Owns flags, printing and exit statuses: 0 fine, 1 findings that stop a build, 2 the machine's trouble.
//! One file per command.

#![expect(clippy::disallowed_methods, reason = "this is the edge that prints and reads the clock")]

mod add;
mod build;
mod changes;
mod check;
mod doctor;
mod explain;
mod find;
mod findings;
mod fix;
mod foreign;
mod gallery;
mod host;
mod live;
mod new;
mod online;
mod phone;
mod progress;
mod publish;
mod published;
mod questions;
mod reference;
mod remove;
mod rename;
mod schema;
mod serve;
mod start;
mod terminal;
mod theme;
mod translation;
mod wearing;
mod webspace;

use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Websites for coaching and therapy practices: markdown in, a folder for any web host out.
#[derive(Parser)]
#[command(name = "anteroom", version, about, max_term_width = 100, after_help = TEACH)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

const TEACH: &str = "\
A site is a folder with a folder `content` in it: practice.yaml says who the practice is. Every
markdown file becomes a page. `anteroom build` in that folder checks everything and writes the
finished website to `public`; put that folder on any web host. `anteroom serve` shows it while you write.

  anteroom new my-practice           start a site with a few questions
  anteroom serve --open              write and see every change in your browser
  anteroom check                     list everything to fix
  anteroom find 503-555-0142         where words of the website stand in your files
  anteroom build                     build the site in this folder
  anteroom publish                   put the website where visitors find it
  anteroom build --site ~/practice   build the site in another folder
  anteroom theme list                the themes you can use
  anteroom explain broken-link       what a finding means and how to fix it";

#[derive(Subcommand)]
enum Command {
    /// Start a site: a few questions, then a small complete site with placeholder text to replace
    New(new::Args),
    /// Add a practitioner, service, article or page, with the right fields to fill in; or a work to cite, by its DOI
    Add(add::Args),
    /// Find words of the website in your files
    Find(find::Args),
    /// Give a page, person, service, article or picture another name; links go along, and the old address still works
    Rename(rename::Args),
    /// Take a page, person, service, article or picture away; links to it are mended, and its address leads on
    Remove(remove::Args),
    /// Check everything, then write the website to `public` if there are no errors
    Build(build::Args),
    /// Build the website, then send what changed to where visitors find it
    Publish(publish::Args),
    /// Check facts, notices, privacy, links and text without writing anything
    Check(check::Args),
    /// Show the site in your browser while you write
    Serve(serve::Args),
    /// Add the files that a web host wants, so that it builds the site by itself every day
    Host(host::Args),
    /// Say what this computer has that Anteroom needs, and whether your site's place on the web answers
    Doctor(doctor::Args),
    /// List, show, begin and check themes
    Theme(theme::Args),
    /// Print the JSON Schema of a file, for editors
    Schema(schema::Args),
    /// Say what a finding means, why it matters and how to mend it
    Explain(explain::Args),
    /// Print what makes a shell complete Anteroom's commands when you press Tab
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, for `man`
    Man,
}

/// Runs the program.
pub fn run() -> ExitCode {
    let Some(command) = Cli::parse().command else { return start::run() };
    match command {
        Command::New(args) => new::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Find(args) => find::run(&args),
        Command::Rename(args) => rename::run(&args),
        Command::Remove(args) => remove::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Theme(args) => theme::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Host(args) => host::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "anteroom", &mut std::io::stdout());
            ExitCode::SUCCESS
        }
        Command::Man => match clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => trouble(&format!("the manual page can't be printed: {error}"), "try again"),
        },
    }
}

/// Words with the addresses of the documents that they name: who has only the program finds no folder `docs`.
fn with_addresses(words: &str) -> String {
    let documents = format!(" {}/blob/main/docs/", crate::scaffold::hosts::REPOSITORY);
    words.replace(" docs/", &documents)
}

/// The flag that names a site's folder as it has to be typed where the person is; nothing where they are in it.
fn site_flag(dir: &Path) -> String {
    if dir == Path::new(".") {
        return String::new();
    }
    let text = dir.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "-_./\\:~".contains(c);
    match text.chars().all(is_plain) {
        true => format!(" --site {text}"),
        false => format!(" --site \"{text}\""),
    }
}

/// The exit status for trouble of the machine's: an unreadable folder, a full disk.
fn trouble(message: &str, help: &str) -> ExitCode {
    anstream::eprintln!("error: {}\n  help: {}", with_addresses(message), with_addresses(help));
    ExitCode::from(2)
}
