//! What a practice can set: every kind of setting with right and wrong values, each finding at its line, and what a template
//! sees of each.

use crate::support::{self, add_picture, build, codes as found_codes, has, lines, page};
use anteroom::diagnostic::codes;
use anteroom::options::Options;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::source::Sources;

const PRACTICE: &str = concat!(
    "name: Quiet Harbour\ndescription: A practice for tests.\nlanguage: en\nkind: coaching\njurisdictions: [US-OR]\n",
    "base_url: https://quiet-harbour.org\nemail: hello@quiet-harbour.org\ncurrency: USD\ntheme:\n  name: own\n  settings:\n"
);
const THEME: &str = "name: own\nversion: 0.1.0\napi: 1\nextends: linen\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\"><path d=\"M1 1h9\"/></svg>";

/// A site whose practice sets something, with a theme that offers it and a template that shows it.
fn site(definition: &str, value: &str, shows: &str) -> Sources {
    let practice = match value {
        "" => PRACTICE.replace("  settings:\n", ""),
        value => format!("{PRACTICE}    it: {value}\n"),
    };
    let theme = format!("{THEME}settings:\n  it: {definition}\n");
    let template = format!("{{% extends \"linen/page.html\" %}}\n{{% block after %}}<!--{shows}-->{{% endblock %}}\n");
    let mut sources = support::site(&[
        ("content/practice.yaml", &practice),
        ("content/a-page.md", "---\ntitle: A page\n---\n## Times\n\nText.\n"),
        ("themes/own/theme.yaml", &theme),
        ("themes/own/templates/page.html", &template),
        ("themes/own/assets/leaf.svg", SVG),
    ]);
    add_picture(&mut sources, "content/images/hero.jpg");
    sources
}

/// What the template showed.
fn shown(build: &Build) -> String {
    let html = page(build, "a-page/index.html");
    let begin = html.rfind("<!--").expect("the template shows something") + 4;
    html[begin..].split("-->").next().unwrap_or_default().to_string()
}

const PICTURE: &str =
    "{% set it = theme.settings.it %}{% if it %}{{ it.src }} {{ it.alt }} {{ it.focus }}{% else %}none{% endif %}";
const LINK: &str = "{% set it = theme.settings.it %}{% if it %}{{ it.label }} {{ it.href }} {{ it.external }}{% else %}none{% endif %}";
const PLAIN: &str = "{{ theme.settings.it }}";

