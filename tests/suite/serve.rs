//! The preview as browsers, strangers and editors meet it: over the wire, through the binary.

#![allow(clippy::disallowed_methods, reason = "tests look at files and clocks")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::support::{self, Folder};

const WAIT: Duration = Duration::from_secs(60);

/// A small site in a temporary folder.
struct Site(Folder);

impl Site {
    fn new(name: &str) -> Site {
        let site = Site(Folder::new(&format!("serve-{name}")));
        site.file("content/practice.yaml", &support::PRACTICE.replace("/sub", ""));
        site.file("content/about.md", "---\ntitle: About\naliases: [/old/]\n---\nHello.\n");
        site.file("content/files/a b.txt", "a download");
        site.file("secret.txt", "not part of the site");
        site
    }

    /// A folder in which somebody only makes a theme.
    fn only_a_theme(name: &str) -> Site {
        let site = Site(Folder::new(&format!("serve-{name}")));
        let manifest = "name: own\nversion: 0.1.0\napi: 1\nextends: linen\npresets:\n  dusk: { label: Dusk, settings: { color_accent: \"#123456\" } }\n";
        site.file("themes/own/theme.yaml", manifest);
        site.file("themes/own/assets/theme.css", "@import \"linen/theme.css\";\n");
        site
    }

    fn file(&self, path: &str, text: &str) {
        self.0.file(path, text);
    }
}

/// The program at work, and what it prints.
struct Running {
    child: Child,
    lines: Receiver<String>,
    address: Option<SocketAddr>,
}

impl Running {
    fn start(site: &Site, args: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_anteroom"))
            .args(args)
            .arg("--site")
            .arg(site.0.path())
            .args(["--today", "2026-11-22"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Running { child, lines, address: None }
    }

    fn serve(site: &Site, args: &[&str]) -> Running {
        // Port 0 would be the system's choice, but the flag's meaning is "from here on".
        Running::serve_from((21_000 + std::process::id() % 20_000) as u16, site, args)
    }

    /// The preview at this port, or the next free one.
    fn serve_from(port: u16, site: &Site, args: &[&str]) -> Running {
        let mut running = Running::start(site, &[&["serve", "--port", &port.to_string()], args].concat());
        let line = running.says("The preview is at http://");
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap();
        running.address = Some(address.parse().unwrap());
        running
    }

    /// Waits for a line that holds the words.
    fn says(&self, words: &str) -> String {
        let until = Instant::now() + WAIT;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left).unwrap_or_else(|_| panic!("it never said `{words}`"));
            if line.contains(words) {
                return line;
            }
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address.unwrap()).unwrap();
        stream.set_read_timeout(Some(WAIT)).unwrap();
        stream
    }

