//! The table of works: what each is in BibTeX and in YAML, and how each style writes it, in the text and in the list.
//!
//! `works/table.yaml` says of every value where the style's own published manual has it or its pattern. A new case is one more
//! entry there.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::support::{self, ANA, build, lines, page, site};

#[derive(Deserialize)]
struct Row {
    key: String,
    /// What it's about, and where its values come from: for who reads the table.
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "from")]
    _from: BTreeMap<String, String>,
    #[serde(default, rename = "unsure")]
    _unsure: Vec<String>,
    #[serde(default)]
    cites: Vec<String>,
    bib: String,
    yaml: String,
    apa: Right,
    harvard: Right,
    vancouver: Right,
}

#[derive(Deserialize)]
struct Right {
    text: String,
    list: List,
}

#[derive(Deserialize, Clone)]
#[serde(untagged)]
enum List {
    One(String),
    Several(Vec<String>),
}

impl List {
    fn all(&self) -> Vec<String> {
        match self {
            List::One(one) => vec![one.clone()],
            List::Several(several) => several.clone(),
        }
    }
}

fn rows() -> Vec<Row> {
    serde_yaml::from_str(include_str!("works/table.yaml")).expect("the table")
}

/// The words of markup: italics between stars, as the table has them.
fn plain(html: &str) -> String {
    let html = html.replace("<em>", "*").replace("</em>", "*");
    let mut out = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => out.push(letter),
            _ => {}
        }
    }
    out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&quot;", "\"")
}

