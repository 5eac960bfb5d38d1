//! What a web host wants to have beside a site: how to build it, and that it is built every day.
//!
//! Owns the hosts that new sites can be made for and their files. Notices and articles appear and expire by the day,
//! so a site that nobody edits still has to be built daily.

use std::collections::BTreeMap;

/// The project's page, from which releases are fetched.
pub const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Where a site is hosted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Host {
    /// Netlify
    Netlify,
    /// Cloudflare Pages
    Cloudflare,
    /// GitHub Pages
    Github,
    /// GitLab Pages
    Gitlab,
    /// Any other: the folder `public` is copied there
    Other,
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
        Host::Other => &[],
    };
    let fill = |text: &str| text.replace("{version}", env!("CARGO_PKG_VERSION")).replace("{repository}", REPOSITORY);
    all.iter().map(|(path, text)| ((*path).to_string(), fill(text))).collect()
}
