//! What the hosts of `allow_hosts` are used for.
//!
//! Owns looking it up in what authors and themes write, before any page is made: the policy of the pages and the list
//! for visitors say of each host no more than that. What a finished page really loads is read there (`loads`).

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::document::model::RawHtml;
use crate::finished::loads::{self, Load};
use crate::markup::players::player;
use crate::route::address::host;
use crate::site::Site;
use crate::site::hosts::{self, Declared, Purpose, Use, When};
use crate::theme::Theme;

/// The uses of a host, each with the time at which it is contacted for it.
type Seen = BTreeMap<String, BTreeSet<(Use, When)>>;

/// Every host that a site declares, those of `allow_hosts` with what they are used for.
pub(super) fn declared(site: &Site, theme: &Theme) -> Vec<Declared> {
    let mut all = hosts::declared(site);
    if all.iter().any(|one| one.purpose == Purpose::Allowed) {
        let seen = seen(site, theme, &all);
        for one in all.iter_mut().filter(|one| one.purpose == Purpose::Allowed) {
            let uses = seen.get(&one.host).filter(|uses| uses.iter().any(|(usage, _)| *usage != Use::Contact));
            // What another's script or style sheet fetches is not to be seen here: then the host's usual use stands.
            let Some(uses) = uses else { continue };
            let in_policy =
                uses.iter().map(|(usage, _)| *usage).filter(|usage| !matches!(usage, Use::Contact | Use::Never));
            one.uses = in_policy.collect();
            one.when = uses.iter().map(|(_, when)| *when).min().unwrap_or(one.when);
        }
        all.sort();
    }
    all
}

fn seen(site: &Site, theme: &Theme, declared: &[Declared]) -> Seen {
    let mut seen = Seen::new();
    let mut add = |load: Load| {
        let when = match load.usage {
            Use::Form => When::OnSend,
            _ => When::OnLoad,
        };
        let uses = seen.entry(load.host).or_default();
        uses.insert((load.usage, when));
        // A script talks to where it comes from.
        if load.usage == Use::Script {
            uses.insert((Use::Connection, when));
        }
    };
    for (_, template) in theme.all_templates() {
        loads::of_page(template).into_iter().for_each(&mut add);
    }
    let style = std::str::from_utf8(&theme.style.bytes).unwrap_or_default();
    loads::of_style(style).into_iter().for_each(&mut add);
    if site.practice.value.raw_html == RawHtml::Allow {
        documents(site).flat_map(|document| loads::of_page(document.text())).for_each(&mut add);
        let facts = std::str::from_utf8(site.practice.bytes()).unwrap_or_default();
        loads::of_page(facts).into_iter().for_each(&mut add);
    }
    let scripts = theme.files.iter().filter(|(name, _)| name.ends_with(".js"));
    let scripts = scripts.filter_map(|(_, file)| std::str::from_utf8(&file.bytes).ok()).chain([theme.script.as_str()]);
    for script in scripts {
        for one in declared.iter().filter(|one| one.purpose == Purpose::Allowed && script.contains(&one.host)) {
            let uses = seen.entry(one.host.clone()).or_default();
            uses.extend([(Use::Script, When::OnLoad), (Use::Connection, When::OnLoad)]);
        }
    }
    for player in documents(site).flat_map(players) {
        seen.entry(player).or_default().insert((Use::Frame, When::OnClick));
    }
    seen
}

fn documents(site: &Site) -> impl Iterator<Item = &Document> {
    let pages = site.pages.iter().map(|page| &*page.document);
    let people = site.practitioners.iter().map(|person| &*person.document);
    let services = site.services.iter().map(|service| &*service.entry.document);
    let articles = site.articles.iter().map(|article| &*article.entry.document);
    pages.chain(people).chain(services).chain(articles)
}

/// The hosts that play the films and recordings of a text.
fn players(document: &Document) -> Vec<String> {
    // Of a page with faults in its facts none are known, and it isn't published.
    document.facts.played.iter().filter_map(|address| host(&player(address))).collect()
}
