//! Findings on the terminal.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::IsTerminal;

use crate::diagnostic::report;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::Sources;

/// Findings that are printed one by one; the rest is counted. Nobody mends more in one go.
const MOST: usize = 50;

/// So many findings of a kind that stop nothing are shown; of more, the first.
const MOST_OF_A_KIND: usize = 3;

/// What stops a build besides errors.
#[derive(clap::Args, Clone, Copy, Default)]
pub(super) struct Denied {
    /// Stop at warnings as at errors, except at what time alone has brought
    #[arg(long)]
    deny_warnings: bool,
    /// Stop at what time alone has brought, too: a licence that has expired, a fact gone stale
    #[arg(long)]
    deny_stale: bool,
}

impl Denied {
    /// Whether a finding stops the build. What time alone has brought stops only where that was asked for: otherwise a
    /// site that is built daily would stand still from that day on.
    pub fn stops(self, finding: &Diagnostic) -> bool {
        let denied = match finding.severity {
            Severity::Error => true,
            Severity::Warning if finding.code.by_time => self.deny_stale,
            Severity::Warning => self.deny_warnings,
            Severity::Note => false,
        };
        denied && finding.acknowledged.is_none()
    }
}

/// How many warnings time alone has brought.
pub(super) fn stale(diagnostics: &Diagnostics) -> usize {
    let open = diagnostics.iter().filter(|finding| finding.acknowledged.is_none());
    open.filter(|finding| finding.code.by_time && finding.severity == Severity::Warning).count()
}

/// Which findings are shown.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// Notes too.
    pub notes: bool,
    /// Which are shown one by one.
    pub each: Each,
}

impl Default for Shown {
    fn default() -> Shown {
        Shown { notes: false, each: Each::ThatStops(Denied::default()) }
    }
}

/// Which findings are shown one by one. Of a kind among the others only the first are, since `check` lists them all.
#[derive(Clone, Copy)]
pub(super) enum Each {
    /// All, where no other command lists them.
    Finding,
    /// What stops the build, so that what the command itself has to say isn't lost above the rest.
    ThatStops(Denied),
}

/// Prints the findings to standard error, with colour where a person reads it.
pub(super) fn print(diagnostics: &Diagnostics, sources: &Sources, shown: Shown) {
    // anstream takes the colours out again where the terminal wants none (NO_COLOR, a pipe).
    let colour = std::io::stderr().is_terminal();
    let open = diagnostics.iter().filter(|finding| finding.acknowledged.is_none());
    let wanted = open.filter(|finding| shown.notes || finding.severity != Severity::Note);
    let (mut each, others): (Vec<_>, Vec<_>) = wanted.partition(|finding| match shown.each {
        Each::Finding => true,
        Each::ThatStops(denied) => denied.stops(finding),
    });
    let mut kinds: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in others {
        kinds.entry(finding.code.name).or_default().push(finding);
    }
    let mut more = 0;
    for findings in kinds.values() {
        let told = if findings.len() > MOST_OF_A_KIND { 1 } else { findings.len() };
        for finding in &findings[..told] {
            anstream::eprintln!("{}\n", report::render(finding, sources, colour));
        }
        if told < findings.len() {
            anstream::eprintln!("and {} more like it ({})\n", findings.len() - told, findings[told].code.name);
            more += findings.len() - told;
        }
    }
    if more > 0 {
        anstream::eprintln!("`anteroom check` lists them all.\n");
    }
    // Errors last: they stand nearest to the prompt.
    each.sort_by_key(|finding| Reverse(finding.severity));
    let left_out = each.len().saturating_sub(MOST);
    for finding in each.iter().skip(left_out) {
        anstream::eprintln!("{}\n", report::render(finding, sources, colour));
    }
    if left_out > 0 {
        anstream::eprintln!("{left_out} more findings aren't shown. Fix these first.");
    }
}
