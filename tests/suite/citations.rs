//! Citations: what authors write, what readers see, and what is found. The works are those of the demonstration
//! site, so that the list that a newcomer sees first is the one that is held to the manual of the APA word for word.

use crate::support::{self, ANA, build, codes, lines, page, site};

const WORKS: &str = include_str!("../../content/references.yaml");

/// The works as the Publication Manual of the American Psychological Association (7th edition, 2020) has them:
/// chapter 10.1, examples 1 and 6 (an article number), chapter 9 for names, dates, titles and DOIs.
const APA: [&str; 8] = [
    "Ardito, R. B., &amp; Rabellino, D. (2011). Therapeutic alliance and outcome of psychotherapy: Historical \
     excursus, measurements, and prospects for research. <em>Frontiers in Psychology</em>, <em>2</em>, Article 270. \
     <a href=\"https://doi.org/10.3389/fpsyg.2011.00270\">https://doi.org/10.3389/fpsyg.2011.00270</a>",
    "Bordin, E. S. (1979). The generalizability of the psychoanalytic concept of the working alliance. \
     <em>Psychotherapy: Theory, Research &amp; Practice</em>, <em>16</em>(3), 252–260. \
     <a href=\"https://doi.org/10.1037/h0085885\">https://doi.org/10.1037/h0085885</a>",
    "Eubanks, C. F., Muran, J. C., &amp; Safran, J. D. (2018). Alliance rupture repair: A meta-analysis. \
     <em>Psychotherapy</em>, <em>55</em>(4), 508–519. \
     <a href=\"https://doi.org/10.1037/pst0000185\">https://doi.org/10.1037/pst0000185</a>",
    "Flückiger, C., Del Re, A. C., Wampold, B. E., &amp; Horvath, A. O. (2018). The alliance in adult psychotherapy: \
     A meta-analytic synthesis. <em>Psychotherapy</em>, <em>55</em>(4), 316–340. \
     <a href=\"https://doi.org/10.1037/pst0000172\">https://doi.org/10.1037/pst0000172</a>",
    "Horvath, A. O., Del Re, A. C., Flückiger, C., &amp; Symonds, D. (2011). Alliance in individual psychotherapy. \
     <em>Psychotherapy</em>, <em>48</em>(1), 9–16. \
     <a href=\"https://doi.org/10.1037/a0022186\">https://doi.org/10.1037/a0022186</a>",
    "Miller, K. E., Martell, Z. L., Pazdirek, L., Caruth, M., &amp; Lopez, D. (2005). The role of interpreters in \
     psychotherapy with refugees: An exploratory study. <em>American Journal of Orthopsychiatry</em>, <em>75</em>(1), \
     27–39. <a href=\"https://doi.org/10.1037/0002-9432.75.1.27\">https://doi.org/10.1037/0002-9432.75.1.27</a>",
    "Mirdal, G. M., Ryding, E., &amp; Essendrop Sondej, M. (2012). Traumatized refugees, their therapists, and their \
     interpreters: Three perspectives on psychological treatment. <em>Psychology and Psychotherapy: Theory, Research \
     and Practice</em>, <em>85</em>(4), 436–455. \
     <a href=\"https://doi.org/10.1111/j.2044-8341.2011.02036.x\">https://doi.org/10.1111/j.2044-8341.2011.02036.x</a>",
    "Rogers, C. R. (1957). The necessary and sufficient conditions of therapeutic personality change. <em>Journal of \
     Consulting Psychology</em>, <em>21</em>(2), 95–103. \
     <a href=\"https://doi.org/10.1037/h0045357\">https://doi.org/10.1037/h0045357</a>",
];

const ALL: &str = "[@ardito2011; @bordin1979; @rogers1957; @horvath2011; @fluckiger2018; @eubanks2018; @miller2005; \
    @mirdal2012]";

fn article(front: &str, body: &str) -> String {
    format!("---\ntitle: A\nsummary: S\nauthor: ana-lopez\ndate: 2026-01-02\n{front}---\n{body}\n")
}

