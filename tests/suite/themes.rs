//! Themes of a site's own: what they may change, and that every fault of one is a finding at its line.

use crate::support::{self, build, codes as found_codes, lines, page};
use anteroom::diagnostic::codes;
use anteroom::source::Sources;

const THEME: &str = "name: own\nversion: 0.1.0\napi: 1\nextends: linen\n";
const PAGE: &str = "---\ntitle: A page\n---\nText.\n";

/// A site that wears a theme of its own.
fn wearing(files: &[(&str, &str)]) -> Sources {
    let mut all = vec![
        ("content/practice.yaml", concat_practice()),
        ("content/a-page.md", PAGE),
        ("themes/own/theme.yaml", THEME),
    ];
    all.extend(files);
    support::site(&all)
}

fn concat_practice() -> &'static str {
    concat!(
        "name: Quiet Harbour\ndescription: A practice for tests.\nlanguage: en\nkind: coaching\njurisdictions: [US-OR]\n",
        "base_url: https://quiet-harbour.org/sub\nemail: hello@quiet-harbour.org\ncurrency: USD\ntheme:\n  name: own\n"
    )
}

/// A page template around a piece of one.
fn after(piece: &str) -> String {
    format!("{{% extends \"linen/page.html\" %}}\n{{% block after %}}\n{piece}\n{{% endblock %}}\n")
}

