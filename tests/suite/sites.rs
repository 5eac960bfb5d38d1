//! Whole small sites: what is published for what is written.

use crate::support::{self, ANA, PRACTICE, add_picture, build, codes, has, options, page, site};
use anteroom::pipeline::{self, Build, Cache};

const ARTICLE: &str = "---\ntitle: Sleep\nsummary: About sleep.\nauthor: ana\ndate: 2026-10-01\ntopics: [Rest & sleep]\n---\n\
    First paragraph.\n\n## Going to bed\n\nText.\n";

fn sources() -> anteroom::source::Sources {
    let service = "---\ntitle: Coaching\nsummary: A talk.\nkind: coaching\nduration_min: 50\nformats: [video]\nprice: { amount: 92.5 }\npractitioners: [ana]\n---\nWe talk.\n";
    let mut sources = site(&[
        ("content/practitioners/ana.md", ANA),
        ("content/services/coaching.md", service),
        ("content/resources/sleep.md", ARTICLE),
        (
            "content/about.md",
            "---\ntitle: About us\n---\nSee [sleep](resources/sleep.md#going-to-bed) and [fees](/fees/).\n",
        ),
    ]);
    add_picture(&mut sources, "content/images/path.jpg");
    sources
}

#[test]
fn pages_are_generated_where_the_facts_are_there() {
    let built = build(&sources());
    assert_eq!(codes(&built), [""; 0]);
    for path in [
        "index.html",
        "about/index.html",
        "practitioners/index.html",
        "practitioners/ana/index.html",
        "services/index.html",
        "services/coaching/index.html",
        "resources/index.html",
        "resources/sleep/index.html",
        "resources/topics/index.html",
        "resources/topics/rest-sleep/index.html",
        "fees/index.html",
        "contact/index.html",
        "crisis/index.html",
        "404.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "_headers",
        ".nojekyll",
    ] {
        assert!(has(&built, path), "{path} is missing");
    }
    assert!(!has(&built, "contact/thanks/index.html"), "there is no form to be thanked for");
    assert!(page(&built, "fees/index.html").contains("$92.50"));
}

#[test]
fn links_are_relative_and_404_knows_the_sub_path() {
    let built = build(&sources());
    let about = page(&built, "about/index.html");
    assert!(about.contains("href=\"../resources/sleep/#going-to-bed\""), "{about}");
    assert!(about.contains("rel=\"canonical\" href=\"https://quiet-harbour.org/sub/about/\""));
    assert!(page(&built, "404.html").contains("href=\"/sub/assets/linen."));
    assert!(page(&built, "index.html").contains("href=\"./about/\""));
    assert!(page(&built, "sitemap.xml").contains("<loc>https://quiet-harbour.org/sub/resources/sleep/</loc>"));
    let mut options = options();
    options.portable = true;
    let portable = pipeline::build(&sources(), &options, &mut Cache::off());
    assert!(page(&portable, "about/index.html").contains("href=\"../resources/sleep/index.html#going-to-bed\""));
}

#[test]
fn no_mark_of_the_programs_own_is_left_in_any_page() {
    let built = build(&sources());
    for (path, file) in &built.output.as_ref().unwrap().files {
        if let anteroom::output::File::Made(bytes) = file {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(['\u{e000}', '\u{e001}']), "{}", path.as_str());
        }
    }
}

#[test]
fn what_an_author_writes_wins_over_what_is_generated() {
    let mut sources = sources();
    sources.insert_text("content/fees.md", "---\ntitle: What it costs\nlayout: fees\n---\nMy own words.\n");
    sources.insert_text("content/services/index.md", "---\ntitle: How I work\n---\nAn introduction.\n");
    sources.insert_asset("content/static/robots.txt", anteroom::source::Asset { len: 1, hash: [1; 32], picture: None });
    let built = build(&sources);
    assert_eq!(codes(&built), [""; 0]);
    assert!(page(&built, "fees/index.html").contains("My own words."));
    let services = page(&built, "services/index.html");
    assert!(services.contains("How I work") && services.contains("An introduction.") && services.contains("coaching/"));
    let files = &built.output.as_ref().unwrap().files;
    let robots = files.get(&anteroom::route::OutputPath::new("robots.txt").unwrap()).unwrap();
    assert!(matches!(robots, anteroom::output::File::Copied { .. }));
}

