//! `anteroom theme pack`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use super::{Done, Site, known, practice, refused, unreadable};
use crate::cli::{build, trouble};
use crate::diagnostic::Diagnostics;
use crate::disk::handed_on;
use crate::theme::package::{self, archive};
use crate::{theme, theme_check};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The theme's name
    name: String,
    /// The archive; if not given, NAME-VERSION.zip in the current folder
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace an archive that is there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    site: Site,
}

pub(super) fn run(args: &Args) -> Done {
    let sources = args.site.read()?;
    let name = known(&args.name, &sources)?;
    let folder = args.site.site.join("themes").join(name);
    if !folder.is_dir() {
        let help = format!(
            "everybody who has Anteroom has `{name}`; to hand on your changes to it, begin a theme: `anteroom theme new NAME --extends {name}`"
        );
        return Err(trouble(&format!("there's no folder {}", folder.display()), &help));
    }
    let mut found = Diagnostics::default();
    let Some(about) = theme::about::about(name, &sources, &practice(&sources), &mut found) else {
        return Err(unreadable(found, &sources));
    };
    let files = handed_on::read(&folder.to_string_lossy()).map_err(refused)?.files;
    let package = package::find(files, None).map_err(refused)?;
    if package.name != name {
        let message = format!("the folder is called `{name}`, and its theme.yaml says `{}`", package.name);
        return Err(trouble(&message, "give both the same name"));
    }
    let bytes = archive::write(&package).map_err(refused)?;
    let version: String = about.version.chars().filter(|c| c.is_ascii_alphanumeric() || ".-+_".contains(*c)).collect();
    let output = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}-{version}.zip")));
    let there = fs::read(&output).ok();
    if !args.force && output.symlink_metadata().is_ok() && there.as_deref() != Some(bytes.as_slice()) {
        let help = "give the theme a new version in its theme.yaml, or replace the archive with `--force`";
        return Err(trouble(&format!("there's already a file {}", output.display()), help));
    }
    fs::write(&output, &bytes).map_err(|error| {
        trouble(
            &format!("{} can't be written: {error}", output.display()),
            "check that you have permission to write there",
        )
    })?;
    anstream::println!(
        "Packed {} of {name} {} into {}, {:.0} kB.",
        build::count(package.files.len(), "file", "files"),
        about.version,
        output.display(),
        (bytes.len() as f64 / 1000.0).max(1.0)
    );
    super::add::print_left_out(&package.left_out);
    if let Some(parent) = about.needs {
        anstream::println!("It builds on `{parent}`, which whoever adds it must have, too.");
    }
    if about.licence.is_empty() {
        anstream::println!(
            "Nobody knows what they may do with it: say so with `licence` in its theme.yaml, such as `licence: MIT`."
        );
    }
    let report = theme_check::check(name, &sources);
    if !report.is_kept() {
        anstream::println!("It doesn't keep the contract yet: `anteroom theme check {name}` says why.");
    }
    anstream::println!("Its hash: {}\nTo add it: anteroom theme add {}", package.hash(), output.display());
    Ok(ExitCode::SUCCESS)
}
