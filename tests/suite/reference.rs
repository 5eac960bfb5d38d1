//! The reference in docs/ is generated from the program: fields from the front matter's types, findings from
//! the table behind `anteroom explain`. This test fails where they differ; `UPDATE_REFERENCE=1 cargo test
//! --test reference` writes them anew.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::fmt::Write;
use std::path::Path;

use anteroom::contract::kinds;
use anteroom::diagnostic::{Code, Severity, codes};
use anteroom::document::directives;
use anteroom::document::model::Reach;
use anteroom::document::model::{Page, Practice, Practitioner, Resource, Service};
use anteroom::document::schema::json_schema;
use anteroom::rules;
use anteroom::site::crisis;
use anteroom::theme::about;
use serde_json::Value as Json;

#[test]
fn content_reference_tells_what_the_program_reads() {
    let mut text = String::from(
        "# Content reference\n\n\
        Every field of every file, generated from the program itself. [The author's guide](authors.md) says how they \
        are used.\n\n\
        A field in **bold** must be there. `a[].b` is the field `b` of every entry of the list `a`; `a.b` is the \
        field `b` inside `a`.\n",
    );
    for (title, file, schema) in [
        ("Practice", "content/practice.yaml", json_schema::<Practice>()),
        ("Practitioner", "content/practitioners/NAME.md", json_schema::<Practitioner>()),
        ("Service", "content/services/NAME.md", json_schema::<Service>()),
        ("Resource", "content/resources/NAME.md", json_schema::<Resource>()),
        ("Page", "any other markdown file in content/", json_schema::<Page>()),
    ] {
        let _ = write!(text, "\n## {title}\n\n{}\n\n| field | what it holds | meaning |\n| --- | --- | --- |\n", {
            if file.contains(' ') { format!("In {file}.") } else { format!("In `{file}`.") }
        });
        fields(&mut text, schema.as_value(), "");
    }
    text.push_str(
        "\n## Directives\n\nIn the text of a page, on lines of their own:\n\n| directive | prints |\n| --- | --- |\n",
    );
    for (name, kind) in directives::NAMES {
        let _ = writeln!(text, "| `::: {name}` | {} |", kind.about());
    }
    compare("content-reference.md", &text);
}

