//! What a theme brings for pages to use: sections, fields and layouts of its own, each kind of field with right and wrong values,
//! and what a change of the theme does to pages that use them.

use crate::support::{self, Folder, add_picture, build, codes as found_codes, page};
use anteroom::diagnostic::{Code, Diagnostic, Severity, codes, report};
use anteroom::options::Options;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::source::Sources;

const PRACTICE: &str = concat!(
    "name: Quiet Harbour\ndescription: A practice for tests.\nlanguage: en\nkind: coaching\njurisdictions: [US-OR]\n",
    "base_url: https://quiet-harbour.org\nemail: hello@quiet-harbour.org\ncurrency: USD\ntheme:\n  name: own\n"
);
const THEME: &str = "name: own\nversion: 0.1.0\napi: 1\nextends: linen\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><path d=\"M1 1h9\"/></svg>";

fn site(files: &[(&str, &str)]) -> Sources {
    let mut all = vec![("content/practice.yaml", PRACTICE), ("themes/own/assets/leaf.svg", SVG)];
    if !files.iter().any(|(path, _)| *path == "themes/own/theme.yaml") {
        all.push(("themes/own/theme.yaml", THEME));
    }
    all.extend_from_slice(files);
    let mut sources = support::site(&all);
    add_picture(&mut sources, "content/images/hero.jpg");
    sources
}

/// A site with a section that has one field, a page that gives it, and a template that shows it.
fn with_field(definition: &str, value: &str, shows: &str) -> Sources {
    let section = format!("label: Hours\nfields:\n  it: {definition}\n");
    let given = if value.is_empty() { String::new() } else { format!("    it: {value}\n") };
    let page = format!("---\ntitle: A page\nlayout: landing\nsections:\n  - type: hours\n{given}---\n");
    site(&[
        ("themes/own/sections/hours.yaml", &section),
        ("themes/own/templates/sections/hours.html", &format!("<!--{shows}-->")),
        ("content/a-page.md", &page),
        ("content/b-page.md", "---\ntitle: B page\n---\nText.\n"),
    ])
}

/// What a build found besides notes. That nothing leads to a page is usual for these small sites.
fn told(build: &Build) -> Vec<&Diagnostic> {
    let is_told =
        |finding: &&Diagnostic| finding.severity != Severity::Note && finding.code != &codes::UNREACHABLE_PAGE;
    build.diagnostics.iter().filter(is_told).collect()
}

/// The lines of a file at which it did.
fn lines(build: &Build, sources: &Sources, file: &str) -> Vec<usize> {
    let places = told(build)
        .into_iter()
        .filter_map(|finding| finding.place.as_ref())
        .filter(|place| place.path.as_str() == file);
    places.filter_map(|place| Some(report::position(sources, place)?.line)).collect()
}

fn has(build: &Build, code: &'static Code) -> bool {
    build.diagnostics.iter().any(|finding| finding.code == code)
}

/// What the template showed.
fn shown(build: &Build) -> String {
    let html = page(build, "a-page/index.html");
    let begin = html.rfind("<!--").expect("the template shows something") + 4;
    html[begin..].split("-->").next().unwrap_or_default().to_string()
}

const PLAIN: &str = "{{ section.fields.it }}";
const PICTURE: &str =
    "{% set it = section.fields.it %}{% if it %}{{ it.src }} {{ it.alt }} {{ it.focus }}{% else %}none{% endif %}";
const LINK: &str = "{% set it = section.fields.it %}{% if it %}{{ it.label }} {{ it.href }}{% else %}none{% endif %}";
const ENTRIES: &str = "{% for one in section.fields.it %}{{ one.day }}={% if one.open %}{{ one.open }}{% else %}-{% endif %};{% endfor %}";
const DAYS: &str = "{ type: entries, label: L, fields: { day: { type: text, label: Day, required: true }, open: { type: text, label: Open } } }";

