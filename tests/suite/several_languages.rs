//! A site in several languages: one fact once, its words in each.
//!
//! Pages are read as visitors and search engines get them; findings as the authors of either file do.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anteroom::options::Options;
use anteroom::output::File;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::rename;
use anteroom::source::{SourcePath, Sources};
use anteroom::specimen;
use scraper::{ElementRef, Html, Selector};

use crate::support::{self, ANA, Folder, build, codes, lines, page};

const DE: &str = "\
name: Haus am See
description: Eine Praxis für die Tests.
languages: [de, en]
kind: coaching
jurisdictions: [GB]
base_url: https://haus-am-see.org
email: post@haus-am-see.org
currency: EUR
cancellation: Bitte sagen Sie zwei Tage vorher ab.
locations: [{ label: Praxis, area: London, hours: { monday: \"09:00-17:00\" } }]
notices: [{ text: Wir sind im Urlaub. }]
";
const EN: &str = "description: A practice for tests.\ncancellation: Please cancel two days before.\nlocations: [{ label: Rooms }]\nnotices: [{ text: We're away. }]\n";
const TRAUER: &str = "---\ntitle: Trauer\nsummary: Für alle, die jemanden verloren haben.\nkind: coaching\nformats: [video]\nprice: { amount: 110 }\npractitioners: [ana]\n---\nTrauer braucht Zeit.\n";
const GRIEF: &str =
    "---\ntitle: Grief\nsummary: For everybody who has lost someone.\nslug: grief\n---\nGrief takes time.\n";

fn bilingual(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    let usual = [
        ("content/practice.yaml", DE),
        ("content/practice.en.yaml", EN),
        (
            "content/practitioners/ana.md",
            "---\nname: Ana Lopez\nrole_title: Begleiterin\nlocations: [Praxis]\n---\nAna hört zu.\n",
        ),
        ("content/practitioners/ana.en.md", "---\nrole_title: Coach\n---\nAna listens.\n"),
        ("content/services/trauer.md", TRAUER),
        ("content/services/trauer.en.md", GRIEF),
    ];
    for (path, text) in usual.iter().chain(files) {
        sources.insert_text(path, *text);
    }
    sources
}

fn specimen() -> (Sources, Build) {
    let sources = specimen::sources("bilingual", &Sources::default());
    let build = pipeline::build(&sources, &Options::for_day(specimen::DAY), &mut Cache::off());
    (sources, build)
}

/// A site with French of Canada first, to see that nothing hangs on German.
fn canadian() -> Build {
    let practice = "name: Maison calme\ndescription: Une pratique pour les tests.\nlanguages: [fr-CA, en-CA]\nkind: coaching\n\
                    jurisdictions: [CA-QC]\nbase_url: https://maison.org/sous\nemail: a@maison.org\ncurrency: CAD\n";
    let service = "---\ntitle: Deuil\nsummary: Pour qui a perdu quelqu’un.\nkind: coaching\nformats: [video]\nprice: { amount: 149.99 }\n---\nLe deuil.\n";
    let mut sources = Sources::default();
    sources.insert_text("content/practice.yaml", practice);
    sources.insert_text("content/practice.en.yaml", "description: A practice for tests.\n");
    sources.insert_text("content/services/deuil.md", service);
    sources.insert_text(
        "content/services/deuil.en.md",
        "---\ntitle: Grief\nsummary: For anyone who has lost someone.\nslug: grief\n---\nGrief.\n",
    );
    build(&sources)
}

/// Every finished page by its path.
fn pages(build: &Build) -> BTreeMap<String, String> {
    let files = build.output.iter().flat_map(|output| &output.files);
    let pages = files.filter_map(|(path, file)| match file {
        File::Made(bytes) if path.as_str().ends_with(".html") => {
            Some((path.as_str().to_string(), String::from_utf8(bytes.to_vec()).unwrap()))
        }
        _ => None,
    });
    pages.filter(|(_, html)| !html.contains("http-equiv=\"refresh\"")).collect()
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The file at an address of the site.
fn file_of(url: &str, base: &str) -> String {
    let path = url.strip_prefix(base).unwrap_or_else(|| panic!("{url} isn't on {base}")).trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() }
}

#[test]
fn pairs_are_reciprocal_and_nothing_borrowed_is_in_one() {
    for build in [specimen().1, canadian()] {
        let base = build.base_url.clone();
        let pages = pages(&build);
        let mut pairs = 0;
        for (path, html) in &pages {
            let document = Html::parse_document(html);
            let links = |document: &Html| -> BTreeSet<(String, String)> {
                let links = all(document, "link[rel=alternate][hreflang]");
                let attribute = |link: &ElementRef<'_>, name: &str| link.value().attr(name).unwrap().to_string();
                links.iter().map(|link| (attribute(link, "hreflang"), attribute(link, "href"))).collect()
            };
            let own = links(&document);
            let is_borrowed = !all(&document, ".borrowed").is_empty();
            if is_borrowed {
                assert!(own.is_empty(), "{path} is borrowed and in a pair");
                assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
                continue;
            }
            for (language, url) in &own {
                let other = pages.get(&file_of(url, &base)).unwrap_or_else(|| panic!("{path} names {url}"));
                let other = Html::parse_document(other);
                assert_eq!(links(&other), own, "{path} and {url}");
                if language != "x-default" {
                    let root = all(&other, "html")[0].value().attr("lang").unwrap();
                    assert_eq!(root, language, "{url}");
                }
                pairs += 1;
            }
            if !own.is_empty() {
                let canonical = all(&document, "link[rel=canonical]")[0].value().attr("href").unwrap();
                assert!(own.iter().any(|(_, url)| url == canonical), "{path} isn't among its own pair");
            }
        }
        assert!(pairs > 20, "{pairs}");
        // What the lists of pages say is what the pages say.
        for list in ["sitemap.xml", "en/sitemap.xml"] {
            let xml = page(&build, list);
            assert!(xml.contains("hreflang=") && !xml.contains("gruppe/</loc><xhtml"), "{list}");
            assert!(page(&build, "robots.txt").contains(&format!("/{list}\n")));
        }
    }
}

#[test]
fn every_page_leads_to_the_other_language() {
    for build in [specimen().1, canadian()] {
        let pages = pages(&build);
        for (path, html) in &pages {
            let document = Html::parse_document(html);
            let entries = all(&document, ".languages li");
            assert_eq!(entries.len(), 2, "{path}");
            let links = all(&document, ".languages a");
            let [link] = links.as_slice() else { panic!("{path}: {} links", links.len()) };
            assert_eq!(link.value().attr("lang"), link.value().attr("hreflang"));
            if path.ends_with("404.html") {
                continue;
            }
            // The way from the page to the file that is published there.
            let from = url::Url::parse(&format!("https://x.example/{path}")).unwrap();
            let to = from.join(link.value().attr("href").unwrap()).unwrap();
            let file = file_of(to.as_str(), "https://x.example");
            let other = pages.get(&file).unwrap_or_else(|| panic!("{path} leads to {file}"));
            let language = all(&Html::parse_document(other), "html")[0].value().attr("lang").unwrap().to_string();
            assert_eq!(Some(language.as_str()), link.value().attr("lang"), "{path}");
            let says_home = !all(&document, ".languages a .hidden").is_empty();
            let is_home = matches!(file.as_str(), "index.html" | "en/index.html");
            assert_eq!(says_home, is_home && !matches!(path.as_str(), "index.html" | "en/index.html"), "{path}");
        }
    }
}

/// The words of a page that are said to be in its own language, by the nearest `lang`.
fn words_in(document: &Html, language: &str) -> String {
    let mut words = String::new();
    for node in all(document, "body")[0].descendants().filter_map(|node| Some((node, node.value().as_text()?))) {
        let mut around = node.0.ancestors().filter_map(ElementRef::wrap);
        let lang = around.find_map(|element| element.value().attr("lang")).unwrap_or_default();
        if lang == language {
            words.push_str(node.1);
            words.push('\n');
        }
    }
    words
}

/// The sentences and words of a locale, those with gaps and short ones left out.
fn locale(name: &str) -> BTreeSet<String> {
    fn gather(value: &serde_yaml::Value, found: &mut BTreeSet<String>) {
        match value {
            serde_yaml::Value::String(text) if text.chars().count() > 6 && !text.contains('{') => {
                found.insert(text.clone());
            }
            serde_yaml::Value::Mapping(map) => map.values().for_each(|value| gather(value, found)),
            _ => {}
        }
    }
    #[expect(clippy::disallowed_methods, reason = "tests look at files")]
    let text = std::fs::read_to_string(format!("themes/base/locales/{name}.yaml")).unwrap();
    let mut found = BTreeSet::new();
    gather(&serde_yaml::from_str(&text).unwrap(), &mut found);
    found
}

#[test]
fn no_page_has_words_of_the_other_language_without_saying_so() {
    let (de, en) = (locale("de"), locale("en"));
    let both: BTreeSet<&String> = de.intersection(&en).collect();
    let (_, build) = specimen();
    for (path, html) in pages(&build) {
        let document = Html::parse_document(&html);
        let (own, wrong) = if path.starts_with("en/") { ("en-GB", &de) } else { ("de", &en) };
        assert_eq!(all(&document, "html")[0].value().attr("lang"), Some(own), "{path}");
        let words = words_in(&document, own);
        for line in words.lines().map(str::trim) {
            assert!(!wrong.contains(line) || both.contains(&line.to_string()), "{path}: {line}");
        }
    }
    // And the words of the specimen's own files: what only a German file says is on no English page as English.
    for (path, html) in pages(&build).iter().filter(|(path, _)| path.starts_with("en/")) {
        let words = words_in(&Html::parse_document(html), "en-GB");
        for german in ["Trauerbegleitung", "Einmal im Monat", "Überweisung", "Urlaub", "Erdgeschoss", "Gruppe für"] {
            assert!(!words.contains(german), "{path} says {german} as if it were English");
        }
    }
}

#[test]
fn a_fact_stands_once_and_shows_in_each_language() {
    let sources = bilingual(&[]);
    let before = build(&sources);
    assert_eq!(codes(&before), Vec::<&str>::new());
    let german = page(&before, "services/trauer/index.html");
    let english = page(&before, "en/services/grief/index.html");
    assert!(german.contains("110\u{a0}€"), "{german}");
    assert!(english.contains("€110"), "{english}");
    assert!(german.contains("Trauer braucht Zeit") && english.contains("Grief takes time"));
    // What a place is called is a word, and a person is still there.
    assert!(page(&before, "en/contact/index.html").contains("Rooms"));
    assert!(page(&before, "en/practitioners/ana/index.html").contains("Ana listens"));
    let mut edited = sources;
    edited.insert_text("content/services/trauer.md", TRAUER.replace("110", "120"));
    let after = build(&edited);
    assert!(page(&after, "services/trauer/index.html").contains("120\u{a0}€"));
    assert!(page(&after, "en/services/grief/index.html").contains("€120"));
}

#[test]
fn words_of_one_language_change_that_one_only() {
    let sources = bilingual(&[]);
    let mut cache = Cache::on();
    let before = pipeline::build(&sources, &support::options(), &mut cache);
    let mut edited = sources.clone();
    edited.insert_text("content/services/trauer.en.md", GRIEF.replace("takes time", "takes its time"));
    let after = pipeline::build(&edited, &support::options(), &mut cache);
    let (before, after) = (pages(&before), pages(&after));
    let changed: Vec<&String> =
        after.iter().filter(|(path, html)| before.get(*path) != Some(*html)).map(|(path, _)| path).collect();
    assert_eq!(changed, ["en/services/grief/index.html"]);
}

#[test]
fn a_site_of_one_language_has_nothing_of_this() {
    let sources = support::site(&[("content/practitioners/ana.md", ANA)]);
    let build = build(&sources);
    for (path, html) in pages(&build) {
        for none in ["hreflang", "class=\"band languages\"", "og:locale:alternate", "borrowed"] {
            assert!(!html.contains(none), "{path}: {none}");
        }
    }
    let output = build.output.unwrap();
    let style = output.files.iter().find(|(path, _)| path.as_str().ends_with(".css")).unwrap().1;
    assert!(matches!(style, File::Made(bytes) if !String::from_utf8_lossy(bytes).contains(".languages")));
}

#[test]
fn what_is_wrong_is_told_where_it_was_written() {
    let found = |files: &[(&str, &str)]| {
        let sources = bilingual(files);
        lines(&build(&sources), &sources)
    };
    let mut wrong = Vec::new();
    for (files, wanted) in [
        // A fact in a translation.
        (
            vec![(
                "content/services/trauer.en.md",
                "---\ntitle: Grief\nsummary: For everybody who has lost someone.\nprice: { amount: 100 }\n---\nGrief.\n",
            )],
            vec!["fact-in-translation content/services/trauer.en.md:4:10 \"amount\""],
        ),
        // A field that there is not.
        (
            vec![("content/services/trauer.en.md", "---\ntitle: Grief\nsumary: For everybody.\n---\nGrief.\n")],
            vec![
                "untranslated content/services/trauer.en.md",
                "unknown-field content/services/trauer.en.md:3:1 \"sumary\"",
            ],
        ),
        // A link of the translation's text.
        (
            vec![(
                "content/services/trauer.en.md",
                "---\ntitle: Grief\nsummary: For everybody who has lost someone.\n---\n[Where](nowhere.md)\n",
            )],
            vec!["broken-link content/services/trauer.en.md:5:9 \"nowhere.md\""],
        ),
        // A wrong value among the words, in its own place.
        (
            vec![(
                "content/services/trauer.en.md",
                "---\ntitle: Grief\nsummary: For everybody who has lost someone.\nslug: Two Words\n---\nGrief.\n",
            )],
            vec!["invalid-value content/services/trauer.en.md:4:7 \"Two Words\""],
        ),
        // A fault of the main file is told once, and there.
        (
            vec![("content/services/trauer.md", &TRAUER.replace("formats: [video]", "formats: [vidio]"))],
            vec!["invalid-value content/services/trauer.md:5:11 \"vidio\""],
        ),
        // Broken facts of a translation.
        (
            vec![("content/services/trauer.en.md", "---\ntitle: \"Grief\nsummary: x\n---\nGrief.\n")],
            vec!["yaml-syntax content/services/trauer.en.md:2:8 \"\\\"Grief\""],
        ),
        // A page without a translation, and one that is only begun.
        (
            vec![("content/about.md", "---\ntitle: Über uns\nweight: 1\n---\nWir.\n")],
            vec!["untranslated content/about.md"],
        ),
        (
            vec![
                ("content/about.md", "---\ntitle: Über uns\nweight: 1\n---\nWir.\n"),
                ("content/about.en.md", "---\ntitle: About\ndraft: true\n---\nUs.\n"),
            ],
            vec!["untranslated content/about.md"],
        ),
        // Figures that part company.
        (
            vec![("content/services/trauer.en.md", &GRIEF.replace("takes time", "takes 120 weeks"))],
            vec!["translation-behind content/services/trauer.en.md:6:13 \"120\""],
        ),
        // Lists that part company.
        (
            vec![
                ("content/practice.en.yaml", &format!("{EN}payment_methods: [Card]\n")),
                ("content/practice.yaml", &format!("{DE}payment_methods: [Karte, Bar]\n")),
            ],
            vec!["translation-behind content/practice.en.yaml:5:1 \"payment_methods\""],
        ),
        // Two pages at one address.
        (
            vec![
                ("content/en/services/grief.md", "---\ntitle: Loss\n---\nGrief.\n"),
                ("content/en/services/grief.en.md", "---\ntitle: Loss\n---\nGrief.\n"),
            ],
            vec!["duplicate-address content/en/services/grief.md"],
        ),
        // Two words for one thing.
        (
            vec![("content/practice.yaml", &DE.replace("languages: [de, en]", "language: fr\nlanguages: [de, en]"))],
            vec!["languages-disagree content/practice.yaml:3:11 \"fr\""],
        ),
    ] {
        let found = found(&files);
        if found != wanted {
            wrong.push((found, wanted));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn without_words_of_its_own_the_practice_is_told() {
    let mut sources = bilingual(&[]);
    sources.files.remove(&SourcePath::new("content/practice.en.yaml").unwrap());
    assert_eq!(codes(&build(&sources)), ["untranslated"]);
}

#[test]
fn what_one_language_has_alone_is_in_no_other_and_links_find_it() {
    let article =
        "---\ntitle: Nur deutsch\nsummary: Ein Text.\nauthor: ana\ndate: 2026-01-01\ntopics: [Trauer]\n---\nText.\n";
    let english = "---\ntitle: Only English\nsummary: A text.\nauthor: ana\ndate: 2026-02-01\ntopics: [Grief]\n---\nSee [the other one](deutsch.md) and [grief](../services/trauer.md).\n";
    let sources = bilingual(&[("content/resources/deutsch.md", article), ("content/resources/english.en.md", english)]);
    let build = build(&sources);
    assert_eq!(lines(&build, &sources), Vec::<String>::new());
    assert!(
        !support::has(&build, "en/resources/deutsch/index.html")
            && !support::has(&build, "resources/english/index.html")
    );
    let page = page(&build, "en/resources/english/index.html");
    assert!(page.contains("href=\"../../../resources/deutsch/\""), "{page}");
    assert!(
        page.contains("href=\"../../services/grief/\"") || page.contains("href=\"../../../en/services/grief/\""),
        "{page}"
    );
    // Each language has its feed, with its own articles.
    assert!(
        support::page(&build, "feed.xml").contains("Nur deutsch")
            && !support::page(&build, "feed.xml").contains("Only English")
    );
    assert!(
        support::page(&build, "en/feed.xml").contains("Only English")
            && !support::page(&build, "en/feed.xml").contains("Nur deutsch")
    );
}

#[test]
fn each_language_is_searched_by_itself() {
    let (_, mut build) = specimen();
    build.add_search();
    let index = |path: &str| page(&build, path);
    let (german, english) = (index("search/index.json"), index("en/search/index.json"));
    assert!(german.contains("services/trauer/") && !german.contains("\"en/"));
    // The search page of a language looks from its own home.
    assert!(english.contains("\"services/grief/\"") && !english.contains("trauer/"));
    assert!(
        page(&build, "en/search/index.html").contains("data-root=\"../../en/\"")
            || page(&build, "en/search/index.html").contains("data-root=\"../\"")
    );
}

#[test]
fn translations_go_where_their_original_goes() {
    let about = "---\ntitle: Über uns\nweight: 1\n---\nWir.\n";
    let sources =
        bilingual(&[("content/about.md", about), ("content/about.en.md", "---\ntitle: About us\n---\nUs.\n")]);
    let path = |path: &str| SourcePath::new(path).unwrap();
    let renaming =
        rename::rename(&sources, &support::options(), &path("content/about.md"), &path("content/team.md"), None)
            .unwrap();
    assert_eq!(
        renaming.files,
        [
            (path("content/about.en.md"), path("content/team.en.md")),
            (path("content/about.md"), path("content/team.md")),
        ]
    );
    let led: Vec<(&str, &str)> = renaming.addresses.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    assert_eq!(led, [("/en/about/", "/en/team/"), ("/about/", "/team/")]);
    // The site is whole afterwards, in both languages.
    let build = build(&renaming.applied(&sources));
    assert_eq!(codes(&build), Vec::<&str>::new());
    assert!(page(&build, "en/team/index.html").contains("About us"));
    let removal = rename::remove(&sources, &support::options(), &path("content/about.md"), None).unwrap();
    assert_eq!(removal.files, [path("content/about.en.md"), path("content/about.md")]);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests look at files")]
fn a_translation_is_laid_out_and_passes_once_it_is_translated() {
    let site = Folder::new("translation");
    let single = DE.replace("languages: [de, en]", "language: de");
    site.file("content/practice.yaml", &single);
    site.file("content/practitioners/ana.md", "---\nname: Ana Lopez\nrole_title: Begleiterin\n---\nAna hört zu.\n");
    site.file("content/services/trauer.md", TRAUER);
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_anteroom")).args(args).current_dir(site.path()).output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code(), said)
    };
    for file in ["trauer", "practice.yaml", "ana"] {
        let (status, said) = run(&["add", "translation", file, "en-GB"]);
        assert_eq!(status, Some(0), "{said}");
    }
    let read = |path: &str| std::fs::read_to_string(site.path().join(path)).unwrap();
    assert!(read("content/practice.yaml").contains("languages: [de, en-GB]\n"));
    let outline = read("content/services/trauer.en.md");
    assert!(outline.contains("title: \"[Trauer]\"") && !outline.contains("amount"), "{outline}");
    // What is begun stops nothing, and what stands in brackets is found once it's published.
    let (status, said) = run(&["build", "--today", "2026-11-22"]);
    assert_eq!(status, Some(0), "{said}");
    site.file(
        "content/services/trauer.en.md",
        &outline.lines().filter(|line| !line.starts_with("draft")).map(|line| format!("{line}\n")).collect::<String>(),
    );
    let (_, said) = run(&["check", "--today", "2026-11-22"]);
    assert!(said.contains("placeholder-text"), "{said}");
    // Nothing is overwritten, and nonsense is answered.
    let (status, said) = run(&["add", "translation", "trauer", "en"]);
    assert_eq!(status, Some(2), "{said}");
    for args in [["trauer", "klingonisch"], ["nirgends", "en"], ["trauer", "de"]] {
        let (status, said) = run(&["add", "translation", args[0], args[1]]);
        assert!(status == Some(2) && said.contains("help:"), "{args:?}: {said}");
    }
    let (status, said) = run(&["add", "page", "Two", "Words"]);
    assert!(status == Some(2) && said.contains("quotes"), "{said}");
}

#[test]
fn a_menu_says_which_of_its_words_are_borrowed() {
    let sources = bilingual(&[
        ("content/about.md", "---\ntitle: Über uns\nweight: 1\n---\nWir.\n"),
        ("content/datenschutz.md", "---\ntitle: Datenschutz\nlayout: policy\npolicy: { type: privacy }\n---\nWir.\n"),
    ]);
    // What writes itself, and a menu with a menu below it.
    let mut menu = sources.clone();
    let below = "children: [{ label: Datenschutz, to: datenschutz.md }]";
    let entries = format!("{DE}navigation: [{{ label: Über uns, to: about.md, {below} }}]\n");
    menu.insert_text("content/practice.yaml", entries);
    for sources in [sources, menu] {
        let build = build(&sources);
        for (path, html) in pages(&build).iter().filter(|(path, _)| path.starts_with("en/")) {
            let words = words_in(&Html::parse_document(html), "en");
            assert!(html.contains("Datenschutz") && html.contains("Über uns"), "{path}");
            assert!(!words.contains("Datenschutz") && !words.contains("Über uns"), "{path}: {words}");
        }
    }
}