    /// Sends a request as it is written and returns the answer whole.
    fn ask(&self, request: &str) -> String {
        let mut stream = self.connect();
        let host = self.address.unwrap();
        let request = request.replace("HOST", &host.to_string());
        // What the server refuses early it need not hear to its end.
        let _ = stream.write_all(format!("{request}\r\nConnection: close\r\n\r\n").as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: HOST"))
    }

    /// Asks for a page until it holds the words.
    fn shows(&self, path: &str, words: &str) {
        let until = Instant::now() + WAIT;
        while !self.get(path).contains(words) {
            assert!(Instant::now() < until, "{path} never showed `{words}`");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Memory in use, in MiB; none where the system does not tell.
    fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|p| p.1))
}

#[test]
fn pages_are_answered_as_a_good_host_would() {
    let site = Site::new("host");
    let running = Running::serve(&site, &[]);
    let page = running.get("/about/");
    assert_eq!(status(&page), "200");
    assert_eq!(header(&page, "content-type"), Some("text/html; charset=utf-8"));
    let policy = header(&page, "content-security-policy").unwrap();
    let scripts = policy.split("; ").find(|part| part.starts_with("script-src ")).unwrap();
    assert!(scripts.contains(" 'self'") && scripts.contains(" 'sha256-"), "{scripts}");
    assert!(page.contains("Hello.") && page.contains("/.anteroom/preview.js"));
    let tag = header(&page, "etag").unwrap();
    let again = running.ask(&format!("GET /about/ HTTP/1.1\r\nHost: HOST\r\nIf-None-Match: {tag}"));
    assert_eq!(status(&again), "304");
    let head = running.ask("HEAD /about/ HTTP/1.1\r\nHost: HOST");
    assert_eq!(status(&head), "200");
    assert!(head.ends_with("\r\n\r\n"), "a HEAD has no body");
    let bare = running.get("/about");
    assert_eq!((status(&bare), header(&bare, "location")), ("301", Some("/about/")));
    let old = running.get("/old/");
    assert_eq!((status(&old), header(&old, "location")), ("301", Some("/about/")));
    let missing = running.get("/nowhere/deep/");
    assert_eq!(status(&missing), "404");
    assert!(missing.contains("<h1"), "the site's own page is shown");
    let download = running.get("/files/a%20b.txt");
    assert_eq!((status(&download), header(&download, "content-type")), ("200", Some("text/plain; charset=utf-8")));
    assert!(download.ends_with("a download"));
    let part = |range: &str| running.ask(&format!("GET /files/a%20b.txt HTTP/1.1\r\nHost: HOST\r\nRange: {range}"));
    let (some, beyond) = (part("bytes=2-5"), part("bytes=10-"));
    assert_eq!((status(&some), header(&some, "content-range")), ("206", Some("bytes 2-5/10")));
    assert!(some.ends_with("\r\n\r\ndown") && header(&download, "accept-ranges") == Some("bytes"), "{some}");
    assert_eq!((status(&beyond), header(&beyond, "content-range")), ("416", Some("bytes */10")));
    let changed = part("bytes=2-5\r\nIf-Range: \"of another day\"");
    assert_eq!(status(&changed), "200", "parts of two files are never put together");
    let no_page = running.ask("GET /nowhere/ HTTP/1.1\r\nHost: HOST\r\nRange: bytes=0-1");
    assert_eq!(status(&no_page), "404");
    let style = page.split("rel=\"stylesheet\" href=\"../assets/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(header(&running.get(&format!("/assets/{style}")), "content-type"), Some("text/css; charset=utf-8"));
    let form = running.ask("POST /about/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0");
    assert_eq!((status(&form), header(&form, "location")), ("303", Some("/about/")));
    assert_eq!(status(&running.ask("DELETE /about/ HTTP/1.1\r\nHost: HOST")), "405");
    assert!(!fs::exists(site.0.path().join("public")).unwrap(), "a preview writes nothing");
}

#[test]
fn strangers_learn_nothing() {
    let site = Site::new("strangers");
    let running = Running::serve(&site, &[]);
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/files/../../../secret.txt",
        "/files/..%5c..%5c..%5csecret.txt",
        "/files/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/..%252fsecret.txt",
        "/.%2e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "//secret.txt",
        "/secret.txt",
        "/content/practice.yaml",
        "/practice.yaml",
        "/files/",
        "/files/a%20b.txt%00.html",
        "http://evil.example/../secret.txt",
    ] {
        let answer = running.get(path);
        assert!(matches!(status(&answer), "400" | "403" | "404"), "{path}: {}", status(&answer));
        assert!(!answer.contains("not part of the site") && !answer.contains("base_url"), "{path}");
    }
    let port = running.address.unwrap().port();
    for request in [
        "GET / HTTP/1.1\r\nHost: evil.example".to_string(),
        format!("GET / HTTP/1.1\r\nHost: evil.example:{port}"),
        format!("GET / HTTP/1.1\r\nHost: localhost.evil.example:{port}"),
        "GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example".to_string(),
        "GET / HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example".to_string(),
        "GET /.anteroom/events HTTP/1.1\r\nHost: HOST\r\nOrigin: null".to_string(),
        "GET /.anteroom/events HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site".to_string(),
        "GET /about/ HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate".to_string(),
        "GET /about/ HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: same-site".to_string(),
        "GET /about/ HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site".to_string(),
        "GET /about/ HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nOrigin: http://evil.example".to_string(),
        "GET /about/ HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nOrigin: http://HOST".to_string(),
        "GET /about/ HTTP/1.1\r\nHost: HOST\r\nOrigin: http://\u{e9}.example".to_string(),
        "POST /about/ HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 0".to_string(),
        "GET / HTTP/1.1\r\nX: no host".to_string(),
        "GET / HTTP/1.0\r\nX: no host".to_string(),
    ] {
        let answer = running.ask(&request);
        assert!(matches!(status(&answer), "400" | "403"), "{request}: {}", status(&answer));
        assert!(!answer.contains("Hello"));
    }
    assert_eq!(status(&running.ask(&format!("GET / HTTP/1.1\r\nHost: localhost:{port}"))), "200");
    for own in ["Sec-Fetch-Site: none", "Sec-Fetch-Site: same-origin", "Origin: http://HOST"] {
        let answer = running.ask(&format!("GET /about/ HTTP/1.1\r\nHost: HOST\r\n{own}"));
        assert!(answer.contains("Hello."), "{own}: {answer}");
    }
}

#[test]
fn no_path_leads_to_another_host() {
    let site = Site::new("led-away");
    site.file("content/static/_redirects", "/old/* /:splat 301\n");
    let running = Running::serve(&site, &[]);
    assert_eq!(header(&running.get("/old/about/"), "location"), Some("/about/"));
    for method in ["GET", "HEAD", "POST"] {
        for path in [
            "//evil.example/",
            "//evil.example/..",
            "//evil.example/%2e%2e/",
            "/\\evil.example/",
            "/%5cevil.example/",
            "/%2fevil.example/",
            "/%09/evil.example/",
            "/old//evil.example/",
            "/old/%2fevil.example/",
            "/old/%5cevil.example/",
            "/old/%09/evil.example/",
            "/old/%0d%0aLocation:%20//evil.example/",
            "///evil.example/",
            "http://evil.example//evil.example/",
        ] {
            let answer = running.ask(&format!("{method} {path} HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0"));
            let to = header(&answer, "location").unwrap_or_default().replace('\\', "/");
            assert!(!to.starts_with("//") && !to.contains("://"), "{method} {path} leads to {to}");
        }
    }
}

#[test]
fn no_answer_is_left_to_guesses() {
    let site = Site::new("guesses");
    site.file("content/static/_headers", "/*\n  X-Content-Type-Options: none\n");
    let running = Running::serve(&site, &[]);
    for (request, expected) in [
        ("GET /about/ HTTP/1.1\r\nHost: HOST", "200"),
        ("GET /about HTTP/1.1\r\nHost: HOST", "301"),
        ("GET /old/ HTTP/1.1\r\nHost: HOST", "301"),
        ("GET /nowhere/ HTTP/1.1\r\nHost: HOST", "404"),
        ("GET /%ff HTTP/1.1\r\nHost: HOST", "400"),
        ("GET / HTTP/1.1\r\nHost: evil.example", "403"),
        ("DELETE / HTTP/1.1\r\nHost: HOST", "405"),
        ("POST /about/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0", "303"),
        ("GET /files/a%20b.txt HTTP/1.1\r\nHost: HOST\r\nRange: bytes=2-5", "206"),
        ("GET /files/a%20b.txt HTTP/1.1\r\nHost: HOST\r\nRange: bytes=90-", "416"),
        ("GET /.anteroom/preview.js HTTP/1.1\r\nHost: HOST", "200"),
        ("GET /.anteroom/nothing HTTP/1.1\r\nHost: HOST", "404"),
    ] {
        let answer = running.ask(request);
        let said = answer.lines().filter(|line| line.to_ascii_lowercase().starts_with("x-content-type-options:"));
        assert_eq!(
            (status(&answer), said.collect::<Vec<_>>()),
            (expected, vec!["x-content-type-options: nosniff"]),
            "{request}"
        );
    }
}

#[test]
fn half_sent_requests_end_and_hold_nobody_up() {
    let site = Site::new("half");
    let running = Running::serve(&site, &[]);
    let address = running.address.unwrap();
    let begun = Instant::now();
    let half: Vec<TcpStream> = ["", "GET /about/ HT", "GET /about/ HTTP/1.1\r\nHost: x\r\nX: "]
        .into_iter()
        .map(|text| {
            let mut stream = running.connect();
            stream.write_all(text.as_bytes()).unwrap();
            stream
        })
        .collect();
    // Letter after letter is no progress either.
    let dripping = std::thread::spawn(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        while begun.elapsed() < WAIT && stream.write_all(b"G").is_ok() {
            std::thread::sleep(Duration::from_millis(200));
        }
        begun.elapsed()
    });
    // A body that never comes keeps no answer back.
    let mut stream = running.connect();
    write!(stream, "POST /about/ HTTP/1.1\r\nHost: {address}\r\nContent-Length: 100000\r\n\r\nname=").unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 303");
    let mut vast = running.connect();
    write!(vast, "GET /about/ HTTP/1.1\r\nHost: {address}\r\n").unwrap();
    for number in 0..100_000 {
        if write!(vast, "X-{number}: {}\r\n", "y".repeat(100)).is_err() {
            break;
        }
        assert!(number < 50_000, "a head has an end");
    }
    assert_eq!(status(&running.get("/about/")), "200");
    for mut stream in half {
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(begun.elapsed() < WAIT - Duration::from_secs(2), "it still waits");
        assert!(!String::from_utf8_lossy(&rest).contains("Hello."));
    }
    assert!(dripping.join().unwrap() < WAIT, "drops keep it waiting");
    assert_eq!(status(&running.get("/about/")), "200");
}

