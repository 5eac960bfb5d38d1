//! The pages: whether each is there, says what it should, and holds nothing that the host has put into it.

use std::collections::BTreeSet;

use super::htaccess::Htaccess;
use super::words::{self, Difference};
use super::{Alike, Look, Page, SAMPLE, WORKERS, expected, headers, hosts, on, sample, several, shown};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::finished::loads;
use crate::online::web::{Answer, Method, Silence, each};

/// Pages kept longer than this by browsers hide what was changed.
const LONGEST_KEPT: u64 = 24 * 60 * 60;

/// What a page on the web is like.
enum Seen {
    Missing(String),
    There(Box<There>),
    /// Nobody answered: that's told once, for all.
    Unknown,
}

#[derive(Default)]
struct There {
    differs: Option<Difference>,
    headers: Vec<(String, String, headers::Fault)>,
    /// Hosts that the page loads something from and the build's doesn't.
    hosts: BTreeSet<String>,
    scripts: BTreeSet<String>,
    hides_email: bool,
    cookies: BTreeSet<String>,
    hidden: bool,
    kept_long: Option<String>,
    media_type: Option<String>,
}

/// Looks at pages; says at how many.
pub(super) fn check(look: &Look<'_>, found: &mut Diagnostics) -> usize {
    let all = &look.expected.pages;
    let pages = if look.all { all.iter().collect() } else { sample(all, SAMPLE) };
    let told = |done: usize| (look.told)("looking at pages", done, pages.len());
    let seen = each(&pages, WORKERS, &told, |page| see(look, page));
    let (mut missing, mut differing) = (Vec::new(), Vec::new());
    let mut together = Together::default();
    for (page, seen) in pages.iter().zip(seen) {
        let about = |finding: Diagnostic| match &page.source {
            Some(source) => finding.about(source),
            None => finding,
        };
        let address = shown(&page.url);
        match seen {
            Seen::Unknown => {}
            Seen::Missing(why) => {
                missing
                    .push(about(Diagnostic::new(&codes::LIVE_PAGE_MISSING, format!("`{address}` isn't there: {why}"))));
            }
            Seen::There(there) => {
                if let Some(Difference::Other(live, own)) = &there.differs {
                    let message = format!(
                        "`{address}` isn't published as you have it: visitors read {}, your page says {}",
                        quoted(live),
                        quoted(own)
                    );
                    differing.push(about(Diagnostic::new(&codes::LIVE_PAGE_DIFFERS, message)));
                }
                together.add(&address, *there);
            }
        }
    }
    let help = "publish the website: `anteroom publish`, or your host's build";
    let with_help = |all: Vec<Diagnostic>| all.into_iter().map(|finding| finding.help(help)).collect();
    several(
        found,
        &codes::LIVE_PAGE_MISSING,
        with_help(missing),
        "another page isn't there",
        "more pages aren't there",
    );
    let (one, many) = ("another page isn't published as you have it", "more pages aren't published as you have them");
    several(found, &codes::LIVE_PAGE_DIFFERS, with_help(differing), one, many);
    together.tell(look, pages.len(), found);
    pages.len()
}

fn quoted(words: &str) -> String {
    if words.is_empty() { "nothing more".to_string() } else { format!("“{words}”") }
}

fn see(look: &Look<'_>, page: &Page) -> Seen {
    let url = look.at(&page.url);
    let answer = match look.web.ask(Method::Get, &url) {
        Ok(answer) => answer,
        Err(Silence::GivenUp) => return Seen::Unknown,
        Err(_) => return Seen::Missing("the host doesn't answer".to_string()),
    };
    match answer.status {
        200 => Seen::There(Box::new(there(look, page, &answer))),
        429 | 503 => Seen::Unknown,
        status => match answer.leads_to(&url) {
            Some(to) => Seen::Missing(format!("it leads on to {to}")),
            None => Seen::Missing(format!("visitors see an error (status {status})")),
        },
    }
}