#[test]
fn findings_reference_tells_what_the_program_finds() {
    let mut text = String::from(
        "# Findings\n\n\
        Everything that Anteroom can find in a site, generated from the program itself; `anteroom explain CODE` \
        prints the same. An error stops the build and leaves the published site as it is; a warning asks somebody to \
        look; a note is good to know and shown with `--notes`.\n",
    );
    let of_weight = |severity| move |code: &Code| code.severity == severity && !code.online;
    let online = |code: &Code| code.online;
    type Part = (&'static str, Box<dyn Fn(&Code) -> bool>);
    let parts: [Part; 4] = [
        ("Errors", Box::new(of_weight(Severity::Error))),
        ("Warnings", Box::new(of_weight(Severity::Warning))),
        ("Notes", Box::new(of_weight(Severity::Note))),
        (
            "On the web\n\nFound by `anteroom check --live` and `anteroom check --links` only. They stop no build.",
            Box::new(online),
        ),
    ];
    for (title, wanted) in parts {
        let _ = write!(text, "\n## {title}\n");
        let mut all: Vec<_> = codes::ALL.iter().filter(|code| wanted(code)).collect();
        all.sort_by_key(|code| code.name);
        for code in all {
            let _ = write!(text, "\n### {}\n\n{}\n\nWhat to do: {}\n", code.name, code.meaning, code.mend);
        }
    }
    compare("findings.md", &text);
}

#[test]
fn rules_reference_tells_what_the_rules_rest_on() {
    let mut text = String::from(
        "# Rules of practice\n\n\
        What `anteroom check`, `build` and `serve` compare a site with besides its own order, generated from the rules' \
        files in `src/rules/`. Each rule says whom it concerns, what it rests on, when that was last looked up and how sure \
        it is: H a primary source or several that agree, M one secondary source, L general knowledge. Only H stops a \
        build. `anteroom explain CODE` prints the same.\n\n\
        A rule that does not fit your practice is answered in practice.yaml, with the reason: \
        `acknowledge: [{ code: …, reason: …, path: … }]`. **None of this is legal advice, and passing it is no proof of \
        anything: ask your board or a lawyer where it matters.**\n",
    );
    for family in rules::families() {
        let _ = write!(text, "\n## {}\n", family.title);
        for rule in &family.rules {
            let code = &rule.code;
            let _ = write!(text, "\n### {}\n\n{}\n\nWhat to do: {}\n\n", code.name, code.meaning, code.mend);
            text.push_str("| weight | kinds | where | since | source | sure | looked up |\n| --- | --- | --- | --- | --- | --- | --- |\n");
            for case in &rule.cases {
                let weight = format!("{:?}", case.severity).to_lowercase();
                let kinds: Vec<&str> = case.kinds.iter().map(|kind| kind.key()).collect();
                let places: Vec<&str> = case.places.iter().map(|place| &**place).collect();
                let or = |words: String, none: &str| if words.is_empty() { none.to_string() } else { words };
                let since = case.effective.map(|day| day.to_string()).unwrap_or_default();
                let _ = writeln!(
                    text,
                    "| {weight} | {} | {} | {since} | {} | {:?} | {} |",
                    or(kinds.join(", "), "all"),
                    or(places.join(", "), "everywhere"),
                    case.basis.source,
                    case.basis.confidence,
                    case.basis.verified
                );
            }
        }
    }
    text.push_str("\n## Crisis numbers\n\nOf the practice's countries, on every page. `anteroom check` says where none is known.\n\n");
    text.push_str(
        "| country | emergency | lines | source | sure | looked up |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (country, entry) in crisis::countries() {
        let line = |line: &crisis::CrisisLine| match (line.reach, &line.keyword) {
            (Reach::Text, Some(word)) => format!("{}: text {word} to {}", line.name, line.number),
            (Reach::Text, None) => format!("{}: text {}", line.name, line.number),
            (Reach::CallOrText, _) => format!("{}: {} (call or text)", line.name, line.number),
            (Reach::Call, _) => format!("{}: {}", line.name, line.number),
        };
        let lines: Vec<String> = entry.lines.iter().map(line).collect();
        let _ = writeln!(
            text,
            "| {country} | {} | {} | {} | {:?} | {} |",
            entry.emergency.join(", "),
            lines.join("; "),
            entry.source,
            entry.confidence,
            entry.verified
        );
    }
    text.push_str("\n## Numbers and services that others have replaced\n\n");
    text.push_str("| written | now | source | sure | looked up |\n| --- | --- | --- | --- | --- |\n");
    for row in &rules::facts::rules().crisis_number_superseded.data {
        let number = row.number.replace('|', "\\|");
        let _ =
            writeln!(text, "| `{number}` | {} | {} | {:?} | {} |", row.by, row.source, row.confidence, row.verified);
    }
    compare("rules.md", &text);
}

#[test]
fn theme_reference_tells_what_themes_can_use() {
    let mut text = String::from(
        "# Theme reference\n\n\
        Settings, names, regions, components, filters, blocks and words, generated from the program itself. \
        [The designer's guide](designers.md) says how they are used.\n",
    );
    let practice = anteroom::document::stand_in_practice();
    let sources = anteroom::source::Sources::default();
    text.push_str("\n## Settings\n\nEvery theme has those of `base`; each has defaults of its own.\n");
    for theme in ["base", "linen", "harbor", "meadow"] {
        let mut found = anteroom::diagnostic::Diagnostics::default();
        let about = about::about(theme, &sources, &practice, &mut found).expect("a built-in theme can be read");
        let _ = write!(
            text,
            "\n### {theme}\n\n{}\n\n| setting | takes | default | meaning |\n| --- | --- | --- | --- |\n",
            about.description
        );
        for setting in &about.settings {
            let takes = match setting.options.is_empty() {
                true => format!("{:?}", setting.kind).to_lowercase(),
                false => setting.options.iter().map(|option| format!("`{option}`")).collect::<Vec<_>>().join(", "),
            };
            let _ = writeln!(
                text,
                "| `{}` | {takes} | `{}` | {}: {}. {} |",
                setting.name, setting.value, setting.group, setting.label, setting.help
            );
        }
        if !about.presets.is_empty() {
            let named = about.presets.iter().map(|(name, label)| format!("`{name}` ({label})"));
            let _ = write!(text, "\nPresets: {}.\n", named.collect::<Vec<_>>().join(", "));
        }
    }
    text.push_str("\n## Names\n\nWhat templates see. `a[].b` is the field `b` of every entry of the list `a`.\n");
    for kind in kinds::KINDS {
        let names = kinds::names(kind);
        let own = names.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let _ = write!(text, "\nKind `{}`, `{}`: {own}.\n", kind.name, kind.template);
    }
    for (name, schema) in kinds::all_names() {
        let fields = kinds::fields(name, &schema);
        if fields.len() < 2 && fields.iter().all(|field| field.kind == "any") {
            continue;
        }
        let _ = write!(text, "\n### {name}\n\n| name | type | meaning |\n| --- | --- | --- |\n");
        for field in fields {
            let _ = writeln!(text, "| `{}` | {} | {} |", field.path, field.kind, field.about.replace('|', "\\|"));
        }
    }
    text.push_str("\n## Regions\n\nWhat `anteroom theme check` asks of every page.\n\n| region | what must be there |\n| --- | --- |\n");
    for region in anteroom::theme_check::REGIONS {
        let _ = writeln!(text, "| {} | {} |", region.name, region.about);
    }
    let file = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/base").join(name);
        std::fs::read_to_string(path).expect("base has the file")
    };
    text.push_str(
        "\n## Components\n\nOf `base/templates/partials/parts.html`. An argument with `=` may be left out, one with `@` comes from the page. \
         Where it says \"the body\", it goes around markup: `{% <Part heading={t.fees}> %} … {% </Part> %}`.\n\n\
         | component | what it prints |\n| --- | --- |\n",
    );
    for (signature, about) in components(&file("templates/partials/parts.html")) {
        let _ = writeln!(text, "| `{signature}` | {} |", about.replace('|', "\\|"));
    }
    text.push_str(
        "\n## Filters\n\nWhat stands behind `|`. An argument with `=` may be left out; all of them are named: `| truncate(length=80)`.\n\n\
         | filter | of | what it gives |\n| --- | --- | --- |\n",
    );
    for (call, takes, about) in anteroom::contract::template_names::filters() {
        let _ = writeln!(text, "| `{call}` | {takes} | {about} |");
    }
    text.push_str("\n## Blocks\n\n| template of base | blocks |\n| --- | --- |\n");
    for template in
        ["base.html", "page.html", "home.html", "practitioner.html", "service.html", "resource.html", "list.html"]
    {
        let markup = file(&format!("templates/{template}"));
        let blocks: Vec<String> = markup
            .match_indices("{% block ")
            .filter_map(|(at, tag)| markup[at + tag.len()..].split([' ', '%']).next().map(|name| format!("`{name}`")))
            .collect();
        let _ = writeln!(text, "| `{template}` | {} |", blocks.join(", "));
    }
    let _ = write!(
        text,
        "\n## Words\n\nAll that a theme prints, in English; a locale file has the same keys.\n\n```yaml\n{}```\n",
        file("locales/en.yaml")
    );
    compare("theme-reference.md", &text);
}