#[test]
fn every_kind_gives_templates_what_a_page_says() {
    // The definition, what the page writes, what the template prints, and what comes of it.
    let cases: &[(&str, &str, &str, &str)] = &[
        ("{ type: text, label: L }", "Don't wait", PLAIN, "Don’t wait"),
        ("{ type: text, label: L, default: Any day }", "", PLAIN, "Any day"),
        ("{ type: text, label: L }", "", "{% if section.fields.it %}x{% else %}none{% endif %}", "none"),
        ("{ type: text, label: L, max: 9 }", "\"<b> & c\"", PLAIN, "&lt;b&gt; &amp; c"),
        (
            "{ type: markdown, label: L }",
            "See *the* [other](b-page.md)",
            "{{ section.fields.it | safe }}",
            "<p>See <em>the</em> <a href=\"../b-page/\">other</a></p>\n",
        ),
        ("{ type: number, label: L }", "4.5", "{{ section.fields.it * 2 }}", "9.0"),
        ("{ type: range, label: L, min: 1, max: 4, step: 1 }", "3", PLAIN, "3"),
        ("{ type: switch, label: L }", "", PLAIN, "false"),
        ("{ type: switch, label: L, default: true }", "", PLAIN, "true"),
        ("{ type: switch, label: L }", "true", PLAIN, "true"),
        ("{ type: choice, label: L, options: [calm, bright], default: calm }", "bright", PLAIN, "bright"),
        ("{ type: list, label: L }", "[Mon, Tue]", "{{ section.fields.it | join(sep=\"+\") }}", "Mon+Tue"),
        ("{ type: list, label: L }", "", "{{ section.fields.it | length }}", "0"),
        ("{ type: image, label: L }", "", PICTURE, "none"),
        (
            "{ type: image, label: L }",
            "{ file: images/hero.jpg, alt: A path, focus: top }",
            PICTURE,
            "../images/hero.jpg A path top",
        ),
        ("{ type: image, label: L, default: leaf.svg }", "", PICTURE, "../assets/pictures/leaf.ID.svg  "),
        ("{ type: link, label: L }", "b-page.md", LINK, "B page ../b-page/"),
        (
            "{ type: link, label: L }",
            "{ to: https://elsewhere.org/x, label: There }",
            LINK,
            "There https://elsewhere.org/x",
        ),
        ("{ type: page, label: L }", "b-page.md", LINK, "B page ../b-page/"),
        (DAYS, "[{ day: Mon, open: \"9-5\" }, { day: Tue }]", ENTRIES, "Mon=9-5;Tue=-;"),
        (DAYS, "", ENTRIES, ""),
        // A name with nothing after it isn't given.
        (
            "{ type: text, label: L, required: false }",
            "~",
            "{% if section.fields.it %}x{% else %}none{% endif %}",
            "none",
        ),
    ];
    for (definition, value, shows, expected) in cases {
        let build = build(&with_field(definition, value, shows));
        let told = told(&build);
        assert!(told.is_empty(), "{definition} {value}: {told:#?}");
        let mut shown = shown(&build);
        if let Some(at) = shown.find("/leaf.") {
            // The fingerprint in its name.
            shown.replace_range(at + 6..at + 14, "ID");
        }
        assert_eq!(shown, *expected, "{definition} {value}");
    }
}

#[test]
fn what_a_field_does_not_take_is_told_at_its_line() {
    let days = "{ type: entries, label: L, max: 2, fields: { day: { type: text, label: Day, required: true } } }";
    // The definition, what the page writes, and what is said of it.
    let cases: &[(&str, &str, &str)] = &[
        ("{ type: number, label: L }", "many", "`it` should be a number"),
        ("{ type: range, label: L, min: 1, max: 4 }", "9", "from 1 to 4"),
        ("{ type: switch, label: L }", "maybe", "`true` or `false`"),
        ("{ type: choice, label: L, options: [calm, bright] }", "loud", "one of: calm, bright"),
        ("{ type: list, label: L }", "Mon", "a list of texts"),
        ("{ type: list, label: L, max: 1 }", "[a, b]", "room for 1"),
        ("{ type: text, label: L, max: 5 }", "far too long", "12 characters"),
        ("{ type: text, label: L }", "[a, b]", "text"),
        ("{ type: markdown, label: L }", "[a, b]", "should be a text"),
        ("{ type: markdown, label: L }", "\"[x](c-page.md)\"", "c-page.md"),
        ("{ type: image, label: L }", "{ file: images/nope.jpg, alt: x }", "nope.jpg"),
        ("{ type: image, label: L }", "images/hero.jpg", "alt text"),
        ("{ type: image, label: L }", "{ file: images/hero.jpg, atl: x }", "atl"),
        ("{ type: link, label: L }", "c-page.md", "c-page.md"),
        ("{ type: page, label: L }", "https://elsewhere.org/", "isn't a page"),
        (days, "Mon", "each entry"),
        (days, "[Mon]", "fields of its own: day"),
        (days, "[{ day: Mon, dya: x }]", "there's no field called `dya`"),
        (days, "[{ }]", "`day` is missing"),
        (days, "[{ day: a }, { day: b }, { day: c }]", "has 3 entries"),
    ];
    for (definition, value, says) in cases {
        let build = build(&with_field(definition, value, "{% if section.fields.it %}x{% endif %}"));
        let found = told(&build);
        let [finding] = &found[..] else { panic!("{definition} {value}: {found:#?}") };
        let place = finding.place.as_ref().expect("a place");
        assert_eq!(place.path.as_str(), "content/a-page.md", "{value}");
        let text = "---\ntitle: A page\nlayout: landing\nsections:\n  - type: hours\n";
        assert!(place.span.start >= text.len(), "{value}: {:?}", place.span);
        let said = format!("{} {:?} {:?}", finding.message, finding.label, finding.help);
        assert!(said.contains(says), "{value}: {said}");
    }
    // A field that has to be given, and one that is misspelt.
    let required = build(&with_field("{ type: text, label: L, required: true, help: The days }", "", ""));
    let missing = required.diagnostics.iter().find(|finding| finding.code == &codes::MISSING_FIELD).expect("missing");
    assert!(missing.help.as_ref().is_some_and(|help| help.contains("The days")), "{missing:?}");
    let mut sources = with_field("{ type: text, label: L, required: true }", "x", "");
    let text = "---\ntitle: A page\nlayout: landing\nsections:\n  - type: hours\n    ti: x\n---\n";
    sources.insert_text("content/a-page.md", text);
    let misspelt = build(&sources);
    let labels: Vec<_> = misspelt.diagnostics.iter().filter_map(|finding| finding.label.as_deref()).collect();
    assert_eq!(labels, ["did you mean `it`?"], "{:#?}", misspelt.diagnostics);
}

