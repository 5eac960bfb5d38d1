//! `practice.yaml`: who the practice is, each fact once.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::common::Booking;
use crate::document::values::{
    Country, Currency, Date, Email, FilePath, Host, Hours, Jurisdiction, Language, Markdown, Phone, WebAddress,
};

/// The practice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// The name of the practice.
    pub name: String,
    /// A shorter name for the top of every page.
    pub short_name: Option<String>,
    /// The name in contracts, where it is another.
    pub legal_name: Option<String>,
    /// A few words that say what the practice is.
    pub tagline: Option<String>,
    /// A sentence or two for search results.
    pub description: String,
    /// The site's language.
    pub language: Language,
    /// Whether therapy, coaching or both are offered.
    pub kind: PracticeKind,
    /// Where the practice works, such as `[US-OR]` or `[GB]`.
    pub jurisdictions: Vec<Jurisdiction>,
    /// The address at which the site will be found.
    pub base_url: WebAddress,
    /// The practice's email address.
    pub email: Option<Email>,
    /// The practice's telephone number.
    pub phone: Option<Phone>,
    /// Whether text messages to that number are read.
    #[serde(default)]
    pub sms_ok: bool,
    /// The way of contact that the practice likes best.
    pub preferred_contact: Option<ContactWay>,
    /// When an answer can be expected.
    pub response_time: Option<String>,
    /// Where sessions take place.
    #[serde(default)]
    pub locations: Vec<Location>,
    /// The time zone of the hours, such as `America/Los_Angeles`.
    pub time_zone: Option<String>,
    /// Where a time is booked.
    pub booking: Option<Booking>,
    /// Maps of the locations; none where not given.
    pub maps: Option<Maps>,
    /// The contact form.
    pub contact_form: Option<ContactForm>,
    /// Where existing clients sign in.
    pub client_portal_url: Option<WebAddress>,
    /// How sessions can be paid.
    #[serde(default)]
    pub payment_methods: Vec<String>,
    /// The currency of all fees.
    pub currency: Option<Currency>,
    /// Insurers.
    #[serde(default)]
    pub insurance: Vec<Insurance>,
    /// Help with insurers outside the network.
    pub out_of_network: Option<OutOfNetwork>,
    /// Who can pay less, and how to ask.
    pub sliding_scale: Option<String>,
    /// How sessions are cancelled.
    pub cancellation: Option<String>,
    /// Whether the practice is a covered entity under the US HIPAA rules.
    pub hipaa_covered_entity: Option<bool>,
    /// Crisis help on every page.
    #[serde(default)]
    pub crisis: Crisis,
    /// What coaching is not, on every page of a coaching practice.
    pub coaching_statement: Option<CoachingStatement>,
    /// Whether money from the US Department of Health and Human Services is received.
    #[serde(default)]
    pub receives_hhs_funds: bool,
    /// How many people work in the practice.
    pub staff: Option<u32>,
    /// The day on which the fees were last confirmed.
    pub fees_as_of: Option<Date>,
    /// Facts for an imprint.
    pub legal: Option<Legal>,
    /// A logo: a file in `images/`.
    pub logo: Option<FilePath>,
    /// A small square picture for the browser's tab: an SVG or PNG in `images/`.
    pub icon: Option<FilePath>,
    /// Whether a card with its title is drawn for each page without a picture, which networks show when somebody shares
    /// the page.
    #[serde(default)]
    pub social_cards: bool,
    /// What happens with HTML in texts.
    #[serde(default)]
    pub raw_html: RawHtml,
    /// The site's own domain, for hosts that want a CNAME file.
    pub custom_domain: Option<Host>,
    /// What others say.
    #[serde(default)]
    pub testimonials: Vec<Testimonial>,
    /// The practice's profiles elsewhere.
    #[serde(default)]
    pub same_as: Vec<WebAddress>,
    /// Short notices on every page, such as holidays; they expire by themselves.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// The theme and its settings.
    #[serde(default)]
    pub theme: ThemeChoice,
    /// The main navigation; from the pages' weights where not given.
    pub navigation: Option<Vec<NavigationEntry>>,
    /// Counting visits; off where not given. It allows the service's host; its script stands in the theme.
    pub analytics: Option<Analytics>,
    /// Hosts that pages may contact.
    #[serde(default)]
    pub allow_hosts: Vec<Host>,
    /// Findings that were looked at and answered.
    #[serde(default)]
    pub acknowledge: Vec<Acknowledgement>,
    /// How works are cited, and listed at the end of a page.
    #[serde(default)]
    pub citation_style: CitationStyle,
    /// How many articles stand on a list page; 20 where not given.
    pub page_size: Option<u32>,
    /// Whether visitors can search the site, on a page of its own that every page leads to. `false` switches it off; a
    /// site of a few pages without articles has none either.
    pub search: Option<bool>,
}

/// Whether therapy, coaching or both are offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PracticeKind {
    /// By licensed or registered professionals.
    LicensedTherapy,
    /// Without a licence.
    Coaching,
    /// Both.
    Mixed,
}

impl PracticeKind {
    /// The word in practice.yaml.
    pub fn key(self) -> &'static str {
        match self {
            PracticeKind::LicensedTherapy => "licensed-therapy",
            PracticeKind::Coaching => "coaching",
            PracticeKind::Mixed => "mixed",
        }
    }
}

/// A way to reach the practice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ContactWay {
    Email,
    Phone,
    Text,
    Form,
    Booking,
}

