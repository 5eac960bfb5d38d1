//! A file that is taken into a `server` of nginx's configuration.
//!
//! Whatever nginx allows only once in a `server` stands in a `location`, so that nothing of the server's owner collides
//! with it but a `location /`. No `location` has an `add_header`, which would shut out all others.

use std::collections::BTreeMap;

use super::types::{TYPES, compressible};
use super::{Lead, Then, Wanted, text};

const TOP: &str = "\
# Made by Anteroom from the website's own headers and redirects, and made anew by each build. Inside `server { }`, below `root`:
#   include /where/the/website/is/_nginx.conf;
# That server has no `location /` of its own. After each change of this file: nginx -t && nginx -s reload
";

/// The file.
pub(super) fn file(wanted: &Wanted) -> String {
    let mut out = String::from(TOP);
    let base = quoted(&wanted.base);
    of_headers(&mut out, wanted);
    out.push_str(&format!(
        "\nerror_page 404 410 {0};\nerror_page 403 =404 {0};\n",
        quoted(&format!("{}404.html", wanted.base))
    ));
    let mut named = String::new();
    out.push_str(&format!("\nlocation {base} {{\n"));
    out.push_str("  index index.html;\n  autoindex off;\n  absolute_redirect off;\n  charset utf-8;\n");
    let texts: Vec<&str> =
        TYPES.iter().filter(|(kind, _, is_text)| *is_text && *kind != "text/html").map(|(kind, ..)| *kind).collect();
    out.push_str(&format!("  charset_types {};\n", texts.join(" ")));
    out.push_str("  gzip on;\n  gzip_vary on;\n  gzip_proxied any;\n  gzip_min_length 512;\n");
    let small: Vec<&str> = compressible().filter(|kind| *kind != "text/html").collect();
    out.push_str(&format!("  gzip_types {};\n", small.join(" ")));
    out.push_str("  default_type application/octet-stream;\n  types {\n");
    for (kind, ends, _) in TYPES {
        out.push_str(&format!("    {kind} {};\n", ends.join(" ")));
    }
    out.push_str("  }\n");
    out.push_str(&format!(
        "  location ~ \"^{}(?:_headers|_redirects|_nginx\\x2Econf|\\x2Eanteroom.*)$\" {{ return 404; }}\n",
        text::literally(&wanted.base)
    ));
    for (index, ((path, many), leads)) in by_path(&wanted.leads, &wanted.base).into_iter().enumerate() {
        match many {
            false => single(&mut out, &path, &leads, &wanted.base),
            true => below(&mut out, &mut named, index, &path, &leads, &wanted.base),
        }
    }
    out.push_str("}\n");
    out.push_str(&named);
    out
}

/// What leads on from the same path, which nginx takes only once.
fn by_path<'a>(leads: &'a [Lead], base: &str) -> BTreeMap<(String, bool), Vec<&'a Lead>> {
    let mut all: BTreeMap<(String, bool), Vec<&Lead>> = BTreeMap::new();
    for lead in leads {
        let path = if lead.is_home(base) { base.trim_end_matches('/').to_string() } else { lead.path.clone() };
        all.entry((path, lead.many)).or_default().push(lead);
    }
    all
}

fn single(out: &mut String, path: &str, leads: &[&Lead], base: &str) {
    let mut body = String::new();
    for lead in leads {
        answers(&mut body, lead, &to(&lead.then, ""));
        if lead.asks.is_empty() {
            break;
        }
    }
    let with_slash = format!("{path}/");
    // The home page's path without its slash is outside.
    for path in [path, &with_slash].into_iter().filter(|path| path.starts_with(base)) {
        out.push_str(&format!("  location = {} {{{body} }}\n", quoted(path)));
    }
}

fn below(out: &mut String, named: &mut String, index: usize, path: &str, leads: &[&Lead], base: &str) {
    let name = format!("@anteroom_{index}");
    let Some(lead) = leads.iter().find(|lead| lead.asks.is_empty()) else { return };
    let mut body = String::new();
    match &lead.then {
        Then::To { after: Some(_), .. } => {
            let sent = text::as_sent(path);
            body.push_str(&format!(
                "\n  if ($request_uri ~ \"^{sent}(?:/+{})?(?:[?#]|$)\") {{ return {}; }}\n  return 404;\n",
                text::REST,
                to(&lead.then, "$1")
            ));
        }
        then => body.push_str(&format!("\n  return {};\n", to(then, ""))),
    }
    let inside = match lead.force {
        true => body.clone(),
        false => format!(" error_page 404 403 = {name}; "),
    };
    let with_slash = format!("{path}/");
    let slash = if with_slash == base { "" } else { "= " };
    if slash == "= " {
        out.push_str(&format!("  location {slash}{} {{{inside}}}\n", quoted(path)));
    }
    out.push_str(&format!("  location {} {{{inside}}}\n", quoted(&with_slash)));
    if !lead.force {
        named.push_str(&format!("location {name} {{\n  absolute_redirect off;\n  recursive_error_pages on;{body}}}\n"));
    }
}

/// The line for one; a redirect that asks for something stands under its condition.
fn answers(out: &mut String, lead: &Lead, to: &str) {
    match lead.asks.as_slice() {
        [] => out.push_str(&format!(" return {to};")),
        // nginx knows no "and": what is asked for is looked for from the beginning, each in turn.
        asks => {
            let all: String = asks.iter().map(|asks| format!("(?={})", asks.replace("(?:^|&)", "(?:.*&)?"))).collect();
            out.push_str(&format!(" if ($args ~ \"^{all}\") {{ return {to}; }}"));
        }
    }
}

fn to(then: &Then, rest: &str) -> String {
    match then {
        Then::Ends(status) => status.to_string(),
        Then::To { status, before, after, keeps } => {
            let rest = if after.is_some() { rest } else { "" };
            let query = if *keeps { "$is_args$args" } else { "" };
            format!("{status} \"{before}{rest}{}{query}\"", after.as_deref().unwrap_or_default())
        }
    }
}

fn of_headers(out: &mut String, wanted: &Wanted) {
    let is_some = |name: &str| wanted.some.iter().any(|some| some.name.eq_ignore_ascii_case(name));
    let value = |text: &str| quoted(text);
    for (name, text) in wanted.headers.iter().filter(|(name, _)| !is_some(name)) {
        out.push_str(&format!("add_header {name} {} always;\n", value(text)));
    }
    let mut names: Vec<&str> = Vec::new();
    for some in &wanted.some {
        if !names.iter().any(|name| name.eq_ignore_ascii_case(&some.name)) {
            names.push(&some.name);
        }
    }
    for (index, name) in names.iter().enumerate() {
        let usual = wanted.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        let usual = usual.map_or("\"\"".to_string(), |(_, text)| value(text));
        out.push_str(&format!("set $anteroom_{index} {usual};\n"));
        for some in wanted.some.iter().filter(|some| some.name.eq_ignore_ascii_case(name)) {
            // nginx goes from a folder to its page, and asks again.
            let path = some.path.strip_suffix("/$").map(|path| format!("{path}/(?:index\\x2Ehtml)?$"));
            let path = path.unwrap_or_else(|| some.path.clone());
            out.push_str(&format!("if ($uri ~ \"{path}\") {{ set $anteroom_{index} {}; }}\n", value(&some.value)));
        }
        // Of an answer that there's nothing, none of it is said.
        out.push_str(&format!("add_header {name} $anteroom_{index};\n"));
    }
}

/// A text in quotation marks. What would name a variable was left out before (`text::is_header`), and a location names none.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