#[test]
fn definitions_that_make_no_sense_are_told_at_their_line() {
    let cases: &[(&str, &str)] = &[
        ("{ type: txt, label: L }", "did you mean `text`?"),
        ("{ type: string, label: L }", "did you mean `text`?"),
        ("{ type: text }", "`label` is missing"),
        ("{ type: choice, label: L }", "needs `options`"),
        ("{ type: range, label: L }", "needs `min` and `max`"),
        ("{ type: number, label: L, min: 4, max: 1 }", "`min` is larger than `max`"),
        ("{ type: switch, label: L, max: 3 }", "no `min` and no `max`"),
        ("{ type: markdown, label: L, step: 3 }", "`step` is for"),
        ("{ type: entries, label: L }", "need `fields`"),
        ("{ type: text, label: L, fields: { a: { type: text, label: A } } }", "only `entries` have `fields`"),
        ("{ type: entries, label: L, fields: { a: { type: entries, label: A } } }", "can't hold entries again"),
        ("{ type: entries, label: L, fields: { a: { type: choice, label: A } } }", "needs `options`"),
        ("{ type: markdown, label: L, default: x }", "can't have a `default`"),
        ("{ type: number, label: L, default: x }", "should be a number"),
        ("{ type: choice, label: L, options: [a], default: b }", "one of: a"),
    ];
    for (definition, says) in cases {
        let build = build(&with_field(definition, "", ""));
        let of_theme = build.diagnostics.iter().filter(|finding| {
            finding.place.as_ref().is_some_and(|place| place.path.as_str() == "themes/own/sections/hours.yaml")
        });
        let found: Vec<_> = of_theme.collect();
        let [finding] = &found[..] else { panic!("{definition}: {:#?}", build.diagnostics) };
        let said = format!("{} {:?} {:?}", finding.message, finding.label, finding.help);
        assert!(said.contains(says), "{definition}: {said}");
        assert_eq!(finding.severity, Severity::Error);
        assert!(finding.place.as_ref().is_some_and(|place| place.span.start > 20), "{definition}");
    }
}