#[test]
fn drafts_and_days() {
    let mut sources = sources();
    let dated = |field: &str| {
        let name = field.split(':').next().unwrap();
        let own = ARTICLE.replace("Sleep", name).replace("About sleep.", name);
        own.replace("date: 2026-10-01", &format!("date: 2026-10-01\n{field}"))
    };
    sources.insert_text("content/resources/draft.md", dated("draft: true"));
    sources.insert_text("content/resources/later.md", dated("publish_at: 2026-12-01"));
    sources.insert_text("content/resources/gone.md", dated("expires_at: 2026-11-22"));
    sources.insert_text("content/links.md", "---\ntitle: L\n---\n[a](resources/draft.md)\n");
    let built = build(&sources);
    for name in ["draft", "later", "gone"] {
        assert!(!has(&built, &format!("resources/{name}/index.html")), "{name}");
    }
    assert_eq!(codes(&built), ["broken-link"]);
    assert_eq!(built.changes_on, Some("2026-12-01".parse().unwrap()));
    let mut options = options();
    options.drafts = true;
    let drafts = pipeline::build(&sources, &options, &mut Cache::off());
    assert!(has(&drafts, "resources/draft/index.html") && has(&drafts, "resources/later/index.html"));
    assert_eq!(codes(&drafts), [""; 0]);
}

#[test]
fn long_lists_have_pages() {
    let mut sources = sources();
    for number in 0..45 {
        sources.insert_text(&format!("content/resources/a{number}.md"), ARTICLE);
    }
    let built = build(&sources);
    assert!(has(&built, "resources/page/3/index.html") && !has(&built, "resources/page/4/index.html"));
    assert!(page(&built, "resources/page/2/index.html").contains("href=\"../../../resources/page/3/\""));
    let all: usize = (1..=3)
        .map(|n| if n == 1 { "resources/index.html".to_string() } else { format!("resources/page/{n}/index.html") })
        .map(|path| page(&built, &path).matches("2026-10-01").count())
        .sum();
    assert_eq!(all, 46, "every article stands on exactly one page of the list");
}

#[test]
fn redirects_lead_on_for_every_kind_of_host() {
    let mut sources = sources();
    sources.insert_text("content/redirects.yaml", "/old/: /about/\n/feed: https://else.example/f\n");
    let aliased = ARTICLE.replace("topics:", "aliases: [/blog/sleep.html]\ntopics:");
    sources.insert_text("content/resources/sleep.md", aliased);
    let built = build(&sources);
    assert_eq!(codes(&built), [""; 0]);
    assert!(page(&built, "old/index.html").contains("url=../about/"));
    assert!(page(&built, "blog/sleep.html").contains("url=../resources/sleep/"));
    let list = page(&built, "_redirects");
    assert!(
        list.contains("/sub/old/ /sub/about/ 301") && list.contains("/sub/feed/ https://else.example/f 301"),
        "{list}"
    );
}

#[test]
fn markdown_as_the_guide_promises() {
    let mut sources = sources();
    let body = "---\ntitle: M\n---\nA [^1] {{ site.name }} {% if %}.\n\n[^1]: The note.\n\n\
        ![A path](images/path.jpg \"On the path | Drawing: us\")\n\n> [!TIP]\n> Rest.\n\nTerm\n: Meaning\n\n- [x] done\n- [ ] open\n\n\
        | a | b |\n|--|-:|\n| 1 | 2 |\n\n```rust\nfn main() {}\n```\n\n::: callout Look\nInside.\n:::\n\n::: crisis\n:::\n\n\"Quoted\" -- text\n";
    sources.insert_text("content/m.md", body);
    let built = build(&sources);
    assert_eq!(codes(&built), ["markup-left-over"; 2]);
    let html = page(&built, "m/index.html");
    for part in [
        "{{ site.name }} {% if %}",
        "<figure class=\"figure\"><picture><source type=\"image/webp\" srcset=\"../assets/pictures/path.07070707-40.webp 40w\"",
        "<img src=\"../images/path.jpg\" alt=\"A path\" width=\"40\" height=\"30\" class=\"tone-110\" loading=\"lazy\"",
        "<figcaption>On the path <span class=\"credit\">Drawing: us</span></figcaption>",
        "<div class=\"alert alert-tip\">",
        "<dt>Term</dt>",
        "<td class=\"align-right\">2</td>",
        "<span class=\"hl-",
        "<div class=\"callout\" role=\"note\">",
        "<li id=\"fn-1\"><p>The note. <a class=\"footnote-back\"",
        "“Quoted” – text",
        "tel:988",
    ] {
        assert!(html.contains(part), "{part} is missing in\n{html}");
    }
}

