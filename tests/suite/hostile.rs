//! Input that nobody should write and everybody finds: each a finding or a page, never a panic or a hang.

#![allow(clippy::disallowed_methods, reason = "tests look at files and clocks")]

use std::time::{Duration, Instant};

use crate::support::{self, build, codes, page, site};
use anteroom::source::Sources;
use proptest::prelude::*;

fn of(path: &str, bytes: impl Into<Vec<u8>>) -> Sources {
    let mut sources = site(&[]);
    sources.insert_text(path, bytes);
    sources
}

fn body(text: &str) -> Vec<u8> {
    format!("---\ntitle: A\n---\n{text}").into_bytes()
}

#[test]
fn bytes_that_are_no_text() {
    for (bytes, code) in [
        (b"---\ntitle: Caf\xe9\n---\n".to_vec(), "not-utf8"),
        (b"---\ntitle: a\n---\nb\0c\n".to_vec(), "nul-character"),
        (b"\xef\xbb\xbf---\ntitle: a\n---\n".to_vec(), "byte-order-mark"),
        (b"---\r\ntitle: a\r\n---\r\ntext\r\n".to_vec(), "windows-line-ends"),
        (body(&"x".repeat(10_000_000)), "line-too-long"),
        (b"".to_vec(), "missing-front-matter"),
        (b"---".to_vec(), "front-matter-not-closed"),
        (format!("---\ntitle: {}\n---\n", "x".repeat(70_000)).into_bytes(), "front-matter-too-large"),
        (b"---\n- a\n- b\n---\n".to_vec(), "wrong-type"),
        (b"---\n? [a]\n: b\n---\n".to_vec(), "wrong-type"),
        (format!("---\ntitle: {}\n---\n", "[".repeat(10_000)).into_bytes(), "yaml-syntax"),
        (b"---\na: &a [x]\nb: &b [*a,*a]\ntitle: *c\n---\n".to_vec(), "yaml-syntax"),
        (body(&"> ".repeat(100)), "deep-nesting"),
        (body(&(0..100).map(|n| format!("{}- a\n", "  ".repeat(n))).collect::<String>()), "deep-nesting"),
    ] {
        let built = build(&of("content/a.md", bytes.clone()));
        assert!(codes(&built).contains(&code), "{code}: {:?} for {:?}", codes(&built), &bytes[..bytes.len().min(40)]);
    }
}

#[test]
fn an_alias_bomb_ends() {
    let mut yaml = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..30 {
        yaml.push_str(&format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", ")));
    }
    let started = Instant::now();
    let built = build(&of("content/a.md", format!("---\n{yaml}---\n")));
    assert!(built.diagnostics.has_errors());
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn markdown_that_explodes_elsewhere_ends_here() {
    for text in [
        "[".repeat(50_000),
        "*a ".repeat(50_000),
        "![[]()".repeat(10_000),
        "`".repeat(50_000),
        "<a".repeat(30_000),
        "[^a]".repeat(5_000) + "\n\n[^a]: b",
        "|a".repeat(2_000) + "\n" + &"|-".repeat(2_000) + "\n" + &"|b\n".repeat(500),
        "::: callout\n".repeat(3_000),
        "::: booking\n".repeat(1_000),
        "[@".repeat(20_000),
        "&#x1F600;".repeat(5_000),
    ] {
        let lines = text.as_bytes().chunks(5_000).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n");
        let started = Instant::now();
        build(&of("content/a.md", body(&lines)));
        assert!(started.elapsed() < Duration::from_secs(20), "{} took {:?}", &text[..12], started.elapsed());
    }
}

