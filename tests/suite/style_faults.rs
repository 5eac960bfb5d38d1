//! Mistakes in a theme's own style sheets: each at its line with what to do, and CSS that only looks like one, in silence.

#![allow(clippy::disallowed_methods, reason = "tests look at files and clocks")]

use std::time::{Duration, Instant};

use crate::support::{self, build};
use anteroom::diagnostic::{Diagnostic, Severity, codes, report};
use anteroom::pipeline::Build;
use anteroom::source::Sources;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><path d=\"M1 1h9\"/></svg>";

/// A site whose theme has a style sheet on top of linen's.
fn site(css: &str) -> Sources {
    let practice = support::PRACTICE.replace("currency: USD\n", "currency: USD\ntheme: { name: own }\n");
    let mut sources = support::site(&[
        ("content/practice.yaml", &practice),
        ("themes/own/theme.yaml", "name: own\nversion: 0.1.0\napi: 1\nextends: linen\n"),
        ("themes/own/assets/theme.css", "@import \"linen/theme.css\";\n@import \"own.css\";\n"),
        ("themes/own/assets/leaf.svg", SVG),
        ("themes/own/assets/own.css", css),
    ]);
    support::add_picture(&mut sources, "content/images/hero.jpg");
    sources
}

/// What is told of the sheet.
fn of_sheet(build: &Build) -> Vec<&Diagnostic> {
    let is_of_sheet = |finding: &&Diagnostic| {
        finding.place.as_ref().is_some_and(|place| place.path.as_str() == "themes/own/assets/own.css")
            || finding.code == &codes::STYLE_FAULT
    };
    build.diagnostics.iter().filter(is_of_sheet).collect()
}

fn told(finding: &Diagnostic, sources: &Sources) -> String {
    let line = finding.place.as_ref().and_then(|place| report::position(sources, place)).map_or(0, |at| at.line);
    format!("{line} {} {:?} {:?} {:?}", finding.code.name, finding.message, finding.label, finding.help)
}

