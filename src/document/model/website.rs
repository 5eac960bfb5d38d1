//! practice.yaml: how the website looks and works.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::document::values::{Country, Date, Host, Markdown, WebAddress};

/// A contact form and who receives it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactForm {
    /// Who receives the form.
    pub provider: FormProvider,
    /// The address to which the form is sent; not for Netlify.
    pub endpoint: Option<WebAddress>,
    /// Whether the provider has signed a Business Associate Agreement.
    #[serde(default)]
    pub baa: bool,
}

/// Who receives a form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FormProvider {
    /// The host itself, Netlify.
    Netlify,
    /// Formspree.
    Formspree,
    /// Any other address that takes a form.
    Endpoint,
}

/// A host's service, or a web server. This is the one list: of `host` in practice.yaml, of `anteroom host` and of `anteroom new`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WebHost {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
    /// GitHub Pages.
    Github,
    /// GitLab Pages.
    Gitlab,
    /// Codeberg Pages.
    #[schemars(extend("x-also" = ["forgejo"]))]
    Codeberg,
    /// Plain web space, with Apache.
    #[schemars(extend("x-also" = ["apache", "ftp", "htaccess"]))]
    Webspace,
    /// A server with nginx.
    Nginx,
    /// A server with Caddy.
    Caddy,
    /// Any other, which reads none of these files.
    Other,
}

impl WebHost {
    /// All of them, in the order in which they are offered.
    pub const ALL: [WebHost; 9] = [
        WebHost::Netlify,
        WebHost::Cloudflare,
        WebHost::Github,
        WebHost::Gitlab,
        WebHost::Codeberg,
        WebHost::Webspace,
        WebHost::Nginx,
        WebHost::Caddy,
        WebHost::Other,
    ];

    /// The word in practice.yaml and in commands.
    pub fn key(self) -> &'static str {
        match self {
            WebHost::Netlify => "netlify",
            WebHost::Cloudflare => "cloudflare",
            WebHost::Github => "github",
            WebHost::Gitlab => "gitlab",
            WebHost::Codeberg => "codeberg",
            WebHost::Webspace => "webspace",
            WebHost::Nginx => "nginx",
            WebHost::Caddy => "caddy",
            WebHost::Other => "other",
        }
    }

    /// As people know it.
    pub fn name(self) -> &'static str {
        match self {
            WebHost::Netlify => "Netlify",
            WebHost::Cloudflare => "Cloudflare Pages",
            WebHost::Github => "GitHub Pages",
            WebHost::Gitlab => "GitLab Pages",
            WebHost::Codeberg => "Codeberg Pages",
            WebHost::Webspace => "plain web space (SFTP or FTP, with Apache)",
            WebHost::Nginx => "a server with nginx",
            WebHost::Caddy => "a server with Caddy",
            WebHost::Other => "another host, or I don't know yet",
        }
    }

    /// Whether it's a web server for which the build makes a file.
    pub fn is_server(self) -> bool {
        matches!(self, WebHost::Webspace | WebHost::Nginx | WebHost::Caddy)
    }

    /// Whether it can lead on from many addresses at once, `/old/*`.
    pub fn leads_many(self) -> bool {
        !matches!(self, WebHost::Github | WebHost::Other)
    }

    /// Whether it can lead on from what is asked for behind a path, `/?p=12`.
    pub fn leads_queries(self) -> bool {
        self == WebHost::Netlify || self.is_server()
    }
}

/// Who stores and delivers the website.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hosting {
    /// The company's name.
    pub provider: String,
    /// The country in which it has its seat.
    pub country: Option<Country>,
    /// Its address and telephone number, which French law wants on the website.
    pub address: Option<String>,
    /// For how many days it keeps records of who asked for a page; 0 where it keeps none.
    pub log_days: Option<u32>,
}

/// Where `anteroom publish` puts the website. Passwords and keys are never written here: ssh and git know them, and for FTP and Netlify you're asked.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// The way.
    pub to: PublishTo,
    /// The server's name, for `sftp`, `ftps`, `ftp` and `rsync`.
    pub host: Option<String>,
    /// The account's name on the server.
    pub user: Option<String>,
    /// The server's port, where it isn't the usual one.
    pub port: Option<u16>,
    /// The folder: on the server, or on this computer for `folder`.
    pub folder: Option<String>,
    /// The fingerprint (SHA-256) of the server's certificate, for `ftps`, where nobody vouches for it. Ask your host for it.
    pub certificate: Option<String>,
    /// The repository's address, for `git`.
    pub repository: Option<String>,
    /// The project's address or ID, for `netlify`.
    pub site: Option<String>,
    /// The repository's branch; `gh-pages` where not given.
    pub branch: Option<String>,
}

