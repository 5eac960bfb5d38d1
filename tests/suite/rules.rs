//! The rules of practice: for every code a site on which it fires and a near miss on which it is silent.

use std::collections::BTreeSet;

use crate::support::{self, add_picture, build, line_of, options};
use anteroom::diagnostic::Severity;
use anteroom::pipeline::{self, Cache};
use anteroom::rules;
use anteroom::source::Sources;

/// A licensed practice in California without a fault.
const THERAPY: &str = "name: Quiet Harbour\ndescription: A practice for tests.\nlanguage: en\nkind: licensed-therapy\n\
    jurisdictions: [US-CA]\nbase_url: https://quiet-harbour.org\nemail: hello@quiet-harbour.org\ncurrency: USD\n";
/// A coaching practice without a fault.
const COACHING: &str = "name: Quiet Harbour\ndescription: A practice for tests.\nlanguage: en\nkind: coaching\n\
    jurisdictions: [US-OR]\nbase_url: https://quiet-harbour.org\nemail: hello@quiet-harbour.org\ncurrency: USD\n";
const LICENCE: &str =
    "licences: [{ type: LMFT, number: \"12345\", jurisdiction: US-CA, board: Board of Behavioral Sciences }]";

fn person(fields: &str) -> String {
    format!("---\nname: Ana Lopez\n{fields}\n---\nAna listens.\n")
}

/// A practice.yaml with some of its lines said otherwise.
fn with(practice: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(practice.to_string(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    })
}

/// A site and, where the rule fires on it, the form of its finding.
type Case = (&'static str, Vec<(&'static str, String)>, Option<&'static str>);

fn sources(files: &[(&'static str, String)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        match path.ends_with(".jpg") {
            true => add_picture(&mut sources, path),
            false => sources.insert_text(path, text.as_str()),
        }
    }
    sources
}

fn page(body: &str) -> (&'static str, String) {
    ("content/about.md", format!("---\ntitle: About\n---\n{body}\n"))
}

fn practice(text: &str) -> (&'static str, String) {
    ("content/practice.yaml", text.to_string())
}

fn ana(fields: &str) -> (&'static str, String) {
    ("content/practitioners/ana.md", person(fields))
}