/// Public lists of cross-site scripting vectors, by kind: none may come out able to run.
#[test]
fn nothing_that_runs_comes_through() {
    let vectors = [
        "<script>alert(1)</script>",
        "<ScRiPt src=//x.example></sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><script>1</script></svg>",
        "<a href=\"java&#115;cript:alert(1)\">x</a>",
        "<a href=\" javascript:alert(1)\">x</a>",
        "<iframe srcdoc='<script>1</script>'></iframe>",
        "<math><mtext></table><mglyph><style><!--</style><img src=1 onerror=alert(1)>",
        "<form action=//x.example><input name=a><button>go</button></form>",
        "<details open ontoggle=alert(1)>",
        "<base href=//x.example>",
        "<meta http-equiv=refresh content=0;url=//x.example>",
        "<object data=x></object><embed src=x>",
        "<style>@import url(//x.example)</style>",
        "<p style=\"background:url(//x.example)\">x</p>",
        "</main></body><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html,<script>1</script>)",
        "[x](\u{1}javascript:alert(1))",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "::: callout <script>alert(1)</script>\nx\n:::",
        "::: callout \" onmouseover=alert(1)\nx\n:::",
        "[@<script>alert(1)</script>]",
        "## x {#\" onclick=alert(1)}",
        "![\" onerror=alert(1)](/images/x.jpg \"<script>1</script> | <b>\")",
        "```\" onclick=alert(1)\nx\n```",
        "[^<script>]: <script>1</script>\n\nx[^<script>]",
    ];
    for vector in vectors {
        let mut sources = of("content/a.md", body(vector));
        support::add_picture(&mut sources, "content/images/x.jpg");
        let built = build(&sources);
        let html = page(&built, "a/index.html").to_lowercase();
        let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
        let escaped_away = main.replace("&lt;script", "").replace("&lt;/script", "");
        for bad in [
            "<script",
            "<iframe",
            "<object",
            "<embed",
            "<base",
            "<form",
            "<style",
            "<svg",
            "<math",
            "<meta",
            " style=\"",
            "srcdoc",
        ] {
            assert!(!escaped_away.contains(bad), "{vector}: {bad} in\n{main}");
        }
        let errors = built.diagnostics.has_errors();
        for bad in [" onerror=", " onload=", " onclick=", " ontoggle=", " onmouseover="] {
            // As text between tags or inside a quoted value it is harmless; as an attribute it is not.
            assert!(!is_attribute(main, bad.trim()), "{vector}: {bad} in\n{main}");
        }
        assert!(errors || !main.contains("href=\"javascript:"), "{vector}\n{main}");
        assert!(errors || !main.contains("src=\"javascript:"), "{vector}\n{main}");
    }
}

/// Whether `name` stands inside a tag and outside its quoted values.
fn is_attribute(html: &str, name: &str) -> bool {
    let (mut in_tag, mut quoted) = (false, false);
    for (at, c) in html.char_indices() {
        match c {
            '<' if !in_tag => in_tag = true,
            '>' if in_tag && !quoted => in_tag = false,
            '"' if in_tag => quoted = !quoted,
            _ if in_tag && !quoted && html[at..].starts_with(name) => return true,
            _ => {}
        }
    }
    false
}

#[test]
fn facts_with_markup_are_text() {
    let mut sources = site(&[]);
    let practice = support::PRACTICE.replace("Quiet Harbour", "'<script>alert(1)</script> & \"Co\"'");
    sources.insert_text("content/practice.yaml", practice);
    let built = build(&sources);
    assert!(!page(&built, "index.html").contains("<script>alert"));
    assert!(page(&built, "index.html").contains("&lt;script&gt;"));
}

