//! Faults of a theme's templates, each told once and at its cause, with what to write instead; and what looks like one and
//! is none.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use anteroom::diagnostic::{Diagnostic, Severity, report};
use anteroom::pipeline::Build;
use anteroom::source::Sources;

use crate::support::{self, build};

const THEME: &str = "name: own\nversion: 0.1.0\napi: 1\nextends: linen\n";
const PAGE_HTML: &str = "themes/own/templates/page.html";
/// Codes that every site with a template of its own may have.
const OF_TEMPLATES: [&str; 4] = ["template-fault", "unsafe-text", "template-unused", "theme-promise"];

/// A site with two pages and a theme of its own.
fn wearing(files: &[(&str, &str)]) -> Sources {
    let practice = format!("{}theme:\n  name: own\n", support::PRACTICE);
    let mut all = vec![
        ("content/practice.yaml", practice.as_str()),
        ("content/a-page.md", "---\ntitle: A page\n---\nText.\n"),
        ("content/b-page.md", "---\ntitle: Another\n---\nText.\n"),
        ("content/practitioners/ana.md", support::ANA),
        ("themes/own/theme.yaml", THEME),
    ];
    all.extend(files);
    support::site(&all)
}

/// A page template around a piece of one; the piece begins in line 3.
fn after(piece: &str) -> String {
    format!("{{% extends \"linen/page.html\" %}}\n{{% block after %}}\n{piece}\n{{% endblock %}}\n")
}

/// `path:line: message | label | help` of all findings of templates.
fn told(build: &Build, sources: &Sources) -> Vec<String> {
    build
        .diagnostics
        .iter()
        .filter(|finding| OF_TEMPLATES.contains(&finding.code.name))
        .map(|finding| say(finding, sources))
        .collect()
}

fn say(finding: &Diagnostic, sources: &Sources) -> String {
    let place = finding.place.as_ref().map(|place| {
        let line = report::position(sources, place).map_or(0, |position| position.line);
        format!("{}:{line}", place.path)
    });
    let more = [&finding.label, &finding.help].into_iter().flatten().map(|text| format!(" | {text}"));
    format!("{}: {}{}", place.unwrap_or_default(), finding.message, more.collect::<String>())
}

