//! What becomes of a document's text: HTML, with its citations, figures, pictures and films.
//!
//! Knows what a page is in no way; what it needs of the site it is handed.

pub mod citations;
mod highlight;
pub mod html;
pub mod pictures;
pub mod players;