// `PROPTEST_CASES=20000 cargo test --release hostile::` looks for hours where this looks for seconds.
/// Files that would take the stack or the memory of the libraries that read them.
#[test]
fn files_that_ask_for_too_much_are_told_at_their_place() {
    let css = |text: String| ("themes/linen/assets/theme.css", text, "style-fault");
    let bib = |text: String| ("content/references.bib", text, "broken-reference-entry");
    let doubled: String = (1..40).map(|n| format!("@string{{s{n} = s{} # s{}}}\n", n - 1, n - 1)).collect();
    for (path, text, code) in [
        css(format!("{}{}", "a{".repeat(600), "}".repeat(600))),
        css(format!("a{{width:{}1{}}}", "calc(".repeat(600), ")".repeat(600))),
        css(format!("{}color:red{}", "&>&{".repeat(33), "}".repeat(33))),
        css(format!("{}color:red{}", "a,b,c,d,e,f{".repeat(20), "}".repeat(20))),
        css(format!("a{}{{color:red}}", ":not(".repeat(5_000))),
        bib(format!("@string{{s0 = \"xxxxxxxx\"}}\n{doubled}@book{{a, title = s39, date = {{2020}}}}\n")),
        bib("@string{s = s # s}\n@book{a, title = s, date = {2020}}\n".to_string()),
        bib(format!("@book{{a, title = {}x{}, date = {{2020}}}}\n", "{".repeat(9_000), "}".repeat(9_000))),
        bib("@book{a, title = {A}, date = {2020}, crossref = {a}}\n".to_string()),
        bib("@string{s = {b}}\n@book{a, title = {A}, Crossref = s}\n@book{b, title = {B}, xdata = {{a}}}\n".to_string()),
        bib((0..40).map(|n| format!("@xdata{{a{n}, xdata = {{a{m},a{m}}}, title = {{A}}}}\n", m = n + 1)).collect()),
        bib((0..900).map(|n| format!("@book{{a{n}, crossref = {{a{}}}, title = {{A}}}}\n", n + 1)).collect()),
    ] {
        let sources = of(path, text.clone());
        let started = Instant::now();
        let built = build(&sources);
        let told = built.diagnostics.iter().find(|finding| finding.code.name == code);
        let told = told.unwrap_or_else(|| panic!("{}: {:?}", &text[..20], support::lines(&built, &sources)));
        assert_eq!(told.place.as_ref().map(|place| place.path.as_str()), Some(path));
        assert!(started.elapsed() < Duration::from_secs(10), "{}", &text[..20]);
    }
    // What people write is not told.
    let nested =
        "a{&:hover{& b{color:red}}}@media (min-width:1px){@supports (a:b){.x{width:calc((1px + (2px*(3 + 4))))}}}";
    assert_eq!(codes(&build(&of("themes/linen/assets/theme.css", nested))), [""; 0]);
}

#[test]
fn yaml_that_asks_for_too_much_is_told_before_it_is_read() {
    let lists = |n: usize| "[".repeat(n);
    let aliases = format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(8_000), "*a,".repeat(8_000));
    for (path, text) in [
        ("content/a.md", format!("---\ntitle: {}\n---\n", lists(30_000))),
        ("content/a.md", format!("---\n{aliases}---\n")),
        ("content/a.md", format!("---\ntitle:\n{}\n---\n", "- ".repeat(10_000))),
        ("content/references.yaml", (0..40).map(|_| lists(50_000) + "\n").collect()),
        ("content/references.yaml", aliases.clone()),
        ("content/redirects.yaml", aliases.clone()),
        ("themes/linen/theme.yaml", aliases.clone()),
        ("themes/linen/theme.yaml", format!("name: {}", lists(20_000))),
        ("themes/linen/locales/en.yaml", aliases),
    ] {
        let sources = of(path, text.clone());
        let started = Instant::now();
        let built = build(&sources);
        let places: Vec<_> = built.diagnostics.iter().filter_map(|finding| finding.place.as_ref()).collect();
        let is_told = places.iter().any(|place| place.path.as_str() == path);
        assert!(is_told, "{path} {:?}: {:?}", &text[..20], support::lines(&built, &sources));
        assert!(started.elapsed() < Duration::from_secs(10), "{path} {:?} took {:?}", &text[..20], started.elapsed());
    }
}

#[test]
fn settings_never_leave_their_declaration() {
    for (name, value) in [
        ("font_body", "serif, /*"),
        ("font_body", "serif; } body { display: none"),
        ("font_body", "</style><script>1</script>"),
        ("color_accent", "red/*"),
        ("color_accent", "url(//evil.example)"),
        ("measure", "1e9999rem"),
        ("measure", "34rem;}"),
    ] {
        let sources =
            of("content/practice.yaml", format!("{}theme:\n  settings:\n    {name}: {value:?}\n", support::PRACTICE));
        let built = build(&sources);
        let told = codes(&built).contains(&"invalid-setting");
        let sheet = built.output.as_ref().and_then(|output| {
            let name = output.files.keys().find(|name| name.as_str().ends_with(".css"))?.as_str().to_string();
            Some(page(&built, &name))
        });
        let is_whole = sheet.is_some_and(|sheet| {
            let rule = &sheet[sheet.find(":root{").unwrap()..];
            let rule = &rule[..rule.find('}').unwrap()];
            rule.contains("--space:") && !rule.contains("/*") && !rule.contains("evil") && !rule.contains("inf")
        });
        assert!(told || is_whole, "{name}: {value}");
    }
}

