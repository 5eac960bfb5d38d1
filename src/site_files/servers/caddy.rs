//! A file that is taken into a site of a Caddyfile.
//!
//! Caddy orders directives by its own list; in a `route` they stand as they are written, which redirects need.

use super::types::TYPES;
use super::{Lead, Then, Wanted, text};

const TOP: &str = "\
# Made by Anteroom from the website's own headers and redirects, and made anew by each build. Inside the site's block, below
# `root`:
#   import /where/the/website/is/_caddy.conf
# After each change of this file: caddy reload
";

/// The file.
pub(super) fn file(wanted: &Wanted) -> String {
    let mut out = String::from(TOP);
    let base = text::literally(&wanted.base);
    out.push_str("\nencode zstd gzip\nroute {\n");
    for (name, value) in &wanted.headers {
        out.push_str(&format!("\theader {name} {}\n", quoted(value)));
    }
    for (index, some) in wanted.some.iter().enumerate() {
        out.push_str(&format!("\t@anteroom_h{index} path_regexp \"{}\"\n", some.path));
        out.push_str(&format!("\theader @anteroom_h{index} {} {}\n", some.name, quoted(&some.value)));
    }
    for (index, (kind, ends, is_text)) in TYPES.iter().enumerate() {
        let ends: Vec<String> = ends.iter().map(|end| format!("*.{end}")).collect();
        let charset = if *is_text { "; charset=utf-8" } else { "" };
        out.push_str(&format!("\t@anteroom_t{index} path {}\n", ends.join(" ")));
        out.push_str(&format!("\theader @anteroom_t{index} Content-Type \"{kind}{charset}\"\n"));
    }
    out.push_str(&format!(
        "\t@anteroom_hidden path_regexp \"^{base}(?:_headers|_redirects|_caddy\\x2Econf|\\x2Eanteroom.*)$\"\n\
         \terror @anteroom_hidden 404\n"
    ));
    for (index, lead) in wanted.leads.iter().enumerate() {
        one(&mut out, index, lead, &wanted.base);
    }
    out.push_str(
        "}\nfile_server\nhandle_errors {\n\t@anteroom_nothing expression `{http.error.status_code} in [404, 410]`\n",
    );
    out.push_str("\thandle @anteroom_nothing {\n");
    // What was said of the file that isn't there isn't true of the page that says so.
    for some in &wanted.some {
        let usual = wanted.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(&some.name));
        match usual {
            Some((name, value)) => out.push_str(&format!("\t\theader {name} {}\n", quoted(value))),
            None => out.push_str(&format!("\t\theader -{}\n", some.name)),
        }
    }
    out.push_str("\t\theader Content-Type \"text/html; charset=utf-8\"\n");
    out.push_str(&format!("\t\trewrite * \"{}404.html\"\n\t\tfile_server\n\t}}\n}}\n", text::address(&wanted.base)));
    out
}

fn one(out: &mut String, index: usize, lead: &Lead, base: &str) {
    let path = text::literally(if lead.is_home(base) { base.trim_end_matches('/') } else { &lead.path });
    let pattern = match lead.many {
        false if lead.is_home(base) => format!("^{}$", text::literally(base)),
        false => format!("^{path}/?$"),
        true => format!("^{path}(?:/|$)"),
    };
    let mut conditions = vec![format!("path_regexp \"{pattern}\"")];
    let asks = lead.asks.iter().map(|asks| format!("{{http.request.uri.query}}.matches(r'{asks}')"));
    let asks: Vec<String> = asks.collect();
    if !asks.is_empty() {
        conditions.push(format!("expression `{}`", asks.join(" && ")));
    }
    if lead.many && !lead.force {
        conditions.push("not file {path} {path}/index.html".to_string());
    }
    let mut to = String::new();
    let status = match &lead.then {
        Then::Ends(status) => status,
        Then::To { status, before, after, keeps } => {
            to.push_str(before);
            // The address as it was sent: what `*` stood for, and what was asked for behind the path.
            let sent = match after {
                Some(_) => format!("^{}(?:/+{})?([?].+)?", text::as_sent(&lead.path), text::REST),
                None => "^(/[^?]*)([?].+)?".to_string(),
            };
            if after.is_some() || *keeps {
                conditions.push(format!("vars_regexp sent{index} {{http.request.orig_uri}} \"{sent}[?]?$\""));
            }
            if let Some(after) = after {
                to.push_str(&format!("{{re.sent{index}.1}}{after}"));
            }
            if *keeps {
                to.push_str(&format!("{{re.sent{index}.2}}"));
            }
            status
        }
    };
    out.push_str(&format!("\t@anteroom_{index} {{\n\t\t{}\n\t}}\n", conditions.join("\n\t\t")));
    match lead.then {
        Then::Ends(_) => out.push_str(&format!("\terror @anteroom_{index} {status}\n")),
        Then::To { .. } => out.push_str(&format!("\tredir @anteroom_{index} \"{to}\" {status}\n")),
    }
}

/// A value between backquotes: nothing ends it but a backquote, and nothing names a placeholder but brackets; both were left
/// out before (`text::is_header`).
fn quoted(value: &str) -> String {
    format!("`{value}`")
}
