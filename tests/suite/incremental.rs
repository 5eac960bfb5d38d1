//! The law of the memo: after any sequence of edits, a warm build equals a cold one, byte for byte, in its
//! files and in its findings.

use crate::support::{self, PRACTICE, options};
use anteroom::pipeline::{self, Build, Cache};
use anteroom::source::{Asset, SourcePath, Sources};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// What a file can hold; `None` means that it is not there.
type Variants = &'static [Option<&'static str>];

/// Files that refer to each other, each with what it may become.
const FILES: &[(&str, Variants)] = &[
    (
        "content/resources/one.md",
        &[
            Some(
                "---\ntitle: One\nsummary: First.\nauthor: ana\ndate: 2026-01-01\ntopics: [Grief]\n---\nSee [two](two.md#why) and [fees](/fees/).\n",
            ),
            Some(
                "---\ntitle: One\nsummary: First.\nauthor: ana\ndate: 2026-01-01\ntopics: [Grief]\n---\nSee [two](two.md#how).\n\n::: fees\n\n::: faq\n",
            ),
            Some(
                "---\ntitle: One, again\nsummary: Another.\nauthor: ben\ndate: 2026-04-01\ntopics: [Grief, Work]\n---\n## Why\n\nAs @key says [@key, p. 3; @bib], see @fig:tree.\n\n![A tree](tree.png \"The tree\")\n",
            ),
            Some("---\ntitle: One\nsummary: First.\nauthor: nobody\ndate: 2026-01-01\n---\n![A tree](tree.png)\n"),
            Some("---\ntitle: [\n---\n"),
            None,
        ],
    ),
    (
        "content/resources/two.md",
        &[
            Some(
                "---\ntitle: Two\nsummary: Second.\nauthor: ana\ndate: 2026-02-01\ntopics: [Grief]\n---\n## Why\n\nBecause.\n",
            ),
            Some(
                "---\ntitle: Two\nsummary: Second.\nauthor: ana\ndate: 2026-02-01\ntopics: [Grief]\nslug: deux\n---\n## How\n\nSo: [one](one.md).\n",
            ),
            Some("---\ntitle: Two\nsummary: Second.\nauthor: Ana\ndate: 2026-02-01\ndraft: true\n---\n## How\n"),
            Some(
                "---\ntitle: Two\nsummary: Second.\nauthor: ana\ndate: 2026-02-01\nimage: tree.png\nfaqs: [{ question: Why?, answer: 'See [one](one.md).' }]\n---\n<b>raw</b> <script>no</script>\n",
            ),
            None,
        ],
    ),
    (
        "content/resources/three.md",
        &[
            None,
            Some(
                "---\ntitle: Three\nsummary: Third.\nauthor: ben\ndate: 2026-03-01\ntopics: [Work]\nrelated: [one]\n---\n[Nowhere](nowhere.md) [contact](../contact.md)\n",
            ),
            Some(
                "---\ntitle: Three\nsummary: Third.\nauthor: ben\ndate: 2026-12-01\npublish_at: 2026-12-01\n---\nLater.\n",
            ),
        ],
    ),
    (
        "content/practitioners/ana.md",
        &[
            Some("---\nname: Ana Lopez\nrole_title: Coach\n---\nAna listens. See [grief](../services/grief.md).\n"),
            Some("---\nname: Ana Lopez-Hill\nrole_title: Coach\nphoto: tree.png\nphoto_alt: Ana\n---\nAna listens.\n"),
            None,
        ],
    ),
    ("content/practitioners/ben.md", &[Some("---\nname: Ben\nrole_title: Guide\n---\nBen.\n"), None]),
    (
        "content/services/grief.md",
        &[
            Some(
                "---\ntitle: Grief\nsummary: A way.\nkind: coaching\nformats: [video]\nprice: { amount: 100 }\npractitioners: [ana]\n---\nText. [Home](/)\n",
            ),
            Some(
                "---\ntitle: Loss\nsummary: A way on.\nkind: coaching\nformats: [video]\nprice: { amount: 120 }\npractitioners: [ana, ben]\nfaqs: [{ question: Why?, answer: Because. }]\n---\n::: faq\n",
            ),
            Some("---\ntitle: Grief\nsumary: A way.\nkind: coaching\nformats: [video]\n---\n"),
            None,
        ],
    ),
    (
        "content/index.md",
        &[
            None,
            Some(
                "---\ntitle: Home\nsections: [{ type: hero, heading: Hello, actions: [{ label: Write, to: contact.md }] }, { type: resources }]\n---\nWelcome.\n",
            ),
            Some(
                "---\ntitle: Home\nsections: [{ type: services, heading: What }, { type: text, text: 'See [fees](/fees/).' }]\n---\n",
            ),
        ],
    ),
    (
        "content/contact.md",
        &[
            None,
            Some("---\ntitle: Contact\nlayout: contact\n---\nWrite.\n"),
            // A letter that no other file has: the fonts change.
            Some("---\ntitle: Contact\nlayout: contact\n---\nWrite to Žofie.\n"),
            Some(
                "---\ntitle: Questions\nlayout: faq\nfaqs: [{ question: Where?, answer: Here. }]\naliases: [/old/]\n---\n",
            ),
        ],
    ),
    (
        "content/references.yaml",
        &[
            None,
            Some("key:\n  type: article\n  title: A study\n  author: [\"Doe, Jane\"]\n  date: 2001\n"),
            Some("key:\n  type: article\n  title: Another study\n  author: [\"Roe, Jim\"]\n  date: 2002\n"),
            Some("key: [\n"),
        ],
    ),
    (
        "content/references.bib",
        &[
            None,
            Some("@book{bib, title={B}, author={Poe, Ann}, year=2003}\n"),
            Some("@book{bib, title={B}\n@book{key, title={K}, year=2003}\n"),
        ],
    ),
    (
        "content/resources/topics/grief.md",
        &[
            None,
            Some("---\ntitle: On grief\nsummary: Some words.\n---\nSee [two](/resources/two.md).\n"),
            Some("---\ntitle: Loss\n---\nAs @key says.\n"),
        ],
    ),
    ("content/redirects.yaml", &[None, Some("/gone/: /resources/one/\n"), Some("/gone/: /nowhere/\n")]),
    (
        "content/practice.yaml",
        &[
            Some(PRACTICE),
            Some(
                "name: Loud Harbour\ndescription: A practice for tests.\nlanguage: en\nkind: mixed\njurisdictions: [US-OR]\nbase_url: https://quiet-harbour.org/sub\nphone: '+1 503 555 0100'\nsocial_cards: true\ncurrency: USD\nraw_html: allow\ntheme: { settings: { accent: '#225577' } }\n",
            ),
            Some(
                "name: Quiet Harbour\ndescription: A practice for tests.\nlanguage: en\nkind: coaching\njurisdictions: [GB]\nbase_url: https://quiet-harbour.org\nemail: a@quiet-harbour.org\nnotices: [{ text: 'Closed. [Write](/contact/).' }]\ncitation_style: vancouver\nnavigation: [{ label: Reading, to: resources/ }]\n",
            ),
            Some("name: Quiet Harbour\nfoo: bar\n"),
            // Two languages: every other file is then in each of them.
            Some(
                "name: Quiet Harbour\ndescription: A practice for tests.\nlanguages: [en, de]\nkind: coaching\njurisdictions: [GB]\nbase_url: https://quiet-harbour.org\nemail: a@quiet-harbour.org\nnotices: [{ text: 'Closed. [Write](/contact/).' }]\n",
            ),
        ],
    ),
    (
        "content/practice.de.yaml",
        &[
            None,
            Some("description: Eine Praxis.\nnotices: [{ text: 'Geschlossen.' }]\n"),
            Some("description: Eine andere Praxis.\nemail: b@quiet-harbour.org\n"),
        ],
    ),
    (
        "content/services/grief.de.md",
        &[
            None,
            Some(
                "---\ntitle: Trauer\nsummary: Ein Weg.\nslug: trauer\n---\nText. [Start](/) [eins](../resources/one.md)\n",
            ),
            Some("---\ntitle: Verlust\nsumary: Ein Weg.\n---\n[Nirgends](nirgends.md)\n"),
            Some("---\ntitle: [\n---\n"),
        ],
    ),
    (
        "content/resources/two.de.md",
        &[
            None,
            Some("---\ntitle: Zwei\nsummary: Das zweite.\ntopics: [Trauer]\n---\n## Warum\n\nDarum.\n"),
            Some("---\ntitle: Zwei\nsummary: Das zweite.\ndraft: true\n---\nBald.\n"),
        ],
    ),
    (
        "themes/linen/templates/page.html",
        &[
            None,
            Some(
                "{% extends \"base/page.html\" %}{% block main %}<main id=\"main\"><h1>{{ page.title }}!</h1></main>{% endblock %}",
            ),
            Some("{% extends \"base/page.html\" %}{% block main %}{{ nothing.there }}{% endblock %}"),
            Some("{% if %}"),
        ],
    ),
    ("themes/linen/assets/prose.css", &[None, Some("body { color: red }"), Some("body { color: blue }")]),
    ("themes/linen/theme.yaml", &[None, Some("name: linen\nextends: base\n"), Some("name: [\n")]),
];

