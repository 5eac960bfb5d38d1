//! Blocks of a text that directives make: pull quotes, wide figures, galleries, recordings.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use anteroom::source::{Asset, Sources};
use scraper::{Html, Selector};

use crate::support::{PRACTICE, add_picture, build, codes, has, lines, page, site};

/// A page with this text, with pictures and a recording that it may show.
fn with(text: &str) -> Sources {
    let whole = format!("---\ntitle: About\nsummary: S.\n---\n{text}");
    let mut sources = site(&[("content/about.md", &whole)]);
    for name in ["one", "two", "three"] {
        add_picture(&mut sources, &format!("content/images/{name}.jpg"));
    }
    sources.insert_asset("content/sounds/bell.mp3", Asset { len: 9, hash: [9; 32], picture: None });
    sources
}

fn count(html: &str, selector: &str) -> usize {
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).count()
}

fn said(html: &str, selector: &str) -> Vec<String> {
    let words = |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_string();
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).map(words).collect()
}

#[test]
fn a_sentence_that_is_repeated_large_is_heard_and_found_once() {
    // What is set large, what the text says; whether it is an ornament.
    let cases = [
        ("Rest is work.", "As I say: *rest* is **work**. Indeed.", true),
        ("Rest is work.", "Nothing of the kind.", false),
        ("\"Rest is work.\"", "Rest is work.", true),
        ("[Rest](/contact/) is work.", "[Rest](/contact/) is work.", false),
        ("Rest\nis work.", "Rest is work.", true),
    ];
    for (large, text, ornament) in cases {
        for (before, after) in [(text, "Else."), ("Else.", text)] {
            for raw in ["", "\n\n<b>HTML</b>"] {
                let sources = with(&format!("{before}\n\n::: pull-quote\n{large}\n:::\n\n{after}{raw}\n"));
                let built = build(&sources);
                let html = page(&built, "about/index.html");
                let hidden = count(&html, ".pull-quote[aria-hidden=true][data-unsearched]");
                let case = format!("{large} | {text}{raw}");
                assert_eq!(hidden, usize::from(ornament), "{case}");
                assert_eq!(count(&html, "figure.pull-quote blockquote p"), usize::from(!ornament), "{case}");
                assert_eq!(codes(&built).iter().filter(|code| **code != "vague-link").count(), 0, "{case}");
            }
        }
    }
    let html = page(&build(&with("::: pull-quote Ana & Ben\nRest.\n:::\n")), "about/index.html");
    assert_eq!(said(&html, ".pull-quote figcaption"), ["Ana & Ben"]);
}

#[test]
fn pictures_stand_side_by_side_in_a_gallery_and_wide_in_a_wide_block() {
    let (one, two) = ("![A path](images/one.jpg)", "![A river](images/two.jpg)");
    let captioned = "![A hill](images/three.jpg \"The hill\")";
    for text in [
        format!("{one}\n{two}\n{captioned}"),
        format!("{one}\n\n{two}\n\n{captioned}"),
        format!("{one} {two}\n\n{captioned}"),
    ] {
        for kind in ["gallery", "wide"] {
            let built = build(&with(&format!("Before.\n\n::: {kind}\n{text}\n:::\n\nAfter, @fig:three shows.\n")));
            let html = page(&built, "about/index.html");
            assert_eq!(codes(&built), Vec::<&str>::new(), "{text}");
            assert_eq!(count(&html, &format!(".{kind} img")), 3, "{text}");
            if kind == "gallery" {
                assert_eq!(count(&html, ".gallery figure img"), 3, "each is a figure: {text}");
            }
            let reference = Html::parse_document(&html)
                .select(&Selector::parse(".figure-ref").unwrap())
                .find_map(|link| link.attr("href").map(str::to_string))
                .expect("the text refers to it");
            assert_eq!(said(&html, &format!("figure{reference} figcaption")), ["Figure 1. The hill"], "{text}");
            assert_eq!(said(&html, "main .prose > p").last().map(String::as_str), Some("After, Figure\u{a0}1 shows."));
        }
    }
    // Two small pictures in a line of text stay there.
    let html = page(&build(&with(&format!("{one} {two}\n"))), "about/index.html");
    assert_eq!(count(&html, "figure"), 0);
}

#[test]
fn a_recording_plays_where_it_stands_above_its_transcript() {
    for (language, label) in
        [("en", "Transcript"), ("de", "Abschrift"), ("es", "Transcripción"), ("ar", "النص المكتوب")]
    {
        let mut sources =
            with("::: audio sounds/bell.mp3 Three breaths & a bell\nBreathe **in**.\n\nAnd out.\n:::\n\nAfter.\n");
        sources
            .insert_text("content/practice.yaml", PRACTICE.replace("language: en", &format!("language: {language}")));
        let built = build(&sources);
        assert!(has(&built, "sounds/bell.mp3"), "the file goes out with its page");
        let html = page(&built, "about/index.html");
        let document = Html::parse_document(&html);
        let player = document.select(&Selector::parse(".recording audio[controls]").unwrap()).next().expect("a player");
        assert_eq!(player.attr("preload"), Some("none"));
        assert_eq!(player.attr("aria-label"), Some("Three breaths & a bell"));
        assert!(said(&html, ".recording .transcript summary")[0].starts_with(label), "{language}");
        assert_eq!(said(&html, ".recording .transcript p"), ["Breathe in.", "And out."]);
        assert_eq!(said(&html, ".prose > p"), ["After."]);
    }
}

