//! What people mistype in facts: each slip is told at its place with the line that was meant, and that line, put in its place, is
//! read without the finding. A new slip is a row here, and a guess in `src/yaml/slips.rs` or a sentence in
//! `src/document/values/hint.rs`.

use anteroom::diagnostic::{Diagnostic, mended, mends, report};
use anteroom::pipeline::Build;
use anteroom::source::Sources;

use crate::support::{ANA, PRACTICE, build, site};

/// Words of programs, which say nothing to an author.
const JARGON: &[&str] = &[
    "scalar",
    "mapping",
    "sequence",
    "token",
    "indentation error",
    "node",
    "anchor",
    "parse",
    "expected",
    "stream",
    "null",
];

/// The facts of a service; `{}` is the slip's line or lines.
const SERVICE: &str =
    "---\ntitle: Talk\nsummary: S.\nkind: coaching\nformats: [video]\npractitioners: [ana]\n{}\n---\nText.\n";

/// A line in practice.yaml, and how it was meant; nothing where there's only a sentence of help. `@` marks the place.
const IN_PRACTICE: &[(&str, &str)] = &[
    // Colons, dashes, equals signs.
    ("@tagline:Calm and clear", "tagline: Calm and clear"),
    ("@tagline = Calm and clear", "tagline: Calm and clear"),
    ("@tagline=Calm", "tagline: Calm"),
    ("@tagline Calm and clear", "tagline: Calm and clear"),
    ("sms_ok: true\n@tagline Calm and clear\nmaps: { provider: google }", "tagline: Calm and clear"),
    ("insurance:\n  @-payer: Aetna\n    in_network: true", "  - payer: Aetna"),
    (
        "maps: { provider: google }\ntheme: { settings: { color_accent: @#7a2048 } }",
        "theme: { settings: { color_accent: \"#7a2048\" } }",
    ),
    ("theme:\n  settings:\n    color_accent: @#7a2048", "    color_accent: \"#7a2048\""),
    ("payment_methods:\n  - Card\n  @-Check", "  - Check"),
    (
        "locations:\n  - label: A\n    @address:{ street: S, city: B, region: OR, postal_code: \"97000\", country: US }",
        "    address: { street: S, city: B, region: OR, postal_code: \"97000\", country: US }",
    ),
    // Indentation.
    ("insurance:\n  - payer: Aetna\n   @in_network: true", "    in_network: true"),
    (
        "insurance:\n  - payer: Aetna\n    in_network: true\n   @- payer: Cigna\n    in_network: true",
        "  - payer: Cigna",
    ),
    ("insurance:\n  - payer: Aetna\n     @in_network: true", "    in_network: true"),
    (" @tagline: Calm", "tagline: Calm"),
    ("tagline: Calm and\n@clear", "  clear"),
    ("tagline: Calm and\n@clear\nsms_ok: true", "  clear"),
    // Quotation marks.
    ("tagline: @Calm: and clear", "tagline: \"Calm: and clear\""),
    ("tagline: @\"Calm and clear", "tagline: \"Calm and clear\""),
    ("tagline: @'It's calm'", "tagline: \"It's calm\""),
    ("tagline: @\"Calm\" and clear", "tagline: '\"Calm\" and clear'"),
    ("tagline: @\"She said \"yes\" twice\"", "tagline: 'She said \"yes\" twice'"),
    ("tagline: @“Calm: and clear”", "tagline: \"Calm: and clear\""),
    ("tagline: @„Ruhig: und klar“", "tagline: \"Ruhig: und klar\""),
    ("tagline: @@calm", "tagline: \"@calm\""),
    ("tagline: @*Calm* and clear", "tagline: \"*Calm* and clear\""),
    ("tagline: @`Calm`", ""),
    ("tagline: @%calm", "tagline: \"%calm\""),
    ("tagline: @[Calm] and clear", "tagline: \"[Calm] and clear\""),
    ("tagline: @- calm", "tagline: \"- calm\""),
    ("payment_methods:\n  - @Card: Visa or Mastercard\n  - Check", "  - \"Card: Visa or Mastercard\""),
    // Brackets.
    ("payment_methods: @[Card, Check", "payment_methods: [Card, Check]"),
    ("payment_methods: @[Card, Check,", "payment_methods: [Card, Check]"),
    ("maps: @{ provider: google", "maps: { provider: google }"),
    ("insurance: @[{ payer: Aetna, in_network: true }", "insurance: [{ payer: Aetna, in_network: true }]"),
    ("maps: { @provider:google }", "maps: { provider: google }"),
    // Odd white space.
    ("locations:\n@\t- label: A", "  - label: A"),
    ("tagline:@\u{a0}Calm", "tagline: Calm"),
    ("@\u{200b}tagline: Calm", "tagline: Calm"),
    // Lists and blocks.
    ("insurance:\n  @payer: Aetna", "  - payer: Aetna"),
    ("insurance:\n  @payer: Aetna\n  in_network: true", "  - payer: Aetna"),
    ("payment_methods: @Card, Check", "payment_methods: [Card, Check]"),
    ("maps: @google", "maps: { provider: google }"),
    // Values.
    ("sms_ok: @yes", "sms_ok: true"),
    ("phone: @(503) 555-0142", "phone: +1 503 555 0142"),
    ("phone: @0044 20 7946 0018", "phone: +44 20 7946 0018"),
    ("phone: @call me", ""),
    ("time_zone: @Los Angeles", "time_zone: America/Los_Angeles"),
    ("fees_as_of: @11/24/2026", "fees_as_of: 2026-11-24"),
    ("fees_as_of: @24.11.2026", "fees_as_of: 2026-11-24"),
    ("fees_as_of: @2026-11-24 09:00:00 +0200", "fees_as_of: 2026-11-24"),
    ("fees_as_of: @2026-11-24T09:00:00Z", "fees_as_of: 2026-11-24"),
    ("fees_as_of: @November 24, 2026", "fees_as_of: 2026-11-24"),
    ("fees_as_of: @10/11/2026", ""),
    ("fees_as_of: @soon", ""),
    ("fees_as_of: @“2026-11-24”", "fees_as_of: 2026-11-24"),
    ("same_as: [@www.somebody.org]", "same_as: [https://www.somebody.org]"),
    ("client_portal_url: @www.somebody.org/in", "client_portal_url: https://www.somebody.org/in"),
    ("locations:\n  - label: A\n    hours: { monday: @9-17 }", "    hours: { monday: 09:00-17:00 }"),
    ("locations:\n  - label: A\n    hours: { monday: @9am to 5pm }", "    hours: { monday: 09:00-17:00 }"),
    ("locations:\n  - label: A\n    hours: { monday: @mornings }", ""),
    ("fees_as_of: @Nov 24 2026", "fees_as_of: 2026-11-24"),
    ("fees_as_of: @2026/11/24", "fees_as_of: 2026-11-24"),
    ("phone: @503-555-0142", "phone: +1 503 555 0142"),
    ("sms_ok: @No", "sms_ok: false"),
    ("sms_ok: @maybe", ""),
    ("time_zone: @EST", ""),
    ("page_size: @ten", ""),
    ("hosting: @Netlify", "hosting: { provider: Netlify }"),
    ("same_as: @https://www.somebody.org/ana", "same_as: [https://www.somebody.org/ana]"),
    ("locations:\n  - label: A\n    hours: { monday: @9:00 - 17:00 }", "    hours: { monday: 09:00-17:00 }"),
    // Names.
    ("@Tagline: Calm", "tagline: Calm"),
    ("@taglime: Calm", "tagline: Calm"),
    ("@tag_line: Calm", "tagline: Calm"),
    ("@telephone: \"+1 503 555 0142\"", ""),
    ("@provider: google", ""),
    ("tagline: @#1 in calm", "tagline: \"#1 in calm\""),
];

