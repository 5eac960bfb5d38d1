//! `anteroom theme diff`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::{Done, Over, Site, known, practice, unreadable, write};
use crate::cli::trouble;
use crate::diagnostic::{Diagnostics, nearest};
use crate::theme::copies::{self, Compared, Standing};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The theme whose copies are looked at; if not given, all in the site's folder
    #[arg(value_name = "THEME")]
    name: Option<String>,
    /// Show how this file differs from its original, whichever of them has changed
    file: Option<String>,
    /// Take what has changed as seen: from now on, tell only what changes later
    #[arg(long)]
    seen: bool,
    #[command(flatten)]
    site: Site,
}

pub(super) fn run(args: &Args) -> Done {
    let sources = args.site.read()?;
    let names: Vec<&str> = match &args.name {
        Some(name) => vec![known(name, &sources)?],
        None => {
            let folders = sources.files.keys().filter_map(|path| Some(path.inside("themes")?.split_once('/')?.0));
            folders.collect::<BTreeSet<_>>().into_iter().collect()
        }
    };
    let practice = practice(&sources);
    let mut found = Diagnostics::default();
    let mut all = Vec::new();
    for name in names {
        match copies::compare(name, &sources, &practice, &mut found) {
            Some(compared) => all.extend(compared),
            None => return Err(unreadable(found, &sources)),
        }
    }
    if let Some(file) = &args.file {
        all = one(all, file)?;
    }
    for compared in &all {
        print(compared, args.file.is_some());
        let changed = args.seen && compared.standing == Standing::Changed;
        if let Some(text) = compared.seen.as_ref().filter(|_| changed) {
            write(&args.site.site.join(compared.path.on_disk()), text.as_bytes(), Over::Anything)?;
        }
    }
    let changed = all.iter().filter(|compared| compared.standing == Standing::Changed).count();
    match (all.len(), changed) {
        (0, _) => anstream::println!(
            "There are no copies here. `anteroom theme copy THEME FILE` makes one that can be compared after an update."
        ),
        (_, 0) => {}
        (_, _) if args.seen => anstream::println!("Noted. From now on, only later changes are told."),
        (_, _) => anstream::println!(
            "Lines with - are in the original only, lines with + in your copy only. Take over what you need, then type the \
             command again with `--seen`."
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// The copy that is meant; `templates/` or `assets/` may be left out.
fn one(all: Vec<Compared>, wanted: &str) -> Result<Vec<Compared>, ExitCode> {
    let short = wanted.rsplit(['/', '\\']).next().unwrap_or_default();
    let names: Vec<String> = all.iter().map(|compared| compared.file.clone()).collect();
    let is_meant = |file: &str| ["", "templates/", "assets/"].iter().any(|folder| file == format!("{folder}{wanted}"));
    let meant: Vec<Compared> = all.into_iter().filter(|compared| is_meant(&compared.file)).collect();
    if !meant.is_empty() {
        return Ok(meant);
    }
    let file_names = names.iter().map(|name| name.rsplit('/').next().unwrap_or_default());
    let help = match (nearest(short, file_names), names.is_empty()) {
        (_, true) => "there are no copies here; `anteroom theme copy THEME FILE` makes one".to_string(),
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, _) => format!("these are copies: {}", names.join(", ")),
    };
    Err(trouble(&format!("`{wanted}` isn't a copy of another file"), &help))
}

fn print(compared: &Compared, whole: bool) {
    let Compared { path, original, standing, diff, .. } = compared;
    let said = match standing {
        Standing::Same => format!("the same as {original}. You can remove it"),
        Standing::Unchanged => format!("{original} is as it was when you copied it"),
        Standing::Changed => format!("{original} has changed since you copied it"),
        Standing::Unknown => {
            format!("differs from {original}. It doesn't say when it was copied, so either may have changed")
        }
        Standing::Gone => format!("{original} is gone. Check whether your copy is still used"),
    };
    anstream::println!("{}: {}.", shown(path.as_str()), shown(&said));
    match diff {
        Some(diff) if whole || *standing == Standing::Changed => anstream::println!("\n{}", shown(diff)),
        None if whole && *standing != Standing::Same => {
            anstream::println!("It isn't text, so there's nothing to show.");
        }
        _ => {}
    }
}

/// A text that somebody else may have written, without what would steer the terminal.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
