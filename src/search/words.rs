//! From text to words, and from words to what is looked up.
//!
//! Owns what a word is, how it is folded and which words have one stem. The script of the search page
//! (`themes/base/assets/search.js`) folds what a visitor types in the same way, so that only the program needs
//! to know stems.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that no decomposition takes apart, and what is typed for them.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// Characters that stand inside words and mean nothing there: the soft hyphen, what joins or parts without width, and the
/// stroke that lengthens Arabic words.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{640}')
}

/// Letters of scripts that put no space between words: Thai, Lao, Myanmar, Khmer, and Chinese and Japanese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3041}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}')
}

/// A text in small letters without marks.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c) && !is_ignored(*c)).flat_map(char::to_lowercase) {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, typed)) => folded.push_str(typed),
            // A capital may have brought its own mark.
            None if is_combining_mark(c) => {}
            None => folded.push(c),
        }
    }
    folded
}

/// Hands over every stretch of letters and digits of a text, in small letters where it is of ASCII only. What a stretch
/// holds is `parts`' to say.
pub(super) fn stretches(text: &str, mut take: impl FnMut(&str)) {
    let mut buffer = String::new();
    let mut ascii = true;
    let mut end = |buffer: &mut String, ascii: bool| {
        // A single letter is what an apostrophe leaves over.
        if buffer.len() > 1 || buffer.as_bytes().first().is_some_and(|byte| byte.is_ascii_digit()) {
            if ascii {
                buffer.make_ascii_lowercase();
            }
            take(buffer);
        }
        buffer.clear();
    };
    for c in text.chars() {
        if c.is_ascii() {
            match c.is_ascii_alphanumeric() {
                true => buffer.push(c),
                false => {
                    end(&mut buffer, ascii);
                    ascii = true;
                }
            }
        } else if c.is_alphanumeric() || is_combining_mark(c) || is_ignored(c) {
            ascii = false;
            buffer.push(c);
        } else {
            end(&mut buffer, ascii);
            ascii = true;
        }
    }
    end(&mut buffer, ascii);
}

/// Knows the stems of a language; of one that it does not know, every word is its own stem.
pub(super) struct Stems(Option<Stemmer>);

impl Stems {
    /// The stems of a language, by its tag.
    pub fn of(tag: &str) -> Stems {
        let algorithm = match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "nl" => Algorithm::Dutch,
            "en" => Algorithm::English,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "no" | "nb" | "nn" => Algorithm::Norwegian,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "es" => Algorithm::Spanish,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            _ => return Stems(None),
        };
        Stems(Some(Stemmer::create(algorithm)))
    }

    /// The words of a stretch as they are looked up, each with what all words of its stem have in common. Where no spaces
    /// part words, every two neighbouring letters are one.
    pub fn parts(&self, stretch: &str) -> Vec<(String, String)> {
        let folded = fold(stretch);
        let mut parts = Vec::new();
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if word.chars().any(is_unspaced) {
                pairs(word, &mut parts);
            } else if word.len() > 1 || word.as_bytes()[0].is_ascii_digit() {
                // Stems are told by the endings as they are written, marks and all.
                let written = if word.len() == folded.len() { stretch.to_lowercase() } else { word.to_string() };
                let stem = self.0.as_ref().map(|stemmer| fold(&stemmer.stem(&written)));
                let stem = stem.filter(|stem| !stem.is_empty()).unwrap_or_else(|| word.to_string());
                parts.push((word.to_string(), stem));
            }
        }
        parts
    }
}

/// The pairs of a word of a script without spaces; words of other scripts inside it stay whole.
fn pairs(word: &str, parts: &mut Vec<(String, String)>) {
    let letters: Vec<char> = word.chars().collect();
    for run in letters.chunk_by(|a, b| is_unspaced(*a) == is_unspaced(*b)) {
        let size = if is_unspaced(run[0]) { run.len().min(2) } else { run.len() };
        parts.extend(run.windows(size).map(|pair| {
            let pair: String = pair.iter().collect();
            (pair.clone(), pair)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tag: &str, text: &str) -> Vec<String> {
        let stems = Stems::of(tag);
        let mut words = Vec::new();
        stretches(text, |stretch| words.extend(stems.parts(stretch).into_iter().map(|(word, _)| word)));
        words
    }

    fn stems(tag: &str, text: &str) -> Vec<String> {
        let stems = Stems::of(tag);
        let mut all = Vec::new();
        stretches(text, |stretch| all.extend(stems.parts(stretch).into_iter().map(|(_, stem)| stem)));
        all
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(words("de", "Über große Ängste, 3 Œuvres"), ["uber", "grosse", "angste", "3", "oeuvres"]);
        assert_eq!(
            words("en", "The therapist’s co\u{ad}oper\u{ad}ation; don't"),
            ["the", "therapist", "cooperation", "don"]
        );
        assert_eq!(words("tr", "İyi ışık"), ["iyi", "isik"]);
        assert_eq!(words("en", "½ ﬁne"), ["1", "2", "fine"]);
        assert_eq!(words("el", "ΛΌΓΟΣ λόγος"), ["λογοσ", "λογοσ"]);
    }

    #[test]
    fn words_of_one_stem_are_one() {
        assert_eq!(stems("en", "therapy therapies"), ["therapi", "therapi"]);
        assert_eq!(stems("de", "Ängste Angst Gefühle Gefühl"), ["angst", "angst", "gefuhl", "gefuhl"]);
        assert_eq!(stems("es", "emoción emociones"), ["emocion", "emocion"]);
        assert_eq!(stems("cs", "terapie terapii"), ["terapie", "terapii"], "a language without a stemmer");
    }

    #[test]
    fn arabic_loses_its_marks_and_its_article() {
        assert_eq!(words("ar", "الحُزْنُ أحـزان"), ["الحزن", "احزان"]);
        let stem = stems("ar", "الحزن حزن");
        assert_eq!(stem[0], stem[1]);
    }

    #[test]
    fn scripts_without_spaces_are_read_in_pairs() {
        assert_eq!(words("zh", "心理咨询ok"), ["心理", "理咨", "咨询", "ok"]);
        assert_eq!(words("ja", "心"), ["心"]);
        assert_eq!(words("he", "שָׁלוֹם עולם"), ["שלום", "עולם"]);
    }
}
