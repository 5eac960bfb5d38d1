//! Crisis help as every page shows it.
//!
//! Owns which lines are shown, in which order, and that no number stands twice. The lines themselves are `site::crisis`'s.

use super::facts::phone;
use super::maker::Maker;
use crate::contract::view::{CrisisLineView, CrisisView, EmergencyView};
use crate::document::model::CrisisExtra;
use crate::route::Subject;
use crate::site::crisis::{self, CrisisCountry, CrisisLine};

impl Maker<'_> {
    /// Crisis help; none where the practice has switched it off.
    pub(super) fn crisis(&self) -> Option<CrisisView> {
        let practice = &self.site.practice.value;
        if !practice.crisis.show {
            return None;
        }
        let countries = crisis::countries_of(practice);
        let known: Vec<(&str, &CrisisCountry)> =
            countries.iter().filter_map(|(code, _)| Some((*code, crisis::country(code)?))).collect();
        let mut lines: Vec<(&CrisisLine, Vec<&str>)> = Vec::new();
        for (code, country) in &known {
            for line in &country.lines {
                // Neighbours may share a line: the same people at the same number.
                match lines.iter_mut().find(|(own, _)| own.name == line.name && own.number == line.number) {
                    Some((_, places)) => places.push(*code),
                    None => lines.push((line, vec![*code])),
                }
            }
        }
        let mut numbers: Vec<(&str, Vec<&str>)> = Vec::new();
        for (code, country) in &known {
            for number in &country.emergency {
                match numbers.iter_mut().find(|(own, _)| own == number) {
                    Some((_, places)) => places.push(*code),
                    None => numbers.push((number, vec![*code])),
                }
            }
        }
        // What holds in every country of the practice needs no country beside it.
        let places = |codes: &[&str]| {
            let names = codes.iter().filter_map(|code| self.theme.words.place(code));
            (codes.len() < known.len()).then(|| names.collect::<Vec<_>>().join(&self.word("list_comma")))
        };
        let own = practice.crisis.extra.iter().enumerate();
        let own = own.filter(|(index, _)| crisis::said_before(practice, *index).is_none());
        Some(CrisisView {
            href: self.subject_href(|subject| *subject == Subject::Crisis),
            lines: lines
                .iter()
                .map(|(line, codes)| self.crisis_line(line, places(codes)))
                .chain(own.map(|(_, line)| own_line(line)))
                .collect(),
            emergency: numbers
                .iter()
                .map(|(number, codes)| EmergencyView { number: phone(number, None), countries: places(codes) })
                .collect(),
            general: (known.len() < countries.len()).then(|| self.word("crisis.general")),
        })
    }

    fn crisis_line(&self, line: &CrisisLine, countries: Option<String>) -> CrisisLineView {
        CrisisLineView {
            name: line.name.clone(),
            countries,
            number: phone(&line.number, line.keyword.as_deref()),
            call: line.reach.calls(),
            text: line.reach.texts(),
            keyword: line.keyword.clone(),
            note: line.hours.as_ref().map(|hours| self.word(&format!("crisis.hours.{hours}"))),
        }
    }
}

/// A line that the practice names itself.
fn own_line(line: &CrisisExtra) -> CrisisLineView {
    let keyword = line.keyword.as_deref().filter(|_| line.reach().texts());
    CrisisLineView {
        name: line.name.clone(),
        countries: None,
        number: phone(&line.number, keyword),
        call: line.reach().calls(),
        text: line.reach().texts(),
        keyword: keyword.map(str::to_string),
        note: line.note.clone(),
    }
}
