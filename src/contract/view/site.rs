//! `site` and `theme`: the same on every page.

use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{Booking, DateView, Html, LinkView, MapView, PictureView};
use super::setting::{SettingView, SymbolView};

/// `site`: the practice, on every page.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct SiteView {
    /// The practice's name.
    pub name: String,
    /// A shorter name for the top of the page; the name where there is none.
    pub short_name: String,
    /// A number from 0 to 996 that is the name's own: the same at every build, for what a theme draws where a site has no
    /// picture.
    pub seed: u32,
    /// The name in contracts.
    pub legal_name: Option<String>,
    /// A few words that say what the practice is.
    pub tagline: Option<String>,
    /// A sentence or two for search results.
    pub description: String,
    /// The site's language, as a tag.
    pub lang: String,
    /// The direction in which that language is written: `ltr` or `rtl`.
    pub direction: String,
    /// `licensed-therapy`, `coaching` or `mixed`.
    pub kind: String,
    /// The home page.
    pub href: String,
    /// The main navigation.
    pub navigation: Vec<LinkView>,
    /// The links at the foot of every page.
    pub footer: Vec<LinkView>,
    /// Notices that hold today, each as finished markup.
    pub notices: Vec<NoticeView>,
    /// Crisis help; none where the practice has switched it off.
    pub crisis: Option<CrisisView>,
    /// What coaching is not; none for a practice of therapists only.
    pub statement: Option<StatementView>,
    /// Licences of everybody in the practice, a line each.
    pub licences: Vec<String>,
    /// The practice's email address.
    pub email: Option<String>,
    /// The practice's telephone number, as written and as dialled.
    pub phone: Option<PhoneView>,
    /// Whether text messages are read.
    pub sms_ok: bool,
    /// The way of contact that the practice likes best, where it can be had: `email`, `phone`, `text`, `form` or `booking`.
    pub preferred_contact: Option<String>,
    /// The ways of contact that can be had, in the same words, the best first.
    pub contact_ways: Vec<String>,
    /// When an answer can be expected.
    pub response_time: Option<String>,
    /// The time zone of all hours, in the site's language: `Pacific Time`.
    pub time_zone: Option<String>,
    /// Where sessions take place.
    pub locations: Vec<LocationView>,
    /// Where a time is booked.
    pub booking: Option<Booking>,
    /// The contact form.
    pub form: Option<FormView>,
    /// The contact page.
    pub contact_href: Option<String>,
    /// The fees page.
    pub fees_href: Option<String>,
    /// Where existing clients sign in.
    pub client_portal_url: Option<String>,
    /// The logo.
    pub logo: Option<PictureView>,
    /// The logo in dark mode, where it is another.
    pub logo_dark: Option<PictureView>,
    /// The picture for the browser's tab.
    pub icon: Option<IconView>,
    /// The picture for the screens of phones, a square of 180 pixels.
    pub touch_icon_href: Option<String>,
    /// The feed of articles; none where there are no articles.
    pub feed_href: Option<String>,
    /// Where a search form leads: its field is called `q`. None where the site is not searched, or in a copy for a disk.
    pub search_href: Option<String>,
    /// The practice's profiles elsewhere.
    pub same_as: Vec<String>,
    /// The other companies that pages have to do with, for the privacy page.
    pub hosts: Vec<HostView>,
}

/// A notice, such as a holiday.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct NoticeView {
    /// Its words in one line, without markup: what is shown until it is opened.
    pub line: String,
    /// Its text.
    pub html: Html,
    /// Its last day.
    pub until: Option<DateView>,
}

/// Crisis help.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct CrisisView {
    /// The page with all lines.
    pub href: Option<String>,
    /// The lines of the practice's countries, then those that the practice names itself; no number twice.
    pub lines: Vec<CrisisLineView>,
    /// The emergency numbers, each once.
    pub emergency: Vec<EmergencyView>,
    /// What to do in an emergency, where the practice works in a country whose number is not known.
    pub general: Option<String>,
}

/// An emergency number.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct EmergencyView {
    /// The number.
    pub number: PhoneView,
    /// The countries in which it holds, where the practice works in others too.
    pub countries: Option<String>,
}

