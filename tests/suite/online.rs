//! `check --live`: a website published by a real server on this machine, over TLS, faultless and with one fault at a time. A new
//! fault is one more row of `FAULTS`.

#![allow(clippy::disallowed_methods, reason = "tests look at files and wait")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anteroom::diagnostic::Severity;
use anteroom::disk;
use anteroom::online::live::{self, Expected};
use anteroom::online::web::{Settings, Web};
use anteroom::options::Options;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::serve::rules::Rules;
use anteroom::source::Sources;

use crate::support::Folder;
use crate::support::host::{Asked, Certificate, Given, Host};

const NAME: &str = "quiet-harbour.org";
const PRACTICE: &str = "\
name: Quiet Harbour
description: A practice for tests of what is published.
language: en
kind: coaching
jurisdictions: [US-OR]
base_url: https://quiet-harbour.org
email: hello@quiet-harbour.org
currency: USD
";

/// A site with something of everything, its build, and the folder that a host serves.
struct Site {
    folder: Folder,
    sources: Sources,
    build: Build,
}

impl Site {
    fn new(name: &str) -> Site {
        let folder = Folder::new(name);
        folder.file("content/practice.yaml", PRACTICE);
        folder.file("content/index.md", "---\ntitle: Welcome\n---\nA small room with a view. Write to hello@quiet-harbour.org.\n\n![The harbour](images/harbour.png)\n");
        folder.file(
            "content/about.md",
            "---\ntitle: About\naliases: [/who-we-are/]\n---\nAna listens, and says little. Grüße.\n",
        );
        folder.file(
            "content/services/grief.md",
            "---\ntitle: Grief\nsummary: When something ends.\nkind: coaching\nformats: [video]\n---\nWe take our time.\n",
        );
        folder.file("content/practitioners/ana.md", "---\nname: Ana Lopez\nrole_title: Coach\n---\nAna listens.\n");
        folder.file(
            "content/resources/first.md",
            "---\ntitle: First\nsummary: A first article.\nauthor: ana\ndate: 2026-10-01\n---\nSome words.\n",
        );
        folder.file("content/plans.md", "---\ntitle: Plans\ndraft: true\n---\nNot yet for anybody.\n");
        folder.file(
            "content/redirects.yaml",
            "/old/page/: /about/\n/blog/*: /resources/\n/elsewhere/: https://example.org/x\n",
        );
        folder.file("content/files/form.pdf", "%PDF-1.4 a form");
        fs::create_dir_all(folder.path().join("content/images")).unwrap();
        image::RgbImage::from_fn(900, 600, |x, y| image::Rgb([x as u8, y as u8, 90]))
            .save(folder.path().join("content/images/harbour.png"))
            .unwrap();
        Site::read(folder)
    }

    fn read(folder: Folder) -> Site {
        let sources = disk::read(folder.path()).unwrap();
        let mut build = pipeline::build(&sources, &options(), &mut Cache::off());
        let errors: Vec<_> = build.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        build.add_search();
        let output = build.output.as_ref().unwrap();
        disk::write(output, folder.path(), &folder.path().join("public"), &|_, _| ()).unwrap();
        Site { folder, sources, build }
    }

    fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn expected(&self) -> Expected {
        Expected::of(&self.build, &self.sources, &options(), self.folder.path(), None, &|_| ()).unwrap()
    }

    /// What a usual host does with the folder: as Netlify, with everything turned on.
    fn host(&self) -> impl Fn(&Asked) -> Given + Send + Sync + use<> {
        let rules = Rules::read(self.build.output.as_ref().unwrap(), self.folder.path());
        let public = self.public();
        move |asked| usual(asked, &public, &rules)
    }
}

fn options() -> Options {
    Options::for_day("2026-11-22".parse().unwrap())
}

fn usual(asked: &Asked, public: &Path, rules: &Rules) -> Given {
    if asked.scheme == "http" || asked.host != NAME {
        return Given::to(301, &format!("https://{NAME}{}", asked.path));
    }
    let inside = asked.path.trim_start_matches('/');
    let file = match inside.is_empty() || inside.ends_with('/') {
        true => format!("{inside}index.html"),
        false => inside.to_string(),
    };
    let found = fs::read(public.join(&file)).ok().filter(|_| !file.starts_with('.'));
    if let Some((to, status)) = rules.redirect(&asked.path, Some(&asked.query), found.is_some()) {
        return Given::to(status, &to);
    }
    if found.is_none() && public.join(inside).join("index.html").exists() {
        return Given::to(301, &format!("{}/", asked.path));
    }
    let (status, body, name) = match found {
        Some(body) => (200, body, file),
        None => (404, fs::read(public.join("404.html")).unwrap(), "404.html".to_string()),
    };
    let kind = mime_guess::from_path(&name).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let mut given = Given { status, body, ..Given::default() }.with("Content-Type", &kind);
    given = given.with("Strict-Transport-Security", "max-age=31536000").with("Server", "Netlify");
    for (name, value) in rules.headers(&asked.path) {
        given = given.with(name, value);
    }
    given
}

