//! What hosts read: redirects of every kind, and the author's own `_headers` and `_redirects`.

use crate::support::{build, has, lines, page, site};

const ABOUT: (&str, &str) = ("content/about.md", "---\ntitle: About\n---\nText.\n");

fn redirects(text: &str) -> (Vec<String>, String) {
    let sources = site(&[ABOUT, ("content/redirects.yaml", text)]);
    let built = build(&sources);
    let found = lines(&built, &sources);
    let list = if has(&built, "_redirects") { page(&built, "_redirects") } else { String::new() };
    (found, list)
}

#[test]
fn many_addresses_and_queries_lead_on_where_hosts_can() {
    let (found, list) = redirects(
        "/post/*: /about/\n/blog/*: /crisis/:splat\n/?p=12: /about/\n/old/?cat=3&x=1: /contact/\n/post/one/: /contact/\n",
    );
    assert_eq!(
        list.lines().collect::<std::collections::BTreeSet<_>>(),
        std::collections::BTreeSet::from([
            "/sub/ p=12 /sub/about/ 301!",
            "/sub/old/ cat=3 x=1 /sub/contact/ 301!",
            "/sub/post/one/ /sub/contact/ 301",
            "/sub/blog/* /sub/crisis/:splat 301",
            "/sub/post/* /sub/about/ 301",
        ])
    );
    assert_eq!(found.iter().filter(|line| line.starts_with("redirect-needs-host")).count(), 4, "{found:?}");
    assert_eq!(found.len(), 4);
}

#[test]
fn single_addresses_come_before_many() {
    let (_, list) = redirects("/a/*: /about/\n/a/b/: /contact/\n/a/?p=1: /crisis/\n");
    let at = |line: &str| list.lines().position(|other| other.starts_with(line)).unwrap();
    assert!(at("/sub/a/ p=1") < at("/sub/a/*") && at("/sub/a/b/") < at("/sub/a/*"), "{list}");
}

#[test]
fn what_is_no_address_is_told() {
    for from in ["/a*", "/*/b/", "/a/?p", "/a/?=1", "/a b/", "a/*", "/?p=1 2"] {
        let (found, list) = redirects(&format!("\"{from}\": /about/\n"));
        assert_eq!((found.len(), list.as_str()), (1, ""), "{from}: {found:?}");
        assert!(found[0].starts_with("bad-redirect content/redirects.yaml:1:"), "{found:?}");
    }
    let (found, _) = redirects("/a/*: /nowhere/:splat\n");
    assert!(found[0].starts_with("broken-link"), "{found:?}");
}

#[test]
fn no_address_adds_a_field() {
    let (_, list) = redirects("/old/: \"https://else.example/a b 200\"\n");
    assert!(list.is_empty() || list.split_whitespace().count() == 3, "{list}");
}

#[test]
fn the_authors_files_are_joined_with_those_that_are_made() {
    let own = "# mine\n/x/ /about/ 302\n/sub/old/ https://else.example/ 301\nnonsense\n";
    let headers = "/*\n  X-Mine: 1\n  X-Frame-Options: SAMEORIGIN\n/about/\n  Referrer-Policy: no-referrer\nno path\n";
    let sources = site(&[
        ABOUT,
        ("content/redirects.yaml", "/old/: /about/\n/other/: /about/\n"),
        ("content/static/_redirects", own),
        ("content/static/_headers", headers),
    ]);
    let built = build(&sources);
    assert_eq!(
        lines(&built, &sources),
        [
            "host-file content/static/_headers:3:1 \"  X-Frame-Options: SAMEORIGIN\"",
            "host-file content/static/_headers:5:1 \"  Referrer-Policy: no-referrer\"",
            "host-file content/static/_headers:6:1 \"no path\"",
            "host-file content/static/_redirects:3:1 \"/sub/old/ https://else.example/ 301\"",
            "host-file content/static/_redirects:4:1 \"nonsense\"",
        ]
    );
    let list = page(&built, "_redirects");
    assert!(list.starts_with(own), "{list}");
    assert!(list.contains("/sub/other/ /sub/about/ 301"), "{list}");
    let sent = page(&built, "_headers");
    assert!(sent.starts_with(headers) && sent.contains("Content-Security-Policy"), "{sent}");
}

#[test]
fn a_line_for_the_same_path_takes_the_place_of_the_made_one() {
    let practice = crate::support::PRACTICE.replace("/sub", "");
    let mut sources = site(&[
        ABOUT,
        ("content/redirects.yaml", "/old/: /about/\n"),
        ("content/static/_redirects", "/old /contact/ 301\n"),
        ("content/static/_headers", "/*\n  x-frame-options: SAMEORIGIN\n"),
    ]);
    sources.insert_text("content/practice.yaml", practice);
    let built = build(&sources);
    assert_eq!(page(&built, "_redirects"), "/old /contact/ 301\n");
    let sent = page(&built, "_headers").to_lowercase();
    assert_eq!(sent.matches("x-frame-options").count(), 1, "{sent}");
    assert_eq!(lines(&built, &sources).len(), 2);
}
