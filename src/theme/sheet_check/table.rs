//! The names that CSS has: properties with what their values are made of, functions, colours, at-rules.
//!
//! Owns reading `table.txt`, which is made from published data (tests/css-table). Judges nothing.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What is known of a property.
pub(super) struct Property {
    /// A letter for each kind of token that its values hold, as tests/css-table/make.mjs writes them; `*` is any word.
    pub kinds: &'static str,
    /// The words that its values hold, sorted.
    pub words: Vec<&'static str>,
    /// Whether it is newer than the oldest browsers that themes are made for.
    pub newer: bool,
}

/// All names.
pub(super) struct Table {
    pub properties: HashMap<&'static str, Property>,
    pub colours: HashSet<&'static str>,
    pub functions: HashSet<&'static str>,
    /// Pseudo-classes and pseudo-elements with their colons, without their brackets.
    pub selectors: HashSet<&'static str>,
    /// Media features, and what they can be.
    pub media: HashMap<&'static str, Property>,
    /// At-rules, each with the names that stand in it.
    pub at_rules: HashMap<&'static str, Vec<&'static str>>,
}

/// The table inside the program.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| read(include_str!("table.txt")));

fn read(text: &'static str) -> Table {
    let mut table = Table {
        properties: HashMap::new(),
        colours: HashSet::new(),
        functions: HashSet::new(),
        selectors: HashSet::new(),
        media: HashMap::new(),
        at_rules: HashMap::new(),
    };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(' ');
        let name = parts.next().unwrap_or_default();
        match name.split_at_checked(1) {
            Some(("%", "colours")) => table.colours.extend(parts),
            Some(("%", "functions")) => table.functions.extend(parts),
            Some(("%", _)) => table.selectors.extend(parts),
            Some(("@", rule)) => {
                table.at_rules.insert(rule, parts.collect());
            }
            sign => {
                let newer = name.ends_with('+');
                let property = Property { kinds: parts.next().unwrap_or_default(), words: parts.collect(), newer };
                match sign {
                    Some(("?", feature)) => table.media.insert(feature, property),
                    _ => table.properties.insert(name.trim_end_matches('+'), property),
                };
            }
        }
    }
    table
}

/// Units, each with the letter of its kind in `Property::kinds`.
pub(super) fn unit(name: &str) -> Option<char> {
    const LENGTHS: &[&str] = &[
        "cap", "ch", "cm", "cqb", "cqh", "cqi", "cqmax", "cqmin", "cqw", "dvb", "dvh", "dvi", "dvmax", "dvmin", "dvw",
        "em", "ex", "ic", "in", "lh", "lvb", "lvh", "lvi", "lvmax", "lvmin", "lvw", "mm", "pc", "pt", "px", "q",
        "rcap", "rch", "rem", "rex", "ric", "rlh", "svb", "svh", "svi", "svmax", "svmin", "svw", "vb", "vh", "vi",
        "vmax", "vmin", "vw",
    ];
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "deg" | "grad" | "rad" | "turn" => Some('a'),
        "s" | "ms" => Some('t'),
        "hz" | "khz" => Some('f'),
        "dpi" | "dpcm" | "dppx" | "x" => Some('r'),
        "fr" => Some('x'),
        "db" | "st" => Some('d'),
        name => LENGTHS.binary_search(&name).is_ok().then_some('l'),
    }
}

/// The units that somebody who typed another may have meant, the usual first.
pub(super) const UNITS: &[&str] = &[
    "px", "rem", "em", "ch", "vw", "vh", "lh", "rlh", "ex", "fr", "s", "ms", "deg", "turn", "vi", "vb", "vmin", "vmax",
    "svh", "dvh", "lvh", "svw", "dvw", "lvw", "cqw", "cqh", "cqi", "cqb", "pt", "cm", "mm", "in", "dpi", "dppx", "rad",
];
