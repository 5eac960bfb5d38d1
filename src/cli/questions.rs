//! The questions of `anteroom new`, and the summary before anything is written.
//!
//! Owns their order and words, what Enter means at each, and the way back to any of them. What an answer means is
//! `scaffold::typed`'s and `values::places`'; nothing is written here.

use std::collections::BTreeMap;

use super::new::{FORMATS, Kind, email};
use super::terminal::Asks;
use crate::document::model::PracticeKind;
use crate::document::values::{self, names, places};
use crate::scaffold::{Answers, Host, Offer, Person, as_written_in, language_of, typed};
use crate::theme;

/// Something that is asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Question {
    Name,
    Kind,
    Places,
    Language,
    People,
    Associates,
    Services,
    Formats,
    Email,
    Theme,
    Host,
}

impl Question {
    /// All, in the order in which they are asked.
    pub(super) const ALL: [Question; 11] = [
        Question::Name,
        Question::Kind,
        Question::Places,
        Question::Language,
        Question::People,
        Question::Associates,
        Question::Services,
        Question::Formats,
        Question::Email,
        Question::Theme,
        Question::Host,
    ];

    /// What the summary calls it.
    fn label(self) -> &'static str {
        match self {
            Question::Name => "Practice",
            Question::Kind => "Offers",
            Question::Places => "Where",
            Question::Language => "Language",
            Question::People => "People",
            Question::Associates => "Under supervision",
            Question::Services => "Services",
            Question::Formats => "Sessions",
            Question::Email => "Email",
            Question::Theme => "Theme",
            Question::Host => "Hosted by",
        }
    }
}

/// Asks the open questions, shows what was understood, and goes back to any of them. `None` where the person decides to
/// write nothing.
///
/// # Errors
/// Where nobody answers any more.
pub(super) fn ask(
    asks: &mut dyn Asks,
    answers: Answers,
    open: Vec<Question>,
    themes: &[&str],
) -> dialoguer::Result<Option<Answers>> {
    asks.say("A few questions. You can change every answer later, and skip what you don't know.\n");
    let mut session = Session { asks, answers, themes, typed: BTreeMap::new() };
    for question in open {
        if question != Question::Associates || session.answers.kind != PracticeKind::Coaching {
            session.ask(question)?;
        }
    }
    loop {
        let shown: Vec<Question> = Question::ALL.into_iter().filter(|question| session.is_shown(*question)).collect();
        let mut items = vec!["Yes, write the files".to_string()];
        items.extend(shown.iter().map(|question| format!("{:<18} {}", question.label(), session.told(*question))));
        items.push("Stop, and write nothing".to_string());
        session.asks.say("\nThis is what the site begins with. To change a line, go to it and press Enter.");
        let chosen = session.asks.choose("Is this right?", &items, 0)?;
        match chosen.checked_sub(1).map(|index| shown.get(index)) {
            None => return Ok(Some(session.answers)),
            Some(None) => return Ok(None),
            Some(Some(question)) => session.ask(*question)?,
        }
    }
}

struct Session<'a> {
    asks: &'a mut dyn Asks,
    answers: Answers,
    themes: &'a [&'a str],
    /// The texts as they were typed, to be changed.
    typed: BTreeMap<Question, String>,
}