#[test]
fn every_kind_gives_templates_what_was_set() {
    // The definition, what the practice writes, what the template prints, and what comes of it.
    let cases: &[(&str, &str, &str, &str)] = &[
        ("{ type: switch, label: L, default: false }", "true", PLAIN, "true"),
        ("{ type: text, label: L, default: a }", "Call us", PLAIN, "Call us"),
        ("{ type: text, label: L, default: a }", "", PLAIN, "a"),
        ("{ type: choice, label: L, options: [a, b], default: a }", "b", PLAIN, "b"),
        ("{ type: length, label: L, default: 1rem }", "2REM", PLAIN, "2rem"),
        ("{ type: colour, label: L, default: \"#fff\" }", "rebeccapurple", PLAIN, "#663399"),
        ("{ type: number, label: L, default: 3 }", "4.5", "{{ theme.settings.it * 2 }}", "9.0"),
        ("{ type: number, label: L, default: 3 }", "\"7\"", PLAIN, "7"),
        ("{ type: number, label: L, min: 1, max: 4, step: 1, default: 3 }", "4", PLAIN, "4"),
        ("{ type: range, label: L, min: 0, max: 1, step: 0.1, default: 0 }", "0.3", PLAIN, "0.3"),
        (
            "{ type: list, label: L, default: [] }",
            "[Calm, 24/7]",
            "{% for one in theme.settings.it %}{{ one }};{% endfor %}",
            "Calm;24/7;",
        ),
        ("{ type: list, label: L, default: [] }", "", "{{ theme.settings.it | length }}", "0"),
        ("{ type: image, label: L, default: \"\" }", "", PICTURE, "none"),
        ("{ type: image, label: L, default: leaf.svg }", "\"\"", PICTURE, "none"),
        ("{ type: image, label: L, default: \"\" }", "images/hero.jpg", PICTURE, "../images/hero.jpg  "),
        (
            "{ type: image, label: L, default: leaf.svg }",
            "{ file: images/hero.jpg, alt: A path, focus: top }",
            PICTURE,
            "../images/hero.jpg A path top",
        ),
        ("{ type: link, label: L, default: \"\" }", "", LINK, "none"),
        ("{ type: link, label: L, default: \"\" }", "a-page.md", LINK, "A page ../a-page/ false"),
        ("{ type: link, label: L, default: \"\" }", "/a-page/#times", LINK, "A page ../a-page/#times false"),
        (
            "{ type: link, label: L, default: \"\" }",
            "{ to: \"https://a.example/b\", label: Elsewhere }",
            LINK,
            "Elsewhere https://a.example/b true",
        ),
        ("{ type: link, label: L, default: \"\" }", "https://a.example/b", LINK, "a.example https://a.example/b true"),
        ("{ type: page, label: L, default: \"\" }", "a-page.md", LINK, "A page ../a-page/ false"),
        ("{ type: page, label: L, default: contact.md }", "", LINK, "none"),
    ];
    let mut wrong = Vec::new();
    for (definition, value, shows, expected) in cases {
        let sources = site(definition, value, shows);
        let built = build(&sources);
        let faults = found_codes(&built);
        // A theme's own page may be missing on a site.
        if !faults.is_empty() && !definition.contains("contact.md") {
            wrong.push(format!("{definition} {value}: {faults:?}"));
        } else if shown(&built) != *expected {
            wrong.push(format!("{definition} {value}: {:?}", shown(&built)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_kind_does_not_take_is_told_at_its_line() {
    // The definition, what the practice writes, the code, and the words that are marked in line 12.
    let cases: &[(&str, &str, &str, &str)] = &[
        ("{ type: switch, label: L, default: false }", "maybe", "invalid-setting", "maybe"),
        ("{ type: text, label: L, default: a }", "[a]", "invalid-setting", "[a]"),
        ("{ type: choice, label: L, options: [a, b], default: a }", "c", "invalid-setting", "c"),
        ("{ type: length, label: L, default: 1rem }", "wide", "invalid-setting", "wide"),
        ("{ type: colour, label: L, default: \"#fff\" }", "redd", "invalid-setting", "redd"),
        ("{ type: colour, label: L, default: \"#fff\" }", "{ light: red }", "invalid-setting", "{ light: red }"),
        ("{ type: number, label: L, default: 3 }", "three", "invalid-setting", "three"),
        ("{ type: number, label: L, min: 1, max: 4, step: 1, default: 3 }", "5", "invalid-setting", "5"),
        ("{ type: number, label: L, min: 1, max: 4, step: 1, default: 3 }", "2.5", "invalid-setting", "2.5"),
        ("{ type: range, label: L, min: 0, max: 1, step: 0.1, default: 0 }", "0.25", "invalid-setting", "0.25"),
        ("{ type: range, label: L, min: 0, max: 1, default: 0 }", "-1", "invalid-setting", "-1"),
        ("{ type: list, label: L, default: [] }", "Calm", "invalid-setting", "Calm"),
        ("{ type: list, label: L, default: [] }", "[a, [b]]", "invalid-setting", "[a, [b]]"),
        ("{ type: image, label: L, default: \"\" }", "3", "invalid-setting", "3"),
        ("{ type: image, label: L, default: \"\" }", "images/heron.jpg", "unknown-picture", "images/heron.jpg"),
        ("{ type: image, label: L, default: \"\" }", "{ file: images/x.jpg }", "unknown-picture", "images/x.jpg"),
        ("{ type: image, label: L, default: \"\" }", "{ alt: A path }", "missing-field", "it"),
        ("{ type: image, label: L, default: \"\" }", "{ file: images/hero.jpg, focus: up }", "invalid-value", "up"),
        ("{ type: image, label: L, default: \"\" }", "{ file: images/hero.jpg, at: a }", "unknown-field", "at"),
        (
            "{ type: image, label: L, default: \"\" }",
            "https://a.example/b.jpg",
            "unknown-picture",
            "https://a.example/b.jpg",
        ),
        ("{ type: link, label: L, default: \"\" }", "a-pge.md", "broken-link", "a-pge.md"),
        ("{ type: link, label: L, default: \"\" }", "{ to: a-pge.md }", "broken-link", "a-pge.md"),
        ("{ type: link, label: L, default: \"\" }", "a-page.md#tmes", "broken-anchor", "a-page.md#tmes"),
        ("{ type: link, label: L, default: \"\" }", "javascript:x", "unsafe-link", "javascript:x"),
        ("{ type: link, label: L, default: \"\" }", "[a]", "invalid-setting", "[a]"),
        ("{ type: page, label: L, default: \"\" }", "https://a.example", "invalid-setting", "https://a.example"),
        ("{ type: page, label: L, default: \"\" }", "images/hero.jpg", "invalid-setting", "images/hero.jpg"),
        ("{ type: font, label: L, default: serif }", "fonts/none.woff2", "invalid-setting", "fonts/none.woff2"),
        (
            "{ type: colour-pair, label: L, default: { light: \"#000\", dark: \"#fff\" } }",
            "{ light: redd }",
            "invalid-setting",
            "redd",
        ),
        (
            "{ type: colour-pair, label: L, default: { light: \"#000\", dark: \"#fff\" } }",
            "{ dark: red }",
            "missing-field",
            "it",
        ),
        (
            "{ type: colour-pair, label: L, default: { light: \"#000\", dark: \"#fff\" } }",
            "{ light: red, darkk: red }",
            "unknown-field",
            "darkk",
        ),
    ];
    let mut wrong = Vec::new();
    for (definition, value, code, marked) in cases {
        let sources = site(definition, value, "");
        let told = lines(&build(&sources), &sources);
        let is_it = |line: &String| {
            line.starts_with(&format!("{code} content/practice.yaml:12:")) && line.ends_with(&format!(" {marked:?}"))
        };
        if told.len() != 1 || !told.iter().any(is_it) {
            wrong.push(format!("{definition} {value}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_definition_that_makes_no_sense_is_told_in_theme_yaml() {
    for definition in [
        "{ type: range, label: L, default: 1 }",
        "{ type: range, label: L, min: 3, max: 1, default: 1 }",
        "{ type: number, label: L, step: 0, default: 1 }",
        "{ type: number, label: L, max: 3, default: 4 }",
        "{ type: text, label: L, min: 3, default: a }",
        "{ type: choice, label: L, default: a }",
        "{ type: image, label: L, default: laef.svg }",
        "{ type: list, label: L, default: a }",
        "{ type: colour, label: L, default: color_lea }",
        "{ type: colour-pair, label: L, default: { light: redd } }",
    ] {
        let sources = site(definition, "", "");
        let told = lines(&build(&sources), &sources);
        assert!(told.len() == 1 && told[0].contains("themes/own/theme.yaml:6:"), "{definition}: {told:?}");
    }
}

#[test]
fn fields_of_a_picture_and_of_a_link_are_checked_in_templates() {
    for (definition, shows) in [
        ("{ type: image, label: L, default: \"\" }", "{{ theme.settings.it.scr }}"),
        ("{ type: link, label: L, default: \"\" }", "{{ theme.settings.it.herf }}"),
        ("{ type: text, label: L, default: a }", "{{ theme.settings.it.src }}"),
    ] {
        let sources = site(definition, "", shows);
        let told = lines(&build(&sources), &sources);
        assert!(
            told.iter().any(|line| line.starts_with("template-fault themes/own/templates/page.html:2:")),
            "{told:?}"
        );
    }
}

#[test]
fn a_picture_of_the_theme_is_shown_as_any_other() {
    let definition = "{ type: image, label: L, default: leaf.svg }";
    let shows =
        "--> {{ <Picture picture={theme.settings.it} place=\"wide\" /> }}{{ theme.pictures[\"leaf.svg\"].src }}<!--";
    let built = build(&site(definition, "", shows));
    assert_eq!(found_codes(&built), Vec::<&str>::new());
    let html = page(&built, "a-page/index.html");
    let at = html.find("../assets/pictures/leaf.").expect("it is shown");
    let path = html[at + 3..].split('"').next().unwrap_or_default();
    assert!(has(&built, path), "{path}");
    assert_eq!(html.matches(path).count(), 2);
    // What nobody shows isn't published.
    let built = build(&site(definition, "\"\"", ""));
    let files = &built.output.as_ref().expect("it is built").files;
    assert!(files.keys().all(|file| !file.as_str().starts_with("assets/pictures/leaf")));
}

#[test]
fn a_broken_picture_or_icon_of_a_theme_is_told() {
    for file in ["themes/own/assets/bad.png", "themes/own/assets/icons/bad.svg"] {
        let mut sources = site("{ type: switch, label: L, default: true }", "", "");
        sources.insert_text(file, "no picture");
        let told = lines(&build(&sources), &sources);
        assert_eq!(told, [format!("broken-picture {file}")]);
    }
}

fn with_icons(shows: &str) -> Sources {
    let mut sources = site("{ type: switch, label: L, default: true }", "", &format!("-->{shows}<!--"));
    for name in ["phone", "map"] {
        sources.insert_text(&format!("themes/own/assets/icons/{name}.svg"), SVG);
    }
    sources
}

#[test]
fn icons_are_one_file_and_an_unknown_one_is_told() {
    let sources =
        with_icons("{{ <Icon name=\"phone\" /> }}{% for name in [\"map\"] %}{{ <Icon name={name} /> }}{% endfor %}");
    let built = build(&sources);
    assert_eq!(found_codes(&built), Vec::<&str>::new());
    let html = page(&built, "a-page/index.html");
    let at = html.find("<use href=\"../assets/icons.").expect("it names the file");
    let path = html[at + 14..].split(['"', '#']).next().unwrap_or_default();
    assert!(html.contains(&format!("{path}#phone\"")) && html.contains(&format!("{path}#map\"")));
    let sprite = page(&built, path);
    assert!(
        sprite.contains("<symbol id=\"phone\" viewBox=\"0 0 24 24\"><g fill=\"none\" stroke=\"currentColor\"><path"),
        "{sprite}"
    );
    // From a disk browsers take nothing from another file.
    let options = Options { portable: true, ..support::options() };
    let html = page(&pipeline::build(&sources, &options, &mut Cache::off()), "a-page/index.html");
    assert!(!html.contains("<use") && html.contains("<g fill=\"none\" stroke=\"currentColor\"><path d=\"M1 1h9\">"));

    let sources = with_icons("{# <Icon name=\"no\" /> #}{{ <Icon name=\"phnoe\" /> }}");
    let built = build(&sources);
    assert_eq!(lines(&built, &sources), ["template-fault themes/own/templates/page.html:2:64 \"phnoe\""]);
    let finding = built.diagnostics.iter().find(|one| one.code == &codes::TEMPLATE_FAULT).expect("it is told");
    assert_eq!(finding.label.as_deref(), Some("did you mean `phone`?"));
    let computed = with_icons("{% set name = \"phnoe\" %}{{ <Icon name={name} /> }}");
    let told = build(&computed);
    assert!(
        told.diagnostics.iter().any(|one| one.message.contains("no icon called `phnoe`")),
        "{:?}",
        told.diagnostics
    );
}

/// A practice with colours, and the style sheet of its pages.
fn style(built: &Build) -> String {
    let files = &built.output.as_ref().expect("it is built").files;
    let path = files.keys().find(|path| path.as_str().ends_with(".css")).expect("a style sheet").as_str().to_string();
    page(built, &path)
}

fn coloured(theme: &str, settings: &str) -> (Build, Sources) {
    let practice = PRACTICE.replace("name: own", &format!("name: {theme}")) + settings;
    let sources = support::site(&[
        ("content/practice.yaml", &practice),
        ("content/a-page.md", "---\ntitle: A page\n---\nText.\n"),
    ]);
    (build(&sources), sources)
}

/// The value of a custom property.
fn property<'a>(style: &'a str, name: &str) -> &'a str {
    let at = style.find(&format!("--{name}:")).unwrap_or_else(|| panic!("no {name}")) + name.len() + 3;
    style[at..].split([';', '}']).next().unwrap_or_default()
}

#[test]
fn a_light_colour_alone_gets_a_dark_twin_of_its_hue() {
    for theme in ["linen", "harbor", "meadow"] {
        let (built, sources) = coloured(theme, "    color_accent: \"#7a1f5c\"\n");
        assert_eq!(
            lines(&built, &sources),
            ["dark-colour-made content/practice.yaml:12:19 \"\\\"#7a1f5c\\\"\""],
            "{theme}"
        );
        let style = style(&built);
        let dark = property(&style, "color-accent-dark");
        let part = |at: usize| u8::from_str_radix(&dark[at..at + 2], 16).unwrap();
        // Purple, and lighter than the light one.
        assert!(part(1) > part(3) && part(5) > part(3) && part(1) > 0x7a, "{theme}: {dark}");
    }
    // Each of these is told nothing: a dark one beside it, the theme's own colour, the theme's own pair.
    for settings in [
        "    color_accent: \"#7a1f5c\"\n    color_accent_dark: \"#e6a6d0\"\n",
        "    color_accent: { light: \"#7a1f5c\", dark: \"#e6a6d0\" }\n",
        "    color_accent: \"#8a3f24\"\n",
        "    color_heading: color_accent\n",
        "    color_accent_dark: \"#e6a6d0\"\n",
    ] {
        let (built, sources) = coloured("linen", settings);
        assert_eq!(lines(&built, &sources), Vec::<String>::new(), "{settings}");
    }
    // A ground stays as dark as the theme's.
    let (built, sources) = coloured("linen", "    color_paper: \"#fff3f8\"\n");
    assert_eq!(lines(&built, &sources).len(), 1);
    let style = style(&built);
    let dark = property(&style, "color-paper-dark");
    assert!((1..6).step_by(2).all(|at| u8::from_str_radix(&dark[at..at + 2], 16).unwrap() < 0x30), "{dark}");
}

#[test]
fn a_themes_own_light_colour_gets_a_dark_twin_too() {
    let of_theme = |defaults: &str| {
        let manifest = format!("name: own\nversion: 0.1.0\napi: 1\nextends: linen\ndefaults:\n{defaults}");
        let sources = support::site(&[
            ("content/practice.yaml", PRACTICE.trim_end_matches("  settings:\n")),
            ("content/a-page.md", "---\ntitle: A page\n---\nText.\n"),
            ("themes/own/theme.yaml", &manifest),
        ]);
        let built = build(&sources);
        (style(&built), lines(&built, &sources))
    };
    let (style, told) = of_theme("  color_accent: \"#1d5c6b\"\n  color_heading: color_accent\n");
    assert_eq!(told, ["dark-colour-made themes/own/theme.yaml:6:17 \"\\\"#1d5c6b\\\"\""]);
    let dark = property(&style, "color-accent-dark");
    let part = |at: usize| u8::from_str_radix(&dark[at..at + 2], 16).unwrap();
    // Teal as the light one, and not linen's clay.
    assert!(part(1) < part(3) && part(1) < part(5), "{dark}");
    assert_eq!(property(&style, "color-heading-dark"), dark);
    let (style, told) = of_theme("  color_accent: \"#1d5c6b\"\n  color_accent_dark: \"#9fd0dc\"\n");
    assert_eq!((property(&style, "color-accent-dark"), told.len()), ("#9fd0dc", 0));
    let (style, _) = of_theme("  color_heading: \"#1d5c6b\"\n");
    let linen = of_theme("  logo_height: 2rem\n").0;
    assert_eq!(property(&style, "color-accent-dark"), property(&linen, "color-accent-dark"));
}

#[test]
fn headings_and_buttons_can_be_like_another_colour() {
    for theme in ["linen", "harbor", "meadow"] {
        let (built, _) = coloured(theme, "    color_heading: color_accent\n    color_button: color_accent\n");
        assert_eq!(found_codes(&built), Vec::<&str>::new(), "{theme}");
        let style = style(&built);
        for mode in ["", "-dark"] {
            let accent = property(&style, &format!("color-accent{mode}"));
            assert_eq!(property(&style, &format!("color-heading{mode}")), accent, "{theme}{mode}");
            assert_eq!(property(&style, &format!("color-button{mode}")), accent, "{theme}{mode}");
        }
        assert!(style.contains("background:var(--button)") && style.contains("color:var(--heading)"), "{theme}");
    }
    // A twin that is made reaches what is like it.
    let (built, _) = coloured("harbor", "    color_accent: \"#7a1f5c\"\n");
    let css = style(&built);
    assert_eq!(property(&css, "color-button-dark"), property(&css, "color-accent-dark"));
    // What can't be read is told once, where the colour is written.
    let (built, sources) = coloured("harbor", "    color_accent: { light: \"#e08a5f\", dark: \"#e2a588\" }\n");
    assert_eq!(lines(&built, &sources), ["low-contrast content/practice.yaml:12:28 \"\\\"#e08a5f\\\"\""]);
    let (built, sources) = coloured("linen", "    color_heading: color_paper\n");
    // In light and in dark mode.
    assert_eq!(lines(&built, &sources), ["low-contrast content/practice.yaml:12:20 \"color_paper\""; 2]);
    let (built, sources) = coloured("linen", "    color_ink: color_leaf\n    color_leaf: color_ink\n");
    let told = lines(&built, &sources);
    assert!(told.iter().any(|line| line.starts_with("invalid-setting content/practice.yaml:12:")), "{told:?}");
}

#[test]
fn a_pair_of_colours_is_two_settings() {
    let definition = "{ type: colour-pair, label: L, default: { light: \"#102030\", dark: \"#d0e0f0\" } }";
    let shows = "{{ theme.settings.it }} {{ theme.settings.it_dark }}";
    assert_eq!(shown(&build(&site(definition, "", shows))), "#102030 #d0e0f0");
    assert_eq!(shown(&build(&site(definition, "{ light: \"#000\", dark: \"#fff\" }", shows))), "#000000 #ffffff");
    let lone = "{ type: colour-pair, label: L, default: \"#102030\" }";
    assert_eq!(shown(&build(&site(lone, "", shows))), "#102030 #102030");
}

#[test]
fn a_logo_for_dark_mode_stands_beside_the_other() {
    let practice = format!("{}logo: images/day.jpg\nlogo_dark: images/night.jpg\n", support::PRACTICE);
    let mut sources = support::site(&[
        ("content/practice.yaml", &practice),
        ("content/a-page.md", "---\ntitle: A page\n---\nText.\n"),
    ]);
    add_picture(&mut sources, "content/images/day.jpg");
    add_picture(&mut sources, "content/images/night.jpg");
    for theme in ["linen", "harbor", "meadow"] {
        let options = Options { theme: Some(theme.into()), ..support::options() };
        let built = pipeline::build(&sources, &options, &mut Cache::off());
        assert_eq!(found_codes(&built), Vec::<&str>::new(), "{theme}");
        let html = page(&built, "a-page/index.html");
        let (day, night) = (html.find("<span class=\"day\">"), html.find("<span class=\"night\">"));
        assert!(day.is_some() && day < night, "{theme}");
        let css = style(&built);
        assert!(css.contains(".night{display:var(--night,none)}") && css.contains("--night:inline"), "{theme}");
    }
    // Without it there's one logo, and one without the other is told.
    let practice = format!("{}logo: images/day.jpg\n", support::PRACTICE);
    sources.insert_text("content/practice.yaml", practice);
    let html = page(&build(&sources), "a-page/index.html");
    assert!(html.contains("images/day") && !html.contains("class=\"night\""));
    sources.insert_text("content/practice.yaml", format!("{}logo_dark: images/day.jpg\n", support::PRACTICE));
    assert_eq!(lines(&build(&sources), &sources), ["logo-missing content/practice.yaml:9:12 \"images/day.jpg\""]);
}

#[test]
fn the_themes_icon_is_the_sites_where_it_has_none() {
    let mut sources = site("{ type: switch, label: L, default: true }", "", "");
    sources.insert_text("themes/own/assets/icon.svg", SVG);
    let html = page(&build(&sources), "a-page/index.html");
    let hash = &blake3::hash(SVG.as_bytes()).to_hex()[..8];
    assert!(html.contains(&format!("<link rel=\"icon\" href=\"../assets/icon.{hash}.svg\"")));
}