#[test]
fn a_section_s_file_and_its_template_belong_together() {
    let page = ("content/a-page.md", "---\ntitle: A page\nlayout: landing\nsections:\n  - type: hours\n---\n");
    let file = ("themes/own/sections/hours.yaml", "label: Hours\nfields: {}\n");
    let template = ("themes/own/templates/sections/hours.html", "<p>Open</p>");
    let both = build(&site(&[page, file, template]));
    assert!(told(&both).is_empty(), "{:#?}", both.diagnostics);
    assert!(support::page(&both, "a-page/index.html").contains("<p>Open</p>"));
    let without_template = build(&site(&[page, file]));
    assert!(has(&without_template, &codes::THEME_FILE), "{:#?}", without_template.diagnostics);
    let without_file = build(&site(&[page, template]));
    let unused = without_file.diagnostics.iter().find(|finding| finding.code == &codes::TEMPLATE_UNUSED);
    assert!(
        unused.and_then(|finding| finding.help.as_deref()).is_some_and(|help| help.contains("sections/hours.yaml"))
    );
    // A preset is held against the fields, and a name that can't be one is told.
    let preset = "label: Hours\nfields:\n  it: { type: number, label: L }\npresets:\n  usual: { label: Usual, fields: { it: x } }\n";
    let sources = site(&[template, ("themes/own/sections/hours.yaml", preset)]);
    assert_eq!(lines(&build(&sources), &sources, "themes/own/sections/hours.yaml"), [5]);
    let named = build(&site(&[("themes/own/sections/Opening Hours.yaml", "label: Hours\n")]));
    assert!(has(&named, &codes::THEME_FILE), "{:#?}", named.diagnostics);
    let reserved = "label: Hours\nfields:\n  type: { type: text, label: L }\n";
    let sources = site(&[template, ("themes/own/sections/hours.yaml", reserved)]);
    assert_eq!(lines(&build(&sources), &sources, "themes/own/sections/hours.yaml"), [3]);
}

#[test]
fn a_section_knows_the_page_and_what_every_template_knows() {
    let shows = "{{ page.title }}|{{ site.name }}|{{ t.home }}|{{ theme.name }}|{{ section.kind }}|{{ section.id }}|{{ section.heading }}";
    let build = build(&site(&[
        ("themes/own/sections/hours.yaml", "label: Hours\nfields:\n  heading: { type: text, label: Heading }\n"),
        ("themes/own/templates/sections/hours.html", &format!("<!--{shows}-->")),
        (
            "content/index.md",
            "---\ntitle: Home\nsections:\n  - { type: hero, heading: Welcome }\n  - { type: hours, heading: When }\n---\n",
        ),
    ]));
    let html = page(&build, "index.html");
    let begin = html.find("<!--").expect("shown") + 4;
    let shown = html[begin..].split("-->").next().unwrap_or_default();
    assert_eq!(shown, "Home|Quiet Harbour|Home|own|hours|a-section-2|When");
}

#[test]
fn a_theme_limits_how_often_a_section_stands_on_a_page() {
    let page =
        "---\ntitle: A page\nlayout: landing\nsections:\n  - type: hours\n  - type: hours\n  - type: hours\n---\n";
    let files = [
        ("themes/own/sections/hours.yaml", "label: Hours\nmost: 1\n"),
        ("themes/own/templates/sections/hours.html", "<p>Open</p>"),
        ("content/a-page.md", page),
    ];
    let sources = site(&files);
    assert_eq!(lines(&build(&sources), &sources, "content/a-page.md"), [6]);
}

#[test]
fn misspelt_fields_in_templates_are_told_with_the_right_ones() {
    let days = "label: Hours\nfields:\n  days: { type: entries, label: L, fields: { day: { type: text, label: Day } } }\n  \
                note: { type: text, label: L }\n  more: { type: markdown, label: L }\n  photo: { type: image, label: L }\n";
    // What the template says, and what is told of it; nothing for what is right.
    let cases: &[(&str, &str)] = &[
        ("{{ section.fields.ntoe }}", "did you mean `note`?"),
        ("{% for one in section.fields.days %}{{ one.dya }}{% endfor %}", "did you mean `day`?"),
        ("{{ section.fields.photo.srcc }}", "`src`"),
        ("{{ section.fields.note | safe }}", "safe"),
        ("{{ section.fields.more }}", "safe"),
        ("{% for one in section.fields.note %}{{ one }}{% endfor %}", "a text"),
        ("{{ section.fields.days }}", "list"),
        ("{{ section.fields.note }}{% if section.fields.more %}{{ section.fields.more | safe }}{% endif %}", ""),
        (
            "{% for one in section.fields.days %}{{ one.day }}{% endfor %}{{ <Picture picture={section.fields.photo} place=\"text\" /> }}",
            "",
        ),
    ];
    for (template, says) in cases {
        let build = build(&site(&[
            ("themes/own/sections/hours.yaml", days),
            ("themes/own/templates/sections/hours.html", template),
        ]));
        let found: Vec<_> = build
            .diagnostics
            .iter()
            .filter(|finding| {
                finding.place.as_ref().is_some_and(|place| place.path.as_str().ends_with("sections/hours.html"))
            })
            .map(|finding| format!("{} {:?} {:?}", finding.message, finding.label, finding.help))
            .collect();
        match says {
            &"" => assert!(found.is_empty(), "{template}: {found:#?}"),
            says => assert!(found.len() == 1 && found[0].contains(says), "{template}: {found:#?}"),
        }
    }
}