impl Session<'_> {
    fn ask(&mut self, question: Question) -> dialoguer::Result<()> {
        match question {
            Question::Name => {
                let name = self.text(question, "What's your practice called?", "")?;
                self.answers.name = Some(name).filter(|name| !name.is_empty());
            }
            Question::Kind => {
                let kinds = [Kind::LicensedTherapy, Kind::Coaching, Kind::Mixed];
                let items = kinds.map(|kind| kind_words(kind.model()).to_string());
                self.answers.kind = kinds[self.asks.choose("What do you offer?", &items, 0)?].model();
            }
            Question::Places => {
                let asked = "Where? A city, state or country";
                let usual = own_country();
                let read = |text: &str| places::codes_of(text).map(|codes| (codes, places::town_of(text)));
                let (places, town) = self.valid(question, asked, &usual, read)?;
                self.answers.town = town;
                // The language goes along, unless somebody chose another.
                if self.answers.language == language_of(&self.answers.places) {
                    self.answers.language = language_of(&places);
                }
                self.answers.places = places;
            }
            Question::Language => {
                let usual = self.answers.language.clone();
                let places = self.answers.places.clone();
                let read = |text: &str| language(text, &places);
                self.answers.language = self.valid(question, "What language is the site in?", &usual, read)?;
            }
            Question::People => {
                let asked = "Who works there? Names with degrees and licences: Maya Bell, MA, LPC";
                let names = self.text(question, asked, "")?;
                self.answers.people = typed::people(&names);
                self.supervised();
            }
            Question::Associates => {
                self.text(question, "Who works under supervision? Enter for nobody", "")?;
                self.answers.people = self.typed.get(&Question::People).map_or_else(
                    || self.answers.people.iter().filter(|person| !person.associate).cloned().collect(),
                    |names| typed::people(names),
                );
                self.supervised();
            }
            Question::Services => {
                let services = self.text(question, "What services do you offer? Separated by commas", "")?;
                self.answers.services = typed::services(&services);
            }
            Question::Formats => {
                let items = FORMATS.map(|format| format_words(format).to_string());
                let before = |format: &str| match self.answers.formats.is_empty() {
                    true => matches!(format, "in-person" | "video"),
                    false => self.answers.formats.iter().any(|chosen| chosen == format),
                };
                let chosen = FORMATS.map(before);
                let asked = "How do you hold sessions? Press Space to choose, Enter to continue";
                let chosen = self.asks.several(asked, &items, &chosen)?;
                self.answers.formats = chosen.into_iter().map(|index| FORMATS[index].to_string()).collect();
            }
            Question::Email => {
                let read = |text: &str| match text.is_empty() {
                    true => Ok(None),
                    false => email(text).map(Some),
                };
                self.answers.email = self.valid(question, "What email address should clients use?", "", read)?;
            }
            Question::Theme => {
                let usual = self.themes.iter().position(|name| *name == self.answers.theme).unwrap_or_default();
                let items: Vec<String> = self.themes.iter().map(|name| (*name).to_string()).collect();
                let chosen = self.asks.choose("Which theme? You can change it any time", &items, usual)?;
                self.answers.theme = items.get(chosen).cloned().unwrap_or_else(|| theme::DEFAULT.to_string());
            }
            Question::Host => {
                let hosts = Host::ALL;
                let items = hosts.map(|host| host.name().to_string());
                // Whoever does not know yet presses Enter and gets no files that name a company.
                self.answers.host =
                    hosts[self.asks.choose("Where will you host it?", &items, hosts.len() - 1)?.min(hosts.len() - 1)];
            }
        }
        Ok(())
    }

    fn text(&mut self, question: Question, asked: &str, usual: &str) -> dialoguer::Result<String> {
        let before = self.typed.get(&question).cloned().unwrap_or_default();
        let text = self.asks.text(asked, usual, &before)?;
        self.typed.insert(question, text.clone());
        Ok(text)
    }

    /// Asks until the answer can be read.
    fn valid<T>(
        &mut self,
        question: Question,
        asked: &str,
        usual: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> dialoguer::Result<T> {
        loop {
            let text = self.text(question, asked, usual)?;
            match read(&text) {
                Ok(value) => return Ok(value),
                Err(wrong) => self.asks.say(&format!("That's {wrong}.")),
            }
        }
    }

    /// Marks those who were named as supervised, by their whole name or a part of it, and adds whoever wasn't named yet.
    fn supervised(&mut self) {
        let names = self.typed.get(&Question::Associates).cloned().unwrap_or_default();
        for person in typed::people(&names) {
            let known = |other: &&mut Person| {
                other.name == person.name || other.name.split(' ').any(|part| part == person.name)
            };
            match self.answers.people.iter_mut().find(known) {
                Some(other) => {
                    other.associate = true;
                    other.credentials.extend(person.credentials);
                }
                None => self.answers.people.push(Person { associate: true, ..person }),
            }
        }
    }

    fn is_shown(&self, question: Question) -> bool {
        question != Question::Associates || self.answers.kind != PracticeKind::Coaching
    }

    /// An answer as it was understood.
    fn told(&self, question: Question) -> String {
        let gap = || "not yet: a gap to fill in".to_string();
        let list = |all: Vec<String>| if all.is_empty() { gap() } else { all.join("; ") };
        let answers = &self.answers;
        match question {
            Question::Name => answers.name.clone().unwrap_or_else(gap),
            Question::Kind => kind_words(answers.kind).to_string(),
            Question::Places => {
                let places = answers.places.iter().map(|code| places::name_of(code).to_string());
                let town = answers.town.as_ref().map_or_else(String::new, |town| format!("{town}, "));
                format!("{town}{}", list(places.collect()))
            }
            Question::Language => language_words(&answers.language),
            Question::People => {
                list(answers.people.iter().filter(|person| !person.associate).map(person_words).collect())
            }
            Question::Associates => {
                let all: Vec<String> =
                    answers.people.iter().filter(|person| person.associate).map(person_words).collect();
                if all.is_empty() { "nobody".to_string() } else { all.join("; ") }
            }
            Question::Services => list(answers.services.iter().map(offer_words).collect()),
            Question::Formats => list(answers.formats.iter().map(|format| format_words(format).to_string()).collect()),
            Question::Email => answers.email.clone().unwrap_or_else(gap),
            Question::Theme => answers.theme.clone(),
            Question::Host => answers.host.name().to_string(),
        }
    }
}

