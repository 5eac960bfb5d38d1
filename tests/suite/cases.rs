//! Small sites that authors might write and that once went wrong, each with what was expected of it.

use anteroom::options::Options;
use anteroom::pipeline::{self, Cache};
use anteroom::source::Asset;

use crate::support::{self, ANA, PRACTICE, build, lines, page, site};

/// An article with a language of its own.
fn article(lang: &str) -> String {
    format!(
        "---\ntitle: Qalaq\nsummary: A few sentences that say what this article here is about, at length.\nauthor: ana\ndate: 2026-10-01\nlang: {lang}\n---\nA short text.\n"
    )
}

#[test]
fn a_page_is_written_in_the_direction_of_its_own_language() {
    let (arabic, english) = (article("ar"), article("en"));
    let files = [
        ("content/practitioners/ana.md", ANA),
        ("content/resources/ar.md", arabic.as_str()),
        ("content/resources/en.md", english.as_str()),
    ];
    let mut sources = site(&files);
    for (lang, direction) in [("en", "ltr"), ("ar", "rtl")] {
        sources.insert_text("content/practice.yaml", PRACTICE.replace("language: en", &format!("language: {lang}")));
        let built = build(&sources);
        let begins = |path: &str, lang: &str, direction: &str| {
            let html = page(&built, path);
            let wanted = format!("<html lang=\"{lang}\" dir=\"{direction}\"");
            assert!(html.contains(&wanted), "{path}: {}", html.chars().take(120).collect::<String>());
        };
        begins("index.html", lang, direction);
        begins("resources/ar/index.html", "ar", "rtl");
        begins("resources/en/index.html", "en", "ltr");
    }
}

/// A site with one article; its findings as lines, and the article's page.
fn of_article(text: &str) -> (Vec<String>, String) {
    let article = format!(
        "---\ntitle: Foot\nsummary: A few sentences that say what this article here is about, at length.\nauthor: ana\ndate: 2026-10-01\n---\n{text}"
    );
    let sources = site(&[("content/practitioners/ana.md", ANA), ("content/resources/foot.md", article.as_str())]);
    let built = build(&sources);
    // Those who only check let the article go, and find the same.
    let checked = pipeline::build(&sources, &Options { only_checks: true, ..support::options() }, &mut Cache::off());
    assert_eq!(lines(&checked, &sources), lines(&built, &sources));
    (lines(&built, &sources), page(&built, "resources/foot/index.html"))
}

#[test]
fn ids_of_articles_are_known_to_those_who_only_check() {
    let raw = "kind: coaching\nraw_html: allow";
    let practice = PRACTICE.replace("kind: coaching", raw);
    let article = article("en");
    let links = "---\ntitle: Links\n---\n<a href=\"/sub/resources/foot/#there\">x</a> <a href=\"../resources/foot/#away\">y</a>\n";
    let sources = site(&[
        ("content/practice.yaml", &practice),
        ("content/practitioners/ana.md", ANA),
        ("content/resources/foot.md", &format!("{article}\n## There\n\nWords.\n")),
        ("content/links.md", links),
    ]);
    let only = Options { only_checks: true, ..support::options() };
    for options in [support::options(), only] {
        let built = pipeline::build(&sources, &options, &mut Cache::off());
        let found: Vec<String> = lines(&built, &sources);
        assert_eq!(found, ["broken-anchor content/links.md:4:53 \"../resources/foot/#away\""]);
    }
}

#[test]
fn footnotes_are_found_whatever_their_capitals_and_every_slip_is_told() {
    let text = "Case differs.[^Bowlby] Misspelt.[^bolwby] Twice.[^1] As it stands: \\[^2], `[^3]`.\n\n\
        [^bowlby]: Attachment and loss, 1969.\n[^1]: First.\n[^1]: Second.\n[^unused]: Never referred to.\n";
    let (found, html) = of_article(text);
    assert!(html.contains("<li id=\"fn-1\"><p>Attachment and loss, 1969. <a"), "{html}");
    assert!(html.contains("<li id=\"fn-2\"><p>First. <a") && !html.contains("Second."), "{html}");
    assert_eq!(
        found,
        [
            "undefined-footnote content/resources/foot.md:7:33 \"[^bolwby]\"",
            "duplicate-footnote content/resources/foot.md:11:1 \"[^1]\"",
            "unused-footnote content/resources/foot.md:12:1 \"[^unused]\"",
        ]
    );
}

