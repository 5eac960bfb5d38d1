//! Faults in content, each a finding at its place: text in, findings out.

use crate::support::{ANA, PRACTICE, add_picture, build, lines, site};

/// Builds a site of Ana and `files` and compares all findings.
#[track_caller]
fn finds(files: &[(&str, &str)], expected: &[&str]) {
    let mut sources = site(&[("content/practitioners/ana.md", ANA)]);
    add_picture(&mut sources, "content/images/path.jpg");
    for (path, text) in files {
        sources.insert_text(path, *text);
    }
    assert_eq!(lines(&build(&sources), &sources), expected);
}

#[test]
fn a_whole_site_has_no_findings() {
    finds(&[("content/about.md", "---\ntitle: About\n---\nHello.\n")], &[]);
}

#[test]
fn front_matter_faults_come_all_at_once() {
    let service = "---\ntitel: Grief\nsummary: A summary\nkind: coching\nduration_min: fifty\nformats: video\npractitioners: [anna]\nprice: { amount: 1,5 }\n---\n";
    finds(
        &[("content/services/grief.md", service)],
        &[
            "unknown-field content/services/grief.md:2:1 \"titel\"",
            "invalid-value content/services/grief.md:4:7 \"coching\"",
            "wrong-type content/services/grief.md:5:15 \"fifty\"",
            "wrong-type content/services/grief.md:6:10 \"video\"",
            "wrong-type content/services/grief.md:8:8 \"{ amount: 1,5 }\"",
        ],
    );
}

#[test]
fn what_was_probably_meant_is_asked() {
    let service = "---\ntitle: [Grief]\nsummary: 2026\nkind: individual therapy\nduration_min: 50 minutes\nprice: $1,200\nformats: online, phone\nfor_whom: Adults\nbooking: calendly.com/ana\nweight: first\n---\n";
    let sources = site(&[("content/practitioners/ana.md", ANA), ("content/services/grief.md", service)]);
    let labels: Vec<_> = build(&sources).diagnostics.iter().filter_map(|finding| finding.label.clone()).collect();
    assert_eq!(
        labels,
        [
            "did you mean `Grief`?",
            "did you mean `\"2026\"`?",
            "did you mean `therapy`?",
            "did you mean `50`?",
            "did you mean `{ amount: 1200 }`?",
            "did you mean `[video, phone]`?",
            "did you mean `[Adults]`?",
            "did you mean `{ url: https://calendly.com/ana }`?",
        ]
    );
}

#[test]
fn what_a_name_or_a_link_probably_means_is_asked() {
    let article = "---\ntitle: A\nsummary: s\nauthor: ana lopez\ndate: 2026-11-22\n---\n[Fees](fees.md), [about](/services/about/).\n";
    let sources = site(&[
        ("content/practitioners/ana.md", ANA),
        ("content/resources/a.md", article),
        ("content/prices.md", "---\ntitle: Fees\nlayout: fees\nslug: fees\n---\n"),
        ("content/about.md", "---\ntitle: About\n---\nHello.\n"),
    ]);
    let labels: Vec<_> = build(&sources).diagnostics.iter().filter_map(|finding| finding.label.clone()).collect();
    assert_eq!(labels, ["did you mean `ana`?", "did you mean `/fees/`?", "did you mean `/about/`?"]);
}

#[test]
fn faults_of_a_text_are_told_beside_those_of_its_facts() {
    let page = "---\ntitel: A\ntitle: A\n---\nSee [fees](nowhere.md).\n\n![](images/path.jpg)\n";
    finds(
        &[("content/a.md", page), ("content/b.md", "No facts, and [nothing](nowhere.md).\n")],
        &[
            "unknown-field content/a.md:2:1 \"titel\"",
            "broken-link content/a.md:5:12 \"nowhere.md\"",
            "missing-alt content/a.md:7:1 \"![](images/path.jpg)\"",
            "missing-front-matter content/b.md",
            "broken-link content/b.md:1:25 \"nowhere.md\"",
        ],
    );
}

