//! Social cards: what a messenger or a network shows of a page that somebody shares.
//!
//! Owns the card's layout and its one font, Libertinus Serif (SIL Open Font License 1.1), which covers Latin, Greek and
//! Cyrillic letters. The colours are the theme's.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
use skrifa::instance::{LocationRef, Size as FontSize};
use skrifa::{FontRef, MetadataProvider};

use super::recipe::{self, Size};
use super::{drawing, encode};

/// Width and height that networks show whole (Open Graph has no rule; 1.91 to 1 is what the large ones recommend).
pub const SIZE: Size = Size { width: 1200, height: 630 };

const FONT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/card.otf"));
const FAMILY: &str = "Libertinus Serif";

/// Left and right of the text, in pixels.
const MARGIN: f32 = 90.0;
/// Type sizes that a title may have, the first that fits in [`MOST_LINES`].
const TITLE_SIZES: [f32; 4] = [88.0, 74.0, 62.0, 52.0];
const MOST_LINES: usize = 4;

/// What a card says, and its colours.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// What every card of the site has.
    pub frame: Arc<Frame>,
}

/// What every card of a site has. Colours are CSS colours.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Frame {
    /// The practice.
    pub name: String,
    /// A few words below, or none.
    pub tagline: Option<String>,
    /// The ground.
    pub paper: String,
    /// The title.
    pub ink: String,
    /// The words that stand back.
    pub quiet: String,
    /// The line.
    pub accent: String,
}

impl Card {
    /// Tells the card apart from every other.
    pub fn key(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{} {self:?}", recipe::VERSION).as_bytes());
        hasher.finalize().to_hex()[..32].to_string()
    }

    /// Whether the font has every letter that the card needs.
    pub fn can_be_set(&self) -> bool {
        let Ok(font) = FontRef::new(FONT) else { return false };
        let letters = font.charmap();
        let words = [Some(&self.title), Some(&self.frame.name), self.frame.tagline.as_ref()];
        let mut all = words.into_iter().flatten().flat_map(|words| words.chars());
        all.all(|letter| letter.is_whitespace() || letters.map(letter).is_some())
    }

    /// Draws the card, as PNG.
    ///
    /// # Errors
    /// Where it cannot be drawn, which no card's words should bring about.
    pub fn draw(&self) -> Result<Vec<u8>, String> {
        encode::png(&drawing::pixels(self.drawing().as_bytes(), SIZE, &FONTS)?)
    }

    fn drawing(&self) -> String {
        let room = SIZE.width as f32 - 2.0 * MARGIN;
        let (size, lines) = TITLE_SIZES
            .iter()
            .map(|size| (*size, lines(&self.title, *size, room)))
            .find(|(_, lines)| lines.len() <= MOST_LINES)
            .unwrap_or_else(|| cut(&self.title, room));
        let frame = &self.frame;
        let leading = size * 1.16;
        let middle = 335.0;
        let first = middle - leading * (lines.len() as f32 - 1.0) / 2.0 + size * 0.32;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" font-family=\"{FAMILY}\">\
             <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\
             <text x=\"{MARGIN}\" y=\"118\" font-size=\"38\" fill=\"{}\">{}</text>\
             <rect x=\"{MARGIN}\" y=\"150\" width=\"64\" height=\"4\" fill=\"{}\"/>",
            SIZE.width,
            SIZE.height,
            escaped(&frame.paper),
            escaped(&frame.quiet),
            escaped(&fitting(&frame.name, 38.0, room)),
            escaped(&frame.accent)
        );
        for (number, line) in lines.iter().enumerate() {
            let y = first + leading * number as f32;
            out.push_str(&format!(
                "<text x=\"{MARGIN}\" y=\"{y:.1}\" font-size=\"{size}\" fill=\"{}\">{}</text>",
                escaped(&frame.ink),
                escaped(line)
            ));
        }
        if let Some(tagline) = &frame.tagline {
            out.push_str(&format!(
                "<text x=\"{MARGIN}\" y=\"560\" font-size=\"32\" fill=\"{}\">{}</text>",
                escaped(&frame.quiet),
                escaped(&fitting(tagline, 32.0, room))
            ));
        }
        out.push_str("</svg>");
        out
    }
}

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(FONT.to_vec());
    Arc::new(fonts)
});

/// How wide words are, without kerning: a little more than they will be.
fn width(words: &str, size: f32) -> f32 {
    let Ok(font) = FontRef::new(FONT) else { return 0.0 };
    let (letters, metrics) = (font.charmap(), font.glyph_metrics(FontSize::new(size), LocationRef::default()));
    words.chars().filter_map(|letter| metrics.advance_width(letters.map(letter)?)).sum()
}

/// The words in lines that fit, each as full as it can be.
fn lines(words: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fitting(word, size, room)),
        }
    }
    lines
}

/// A title that is too long for any size: as many lines as there is room for.
fn cut(words: &str, room: f32) -> (f32, Vec<String>) {
    let size = TITLE_SIZES[TITLE_SIZES.len() - 1];
    let mut all = lines(words, size, room);
    all.truncate(MOST_LINES);
    if let Some(last) = all.last_mut() {
        last.push('…');
        *last = fitting(last, size, room);
    }
    (size, all)
}

/// The words, cut where they are wider than the room.
fn fitting(words: &str, size: f32, room: f32) -> String {
    if width(words, size) <= room {
        return words.to_string();
    }
    let mut short = words.trim_end_matches('…').to_string();
    while !short.is_empty() && width(&format!("{short}…"), size) > room {
        short.pop();
    }
    format!("{}…", short.trim_end())
}

fn escaped(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> Card {
        let colour = |text: &str| text.to_string();
        let frame = Frame {
            name: "Quiet Harbour".into(),
            tagline: Some("A steady place to think".into()),
            paper: colour("#f7f3ec"),
            ink: colour("#2b2622"),
            quiet: colour("#6b6156"),
            accent: colour("#8a3f24"),
        };
        Card { title: title.into(), frame: Arc::new(frame) }
    }

    #[test]
    fn a_card_is_as_large_as_networks_want_it() {
        for title in [
            "Grief",
            "What the therapeutic alliance is & <why> it predicts \"outcome\"",
            &"word ".repeat(80),
            &"w".repeat(300),
        ] {
            let png = card(title).draw().unwrap();
            let drawn = image::load_from_memory(&png).unwrap().to_rgb8();
            assert_eq!((drawn.width(), drawn.height()), (1200, 630));
            // The margins are paper, the middle holds ink.
            assert!((0..630).all(|y| drawn.get_pixel(1150, y).0 == [0xf7, 0xf3, 0xec]), "{title}");
            assert!(drawn.pixels().any(|pixel| pixel.0 == [0x2b, 0x26, 0x22]), "{title}");
        }
    }

    #[test]
    fn letters_that_the_font_lacks_are_known() {
        assert!(card("Über Trauer: пауза, ελπίδα").can_be_set());
        assert!(!card("العلاج").can_be_set());
        assert!(!card("悲しみ").can_be_set());
    }

    #[test]
    fn keys_tell_cards_apart() {
        assert_ne!(card("A").key(), card("B").key());
        assert_eq!(card("A").key(), card("A").key());
    }
}