const FIELDS: &str = "fields:\n  page:\n    mood: { type: choice, label: Mood, options: [calm, bright], default: calm }\n  \
                      service:\n    mark: { type: text, label: Mark }\n  practitioner:\n    mark: { type: text, label: Mark }\n  \
                      resource:\n    mark: { type: text, label: Mark }\n";

fn fielded(kind: &str) -> Sources {
    let theme = format!("{THEME}{FIELDS}");
    let template = |name: &str, shows: &str| {
        format!(
            "{{% extends \"linen/{name}\" %}}\n{{% block footer %}}{{{{ super() }}}}<!--{shows}-->{{% endblock %}}\n"
        )
    };
    let practice = PRACTICE.replace("name: own", &format!("name: {kind}"));
    support::site(&[
        ("content/practice.yaml", &practice),
        ("themes/own/theme.yaml", &theme),
        ("themes/own/templates/page.html", &template("page.html", "{{ page.fields.mood }}")),
        (
            "themes/own/templates/service.html",
            &template("service.html", "{{ page.fields.mark }}{{ service.card.fields.mark }}"),
        ),
        (
            "themes/own/templates/practitioner.html",
            &template("practitioner.html", "{{ page.fields.mark }}{{ person.fields.mark }}"),
        ),
        (
            "themes/own/templates/resource.html",
            &template("resource.html", "{{ page.fields.mark }}{{ article.card.fields.mark }}"),
        ),
        ("content/a-page.md", "---\ntitle: A page\ntheme:\n  mood: bright\n---\nText.\n"),
        ("content/b-page.md", "---\ntitle: B page\n---\nText.\n"),
        (
            "content/services/grief.md",
            "---\ntitle: Grief\nsummary: A service.\nkind: coaching\nformats: [video]\ntheme: { mark: s }\n---\nText.\n",
        ),
        ("content/practitioners/ada.md", "---\nname: Ada Lind\nsummary: A coach.\ntheme: { mark: p }\n---\nText.\n"),
        (
            "content/resources/rest.md",
            "---\ntitle: Rest\nsummary: An article.\ndate: 2026-01-02\nauthor: ada\ntheme: { mark: r }\n---\nText.\n",
        ),
    ])
}

#[test]
fn every_kind_of_page_can_say_something_for_the_theme() {
    let build = build(&fielded("own"));
    let told = told(&build);
    assert!(told.is_empty(), "{told:#?}");
    for (file, shows) in [
        ("a-page/index.html", "<!--bright-->"),
        ("b-page/index.html", "<!--calm-->"),
        ("services/grief/index.html", "<!--ss-->"),
        ("practitioners/ada/index.html", "<!--pp-->"),
        ("resources/rest/index.html", "<!--rr-->"),
    ] {
        assert!(page(&build, file).contains(shows), "{file}");
    }
}

#[test]
fn another_theme_leaves_out_what_it_does_not_know_and_says_so() {
    let swapped = build(&fielded("linen"));
    let lacks: Vec<_> = swapped.diagnostics.iter().filter(|finding| finding.code == &codes::THEME_LACKS).collect();
    let files: Vec<&str> =
        lacks.iter().filter_map(|finding| finding.place.as_ref()).map(|place| place.path.as_str()).collect();
    assert_eq!(
        files,
        ["content/a-page.md", "content/practitioners/ada.md", "content/resources/rest.md", "content/services/grief.md"]
    );
    assert!(lacks.iter().all(|finding| finding.severity == Severity::Note && finding.message.contains("linen")));
    assert!(swapped.output.is_some());
    // Sections and layouts leave more behind: a warning each, and every page is there.
    let practice = PRACTICE.replace("name: own", "name: linen");
    let sources = support::site(&[
        ("content/practice.yaml", &practice),
        (
            "content/a-page.md",
            "---\ntitle: A page\nlayout: wide-page\nsections:\n  - type: timetable\n    days: [{ day: Mon }]\n    when: x\n  - { type: text, text: Stays. }\n---\nText.\n",
        ),
    ]);
    let swapped = build(&sources);
    assert_eq!(lines(&swapped, &sources, "content/a-page.md"), [3, 5], "{:#?}", swapped.diagnostics);
    assert!(
        swapped
            .diagnostics
            .iter()
            .filter(|finding| finding.code == &codes::THEME_LACKS)
            .all(|f| f.severity == Severity::Warning)
    );
    let html = page(&swapped, "a-page/index.html");
    assert!(html.contains("Text.") && html.contains("Stays."), "{html}");
}

