//! The search of whole sites: which pages can be found by which words, and what browsers are given for it. What they do with
//! it is tried in `tests/browser/search.mjs`.

use std::collections::BTreeMap;

use crate::support::{ANA, PRACTICE, build, codes, has, options, page, site};
use anteroom::output::File;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::source::Sources;
use serde_json::Value;

const INDEX: &str = "search/index.json";

fn article(title: &str, text: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: About {title}.\ndate: 2026-01-02\nauthor: ana\ntopics: [loss]\n---\n{text}\n"
    )
}

fn small() -> Sources {
    site(&[
        ("content/practitioners/ana.md", ANA),
        ("content/resources/grief.md", &article("Grief", "Nobody grieves alone. *Un*usual tables turn.")),
        (
            "content/resources/sleep.md",
            &article("Sleep", "## Quiet nights\n\nA boundary helps; boundaries do. [Read on](grief.md)"),
        ),
        ("content/hidden.md", "---\ntitle: Hidden\nnoindex: true\n---\nXylophone.\n"),
    ])
}

#[test]
fn what_only_paper_shows_is_not_found() {
    let build = searched(&small());
    let html = page(&build, "resources/grief/index.html");
    assert!(html.contains("on-paper") && html.contains("quiet-harbour.org/sub/resources/grief/"), "{html}");
    let words = lookup(&build);
    assert!(words.contains_key("grieves"), "{:?}", words.keys());
    for word in ["https", "org", "quiet-harbour", "address"] {
        let pages = words.get(word).map_or(&[][..], |pages| pages);
        assert!(!pages.iter().any(|page| page == "resources/grief/"), "{word}: {pages:?}");
    }
}

fn searched(sources: &Sources) -> Build {
    let mut build = build(sources);
    build.add_search();
    build
}

/// The pages of each word, read as a browser reads them.
fn lookup(build: &Build) -> BTreeMap<String, Vec<String>> {
    let index: Value = serde_json::from_str(&page(build, INDEX)).unwrap();
    let data = |part: &Value| match part.get("file") {
        Some(file) => serde_json::from_str(&page(build, file.as_str().unwrap())).unwrap(),
        None => part["data"].clone(),
    };
    let flat = |name: &str| -> Vec<Value> {
        index[name].as_array().unwrap().iter().flat_map(|part| data(part).as_array().unwrap().clone()).collect()
    };
    let (postings, records) = (flat("postings"), flat("records"));
    assert_eq!(index["pages"], records.len());
    let mut pages = BTreeMap::new();
    for part in index["words"].as_array().unwrap() {
        let (mut before, mut next) = (String::new(), part["base"].as_u64().unwrap() as usize);
        for entry in data(part).as_str().unwrap().split(' ') {
            let (rest, back) = entry.split_once(':').unwrap_or((entry, ""));
            let shared = rest[..1].parse::<char>().unwrap().to_digit(36).unwrap() as usize;
            before = before.chars().take(shared).chain(rest[1..].chars()).collect();
            let stem = match back {
                "" => next,
                back => next - usize::from_str_radix(back, 36).unwrap(),
            };
            next += usize::from(back.is_empty());
            let (mut at, mut step, mut urls) = (-1, String::new(), Vec::new());
            for c in postings[stem].as_str().unwrap().rsplit('!').next().unwrap().chars() {
                if c.is_ascii_uppercase() {
                    at += if step.is_empty() { 1 } else { i64::from_str_radix(&step, 36).unwrap() };
                    urls.push(records[at as usize][0].as_str().unwrap().to_string());
                    step.clear();
                } else {
                    step.push(c);
                }
            }
            pages.insert(before.clone(), urls);
        }
    }
    pages
}

#[test]
fn words_lead_to_the_pages_that_have_them() {
    let build = searched(&small());
    assert!(codes(&build).is_empty(), "{:?}", codes(&build));
    let pages = lookup(&build);
    assert_eq!(pages["unusual"], ["resources/grief/"], "a mark in a word does not part it");
    assert_eq!(pages["boundary"], ["resources/sleep/"]);
    assert_eq!(pages["boundaries"], pages["boundary"]);
    assert!(pages["nights"].contains(&"resources/sleep/".to_string()), "headings are found");
    assert!(pages["grief"].contains(&"resources/grief/".to_string()));
    assert!(pages["listens"].contains(&"practitioners/ana/".to_string()));
    assert!(pages["crisis"].contains(&"crisis/".to_string()));
    assert!(!pages.contains_key("xylophone"), "a page that asks not to be found is not");
    let urls: Vec<&String> = pages.values().flatten().collect();
    assert!(urls.iter().all(|url| !url.starts_with("resources/topics") && *url != "search/" && *url != "resources/"));
}