#[test]
fn more_connections_than_there_is_room_for_end_the_stillest() {
    let site = Site::new("crowd");
    let running = Running::serve(&site, &[]);
    let address = running.address.unwrap();
    let mut events = running.connect();
    write!(events, "GET /.anteroom/events HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    let mut start = [0; 12];
    events.read_exact(&mut start).unwrap();
    // As many as this test may open; beyond the server's own number they end one another, not the page that is open.
    let mut crowd = Vec::new();
    for _ in 0..1500 {
        let Ok(mut stream) = TcpStream::connect(address) else { break };
        let _ = stream.write_all(b"GET /about/ HT");
        crowd.push(stream);
    }
    crowd.truncate(crowd.len().saturating_sub(5));
    assert_eq!(status(&running.get("/about/")), "200");
    site.file("content/about.md", "---\ntitle: About\n---\nIn a crowd.\n");
    running.shows("/about/", "In a crowd.");
    events.set_read_timeout(Some(WAIT)).unwrap();
    let mut heard = String::new();
    let mut piece = [0; 4096];
    while heard.matches("event: build").count() < 2 {
        let length = events.read(&mut piece).unwrap();
        assert!(length > 0, "the open page was turned out: {heard}");
        heard.push_str(&String::from_utf8_lossy(&piece[..length]));
    }
}

#[test]
fn many_requests_streams_and_slow_clients_leave_it_unmoved() {
    let site = Site::new("many");
    let running = Running::serve(&site, &[]);
    let address = running.address.unwrap();
    let load = || {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut stream = TcpStream::connect(address).unwrap();
                    let mut answers = BufReader::new(stream.try_clone().unwrap());
                    for _ in 0..2500 {
                        stream
                            .write_all(format!("GET /about/ HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
                            .unwrap();
                        let mut length = 0;
                        loop {
                            let mut line = String::new();
                            answers.read_line(&mut line).unwrap();
                            if let Some(value) = line.to_lowercase().strip_prefix("content-length: ") {
                                length = value.trim().parse().unwrap();
                            }
                            if line == "\r\n" {
                                break;
                            }
                        }
                        answers.read_exact(&mut vec![0; length]).unwrap();
                    }
                });
            }
        });
    };
    load();
    let before = running.memory();
    load();
    let streams: Vec<TcpStream> = (0..500)
        .map(|_| {
            let mut stream = running.connect();
            stream.write_all(format!("GET /.anteroom/events HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes()).unwrap();
            stream
        })
        .collect();
    let slow: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = running.connect();
            stream.write_all(b"GET /about/ HTT").unwrap();
            stream
        })
        .collect();
    for number in 0..20 {
        site.file("content/about.md", &format!("---\ntitle: About\naliases: [/old/]\n---\nEdit {number}.\n"));
        running.shows("/about/", &format!("Edit {number}."));
    }
    for mut stream in &streams {
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
    }
    if let (Some(before), Some(after)) = (before, running.memory()) {
        assert!(after < before + 40, "memory grew from {before} to {after} MiB");
    }
    drop((streams, slow));
    assert_eq!(status(&running.get("/about/")), "200");
}

