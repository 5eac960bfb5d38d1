//! practice.yaml: who the practice is and what it offers.
//!
//! Owns its facts. Its places, what others say of it and how its website works are in the files beside this.

use schemars::JsonSchema;
use serde::Deserialize;

use super::common::Booking;
use super::place::{Location, Maps};
use super::testimonial::Testimonial;
use super::website::{
    Acknowledgement, Analytics, CitationStyle, ContactForm, Hosting, NavigationEntry, Notice, Publish, RawHtml,
    ThemeChoice, WebHost,
};
use crate::document::values::{
    Country, Currency, Date, Dialled, Email, FilePath, Host, Jurisdiction, Language, Phone, TimeZone, WebAddress,
};

/// The practice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// The name of the practice.
    #[schemars(extend("x-words" = "name"))]
    pub name: String,
    /// A shorter name for the top of every page.
    #[schemars(extend("x-words" = "name"))]
    pub short_name: Option<String>,
    /// The name in contracts, where it is another.
    pub legal_name: Option<String>,
    /// A few words that say what the practice is.
    #[schemars(extend("x-words" = "text"))]
    pub tagline: Option<String>,
    /// A sentence or two for search results.
    #[schemars(extend("x-words" = "text"))]
    pub description: String,
    /// The site's language. Where there are several, `languages` says it.
    #[serde(default = "no_language")]
    pub language: Language,
    /// The site's languages, where there are several: the main one first. Words in the others lie beside each file:
    /// `about.en.md` beside `about.md`, `practice.en.yaml` beside this file.
    #[serde(default)]
    pub languages: Vec<Language>,
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
    #[schemars(extend("x-words" = "text"))]
    pub response_time: Option<String>,
    /// Where sessions take place.
    #[serde(default)]
    pub locations: Vec<Location>,
    /// The time zone of the hours, such as `America/Los_Angeles`.
    pub time_zone: Option<TimeZone>,
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
    #[schemars(extend("x-words" = "text"))]
    pub payment_methods: Vec<String>,
    /// The currency of all fees.
    pub currency: Option<Currency>,
    /// Insurers.
    #[serde(default)]
    pub insurance: Vec<Insurance>,
    /// Help with insurers outside the network.
    pub out_of_network: Option<OutOfNetwork>,
    /// Who can pay less, and how to ask.
    #[schemars(extend("x-words" = "text"))]
    pub sliding_scale: Option<String>,
    /// How sessions are cancelled.
    #[schemars(extend("x-words" = "text"))]
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
    /// The logo in dark mode, where the other can't be seen on a dark ground: a file in `images/`.
    pub logo_dark: Option<FilePath>,
    /// A small square picture for the browser's tab: an SVG or PNG in `images/`.
    pub icon: Option<FilePath>,
    /// Whether a card with its title is drawn for each page without a picture, which networks show when somebody shares
    /// the page.
    #[serde(default)]
    pub social_cards: bool,
    /// Whether photographs are published as AVIF, too: smaller files, for which the first build of each picture takes many
    /// times as long.
    #[serde(default)]
    pub avif: bool,
    /// Where the website is hosted: the build makes the files that this host reads. `webspace` is any with Apache, and what is
    /// taken where nothing is written.
    pub host: Option<WebHost>,
    /// Who stores and delivers the website, for the privacy page.
    pub hosting: Option<Hosting>,
    /// Where `anteroom publish` puts the website.
    pub publish: Option<Publish>,
    /// For how long messages are kept, as a sentence of the privacy page: "We delete them six months after our last
    /// contact."
    #[schemars(extend("x-words" = "text"))]
    pub messages_kept: Option<String>,
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
    /// The theme's name, or the theme and its settings.
    #[serde(default, deserialize_with = "ThemeChoice::by_name_or_block")]
    #[schemars(schema_with = "ThemeChoice::name_or_block")]
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

/// The language of a practice that says none; `document` takes the first of its languages, or tells the fault.
fn no_language() -> Language {
    Language(String::new())
}

/// Whether therapy, coaching or both are offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PracticeKind {
    /// By licensed or registered professionals.
    #[schemars(extend("x-also" = ["therapy", "psychotherapy", "counselling", "counseling"]))]
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