/// A crisis line.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct CrisisLineView {
    /// Who answers, as they call themselves.
    pub name: String,
    /// The countries that it serves, where the practice works in others too.
    pub countries: Option<String>,
    /// The number.
    pub number: PhoneView,
    /// Whether the number takes calls.
    pub call: bool,
    /// Whether the number takes text messages.
    pub text: bool,
    /// The word that a text message to it must hold.
    pub keyword: Option<String>,
    /// When, for whom, or how.
    pub note: Option<String>,
}

/// What coaching is not.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct StatementView {
    /// One or two sentences.
    pub text: String,
    /// A page that says more.
    pub href: Option<String>,
}

/// Another company that pages have to do with.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct HostView {
    /// Its host.
    pub host: String,
    /// What it is for: a key of `t.hosts.purposes`.
    pub purpose: String,
    /// When a visitor's browser contacts it: a key of `t.hosts.when`.
    pub when: String,
}

/// A telephone number.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct PhoneView {
    /// As people write it.
    pub text: String,
    /// As a link dials it: `tel:+15035550142`.
    pub href: String,
    /// As a link writes to it: `sms:+15035550142`, `sms:85258?&body=SHOUT`.
    pub sms_href: String,
}

/// A place where sessions are held.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct LocationView {
    /// What it is called.
    pub label: String,
    /// The address, a line each; empty where there is none.
    pub address: Vec<String>,
    /// The area, where there is no address.
    pub area: Option<String>,
    /// Whether sessions are online.
    pub online: bool,
    /// The hours of the days that have any.
    pub hours: Vec<HoursView>,
    /// Days to come on which it is closed, the next first.
    pub closures: Vec<ClosureView>,
    /// How to get there and in.
    pub access: Vec<String>,
    /// A map; none where the practice wants none, or the place has no address.
    pub map: Option<MapView>,
}

/// The hours of one day, or of neighbouring days with the same hours.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct HoursView {
    /// The days, in the site's language: `Monday`, `Monday to Thursday`.
    pub days: String,
    /// The hours: `09:00–17:00`.
    pub hours: String,
}

/// Days on which a location is closed.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct ClosureView {
    /// The days, in the site's language: `December 24, 2026`, `December 24, 2026 to January 2, 2027`.
    pub days: String,
    /// Why.
    pub reason: Option<String>,
}

/// The contact form. It has three fields: `name`, `reply_to` and `message`, and a trap.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct FormView {
    /// `netlify`, `formspree` or `endpoint`.
    pub provider: String,
    /// Where it is sent.
    pub action: String,
    /// The page after sending.
    pub thanks_href: String,
    /// The same page's whole address, for receivers that lead there themselves.
    pub thanks_url: String,
    /// The name of the trap, by which the receiver knows a robot.
    pub trap: String,
    /// The host that receives it, where it is not the site's own.
    pub host: Option<String>,
}

/// The picture for the browser's tab.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct IconView {
    /// Its address.
    pub href: String,
    /// Its media type: `image/svg+xml` or `image/png`.
    pub media_type: String,
}

/// `theme`: the theme's own files and settings.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct ThemeView {
    /// Its name.
    pub name: String,
    /// The style sheet.
    pub style_href: String,
    /// Fonts that a page's first screen is set in, for `preload`.
    pub preloads: Vec<String>,
    /// Its other files by their name in `assets/`: `theme.files["leaf.svg"]`.
    pub files: std::collections::BTreeMap<String, String>,
    /// Its pictures by their name in `assets/`, each to be shown as any other: `<Picture picture={theme.pictures["leaf.jpg"]} />`.
    pub pictures: std::collections::BTreeMap<String, PictureView>,
    /// The icons of its `assets/icons/` by their name, for `<Icon name="phone" />`.
    pub icons: std::collections::BTreeMap<String, SymbolView>,
    /// The script for the head of every page; empty where there is none.
    pub script: Html,
    /// Its settings' values by name, as their kinds have them: `true` or `false` for a switch, a picture for an image, a link for a
    /// link or a page; none where a picture or a link is not given.
    pub settings: std::collections::BTreeMap<String, Option<SettingView>>,
    /// How wide it shows pictures, for `sizes`, by the place: `text`, `wide`, `card`, `portrait`, `logo`.
    pub sizes: std::collections::BTreeMap<String, String>,
}
