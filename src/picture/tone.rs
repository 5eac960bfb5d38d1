//! The colour of a picture from afar, which stands in its place until it has loaded.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Steps of each of red, green and blue.
const STEPS: u8 = 4;

/// A colour of a small palette, so that a style sheet can hold a class for each: policies admit no styles in pages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Tone([u8; 3]);

impl Tone {
    /// The tone nearest to a colour.
    pub fn of(colour: [u8; 3]) -> Tone {
        Tone(colour.map(|part| (u16::from(part) * u16::from(STEPS) / 256) as u8))
    }

    /// Its colour: the middle of its step.
    pub fn colour(self) -> [u8; 3] {
        self.0.map(|step| ((u16::from(step) * 2 + 1) * 128 / u16::from(STEPS)) as u8)
    }
}

/// As a class is called: `031`.
impl fmt::Display for Tone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "{r}{g}{b}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_are_near_their_colours() {
        for colour in [[0, 0, 0], [255, 255, 255], [12, 130, 250]] {
            let near = Tone::of(colour).colour();
            assert!(colour.iter().zip(near).all(|(a, b)| a.abs_diff(b) <= 32), "{colour:?} {near:?}");
        }
        assert_eq!(Tone::of([0, 255, 100]).to_string(), "031");
    }
}
