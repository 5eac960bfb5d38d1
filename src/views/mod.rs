//! The views that more than one page shows, and what makes them of the practice's facts.
//!
//! Owns the [`Maker`](maker::Maker): each file here teaches it one kind of view. What a single kind of page shows besides is `pages`'.

pub mod about;
pub mod body;
pub mod cards;
mod crisis;
mod embeds;
mod facts;
pub mod maker;
mod own;
mod people;
pub mod policy;
mod prices;
pub mod shared;
mod site_view;
mod theme_view;
mod titles;