#[test]
fn templates_without_an_end_are_told_at_their_place() {
    let loops = "{% set r = range(end=1000) %}\n{% for a in r %}{% for b in r %}{% for c in r %}x{% endfor %}{% endfor %}{% endfor %}";
    let block = |text: &str| format!("{{% extends \"base/404.html\" %}}{{% block main %}}{text}{{% endblock %}}");
    for (text, line) in [
        (block(loops), 2),
        (
            block("{{ <Again n={0} /> }}")
                + "\n{% component Again(n=0) %}\n{% if n < 19 %}{{ <Again n={n + 1} /> }}{{ <Again n={n + 1} /> }}{% endif %}\n\
                   {% endcomponent %}\n{% component Once(n=0) %}{% endcomponent %}",
            2,
        ),
        (block("\n{{ <Again /> }}") + "\n{% component Again() %}{{ <Again /> }}{% endcomponent %}", 3),
        (
            block(
                "{% set a = \"xxxxxxxxxxxxxxxx\" %}\n\n{% for b in range(end=90) %}{% set_global a = a ~ a %}{% endfor %}",
            ),
            3,
        ),
        (block("{% for b in range(end=100000000) %}{% endfor %}"), 1),
    ] {
        let path = "themes/linen/templates/404.html";
        let sources = of(path, text.clone());
        let started = Instant::now();
        let built = build(&sources);
        let told = built.diagnostics.iter().find(|finding| finding.code.name == "template-fault");
        let told = told.unwrap_or_else(|| panic!("{text}: {:?}", support::lines(&built, &sources)));
        let place = told.place.as_ref().unwrap();
        let at = anteroom::diagnostic::report::position(&sources, place).unwrap();
        assert_eq!((place.path.as_str(), at.line), (path, line), "{text}: {}", told.message);
        assert!(started.elapsed() < Duration::from_secs(30), "{text} took {:?}", started.elapsed());
    }
    let fault = "{% for a in [1, 2] %}{% for b in [a] %}{{ b | upper }}{{ nothing.at.all }}{% endfor %}{% endfor %}";
    let path = "themes/linen/templates/404.html";
    let sources = of(path, format!("{{% extends \"base/404.html\" %}}{{% block main %}}\n{fault}{{% endblock %}}"));
    let built = build(&sources);
    let told = built.diagnostics.iter().find(|finding| finding.code.name == "template-fault").expect("it is told");
    let text = String::from_utf8_lossy(sources.text(&told.place.as_ref().unwrap().path).unwrap()).to_string();
    let marked = &text[told.place.as_ref().unwrap().span.clone()];
    assert!("b | upper nothing.at.all".contains(marked.trim()), "{marked:?}: {}", told.message);
}

#[test]
fn elements_that_nobody_closes_are_told_once() {
    let sources = of("content/a.md", body(&"<div>\n\n".repeat(5_000)));
    let started = Instant::now();
    let built = build(&sources);
    assert_eq!(codes(&built).iter().filter(|code| **code == "deep-nesting").count(), 1);
    assert!(started.elapsed() < Duration::from_secs(10));
    let html = "<div>\n\n<p>a\n\n<p>b<br>\n\n</div>\n\n".repeat(300);
    assert!(!codes(&build(&of("content/a.md", body(&html)))).contains(&"deep-nesting"));
}