#[test]
fn the_next_free_port_is_taken() {
    let site = Site::new("port");
    let first = Running::serve(&site, &[]);
    // From the port that the first really has: another test's preview may have had the one it asked for, and left since.
    let second = Running::serve_from(first.address.unwrap().port(), &site, &[]);
    assert_ne!(first.address, second.address);
    assert_eq!(status(&second.get("/about/")), "200");
    second.says("is in use");
}

#[test]
fn a_site_below_a_path_is_shown_there() {
    let site = Site::new("sub");
    let running = Running::serve(&site, &["--base-url", "https://quiet-harbour.org/sub"]);
    let root = running.get("/");
    assert_eq!((status(&root), header(&root, "location")), ("302", Some("/sub/")));
    assert_eq!(status(&running.get("/sub/about/")), "200");
    assert_eq!(status(&running.get("/about/")), "404");
    assert!(running.get("/sub/nowhere/").contains("/sub/assets/"));
}

#[test]
fn everything_that_happens_to_files_shows() {
    let site = Site::new("files");
    let running = Running::serve(&site, &[]);
    site.file("content/deep/new/folder/page.md", "---\ntitle: Deep\n---\nIn a new folder.\n");
    running.shows("/deep/new/folder/page/", "In a new folder.");
    fs::rename(site.0.path().join("content/deep"), site.0.path().join("content/moved")).unwrap();
    running.shows("/moved/new/folder/page/", "In a new folder.");
    running.shows("/deep/new/folder/page/", "404");
    // As editors save that write beside the file and rename.
    site.file("content/.about.md.tmp", "---\ntitle: About\n---\nRenamed over.\n");
    fs::rename(site.0.path().join("content/.about.md.tmp"), site.0.path().join("content/about.md")).unwrap();
    running.shows("/about/", "Renamed over.");
    for number in 0..500 {
        site.file(&format!("content/many/page-{number}.md"), &format!("---\ntitle: Page {number}\n---\nText.\n"));
    }
    running.shows("/many/page-499/", "Page 499");
    running.shows("/many/page-250/", "Page 250");
    fs::remove_dir_all(site.0.path().join("content/many")).unwrap();
    running.shows("/many/page-499/", "404");
    site.file(
        "themes/linen/templates/page.html",
        "{% extends \"base/page.html\" %}{% block main %}<h1>{{ page.title }}</h1>Another theme {{ page.summary }} {{ body.html | safe }}{% endblock %}",
    );
    running.shows("/about/", "Another theme");
    site.file("content/practice.yaml", &support::PRACTICE.replace("/sub", "").replace("Quiet Harbour", "Loud Harbour"));
    running.shows("/about/", "Loud Harbour");
    site.file("content/about.md", "---\ntitle: [\n---\n");
    std::thread::sleep(Duration::from_millis(300));
    assert!(running.get("/about/").contains("Loud Harbour"), "the last good page stays");
    fs::remove_file(site.0.path().join("content/about.md")).unwrap();
    running.shows("/about/", "404");
}

