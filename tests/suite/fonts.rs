//! Typefaces: which files a site publishes of them, what is in these, and what is told of a font that can't be used.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::collections::BTreeSet;

use anteroom::diagnostic::Severity;
use anteroom::font;
use anteroom::output::File;
use anteroom::pipeline::Build;
use anteroom::source::Sources;

use crate::support::{PRACTICE, build, codes, page, site};

/// A font file of a built-in theme.
fn file(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/themes/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The fonts that a site publishes: their paths, and what is in them.
fn fonts(build: &Build) -> Vec<(String, font::Font)> {
    let files = &build.output.as_ref().expect("there is an output").files;
    let cuts = files.iter().filter_map(|(path, file)| match file {
        File::Font(cut) => Some((path.as_str().to_string(), font::read(&cut.make().expect("it is made")).unwrap())),
        _ => None,
    });
    cuts.collect()
}

fn letters(build: &Build, italic: bool) -> BTreeSet<char> {
    fonts(build).into_iter().filter(|(_, font)| font.italic == italic).flat_map(|(_, font)| font.letters).collect()
}

fn style(build: &Build) -> String {
    let files = &build.output.as_ref().unwrap().files;
    let path = files.keys().find(|path| path.as_str().ends_with(".css")).unwrap();
    page(build, path.as_str())
}

fn with(text: &str, practice: &str) -> Sources {
    let about = format!("---\ntitle: About\nsummary: S.\n---\n{text}\n");
    let mut sources = site(&[("content/about.md", &about)]);
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}{practice}"));
    sources
}

#[test]
fn each_theme_brings_a_typeface_of_its_own_in_the_letters_that_the_site_prints() {
    for (theme, family) in [("linen", "Alegreya"), ("harbor", "Figtree"), ("meadow", "Nunito")] {
        for (text, more) in [("Plain words.", ""), ("Žofie says “naïve”.", "Žï")] {
            let built = build(&with(text, &format!("theme: {{ name: {theme} }}\n")));
            for italic in [false, true] {
                let letters = letters(&built, italic);
                for letter in ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("“”–$€".chars()).chain(more.chars())
                {
                    assert!(letters.contains(&letter), "{theme} {italic}: {letter}");
                }
                assert!(!letters.contains(&'ø'), "{theme}: what nobody writes stays out");
                assert_eq!(letters.contains(&'Ž'), !more.is_empty(), "{theme}");
            }
            let fonts = fonts(&built);
            assert!(fonts.iter().all(|(_, font)| font.families.iter().any(|name| name == family)), "{theme}");
            // All that a page in plain words needs is in one file of each kind.
            let main = fonts.iter().filter(|(_, font)| font.letters.contains(&'e') && !font.italic);
            for (path, font) in main {
                assert!((' '..='~').all(|letter| font.letters.contains(&letter)), "{theme} {path}");
            }
            assert_eq!(fonts.iter().any(|(path, _)| path.contains("-ext")), !more.is_empty(), "{theme}");
            let html = page(&built, "index.html");
            let preloaded: Vec<_> = fonts.iter().filter(|(path, _)| html.contains(&format!("./{path}"))).collect();
            assert!(!preloaded.is_empty() && preloaded.len() < 3, "{theme}: {preloaded:?}");
            let style = style(&built);
            for (path, _) in &fonts {
                assert!(style.contains(path.trim_start_matches("assets/")), "{theme}: {path}");
            }
            assert!(style.contains("font-display:optional") && style.contains("size-adjust"), "{theme}");
            let list = format!("--font-body:{family},\"{family} stand-in 1\"");
            assert!(style.contains(&list), "{theme}: {}", &style[style.find("--font-body").unwrap()..][..200]);
            let whole: usize = fonts.iter().map(|(_, font)| font.bytes.len()).sum();
            assert!(whole > 1000, "{theme}");
        }
    }
}

#[test]
fn fonts_of_a_page_weigh_at_most_45_kilobytes() {
    for theme in ["linen", "harbor", "meadow"] {
        for language in ["en", "de", "es"] {
            let mut sources = with("Words.", "");
            let practice = PRACTICE.replace("language: en", &format!("language: {language}"));
            sources.insert_text("content/practice.yaml", format!("{practice}theme: {{ name: {theme} }}\n"));
            let built = build(&sources);
            let files = built.output.as_ref().unwrap().files.values();
            let weights = files.filter_map(|file| match file {
                File::Font(cut) => Some(cut.make().unwrap().len()),
                _ => None,
            });
            let weight: usize = weights.sum();
            assert!(weight < 45_000, "{theme} {language}: {weight} bytes if a page used every one");
        }
    }
}