#[test]
fn a_crisis_line_that_takes_texts_only_is_never_called() {
    let mut sources = sources();
    sources.insert_text("content/practice.yaml", PRACTICE.replace("[US-OR]", "[GB]"));
    let built = build(&sources);
    for path in ["crisis/index.html", "index.html"] {
        let html = page(&built, path);
        assert!(html.contains("href=\"tel:116123\"") && html.contains("href=\"sms:85258?&amp;body=SHOUT\""), "{path}");
        assert!(!html.contains("tel:85258") && html.contains("SHOUT"), "{path}");
    }
}

#[test]
fn an_address_between_angles_is_read_without_its_scheme() {
    let text = "---\ntitle: Write\nsummary: S.\n---\n<tel:+15035550142>, <mailto:a@quiet-harbour.org>, <https://quiet-harbour.org/>\n";
    let html = page(&build(&site(&[("content/write.md", text)])), "write/index.html");
    for part in [
        "<a href=\"tel:+15035550142\">+15035550142</a>",
        "<a href=\"mailto:a@quiet-harbour.org\">a@quiet-harbour.org</a>",
        ">https://quiet-harbour.org/</a>",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn a_site_of_one_file_has_a_home_page() {
    let built = build(&site(&[]));
    assert_eq!(codes(&built), [""; 0]);
    assert!(page(&built, "index.html").contains("Quiet Harbour"));
}

#[test]
fn a_sites_own_theme_file_wins_and_may_extend_what_it_shadows() {
    let mut sources = sources();
    sources.insert_text(
        "themes/linen/templates/404.html",
        "{% extends \"base.html\" %}{% block main %}<h1>Own words</h1>{% endblock %}",
    );
    let built = build(&sources);
    assert_eq!(codes(&built), [""; 0]);
    assert!(page(&built, "404.html").contains("Own words"));
    sources.insert_text(
        "themes/linen/templates/404.html",
        "{% extends \"base.html\" %}{% block main %}{{ page.titel }}{% endblock %}",
    );
    let built = build(&sources);
    assert_eq!(codes(&built), ["template-fault"]);
    assert_eq!(support::lines(&built, &sources), ["template-fault themes/linen/templates/404.html:1:50 \"titel\""]);
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let sources = sources();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| build(&sources).output)
    };
    assert_eq!(with(1), with(8));
}

#[test]
fn an_unknown_practice_kind_is_told_with_the_words_that_fit() {
    let mut sources = sources();
    sources.insert_text("content/practice.yaml", PRACTICE.replace("kind: coaching", "kind: coach"));
    let built = build(&sources);
    assert_eq!(codes(&built), ["invalid-value"]);
    let finding = built.diagnostics.iter().next().unwrap();
    assert_eq!(finding.help.as_deref(), Some("one of: licensed-therapy, coaching, mixed"));
}

#[test]
fn emergency_numbers_name_their_countries_where_they_differ() {
    let build_for = |jurisdictions: &str| {
        let mut sources = site(&[]);
        sources.insert_text("content/practice.yaml", PRACTICE.replace("[US-OR]", jurisdictions));
        page(&build(&sources), "crisis/index.html")
    };
    let one = build_for("[US-OR, US-WA]");
    assert!(one.contains("tel:911") && !one.contains("United States)"), "{one}");
    let two = build_for("[US-OR, GB, CA-ON]");
    assert!(two.contains("(United States, Canada)") && two.contains("(United Kingdom)"), "{two}");
    assert_eq!(two.matches("tel:999").count(), one.matches("tel:911").count());
}

#[test]
fn an_empty_corner_of_a_table_is_no_heading() {
    let sources = site(&[("content/t.md", "---\ntitle: T\n---\n|   | b |\n| --- | --- |\n| c | d |\n")]);
    let html = page(&build(&sources), "t/index.html");
    assert!(html.contains("<tr><td></td><th scope=\"col\">b</th></tr>"), "{html}");
}

