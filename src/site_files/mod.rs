//! The files around pages: the feed, the list of pages, old addresses, icons, and what hosts and servers read.

pub mod feeds;
pub mod headers;
pub mod host_files;
pub mod icons;
pub mod servers;