#[test]
fn system_fonts_cost_nothing() {
    let settings = "theme: { name: NAME, settings: { font_body: system, font_display: system } }\n";
    for theme in ["linen", "harbor", "meadow"] {
        let built = build(&with("Words.", &settings.replace("NAME", theme)));
        assert_eq!(fonts(&built).len(), 0, "{theme}");
        let style = style(&built);
        assert!(!style.contains("@font-face") && !page(&built, "index.html").contains("preload"), "{theme}");
        let list = &style[style.find("--font-body:").unwrap() + 12..];
        let list = &list[..list.find(';').unwrap()];
        assert!(list.contains("serif") && !list.split(',').any(|name| name == "system"), "{theme}: {list}");
        assert!(!["Alegreya", "Figtree", "Nunito"].iter().any(|name| list.contains(name)), "{theme}: {list}");
    }
    // A copy that is opened from a disk has none either: no browser would load them.
    let options = anteroom::options::Options { portable: true, ..crate::support::options() };
    let built = anteroom::pipeline::build(&with("Words.", ""), &options, &mut anteroom::pipeline::Cache::off());
    assert!(fonts(&built).is_empty() && !style(&built).contains("@font-face"));
    // One of the two alone keeps the other's.
    let built = build(&with("Words.", "theme: { name: linen, settings: { font_body: system } }\n"));
    assert!(!fonts(&built).is_empty());
}

#[test]
fn a_designer_drops_in_a_file_and_names_its_family() {
    for (name, bytes) in [
        ("brand.woff2", file("meadow/assets/fonts/nunito-400.woff2")),
        ("brand.ttf", font::read(&file("meadow/assets/fonts/nunito-400.woff2")).unwrap().bytes.to_vec()),
    ] {
        for (family, used) in [("Nunito", true), ("\"nunito\"", true), ("Other", false)] {
            let practice = format!(
                "theme: {{ name: own, settings: {{ font_body: '{family}, sans-serif', font_display: system }} }}\n"
            );
            let mut sources = with("Words.", &practice);
            sources.insert_text("themes/own/theme.yaml", "name: own\nversion: 1.0.0\napi: 1\nextends: linen\n");
            sources.insert_text(&format!("themes/own/assets/fonts/{name}"), bytes.clone());
            let built = build(&sources);
            assert_eq!(fonts(&built).iter().any(|(path, _)| path.contains("brand")), used, "{name} {family}");
            assert_eq!(codes(&built).contains(&"font-unused"), !used, "{name} {family}: {:?}", codes(&built));
        }
    }
}

#[test]
fn a_setting_can_name_a_file_of_the_practices_or_the_themes() {
    let settings = "theme:\n  name: own\n  settings: { font_body: fonts/mine.woff2 }\n";
    // In the practice's folder, and in the theme's.
    for place in ["content/fonts/mine.woff2", "themes/own/assets/fonts/mine.woff2"] {
        let mut sources = with("Words.", settings);
        sources.insert_text("themes/own/theme.yaml", "name: own\nversion: 0.1.0\napi: 1\nextends: linen\n");
        sources.insert_text(place, file("meadow/assets/fonts/nunito-400.woff2"));
        let built = build(&sources);
        assert_eq!(codes(&built), Vec::<&str>::new(), "{place}");
        let style = style(&built);
        assert!(style.contains("--font-body:Nunito,") && style.contains("src:url(mine."), "{place}: {}", &style[..900]);
        // What stands in is the theme's list without its own fonts.
        let list = style.split("--font-body:").nth(1).and_then(|rest| rest.split(';').next()).unwrap();
        assert!(list.contains("Georgia") && !list.contains("Alegreya"), "{list}");
    }
    // A theme's own default may be a file as well.
    let mut sources = with("Words.", "theme: { name: own }\n");
    let theme = "name: own\nversion: 0.1.0\napi: 1\nextends: linen\ndefaults: { font_display: fonts/mine.woff2 }\n";
    sources.insert_text("themes/own/theme.yaml", theme);
    sources.insert_text("themes/own/assets/fonts/mine.woff2", file("meadow/assets/fonts/nunito-400.woff2"));
    assert!(style(&build(&sources)).contains("--font-display:Nunito,"));
    // A file that nobody names, a name that no file has.
    let mut sources = with("Words.", "");
    sources.insert_text("content/fonts/mine.woff2", file("meadow/assets/fonts/nunito-400.woff2"));
    assert_eq!(codes(&build(&sources)), ["font-unused"]);
    let sources = with("Words.", "theme: { settings: { font_body: fonts/mien.woff2 } }\n");
    assert_eq!(codes(&build(&sources)), ["invalid-setting"]);
}

#[test]
fn letters_of_each_script_have_a_file_of_their_own() {
    // One file with Latin and Cyrillic letters, as designers have them.
    let font = font::read(&std::fs::read(cyrillic()).unwrap()).unwrap();
    assert!(font.letters.contains(&'a') && font.letters.contains(&'я'));
    let family = font.families[0].clone();
    for (text, scripts) in [("Words.", 1), ("Words, слова.", 2)] {
        let practice =
            format!("theme: {{ name: own, settings: {{ font_body: '{family}, serif', font_display: system }} }}\n");
        let mut sources = with(text, &practice);
        sources.insert_text("themes/own/theme.yaml", "name: own\nversion: 1.0.0\napi: 1\nextends: linen\n");
        sources.insert_text("themes/own/assets/fonts/both.otf", font.bytes.to_vec());
        let built = build(&sources);
        let fonts = fonts(&built);
        assert_eq!(fonts.len(), scripts, "{text}: {:?}", fonts.iter().map(|(path, _)| path).collect::<Vec<_>>());
        assert_eq!(fonts.iter().filter(|(path, _)| path.contains("cyrillic")).count(), scripts - 1);
        let html = page(&built, "index.html");
        assert!(!html.contains("cyrillic"), "an English page's first screen has no need of it");
    }
}

