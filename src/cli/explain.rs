//! `anteroom explain CODE`.

use std::process::ExitCode;

use crate::diagnostic::{Code, Severity, codes, nearest};
use crate::rules::{self, Case, Info};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The finding's code, as it stands in brackets: `broken-link`; without one, all codes are listed
    code: Option<String>,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let Some(name) = &args.code else {
        list();
        return ExitCode::SUCCESS;
    };
    match (codes::find(name), rules::find(name)) {
        (Some(code), _) => explain(code),
        (None, Some(rule)) => {
            explain(&rule.code);
            grounds(rule);
        }
        (None, None) => {
            let near = nearest(name, names());
            let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            return super::trouble(
                &format!("there's no finding called `{name}`"),
                &format!("{near}`anteroom explain` lists them all"),
            );
        }
    }
    ExitCode::SUCCESS
}

fn names() -> impl Iterator<Item = &'static str> {
    let rules = rules::families().iter().flat_map(|family| &family.rules);
    codes::ALL.iter().map(|code| code.name).chain(rules.map(|rule| rule.code.name))
}

fn list() {
    for family in rules::families() {
        anstream::println!("{}", family.title);
        for rule in &family.rules {
            anstream::println!("  {:28} {}", rule.code.name, first_sentence(rule.code.meaning));
        }
        anstream::println!();
    }
    for (title, online) in
        [("Files, front matter, texts and themes", false), ("The published website and links to others", true)]
    {
        anstream::println!("{title}");
        for code in codes::ALL.iter().filter(|code| code.online == online) {
            anstream::println!("  {:28} {}", code.name, first_sentence(code.meaning));
        }
        anstream::println!();
    }
}

fn explain(code: &Code) {
    let weight = if code.online { weight_online(code.severity) } else { weight(code.severity) };
    let (meaning, mend) = (super::with_addresses(code.meaning), super::with_addresses(code.mend));
    anstream::println!("{}\n\n{meaning}\n{weight}\n\nWhat to do: {mend}", code.name);
}

fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "An error: it stops the build. The published site doesn't change.",
        Severity::Warning => "A warning: the site is built, but take a look.",
        Severity::Note => "A note: good to know. It stops nothing.",
    }
}

/// What is found on the web stops no build: nobody's files are wrong by it.
fn weight_online(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => {
            "An error: visitors meet it. It's found by `anteroom check --live` and `--links` only, and stops no build."
        }
        Severity::Warning => "A warning: take a look. It's found by `anteroom check --live` and `--links` only.",
        Severity::Note => "A note: good to know. It's found by `anteroom check --live` and `--links` only.",
    }
}

/// Whom a rule concerns and what it rests on.
fn grounds(rule: &Info) {
    anstream::println!("\nWho it applies to, and the source:");
    for case in &rule.cases {
        anstream::println!("- {}", ground(case));
    }
    anstream::println!(
        "\nIf it's right as it is, say so in practice.yaml. Name the file or folder (`path`) or the words that the \
         finding shows (`value`):\n\n  acknowledge:\n    - code: {}\n      reason: your reason for ignoring this\n      path: about.md\n\n\
         This isn't legal advice. If it matters, ask your board or a lawyer.",
        rule.code.name
    );
}

fn ground(case: &Case) -> String {
    let kinds: Vec<&str> = case.kinds.iter().map(|kind| kind.key()).collect();
    let kinds = if kinds.is_empty() { "every practice".to_string() } else { kinds.join(" and ") };
    let places: Vec<&str> = case.places.iter().map(|place| &**place).collect();
    let places = if places.is_empty() { String::new() } else { format!(" in {}", places.join(", ")) };
    let severity = match case.severity {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
        Severity::Note => "a note",
    };
    let since = case.effective.map(|day| format!(", since {day}")).unwrap_or_default();
    let basis = &case.basis;
    format!(
        "{severity} for {kinds}{places}{since}.\n  Source: {}; looked up {}. How sure: {}.",
        basis.source,
        basis.verified,
        basis.confidence.words()
    )
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}
