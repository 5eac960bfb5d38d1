//! What web servers make of a finished site: Apache with its `.htaccess`, nginx and Caddy with the files that their
//! configuration includes, each started here and asked by HTTP. One list says what all of them answer.

#![allow(clippy::disallowed_methods, reason = "tests look at files and start servers")]

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Folder, PRACTICE, build, has, lines, page, site};

/// Old addresses as redirects.yaml takes them.
const REDIRECTS: &str = r#"
/old/: /about/
/old-page.html: /about/
/über/uns/: /about/
/a%20b/: /about/
/c++/: https://else.example/a?b=c%20d
/100%25/: https://else.example/%C3%A4/100%25
/post/*: /about/
/blog/*: /crisis/:splat
/blog/one/: /contact/
/about/*: /crisis/
/?p=12: /about/
/?q=w%C3%B6r+ter: /about/
/both/?cat=3&x=a.b: /contact/
/contact/?p=1: /about/
/was/*: https://else.example/:splat
"#;

/// An author's own, with everything that means something in one of the configurations.
const OWN: &str = r#"# mine
/sub/temp/ /sub/about/ 302
/sub/kept/ /sub/about/ 308
/sub/gone/ /sub/404.html 410
/sub/gone-all/* /sub/404.html 410
/sub/x"y;}'/ /sub/about/ 301
/sub/a.(b|c)[d]{2}^+$1\n`#/ /sub/about/ 301
/sub/inject/ https://else.example/";return"|$host${PATH}{$HOME}{env.HOME}<b>`\ 301
/sub/vars/ https://else.example/$1%1%{HTTP_HOST}&amp;?a=$uri#b 307
/sub/in%0Aject/ /sub/about/ 301
/sub/:year/:slug /sub/about/ 301
/sub/land/ /sub/about/ 301 Country=at
/elsewhere/ /sub/about/ 301
"#;

/// An author's own headers.
const HEADERS: &str = "/*\n  X-Mine: 100% \"mine\" %h <b>; 'x' #1\n  X-Left: {path}\n  X-Left-Too: ${PATH}\\\n/sub/about/\n  X-Robots-Tag: noindex\n";

/// What a server answers to a path: the status, and where it leads to.
const ANSWERS: &[(&str, u16, &str)] = &[
    ("/sub/", 200, ""),
    ("/sub/?p=123", 200, ""),
    ("/sub/?op=12", 200, ""),
    ("/sub/about/", 200, ""),
    ("/sub/about/?p=12", 200, ""),
    ("/sub/about", 301, "/sub/about/"),
    ("/sub/nothing/", 404, ""),
    ("/sub/assets/", 404, ""),
    ("/sub/papers/", 404, ""),
    ("/sub/old/", 301, "/sub/about/"),
    ("/sub/old", 301, "/sub/about/"),
    ("/sub/old/?utm=1&b=%20", 301, "/sub/about/?utm=1&b=%20"),
    ("/sub/older/", 404, ""),
    ("/sub/Old/", 404, ""),
    ("/sub/old-page.html", 301, "/sub/about/"),
    ("/sub/old-pageXhtml", 404, ""),
    ("/sub/%C3%BCber/uns/", 301, "/sub/about/"),
    ("/sub/%c3%bcber/uns", 301, "/sub/about/"),
    ("/sub/a%20b/", 301, "/sub/about/"),
    ("/sub/c++/", 301, "https://else.example/a?b=c%20d"),
    ("/sub/c%2B%2B/?x=1", 301, "https://else.example/a?b=c%20d"),
    ("/sub/ccc/", 404, ""),
    ("/sub/100%25/", 301, "https://else.example/%C3%A4/100%25"),
    ("/sub/post/", 301, "/sub/about/"),
    ("/sub/post/2019/x?y=1", 301, "/sub/about/?y=1"),
    ("/sub/posts/", 404, ""),
    ("/sub/blog/", 301, "/sub/crisis/"),
    ("/sub/blog/a/b%20c%2Cd/?x=1", 301, "/sub/crisis/a/b%20c%2Cd/?x=1"),
    ("/sub/blog/one/", 301, "/sub/contact/"),
    ("/sub/about/team/", 301, "/sub/crisis/"),
    ("/sub/?p=12", 301, "/sub/about/"),
    ("/sub/?x=1&p=12&y=2", 301, "/sub/about/"),
    ("/sub/?q=w%c3%b6r%20ter", 301, "/sub/about/"),
    ("/sub/?q=w%C3%B6r+ter", 301, "/sub/about/"),
    ("/sub/both/?cat=3&x=a.b", 301, "/sub/contact/"),
    ("/sub/both/?x=a.b&z&cat=3", 301, "/sub/contact/"),
    ("/sub/both/?x=aXb&cat=3", 404, ""),
    ("/sub/both/?cat=3", 404, ""),
    ("/sub/contact/", 200, ""),
    ("/sub/contact/?p=1", 301, "/sub/about/"),
    ("/sub/was/", 301, "https://else.example/"),
    ("/sub/was//evil.example/", 301, "https://else.example/evil.example/"),
    ("/sub/was/a%0D%0Ab:c", 301, "https://else.example/a%0D%0Ab:c"),
    ("/sub/temp/", 302, "/sub/about/"),
    ("/sub/kept/", 308, "/sub/about/"),
    ("/sub/gone/", 410, ""),
    ("/sub/gone-all/x/y", 410, ""),
    ("/sub/x%22y;%7D'/", 301, "/sub/about/"),
    ("/sub/a.(b%7Cc)%5Bd%5D%7B2%7D%5E+$1%5Cn%60%23/", 301, "/sub/about/"),
    ("/sub/aXbdd/", 404, ""),
    (
        "/sub/inject/",
        301,
        "https://else.example/%22;return%22%7C%24host%24%7BPATH%7D%7B%24HOME%7D%7Benv.HOME%7D%3Cb%3E%60%5C",
    ),
    ("/sub/vars/", 307, "https://else.example/%241%251%25%7BHTTP_HOST%7D&amp;?a=%24uri#b"),
    ("/sub/land/", 404, ""),
    ("/sub/2020/x", 404, ""),
];

/// What each file is, as browsers are told.
const TYPES: &[(&str, &str)] = &[
    ("/sub/", "text/html; charset=utf-8"),
    ("/sub/robots.txt", "text/plain; charset=utf-8"),
    ("/sub/sitemap.xml", "application/xml"),
    ("/sub/papers/a.pdf", "application/pdf"),
    ("/sub/papers/FORM.PDF", "application/pdf"),
    ("/sub/papers/a.ics", "text/calendar; charset=utf-8"),
    ("/sub/papers/a.vcf", "text/vcard; charset=utf-8"),
    ("/sub/papers/a.csv", "text/csv; charset=utf-8"),
    ("/sub/papers/a.woff2", "font/woff2"),
    ("/sub/papers/a.json", "application/json"),
    ("/sub/papers/a.mjs", "text/javascript; charset=utf-8"),
    ("/sub/papers/a.webmanifest", "application/manifest+json"),
];

struct Server {
    name: &'static str,
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        // nginx and Apache have children of their own, which go with a polite end.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let all: Vec<&str> = self
            .head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
            .collect();
        assert!(all.len() < 2, "{name} is sent twice: {}", self.head);
        all.first().copied()
    }
}

impl Server {
    /// Starts a program and waits until it answers; none where this machine lacks it, which is no reason to fail but in
    /// the whole run.
    fn start(name: &'static str, program: &str, args: &[&str], port: u16) -> Option<Server> {
        let mut command = Command::new(program);
        command
            .args(args)
            .env("HOME", std::env::temp_dir())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let Ok(child) = command.spawn() else {
            assert!(std::env::var_os("ANTEROOM_ALL_TESTS").is_none(), "install {name}, as tests/run.sh does");
            return None;
        };
        let mut server = Server { name, child, port };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(server.child.try_wait().unwrap().is_none(), "{name} has ended: its configuration is wrong");
            assert!(began.elapsed() < Duration::from_secs(20), "{name} doesn't answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(server)
    }

    fn ask(&self, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{headers}\r\n", self.port)
            .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).to_string();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head, body: bytes[end..].to_vec() }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A finished site for a host, below `www/sub/` of the folder.
fn finished(name: &str, host: &str, own: Option<&[u8]>) -> (Folder, PathBuf) {
    finished_with(name, host, own, OWN, HEADERS)
}

fn finished_with(name: &str, host: &str, own: Option<&[u8]>, redirects: &str, headers: &str) -> (Folder, PathBuf) {
    let folder = Folder::new(name);
    folder.file("site/content/practice.yaml", &format!("{PRACTICE}{host}"));
    folder.file("site/content/about.md", "---\ntitle: About\n---\nText.\n");
    folder.file("site/content/redirects.yaml", REDIRECTS);
    folder.file("site/content/static/_redirects", redirects);
    folder.file("site/content/static/_headers", headers);
    for paper in ["a.pdf", "FORM.PDF", "a.ics", "a.vcf", "a.csv", "a.woff2", "a.json", "a.mjs", "a.webmanifest"] {
        folder.file(&format!("site/content/static/papers/{paper}"), "x");
    }
    if let Some(own) = own {
        fs::write(folder.path().join("site/content/static/.htaccess"), own).unwrap();
    }
    let root = folder.path().join("www");
    let mut program = Command::new(env!("CARGO_BIN_EXE_anteroom"));
    program.args(["build", "--today", "2026-11-22", "--site"]).arg(folder.path().join("site"));
    let built = program.arg("--output").arg(root.join("sub")).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    (folder, root)
}

/// Apache's modules as Debian has them on; what else a site could use comes with `more`.
fn apache(folder: &Folder, root: &Path, overrides: &str, more: &[&str]) -> Option<Server> {
    let port = free_port();
    let modules = ["mpm_event", "authz_core", "dir", "mime"].iter().chain(more);
    let modules: String =
        modules.map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")).collect();
    let (dir, root) = (folder.path().display(), root.display());
    let config = format!(
        "ServerRoot \"{dir}\"\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile \"{dir}/apache-{port}.pid\"\n\
         {modules}User www-data\nGroup www-data\nErrorLog \"{dir}/apache.log\"\nDocumentRoot \"{root}\"\n\
         TypesConfig /dev/null\nDirectoryIndex index.php index.html\nStartServers 1\n\
         <Directory \"{root}\">\n  Options Indexes FollowSymLinks\n  AllowOverride {overrides}\n  Require all granted\n</Directory>\n\
         <Files \".ht*\">\n  Require all denied\n</Files>\n"
    );
    let path = folder.path().join(format!("apache-{port}.conf"));
    fs::write(&path, config).unwrap();
    Server::start("apache2", "/usr/sbin/apache2", &["-DFOREGROUND", "-f", &path.display().to_string()], port)
}

const ALL_MODULES: &[&str] =
    &["alias", "autoindex", "deflate", "filter", "brotli", "headers", "rewrite", "setenvif", "negotiation"];

fn nginx(folder: &Folder, root: &Path) -> Option<Server> {
    let port = free_port();
    let (dir, root) = (folder.path().display(), root.display());
    let config = format!(
        "daemon off;\npid {dir}/nginx.pid;\nerror_log {dir}/nginx.log;\nworker_processes 1;\nevents {{ }}\n\
         http {{\n  access_log off;\n  client_body_temp_path {dir}/t1;\n  proxy_temp_path {dir}/t2;\n  fastcgi_temp_path {dir}/t3;\n  \
         uwsgi_temp_path {dir}/t4;\n  scgi_temp_path {dir}/t5;\n  gzip on;\n  \
         server {{\n    listen 127.0.0.1:{port};\n    gzip on;\n    charset utf-8;\n    index index.html;\n    autoindex on;\n    \
         root \"{root}\";\n    include \"{root}/sub/_nginx.conf\";\n  }}\n}}\n"
    );
    let path = folder.path().join("nginx.conf");
    fs::write(&path, config).unwrap();
    let path = path.display().to_string();
    if let Ok(checked) = Command::new("/usr/sbin/nginx").args(["-t", "-c", &path]).output() {
        let said = String::from_utf8_lossy(&checked.stderr).to_string();
        assert!(checked.status.success() && !said.contains("[warn]"), "{said}");
    }
    Server::start("nginx", "/usr/sbin/nginx", &["-c", &path], port)
}

fn caddy(folder: &Folder, root: &Path) -> Option<Server> {
    let port = free_port();
    let root = root.display();
    let config = format!(
        "{{\n\tadmin off\n\tauto_https off\n\tstorage file_system {0}/caddy\n}}\nhttp://127.0.0.1:{port} {{\n\troot * \"{root}\"\n\t\
         import \"{root}/sub/_caddy.conf\"\n}}\n",
        folder.path().display()
    );
    let path = folder.path().join("Caddyfile");
    fs::write(&path, config).unwrap();
    let path = path.display().to_string();
    if let Ok(checked) = Command::new("caddy").args(["adapt", "--adapter", "caddyfile", "--config", &path]).output() {
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }
    Server::start("caddy", "caddy", &["run", "--adapter", "caddyfile", "--config", &path], port)
}

/// The style sheet of a finished site.
fn style(root: &Path) -> String {
    let names = fs::read_dir(root.join("sub/assets")).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().to_string_lossy().to_string());
    format!("/sub/assets/{}", names.find(|name| name.ends_with(".css")).unwrap())
}

/// Everything that all of them answer alike.
fn answers(server: &Server, root: &Path) {
    let own = format!("http://127.0.0.1:{}", server.port);
    let mut wrong = Vec::new();
    for (path, status, to) in ANSWERS {
        let answer = server.ask(path, "");
        let led = answer.header("Location").unwrap_or_default();
        let led = led.strip_prefix(&own).unwrap_or(led);
        // A folder's own address is led to by each server with a status of its own.
        let same = answer.status == *status || (*path == "/sub/about" && answer.status == 308);
        if !same || led != *to {
            wrong.push(format!("{path}: {} {led:?} instead of {status} {to:?}", answer.status));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", server.name, wrong.join("\n"));
    for (path, kind) in TYPES {
        let answer = server.ask(path, "");
        assert_eq!((answer.status, answer.header("Content-Type")), (200, Some(*kind)), "{}: {path}", server.name);
    }
    let style = style(root);
    let of_all = of_all(root);
    assert!(of_all.len() > 5 && of_all.iter().any(|(name, _)| name == "X-Mine"), "{of_all:?}");
    for path in ["/sub/", "/sub/about/", "/sub/papers/a.pdf", "/sub/nothing/", "/sub/assets/missing.css", &style] {
        let answer = server.ask(path, "");
        for (name, value) in &of_all {
            assert_eq!(answer.header(name), Some(value.as_str()), "{}: {path}: {name}", server.name);
        }
    }
    assert!(["X-Left", "X-Left-Too"].iter().all(|name| server.ask("/sub/", "").header(name).is_none()));
    // What changes is asked for again each time; what has its hash in its name, never.
    let cached = |path: &str| server.ask(path, "").header("Cache-Control").map(str::to_string);
    for path in ["/sub/", "/sub/about/", "/sub/papers/a.pdf", "/sub/sitemap.xml"] {
        assert_eq!(cached(path).as_deref(), Some("no-cache"), "{}: {path}", server.name);
    }
    assert_eq!(cached(&style).as_deref(), Some("public, max-age=31536000, immutable"), "{}", server.name);
    assert_ne!(cached("/sub/assets/missing.css").as_deref(), Some("public, max-age=31536000, immutable"));
    for (path, robots) in [("/sub/about/", Some("noindex")), ("/sub/", None), ("/sub/contact/", None)] {
        assert_eq!(server.ask(path, "").header("X-Robots-Tag"), robots, "{}: {path}", server.name);
    }
    for path in ["/sub/nothing/", "/sub/assets/missing.css", "/sub/papers/missing.pdf", "/sub/papers/", "/sub/gone/"] {
        let answer = server.ask(path, "");
        let words = String::from_utf8_lossy(&answer.body).to_string();
        assert!(words.contains("<html") && words.contains("Quiet Harbour"), "{}: {path}: {words}", server.name);
        assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"), "{}: {path}", server.name);
    }
    for path in ["/sub/_headers", "/sub/_redirects", "/sub/_nginx.conf", "/sub/_caddy.conf", "/sub/.htaccess"] {
        assert!(matches!(server.ask(path, "").status, 403 | 404), "{}: {path}", server.name);
    }
    let small = server.ask(&style, "Accept-Encoding: gzip\r\n");
    assert_eq!(
        (small.status, small.header("Content-Encoding")),
        (200, Some("gzip")),
        "{}: {}",
        server.name,
        small.head
    );
    assert!(small.header("Vary").unwrap_or_default().contains("Accept-Encoding"), "{}: {}", server.name, small.head);
    assert_eq!(server.ask(&style, "").header("Content-Encoding"), None);
    assert_eq!(server.ask("/sub/papers/a.pdf", "Accept-Encoding: gzip\r\n").header("Content-Encoding"), None);
    // What hasn't changed isn't sent again, as a browser asks that has it compressed.
    let first = server.ask("/sub/", "Accept-Encoding: gzip\r\n");
    let asks = ["ETag", "Last-Modified"]
        .iter()
        .zip(["If-None-Match", "If-Modified-Since"])
        .filter_map(|(name, asks)| first.header(name).map(|value| format!("{asks}: {value}\r\n")));
    let again = server.ask("/sub/", &format!("Accept-Encoding: gzip\r\n{}", asks.collect::<String>()));
    assert_eq!(again.status, 304, "{}: {}", server.name, first.head);
}

/// The headers of every answer, as the finished `_headers` has them.
fn of_all(root: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(root.join("sub/_headers")).unwrap();
    let mut path = "";
    let mut all = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  ").and_then(|line| line.split_once(": ")) {
            // What no server could be told without danger is left out.
            Some((name, _)) if name.starts_with("X-Left") => {}
            Some((name, value)) if ["/*", "/sub/*"].contains(&path) => all.push((name.to_string(), value.to_string())),
            Some(_) => {}
            None => path = line,
        }
    }
    all
}

#[test]
fn apache_answers_as_the_list_says_where_only_what_wordpress_needs_is_allowed() {
    for overrides in ["FileInfo", "All"] {
        let (folder, root) = finished(&format!("apache-{overrides}"), "host: webspace\n", None);
        // Of a website that was there before.
        fs::write(root.join("sub/index.php"), "old").unwrap();
        let Some(server) = apache(&folder, &root, overrides, ALL_MODULES) else { return };
        answers(&server, &root);
        let brotli = server.ask(&style(&root), "Accept-Encoding: gzip, br\r\n");
        assert_eq!(brotli.header("Content-Encoding"), Some("br"));
    }
}

#[test]
fn nginx_answers_as_the_list_says() {
    let (folder, root) = finished("nginx", "host: nginx\n", None);
    let Some(server) = nginx(&folder, &root) else { return };
    answers(&server, &root);
}

#[test]
fn caddy_answers_as_the_list_says() {
    let (folder, root) = finished("caddy", "host: caddy\n", None);
    let Some(server) = caddy(&folder, &root) else { return };
    answers(&server, &root);
}

/// Every sign that a line can hold, where an author writes it: in an old path, in a new address, in a header.
#[test]
fn no_sign_means_anything_to_a_server() {
    let signs: Vec<char> =
        (0x21..0x7f_u8).map(char::from).filter(|sign| !"*/".contains(*sign)).chain("äЖ漢".chars()).collect();
    let number = |sign: char| u32::from(sign);
    let redirects: String = signs
        .iter()
        .map(|&sign| format!("/sub/{}-{sign}x{sign}/ https://else.example/{sign}x{sign}/y 301\n", number(sign)))
        .collect();
    let headers: String = signs
        .iter()
        .filter(|sign| sign.is_ascii())
        .map(|&sign| format!("  X-{}: a{sign}b{sign}c\n", number(sign)))
        .collect();
    let headers = format!("/*\n{headers}");
    let escaped = |sign: char| sign.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    for host in ["webspace", "nginx", "caddy"] {
        let (folder, root) =
            finished_with(&format!("signs-{host}"), &format!("host: {host}\n"), None, &redirects, &headers);
        let server = match host {
            "webspace" => apache(&folder, &root, "FileInfo", ALL_MODULES),
            "nginx" => nginx(&folder, &root),
            _ => caddy(&folder, &root),
        };
        let Some(server) = server else { return };
        let mut wrong = Vec::new();
        for &sign in &signs {
            let sent = escaped(sign);
            let answer = server.ask(&format!("/sub/{}-{sent}x{sent}/", number(sign)), "");
            let kept = sign.is_ascii_alphanumeric() || "-._~:?#@!&'()+,;=".contains(sign);
            let shown = if kept { sign.to_string() } else { sent };
            let to = format!("https://else.example/{shown}x{shown}/y");
            if answer.status != 301 || answer.header("Location") != Some(to.as_str()) {
                wrong.push(format!("{sign}: {} {:?}", answer.status, answer.header("Location")));
            }
        }
        let home = server.ask("/sub/", "");
        assert_eq!(home.status, 200);
        for sign in signs.iter().filter(|sign| sign.is_ascii()) {
            let value = format!("a{sign}b{sign}c");
            let expected = Some(value.as_str()).filter(|_| !"\\`${}".contains(*sign));
            let got = home.header(&format!("X-{}", number(*sign)));
            if got != expected {
                wrong.push(format!("header {value}: {got:?}"));
            }
        }
        assert!(wrong.is_empty(), "{host}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn no_page_fails_on_web_space_that_lacks_modules_or_reads_nothing() {
    let (folder, root) = finished("apache-few", "", None);
    let mut sets: Vec<Vec<&str>> = vec![Vec::new(), ALL_MODULES.to_vec()];
    sets.extend(
        ALL_MODULES.iter().map(|without| ALL_MODULES.iter().filter(|name| *name != without).copied().collect()),
    );
    for modules in sets {
        for overrides in ["FileInfo", "None"] {
            let Some(server) = apache(&folder, &root, overrides, &modules) else { return };
            for path in ["/sub/", "/sub/about/", &style(&root)] {
                assert_eq!(server.ask(path, "").status, 200, "{overrides} {modules:?} {path}");
            }
            assert_eq!(server.ask("/sub/nothing/", "").status, 404, "{overrides} {modules:?}");
        }
    }
}

#[test]
fn the_author_s_own_htaccess_is_put_in_and_wins() {
    let own = b"\xef\xbb\xbfHeader always set X-Frame-Options \"SAMEORIGIN\"\nRedirect 302 /sub/old /sub/contact/\n\
        # caf\xe9\nRewriteEngine On\nRewriteRule ^mine/?$ /sub/contact/ [R=302,L]\nRewriteRule ^c\\+\\+/?$ /sub/contact/ [R=302,L]\n";
    let (folder, root) = finished("apache-own", "", Some(own));
    let written = fs::read(root.join("sub/.htaccess")).unwrap();
    assert!(written.windows(own.len() - 4).any(|part| part == &own[3..own.len() - 1]));
    let Some(server) = apache(&folder, &root, "FileInfo", ALL_MODULES) else { return };
    assert_eq!(server.ask("/sub/", "").header("X-Frame-Options"), Some("SAMEORIGIN"));
    for path in ["/sub/mine/", "/sub/c++/", "/sub/old"] {
        let answer = server.ask(path, "");
        assert_eq!(answer.status, 302, "{path}: {}", answer.head);
        assert!(answer.header("Location").unwrap().ends_with("/sub/contact/"), "{path}");
    }
    assert_eq!(server.ask("/sub/temp/", "").status, 302);
}

#[test]
fn what_the_author_s_htaccess_says_otherwise_is_told() {
    let own =
        "Header set Referrer-Policy no-referrer\nHeader set X-Other 1\nRedirectPermanent /sub/old/ /sub/contact/\n";
    let files = [
        ("content/about.md", "---\ntitle: About\n---\nText.\n"),
        ("content/redirects.yaml", "/old/: /about/\n"),
        ("content/static/.htaccess", own),
    ];
    let sources = site(&files);
    let built = build(&sources);
    assert_eq!(
        lines(&built, &sources),
        [
            "host-file content/static/.htaccess:1:1 \"Header set Referrer-Policy no-referrer\"",
            "host-file content/static/.htaccess:3:1 \"RedirectPermanent /sub/old/ /sub/contact/\"",
        ]
    );
    let made = page(&built, ".htaccess");
    assert!(made.contains(own.trim()) && made.matches("Referrer-Policy").count() == 1, "{made}");
    assert!(page(&built, "_headers").contains("Referrer-Policy: same-origin"));
    // Whoever is elsewhere keeps the file as it is.
    let practice = format!("{PRACTICE}host: netlify\n");
    let sources = site(&[files[0], files[1], files[2], ("content/practice.yaml", &practice)]);
    assert_eq!(page(&build(&sources), ".htaccess"), own);
}

#[test]
fn each_host_gets_the_files_that_it_reads_and_is_told_what_it_can_t() {
    use anteroom::document::model::WebHost;
    let names = [".htaccess", "_nginx.conf", "_caddy.conf"];
    let told = |host: Option<WebHost>| {
        let practice = format!("{PRACTICE}{}", host.map_or(String::new(), |host| format!("host: {}\n", host.key())));
        let sources = site(&[
            ("content/practice.yaml", &practice),
            ("content/about.md", "---\ntitle: About\n---\nText.\n"),
            ("content/redirects.yaml", "/post/*: /about/\n/?p=1: /about/\n"),
            ("content/static/_redirects", "/sub/:a/b /sub/about/ 301\n"),
            ("content/static/_headers", "/*\n  X-Left: {path}\n"),
        ]);
        let built = build(&sources);
        assert!(has(&built, "_headers") && has(&built, "_redirects"));
        let made: Vec<&str> = names.into_iter().filter(|name| has(&built, name)).collect();
        let found = lines(&built, &sources);
        let count = |code: &str| found.iter().filter(|line| line.starts_with(code)).count();
        (made, count("redirect-needs-host"), count("host-file"))
    };
    assert_eq!(told(None), (vec![".htaccess"], 2, 0));
    for host in WebHost::ALL {
        let expected = match host {
            WebHost::Netlify => (vec![], 0, 0),
            WebHost::Cloudflare | WebHost::Gitlab | WebHost::Codeberg => (vec![], 1, 0),
            WebHost::Github | WebHost::Other => (vec![], 2, 0),
            WebHost::Webspace => (vec![".htaccess"], 0, 2),
            WebHost::Nginx => (vec!["_nginx.conf"], 0, 2),
            WebHost::Caddy => (vec!["_caddy.conf"], 0, 2),
        };
        assert_eq!(told(Some(host)), expected, "{host:?}");
    }
}
