//! `practitioners/NAME.md`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::common::{Booking, Focus, Format, Price, front_matter};
use crate::document::values::{Date, FilePath, Jurisdiction, Language, WebAddress};

front_matter! {
    /// A practitioner. The body of the file is the bio.
    pub struct Practitioner {
        /// The full name.
        pub name: String,
        /// The profession, as it may be stated: "Certified Life Coach", "Licensed Psychologist".
        #[schemars(extend("x-words" = "text"))]
        pub role_title: Option<String>,
        /// A sentence or two for lists and search results.
        #[schemars(extend("x-words" = "text"))]
        pub summary: Option<String>,
        /// A portrait: a file beside the page or in `images/`. Without one the theme draws a small landscape of the name's own.
        pub photo: Option<FilePath>,
        /// What the portrait shows.
        #[schemars(extend("x-words" = "text"))]
        pub photo_alt: Option<String>,
        /// Which part of the portrait stays in sight where a theme crops it.
        pub photo_focus: Option<Focus>,
        /// Pronouns, such as `she/her`.
        #[schemars(extend("x-words" = "name"))]
        pub pronouns: Option<String>,
        /// Degrees and certificates.
        #[serde(default)]
        pub credentials: Vec<Credential>,
        /// Licences and registrations.
        #[serde(default)]
        pub licences: Vec<Licence>,
        /// Who supervises an associate or trainee.
        pub supervision: Option<Supervision>,
        /// Professional bodies: `ICF`, or `{ name: ICF, url: https://…, logo: images/icf.svg }`.
        #[serde(default)]
        pub memberships: Vec<Membership>,
        /// Training and study.
        #[serde(default)]
        #[schemars(extend("x-words" = "name"))]
        pub education: Vec<String>,
        /// Languages in which sessions are held, as tags: `[en, es]`.
        #[serde(default)]
        pub languages: Vec<Language>,
        /// Methods.
        #[serde(default)]
        #[schemars(extend("x-words" = "name"))]
        pub modalities: Vec<String>,
        /// Subjects.
        #[serde(default)]
        #[schemars(extend("x-words" = "name"))]
        pub specialties: Vec<String>,
        /// Whom the practitioner works with.
        #[serde(default)]
        #[schemars(extend("x-words" = "name"))]
        pub populations: Vec<String>,
        /// Age groups.
        #[serde(default)]
        #[schemars(extend("x-words" = "name"))]
        pub ages: Vec<String>,
        /// How sessions take place.
        #[serde(default)]
        pub formats: Vec<Format>,
        /// States and countries whose residents may be seen by video.
        #[serde(default)]
        pub serves: Vec<Jurisdiction>,
        /// Whether new clients are taken.
        pub accepting: Option<Accepting>,
        /// Booking of this practitioner, instead of the practice's.
        pub booking: Option<Booking>,
        /// Fees of this practitioner, instead of the services'.
        pub fees: Option<Price>,
        /// Labels of the practice's locations where this practitioner works; all where none is given.
        #[serde(default)]
        pub locations: Vec<String>,
        /// Insurers in whose network this practitioner is, as practice.yaml names them; all of those where none is given.
        #[serde(default)]
        pub insurance: Vec<String>,
        /// The year in which the practitioner began to see clients.
        pub practising_since: Option<u32>,
        /// Order in lists: the smaller, the earlier.
        #[serde(default)]
        pub weight: i32,
    }
}

/// A professional body.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Membership {
    /// Its name.
    Name(String),
    /// Its name, with more.
    Body(ProfessionalBody),
}

/// A professional body with its page and its logo.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfessionalBody {
    /// What it is called.
    #[schemars(extend("x-words" = "name"))]
    pub name: String,
    /// Its page, or where the membership can be looked up.
    pub url: Option<WebAddress>,
    /// Its logo, where it lets members show it: a file beside the page or in `images/`.
    pub logo: Option<FilePath>,
}

impl Membership {
    /// What the body is called.
    pub fn name(&self) -> &str {
        match self {
            Membership::Name(name) => name,
            Membership::Body(body) => &body.name,
        }
    }

    /// The body, where more than its name is given.
    pub fn body(&self) -> Option<&ProfessionalBody> {
        match self {
            Membership::Name(_) => None,
            Membership::Body(body) => Some(body),
        }
    }
}

// By hand instead of `untagged`, whose messages tell an author nothing.
impl<'de> Deserialize<'de> for Membership {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Membership, D::Error> {
        match serde_yaml::Value::deserialize(deserializer)? {
            serde_yaml::Value::String(name) => Ok(Membership::Name(name)),
            value => ProfessionalBody::deserialize(value).map(Membership::Body).map_err(serde::de::Error::custom),
        }
    }
}

/// A degree or certificate.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// The letters after the name.
    #[schemars(extend("x-words" = "name"))]
    pub abbr: Option<String>,
    /// What it is called in full.
    #[schemars(extend("x-words" = "name"))]
    pub name: String,
    /// Who gave it.
    #[schemars(extend("x-words" = "name"))]
    pub issuer: Option<String>,
    /// When.
    pub year: Option<u32>,
    /// Where it can be looked up.
    pub url: Option<WebAddress>,
}

/// A licence or registration.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// The kind, such as `LMFT`.
    #[serde(rename = "type")]
    #[schemars(extend("x-words" = "name"))]
    pub kind: String,
    /// The number under which it can be verified.
    pub number: String,
    /// Where it is valid.
    pub jurisdiction: Jurisdiction,
    /// Whether it is a full one.
    #[serde(default)]
    pub status: LicenceStatus,
    /// The board that issued it.
    #[schemars(extend("x-words" = "name"))]
    pub board: Option<String>,
    /// Where it can be verified.
    pub verify_url: Option<WebAddress>,
    /// Its last day. From the day after, no page shows the licence any more.
    pub expires: Option<Date>,
}

impl Licence {
    /// Whether it has not ended on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.expires.is_none_or(|last| day <= last)
    }
}

/// How far a licence reaches.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LicenceStatus {
    /// Practises independently.
    #[default]
    Full,
    /// Practises under supervision after the degree.
    Associate,
    /// Practises under supervision as part of training.
    Trainee,
    /// Registered rather than licensed.
    Registered,
}

/// Who answers for an associate's or trainee's work.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervision {
    /// The supervisor's name.
    pub supervisor: String,
    /// The supervisor's licence: kind and number.
    pub supervisor_licence: Option<String>,
    /// Who employs the associate.
    pub employer: Option<String>,
}

/// Whether new clients are taken, and when that was last true.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accepting {
    /// Yes, after a waitlist, or no.
    pub status: AcceptingStatus,
    /// The day on which this was last confirmed.
    pub as_of: Date,
}

/// Whether new clients are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AcceptingStatus {
    /// There is room.
    Yes,
    /// There will be room.
    Waitlist,
    /// There is none.
    No,
}

impl AcceptingStatus {
    /// The word in front matter, which is also the key in a theme's locale.
    pub fn key(self) -> &'static str {
        match self {
            AcceptingStatus::Yes => "yes",
            AcceptingStatus::Waitlist => "waitlist",
            AcceptingStatus::No => "no",
        }
    }
}