#[test]
fn only_the_opening_of_a_page_has_its_heading() {
    let hero = "---\ntitle: T\nsections:\n  - { type: hero, heading: H }\n  - { type: practitioners }\n---\n";
    let sources = site(&[
        ("content/t.md", hero),
        ("content/landing.md", &hero.replace("title: T", "title: L\nlayout: landing")),
        ("content/practitioners/ana.md", ANA),
    ]);
    let built = build(&sources);
    let (own, landing) = (page(&built, "t/index.html"), page(&built, "landing/index.html"));
    assert!(own.contains("<h1>T</h1>") && own.contains("<h2 id=\"a-section-1\">H</h2>"));
    assert!(landing.contains("<h1>H</h1>") && !landing.contains("<h1>L</h1>"));
    // Where a block has no heading, its entries follow the page's.
    assert!(own.contains("<h2><a href=\"../practitioners/ana/\">"), "{own}");
}

const REFERENCES: &str = "way:\n  type: book\n  title: A way\n  author: Rogers, C. R.\n  date: 1980\n";

#[test]
fn the_feed_holds_whole_articles_that_any_reader_can_show() {
    let body = "Rogers @way [^1]. See [there](#way) and [contact](/contact/).\n\n## Way\n\n![A path](path.jpg \"On the path\")\n\n\
                ::: callout Note\nKept.\n:::\n\n::: crisis\n:::\n\n::: video https://www.youtube.com/watch?v=abcdefghijk The film\n:::\n\n\
                [^1]: A note.\n";
    let article =
        |date: &str| format!("---\ntitle: T & <b>\nsummary: S\nauthor: ana\ndate: {date}\nlang: de\n---\n{body}");
    let mut sources = site(&[("content/practitioners/ana.md", ANA), ("content/references.yaml", REFERENCES)]);
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}allow_hosts: [www.youtube-nocookie.com]\n"));
    for number in 1..=21 {
        let date = format!("2026-01-{number:02}");
        sources.insert_text(&format!("content/resources/a{number}/index.md"), article(&date));
        add_picture(&mut sources, &format!("content/resources/a{number}/path.jpg"));
    }
    let feed = page(&build(&sources), "feed.xml");
    assert_eq!(feed.matches("<content type=\"html\">").count(), 20);
    assert!(!feed.contains("resources/a1/"), "the oldest of 21 is not in the feed");
    let text = feed.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    for part in [
        "<entry xml:lang=\"de\">",
        "<uri>https://quiet-harbour.org/sub/practitioners/ana/</uri>",
        "<a href=\"https://quiet-harbour.org/sub/resources/a2/#ref-way\">Rogers (1980)</a>",
        "<a href=\"https://quiet-harbour.org/sub/resources/a2/#fn-1\">1</a>",
        "<a href=\"https://quiet-harbour.org/sub/contact/\">contact</a>",
        "<img src=\"https://quiet-harbour.org/sub/resources/a2/path.jpg\" alt=\"A path\"",
        "Kept.",
        "<li>Rogers, C. R. (1980). <em>A way</em>.</li>",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for part in ["<iframe", "<button", "tel:", " id=", "\u{e000}", "\u{e001}"] {
        assert!(!text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn an_article_says_who_wrote_it_with_the_letters_after_the_name() {
    let ana = "---\nname: Ana Lopez\nrole_title: Psychotherapist\ncredentials:\n  - { abbr: PhD, name: Doctor }\n\
               licences:\n  - { type: LMFT, number: '1', jurisdiction: US-OR, board: B }\n  \
               - { type: Registered counselor, number: '2', jurisdiction: US-OR, board: B }\n---\nText.\n";
    let ben = "---\nname: Ben Ode\nrole_title: Certified Life Coach\ncredentials:\n  \
               - { abbr: CLC, name: Certified life coach }\n---\nText.\n";
    let article =
        "---\ntitle: T\nsummary: S\nauthor: ana\nreviewed_by: ben\ndate: 2026-01-01\n---\nText about something.\n";
    let sources = site(&[
        ("content/practitioners/ana.md", ana),
        ("content/practitioners/ben.md", ben),
        ("content/resources/a.md", article),
    ]);
    let html = page(&build(&sources), "resources/a/index.html").replace("&#8288;", "");
    for part in [">Ana Lopez</a>, PhD, LMFT, Psychotherapist</dd>", ">Ben Ode</a>, CLC</dd>"] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn a_topic_can_have_an_introduction() {
    let topic = "---\ntitle: Sleep and rest\nsummary: Why we lie awake.\naliases: [/insomnia/]\n---\nA few words, see \
                 [sleep](/resources/sleep.md).\n";
    let draft = ARTICLE.replace("topics: [Rest & sleep]", "topics: [Later]\ndraft: true");
    let mut sources = sources();
    for (path, text) in [
        ("resources/topics/rest-sleep.md", topic),
        ("resources/topics/rest-slepe.md", "---\ntitle: Odd\n---\nNo article.\n"),
        ("resources/topics/later.md", "---\ntitle: Later\n---\nNot yet.\n"),
        (
            "resources/topics/index.md",
            "---\ntitle: What we write about\n---\nAll of it, such as [rest](rest-sleep.md).\n",
        ),
        ("resources/later.md", &draft),
    ] {
        sources.insert_text(&format!("content/{path}"), text.to_string());
    }
    let built = build(&sources);
    assert_eq!(codes(&built), ["topic-without-articles"]);
    let finding = built.diagnostics.iter().find(|finding| finding.code.name == "topic-without-articles").unwrap();
    assert_eq!(finding.place.as_ref().unwrap().path.as_str(), "content/resources/topics/rest-slepe.md");
    assert_eq!(finding.help.as_deref(), Some("did you mean content/resources/topics/rest-sleep.md?"));
    let html = page(&built, "resources/topics/rest-sleep/index.html");
    for part in [
        "<h1>Sleep and rest</h1>",
        "<p class=\"standfirst\">Why we lie awake.</p>",
        "<p>A few words, see <a href=\"../../../resources/sleep/\">sleep</a>.</p>",
        "<meta name=\"description\" content=\"Why we lie awake.\">",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    let article = page(&built, "resources/sleep/index.html");
    assert!(article.contains("<a href=\"../../resources/topics/rest-sleep/\">Sleep and rest</a>"), "{article}");
    let topics = page(&built, "resources/topics/index.html");
    assert!(topics.contains("<h1>What we write about</h1>") && topics.contains("topics/rest-sleep/\">rest</a>"));
    for path in ["resources/topics/rest-slepe/index.html", "resources/topics/later/index.html"] {
        assert!(!has(&built, path), "{path}");
    }
    assert!(page(&built, "insomnia/index.html").contains("resources/topics/rest-sleep/"));
    let sitemap = page(&built, "sitemap.xml");
    assert!(sitemap.contains("resources/topics/rest-sleep/") && !page(&built, "feed.xml").contains("<title>Sleep and"));
}

#[test]
fn a_page_head_says_what_search_results_and_shared_links_need() {
    let long = "A title that needs all of the room that a line of search results has";
    let article = ARTICLE
        .replace("title: Sleep", &format!("title: {long}"))
        .replace("date: 2026-10-01", "date: 2026-10-01\nupdated: 2026-11-02");
    let mut sources = sources();
    sources.insert_text("content/resources/sleep.md", article);
    sources.insert_text("content/gb.md", "---\ntitle: Colour\nlang: en-GB\n---\nGrey.\n");
    let built = build(&sources);
    let html = page(&built, "resources/sleep/index.html");
    for part in [
        format!("<title>{long}</title>"),
        format!("<meta property=\"og:title\" content=\"{long}\">"),
        "<meta property=\"og:description\" content=\"About sleep.\">".into(),
        "<meta property=\"og:url\" content=\"https://quiet-harbour.org/sub/resources/sleep/\">".into(),
        "<meta property=\"og:site_name\" content=\"Quiet Harbour\">".into(),
        "<meta property=\"og:locale\" content=\"en_US\">".into(),
        "<meta property=\"article:published_time\" content=\"2026-10-01\">".into(),
        "<meta property=\"article:modified_time\" content=\"2026-11-02\">".into(),
        "<meta property=\"article:author\" content=\"https://quiet-harbour.org/sub/practitioners/ana/\">".into(),
        "<meta property=\"article:tag\" content=\"Rest &amp; sleep\">".into(),
        "<link rel=\"canonical\" href=\"https://quiet-harbour.org/sub/resources/sleep/\">".into(),
    ] {
        assert!(html.contains(&part), "{part}\n{html}");
    }
    for path in ["resources/index.html", "resources/topics/rest-sleep/index.html", "about/index.html"] {
        let html = page(&built, path);
        assert!(html.contains("<link rel=\"alternate\" type=\"application/atom+xml\""), "{path}");
        assert!(html.contains(" · Quiet Harbour</title>"), "{path}");
    }
    assert!(page(&built, "gb/index.html").contains("<meta property=\"og:locale\" content=\"en_GB\">"));
}

#[test]
fn descriptions_that_search_results_would_cut_or_replace_are_noted() {
    let fits = "A coach in Portland who listens, asks one question at a time, and writes nothing down.";
    let long = "word ".repeat(40);
    let page = |front: &str| format!("---\ntitle: T\n{front}\n---\nText.\n");
    let sources = site(&[
        ("content/a.md", &page("summary: Too short.")),
        ("content/b.md", &page(&format!("summary: {fits}"))),
        ("content/c.md", &page(&format!("summary: Too short.\ndescription: {long}"))),
        ("content/d.md", &page("summary: Too short.\nnoindex: true")),
        ("content/e.md", &page("")),
    ]);
    let built = build(&sources);
    let found: Vec<_> = built
        .diagnostics
        .iter()
        .filter(|finding| finding.code.name == "description-length")
        .map(|finding| support::line_of(finding, &sources))
        .collect();
    assert_eq!(
        found,
        [
            "description-length content/a.md:3:10 \"Too short.\"".to_string(),
            format!("description-length content/c.md:4:14 {:?}", long.trim()),
        ]
    );
}

/// The directives of a site's policy that name a host, in the header and in a page's head.
fn admitting(built: &Build, host: &str) -> (Vec<String>, Vec<String>) {
    let named = |policy: &str| {
        let directives = policy.split(';').filter(|directive| directive.contains(host));
        directives.filter_map(|directive| directive.split_whitespace().next().map(str::to_string)).collect()
    };
    let headers = page(built, "_headers");
    let header = headers.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: ")).unwrap();
    let html = page(built, "a/index.html");
    let (_, meta) = html.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
    (named(header), named(&meta.split('"').next().unwrap().replace("&#39;", "'")))
}

#[test]
fn a_host_is_admitted_for_what_it_is_used_for_and_nothing_else() {
    for (text, header, meta, when) in [
        ("<form action=\"https://one.invalid/x\"><button>x</button></form>", "form-action", "form-action", "on_send"),
        ("<iframe title=x src=\"https://one.invalid/x\"></iframe>", "frame-src", "frame-src", "on_load"),
        ("::: video https://one.invalid/x A film\n:::", "frame-src", "frame-src", "on_click"),
        (
            "<script src=\"https://one.invalid/x.js\"></script>",
            "script-src connect-src",
            "script-src connect-src",
            "on_load",
        ),
        ("<img alt=x src=\"https://one.invalid/x.png\">", "img-src", "", "on_load"),
        ("<video src=\"https://one.invalid/x.mp4\"></video>", "media-src", "", "on_load"),
        ("<link rel=\"stylesheet\" href=\"https://one.invalid/x.css\">", "style-src", "", "on_load"),
    ] {
        let text = format!("---\ntitle: A\nsummary: S.\n---\n{text}\n");
        let mut sources = site(&[("content/a.md", &text)]);
        let practice = format!("{PRACTICE}raw_html: allow\nallow_hosts: [one.invalid]\n");
        sources.insert_text("content/practice.yaml", practice);
        let built = build(&sources);
        let (in_header, in_page) = admitting(&built, "one.invalid");
        assert_eq!((in_header.join(" ").as_str(), in_page.join(" ").as_str()), (header, meta), "{text}");
        let one = built.hosts.iter().find(|one| one.host == "one.invalid").unwrap();
        assert_eq!(one.when.key(), when, "{text}");
    }
    // By what is declared, and by what is known of a company that no page names.
    for (facts, host, header) in [
        (
            "contact_form: { provider: endpoint, endpoint: \"https://f.invalid/x\", baa: true }",
            "f.invalid",
            "form-action",
        ),
        ("analytics: { provider: C, script_host: c.invalid }", "c.invalid", "script-src img-src connect-src"),
        ("booking: { url: \"https://b.invalid/x\", mode: click-to-load }", "b.invalid", "frame-src"),
        ("booking: { url: \"https://b.invalid/x\", mode: link }", "b.invalid", ""),
        ("allow_hosts: [formspree.io]", "formspree.io", "form-action"),
        ("allow_hosts: [player.vimeo.com]", "player.vimeo.com", "frame-src"),
    ] {
        let mut sources = site(&[("content/a.md", "---\ntitle: A\nsummary: S.\n---\nText.\n")]);
        sources.insert_text("content/practice.yaml", format!("{PRACTICE}{facts}\n"));
        let (in_header, _) = admitting(&build(&sources), host);
        assert_eq!(in_header.join(" "), header, "{facts}");
    }
}