#[test]
fn a_film_in_a_frame_has_a_way_of_its_own() {
    let frame = |host: &str| format!("---\ntitle: A\n---\n<iframe src=\"https://{host}/embed/x\"></iframe>\n");
    let help = |host: &str| {
        let built = build(&site(&[("content/a.md", &frame(host))]));
        built.diagnostics.iter().find(|finding| finding.code.name == "undeclared-host")?.help.clone()
    };
    assert!(help("www.youtube.com").is_some_and(|help| help.contains("::: video")));
    assert!(help("notyoutube.com").is_some_and(|help| !help.contains("::: video")));
}

#[test]
fn a_value_that_needs_quotes_hides_no_other_fault() {
    let article =
        "---\ntitle: Sleep: what helps\nsummary: s\nauthor: ana\ndate: 24/11/2026\ntopic: [sleep]\n---\nText.\n";
    finds(
        &[("content/resources/sleep.md", article)],
        &[
            "yaml-syntax content/resources/sleep.md:2:8 \"Sleep: what helps\"",
            "invalid-value content/resources/sleep.md:5:7 \"24/11/2026\"",
            "unknown-field content/resources/sleep.md:6:1 \"topic\"",
        ],
    );
    let article = "---\ntitle: Sleep: what helps\nsummary: s\nauthor: ana\ndate: 24/11/2026\ntopic: [sleep]\nkey_points: \"One\nimage_alt: @home\nrelated: [a, b\n---\nText.\n";
    finds(
        &[("content/resources/sleep.md", article)],
        &[
            "yaml-syntax content/resources/sleep.md:2:8 \"Sleep: what helps\"",
            "invalid-value content/resources/sleep.md:5:7 \"24/11/2026\"",
            "unknown-field content/resources/sleep.md:6:1 \"topic\"",
            "yaml-syntax content/resources/sleep.md:7:13 \"\\\"One\"",
            "yaml-syntax content/resources/sleep.md:8:12 \"@home\"",
            "yaml-syntax content/resources/sleep.md:9:10 \"[a, b\"",
        ],
    );
}

#[test]
fn lists_that_must_not_be_empty() {
    let service = "---\ntitle: Grief\nsummary: s\nkind: coaching\nformats: [] # in-person, video\n---\n";
    finds(&[("content/services/grief.md", service)], &["no-formats content/services/grief.md:5:10 \"[]\""]);
    let nowhere = PRACTICE.replace("[US-OR]", "[]");
    finds(&[("content/practice.yaml", &nowhere)], &["missing-field content/practice.yaml:5:16 \"[]\""]);
}

#[test]
fn names_that_resolve_to_nothing() {
    let service = "---\ntitle: Grief\nsummary: s\nkind: coaching\nformats: [video]\npractitioners: [ana, anna]\n---\n";
    let article =
        "---\ntitle: A\nsummary: t\nauthor: nobody-at-all\ndate: 2026-01-01\nrelated: [b]\n---\nSee [@bordin1979].\n";
    finds(
        &[("content/services/grief.md", service), ("content/resources/a.md", article)],
        &[
            "unknown-practitioner content/resources/a.md:4:9 \"nobody-at-all\"",
            "unknown-resource content/resources/a.md:6:11 \"b\"",
            "unknown-reference content/resources/a.md:8:5 \"[@bordin1979]\"",
            "unknown-practitioner content/services/grief.md:6:22 \"anna\"",
        ],
    );
}

#[test]
fn links_pictures_and_anchors_are_checked() {
    let text = "---\ntitle: About\n---\n[a](services/no.md) [b](/practitioners/ana/) [c](#there) [d](javascript:alert(1))\n\n\
        ## There\n\n![](images/path.jpg)\n\n![A path](images/pth.jpg) [e](/about/#ther) [](/about/) [f][g]\n\n![x](https://other.invalid/x.png)\n";
    finds(
        &[("content/about.md", text)],
        &[
            "broken-link content/about.md:4:5 \"services/no.md\"",
            "unsafe-link content/about.md:4:62 \"javascript:alert(1)\"",
            "missing-alt content/about.md:8:1 \"![](images/path.jpg)\"",
            "unknown-picture content/about.md:10:11 \"images/pth.jpg\"",
            "broken-anchor content/about.md:10:31 \"/about/#ther\"",
            "empty-link content/about.md:10:45 \"[](/about/)\"",
            "undefined-link content/about.md:10:57 \"[f][g]\"",
            "unknown-picture content/about.md:12:6 \"https://other.invalid/x.png\"",
        ],
    );
}