fn sources(practice: &str, works: (&str, &str), front: &str, body: &str) -> anteroom::source::Sources {
    let article = article(front, body);
    let practice = support::PRACTICE.replace("language: en\n", practice);
    site(&[
        ("content/practice.yaml", &practice),
        ("content/practitioners/ana-lopez.md", ANA),
        ("content/resources/a.md", &article),
        works,
    ])
}

/// The page of an article.
fn printed(practice: &str, works: (&str, &str), front: &str, body: &str) -> String {
    let built = build(&sources(practice, works, front, body));
    page(&built, "resources/a/index.html")
}

const ENGLISH: &str = "language: en\n";
const YAML: (&str, &str) = ("content/references.yaml", WORKS);

/// The text of the article, without the links around its citations.
fn text(html: &str) -> String {
    let from = html.find("<p>").expect("a paragraph");
    let paragraph = &html[from + 3..from + html[from..].find("</p>").expect("its end")];
    let mut out = String::new();
    let mut rest = paragraph;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let (tag, after) = tag.split_once('>').expect("a whole tag");
        if !(tag == "/a" || tag.starts_with("a ") || tag == "/span" || tag.starts_with("span ")) {
            out.push_str(&format!("<{tag}>"));
        }
        rest = after;
    }
    out + rest
}

/// The entries of the list, without their ways back.
fn entries(html: &str) -> Vec<String> {
    html.split("<li id=\"ref-")
        .skip(1)
        .map(|entry| {
            let entry = entry.split_once("\">").expect("an id").1;
            let end = entry.find(" <span class=\"footnote-backs\"").expect("a way back");
            entry[..end].to_string()
        })
        .collect()
}

/// A paragraph in APA's style.
fn apa(body: &str) -> String {
    text(&printed(ENGLISH, YAML, "", body))
}

#[test]
fn the_list_is_that_of_the_apa_manual() {
    assert_eq!(entries(&printed(ENGLISH, YAML, "", ALL)), APA);
}

#[test]
fn every_work_is_named_in_the_text_as_the_apa_manual_names_it() {
    for (key, in_brackets, in_words) in [
        ("ardito2011", "(Ardito &amp; Rabellino, 2011)", "Ardito and Rabellino (2011)"),
        ("bordin1979", "(Bordin, 1979)", "Bordin (1979)"),
        ("rogers1957", "(Rogers, 1957)", "Rogers (1957)"),
        ("horvath2011", "(Horvath et al., 2011)", "Horvath et al. (2011)"),
        ("fluckiger2018", "(Flückiger et al., 2018)", "Flückiger et al. (2018)"),
        ("eubanks2018", "(Eubanks et al., 2018)", "Eubanks et al. (2018)"),
        ("miller2005", "(Miller et al., 2005)", "Miller et al. (2005)"),
        ("mirdal2012", "(Mirdal et al., 2012)", "Mirdal et al. (2012)"),
    ] {
        let written = format!("Known [@{key}]. As @{key} says, and so says @{key}.");
        assert_eq!(apa(&written), format!("Known {in_brackets}. As {in_words} says, and so says {in_words}."));
    }
}

#[test]
fn places_words_and_several_works() {
    for (written, read) in [
        ("[@bordin1979, p. 253]", "(Bordin, 1979, p. 253)"),
        ("[@bordin1979, pp. 253-255]", "(Bordin, 1979, pp. 253–255)"),
        ("[@bordin1979, 253]", "(Bordin, 1979, p. 253)"),
        ("[@bordin1979, chap. 2]", "(Bordin, 1979, Chapter 2)"),
        ("[@bordin1979, para. 4]", "(Bordin, 1979, para. 4)"),
        ("[@bordin1979, fig. 1]", "(Bordin, 1979, Figure 1)"),
        ("@bordin1979 [p. 253] says", "Bordin (1979, p. 253) says"),
        ("Bordin [-@bordin1979, p. 253]", "Bordin (1979, p. 253)"),
        ("[@rogers1957; @bordin1979]", "(Bordin, 1979; Rogers, 1957)"),
        (
            "[see @rogers1957; also @bordin1979, p. 253, my emphasis]",
            "(see Rogers, 1957; also Bordin, 1979, p. 253, my emphasis)",
        ),
        ("A line\nthat ends [@rogers1957;\n@bordin1979].", "A line\nthat ends (Bordin, 1979; Rogers, 1957)."),
        ("*@bordin1979* and **[@rogers1957]**", "<em>Bordin (1979)</em> and <strong>(Rogers, 1957)</strong>"),
        ("After @bordin1979's paper, and @bordin1979.", "After Bordin (1979)’s paper, and Bordin (1979)."),
    ] {
        assert_eq!(apa(written), read, "{written}");
    }
}