/// Packs texts, as the last thing that a host does.
fn packed(asked: &Asked, given: Given) -> Given {
    let is_text = given.headers.iter().any(|(name, value)| {
        name == "Content-Type" && ["text/", "json", "svg", "xml"].iter().any(|part| value.contains(part))
    });
    if !asked.packed || !is_text || given.body.is_empty() {
        return given;
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&given.body).unwrap();
    let body = packer.finish().unwrap();
    Given { body, ..given }.with("Content-Encoding", "gzip")
}

fn settings(host: &Host, certificate: &Certificate) -> Settings {
    Settings {
        at: Some(host.address.to_string().parse().unwrap()),
        authorities: Some(vec![certificate.authority.clone()]),
        patience: Duration::from_secs(2),
        pause: Duration::from_millis(20),
    }
}

/// What is found at a host: `severity code: message`.
fn found(expected: &Expected, settings: Settings) -> Vec<String> {
    let report = live::check(expected, &Web::new(settings), false, &|_, _, _| ());
    let line = |finding: &anteroom::diagnostic::Diagnostic| {
        let severity = format!("{:?}", finding.severity).to_lowercase();
        format!(
            "{severity} {}: {} | {}",
            finding.code.name,
            finding.message,
            finding.help.as_deref().unwrap_or_default()
        )
    };
    report.found.iter().map(line).collect()
}

/// What a host does with an answer.
type Fault = fn(&Asked, Given) -> Given;

/// How a finding begins, and words of it.
type Wanted = (&'static str, &'static str);

