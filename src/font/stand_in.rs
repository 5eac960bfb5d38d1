//! What stands in for a font until it has loaded.
//!
//! Owns the fonts of visitors' devices whose measures are known. Scaled to the measures of the font that they stand in for, no
//! line grows and nothing moves when it comes.

use super::Measures;

/// A font of visitors' devices.
struct Local {
    /// What it is called, there and on systems that have another of the same measures.
    names: &'static [&'static str],
    /// How wide a letter of ordinary prose is, as [`Measures::width`].
    width: f32,
}

// The widths are those of the open fonts of the same measures: Gelasio for Georgia, Tinos for Times New Roman, Arimo for
// Arial; Noto Serif and Roboto, which Android has, are their own.
const SERIF: &[Local] = &[
    Local { names: &["Georgia", "Gelasio"], width: 0.4389 },
    Local { names: &["Times New Roman", "Liberation Serif", "Tinos"], width: 0.3997 },
    Local { names: &["Noto Serif"], width: 0.4785 },
];
const SANS: &[Local] = &[
    Local { names: &["Arial", "Liberation Sans", "Arimo"], width: 0.4410 },
    Local { names: &["Roboto"], width: 0.4424 },
];

/// The rules for a style sheet, and the names under which the stand-ins are to follow the font's.
pub fn faces(family: &str, measures: Measures, serif: bool) -> (String, Vec<String>) {
    let (mut rules, mut names) = (String::new(), Vec::new());
    for (index, local) in (if serif { SERIF } else { SANS }).iter().enumerate() {
        let name = format!("{family} stand-in {}", index + 1);
        let size = measures.width / local.width;
        let share = |share: f32| format!("{:.2}%", share * 100.0);
        let sources: Vec<String> = local.names.iter().map(|name| format!("local(\"{name}\")")).collect();
        rules.push_str(&format!(
            "@font-face{{font-family:\"{name}\";src:{};size-adjust:{};ascent-override:{};descent-override:{};\
             line-gap-override:{}}}",
            sources.join(","),
            share(size),
            share(measures.ascent / size),
            share(measures.descent / size),
            share(measures.gap / size),
        ));
        names.push(name);
    }
    (rules, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_takes_the_room_of_the_font() {
        let measures = Measures { ascent: 1.0, descent: 0.25, gap: 0.0, width: 0.4410 / 2.0 };
        let (rules, names) = faces("Some", measures, false);
        assert_eq!(names, ["Some stand-in 1", "Some stand-in 2"]);
        // Half as wide: the type is set half as large, its lines keep their height.
        assert!(rules.contains("size-adjust:50.00%;ascent-override:200.00%;descent-override:50.00%"), "{rules}");
        assert!(faces("Some", measures, true).0.contains("local(\"Georgia\")"));
    }
}
