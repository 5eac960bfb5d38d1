//! Which file says what in which language.
//!
//! Owns the names of translations: `about.en.md` beside `about.md`, `practice.en.yaml` beside practice.yaml. Opens none.

use std::collections::BTreeMap;

use super::PRACTICE;
use crate::document::{self, kind_of};
use crate::source::{Content, SourcePath, Sources};

/// A language of a site.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Language {
    /// Its tag.
    pub tag: String,
    /// The first part of its addresses, and of the names of its files; empty for the main language's addresses.
    pub prefix: String,
}

/// The languages with these tags, the main one first.
pub(super) fn languages<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<Language> {
    let mut distinct: Vec<&str> = Vec::new();
    for tag in tags.filter(|tag| document::values::check("language", tag).is_ok()) {
        if !distinct.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            distinct.push(tag);
        }
    }
    let short = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let prefix = |(at, tag): (usize, &&str)| match distinct.iter().filter(|other| short(other) == short(tag)).count() {
        _ if at == 0 => String::new(),
        1 => short(tag),
        // Two of one language, such as fr-CA and fr-CH.
        _ => tag.to_lowercase(),
    };
    let languages = distinct.iter().enumerate();
    languages.map(|(at, tag)| Language { tag: (*tag).to_string(), prefix: prefix((at, tag)) }).collect()
}

/// What a file is to a translation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// practice.yaml.
    Practice,
    /// A page.
    Page(document::Kind),
    /// What belongs to the main language alone: old addresses.
    Main,
    /// What all languages share: works, themes, files.
    Shared,
}

impl Kind {
    /// Of a file of the main language.
    pub(super) fn of(path: &SourcePath) -> Kind {
        match path.as_str() {
            PRACTICE => Kind::Practice,
            "content/redirects.yaml" => Kind::Main,
            _ if path.extension() == "md" && path.inside("content").is_some() && !path.is_published_as_it_is() => {
                Kind::Page(kind_of(path))
            }
            _ => Kind::Shared,
        }
    }
}

/// A site's files: those of the main language with what all share, and for each language its words, by the path of the file whose facts
/// they go with.
pub(super) struct Sorted {
    pub main: BTreeMap<SourcePath, Content>,
    pub words: Vec<BTreeMap<SourcePath, SourcePath>>,
}

pub(super) fn sort(sources: &Sources, languages: &[Language]) -> Sorted {
    let mut sorted = Sorted { main: BTreeMap::new(), words: vec![BTreeMap::new(); languages.len()] };
    for (path, content) in &sources.files {
        match translates(path, languages) {
            Some((main, language)) => drop(sorted.words[language].insert(main, path.clone())),
            None => drop(sorted.main.insert(path.clone(), content.clone())),
        }
    }
    sorted
}

/// The file that a file translates, and into which language.
fn translates(path: &SourcePath, languages: &[Language]) -> Option<(SourcePath, usize)> {
    let ending = path.extension();
    path.inside("content")?;
    if path.is_published_as_it_is() || !(ending == "md" || ending == "yaml") {
        return None;
    }
    let (name, tag) = path.stem().rsplit_once('.')?;
    let is_it = |language: &Language| {
        tag.eq_ignore_ascii_case(&language.tag)
            || !language.prefix.is_empty() && tag.eq_ignore_ascii_case(&language.prefix)
    };
    let language = languages.iter().enumerate().skip(1).find(|(_, language)| is_it(language))?.0;
    let main = SourcePath::new(&format!("{}/{name}.{ending}", path.folder()))?;
    (ending == "md" || main.as_str() == PRACTICE).then_some((main, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_the_shortest_prefix_that_tells_them_apart() {
        let prefixes = |tags: &[&str]| {
            let all = languages(tags.iter().copied());
            all.into_iter().map(|language| language.prefix).collect::<Vec<_>>()
        };
        assert_eq!(prefixes(&["de", "en-GB"]), ["", "en"]);
        assert_eq!(prefixes(&["en", "fr-CA", "fr-CH"]), ["", "fr-ca", "fr-ch"]);
        assert_eq!(prefixes(&["de", "DE", "en", "no language"]), ["", "en"]);
    }

    #[test]
    fn a_translation_is_known_by_its_name() {
        let all = languages(["de", "en-GB"].into_iter());
        let main = |path: &str| {
            let (main, language) = translates(&SourcePath::new(path).unwrap(), &all)?;
            Some((main.to_string(), all[language].tag.clone()))
        };
        let about = Some(("content/about.md".to_string(), "en-GB".to_string()));
        assert_eq!(main("content/about.en.md"), about);
        assert_eq!(main("content/about.en-GB.md"), about);
        assert_eq!(main("content/practice.en.yaml").unwrap().0, "content/practice.yaml");
        for none in [
            "content/about.md",
            "content/about.fr.md",
            "content/references.en.yaml",
            "content/files/a.en.md",
            "x.en.md",
        ] {
            assert_eq!(main(none), None, "{none}");
        }
    }
}
