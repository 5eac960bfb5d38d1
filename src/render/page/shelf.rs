//! Where finished pages lie until all are made.
//!
//! Owns how their bytes are kept in memory. An allocator rounds every piece up, by an eighth in the mean: with
//! ten thousand pages that is more than all their texts' parsing takes.

use bytes::{Bytes, BytesMut};

use crate::render::address;

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

    /// Puts a page there, every mark in it replaced by the way to the site's root.
    pub fn put(&mut self, html: &str, root: &str) -> Bytes {
        let Shelf::Together(piece) = self else { return address::finish(html, root).into() };
        let len = address::finished_len(html, root);
        if piece.capacity() < len {
            *piece = BytesMut::with_capacity(len.max(PIECE));
        }
        address::finish_parts(html, root, |part| piece.extend_from_slice(part.as_bytes()));
        piece.split().freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_the_same_wherever_they_lie() {
        let (mut apart, mut together) = (Shelf::new(true), Shelf::new(false));
        let (link, long) = (address::inside("fees/", false), "x".repeat(PIECE / 3));
        let pages: Vec<String> = (0..5).map(|n| format!("{n} <a href=\"{link}\">{long}</a>")).collect();
        let kept: Vec<Bytes> = pages.iter().map(|page| together.put(page, "../../")).collect();
        for (page, kept) in pages.iter().zip(kept) {
            assert_eq!(kept, apart.put(page, "../../"));
            assert_eq!(kept, address::finish(page, "../../"));
        }
    }
}