/// A sheet, the code and the line of the one finding, and a part of what it says.
const FAULTS: &[(&str, &str, usize, &str)] = &[
    // Names.
    ("a {\n  colr: red;\n}\n", "style-fault", 2, "did you mean `color`?"),
    ("a {\n  backgroud-color: red;\n}\n", "style-fault", 2, "did you mean `background-color`?"),
    ("a { margin-inlinestart: 1rem }\n", "style-fault", 1, "margin-inline-start"),
    ("a { zorkle: 1 }\n", "style-unknown", 1, "zorkle"),
    ("@meda print { a { color: red } }\n", "style-fault", 1, "did you mean `@media`?"),
    ("@media (min-widht: 40rem) { a { color: red } }\n", "style-fault", 1, "min-width"),
    // Values.
    ("a { display: flx }\n", "style-fault", 1, "did you mean `flex`?"),
    ("a { color: rde }\n", "style-fault", 1, "`red`"),
    ("a { position: stiky }\n", "style-fault", 1, "sticky"),
    ("a { text-align: centre }\n", "style-fault", 1, "center"),
    ("a { width: 10pxx }\n", "style-fault", 1, "px"),
    ("a { margin: 1 rem }\n", "style-fault", 1, "rem"),
    ("a { width: clac(1px + 2px) }\n", "style-fault", 1, "calc"),
    ("a { color: #12345 }\n", "style-fault", 1, "#12345"),
    ("a { color: }\n", "style-fault", 1, "no value"),
    // Variables.
    ("a { color: var(--acent) }\n", "style-fault", 1, "did you mean `--accent`?"),
    (":root { --petal-size: 1rem }\na { inline-size: var(--petal-sise) }\n", "style-fault", 2, "--petal-size"),
    ("a { color: var(--zorkle) }\n", "style-fault", 1, "--zorkle"),
    ("a { color: var(--zorkle); fill: var(--zorkle) }\n", "style-fault", 1, "--zorkle"),
    ("a { *zoom: 1 }\n", "style-fault", 1, "did you mean `zoom`?"),
    ("a::before b { color: red }\n", "style-fault", 1, "pseudo-element"),
    ("@import \"linen/zorkle.css\";\n", "style-fault", 1, "none of the themes"),
    // Form.
    ("a {\n  color: red;\nb { color: blue; }\n", "style-fault", 1, "never closed"),
    ("a { color: red }\n}\n", "style-fault", 2, "closes nothing"),
    ("a { color: red }\n/* a comment\n", "style-fault", 2, "no end"),
    ("a { content: \"x; }\nb { color: red }\n", "style-fault", 1, "quotes"),
    ("a { width: calc(1px + 2px; color: red }\n", "style-fault", 1, "never closed"),
    ("a { color red; }\n", "style-fault", 1, "color: red"),
    ("color: red;\n", "style-fault", 1, "outside of any rule"),
    ("// a note\na { color: red }\n", "style-fault", 1, "/* … */"),
    // Addresses.
    ("a { background: url(\"laef.svg\") }\n", "style-fault", 1, "did you mean `leaf.svg`?"),
    ("a { background: url(nowhere.png) }\n", "style-fault", 1, "nowhere.png"),
    ("@import \"onw.css\";\n", "style-fault", 1, "onw.css"),
    ("@import url(\"https://fonts.googleapis.com/css2?family=Lora\");\n", "style-fault", 1, "self-host it"),
    // Other languages.
    ("$accent: red;\na { color: $accent }\n", "style-fault", 1, "Sass"),
    ("@mixin big { font-size: 2rem }\n", "style-fault", 1, "Sass"),
    (".card { &-title { color: red } }\n", "style-fault", 1, "Sass"),
    ("@accent: red;\na { color: red }\n", "style-fault", 1, "Less"),
    (".card { @apply px-4 py-2; }\n", "style-fault", 1, "Tailwind"),
    ("@tailwind base;\n", "style-fault", 1, "Tailwind"),
    // What is often mistaken.
    ("a { font-size: 16 }\n", "style-fault", 1, "16px"),
    ("a { transition: color 200 }\n", "style-fault", 1, "200"),
    ("a { opacity: 5px }\n", "style-fault", 1, "length"),
    ("a { color: \"red\" }\n", "style-fault", 1, "quotes"),
    ("a { color: #gg0000 }\n", "style-fault", 1, "0 to 9"),
    ("a { color: --accent }\n", "style-fault", 1, "var(--accent)"),
    ("a { color: var(accent) }\n", "style-fault", 1, "var(--accent)"),
    ("a { inline-size: calc(100% -2rem) }\n", "style-fault", 1, "space"),
    ("a { inline-size: calc(100%-2rem) }\n", "style-fault", 1, "space"),
    ("a { inline-size: 100 % }\n", "style-fault", 1, "100%"),
    ("a { background-image: leaf.svg }\n", "style-fault", 1, "url("),
    ("a { color: red !importnat }\n", "style-fault", 1, "!important"),
    ("a { color = red }\n", "style-fault", 1, "color: red"),
    ("a {\n  color: red\n  margin: 0;\n}\n", "style-fault", 2, "`;` is missing"),
    ("a {\n  --own: 1px\n  margin: 0;\n}\n", "style-fault", 2, "`;` is missing"),
    ("a { padding: 1rem 2rem 3rem 4rem 5rem }\n", "style-fault", 1, "padding"),
    ("a { transform: rotate(45) }\n", "style-fault", 1, "45deg"),
    ("a { color: rgb(1, 2) }\n", "style-fault", 1, "color"),
    ("a { margin: 1rem, 2rem }\n", "style-fault", 1, "margin"),
    ("a: hover { color: red }\n", "style-fault", 1, "a:hover"),
    ("a:hovr { color: red }\n", "style-fault", 1, "did you mean `:hover`?"),
    ("a::befor { content: none }\n", "style-fault", 1, "did you mean `::before`?"),
    (".1col { color: red }\n", "style-fault", 1, ".1col"),
    ("a > { color: red }\n", "style-fault", 1, "selector"),
    ("a,, b { color: red }\n", "style-fault", 1, "selector"),
    ("a { color: red }\n@import \"linen/paper.css\";\n", "style-fault", 2, "before all other rules"),
    ("@import linen/paper.css;\n", "style-fault", 1, "quotes"),
    ("@media (max-width: 600) { a { color: red } }\n", "style-fault", 1, "600px"),
    ("@media min-width: 40rem { a { color: red } }\n", "style-fault", 1, "(min-width: 40rem)"),
    ("@media screen and (max-width: 600px {\n  a { color: red }\n}\n", "style-fault", 1, "never closed"),
    ("@media (--wode) { a { color: red } }\n", "style-fault", 1, "--wode"),
    ("@font-face { font-famly: Own; src: local(\"Own\") }\n", "style-fault", 1, "font-family"),
    ("@keyframes grow { to { scale: 1 } }\na { animation: grwo 2s }\n", "style-fault", 2, "did you mean `grow`?"),
    ("@keyframes grow { form { scale: 0 } }\n", "style-fault", 1, "from"),
    ("<style>\na { color: red }\n</style>\n", "style-fault", 1, "<style>"),
    ("@use \"colors\";\n", "style-fault", 1, "Sass"),
    (".a { @extend .b; }\n", "style-fault", 1, "Sass"),
    (".a { .bordered(); }\n", "style-fault", 1, "Less"),
    ("a { inline-size: theme('spacing.4') }\n", "style-fault", 1, "Tailwind"),
    ("a { grid-template-colums: 1fr 1fr }\n", "style-fault", 1, "grid-template-columns"),
    ("a { background: lineer-gradient(red, blue) }\n", "style-fault", 1, "linear-gradient"),
    ("a { flex-direction: colum }\n", "style-fault", 1, "column"),
    ("a { font-weight: blod }\n", "style-fault", 1, "bold"),
    ("@media (prefers-color-scheme: drak) { a { color: red } }\n", "style-fault", 1, "dark"),
    ("@contaner (width > 1px) { a { color: red } }\n", "style-fault", 1, "@container"),
    ("a { cursor: pointr }\n", "style-fault", 1, "pointer"),
    // News.
    ("a { interpolate-size: allow-keywords }\n", "style-new", 1, "interpolate-size"),
];

