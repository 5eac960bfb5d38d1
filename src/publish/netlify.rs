//! Netlify, by its deploys: the hashes of all files are sent, Netlify asks for those that it hasn't got, and when the last has arrived the
//! new website replaces the former one in a moment.
//!
//! Source: Netlify's description of its programming interface, `POST /sites/{site}/deploys` and what follows it, as its own program uses it
//! (<https://open-api.netlify.com>, <https://docs.netlify.com/api/get-started/>).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};
use sha1::{Digest, Sha1};
use ureq::Agent;
use ureq::http::Response;
use url::Url;

use super::secret::Secret;
use super::{Far, Fault, Files, MANIFEST, Manifest, is_inside, needed};
use crate::document::model::Publish;

/// Where Netlify listens.
const API: &str = "https://api.netlify.com/api/v1";

/// Where a machine that publishes by itself finds the token; Netlify's own program looks there, too.
const TOKEN: &str = "NETLIFY_AUTH_TOKEN";

/// By this a deploy is known to be Anteroom's.
const TITLE: &str = "Anteroom";

/// With more files than this, Netlify looks through the hashes while one waits.
const AT_ONCE: usize = 100;

/// How long Netlify may take with a deploy.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Letters of a path that are sent as they are.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The project.
pub(super) struct Netlify {
    agent: Agent,
    api: String,
    token: Secret,
    site: String,
    /// What the website will be, by the SHA-1 of each file.
    files: BTreeMap<String, String>,
    /// Where the files lie that may be asked for; none where files only go.
    root: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Project {
    published_deploy: Option<Deploy>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Deploy {
    id: String,
    title: Option<String>,
    state: String,
    error_message: Option<String>,
    required: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct There {
    path: String,
    sha: Option<String>,
}

impl Netlify {
    /// Nothing is asked yet.
    pub fn new(publish: &Publish) -> Result<Netlify, Fault> {
        let site = needed(publish.site.as_ref(), "site", "your-project.netlify.app")?;
        // Both forms of the address are the project's name.
        let site = site.trim_start_matches("https://").trim_end_matches('/');
        if !site.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._".contains(letter)) || site.starts_with('.')
        {
            return Err(Fault::new(
                format!("`{site}` can't be a project at Netlify"),
                "write its address or its ID, as Netlify's page shows it: `site: your-project.netlify.app`",
            ));
        }
        let site = if site.contains('.') || is_id(site) { site.to_string() } else { format!("{site}.netlify.app") };
        let token = Secret::find(TOKEN, "Netlify access token")?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(Duration::from_secs(20)))
            .timeout_global(Some(Duration::from_secs(300)))
            .user_agent(concat!("Anteroom/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Netlify { agent, api: api(), token, site, files: BTreeMap::new(), root: None })
    }

    /// Asks, and reads the answer.
    fn ask<T: for<'de> Deserialize<'de>>(&self, method: &str, path: &str, body: Option<Body<'_>>) -> Result<T, Fault> {
        let mut answer = self.call(method, path, body.as_ref())?;
        let text =
            answer.body_mut().with_config().limit(256 << 20).read_to_string().map_err(|error| self.silent(&error))?;
        serde_json::from_str(&text).map_err(|_| {
            Fault::new(
                "Anteroom doesn't understand what Netlify answers",
                "look for a newer version of Anteroom; publish again",
            )
        })
    }

    /// Asks until Netlify has time: it counts how much is asked in a minute.
    fn call(&self, method: &str, path: &str, body: Option<&Body<'_>>) -> Result<Response<ureq::Body>, Fault> {
        let began = Instant::now();
        let mut pause = Duration::from_millis(500);
        loop {
            let answer = self.once(method, path, body);
            let (busy, asked) = match &answer {
                Ok(answer) => {
                    let wait = answer.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.parse().ok());
                    let status = answer.status().as_u16();
                    (status == 429 || status >= 500, wait.map(Duration::from_secs))
                }
                // A file that was asked for may be sent twice. A deploy isn't begun twice where nobody knows whether the first
                // began; an answer of "not now" says that it didn't.
                Err(_) => (method != "POST", None),
            };
            if !busy || began.elapsed() + pause > Duration::from_secs(60) {
                let answer = answer.map_err(|error| self.silent(&error))?;
                return self.understood(answer);
            }
            sleep(asked.unwrap_or(pause).min(Duration::from_secs(60)));
            pause *= 2;
        }
    }

    fn once(&self, method: &str, path: &str, body: Option<&Body<'_>>) -> Result<Response<ureq::Body>, ureq::Error> {
        let address = format!("{}{path}", self.api);
        let allowed = format!("Bearer {}", self.token.reveal());
        match (method, body) {
            ("PUT", Some(Body::File(file))) => {
                let request = self.agent.put(&address).header("Authorization", &allowed);
                request.header("Content-Type", "application/octet-stream").send(*file)
            }
            ("POST", Some(Body::Json(value))) => {
                let request = self.agent.post(&address).header("Authorization", &allowed);
                request.header("Content-Type", "application/json").send(value.to_string())
            }
            _ => self.agent.get(&address).header("Authorization", &allowed).call(),
        }
    }

    fn silent(&self, error: &ureq::Error) -> Fault {
        Fault::new(
            format!("Netlify doesn't answer: {}", self.token.hide(&error.to_string())),
            "check your connection; then publish again. Until all has arrived, visitors see the former website",
        )
    }

    fn understood(&self, mut answer: Response<ureq::Body>) -> Result<Response<ureq::Body>, Fault> {
        let status = answer.status().as_u16();
        if answer.status().is_success() {
            return Ok(answer);
        }
        let said = answer.body_mut().with_config().limit(64 << 10).read_to_string().unwrap_or_default();
        let said =
            serde_json::from_str::<Value>(&said).ok().and_then(|said| Some(said.get("message")?.as_str()?.to_string()));
        let said = said.map(|said| format!(": {}", self.token.hide(&said))).unwrap_or_default();
        Err(match status {
            401 | 403 => Fault::new(
                "Netlify doesn't let you in",
                format!(
                    "make a new token on Netlify's page (your picture, User settings, Applications, Personal access tokens), and give it \
                     when you're asked, or as {TOKEN}"
                ),
            ),
            404 => Fault::new(
                format!("Netlify knows no project {} of yours", self.site),
                "check `site` under `publish:`: it's the address that Netlify gave to the project",
            ),
            422 => Fault::new(
                format!("Netlify doesn't accept this website{said}"),
                "change what it names, and publish again",
            ),
            429 => Fault::new("Netlify allows no more deploys just now", "wait an hour, and publish again"),
            500.. => Fault::new(format!("Netlify has trouble of its own ({status})"), "publish again in some minutes"),
            _ => Fault::new(format!("Netlify refuses ({status}){said}"), "look at your project on Netlify's page"),
        })
    }

    fn project(&self) -> Result<Project, Fault> {
        self.ask("GET", &format!("/sites/{}", self.site), None)
    }

    /// The files of the website as it is.
    fn published(&self) -> Result<Files, Fault> {
        let files: Vec<There> = self.ask("GET", &format!("/sites/{}/files", self.site), None)?;
        let files = files.into_iter().map(|file| (file.path.trim_start_matches('/').to_string(), file.sha));
        Ok(files.filter(|(path, _)| is_inside(path)).collect())
    }

    /// Waits until a deploy is so far.
    fn wait(&self, id: &str, states: &[&str]) -> Result<Deploy, Fault> {
        let began = Instant::now();
        let mut pause = Duration::from_millis(200);
        loop {
            let deploy: Deploy = self.ask("GET", &format!("/sites/{}/deploys/{id}", self.site), None)?;
            if states.contains(&deploy.state.as_str()) {
                return Ok(deploy);
            }
            if matches!(deploy.state.as_str(), "error" | "rejected") {
                let why = deploy.error_message.map(|why| format!(": {}", self.token.hide(&why))).unwrap_or_default();
                return Err(Fault::new(
                    format!("Netlify couldn't finish the deploy{why}"),
                    "publish again. Visitors see the former website",
                ));
            }
            if began.elapsed() > PATIENCE {
                return Err(Fault::new(
                    "Netlify hasn't finished yet",
                    "look at “Deploys” on your project's page. Until it's done, visitors see the former website",
                ));
            }
            sleep(pause);
            pause = (pause * 2).min(Duration::from_secs(3));
        }
    }
}

enum Body<'a> {
    Json(&'a Value),
    File(&'a [u8]),
}

/// Netlify's address; tests put a stand-in on this machine, and nobody can put one elsewhere.
fn api() -> String {
    let stand_in = std::env::var("ANTEROOM_NETLIFY_API").ok();
    stand_in.filter(|api| is_here(api)).unwrap_or_else(|| API.to_string())
}

/// Whether an address is on this machine. What comes before an `@` is no host: `http://127.0.0.1:80@elsewhere` is elsewhere.
fn is_here(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        url.scheme() == "http"
            && url.host_str() == Some("127.0.0.1")
            && url.username().is_empty()
            && url.password().is_none()
    })
}

/// Whether it's a project's ID (a UUID) and no name.
fn is_id(site: &str) -> bool {
    site.len() == 36 && site.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-')
}

fn sha1(bytes: &[u8]) -> String {
    Sha1::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Far for Netlify {
    fn hash(&self, bytes: &[u8]) -> String {
        sha1(bytes)
    }

    fn manifest(&mut self) -> Result<Option<Manifest>, Fault> {
        let Some(published) = self.project()?.published_deploy else { return Ok(None) };
        let files = self.published()?;
        self.files = files.iter().filter_map(|(path, sha)| Some((path.clone(), sha.clone()?))).collect();
        let is_ours = published.title.is_some_and(|title| title.starts_with(TITLE));
        Ok(is_ours.then(|| Manifest::of(files)))
    }

    fn has(&mut self, path: &str) -> Result<bool, Fault> {
        Ok(self.files.contains_key(path))
    }

    fn put(&mut self, root: &Path, paths: &[String]) -> Result<(), Fault> {
        for path in paths {
            if path.contains(['#', '?']) {
                return Err(Fault::new(
                    format!("Netlify takes no file called `{path}`"),
                    "take `#` and `?` out of its name",
                ));
            }
            let local = root.join(path);
            let bytes = fs::read(&local).map_err(|error| unreadable(&local, &error))?;
            self.files.insert(path.clone(), sha1(&bytes));
        }
        self.root = Some(root.to_path_buf());
        Ok(())
    }

    fn remove(&mut self, paths: &[String]) -> Result<(), Fault> {
        paths.iter().for_each(|path| drop(self.files.remove(path)));
        Ok(())
    }

    /// Netlify knows itself what is there.
    fn note(&mut self, _: &[u8]) -> Result<(), Fault> {
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Fault> {
        self.files.remove(MANIFEST);
        let named: BTreeMap<String, &String> = self.files.iter().map(|(path, sha)| (format!("/{path}"), sha)).collect();
        let is_large = named.len() > AT_ONCE;
        let begun = json!({ "files": named, "async": is_large });
        let address = format!("/sites/{}/deploys?title={TITLE}", self.site);
        let mut deploy: Deploy = self.ask("POST", &address, Some(Body::Json(&begun)))?;
        let id = deploy.id.clone();
        // It becomes part of addresses.
        if id.is_empty() || !id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
            return Err(Fault::new("Netlify didn't start the deploy", "publish again in some minutes"));
        }
        if is_large {
            deploy = self.wait(&id, &["prepared", "uploading", "uploaded", "ready"])?;
        }
        let mut required: BTreeSet<String> = deploy.required.unwrap_or_default().into_iter().collect();
        for (path, sha) in &self.files {
            // One file of several that hold the same is enough.
            if let Some(root) = &self.root
                && required.remove(sha)
            {
                let local = root.join(path);
                let bytes = fs::read(&local).map_err(|error| unreadable(&local, &error))?;
                let address = format!("/deploys/{id}/files/{}", utf8_percent_encode(path, PATH));
                self.call("PUT", &address, Some(&Body::File(&bytes)))?;
            }
        }
        self.wait(&id, &["ready", "current"])?;
        match self.project()?.published_deploy {
            Some(published) if published.id == id => Ok(()),
            _ => Err(Fault::new(
                "Netlify has the new website, and goes on showing the former one",
                "somebody has locked it: on your project's page, under “Deploys”, publish the newest, or start auto publishing",
            )),
        }
    }
}

fn unreadable(local: &Path, error: &std::io::Error) -> Fault {
    Fault::new(format!("{} can't be read: {error}", local.display()), "build again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_to_nobody_but_netlify_and_this_machine() {
        assert!(is_here("http://127.0.0.1:8080/api/v1"));
        for elsewhere in [
            "http://127.0.0.1:80@example.org/",
            "http://127.0.0.1.example.org:80/",
            "http://user:127.0.0.1@example.org/",
            "https://example.org/127.0.0.1:80",
            "127.0.0.1:80",
            "",
        ] {
            assert!(!is_here(elsewhere), "{elsewhere}");
        }
    }
}