#[test]
fn no_heading_takes_an_id_of_the_page() {
    let headings = ["Footnotes", "A main", "Fn 1", "Fnref 1", "Fig room", "A crisis", "A house"];
    let text: String = headings.map(|heading| format!("## {heading}\n\nText.[^1]\n\n")).concat() + "[^1]: A note.\n";
    let (found, html) = of_article(&text);
    assert_eq!(found, [""; 0]);
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(html.contains("id=\"a-house\""));
}

#[test]
fn names_agree_in_every_form_of_unicode() {
    let (composed, decomposed) = ("R\u{e4}ume", "Ra\u{308}ume");
    for (on_disk, in_text) in [(composed, decomposed), (decomposed, composed)] {
        let article = format!(
            "---\ntitle: Names\nsummary: A few sentences that say what this article here is about, at length.\n\
            author: jos\u{e9}\ndate: 2026-10-01\n---\n![Two chairs](/images/{in_text}.jpg) [A page](/{in_text}.md) [A sheet](../files/{in_text}.pdf)\n"
        );
        let (about, sheet) = (format!("content/{on_disk}.md"), format!("content/files/{on_disk}.pdf"));
        let mut sources = site(&[
            ("content/practitioners/jose\u{301}.md", ANA),
            ("content/resources/names.md", article.as_str()),
            (about.as_str(), "---\ntitle: Rooms\n---\nText.\n"),
        ]);
        support::add_picture(&mut sources, &format!("content/images/{on_disk}.jpg"));
        sources.insert_asset(&sheet, Asset { len: 1, hash: [3; 32], picture: None });
        let built = build(&sources);
        assert_eq!(lines(&built, &sources), [""; 0]);
        assert!(support::has(&built, &format!("images/{composed}.jpg")));
        assert!(support::has(&built, &format!("files/{composed}.pdf")));
    }
}

#[test]
fn addresses_are_held_against_the_finished_site_whoever_wrote_them() {
    let text = "[Feed](/feed.xml) [Map](/sitemap.xml) [Robots](/robots.txt) <a href=\"/sub/contact/\">a</a> <a href=\"../../crisis/\">b</a>\n\
        [c](https://quiet-harbour.org/sub/fees/) <a href=\"/gone/\">d</a> <a href=\"../foot/#nowhere\">e</a> <a href=\"#away\">f</a>\n\
        <a href=\"/sub/contat/\">g</a> <a href=\"/resources/foot/\">h</a> <a href=\"#top\">i</a> <a href=\"https://quiet-harbour.org/other/\">j</a>\n";
    let (found, _) = of_article(text);
    assert_eq!(
        found,
        [
            "broken-link content/resources/foot.md:8:5 \"https://quiet-harbour.org/sub/fees/\"",
            "broken-link content/resources/foot.md:8:51 \"/gone/\"",
            "broken-anchor content/resources/foot.md:8:74 \"../foot/#nowhere\"",
            "broken-anchor content/resources/foot.md:8:107 \"#away\"",
            "broken-link content/resources/foot.md:9:10 \"/sub/contat/\"",
        ]
    );
}

#[test]
fn a_themes_broken_link_is_told_once_at_its_template() {
    let mut sources = site(&[("content/about.md", "---\ntitle: About\n---\nText.\n")]);
    sources.insert_text(
        "themes/mine/theme.yaml",
        "name: Mine\nversion: 1.0.0\napi: 1\ndescription: Mine.\nextends: linen\n",
    );
    sources.insert_text("themes/mine/templates/partials/after.html", "");
    sources.insert_text(
        "themes/mine/templates/404.html",
        "{% extends \"base/404.html\" %}{% block main %}<main id=\"a-main\"><h1>{{ page.title }}</h1><a href=\"/nowhere/\">x</a></main>{% endblock %}",
    );
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}theme: {{ name: mine }}\n"));
    let built = build(&sources);
    let found: Vec<String> =
        lines(&built, &sources).into_iter().filter(|line| line.starts_with("broken-link")).collect();
    assert_eq!(found, ["broken-link themes/mine/templates/404.html:1:98 \"/nowhere/\""]);
}

