//! What several kinds of page show.

use schemars::JsonSchema;
use serde::Serialize;

pub use super::Html;
use super::Once;
use super::setting::FieldsView;

/// A link.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct LinkView {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it leads to another site.
    pub external: bool,
    /// The language of its words, where they aren't translated and are the site's main one's.
    pub lang: Option<String>,
    /// Links below it.
    pub children: Vec<LinkView>,
}

impl LinkView {
    /// A link inside the site, without anything below it.
    pub fn to(label: &str, href: &str) -> LinkView {
        let (label, href) = (label.to_string(), href.to_string());
        LinkView { label, href, external: false, lang: None, children: Vec::new() }
    }

    /// The same link in words of a language that isn't the site's, where it's one.
    pub fn in_words_of(self, lang: &Option<String>) -> LinkView {
        LinkView { lang: lang.clone(), ..self }
    }
}

/// A date.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct DateView {
    /// For `datetime`: `2026-11-22`.
    pub iso: String,
    /// For readers, in the site's language.
    pub text: String,
}

/// A picture.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct PictureView {
    /// Its address.
    pub src: String,
    /// The address of the whole picture, under its author's name.
    pub href: String,
    /// What it shows; empty for ornament.
    pub alt: String,
    /// Pixels across, where known.
    pub width: Option<u32>,
    /// Pixels down, where known.
    pub height: Option<u32>,
    /// The same picture in several widths, for `srcset`; empty where there is only one.
    pub srcset: String,
    /// The picture in smaller formats, for `source` elements, the best first.
    pub sources: Vec<PictureSourceView>,
    /// Its colour from afar, as the end of a class: `tone-{{ tone }}`; none where parts of it are transparent.
    pub tone: Option<String>,
    /// What must stay in sight where it is cropped, as the end of a class: `focus-{{ focus }}`.
    pub focus: Option<String>,
}

/// Width and height.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct SizeView {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// A picture in one format.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct PictureSourceView {
    /// The format: `image/webp`.
    pub media_type: String,
    /// The files and their widths, for `srcset`.
    pub srcset: String,
}

/// Where a time is booked.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct Booking {
    /// The page where clients choose a time.
    pub href: String,
    /// The words on the link; none where the theme's own stand.
    pub label: Option<String>,
    /// The host that it leads to.
    pub host: String,
    /// The company behind it: its name and its host, or the host alone.
    pub company: String,
    /// The calendar inside the page, where it is offered on click.
    pub embed: Option<EmbedView>,
}

/// A frame of another company that is loaded once the visitor asks for it.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct EmbedView {
    /// The frame's address. It must not stand in an attribute that browsers load by themselves.
    pub src: String,
    /// The host that it belongs to, to be named first.
    pub host: String,
    /// What the frame holds, for those who cannot see it.
    pub title: String,
    /// The words on the button.
    pub label: String,
    /// `calendar`, `map`, `video` or `audio`.
    pub kind: String,
}

/// A map of a place.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct MapView {
    /// The map's own page.
    pub href: String,
    /// The host that it leads to.
    pub host: String,
    /// The map inside the page, where it is offered on click.
    pub embed: Option<EmbedView>,
}

/// A film of `::: video`, or a recording of `::: audio`.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct RecordingView {
    /// Its own page, or its file.
    pub href: String,
    /// Its title; empty where the author gave none.
    pub title: String,
    /// Whether it is a file of the site, which no other company learns of.
    pub is_file: bool,
    /// The host that plays it; none for a file of the site.
    pub host: Option<String>,
    /// Its player; none for a file of the site.
    pub embed: Option<EmbedView>,
}

/// Several sessions at one price.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct PackageView {
    /// All of it: `6 sessions, $600`.
    pub text: String,
    /// How many sessions: `6 sessions`.
    pub sessions: String,
    /// The price of all of them: `$600`.
    pub price: String,
    /// How long they can be used.
    pub validity: Option<String>,
    /// What happens with sessions that were not held.
    pub refund_terms: Option<String>,
}

/// What one person takes, in the table of fees.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct PersonFeeView {
    /// The person's name.
    pub name: String,
    /// The person's page.
    pub href: String,
    /// The price: `from £80 an hour`.
    pub price: String,
}

/// A question with its answer.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct FaqView {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer_html: Html,
}

/// A step.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct StepView {
    /// What happens.
    pub title: String,
    /// More of it.
    pub html: Option<Html>,
}

