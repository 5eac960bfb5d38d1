//! The contract of themes: every built-in theme keeps it on the specimen sites, and a theme that lacks any one region
//! is told so.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use anteroom::contract::kinds;
use anteroom::diagnostic::{Diagnostic, Severity, codes};
use anteroom::options::Options;
use anteroom::source::Sources;
use anteroom::theme_check::{self, REGIONS, Report};
use anteroom::{pipeline, specimen};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);
const THEMES: [&str; 3] = ["linen", "harbor", "meadow"];

fn told(report: &Report) -> Vec<String> {
    let findings = report.findings.iter().map(|finding| format!("{}: {}", finding.code.name, finding.message));
    let faults = report.faults.iter().map(|fault| format!("{}: {} on {:?}", fault.part, fault.message, fault.pages));
    findings.chain(faults).collect()
}

#[test]
fn every_built_in_theme_keeps_the_contract() {
    for theme in THEMES {
        let report = theme_check::check(theme, &Sources::default());
        assert!(report.is_kept(), "{theme}: {:#?}", told(&report));
        assert!(
            report.pages > 60 && report.presets == 3,
            "{theme}: {} pages, {} presets",
            report.pages,
            report.presets
        );
    }
}

#[test]
fn the_demo_practice_keeps_the_contract_in_each() {
    let sources = anteroom::disk::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the demo can be read");
    for theme in THEMES {
        let options = Options { theme: Some(theme.into()), ..Options::for_day(TODAY) };
        let report = theme_check::check_on(&[("demo", sources.clone())], &options);
        assert!(report.is_kept(), "{theme}: {:#?}", told(&report));
    }
}

/// A file of base, as the program has it.
fn base(file: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/base").join(file);
    std::fs::read_to_string(path).expect("base has the file")
}

#[test]
fn taking_out_any_one_region_is_told() {
    let parts = "templates/partials/parts.html";
    let footer = "templates/partials/footer.html";
    // The region, the file, what is taken out, what stands there instead.
    let cuts: &[(&str, &str, &str, &str)] = &[
        ("language", "templates/base.html", " dir=\"{{ page.direction }}\"", ""),
        ("head", "templates/base.html", "<title>{{ page.head_title }}</title>", "<title>{{ site.name }}</title>"),
        ("skip-link", "templates/base.html", "<a class=\"skip\" href=\"#a-main\">{{ t.skip_to_content }}</a>", ""),
        ("heading", parts, "<h1>{{ page.title }}</h1>", "<p>{{ page.title }}</p>"),
        (
            "landmarks",
            "templates/base.html",
            "<main id=\"a-main\" tabindex=\"-1\"",
            "<div id=\"a-main\" tabindex=\"-1\"",
        ),
        ("navigation", parts, "{%- for child in entry.children %}", "{%- for child in [] %}"),
        (
            "current-page",
            parts,
            "<a href=\"{{ entry.href }}\"{% if entry.href == page.href %} aria-current=\"page\"",
            "<a href=\"{{ entry.href }}\"{% if entry.href == page.href %}",
        ),
        ("breadcrumbs", parts, "{{ <Breadcrumbs /> }}", ""),
        (
            "crisis-link",
            parts,
            "<a href=\"{% if site.crisis.href %}{{ site.crisis.href }}{% else %}#a-crisis{% endif %}\"{{ <Current href={site.crisis.href} /> }}>{{ t.crisis_help }}</a>",
            "<span>{{ t.crisis_help }}</span>",
        ),
        (
            "crisis-line",
            footer,
            "<div class=\"foot-crisis\" id=\"a-crisis\">",
            "<div class=\"foot-crisis\" id=\"a-crisis\" hidden>",
        ),
        ("notices", "templates/partials/notices.html", "{%- if site.notices -%}", "{%- if false -%}"),
        ("statement", footer, "{{ site.statement.text }}", ""),
        ("licences", footer, "<li>{{ line }}</li>", ""),
        ("policies", footer, "{{ <NavList entries={site.footer} /> }}", ""),
        ("contact-form", "templates/partials/form.html", "<label for=\"a-name\">{{ t.form.name }}</label>", ""),
        ("search-form", "templates/search.html", "{{ <SearchForm /> }}", ""),
        ("content", "templates/service.html", "{{ <Steps steps={service.what_to_expect} /> }}", ""),
    ];
    let regions: Vec<&str> = REGIONS.iter().map(|region| region.name).collect();
    assert_eq!(cuts.iter().map(|cut| cut.0).collect::<Vec<_>>(), regions, "a cut for each region");
    // Reading its pictures takes longer than building the site.
    let full = specimen::sources("full", &Sources::default());
    for (region, file, what, instead) in cuts {
        let whole = base(file);
        assert!(whole.contains(what), "{file} no longer has {what}");
        let mut sources = full.clone();
        sources.insert_text("themes/cut/theme.yaml", "name: cut\nversion: 1.0.0\napi: 1\nextends: linen\n");
        sources.insert_text(&format!("themes/cut/{file}"), whole.replace(what, instead));
        let build = pipeline::build(&sources, &with_theme("cut"), &mut pipeline::Cache::off());
        let broken: Vec<&Diagnostic> = promises(&build);
        let of_region = broken.iter().find(|finding| finding.message.contains(&format!("({region})")));
        let of_region = of_region.unwrap_or_else(|| panic!("without {region} in {file}: {broken:#?}"));
        let place = of_region.place.as_ref().expect("it names a template");
        assert_eq!(place.path.as_str(), format!("themes/cut/{file}"), "{region}");
        assert_eq!(of_region.severity, Severity::Error, "{region}");
    }
}

