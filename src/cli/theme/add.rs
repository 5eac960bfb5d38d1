//! `anteroom theme add`.

use std::process::ExitCode;

use super::{Done, Over, Site, practice, refused, write};
use crate::cli::{build, findings, trouble};
use crate::diagnostic::{Diagnostics, Severity};
use crate::disk::handed_on;
use crate::source::Sources;
use crate::theme;
use crate::theme::about::About;
use crate::theme::package::{self, Origin, Origins, Package};
use crate::theme_check::{self, Report};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Where it is: a folder, a ZIP file, or a Git repository (`https://…`, with `#` and a tag or a branch)
    #[arg(value_name = "FOLDER|ZIP|GIT")]
    from: String,
    /// Which one, where there are several
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Add it only if this is its hash, or the beginning of it: at least 16 digits
    #[arg(long, value_name = "HASH")]
    hash: Option<String>,
    /// Replace a theme of its name, even one that you've changed
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    site: Site,
}

pub(super) fn run(args: &Args) -> Done {
    let mut sources = args.site.read()?;
    let handed_on = handed_on::read(&args.from).map_err(refused)?;
    let package = package::find(handed_on.files, args.theme.as_deref()).map_err(refused)?;
    let hash = package.hash();
    if let Some(wanted) = &args.hash {
        let wanted = wanted.to_ascii_lowercase();
        if wanted.len() < 16 || !hash.starts_with(&wanted) {
            let help = "ask its maker which hash it should have, and don't use it before they match";
            return Err(trouble(&format!("the hash of `{}` is {hash}, and not {wanted}", package.name), help));
        }
    }
    let mut origins = origins(&sources)?;
    let replaces = may_be_replaced(args, &package, &origins)?;
    if replaces == Replaces::Itself {
        anstream::println!("`{}` is here already, exactly as it is there.", package.name);
        return Ok(ExitCode::SUCCESS);
    }
    let (about, report) = tried(&package, &mut sources)?;
    let target = args.site.site.join("themes").join(&package.name);
    let files = package.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    handed_on::put(&target, files).map_err(|error| {
        let message = format!("{} can't be written: {error}", target.display());
        trouble(&message, "check that you have permission to write there")
    })?;
    let origin = Origin {
        from: handed_on::without_secret(&args.from),
        commit: handed_on.commit,
        version: about.version.clone(),
        hash,
        added: jiff::Zoned::now().date(),
    };
    let former = origins.0.insert(package.name.clone(), origin);
    write(&args.site.site.join(package::FILE), origins.text().as_bytes(), Over::Anything)?;
    print(&package, &about, former.filter(|_| replaces == Replaces::Former), &origins);
    if !report.is_kept() {
        anstream::println!("It doesn't keep the whole contract: `anteroom theme check {}` says where.", package.name);
    }
    anstream::println!(
        "\nTo see it:    anteroom serve {1}--theme {0} --open\nTo wear it:   write `theme: {0}` into content/practice.yaml",
        package.name,
        args.site.sample()
    );
    Ok(ExitCode::SUCCESS)
}

/// What has the name of a theme that is to be added.
#[derive(PartialEq, Eq)]
enum Replaces {
    Nothing,
    /// The same theme, file by file.
    Itself,
    /// What was added before, or what may be replaced.
    Former,
}

