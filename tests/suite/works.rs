//! Works as reference managers and people write them, and as they are printed. A new case is one more row: the file,
//! how it's cited, what the text and the list say.

use crate::support::{self, ANA, build, lines, page, site};

/// The words of a finished article, without markup: its text and its list of works.
fn printed(style: &str, file: &str, works: &str, text: &str) -> (String, Vec<String>) {
    let practice = support::PRACTICE.replace("language: en\n", &format!("language: en\ncitation_style: {style}\n"));
    let article = format!("---\ntitle: A\nsummary: S\nauthor: ana-lopez\ndate: 2026-01-02\n---\n{text}\n");
    let sources = site(&[
        ("content/practice.yaml", &practice),
        ("content/practitioners/ana-lopez.md", ANA),
        ("content/resources/a.md", &article),
        (file, works),
    ]);
    let built = build(&sources);
    assert_eq!(lines(&built, &sources), Vec::<String>::new());
    let html = page(&built, "resources/a/index.html");
    let from = html.find("<p>").expect("a paragraph");
    let to = from + html[from..].find("</p>").expect("its end");
    let entries = html.split("<li id=\"ref-").skip(1).map(|entry| {
        let entry = entry.split_once('>').expect("an element").1;
        plain(&entry[..entry.find(" <span class=\"footnote-backs\"").expect("a way back")])
    });
    (plain(&html[from..to]), entries.collect())
}

fn plain(html: &str) -> String {
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
    out.replace("&amp;", "&").replace("&lt;", "<")
}

const YAML: &str = "content/references.yaml";
const BIB: &str = "content/references.bib";

/// APA 7, section 9.11: the names of groups are spelled out.
#[test]
fn organisations_keep_their_names() {
    let names = [
        "Centers for Disease Control and Prevention",
        "National Institute of Mental Health",
        "Bundesministerium für Gesundheit",
        "Deutsche Gesellschaft für Supervision e. V.",
        "World Health Organization",
        "Mind",
    ];
    let keys = ["a1", "b2", "c3", "d4", "e5", "f6"];
    let one =
        |key: &str, name: &str| format!("{key}: {{ type: report, title: T, author: [\"{name}\"], date: 2014 }}\n");
    let yaml: String = keys.iter().zip(names).map(|(key, name)| one(key, name)).collect();
    let one = |key: &str, name: &str| format!("@techreport{{{key}, title={{T}}, author={{{name}}}, year={{2014}}}}\n");
    let bib: String =
        keys.iter().zip(names).filter(|(key, _)| **key != "f6").map(|(key, name)| one(key, name)).collect();
    for (key, name) in keys.iter().zip(names) {
        for (file, works) in [(YAML, &yaml), (BIB, &bib)] {
            if works.contains(key) {
                let all: Vec<&str> = keys.iter().copied().filter(|key| works.contains(key)).collect();
                let (text, list) = printed("apa", file, works, &format!("[@{key}]\n\n[@{}]", all.join("; @")));
                assert_eq!(text, format!("({name}, 2014)"), "{file}");
                let entry = format!("{}. (2014).", name.trim_end_matches('.'));
                assert!(list.iter().any(|work| work.starts_with(&entry)), "{file} {entry} {list:?}");
            }
        }
    }
}

/// APA 7, section 8.18 and 9.8: a particle belongs to the surname, and sorts with it.
#[test]
fn particles_belong_to_the_surname() {
    for (file, name) in [
        (YAML, "van der Kolk, B. A."),
        (BIB, "van der Kolk, B. A."),
        (BIB, "Bessel A. van der Kolk"),
        (YAML, "B. A. van der Kolk"),
    ] {
        let works = match file {
            YAML => format!(
                "k: {{ type: book, title: The body, author: [\"{name}\"], date: 2014, publisher: Viking }}\n\
                 l: {{ type: book, title: L, author: \"Lee, A.\", date: 2014 }}\n"
            ),
            _ => format!(
                "@book{{k, title={{The body}}, author={{{name}}}, year=2014, publisher={{Viking}}}}\n\
                 @book{{l, title={{L}}, author={{Lee, A.}}, year=2014}}\n"
            ),
        };
        let (text, list) = printed("apa", file, &works, "See [@k]; @k says [@l].");
        assert_eq!(text, "See (van der Kolk, 2014); van der Kolk (2014) says (Lee, 2014).", "{name}");
        assert_eq!(list[1], "van der Kolk, B. A. (2014). The body. Viking.", "{name}");
        let (_, list) = printed("vancouver", file, &works, "See [@k; @l].");
        assert!(list[0].starts_with("1. van der Kolk BA. The body"), "{list:?}");
        let (_, list) = printed("harvard", file, &works, "See [@k; @l].");
        // Cite Them Right files the particle with the surname and sorts without it.
        assert!(list[0].starts_with("van der Kolk, B.A. (2014)"), "{list:?}");
    }
}