#[test]
fn every_page_leads_to_the_search_and_only_the_search_runs_script_files() {
    let build = searched(&small());
    let html = |path: &str| page(&build, path).replace("&#39;", "'").replace("&#x27;", "'");
    let search = html("search/index.html");
    assert!(search.contains("<form class=\"form search-form\" role=\"search\" action=\"../search/\" method=\"get\">"));
    assert!(search.contains("script-src 'self' 'sha256-") && search.contains("name=\"robots\" content=\"noindex\""));
    assert!(search.contains("resources/topics/loss/"), "there are topics without a script");
    let script = search.split("<script src=\"../").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(page(&build, script).starts_with("(() => {"), "the script is published, without its comments");
    let integrity = search.split("integrity=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(search.contains(&format!("script-src 'self' '{integrity}'")), "{search}");
    let article = html("resources/grief/index.html");
    assert!(article.contains("href=\"../../search/\"") && !article.contains("script-src 'self'"), "{article}");
    assert!(!article.contains("assets/search") && page(&build, "404.html").contains("action=\"/sub/search/\""));
    assert!(page(&build, "resources/index.html").contains("role=\"search\""));
    assert!(page(&build, "_headers").contains("script-src 'self' 'sha256-"));
    assert!(!page(&build, "sitemap.xml").contains("/search/"));
}

#[test]
fn a_practice_can_do_without() {
    let mut sources = small();
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}search: false\n"));
    let build = searched(&sources);
    assert!(!has(&build, INDEX) && !has(&build, "search/index.html"));
    let files = &build.output.as_ref().unwrap().files;
    assert!(!files.keys().any(|path| path.as_str().ends_with(".js")), "nor is the script published");
    assert!(!page(&build, "index.html").contains("search/"));
    assert!(!page(&build, "_headers").contains("script-src 'self'"));
    // A few pages without articles.
    let build = searched(&site(&[("content/practitioners/ana.md", ANA)]));
    assert!(!has(&build, INDEX) && !has(&build, "search/index.html"));
}

#[test]
fn a_page_of_the_authors_takes_its_place() {
    let mut sources = small();
    sources.insert_text("content/search.md", "---\ntitle: My search\n---\nAsk me.\n");
    let build = searched(&sources);
    assert!(page(&build, "search/index.html").contains("Ask me.") && !has(&build, INDEX));
    assert!(!page(&build, "resources/index.html").contains("role=\"search\""));
}

#[test]
fn a_copy_for_a_disk_shows_the_ways_to_everything() {
    let options = anteroom::options::Options { portable: true, ..options() };
    let mut build = pipeline::build(&small(), &options, &mut Cache::off());
    build.add_search();
    let search = page(&build, "search/index.html");
    assert!(!has(&build, INDEX) && !search.contains("<form") && !search.contains("script src"));
    assert!(search.contains("topics/loss/index.html") && search.contains("opened from your computer"));
    assert!(!page(&build, "404.html").contains("<form"));
}

#[test]
fn a_large_site_has_its_index_in_parts() {
    let mut sources = small();
    for number in 0..300 {
        let words: String = (0..40).map(|word| format!("word{}x{word} ", number % 150)).collect();
        sources.insert_text(&format!("content/resources/a{number}.md"), article(&format!("Number {number}"), &words));
    }
    let build = searched(&sources);
    let index = page(&build, INDEX);
    assert!(index.contains("\"file\":\"assets/search/") && !index.contains("\"data\""), "{}", &index[..200]);
    assert!(index.len() < 4000, "the first file is small: {}", index.len());
    let pages = lookup(&build);
    assert_eq!(pages["word7x39"], ["resources/a157/", "resources/a7/"]);
    assert_eq!(pages["unusual"], ["resources/grief/"]);
    let parts =
        build.output.as_ref().unwrap().files.iter().filter(|(path, _)| path.as_str().starts_with("assets/search/"));
    for (path, file) in parts {
        let File::Made(bytes) = file else { panic!("{path:?} is made") };
        assert!(bytes.len() < 60_000, "{path:?}: {}", bytes.len());
    }
}

#[test]
fn the_same_site_has_the_same_index() {
    let sources = small();
    let cold = searched(&sources).output.unwrap();
    let mut cache = Cache::on();
    pipeline::build(&site(&[("content/practitioners/ana.md", ANA)]), &options(), &mut cache);
    let mut warm = pipeline::build(&sources, &options(), &mut cache);
    warm.add_search();
    assert_eq!(cold, warm.output.unwrap());
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(cold, one.install(|| searched(&sources)).output.unwrap());
}

#[test]
fn words_of_other_languages_have_their_own_stems() {
    let mut sources = site(&[
        ("content/practitioners/ana.md", ANA),
        ("content/resources/angst.md", &article("Angst", "Die Ängste der Eltern und große Gefühle.")),
    ]);
    sources.insert_text("content/practice.yaml", PRACTICE.replace("language: en", "language: de"));
    let pages = lookup(&searched(&sources));
    assert_eq!(pages["angste"], pages["angst"]);
    assert_eq!(pages["gefuhle"], ["resources/angst/"]);
    assert!(pages["grosse"].contains(&"resources/angst/".to_string()));
}
