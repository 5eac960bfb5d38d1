//! Which kind of page a markdown file is.

use crate::source::SourcePath;

/// The folder with the introductions of topics.
pub const TOPICS: &str = "content/resources/topics";

/// Which kind of page a markdown file is, by the folder that it lies in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// In `practitioners/`.
    Practitioner,
    /// In `services/`.
    Service,
    /// In `resources/`, its folder `topics/` left out.
    Resource,
    /// Anywhere else, or the `index.md` of one of these folders, or the introduction of a topic.
    Page,
}

/// The kind of a file, by where it lies.
pub fn kind_of(path: &SourcePath) -> Kind {
    let collection = |folder: &str| path.inside(folder).is_some_and(|rest| rest != "index.md");
    if collection("content/practitioners") {
        Kind::Practitioner
    } else if collection("content/services") {
        Kind::Service
    } else if collection("content/resources") && path.inside(TOPICS).is_none() {
        Kind::Resource
    } else {
        Kind::Page
    }
}