impl ContactWay {
    const ALL: [ContactWay; 5] =
        [ContactWay::Email, ContactWay::Phone, ContactWay::Text, ContactWay::Booking, ContactWay::Form];

    /// The word in practice.yaml.
    pub fn key(self) -> &'static str {
        match self {
            ContactWay::Email => "email",
            ContactWay::Phone => "phone",
            ContactWay::Text => "text",
            ContactWay::Form => "form",
            ContactWay::Booking => "booking",
        }
    }
}

impl Practice {
    /// The country that the practice works in, where there is but one.
    pub fn only_country(&self) -> Option<&str> {
        let mut countries = self.jurisdictions.iter().map(Jurisdiction::country);
        let first = countries.next()?;
        countries.all(|country| country == first).then_some(first)
    }

    /// Whether somebody can reach the practice in this way.
    pub fn has(&self, way: ContactWay) -> bool {
        match way {
            ContactWay::Email => self.email.is_some(),
            ContactWay::Phone => self.phone.is_some(),
            ContactWay::Text => self.phone.is_some() && self.sms_ok,
            ContactWay::Form => self.contact_form.is_some(),
            ContactWay::Booking => self.booking.is_some(),
        }
    }

    /// The insurers in whose network the practice is.
    pub fn in_network(&self) -> impl Iterator<Item = &str> {
        self.insurance.iter().filter(|insurer| insurer.in_network).map(|insurer| insurer.payer.as_str())
    }

    /// The ways in which somebody can reach the practice, the one that it likes best first.
    pub fn contact_ways(&self) -> Vec<ContactWay> {
        let mut ways: Vec<ContactWay> = ContactWay::ALL.into_iter().filter(|way| self.has(*way)).collect();
        ways.sort_by_key(|way| Some(*way) != self.preferred_contact);
        ways
    }
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
    #[schemars(extend("x-words" = "name"))]
    pub name: String,
    /// The number, as it is dialled in the country.
    pub number: Dialled,
    /// Whether it is called or texted; texted where there is a `keyword`, else called.
    pub reach: Option<Reach>,
    /// The word that a text message to it must hold.
    pub keyword: Option<String>,
    /// When and for whom.
    #[schemars(extend("x-words" = "text"))]
    pub note: Option<String>,
}

impl CrisisExtra {
    /// Whether it is called or texted: nobody says a word to send of a line that is called.
    pub fn reach(&self) -> Reach {
        self.reach.unwrap_or(if self.keyword.is_some() { Reach::Text } else { Reach::Call })
    }
}

/// How a crisis line is reached.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// By a call.
    #[default]
    #[schemars(extend("x-also" = ["phone", "telephone", "calls", "voice"]))]
    Call,
    /// By a call or a text message.
    #[schemars(extend("x-also" = ["both", "call and text", "text or call"]))]
    CallOrText,
    /// By a text message only.
    #[schemars(extend("x-also" = ["sms", "message", "texts"]))]
    Text,
}

impl Reach {
    /// Whether it takes calls.
    pub fn calls(self) -> bool {
        self != Reach::Text
    }

    /// Whether it takes text messages.
    pub fn texts(self) -> bool {
        self != Reach::Call
    }
}

/// What coaching is not.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoachingStatement {
    /// One or two sentences, in the practice's own words.
    #[schemars(extend("x-words" = "text"))]
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
    /// Who represents a company: its managing directors, its board.
    pub represented_by: Option<String>,
    /// The number by which authorities know the business: the W-IdNr. in Germany, the UID in Switzerland, the NIF in Spain and Portugal,
    /// the SIRET in France, the KvK number in the Netherlands.
    pub business_id: Option<String>,
    /// What the business does, as an Austrian imprint says it.
    #[schemars(extend("x-words" = "name"))]
    pub activity: Option<String>,
    /// The rules of the profession, and where to read them.
    #[serde(default)]
    pub rules: Vec<ProfessionalRules>,
    /// The professional title.
    pub title: Option<String>,
    /// The state that gave the title.
    pub title_state: Option<String>,
    /// Who answers for the content.
    pub responsible: Option<String>,
}

/// Rules of a profession.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfessionalRules {
    /// What they are called.
    pub name: String,
    /// Where they can be read.
    pub url: Option<WebAddress>,
}