#[test]
fn watching_publishes_every_save_and_is_not_woken_by_itself() {
    let site = Site::new("watch");
    let running = Running::start(&site, &["build", "--watch"]);
    running.says("Waiting for changes");
    let page = site.0.path().join("public/about/index.html");
    assert!(fs::read_to_string(&page).unwrap().contains("Hello."));
    site.file("content/about.md", "---\ntitle: About\n---\nPublished again.\n");
    running.says("Waiting for changes");
    assert!(fs::read_to_string(&page).unwrap().contains("Published again."));
    let woken = running.lines.recv_timeout(Duration::from_millis(2600));
    assert!(!matches!(&woken, Ok(line) if !line.is_empty()), "its own output woke it: {woken:?}");
    site.file("content/about.md", "---\ntitle: About\n---\n[Nowhere](nowhere.md)\n");
    running.says("Waiting for changes");
    assert!(fs::read_to_string(&page).unwrap().contains("Published again."), "a fault leaves the folder as it was");
}

#[test]
fn a_faulty_draft_has_its_own_page_of_findings() {
    let site = Site::new("draft");
    let running = Running::serve(&site, &[]);
    site.file("content/resources/grief.md", "---\ntitle: Grief\ndraft: true\nsumary: A text.\n---\nText.\n");
    running.shows("/resources/grief/", "Fix this draft first");
    let page = running.get("/resources/grief/");
    assert_eq!(status(&page), "200");
    assert!(page.contains("content/resources/grief.md:4:1") && !page.contains("<noscript>"), "{page}");
    // What is saved later is shown although the draft is still faulty.
    site.file("content/about.md", "---\ntitle: About\n---\nHello again.\n");
    running.shows("/about/", "Hello again.");
    site.file(
        "content/resources/grief.md",
        "---\ntitle: Grief\ndraft: true\nsummary: A text.\nauthor: { name: Jo }\ndate: 2026-01-01\n---\nText.\n",
    );
    running.shows("/resources/grief/", "<p>Text.</p>");
}

