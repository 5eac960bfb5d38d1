//! Where finished pages lie until all are made.
//!
//! Owns how their bytes are kept in memory. An allocator rounds every piece up to one of a few sizes: of ten thousand
//! pages, 215 MiB long, that took 25 MiB more.

use bytes::{Bytes, BytesMut};

use crate::route::address::{self, Marked};

/// Pages are laid side by side in pieces of this many bytes.
const PIECE: usize = 256 * 1024;

/// Keeps finished pages.
pub enum Shelf {
    /// Each for itself: a page that is made anew later gives its memory back.
    Apart,
    /// Side by side: for pages that go all at once.
    Together(BytesMut),
}

impl Shelf {
    /// A shelf for pages that are remembered and replaced one by one, or for a single build.
    pub fn new(remembered: bool) -> Shelf {
        if remembered { Shelf::Apart } else { Shelf::Together(BytesMut::new()) }
    }

    /// Puts a page there, with its addresses finished on the way.
    pub fn put(&mut self, marked: &str, root: &str) -> Bytes {
        let Shelf::Together(piece) = self else { return address::finish(marked, root).into() };
        let marked = Marked::new(marked);
        let len = marked.finished_len(root);
        if piece.capacity() < len {
            *piece = BytesMut::with_capacity(len.max(PIECE));
        }
        marked.finished(root).for_each(|part| piece.extend_from_slice(part.as_bytes()));
        piece.split().freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_the_same_wherever_they_lie() {
        let (mut apart, mut together) = (Shelf::new(true), Shelf::new(false));
        let pages: Vec<String> = (1..6).map(|n| format!("{n}\u{e000}a").repeat(n * PIECE / 4)).collect();
        let kept: Vec<Bytes> = pages.iter().map(|page| together.put(page, "../")).collect();
        for (page, kept) in pages.into_iter().zip(kept) {
            assert_eq!(kept, page.replace('\u{e000}', "../"));
            assert_eq!(kept, apart.put(&page, "../"));
        }
    }
}
