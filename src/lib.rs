//! Anteroom builds websites for coaching and therapy practices.
//!
//! A build is one direction through seven stages, each a function from one value to the next:
//!
//! 1. [`disk::read`]: folders become [`source::Sources`];
//! 2. [`document::parse_all`]: files become front matter and body, with places;
//! 3. [`site::assemble`]: documents become the practice's model, references resolved;
//! 4. [`route::plan`]: the model gets addresses;
//! 5. [`theme::load`]: templates, styles, words and settings;
//! 6. [`render::render`]: every file of the site as a value;
//! 7. [`disk::write`]: the value replaces what differs in the output folder.
//!
//! [`pipeline::build`] is 2 to 6; [`search::files`] reads what it made. Every stage adds to [`diagnostic::Diagnostics`]; nothing in the core
//! reads a file, a clock or the environment, or prints.

// The library meets input that nobody should write; its tests may be blunt.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod limits;
pub mod picture;
pub mod font;
pub mod source;
pub mod options;
pub mod diagnostic;
pub mod memo;
pub mod prose;
pub mod yaml;
pub mod document;
pub mod editions;
pub mod rules;
pub mod site;
pub mod route;
pub mod theme;
pub mod regions;
pub mod contract;
pub mod markup;
pub mod finished;
pub mod output;
mod views;
mod pages;
pub mod site_files;
pub mod render;
pub mod check;
pub mod search;
pub mod removed;
pub mod pipeline;
pub mod publish;
pub mod rename;
pub mod find;
pub mod disk;
pub mod serve;
pub mod online;
pub mod schemas;
pub mod scaffold;
pub mod specimen;
pub mod theme_check;
pub mod cli;
