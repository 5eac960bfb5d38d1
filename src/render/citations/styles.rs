//! The styles and languages in which works are named.
//!
//! Owns which style of the library's archive stands behind each choice, and that only the one style and the one
//! language that a site uses are ever unpacked.

use std::sync::{LazyLock, OnceLock};

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::taxonomy::{OtherTerm, Term};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style, TermForm};

use crate::document::model::CitationStyle;

/// A style, unpacked.
pub(super) struct Loaded {
    /// As it is published.
    pub style: IndependentStyle,
    /// The same, with the works between brackets left in the author's order and each named for itself: words and
    /// places that belong to one of them would lose it otherwise.
    pub one_by_one: IndependentStyle,
    /// Whether works are numbered.
    pub numeric: bool,
}

/// The style of a choice.
pub(super) fn style(choice: CitationStyle) -> Option<&'static Loaded> {
    static APA: OnceLock<Option<Loaded>> = OnceLock::new();
    static HARVARD: OnceLock<Option<Loaded>> = OnceLock::new();
    static VANCOUVER: OnceLock<Option<Loaded>> = OnceLock::new();
    let (cell, archived) = match choice {
        CitationStyle::Apa => (&APA, ArchivedStyle::AmericanPsychologicalAssociation),
        CitationStyle::Harvard => (&HARVARD, ArchivedStyle::HarvardCiteThemRight),
        // The archive's own `vancouver` leaves out the authors in this release of the library.
        CitationStyle::Vancouver => (&VANCOUVER, ArchivedStyle::SpringerVancouver),
    };
    let load = || {
        let Style::Independent(mut style) = archived.get() else { return None };
        let numeric = choice == CitationStyle::Vancouver;
        if numeric {
            style.citation.layout.delimiter = Some(", ".to_string());
        }
        let mut one_by_one = style.clone();
        one_by_one.citation.sort = None;
        one_by_one.citation.collapse = None;
        one_by_one.citation.cite_group_delimiter = None;
        if numeric {
            one_by_one.citation.layout.delimiter = Some("; ".to_string());
        }
        Some(Loaded { style, one_by_one, numeric })
    };
    cell.get_or_init(load).as_ref()
}

/// A language, unpacked: its tag in the archive, and its words.
pub(super) struct Language {
    /// The tag.
    pub code: LocaleCode,
    /// One entry; the library wants a list.
    pub locales: &'static [Locale],
    /// `and`.
    pub and: &'static str,
}

/// The words of a language: those of its region where the archive has them, those of the language otherwise, and
/// those of the United States' English where it does not know the language.
pub(super) fn language(tag: &str, choice: CitationStyle) -> Option<Language> {
    type Cell = OnceLock<Option<Vec<Locale>>>;
    static TAGS: LazyLock<Vec<(&str, Cell)>> =
        LazyLock::new(|| LOCALES.iter().map(|bytes| (tag_of(bytes).unwrap_or_default(), Cell::new())).collect());
    let tags: &'static [(&str, Cell)] = &TAGS;
    // The Harvard style is British, down to its quotation marks.
    let wanted = match tag {
        "en" if choice == CitationStyle::Harvard => "en-GB",
        "en" => "en-US",
        tag => tag,
    };
    let base = wanted.split('-').next().unwrap_or_default();
    let same = |known: &&str| known.eq_ignore_ascii_case(wanted);
    let own_country = |known: &&str| known.eq_ignore_ascii_case(&format!("{base}-{base}"));
    let same_language = |known: &&str| known.split('-').next() == Some(base);
    let fallback = |known: &&str| *known == "en-US";
    let index = |fits: &dyn Fn(&&str) -> bool| tags.iter().position(|(known, _)| fits(known));
    let index = index(&same).or_else(|| index(&own_country)).or_else(|| index(&same_language));
    let index = index.or_else(|| tags.iter().position(|(known, _)| fallback(known)))?;
    let (code, cell) = &tags[index];
    let read = || ciborium::from_reader::<Locale, _>(LOCALES[index]).ok().map(|locale| vec![locale]);
    let locales = cell.get_or_init(read).as_deref()?;
    let and = locales.first()?.term(Term::Other(OtherTerm::And), TermForm::Long);
    let and = and.and_then(|term| term.single()).unwrap_or("and");
    Some(Language { code: LocaleCode(code.to_string()), locales, and })
}

/// The tag of a packed language, which stands at its beginning: the name `@xml:lang` and a short text.
fn tag_of(bytes: &'static [u8]) -> Option<&'static str> {
    const NAME: &[u8] = b"xml:lang";
    let name = bytes.get(..64)?.windows(NAME.len()).position(|window| window == NAME)?;
    let (head, text) = bytes[name + NAME.len()..].split_first()?;
    // CBOR (RFC 8949): three bits that say "text", five that say how long it is.
    std::str::from_utf8(text.get(..usize::from(head & 0x1f))?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_in_the_archive() {
        for choice in [CitationStyle::Apa, CitationStyle::Harvard, CitationStyle::Vancouver] {
            assert!(style(choice).is_some(), "{choice:?}");
        }
    }

    #[test]
    fn a_language_is_found_by_its_tag() {
        let found = |tag| {
            let language = language(tag, CitationStyle::Apa).unwrap();
            (language.code.0.clone(), language.locales[0].lang.clone().unwrap().0, language.and)
        };
        for (tag, code, and) in [
            ("en", "en-US", "and"),
            ("en-GB", "en-GB", "and"),
            ("de", "de-DE", "und"),
            ("de-AT", "de-AT", "und"),
            ("de-LI", "de-DE", "und"),
            ("es", "es-ES", "y"),
            ("ar", "ar", "و"),
            ("pt-BR", "pt-BR", "e"),
            ("tlh", "en-US", "and"),
        ] {
            assert_eq!(found(tag), (code.to_string(), code.to_string(), and), "{tag}");
        }
    }
}
