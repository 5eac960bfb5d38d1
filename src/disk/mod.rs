//! Stages 1 and 7: the only code that touches files.
//!
//! Owns reading a site's folders and publishing an output folder. Decides nothing about content.

#![expect(clippy::disallowed_methods, reason = "this is the edge at which files are read and written")]

/// The folders of a site that are read and watched.
const FOLDERS: [&str; 2] = ["content", "themes"];

pub mod handed_on;
mod kept;
mod manifest;
mod pictures;
mod place;
mod published;
mod read;
mod temporary;
mod unpacked;
mod watch;
mod write;

pub use manifest::MANIFEST;
pub use pictures::{Pictures, Told};
pub use published::published;
pub(crate) use read::embedded;
pub use read::{Reader, read};
pub use temporary::remove_temporary;
pub use unpacked::Unpacked;
pub use watch::{Watcher, Woken};
pub use write::{WriteError, Written, write};