#[test]
fn a_page_that_no_visitor_finds_is_told() {
    let alone = "---\ntitle: Alone\n---\nText.\n";
    let found = |files: &[(&str, &str)], navigation: &str| {
        let mut sources = site(files);
        sources.insert_text(
            "content/practice.yaml",
            format!("{PRACTICE}navigation:\n  - {{ label: Home, to: index.md }}\n{navigation}"),
        );
        let built = build(&sources);
        let found = built.diagnostics.iter().filter(|finding| finding.code.name == "unreachable-page");
        found.map(|finding| support::line_of(finding, &sources)).collect::<Vec<_>>()
    };
    let home = |text: &str| format!("---\ntitle: Home\n---\n{text}\n");
    let none = home("Hi.");
    assert_eq!(
        found(&[("content/index.md", &none), ("content/alone.md", alone)], ""),
        ["unreachable-page content/alone.md"]
    );
    for text in ["[x](alone.md)", "[x](/alone/)", "[x](alone/)", "<a href=\"alone/\">x</a>"] {
        let home = home(text);
        assert_eq!(found(&[("content/index.md", &home), ("content/alone.md", alone)], ""), [""; 0], "{text}");
    }
    let listed = "  - { label: Alone, to: alone.md }\n";
    assert_eq!(found(&[("content/index.md", &none), ("content/alone.md", alone)], listed), [""; 0]);
    let hidden = "---\ntitle: Alone\nnoindex: true\n---\nText.\n";
    assert_eq!(found(&[("content/index.md", &none), ("content/alone.md", hidden)], ""), [""; 0]);
}

/// The marked texts of an article's findings of one code.
fn marked(text: &str, code: &str) -> Vec<String> {
    let (found, _) = of_article(text);
    let own = found.iter().filter_map(|line| line.strip_prefix(code)?.split_once(" \"")?.1.strip_suffix('"'));
    own.map(|text| text.replace("\\\"", "\"").replace("\\u{a0}", "\u{a0}")).collect()
}

