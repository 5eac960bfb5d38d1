//! Places, languages and amounts as the site's language calls them.
//!
//! Owns that no code reaches a visitor: a word of the theme's own wins (`countries`, `languages` in a locale file, for a
//! language that the program does not speak), else the program's tables name it, else it is left out.

use super::words::Words;
use crate::document::values::{Amount, names};

impl Words {
    /// A country or a part of one.
    pub fn place(&self, code: &str) -> Option<String> {
        self.known(&format!("countries.{code}")).or_else(|| names::place(code, &self.primary).map(str::to_string))
    }

    /// A language, by its tag.
    pub fn language(&self, tag: &str) -> Option<String> {
        let primary = tag.split('-').next().unwrap_or(tag);
        let own = self.known(&format!("languages.{primary}"));
        own.or_else(|| names::language(tag, &self.primary).map(str::to_string))
    }

    /// An amount with its currency: `$110`, `92,50 €`, `200 UAE dirhams`; or a range with one sign: `$80–120`. The pattern
    /// is the locale's `money`; whole amounts go without decimals. `home` is the one country that the practice works in.
    pub fn money(&self, from: Amount, to: Option<Amount>, currency: &str, home: Option<&str>) -> String {
        let mut amount = self.number(from);
        if let Some(to) = to.filter(|to| *to != from) {
            amount = self.word("money.range").replace("{from}", &amount).replace("{to}", &self.number(to));
        }
        let Some(sign) = names::currency_sign(currency, home) else {
            let name = names::currency(currency, &self.primary).unwrap_or_default();
            return format!("{amount}\u{a0}{name}").trim_end().to_string();
        };
        let pattern = self.word("money.pattern");
        // A sign of letters is a word beside the number: `CHF 120`.
        let apart = sign.ends_with(char::is_alphabetic) && pattern.contains("{symbol}{amount}");
        let sign = if apart { format!("{sign}\u{a0}") } else { sign.to_string() };
        pattern.replace("{symbol}", &sign).replace("{amount}", &amount)
    }

    /// What an amount pays for, as it stands after the amount: `a session`, `an hour`, `pro Sitzung`. English words say
    /// where the article depends on the sound that follows: `a(n)`.
    pub fn per(&self, what: &str) -> String {
        let article = if begins_with_a_vowel(what) { "an" } else { "a" };
        self.word("per").replace("a(n)", article).replace("{per}", what)
    }

    fn number(&self, amount: Amount) -> String {
        let (whole, part) = (amount.0 / 100, amount.0 % 100);
        let mut grouped = String::new();
        let digits = whole.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(&self.word("money.thousands"));
            }
            grouped.push(digit);
        }
        if part != 0 {
            grouped.push_str(&format!("{}{part:02}", self.word("money.decimal")));
        }
        grouped
    }
}

/// Whether an English word is spoken with a vowel first.
fn begins_with_a_vowel(word: &str) -> bool {
    let word = word.to_lowercase();
    let begins = |with: &[&str]| with.iter().any(|with| word.starts_with(with));
    begins(&["hour", "heir", "honest", "honor", "honour"])
        || (begins(&["a", "e", "i", "o", "u", "8", "11", "18"])
            && !begins(&[
                "uni", "use", "usu", "eu", "one", "once", "110", "111", "112", "113", "114", "115", "116", "117",
                "118", "119", "180",
            ]))
}