#[test]
fn what_is_nearly_right_is_taken_for_a_slip() {
    let page = |front: &str| {
        let page = format!("---\ntitle: A page\n{front}---\nText.\n");
        let theme = format!("{THEME}{FIELDS}");
        build(&site(&[
            ("themes/own/theme.yaml", &theme),
            ("themes/own/sections/timetable.yaml", "label: Times\n"),
            ("themes/own/templates/sections/timetable.html", "<p>x</p>"),
            ("themes/own/templates/layouts/wide-page.html", "{% extends \"page.html\" %}"),
            ("content/a-page.md", &page),
        ]))
    };
    for (front, label) in [
        ("sections:\n  - { type: timetabel }\n", "did you mean `timetable`?"),
        ("sections:\n  - { type: heroo, heading: x }\n", "did you mean `hero`?"),
        ("layout: wide-pgae\n", "did you mean `wide-page`?"),
        ("layout: landin\n", "did you mean `landing`?"),
        ("theme: { moood: calm }\n", "did you mean `mood`?"),
    ] {
        let build = page(front);
        let labels: Vec<_> =
            told(&build).into_iter().map(|finding| finding.label.as_deref().unwrap_or_default()).collect();
        assert_eq!(labels, [label], "{front}: {:#?}", build.diagnostics);
    }
    for front in ["sections:\n  - { type: 3 }\n", "layout: [x]\n", "sections:\n  - { heading: x }\n", "theme: calm\n"] {
        let build = page(front);
        assert!(build.output.is_none() || build.diagnostics.count(Severity::Error) > 0, "{front}");
    }
}

#[test]
fn a_layout_is_a_template_that_pages_choose() {
    let layout = "{% extends \"page.html\" %}{% block after %}<!--{{ page.kind }} {{ page.title }}-->{% endblock %}";
    let build = build(&site(&[
        ("themes/own/templates/layouts/wide-page.html", layout),
        ("content/a-page.md", "---\ntitle: A page\nlayout: wide-page\n---\nText.\n"),
        ("content/b-page.md", "---\ntitle: B page\n---\nText.\n"),
    ]));
    let told = told(&build);
    assert!(told.is_empty(), "{told:#?}");
    let html = page(&build, "a-page/index.html");
    assert!(html.contains("<!--page A page-->") && html.contains("Text."), "{html}");
}

#[test]
fn a_section_that_every_theme_knows_can_say_more() {
    let partial = "{% if section.kind == \"text\" %}<!--{{ section.fields.tone }}-->{% endif %}{% include \"linen/partials/section.html\" %}";
    let files = [
        (
            "themes/own/sections/text.yaml",
            "label: Text\nfields:\n  tone: { type: choice, label: Tone, options: [plain, warm], default: plain }\n",
        ),
        ("themes/own/templates/partials/section.html", partial),
        (
            "content/a-page.md",
            "---\ntitle: A page\nlayout: landing\nsections:\n  - { type: text, text: One. }\n  - { type: text, text: Two., theme: { tone: warm } }\n---\n",
        ),
    ];
    let ours = build(&site(&files));
    let html = page(&ours, "a-page/index.html");
    assert!(html.contains("<!--plain-->") && html.contains("<!--warm-->"), "{:#?}", ours.diagnostics);
    let mut wrong = files;
    wrong[2].1 =
        "---\ntitle: A page\nlayout: landing\nsections:\n  - { type: text, text: One., theme: { tone: cold } }\n---\n";
    let wrong = site(&wrong);
    assert_eq!(lines(&build(&wrong), &wrong, "content/a-page.md"), [5]);
}

#[test]
fn a_theme_prints_a_usual_section_its_own_way() {
    let sections = "  - { type: quote, text: Said., attribution: Ana }\n  - { type: steps, steps: [{ title: Call, text: Now. }] }\n  - { type: text, text: Plain. }\n";
    let page_text = format!("---\ntitle: A page\nlayout: landing\nsections:\n{sections}---\n");
    let files = [
        (
            "themes/own/templates/sections/quote.html",
            "<aside class=\"said\">{{ section.html | safe }}{{ section.attribution }}</aside>\n",
        ),
        (
            "themes/own/templates/sections/steps.html",
            "<ol>{% for step in section.steps %}<li>{{ step.title }}</li>{% endfor %}</ol>",
        ),
        ("content/a-page.md", page_text.as_str()),
    ];
    let ours = build(&site(&files));
    assert!(told(&ours).is_empty(), "{:#?}", told(&ours));
    let html = page(&ours, "a-page/index.html");
    assert!(html.contains("<aside class=\"said\">Said.Ana</aside>"), "{html}");
    assert!(!html.contains("<blockquote>") && html.contains("Plain."), "{html}");
    assert!(html.contains("<ol><li>Call</li></ol>") && !html.contains("Now."), "{html}");
    // A name that isn't there is told at its line, as in every template.
    let mut wrong = files;
    wrong[0].1 = "<aside>\n{{ section.atribution }}</aside>\n";
    let wrong = site(&wrong);
    assert_eq!(lines(&build(&wrong), &wrong, "themes/own/templates/sections/quote.html"), [2]);
}