/// The same in a service.
const IN_SERVICE: &[(&str, &str)] = &[
    ("@group:Adults", "group: Adults"),
    ("@group Adults\nweight: 3", "group: Adults"),
    ("price: { amount: @1,250.00 }", "price: { amount: 1250.00 }"),
    ("price: { amount: @1,250 }", "price: { amount: 1250 }"),
    ("price:\n  amount: @1,250.00", "  amount: 1250.00"),
    ("price: { amount: @$80 }", "price: { amount: 80 }"),
    ("price: { amount: @80 EUR }", "price: { amount: 80 }"),
    ("price: { amount: @80€ }", "price: { amount: 80 }"),
    ("price: { amount: @USD 80 }", "price: { amount: 80 }"),
    ("duration_min: @50 min", "duration_min: 50"),
    ("weight: @2nd", ""),
    ("not_for: @Emergencies", "not_for: [Emergencies]"),
    ("price: { amount: @eighty }", ""),
    ("price: { @ammount: 80 }", "price: { amount: 80 }"),
    ("price: { amount: @120-150 }", ""),
    ("price: @120-150", "price: { from: 120, to: 150 }"),
    ("price: @$80 to $120", "price: { from: 80, to: 120 }"),
    ("price: @$80", "price: { amount: 80 }"),
    ("price: @80", "price: { amount: 80 }"),
    ("price: @{ amount: 80", "price: { amount: 80 }"),
    ("price:\n@\tamount: 80", "  amount: 80"),
    ("price: { amount: 80, sliding_scale: @yes }", "price: { amount: 80, sliding_scale: true }"),
    ("@sliding_scale: yes", ""),
    ("@amount: 80", ""),
    ("duration_min: @50 minutes", "duration_min: 50"),
    ("duration_min: @about an hour", ""),
    ("faqs:\n  @-question: Why?\n    answer: So.", "  - question: Why?"),
    ("faqs:\n  - question: Why?\n   @answer: So.", "    answer: So."),
    ("faqs:\n  @question: Why?\n  answer: So.", "  - question: Why?"),
    ("faqs:\n  - question: @Why: how?\n    answer: So.", "  - question: \"Why: how?\""),
    ("for_whom: @Adults, couples", "for_whom: [Adults, couples]"),
    ("weight: @first", ""),
    ("draft: @no", "draft: false"),
];

