//! `add reference`: works by their numbers, and from what libraries offer. The registries are stood in for by a small server on this
//! machine, which answers as they do.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use crate::support::Folder;

const CROSSREF: &str = r#"{"type": "journal-article", "title": "The necessary and sufficient conditions of therapeutic personality change.",
  "author": [{"given": "Carl R.", "family": "Rogers", "sequence": "first"}], "issued": {"date-parts": [[1957]]},
  "container-title": "Journal of Consulting Psychology", "container-title-short": "J Consult Psychol",
  "volume": "21", "issue": "2", "page": "95-103", "DOI": "10.1037/h0045357", "publisher": "American Psychological Association (APA)",
  "URL": "http://dx.doi.org/10.1037/h0045357"}"#;
const PUBMED: &str = r#"{"id": "pmid:29792475", "type": "article-journal", "title": "The alliance in adult psychotherapy: A meta-analytic synthesis.",
  "author": [{"family": "Flückiger", "given": "Christoph"}, {"family": "Del Re", "given": "A C"}, {"family": "Wampold", "given": "Bruce E"},
  {"family": "Horvath", "given": "Adam O"}], "issued": {"date-parts": [["2018", "12"]]}, "container-title": "Psychotherapy (Chicago, Ill.)",
  "container-title-short": "Psychotherapy (Chic)", "volume": "55", "issue": "4", "page": "316-340", "DOI": "10.1037/pst0000172", "PMID": "29792475"}"#;
const OPEN_LIBRARY: &str = r#"{"ISBN:9780670785933": {"title": "The Body Keeps the Score", "authors": [{"name": "Bessel van der Kolk"}],
  "publishers": [{"name": "Viking"}], "publish_places": [{"name": "New York"}], "publish_date": "2014"}}"#;

/// Answers as the registries do, and counts the questions.
fn registry() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..read]).to_string();
            let path = request.split(' ').nth(1).unwrap_or_default().to_string();
            let (status, body) = match path.as_str() {
                "/10.1037/h0045357"
                    if request.to_lowercase().contains("accept: application/vnd.citationstyles.csl+json") =>
                {
                    ("200 OK", CROSSREF)
                }
                path if path.contains("pubmed") && path.ends_with("id=29792475") => ("200 OK", PUBMED),
                path if path.contains("ISBN:9780670785933") => ("200 OK", OPEN_LIBRARY),
                path if path.contains("ISBN:") => ("200 OK", "{}"),
                _ => ("404 Not Found", "no"),
            };
            heard.lock().unwrap().push(format!(
                "{path} {}",
                request.contains("ser-agent: Anteroom/") || request.contains("ser-Agent: Anteroom/")
            ));
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(format!("{head}{body}").as_bytes());
        }
    });
    (address, asked)
}

fn run(folder: &Folder, args: &[&str], input: &str) -> (Output, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_anteroom"))
        .args(args)
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).to_string();
    (output, said)
}

#[test]
fn a_work_is_found_by_its_number_and_asked_for_once() {
    let folder = Folder::new("reference");
    run(&folder, &["new", ".", "--yes"], "");
    let (host, asked) = registry();
    let add = |what: &str| run(&folder, &["add", "reference", what, "--from", &host], "");
    let list = || std::fs::read_to_string(folder.path().join("content/references.yaml")).unwrap();
    let (output, said) = add("https://doi.org/10.1037/h0045357");
    assert!(output.status.success(), "{said}");
    assert!(said.contains("Rogers, C. R. (1957). The necessary and sufficient conditions of therapeutic personality change. Journal of Consulting Psychology, 21(2), 95–103. https://doi.org/10.1037/h0045357"), "{said}");
    assert!(said.contains("Cite it with [@rogers1957]."), "{said}");
    assert!(list().starts_with("rogers1957:\n  type: article\n"), "{}", list());
    let (_, said) = add("10.1037/H0045357");
    assert!(said.contains("That work is in your list already. Cite it with [@rogers1957]."), "{said}");
    let (_, said) = add("pmid:29792475");
    assert!(said.contains("[@fluckiger2018]"), "{said}");
    let (_, said) = add("978-0-670-78593-3");
    assert!(said.contains("van der Kolk, B. (2014). The body keeps the score. Viking."), "{said}");
    let before = list();
    for (what, wrong) in [
        ("10.1037/nothing", "doesn't know `10.1037/nothing`"),
        ("978-0-306-40615-7", "can't be read as a work"),
        ("978-0-670-78593-4", "its last digit doesn't fit"),
        ("no-such-file.ris", "is no DOI, ISBN or PubMed number"),
    ] {
        let (output, said) = add(what);
        assert!(output.status.code() == Some(2) && said.contains(wrong), "{what}: {said}");
    }
    assert_eq!(list(), before);
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked.iter().filter(|path| path.contains("h0045357")).count(), 1, "{asked:?}");
    assert!(asked.iter().all(|path| path.ends_with("true")), "says who asks: {asked:?}");
    let (output, said) = run(&folder, &["check", "--today", "2026-11-29"], "");
    assert!(output.status.success() && !said.contains("reference-entry"), "{said}");
    // Nobody is there.
    let (output, said) = run(&folder, &["add", "reference", "10.1/x", "--from", "http://127.0.0.1:9"], "");
    assert!(output.status.code() == Some(2) && said.contains("doesn't answer"), "{said}");
}