fn there(look: &Look<'_>, page: &Page, answer: &Answer) -> There {
    let (own, own_loads) = words::read(&page.html);
    let (live, live_loads) = words::read(&answer.body);
    let html = String::from_utf8_lossy(&page.html);
    let own_hosts: BTreeSet<String> = loads::of_page(&html).into_iter().map(|load| load.host).collect();
    let is_own = |host: &String| {
        [&look.base, &look.expected.own]
            .iter()
            .any(|url| url.host_str() == Some(host.split(':').next().unwrap_or(host)))
    };
    let hosts = loads::of_page(&String::from_utf8_lossy(&answer.body)).into_iter().map(|load| load.host);
    let hosts: BTreeSet<String> = hosts.filter(|host| !own_hosts.contains(host) && !is_own(host)).collect();
    let name =
        |script: &String| script.split('?').next().unwrap_or(script).rsplit('/').next().unwrap_or(script).to_string();
    let own_names: BTreeSet<String> = own_loads.scripts.iter().map(name).collect();
    let is_elsewhere = |script: &String| hosts.iter().any(|host| script.contains(host.as_str()));
    let others = live_loads.scripts.iter().filter(|script| !own_names.contains(&name(script)) && !is_elsewhere(script));
    let mut scripts: BTreeSet<String> = others.map(|script| format!("the script `{script}`")).collect();
    // A script that stands behind another's address, and one that stands in the page, come in pairs: one of them is enough to tell.
    if live_loads.inline > own_loads.inline && scripts.is_empty() && hosts.is_empty() {
        scripts.insert("a script in the page itself".to_string());
    }
    let differs = own.differ(&live);
    if let Some(Difference::Added(more)) = &differs {
        scripts.insert(format!("the text “{more}”"));
    }
    let asks_hidden = |text: &str| text.to_ascii_lowercase().contains("noindex");
    let hidden = answer.all("x-robots-tag").any(asks_hidden) && !html.contains("noindex");
    let cookies =
        answer.all("set-cookie").filter_map(|cookie| cookie.split('=').next()).map(|name| name.trim().to_string());
    let kept = answer.header("cache-control").filter(|value| {
        let age = value.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse::<u64>().ok());
        age.is_some_and(|age| age > LONGEST_KEPT) || value.contains("immutable")
    });
    There {
        differs,
        headers: of_headers(look, &page.url, answer),
        hosts,
        scripts,
        hides_email: live_loads.hides_email,
        cookies: cookies.collect(),
        hidden,
        kept_long: kept.map(str::to_string),
        media_type: wrong_type(answer),
    }
}

fn wrong_type(answer: &Answer) -> Option<String> {
    let sent = answer.header("content-type").unwrap_or_default().to_ascii_lowercase();
    let charset = sent.split("charset=").nth(1).map(|rest| rest.trim_matches(['"', ' ', ';']));
    let is_fine =
        answer.media_type() == "text/html" && charset.is_none_or(|charset| charset == "utf-8" || charset == "utf8");
    (!is_fine).then(|| if sent.is_empty() { "nothing".to_string() } else { format!("`{sent}`") })
}

/// The headers of an answer that aren't as the build asks for them at this address.
pub(super) fn of_headers(look: &Look<'_>, path: &str, answer: &Answer) -> Vec<(String, String, headers::Fault)> {
    let asked = expected::at(&look.expected.own, path);
    let mut wanted: Vec<(String, Vec<&str>)> = Vec::new();
    for (name, value) in look.expected.rules.headers(asked.path()) {
        let name = name.to_string();
        match wanted.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case(&name)) {
            Some((_, values)) => values.push(value),
            None => wanted.push((name, vec![value])),
        }
    }
    let policy: Vec<&str> = answer.all("content-security-policy").collect();
    let fault = |(name, values): (String, Vec<&str>)| {
        let small = name.to_ascii_lowercase();
        let sent: Vec<&str> = answer.all(&small).collect();
        let value = values.join(", ");
        // A policy in two headers is as strong as both; the first is the site's.
        let asked = values.first().copied().unwrap_or_default();
        headers::fault(&name, asked, &sent, &policy).map(|fault| (name, value, fault))
    };
    wanted.into_iter().filter_map(fault).collect()
}

/// What is told once for all pages that have it.
#[derive(Default)]
struct Together {
    headers: Alike<(String, String, headers::Fault)>,
    added: Alike<String>,
    cookies: Alike<String>,
    hidden: Vec<String>,
    hides_email: Vec<String>,
    kept: Alike<String>,
    media: Alike<String>,
}