/// Each piece stands in a page's template, from line 3 on; the line and what the only finding says.
#[test]
fn each_fault_is_one_finding_at_its_line_that_says_what_to_write() {
    let faults: &[(&str, usize, &[&str])] = &[
        // Types.
        ("{% for x in page.title %}{{ x }}{% endfor %}", 3, &["`page.title` is a text", "{{ page.title }}"]),
        ("\n{% for x in page.seed %}{% endfor %}", 4, &["`page.seed` is a number", "range(end=page.seed)"]),
        ("{% for x in page.noindex %}{% endfor %}", 3, &["true or false", "{% if page.noindex %}"]),
        ("{% for x in body.html %}{% endfor %}", 3, &["finished markup", "{{ body.html | safe }}"]),
        ("{% for x in site.crisis %}{% endfor %}", 3, &["`site.crisis` is a group", "`site.crisis.lines`"]),
        ("{% for i, f in faqs %}{% endfor %}", 3, &["entries have no keys", "{% for f in faqs %}"]),
        ("{{ site.crisis }}", 3, &["`site.crisis` is a group of fields", "`site.crisis.lines`"]),
        ("{{ faqs }}", 3, &["`faqs` is a list", "{% for faq in faqs %}{{ faq."]),
        ("{{ site.licences }}", 3, &["is a list", "join(sep="]),
        ("{{ faqs.question }}", 3, &["`faqs` is a list and has no field", "{{ faq.question }}"]),
        ("{{ page.title.length }}", 3, &["is a text", "page.title | length"]),
        ("{{ faqs.size }}", 3, &["is a list", "faqs | length"]),
        (
            "{% for faq in faqs %}\n{{ faq.anser_html | safe }}{% endfor %}",
            4,
            &["`faq` has no field `anser_html`", "answer_html"],
        ),
        (
            "{% for s in sections %}{% for f in s.faqs %}{% if f.titel %}{% endif %}{% endfor %}{% endfor %}",
            3,
            &["`f` has no field"],
        ),
        ("{{ sections[0].headin }}", 3, &["`sections[0]` has no field `headin`", "heading"]),
        ("{% for s in sections if s.kind %}{% endfor %}", 3, &["takes the whole of its list", "{% for one in ["]),
        ("{{ page.title | safe }}", 3, &["plain text", "leave `| safe` out"]),
        ("{{ page.title | upper | safe }}", 3, &["plain text"]),
        ("{% set a = page.summary %}{{ a | safe }}", 3, &["`a` is plain text"]),
        ("{{ (\"<b>\" ~ page.title) | safe }}", 3, &["plain text"]),
        ("{{ page.summary | newlines_to_br | safe }}", 3, &["plain text", "| escape | newlines_to_br | safe"]),
        ("{{ t.as_of | fill(date=page.title) | safe }}", 3, &["plain text"]),
        ("{{ theme.settings.font_body | safe }}", 3, &["plain text"]),
        ("{{ body.html }}", 3, &["finished markup", "{{ body.html | safe }}"]),
        ("{% for faq in faqs %}{{ faq.answer_html }}{% endfor %}", 3, &["finished markup"]),
        ("{% if page.seed == \"3\" %}{% endif %}", 3, &["`page.seed` is a number", "never equals"]),
        ("{% if page.kind == 3 %}{% endif %}", 3, &["is a text", "never equals `3`", "\"3\""]),
        ("{% if faqs > 2 %}{% endif %}", 3, &["is a list", "faqs | length > 2"]),
        ("{% if page.kind == \"servces\" %}{% endif %}", 3, &["no page is of the kind `servces`", "`services`"]),
        ("{{ page.title + \"!\" }}", 3, &["counts with numbers", "join texts with `~`"]),
        // Filters and tests.
        ("{% if page.title is containing(\"a\") %}{% endif %}", 3, &["have names", "is containing(pat=\"a\")"]),
        ("{% if page.title is not starting_with(\"a\") %}{% endif %}", 3, &["have names", "starting_with(pat=\"a\")"]),
        ("{% if page.seed is divisible_by(2) %}{% endif %}", 3, &["have names", "divisible_by(divisor=2)"]),
        ("{{ page.title | round }}", 3, &["`round` takes a number", "`page.title` is a text"]),
        ("{{ page.title | join(sep=\", \") }}", 3, &["`join` takes a list"]),
        ("{{ page.seed | upper }}", 3, &["`upper` takes a text"]),
        ("{{ page.title | truncate(lenth=9) }}", 3, &["did you mean `length`?"]),
        ("{{ t.sessions | plural }}", 3, &["`plural` needs `n`", "plural(n=…)"]),
        ("{{ t.sessions | plural(n=\"6\") }}", 3, &["`n` of `plural` takes a number"]),
        ("{{ t.sessions | fill(n=6) }}", 3, &["a form for each kind of number", "plural(n=…)"]),
        ("{{ t.sessions }}", 3, &["a form for each kind of number", "plural(n=…)"]),
        ("{{ t.as_of | fill(day=page.title) }}", 3, &["would read `{date}`", "fill(date=…)"]),
        ("{{ t.as_of }}", 3, &["would read `{date}`"]),
        ("{{ t.formats }}", 3, &["a group of words"]),
        ("{% for f in faqs | sort(attribute=\"qestion\") %}{% endfor %}", 3, &["have no field `qestion`", "question"]),
        ("{{ page.title | shout }}", 3, &["unknown filter `shout`"]),
        ("{{ page.title | upcase }}", 3, &["the filter is `upper`"]),
        ("{{ page.title | strip_html }}", 3, &["leave it out"]),
        ("{{ page.title | uper }}", 3, &["did you mean `upper`?"]),
        ("{{ page.title | date(format=\"%Y\") }}", 3, &["dates come ready"]),
        ("{{ now() }}", 3, &["templates know no day"]),
        ("{{ rnge(end=3) }}", 3, &["did you mean `range`?"]),
        ("{% if page.title is empty %}{% endif %}", 3, &["{% if not x %}"]),
        ("{% if page.title is strng %}{% endif %}", 3, &["did you mean `string`?"]),
        ("{{ forloop.index }}", 3, &["nothing called `forloop`", "loop.index"]),
        // Components.
        ("{{ <Portrit person={page} /> }}", 3, &["unknown component `Portrit`", "did you mean `<Portrait …>`?"]),
        ("\n{{ <Portrait /> }}", 4, &["`<Portrait>` needs `person`", "person={…}"]),
        ("{{ <List itms={[1]} items={[1]} /> }}", 3, &["no argument `itms`", "did you mean `items`?"]),
        ("{{ <Head role={3} /> }}", 3, &["`role` of `<Head>` takes a text", "role=\"3\""]),
        ("{{ <Portrait person={page} eager=\"true\" /> }}", 3, &["takes true or false", "eager={true}"]),
        ("{% <Part headng=\"x\"> %}y{% </Part> %}", 3, &["no argument `headng`", "did you mean `heading`?"]),
        // Files.
        ("{% include \"partials/hedaer.html\" %}", 3, &["partials/header.html"]),
        ("{% include \"footer.html\" %}", 3, &["partials/footer.html"]),
        // What is not closed.
        ("{% if page.title %}\nx", 3, &["`{% if page.title %}` is never closed", "{% endif %}"]),
        ("x\n{% for f in faqs %}\n{{ f.question }}", 4, &["`{% for f in faqs %}` is never closed", "{% endfor %}"]),
        ("{% for f in faqs %}\n{% if f.question %}\n{% endfor %}", 4, &["`{% if f.question %}` is never closed"]),
        (
            "{% if page.title %}{% for f in faqs %}{% endif %}{% endfor %}",
            3,
            &["`{% endif %}` comes before `{% endfor %}`"],
        ),
        ("{% endif %}", 3, &["`{% endif %}` closes nothing"]),
        ("{% if page.title %}{% endfor %}{% endif %}", 3, &["`{% endfor %}` closes nothing", "{% if page.title %}"]),
        ("{% else %}", 3, &["belongs to no `{% if %}`"]),
        ("{% if page.title %}{% else if faqs %}{% endif %}", 3, &["{% elif"]),
        ("\n{% <Part heading=\"x\"> %}y", 4, &["`{% <Part heading=\"x\"> %}` is never closed", "{% </Part> %}"]),
        ("{% <Part heading=\"x\"> %}y{% </Prt> %}", 3, &["`{% </Prt> %}` closes nothing"]),
        ("\n{# a comment\n", 4, &["comment", "`#}`"]),
        ("{% raw %}{{ x }}", 3, &["{% raw %}", "{% endraw %}"]),
        ("{{ page.title\n<p>{{ page.title }}</p>", 3, &["`{{` that opens here is never closed", "`}}`"]),
        ("{% if page.title\n{% endif %}", 3, &["`{%` that opens here is never closed"]),
        ("{{ page.title %}", 3, &["can't close `{{`", "`}}`"]),
        ("\n{{ page.title | replace(from=\"a, to=\"b\") }}{{ page.title }}", 4, &["quotation mark"]),
        ("{% set a %}x", 3, &["never closed", "{% endset %}"]),
        // Other languages.
        ("{% unless page.title %}x{% endunless %}", 3, &["no tag `{% unless %}`", "{% if not"]),
        ("{% assign x = 1 %}", 3, &["{% set name"]),
        ("{% fro f in faqs %}{% endfor %}", 3, &["did you mean `for`?"]),
        ("{{ page.title | default: '' }}", 3, &["in brackets", "default(value='')"]),
        ("{{ page.title | date: \"%Y\" }}", 3, &["dates come ready"]),
        ("{{ site.licences | join(\", \") }}", 3, &["join(sep=\", \")"]),
        ("{% if page.title && faqs %}{% endif %}", 3, &["`and`"]),
        ("{% if !page.title %}{% endif %}", 3, &["`not`"]),
        ("{% include \"partials/header.html\" with a=1 %}", 3, &["takes no arguments"]),
        ("{% render 'card' %}", 3, &["{% include"]),
    ];
    let mut wrong = Vec::new();
    for (piece, line, parts) in faults {
        let template = after(piece);
        let sources = wearing(&[(PAGE_HTML, &template)]);
        let built = build(&sources);
        let said = told(&built, &sources);
        let at = format!("{PAGE_HTML}:{line}:");
        let right = matches!(&said[..], [one] if one.starts_with(&at) && parts.iter().all(|part| one.contains(part)));
        if !right || !built.diagnostics.has_errors() {
            wrong.push(format!("{piece}\n  expected line {line}, {parts:?}\n  {said:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_works_is_left_alone() {
    let fine: &[&str] = &[
        "{% for faq in faqs %}{{ faq.question }}{{ faq.answer_html | safe }}{% endfor %}",
        "{% for key, href in theme.files %}{{ key }}{{ href }}{% endfor %}",
        "{% for word in page.title | split(pat=\" \") %}{{ word }}{% endfor %}",
        "{% for n in range(end=3) %}{{ n }}{% endfor %}",
        "{% for key, value in site.crisis %}{{ key }}{% endfor %}",
        "{{ faqs | length }}{{ page.title | length }}{{ site.licences | join(sep=\", \") }}",
        "{{ page.title | escape | safe }}{{ page.title | escape | newlines_to_br | safe }}",
        "{{ body.html | safe }}{{ body.html | default(value=\"\") | safe }}",
        "{{ \"<br>\" | safe }}{{ t.as_of | fill(date=\"x\") }}",
        "{% set a = \"<br>\" %}{{ a | safe }}{% set b %}<b>{{ page.title }}</b>{% endset %}{{ b | safe }}",
        "{% if page.kind == \"services\" or page.kind != \"faq\" %}x{% endif %}",
        "{% if page.title == site.name and page.seed > 5 and page.seed + 1 == 6 %}x{% endif %}",
        "{{ page.title ~ \" \" ~ page.seed }}",
        "{{ faqs[0].question if faqs else \"\" }}",
        "{% set long = [faq for faq in faqs if faq.question] %}{% for one in long %}{{ one.question }}{% endfor %}",
        "{% set a = \"x\" %}{% if faqs %}{% set a = faqs %}{% endif %}{% for x in a %}{{ x }}{% endfor %}",
        "{{ t.formats[\"video\"] }}{% for f in site.contact_ways %}{{ f }}{% endfor %}",
        "{{ t.sessions | plural(n=6) }}{{ t.sessions | plural(n=faqs | length) }}",
        "<p data-words=\"{{ t.as_of }}\"></p>",
        "{{ <List items={[page.title]} /> }}{% <Part heading={page.title}> %}x{% </Part> %}",
        "{% for group, ones in faqs | group_by(attribute=\"question\") %}{{ group }}{% for one in ones %}{{ one.question }}{% endfor %}{% endfor %}",
        "{# {% if %} #}{% raw %}{% for %}{{ x }{% endraw %}",
        "{% filter upper %}x{% endfilter %}{{ super() }}",
        "{% if not faqs is defined %}{% elif page.title is containing(pat=\"x\") %}{% else %}{% endif %}",
        "{% for faq in faqs | reverse %}{{ loop.index }}{{ faq.question }}{% else %}none{% endfor %}",
        "{% if \"a\" in page.title %}{{ 1.5 * 2 }}{{ -1 }}{{ (2 | int) / 3 }}{% endif %}",
    ];
    for piece in fine {
        let template = after(piece);
        let sources = wearing(&[(PAGE_HTML, &template)]);
        let built = build(&sources);
        assert_eq!(told(&built, &sources), [""; 0], "{piece}");
        assert!(support::has(&built, "a-page/index.html"));
    }
}

#[test]
fn plain_text_with_safe_is_an_error_of_its_own() {
    let sources = wearing(&[(PAGE_HTML, &after("{{ page.title | safe }}"))]);
    let built = build(&sources);
    let finding = built.diagnostics.iter().find(|finding| finding.code.name == "unsafe-text").expect("it is told");
    assert_eq!(finding.severity, Severity::Error);
}

#[test]
fn a_fault_in_a_component_names_who_called_it() {
    let parts = "{% component Bad(n) %}\n{{ n | int }}\n{% endcomponent %}";
    let sources =
        wearing(&[("themes/own/templates/partials/own.html", parts), (PAGE_HTML, &after("\n{{ <Bad n=\"x\" /> }}"))]);
    let built = build(&sources);
    let faults: Vec<&Diagnostic> =
        built.diagnostics.iter().filter(|finding| finding.code.name == "template-fault").collect();
    let [fault] = &faults[..] else { panic!("{:#?}", told(&built, &sources)) };
    assert!(say(fault, &sources).starts_with("themes/own/templates/partials/own.html:2:"), "{}", say(fault, &sources));
    let (caller, text) = fault.related.first().expect("a caller");
    let line = report::position(&sources, caller).unwrap().line;
    assert_eq!(
        (caller.path.as_str(), line, text.as_str()),
        (PAGE_HTML, 4, "called from themes/own/templates/page.html:4")
    );
}

#[test]
fn a_component_sees_its_arguments_only() {
    let component = |arguments: &str| {
        let text = format!(
            "{{% component Own({arguments}) %}}\n{{% if page.title %}}x{{% endif %}}{{% if body %}}y{{% endif %}}\n{{% endcomponent %}}"
        );
        let sources =
            wearing(&[("themes/own/templates/partials/own.html", &text), (PAGE_HTML, &after("{{ <Own /> }}"))]);
        told(&build(&sources), &sources)
    };
    let said = component("");
    assert!(matches!(&said[..], [one] if one.contains("own.html:2:") && one.contains("add `@page`")), "{said:#?}");
    assert_eq!(component("@page"), [""; 0]);
}

#[test]
fn what_a_template_sets_is_seen_by_those_that_it_includes() {
    let sources = wearing(&[
        ("themes/own/templates/partials/own.html", "{{ kept }}{% if kpt %}{% endif %}"),
        (PAGE_HTML, &after("{% set kept = 1 %}{% include \"partials/own.html\" %}")),
    ]);
    let said = told(&build(&sources), &sources);
    assert!(matches!(&said[..], [one] if one.contains("nothing called `kpt`")), "{said:#?}");
}

#[test]
fn a_broken_theme_file_is_told_alone() {
    let page = after("{{ theme.settings.big }}{{ theme.settings.color_paper }}");
    let practice = format!("{}theme:\n  name: own\n  preset: dusk\n  settings:\n    big: 1\n", support::PRACTICE);
    for broken in [
        "name: [\nversion: 0.1.0\napi: 1\nextends: linen\n",
        &format!("{THEME}settings: {{ big: {{ type: colur, label: B, default: x }} }}\n"),
        &THEME.replace("api: 1", "api: 7"),
    ] {
        let sources =
            wearing(&[("themes/own/theme.yaml", broken), ("content/practice.yaml", &practice), (PAGE_HTML, &page)]);
        let found = support::lines(&build(&sources), &sources);
        assert!(matches!(&found[..], [one] if one.contains("themes/own/theme.yaml")), "{broken}: {found:#?}");
    }
}

#[test]
fn a_template_that_cannot_be_read_is_not_followed_by_what_comes_of_it() {
    // The others use a block and a component of the broken file, and its pages lack everything.
    let broken = "<!doctype html>\n{% block after %}{% endblock %}{% block own %}{% endblock %}\n{% component Own(a) %}{{ a }}{% endcomponent %}\n{% if page.titel %}";
    let sources = wearing(&[
        ("themes/own/templates/base.html", broken),
        (
            PAGE_HTML,
            "{% extends \"base.html\" %}{% block own %}{{ <Own a=\"x\" /> }}{% block facts %}{% endblock %}{% endblock %}",
        ),
    ]);
    let built = build(&sources);
    let found = support::lines(&built, &sources);
    assert!(matches!(&found[..], [one] if one.contains("base.html:4")), "{found:#?} {:#?}", told(&built, &sources));
}

#[test]
fn a_misspelt_name_is_told_once_and_not_what_follows_from_it() {
    let footer = "<footer>{% if site.crissis %}x{% endif %}{{ site.crissis.lines }}{% for l in site.licenses %}{% endfor %}</footer>";
    let sources = wearing(&[("themes/own/templates/partials/footer.html", footer)]);
    let said = told(&build(&sources), &sources);
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said.iter().all(|one| one.contains("footer.html:1") && one.contains("`site` has no field")), "{said:#?}");
}

#[test]
fn templates_that_nothing_uses_are_told_with_the_file_that_is_meant() {
    let meant = [
        ("services.html", "services are listed by `list.html`"),
        ("blog.html", "articles are listed by `list.html`"),
        ("post.html", "`resource.html`"),
        ("about.html", "`page.html`"),
        ("therapist.html", "`practitioner.html`"),
        ("team.html", "people are listed by `list.html`"),
        ("index.html", "`home.html`"),
        ("footer.html", "`partials/footer.html`"),
        ("partials/page.html", "`page.html`"),
        ("srevice.html", "did you mean `service.html`?"),
    ];
    let text = "{% extends \"base.html\" %}";
    let paths: Vec<String> = meant.iter().map(|(file, _)| format!("themes/own/templates/{file}")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), text)).collect();
    let sources = wearing(&files);
    let built = build(&sources);
    let said = told(&built, &sources);
    assert_eq!(said.len(), meant.len(), "{said:#?}");
    for (file, part) in meant {
        let one = said.iter().find(|one| one.contains(&format!("/templates/{file}:"))).expect(file);
        assert!(one.contains("no page is made with") && one.contains(part), "{one}");
    }
    assert!(!built.diagnostics.has_errors());
    // A kind's own, another theme's, one that is included, and one whose component is called.
    let used = wearing(&[
        ("themes/own/templates/thanks.html", text),
        ("themes/own/templates/partials/directive-faq.html", "{{ <Own /> }}"),
        ("themes/own/templates/partials/own.html", "{% component Own() %}x{% endcomponent %}"),
        ("themes/own/templates/partials/services.html", "x"),
        (PAGE_HTML, &after("{% include \"partials/services.html\" %}")),
    ]);
    let said: Vec<String> =
        told(&build(&used), &used).into_iter().filter(|one| one.contains("no page is made")).collect();
    assert_eq!(said, [""; 0]);
}

#[test]
fn a_file_that_another_extends_and_that_is_not_there_is_told_with_the_one_that_is_meant() {
    for (parent, part) in
        [("layout.html", "`base.html`"), ("linen/pag.html", "page.html"), ("index.html", "`home.html`")]
    {
        let sources =
            wearing(&[(PAGE_HTML, &format!("{{% extends \"{parent}\" %}}\n{{% block main %}}x{{% endblock %}}"))]);
        let said = told(&build(&sources), &sources);
        assert!(
            matches!(&said[..], [one] if one.contains("page.html:1:") && one.contains(part)),
            "{parent}: {said:#?}"
        );
    }
}

#[test]
fn a_block_that_a_file_of_the_site_leaves_out_is_told_there() {
    let page = "{% extends \"base.html\" %}\n{% block main %}<h1>{{ page.title }}</h1>{% endblock %}";
    let sources = wearing(&[(PAGE_HTML, page)]);
    let said = told(&build(&sources), &sources);
    let meant = ["`faq.html` fills the block `after`", "`policy.html` fills the block `facts`"];
    let is_told = |part: &&str| said.iter().any(|one| one.starts_with(PAGE_HTML) && one.contains(*part));
    assert!(said.len() == meant.len() && meant.iter().all(is_told), "{said:#?}");
}

#[test]
fn the_built_in_templates_are_fine_as_a_sites_own() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    for theme in ["base", "harbor", "meadow"] {
        let mut files = Vec::new();
        let mut folders = vec![folder.join(theme).join("templates")];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                if entry.is_dir() {
                    folders.push(entry);
                } else {
                    let inside =
                        entry.strip_prefix(folder.join(theme)).expect("inside").to_str().expect("a name").to_string();
                    files.push((format!("themes/own/{inside}"), std::fs::read_to_string(&entry).expect("a text")));
                }
            }
        }
        let mut own: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let manifest = THEME.replace("linen", if theme == "base" { "linen" } else { theme });
        own.push(("themes/own/theme.yaml", &manifest));
        let sources = wearing(&own);
        assert_eq!(told(&build(&sources), &sources), [""; 0], "{theme}");
    }
}