/// A person, in lists and on the person's own page.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct PersonView {
    /// The full name.
    pub name: String,
    /// The language of what is written about them, where it isn't translated and is the site's main one.
    pub lang: Option<String>,
    /// Values of the fields that the theme adds to people, by name.
    #[schemars(extend("x-own" = "practitioner"))]
    pub fields: FieldsView,
    /// The letters of the name, for where there is no portrait.
    pub initials: String,
    /// A number from 0 to 996 that is the name's own: the same at every build, for what a theme draws where there is no portrait.
    pub seed: u32,
    /// The person's page.
    pub href: String,
    /// The profession.
    pub role_title: Option<String>,
    /// A sentence or two.
    pub summary: Option<String>,
    /// The portrait.
    pub photo: Option<PictureView>,
    /// A picture for the person's page.
    pub image: Option<PictureView>,
    /// Pronouns.
    pub pronouns: Option<String>,
    /// Degrees and certificates.
    pub credentials: Vec<CredentialView>,
    /// Licences and registrations.
    pub licences: Vec<LicenceView>,
    /// Who supervises.
    pub supervision: Option<SupervisionView>,
    /// Professional bodies.
    pub memberships: Vec<MembershipView>,
    /// Training and study.
    pub education: Vec<String>,
    /// Languages, by their names.
    pub languages: Vec<String>,
    /// Methods.
    pub modalities: Vec<String>,
    /// Subjects.
    pub specialties: Vec<String>,
    /// Whom the person works with.
    pub populations: Vec<String>,
    /// Age groups.
    pub ages: Vec<String>,
    /// How sessions take place: keys of `t.formats`.
    pub formats: Vec<String>,
    /// Labels of the locations where the person works; empty where at all of them.
    pub locations: Vec<String>,
    /// Whether new clients are taken.
    pub accepting: Option<AcceptingView>,
    /// Where a time with this person is booked.
    pub booking: Option<Booking>,
    /// What a session with this person costs, if not as the services say: `from £80 an hour`. It is whole as it stands.
    pub price: Option<String>,
    /// Insurers in whose network the person is, where not in that of each of the practice's.
    pub insurance: Vec<String>,
    /// Since when the person sees clients: `since 2012`.
    pub since: Option<String>,
    /// The services that the person offers.
    pub services: Vec<LinkView>,
}

/// A professional body to which a person belongs.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct MembershipView {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub url: Option<String>,
    /// Its logo.
    pub logo: Option<PictureView>,
}

/// What speaks for a practice, in a line under the opening of its home page.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct TrustView {
    /// Licences: whole lines of the one person, the kinds alone of several.
    pub licences: Vec<String>,
    /// Certificates and degrees, where nobody has a licence.
    pub credentials: Vec<String>,
    /// Since when the one person sees clients: `since 2012`.
    pub since: Option<String>,
    /// Insurers in whose network the practice is.
    pub in_network: Vec<String>,
    /// Professional bodies, each once.
    pub memberships: Vec<MembershipView>,
}

/// A degree or certificate.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
#[allow(missing_docs)] // as in practitioner front matter
pub struct CredentialView {
    pub abbr: Option<String>,
    pub name: String,
    pub issuer: Option<String>,
    pub year: Option<u32>,
    pub url: Option<String>,
}

/// A licence or registration.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct LicenceView {
    /// The whole of it: `LMFT 12345, Oregon, Board of Licensed Professional Counselors`.
    pub line: String,
    /// Its kind alone, for letters after a name.
    pub kind: String,
    /// Where it can be verified.
    pub verify_url: Option<String>,
}

/// Who answers for an associate's or trainee's work.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
#[allow(missing_docs)] // as in practitioner front matter
pub struct SupervisionView {
    pub supervisor: String,
    pub supervisor_licence: Option<String>,
    pub employer: Option<String>,
}

/// Whether new clients are taken.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct AcceptingView {
    /// `yes`, `waitlist` or `no`: a key of `t.accepting`.
    pub status: String,
    /// When that was last confirmed.
    pub as_of: DateView,
}

/// A service, in lists and on its own page.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct ServiceView {
    /// What it is called.
    pub title: String,
    /// The language of its words, where they aren't translated and are the site's main one's.
    pub lang: Option<String>,
    /// Values of the fields that the theme adds to services, by name.
    #[schemars(extend("x-own" = "service"))]
    pub fields: FieldsView,
    /// A sentence or two.
    pub summary: String,
    /// Its page.
    pub href: String,
    /// A key of `t.service_kinds`.
    pub kind: String,
    /// The heading under which it stands in lists with those that follow and have the same.
    pub group: Option<String>,
    /// How long a session lasts.
    pub duration_min: Option<u32>,
    /// What it costs: `$110 a session`, `Free`. It is whole as it stands.
    pub price: Option<String>,
    /// Several sessions at one price.
    pub packages: Vec<PackageView>,
    /// How sessions take place: keys of `t.formats`.
    pub formats: Vec<String>,
    /// Its picture.
    pub image: Option<PictureView>,
}

/// An article, in lists.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct CardView {
    /// The title.
    pub title: String,
    /// Values of the fields that the theme adds to articles, by name.
    #[schemars(extend("x-own" = "resource"))]
    pub fields: FieldsView,
    /// A sentence or two.
    pub summary: String,
    /// Its page.
    pub href: String,
    /// The day of publication.
    pub date: DateView,
    /// Who wrote it.
    pub author: String,
    /// How long it takes to read.
    pub minutes: u32,
    /// Its topics.
    pub topics: Vec<Once<LinkView>>,
    /// Its picture, an ornament beside the title.
    pub image: Option<PictureView>,
}