#[test]
fn what_a_library_offers_can_be_pasted() {
    let folder = Folder::new("pasted");
    run(&folder, &["new", ".", "--yes"], "");
    let ris = "TY  - BOOK\r\nAU  - Rogers, Carl R.\r\nTI  - A Way of Being\r\nPB  - Houghton Mifflin\r\nCY  - Boston\r\nPY  - 1980\r\nER  - \r\n";
    let (output, said) = run(&folder, &["add", "reference"], ris);
    assert!(
        output.status.success() && said.contains("Rogers, C. R. (1980). A way of being. Houghton Mifflin."),
        "{said}"
    );
    let bib = "@book{yalom1980, author={Yalom, Irvin D.}, title={Existential Psychotherapy}, publisher={Basic Books}, year={1980}}";
    let (output, said) = run(&folder, &["add", "reference", "-"], bib);
    assert!(output.status.success() && said.contains("[@yalom1980]"), "{said}");
    std::fs::write(
        folder.path().join("export.json"),
        "[{\"id\": \"x1\", \"type\": \"book\", \"title\": \"T\", \"author\": [{\"literal\": \"Mind\"}]}]",
    )
    .unwrap();
    let (output, said) = run(&folder, &["add", "reference", "export.json"], "");
    assert!(output.status.success() && said.contains("Mind. (n.d.). T."), "{said}");
    for wrong in ["", "Rogers wrote a book", "@book{broken, title={", "{\"a\": 1}"] {
        let (output, said) = run(&folder, &["add", "reference"], wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong}: {said}");
    }
    let list = std::fs::read_to_string(folder.path().join("content/references.yaml")).unwrap();
    assert_eq!(list.matches("\n\n").count(), 2, "{list}");
}

/// A library in CSL-JSON is read as it lies there.
#[test]
fn references_json_is_a_list_of_works() {
    use crate::support::{ANA, build, lines, page, site};
    let json =
        format!("[{}, {{\"id\": \"bad\", \"type\": \"book\"}}]", CROSSREF.replacen('{', "{\"id\": \"rogers\",", 1));
    let sources = site(&[
        ("content/practitioners/ana-lopez.md", ANA),
        ("content/references.json", &json),
        ("content/resources/a.md", "---\ntitle: A\nsummary: S\nauthor: ana-lopez\ndate: 2026-01-02\n---\n[@rogers]\n"),
    ]);
    let built = build(&sources);
    assert_eq!(lines(&built, &sources), ["broken-reference-entry content/references.json:5:57 \"bad\""]);
    let good = site(&[
        ("content/practitioners/ana-lopez.md", ANA),
        ("content/references.json", &json.replace(", {\"id\": \"bad\", \"type\": \"book\"}", "")),
        ("content/resources/a.md", "---\ntitle: A\nsummary: S\nauthor: ana-lopez\ndate: 2026-01-02\n---\n[@rogers]\n"),
    ]);
    assert!(page(&build(&good), "resources/a/index.html").contains("Rogers, C. R. (1957). The necessary"));
}