#[test]
fn marks_that_became_no_markup_are_told() {
    let cases: &[(&str, &[&str])] = &[
        // Other programs.
        ("{{< details \"What?\" >}}\nA call.\n{{< /details >}}", &["{{< details \"What?\" >}}", "{{< /details >}}"]),
        ("{{% notice %}} {{ page.title }}", &["{{% notice %}}", "{{ page.title }}"]),
        (
            "[caption id=\"a_14\" width=\"300\"]A walk[/caption] [gallery ids=\"1,2\"]",
            &["[caption id=\"a_14\" width=\"300\"]", "[/caption]", "[gallery ids=\"1,2\"]"],
        ),
        (
            "[contact-form-7 id=\"5\" title=\"Contact\"] {% include note.html %}",
            &["[contact-form-7 id=\"5\" title=\"Contact\"]", "{% include note.html %}"],
        ),
        (
            "[vc_row][vc_column width=\"1/2\"]Text[/vc_column][/vc_row]",
            &["[vc_row]", "[vc_column width=\"1/2\"]", "[/vc_column]", "[/vc_row]"],
        ),
        ("Text {: .lead} and ==marked== and %%private%%.", &["{: .lead}", "==marked==", "%%private%%"]),
        ("See [[Fees and terms]] and ![[room.jpg]].", &["[[Fees and terms]]", "![[room.jpg]]"]),
        ("> [!note] A title\n> Text.", &["[!note] A title"]),
        ("> [!ABSTRACT]\n> Text.", &["[!ABSTRACT]"]),
        // Links and pictures.
        ("A [link](fees.md \"x) ends.", &["[link](fees.md \"x)"]),
        ("A [link](/fees/ goes on.", &["[link](/fees/ goes on."]),
        ("A [link] (/fees/) and (words)[https://x.org].", &["[link] (/fees/)", "(words)[https://x.org]"]),
        ("![A room](room one)", &["![A room](room one)"]),
        ("Text\n[fees]: my fees.pdf", &["[fees]: my fees.pdf"]),
        // Blocks.
        ("##Heading\n\n#hashtag", &["##Heading"]),
        ("##\u{a0}Heading", &["##\u{a0}Heading"]),
        ("\u{a0}## Heading\n\n\u{a0}- one\n\n\u{a0}1. one", &["\u{a0}## Heading", "\u{a0}- one", "\u{a0}1. one"]),
        ("•\tone\n• two", &["•\\tone", "• two"]),
        ("1.One\n2.Two\n\n-one\n-two", &["1.One", "-one"]),
        ("| a | b |\n| c | d |", &["| a | b |", "| c | d |"]),
        (
            "Text.\n\n    The day begins slowly, and so do we.\n\nText.\n\n\tAna Lopez",
            &["The day begins slowly, and so do we.", "Ana Lopez"],
        ),
        ("Text.\n\n<!-- a note\n\nMore.", &["<!--"]),
        ("<div><!-- a note\n\nMore.", &["<!--"]),
        ("Text <!-- a note", &["<!-- a note"]),
        ("---\ntitle: Old\ntags: [a]\n---\nText.", &["---"]),
        // Bold text.
        ("**Wichtig:**Bitte. **Note:**text.", &["**Wichtig:**", "**Note:**"]),
        ("** Wichtig:** lesen\n\n** Wichtig **", &["** Wichtig:**", "** Wichtig **"]),
        ("Sehr **wichtig. Oder?", &["**wichtig."]),
        ("__Wichtig:__Bitte", &["__Wichtig:__"]),
        // Letters.
        (
            "fÃ¼r GrÃ¶ÃŸe Ã¤ itâ€™s Â© Ã„rzte caf\u{fffd}",
            &["fÃ¼r", "GrÃ¶ÃŸe", "Ã¤", "itâ€™s", "Â©", "Ã„rzte", "caf\u{fffd}"],
        ),
        ("a&amp;nbsp;b &amp;uuml;", &["&amp;nbsp;", "&amp;uuml;"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(marked(text, "markup-left-over"), *wanted, "{text}");
    }
}

#[test]
fn ordinary_prose_holds_no_left_over_marks() {
    let prose = "He said [sic] and [so on] in [1] (see below), snake__case, 5 * 3 ** 2 and 2**3, f**k, sh**, *a* **b** __c__.\n\n\
        80 €** und 90 €**\n\n** zzgl. MwSt. [2] (Bordin 1979) ___ und ____ „so“ «so» \"so\" 'so' & so; AT&T; Q&A; 1.\u{a0}Mai 2026\n\n\
        - eins\n- zwei\n\n1. eins\n2. zwei\n\nA • B • C, 10:30, #hashtag, {a, b}, 50 % und 60 %, a == b, São Paulo, IRMÃ, Â, ÂNGELA.\n\n\
        `[caption]` `{{< x >}}` ``**Wichtig:**Bitte``\n\n```\n[gallery]\n{% x %}\n##Heading\n```\n\n\
        \\*\\*as it stands\\*\\* \\[caption\\] \\##so \\[[so]] \\{{ so }} \\`[gallery]\\`x\n\n\
        > [!NOTE]\n> Text.\n\n> [He] said so.\n\n[She]: Why? – [He]: So.\n\n<!-- a note -->\n\nTerm\n: Definition\n\n\
        | a | b |\n| --- | --- |\n| c | d |\n\n    cargo test --offline\n\n---\n\nA question: and an answer\n---\n\n&lt;!-- as it stands --> &#42;&#42;so&#42;&#42;x &amp; [a link](https://x.org/a#b?c=d).\n";
    let prose = prose.replace("\\`[gallery]\\`x", "");
    assert_eq!(marked(&prose, "markup-left-over"), [""; 0]);
}

#[test]
fn addresses_with_spaces_lead_where_they_were_meant() {
    let text = "![A room](/images/my room (1).jpg \"The room\")\n\n[The form](../files/my form.pdf) and [terms](/our terms.md#what it-is), \
        [there](https://x.org/a b.html), `[code](my form.pdf)` [safe](<../files/my form.pdf>) [gone](/files/my gone.pdf)\n";
    let article = format!(
        "---\ntitle: Names\nsummary: A few sentences that say what this article here is about, at length.\nauthor: ana\ndate: 2026-10-01\n---\n{text}"
    );
    let mut sources = site(&[
        ("content/practitioners/ana.md", ANA),
        ("content/resources/names.md", article.as_str()),
        ("content/our terms.md", "---\ntitle: Terms\n---\nText.\n"),
    ]);
    support::add_picture(&mut sources, "content/images/my room (1).jpg");
    sources.insert_asset("content/files/my form.pdf", Asset { len: 1, hash: [3; 32], picture: None });
    let built = build(&sources);
    let found = lines(&built, &sources);
    let wanted = [
        "space-in-address content/resources/names.md:7:11 \"/images/my room (1).jpg\"",
        "space-in-address content/resources/names.md:9:12 \"../files/my form.pdf\"",
        "broken-anchor content/resources/names.md:9:46 \"/our terms.md#what it-is\"",
        "space-in-address content/resources/names.md:9:81 \"https://x.org/a b.html\"",
        "broken-link content/resources/names.md:9:166 \"/files/my gone.pdf\"",
    ];
    assert_eq!(found, wanted);
    sources.insert_text(
        "content/resources/names.md",
        article.replace(" [gone](/files/my gone.pdf)", "").replace("#what it-is", ""),
    );
    let html = page(&build(&sources), "resources/names/index.html");
    for wanted in [
        "<img src=\"../../images/my%20room%20(1).jpg\"",
        "<figcaption>",
        "<a href=\"../../files/my%20form.pdf\">The form</a>",
        "<a href=\"../../our-terms/\">terms</a>",
        "<a href=\"https://x.org/a%20b.html\">there</a>",
        "<code>[code](my form.pdf)</code>",
    ] {
        assert!(html.contains(wanted), "{wanted}: {html}");
    }
}

/// An article's page with a picture `content/images/room.jpg` in the site, its findings empty.
fn with_picture(text: &str) -> String {
    let article = format!(
        "---\ntitle: Cap\nsummary: A few sentences that say what this article here is about, at length.\nauthor: ana\ndate: 2026-10-01\n---\n{text}"
    );
    let mut sources = site(&[
        ("content/practitioners/ana.md", ANA),
        ("content/resources/cap.md", article.as_str()),
        ("content/fees.md", "---\ntitle: Fees\nnoindex: true\n---\nText.\n"),
    ]);
    support::add_picture(&mut sources, "content/images/room.jpg");
    let built = build(&sources);
    assert_eq!(lines(&built, &sources), [""; 0], "{text}");
    page(&built, "resources/cap/index.html")
}

#[test]
fn captions_and_credits_are_shown_wherever_a_picture_stands() {
    let picture = |title: &str| format!("![A room](/images/room.jpg \"{title}\")");
    let (one, two) = (picture("One | Photo: Eva"), picture("Two"));
    let bare = "![A room](/images/room.jpg)";
    let linked = format!("[{one}](/fees.md)");
    let credit = "One <span class=\"credit\">Photo: Eva</span>";
    let figures: &[(String, usize)] = &[
        (one.clone(), 1),
        (linked.clone(), 1),
        (format!("{one}\n{two}"), 2),
        (format!("{one} {linked}  \n{bare}"), 3),
        (format!("- {one}\n- {bare}\n- words"), 1),
        (format!("- {linked}\n\n- words"), 1),
        (format!("1. {one}\n   - {linked}"), 2),
        (format!("> {one}"), 1),
        (format!("| a | b |\n| --- | --- |\n| {} | {bare} |", one.replace('|', "\\|")), 1),
        (format!("Term\n: {one}"), 1),
        (format!("::: callout Title\n{one} {two}\n:::"), 2),
        (format!("Text.[^1]\n\n[^1]: {one}"), 1),
        (format!("<div>Text</div>\n\n{linked}\n{two}"), 2),
    ];
    for (text, count) in figures {
        let html = with_picture(text);
        assert_eq!(html.matches("<figure class=\"figure\"").count(), *count, "{text}: {html}");
        assert!(html.contains(credit) && html.contains("</figcaption></figure>"), "{text}: {html}");
        assert!(!html.contains("<p><figure") && !html.contains("<p></p>"), "{text}");
        let linked = html.matches("<a href=\"../../fees/\"><picture>").count();
        assert_eq!(linked, text.matches("](/fees.md)").count(), "{text}: {html}");
        let numbers: Vec<_> =
            html.split("figure-number\">Figure ").skip(1).filter_map(|rest| rest.split('.').next()).collect();
        assert!(numbers.iter().enumerate().all(|(at, number)| *number == (at + 1).to_string()), "{numbers:?}");
        assert_eq!(numbers.len(), html.matches("<figcaption>").count(), "{text}");
    }
    // In a line of text no figure can stand.
    for text in [
        format!("Text {one} text."),
        format!("[Text {one}](/fees.md)"),
        format!("- Text {one}"),
        format!("## Head {one}\n\nText"),
    ] {
        let html = with_picture(&text);
        assert!(html.contains(&format!("</picture> <span class=\"caption\">{credit}</span></span>")), "{text}: {html}");
        assert!(!html.contains("<figure class=\"figure\""), "{text}");
    }
    // Pictures that say nothing stay where they are.
    let html = with_picture(&format!("{bare} {bare}\n\n- {bare}"));
    assert!(!html.contains("<figure class=\"figure\""), "{html}");
}

#[test]
fn quotation_marks_follow_the_pages_language_and_measures_stay() {
    let text = "\"So *'it'* is\", `\"code\"`, \"a 24\" screen\", 5'10\", don't, \\\"as typed\\\".\n\n## A \"heading\"\n\n    \"code\" {}\n\n[\"linked\"](https://x.org \"A title\") and \"**bold**\"\n";
    for (lang, wanted) in [
        (
            "en",
            ["“So <em>‘it’</em> is”", "“a 24″ screen”", "A “heading”</h2>", "“linked”</a>", "“<strong>bold</strong>”"],
        ),
        (
            "de",
            ["„So <em>‚it‘</em> is“", "„a 24″ screen“", "A „heading“</h2>", "„linked“</a>", "„<strong>bold</strong>“"],
        ),
        (
            "es",
            ["«So <em>“it”</em> is»", "«a 24″ screen»", "A «heading»</h2>", "«linked»</a>", "«<strong>bold</strong>»"],
        ),
        (
            "fr",
            [
                "«\u{a0}So <em>“it”</em> is\u{a0}»",
                "«\u{a0}a 24″ screen\u{a0}»",
                "A «\u{a0}heading\u{a0}»</h2>",
                "«\u{a0}linked\u{a0}»</a>",
                "«\u{a0}<strong>bold</strong>\u{a0}»",
            ],
        ),
    ] {
        let file = format!("---\ntitle: Q\nlang: {lang}\n---\n{text}");
        let mut sources = site(&[("content/quotes.md", file.as_str())]);
        let of_page = page(&build(&sources), "quotes/index.html");
        sources.insert_text("content/practice.yaml", PRACTICE.replace("language: en", &format!("language: {lang}")));
        sources.insert_text("content/quotes.md", file.replace(&format!("lang: {lang}\n"), ""));
        let of_site = page(&build(&sources), "quotes/index.html");
        for html in [of_page, of_site] {
            for wanted in wanted.iter().copied().chain([
                "<code>\"code\"</code>",
                "5′10″",
                "don’t",
                "\"as typed\"",
                "<code>\"code\" {}",
            ]) {
                assert!(html.contains(wanted), "{lang}: {wanted}: {html}");
            }
            // A description is one line with ordinary spaces.
            let begins = wanted[0].split(" <").next().unwrap_or_default().replace('\u{a0}', " ");
            assert!(html.contains(&format!("name=\"description\" content=\"{begins}")), "{html}");
        }
    }
}

#[test]
fn white_space_that_is_none_is_told_in_front_matter() {
    let of = |line: &str| {
        let article = format!(
            "---\ntitle: Nbsp\nsummary: A few sentences that say what this article here is about, at length.\nauthor: ana\n{line}\n---\nText.\n"
        );
        let sources = site(&[("content/practitioners/ana.md", ANA), ("content/resources/nbsp.md", &article)]);
        let built = build(&sources);
        let help = built.diagnostics.iter().find(|finding| finding.code.name == "odd-space");
        let help = help.and_then(|finding| finding.help.clone()).unwrap_or_default();
        (lines(&built, &sources), help)
    };
    for (line, column) in [
        ("date:\u{a0} 2026-10-01", 5),
        ("date: \u{a0}2026-10-01", 7),
        ("date\u{a0}: 2026-10-01", 5),
        ("date:\u{3000}2026-10-01", 6),
        ("date:\u{200b} 2026-10-01", 6),
        ("da\u{2060}te: 2026-10-01", 3),
    ] {
        let (found, help) = of(line);
        let column = if column == 5 && line.starts_with("date:") { 6 } else { column };
        let place = format!("odd-space content/resources/nbsp.md:5:{column} ");
        assert!(found.len() == 1 && found[0].starts_with(&place), "{line:?}: {found:?}");
        assert_eq!(help, "write `date: 2026-10-01`", "{line:?}");
    }
    // What is wrong besides is told in the same run, at its own place.
    let (found, _) = of("date:\u{a0} 2026-10-01\ntopicz: [a]");
    assert_eq!(found[1..], ["unknown-field content/resources/nbsp.md:6:1 \"topicz\""], "{found:?}");
    assert_eq!(of("date: 2026-10-01\ntopics: [Dix\u{a0}mille pas]").0, [""; 0]);
}

#[test]
fn left_overs_are_told_in_texts_of_one_line() {
    for (fields, finding) in [
        ("title: Über uns: Ã¼ber", None),
        ("title: Ã¼ber uns", Some("content/about.md:2:8 \"Ã¼ber\"")),
        ("title: About\nsummary: Calm &amp; clear", Some("content/about.md:3:15 \"&amp;\"")),
        ("title: \"About [gallery ids='1']\"", Some("content/about.md:2:15 \"[gallery ids='1']\"")),
        ("title: About {{< toc >}}", Some("content/about.md:2:14 \"{{< toc >}}\"")),
        ("title: About\nimage: images/a.jpg\nimage_alt: A path &nbsp; here", Some("content/about.md:4:19 \"&nbsp;\"")),
        ("title: Rest & sleep, 50 % off — R&B", None),
        ("title: \"About [sic] (2026)\"", None),
    ] {
        let mut sources = site(&[("content/about.md", &format!("---\n{fields}\n---\nText.\n"))]);
        support::add_picture(&mut sources, "content/images/a.jpg");
        let found = lines(&build(&sources), &sources);
        match finding {
            Some(finding) => assert_eq!(found, [format!("markup-left-over {finding}")], "{fields}"),
            None => assert!(!found.iter().any(|line| line.starts_with("markup-left-over")), "{fields}: {found:?}"),
        }
    }
    let mut sources = site(&[("content/about.md", "---\ntitle: About\n---\nText.\n")]);
    let practice = PRACTICE.replace("A practice for tests.", "A quiet practice &ndash; for tests.");
    sources.insert_text("content/practice.yaml", practice);
    assert_eq!(lines(&build(&sources), &sources), ["markup-left-over content/practice.yaml:2:31 \"&ndash;\""]);
}

#[test]
fn titles_of_two_languages_are_no_duplicates() {
    let page = |lang: &str, title: &str, link: &str| {
        format!("---\ntitle: {title}\nlang: {lang}\nsummary: Coaching.\n---\nText. [{title}]({link})\n")
    };
    let of = |second: &str, title: &str| {
        let files = [("content/a.md", page("en", "Coaching", "b.md")), ("content/b.md", page(second, title, "a.md"))];
        let sources = site(&[(files[0].0, &files[0].1), (files[1].0, &files[1].1)]);
        lines(&build(&sources), &sources)
    };
    assert_eq!(of("de", "Coaching"), [""; 0]);
    assert_eq!(of("de", "Begleitung"), [""; 0]);
    assert_eq!(of("en-GB", "Coaching").len(), 2, "one language: title and description");
}

#[test]
fn german_letters_are_written_out_in_the_addresses_of_german_pages() {
    let addresses = |language: &str| {
        let article = "---\ntitle: A\nsummary: A few sentences that say what this article here is about, at length.\n\
            author: ana\ndate: 2026-10-01\ntopics: [\u{c4}ngste]\n---\nText.\n";
        let english = "---\ntitle: B\nlang: en\n---\nText.\n";
        let mut sources = site(&[
            ("content/practitioners/ana.md", ANA),
            ("content/\u{fc}ber-uns.md", "---\ntitle: C\n---\nText.\n"),
            ("content/gr\u{f6}\u{df}e.md", english),
            ("content/resources/a.md", article),
            ("content/resources/topics/\u{e4}ngste.md", "---\ntitle: \u{c4}ngste und Sorgen\n---\nText.\n"),
        ]);
        sources
            .insert_text("content/practice.yaml", PRACTICE.replace("language: en", &format!("language: {language}")));
        let built = build(&sources);
        assert_eq!(lines(&built, &sources), [""; 0]);
        ["ueber-uns", "uber-uns", "groesse", "grosse", "resources/topics/aengste", "resources/topics/angste"]
            .map(|path| support::has(&built, &format!("{path}/index.html")))
    };
    assert_eq!(addresses("de-AT"), [true, false, false, true, true, false]);
    assert_eq!(addresses("es"), [false, true, false, true, false, true]);
}
