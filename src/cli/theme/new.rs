//! `anteroom theme new`.

use std::process::ExitCode;

use super::{Done, Over, Site, known, write};
use crate::cli::trouble;
use crate::theme;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The new theme's name: small letters, digits and hyphens
    name: String,
    /// The theme on which it builds: one of `anteroom theme list`, or `base`, which has no look at all
    #[arg(long, value_name = "NAME", default_value = theme::DEFAULT)]
    extends: String,
    #[command(flatten)]
    site: Site,
}

pub(super) fn run(args: &Args) -> Done {
    let sources = args.site.read()?;
    let parent = known(&args.extends, &sources)?;
    let name = args.name.as_str();
    if !theme::package::is_name(name) {
        let help = format!("try `{}`", suggestion(name));
        return Err(trouble(&format!("`{name}` can't be a theme's name"), &help));
    }
    let folder = args.site.site.join("themes").join(name);
    if theme::about::names(&sources).contains(&name) || folder.exists() {
        let help = "choose another name; `anteroom theme list` shows those that are taken";
        return Err(trouble(&format!("there's already a theme called `{name}`"), help));
    }
    let mut written = Vec::new();
    for (file, text) in files(parent) {
        let path = folder.join(file.replace("NAME", name));
        let text = text.replace("NAME", name).replace("PARENT", parent);
        write(&path, text.as_bytes(), Over::Nothing)?;
        written.push(path.display().to_string());
    }
    anstream::println!("A new theme, `{name}`, on top of `{parent}`:\n\n  {}\n", written.join("\n  "));
    let how = args.site.sample();
    anstream::println!(
        "See it while you work:         anteroom serve {how}--theme {name} --open\n\
         What its templates see:        anteroom theme show {name} --context service\n\
         Whether it keeps the contract: anteroom theme check {name}\n\
         For good: `theme: {name}` in content/practice.yaml. docs/designers.md has the rest."
    );
    Ok(ExitCode::SUCCESS)
}

/// A name that can be one, made of what was given.
fn suggestion(name: &str) -> String {
    match slug::slugify(name).as_str() {
        "" | "base" | "site" => "my-theme".to_string(),
        slug => slug.to_string(),
    }
}

/// What a new theme begins with. On `base` it needs a look of its own; on others it has theirs.
fn files(parent: &str) -> [(&'static str, &'static str); 5] {
    let (sheet, look) = match parent {
        theme::BASE => (include_str!("new/bare.css"), include_str!("new/bare-NAME.css")),
        _ => (include_str!("new/theme.css"), include_str!("new/NAME.css")),
    };
    [
        ("theme.yaml", include_str!("new/theme.yaml")),
        ("assets/theme.css", sheet),
        ("assets/NAME.css", look),
        ("templates/base.html", include_str!("new/base.html")),
        ("locales/en.yaml", include_str!("new/en.yaml")),
    ]
}
