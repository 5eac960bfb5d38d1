//! Addresses and headers as they may stand in a server's configuration.
//!
//! Owns that no text of an author's can end a value, begin a directive or name a variable, in any of the three servers. So
//! an address keeps only the signs that addresses are made of, and in a regular expression all but letters, digits and a
//! few signs stand as `\xNN`, which Apache, nginx (PCRE) and Caddy (RE2) read alike.

use percent_encoding::percent_decode_str;

/// The path that an author wrote, with its escapes read; none where it's no text.
pub(super) fn meant(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    (!path.chars().any(char::is_control)).then_some(path)
}

/// A regular expression for a text that means itself.
pub(super) fn literally(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_~/,=&@:;!%".contains(c) || !c.is_ascii();
    text.chars().map(|c| if plain(c) { c.to_string() } else { format!("\\x{:02X}", u32::from(c)) }).collect()
}

/// A regular expression for a text as browsers send it: with escapes or without.
pub(super) fn as_sent(text: &str) -> String {
    let escaped = |c: char| c.to_string().bytes().map(|byte| format!("%{}", either(byte))).collect::<String>();
    let one = |c: char| match c {
        c if c.is_ascii_alphanumeric() || "-_~./".contains(c) => literally(&c.to_string()),
        ' ' => "(?:\\x2B|%20)".to_string(),
        c => format!("(?:{}|{})", literally(&c.to_string()), escaped(c)),
    };
    text.chars().map(one).collect()
}

/// A byte's two digits, in capitals or not.
fn either(byte: u8) -> String {
    let digit = |c: char| match c.is_ascii_alphabetic() {
        true => format!("[{c}{}]", c.to_ascii_lowercase()),
        false => c.to_string(),
    };
    format!("{byte:02X}").chars().map(digit).collect()
}

/// A regular expression for a query in which the pair stands; none where it can't be asked for alike everywhere.
pub(super) fn asks(pair: &str) -> Option<String> {
    let (name, value) = pair.split_once('=').filter(|(name, value)| !name.is_empty() && !value.starts_with(':'))?;
    let part = |text: &str| meant(&text.replace('+', " ")).map(|text| as_sent(&text));
    Some(format!("(?:^|&){}={}(?:&|$)", part(name)?, part(value)?))
}

/// A regular expression, from its beginning, for the paths of a rule of `_headers`; none for what isn't a path.
pub(super) fn path_pattern(path: &str) -> Option<String> {
    let path = meant(path).filter(|path| path.starts_with('/'))?;
    let parts: Vec<String> = path.split('*').map(literally).collect();
    let end = if path.ends_with('*') { "" } else { "$" };
    Some(format!("^{}{end}", parts.join(".*").trim_end_matches(".*")))
}

/// An address as it's sent in `Location`. No sign of it means anything in a configuration: quotes, brackets, backslashes,
/// dollars and spaces are escaped, as browsers would.
pub(super) fn address(address: &str) -> String {
    let mut out = String::new();
    let bytes = address.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape = || bytes[at + 1..].iter().take(2).filter(|byte| byte.is_ascii_hexdigit()).count() == 2;
        let plain =
            byte.is_ascii_alphanumeric() || b"-._~:/?#@!&'()*+,;=".contains(&byte) || (byte == b'%' && is_escape());
        match plain {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// What `*` stood for, as it was sent, captured: it can't begin with a slash, so that no address of another host comes out.
pub(super) const REST: &str = "((?:[A-Za-z0-9._~%!&'()*+,;=:@-][A-Za-z0-9._~%!&'()*+,;=:@/-]*)?)";

/// Whether a header can be written for every server: dollars, brackets and backslashes mean something in some, and none lets
/// all of them be escaped; a backquote would end a value of Caddy's.
pub(super) fn is_header(name: &str, value: &str) -> bool {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name && !value.chars().any(|c| c.is_control() || "\\`${}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_address_means_anything_in_a_configuration() {
        for from in 0..=0x7f_u8 {
            let text = format!("/a{}b", char::from(from));
            assert!(
                !address(&text).contains(['"', '\\', '$', '{', '}', ' ', '\n', '\r', '\0', '`', '<', '>']),
                "{text:?}"
            );
            assert!(
                !literally(&text).contains(['"', '$', '{', '}', ' ', '\n', '\0', '`', '(', ')', '*', '^']),
                "{text:?}"
            );
        }
        assert_eq!(address("/a b/100%/%C3%A4/ä"), "/a%20b/100%25/%C3%A4/%C3%A4");
        assert_eq!(meant("/a%0Ab"), None);
        assert_eq!(meant("/a%FF"), None);
    }

    #[test]
    fn queries_are_found_however_they_are_sent() {
        let fits = |pair: &str, query: &str| regex::Regex::new(&asks(pair).unwrap()).unwrap().is_match(query);
        for query in ["q=a%20b", "x=1&q=a+b", "q=a+b&y"] {
            assert!(fits("q=a%20b", query), "{query}");
        }
        assert!(fits("q=ä", "q=%c3%A4") && fits("cat=a,b", "cat=a%2Cb") && fits("p=1.2", "p=1.2"));
        assert!(!fits("p=1", "p=12") && !fits("p=12", "op=12") && !fits("p=1.2", "p=112"));
    }
}
