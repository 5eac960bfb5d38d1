//! `anteroom explain CODE`.

use std::process::ExitCode;

use crate::diagnostic::{Severity, codes, nearest};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The finding's code, as it stands in brackets: `broken-link`; without one, all codes are listed
    code: Option<String>,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let Some(name) = &args.code else {
        for code in codes::ALL {
            anstream::println!("{:28} {}", code.name, first_sentence(code.meaning));
        }
        return ExitCode::SUCCESS;
    };
    let Some(code) = codes::find(name) else {
        let near = nearest(name, codes::ALL.iter().map(|code| code.name));
        let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        return super::trouble(
            &format!("no finding is called `{name}`"),
            &format!("{near}`anteroom explain` lists them all"),
        );
    };
    let weight = match code.severity {
        Severity::Error => "An error: it stops the build, and the published site stays as it is.",
        Severity::Warning => "A warning: the site is built, and somebody should look.",
        Severity::Note => "A note: good to know; nothing has to be done.",
    };
    anstream::println!("{}\n\n{}\n{weight}\n\nWhat to do: {}", code.name, code.meaning, code.mend);
    ExitCode::SUCCESS
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}
