//! CommonMark's own examples through the site's event writer, with extensions, sanitiser and checks off.
//!
//! The specification comes with the npm packages of `tests/browser`; where they are not installed the test
//! says so and is skipped, except when `ANTEROOM_ALL_TESTS` is set, as `tests/run.sh` does.

#![allow(clippy::disallowed_methods, reason = "tests look at files and clocks")]

use anteroom::markup::html::write_commonmark;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/node_modules/commonmark-spec/spec.txt");

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

fn examples(spec: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line != format!("{fence} example") {
            continue;
        }
        let mut part = |end: &str| {
            let mut text = String::new();
            for line in lines.by_ref().take_while(|line| *line != end) {
                text.push_str(&line.replace('→', "\t"));
                text.push('\n');
            }
            text
        };
        let (markdown, html) = (part("."), part(&fence));
        examples.push(Example { number: examples.len() + 1, markdown, html });
    }
    examples
}

#[test]
fn all_examples_of_the_specification() {
    let Ok(spec) = std::fs::read_to_string(SPEC) else {
        assert!(std::env::var_os("ANTEROOM_ALL_TESTS").is_none(), "the specification is not installed");
        eprintln!("skipped: commonmark-spec is not installed (npm install in tests/browser)");
        return;
    };
    let examples = examples(&spec);
    assert_eq!(examples.len(), 652);
    let failed: Vec<String> = examples
        .iter()
        .filter_map(|example| {
            // The specification leaves apostrophes as they are; escaped they are the same text.
            let html = write_commonmark(&example.markdown).replace("&#39;", "'");
            (html != example.html).then(|| {
                format!("example {}\n{}\nwanted\n{}\ngot\n{html}", example.number, example.markdown, example.html)
            })
        })
        .collect();
    assert!(failed.is_empty(), "{} of 652 differ\n\n{}", failed.len(), failed.join("\n----\n"));
}
