//! What `publish` needs to know of web space: asked for at a terminal, or left in practice.yaml as lines to fill in.
//!
//! Owns these questions and that nothing is written which can't be read back. The lines themselves are `scaffold::letter`'s.

use std::path::Path;

use super::changes;
use super::terminal::Asks;
use crate::document::model::Publish;
use crate::document::{self, Memo};
use crate::publish;
use crate::scaffold::letter::{self, Letter};
use crate::source::Sources;

/// What became of the lines `publish:` in practice.yaml.
pub(super) enum Way {
    /// They were there.
    Before,
    /// They are there now.
    Now,
    /// They are there, to be filled in.
    Open,
    /// They can't be written there without doubt: they have to be added by hand.
    ByHand(String),
}

/// Makes practice.yaml say how `publish` gets to the web space. Without somebody to ask, lines are left to be filled in.
///
/// # Errors
/// Where nobody answers any more.
pub(super) fn way(site: &Path, asks: Option<&mut dyn Asks>) -> dialoguer::Result<Way> {
    let path = site.join("content/practice.yaml");
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    if read(&text).is_some_and(|(known, _)| known) {
        return Ok(Way::Before);
    }
    let letter = match asks {
        Some(asks) => ask(asks)?,
        None => None,
    };
    let lines = match &letter {
        Some(letter) => letter.lines(),
        None if letter::is_to_fill_in(&text) => return Ok(Way::Open),
        None => letter::TO_FILL_IN.to_string(),
    };
    let changed = letter::put_in(&text, &lines);
    // A practice.yaml whose lines are unusual may read them as something else.
    let is_as_meant = match (read(&text), read(&changed)) {
        (Some((_, before)), Some((there, after))) => there == letter.is_some() && after <= before,
        _ => false,
    };
    let written = is_as_meant && changes::replace(&path, &text, &changed).is_ok();
    Ok(match (written, letter) {
        (true, Some(_)) => Way::Now,
        (true, None) => Way::Open,
        (false, _) => Way::ByHand(lines),
    })
}

/// What to do once a new site is written.
pub(super) fn first(program: &str, site: &str) -> String {
    format!(
        "To put it on your web space, have your host's letter at hand and type:\n\n  {program} host webspace{site}\n\nIt asks \
         for the server, your user name and the folder. Then this sends the website there:\n\n  {program} publish{site}\n"
    )
}

/// What became of the lines, and what to do next.
pub(super) fn told(way: &Way, program: &str, site: &str) -> String {
    let what = match way {
        Way::Before => "content/practice.yaml says how to get to your web space.".to_string(),
        Way::Now => "\ncontent/practice.yaml says how to get to your web space now. Your password isn't in it: you're \
                     asked for it."
            .to_string(),
        Way::Open => format!(
            "content/practice.yaml has lines to fill in, from `#publish:` on. Your host's letter has the values. Or type \
             `{program} host webspace{site}` in a terminal, and it asks for them."
        ),
        Way::ByHand(lines) => {
            let lines: String = lines.lines().map(|line| format!("\n  {line}")).collect();
            format!("Add these lines to content/practice.yaml:\n{lines}")
        }
    };
    format!("{what}\n\nTo send your website there:\n\n  {program} publish{site}\n")
}

/// Whether a practice.yaml says where to publish, and how much is wrong in it; `None` where it can't be read.
fn read(text: &str) -> Option<(bool, usize)> {
    let mut sources = Sources::default();
    sources.insert_text("content/practice.yaml", text);
    let (documents, found) = document::parse_all(&sources, &mut Memo::off());
    documents.practice.map(|practice| (practice.value.publish.is_some(), found.iter().count()))
}