fn cases() -> Vec<Case> {
    let coach = |body: &str| vec![practice(COACHING), page(body)];
    let mut all: Vec<Case> = Vec::new();
    let mut case = |code, files, finding| all.push((code, files, finding));

    // Facts
    case(
        "licence-number-missing",
        vec![practice(THERAPY), ana("")],
        Some("content/practitioners/ana.md:2:7 \"Ana Lopez\""),
    );
    case("licence-number-missing", vec![practice(THERAPY), ana(LICENCE)], None);
    case("licence-number-missing", vec![practice(COACHING), ana("")], None);
    let unsupervised = LICENCE.replace("board:", "status: associate, board:");
    case(
        "associate-without-supervisor",
        vec![practice(THERAPY), ana(&unsupervised)],
        Some("content/practitioners/ana.md:3:72 \"associate\""),
    );
    let supervised = format!("{unsupervised}\nsupervision: {{ supervisor: Jo Field, supervisor_licence: LMFT 1 }}");
    case("associate-without-supervisor", vec![practice(THERAPY), ana(&supervised)], None);
    let expires = |day: &str| LICENCE.replace(" }]", &format!(", expires: {day} }}]"));
    case(
        "licence-expired",
        vec![practice(THERAPY), ana(&expires("2026-11-21"))],
        Some("content/practitioners/ana.md:3:110 \"2026-11-21\""),
    );
    case("licence-expired", vec![practice(THERAPY), ana(&expires("2026-11-22"))], None);
    let video = format!("{LICENCE}\nformats: [video]\nserves: [US-CA, US-NV]");
    case(
        "not-licensed-there",
        vec![practice(THERAPY), ana(&video)],
        Some("content/practitioners/ana.md:5:17 \"US-NV\""),
    );
    case("not-licensed-there", vec![practice(THERAPY), ana(&video.replace(", US-NV", ""))], None);
    case("not-licensed-there", vec![practice(THERAPY), ana(&video.replace("[video]", "[in-person]"))], None);
    let named = |name: &str| vec![practice(&with(COACHING, &[("Quiet Harbour", name)]))];
    case("protected-title", named("Harbour Family Therapy"), Some("content/practice.yaml:1:22 \"Therapy\""));
    case("protected-title", named("Harbour, not therapy"), None);
    case("protected-title", named("The \"Therapy\" Dog Club"), None);
    case("protected-title", named("Therapy Dog Walks"), None);
    case("protected-title", named("Harbour Aromatherapy"), None);
    case("protected-title", coach("## How I treat anxiety\n\nText."), Some("content/about.md:4:10 \"treat\""));
    case("protected-title", coach("## Coaching or therapy?\n\nTherapy is something else."), None);
    case("protected-title", coach("> Therapy helped me once.\n\nSaid somebody."), None);
    case(
        "protected-title",
        vec![practice(&with(THERAPY, &[("Quiet Harbour", "Harbour Therapy")])), ana(LICENCE)],
        None,
    );
    let german = with(COACHING, &[("language: en", "language: de"), ("Quiet Harbour", "Therapieraum Nord")]);
    case("protected-title", vec![practice(&german)], Some("content/practice.yaml:1:7 \"Therapieraum\""));
    let other = with(COACHING, &[("language: en", "language: fr"), ("Quiet Harbour", "Harbour Therapy")]);
    case("protected-title", vec![practice(&other)], None);
    case(
        "crisis-line-missing",
        vec![practice(&format!("{COACHING}crisis: {{ show: false }}\n"))],
        Some("content/practice.yaml:9:11 \"show\""),
    );
    let kenya = with(COACHING, &[("[US-OR]", "[US-OR, KE]")]);
    case("crisis-line-missing", vec![practice(&kenya)], Some("content/practice.yaml:5:24 \"KE\""));
    let extra = format!("{kenya}crisis: {{ extra: [{{ name: Line, number: \"0800 1\" }}] }}\n");
    case("crisis-line-missing", vec![practice(&extra)], None);
    case("crisis-line-twice", vec![practice(&extra)], None);
    let bulgaria = with(COACHING, &[("[US-OR]", "[BG]")]);
    case("crisis-line-missing", vec![practice(&bulgaria)], Some("content/practice.yaml:5:17 \"BG\""));
    let twice = with(&extra, &[("0800 1", "9-8-8")]);
    case("crisis-line-twice", vec![practice(&twice)], Some("content/practice.yaml:9:33 \"number\""));
    // A text line beside a line that is called says something new.
    let british = with(&extra, &[("[US-OR, KE]", "[GB]"), ("\"0800 1\"", "\"116 123\", reach: text")]);
    case("crisis-line-twice", vec![practice(&british)], None);
    for (old, marked) in [
        ("08457 90 90 90", "08457 90 90 90"),
        ("NHS Direct", "NHS Direct"),
        ("1800-599-0019", "1800-599-0019"),
        ("1850 60 90 90", "1850 60 90 90"),
    ] {
        let finding: &'static str = format!("content/about.md:4:6 {marked:?}").leak();
        case("crisis-number-superseded", coach(&format!("Call {old} now.")), Some(finding));
    }
    case("crisis-number-superseded", coach("In 1393 and in 1411, and CVV was made in 1962."), None);
    case("crisis-number-superseded", coach("Call 1-800-273-TALK."), Some("content/about.md:4:6 \"1-800-273-TALK\""));
    case("crisis-number-superseded", coach("Call 1-800-273-9999."), None);
    case(
        "accessibility-date",
        vec![practice(&format!("{COACHING}receives_hhs_funds: true\nstaff: 15\n"))],
        Some("content/practice.yaml:9:1 \"receives_hhs_funds\""),
    );
    case("accessibility-date", vec![practice(&format!("{COACHING}staff: 15\n"))], None);

    // Notices
    let estimate = |fields: &str| {
        format!(
            "---\ntitle: Estimate\nlayout: policy\npolicy: {{ type: good-faith-estimate }}\n{fields}---\nYou may ask.\n"
        )
    };
    let own = |fields: &str| vec![practice(THERAPY), ana(LICENCE), ("content/gfe.md", estimate(fields))];
    case("good-faith-estimate-missing", own("noindex: true\n"), Some("content/gfe.md:5:10 \"true\""));
    case("good-faith-estimate-missing", own(""), None);
    case("good-faith-estimate-missing", vec![practice(THERAPY), ana(LICENCE)], None);
    let bare = ("themes/linen/templates/partials/footer.html", "<footer class=\"foot band\"></footer>".to_string());
    case(
        "good-faith-estimate-missing",
        vec![practice(THERAPY), ana(LICENCE), bare.clone()],
        Some("content/practice.yaml:1:1 \"name: Quiet Harbour\""),
    );
    let covered = format!("{THERAPY}hipaa_covered_entity: true\n");
    case(
        "privacy-practices-missing",
        vec![practice(&covered), ana(LICENCE)],
        Some("content/practice.yaml:9:1 \"hipaa_covered_entity\""),
    );
    let practices = |day: &str| {
        let text = format!(
            "---\ntitle: Practices\nlayout: policy\npolicy: {{ type: privacy-practices, effective: {day} }}\n---\nText.\n"
        );
        vec![practice(&covered), ana(LICENCE), ("content/npp.md", text)]
    };
    case("privacy-practices-missing", practices("2026-03-01"), None);
    case("privacy-practices-outdated", practices("2026-02-15"), Some("content/npp.md:4:47 \"2026-02-15\""));
    case("privacy-practices-outdated", practices("2026-02-16"), None);
    let health = |place: &str, fields: &str| {
        let text = format!(
            "---\ntitle: Health data\nlayout: policy\npolicy: {{ type: consumer-health-data }}\n{fields}---\nText.\n"
        );
        vec![practice(&with(COACHING, &[("US-OR", place)])), ("content/chd.md", text)]
    };
    case("consumer-health-data-policy", health("US-WA", "noindex: true\n"), Some("content/chd.md:5:10 \"true\""));
    case("consumer-health-data-policy", health("US-WA", ""), None);
    case("consumer-health-data-policy", health("US-OR", "noindex: true\n"), None);
    let states = |text: &str| vec![practice(&format!("{COACHING}coaching_statement: {{ text: \"{text}\" }}\n"))];
    case("coaching-statement-missing", states("We love what we do."), Some("content/practice.yaml:9:23 \"text\""));
    case("coaching-statement-missing", states("Coaching is not therapy."), None);
    case(
        "coaching-statement-missing",
        vec![practice(COACHING), bare],
        Some("content/practice.yaml:1:1 \"name: Quiet Harbour\""),
    );
    let imprint = "phone: \"+49 30 1234567\"\nlocations: [{ label: Praxis, address: { street: Weg 1, city: Berlin, postal_code: \"10115\", country: DE } }]\n";
    let germany = with(COACHING, &[("US-OR", "DE-BE"), ("language: en", "language: de")]);
    case(
        "impressum-missing",
        vec![practice(&format!("{germany}phone: \"+49 30 1234567\"\n"))],
        Some("content/practice.yaml:1:1 \"name: Quiet Harbour\""),
    );
    let whole = format!("{germany}{imprint}");
    case("impressum-missing", vec![practice(&format!("{whole}legal_name: Ana Lopez\n"))], None);
    case("impressum-missing", vec![practice(&whole)], Some("content/practice.yaml:1:1 \"name: Quiet Harbour\""));
    let by_name = with(&whole, &[("name: Quiet Harbour", "name: Coaching Ana Lopez")]);
    case("impressum-missing", vec![practice(&by_name), ana("role_title: Coach")], None);
    let policy = |body: &str| {
        (
            "content/impressum.md",
            format!("---\ntitle: Impressum\nlayout: policy\npolicy: {{ type: imprint }}\n---\n{body}\n"),
        )
    };
    case(
        "law-superseded",
        vec![practice(&germany), policy("Angaben nach § 5 TMG")],
        Some("content/impressum.md:6:14 \"§ 5 TMG\""),
    );
    case("law-superseded", vec![practice(&germany), policy("Angaben nach § 5 DDG")], None);
    case("law-superseded", vec![practice(COACHING), policy("§ 5 TMG")], None);
    case("law-superseded", vec![practice(&germany), page("Nach § 5 TMG")], Some("content/about.md:4:6 \"§ 5 TMG\""));
    let texas = with(THERAPY, &[("US-CA", "US-TX")]);
    let texan = LICENCE.replace("US-CA", "US-TX");
    case("complaint-notice", vec![practice(&texas), ana(&texan)], Some("content/practice.yaml:5:1 \"jurisdictions\""));
    case("complaint-notice", vec![practice(THERAPY), ana(LICENCE)], None);
    case("page-generated", vec![practice(COACHING)], Some("content/practice.yaml:1:1 \"name\""));
    let written =
        |kind: &str| format!("---\ntitle: My {kind}\nlayout: policy\npolicy: {{ type: {kind} }}\n---\nText.\n");
    let all_written =
        vec![practice(COACHING), ("content/p.md", written("privacy")), ("content/a.md", written("accessibility"))];
    case("page-generated", all_written, None);

    // Testimonials
    let says = |practice_text: &str, fields: &str| {
        let one = format!(
            "testimonials:\n  - text: They listened.\n    consent: {{ date: 2026-01-01, scope: website }}\n{fields}"
        );
        vec![practice(&format!("{practice_text}{one}")), ana(LICENCE)]
    };
    let plain = "    relation: client\n    incentive: false\n";
    case("testimonial-from-client", says(THERAPY, plain), Some("content/practice.yaml:12:5 \"relation\""));
    case("testimonial-from-client", says(THERAPY, &plain.replace("client", "attendee")), None);
    case("testimonial-from-client", says(COACHING, plain), None);
    case(
        "testimonial-from-former-client",
        says(THERAPY, &plain.replace("client", "former-client")),
        Some("content/practice.yaml:12:5 \"relation\""),
    );
    case("testimonial-from-former-client", says(COACHING, &plain.replace("client", "former-client")), None);
    let ontario = with(THERAPY, &[("US-CA", "CA-ON")]);
    case("testimonial-forbidden", says(&ontario, plain), Some("content/practice.yaml:10:5 \"text\""));
    case("testimonial-forbidden", says(&with(THERAPY, &[("US-CA", "CA-BC")]), plain), None);
    let australia = with(THERAPY, &[("US-CA", "AU")]);
    case("testimonial-clinical", says(&australia, plain), Some("content/practice.yaml:10:5 \"text\""));
    case("testimonial-clinical", says(&australia, &format!("{plain}    clinical: false\n")), None);
    let paid = plain.replace("false", "true");
    case("testimonial-incentive", says(COACHING, &paid), Some("content/practice.yaml:13:5 \"incentive\""));
    case("testimonial-incentive", says(COACHING, plain), None);
    let insider = plain.replace("client", "colleague");
    case("testimonial-insider", says(COACHING, &insider), Some("content/practice.yaml:12:5 \"relation\""));
    case("testimonial-insider", says(COACHING, &format!("{insider}    attribution: Jo Field, colleague\n")), None);

    // Freshness
    let accepting = |day: &str| vec![practice(COACHING), ana(&format!("accepting: {{ status: yes, as_of: {day} }}"))];
    case("fact-stale", accepting("2026-07-01"), Some("content/practitioners/ana.md:3:34 \"2026-07-01\""));
    case("fact-stale", accepting("2026-08-01"), None);
    let privacy = |day: &str| {
        let text =
            format!("---\ntitle: Privacy\nlayout: policy\npolicy: {{ type: privacy, reviewed: {day} }}\n---\nText.\n");
        vec![practice(COACHING), ("content/privacy.md", text)]
    };
    case("review-overdue", privacy("2025-01-01"), Some("content/privacy.md:4:36 \"2025-01-01\""));
    case("review-overdue", privacy("2026-01-01"), None);
    let notice = |day: &str| vec![practice(&format!("{COACHING}notices: [{{ text: Closed., until: {day} }}]\n"))];
    case("notice-expired", notice("2026-11-21"), Some("content/practice.yaml:9:28 \"until\""));
    case("notice-expired", notice("2026-11-22"), None);

    // Left-overs
    for (text, finding) in [
        ("Lorem ipsum dolor.", Some("content/about.md:4:1 \"Lorem ipsum\"")),
        ("[Two sentences about you]", Some("content/about.md:4:1 \"[Two sentences about you]\"")),
        ("[Two sentences](https://www.bbc.co.uk)", None),
        ("She said [she] would come, [Ana] too.[^1]\n\n[^1]: A note.", None),
        ("Call 503 555 0142.", Some("content/about.md:4:6 \"503 555 0142\"")),
        ("Room 555 on the fifth floor, 30 555 steps.", None),
        ("Write to me@example.com.", Some("content/about.md:4:13 \"example.com\"")),
        ("An example.competition, for example.", None),
        ("TODO: write this.", Some("content/about.md:4:1 \"TODO\"")),
        ("Todo lists help. <!-- TODO: write this -->", None),
        ("Type `TODO` first.", None),
        ("+34 XXX XXX XXX", Some("content/about.md:4:1 \"+34 XXX XXX XXX\"")),
        ("Your Name comes first.", Some("content/about.md:4:1 \"Your Name\"")),
        ("What is your name?", None),
    ] {
        case("placeholder-text", coach(text), finding);
    }
    case("placeholder-text", vec![practice(&format!("# TODO: phone\n{COACHING}"))], None);
    case("markup-left-over", coach("[gallery ids=\"1\"]"), Some("content/about.md:4:1 \"[gallery ids=\\\"1\\\"]\""));
    case("markup-left-over", coach("`[gallery]` and [sic] and snake__case"), None);
    let two = |title: &str, summary: &str| {
        let text = format!("---\ntitle: {title}\nsummary: {summary}\n---\nText.\n");
        vec![
            practice(COACHING),
            ("content/a.md", "---\ntitle: One\nsummary: First.\n---\nText.\n".into()),
            ("content/b.md", text),
        ]
    };
    case("duplicate-title", two("One", "Second."), Some("content/b.md:2:8 \"One\""));
    case("duplicate-title", two("Two", "Second."), None);
    case("duplicate-description", two("Two", "First."), Some("content/b.md:3:10 \"First.\""));
    case("duplicate-description", two("Two", "Second."), None);
    case("empty-section", coach("## One\n\n## Two\n\nText."), Some("content/about.md:4:1 \"## One\""));
    case("empty-section", coach("## One\n\n### Two\n\nText."), None);

    // Privacy
    let script = "<script src=\"https://cdn.invalid/x.js\"></script>";
    case("undeclared-host", coach(script), Some("content/about.md:4:1 \"<script\""));
    let raw = |allowed: &str, html: &str| {
        vec![practice(&format!("{COACHING}raw_html: allow\nallow_hosts: [{allowed}]\n")), page(html)]
    };
    case("undeclared-host", raw("", script), Some("content/about.md:4:14 \"https://cdn.invalid/x.js\""));
    case("undeclared-host", raw("cdn.invalid", script), None);
    case(
        "undeclared-host",
        raw("", "<iframe title=x src=\"//cdn.invalid/x\"></iframe>"),
        Some("content/about.md:4:22 \"//cdn.invalid/x\""),
    );
    case(
        "undeclared-host",
        raw("", "<img alt=x src=\"https://cdn.invalid/x.png\">"),
        Some("content/about.md:4:17 \"https://cdn.invalid/x.png\""),
    );
    case("undeclared-host", coach("[A link](https://cdn.invalid/x.js)"), None);
    let font = ("themes/linen/templates/page.html", "{% extends \"base/page.html\" %}\n{% block head %}<link rel=\"stylesheet\" href=\"https://fonts.invalid/css\">{% endblock %}\n".to_string());
    case(
        "undeclared-host",
        vec![practice(COACHING), page("Text."), font],
        Some("themes/linen/templates/page.html:2:46 \"https://fonts.invalid/css\""),
    );
    let sheet = |css: &str| vec![practice(COACHING), page("Text."), ("themes/linen/assets/prose.css", css.to_string())];
    let face = "@font-face { font-family: X; src: url(https://fonts.invalid/x.woff2); }\nbody { font-family: X; }\n";
    case("undeclared-host", sheet(face), Some("themes/linen/assets/prose.css:1:39 \"https://fonts.invalid/x.woff2\""));
    case("undeclared-host", sheet(&face.replace("https://fonts.invalid/", "")), None);
    let frame = |html: &str| {
        let text = format!("{{% extends \"base/page.html\" %}}\n{{% block head %}}{html}{{% endblock %}}\n");
        vec![practice(COACHING), page("Text."), ("themes/linen/templates/page.html", text)]
    };
    case(
        "undeclared-host",
        frame("<script src=\"https://cdn.invalid/x.js\"></script>"),
        Some("themes/linen/templates/page.html:2:30 \"https://cdn.invalid/x.js\""),
    );
    case(
        "undeclared-host",
        frame("<link rel=\"preconnect\" href=\"https://cdn.invalid\">"),
        Some("themes/linen/templates/page.html:2:46 \"https://cdn.invalid\""),
    );
    case("undeclared-host", frame("<link rel=\"license\" href=\"https://cdn.invalid\">"), None);
    case(
        "undeclared-host",
        raw("", "<p style=\"background: URL(https://cdn.invalid/x.png)\">x</p>"),
        Some("content/about.md:4:27 \"https://cdn.invalid/x.png\""),
    );
    case(
        "undeclared-host",
        coach("::: video https://youtu.be/abc A film\n:::"),
        Some("content/about.md:4:1 \"::: video https://youtu.be/abc A film\""),
    );
    let film = vec![
        practice(&format!("{COACHING}allow_hosts: [www.youtube-nocookie.com]\n")),
        page("::: video https://youtu.be/abc A film\n:::"),
    ];
    case("undeclared-host", film, None);
    // A declared host is declared for what it is for.
    let booked = "booking: { url: \"https://times.invalid/x\", mode: click-to-load }\nraw_html: allow\n";
    case(
        "undeclared-host",
        vec![practice(&format!("{COACHING}{booked}")), page("<script src=\"https://times.invalid/x.js\"></script>")],
        Some("content/about.md:4:14 \"https://times.invalid/x.js\""),
    );
    case(
        "undeclared-host",
        raw("cdn.invalid", "<object data=\"https://cdn.invalid/x\"></object>"),
        Some("content/about.md:4:15 \"https://cdn.invalid/x\""),
    );
    for html in [
        "<form action=\"https://cdn.invalid/x\"><button>x</button></form>",
        "<iframe title=x src=\"https://cdn.invalid/x\"></iframe>",
        "<video src=\"https://cdn.invalid/x.mp4\"></video>",
        "<link rel=\"stylesheet\" href=\"https://cdn.invalid/x.css\">",
        "<img alt=x src=\"https://cdn.invalid/x.png\">",
    ] {
        case("undeclared-host", raw("cdn.invalid", html), None);
    }
    for (html, place) in [
        ("<button onclick=\"x()\">x</button>", "content/about.md:4:9 \"onclick=\\\"x()\\\"\""),
        ("<p style=\"color: red\">x</p>", "content/about.md:4:4 \"style=\\\"color: red\\\"\""),
        ("<script>go();</script>", "content/about.md:4:9 \"go();\""),
        ("<style>p { color: red; }</style>", "content/about.md:4:8 \"p { color: red; }\""),
        ("<a href=\"javascript:go()\">x</a>", "content/about.md:4:4 \"href=\\\"javascript:go()\\\"\""),
    ] {
        case("blocked-by-policy", raw("", html), Some(place));
        case("blocked-by-policy", coach(html), None);
    }
    case("blocked-by-policy", raw("", "```html\n<p style=\"color: red\" onclick=\"x()\">\n```"), None);
    case("blocked-by-policy", frame("<script>go();</script>"), Some("themes/linen/templates/page.html:2:25 \"go();\""));
    case("blocked-by-policy", frame("<script src=\"x.js\"></script>"), None);
    let form = |practice_text: &str, baa: bool| {
        let one =
            format!("contact_form: {{ provider: endpoint, endpoint: \"https://forms.invalid/x\", baa: {baa} }}\n");
        vec![practice(&format!("{practice_text}{one}")), ana(LICENCE)]
    };
    case("form-may-leak", form(THERAPY, false), Some("content/practice.yaml:9:1 \"contact_form\""));
    case("form-may-leak", form(THERAPY, true), None);
    case("form-may-leak", form(COACHING, false), None);

    let counted = |place: &str, rest: &str| {
        let facts = THERAPY.replace("[US-CA]", &format!("[{place}]"));
        vec![practice(&format!("{facts}{rest}")), ana(LICENCE)]
    };
    let google = "analytics: { provider: Google, script_host: www.googletagmanager.com }\n";
    for place in ["DE", "AT", "NO", "GB", "CH", "DE-SN"] {
        case("cookies-before-consent", counted(place, google), Some("content/practice.yaml:9:1 \"analytics\""));
    }
    case("cookies-before-consent", counted("US-CA", google), None);
    for host in ["plausible.io", "counter.somebody.invalid", "static.cloudflareinsights.com"] {
        let counter = format!("analytics: {{ provider: C, script_host: {host} }}\n");
        case("cookies-before-consent", counted("DE", &counter), None);
    }
    case(
        "cookies-before-consent",
        counted("DE", "allow_hosts: [cdn.matomo.cloud]\n"),
        Some("content/practice.yaml:9:15 \"cdn.matomo.cloud\""),
    );
    // A film's player is asked for, and a form's host is sent to; nobody meets either by opening a page.
    case("cookies-before-consent", counted("DE", "allow_hosts: [www.youtube.com]\n"), None);

    // Pages
    case("heading-skipped", coach("## One\n\nText.\n\n#### Two\n\nText."), Some("content/about.md:8:1 \"#### Two\""));
    case("heading-skipped", coach("## One\n\nText.\n\n### Two\n\nText.\n\n## Three\n\nText."), None);
    let described = |summary: &str| {
        vec![practice(COACHING), ("content/about.md", format!("---\ntitle: About\nsummary: {summary}\n---\nText.\n"))]
    };
    case("description-length", described("Too short."), Some("content/about.md:3:10 \"Too short.\""));
    let fits = "A coach who listens, asks one question at a time, and writes nothing down.";
    case("description-length", described(fits), None);
    case(
        "vague-link",
        coach("For fees [click here](/contact/)."),
        Some("content/about.md:4:10 \"[click here](/contact/)\""),
    );
    case("vague-link", coach("See [more on fees](/contact/)."), None);
    let picture = |alt: &str| {
        vec![
            practice(COACHING),
            ("content/images/forest-path.jpg", String::new()),
            page(&format!("![{alt}](images/forest-path.jpg)")),
        ]
    };
    case("alt-too-long", picture(&"word ".repeat(60)), Some("content/about.md:4:1 \"![word word"));
    case("alt-too-long", picture("A path between tall trees"), None);
    case(
        "alt-is-file-name",
        picture("forest-path.jpg"),
        Some("content/about.md:4:1 \"![forest-path.jpg](images/forest-path.jpg)\""),
    );
    case("alt-is-file-name", picture("A forest path"), None);
    case(
        "alt-says-nothing",
        picture("Picture right"),
        Some("content/about.md:4:1 \"![Picture right](images/forest-path.jpg)\""),
    );
    case("alt-says-nothing", picture("A picture of the door, right of the lift"), None);
    case(
        "alt-says-nothing",
        vec![
            practice(COACHING),
            ("content/images/a.jpg", String::new()),
            ana("photo: images/a.jpg\nphoto_alt: \"IMG_1234\""),
        ],
        Some("content/practitioners/ana.md:4:12 \"\\\"IMG_1234\\\"\""),
    );
    case("table-without-header", coach("|  |  |\n|---|---|\n| a | b |"), Some("content/about.md:4:1 \"|  |  |\""));
    case(
        "recording-without-transcript",
        coach("::: audio files/a.mp3 A\n:::\n"),
        Some("content/about.md:4:1 \"::: audio files/a.mp3 A\""),
    );
    case("recording-without-transcript", coach("::: audio files/a.mp3 A\nSaid.\n:::\n"), None);
    case("table-without-header", coach("| A |  |\n|---|---|\n| a | b |"), None);
    case("promised-outcome", coach("I am the best coach in town."), Some("content/about.md:4:6 \"the best coach\""));
    case("promised-outcome", coach("Nobody is the best coach. The best time is the morning."), None);
    case("promised-outcome", coach("We guarantee results."), Some("content/about.md:4:4 \"guarantee results\""));
    case("promised-outcome", coach("I cannot guarantee results."), None);
    case(
        "unused-file",
        vec![practice(COACHING), ("content/images/forest-path.jpg", String::new())],
        Some("content/images/forest-path.jpg"),
    );
    case("unused-file", picture("A forest path"), None);
    all
}

