//! `anteroom host`: what a web host wants to have beside a site that exists.

use std::path::PathBuf;
use std::process::ExitCode;

use super::questions::host_words;
use super::{build, new, trouble};
use crate::scaffold::Host;
use crate::scaffold::hosts;

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
    let files = hosts::files(args.host);
    if files.is_empty() {
        anstream::println!(
            "Any other host needs no files of its own. `anteroom publish` sends the website to it by SFTP, rsync or git: \
             add `publish:` to content/practice.yaml, and it says what belongs there."
        );
        return ExitCode::SUCCESS;
    }
    // All or none: half of them would build half of what they should.
    let (there, other): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| args.site.join(path).exists());
    let differs = |(path, text): &&(&String, &String)| {
        std::fs::read_to_string(args.site.join(path.as_str())).is_ok_and(|own| own != **text)
    };
    if let Some((path, _)) = there.iter().find(differs) {
        let help = "your files are never overwritten: move it away first, and put back what you had changed";
        return trouble(
            &format!("{path} is there already, and it isn't the one that {} needs", host_words(args.host)),
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
    match other.is_empty() {
        true => anstream::println!("The files for {} are there already.", host_words(args.host)),
        false => {
            let host = host_words(args.host);
            let words = format!("\nThese are the files for {host}. What to do on its website is in docs/hosting.md");
            anstream::println!("{}", super::with_addresses(&words));
        }
    }
    ExitCode::SUCCESS
}