/// The published style sheet that a page names.
fn sheet(running: &Running, page: &str) -> String {
    let html = running.get(page);
    let at = html.find("/assets/own.").unwrap_or_else(|| panic!("no style sheet: {html}"));
    let address = html[at..].split('"').next().unwrap();
    running.get(address)
}

#[test]
fn a_specimen_is_shown_in_the_theme_of_a_folder_without_a_site() {
    let site = Site::only_a_theme("specimen");
    let running = Running::serve(&site, &["--specimen", "full", "--preset", "dusk"]);
    assert!(sheet(&running, "/").contains("#123456"));
    // Its pictures are the program's own, and are shown as any others.
    let answer = running.get("/images/portrait-tall.jpg");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.len() > 2000, "{}", &answer[..200]);
    // What is saved in the theme is seen.
    site.file("themes/own/assets/theme.css", "@import \"linen/theme.css\";\n.own-rule { color: #654321 }\n");
    running.says("themes/own/assets/theme.css");
    assert!(sheet(&running, "/").contains("own-rule"));
}

#[test]
fn a_specimen_wears_what_the_site_wears() {
    let site = Site::only_a_theme("specimen-site");
    let practice = support::PRACTICE.replace("currency: USD\n", "currency: USD\ntheme: { name: own, preset: dusk }\n");
    site.file("content/practice.yaml", &practice);
    let running = Running::serve(&site, &["--specimen", "small"]);
    assert!(sheet(&running, "/").contains("#123456"));
    let other = practice.replace(", preset: dusk", "");
    site.file("content/practice.yaml", &other);
    running.says("content/practice.yaml");
    assert!(!sheet(&running, "/").contains("#123456"));
}

#[test]
fn the_gallery_shows_every_kind_of_page_in_every_look() {
    // A long test: in tests/full.sh.
    if std::env::var_os("ANTEROOM_MANY").is_none() {
        return;
    }
    let site = Site::only_a_theme("gallery");
    let running = Running::serve(&site, &["--gallery"]);
    let page = running.get("/");
    // The theme of the folder stands first, with the presets of the theme that it builds on.
    let first = page.find("src=\"own/").expect("it is shown");
    for look in ["own--dusk/", "own--plum/", "linen/", "linen--ink/", "harbor/", "harbor--rust/", "meadow--coast/"] {
        let at = page.find(&format!("src=\"{look}?")).unwrap_or_else(|| panic!("no home page in {look}"));
        assert!(at > first, "{look}");
        assert!(running.get(&format!("/{look}")).starts_with("HTTP/1.1 200"), "{look}");
        assert!(running.get(&format!("/{look}images/portrait-tall.jpg")).starts_with("HTTP/1.1 200"), "{look}");
    }
    // A preset that only names the theme's own colours isn't shown twice.
    assert!(!page.contains("linen--clay/"));
    for kind in ["Home", "Page", "Policy", "Practitioner", "Service", "Resource", "Topics", "Crisis", "Not found"] {
        assert!(page.contains(&format!("<h2>{kind}</h2>")), "{kind}");
    }
    // What is saved in a theme changes its frames, and no others.
    let digest = |page: &str, look: &str| {
        let at = page.find(&format!("src=\"{look}/?")).unwrap();
        page[at..].split('"').nth(1).unwrap().to_string()
    };
    site.file("themes/own/assets/theme.css", "@import \"linen/theme.css\";\n.own-rule { color: #654321 }\n");
    running.says("themes/own/assets/theme.css");
    let after = running.get("/");
    assert_ne!(digest(&page, "own"), digest(&after, "own"));
    assert_eq!(digest(&page, "harbor"), digest(&after, "harbor"));
    // A preset that was added is there at once.
    let theme = fs::read_to_string(site.0.path().join("themes/own/theme.yaml")).unwrap();
    site.file(
        "themes/own/theme.yaml",
        &theme.replace("presets:\n", "presets:\n  dawn: { label: Dawn, settings: { color_accent: \"#7a2048\" } }\n"),
    );
    running.says("themes/own/theme.yaml");
    assert!(running.get("/").contains("src=\"own--dawn/?"));
}

#[test]
fn the_gallery_of_one_theme_shows_only_it() {
    let site = Site::only_a_theme("gallery-one");
    let page = Running::serve(&site, &["--gallery", "--theme", "harbor"]).get("/");
    assert!(page.contains("src=\"harbor--oat/?") && !page.contains("src=\"own/") && !page.contains("src=\"linen/"));
}