fn kind_words(kind: PracticeKind) -> &'static str {
    match kind {
        PracticeKind::LicensedTherapy => "therapy or counselling, by licensed or registered people",
        PracticeKind::Coaching => "coaching, without a licence",
        PracticeKind::Mixed => "both",
    }
}

fn format_words(format: &str) -> &str {
    match format {
        "in-person" => "in person",
        "video" => "by video",
        "phone" => "by phone",
        "walk" => "walking outdoors",
        "home" => "at the client's home",
        "text" => "in writing",
        other => other,
    }
}

fn person_words(person: &Person) -> String {
    let mut words = person.name.clone();
    for part in person.credentials.iter().chain(&person.role) {
        words.push_str(&format!(", {part}"));
    }
    if let Some(pronouns) = &person.pronouns {
        words.push_str(&format!(" ({pronouns})"));
    }
    words
}

fn offer_words(offer: &Offer) -> String {
    let minutes = offer.minutes.map(|minutes| format!("{minutes} min"));
    let kind = offer.kind.map(|kind| kind.key().to_string());
    let aside: Vec<String> =
        kind.into_iter().chain(minutes).chain(offer.price.clone()).chain(offer.note.clone()).collect();
    if aside.is_empty() { offer.title.clone() } else { format!("{} ({})", offer.title, aside.join(", ")) }
}

fn language_words(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or_default();
    match (names::language(primary, "en"), tag.split_once('-')) {
        (Some(name), Some((_, region))) => format!("{name}, {} ({tag})", places::name_of(region)),
        (Some(name), None) => format!("{name} ({tag})"),
        (None, _) => tag.to_string(),
    }
}

/// A language's tag, from the tag or the language's name. Who writes the name means the language as it's written there.
fn language(text: &str, places: &[String]) -> Result<String, String> {
    let tag = text.trim().replace('_', "-");
    match values::check("language", &tag) {
        Ok(()) => Ok(tag),
        Err(wanted) => match values::meant("language", text) {
            Some(meant) => Ok(as_written_in(&meant, places)),
            None => Err(format!("not {wanted}")),
        },
    }
}

