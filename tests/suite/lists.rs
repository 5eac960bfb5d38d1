//! Lists of services and articles, and the table of fees: groups, pictures, and what several have in common.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use anteroom::source::Sources;
use scraper::{Html, Selector};

use crate::support::{PRACTICE, add_picture, build, codes, page, site};

fn said(html: &str, selector: &str) -> Vec<String> {
    let words =
        |element: scraper::ElementRef<'_>| element.text().collect::<String>().replace('\u{a0}', " ").trim().to_string();
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).map(words).collect()
}

fn service(title: &str, more: &str) -> (String, String) {
    let path = format!("content/services/{}.md", title.to_lowercase());
    (path, format!("---\ntitle: {title}\nsummary: S.\nkind: coaching\nformats: [video]\n{more}---\nText.\n"))
}

fn of(files: &[(String, String)]) -> Sources {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    site(&files)
}

#[test]
fn services_stand_under_the_headings_of_their_groups() {
    // The groups of three services in the order of their weights; the headings and the names in the order of the page.
    let cases: &[([&str; 3], &[&str])] = &[
        (["", "", ""], &["A", "B", "C"]),
        (["For two", "", ""], &["B", "C", "# For two", "A"]),
        (["For two", "For one", "For two"], &["# For two", "A", "C", "# For one", "B"]),
        (["For two", "for two", "For Two!"], &["# For two", "A", "B", "C"]),
        (["Für zwei", "\"1. Groups\"", "Für zwei"], &["# Für zwei", "A", "C", "# 1. Groups", "B"]),
    ];
    for (groups, expected) in cases {
        let files: Vec<_> = ["A", "B", "C"]
            .iter()
            .zip(groups)
            .enumerate()
            .map(|(weight, (title, group))| {
                let group = if group.is_empty() { String::new() } else { format!("group: {group}\n") };
                service(title, &format!("{group}weight: {weight}\n"))
            })
            .collect();
        let built = build(&of(&files));
        let told: Vec<_> = codes(&built).into_iter().filter(|code| *code == "heading-skipped").collect();
        assert_eq!(told, Vec::<&str>::new());
        // On the home page they stand under a heading of their own.
        for (file, level) in [("services/index.html", 2), ("index.html", 3)] {
            let html = page(&built, file);
            let document = Html::parse_document(&html);
            let all = Selector::parse(".group, .services :is(h2, h3, h4)").unwrap();
            let mut grouped = false;
            let read: Vec<String> = document
                .select(&all)
                .map(|element| {
                    let is_group = element.value().classes().any(|class| class == "group");
                    grouped |= is_group;
                    let wanted = if is_group || !grouped { level } else { level + 1 };
                    assert_eq!(element.value().name(), format!("h{wanted}"), "{file} {groups:?}");
                    format!("{}{}", if is_group { "# " } else { "" }, element.text().collect::<String>())
                })
                .collect();
            assert_eq!(read, *expected, "{file} {groups:?}");
        }
    }
}

#[test]
fn fees_stand_in_one_line_where_they_agree_and_are_compared_where_they_dont() {
    let terms = [
        "price: { amount: 90 }\nduration_min: 50\n",
        "price: { amount: 90 }\nduration_min: 80\n",
        "price: { amount: 120 }\nduration_min: 50\n",
    ];
    let packages = ["", "packages: [{ sessions: 6, price: 480 }]\n"];
    let owns = ["", "fees: { amount: 70 }\n"];
    for first in terms {
        for second in terms {
            for (package, other) in [(0, 0), (0, 1), (1, 1)] {
                for own in owns {
                    let files = [
                        service("One", &format!("{first}{}", packages[package])),
                        service("Two", &format!("{second}{}", packages[other])),
                        (
                            "content/practitioners/ana.md".to_string(),
                            format!("---\nname: Ana Lopez\nrole_title: Coach\n{own}---\nText.\n"),
                        ),
                    ];
                    let html = page(&build(&of(&files)), "fees/index.html");
                    let agree = first == second && package == other;
                    let in_a_line = agree && package == 0 && own.is_empty();
                    let case = format!("{first}{second}{package}{other}{own}");
                    assert_eq!(said(&html, ".one-fee").len(), usize::from(in_a_line), "{case}");
                    assert_eq!(said(&html, "table.fees").len(), usize::from(!in_a_line), "{case}");
                    let rows = said(&html, "table.fees tbody th");
                    let services = if agree { 1 } else { 2 };
                    let wanted = if in_a_line { 0 } else { services + usize::from(!own.is_empty()) };
                    assert_eq!(rows.len(), wanted, "{case}: {rows:?}");
                    for name in ["One", "Two"] {
                        let links = said(&html, "main a");
                        assert!(links.iter().any(|link| link == name), "{case}: {links:?}");
                    }
                    let main = said(&html, "main").join(" ");
                    assert!(main.contains("$90") || first.contains("120"), "{case}: {main}");
                    assert_eq!(main.contains("$480"), other == 1, "{case}");
                    assert_eq!(main.contains("$70"), !own.is_empty(), "{case}");
                }
            }
        }
    }
}

#[test]
fn one_fee_for_all_is_named_so_in_each_language() {
    for (language, words) in
        [("en", "Every service"), ("de", "Alle Angebote"), ("es", "Todos los servicios"), ("ar", "كل الخدمات")]
    {
        let terms = "price: { amount: 90 }\npackages: [{ sessions: 6, price: 480 }]\n";
        let mut sources = of(&[service("One", terms), service("Two", terms)]);
        sources
            .insert_text("content/practice.yaml", PRACTICE.replace("language: en", &format!("language: {language}")));
        let html = page(&build(&sources), "fees/index.html");
        assert!(said(&html, "table.fees tbody th")[0].starts_with(words), "{language}");
    }
}

#[test]
fn articles_show_their_picture_and_their_first_topic() {
    for picture in [false, true] {
        for topics in ["", "topics: [Sleep]\n", "topics: [Sleep, Body]\n"] {
            let image = if picture { "image: images/path.jpg\nimage_alt: A path\nimage_focus: left\n" } else { "" };
            let text = format!(
                "---\ntitle: Rest\nsummary: S.\nauthor: {{ name: Ana }}\ndate: 2026-11-01\n{topics}{image}---\nText.\n"
            );
            let mut sources = of(&[("content/resources/rest.md".to_string(), text)]);
            add_picture(&mut sources, "content/images/path.jpg");
            let built = build(&sources);
            for file in ["resources/index.html", "index.html"] {
                let html = page(&built, file);
                let case = format!("{file} {picture} {topics}");
                assert_eq!(said(&html, ".articles .card").len(), usize::from(picture), "{case}");
                assert_eq!(said(&html, ".articles img[alt=\"\"].focus-left").len(), usize::from(picture), "{case}");
                let named = said(&html, ".articles .when span");
                assert_eq!(named, if topics.is_empty() { vec![] } else { vec!["Sleep"] }, "{case}");
            }
        }
    }
}