#[test]
fn what_only_looks_like_a_citation_stays_as_it_is() {
    for written in [
        "Write to bordin1979@example.org or find @somebody-else elsewhere.",
        "Code: <code>@bordin1979</code>",
        "[ask @anna] and [no@mail]",
    ] {
        let marked = written.replace("<code>", "`").replace("</code>", "`");
        let read = apa(&marked);
        assert_eq!(read, written, "{written}");
    }
    assert_eq!(apa("Not \\@bordin1979, nor [\\@bordin1979]."), "Not @bordin1979, nor [@bordin1979].");
    let code = printed(ENGLISH, YAML, "", "    @bordin1979 in a block\n");
    assert!(code.contains("<code>@bordin1979 in a block"), "{code}");
}

#[test]
fn each_place_leads_to_its_entry_and_each_entry_back() {
    let html = printed(ENGLISH, YAML, "", "As @bordin1979 says [@rogers1957]. Again [@bordin1979].");
    for part in [
        "<a class=\"citation\" id=\"cite-bordin1979-1\" href=\"#ref-bordin1979\" role=\"doc-biblioref\">Bordin (1979)</a>",
        "<a class=\"citation\" id=\"cite-bordin1979-2\" href=\"#ref-bordin1979\" role=\"doc-biblioref\">Bordin, 1979</a>",
        "<section class=\"band part part-references\" role=\"doc-bibliography\" data-unsearched>",
        "href=\"#cite-bordin1979-1\" role=\"doc-backlink\" aria-label=\"Back to citation 1 of Bordin (1979)\">",
        "href=\"#cite-bordin1979-2\" role=\"doc-backlink\" aria-label=\"Back to citation 2 of Bordin (1979)\">",
        "href=\"#cite-rogers1957-1\" role=\"doc-backlink\" aria-label=\"Back to where Rogers (1957) is cited\">",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

/// Two works of one author and year, one without an author, one without a date, and a title with marks of HTML.
const OTHERS: &str = "\
way:
  type: book
  title: A way of <b>being</b>
  author: Rogers, C. R.
  date: 1980
  publisher: Houghton Mifflin
other:
  type: book
  title: Another way
  author: Rogers, C. R.
  date: 1980
  publisher: Houghton Mifflin
nobody:
  type: web
  title: Coaching in Oregon
  url: https://example.org/?a=1&b=2
  date: 2020-05-04
undated:
  type: book
  title: Undated
  author: Smith, J.
";

#[test]
fn works_of_one_year_are_told_apart_and_what_is_missing_is_said() {
    let works = ("content/references.yaml", OTHERS);
    let html = printed(ENGLISH, works, "", "@way and [@other], [@nobody; @undated], @nobody says.");
    assert_eq!(
        text(&html),
        "Rogers (1980b) and (Rogers, 1980a), (<em>Coaching in Oregon</em>, 2020; Smith, n.d.), \
         <em>Coaching in Oregon</em> (2020) says."
    );
    assert_eq!(
        entries(&html),
        [
            "<em>Coaching in Oregon</em>. (2020, May 4). <a href=\"https://example.org/?a=1&amp;b=2\">\
             https://example.org/?a=1&amp;b=2</a>",
            "Rogers, C. R. (1980a). <em>Another way</em>. Houghton Mifflin.",
            "Rogers, C. R. (1980b). <em>A way of &lt;b&gt;being&lt;/b&gt;</em>. Houghton Mifflin.",
            "Smith, J. (n.d.). <em>Undated</em>.",
        ]
    );
}

#[test]
fn other_styles_and_languages() {
    let body = "As @fluckiger2018 say, and @ardito2011 [@bordin1979, p. 253; @rogers1957]. Again [@ardito2011].";
    let harvard = printed("language: en\ncitation_style: harvard\n", YAML, "", body);
    assert_eq!(
        text(&harvard),
        "As Flückiger <em>et al.</em> (2018) say, and Ardito and Rabellino (2011) (Rogers, 1957; Bordin, 1979, p. 253). \
         Again (Ardito and Rabellino, 2011)."
    );
    assert_eq!(
        entries(&harvard)[1],
        "Bordin, E.S. (1979) ‘The generalizability of the psychoanalytic concept of the working alliance’, \
         <em>Psychotherapy: Theory, Research &amp; Practice</em>, 16(3), pp. 252–260. Available at: \
         <a href=\"https://doi.org/10.1037/h0085885\">https://doi.org/10.1037/h0085885</a>."
    );
    let vancouver = printed("language: en\ncitation_style: vancouver\n", YAML, "", body);
    assert_eq!(
        text(&vancouver),
        "As Flückiger et al. [1] say, and Ardito and Rabellino [2] [3, p. 253; 4]. Again [2]."
    );
    let list = entries(&vancouver);
    assert_eq!(
        list[1],
        "2. Ardito RB, Rabellino D. Therapeutic alliance and outcome of psychotherapy: historical excursus, \
         measurements, and prospects for research. Frontiers in Psychology. 2011;2:270. doi: \
         <a href=\"https://doi.org/10.3389/fpsyg.2011.00270\">10.3389/fpsyg.2011.00270</a>."
    );
    assert!(list[0].starts_with("1. Flückiger C, Del Re AC, Wampold BE, Horvath AO. The alliance"), "{list:?}");
    let german = text(&printed("language: de\n", YAML, "", "Nach @ardito2011 [@ardito2011, S. 3]."));
    assert_eq!(german, "Nach Ardito und Rabellino (2011) (Ardito &amp; Rabellino, 2011, S. 3).");
    let own = text(&printed(ENGLISH, YAML, "lang: es\n", "Según @ardito2011."));
    assert_eq!(own, "Según Ardito y Rabellino (2011).");
}

#[test]
fn a_group_of_numbers_still_leads_to_every_entry() {
    let html =
        printed("language: en\ncitation_style: vancouver\n", YAML, "", "[@bordin1979; @rogers1957; @ardito2011]");
    assert_eq!(text(&html), "[1–3]");
    for key in ["bordin1979", "rogers1957", "ardito2011"] {
        assert!(html.contains(&format!("id=\"cite-{key}-1\"")), "{key}: {html}");
    }
}

#[test]
fn short_texts_lead_to_the_work_itself() {
    let front = "faqs:\n  - question: Why?\n    answer: As @bordin1979 says [@rogers1957].\n";
    for style in ["apa", "vancouver"] {
        let practice = format!("language: en\ncitation_style: {style}\n");
        let html = printed(&practice, YAML, front, "Text [@bordin1979].");
        let answer = "As <a class=\"citation\" href=\"https://doi.org/10.1037/h0085885\">Bordin (1979)</a> says \
                      (<a class=\"citation\" href=\"https://doi.org/10.1037/h0045357\">Rogers, 1957</a>).";
        assert!(html.contains(answer), "{html}");
        assert_eq!(entries(&html).len(), 1);
    }
}

/// The same works as BibTeX, as a reference manager exports them.
const BIB: &str = r#"
@article{ardito2011,
  title = {Therapeutic alliance and outcome of psychotherapy: {Historical} excursus, measurements, and prospects for research},
  author = {Ardito, R. B. and Rabellino, D.},
  year = {2011}, journal = {Frontiers in Psychology}, volume = {2}, eid = {270},
  doi = {10.3389/fpsyg.2011.00270}
}
@article{bordin1979,
  title = {The generalizability of the psychoanalytic concept of the working alliance},
  author = {Bordin, E. S.}, year = 1979,
  journal = {Psychotherapy: Theory, Research \& Practice}, volume = {16}, number = {3}, pages = {252--260},
  doi = {10.1037/h0085885}
}
@article{fluckiger2018,
  title = {The alliance in adult psychotherapy: {A} meta-analytic synthesis},
  author = {Fl{\"u}ckiger, C. and Del Re, A. C. and Wampold, B. E. and Horvath, A. O.},
  date = {2018}, journaltitle = {Psychotherapy}, volume = {55}, number = {4}, pages = {316--340},
  doi = {10.1037/pst0000172}
}
"#;

#[test]
fn bibtex_reads_as_yaml_does() {
    let body = "[@ardito2011; @bordin1979; @fluckiger2018]";
    for style in ["apa", "harvard", "vancouver"] {
        let practice = format!("language: en\ncitation_style: {style}\n");
        let of = |works| entries(&printed(&practice, works, "", body));
        assert_eq!(of(("content/references.bib", BIB)), of(YAML), "{style}");
    }
}

#[test]
fn both_files_are_one_list_and_a_key_of_both_is_found() {
    let mut sources = sources(ENGLISH, YAML, "", &format!("{ALL} @new"));
    let bib = "@book{new, title={New}, author={New, A.}, year=2020}\n@book{bordin1979, title={B}, year=1979}\n";
    sources.insert_text("content/references.bib", bib);
    let built = build(&sources);
    assert_eq!(lines(&built, &sources), ["duplicate-reference content/references.yaml:15:1 \"bordin1979\""]);
    let finding = built.diagnostics.iter().find(|finding| finding.code.name == "duplicate-reference").unwrap();
    assert_eq!(finding.related[0].0.path.as_str(), "content/references.bib");
}

#[test]
fn faults_of_entries_are_found_where_they_stand_and_hide_no_other() {
    let works = "good:\n  type: book\n  title: Good\n  author: Good, A.\n  date: 2020\nuntitled:\n  type: book\n\
                 nokind:\n  title: T\nbad-date:\n  type: book\n  title: T\n  date: soon\n";
    let body = "[@good; @untitled; @nokind; @bad-date; @goood]";
    let yaml = sources(ENGLISH, ("content/references.yaml", works), "", body);
    assert_eq!(
        lines(&build(&yaml), &yaml),
        [
            "broken-reference-entry content/references.yaml:6:1 \"untitled\"",
            "broken-reference-entry content/references.yaml:8:1 \"nokind\"",
            "broken-reference-entry content/references.yaml:10:1 \"bad-date\"",
            &format!("unknown-reference content/resources/a.md:7:1 {body:?}"),
        ]
    );
    let works = "@book{good, title={Good}, author={Good, A.}, year=2020}\n\n@book{untitled, year=2020}\n\
                 @book{open,\n  title={Open\n}\n\n@article{abbr, title={A}, journal=unknownname}\n\
                 @book{good, title={Again}}\n@book{bad-date, title={T}, date={soon}}\n@book{last, title={Last}}\n";
    let bib =
        sources(ENGLISH, ("content/references.bib", works), "", "[@good; @last] [@untitled; @open; @abbr; @bad-date]");
    let found = lines(&build(&bib), &bib);
    assert_eq!(
        found,
        [
            "broken-reference-entry content/references.bib:3:7 \"untitled\"",
            "broken-reference-entry content/references.bib:4:7 \"open\"",
            "broken-reference-entry content/references.bib:8:10 \"abbr\"",
            "duplicate-reference content/references.bib:9:7 \"good\"",
            "broken-reference-entry content/references.bib:10:7 \"bad-date\"",
        ]
    );
}

#[test]
fn unknown_and_unused_works_are_found() {
    let body = "Good [@bordin1979]. [@bordin1997] and @rogers1975, as @walker2017a says, but @me and @studio54.";
    let sources = sources(ENGLISH, ("content/references.yaml", OTHERS_AND_BORDIN), "", body);
    let built = build(&sources);
    assert_eq!(
        lines(&built, &sources),
        [
            "unused-reference content/references.yaml:5:1 \"rogers1957\"",
            "unused-reference content/references.yaml:9:1 \"spare\"",
            "unknown-reference content/resources/a.md:7:21 \"[@bordin1997]\"",
            "unknown-reference content/resources/a.md:7:39 \"@rogers1975\"",
            "unknown-reference content/resources/a.md:7:55 \"@walker2017a\"",
        ]
    );
    let labels: Vec<_> = built.diagnostics.iter().filter_map(|finding| finding.label.as_deref()).collect();
    assert_eq!(labels, ["did you mean `@bordin1979`?", "did you mean `@rogers1957`?"]);
}

const OTHERS_AND_BORDIN: &str = "\
bordin1979:
  type: book
  title: B
  date: 1979
rogers1957:
  type: book
  title: R
  date: 1957
spare:
  type: book
  title: S
";

#[test]
fn drafts_and_short_texts_count_as_citing() {
    let mut sources = sources(ENGLISH, ("content/references.yaml", OTHERS_AND_BORDIN), "", "[@bordin1979]");
    sources.insert_text("content/d.md", "---\ntitle: D\ndraft: true\n---\n@rogers1957\n");
    sources.insert_text("content/e.md", "---\ntitle: E\nfaqs:\n  - question: Q?\n    answer: See @spare.\n---\nE\n");
    assert_eq!(codes(&build(&sources)), Vec::<&str>::new());
}

#[test]
fn figures_are_numbered_and_can_be_referred_to() {
    let body = "See @fig:path and [@fig:hill], not @fig:paht nor [@fig:bare].\n\n![A path](path.jpg \"On the path | Ana\")\n\n\
                ![Bare](bare.jpg)\n\n![A hill](path/hill.jpg \"The hill\")\n";
    let mut sources = site(&[
        ("content/practitioners/ana-lopez.md", ANA),
        ("content/resources/a/index.md", &article("", body)),
        ("content/about.md", "---\ntitle: About\n---\n![A path](/images/path.jpg \"Caption\")\n"),
        ("content/way.md", "---\ntitle: Way\n---\nAs @fig:path shows.\n\n![A path](/images/path.jpg \"Caption\")\n"),
    ]);
    for path in ["resources/a/path.jpg", "resources/a/bare.jpg", "resources/a/path/hill.jpg", "images/path.jpg"] {
        support::add_picture(&mut sources, &format!("content/{path}"));
    }
    let built = build(&sources);
    assert_eq!(
        lines(&built, &sources),
        [
            "unknown-figure content/resources/a/index.md:7:36 \"@fig:paht\"",
            "unknown-figure content/resources/a/index.md:7:50 \"[@fig:bare]\"",
        ]
    );
    let labels: Vec<_> = built.diagnostics.iter().filter_map(|finding| finding.label.as_deref()).collect();
    assert_eq!(labels, ["did you mean `@fig:path`?"]);
    sources
        .insert_text("content/resources/a/index.md", article("", &body.replace("@fig:paht nor [@fig:bare]", "others")));
    let built = build(&sources);
    let html = page(&built, "resources/a/index.html");
    for part in [
        "See <a class=\"figure-ref\" href=\"#fig-path\">Figure\u{a0}1</a> and <a class=\"figure-ref\" \
         href=\"#fig-hill\">Figure\u{a0}2</a>, not others.",
        "<figure class=\"figure\" id=\"fig-path\">",
        "<figcaption><span class=\"figure-number\">Figure 1.</span> On the path <span class=\"credit\">Ana</span>",
        "<figure class=\"figure\" id=\"fig-bare\"><",
        "<figcaption><span class=\"figure-number\">Figure 2.</span> The hill</figcaption>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(page(&built, "about/index.html").contains("<figcaption>Caption</figcaption>"));
    assert!(page(&built, "way/index.html").contains("<span class=\"figure-number\">Figure 1.</span> Caption"));
}
