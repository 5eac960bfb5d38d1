//! What only the network can tell: whether the published website is what the site's files make, and whether its links to others
//! still lead somewhere.
//!
//! Owns comparing and telling, and the manners of asking. It is asked for by name (`check --live`, `check --links`), never by a
//! build, a preview or a usual check. What is found are findings as any others, with codes that say `online`.

#![expect(
    clippy::disallowed_methods,
    reason = "this is an edge: it asks the network, and reads what was published before"
)]

mod gate;
pub mod line;
pub mod links;
pub mod live;
pub mod web;