/// What a site prints of every row: the citation, and the list.
fn printed(style: &str, file: &str, works: &str) -> BTreeMap<String, (String, Vec<String>)> {
    let practice = support::PRACTICE.replace("language: en\n", &format!("language: en\ncitation_style: {style}\n"));
    let mut files = vec![
        ("content/practice.yaml".to_string(), practice),
        ("content/practitioners/ana-lopez.md".to_string(), ANA.to_string()),
        (file.to_string(), works.to_string()),
    ];
    for row in rows() {
        let cites = if row.cites.is_empty() { vec![row.key.clone()] } else { row.cites.clone() };
        let text = format!(
            "---\ntitle: A {}\nsummary: About {}\nauthor: ana-lopez\ndate: 2026-01-02\n---\n[@{}]\n",
            row.key,
            row.key,
            cites.join("; @")
        );
        files.push((format!("content/resources/{}.md", row.key), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let sources = site(&files);
    let built = build(&sources);
    assert_eq!(lines(&built, &sources), Vec::<String>::new(), "{style} {file}");
    let read = |row: Row| {
        let html = page(&built, &format!("resources/{}/index.html", row.key));
        let from = html.find("<p>").expect("a paragraph");
        let to = from + html[from..].find("</p>").expect("its end");
        let entries = html.split("<li id=\"ref-").skip(1).map(|entry| {
            let entry = entry.split_once('>').expect("an element").1;
            let entry = plain(&entry[..entry.find(" <span class=\"footnote-backs\"").expect("a way back")]);
            // The number before an entry.
            let number =
                entry.split_once(". ").filter(|(number, _)| style == "vancouver" && number.parse::<u8>().is_ok());
            number.map_or(entry.clone(), |(_, rest)| rest.to_string())
        });
        (row.key, (plain(&html[from..to]), entries.collect()))
    };
    rows().into_iter().map(read).collect()
}

#[test]
fn every_work_is_written_as_its_style_wants() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for style in ["apa", "harvard", "vancouver"] {
        for (file, format) in [("content/references.bib", "bib"), ("content/references.yaml", "yaml")] {
            let works: String =
                rows().iter().map(|row| format!("{}\n", if format == "bib" { &row.bib } else { &row.yaml })).collect();
            let printed = printed(style, file, &works);
            for row in rows() {
                let right = match style {
                    "apa" => row.apa,
                    "harvard" => row.harvard,
                    _ => row.vancouver,
                };
                let (text, list) = &printed[&row.key];
                count += 1;
                if *text != right.text {
                    wrong.push(format!("{style} {format} {} text\n  right {}\n  got   {text}", row.key, right.text));
                }
                for (index, right) in right.list.all().iter().enumerate() {
                    let got = list.get(index).map(String::as_str).unwrap_or_default();
                    if got != right {
                        wrong.push(format!("{style} {format} {} list\n  right {right}\n  got   {got}", row.key));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} rows\n{}", wrong.len(), wrong.join("\n"));
}

mod any {
    use proptest::prelude::*;

    use super::*;

    /// What people put into fields: much of it into the wrong one.
    fn value() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            "-",
            "--",
            "1-",
            "-1",
            "99-101",
            "A1, A4",
            "in press",
            "n.d.",
            "2014/2015",
            "0",
            "-1",
            "10.1/",
            "http://",
            "{}",
            "`` ''",
            "é",
            "\u{200d}",
            "III",
            "?",
            ".",
            "and others",
            "1000th",
            "5th ed., text rev.",
            "The",
            "A: b",
            "“x”",
            "’",
            "_a_ *b*",
        ]);
        prop_oneof![odd.prop_map(str::to_string), "[ a-zA-Z0-9.,:;'äß–-]{0,24}"]
    }

    const FIELDS: [&str; 20] = [
        "title",
        "author",
        "editor",
        "translator",
        "date",
        "page-range",
        "volume",
        "issue",
        "edition",
        "genre",
        "publisher",
        "location",
        "organization",
        "serial-number",
        "url",
        "note",
        "language",
        "archive",
        "doi",
        "parent",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        /// Whatever stands in an entry, the site is built or the entry is told, in every style.
        #[test]
        fn entry_is_answered(
            kind in prop::sample::select(vec!["article", "book", "chapter", "thesis", "report", "web", "video", "audio", "repository", "misc", "nothing"]),
            fields in prop::collection::btree_map(prop::sample::select(FIELDS.to_vec()), value(), 0..12),
            style in prop::sample::select(vec!["apa", "harvard", "vancouver"]),
        ) {
            let quoted = |text: &str| serde_json::to_string(text).unwrap();
            let lines: String = fields.iter().map(|(name, value)| match *name {
                "parent" => format!("  parent: {{ type: periodical, title: {}, volume: {} }}\n", quoted(value), quoted(value)),
                name => format!("  {name}: {}\n", quoted(value)),
            }).collect();
            let yaml = format!("k:\n  type: {kind}\n{lines}l: {{ type: book, title: L, author: \"Lee, A.\", date: 2014 }}\n");
            let of_bib = |name: &str| match name { "page-range" => "pages".to_string(), "serial-number" => "number".into(), "parent" => "journal".into(), "organization" => "school".into(), other => other.to_string() };
            let braced = |text: &str| text.replace(['{', '}', '\\', '%'], "");
            let bib: String = fields.iter().map(|(name, value)| format!("{} = {{{}}},\n", of_bib(name), braced(value))).collect();
            let bib = format!("@{kind}{{m,\n{bib}}}\n");
            let practice = support::PRACTICE.replace("language: en\n", &format!("language: en\ncitation_style: {style}\n"));
            let sources = site(&[
                ("content/practice.yaml", &practice),
                ("content/practitioners/ana-lopez.md", ANA),
                ("content/references.yaml", &yaml),
                ("content/references.bib", &bib),
                ("content/resources/a.md", "---\ntitle: A\nsummary: S\nauthor: ana-lopez\ndate: 2026-01-02\n---\n[@k; @l; @m, p. 3], @k says, and @m [p. 2].\n"),
            ]);
            let built = build(&sources);
            if !built.diagnostics.has_errors() {
                let html = page(&built, "resources/a/index.html");
                prop_assert!(html.contains("id=\"ref-k\"") && html.contains("id=\"ref-l\"") && html.contains("id=\"ref-m\""));
            }
        }
    }
}

/// Names in the text where a short one isn't enough, and what is cited again.
#[test]
fn works_that_would_be_named_alike_are_told_apart() {
    let works = "\
kapoor1: { type: article, title: A, author: [\"Kapoor, A.\", \"Bloom, B.\", \"Montez, C.\", \"Warner, D.\", \"Hill, E.\"], date: 2017 }
kapoor2: { type: article, title: B, author: [\"Kapoor, A.\", \"Bloom, B.\", \"Zucker, C.\", \"Lee, D.\"], date: 2017 }
who: { type: web, title: W, author: { name: World Health Organization, alias: WHO }, date: 2022 }
who2: { type: web, title: X, author: { name: World Health Organization, alias: WHO }, date: 2023 }
undated1: { type: book, title: One, author: \"Smith, J.\" }
undated2: { type: book, title: Two, author: \"Smith, J.\" }
";
    let text = |style: &str, text: &str| {
        let practice = support::PRACTICE.replace("language: en\n", &format!("language: en\ncitation_style: {style}\n"));
        let article = format!("---\ntitle: A\nsummary: S\nauthor: ana-lopez\ndate: 2026-01-02\n---\n{text}\n");
        let sources = site(&[
            ("content/practice.yaml", &practice),
            ("content/practitioners/ana-lopez.md", ANA),
            ("content/references.yaml", works),
            ("content/resources/a.md", &article),
        ]);
        let html = page(&build(&sources), "resources/a/index.html");
        let from = html.find("<p>").expect("a paragraph");
        plain(&html[from..from + html[from..].find("</p>").expect("its end")])
    };
    for (style, written, read) in [
        // APA 7, 8.18, its own example.
        ("apa", "[@kapoor1; @kapoor2]", "(Kapoor, Bloom, Montez, et al., 2017; Kapoor, Bloom, Zucker, & Lee, 2017)"),
        ("apa", "@kapoor1 says.", "Kapoor et al. (2017) says."),
        // 8.21.
        ("apa", "[@who] [@who] [@who2]", "(World Health Organization [WHO], 2022) (WHO, 2022) (WHO, 2023)"),
        ("apa", "@who and @who", "World Health Organization (WHO, 2022) and WHO (2022)"),
        ("apa", "[@undated1; @undated2]", "(Smith, n.d.-a, n.d.-b)"),
        ("apa", "[@undated1, p. 3; @undated2]", "(Smith, n.d.-a, p. 3; Smith, n.d.-b)"),
        ("harvard", "[@undated1; @undated2]", "(Smith, no date a, no date b)"),
        (
            "vancouver",
            "[@who; @who2] [@undated1] [@undated2] [@who; @who2; @undated1] [@who; @undated1; @undated2]",
            "[1,2] [3] [4] [1–3] [1,3,4]",
        ),
    ] {
        assert_eq!(text(style, written), read, "{style} {written}");
    }
}

/// Somebody's whole library: more than a page's facts may hold.
#[test]
fn a_long_list_of_works_is_read() {
    let one = |n: usize| {
        format!(
            "work{n}:\n  type: article\n  title: The alliance in psychotherapy number {n}\n  author: [\"Lee, A. {n}\", \"Ito, B.\"]\n  \
             date: 2014\n  page-range: 1-{n}\n  parent: {{ type: periodical, title: Psychotherapy, volume: 16, issue: 3 }}\n"
        )
    };
    let works: String = (0..2_000).map(one).collect();
    assert!(works.len() > 300_000);
    let sources = site(&[
        ("content/practitioners/ana-lopez.md", ANA),
        ("content/references.yaml", &works),
        (
            "content/resources/a.md",
            "---\ntitle: A\nsummary: S\nauthor: ana-lopez\ndate: 2026-01-02\n---\n[@work7; @work1999]\n",
        ),
    ]);
    let built = build(&sources);
    assert!(!built.diagnostics.has_errors());
    assert!(page(&built, "resources/a/index.html").contains("number 1999"));
}

/// What `add reference` writes reads back to the same work, in every style.
#[test]
fn a_work_that_is_written_into_the_list_is_the_same_work() {
    use anteroom::document::works::write;
    use anteroom::document::{Memo, parse_all};
    let bib: String = rows().iter().map(|row| format!("{}\n", row.bib)).collect();
    let read = |file: &str, works: &str| {
        let (documents, _) = parse_all(&site(&[(file, works)]), &mut Memo::off());
        documents.references.works
    };
    let works = read("content/references.bib", &bib);
    assert!(works.len() > 65, "{}", works.len());
    let yaml: String = works.iter().map(|(key, work)| write::entry(key, &work.work) + "\n").collect();
    let again = read("content/references.yaml", &yaml);
    assert_eq!(again.keys().collect::<Vec<_>>(), works.keys().collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for style in ["apa", "harvard", "vancouver"] {
        let printed = printed(style, "content/references.yaml", &yaml);
        for row in rows() {
            let right = match style {
                "apa" => row.apa,
                "harvard" => row.harvard,
                _ => row.vancouver,
            };
            let (text, list) = &printed[&row.key];
            if *text != right.text || *list != right.list.all() {
                let written = works.get(&row.key).map(|work| write::entry(&row.key, &work.work)).unwrap_or_default();
                wrong.push(format!(
                    "{style} {}\n  right {} {:?}\n  got   {text} {list:?}\n{written}",
                    row.key,
                    right.text,
                    right.list.all()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
