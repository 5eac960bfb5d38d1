//! What a finished page holds, read from its HTML: what it fetches, what it names, what its policy keeps from working.

pub(crate) mod attributes;
pub mod blocked;
pub mod loads;
pub mod refers;
