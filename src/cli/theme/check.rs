//! `anteroom theme check`.

use std::process::ExitCode;

use super::{Done, Site, known};
use crate::cli::findings;
use crate::diagnostic::Diagnostics;
use crate::theme_check::{self, REGIONS, Report};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The theme's name
    name: String,
    #[command(flatten)]
    site: Site,
}

pub(super) fn run(args: &Args) -> Done {
    let sources = args.site.read()?;
    let name = known(&args.name, &sources)?;
    let report = theme_check::check(name, &sources);
    let mut found = Diagnostics::default();
    found.extend(report.findings.iter().cloned());
    findings::print(&found.sorted(), &sources, findings::Shown { notes: true, each: findings::Each::Finding });
    print(name, &report);
    Ok(if report.is_kept() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(name: &str, report: &Report) {
    for fault in &report.faults {
        let about = REGIONS.iter().find(|region| region.name == fault.part).map(|region| region.about);
        anstream::println!("{}: {}", fault.part, fault.message);
        if let Some(about) = about {
            anstream::println!("  the contract asks for {about}");
        }
        let more = match fault.pages.len() {
            0 | 1 => String::new(),
            pages => format!(" and {} more", pages - 1),
        };
        anstream::println!("  on {}{more}\n", fault.pages.first().map_or("", String::as_str));
    }
    if let Some((site, page)) = report.faults.iter().find_map(|fault| fault.pages.first()?.split_once('/')) {
        anstream::println!(
            "To see it: anteroom serve --specimen {site} --theme {name}, then open /{}\n",
            page.trim_end_matches("index.html")
        );
    }
    if report.unasked {
        anstream::println!("Pages with errors weren't looked at any further. Fix these, then check again.\n");
    }
    if report.pages > 0 {
        print_sizes(report);
    }
    match report.faults.len() + report.findings.len() {
        0 => anstream::println!("{name} passes."),
        1 => anstream::println!("{name} fails: 1 thing to fix."),
        count => anstream::println!("{name} fails: {count} things to fix."),
    }
}

fn print_sizes(report: &Report) {
    let (bytes, page) = &report.largest;
    anstream::println!(
        "Looked at {} pages of four specimen sites for {} regions, sound markup, links, silence and size, and at {} presets.",
        report.pages,
        REGIONS.len(),
        report.presets
    );
    anstream::println!(
        "The style sheet weighs {:.1} kB compressed; the largest page with everything that it loads {:.1} kB ({page}).",
        report.style as f64 / 1000.0,
        *bytes as f64 / 1000.0
    );
    if report.fonts > 0 {
        anstream::println!(
            "Its fonts weigh {:.0} kB, with the letters that a site prints.",
            report.fonts as f64 / 1000.0
        );
    }
}
