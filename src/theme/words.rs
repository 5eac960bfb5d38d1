//! Every word that a theme prints, and dates, in the site's language.
//!
//! Owns the locale files' merging (`locales/en.yaml` under `locales/LANGUAGE.yaml` under `locales/LANGUAGE-COUNTRY.yaml`,
//! `base` under the theme) and the forms that ICU knows: plurals and dates. Words are data: templates look them up in `t`.

use std::collections::{BTreeMap, HashMap};
use std::sync::{PoisonError, RwLock};

use icu_datetime::fieldsets::YMD;
use icu_datetime::fieldsets::zone::GenericLong;
use icu_datetime::input::{Date as IcuDate, DateTime, Time, TimeZone};
use icu_datetime::options::Length;
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use jiff::civil::Date;

use super::layers::Layers;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::DataFile;
use crate::document::model::Practice;
use crate::document::values::names;
use crate::prose;
use crate::yaml::{self, Path, Value};

/// The words of a theme in one language.
pub struct Words {
    /// By key: a text with `{n}` and the like to be filled, or a text per plural form.
    pub entries: BTreeMap<String, Word>,
    /// The language's direction: `ltr` or `rtl`.
    pub direction: &'static str,
    dates: Option<FixedCalendarDateTimeFormatter<icu_calendar::Gregorian, YMD>>,
    /// Dates as they were written before: many articles share few days, and writing one takes microseconds.
    written: RwLock<HashMap<Date, String>>,
    plurals: Option<PluralRules>,
    locale: Option<Locale>,
    /// The first part of the language's tag.
    pub(super) primary: String,
}

/// A word in all its forms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Word {
    /// One text.
    Plain(String),
    /// A text per plural form, by the names that CLDR gives them.
    Forms(BTreeMap<String, String>),
    /// Words below this one.
    Group(BTreeMap<String, Word>),
}

/// Languages written from right to left (Unicode CLDR, scriptMetadata).
const RIGHT_TO_LEFT: &[&str] = &["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// The direction in which a language, given as a tag, is written: `ltr` or `rtl`.
pub fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default().to_lowercase();
    if RIGHT_TO_LEFT.contains(&primary.as_str()) { "rtl" } else { "ltr" }
}

/// Loads the words for a language: the nearest locale file wins, English stands under all.
/// `one_person`: whether somebody works alone, and so says “I” where others say “we”.
pub(super) fn load(
    layers: &Layers,
    practice: &DataFile<Practice>,
    one_person: bool,
    diagnostics: &mut Diagnostics,
) -> Words {
    let language = &practice.value.language;
    let primary = language.split('-').next().unwrap_or("en").to_lowercase();
    let mut entries = BTreeMap::new();
    let mut locales = vec!["en".to_string()];
    if primary != "en" {
        locales.push(primary.clone());
    }
    // What a country writes otherwise than its language: `es-MX`.
    let variant = language.parse::<Locale>().ok().and_then(|locale| Some(format!("{primary}-{}", locale.id.region?)));
    locales.extend(variant.clone());
    // What the language itself says, without English beneath.
    let mut own = BTreeMap::new();
    for locale in &locales {
        for layer in layers.0.iter().rev() {
            let file = format!("locales/{locale}.yaml");
            let Some(text) = layer.text(&file) else { continue };
            match yaml::parse(text) {
                Ok(Value::Mapping(mut map)) => {
                    // Laid over the words of the same file, so that those of a theme or a language above still win.
                    let own_words = map.remove(ONE_PERSON).filter(|_| one_person);
                    if let Some(Value::Mapping(own_words)) = own_words {
                        lay_over(&mut map, own_words);
                    }
                    if *locale == primary || Some(locale) == variant.as_ref() {
                        merge(&mut own, map.clone());
                    }
                    merge(&mut entries, map);
                }
                Ok(_) => {}
                Err(fault) => {
                    let mut finding = Diagnostic::new(&codes::THEME_FILE, fault.message);
                    if let Some(path) = layer.path(&file) {
                        finding = finding.at(&path, fault.span);
                    }
                    diagnostics.push(finding);
                }
            }
        }
    }
    if prose::is_swiss(language) {
        entries.values_mut().for_each(write_swiss);
    }
    let mut missing = Vec::new();
    list_missing(&entries, &own, "", &mut missing);
    if let Some(finding) = untranslated(layers, practice, &primary, &missing) {
        diagnostics.push(finding);
    }
    let locale: Option<Locale> = language.parse().ok();
    let dates = locale.clone().and_then(|locale| {
        FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long().with_length(Length::Long)).ok()
    });
    let plurals =
        locale.clone().and_then(|locale| PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok());
    Words { entries, direction: direction(language), dates, written: RwLock::default(), plurals, locale, primary }
}