fn with_theme(name: &str) -> Options {
    Options { theme: Some(name.into()), ..Options::for_day(TODAY) }
}

/// What a build says of promises that its theme doesn't keep.
fn promises(build: &pipeline::Build) -> Vec<&Diagnostic> {
    build.diagnostics.iter().filter(|finding| finding.code == &codes::PROMISE_BROKEN).collect()
}

#[test]
fn own_templates_that_leave_nothing_out_are_told_nothing() {
    let demo = anteroom::disk::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the demo can be read");
    let own = |mut sources: Sources| {
        for theme in THEMES {
            let file = "templates/partials/footer.html";
            sources.insert_text(&format!("themes/{theme}/{file}"), base(file));
        }
        sources
    };
    let specimens = specimen::NAMES.iter().map(|name| (*name, specimen::sources(name, &Sources::default())));
    for (name, sources) in specimens.chain([("demo", demo)]) {
        let sources = own(sources);
        for theme in THEMES {
            let build = pipeline::build(&sources, &with_theme(theme), &mut pipeline::Cache::off());
            assert_eq!(promises(&build), Vec::<&Diagnostic>::new(), "{name} in {theme}");
        }
    }
}

#[test]
fn a_page_far_down_a_long_list_is_not_forgotten() {
    let part = "{% if site.licences -%}";
    let footer = base("templates/partials/footer.html");
    assert!(footer.contains(part), "the footer no longer has {part}");
    let footer = footer.replace(part, "{% if site.licences and page.title != \"Rest 1\" -%}");
    let mut sources = specimen::sources("small", &Sources::default());
    sources.insert_text("themes/linen/templates/partials/footer.html", footer);
    let licence = "---\nname: Ana\nlicences: [{ type: Heilpraktiker, number: \"1\", jurisdiction: DE }]\n---\nText.\n";
    sources.insert_text("content/practitioners/ana.md", licence);
    for day in 1..=28 {
        let text = format!("---\ntitle: Rest {day}\nsummary: S.\nauthor: ana\ndate: 2026-02-{day:02}\n---\nText.\n");
        sources.insert_text(&format!("content/resources/rest-{day}.md"), text);
    }
    let build = pipeline::build(&sources, &with_theme("linen"), &mut pipeline::Cache::off());
    let broken = promises(&build);
    assert!(broken.len() == 1 && broken[0].message.contains("on `resources/rest-1/index.html`"), "{broken:#?}");
}

#[test]
fn pages_hand_over_what_the_contract_says() {
    let options = Options::for_day(TODAY);
    let pages = pipeline::describe(&specimen::sources("full", &Sources::default()), &options).expect("linen loads");
    for kind in kinds::KINDS {
        let names: Vec<&str> = kinds::names(kind).into_iter().map(|(name, _)| name).collect();
        let of_kind: Vec<_> = pages.iter().filter(|page| page.names["page"]["kind"] == kind.name).collect();
        assert!(!of_kind.is_empty(), "the specimen has no page of the kind {}", kind.name);
        for page in of_kind {
            let given: Vec<&str> = page.names.keys().copied().collect();
            let more: Vec<_> = given.iter().filter(|name| !names.contains(name)).collect();
            assert!(more.is_empty(), "{}: {more:?} is handed over and not documented", page.file.as_str());
        }
    }
}

