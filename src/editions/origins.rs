//! The way back from a place in what was joined to the file that somebody wrote.
//!
//! Owns the stretches of each joined file with where they come from. Findings are made anew with the places of their authors.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourcePath;

/// A stretch of a joined file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// Where it stands in the joined file.
    pub at: Range<usize>,
    /// Which of the file's origins it comes from.
    pub file: usize,
    /// Where it stands there.
    pub to: Range<usize>,
    /// Whether both hold the same letters, so that a place inside it is known, too.
    pub same: bool,
}

/// A joined file.
#[derive(Debug)]
pub(super) struct Joined {
    /// The main language's file, and the translation where there is one.
    pub files: Vec<SourcePath>,
    pub pieces: Vec<Piece>,
}

/// Every joined file of an edition.
#[derive(Default, Debug)]
pub(super) struct Origins(pub BTreeMap<SourcePath, Joined>);

impl Origins {
    /// The finding with the places of what people wrote.
    pub(super) fn bring_home(&self, mut finding: Diagnostic) -> Diagnostic {
        if let Some(place) = finding.place.take() {
            let (home, is_exact) = self.home(&place);
            // What would be changed is known where it was copied letter by letter.
            finding.mend = finding.mend.filter(|_| is_exact).and_then(|mut mend| {
                let (there, is_exact) = self.home(&Place { path: place.path.clone(), span: mend.span.clone() });
                mend.span = there.span;
                (is_exact && there.path == home.path).then_some(mend)
            });
            finding.place = Some(home);
        }
        for (place, _) in &mut finding.related {
            *place = self.home(place).0;
        }
        finding
    }

    /// The place in the file that somebody wrote, and whether it's that to the letter.
    fn home(&self, place: &Place) -> (Place, bool) {
        let span = &place.span;
        let joined = self.0.get(&place.path);
        let Some((joined, last)) = joined.and_then(|joined| Some((joined, joined.files.last()?))) else {
            return (place.clone(), true);
        };
        let within = |piece: &&Piece| piece.at.start <= span.start && span.end <= piece.at.end;
        let pieces = joined.pieces.iter().filter(|_| *span != (0..0));
        // What is said of a file as a whole concerns its words.
        let Some(piece) = pieces.filter(within).min_by_key(|piece| (piece.at.len(), !piece.same)) else {
            return (Place { path: last.clone(), span: 0..0 }, false);
        };
        let by = |at: usize| piece.to.start + (at - piece.at.start);
        let span = if piece.same { by(span.start)..by(span.end) } else { piece.to.clone() };
        (Place { path: joined.files.get(piece.file).unwrap_or(last).clone(), span }, piece.same)
    }
}