/// A place where sessions are held.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// What it is called.
    pub label: String,
    /// The address.
    pub address: Option<Address>,
    /// The area, where there is no address to give.
    pub area: Option<String>,
    /// Whether sessions here are online.
    #[serde(default)]
    pub online: bool,
    /// Where it lies on a map.
    pub geo: Option<Geo>,
    /// Hours per weekday: `monday: "09:00-17:00"`.
    #[serde(default)]
    pub hours: WeekHours,
    /// Days on which it is closed.
    #[serde(default)]
    pub closures: Vec<Closure>,
    /// How to get there and in: steps, lift, parking, transit.
    #[serde(default)]
    pub access: Vec<String>,
}

/// A postal address.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// The town.
    pub city: String,
    /// The state or region.
    pub region: Option<String>,
    /// The postal code, in quotes.
    pub postal_code: Option<String>,
    /// The country.
    pub country: Country,
}

/// A place on the map.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Geo {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Hours per weekday.
#[derive(Clone, Default, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct WeekHours {
    pub monday: Option<Hours>,
    pub tuesday: Option<Hours>,
    pub wednesday: Option<Hours>,
    pub thursday: Option<Hours>,
    pub friday: Option<Hours>,
    pub saturday: Option<Hours>,
    pub sunday: Option<Hours>,
}

impl WeekHours {
    /// The days in order, each with its key in a theme's locale.
    pub fn days(&self) -> [(&'static str, Option<&Hours>); 7] {
        [
            ("monday", self.monday.as_ref()),
            ("tuesday", self.tuesday.as_ref()),
            ("wednesday", self.wednesday.as_ref()),
            ("thursday", self.thursday.as_ref()),
            ("friday", self.friday.as_ref()),
            ("saturday", self.saturday.as_ref()),
            ("sunday", self.sunday.as_ref()),
        ]
    }
}

/// Days on which a location is closed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Option<Date>,
    /// Why, if visitors should know.
    pub reason: Option<String>,
}

/// Maps of the locations.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Maps {
    /// Whose maps.
    pub provider: MapProvider,
    /// A plain link, or a panel that loads the map once the visitor asks for it.
    #[serde(default)]
    pub mode: MapMode,
}

/// Whose maps.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MapProvider {
    /// openstreetmap.org.
    Openstreetmap,
    /// Google Maps.
    Google,
}

impl MapProvider {
    /// Where its maps come from.
    pub fn origin(self) -> &'static str {
        match self {
            MapProvider::Openstreetmap => "https://www.openstreetmap.org",
            MapProvider::Google => "https://www.google.com",
        }
    }
}

/// How a map is offered.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MapMode {
    /// A link that leads to the map.
    #[default]
    Link,
    /// A panel that names the host first and loads the map on a click.
    ClickToLoad,
}

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

/// An insurer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Insurance {
    /// The insurer's name.
    pub payer: String,
    /// Whether the practice is in its network.
    pub in_network: bool,
}

/// Help with insurers outside the network.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutOfNetwork {
    /// Whether a bill is given that clients can hand in.
    pub superbill: bool,
}

/// Crisis help.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Crisis {
    /// Whether it is shown.
    pub show: bool,
    /// The countries whose numbers are shown; those of the jurisdictions where not given.
    pub countries: Vec<Country>,
    /// Further help, such as a local line.
    pub extra: Vec<CrisisExtra>,
}

impl Default for Crisis {
    fn default() -> Crisis {
        Crisis { show: true, countries: Vec::new(), extra: Vec::new() }
    }
}

/// A further crisis line.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CrisisExtra {
    /// Who answers.
    pub name: String,
    /// The number, as it is dialled in the country.
    pub number: String,
    /// When and for whom.
    pub note: Option<String>,
}

/// What coaching is not.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoachingStatement {
    /// One or two sentences, in the practice's own words.
    pub text: String,
    /// A page that says more.
    pub page: Option<String>,
}

/// Facts for an imprint.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Legal {
    /// The VAT identification number.
    pub vat_id: Option<String>,
    /// The register and the number in it.
    pub register: Option<String>,
    /// The supervising authority.
    pub authority: Option<String>,
    /// The professional chamber.
    pub chamber: Option<String>,
    /// The professional title.
    pub title: Option<String>,
    /// The state that gave the title.
    pub title_state: Option<String>,
    /// Who answers for the content.
    pub responsible: Option<String>,
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

/// What somebody says of the practice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Testimonial {
    /// The words.
    pub text: String,
    /// By whom, as agreed.
    pub attribution: Option<String>,
    /// How the person knows the practice.
    pub relation: Relation,
    /// The consent to publish.
    pub consent: Consent,
    /// Whether something was given for it.
    pub incentive: bool,
    /// Whether it is about clinical matters.
    pub clinical: Option<bool>,
    /// Where it was given.
    pub source: Option<WebAddress>,
}

/// How somebody who speaks of a practice knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A client.
    Client,
    /// A client once.
    FormerClient,
    /// A colleague, a supervisor, an employee.
    Colleague,
    /// Somebody who attended a talk or a course.
    Attendee,
}

impl Relation {
    /// The word in practice.yaml, which is also the key in a theme's locale.
    pub fn key(self) -> &'static str {
        match self {
            Relation::Client => "client",
            Relation::FormerClient => "former-client",
            Relation::Colleague => "colleague",
            Relation::Attendee => "attendee",
        }
    }
}

/// Consent to publish.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// When it was given.
    pub date: Date,
    /// What it covers.
    pub scope: String,
}

/// A short notice on every page.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The notice, in markdown.
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
    pub settings: BTreeMap<String, SettingValue>,
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
    /// The file it concerns; every file where not given.
    pub path: Option<String>,
}