/// The group of what one person says instead.
const ONE_PERSON: &str = "one_person";

/// Replaces words by others of the same keys, group by group.
fn lay_over(words: &mut yaml::Mapping, others: yaml::Mapping) {
    for (key, other) in others {
        match (words.get_mut(&key), other) {
            (Some(Value::Mapping(below)), Value::Mapping(other)) => lay_over(below, other),
            (_, other) => {
                words.insert(key, other);
            }
        }
    }
}

/// The keys of words that a language lacks, so that English stands in for them.
fn list_missing(all: &BTreeMap<String, Word>, own: &BTreeMap<String, Word>, group: &str, missing: &mut Vec<String>) {
    for (key, word) in all {
        match (word, own.get(key)) {
            (Word::Group(below), Some(Word::Group(own))) => {
                list_missing(below, own, &format!("{group}{key}."), missing);
            }
            (_, Some(_)) => {}
            (_, None) => missing.push(format!("{group}{key}")),
        }
    }
}

/// What is told of words that English stands in for, at the locale file nearest to the theme. Of a language without any words it's an
/// error: nobody wants a site that is half in English.
fn untranslated(
    layers: &Layers,
    practice: &DataFile<Practice>,
    primary: &str,
    missing: &[String],
) -> Option<Diagnostic> {
    missing.first()?;
    let file = format!("locales/{primary}.yaml");
    let theme = layers.0.first().map_or("NAME", |layer| layer.theme.as_str());
    let Some((layer, _)) = layers.file(&file) else {
        let language = names::language(primary, "en").unwrap_or(primary);
        let place = practice.locate(&Path::of("language")).value;
        let message = format!(
            "Anteroom has no words in {language}, so the menu, the buttons and the notices would be in English"
        );
        return Some(Diagnostic::new(&codes::NO_WORDS, message).at(&practice.path, place).help(format!(
            "to write them: run `anteroom theme copy {theme} locales/en.yaml`, rename the copy in themes/{theme}/locales/ to \
             `{primary}.yaml`, and translate what stands behind the colons. Otherwise write `language: en`"
        )));
    };
    let named: Vec<&str> = missing.iter().take(12).map(String::as_str).collect();
    let more = missing.len() - named.len();
    let rest = if more > 0 { format!(", and {more} more") } else { String::new() };
    let message =
        format!("{} of the theme's words aren't translated into `{primary}`, so they appear in English", missing.len());
    let found = Diagnostic::new(&codes::MISSING_WORD, message);
    let found = found.help(format!("add these to the file: {}{rest}", named.join(", ")));
    Some(match layer.path(&file) {
        Some(path) => found.about(&path),
        None => found,
    })
}

const FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// Spells a word in all its forms as in Switzerland.
fn write_swiss(word: &mut Word) {
    match word {
        Word::Plain(text) => *text = prose::swiss(text),
        Word::Forms(forms) => forms.values_mut().for_each(|text| *text = prose::swiss(text)),
        Word::Group(group) => group.values_mut().for_each(write_swiss),
    }
}

