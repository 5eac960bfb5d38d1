//! The list of people, and the pages that show a part of a large team.
//!
//! Owns what a narrowing is called and the ways from one to another. Which there are is `site::narrowed`'s.

use super::Builder;
use super::names::Names;
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::route::{Subject, Url, address};
use crate::rules::pages;
use crate::site::narrowed::{self, Facet};

impl Builder<'_> {
    /// The page of a part of the team.
    pub(super) fn team(&self, index: usize, context: &mut impl Names, diagnostics: &mut Diagnostics) -> &'static str {
        let narrowing = &self.site().narrowings[index];
        let value = self.maker.narrowed_to(narrowing);
        let team = self.maker.routes.find(|subject| matches!(subject, Subject::Practitioners(_)));
        let team = team.map(|route| self.maker.title_of(route)).unwrap_or_default();
        let title = self.maker.word("page_titles.team").replace("{team}", &team).replace("{value}", &value);
        let pattern = self.maker.word("page_descriptions.team");
        let pattern = pattern.replace("{value}", &value).replace("{name}", self.site().short_name());
        let comma = self.maker.word("list_comma");
        let mut names = String::new();
        for person in narrowing.people.iter().map(|person| &self.shared.people[*person]) {
            let longer = if names.is_empty() { person.name.clone() } else { format!("{names}{comma}{}", person.name) };
            if pattern.chars().count() + longer.chars().count() > pages::rules().description_length.data.most {
                break;
            }
            names = longer;
        }
        let description = pattern.replace("{people}", &names);
        self.insert_introduced("team", (title, description), None, context, diagnostics);
        self.insert_team(Some(index), context);
        "list.html"
    }

    /// Everybody, those with room first where they are many.
    pub(super) fn everybody(&self) -> Vec<Once<PersonView>> {
        let order = narrowed::with_room_first(&self.site().practitioners);
        order.into_iter().map(|index| self.shared.people[index].clone()).collect()
    }

    /// The people of a list, all or a part of them, and the ways to narrow it.
    pub(super) fn insert_team(&self, part: Option<usize>, context: &mut impl Names) {
        let narrowings = &self.site().narrowings;
        match part {
            Some(part) => {
                let people: Vec<_> =
                    narrowings[part].people.iter().map(|person| &self.shared.people[*person]).collect();
                context.insert("people", &people);
            }
            None => context.insert("people", &self.everybody()),
        }
        let facets = Facet::ALL.into_iter().filter_map(|facet| {
            let of_facet = narrowings.iter().enumerate().filter(|(_, narrowing)| narrowing.facet == facet);
            let links: Vec<NarrowingView> = of_facet
                .map(|(index, narrowing)| {
                    let url = Url::of(&narrowing.parts());
                    NarrowingView {
                        label: self.maker.narrowed_to(narrowing),
                        href: address::inside(&self.maker.routes.full(url.as_str()), self.maker.portable),
                        count: narrowing.people.len(),
                        current: part == Some(index),
                    }
                })
                .collect();
            let (key, current) = (facet.key().to_string(), links.iter().any(|link| link.current));
            (!links.is_empty()).then_some(FacetView { key, current, links })
        });
        let many = self.site().practitioners.len() > narrowed::LARGE;
        context.insert("team", &TeamView { many, facets: facets.collect() });
    }
}