/// The country for which this computer is set up; the United States where it doesn't say.
fn own_country() -> String {
    let locale = sys_locale::get_locale().unwrap_or_default();
    let region = locale.split(['-', '_', '.']).skip(1).find(|part| part.len() == 2).map(str::to_uppercase);
    let region = region.filter(|region| values::check("jurisdiction", region).is_ok());
    places::name_of(&region.unwrap_or_else(|| "US".to_string())).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody whose answers are known beforehand: texts, and numbers of lines.
    struct Script<'a> {
        answers: Vec<&'a str>,
        said: Vec<String>,
    }

    impl Script<'_> {
        fn next(&mut self, question: &str) -> String {
            self.said.push(question.to_string());
            if self.answers.is_empty() { String::new() } else { self.answers.remove(0).to_string() }
        }
    }

    impl Asks for Script<'_> {
        fn text(&mut self, question: &str, usual: &str, before: &str) -> dialoguer::Result<String> {
            let typed = self.next(&format!("{question} [{before}]"));
            Ok(if typed.is_empty() { usual.to_string() } else { typed })
        }

        fn choose(&mut self, question: &str, items: &[String], usual: usize) -> dialoguer::Result<usize> {
            self.said.extend(items.iter().cloned());
            Ok(self.next(question).parse().unwrap_or(usual))
        }

        fn several(&mut self, question: &str, _: &[String], chosen: &[bool]) -> dialoguer::Result<Vec<usize>> {
            self.next(question);
            Ok((0..chosen.len()).filter(|index| chosen[*index]).collect())
        }

        fn say(&mut self, words: &str) {
            self.said.push(words.to_string());
        }
    }

    fn nothing() -> Answers {
        Answers {
            name: None,
            kind: PracticeKind::Coaching,
            places: vec!["US".to_string()],
            town: None,
            language: "en-US".to_string(),
            people: Vec::new(),
            services: Vec::new(),
            formats: Vec::new(),
            email: None,
            phone: None,
            base_url: None,
            theme: "linen".to_string(),
            host: Host::Other,
        }
    }

    fn run(typed: &[&str]) -> (Option<Answers>, Vec<String>) {
        let mut script = Script { answers: typed.to_vec(), said: Vec::new() };
        let answers = ask(&mut script, nothing(), Question::ALL.to_vec(), &["base", "linen"]).unwrap();
        (answers, script.said)
    }

    #[test]
    fn what_was_understood_is_shown_and_can_be_changed_before_anything_is_written() {
        let typed = [
            "Quiet Harbour",
            "0",
            "Bristol",
            "",
            "Maya O'Brien, MA, LPC, and Tom Hall",
            "Tom",
            "Grief group (Tuesdays, 6 weeks), supervision",
            "",
            "hello@quiet.org",
            "1",
            "4",
            // The third line of the summary: where. Then on.
            "3",
            "Smallville, Nowhere",
            "Portland, Oregon",
            "0",
        ];
        let (answers, said) = run(&typed);
        let answers = answers.unwrap();
        assert_eq!((answers.places, answers.language), (vec!["US-OR".to_string()], "en-US".to_string()));
        assert_eq!(answers.people.iter().map(|person| person.associate).collect::<Vec<_>>(), [false, true]);
        for words in [
            "Practice           Quiet Harbour",
            "Where              Bristol, England",
            "Language           English, United Kingdom (en-GB)",
            "People             Maya O'Brien, MA, LPC",
            "Under supervision  Tom Hall",
            "Services           Grief group (group, Tuesdays, 6 weeks); Supervision (supervision)",
            "Sessions           in person; by video",
            "Where              Portland, Oregon",
            "Language           English, United States (en-US)",
            "Where? A city, state or country [Bristol]",
        ] {
            assert!(said.iter().any(|said| said == words), "{words}\n{said:#?}");
        }
        assert!(said.iter().any(|said| said.starts_with("That's not a place")), "{said:#?}");
    }

    #[test]
    fn enter_throughout_writes_and_stopping_does_not() {
        let (answers, said) = run(&[]);
        assert_eq!(answers.map(|answers| answers.formats), Some(vec!["in-person".to_string(), "video".to_string()]));
        assert!(said.iter().any(|said| said == "People             not yet: a gap to fill in"));
        // The last line of the summary.
        let (answers, _) = run(&["", "", "", "", "", "", "", "", "", "", "", "12"]);
        assert!(answers.is_none());
    }

    #[test]
    fn a_language_is_understood_by_its_name() {
        for (typed, place, tag) in [
            ("German", "DE", "de"),
            ("German", "AT-9", "de-AT"),
            ("English", "US-TX", "en-US"),
            ("French", "CA-QC", "fr-CA"),
            ("en_GB", "US-TX", "en-GB"),
            ("en", "US-TX", "en"),
        ] {
            assert_eq!(language(typed, &[place.to_string()]).as_deref(), Ok(tag), "{typed} {place}");
        }
        assert!(language("Klingonian tongue", &[]).is_err());
    }
}
