//! How works are named in a text: `Bordin`, `Flückiger et al.`, a title where nobody is named.
//!
//! Owns what tells works apart that would be named alike: more names, initials, a letter behind the year. Whether a citation stands
//! in brackets or in a sentence is `super`'s, entries of the list are the styles' files'.

use std::collections::{BTreeMap, BTreeSet};

use super::markup::Text;
use super::terms::Terms;
use super::{apa, harvard};
use crate::document::model::CitationStyle;
use crate::document::works::words::Case;
use crate::document::works::{Name, Work, names};

/// What tells the works of a text apart.
pub(super) struct Labels<'a> {
    style: CitationStyle,
    terms: &'a Terms,
    /// Keys of works, in the order of an alphabetical list.
    pub order: Vec<&'a str>,
    /// The letter behind the year.
    letters: BTreeMap<&'a str, char>,
    /// Works whose first author shares the surname with somebody else.
    initials: BTreeSet<&'a str>,
    /// How many names are given before `et al.`, where one isn't enough.
    named: BTreeMap<&'a str, usize>,
}

/// How a name stands in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between brackets.
    Brackets,
    /// In a sentence.
    Sentence,
}

impl<'a> Labels<'a> {
    /// The labels of the works that a text cites, in any order.
    pub fn of(works: &[(&'a str, &'a Work)], style: CitationStyle, terms: &'a Terms) -> Labels<'a> {
        let with_particle = style != CitationStyle::Harvard;
        let mut sorted: Vec<_> = works.iter().map(|(key, work)| (sort_key(work, with_particle), *key, *work)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        let order = sorted.iter().map(|(_, key, _)| *key).collect();
        let (letters, initials, named) = Default::default();
        let mut labels = Labels { style, terms, order, letters, initials, named };
        let works: Vec<(&str, &Work)> = sorted.iter().map(|(_, key, work)| (*key, *work)).collect();
        labels.tell_people_apart(&works);
        labels.tell_years_apart(&works);
        labels
    }

    /// First authors of one surname get their initials (APA 7, 8.20).
    fn tell_people_apart(&mut self, works: &[(&'a str, &'a Work)]) {
        let mut surnames: BTreeMap<String, Vec<(&'a str, String)>> = BTreeMap::new();
        for (key, work) in works {
            if let Some(first) = work.makers().first().filter(|name| !name.is_whole()) {
                let same = surnames.entry(names::folded(&first.family)).or_default();
                same.push((key, first.initials("", "", false)));
            }
        }
        for same in surnames.values() {
            // `C.` and `C. R.` are one person, as far as anybody can tell.
            let differs =
                |one: &String, other: &String| !one.starts_with(other.as_str()) && !other.starts_with(one.as_str());
            if same.iter().any(|(_, one)| same.iter().any(|(_, other)| differs(one, other))) {
                self.initials.extend(same.iter().map(|(key, _)| *key));
            }
        }
    }

    /// Works that would be named alike and have one year get more names (8.18) or a letter (8.19).
    fn tell_years_apart(&mut self, works: &[(&'a str, &'a Work)]) {
        let all_names = |work: &Work| work.makers().iter().map(|name| name.key(true)).collect::<Vec<_>>();
        let most = works.iter().map(|(_, work)| work.makers().len()).max().unwrap_or_default();
        for count in 2..=most {
            let alike = self.alike(works);
            for same in alike.values() {
                let differ = same.iter().any(|(_, work)| all_names(work) != all_names(same[0].1));
                if differ {
                    let most = self.shown_at_most();
                    for (key, work) in same.iter().filter(|(_, work)| work.makers().len() > most) {
                        self.named.insert(key, count.min(work.makers().len()));
                    }
                }
            }
        }
        for same in self.alike(works).values().filter(|same| same.len() > 1) {
            for (index, (key, _)) in same.iter().enumerate() {
                // Twenty-six works of one author and year are more than anybody cites.
                let letter = u8::try_from(index).ok().and_then(|index| b'a'.checked_add(index)).map_or('z', char::from);
                self.letters.insert(key, letter.min('z'));
            }
        }
    }

    /// Works by what would be printed of them.
    fn alike(&self, works: &[(&'a str, &'a Work)]) -> BTreeMap<String, Vec<(&'a str, &'a Work)>> {
        let mut alike: BTreeMap<String, Vec<(&str, &Work)>> = BTreeMap::new();
        for (key, work) in works.iter().filter(|(_, work)| !work.makers().is_empty()) {
            let printed = format!("{} {}", self.names(key, work, Place::Brackets, false).plain(), self.bare_year(work));
            alike.entry(printed).or_default().push((key, work));
        }
        alike
    }

    fn bare_year(&self, work: &Work) -> String {
        match self.style {
            CitationStyle::Harvard => harvard::year(work, self.terms, None),
            CitationStyle::Apa | CitationStyle::Vancouver => apa::year(work, self.terms, None),
        }
    }

    /// The letter that tells a work from another of its author and year.
    pub fn letter(&self, key: &str) -> Option<char> {
        self.letters.get(key).copied()
    }

    /// The year in a text; of a work that was published again, both (8.15).
    pub fn year(&self, key: &str, work: &Work) -> String {
        match self.style {
            CitationStyle::Harvard => harvard::year(work, self.terms, self.letter(key)),
            CitationStyle::Apa | CitationStyle::Vancouver => {
                let year = apa::year(work, self.terms, self.letter(key));
                let original = work.original.as_ref().and_then(|original| self.terms.year(original));
                original.map_or(year.clone(), |original| format!("{original}/{year}"))
            }
        }
    }

    /// From how many authors on a text names fewer.
    fn shown_at_most(&self) -> usize {
        if self.style == CitationStyle::Harvard { 3 } else { 2 }
    }

    /// Who made a work, or its title. `first` says whether an organisation's short name is introduced here; where it has been, it
    /// stands alone.
    pub fn names(&self, key: &str, work: &Work, place: Place, short: bool) -> Text {
        let mut text = Text::default();
        let makers = work.makers();
        if makers.is_empty()
            || self.style == CitationStyle::Harvard && work.role == Some(crate::document::works::Role::Director)
        {
            self.titled(&mut text, work, place);
            return text;
        }
        let and = match (self.style, place) {
            (CitationStyle::Harvard, _) | (_, Place::Sentence) => self.terms.and.as_str(),
            (_, Place::Brackets) => "&",
        };
        let family = |index: usize, name: &Name| {
            let initials = Some(()).filter(|()| index == 0 && self.initials.contains(key));
            let family = name.short.as_ref().filter(|_| short).unwrap_or(&name.family);
            match initials.map(|()| self.initials_of(name)).filter(|initials| !initials.is_empty()) {
                Some(initials) => format!("{initials} {family}"),
                None => family.clone(),
            }
        };
        let written: Vec<String> = makers.iter().enumerate().map(|(index, name)| family(index, name)).collect();
        let few = makers.len() <= self.shown_at_most() && !work.and_others;
        match (written.as_slice(), self.named.get(key)) {
            ([one], _) if few => text.push(one),
            ([first @ .., last], _) if few => text.push(&format!("{} {and} {last}", first.join(", "))),
            // Leaving out one alone would be no shorter than naming it.
            (all @ [first @ .., last], Some(count)) if *count + 1 >= all.len() && !work.and_others => {
                let comma = if self.style == CitationStyle::Harvard { "" } else { "," };
                text.push(&format!("{}{comma} {and} {last}", first.join(", ")));
            }
            (all, count) => {
                let count = count.copied().unwrap_or(1).min(all.len());
                let joint = if count > 1 && self.style != CitationStyle::Harvard { ", " } else { " " };
                text.push(&format!("{}{joint}", all[..count].join(", ")));
                match self.style {
                    CitationStyle::Harvard => text.italic("et al."),
                    CitationStyle::Apa | CitationStyle::Vancouver => text.push("et al."),
                }
            }
        }
        text
    }

    fn initials_of(&self, name: &Name) -> String {
        let between = if self.style == CitationStyle::Harvard { "" } else { " " };
        name.initials(".", between, true)
    }

    /// The title of a work without an author (APA 7, 8.14): a part of something in quotation marks, a work of its own in italics.
    fn titled(&self, text: &mut Text, work: &Work, place: Place) {
        let names = super::names_in(work);
        let language = work.language.as_deref().unwrap_or(&self.terms.language);
        if self.style == CitationStyle::Harvard {
            let title = work.title.cased(Case::LowAfterColon, &names, language);
            match harvard::is_quoted(work) {
                true => text.push(&format!("‘{title}’")),
                false => text.title(&title, true),
            }
            return;
        }
        let title = work.title.cased(Case::Title, &names, language);
        if apa::is_italic(work) {
            text.title(&title, true);
            return;
        }
        text.push("“");
        text.title(&title, false);
        // American quotation marks take the comma in.
        text.push(if place == Place::Brackets { ",”" } else { "”" });
    }

    /// What stands between the names and the year in brackets.
    pub fn joint(&self, names: &Text) -> &'static str {
        if names.plain().ends_with(",”") { " " } else { ", " }
    }
}

/// What a work is sorted by: names, then the year, then the title (APA 7, 9.44 to 9.49).
fn sort_key(work: &Work, with_particle: bool) -> (String, i64, String) {
    let makers = work.makers();
    let title = {
        let plain = names::folded(&work.title.plain());
        let rest = ["a ", "an ", "the "].iter().find_map(|article| plain.strip_prefix(article));
        rest.map_or(plain.clone(), str::to_string)
    };
    let names = match makers.is_empty() {
        true => title.clone(),
        false => makers.iter().map(|name| name.key(with_particle)).collect::<Vec<_>>().join("\u{1}"),
    };
    // Without a date first, in press last.
    let year = match (work.date.year, work.state) {
        (Some(year), _) => i64::from(year),
        (None, Some(_)) => i64::MAX,
        (None, None) => i64::MIN,
    };
    (names, year, title)
}
