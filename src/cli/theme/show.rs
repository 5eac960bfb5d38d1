//! `anteroom theme show`.

use std::io::Write;
use std::process::ExitCode;

use serde_json::Value as Json;

use super::{Done, Site, known, no_such_file, practice, unreadable};
use crate::contract::kinds::{self, Field, Kind};
use crate::diagnostic::{Diagnostics, nearest};
use crate::options::Options;
use crate::source::Sources;
use crate::theme::about::About;
use crate::theme::own::{Definitions, Fielded, Own};
use crate::{pipeline, specimen, theme};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The theme's name
    name: String,
    /// Print instead this file as the program brings it: partials/footer.html, base.css, …
    #[arg(value_name = "FILE", conflicts_with = "context")]
    file: Option<String>,
    /// Print instead what the template of this kind of page sees, with examples: service, home, …
    #[arg(long, value_name = "KIND")]
    context: Option<String>,
    #[command(flatten)]
    site: Site,
}

pub(super) fn run(args: &Args) -> Done {
    let sources = args.site.read()?;
    let name = known(&args.name, &sources)?;
    if let Some(kind) = &args.context {
        return context(name, kind, &sources);
    }
    if let Some(file) = &args.file {
        return source(name, file, &sources);
    }
    let mut found = Diagnostics::default();
    let Some(about) = theme::about::about(name, &sources, &practice(&sources), &mut found) else {
        return Err(unreadable(found, &sources));
    };
    print(&about);
    Ok(ExitCode::SUCCESS)
}

/// Prints a file of a built-in theme, to read it or to compare it with one's own.
fn source(name: &str, file: &str, sources: &Sources) -> Done {
    let mut found = Diagnostics::default();
    match theme::about::built_in(name, file, sources, &practice(sources), &mut found) {
        Ok(bytes) => {
            let mut out = std::io::stdout().lock();
            // Somebody who reads only the beginning (`| head`) has read enough.
            let _ = out.write_all(&bytes);
            Ok(ExitCode::SUCCESS)
        }
        Err(all) => Err(no_such_file(name, file, &all).unwrap_or_else(|| unreadable(found, sources))),
    }
}

fn print(about: &About) {
    anstream::println!("{} {}\n{}\n", about.name, about.version, about.description);
    for (what, text) in [("by", &about.author), ("licence", &about.licence)] {
        if !text.is_empty() {
            anstream::println!("{what}: {text}");
        }
    }
    anstream::println!("Its files are looked for in this order; the first that has one wins:");
    for (at, place) in about.order.iter().enumerate() {
        anstream::println!("  {}. {place}", at + 1);
    }
    if !about.overrides.is_empty() {
        anstream::println!("\nFiles in this site that replace others:");
        for (file, behind) in &about.overrides {
            anstream::println!("  {file}  in front of {}", behind.join(", "));
        }
    }
    let mut groups: Vec<&str> = about.settings.iter().map(|setting| setting.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    anstream::println!("\nSettings, under `theme: {{ settings: … }}` in content/practice.yaml (* set by this site):");
    for group in groups {
        anstream::println!("\n  {}", if group.is_empty() { "Others" } else { group });
        for setting in about.settings.iter().filter(|setting| setting.group == group) {
            let mark = if setting.set { "*" } else { " " };
            let options = match setting.options.is_empty() {
                true => String::new(),
                false => format!(" One of: {}.", setting.options.join(", ")),
            };
            anstream::println!(
                "  {mark} {:18} {}\n      {}. {}{options}",
                setting.name,
                setting.value,
                setting.label,
                setting.help
            );
        }
    }
    if !about.presets.is_empty() {
        anstream::println!("\nPresets, under `theme: {{ preset: … }}`:");
        for (name, label) in &about.presets {
            anstream::println!("  {name:12} {label}");
        }
    }
    print_brought(&about.brings);
    anstream::println!(
        "\nWhat its templates see: anteroom theme show {} --context KIND, where KIND is one of\n  {}",
        about.name,
        kinds().join(", ")
    );
}

/// Prints what a theme brings for pages to use.
fn print_brought(own: &Own) {
    let print_fields = |definitions: &Definitions| {
        for (name, field) in &definitions.0 {
            let options = match field.options.is_empty() {
                true => String::new(),
                false => format!(" One of: {}.", field.options.join(", ")),
            };
            let mark = if field.required { " (required)" } else { "" };
            let help = field.help.as_deref().unwrap_or_default();
            anstream::println!("      {name:16} {}. {help}{options}{mark}", field.label);
        }
    };
    if !own.sections.is_empty() {
        anstream::println!("\nSections of its own, for `sections:` of a page:");
        for (name, section) in &own.sections {
            anstream::println!("\n    {name:18} {}. {}", section.label, section.help.as_deref().unwrap_or_default());
            print_fields(&section.fields);
        }
    }
    let kinds = Fielded::ALL.into_iter().map(|kind| (kind, own.fields.of(kind)));
    for (kind, definitions) in kinds.filter(|(_, definitions)| !definitions.0.is_empty()) {
        anstream::println!("\nFields of its own, under `theme:` at the top of a {}:", kind.key());
        print_fields(definitions);
    }
    if !own.layouts.is_empty() {
        let all: Vec<&str> = own.layouts.iter().map(String::as_str).collect();
        anstream::println!("\nLayouts of its own, for `layout:` of a page: {}", all.join(", "));
    }
}

fn kinds() -> Vec<&'static str> {
    kinds::KINDS.iter().map(|kind| kind.name).collect()
}

/// Prints the names of a kind's template, with an example of each from the specimen site.
fn context(theme: &str, wanted: &str, sources: &Sources) -> Done {
    let Some(kind) = kinds::KINDS.iter().find(|kind| kind.name == wanted) else {
        let near = nearest(wanted, kinds());
        let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        let help = format!("{near}the kinds are: {}", kinds().join(", "));
        return Err(super::trouble(&format!("no kind of page is called `{wanted}`"), &help));
    };
    let options = Options { theme: Some(theme.to_string()), ..Options::for_day(jiff::Zoned::now().date()) };
    let described = pipeline::describe(&specimen::sources("full", sources), &options).unwrap_or_default();
    let of_kind = described.iter().filter(|page| page.names["page"]["kind"] == wanted);
    // The page with most to show makes the best example.
    let example = of_kind.max_by_key(|page| page.names.values().map(|value| value.to_string().len()).sum::<usize>());
    anstream::println!(
        "What {} sees on a page of the kind `{wanted}`. Every name is always there: what isn't known is none, an \
         empty list or an empty text. `markup` is printed with `| safe`.\n\n{:34} {:12} {}",
        kind.template,
        "NAME",
        "TYPE",
        "MEANING, AND AN EXAMPLE"
    );
    print_names(kind, example.map(|page| &page.names));
    anstream::println!("{:34} {:12} The theme's words: {{{{ t.home }}}} prints “Home”", "t", "words");
    Ok(ExitCode::SUCCESS)
}

fn print_names(kind: &Kind, example: Option<&std::collections::BTreeMap<&'static str, Json>>) {
    for (name, schema) in kinds::names(kind) {
        let value = example.and_then(|names| names.get(name));
        for Field { path, kind, about, depth } in kinds::fields(name, &schema) {
            let example = value.and_then(|value| kinds::example(value, &path)).map_or_else(String::new, |text| {
                let mut text: String = text.chars().take(60).collect();
                text = text.replace('\n', " ");
                format!("  e.g. {text}")
            });
            if depth == 0 {
                anstream::println!();
            }
            anstream::println!("{path:34} {kind:12} {about}{example}");
        }
    }
}