/// Lines around a page's facts, as they should be.
const FENCES: &[(&str, &[&str])] = &[
    ("----\ntitle: About\n---\nText.\n", &["1 ---"]),
    ("---\ntitle: About\n----\nText.\n", &["3 ---"]),
    ("----\ntitle: About\n----\nText.\n", &["1 ---", "3 ---"]),
    ("—\ntitle: About\n—\nText.\n", &["1 ---", "3 ---"]),
    ("—-\ntitle: About\n—-\nText.\n", &["1 ---", "3 ---"]),
    ("–-\ntitle: About\n---\nText.\n", &["1 ---"]),
    ("--\ntitle: About\n---\nText.\n", &["1 ---"]),
    (" ---\ntitle: About\n---\nText.\n", &["1 ---"]),
    ("+++\ntitle: About\n+++\nText.\n", &["1 ---", "3 ---"]),
    ("\n---\ntitle: About\n---\nText.\n", &["2"]),
    ("title: About\n---\nText.\n", &["1"]),
    ("title: About\n\nText.\n", &["1", "1"]),
    ("---\ntitle: About\n\nText.\n", &["2"]),
];

/// The findings of a build that stop it.
fn errors(build: &Build) -> Vec<&Diagnostic> {
    build.diagnostics.iter().filter(|one| one.severity == anteroom::diagnostic::Severity::Error).collect()
}

fn sources(path: &str, text: &str) -> Sources {
    let mut sources = site(&[("content/practitioners/ana.md", ANA), ("content/index.md", "---\ntitle: Home\n---\n")]);
    sources.insert_text("content/practice.yaml", PRACTICE);
    sources.insert_text(path, text);
    sources
}

const MORE: &str = "begin the other lines of this entry with two more spaces";

/// What a finding says to write: the whole line, or what stands at its place.
enum Mend {
    Line(String),
    /// The line, and those below it that belong to it with two more spaces.
    Entry(String),
    Place(String),
    Sentence,
}

fn mend(finding: &Diagnostic) -> Mend {
    let inside = |text: &str, before: &str| {
        let (_, rest) = text.split_once(before)?;
        rest.rsplit_once('`').map(|(meant, _)| meant.to_string())
    };
    let label = finding.label.as_deref().and_then(|label| inside(label, "did you mean `"));
    let line = finding.help.as_deref().filter(|help| help.starts_with("write `") && !help.contains('…'));
    match (label, line.and_then(|line| inside(line, "write `"))) {
        (Some(meant), _) => Mend::Place(meant),
        (None, Some(line)) if line.contains('`') => Mend::Sentence,
        (None, Some(line)) if finding.help.as_deref().is_some_and(|help| help.ends_with('`')) => Mend::Line(line),
        (None, Some(line)) if finding.help.as_deref().is_some_and(|help| help.contains(MORE)) => Mend::Entry(line),
        _ => Mend::Sentence,
    }
}