#[test]
fn the_specimen_exercises_every_field() {
    let options = Options::for_day(TODAY);
    let pages: Vec<_> = specimen::NAMES
        .iter()
        .flat_map(|site| pipeline::describe(&specimen::sources(site, &Sources::default()), &options).expect("it loads"))
        .collect();
    let mut never = Vec::new();
    for kind in kinds::KINDS {
        for (name, schema) in kinds::names(kind) {
            for field in kinds::fields(name, &schema) {
                let of_kind = pages.iter().filter(|page| page.names["page"]["kind"] == kind.name);
                let shown =
                    of_kind.filter_map(|page| page.names.get(name)).any(|value| kinds::is_given(value, &field.path));
                if !shown {
                    never.push(format!("{} {}", kind.name, field.path));
                }
            }
        }
    }
    // A person is the same wherever one is shown: what the person's own page shows is shown.
    let of_a_person = |path: &str| {
        let within = ["article.person.", "service.people[].", "sections[].person.", "sections[].people[]."];
        let field = within.iter().find_map(|role| path.strip_prefix(role)).map(|field| format!("person.{field}"));
        field.is_some_and(|field| !never.contains(&format!("practitioner {field}")))
    };
    // What one kind of page cannot have, another shows.
    let elsewhere = |path: &str| never.iter().filter(|one| one.ends_with(&format!(" {path}"))).count();
    let kinds_with = |path: &str| {
        let name = path.split(['.', '[']).next().unwrap_or_default();
        kinds::KINDS.iter().filter(|kind| kinds::names(kind).iter().any(|(known, _)| *known == name)).count()
    };
    let mut nowhere: Vec<String> = never
        .iter()
        .filter_map(|one| one.split_once(' ').map(|(_, path)| path.to_string()))
        .filter(|path| elsewhere(path) == kinds_with(path) && !of_a_person(path))
        .collect();
    nowhere.sort();
    nowhere.dedup();
    // Only the main navigation has links below links; structured data is not made yet.
    // A logo is a drawing there, and is never cropped.
    // No built-in theme has icons.
    let impossible = ["page.json_ld", "theme.icons"];
    // Beside the title of an article its picture is an ornament.
    let ornament = |path: &str| path.ends_with("image.alt") && !path.starts_with("page.");
    let of_pixels = |path: &str| {
        path.starts_with("site.logo.") || path.starts_with("site.logo_dark.") || path.contains(".memberships[].logo.")
    };
    // A theme may add fields, and no built-in one does: `own_fields` has themes that do.
    let of_theme = |path: &str| path.ends_with(".fields");
    // What can be in the main language's words for want of a translation: services and people.
    let in_words_of =
        |path: &str| path.ends_with(".lang") && !path.contains("services[]") && !path.contains("others[]");
    let borrowed = ["service.card.lang", "person.lang", "people[].lang"];
    let of_links = |path: &str| in_words_of(path) && !borrowed.contains(&path) && !path.starts_with("page.languages");
    nowhere.retain(|path| {
        !of_theme(path)
            && !of_links(path)
            && !path.contains(".children")
            && !impossible.contains(&path.as_str())
            && !of_pixels(path)
            && !ornament(path)
    });
    assert_eq!(nowhere, Vec::<String>::new());
}

#[test]
fn a_template_with_a_fault_is_told_and_not_what_its_page_lacks_then() {
    let mut themes = Sources::default();
    themes.insert_text("themes/own/theme.yaml", "name: own\nversion: 0.1.0\napi: 1\nextends: linen\n");
    themes.insert_text(
        "themes/own/templates/layouts/split.html",
        "{% extends \"page.html\" %}\n{% block content %}{% endblock %}\n",
    );
    let report = theme_check::check("own", &themes);
    let told: Vec<_> = report.findings.iter().map(|finding| finding.code.name).collect();
    assert_eq!((told, report.faults.len(), report.unasked), (vec!["template-fault"], 0, true), "{:?}", report.faults);
    themes.insert_text(
        "themes/own/templates/layouts/split.html",
        "{% extends \"page.html\" %}\n{% block after %}{% endblock %}\n",
    );
    let report = theme_check::check("own", &themes);
    assert!(!report.unasked && report.pages > 100, "{:?}", report.findings);
}