/// A fault, what the host does, and what is found: the beginnings of findings with some of their words.
const FAULTS: &[(&str, Fault, &[Wanted])] = &[
    ("nothing", |_, given| given, &[]),
    ("pages are minified", |_, given| given.page_with("\n", " ").page_with("  ", " ").page_with("</p>", ""), &[]),
    (
        "HEAD isn't answered",
        |asked, given| if asked.method == "HEAD" && asked.path != "/" { Given::new(405, "") } else { given },
        &[],
    ),
    (
        "a page is missing",
        |asked, given| if asked.path == "/about/" { nowhere() } else { given },
        &[("error live-page-missing", "`/about/` isn't there")],
    ),
    (
        "a page is an old one",
        |_, given| given.page_with("says little", "says more"),
        &[("warning live-page-differs", "visitors read “more. Grüße.")],
    ),
    (
        "every page is an old one",
        |_, given| given.page_with("Quiet Harbour", "Loud Harbour"),
        &[("warning live-page-differs", "another page isn't published"), D, D, D, D, D, D, D, D, D, D, D, D],
    ),
    (
        "the host adds words",
        |_, given| given.page_with("</body>", "<div>Free hosting by X</div></body>"),
        &[("warning live-added", "the text “Free hosting by X” isn't yours, and stands on all")],
    ),
    (
        "the host adds a counter",
        |_, given| given.page_with("</head>", "<script src=\"https://stats.example/c.js\"></script></head>"),
        &[("warning live-added", "something from `stats.example` isn't yours")],
    ),
    (
        "the host adds a script of its own",
        |_, given| given.page_with("</body>", "<script src=\"/.host/rum.js\"></script></body>"),
        &[("warning live-added", "the script `/.host/rum.js`")],
    ),
    (
        "the host adds a script in a page",
        |asked, given| {
            if asked.path == "/about/" { given.page_with("</body>", "<script>x()</script></body>") } else { given }
        },
        &[("warning live-added", "a script in the page itself isn't yours, and stands on /about/")],
    ),
    (
        "Cloudflare hides addresses",
        |_, given| {
            let hidden = format!(">{}</a>", hidden("hello@quiet-harbour.org"));
            given.page_with(">hello@quiet-harbour.org</a>", &hidden)
        },
        &[("warning live-added", "Cloudflare hides the email address")],
    ),
    (
        "a cookie",
        |_, given| given.with("Set-Cookie", "__cf_bm=1; path=/"),
        &[("warning live-added", "sets a cookie, `__cf_bm`, on all")],
    ),
    (
        "search engines are kept away",
        |_, given| given.with("X-Robots-Tag", "noindex"),
        &[("warning live-hidden", "X-Robots-Tag")],
    ),
    (
        "robots.txt keeps them away",
        |asked, given| {
            if asked.path == "/robots.txt" {
                Given::new(200, "User-agent: *\nDisallow: /\n").with("Content-Type", "text/plain")
            } else {
                given
            }
        },
        &[("warning live-hidden", "robots.txt")],
    ),
    (
        "pages in another alphabet",
        |_, given| if given.is_page() { given.with("Content-Type", "text/html; charset=iso-8859-1") } else { given },
        &[("warning live-media-type", "`text/html; charset=iso-8859-1`")],
    ),
    (
        "a style sheet is missing",
        |asked, given| if asked.path.ends_with(".css") { nowhere() } else { given },
        &[("error live-file-missing", ".css` isn't there")],
    ),
    (
        "a style sheet differs",
        |asked, given| if asked.path.ends_with(".css") { given.replaced("{", " {") } else { given },
        &[("warning live-file-differs", ".css` isn't the file that your site has")],
    ),
    (
        "a style sheet is no style sheet",
        |asked, given| if asked.path.ends_with(".css") { given.with("Content-Type", "text/plain") } else { given },
        &[("warning live-media-type", "is `text/plain`, but it's `text/css`")],
    ),
    (
        "a picture is another",
        |asked, given| {
            if asked.path.contains("harbour") && asked.path.ends_with("-480.webp") {
                Given { body: vec![1], ..given }
            } else {
                given
            }
        },
        &[("warning live-file-differs", "-480.webp` isn't the file")],
    ),
    (
        "a document is missing",
        |asked, given| if asked.path.ends_with(".pdf") { nowhere() } else { given },
        &[("error live-file-missing", "`/files/form.pdf` isn't there")],
    ),
    (
        "no policy",
        |_, given| given.without("Content-Security-Policy"),
        &[("warning live-header", "`Content-Security-Policy` isn't sent on all")],
    ),
    (
        "a weaker policy",
        |_, given| {
            if given.headers.iter().any(|(name, _)| name == "Content-Security-Policy") {
                given.with("Content-Security-Policy", "script-src 'self' 'unsafe-inline'")
            } else {
                given
            }
        },
        &[("warning live-header", "is weaker than asked for")],
    ),
    (
        "no nosniff",
        |_, given| given.without("X-Content-Type-Options"),
        &[("warning live-header", "`X-Content-Type-Options`")],
    ),
    (
        "pages can be framed",
        |_, given| if given.is_page() { given.with("X-Frame-Options", "SAMEORIGIN") } else { given },
        &[("warning live-header", "(`SAMEORIGIN`)")],
    ),
    (
        "pages tell where visitors come from",
        |_, given| given.with("Referrer-Policy", "unsafe-url"),
        &[("warning live-header", "came from")],
    ),
    ("no permissions policy", |_, given| given.without("Permissions-Policy"), &[("warning live-header", "the camera")]),
    (
        "files aren't kept",
        |_, given| given.without("Cache-Control"),
        &[("note live-header", "`Cache-Control` isn't sent on")],
    ),
    (
        "pages are kept",
        |_, given| if given.is_page() { given.with("Cache-Control", "max-age=604800") } else { given },
        &[("warning live-caching", "max-age=604800")],
    ),
    (
        "no headers at Apache",
        |_, given| bare(given).with("Server", "Apache"),
        &[("warning live-htaccess", "your server doesn't send them. Could you please turn on mod_headers?")],
    ),
    (
        "one header missing at Apache",
        |_, given| given.without("Content-Security-Policy").with("Server", "Apache"),
        &[("warning live-header", "Header always set Content-Security-Policy \"default-src")],
    ),
    (
        "Apache ignores .htaccess",
        |asked, given| ignoring(asked, given).with("Server", "Apache"),
        &[("warning live-htaccess", "Could you please allow .htaccess (AllowOverride All")],
    ),
    (
        "nginx knows no .htaccess",
        |asked, given| ignoring(asked, given).with("Server", "nginx"),
        &[("warning live-htaccess", "`anteroom host nginx` makes a file for it")],
    ),
    (
        "no headers at GitHub",
        |_, given| bare(given).with("Server", "GitHub.com"),
        &[
            ("note live-header", "`anteroom host netlify`"),
            ("note live-header", ""),
            ("note live-header", ""),
            ("note live-header", ""),
            ("note live-header", ""),
            ("note live-header", ""),
        ],
    ),
    ("the host hangs up each time", |_, given| given.with("Connection", "close"), &[("note live-keep-alive", "")]),
    ("no word of encryption", |_, given| given.without("Strict-Transport-Security"), &[("note live-hsts", "")]),
    (
        "all is well everywhere",
        |_, given| if given.status == 404 { Given { status: 200, ..given } } else { given },
        &[("warning live-not-found", "status 200, not 404")],
    ),
    (
        "the host's own page",
        |_, given| if given.status == 404 { nowhere() } else { given },
        &[("warning live-not-found", "a page of the host's")],
    ),
    (
        "wrong addresses lead home",
        |_, given| if given.status == 404 { Given::to(302, "/") } else { given },
        &[("warning live-not-found", "leads on to https://quiet-harbour.org/")],
    ),
    (
        "no redirects",
        |asked, given| if asked.path.starts_with("/blog/") { nowhere() } else { given },
        &[(
            "warning live-redirect",
            "`/blog/an-old-page/` doesn't lead on to https://quiet-harbour.org/resources/ (status 404)",
        )],
    ),
    (
        "a redirect elsewhere",
        |asked, given| if asked.path == "/old/page/" { Given::to(301, "/") } else { given },
        &[(
            "warning live-redirect",
            "`/old/page/` leads to https://quiet-harbour.org/, not to https://quiet-harbour.org/about/",
        )],
    ),
    (
        "a redirect to others",
        |asked, given| if asked.path == "/old/page/" { Given::to(301, "https://other.example/") } else { given },
        &[("warning live-redirect", "leads to https://other.example/")],
    ),
    (
        "a redirect for now",
        |asked, given| if asked.path == "/old/page/" { Given::to(302, "/about/") } else { given },
        &[("warning live-redirect", "for now only (status 302)")],
    ),
    (
        "a chain",
        |asked, given| match asked.path.as_str() {
            "/old/page/" => Given::to(301, "/between/"),
            "/between/" => Given::to(301, "/about/"),
            _ => given,
        },
        &[("warning live-redirect", "takes 2 steps")],
    ),
    (
        "a circle",
        |asked, given| match asked.path.as_str() {
            "/old/page/" => Given::to(301, "/between/"),
            "/between/" => Given::to(301, "/old/page/"),
            _ => given,
        },
        &[("warning live-redirect", "in a circle")],
    ),
    (
        "a page that leads on by itself",
        |asked, given| {
            if asked.path == "/old/page/" {
                Given::page("<meta http-equiv=\"refresh\" content=\"0; url=../../about/\">")
            } else {
                given
            }
        },
        &[],
    ),
    (
        "no encryption asked for",
        |asked, given| if asked.scheme == "http" { Given::page("Quiet Harbour") } else { given },
        &[("warning live-not-secure", "shows the website without encryption")],
    ),
    (
        "the bare word without encryption",
        |asked, given| if asked.scheme == "http" { Given::new(404, "") } else { given },
        &[("warning live-not-secure", "doesn't lead on to `https://quiet-harbour.org/` (status 404)")],
    ),
    (
        "two websites",
        |asked, given| {
            if asked.host.starts_with("www.") && asked.scheme == "https" { Given::page("Quiet Harbour") } else { given }
        },
        &[("warning live-www", "a website of its own")],
    ),
    (
        "an error with www",
        |asked, given| if asked.host.starts_with("www.") { Given::new(500, "") } else { given },
        &[("warning live-www", "an error at `www.quiet-harbour.org` (status 500)")],
    ),
    (
        "no slash, no page",
        |asked, given| if asked.path == "/about" { nowhere() } else { given },
        &[("warning live-slash", "`/about` isn't found")],
    ),
    (
        "no slash, but a page",
        |asked, given| if asked.path == "/about" { Given::page("x") } else { given },
        &[("warning live-slash", "without leading on to `/about/`")],
    ),
    (
        "a draft can be opened",
        |asked, given| if asked.path == "/plans/" { Given::page("<main>Not yet</main>") } else { given },
        &[("error live-left-over", "`/plans/` can be opened")],
    ),
    (
        "a page is left over",
        |asked, given| match asked.path.as_str() {
            "/sitemap.xml" => {
                given.replaced("</urlset>", "<url><loc>https://quiet-harbour.org/former/</loc></url></urlset>")
            }
            "/former/" => Given::page("<main>Ben, who left</main>"),
            _ => given,
        },
        &[("warning live-left-over", "`/former/` can still be opened")],
    ),
    (
        "the sitemap is left over",
        |asked, given| {
            if asked.path == "/sitemap.xml" {
                given.replaced("</urlset>", "<url><loc>https://quiet-harbour.org/former/</loc></url></urlset>")
            } else {
                given
            }
        },
        &[],
    ),
    (
        "the host is busy for once",
        |asked, given| {
            if ODD.fetch_add(1, Ordering::Relaxed) % 40 == 7 && asked.scheme == "https" {
                Given::new(429, "").with("Retry-After", "0")
            } else {
                given
            }
        },
        &[],
    ),
    (
        "the host stays busy",
        |asked, given| if asked.path == "/about/" { Given::new(503, "").with("Retry-After", "0") } else { given },
        &[("warning live-busy", "")],
    ),
    (
        "a parked name",
        |_, given| if given.status < 300 { Given::page("<h1>This name is for sale</h1>") } else { given },
        &[("error live-other-site", "a page that begins with “This name is for sale”")],
    ),
    ("a password", |_, _| Given::new(401, ""), &[("error live-unreachable", "doesn't let anybody in (status 401)")]),
    ("nothing is published yet", |_, _| Given::new(404, ""), &[("error live-unreachable", "there's no website")]),
    ("an error", |_, _| Given::new(500, ""), &[("error live-unreachable", "answers with the error 500")]),
    (
        "around and around",
        |asked, _| Given::to(301, if asked.path == "/" { "/a" } else { "/" }),
        &[("error live-unreachable", "on and on")],
    ),
    (
        "no answer",
        |_, given| Given { hangs_up: true, ..given },
        &[("error live-unreachable", "answers with something that no browser understands")],
    ),
    (
        "it lives elsewhere",
        |asked, given| match (asked.scheme, asked.host.as_str()) {
            ("https", "www.quiet-harbour.org") => Given::page(ELSEWHERE),
            ("https", NAME) => Given::to(301, "https://www.quiet-harbour.org/"),
            _ => given,
        },
        &[("error live-other-site", "https://www.quiet-harbour.org/")],
    ),
];

