//! How a large team is narrowed: by what people help with, where, in which language, and whether they have room.
//!
//! Owns which narrowings there are and who belongs to each. Every one becomes a page of its own, so that it works without a
//! script and is found by search engines. What they are called on a page is `render`'s.

use super::Practitioner;
use crate::document::markdown::slug_in;
use crate::document::model::{self, AcceptingStatus};
use crate::prose;

/// A team of more people than this is hard to take in at a glance.
pub const LARGE: usize = 6;

/// What a team is narrowed by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Facet {
    /// Who takes new clients.
    Openings,
    /// What people help with.
    Concern,
    /// Where they work.
    Place,
    /// Whose insurer pays.
    Insurance,
    /// In which language.
    Language,
    /// By video, on a walk, in a room.
    Format,
}

impl Facet {
    /// All of them, in the order in which a visitor asks.
    pub const ALL: [Facet; 6] =
        [Facet::Openings, Facet::Concern, Facet::Place, Facet::Insurance, Facet::Language, Facet::Format];

    /// Its name in addresses, and in `narrow` of a theme's locale.
    pub fn key(self) -> &'static str {
        match self {
            Facet::Openings => "openings",
            Facet::Concern => "concern",
            Facet::Place => "place",
            Facet::Insurance => "insurance",
            Facet::Language => "language",
            Facet::Format => "format",
        }
    }
}

/// A part of the team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Narrowing {
    /// By what.
    pub facet: Facet,
    /// To what, as it stands in the facts: the author's words, the tag of a language, the key of a format.
    pub value: String,
    /// The last part of its address; empty for the openings, of which there is one kind.
    pub slug: String,
    /// Who belongs to it: indices into the site's people, those with room first.
    pub people: Vec<usize>,
}

impl Narrowing {
    /// The parts of its page's address.
    pub fn parts(&self) -> [&str; 3] {
        ["practitioners", self.facet.key(), &self.slug]
    }
}

/// The narrowings of a large team, by facet and address; none of a small one. What all people share narrows nothing.
pub fn narrowings(people: &[Practitioner], practice: &model::Practice) -> Vec<Narrowing> {
    if people.len() <= LARGE {
        return Vec::new();
    }
    let order = with_room_first(people);
    let mut all: Vec<Narrowing> = Vec::new();
    for facet in Facet::ALL {
        let begins = all.len();
        for index in &order {
            for value in values(&people[*index].front, facet, practice) {
                let slug = match facet {
                    Facet::Openings => String::new(),
                    _ => slug_in(&practice.language, &value),
                };
                // Names that differ only in what a slug leaves out are one.
                let known = all[begins..].iter_mut().find(|known| known.slug == slug);
                match known {
                    Some(known) if known.people.last() == Some(index) => {}
                    Some(known) => known.people.push(*index),
                    None if slug.is_empty() && facet != Facet::Openings => {}
                    None => all.push(Narrowing { facet, value, slug, people: vec![*index] }),
                }
            }
        }
        all[begins..].sort_by(|a, b| a.slug.cmp(&b.slug));
    }
    all.retain(|narrowing| narrowing.people.len() < people.len());
    all
}

/// The people of a large team in the order in which they are listed: those with room first. A small team stays as it is.
pub fn with_room_first(people: &[Practitioner]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..people.len()).collect();
    if people.len() > LARGE {
        order.sort_by_key(|index| match people[*index].front.accepting.as_ref().map(|accepting| accepting.status) {
            Some(AcceptingStatus::Yes) => 0,
            None => 1,
            Some(AcceptingStatus::Waitlist) => 2,
            Some(AcceptingStatus::No) => 3,
        });
    }
    order
}

/// What a person's facts say of a facet. Who names no place works at all of them, who names no insurer with each.
fn values(person: &model::Practitioner, facet: Facet, practice: &model::Practice) -> Vec<String> {
    let written = |own: &[String]| own.iter().filter(|text| !prose::is_gap(text)).cloned().collect::<Vec<_>>();
    let or_all = |own: Vec<String>, all: Vec<String>| if own.is_empty() { all } else { own };
    match facet {
        Facet::Openings => match person.accepting.as_ref().map(|accepting| accepting.status) {
            Some(AcceptingStatus::Yes) => vec![AcceptingStatus::Yes.key().to_string()],
            _ => Vec::new(),
        },
        Facet::Concern => written(&person.specialties),
        Facet::Place => {
            let labels = practice.locations.iter().map(|location| location.label.clone()).collect();
            or_all(written(&person.locations), labels)
        }
        Facet::Insurance => or_all(written(&person.insurance), practice.in_network().map(str::to_string).collect()),
        Facet::Language => person.languages.iter().map(|language| language.to_string()).collect(),
        Facet::Format => person.formats.iter().map(|format| format.key().to_string()).collect(),
    }
}
