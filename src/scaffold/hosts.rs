//! What a web host wants to have beside a site: how to build it, and that it is built every day.
//!
//! Owns the files of hosts that build a site themselves. Which hosts there are is the content model's list. Notices and articles appear and expire by the day,
//! so a site that nobody edits still has to be built daily.

use std::collections::BTreeMap;

pub use crate::document::model::WebHost as Host;
use crate::markup::pictures::EXTENSIONS;

/// The project's page, from which releases are fetched.
pub const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

impl clap::ValueEnum for Host {
    fn value_variants<'a>() -> &'a [Host] {
        &Host::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.key()).help(self.name()))
    }
}

/// The files that a host wants, by path.
pub fn files(host: Host) -> BTreeMap<String, String> {
    let all: &[(&str, &str)] = match host {
        Host::Netlify => &[
            ("netlify.toml", include_str!("hosts/netlify.toml")),
            (".github/workflows/daily.yml", include_str!("hosts/daily.yml")),
            ("build.sh", include_str!("hosts/build.sh")),
        ],
        Host::Cloudflare => &[
            (".github/workflows/daily.yml", include_str!("hosts/daily.yml")),
            ("build.sh", include_str!("hosts/build.sh")),
        ],
        Host::Github => &[
            (".github/workflows/publish.yml", include_str!("hosts/publish.yml")),
            ("build.sh", include_str!("hosts/build.sh")),
        ],
        Host::Gitlab => {
            &[(".gitlab-ci.yml", include_str!("hosts/gitlab-ci.yml")), ("build.sh", include_str!("hosts/build.sh"))]
        }
        Host::Codeberg => &[
            (".forgejo/workflows/publish.yaml", include_str!("hosts/forgejo.yaml")),
            ("build.sh", include_str!("hosts/build.sh")),
        ],
        // What these read is made by the build, in the website's folder.
        Host::Webspace | Host::Nginx | Host::Caddy | Host::Other => &[],
    };
    let fill = |text: &str| {
        let text = text.replace("{version}", env!("CARGO_PKG_VERSION")).replace("{repository}", REPOSITORY);
        text.replace("{pictures}", &key_of_pictures())
    };
    all.iter().map(|(path, text)| ((*path).to_string(), fill(text))).collect()
}

/// The name of a kept folder, which changes with the site's pictures: of all kinds that are read, and with endings in
/// capitals too, as cameras write them.
fn key_of_pictures() -> String {
    let either = |c: char| match c.is_ascii_alphabetic() {
        true => format!("[{c}{}]", c.to_ascii_uppercase()),
        false => c.to_string(),
    };
    let patterns = EXTENSIONS.iter().map(|end| {
        let end: String = end.chars().map(either).collect();
        format!("'content/**/*.{end}', 'themes/**/*.{end}'")
    });
    format!("pictures-${{{{ hashFiles({}) }}}}", patterns.collect::<Vec<_>>().join(", "))
}
