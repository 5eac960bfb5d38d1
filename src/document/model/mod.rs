//! The content model: what the front matter of each kind of file may hold.
//!
//! Owns the types as authors write them; their docs are the descriptions in the JSON Schema, in
//! messages and in the reference. References between files are still names here: `site` resolves them.

mod common;
mod page;
mod people;
mod place;
mod practice;
mod resource;
mod service;
mod testimonial;
mod website;

pub use common::*;
pub use page::*;
pub use people::*;
pub use place::*;
pub use practice::*;
pub use resource::*;
pub use service::*;
pub use testimonial::*;
pub use website::*;
