//! The facts at a glance of an opening for which the author has written none.
//!
//! Owns which of the practice's facts they are: where, what it costs, whether there is room. Each is said only where the
//! practice's files say it, and for everybody alike. Does not write prices (`prices` does) or hours.

use super::Builder;
use crate::contract::view::FactView;
use crate::prose;

impl Builder<'_> {
    /// Where sessions are held, what the first service costs and whether new clients are taken, in the site's words.
    pub(super) fn glance(&self) -> Vec<FactView> {
        let word = |key: &str| self.maker.word(key);
        let fact = |label: &str, text: String| FactView { label: word(label), text };
        let mut facts = Vec::new();
        let places = self.glance_places();
        if !places.is_empty() {
            facts.push(fact("where_we_meet", places.join(", ")));
        }
        if let Some(text) = self.glance_price() {
            facts.push(fact("fee", text));
        }
        let mut openings =
            self.shared.people.iter().map(|person| person.accepting.as_ref().map(|own| own.status.as_str()));
        if let Some(Some(status)) = openings.next()
            && openings.all(|other| other == Some(status))
        {
            facts.push(fact("new_clients", word(&format!("accepting.{status}"))));
        }
        facts
    }

    /// Cities of the practice's places, and `Online` where it meets there; each once.
    fn glance_places(&self) -> Vec<String> {
        let mut places: Vec<String> = Vec::new();
        for location in &self.site().practice.value.locations {
            let place = match (&location.address, &location.area) {
                (Some(address), _) => address.city.clone(),
                (None, Some(area)) => area.clone(),
                (None, None) if location.online => self.maker.word("online"),
                (None, None) => location.label.clone(),
            };
            // A gap that waits for the author's words is no fact.
            if !prose::is_gap(&place) && !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// What sessions cost: the price where all services have the same, else the first service with its own.
    fn glance_price(&self) -> Option<String> {
        let mut priced = self.shared.services.iter().filter(|service| service.price.is_some());
        let first = priced.next()?;
        let price = first.price.clone()?;
        if priced.all(|other| other.price == first.price && other.duration_min == first.duration_min) {
            let minutes = first.duration_min.map(|minutes| self.maker.theme.words.count("minutes", u64::from(minutes)));
            Some(minutes.map_or(price.clone(), |minutes| format!("{minutes}, {price}")))
        } else {
            Some(format!("{}: {price}", first.title))
        }
    }
}