/// Pictures that pages name.
const PICTURES: &[&str] = &["content/resources/tree.png", "content/practitioners/tree.png"];

/// Puts a file into one of its states.
fn apply(sources: &mut Sources, edit: (usize, usize)) {
    let (file, state) = (edit.0 % (FILES.len() + PICTURES.len()), edit.1);
    match FILES.get(file) {
        Some((path, variants)) => match variants[state % variants.len()] {
            Some(text) => sources.insert_text(path, text),
            None => {
                sources.files.remove(&SourcePath::new(path).unwrap());
            }
        },
        None => {
            let path = PICTURES[file - FILES.len()];
            let picture = match state % 4 {
                0 => None,
                1 => Some(Err("it is cut short".to_string())),
                n => Some(Ok(support::photograph(600 * n as u32, 400))),
            };
            match picture {
                Some(size) => {
                    sources.insert_asset(path, Asset { len: 3, hash: [state as u8; 32], picture: Some(size) });
                }
                None => {
                    sources.files.remove(&SourcePath::new(path).unwrap());
                }
            }
        }
    }
}

fn difference(warm: &Build, cold: &Build) -> Option<String> {
    if warm.diagnostics != cold.diagnostics {
        return Some(format!("findings\nwarm: {:#?}\ncold: {:#?}", support::codes(warm), support::codes(cold)));
    }
    let (Some(warm), Some(cold)) = (&warm.output, &cold.output) else {
        return (warm.output.is_some() != cold.output.is_some()).then(|| "only one has an output".to_string());
    };
    let names: std::collections::BTreeSet<_> = warm.files.keys().chain(cold.files.keys()).collect();
    let differs = names.into_iter().find(|name| warm.files.get(*name) != cold.files.get(*name));
    differs.map(|name| format!("{name:?} differs")).or_else(|| (warm != cold).then(|| "counts differ".to_string()))
}

#[test]
fn warm_equals_cold_after_any_edits() {
    let mut sources = Sources::default();
    for file in 0..FILES.len() {
        apply(&mut sources, (file, 0));
    }
    // The sequences follow each other on one site and one memo: what an earlier one left must not show.
    let state = std::cell::RefCell::new((sources, Cache::on()));
    let edits = prop::collection::vec((0..FILES.len() + PICTURES.len(), 0..12usize), 1..6);
    // As many as `PROPTEST_CASES` says, and as usual where it says nothing.
    let mut runner = TestRunner::new(Config { max_shrink_iters: 0, ..Config::default() });
    let result = runner.run(&edits, |edits| {
        let (sources, cache) = &mut *state.borrow_mut();
        let mut warm = None;
        for edit in edits {
            apply(sources, edit);
            warm = Some(pipeline::build(sources, &options(), cache));
        }
        let cold = pipeline::build(sources, &options(), &mut Cache::off());
        match warm.and_then(|warm| difference(&warm, &cold)) {
            Some(difference) => Err(TestCaseError::fail(difference)),
            None => Ok(()),
        }
    });
    result.unwrap();
}