#[test]
fn a_template_of_a_section_tells_its_faults_once() {
    let section = "- type: hours\n  - type: hours\n";
    let page = format!("---\ntitle: A page\nlayout: landing\nsections:\n  {section}---\n");
    let build = build(&site(&[
        ("themes/own/sections/hours.yaml", "label: Hours\n"),
        ("themes/own/templates/sections/hours.html", "{{ page.title | date(format=\"%Y\") }}"),
        ("content/a-page.md", &page),
        ("content/b-page.md", &page),
    ]));
    assert_eq!(
        found_codes(&build).iter().filter(|code| **code == "template-fault").count(),
        1,
        "{:#?}",
        build.diagnostics
    );
}

#[test]
fn what_a_cache_remembers_is_what_a_build_makes() {
    let mut cache = Cache::on();
    let options = Options::for_day(jiff::civil::date(2026, 3, 1));
    let first = with_field("{ type: text, label: L }", "One", PLAIN);
    let html = |build: &Build| page(build, "a-page/index.html");
    let before = pipeline::build(&first, &options, &mut cache);
    assert!(html(&before).contains("<!--One-->"));
    for sources in [
        with_field("{ type: text, label: L }", "Two", PLAIN),
        with_field("{ type: text, label: L, default: Three }", "", PLAIN),
        with_field("{ type: text, label: L, default: Three }", "", "{{ section.fields.it }}!"),
    ] {
        let warm = pipeline::build(&sources, &options, &mut cache);
        let cold = pipeline::build(&sources, &options, &mut Cache::off());
        assert_eq!(html(&warm), html(&cold));
        assert_eq!(format!("{:?}", warm.diagnostics), format!("{:?}", cold.diagnostics));
    }
}

