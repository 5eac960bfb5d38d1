//! What files are, for servers: media types by the ends of names, and what is worth compressing.
//!
//! Servers bring lists of their own, of many ages: where a list doesn't know WebP or web fonts, `nosniff` keeps browsers
//! from showing them (IANA's registry of media types, and RFC 9239 for scripts).

/// A media type, the ends of names that it has, and whether it's text in UTF-8.
pub(super) const TYPES: &[(&str, &[&str], bool)] = &[
    ("text/html", &["html", "htm"], true),
    ("text/css", &["css"], true),
    ("text/javascript", &["js", "mjs"], true),
    ("text/plain", &["txt"], true),
    ("text/csv", &["csv"], true),
    ("text/calendar", &["ics"], true),
    ("text/vcard", &["vcf"], true),
    ("application/json", &["json"], false),
    ("application/manifest+json", &["webmanifest"], false),
    ("application/xml", &["xml"], false),
    ("image/svg+xml", &["svg"], false),
    ("image/png", &["png"], false),
    ("image/jpeg", &["jpg", "jpeg"], false),
    ("image/gif", &["gif"], false),
    ("image/webp", &["webp"], false),
    ("image/avif", &["avif"], false),
    ("image/vnd.microsoft.icon", &["ico"], false),
    ("font/woff2", &["woff2"], false),
    ("font/woff", &["woff"], false),
    ("font/ttf", &["ttf"], false),
    ("font/otf", &["otf"], false),
    ("application/pdf", &["pdf"], false),
    ("application/epub+zip", &["epub"], false),
    ("application/zip", &["zip"], false),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"], false),
    ("application/vnd.oasis.opendocument.text", &["odt"], false),
    ("audio/mpeg", &["mp3"], false),
    ("audio/mp4", &["m4a"], false),
    ("audio/ogg", &["ogg", "oga", "opus"], false),
    ("video/mp4", &["mp4"], false),
    ("video/webm", &["webm"], false),
    ("text/vtt", &["vtt"], true),
];

/// What becomes smaller by being compressed.
pub(super) fn compressible() -> impl Iterator<Item = &'static str> {
    let is = |kind: &str| {
        kind.starts_with("text/")
            || kind.ends_with("xml")
            || kind.ends_with("json")
            || kind == "font/ttf"
            || kind == "font/otf"
    };
    TYPES.iter().map(|(kind, ..)| *kind).filter(move |kind| is(kind))
}
