//! What is wrong with a draft concerns nobody but its author.

use anteroom::diagnostic::Severity;
use anteroom::options::Options;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::source::SourcePath;

use crate::support::{build, has, options, site};

const ABOUT: (&str, &str) = ("content/about.md", "---\ntitle: About\n---\n# Hello\n");

/// Drafts with every way of being faulty: facts that are missing, YAML that cannot be read, a block without an end, bytes
/// that are no text, a link that leads nowhere.
const FAULTY: [&[u8]; 6] = [
    b"---\ndraft: true\n---\nText.\n",
    b"---\ntitle: [One\ndraft: true # not yet\n---\nText.\n",
    b"---\ntitle: One\ndraft: true\nText.\n",
    b"---\ntitle: One\ndraft: true\n---\nCaf\xe9.\n",
    b"---\ntitle: One\ndraft: true\nlayuot: page\n---\nText.\n",
    b"---\r\ntitle: One\r\ndraft: true\r\nlayout: pgae\r\n---\r\nText.\r\n",
];

fn with(bytes: &[u8], drafts: bool) -> Build {
    let mut sources = site(&[ABOUT]);
    let path = SourcePath::new("content/one.md").unwrap();
    sources.files.insert(path, anteroom::source::Content::Text(bytes.to_vec().into()));
    match drafts {
        false => build(&sources),
        true => pipeline::build(&sources, &Options { drafts: true, ..options() }, &mut Cache::off()),
    }
}

#[test]
fn a_faulty_draft_stops_no_build_without_drafts() {
    for bytes in FAULTY {
        let built = with(bytes, false);
        let own: Vec<_> = built
            .diagnostics
            .iter()
            .filter(|f| f.place.as_ref().is_some_and(|p| p.path.as_str() == "content/one.md"))
            .collect();
        assert!(!own.is_empty(), "{}", String::from_utf8_lossy(bytes));
        assert!(own.iter().all(|finding| finding.severity == Severity::Note), "{own:#?}");
        assert!(!built.diagnostics.has_errors());
        assert!(has(&built, "about/index.html") && !has(&built, "one/index.html"));
        assert!(with(bytes, true).diagnostics.has_errors());
    }
}

#[test]
fn what_is_no_draft_stops_the_build() {
    for text in [
        "---\ndraft: false\n---\nText.\n",
        "---\ntitle: [One\n---\ndraft: true\n",
        "---\ntitle: [One\nx:\n  draft: true\n---\n",
    ] {
        assert!(with(text.as_bytes(), false).diagnostics.has_errors(), "{text}");
    }
}
