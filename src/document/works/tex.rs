//! TeX in the fields of BibTeX entries, as plain text.
//!
//! Owns the commands that the reading library leaves as they stand: accents on a dotless i, emphasis, escapes, and the
//! signs of formulas that titles use. What it doesn't know stays, without its backslash.

use std::sync::{LazyLock, OnceLock};

use biblatex::{Chunk, Entry};
use regex::{Captures, Regex};
use unicode_normalization::UnicodeNormalization;

use super::words::EMPHASIS;

/// Fields that hold an address or a number as it is.
const VERBATIM: [&str; 3] = ["url", "doi", "eprint"];

/// Signs by the names that TeX gives them (The Comprehensive LaTeX Symbol List; the alphabet by `unicode-math`).
const SIGNS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("upsilon", "υ"),
    ("phi", "φ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("times", "×"),
    ("pm", "±"),
    ("leq", "≤"),
    ("le", "≤"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("neq", "≠"),
    ("approx", "≈"),
    ("sim", "∼"),
    ("rightarrow", "→"),
    ("to", "→"),
    ("leftarrow", "←"),
    ("infty", "∞"),
    ("cdot", "·"),
    ("circ", "°"),
    ("degree", "°"),
    ("ldots", "…"),
    ("dots", "…"),
    ("textellipsis", "…"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteright", "’"),
    ("textquoteleft", "‘"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textregistered", "®"),
    ("texttrademark", "™"),
    ("copyright", "©"),
    ("S", "§"),
    ("pounds", "£"),
    ("euro", "€"),
    ("i", "ı"),
    ("j", "ȷ"),
];

/// Commands whose words stay and whose look goes.
const LOOKS: &str = "textbf|textsc|texttt|textrm|textsf|textup|textmd|text|mathrm|mathit|mathbf|\
                     underline|url|uppercase|MakeUppercase|mbox|hbox|nolinkurl";
/// Commands that put their words in italics.
const ITALICS: &str = "emph|textit|textsl|mkbibemph";
/// Commands that put their words between quotation marks.
const QUOTES: &str = "enquote|mkbibquote";

/// Makes the fields of an entry plain.
pub fn plain(entry: &mut Entry) {
    for (field, chunks) in &mut entry.fields {
        let verbatim = VERBATIM.contains(&field.as_str());
        for chunk in chunks {
            chunk.v = match &chunk.v {
                Chunk::Normal(text) | Chunk::Verbatim(text) if verbatim => Chunk::Verbatim(unescaped(text)),
                Chunk::Normal(text) => Chunk::Normal(words(text)),
                Chunk::Verbatim(text) => Chunk::Verbatim(words(text)),
                Chunk::Math(text) => Chunk::Normal(words(text).replace(['{', '}'], "")),
            };
        }
    }
}

fn unescaped(text: &str) -> String {
    static ESCAPED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\\([_%&#$~{}])(?:\{\})?").ok());
    ESCAPED.as_ref().map_or_else(|| text.to_string(), |escaped| escaped.replace_all(text, "$1").into_owned())
}

fn words(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_string();
    }
    // The library puts an accent on the backslash of `\i`: `\` + accent + `i`.
    static ACCENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\\([\u{300}-\u{36f}])(\pL)").ok());
    static LOOK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"\\(?:{LOOKS})\s*\{{([^{{}}]*)\}}|\{{\\(?:bf|sc|rm|tt)\s+([^{{}}]*)\}}")).ok()
    });
    let commands = |names: &str| Regex::new(&format!(r"\\(?:{names})\s*\{{([^{{}}]*)\}}")).ok();
    static ITALIC: OnceLock<Option<Regex>> = OnceLock::new();
    static QUOTE: OnceLock<Option<Regex>> = OnceLock::new();
    let italic = ITALIC.get_or_init(|| commands(ITALICS));
    let quote = QUOTE.get_or_init(|| commands(QUOTES));
    static SIGN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\\([A-Za-z]+)\s?(?:\{\})?").ok());
    static OLD_ITALIC: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{\\(?:it|em)\s+([^{}]*)\}").ok());
    let old_italic = OLD_ITALIC.as_ref();
    let (Some(accent), Some(look), Some(sign)) = (&*ACCENT, &*LOOK, &*SIGN) else { return text.to_string() };
    let mut text: String = accent.replace_all(text, "$2$1").nfc().collect();
    // From the inside out; every round takes a command away.
    loop {
        let before = text.len();
        text = look.replace_all(&text, "$1$2").into_owned();
        if let Some(italic) = italic {
            text = italic.replace_all(&text, format!("{}$1{}", EMPHASIS.0, EMPHASIS.1)).into_owned();
        }
        if let Some(quote) = quote {
            text = quote.replace_all(&text, "“$1”").into_owned();
        }
        if let Some(old) = old_italic {
            text = old.replace_all(&text, format!("{}$1{}", EMPHASIS.0, EMPHASIS.1)).into_owned();
        }
        if text.len() == before {
            break;
        }
    }
    let text = sign.replace_all(&text, |found: &Captures<'_>| {
        let name = &found[1];
        let known = SIGNS.iter().find(|(known, _)| *known == name);
        known.map_or_else(|| name.to_string(), |(_, sign)| (*sign).to_string())
    });
    unescaped(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_become_the_words_they_stand_for() {
        for (written, read) in [
            ("On \\emph{grief} and care", "On \u{e010}grief\u{e011} and care"),
            ("\\textbf{a \\emph{b} c}", "a \u{e010}b\u{e011} c"),
            ("{\\it Sleep} well", "\u{e010}Sleep\u{e011} well"),
            ("\\enquote{Yes}, he said", "“Yes”, he said"),
            ("\\alpha-waves", "α-waves"),
            ("5 \\% of \\$20 \\& more", "5 % of $20 & more"),
            ("Garc\\\u{301}ia", "García"),
            ("no commands", "no commands"),
        ] {
            assert_eq!(words(written), read, "{written}");
        }
    }
}