#[test]
fn each_mistake_is_one_finding_at_its_line() {
    let mut wrong = Vec::new();
    for (css, code, line, says) in FAULTS {
        let sources = site(css);
        let build = build(&sources);
        let all: Vec<String> = of_sheet(&build).iter().map(|finding| told(finding, &sources)).collect();
        let is_it = all.len() == 1 && all[0].starts_with(&format!("{line} {code} ")) && all[0].contains(says);
        if !is_it {
            wrong.push(format!("{css:?} wants {line} {code} {says}: {all:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// CSS in which nothing is wrong.
const FINE: &[&str] = &[
    "a { &:hover { color: red } & b { color: blue } .c & { color: green } > d { color: red } }",
    "@layer base, parts; @layer base { a { color: red } }",
    ".a { container: box / inline-size } @container box (inline-size > 30rem) { a { color: red } }",
    "figure:has(> img) { margin: 0 } :is(a, b):where(.c) { color: red } a:not(.b, .c) { color: red }",
    "@property --turn { syntax: \"<angle>\"; inherits: false; initial-value: 0deg } a { rotate: var(--turn) }",
    "a { color: color-mix(in oklch, red 20%, blue); background: oklch(70% 0.1 200 / 50%) }",
    "a { color: light-dark(#fff, #000); color: rgb(1 2 3 / 4%); color: hsl(120deg 50% 50%) }",
    "a { display: grid; grid-template-columns: subgrid; grid-template: [full-start] 1fr [full-end] / auto }",
    "@supports (zorkle: 1) { a { zorkle: 1; color: red } } @supports not (anchor-name: --x) { a { color: red } }",
    "a { -webkit-zorkle: 1; -moz-osx-font-smoothing: grayscale; appearance: none }",
    ":root { --anything: { a: b }; --more: 1px solid; --empty: ; --json: [1, 2] }",
    "a { color: var(--unknown, red); margin: var(--also-unknown,) }",
    "a { block-size: 100dvh; inline-size: 50cqi; margin: 1lh 2rlh 3ic 4cap; inset: 1svh }",
    "@media (width >= 40rem) and (prefers-reduced-motion: no-preference) { a { color: red } }",
    "@media screen and (min-width: 40em), print and (orientation: landscape) { a { color: red } }",
    "@custom-media --wide (width >= 60rem);\n@media (--wide) { a { color: red } }",
    "a { color: red !important; width: calc(100% - (2 * var(--edge, 1rem))); inset: auto 0 0 }",
    ".sm\\:flex { display: flex } .\\31 0 { color: red } a::before { content: \"\\201C\" }",
    "\u{feff}a { color: red }\r\nb {\r\n  color: blue;\r\n}\r\n",
    "@font-face { font-family: Own; src: local(\"Own\"); font-display: swap; unicode-range: U+0-FF }",
    "@keyframes grow { from { scale: 0 } 50% { scale: 0.5 } to { scale: 1 } } a { animation: grow 2s ease-in-out infinite }",
    "@page { margin: 2cm; size: A4 } @page :first { margin: 3cm }",
    "a { background: url(leaf.svg) no-repeat, url(\"data:image/svg+xml,%3Csvg/%3E\"); mask: url(\"leaf.svg#x\") }",
    "a { background: image-set(\"leaf.svg\" 1x, \"leaf.svg\" 2x) }",
    "a { transition: color 0.2s, opacity 100ms linear(0, 0.5 20%, 1); font: italic 700 1rem/1.5 Georgia, serif }",
    "a { grid-area: head; grid-area: 1 / 2 / span 2; counter-reset: part 3; will-change: transform }",
    "a { font-family: My Own Font, \"Other\", ui-rounded, system-ui; font-feature-settings: \"tnum\" 1 }",
    "a { list-style: \"– \"; quotes: \"«\" \"»\"; content: counter(part, upper-roman) \". \" / \"\" }",
    "a { aspect-ratio: 3 / 2; object-fit: cover; object-position: 50% 20%; clip-path: polygon(0 0, 100% 0, 50% 100%) }",
    "a { text-wrap: balance; hyphens: auto; overflow-wrap: anywhere; text-decoration: underline 2px dotted }",
    "a::selection { color: red } ::marker { color: red } ::placeholder { color: red } details::details-content { color: red }",
    ":root { color-scheme: light dark } html:lang(de) { quotes: auto } :dir(rtl) { color: red }",
    "@media print { a[href^=\"http\"]::after { content: \" (\" attr(href) \")\" } }",
    "a { width: min(100%, 40rem); height: clamp(1rem, 2vw + 1rem, 3rem); margin: max(1px, 2px) auto }",
    "@import \"linen/paper.css\" layer(parts) screen;",
    "a { scroll-margin-block-start: 2rem; scrollbar-gutter: stable; overscroll-behavior: contain; touch-action: pan-y }",
    "a { inset: anchor(bottom) auto auto anchor(left, 1px); width: anchor-size(width); color: oklch(from red l c h / 50%) }",
    "a { box-shadow: none; border: none; transform: none; z-index: auto; gap: normal; margin: auto; background-color: transparent }",
    "a { _zoom: 1; filter: progid:DXImageTransform.Microsoft.gradient(startColorstr='#1', endColorstr='#2'); width: 1px\\9 }",
    "@keyframes fade-out { to { opacity: 0 } } a { animation: other 2s ease-out }",
    "a { color: inherit; margin: unset !important; gap: revert-layer; padding: INITIAL; border: revert }",
    "a { color: CanvasText; background-color: AccentColor; border: thin solid currentColor; border-radius: 1px 2px / 3px }",
    "a { transform: none; transform: translate(-50%, 0) rotate(0.5turn) scale(1.1, 2) matrix(1, 0, 0, 1, 0, 0) }",
    "a { z-index: calc(1 + 1); opacity: 50%; margin: 0 auto -1px; gap: normal; box-shadow: inset 0 0 0 1px #0001, 1px 0 red }",
    "a { color: rgb(1, 2, 3); color: rgba(1 2 3 / none); color: hsla(1, 2%, 3%, 0.5); color: color(display-p3 1 0 0) }",
    "a { margin: 1rem!important; padding: env(safe-area-inset-top, 20px) max(1rem, env(safe-area-inset-left)) }",
    "a { line-height: 1.5; flex: 1 1 0; order: -1; tab-size: 4; zoom: 1.2; stroke-width: 2; orphans: 2; font-weight: 650 }",
    "a { border-image: url(leaf.svg) 30 / 10px round; columns: 2; counter-increment: a 2; scale: 1.5 2; aspect-ratio: 1.5 }",
    "a { animation: none; animation: 2s linear both made-by-script; animation-name: a, b; animation-timeline: scroll() }",
    "@keyframes a-b { entry 0% { opacity: 0 } exit 100% { opacity: 1 } } @keyframes \"quoted\" { to { opacity: 0 } }",
    "input:not([type=\"radio\"], :focus-visible)::file-selector-button { color: red } li:nth-child(2n + 1 of .x) { color: red }",
    "a:is(:hover, :focus-within) > :first-child ~ *|b { color: red } dialog:open::backdrop { color: red } ::part(x) { color: red }",
    "@scope (.a) to (.b) { :scope { color: red } img { color: blue } } @starting-style { a { opacity: 0 } }",
    "@media (600px <= width < 900px), not (hover: none) { a { color: red } } @media (aspect-ratio: 16/9) { a { color: red } }",
    "@media only screen and (-webkit-min-device-pixel-ratio: 2), (min-resolution: 192dpi) { a { color: red } }",
    "@container style(--x: 1) { a { color: red } } @container (inline-size > calc(1rem * 30)) { a { color: red } }",
    "<!-- a { color: red } -->",
    "a { background: red url(leaf.svg) no-repeat fixed top left / cover padding-box content-box, linear-gradient(to right in oklch, red 0 50%, #0000 calc(50% + 1px)) }",
    "a { grid-template: \"a b\" auto \"c d\" 1fr / 1fr minmax(0, 2fr); grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)) }",
    "a { filter: blur(2px) drop-shadow(0 0 2px red); backdrop-filter: none; clip-path: inset(0 round 1px); mask: linear-gradient(#000, #0000) }",
    "a { font: 1rem/1 sans-serif; font-variant-numeric: tabular-nums oldstyle-nums; font-variation-settings: \"wght\" 650; text-box: trim-both cap alphabetic }",
    "",
    "/* nothing */",
];

#[test]
fn what_is_css_is_told_nothing() {
    let mut wrong = Vec::new();
    for css in FINE {
        let sources = site(css);
        let build = build(&sources);
        let all: Vec<String> = of_sheet(&build)
            .iter()
            .filter(|finding| finding.severity != Severity::Note)
            .map(|finding| told(finding, &sources))
            .collect();
        if !all.is_empty() {
            wrong.push(format!("{css:?}: {all:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn several_mistakes_are_told_at_once_and_one_made_often_once() {
    let css = "a {\n  colr: red;\n  display: flx;\n}\nb { width: 3pxx; }\n";
    let sources = site(css);
    let lines: Vec<String> = of_sheet(&build(&sources)).iter().map(|finding| told(finding, &sources)).collect();
    let lines: Vec<&str> = lines.iter().map(|line| line.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(lines, ["2", "3", "5"]);
    let many = "a { colr: red }\n".repeat(3000);
    assert!(of_sheet(&build(&site(&many))).len() <= 100);
}

#[test]
fn custom_media_are_put_in_before_a_sheet_is_published() {
    let css = "@custom-media --wide (width >= 61rem);\n@media (--wide) { .own { color: red } }\n";
    let build = build(&site(css));
    let output = build.output.as_ref().expect("there is an output");
    let sheet = output.files.iter().find(|(path, _)| path.as_str().starts_with("assets/own.")).expect("a sheet");
    let anteroom::output::File::Made(bytes) = sheet.1 else { panic!("{sheet:?}") };
    let text = String::from_utf8_lossy(bytes);
    assert!(text.contains("61rem") && !text.contains("--wide"), "{text}");
}

#[test]
fn hostile_sheets_end_soon() {
    let many = |one: fn(usize) -> String| (0..19_000).map(one).collect::<String>();
    let sheets = [
        "a{".repeat(300_000),
        format!("a {{ width: {} }}", "calc(".repeat(100_000)),
        format!("a {{ width: {}{} }}", "(".repeat(40), "]".repeat(300_000)),
        format!("a {{ {}: red }}", "x".repeat(900_000)),
        "a{b:c}".repeat(120_000),
        "a{b:c}".repeat(19_000),
        many(|at| format!(".a{at}{{display:x}}")),
        many(|at| format!(".a{at},,b{{}}\n")),
        many(|at| format!(".a{at}{{color:var(--x{at})}}")),
        many(|at| format!(".a{at}{{color:red}}")),
        format!("a {{ display: {} }}", "flexx ".repeat(100_000)),
        format!("@media ({}) {{}}", "1 ".repeat(300_000)),
        format!("a {{ margin: {} }}", "var(--x) ".repeat(100_000)),
        format!("a {{ margin: if({} }}", "(;".repeat(20) + &";".repeat(300_000)),
        "a { background: url(x y\n".repeat(30_000) + ")",
        "a { content: \"\n".repeat(60_000),
    ];
    for css in sheets {
        let begin = Instant::now();
        let build = build(&site(&css));
        assert!(!build.diagnostics.is_empty());
        assert!(begin.elapsed() < Duration::from_secs(20), "{} took {:?}", &css[..40], begin.elapsed());
    }
}
