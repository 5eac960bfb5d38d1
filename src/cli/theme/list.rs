//! `anteroom theme list`.

use std::process::ExitCode;

use super::{Done, Site, practice};
use crate::diagnostic::Diagnostics;
use crate::theme;

pub(super) fn run(site: &Site) -> Done {
    let sources = site.read()?;
    let practice = practice(&sources);
    let worn = practice.value.theme.name.as_deref().unwrap_or(theme::DEFAULT);
    for name in theme::about::names(&sources) {
        let about = theme::about::about(name, &sources, &practice, &mut Diagnostics::default());
        let mark = if name == worn { "*" } else { " " };
        let Some(about) = about else {
            anstream::println!("{mark} {name:12} can't be read: `anteroom theme check {name}` says why");
            continue;
        };
        let own = if about.own { " (in this site's themes/ folder)" } else { "" };
        anstream::println!("{mark} {name:12} {}{own}", about.description);
        let presets: Vec<&str> = about.presets.iter().map(|(name, _)| name.as_str()).collect();
        if !presets.is_empty() {
            anstream::println!("  {:12} presets: {}", "", presets.join(", "));
        }
    }
    anstream::println!(
        "\nThis site uses the theme marked *. To change it, edit one line in content/practice.yaml:\n\n  \
         theme: harbor\n\nTo see one first: anteroom serve --theme harbor --open"
    );
    Ok(ExitCode::SUCCESS)
}
