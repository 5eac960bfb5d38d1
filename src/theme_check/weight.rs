//! How much a visitor has to load for a page.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::output::{File, Output};
use crate::regions::{Found, Page};

/// The most that a page's HTML may weigh, compressed: what a first answer over TCP holds.
const MOST_HTML: usize = 14_000;
/// The most that HTML, style sheet and scripts may weigh together, compressed.
const MOST_TOTAL: usize = 22_000;
/// The most that scripts may weigh, compressed.
const MOST_SCRIPT: usize = 5_000;

/// The most that all fonts of a site may weigh.
pub(super) const MOST_FONTS: usize = 45_000;

/// What the fonts of a site weigh. They are counted apart from its pages: a page has all of them at most, and a visitor loads
/// them once.
pub(super) fn of_fonts(output: &Output) -> usize {
    let fonts = output.files.values().filter_map(|file| match file {
        File::Font(cut) => cut.about().ok(),
        _ => None,
    });
    fonts.sum()
}

/// Compressed bytes.
pub(super) struct Weight {
    pub html: usize,
    pub style: usize,
    pub script: usize,
    /// Scripts inside the page, which its HTML counts already.
    inline: usize,
}

impl Weight {
    pub fn total(&self) -> usize {
        self.html + self.style + self.script
    }

    pub fn faults(&self) -> Found {
        let mut found = Found::new();
        let mut at_most = |what: &str, bytes: usize, most: usize| {
            if bytes > most {
                found.push(("size", format!("{what} is larger than {} kB compressed", most / 1000)));
            }
        };
        at_most("the HTML", self.html, MOST_HTML);
        at_most("the page with its style sheet and scripts", self.total(), MOST_TOTAL);
        at_most("what runs on the page", self.script + self.inline, MOST_SCRIPT);
        found
    }
}

/// Weighs a page with what it loads.
pub(super) fn of(html: &str, page: &Page<'_>, output: &Output) -> Weight {
    let file = |href: &str| {
        let name = href.rsplit('/').next().unwrap_or_default();
        output.files.iter().find_map(|(path, content)| match content {
            File::Made(bytes) if path.as_str().ends_with(&format!("/{name}")) => Some(compressed(bytes)),
            _ => None,
        })
    };
    let sum = |selector: &str, attribute: &str| -> usize {
        page.all(selector).iter().filter_map(|element| file(element.attr(attribute)?)).sum()
    };
    Weight {
        html: compressed(html.as_bytes()),
        style: sum("link[rel=stylesheet]", "href"),
        script: sum("script[src]", "src"),
        inline: page
            .all("script:not([src])")
            .iter()
            .map(|script| compressed(script.text().collect::<String>().as_bytes()))
            .sum(),
    }
}

/// The size after gzip at its usual level.
fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_or(bytes.len(), |packed| packed.len())
}