#[test]
fn every_rule_fires_where_it_should_and_only_there() {
    let mut fired: BTreeSet<&str> = BTreeSet::new();
    let mut silent: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = Vec::new();
    for (code, files, expected) in cases() {
        let sources = sources(&files);
        let built = build(&sources);
        let found: Vec<String> =
            built.diagnostics.iter().filter(|f| f.code.name == code).map(|f| line_of(f, &sources)).collect();
        let fits = match expected {
            Some(expected) => found.iter().any(|line| line.starts_with(&format!("{code} {expected}"))),
            None => found.is_empty(),
        };
        if !fits {
            wrong.push(format!("{code}: {expected:?}, found {found:#?} in {files:#?}"));
        }
        if expected.is_some() {
            fired.insert(code)
        } else {
            silent.insert(code)
        };
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let all: BTreeSet<&str> = rules::families().iter().flat_map(|f| &f.rules).map(|rule| rule.code.name).collect();
    assert_eq!(fired, all, "every rule has a site on which it fires");
    assert_eq!(silent, all, "every rule has a near miss");
}

/// A code, a language, the place of the practice, sentences that it concerns and sentences that it does not.
type Sentences = (&'static str, &'static str, &'static str, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const SENTENCES: &[Sentences] = &[
    ("law-superseded", "en", "DE", &["Information under § 5 TMG", "Under Section 5 of the German Telemedia Act.", "Cookies: § 25 (1) TTDSG.",
        "Responsible under § 55 (2) RStV: Ana Lopez", "They are certified under the EU-US Privacy Shield."],
        &["Information under § 5 DDG", "Under § 25 TDDDG, which replaced the TTDSG.", "§ 18 (2) MStV", "§ 5 DDG (formerly § 5 TMG)",
        "The Privacy Shield was declared invalid in 2020.", "They are on the list of the Data Privacy Framework."]),
    ("law-superseded", "de", "DE", &["Angaben gemäß § 5 TMG", "§ 25 Abs. 1 TTDSG", "§ 55 Abs. 2 RStV", "Telemediengesetz", "zertifiziert nach dem EU-U.S. Privacy Shield"],
        &["Angaben gemäß § 5 DDG (früher § 5 TMG)", "§ 25 TDDDG", "Der Medienstaatsvertrag hat den Rundfunkstaatsvertrag abgelöst.", "Das Privacy Shield ist seit 2020 ungültig."]),
    ("law-superseded", "es", "ES", &["Empresas adheridas al Privacy Shield."], &["El Privacy Shield fue anulado en 2020.", "TMG"]),
    ("law-superseded", "ar", "DE", &["البيانات وفقًا للمادة § 5 TMG"], &["البيانات وفقًا للمادة § 5 DDG"]),
    ("law-superseded", "en", "GB", &["Certified under the Privacy Shield."], &["§ 5 TMG", "§ 55 RStV"]),
    ("law-superseded", "en", "US-OR", &[], &["Certified under the Privacy Shield.", "§ 5 TMG"]),
    ("promised-outcome", "en", "US-OR", &["I heal you.", "We can cure anxiety for good.", "I’ll heal people like you.", "I heal trauma.", "I free you from your fears."],
        &["I can't heal you.", "Nobody can cure anxiety.", "People heal in their own time.", "I do not heal trauma.", "We talk about how wounds heal."]),
    ("promised-outcome", "de", "DE-BE", &["Ich heile Sie.", "Ich heile Depressionen.", "Wir heilen deine Wunden.", "Heute heile ich dich.", "Ich befreie Sie von Ihren Ängsten.", "Ich verspreche Ihnen Heilung."],
        &["Ich heile nicht.", "Ich heile niemanden.", "Wunden heilen langsam.", "Ich verspreche keine Heilung.", "Ein heilsamer Ort."]),
    ("promised-outcome", "es", "ES", &["Te curo en un mes.", "Curo la ansiedad.", "Sanamos tus heridas.", "Prometemos tu curación."],
        &["No te curo.", "Un ambiente sano.", "Las heridas sanan.", "No curo la ansiedad: te acompaño."]),
    ("promised-outcome", "ar", "GB", &["أشفيك من القلق.", "نضمن لك الشفاء.", "شفاء تام في شهر."], &["لا أشفي أحدًا.", "لا نضمن الشفاء.", "التعافي يحتاج وقتًا."]),
    ("alt-says-nothing", "en", "US-OR", &["![image](images/a.jpg)", "![picture right](images/a.jpg)", "![Photo 2](images/a.jpg)", "![IMG_1234](images/a.jpg)", "![Header image](images/a.jpg)", "![DSC00123.JPG](images/a.jpg)"],
        &["![A picture rail above a door](images/a.jpg)", "![Image of calm: a lake](images/a.jpg)", "![The right hand](images/a.jpg)"]),
    ("alt-says-nothing", "de", "DE-BE", &["![Bild rechts](images/a.jpg)", "![Bild 3](images/a.jpg)", "![Titelbild](images/a.jpg)", "![Abb. 2](images/a.jpg)"],
        &["![Ein Bilderrahmen](images/a.jpg)", "![Links ein Stuhl, rechts ein Fenster](images/a.jpg)"]),
    ("alt-says-nothing", "es", "ES", &["![Imagen](images/a.jpg)", "![foto a la derecha](images/a.jpg)"], &["![Una imagen borrosa de un bosque](images/a.jpg)"]),
    ("alt-says-nothing", "ar", "GB", &["![صورة](images/a.jpg)", "![صورة على اليمين](images/a.jpg)"], &["![صورة باب أزرق](images/a.jpg)"]),
];

#[test]
fn every_sentence_is_understood() {
    for (code, language, place, told, fine) in SENTENCES {
        let text = with(COACHING, &[("language: en", &format!("language: {language}")), ("US-OR", place)]);
        let body = format!("{}\n\n{}", told.join("\n\n"), fine.join("\n\n"));
        let sources = sources(&[practice(&text), page(&body), ("content/images/a.jpg", String::new())]);
        let built = build(&sources);
        let lines: BTreeSet<usize> = built
            .diagnostics
            .iter()
            .filter(|finding| finding.code.name == *code)
            .filter_map(|finding| Some(anteroom::diagnostic::report::position(&sources, finding.place.as_ref()?)?.line))
            .collect();
        let first = if told.is_empty() { 6 } else { 4 };
        let wanted: BTreeSet<usize> = (0..told.len()).map(|index| first + 2 * index).collect();
        let line = |line: &usize| body.lines().nth(line - 4).unwrap_or_default();
        let (missed, wrong) = (wanted.difference(&lines), lines.difference(&wanted));
        let (missed, wrong): (Vec<&str>, Vec<&str>) = (missed.map(line).collect(), wrong.map(line).collect());
        assert!(
            missed.is_empty() && wrong.is_empty(),
            "{code} in {language}, {place}: missed {missed:#?}, wrong {wrong:#?}"
        );
    }
}

#[test]
fn a_degree_is_no_licence_and_a_register_is_one() {
    let found = |kind: &str, place: &str, fields: &str| {
        let text = with(THERAPY, &[("US-CA", place), ("licensed-therapy", kind)]);
        let sources = sources(&[practice(&text), ana(fields)]);
        let about = |finding: &&anteroom::diagnostic::Diagnostic| {
            ["licence-number-missing", "not-licensed-there"].contains(&finding.code.name)
        };
        build(&sources).diagnostics.iter().filter(about).map(|finding| line_of(finding, &sources)).collect::<Vec<_>>()
    };
    let licence =
        |kind: &str, place: &str| format!("licences: [{{ type: {kind}, number: \"1\", jurisdiction: {place} }}]");
    let degree = "role_title: Diplom-Psychologin\ncredentials: [{ name: Diplom-Psychologin, abbr: Dipl.-Psych. }]";
    let nobody = ["licence-number-missing content/practitioners/ana.md:2:7 \"Ana Lopez\""];
    assert_eq!(found("licensed-therapy", "DE", degree), nobody);
    assert_eq!(found("mixed", "DE", degree), [""; 0], "a degree claims no licence");
    assert_eq!(found("mixed", "DE", "role_title: Psychologische Psychotherapeutin"), nobody, "this title does");
    let as_licence = found("licensed-therapy", "DE", &licence("Dipl.-Psych.", "DE"));
    assert_eq!(as_licence, ["licence-number-missing content/practitioners/ana.md:3:20 \"Dipl.-Psych.\""]);
    for (kind, own, serves) in [
        ("HCPC", "GB", "GB-SCT, GB"),
        ("BACP", "GB-ENG", "GB-WLS"),
        ("UKCP", "GB", "GB"),
        ("BABCP", "GB", "GB"),
        ("Approbation", "DE-BE", "DE-BY, DE"),
        ("Heilpraktiker für Psychotherapie", "DE", "DE-SN"),
    ] {
        let fields = format!("{}\nformats: [video]\nserves: [{serves}]", licence(kind, own));
        assert_eq!(found("licensed-therapy", own, &fields), [""; 0], "{kind} {own}");
    }
    let american = format!("{LICENCE}\nformats: [video]\nserves: [US-NV]");
    assert_eq!(found("licensed-therapy", "US-CA", &american).len(), 1);
}

#[test]
fn letters_of_two_places_are_asked_unless_the_facts_decide() {
    let found = |changes: &[(&str, &str)], more: &str, person: &str| {
        let sources = sources(&[practice(&format!("{}{more}", with(THERAPY, changes))), ana(person)]);
        let built = build(&sources);
        let asked: Vec<&anteroom::diagnostic::Diagnostic> =
            built.diagnostics.iter().filter(|finding| finding.code.name == "ambiguous-place").collect();
        asked.iter().map(|finding| format!("{} {}", line_of(finding, &sources), finding.message)).collect::<Vec<_>>()
    };
    let canada = "`CA` means Canada here; California is `US-CA`";
    let asked = |place: &str| [format!("ambiguous-place content/practice.yaml:5:17 \"{place}\" ")];
    assert_eq!(found(&[("US-CA", "CA")], "", ""), [format!("{}{canada}", asked("CA")[0])]);
    for place in ["DE", "IN", "CO", "PA", "GA", "AL", "AR"] {
        let lines = found(&[("US-CA", place)], "", "");
        assert!(lines.len() == 1 && lines[0].starts_with(&asked(place)[0]), "{lines:?}");
    }
    let address = |country: &str| {
        format!("locations: [{{ label: A, address: {{ street: A 1, city: B, country: {country} }} }}]\n")
    };
    for (changes, more, silent) in [
        (&[("US-CA", "CA"), ("USD", "CAD")][..], String::new(), true),
        (&[("US-CA", "CA")], address("CA"), true),
        (&[("US-CA", "CA")], address("US"), false),
        (&[("US-CA", "CA"), ("USD", "CAD")], address("US"), false),
        (&[("US-CA", "\"CA\", CA-ON")], String::new(), true),
        (&[("US-CA", "CA, US-NV")], String::new(), false),
        (&[("US-CA", "CA"), ("language: en", "language: en-CA")], String::new(), true),
        (&[("US-CA", "DE"), ("language: en", "language: de")], String::new(), true),
        (&[("US-CA", "DE")], "phone: \"+49 30 1234567\"\n".into(), true),
        (&[("US-CA", "DE")], "phone: \"+1 302 234 5678\"\n".into(), false),
        (&[("US-CA", "US-CA, GB, AT")], String::new(), true),
    ] {
        assert_eq!(found(changes, &more, "").is_empty(), silent, "{changes:?} {more}");
    }
    let person = found(&[], "", &format!("{LICENCE}\nserves: [US-CA, CA]"));
    assert_eq!(person, [format!("ambiguous-place content/practitioners/ana.md:4:17 \"CA\" {canada}")]);
}

#[test]
fn terms_of_the_united_states_are_asked_there_only() {
    for (place, asked) in
        [("US-CA", true), ("US", true), ("GB", false), ("DE-BE", false), ("CA-ON", false), ("AU", false)]
    {
        let form = "contact_form: { provider: endpoint, endpoint: \"https://forms.invalid/x\" }\n";
        let text = format!("{}{form}", with(THERAPY, &[("US-CA", place)]));
        let built = build(&sources(&[practice(&text), ana("")]));
        let said = built.diagnostics.iter().map(|finding| format!("{} {:?}", finding.message, finding.help));
        let said = said.collect::<String>();
        assert_eq!(said.contains("baa"), asked, "{place}: {said}");
        assert!(asked || !said.contains("HIPAA") && !said.contains("compact"), "{place}: {said}");
    }
}

#[test]
fn severity_follows_the_place() {
    for (place, severity) in [("US-CA", Severity::Error), ("US-OR", Severity::Warning), ("GB", Severity::Warning)] {
        let text = with(THERAPY, &[("US-CA", place)]);
        let built = build(&sources(&[practice(&text), ana("")]));
        let found = built.diagnostics.iter().find(|finding| finding.code.name == "licence-number-missing").unwrap();
        assert_eq!(found.severity, severity, "{place}");
        assert!(found.basis.is_some());
    }
}

#[test]
fn answers_count_and_must_be_used() {
    let answer = |lines: &str| {
        let text = format!("{}acknowledge:\n{lines}", with(COACHING, &[("Quiet Harbour", "Harbour Therapy")]));
        let sources = sources(&[practice(&text)]);
        let built = build(&sources);
        (support::lines(&built, &sources), built.diagnostics.acknowledged())
    };
    let whole = answer("  - { code: protected-title, reason: an old name, path: practice.yaml }\n");
    assert_eq!(whole, (vec![], 1));
    let elsewhere = answer("  - { code: protected-title, reason: an old name, path: about.md }\n");
    assert_eq!(
        elsewhere.0,
        [
            "protected-title content/practice.yaml:1:15 \"Therapy\"",
            "answer-unused content/practice.yaml:10:57 \"about.md\""
        ]
    );
    let seen = answer("  - { code: protected-title, reason: an old name, value: Therapy }\n");
    assert_eq!(seen, (vec![], 1));
    let both = answer(
        "  - { code: protected-title, reason: an old name, value: [Cure, Therapy], path: [about.md, practice.yaml] }\n",
    );
    assert_eq!(both, (vec![], 1));
    let other = answer("  - { code: protected-title, reason: an old name, value: Therapist, path: practice.yaml }\n");
    assert_eq!(other.1, 0);
    assert!(other.0[1].starts_with("answer-unused content/practice.yaml:10:75"), "{other:?}");
    let unknown = answer("  - { code: protected-titel, reason: an old name }\n");
    assert!(
        unknown.0.contains(&"unknown-code content/practice.yaml:10:13 \"protected-titel\"".to_string()),
        "{unknown:?}"
    );
    let structural = answer("  - { code: yaml-syntax, reason: I like it }\n");
    assert!(structural.0.contains(&"not-answerable content/practice.yaml:10:13 \"yaml-syntax\"".to_string()));
    let reasonless = answer("  - { code: protected-title }\n");
    assert!(reasonless.0[0].starts_with("missing-field"), "{reasonless:?}");
}

#[test]
fn an_answer_covers_only_what_it_answered() {
    let pages = |answer: &str, about: &str| {
        let text = format!("{COACHING}acknowledge:\n{answer}");
        let fees = ("content/fees.md", "---\ntitle: Fees\n---\nTODO: write this.\n".to_string());
        let late =
            "---\ntitle: Late\nsummary: S.\nauthor: Jo Field\ndate: 2026-11-30\npublish_at: 2026-11-30\n---\nXXX\n";
        let mut files = vec![practice(&text), page(about), fees];
        // An article that waits is looked at today as it will be on its day.
        if answer.contains("resources/") {
            files.push(("content/resources/late.md", late.to_string()));
        }
        let sources = sources(&files);
        let built = build(&sources);
        let found = support::lines(&built, &sources);
        let of_answers = |line: &&String| line.starts_with("placeholder") || line.starts_with("answer");
        (found.iter().filter(of_answers).cloned().collect::<Vec<_>>(), built)
    };
    // A new place and a new value are new findings.
    let by_path = "  - { code: placeholder-text, reason: r, path: fees.md }\n";
    assert_eq!(pages(by_path, "Text.").0, [""; 0]);
    assert_eq!(pages(by_path, "TODO: this too.").0, ["placeholder-text content/about.md:4:1 \"TODO\""]);
    let by_value = "  - { code: placeholder-text, reason: r, value: TODO }\n";
    let (found, built) = pages(by_value, "TODO and TBD.");
    assert_eq!(found, ["placeholder-text content/about.md:4:10 \"TBD\""]);
    assert_eq!(built.answers.iter().map(|answer| answer.covers).collect::<Vec<_>>(), [2]);
    // One that says neither still holds, and is told with the entry that takes its place.
    for (wide, about, entry) in [
        ("  - { code: placeholder-text, reason: \"a, b\" }\n", "Text.", "reason: \"a, b\"\n    path: fees.md"),
        ("  - { code: placeholder-text, reason: r }\n", "TODO", "reason: r\n    value: TODO"),
        ("  - { code: placeholder-text, reason: r }\n", "TBD", "reason: r\n    path: [about.md, fees.md]"),
        ("  - { code: placeholder-text, reason: r, path: ./content/ }\n", "Text.", "reason: r\n    path: fees.md"),
    ] {
        let (found, built) = pages(wide, about);
        assert!(found.len() == 1 && found[0].starts_with("answer-too-wide content/practice.yaml:10:"), "{found:?}");
        let told = built.diagnostics.iter().find(|finding| finding.code.name == "answer-too-wide").unwrap();
        assert!(told.help.as_ref().unwrap().ends_with(entry), "{told:?}");
        let mended = told.help.as_ref().unwrap().split_once(":\n").unwrap().1.to_string() + "\n";
        assert_eq!(pages(&mended, about).0, [""; 0], "the entry that is written out answers the same");
    }
    // What covers nothing is told, unless another day brings it back.
    for (answer, told) in [
        ("{ code: placeholder-text, reason: r, path: about.md }", true),
        ("{ code: placeholder-text, reason: r, path: resources/late.md }", false),
        ("{ code: placeholder-text, reason: r, path: resources/, value: TBD }", true),
        ("{ code: notice-expired, reason: r, path: practice.yaml }", false),
        ("{ code: notice-expired, reason: r, path: gone.md }", true),
    ] {
        let answers = format!("{by_path}  - {answer}\n");
        let found = pages(&answers, "Text.").0;
        assert_eq!(found.iter().any(|line| line.starts_with("answer-unused")), told, "{answer}: {found:?}");
    }
}

#[test]
fn the_demo_has_no_false_alarm() {
    let sources = anteroom::disk::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the demo can be read");
    let built = pipeline::build(&sources, &options(), &mut Cache::off());
    assert_eq!(support::lines(&built, &sources), [""; 0]);
    let answered: BTreeSet<&str> =
        built.diagnostics.iter().filter(|f| f.acknowledged.is_some()).map(|f| f.code.name).collect();
    assert_eq!(answered, BTreeSet::from(["placeholder-text", "protected-title"]));
}