/// Asks for what the letter says; `None` where it isn't at hand.
fn ask(asks: &mut dyn Asks) -> dialoguer::Result<Option<Letter>> {
    asks.say(
        "How does your website get to your web space? It's in your host's letter, or on its page about SFTP or FTP.\n",
    );
    let ways = ["SFTP, also called SSH", "FTP, also called FTPS", "I don't have this at hand"].map(str::to_string);
    let to = match asks.choose("Which of these does your host offer? Choose SFTP if it has both", &ways, 0)? {
        0 => "sftp",
        1 => "ftps",
        _ => return Ok(None),
    };
    loop {
        let server = asks.text("The server? Such as ssh.example.org", "", "")?;
        if server.is_empty() {
            return Ok(None);
        }
        let (host, port) = server_of(&server);
        let user = asks.text("Your user name there?", "", "")?;
        let usual = port.map_or_else(String::new, |port| port.to_string());
        let asked = "The port? If your host names none, press Enter";
        let port = loop {
            let typed = asks.text(asked, &usual, "")?;
            match typed.parse() {
                Ok(port) => break Some(port),
                Err(_) if typed.is_empty() => break None,
                Err(_) => asks.say("A port is a number, such as 22 or 2222."),
            }
        };
        let asked =
            "The folder for your website? Often public_html, htdocs or www. If your host names none, press Enter";
        let folder = asks.text(asked, "", "")?;
        let letter = Letter { to, host, port, user, folder };
        match publish_of(&letter).map(|publish| publish::address(&publish)) {
            Some(Ok(())) => return Ok(Some(letter)),
            Some(Err(fault)) => asks.say(&format!("That can't be right: {}. Once more, then.", fault.message)),
            None => asks.say("That can't be right. Once more, then."),
        }
    }
}

fn publish_of(letter: &Letter) -> Option<Publish> {
    let lines = letter.lines();
    let fields = serde_yaml::from_str::<std::collections::BTreeMap<String, Publish>>(&lines).ok()?;
    fields.into_values().next()
}

/// A server's name without what programs put around it: `sftp://web.example.org:2222/`.
fn server_of(typed: &str) -> (String, Option<u16>) {
    let name = typed.split_once("://").map_or(typed, |(_, rest)| rest).trim_end_matches('/');
    match name.rsplit_once(':') {
        // More colons are an address in numbers.
        Some((host, port)) if !host.contains(':') => match port.parse() {
            Ok(port) => (host.to_string(), Some(port)),
            Err(_) => (name.to_string(), None),
        },
        _ => (name.to_string(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody whose answers are known beforehand.
    struct Script(Vec<&'static str>, Vec<String>);

    impl Script {
        fn next(&mut self) -> String {
            if self.0.is_empty() { String::new() } else { self.0.remove(0).to_string() }
        }
    }

    impl Asks for Script {
        fn text(&mut self, _: &str, usual: &str, _: &str) -> dialoguer::Result<String> {
            Ok(Some(self.next()).filter(|typed| !typed.is_empty()).unwrap_or_else(|| usual.to_string()))
        }

        fn choose(&mut self, _: &str, _: &[String], usual: usize) -> dialoguer::Result<usize> {
            Ok(self.next().parse().unwrap_or(usual))
        }

        fn several(&mut self, _: &str, _: &[String], _: &[bool]) -> dialoguer::Result<Vec<usize>> {
            Ok(Vec::new())
        }

        fn say(&mut self, words: &str) {
            self.1.push(words.to_string());
        }
    }

    fn asked(typed: &[&'static str]) -> (Option<Letter>, Vec<String>) {
        let mut script = Script(typed.to_vec(), Vec::new());
        let letter = ask(&mut script).ok().flatten();
        (letter, script.1)
    }

    #[test]
    fn what_the_letter_says_is_asked_for() {
        let (letter, _) = asked(&["0", "sftp://web.example.org:2222/", "ana", "", "www"]);
        let (host, user, folder) = ("web.example.org".to_string(), "ana".to_string(), "www".to_string());
        assert_eq!(letter, Some(Letter { to: "sftp", host, port: Some(2222), user, folder }));
        let (letter, said) = asked(&["1", "the server", "u", "22x", "", "", "ftp.example.org", "u", "", "htdocs"]);
        assert_eq!(letter.map(|letter| (letter.to, letter.host)), Some(("ftps", "ftp.example.org".to_string())));
        assert!(said.iter().any(|said| said.contains("`the server` isn't the name of a server")), "{said:?}");
        assert!(said.iter().any(|said| said.contains("A port is a number")), "{said:?}");
        // Whoever has no letter yet gets lines to fill in.
        assert_eq!(asked(&["2"]).0, None);
        assert_eq!(asked(&["0", ""]).0, None);
    }
}