impl Together {
    fn add(&mut self, address: &str, there: There) {
        let note = |all: &mut Alike<String>, what: String| all.entry(what).or_default().push(address.to_string());
        there.hosts.into_iter().for_each(|host| note(&mut self.added, format!("something from `{host}`")));
        there.scripts.into_iter().for_each(|what| note(&mut self.added, what));
        there.cookies.into_iter().for_each(|cookie| note(&mut self.cookies, cookie));
        there.kept_long.into_iter().for_each(|kept| note(&mut self.kept, kept));
        there.media_type.into_iter().for_each(|kind| note(&mut self.media, kind));
        for header in there.headers {
            self.headers.entry(header).or_default().push(address.to_string());
        }
        if there.hidden {
            self.hidden.push(address.to_string());
        }
        if there.hides_email {
            self.hides_email.push(address.to_string());
        }
    }

    fn tell(self, look: &Look<'_>, of: usize, found: &mut Diagnostics) {
        tell_headers(look, &self.headers, of, found);
        for (what, addresses) in self.added {
            let message = format!("{what} isn't yours, and stands {}", on(&addresses, of));
            let help = "your host has put it there: turn it off in its settings, or ask your host";
            found.push(Diagnostic::new(&codes::LIVE_ADDED, message).help(help));
        }
        if !self.hides_email.is_empty() {
            let message = format!(
                "Cloudflare hides the email address behind a script that the pages' policy keeps from running, so visitors can't read it, {}",
                on(&self.hides_email, of)
            );
            let help = "in Cloudflare, turn off “Email Address Obfuscation” (Scrape Shield)";
            found.push(Diagnostic::new(&codes::LIVE_ADDED, message).help(help));
        }
        for (cookie, addresses) in self.cookies {
            let message = format!("the host sets a cookie, `{cookie}`, {}", on(&addresses, of));
            let help = "turn it off at your host if you can; if not, your privacy notice has to name it, since Anteroom's says that there are none";
            found.push(Diagnostic::new(&codes::LIVE_ADDED, message).help(help));
        }
        if !self.hidden.is_empty() {
            let message = format!(
                "the host tells search engines to leave the page out (`X-Robots-Tag`), {}",
                on(&self.hidden, of)
            );
            found.push(Diagnostic::new(&codes::LIVE_HIDDEN, message));
        }
        for (kept, addresses) in self.kept {
            let message =
                format!("browsers are told to keep pages for long (`Cache-Control: {kept}`), {}", on(&addresses, of));
            found.push(Diagnostic::new(&codes::LIVE_CACHING, message));
        }
        for (kind, addresses) in self.media {
            let message =
                format!("the host says that pages are {kind}, not `text/html; charset=utf-8`, {}", on(&addresses, of));
            found.push(Diagnostic::new(&codes::LIVE_MEDIA_TYPE, message));
        }
    }
}

/// Tells of headers, each once.
pub(super) fn tell_headers(
    look: &Look<'_>,
    all: &Alike<(String, String, headers::Fault)>,
    of: usize,
    found: &mut Diagnostics,
) {
    use crate::diagnostic::Severity;
    for ((name, value, fault), addresses) in all {
        if look.htaccess != Htaccess::Read && *fault == headers::Fault::Missing {
            continue;
        }
        let on = on(addresses, of);
        let what = headers::protects(name);
        let message = match fault {
            headers::Fault::Missing => format!("the header `{name}` isn't sent {on}: {what}"),
            headers::Fault::Weaker(how) => {
                format!("the header `{name}` is weaker than asked for (`{how}`) {on}: {what}")
            }
            headers::Fault::Stricter(how) => format!("the header `{name}` forbids what the pages need (`{how}`) {on}"),
        };
        let mut finding = Diagnostic::new(&codes::LIVE_HEADER, message).help(hosts::for_header(look.host, name, value));
        // Nothing breaks, and nobody is less safe: pages only open more slowly. Or it can't be had at this host.
        if name.eq_ignore_ascii_case("cache-control") || hosts::sends_no_headers(look.host) {
            finding.severity = Severity::Note;
        }
        found.push(finding);
    }
}