/// The font of social cards, which the program takes out of a package.
fn cyrillic() -> std::path::PathBuf {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/target");
    let mut folders = vec![std::path::PathBuf::from(std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| root.into()))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name == "card.otf") {
                return path;
            }
            let name = path.file_name().unwrap().to_string_lossy().to_string();
            let is_way = ["debug", "release", "build", "out"].contains(&name.as_str()) || name.starts_with("anteroom-");
            if path.is_dir() && is_way {
                folders.push(path);
            }
        }
    }
    panic!("the build made card.otf")
}

#[test]
fn what_a_font_lacks_or_forbids_is_told_at_its_file() {
    let told = |bytes: Vec<u8>, text: &str| {
        let practice = "theme: { name: own, settings: { font_body: 'Nunito, sans-serif', font_display: system } }\n";
        let mut sources = with(text, practice);
        sources.insert_text("themes/own/theme.yaml", "name: own\nversion: 1.0.0\napi: 1\nextends: linen\n");
        sources.insert_text("themes/own/assets/fonts/brand.ttf", bytes);
        let built = build(&sources);
        let of_fonts = built.diagnostics.iter().filter(|finding| finding.code.name.starts_with("font-"));
        let line = |finding: &anteroom::diagnostic::Diagnostic| {
            let path = finding.place.as_ref().map(|place| place.path.to_string()).unwrap_or_default();
            format!("{} {path} {}", finding.code.name, finding.message)
        };
        (
            of_fonts.map(line).collect::<Vec<_>>(),
            built.diagnostics.iter().any(|finding| finding.severity == Severity::Error),
        )
    };
    let good = font::read(&file("meadow/assets/fonts/nunito-400.woff2")).unwrap().bytes.to_vec();
    assert_eq!(told(good.clone(), "Words."), (vec![], false));
    let (found, _) = told(good.clone(), "Слово.");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("font-lacks-letters themes/own/assets/fonts/brand.ttf"), "{found:?}");
    assert!(found[0].contains('С') && found[0].contains('л'), "{found:?}");
    // fsType of the OS/2 table: restricted.
    let mut closed = good.clone();
    let at = closed.windows(4).position(|tag| tag == b"OS/2").expect("the table's record");
    let offset = u32::from_be_bytes(closed[at + 8..at + 12].try_into().unwrap()) as usize;
    closed[offset + 8..offset + 10].copy_from_slice(&[0, 2]);
    for (bytes, why) in [
        (closed, "fsType"),
        (b"no font at all".to_vec(), "isn't a font"),
        (Vec::new(), "isn't a font"),
        (good[..good.len() / 2].to_vec(), ""),
        (b"wOF2\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff".to_vec(), "MiB"),
        (b"ttcf\0\x01\0\0\0\0\0\0".to_vec(), "several fonts"),
    ] {
        let (found, stops) = told(bytes, "Words.");
        assert_eq!(found.len(), 1, "{why}: {found:?}");
        assert!(found[0].starts_with("font-fault themes/own/assets/fonts/brand.ttf"), "{found:?}");
        assert!(found[0].contains(why) && stops, "{why}: {found:?}");
    }
}

#[test]
fn damaged_fonts_never_end_the_program() {
    let packed = file("meadow/assets/fonts/nunito-400.woff2");
    let plain = font::read(&packed).unwrap().bytes.to_vec();
    let mut random = 7u32;
    let mut next = move |below: usize| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) as usize % below
    };
    for round in 0..600 {
        let mut bytes = if round % 2 == 0 { packed.clone() } else { plain.clone() };
        for _ in 0..=next(6) {
            let at = next(if round % 3 == 0 { 400 } else { bytes.len() });
            bytes[at] = next(256) as u8;
        }
        if let Ok(font) = font::read(&bytes) {
            let _ = font::cut::Cut::new(&font.bytes, Some("Words, 12".to_string())).make();
        }
    }
}

#[test]
fn the_same_site_has_the_same_fonts() {
    let built = || {
        let sources = with("Words, „wörtlich“.", "");
        let build = build(&sources);
        let files = build.output.unwrap().files;
        let made = files.into_iter().filter_map(|(path, file)| match file {
            File::Font(cut) => Some((path.as_str().to_string(), cut.make().unwrap())),
            _ => None,
        });
        made.collect::<Vec<_>>()
    };
    assert_eq!(built(), built());
    // A text that brings no new letter changes no font's name.
    let names = |text: &str| fonts(&build(&with(text, ""))).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(names("Words."), names("Other words, and more of them."));
    assert_ne!(names("Words."), names("Wörter."));
}
