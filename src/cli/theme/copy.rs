//! `anteroom theme copy`.

use std::process::ExitCode;

use super::{Done, Over, Site, known, no_such_file, practice, unreadable, write};
use crate::cli::trouble;
use crate::diagnostic::Diagnostics;
use crate::source::SourcePath;
use crate::theme::copies;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The theme that uses the file, its own or one that it builds on
    #[arg(value_name = "THEME")]
    name: String,
    /// The file: partials/footer.html, base.css, locales/en.yaml, …
    file: String,
    /// The theme into whose folder the copy goes; if not given, the folder for this site's changes to THEME
    #[arg(long, value_name = "NAME")]
    into: Option<String>,
    /// Replace a file that is there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    site: Site,
}

pub(super) fn run(args: &Args) -> Done {
    let sources = args.site.read()?;
    let name = known(&args.name, &sources)?;
    let into = args.into.as_deref().map_or(Ok(name), |into| known(into, &sources))?;
    let practice = practice(&sources);
    let mut found = Diagnostics::default();
    let original = copies::original(name, &args.file, into, &sources, &practice, &mut found)
        .map_err(|all| no_such_file(name, &args.file, &all).unwrap_or_else(|| unreadable(found, &sources)))?;
    if original.is_manifest() && original.theme != into {
        let help = format!("`anteroom theme new NAME --extends {name}` begins a theme with a theme.yaml of its own");
        return Err(trouble(
            &format!("theme.yaml says what {} is, so another theme can't use it", original.theme),
            &help,
        ));
    }
    let file = format!("themes/{into}/{}", original.file);
    // The path is the program's own or the site's, so there is always one.
    let path = SourcePath::new(&file).map_or(file, |path| path.on_disk().to_string());
    let target = args.site.site.join(&path);
    if target.symlink_metadata().is_ok() && !args.force {
        let help = format!(
            "`anteroom theme diff {into} {}` shows how it differs from the original; `--force` replaces it",
            original.file
        );
        return Err(trouble(&format!("there's already a file {}", target.display()), &help));
    }
    write(&target, &original.copy(), if args.force { Over::Anything } else { Over::Nothing })?;
    anstream::println!("Copied {} of {} to {}", original.file, original.theme, target.display());
    match copies::in_front_of(&original, into, &sources, &practice).as_slice() {
        [] => anstream::println!("Nothing else has this name: use it where you need it."),
        behind => anstream::println!("It's now used instead of the one in {}.", behind.join(", ")),
    }
    anstream::println!("After an update, `anteroom theme diff {into}` tells you what has changed in the original.");
    Ok(ExitCode::SUCCESS)
}