/// How the website gets to where visitors find it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PublishTo {
    /// Into a folder of this computer's: a mounted drive, a folder that is synchronised.
    Folder,
    /// To a server by SFTP.
    #[schemars(extend("x-also" = ["ssh", "scp"]))]
    Sftp,
    /// To a server by FTP with TLS.
    Ftps,
    /// To a server by FTP without TLS: others can read your password and your files on their way.
    Ftp,
    /// To a server by rsync.
    Rsync,
    /// To a branch of a git repository: GitHub Pages, GitLab, Codeberg.
    #[schemars(extend("x-also" = ["github", "gitlab", "codeberg"]))]
    Git,
    /// To a project at Netlify.
    Netlify,
}

/// What happens with HTML in texts.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawHtml {
    /// What is harmless stays, the rest is left out with a finding.
    #[default]
    Sanitise,
    /// It stays as it is.
    Allow,
}

/// How works are cited.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CitationStyle {
    /// Author and year, as the American Psychological Association has it in its 7th edition.
    #[default]
    Apa,
    /// Author and year, as in Cite Them Right.
    Harvard,
    /// Numbers in the order of appearance, as the National Library of Medicine has it.
    Vancouver,
}

/// A short notice on every page.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The notice, in markdown.
    #[schemars(extend("x-words" = "text"))]
    pub text: Markdown,
    /// The first day on which it is shown.
    pub from: Option<Date>,
    /// The last day on which it is shown.
    pub until: Option<Date>,
}

/// The theme and its settings.
#[derive(Clone, Default, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemeChoice {
    /// The theme's name; `linen` where not given.
    pub name: Option<String>,
    /// One of the theme's presets: values of settings that go together. `anteroom theme show NAME` lists them.
    pub preset: Option<String>,
    /// Settings of that theme, over those of the preset.
    #[serde(default)]
    #[schemars(extend("x-words" = "name"))]
    pub settings: BTreeMap<String, SettingValue>,
}

impl ThemeChoice {
    /// Reads a theme's name alone, too: `theme: meadow`.
    ///
    /// # Errors
    /// Where it's neither a name nor a block of settings.
    pub(super) fn by_name_or_block<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<ThemeChoice, D::Error> {
        match serde_yaml::Value::deserialize(deserializer)? {
            serde_yaml::Value::String(name) => Ok(ThemeChoice { name: Some(name), ..ThemeChoice::default() }),
            value => ThemeChoice::deserialize(value).map_err(serde::de::Error::custom),
        }
    }

    pub(super) fn name_or_block(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, generator.subschema_for::<ThemeChoice>()] })
    }
}

/// A theme setting as written: its kind is the theme's to judge.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SettingValue(#[schemars(with = "serde_json::Value")] pub serde_yaml::Value);

/// An entry of the main navigation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NavigationEntry {
    /// The words.
    #[schemars(extend("x-words" = "text"))]
    pub label: String,
    /// Where it leads: a file such as `about.md`, a folder such as `services/`, or a web address.
    pub to: String,
    /// Entries below it.
    #[serde(default)]
    pub children: Vec<NavigationChild>,
}

/// An entry below another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NavigationChild {
    /// The words.
    #[schemars(extend("x-words" = "text"))]
    pub label: String,
    /// Where it leads.
    pub to: String,
}

/// Counting visits.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Analytics {
    /// The service's name.
    pub provider: String,
    /// The host whose script is loaded.
    pub script_host: Host,
}

/// A finding that was looked at and answered.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// The finding's code.
    pub code: String,
    /// Why it may stay.
    pub reason: String,
    /// The file or folder that it concerns, or a list of them: `practice.yaml`, `services/`. This or `value` must be given, so
    /// that what comes later is a new finding.
    pub path: Option<OneOrMore>,
    /// The words that it concerns, as the finding shows them, or a list of them. Where `path` is given too, both must fit.
    pub value: Option<OneOrMore>,
}

/// A text, or a list of texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OneOrMore(pub Vec<String>);

impl JsonSchema for OneOrMore {
    fn schema_name() -> Cow<'static, str> {
        "OneOrMore".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
    fn inline_schema() -> bool {
        true
    }
}

// By hand instead of `untagged`, whose messages tell an author nothing.
impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<OneOrMore, D::Error> {
        match serde_yaml::Value::deserialize(deserializer)? {
            serde_yaml::Value::String(text) => Ok(OneOrMore(vec![text])),
            value => Vec::deserialize(value).map(OneOrMore).map_err(serde::de::Error::custom),
        }
    }
}
