//! `anteroom theme list|show|new|copy|diff|check`.

mod add;
mod check;
mod copy;
mod diff;
mod list;
mod new;
mod pack;
mod show;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use super::{build, findings, trouble};
use crate::diagnostic::{Diagnostics, nearest};
use crate::document::model::Practice;
use crate::document::{self, DataFile};
use crate::source::Sources;
use crate::theme::Own;
use crate::theme::package::Refusal;
use crate::{disk, theme};

#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The themes that this site can wear
    List(Site),
    /// What a theme offers: settings, presets, where its files lie, and what its templates see
    Show(show::Args),
    /// Add a theme that somebody hands on: from a folder, a ZIP file or a Git repository
    Add(add::Args),
    /// Pack a theme into a ZIP file, to hand it on
    Pack(pack::Args),
    /// Begin a theme of your own on top of another
    New(new::Args),
    /// Copy a file of a theme into the site's folder, to change it there
    Copy(copy::Args),
    /// Compare copied files with their originals: after an update, what has changed in these
    Diff(diff::Args),
    /// Hold a theme to the contract: every region on every page of four specimen sites
    Check(check::Args),
}

/// Where a site lies.
#[derive(clap::Args)]
struct Site {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let done = match &args.command {
        Command::List(site) => list::run(site),
        Command::Show(args) => show::run(args),
        Command::Add(args) => add::run(args),
        Command::Pack(args) => pack::run(args),
        Command::New(args) => new::run(args),
        Command::Copy(args) => copy::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Check(args) => check::run(args),
    };
    done.unwrap_or_else(|status| status)
}

/// What a command ends with; `Err` where it ended early, with its message printed.
type Done = Result<ExitCode, ExitCode>;

impl Site {
    /// What `serve` needs besides to show a theme: without a site there's nothing of one's own to see it on.
    fn sample(&self) -> &'static str {
        if self.site.join("content").is_dir() { "" } else { "--specimen full " }
    }

    /// The site's files; a folder without any is no trouble here, because built-in themes need none.
    fn read(&self) -> Result<Sources, ExitCode> {
        if !has_site(&self.site) {
            return Ok(Sources::default());
        }
        disk::read(&self.site).map_err(|error| build::unreadable(&self.site, &error))
    }
}

fn has_site(folder: &Path) -> bool {
    folder.join("content").is_dir() || folder.join("themes").is_dir()
}

/// The site's practice.yaml; an empty one where there is none that can be read.
fn practice(sources: &Sources) -> DataFile<Practice> {
    let (documents, _) = document::parse_all(sources, &mut document::Memo::off());
    documents.practice.unwrap_or_else(document::stand_in_practice)
}

/// The theme that a folder's site wears, and the preset.
pub(super) struct Worn {
    pub name: String,
    pub preset: Option<String>,
}

/// What a folder's site wears. Where it has no practice.yaml, it's a folder to make a theme in: the only one in it, if there's one.
pub(super) fn worn(sources: &Sources) -> Worn {
    let (documents, _) = document::parse_all(sources, &mut document::Memo::off());
    if let Some(practice) = documents.practice {
        let worn = practice.value.theme;
        return Worn { name: worn.name.unwrap_or_else(|| theme::DEFAULT.to_string()), preset: worn.preset };
    }
    let manifests = sources.files.keys().filter_map(|path| path.inside("themes")?.strip_suffix("/theme.yaml"));
    let mut own = manifests.filter(|name| !name.contains('/'));
    let name = own.next().filter(|_| own.next().is_none()).unwrap_or(theme::DEFAULT);
    Worn { name: name.to_string(), preset: None }
}

/// What the theme of a site brings for pages; none where there is no site, or its theme can't be read.
pub(super) fn brought(site: &Path) -> Option<Own> {
    if !has_site(site) {
        return None;
    }
    let sources = disk::read(site).ok()?;
    let practice = practice(&sources);
    let name = practice.value.theme.name.as_deref().unwrap_or(theme::DEFAULT).to_string();
    let about = theme::about::about(&name, &sources, &practice, &mut Diagnostics::default());
    Some(about?.brings)
}

/// The name, if there is such a theme; `base` is one.
fn known<'a>(name: &'a str, sources: &Sources) -> Result<&'a str, ExitCode> {
    let names = theme::about::names_with_base(sources);
    if names.contains(&name) {
        return Ok(name);
    }
    let near = nearest(name, names.iter().copied());
    let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    Err(trouble(&format!("there's no theme called `{name}`"), &format!("{near}the themes are: {}", names.join(", "))))
}

/// Tells why something is no theme that can be handed on.
fn refused(refusal: Refusal) -> ExitCode {
    trouble(&refusal.message, &refusal.help)
}

/// Tells why a theme can't be read.
fn unreadable(found: Diagnostics, sources: &Sources) -> ExitCode {
    findings::print(&found.sorted(), sources, findings::Shown { notes: false, each: findings::Each::Finding });
    ExitCode::FAILURE
}

/// Tells that a theme has no file of a name, where these are all that it has; nothing where it has none at all.
fn no_such_file(theme: &str, wanted: &str, all: &[String]) -> Option<ExitCode> {
    let short = |path: &'_ String| path.rsplit('/').next().unwrap_or_default().to_string();
    let last = wanted.rsplit(['/', '\\']).next().unwrap_or_default();
    let names: Vec<String> = all.iter().map(short).collect();
    let near = nearest(last, names.iter().map(String::as_str));
    let help = match near.and_then(|near| all.iter().find(|path| short(path) == near)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has these: {}", all.join(", ")),
    };
    (!all.is_empty()).then(|| trouble(&format!("the theme `{theme}` has no file `{wanted}`"), &help))
}

/// What a file may be written over.
#[derive(Clone, Copy)]
enum Over {
    /// Nothing: an error where something has its name.
    Nothing,
    /// A file of its name.
    Anything,
}

/// Writes a file of a theme, with the folders around it.
fn write(path: &Path, bytes: &[u8], over: Over) -> Result<(), ExitCode> {
    let written = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        match over {
            Over::Nothing => fs::File::create_new(path)?.write_all(bytes),
            Over::Anything => fs::write(path, bytes),
        }
    };
    written().map_err(|error| {
        let message = format!("{} can't be written: {error}", path.display());
        trouble(&message, "check that you have permission to write there")
    })
}