/// Whether a theme can have the name that it has.
fn may_be_replaced(args: &Args, package: &Package, origins: &Origins) -> Result<Replaces, ExitCode> {
    let name = package.name.as_str();
    if theme::about::is_built_in(name) {
        let help = "ask its maker for another name, or copy its folder, change `name` in its theme.yaml, and add that";
        return Err(trouble(&format!("Anteroom itself has a theme called `{name}`"), help));
    }
    let folder = args.site.site.join("themes").join(name);
    if folder.symlink_metadata().is_err() {
        return Ok(Replaces::Nothing);
    }
    let there = handed_on::read(&folder.to_string_lossy()).map_err(refused)?;
    let hash = package::hash(there.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    if hash == package.hash() {
        return Ok(Replaces::Itself);
    }
    if args.force || origins.0.get(name).is_some_and(|origin| origin.hash == hash) {
        return Ok(Replaces::Former);
    }
    let message = match origins.0.get(name) {
        Some(origin) => format!("you've changed the theme `{name}` since you added it on {}", origin.added),
        None => format!("there's already a theme called `{name}` in {}", folder.display()),
    };
    Err(trouble(&message, "`--force` replaces it with all your changes; copy its folder first if you need them"))
}

/// What the site says of themes that were added before.
fn origins(sources: &Sources) -> Result<Origins, ExitCode> {
    let path = crate::source::SourcePath::new(package::FILE);
    let text: &[u8] = path.as_ref().and_then(|path| sources.text(path)).map_or(&[], |text| text);
    Origins::read(text).map_err(|error| {
        let help = "correct it, or remove it; then nobody knows where your themes came from";
        trouble(&format!("{} can't be read: {error}", package::FILE), help)
    })
}

/// Tries the theme on a sample site before anything is written; the site's files have its from then on.
fn tried(package: &Package, sources: &mut Sources) -> Result<(About, Report), ExitCode> {
    let folder = format!("themes/{}", package.name);
    sources.files.retain(|path, _| path.inside(&folder).is_none());
    for (path, bytes) in &package.files {
        sources.insert_text(&format!("{folder}/{path}"), bytes.clone());
    }
    let mut found = Diagnostics::default();
    let about = theme::about::about(&package.name, sources, &practice(sources), &mut found);
    let report = about.as_ref().map(|_| theme_check::check(&package.name, sources));
    found.extend(report.iter().flat_map(|report| report.findings.iter().cloned()));
    let has_errors = found.count(Severity::Error) > 0;
    match about.zip(report).filter(|_| !has_errors) {
        Some(tried) => Ok(tried),
        None => {
            findings::print(&found.sorted(), sources, findings::Shown { notes: false, each: findings::Each::Finding });
            anstream::eprintln!("`{}` wasn't added, because of these mistakes in it. Tell its maker.", package.name);
            Err(ExitCode::FAILURE)
        }
    }
}

fn print(package: &Package, about: &About, former: Option<Origin>, origins: &Origins) {
    let name = &package.name;
    match former {
        Some(former) => anstream::println!("Updated the theme `{name}` from {} to {}.", former.version, about.version),
        None => anstream::println!("Added the theme `{name}` {}.", about.version),
    }
    if !about.description.is_empty() {
        anstream::println!("  {}", about.description);
    }
    let or = |text: &str, other: &str| if text.is_empty() { other.to_string() } else { text.to_string() };
    anstream::println!("  by:       {}", or(&about.author, "its theme.yaml doesn't say"));
    anstream::println!(
        "  licence:  {}",
        or(&about.licence, "its theme.yaml doesn't say; ask its maker what you may do with it")
    );
    anstream::println!("  contract: version {}", about.api);
    if let Some(origin) = origins.0.get(name) {
        let commit = origin.commit.as_ref().map_or_else(String::new, |commit| format!(", commit {commit}"));
        anstream::println!("  from:     {}{commit}\n  hash:     {}", origin.from, origin.hash);
    }
    match package.script_lines() {
        Some(lines) => anstream::println!(
            "  script:   assets/theme.js runs in your visitors' browsers ({}); read it, or ask somebody who can",
            build::count(lines, "line", "lines")
        ),
        None => anstream::println!("  script:   none"),
    }
    print_left_out(&package.left_out);
}

/// Names the files that are no part of a theme.
pub(super) fn print_left_out(left_out: &[String]) {
    if left_out.is_empty() {
        return;
    }
    let shown: Vec<&str> = left_out.iter().take(5).map(String::as_str).collect();
    let more = left_out.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    anstream::println!("  left out, because it's no part of a theme: {}{more}", shown.join(", "));
}
