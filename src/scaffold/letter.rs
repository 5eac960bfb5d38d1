//! What a web host's letter says, as the lines `publish:` of practice.yaml.
//!
//! Owns these lines, filled in or to be filled in, and where in a practice.yaml they belong. Asks nothing, and writes no file.

use super::quoted;

/// What the letter says of the way to the web space. There's no password among it.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Letter {
    /// `sftp` or `ftps`.
    pub to: &'static str,
    /// The server's name.
    pub host: String,
    /// The port, where the letter names one.
    pub port: Option<u16>,
    /// The account; somebody who has none is asked by ssh.
    pub user: String,
    /// The folder; the one where one arrives if empty.
    pub folder: String,
}

/// The lines to fill in. Comments, so that nothing stops until they are; taking a `#` away is all that each needs.
pub const TO_FILL_IN: &str = "\
# How `anteroom publish` gets to your web space. Your host's letter has the values, or its page about SFTP or FTP.
# Write them here, and take away the # in front of these five lines. Leave out your password: you're asked for it.
#publish:
#  to: sftp # or ftps, if your host names only FTP
#  host: web.example.org # the server
#  user: your-account # your user name there
#  folder: public_html # the folder for your website: often public_html, htdocs or www
";

/// The line by which a practice.yaml is known to have lines to fill in.
const BEGINS: &str = "\n#publish:";

impl Letter {
    /// The lines of practice.yaml.
    pub fn lines(&self) -> String {
        let mut lines = format!("publish:\n  to: {}\n  host: {}\n", self.to, quoted(&self.host));
        if let Some(port) = self.port {
            lines.push_str(&format!("  port: {port}\n"));
        }
        for (key, value) in [("user", &self.user), ("folder", &self.folder)] {
            if !value.is_empty() {
                lines.push_str(&format!("  {key}: {}\n", quoted(value)));
            }
        }
        lines
    }
}

/// Whether a practice.yaml has the lines to fill in already.
pub fn is_to_fill_in(practice: &str) -> bool {
    practice.contains(BEGINS)
}

/// A practice.yaml with these lines: in the place of those to fill in, else below `host:`, else at the end.
pub fn put_in(practice: &str, lines: &str) -> String {
    let ends = if practice.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = lines.replace('\n', ends);
    let open = TO_FILL_IN.replace('\n', ends);
    if practice.contains(&open) {
        return practice.replacen(&open, &lines, 1);
    }
    let line_end = |at: usize| practice[at..].find('\n').map(|end| at + end + 1);
    let below_host = practice.find("\nhost:").and_then(|at| line_end(at + 1));
    match below_host {
        Some(at) => format!("{}{lines}{}", &practice[..at], &practice[at..]),
        None if practice.ends_with('\n') => format!("{practice}{lines}"),
        None => format!("{practice}{ends}{lines}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_take_the_place_of_those_to_fill_in() {
        let letter =
            Letter { to: "ftps", host: "w.org".into(), port: Some(21), user: "u".into(), folder: String::new() };
        let lines = letter.lines();
        assert_eq!(lines, "publish:\n  to: ftps\n  host: \"w.org\"\n  port: 21\n  user: \"u\"\n");
        for ends in ["\n", "\r\n"] {
            let of = |text: &str| text.replace('\n', ends);
            let open = put_in(&of("name: A\nhost: webspace\nemail: a@b.org\n"), TO_FILL_IN);
            assert!(is_to_fill_in(&open) && open.starts_with(&of("name: A\nhost: webspace\n# How ")), "{open}");
            assert_eq!(put_in(&open, &lines), of(&format!("name: A\nhost: webspace\n{lines}email: a@b.org\n")));
        }
        assert_eq!(put_in("name: A", "publish: 1\n"), "name: A\npublish: 1\n");
    }
}