fn merge(entries: &mut BTreeMap<String, Word>, map: yaml::Mapping) {
    for (key, value) in map {
        let Some(key) = key.as_str().map(str::to_string) else { continue };
        match value {
            Value::Mapping(below) if below.keys().all(|key| key.as_str().is_some_and(|k| FORMS.contains(&k))) => {
                let forms = below
                    .into_iter()
                    .filter_map(|(form, text)| Some((form.as_str()?.to_string(), text.as_str()?.to_string())));
                entries.insert(key, Word::Forms(forms.collect()));
            }
            Value::Mapping(below) => {
                let group = entries.entry(key).or_insert_with(|| Word::Group(BTreeMap::new()));
                if !matches!(group, Word::Group(_)) {
                    *group = Word::Group(BTreeMap::new());
                }
                if let Word::Group(group) = group {
                    merge(group, below);
                }
            }
            Value::String(text) => {
                entries.insert(key, Word::Plain(text));
            }
            // Unquoted numbers, and `yes` and `no` where they are no keys.
            Value::Number(number) => {
                entries.insert(key, Word::Plain(number.to_string()));
            }
            _ => {}
        }
    }
}

impl Words {
    /// A word by its key, groups joined by dots; the key itself where the theme has none.
    pub fn word(&self, key: &str) -> String {
        self.known(key).unwrap_or_else(|| key.rsplit('.').next().unwrap_or(key).replace(['_', '-'], " "))
    }

    /// A word by its key, where the theme has it.
    pub(super) fn known(&self, key: &str) -> Option<String> {
        let mut entries = &self.entries;
        let mut parts = key.split('.').peekable();
        while let Some(part) = parts.next() {
            match entries.get(part)? {
                Word::Group(below) => entries = below,
                Word::Plain(text) if parts.peek().is_none() => return Some(text.clone()),
                _ => return None,
            }
        }
        None
    }

    /// A word in the form for a number, the number filled in.
    pub fn count(&self, key: &str, number: u64) -> String {
        let text = match self.entries.get(key) {
            Some(Word::Forms(forms)) => self.form(forms, number).to_string(),
            _ => self.word(key),
        };
        text.replace("{n}", &number.to_string())
    }

    /// The text of the plural form that the language uses for a number.
    pub fn form<'a>(&self, forms: &'a BTreeMap<String, String>, number: u64) -> &'a str {
        let name = match self.plurals.as_ref().map(|rules| rules.category_for(number as usize)) {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            _ => "other",
        };
        forms.get(name).or_else(|| forms.get("other")).map_or("", String::as_str)
    }

    /// A date as the language writes it in full.
    pub fn date(&self, date: Date) -> String {
        // A lock that a panic elsewhere has poisoned still holds whole texts.
        if let Some(text) = self.written.read().unwrap_or_else(PoisonError::into_inner).get(&date) {
            return text.clone();
        }
        let text = self.write_date(date);
        self.written.write().unwrap_or_else(PoisonError::into_inner).insert(date, text.clone());
        text
    }

    fn write_date(&self, date: Date) -> String {
        let formatted = self.dates.as_ref().and_then(|formatter| {
            let date = IcuDate::try_new_gregorian(i32::from(date.year()), date.month() as u8, date.day() as u8).ok()?;
            Some(formatter.format(&date).to_string())
        });
        // The first of a month is an ordinal there, which CLDR's patterns leave out.
        let first = match (&*self.primary, date.day()) {
            ("fr", 1) => Some("1er "),
            ("pt", 1) if self.locale.as_ref().is_some_and(|own| own.to_string() == "pt-BR") => Some("1º "),
            _ => None,
        };
        if let (Some(first), Some(text)) = (first, &formatted)
            && let Some(rest) = text.strip_prefix("1 ")
        {
            return format!("{first}{rest}");
        }
        formatted.unwrap_or_else(|| date.to_string())
    }

    /// A time zone as people call it, such as `Pacific Time` for `America/Los_Angeles`.
    pub fn time_zone(&self, name: &str) -> Option<String> {
        let formatter = NoCalendarFormatter::try_new(self.locale.clone()?.into(), GenericLong).ok()?;
        let zone = TimeZone::from_iana_id(name);
        if zone.is_unknown() {
            return None;
        }
        // Names change; a day to come takes the one that holds now.
        let later = DateTime { date: IcuDate::try_new_iso(2100, 1, 1).ok()?, time: Time::start_of_day() };
        let zone = zone.with_offset(None).at_date_time(later);
        Some(formatter.format(&zone).to_string())
    }
}