/// Any page that is an old one.
const D: Wanted = ("warning live-page-differs", "visitors read “Loud Harbour");

static ODD: AtomicUsize = AtomicUsize::new(0);
const ELSEWHERE: &str = "<h1>Somebody else's bakery</h1><p>Bread and more";

/// An email address as Cloudflare hides it.
fn hidden(email: &str) -> String {
    let hidden: String = email.bytes().map(|letter| format!("{:02x}", letter ^ 0x2a)).collect();
    format!("<span data-cfemail=\"2a{hidden}\">[email protected]</span>")
}

fn nowhere() -> Given {
    Given::new(404, "<h1>Not Found</h1><p>nginx").with("Content-Type", "text/html")
}

fn bare(given: Given) -> Given {
    [
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cache-Control",
    ]
    .iter()
    .fold(given, |given, name| given.without(name))
}

/// A host that sends files and knows nothing of `.htaccess`.
fn ignoring(asked: &Asked, given: Given) -> Given {
    let leads_on = given.status == 301 && asked.scheme == "https" && asked.host == NAME;
    let is_slash = given.headers.iter().any(|(name, value)| name == "Location" && *value == format!("{}/", asked.path));
    if given.status == 404 || leads_on && !is_slash { nowhere() } else { bare(given) }
        .with("Strict-Transport-Security", "max-age=31536000")
}

