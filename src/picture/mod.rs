//! Pictures: what a file holds, and the files that are made of it.
//!
//! Owns the step from a picture's bytes to what the other stages know of it ([`read`]), and from there to the bytes that
//! are published ([`make()`]). Pure: bytes in, bytes out. Which files a page wants is `markup::pictures`' business,
//! reading, keeping and writing them `disk`'s. Whatever is made holds no metadata: no place, no camera, no comment.

pub mod card;
mod bitmap;
mod decode;
mod drawing;
mod encode;
mod facts;
mod icon;
mod inline;
mod make;
mod moving;
mod recipe;
mod symbol;
mod tone;

pub use bitmap::WIDEST;
pub use decode::{LARGEST, memory};
pub use encode::memory_to_write;
pub use facts::read;
pub use inline::{CLASSES, ID};
pub use make::make;
pub use recipe::{Facts, Format, Kind, Recipe, Size};
pub use symbol::{Symbol, symbol};
pub use tone::Tone;
