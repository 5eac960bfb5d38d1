//! The other hosts that a site has to do with, as practice.yaml declares them.
//!
//! Owns the one list from which the policy of the pages, the check of the finished pages and the list for visitors
//! are made. What a page really loads is read from the finished page (`finished::loads`).

use std::collections::BTreeSet;

use super::Site;
use super::booking;
use super::providers::{self, Kind};
use crate::document::model::{Booking, FormProvider, MapMode, Practice};

/// What another host is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Purpose {
    /// A calendar.
    Booking,
    /// Receives the contact form.
    Form,
    /// A map.
    Map,
    /// Counts visits.
    Analytics,
    /// Declared in `allow_hosts`.
    Allowed,
}

impl Purpose {
    /// The key of its words in a theme's locale.
    pub fn key(self) -> &'static str {
        match self {
            Purpose::Booking => "booking",
            Purpose::Form => "form",
            Purpose::Map => "map",
            Purpose::Analytics => "analytics",
            Purpose::Allowed => "allowed",
        }
    }
}

/// When a visitor's browser contacts a host.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum When {
    /// On loading a page.
    OnLoad,
    /// Once the visitor asks for it.
    OnClick,
    /// When the visitor sends the form.
    OnSend,
    /// When the visitor follows a link: no page contacts it.
    OnLeaving,
}

impl When {
    /// The key of its words in a theme's locale.
    pub fn key(self) -> &'static str {
        match self {
            When::OnLoad => "on_load",
            When::OnClick => "on_click",
            When::OnSend => "on_send",
            When::OnLeaving => "on_leaving",
        }
    }
}

/// What a page does with a host: each is a directive of the policy, or none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)] // the words speak for themselves
pub enum Use {
    Script,
    Style,
    Picture,
    Font,
    Media,
    Connection,
    Frame,
    Form,
    /// Only contacts it, which no policy forbids: a `preconnect`.
    Contact,
    /// What every page's policy forbids: a plug-in, an address for the whole page.
    Never,
}

/// A host that the practice declares.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Declared {
    /// The origin for policies: `https://cal.example`.
    pub origin: String,
    /// The host's name, with its port where it has one.
    pub host: String,
    /// What it is for.
    pub purpose: Purpose,
    /// When it is contacted.
    pub when: When,
    /// What it may be used for, and nothing else.
    pub uses: BTreeSet<Use>,
}

/// Every host that a site declares, sorted, each purpose once.
pub fn declared(site: &Site) -> Vec<Declared> {
    let own = site.services.iter().filter_map(|service| service.entry.front.booking.as_ref());
    let own = own.chain(site.practitioners.iter().filter_map(|person| person.front.booking.as_ref()));
    of_practice(&site.practice.value, own)
}

/// Every host that practice.yaml and the calendars of its services and people declare, sorted, each purpose once.
pub(super) fn of_practice<'a>(practice: &'a Practice, own: impl Iterator<Item = &'a Booking>) -> Vec<Declared> {
    let mut all = Vec::new();
    for booking in practice.booking.iter().chain(own) {
        all.extend(of(&booking.url, Purpose::Booking, of_booking(booking)));
    }
    if let Some(form) = practice.contact_form.as_ref().filter(|form| form.provider != FormProvider::Netlify) {
        all.extend(form.endpoint.as_ref().and_then(|endpoint| of(endpoint, Purpose::Form, When::OnSend)));
    }
    if let Some(maps) = &practice.maps {
        let when = if maps.mode == MapMode::ClickToLoad { When::OnClick } else { When::OnLeaving };
        all.extend(of(maps.provider.origin(), Purpose::Map, when));
    }
    if let Some(analytics) = &practice.analytics {
        all.extend(of(&format!("https://{}", &*analytics.script_host), Purpose::Analytics, When::OnLoad));
    }
    for host in &practice.allow_hosts {
        let when = providers::of_host(host).map_or(When::OnLoad, |provider| usual(provider.kind));
        all.extend(of(&format!("https://{}", &**host), Purpose::Allowed, when));
    }
    all.sort();
    all.dedup();
    all
}

/// When a company of this kind is contacted, where its part is made as it should be.
fn usual(kind: Kind) -> When {
    match kind {
        Kind::Analytics => When::OnLoad,
        Kind::Booking | Kind::Map | Kind::Film => When::OnClick,
        Kind::Form | Kind::Newsletter => When::OnSend,
    }
}

/// What a host is used for, as far as its purpose tells.
fn uses(host: &str, purpose: Purpose, when: When) -> BTreeSet<Use> {
    let counter = [Use::Script, Use::Connection, Use::Picture];
    match (purpose, providers::of_host(host).map(|provider| provider.kind)) {
        (Purpose::Booking | Purpose::Map, _) if when == When::OnClick => BTreeSet::from([Use::Frame]),
        (Purpose::Booking | Purpose::Map, _) => BTreeSet::new(),
        (Purpose::Form, _) | (Purpose::Allowed, Some(Kind::Form | Kind::Newsletter)) => BTreeSet::from([Use::Form]),
        (Purpose::Analytics, _) | (Purpose::Allowed, Some(Kind::Analytics)) => BTreeSet::from(counter),
        (Purpose::Allowed, Some(Kind::Booking | Kind::Map | Kind::Film)) => BTreeSet::from([Use::Frame]),
        // Nobody knows it, and where nothing on the pages tells (`render::uses`), something else fetches from it.
        (Purpose::Allowed, None) => {
            BTreeSet::from([Use::Script, Use::Style, Use::Picture, Use::Font, Use::Media, Use::Connection])
        }
    }
}

fn of_booking(booking: &Booking) -> When {
    match booking::frame(booking) {
        None => When::OnLeaving,
        Some(_) => When::OnClick,
    }
}

fn of(address: &str, purpose: Purpose, when: When) -> Option<Declared> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?;
    let host = url.port().map_or_else(|| host.to_string(), |port| format!("{host}:{port}"));
    let uses = uses(&host, purpose, when);
    Some(Declared { origin: url.origin().ascii_serialization(), host, purpose, when, uses })
}

/// Another company as people know it: its name with its host, or the host alone where it tells the name already.
pub fn named(provider: Option<&str>, host: &str) -> String {
    let plain =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    match provider.filter(|name| *name != "calendar" && !plain(host).contains(&plain(name))) {
        Some(name) => format!("{name} ({host})"),
        None => host.to_string(),
    }
}