#[test]
fn what_a_recording_lacks_is_told_at_its_line() {
    let told = |text: &str| {
        let sources = with(text);
        lines(&build(&sources), &sources)
    };
    assert_eq!(
        told("::: audio sounds/bell.mp3 A bell\n\n:::\n"),
        ["recording-without-transcript content/about.md:5:1 \"::: audio sounds/bell.mp3 A bell\""]
    );
    assert!(told("::: audio sounds/ball.mp3 A bell\nText.\n:::\n")[0].starts_with("broken-link content/about.md:5"));
    assert!(told("::: audio\nText.\n:::\n")[0].starts_with("broken-link content/about.md:5"));
    let elsewhere = "::: audio https://radio.harbour-times.org/one A talk\nText.\n:::\n";
    assert!(told(elsewhere)[0].starts_with("undeclared-host content/about.md:5"), "{:?}", told(elsewhere));
    let open = told("::: audio sounds/bell.mp3 A bell\nText.\n");
    assert!(open[0].starts_with("directive-not-closed content/about.md:5"), "{open:?}");
    let mut sources = with(elsewhere);
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}allow_hosts: [radio.harbour-times.org]\n"));
    let html = page(&build(&sources), "about/index.html");
    assert_eq!(count(&html, ".load-audio[data-src] button"), 1, "it waits for a click");
    assert_eq!(count(&html, "audio, iframe"), 0);
}

/// A drawing with these elements.
fn drawing(inside: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"480\" viewBox=\"0 0 480 240\">{inside}</svg>")
        .into_bytes()
}

/// An article that shows drawings, with whatever stands before them.
fn with_drawings(before: &str, drawings: &[(&str, &str)]) -> Sources {
    let shown: String =
        drawings.iter().map(|(name, _)| format!("![What {name} shows]({name}.svg \"Caption\")\n\n")).collect();
    let text =
        format!("---\ntitle: About\nsummary: S.\nauthor: {{ name: Ana }}\ndate: 2026-01-01\n---\n{before}\n\n{shown}");
    let mut sources = site(&[("content/resources/about.md", &text)]);
    for (name, inside) in drawings {
        let bytes = drawing(inside);
        let hash = *blake3::hash(&bytes).as_bytes();
        let picture = Some(anteroom::picture::read("svg", &bytes));
        let path = format!("content/resources/{name}.svg");
        sources.insert_asset(&path, Asset { len: bytes.len() as u64, hash, picture });
    }
    sources
}

#[test]
fn a_drawing_that_asks_for_the_colours_of_the_page_stands_in_it() {
    let dot = "<linearGradient id=\"a\"/><circle class=\"accent-line\" fill=\"url(#a)\" r=\"9\"/><text class=\"ink\">A &amp; B</text>";
    let plain = "<circle fill=\"#123\" r=\"9\"/>";
    // What the sanitiser goes over, and what it does not.
    for before in ["Text.", "A <b>bold</b> word."] {
        let built = build(&with_drawings(before, &[("one", dot), ("two", dot), ("three", plain)]));
        assert_eq!(codes(&built), Vec::<&str>::new(), "{before}");
        let html = page(&built, "resources/about/index.html");
        let named = "figure > svg.diagram[role=img][width='480'][height='240']";
        assert_eq!(count(&html, named), 2, "{before}: {html}");
        assert_eq!(count(&html, "svg[aria-label='What one shows'] circle[fill^=url]"), 1, "{before}");
        assert_eq!(said(&html, "svg[aria-label='What two shows'] text[fill='var(--ink)']"), ["A & B"], "{before}");
        assert_eq!(count(&html, "figure > img[src$='three.svg']"), 1, "{before}");
        let tree = Html::parse_document(&html);
        let ids: Vec<&str> = tree.select(&Selector::parse("[id]").unwrap()).filter_map(|own| own.attr("id")).collect();
        let mut each = ids.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!(each.len(), ids.len(), "{ids:?}");
        for fill in tree.select(&Selector::parse("svg [fill^=url]").unwrap()).filter_map(|own| own.attr("fill")) {
            let id = fill.trim_start_matches("url(#").trim_end_matches(')');
            assert!(ids.contains(&id), "{fill}: {ids:?}");
        }
        assert!(!html.chars().any(|mark| ('\u{e000}'..='\u{e00f}').contains(&mark)), "{html}");
        // A feed has no theme: it shows the pictures, so they are published.
        let feed = page(&built, "feed.xml");
        for name in ["one", "two", "three"] {
            assert!(feed.contains(&format!("/resources/{name}.svg")), "{feed}");
            assert!(has(&built, &format!("resources/{name}.svg")), "{name}");
        }
        assert!(!feed.contains("diagram"), "{feed}");
    }
}

#[test]
fn a_drawing_is_a_picture_where_pictures_are_alike() {
    let dot = ("one", "<circle class=\"accent\" r=\"9\"/>");
    for around in
        ["::: gallery\n![One](one.svg)\n![Two](two.svg)\n:::", "A ![dot](one.svg) in a line.\n\n![Two](two.svg)\n"]
    {
        let html = page(&build(&with_drawings(around, &[dot, ("two", "<path/>")])), "resources/about/index.html");
        assert_eq!((count(&html, "svg.diagram"), count(&html, "img[src$='one.svg']")), (1, 1), "{around}: {html}");
    }
    let html = page(&build(&with_drawings("[![A](one.svg)](/contact/)", &[dot])), "resources/about/index.html");
    assert_eq!(count(&html, "figure > a > svg.diagram[aria-label='A']"), 1, "{html}");
}

#[test]
fn every_class_of_drawings_is_coloured_by_the_theme_and_told_to_designers() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/designers.md")).unwrap();
    let css = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/base/assets/base.css")).unwrap();
    for (class, _, variable) in anteroom::picture::CLASSES {
        assert!(css.contains(&format!("\n  {variable}: light-dark(")), "{class}");
        assert!(guide.contains(&format!("`{class}`")), "{class}");
    }
}