/// Each component's name with its arguments, and the comment above it.
fn components(markup: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut about = "";
    for piece in markup.split("{% component ").collect::<Vec<_>>().windows(2) {
        let (before, own) = (piece[0], piece[1]);
        if let Some((_, comment)) = before.rsplit_once("{#-") {
            let (comment, after) = comment.split_once("#}").expect("a comment ends");
            if after.trim().is_empty() {
                about = comment.trim_end_matches('-');
            }
        }
        let signature = own.split_once(')').map_or(own, |(signature, _)| signature);
        all.push((format!("{signature})"), about.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    all
}

#[test]
fn every_component_says_what_it_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/base/templates/partials/parts.html");
    let markup = std::fs::read_to_string(path).expect("base has the file");
    let mut told = std::collections::BTreeSet::new();
    for (signature, about) in components(&markup) {
        assert!(about.len() > 12, "{signature}: {about}");
        assert!(told.insert(about.clone()), "{signature} has no comment of its own");
    }
}

/// A row for each field of a record, those of nested records after their parent's.
fn fields(text: &mut String, schema: &Json, prefix: &str) {
    let Some(properties) = schema.get("properties").and_then(Json::as_object) else { return };
    let required: Vec<&str> = list(schema, "required").iter().filter_map(Json::as_str).collect();
    for (name, field) in properties {
        let path = format!("{prefix}{name}");
        let shown = match required.contains(&name.as_str()) {
            true => format!("**`{path}`**"),
            false => format!("`{path}`"),
        };
        let about = field.get("description").and_then(Json::as_str).unwrap_or_default();
        let about = about.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        let _ = writeln!(text, "| {shown} | {} | {about} |", kind(field));
        below(text, field, &path);
    }
}

/// The fields inside a field.
fn below(text: &mut String, field: &Json, path: &str) {
    fields(text, field, &format!("{path}."));
    if let Some(items) = field.get("items") {
        below(text, items, &format!("{path}[]"));
    }
    if let Some(values) = field.get("additionalProperties").filter(|values| values.is_object()) {
        below(text, values, &format!("{path}.NAME"));
    }
    for variant in list(field, "oneOf").iter().chain(list(field, "anyOf")) {
        match variant.get("properties").and_then(|properties| properties.get("type")).and_then(word) {
            // The block of a page: its type says which fields it has.
            Some(kind) => fields(text, &without_type(variant), &format!("{path} ({kind}).")),
            None => below(text, variant, path),
        }
    }
}

fn without_type(variant: &Json) -> Json {
    let mut variant = variant.clone();
    if let Some(properties) = variant.get_mut("properties").and_then(Json::as_object_mut) {
        properties.shift_remove("type");
    }
    variant
}

/// What a field holds, in the words of the guide.
fn kind(field: &Json) -> String {
    let variants: Vec<&Json> = list(field, "oneOf").iter().chain(list(field, "anyOf")).collect();
    let words: Vec<String> =
        variants.iter().filter_map(|variant| word(variant)).map(|word| format!("`{word}`")).collect();
    if !words.is_empty() {
        return format!("one of {}", words.join(", "));
    }
    if !variants.is_empty() {
        let tagged = variants.iter().filter_map(|v| v.get("properties")?.get("type").and_then(word));
        let tags: Vec<String> = tagged.map(|tag| format!("`{tag}`")).collect();
        if !tags.is_empty() {
            return format!("fields; `type` is one of {}", tags.join(", "));
        }
        let mut kinds: Vec<String> = variants.iter().filter(|v| v["type"] != "null").map(|v| kind(v)).collect();
        kinds.dedup();
        return kinds.join(" or ");
    }
    let choices: Vec<String> =
        list(field, "enum").iter().filter_map(Json::as_str).map(|word| format!("`{word}`")).collect();
    if !choices.is_empty() {
        return format!("one of {}", choices.join(", "));
    }
    if let Some(word) = word(field) {
        return format!("`{word}`");
    }
    let format = field.get("format").and_then(Json::as_str);
    let kinds: Vec<&str> = match field.get("type") {
        Some(Json::String(kind)) => vec![kind],
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).filter(|kind| *kind != "null").collect(),
        _ => return "anything".to_string(),
    };
    match (kinds.as_slice(), format) {
        (["string"], None) => "text".to_string(),
        (["string"], Some("markdown")) => "text with markdown".to_string(),
        (["string"], Some("uri")) => "web address".to_string(),
        (["string"], Some(format)) => format.replace('-', " "),
        (["integer"], _) => "whole number".to_string(),
        (["number"], _) => "number".to_string(),
        (["boolean"], _) => "`true` or `false`".to_string(),
        (["array"], _) => format!("list: {}", field.get("items").map_or("anything".into(), kind)),
        (["object"], _) if field.get("properties").is_none() => "names with values".to_string(),
        (["object"], _) => "fields".to_string(),
        (_, Some(format)) => format.replace('-', " "),
        _ => "anything".to_string(),
    }
}

fn word(schema: &Json) -> Option<&str> {
    schema.get("const").and_then(Json::as_str)
}

fn list<'a>(schema: &'a Json, key: &str) -> &'a [Json] {
    schema.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn compare(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(&path, generated).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == generated,
        "docs/{name} is not what the program says; `UPDATE_REFERENCE=1 cargo test reference` writes it anew"
    );
}