/// The text with what a finding says to write.
fn as_told(text: &str, finding: &Diagnostic) -> Option<String> {
    let span = finding.place.as_ref()?.span.clone();
    match mend(finding) {
        Mend::Place(meant) => Some(format!("{}{meant}{}", &text[..span.start], &text[span.end..])),
        Mend::Line(line) => {
            let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
            let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
            Some(format!("{}{line}{}", &text[..start], &text[end..]))
        }
        Mend::Entry(line) => {
            let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
            let first = text[start..].lines().next()?;
            let depth = first.len() - first.trim_start().len();
            let mut inside = true;
            let rest = text[start..].lines().skip(1).map(|own| {
                inside &= own.len() - own.trim_start().len() >= depth && !own.starts_with("---");
                if inside { format!("  {own}") } else { own.to_string() }
            });
            Some(format!("{}{line}\n{}\n", &text[..start], rest.collect::<Vec<_>>().join("\n")))
        }
        Mend::Sentence => None,
    }
}

/// What is wrong with what is told of a slip.
fn faults(path: &str, before: &str, slip: &str, after: &str, meant: &str) -> Option<String> {
    let column = slip.find('@').unwrap();
    let written = slip.replacen('@', "", 1);
    let text = format!("{before}{written}{after}");
    let at = before.len() + column;
    let first = sources(path, &text);
    let built = build(&first);
    let found = errors(&built);
    let is_in = |one: &Diagnostic| one.place.as_ref().is_some_and(|place| place.path.as_str() == path);
    let is_here = |one: &&&Diagnostic| is_in(one) && one.place.as_ref().is_some_and(|place| place.span.start == at);
    let here = || found.iter().filter(is_here);
    let here = here().find(|one| as_told(&text, one).is_some()).or_else(|| here().next());
    let told: Vec<String> = found.iter().map(|one| report::render(one, &first, false)).collect();
    let told = told.join("\n");
    let wrong = |what: &str| Some(format!("{slip:?}: {what}\n{told}"));
    let Some(finding) = here else { return wrong("nothing is told there") };
    for words in [Some(&finding.message), finding.label.as_ref(), finding.help.as_ref()].into_iter().flatten() {
        if JARGON.iter().any(|word| words.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|own| own == *word)) {
            return wrong("it says it in a program's words");
        }
    }
    if finding.help.is_none() && finding.label.is_none() {
        return wrong("nothing says what to do");
    }
    let Some(again) = as_told(&text, finding) else {
        return if meant.is_empty() { None } else { wrong("no line to write") };
    };
    let line = again[..at.min(again.len())].matches('\n').count();
    let read = again.lines().nth(line).unwrap_or_default();
    if !meant.is_empty() && read != meant {
        return wrong(&format!("it says to write {read:?}"));
    }
    let second = sources(path, &again);
    let built = build(&second);
    let is_again = |one: &&Diagnostic| one.code == finding.code && one.message == finding.message && is_in(one);
    let stays = errors(&built).into_iter().find(is_again);
    stays.and_then(|stays| wrong(&format!("it's told again:\n{}", report::render(stays, &second, false))))
}