#[test]
fn drawings_that_ask_for_too_much_or_cannot_be_drawn_are_broken() {
    let svg = |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>");
    let uses: String =
        (1..40).map(|n| format!("<g id=\"a{n}\"><use href=\"#a{m}\"/><use href=\"#a{m}\"/></g>", m = n - 1)).collect();
    for (inside, words) in [
        (format!("<g id=\"a0\"><path d=\"M0 0h9\"/></g>{uses}"), "repeats"),
        (
            format!(
                "<filter id=\"f\">{}</filter>{}",
                "<feGaussianBlur stdDeviation=\"9\"/>".repeat(50),
                "<path filter=\"url(#f)\" d=\"M0 0h9\"/>".repeat(500)
            ),
            "effects",
        ),
        ("<filter id=\"f\"><feTurbulence numOctaves=\"99999\"/></filter>".to_string(), "octaves"),
    ] {
        let started = Instant::now();
        let read = anteroom::picture::read("svg", svg(&inside).as_bytes());
        assert!(read.as_ref().is_err_and(|error| error.contains(words)), "{words}: {read:?}");
        assert!(started.elapsed() < Duration::from_secs(5));
    }
    let shadow = "<filter id=\"f\"><feGaussianBlur stdDeviation=\"1\"/><feOffset dx=\"1\"/></filter><path filter=\"url(#f)\" d=\"M0 0h9\"/>";
    assert!(anteroom::picture::read("svg", svg(shadow).as_bytes()).is_ok());
    // Its size can be read, and nothing of it can be drawn.
    let undrawn = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\" viewBox=\"0 0 0 0\"/>";
    let entity = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>&nothing;</text></svg>";
    for drawing in [undrawn, entity] {
        let read = anteroom::picture::read("svg", drawing.as_bytes());
        let made = read.as_ref().ok().map(|facts| {
            let recipe = anteroom::picture::Recipe { width: 48, format: anteroom::picture::Format::Icon };
            anteroom::picture::make(drawing.as_bytes(), facts, &[recipe])
        });
        assert!(made.is_none_or(|made| made.is_ok()), "{drawing}: {read:?} is found where it is made only");
    }
}

#[test]
fn pictures_that_ask_for_too_much_are_broken() {
    let groups = |n: usize| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{}{}</svg>",
            "<g>".repeat(n),
            "</g>".repeat(n)
        )
    };
    assert!(anteroom::picture::read("svg", groups(50).as_bytes()).is_ok());
    assert!(anteroom::picture::read("svg", groups(10_000).as_bytes()).unwrap_err().contains("deep"));
    let chunk = |kind: &[u8], data: &[u8]| {
        let body = [kind, data].concat();
        let mut crc = flate2::Crc::new();
        crc.update(&body);
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &body, &crc.sum().to_be_bytes()].concat()
    };
    let packed = |len: usize| {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut out, &vec![0; len]).unwrap();
        out.finish().unwrap()
    };
    let png = |profile: usize| {
        [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
            chunk(b"iCCP", &[b"x\0\0".to_vec(), packed(profile)].concat()),
            chunk(b"IDAT", &packed(2)),
            chunk(b"IEND", b""),
        ]
        .concat()
    };
    assert!(anteroom::picture::read("png", &png(3_000)).is_ok());
    let vast = anteroom::picture::read("png", &png(100_000_000));
    assert!(vast.as_ref().is_err_and(|error| error.contains("profile")), "{vast:?}");
}

proptest! {
    #[test]
    fn any_markdown_builds(text in "(\\PC|[\\n\\[\\]()*_`#>|:~!<\\-{}@^\"'&=+.0-9 ]){0,400}") {
        build(&of("content/a.md", body(&text)));
    }

    #[test]
    fn any_front_matter_is_answered(text in "([a-z_]{1,9}: ?)?(\\PC|[\\n\\[\\]{}:,&*!|>'\"%@`# -]){0,200}") {
        build(&of("content/services/a.md", format!("---\n{text}\n---\n")));
        build(&of("content/practice.yaml", format!("{}{text}\n", support::PRACTICE)));
        build(&of("content/references.yaml", text.clone()));
        build(&of("content/redirects.yaml", text.clone()));
        build(&of("themes/linen/theme.yaml", text));
    }

    #[test]
    fn any_value_of_a_known_field_is_answered(
        service in "((title|summary|kind|duration_min|price|formats|for_whom|what_to_expect|faqs|booking|weight): ?(\\PC|[\"'#:,&*!@$%.€ 0-9-]){0,24}\n){0,6}",
        practice in "((language|jurisdictions|phone|sms_ok|booking|insurance|fees_as_of|custom_domain|locations|currency): ?(\\PC|[\"'#:,&*!@$%.€ 0-9-]){0,24}\n){0,6}",
    ) {
        build(&of("content/services/a.md", format!("---\n{service}---\n")));
        build(&of("content/practice.yaml", format!("name: a\ndescription: b\n{practice}")));
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        build(&of("content/a.md", bytes));
    }

    #[test]
    fn any_template_is_answered(text in "(\\{\\{|\\}\\}|\\{%|%\\}|page|site|for|in|if|end|\\.|[a-z\" |=<>]){0,40}") {
        build(&of("themes/linen/templates/404.html", text.clone()));
        build(&of("themes/linen/assets/theme.css", text));
    }
}