#[test]
fn files_with_one_address() {
    let page = "---\ntitle: A\n---\n";
    finds(
        &[("content/About.md", page), ("content/about/index.md", page)],
        &["duplicate-address content/about/index.md"],
    );
}

#[test]
fn navigation_redirects_and_theme_settings_point_into_their_files() {
    let practice = format!("{PRACTICE}navigation:\n  - {{ label: A, to: abut.md }}\ntheme:\n  name: linnen\n");
    finds(
        &[
            ("content/practice.yaml", &practice),
            ("content/about.md", "---\ntitle: A\n---\n"),
            ("content/redirects.yaml", "/about/: /x/\nold: /about/\n/c/: /nowhere/\n"),
        ],
        &[
            "unknown-navigation-target content/practice.yaml:10:21 \"abut.md\"",
            "unknown-theme content/practice.yaml:12:9 \"linnen\"",
            "redirect-conflict content/redirects.yaml:1:1 \"/about/\"",
            "bad-redirect content/redirects.yaml:2:1 \"old\"",
            "broken-link content/redirects.yaml:3:1 \"/c/\"",
        ],
    );
    let practice = format!("{PRACTICE}theme:\n  settings: {{ color_akcent: '#fff', color_ink: 12px }}\n");
    finds(
        &[("content/practice.yaml", &practice)],
        &[
            "unknown-setting content/practice.yaml:10:15 \"color_akcent\"",
            "invalid-setting content/practice.yaml:10:48 \"12px\"",
        ],
    );
}

#[test]
fn directives_and_raw_html() {
    let text = "---\ntitle: A\n---\n::: calout\n:::\n\n::: callout Open\n\n<p onclick=\"x()\">Hi</p>\n\nA <script>alert(1)</script> b.\n";
    finds(
        &[("content/a.md", text)],
        &[
            "unknown-directive content/a.md:4:1 \"::: calout\"",
            "directive-not-closed content/a.md:7:1 \"::: callout Open\"",
            "html-dropped content/a.md:9:1 \"<p\"",
            "html-dropped content/a.md:11:3 \"<script\"",
        ],
    );
}

#[test]
fn yaml_faults_have_a_place() {
    finds(
        &[
            ("content/a.md", "---\ntitle: A: b\n---\n"),
            ("content/b.md", "---\ntitle: A\ntitle: B\n---\n"),
            ("content/c.md", "---\ntitle: [a\n---\n"),
        ],
        &[
            "yaml-syntax content/a.md:2:8 \"A: b\"",
            "duplicate-field content/b.md:3:1 \"title\"",
            "yaml-syntax content/c.md:2:8 \"[a\"",
        ],
    );
}

#[test]
fn references_are_read_one_by_one() {
    let references =
        "good:\n  type: article\n  title: T\n  author: Bordin, E. S.\n  date: 1979\nbad:\n  type: nonsense\n";
    let expected = [
        "unused-reference content/references.yaml:1:1 \"good\"",
        "broken-reference-entry content/references.yaml:6:1 \"bad\"",
    ];
    finds(&[("content/references.yaml", references)], &expected);
}

#[test]
fn a_site_without_practice_yaml_still_gets_all_findings() {
    let mut sources = anteroom::source::Sources::default();
    sources.insert_text("content/a.md", "---\ntitle: A\n---\n[x](nowhere.md)\n");
    assert_eq!(lines(&build(&sources), &sources), ["missing-practice", "broken-link content/a.md:4:5 \"nowhere.md\""]);
}
