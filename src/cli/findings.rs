//! Findings on the terminal.

use std::io::IsTerminal;

use crate::diagnostic::report;
use crate::diagnostic::{Diagnostics, Severity};
use crate::source::Sources;

/// Findings printed in full; the rest is counted. Nobody mends more in one go.
const MOST: usize = 50;

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
        anstream::eprintln!("{left_out} more findings are not shown; mend these first.");
    }
}