#[test]
fn every_fault_is_told_and_nothing_else() {
    let site = Site::new("online-faults");
    let expected = site.expected();
    assert!(expected.pages.len() > 6 && expected.files.len() > 4, "{expected:#?}");
    let certificate = Certificate::of(&[NAME, "www.quiet-harbour.org"], 80);
    let mut wrong = Vec::new();
    for (name, fault, wanted) in FAULTS {
        let usual = site.host();
        let host = Host::start(Some(&certificate), move |asked| packed(asked, fault(asked, usual(asked))));
        let found = found(&expected, settings(&host, &certificate));
        let mut rest = found.clone();
        let all_there = wanted.iter().all(|(begins, holds)| {
            let at = rest.iter().position(|line| line.starts_with(&format!("{begins}:")) && line.contains(holds));
            at.map(|at| rest.remove(at)).is_some()
        });
        if !all_there || !rest.is_empty() {
            wrong.push(format!("{name}: wanted {wanted:?}, found {found:#?}"));
        }
        let (_, most) = *host.at_once.lock().unwrap();
        assert!(most <= 2, "{name}: {most} at once");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn texts_that_are_not_packed_are_told() {
    let site = Site::new("online-packing");
    let certificate = Certificate::of(&[NAME, "www.quiet-harbour.org"], 80);
    let host = Host::start(Some(&certificate), site.host());
    let found = found(&site.expected(), settings(&host, &certificate));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("warning live-compression: the host doesn't compress pages, style sheets"),
        "{found:?}"
    );
}

#[test]
fn certificates_are_told() {
    let site = Site::new("online-certificates");
    let expected = site.expected();
    let both = [NAME, "www.quiet-harbour.org"];
    for (days, names, known, wanted) in [
        (80, &both[..], true, None),
        (22, &both, true, None),
        (9, &both, true, Some("warning live-certificate-ends: the certificate ends in 9 days")),
        (-3, &both, true, Some("error live-certificate: the certificate of `quiet-harbour.org` has expired")),
        (
            80,
            &["other.example"],
            true,
            Some("error live-certificate: the certificate isn't for `quiet-harbour.org`, but for other.example"),
        ),
        (80, &both, false, Some("error live-certificate: nobody whom browsers know vouches")),
        (80, &both[..1], true, Some("warning live-www: browsers warn at `www.quiet-harbour.org`")),
    ] {
        let certificate = Certificate::of(names, days);
        let usual = site.host();
        let host = Host::start(Some(&certificate), move |asked| packed(asked, usual(asked)));
        let mut settings = settings(&host, &certificate);
        if !known {
            settings.authorities = None;
        }
        let found = found(&expected, settings);
        assert_eq!(found.len(), usize::from(wanted.is_some()), "{days} {names:?}: {found:#?}");
        if let Some(wanted) = wanted {
            assert!(found[0].starts_with(wanted), "{days} {names:?}: {found:#?}");
        }
    }
}

#[test]
fn who_does_not_answer_is_one_finding() {
    let site = Site::new("online-silent");
    let expected = site.expected();
    let certificate = Certificate::of(&[NAME], 80);
    let slow = Host::start(Some(&certificate), |_| Given { waits: Duration::from_secs(3), ..Given::new(200, "") });
    let mut settings = settings(&slow, &certificate);
    settings.patience = Duration::from_millis(300);
    let found_slow = found(&expected, settings.clone());
    assert!(found_slow.len() == 1 && found_slow[0].contains("doesn't answer in time"), "{found_slow:?}");
    settings.at = Some("127.0.0.1:9".parse().unwrap());
    let refused = found(&expected, settings.clone());
    assert!(refused.len() == 1 && refused[0].contains("the connection is refused"), "{refused:?}");
    settings.at = None;
    let elsewhere = Expected::of(
        &site.build,
        &site.sources,
        &options(),
        site.folder.path(),
        Some("https://nowhere.invalid"),
        &|_| (),
    );
    let nameless = found(&elsewhere.unwrap(), settings);
    assert!(nameless.len() == 1 && nameless[0].contains("`nowhere.invalid` can't be found"), "{nameless:?}");
}

#[test]
fn what_only_servers_read_is_not_asked_of_the_web() {
    let site = Site::new("online-servers");
    for host in ["webspace", "nginx", "caddy"] {
        let practice = fs::read_to_string(site.folder.path().join("content/practice.yaml")).unwrap();
        let mut sources = site.sources.clone();
        sources.insert_text("content/practice.yaml", format!("{practice}host: {host}\n"));
        let build = pipeline::build(&sources, &options(), &mut Cache::off());
        let files = |path: &str| path.contains("htaccess") || path.ends_with(".conf");
        assert!(build.output.as_ref().unwrap().files.keys().any(|path| files(path.as_str())), "{host}");
        let expected = Expected::of(&build, &sources, &options(), site.folder.path(), None, &|_| ()).unwrap();
        assert!(!expected.files.iter().any(|file| files(&file.path)), "{host}");
    }
}

#[test]
fn a_host_that_stops_answering_is_not_asked_two_hundred_times() {
    let site = Site::new("online-stops");
    let certificate = Certificate::of(&[NAME, "www.quiet-harbour.org"], 80);
    let (usual, count) = (site.host(), AtomicUsize::new(0));
    let host = Host::start(Some(&certificate), move |asked| {
        let hangs_up = count.fetch_add(1, Ordering::Relaxed) > 3;
        Given { hangs_up, ..packed(asked, usual(asked)) }
    });
    let found = found(&site.expected(), settings(&host, &certificate));
    assert!(found.iter().any(|line| line.starts_with("warning live-busy")) && found.len() < 6, "{found:#?}");
    assert!(host.asked.lock().unwrap().len() < 40);
}

#[test]
fn what_was_published_once_is_looked_for() {
    let site = Site::new("online-former");
    fs::remove_file(site.folder.path().join("content/about.md")).unwrap();
    site.folder.file("content/redirects.yaml", "/elsewhere/: https://example.org/x\n");
    // The folder that the host serves, and what the program remembers, are those of before.
    let Site { folder, .. } = site;
    fs::rename(folder.path().join("public"), folder.path().join("served")).unwrap();
    fs::create_dir_all(folder.path().join(".anteroom/publish/now/about")).unwrap();
    fs::write(folder.path().join(".anteroom/publish/now/about/index.html"), "x").unwrap();
    let site = Site::read(folder);
    let served = site.folder.path().join("served");
    let rules = Rules::read(site.build.output.as_ref().unwrap(), site.folder.path());
    let certificate = Certificate::of(&[NAME, "www.quiet-harbour.org"], 80);
    let host = Host::start(Some(&certificate), move |asked| {
        let given = packed(asked, usual(asked, &served, &rules));
        // Where nothing lists it, the program's own memory does.
        if asked.path == "/sitemap.xml" { Given::new(404, "") } else { given }
    });
    let found = found(&site.expected(), settings(&host, &certificate));
    assert!(
        found.iter().any(|line| line.starts_with("warning live-left-over: `/about/` can still be opened")),
        "{found:#?}"
    );
}

#[test]
fn a_site_in_a_folder_is_looked_at_there() {
    let mut site = Site::new("online-folder");
    site.folder.file("content/practice.yaml", &PRACTICE.replace("org\nemail", "org/sub\nemail"));
    site = Site::read(site.folder);
    let certificate = Certificate::of(&[NAME, "www.quiet-harbour.org"], 80);
    let rules = Rules::read(site.build.output.as_ref().unwrap(), site.folder.path());
    let public = site.public();
    let host = Host::start(Some(&certificate), move |asked| {
        if asked.scheme == "http" || asked.host != NAME {
            return Given::to(301, &format!("https://{NAME}{}", asked.path));
        }
        if let Some((to, status)) = rules.redirect(&asked.path, None, false) {
            return Given::to(status, &to);
        }
        let inner = Asked { path: asked.path.strip_prefix("/sub").unwrap_or("/none/").to_string(), ..asked.clone() };
        let mut given = usual(&inner, &public, &Rules::default());
        for (name, value) in rules.headers(&asked.path) {
            given = given.with(name, value);
        }
        if given.status == 301 {
            given = Given::to(301, &format!("{}/", asked.path));
        }
        packed(asked, given)
    });
    let found = found(&site.expected(), settings(&host, &certificate));
    assert!(found.is_empty(), "{found:#?}");
}

/// The program itself, from the first publication to a change that isn't there yet.
#[test]
fn publish_and_look_again() {
    let folder = Folder::new("online-program");
    let site = folder.path().join("site");
    let run = |args: &[&str], certificate: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_anteroom"))
            .args(args)
            .current_dir(if site.exists() { &site } else { folder.path() })
            .env("SSL_CERT_FILE", certificate)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).to_string();
        (output.status.code(), said)
    };
    let certificate = Certificate::of(&[NAME, "www.quiet-harbour.org"], 80);
    let authority = folder.path().join("authority.pem");
    fs::write(&authority, &certificate.authority_pem).unwrap();
    fs::create_dir(folder.path().join("far")).unwrap();
    run(&["new", "site", "--yes", "--practitioner", "Ana Lopez", "--service", "Grief"], &authority);
    let practice = site.join("content/practice.yaml");
    let (status, said) = run(&["check", "--live"], &authority);
    assert!(status == Some(2) && said.contains("has no address of its own yet"), "{said}");
    let far = folder.path().join("far");
    let text = fs::read_to_string(&practice).unwrap();
    let url = text.lines().find(|line| line.starts_with("base_url:")).unwrap();
    let text = text.replace(url, "base_url: https://quiet-harbour.org");
    fs::write(&practice, format!("{text}publish: {{ to: folder, folder: {} }}\n", far.display())).unwrap();
    let served = far.clone();
    let host = Host::start(Some(&certificate), move |asked| {
        let headers = fs::read_to_string(served.join("_headers")).unwrap_or_default();
        let mut files = anteroom::output::Output::default();
        let path = anteroom::route::OutputPath::new("_headers").unwrap();
        files.files.insert(path, anteroom::output::File::Made(headers.into()));
        packed(asked, usual(asked, &served, &Rules::read(&files, &served)))
    });
    let at = host.address.to_string();
    let live = ["check", "--live", "--at", &at];
    fs::write(far.join("404.html"), "").unwrap();
    let (status, said) = run(&live, &authority);
    assert!(status == Some(1) && said.contains("there's no website at"), "nothing is there: {said}");
    fs::remove_file(far.join("404.html")).unwrap();
    let (status, said) = run(&["publish"], &authority);
    assert!(status == Some(0) && said.contains("`anteroom check --live`"), "{said}");
    let (status, said) = run(&live, &authority);
    assert!(
        status == Some(0) && said.contains("0 errors, 0 warnings, 0 notes") && said.contains("on Netlify"),
        "{said}"
    );
    assert!(said.starts_with("All ") && said.contains(" pages are there. So are all "), "{said}");
    // Whoever goes back to the former website isn't told of faults, but of that.
    let added = site.join("content/news.md");
    fs::write(&added, "---\ntitle: News\n---\nWe move.\n").unwrap();
    assert_eq!(run(&["publish"], &authority).0, Some(0));
    let (status, said) = run(&["publish", "--undo"], &authority);
    assert!(status == Some(0) && said.contains("The former website is back"), "{said}");
    let (status, said) = run(&live, &authority);
    assert!(status == Some(0) && said.contains("0 errors, 0 warnings, 0 notes"), "{said}");
    assert!(said.starts_with("The website shows the former version on purpose: you put it back on 20"), "{said}");
    assert!(said.contains("\n  anteroom publish\n"), "{said}");
    let (_, json) = run(&["check", "--live", "--at", &at, "--format", "json"], &authority);
    assert!(json.contains("\"live-former\""), "{json}");
    // What isn't the former website either is a fault.
    fs::rename(far.join("contact/index.html"), far.join("contact/x")).unwrap();
    let (status, said) = run(&live, &authority);
    assert!(status == Some(1) && said.contains("`/contact/` isn't there"), "{said}");
    fs::rename(far.join("contact/x"), far.join("contact/index.html")).unwrap();
    // Going back once more, or publishing, ends it.
    run(&["publish", "--undo"], &authority);
    assert!(!run(&live, &authority).1.contains("on purpose"));
    run(&["publish", "--undo"], &authority);
    assert!(run(&live, &authority).1.contains("on purpose"));
    fs::remove_file(&added).unwrap();
    let (_, said) = run(&["publish"], &authority);
    assert!(said.contains("up to date"), "{said}");
    assert!(!run(&live, &authority).1.contains("on purpose"));
    let page = site.join("content/practitioners/ana-lopez.md");
    fs::write(&page, fs::read_to_string(&page).unwrap() + "\nShe has a new dog.\n").unwrap();
    let (status, said) = run(&live, &authority);
    assert!(status == Some(0) && said.contains("live-page-differs: 1 finding") && said.contains("new dog"), "{said}");
    assert!(said.contains("content/practitioners/ana-lopez.md"), "{said}");
    assert!(run(&["check", "--live", "--at", &at, "--deny-warnings"], &authority).0 == Some(1));
    let (_, json) = run(&["check", "--live", "--at", &at, "--format", "json"], &authority);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["findings"][0]["code"], "live-page-differs");
    assert_eq!(json["findings"][0]["path"], "content/practitioners/ana-lopez.md");
    // What is answered is not told, and no usual check misses it.
    let text = fs::read_to_string(&practice).unwrap();
    let answer = "acknowledge:\n  - code: live-page-differs\n    reason: We publish on Fridays.\n    path: practitioners/ana-lopez.md\n";
    fs::write(&practice, format!("{text}{answer}")).unwrap();
    let (_, said) = run(&live, &authority);
    assert!(!said.contains("live-page-differs") && said.contains(", 1 acknowledged"), "{said}");
    assert!(!run(&["check"], &authority).1.contains("answer-unused"));
    // The site itself has a fault: nothing is compared.
    fs::write(site.join("content/broken.md"), "---\ntitle: [\n---\n").unwrap();
    let (status, said) = run(&live, &authority);
    assert!(status == Some(1) && said.contains("nothing to compare with"), "{said}");
    let asked = host.asked.lock().unwrap();
    assert!(asked.iter().all(|line| !line.contains("_headers")), "what hosts read is not fetched");
    let _ = Arc::strong_count(&host.asked);
}
