//! What pages are called.
//!
//! Owns the title of every page, whether somebody wrote it or the theme has a word for it.

use super::maker::Maker;
use crate::route::{Route, Subject};
use crate::site::narrowed::{Facet, Narrowing};

impl Maker<'_> {
    /// The language of a page that nobody has translated: its title is in it, too.
    pub fn borrowed_from(&self, route: &Route) -> Option<String> {
        route.document(self.site).and_then(|document| self.site.borrowed(&document.path)).map(str::to_string)
    }

    /// A page's title.
    pub fn title_of(&self, route: &Route) -> String {
        let site = self.site;
        let word = |kind: &str| self.word(&format!("page_titles.{kind}"));
        match &route.subject {
            Subject::Page(page) | Subject::Home(Some(page)) | Subject::Services(Some(page)) => {
                site.pages[*page].front.title.clone()
            }
            Subject::Topics(Some(page)) | Subject::Practitioners(Some(page)) | Subject::Articles(Some(page), _) => {
                site.pages[*page].front.title.clone()
            }
            Subject::Practitioner(index) => site.practitioners[*index].front.name.clone(),
            Subject::Service(index) => site.services[*index].entry.front.title.clone(),
            Subject::Article(index) => site.articles[*index].entry.front.title.clone(),
            Subject::Topic(index, _) => site.topics[*index].name.clone(),
            Subject::Home(None) => self.word("home"),
            Subject::Team(index) => self.narrowed_to(&site.narrowings[*index]),
            Subject::Services(None) => word("services"),
            Subject::Practitioners(None) => self.people_title(),
            Subject::Articles(None, _) => word("resources"),
            Subject::Topics(None) => word("topics"),
            Subject::Fees => word("fees"),
            Subject::Contact => word("contact"),
            Subject::Crisis => word("crisis"),
            Subject::Thanks => word("thanks"),
            Subject::NotFound => word("not_found"),
            Subject::Search => word("search"),
        }
    }

    /// What a part of the team is called: `Grief`, `Spanish`, `By video`.
    pub fn narrowed_to(&self, narrowing: &Narrowing) -> String {
        let value = &narrowing.value;
        match narrowing.facet {
            Facet::Openings => self.word("narrow.room"),
            Facet::Concern | Facet::Place | Facet::Insurance => value.clone(),
            Facet::Language => self.theme.words.language(value).unwrap_or_else(|| value.clone()),
            Facet::Format => self.word(&format!("formats.{value}")),
        }
    }
}