#[test]
fn tex_and_its_habits_are_read() {
    let works = r"
@article{a, author={Garc{\'\i}a, J. and others}, title={Does it work?}, journal={J}, year={2014}, pages={11--12, 15}, doi={https://doi.org/10.1000/xyz123}}
@article{b, author={B{\o}hm, A.}, title={On \emph{grief} and $\alpha$}, journal={J}, year={2015}, url={https://www.iana.org/a\_b?x=\%20y}}
";
    let (text, list) = printed("apa", BIB, works, "See [@a], [@b]; @a says.");
    assert_eq!(text, "See (García et al., 2014), (Bøhm, 2015); García et al. (2014) says.");
    assert_eq!(
        list,
        [
            "Bøhm, A. (2015). On grief and α. J. https://www.iana.org/a_b?x=%20y",
            "García, J., et al. (2014). Does it work? J, 11–12, 15. https://doi.org/10.1000/xyz123",
        ]
    );
    let (text, list) = printed("harvard", BIB, works, "[@a], [@b]");
    assert_eq!(text, "(García et al., 2014), (Bøhm, 2015)");
    assert!(list[1].starts_with("García, J. et al. (2014) ‘Does it work?’, J, pp. 11–12, 15"), "{list:?}");
    let (_, list) = printed("vancouver", BIB, works, "[@a; @b]");
    assert!(list[0].starts_with("1. García J, et al. Does it work? J. 2014"), "{list:?}");
}

#[test]
fn every_kind_of_work_is_whole() {
    let works = "
@misc{m, author={Doe, M.}, title={Page}, url={https://www.iana.org/a}, year={2001}}
@online{o, author={Roe, M.}, title={Page}, url={https://www.iana.org/b}, year={2002}}
@collection{c, editor={Smith, J.}, title={Handbook}, publisher={Press}, year={2020}}
@incollection{i, author={Foa, E.}, title={A chapter}, booktitle={The big book}, editor={Ed, A.}, year={1996}, pages={3-23}, publisher={Guilford}}
@phdthesis{t, author={Lee, M.}, title={Grief}, school={University of Oregon}, year={2012}}
";
    let (text, list) = printed("apa", BIB, works, "See [@m; @o; @c; @i; @t].");
    assert_eq!(text, "See (Doe, 2001; Foa, 1996; Lee, 2012; Roe, 2002; Smith, 2020).");
    assert_eq!(
        list,
        [
            "Doe, M. (2001). Page. https://www.iana.org/a",
            "Foa, E. (1996). A chapter. In A. Ed (Ed.), The big book (pp. 3–23). Guilford.",
            "Lee, M. (2012). Grief [Doctoral dissertation, University of Oregon].",
            "Roe, M. (2002). Page. https://www.iana.org/b",
            "Smith, J. (Ed.). (2020). Handbook. Press.",
        ]
    );
    let yaml = "\
c: { type: anthology, title: Handbook, editor: \"Smith, J.\", publisher: Press, date: 2020 }
i: { type: anthos, title: A chapter, author: \"Foa, E.\", date: 1996, page-range: 3-23, parent: { type: anthology, title: The big book, editor: \"Ed, A.\", publisher: Guilford } }
t: { type: thesis, title: Grief, author: \"Lee, M.\", genre: Doctoral dissertation, organization: University of Oregon, date: 2012 }
";
    let (_, from_yaml) = printed("apa", YAML, yaml, "See [@c; @i; @t].");
    assert_eq!(from_yaml, [&list[1][..], &list[2][..], &list[4][..]]);
}