#[test]
fn commands_tell_what_a_theme_brings() {
    let folder = Folder::new("own-fields");
    folder.file("content/practice.yaml", PRACTICE);
    folder.file("themes/own/theme.yaml", &format!("{THEME}{FIELDS}"));
    let section = "label: Timetable\nhelp: When groups meet.\nfields:\n  heading: { type: text, label: Heading, required: true }\n  \
                   days: { type: entries, label: Days, fields: { day: { type: text, label: Day } } }\n  photo: { type: image, label: Photo }\npresets:\n  \
                   week: { label: A week, fields: { heading: \"Groups: when\", days: [{ day: Mon }, { day: Tue }] } }\n";
    folder.file("themes/own/sections/timetable.yaml", section);
    folder.file("themes/own/templates/sections/timetable.html", "<h2>{{ section.heading }}</h2>");
    folder.file("themes/own/templates/layouts/wide.html", "{% extends \"page.html\" %}");
    let run = |args: &[&str]| {
        let mut all = args.to_vec();
        let site = folder.path().to_str().expect("a path");
        all.extend(["--site", site]);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_anteroom")).args(&all).output().expect("it runs");
        (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (shown, _) = run(&["theme", "show", "own"]);
    for part in ["timetable", "When groups meet.", "heading", "(required)", "mood", "calm, bright", "wide"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // What is printed can be put into a page as it is.
    let (printed, _) = run(&["add", "section", "timetable"]);
    let section = printed
        .split_once("\n\n")
        .map(|(_, section)| section)
        .expect("a section")
        .replace("{ file: images/…, alt: A description }", "\"\"");
    folder.file("content/a-page.md", &format!("---\ntitle: A page\nlayout: wide\nsections:\n{section}---\nText.\n"));
    let sources = anteroom::disk::read(folder.path()).expect("the folder can be read");
    let build = build(&sources);
    assert!(told(&build).is_empty(), "{section}\n{:#?}", build.diagnostics);
    let (_, unknown) = run(&["add", "section", "timetabel"]);
    assert!(unknown.contains("did you mean `timetable`?"), "{unknown}");
    let schema =
        |name: &str| -> serde_json::Value { serde_json::from_str(&run(&["schema", name]).0).expect("a schema") };
    let page = schema("page");
    let blocks =
        page.pointer("/properties/sections/items/oneOf").and_then(|blocks| blocks.as_array()).expect("sections");
    let own =
        blocks.iter().find(|block| block.pointer("/properties/type/const") == Some(&"timetable".into())).expect("it");
    assert_eq!(own["required"], serde_json::json!(["heading", "type"]));
    assert_eq!(own.pointer("/properties/days/items/properties/day/type"), Some(&"string".into()));
    assert!(page.pointer("/properties/theme/properties/mood/enum").is_some(), "{page:#}");
    assert!(page.pointer("/properties/layout").is_some_and(|layout| layout.to_string().contains("\"wide\"")));
    assert!(schema("service").pointer("/properties/theme/properties/mark").is_some());
    assert!(schema("section").pointer("/properties/fields").is_some());
}

#[test]
fn a_theme_is_checked_with_everything_that_it_brings() {
    let section = "label: Hours\nfields:\n  heading: { type: text, label: Heading }\n  photo: { type: image, label: Photo }\n  \
                   days: { type: entries, label: Days, min: 2, fields: { day: { type: text, label: Day, max: 4 } } }\n  \
                   words: { type: markdown, label: Words }\n  to: { type: link, label: To }\n";
    let sound = "{% if section.heading %}<section class=\"band part\"><h2 id=\"{{ section.id }}\">{{ section.heading }}</h2>\
                 {% for one in section.fields.days %}<p>{{ one.day }}</p>{% endfor %}\
                 {% if section.fields.photo %}{{ <Picture picture={section.fields.photo} place=\"wide\" /> }}{% endif %}</section>{% endif %}";
    // Templates of the section and of a layout, and what the check says; nothing where it is content.
    let cases = [
        (sound, "{% extends \"page.html\" %}", ""),
        ("<section><h1>{{ section.heading }}</h1></section>", "{% extends \"page.html\" %}", "h1"),
        ("<p style=\"color: red\">x</p>", "{% extends \"page.html\" %}", "style"),
        (sound, "{% extends \"page.html\" %}{% block footer %}{% endblock %}", "crisis"),
    ];
    for (template, layout, says) in cases {
        let sources = site(&[
            ("themes/own/sections/hours.yaml", section),
            ("themes/own/templates/sections/hours.html", template),
            ("themes/own/templates/layouts/bare.html", layout),
        ]);
        let report = anteroom::theme_check::check("own", &sources);
        let told = format!("{:#?}{:#?}", report.faults, report.findings);
        match says {
            "" => assert!(report.is_kept(), "{told}"),
            says => assert!(!report.is_kept() && told.contains(says), "{says}: {told}"),
        }
    }
}

#[test]
fn marks_in_texts_of_one_line_are_told() {
    let left_over = |definition: &str, value: &str| {
        let sources = with_field(definition, value, "{{ section.it }}");
        let build = build(&sources);
        let found: Vec<_> = build.diagnostics.iter().filter(|one| one.code.name == "markup-left-over").collect();
        found
            .iter()
            .map(|one| report::position(&sources, one.place.as_ref().unwrap()).unwrap().column)
            .collect::<Vec<_>>()
    };
    for (definition, value, columns) in [
        ("{ type: text, label: It }", "Open **late** on Mondays", &[14][..]),
        ("{ type: text, label: It }", "\"Open **late**\"", &[15]),
        ("{ type: list, label: It }", "[Open, Very **late**]", &[21]),
        ("{ type: entries, label: It, fields: { what: { type: text, label: W } } }", "[{ what: \"**A** b\" }]", &[19]),
        ("{ type: text, label: It }", "Open late on Mondays", &[]),
        ("{ type: text, label: It }", "5 * 3 and 2 ** 3", &[]),
        ("{ type: markdown, label: It }", "Open **late** on Mondays", &[]),
    ] {
        assert_eq!(left_over(definition, value), columns, "{definition} {value}");
    }
}

#[test]
fn what_a_page_says_to_its_theme_is_read_by_the_rules_of_words() {
    let theme = format!("{THEME}fields: {{ page: {{ promise: {{ type: text, label: Promise }} }} }}\n");
    let told_of = |words: &str| {
        let page = format!("---\ntitle: A page\ntheme: {{ promise: \"{words}\" }}\n---\nText.\n");
        let sources = site(&[("themes/own/theme.yaml", &theme), ("content/a-page.md", &page)]);
        build(&sources).diagnostics.iter().any(|one| one.code.name == "promised-outcome")
    };
    assert!(told_of("We guarantee results in six weeks."));
    assert!(!told_of("We listen."));
}
