//! What SFTP and rsync share: how ssh is to call, and what the system's ssh says when it can't. Keys, passwords and known hosts are ssh's
//! own business; no secret passes through here.

use std::io::IsTerminal;
use std::path::Path;

use super::Fault;
use super::address::Address;
use crate::document::model::Publish;

/// Whom to call.
#[derive(Clone, Debug)]
pub(super) struct Server {
    /// `maya@web.example.org`
    pub address: String,
    /// The host alone.
    pub host: String,
    /// The folder there; the one where one arrives if empty.
    pub folder: String,
    /// How one calls it by hand: `ssh -p 2222 maya@web.example.org`.
    pub by_hand: String,
    /// Options for ssh.
    pub options: Vec<String>,
}

impl Server {
    pub fn new(publish: &Publish, kept: &Path) -> Result<Server, Fault> {
        let Address { host, user, folder } = Address::of(publish)?;
        let mut options = Vec::new();
        let mut option = |text: String| options.extend(["-o".to_string(), text]);
        if let Some(port) = publish.port {
            option(format!("Port={port}"));
        }
        // Nobody is there who could answer a question.
        if !std::io::stdin().is_terminal() {
            option("BatchMode=yes".to_string());
        } else {
            option("BatchMode=no".to_string());
        }
        option("ConnectTimeout=20".to_string());
        // One connection for all steps: a password is asked for once.
        if cfg!(unix) {
            let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(|dir| Path::new(&dir).join("anteroom-%C"));
            let socket = [Some(kept.join("ssh-%C")), runtime].into_iter().flatten();
            // `%C` becomes 40 letters and ssh adds 17: a socket's path has 104 at most, and ssh fails where it has more.
            if let Some(socket) = socket.into_iter().find(|socket| socket.as_os_str().len() < 48) {
                option("ControlMaster=auto".to_string());
                option(format!("ControlPath={}", socket.display()));
                option("ControlPersist=20".to_string());
            }
        }
        let address = user.map_or_else(|| host.clone(), |user| format!("{user}@{host}"));
        let port = publish.port.map_or_else(String::new, |port| format!("-p {port} "));
        let by_hand = format!("ssh {port}{address}");
        Ok(Server { address, host, folder, by_hand, options })
    }

    /// What ssh or a program that runs over it said, in words that say what to do.
    pub fn fault(&self, said: &str) -> Fault {
        let host = &self.host;
        let has = |words: &str| said.to_lowercase().contains(words);
        let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing").trim();
        let (message, help) = if has("remote host identification has changed") {
            (
                format!("{host} isn't the server that it was: its key has changed"),
                format!(
                    "ask your host whether they changed it. If they did, run `ssh-keygen -R {host}` and publish again; if not, don't"
                ),
            )
        } else if has("host key verification failed") {
            (
                format!("{host} isn't known yet, so it could be anybody"),
                format!(
                    "publish again in a terminal, or connect once by hand, `{}`: compare the fingerprint that you're shown with the one in your \
                     host's letter or on its page, and type `yes`",
                    self.by_hand
                ),
            )
        } else if has("permission denied (") || has("permission denied, please try again") {
            (
                format!("{host} doesn't let you in"),
                "check `user` under `publish:`, and your password or key with your host".to_string(),
            )
        } else if has("could not resolve") || has("name or service not known") {
            (
                format!("there's no server called {host}, or no network"),
                "check your connection and `host` under `publish:`".to_string(),
            )
        } else if has("connection refused")
            || has("connection timed out")
            || has("no route to host")
            || has("network is unreachable")
        {
            (
                format!("{host} doesn't answer"),
                "check your connection, and `port` under `publish:` with your host".to_string(),
            )
        } else if has("no space left") || has("quota exceeded") || has("failure") && has("write") {
            (
                format!("{host} has no room left"),
                "make room there; then publish again, and the rest is sent".to_string(),
            )
        } else if has("permission denied") {
            (
                format!("you may not write into that folder on {host}: {last}"),
                "check `folder` under `publish:` with your host".to_string(),
            )
        } else if has("no such file or directory") {
            (
                format!("that folder isn't on {host}: {last}"),
                "check `folder` under `publish:`; write it as your host's file manager shows it".to_string(),
            )
        } else {
            (format!("{host} stopped: {last}"), "publish again: what was sent stays, and the rest follows".to_string())
        };
        Fault { message, help }
    }
}
