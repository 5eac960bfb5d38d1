//! `.htaccess`, for Apache and what reads its files (LiteSpeed).
//!
//! A directive that a host doesn't allow is an error for every page of the site. So everything stands in `<IfModule>`, and
//! only directives of the group `FileInfo` are used, which whoever allows WordPress allows too: no `Options`, no
//! `DirectoryIndex`, no `Require`.

use super::types::{TYPES, compressible};
use super::{Lead, Then, Wanted, text};

const TOP: &str = "\
# Made by Anteroom from your website's own headers and redirects, and made anew by each build.
# Lines of your own belong in content/static/.htaccess of your site: they're put in here.
";

/// The file; the author's lines stand before what is made of redirects.
pub(super) fn file(wanted: &Wanted, own: Option<&[u8]>) -> Vec<u8> {
    let mut out = String::from(TOP);
    of_types(&mut out);
    of_headers(&mut out, wanted);
    of_size(&mut out);
    out.push_str(&format!(
        "\nErrorDocument 404 \"{0}404.html\"\nErrorDocument 410 \"{0}404.html\"\n",
        text::address(&wanted.base)
    ));
    let mut out = out.into_bytes();
    if let Some(own) = own {
        out.extend(b"\n# Yours, from content/static/.htaccess\n");
        out.extend(own.strip_prefix(b"\xef\xbb\xbf").unwrap_or(own).trim_ascii_end());
        out.extend(b"\n# The end of yours\n");
    }
    out.extend(redirects(wanted).into_bytes());
    out
}

fn of_types(out: &mut String) {
    out.push_str("\n<IfModule mod_mime.c>\n");
    for (kind, ends, is_text) in TYPES {
        let ends: Vec<String> = ends.iter().map(|end| format!(".{end}")).collect();
        out.push_str(&format!("  AddType {kind} {}\n", ends.join(" ")));
        if *is_text {
            out.push_str(&format!("  AddCharset utf-8 {}\n", ends.join(" ")));
        }
    }
    out.push_str("</IfModule>\n");
}

fn of_headers(out: &mut String, wanted: &Wanted) {
    out.push_str("\n<IfModule mod_headers.c>\n");
    // A host may set the same header, in the other of Apache's two lists, and visitors would get both.
    let line = |name: &str, value: &str, end: &str| {
        let value = value.replace('%', "%%").replace('"', "\\\"");
        format!("Header onsuccess unset {name}{end}\n  Header always set {name} \"{value}\"{end}\n")
    };
    for (name, value) in &wanted.headers {
        out.push_str(&format!("  {}", line(name, value, "")));
    }
    if !wanted.some.is_empty() {
        out.push_str("  <IfModule mod_setenvif.c>\n");
        for (index, some) in wanted.some.iter().enumerate() {
            out.push_str(&format!("  SetEnvIf Request_URI \"{}\" anteroom_{index}\n", some.path));
            out.push_str(&format!("  {}", line(&some.name, &some.value, &format!(" env=anteroom_{index}"))));
        }
        out.push_str("  </IfModule>\n");
    }
    out.push_str("</IfModule>\n");
}

fn of_size(out: &mut String) {
    let kinds: Vec<&str> = compressible().collect();
    let kinds = kinds.join(" ");
    out.push_str(&format!(
        "\n# What is compressed has another ETag than what isn't, so that nothing would ever be unchanged: the time tells.\n\
         FileETag None\n\
         <IfModule mod_filter.c>\n  \
         <IfModule mod_brotli.c>\n    AddOutputFilterByType BROTLI_COMPRESS {kinds}\n  </IfModule>\n  \
         <IfModule mod_deflate.c>\n    AddOutputFilterByType DEFLATE {kinds}\n  </IfModule>\n\
         </IfModule>\n"
    ));
}

fn redirects(wanted: &Wanted) -> String {
    let mut out = String::from(
        "\n<IfModule mod_rewrite.c>\n  RewriteEngine On\n  \
         RewriteRule \"^(?:_headers|_redirects|\\x2Eanteroom.*)$\" \"-\" [R=404,L]\n",
    );
    for lead in &wanted.leads {
        one(&mut out, lead, wanted);
    }
    let base = text::address(&wanted.base).replace('%', "\\%");
    // A former website's program may lie in the same folder, and some hosts look for it first.
    out.push_str(&format!(
        "  RewriteCond \"%{{REQUEST_FILENAME}}index.php\" -f\n  RewriteRule \"^$\" \"{base}index.html\" [NE,L]\n"
    ));
    // No lists of files. Which folders these are is known: one of somebody else's may have a page of its own.
    for folder in &wanted.bare {
        out.push_str(&format!("  RewriteRule \"^{}/?$\" \"-\" [R=404,L]\n", text::literally(folder)));
    }
    out.push_str("</IfModule>\n");
    out
}

fn one(out: &mut String, lead: &Lead, wanted: &Wanted) {
    // Apache takes the folder's own path off.
    let inside = lead.path.strip_prefix(&wanted.base).unwrap_or_default();
    let pattern = match (inside, lead.many) {
        ("", false) => "^$".to_string(),
        ("", true) => "^".to_string(),
        (inside, false) => format!("^{}/?$", text::literally(inside)),
        (inside, true) => format!("^{}(?:/|$)", text::literally(inside)),
    };
    for asks in &lead.asks {
        out.push_str(&format!("  RewriteCond \"%{{QUERY_STRING}}\" \"{asks}\"\n"));
    }
    if lead.many && !lead.force {
        out.push_str(
            "  RewriteCond \"%{REQUEST_FILENAME}\" !-f\n  RewriteCond \"%{REQUEST_FILENAME}/index.html\" !-f\n",
        );
    }
    let literal = |address: &str| address.replace('%', "\\%");
    match &lead.then {
        Then::Ends(status) => out.push_str(&format!("  RewriteRule \"{pattern}\" \"-\" [R={status},L]\n")),
        Then::To { status, before, after, keeps } => {
            let mut to = literal(before);
            if let Some(after) = after {
                // As it was asked for: what Apache made of it would have to be escaped again.
                let sent = text::as_sent(&lead.path);
                out.push_str(&format!(
                    "  RewriteCond \"%{{THE_REQUEST}}\" \"^[A-Z]+ (?:https?://[^/ ]*)?{sent}(?:/+{})?(?:[?#][^ ]*)? \"\n",
                    text::REST
                ));
                to.push_str("%1");
                to.push_str(&literal(after));
            }
            let drops = if *keeps { "" } else { ",QSD" };
            out.push_str(&format!("  RewriteRule \"{pattern}\" \"{to}\" [R={status},NE,L{drops}]\n"));
        }
    }
}