#[test]
fn every_slip_is_told_with_what_was_meant() {
    let (head, tail) = SERVICE.split_once("{}").unwrap();
    let rows = IN_PRACTICE.len() + IN_SERVICE.len() + FENCES.len();
    assert!(rows >= 120, "{rows}");
    let practice = IN_PRACTICE.iter().map(|row| ("content/practice.yaml", PRACTICE, "\n", row));
    let service = IN_SERVICE.iter().map(|row| ("content/services/talk.md", head, tail, row));
    let wrong: Vec<String> = practice
        .chain(service)
        .filter_map(|(path, before, after, (slip, meant))| faults(path, before, slip, after, meant))
        .collect();
    assert!(wrong.is_empty(), "{} of {rows}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn lines_around_facts_are_told_with_those_that_were_meant() {
    for (text, wanted) in FENCES {
        let sources = sources("content/about.md", text);
        let built = build(&sources);
        let mut told: Vec<String> = errors(&built)
            .iter()
            .filter(|one| one.place.as_ref().is_some_and(|place| place.path.as_str() == "content/about.md"))
            .map(|one| {
                let line = report::position(&sources, one.place.as_ref().unwrap()).unwrap().line;
                let help = one.help.as_deref().unwrap_or_default();
                let is_all = help == "write `---`";
                if is_all { format!("{line} ---") } else { line.to_string() }
            })
            .collect();
        told.sort();
        assert_eq!(told, *wanted, "{text:?}");
    }
}

#[test]
fn all_slips_of_a_file_are_told_in_one_run() {
    let text = format!(
        "{PRACTICE}tagline:Calm\ninsurance:\n  -payer: Aetna\n    in_network: true\n   - payer: Cigna\n    in_network: yes\n\
         phone: (503) 555-0142\npayment_methods: [Card\nshort_name: A: b\nfees_as_of: 24.11.2026\ntelephon: x\n"
    );
    let sources = sources("content/practice.yaml", &text);
    let built = build(&sources);
    let lines: Vec<usize> =
        errors(&built).iter().filter_map(|one| Some(report::position(&sources, one.place.as_ref()?)?.line)).collect();
    let first = PRACTICE.lines().count();
    for line in [1, 3, 5, 6, 7, 8, 9, 10, 11] {
        assert!(lines.contains(&(first + line)), "nothing in line {line}: {lines:?}");
    }
}

/// The site with every change made that leaves no doubt, as often as there are such; and whether there were any.
fn fixed(mut sources: Sources) -> (Sources, bool) {
    let mut any = false;
    for _ in 0..6 {
        let built = build(&sources);
        let mut next = sources.clone();
        for (path, mends) in mends(built.diagnostics.iter()) {
            let text = String::from_utf8(sources.text(&path).unwrap().to_vec()).unwrap();
            next.insert_text(path.as_str(), mended(&text, mends.iter().map(|(_, mend)| *mend)));
            any = true;
        }
        if next.files == sources.files {
            return (sources, any);
        }
        sources = next;
    }
    panic!("the changes never end");
}

#[test]
fn what_leaves_no_doubt_is_fixed_and_then_gone() {
    let (head, tail) = SERVICE.split_once("{}").unwrap();
    let written = |slip: &str| slip.replacen('@', "", 1);
    let practice =
        IN_PRACTICE.iter().map(|(slip, _)| ("content/practice.yaml", format!("{PRACTICE}{}\n", written(slip))));
    let service =
        IN_SERVICE.iter().map(|(slip, _)| ("content/services/talk.md", format!("{head}{}{tail}", written(slip))));
    let pages = FENCES.iter().map(|(text, _)| ("content/about.md", text.to_string()));
    let mut changed = 0;
    for (path, slip) in practice.chain(service).chain(pages) {
        let (after, any) = fixed(sources(path, &slip));
        let built = build(&after);
        let left = mends(built.diagnostics.iter());
        assert!(left.is_empty(), "{slip:?}: {left:#?}");
        let syntax = ["yaml-syntax", "odd-space", "missing-front-matter", "front-matter-not-closed"];
        let stays = errors(&built).into_iter().find(|one| syntax.contains(&one.code.name));
        assert!(stays.is_none(), "{slip:?}: {}", report::render(stays.unwrap(), &after, false));
        changed += usize::from(any);
    }
    assert!(changed > 60, "only {changed} slips are fixed");
}

#[test]
fn what_is_in_doubt_is_left_to_its_author() {
    for slip in [
        "fees_as_of: 10/11/2026",
        "taglime: Calm",
        "phone: (503) 555-0142",
        "maps: google",
        "time_zone: Los Angeles",
        "locations:\n  - label: A\n    hours: { monday: 9-5 }",
    ] {
        let before = sources("content/practice.yaml", &format!("{PRACTICE}{slip}\n"));
        assert!(!errors(&build(&before)).is_empty(), "{slip}");
        let (after, any) = fixed(before.clone());
        assert!(!any && after.files == before.files, "{slip}");
    }
}

#[test]
fn names_in_curly_quotes_are_told() {
    let told = |text: &str| {
        let sources = sources("content/about.md", text);
        let built = build(&sources);
        let found = built.diagnostics.iter().find(|one| one.code.name == "quoted-title");
        found.map(|one| one.help.clone().unwrap_or_default())
    };
    for (line, mend) in [
        ("title: “About us”", Some("write `title: About us`")),
        ("title: „Über uns“", Some("write `title: Über uns`")),
        ("title: «Sobre mí»", Some("write `title: Sobre mí`")),
        ("title: \"About us\"", None),
        ("title: “Fine”, and what it hides", None),
        ("title: “Yes” and “no”", None),
        ("title: About\ndescription: “We listen first, then we plan, then we go on together,” says Ana.", None),
    ] {
        assert_eq!(told(&format!("---\n{line}\n---\nText.\n")).as_deref(), mend, "{line}");
    }
}

#[test]
fn a_folder_that_means_nothing_is_one_finding() {
    let service = SERVICE.replace("{}", "weight: 1");
    let article = "---\ntitle: A\nsummary: S.\ndate: 2026-01-01\nauthor: ana\n---\nText.\n";
    for (folder, text, home) in [
        ("Services", service.as_str(), "services"),
        ("angebote", service.as_str(), "services"),
        ("blog", article, "resources"),
        ("team", "---\nname: Bo Lind\nrole_title: Coach\n---\nText.\n", "practitioners"),
    ] {
        let mut sources = sources(&format!("content/{folder}/a.md"), text);
        sources.insert_text(&format!("content/{folder}/b.md"), text);
        let built = build(&sources);
        let told = errors(&built);
        assert_eq!(told.len(), 1, "{folder}: {told:#?}");
        assert_eq!(told[0].code.name, "misplaced-page");
        assert!(told[0].help.as_deref().unwrap_or_default().contains(&format!("`{home}`")), "{:?}", told[0].help);
    }
    // A page of its own with a field that nothing has stays what it is.
    let sources = sources("content/notes/a.md", "---\ntitle: A\ncolour: red\n---\nText.\n");
    let built = build(&sources);
    assert_eq!(errors(&built)[0].code.name, "unknown-field");
}

#[test]
fn addresses_that_people_paste_are_told_as_what_they_are() {
    for (text, code, meant) in [
        ("[me](www.somebody.org)", "broken-link", "`https://www.somebody.org`"),
        ("[me](somebody.org/about)", "broken-link", "`https://somebody.org/about`"),
        ("[me](ana@somebody.org)", "broken-link", "`mailto:ana@somebody.org`"),
        ("[me](/?p=123)", "broken-link", "WordPress"),
        ("[me](?page_id=7)", "broken-link", "WordPress"),
        ("[form](C:/Users/ana/form.pdf)", "broken-link", "content/files/"),
        ("![me](C:\\Users\\ana\\me.jpg)", "unknown-picture", "content/images/"),
        ("<iframe src=\"https://www.google.com/maps/embed?pb=1\"></iframe>", "undeclared-host", "maps:"),
        ("<iframe src=\"https://www.youtube.com/embed/a\"></iframe>", "undeclared-host", "::: video"),
    ] {
        let sources = sources("content/about.md", &format!("---\ntitle: About\n---\nSee {text} there.\n"));
        let built = build(&sources);
        let told: Vec<String> = errors(&built).iter().map(|one| report::render(one, &sources, false)).collect();
        assert!(told.iter().any(|told| told.contains(code) && told.contains(meant)), "{text}: {}", told.join("\n"));
    }
}

/// What is no fault of YAML's, and still not what was meant.
#[test]
fn words_that_would_be_lost_or_shown_by_mistake_are_told() {
    for (line, code, meant) in [
        ("tagline: Calm and clear #1", "lost-after-hash", "write `tagline: \"Calm and clear #1\"`"),
        ("tagline: Calm and clear\"", "quoted-title", "write `tagline: Calm and clear`"),
        ("tagline: Calm # a note", "", ""),
        ("tagline: \"Calm #1\"", "", ""),
        ("tagline: The \"calm\" one", "", ""),
        ("tagline: Calm#1", "", ""),
    ] {
        let sources = sources("content/practice.yaml", &format!("{PRACTICE}{line}\n"));
        let built = build(&sources);
        let found: Vec<&Diagnostic> = built
            .diagnostics
            .iter()
            .filter(|one| ["lost-after-hash", "quoted-title"].contains(&one.code.name))
            .collect();
        match code {
            "" => assert!(found.is_empty(), "{line}"),
            code => {
                assert_eq!(found.len(), 1, "{line}");
                assert!(
                    found[0].code.name == code && found[0].help.as_deref().unwrap().contains(meant),
                    "{line}: {:?}",
                    found[0].help
                );
            }
        }
    }
}
