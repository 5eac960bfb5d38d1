//! Findings on the terminal.

use std::io::IsTerminal;

use crate::diagnostic::report;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::Sources;

/// Findings printed in full; the rest is counted. Nobody mends more in one go.
const MOST: usize = 50;

/// What stops a build besides errors.
#[derive(clap::Args, Clone, Copy)]
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
pub(super) struct Shown {
    /// Notes too.
    pub notes: bool,
}

/// Prints the findings to standard error, with colour where a person reads it.
pub(super) fn print(diagnostics: &Diagnostics, sources: &Sources, shown: Shown) {
    // anstream takes the colours out again where the terminal wants none (NO_COLOR, a pipe).
    let colour = std::io::stderr().is_terminal();
    let open = diagnostics.iter().filter(|finding| finding.acknowledged.is_none());
    let wanted = open.filter(|finding| shown.notes || finding.severity != Severity::Note);
    let (errors, others): (Vec<_>, Vec<_>) = wanted.partition(|finding| finding.severity == Severity::Error);
    let all: Vec<_> = others.into_iter().chain(errors).collect();
    // Errors last: they stand nearest to the prompt.
    let left_out = all.len().saturating_sub(MOST);
    for finding in all.iter().skip(left_out) {
        anstream::eprintln!("{}\n", report::render(finding, sources, colour));
    }
    if left_out > 0 {
        anstream::eprintln!("{left_out} more findings aren't shown. Fix these first.");
    }
}
