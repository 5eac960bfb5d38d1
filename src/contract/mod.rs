//! What templates see: the theme contract.
//!
//! Owns the views' types, what each kind of page has of them, and the reading of templates against both. How a view is made is
//! `views`' and `pages`'.

pub mod kinds;
mod own_types;
pub mod template_names;
mod types;
pub mod view;