#[test]
fn every_kind_of_fault_is_a_finding_at_its_line() {
    let template = "themes/own/templates/page.html";
    let settings =
        |line: &str| format!("{THEME}settings:\n  big: {{ type: length, label: Big, default: 2rem }}\n{line}\n");
    // What is wrong, the file, its text, and where the finding must stand.
    let faults: Vec<(&str, &str, String, &str)> = vec![
        ("a tag left open", template, after("{% if page.title %}"), "3:1"),
        ("an unclosed expression", template, after("{{ page.title"), ""),
        ("an empty condition", template, after("{% if %}x{% endif %}"), "3:7"),
        ("an unknown name", template, after("{{ pgae.title }}"), "3:4"),
        ("an unknown field", template, after("{{ page.titel }}"), "3:9"),
        ("an unknown field in a condition", template, after("{% if page.titel %}x{% endif %}"), "3:12"),
        ("an unknown word", template, after("{{ t.hoem }}"), "3:6"),
        ("an unknown setting in a template", template, after("{{ theme.settings.color_inc }}"), "3:19"),
        ("an unknown filter", template, after("{{ page.title | shout }}"), "3:17"),
        ("an unknown test", template, after("{% if page.title is shiny %}x{% endif %}"), "3:21"),
        ("an unknown function", template, after("{{ now() }}"), "3:4"),
        ("an unknown component", template, after("{{ <Portrit person={page} /> }}"), "3:4"),
        ("a missing argument", template, after("{{ <Portrait /> }}"), "3:4"),
        ("an argument too many", template, after("{{ <List items={[1]} size={3} /> }}"), "3:22"),
        ("an argument of the wrong kind", template, after("{{ <Head role={3} /> }}"), "3:16"),
        ("a filter on the wrong kind", template, after("{{ page.title | round }}"), "3:4"),
        ("an unknown include", template, after("{% include \"partials/hedaer.html\" %}"), "3:12"),
        ("an unknown parent", template, "{% extends \"linen/pag.html\" %}\n".into(), "1:13"),
        ("a parent that is the file itself", template, "{% extends \"page.html\" %}\n".into(), "1:13"),
        ("an unknown block", template, format!("{}{{% block aftr %}}{{% endblock %}}", after("")), "5:"),
        ("a block twice", template, after("{% block after %}{% endblock %}"), "3:"),
        ("a file that includes itself", template, after("{% include \"page.html\" %}"), "3:13"),
        (
            "a style sheet with a syntax error",
            "themes/own/assets/theme.css",
            "@import \"base.css\";\nbody { color red }\n".into(),
            "2:",
        ),
        ("an import of nothing", "themes/own/assets/theme.css", "@import \"bsae.css\";\n".into(), "1:"),
        ("a script that would end early", "themes/own/assets/theme.js", "// fine\nx = \"</script>\";\n".into(), "2:6"),
        ("an unknown field of theme.yaml", "themes/own/theme.yaml", format!("{THEME}sett: 1\n"), "5:1"),
        ("YAML that is none", "themes/own/theme.yaml", "name: [\n".into(), "1:7"),
        ("another contract", "themes/own/theme.yaml", THEME.replace("api: 1", "api: 2"), "3:6"),
        ("an unknown parent theme", "themes/own/theme.yaml", THEME.replace("linen", "linnen"), ""),
        ("a theme that extends itself", "themes/own/theme.yaml", THEME.replace("linen", "own"), ""),
        (
            "a setting of no kind",
            "themes/own/theme.yaml",
            format!("{THEME}settings:\n  big: {{ type: colur, label: B, default: x }}\n"),
            "6:",
        ),
        (
            "a default that its kind refuses",
            "themes/own/theme.yaml",
            format!("{THEME}settings:\n  big: {{ type: length, label: B, default: wide }}\n"),
            "6:",
        ),
        ("a default for no setting", "themes/own/theme.yaml", settings("defaults: { color_inc: \"#000\" }"), "7:"),
        (
            "a preset's value that is none",
            "themes/own/theme.yaml",
            settings("presets: { a: { label: A, settings: { big: huge } } }"),
            "7:",
        ),
        (
            "a pair of no colours",
            "themes/own/theme.yaml",
            settings("pairs: [{ text: color_inc, on: color_paper }]"),
            "7:",
        ),
        ("a pale colour", "themes/own/theme.yaml", settings("defaults: { color_quiet: \"#ccc4b8\" }"), "7:"),
        ("a locale file that is none", "themes/own/locales/en.yaml", "home: [\n".into(), "1:7"),
    ];
    let mut wrong = Vec::new();
    for (what, file, text, place) in &faults {
        let sources = wearing(&[(file, text)]);
        let told = lines(&build(&sources), &sources);
        let expected = format!("{file}:{place}");
        let here = match place.is_empty() {
            true => told.iter().any(|line| line.contains(file)),
            false => told.iter().any(|line| line.contains(&expected)),
        };
        if !here || told.is_empty() {
            wrong.push(format!("{what}: expected {expected}, got {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(faults.len() >= 25);
}

#[test]
fn faults_of_several_files_are_told_together() {
    let sources = wearing(&[
        (
            "themes/own/templates/page.html",
            &after("{{ page.titel }}{{ page.title | shout }}{% if x is shiny %}{% endif %}"),
        ),
        ("themes/own/templates/404.html", "{% extends \"base.html\" %}\n{% block main %}{% if %}{% endblock %}"),
        ("themes/own/assets/theme.css", "body { color: }}"),
    ]);
    let told = lines(&build(&sources), &sources);
    let of = |file: &str| told.iter().filter(|line| line.contains(file)).count();
    assert_eq!((of("page.html"), of("404.html"), of("theme.css")), (4, 1, 1), "{told:#?}");
}

#[test]
fn one_file_stands_in_front_of_the_parents() {
    let sources = wearing(&[("themes/own/templates/page.html", &after("<p>Written by the theme.</p>"))]);
    let built = build(&sources);
    assert_eq!(found_codes(&built), Vec::<&str>::new());
    assert!(page(&built, "a-page/index.html").contains("<p>Written by the theme.</p>"));
    // The site's own file of a built-in theme, without a theme of its own.
    let practice = concat_practice().replace("name: own", "name: linen");
    let sources = support::site(&[
        ("content/practice.yaml", &practice),
        ("content/a-page.md", PAGE),
        ("themes/linen/templates/page.html", &after("<p>Written by the site.</p>")),
    ]);
    let built = build(&sources);
    assert_eq!(found_codes(&built), Vec::<&str>::new());
    assert!(page(&built, "a-page/index.html").contains("<p>Written by the site.</p>"));
    let mut found = anteroom::diagnostic::Diagnostics::default();
    let practice = anteroom::document::stand_in_practice();
    let about = anteroom::theme::about::about("linen", &sources, &practice, &mut found).expect("linen is there");
    // The built-in linen has no such file; base has.
    let told: Vec<String> =
        about.overrides.iter().map(|(file, behind)| format!("{file}: {}", behind.join(", "))).collect();
    assert_eq!(told, ["themes/linen/templates/page.html: the built-in base"]);
}

#[test]
fn a_pale_brand_colour_is_told_with_the_nearest_shade_that_can_be_read() {
    let practice = format!(
        "{}  settings:\n    color_accent: \"#e08a5f\"\n    color_accent_dark: \"#e2a588\"\n",
        concat_practice()
    );
    let sources = wearing(&[("content/practice.yaml", &practice)]);
    let built = build(&sources);
    let finding = built.diagnostics.iter().find(|finding| finding.code == &codes::LOW_CONTRAST).expect("it is pale");
    assert_eq!(lines(&built, &sources), ["low-contrast content/practice.yaml:12:19 \"\\\"#e08a5f\\\"\""]);
    let help = finding.help.as_deref().expect("it names a shade");
    let shade = help.split('"').nth(1).expect("in quotes");
    let sources = wearing(&[("content/practice.yaml", &practice.replace("#e08a5f", shade))]);
    assert_eq!(found_codes(&build(&sources)), Vec::<&str>::new(), "{shade} passes");
}

#[test]
fn settings_presets_and_switches_reach_the_page() {
    let practice = format!(
        "{}  preset: ink\n  settings: {{ color_leaf: \"#553311\", color_leaf_dark: \"#d3b394\", scheme: dark, scheme_switch: false }}\n",
        concat_practice()
    );
    let sources = wearing(&[("content/practice.yaml", &practice)]);
    let built = build(&sources);
    assert_eq!(found_codes(&built), Vec::<&str>::new());
    let html = page(&built, "a-page/index.html");
    assert!(html.contains("data-scheme=\"dark\"") && !html.contains("<button class=\"scheme\""));
    let files = &built.output.as_ref().expect("it is built").files;
    let style = files.keys().find(|path| path.as_str().ends_with(".css")).expect("a style sheet").as_str().to_string();
    let style = page(&built, &style);
    assert!(
        style.contains("--color-leaf:#553311") && style.contains("--color-accent:#274b73"),
        "preset under settings"
    );
    for wrong in [
        "preset: inc",
        "settings: { color_lef: \"#000\" }",
        "settings: { scheme: drak }",
        "settings: { scheme_switch: 3 }",
    ] {
        let sources = wearing(&[("content/practice.yaml", &format!("{}  {wrong}\n", concat_practice()))]);
        let told = lines(&build(&sources), &sources);
        assert!(told.len() == 1 && told[0].contains("content/practice.yaml:11:"), "{wrong}: {told:?}");
    }
}

#[test]
fn the_theme_swaps_by_one_word_without_a_finding() {
    let sources = support::site(&[("content/a-page.md", PAGE)]);
    for theme in ["linen", "harbor", "meadow"] {
        let options = anteroom::options::Options { theme: Some(theme.into()), ..support::options() };
        let built = anteroom::pipeline::build(&sources, &options, &mut anteroom::pipeline::Cache::off());
        assert_eq!(found_codes(&built), Vec::<&str>::new(), "{theme}");
    }
}

#[test]
fn a_site_in_another_language_has_every_word_in_it() {
    for language in support::LANGUAGES.into_iter().chain(["es-MX", "fr-CA", "pt-BR", "nl-BE", "it-CH"]) {
        let practice = concat_practice().replace("language: en", &format!("language: {language}"));
        let sources = wearing(&[("content/practice.yaml", &practice)]);
        let told = build(&sources).diagnostics;
        let wanting =
            told.iter().filter(|found| [&codes::MISSING_WORD, &codes::NO_WORDS].contains(&found.code)).count();
        assert_eq!(wanting, 0, "{language}: {told:?}");
    }
    // One word more than base has, in English only.
    let practice = concat_practice().replace("language: en", "language: de");
    let sources = wearing(&[("content/practice.yaml", &practice), ("themes/own/locales/en.yaml", "motto: Quiet\n")]);
    let told: Vec<String> = build(&sources)
        .diagnostics
        .iter()
        .filter(|finding| finding.code == &codes::MISSING_WORD)
        .filter_map(|finding| finding.help.clone())
        .collect();
    assert_eq!(told, ["add these to the file: motto"]);
}

#[test]
fn a_language_without_words_is_an_error_and_one_that_lacks_some_a_note() {
    let mut sources = support::site(&[("content/a-page.md", PAGE)]);
    sources.insert_text("content/practice.yaml", support::PRACTICE.replace("language: en", "language: sv"));
    let found = build(&sources).diagnostics;
    let found = found.iter().find(|finding| finding.code == &codes::NO_WORDS).unwrap();
    assert!(found.message.contains("Swedish"), "{}", found.message);
    assert!(found.help.as_ref().unwrap().contains("theme copy linen locales/en.yaml"), "{:?}", found.help);
    // Some of the words are enough to begin with.
    sources.insert_text("themes/linen/locales/sv.yaml", "skip_to_content: Till texten\n");
    let built = build(&sources);
    assert!(found_codes(&built).contains(&"missing-word") && !found_codes(&built).contains(&"no-words"));
    assert!(page(&built, "a-page/index.html").contains("Till texten"));
}
