//! What several kinds of front matter share.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::website::SettingValue;
use crate::document::values::{Amount, Currency, FilePath, Language, Markdown, Slug, WebAddress};

/// Adds the fields that every markdown file has to a front matter's own.
macro_rules! front_matter {
    ($(#[$meta:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($fields)*
            /// The last part of the page's address, instead of the file's name.
            #[schemars(extend("x-words" = "name"))]
            pub slug: Option<crate::document::values::Slug>,
            /// A sentence or two for search results; the summary where it is not given.
            #[schemars(extend("x-words" = "text"))]
            pub description: Option<String>,
            /// A draft is built only with `--drafts`.
            #[serde(default)]
            #[schemars(extend("x-words" = "own"))]
            pub draft: bool,
            /// Asks search engines to leave the page out.
            #[serde(default)]
            pub noindex: bool,
            /// A picture for the page: a file beside it or in `images/`.
            pub image: Option<crate::document::values::FilePath>,
            /// What the picture shows.
            #[schemars(extend("x-words" = "text"))]
            pub image_alt: Option<String>,
            /// Which part of the picture stays in sight where a theme crops it.
            pub image_focus: Option<crate::document::model::Focus>,
            /// Old addresses of the page that lead here.
            #[serde(default)]
            #[schemars(extend("x-words" = "own"))]
            pub aliases: Vec<String>,
            /// The language of the page, if it is not the site's.
            pub lang: Option<crate::document::values::Language>,
            /// Values for fields that your theme adds to pages of this kind; other themes leave them out.
            #[serde(default)]
            #[schemars(extend("x-words" = "name"))]
            pub theme: crate::document::model::OwnFields,
        }

        impl $name {
            /// The fields that every markdown file has.
            pub fn common(&self) -> crate::document::model::Common<'_> {
                crate::document::model::Common {
                    slug: self.slug.as_ref(),
                    description: self.description.as_deref(),
                    draft: self.draft,
                    noindex: self.noindex,
                    image: self.image.as_ref(),
                    image_alt: self.image_alt.as_deref(),
                    image_focus: self.image_focus,
                    aliases: &self.aliases,
                    lang: self.lang.as_ref(),
                    own: &self.theme,
                }
            }
        }
    };
}
pub(crate) use front_matter;

/// The fields that every markdown file has.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // each is documented where authors write it
pub struct Common<'a> {
    pub slug: Option<&'a Slug>,
    pub description: Option<&'a str>,
    pub draft: bool,
    pub noindex: bool,
    pub image: Option<&'a FilePath>,
    pub image_alt: Option<&'a str>,
    pub image_focus: Option<Focus>,
    pub aliases: &'a [String],
    pub lang: Option<&'a Language>,
    pub own: &'a OwnFields,
}

/// The field under which a page or a block says what the theme alone asks.
pub const OWN: &str = "theme";

/// Values for fields that your theme adds here; other themes leave them out.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct OwnFields(pub BTreeMap<String, SettingValue>);

/// Which part of a picture stays in sight where a theme crops it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the words speak for themselves
pub enum Focus {
    Center,
    Top,
    Bottom,
    Left,
    Right,
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}

impl Focus {
    /// The word in front matter, which is also the end of a class.
    pub fn key(self) -> &'static str {
        match self {
            Focus::Center => "center",
            Focus::Top => "top",
            Focus::Bottom => "bottom",
            Focus::Left => "left",
            Focus::Right => "right",
            Focus::TopLeft => "top-left",
            Focus::TopRight => "top-right",
            Focus::BottomLeft => "bottom-left",
            Focus::BottomRight => "bottom-right",
        }
    }
}

/// A question with its answer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Faq {
    /// The question, as a client would ask it.
    pub question: String,
    /// The answer, in markdown.
    pub answer: Markdown,
}

/// How sessions take place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// In a room together.
    #[schemars(extend("x-also" = ["office", "in-office", "face-to-face", "onsite", "on-site", "personal"]))]
    InPerson,
    /// By video.
    #[schemars(extend("x-also" = ["online", "virtual", "remote", "zoom", "telehealth", "teletherapy", "telemedicine"]))]
    Video,
    /// By telephone.
    #[schemars(extend("x-also" = ["telephone", "call", "calls"]))]
    Phone,
    /// Walking outdoors.
    #[schemars(extend("x-also" = ["outdoors", "walking", "nature"]))]
    Walk,
    /// At the client's home.
    Home,
    /// In writing.
    #[schemars(extend("x-also" = ["chat", "messaging", "sms", "email"]))]
    Text,
}

impl Format {
    /// The word in front matter, which is also the key in a theme's locale.
    pub fn key(self) -> &'static str {
        match self {
            Format::InPerson => "in-person",
            Format::Video => "video",
            Format::Phone => "phone",
            Format::Walk => "walk",
            Format::Home => "home",
            Format::Text => "text",
        }
    }
}

/// What a session costs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// The amount.
    pub amount: Option<Amount>,
    /// The currency, if it is not the practice's.
    pub currency: Option<Currency>,
    /// What the amount pays for, in your words: `session`, `hour`.
    #[schemars(extend("x-words" = "text"))]
    pub per: Option<String>,
    /// The lower end of a range.
    pub from: Option<Amount>,
    /// The upper end of a range.
    pub to: Option<Amount>,
    /// Whether it costs nothing.
    #[serde(default)]
    pub free: bool,
    /// Whether a reduced fee can be agreed.
    #[serde(default)]
    pub sliding_scale: bool,
}

impl Price {
    /// Whether it costs nothing: something that costs 0 is free.
    pub fn costs_nothing(&self) -> bool {
        self.free || self.amount == Some(Amount(0))
    }
}

/// Several sessions at one price.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// How many sessions.
    pub sessions: u32,
    /// The price of all of them, in the service's currency.
    pub price: Amount,
    /// How long they can be used.
    #[schemars(extend("x-words" = "text"))]
    pub validity: Option<String>,
    /// What happens with sessions that were not held.
    #[schemars(extend("x-words" = "text"))]
    pub refund_terms: Option<String>,
}

/// Where a first conversation or a session is booked.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Booking {
    /// The service's name, such as `calendly`, or `calendar` for any other.
    pub provider: Option<String>,
    /// The page where clients choose a time.
    pub url: WebAddress,
    /// A plain link, or a panel that loads the calendar once the visitor asks for it.
    #[serde(default)]
    pub mode: BookingMode,
    /// The words on the link.
    #[schemars(extend("x-words" = "text"))]
    pub label: Option<String>,
}

/// How a booking calendar is offered.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BookingMode {
    /// A link that leads to the calendar.
    #[default]
    Link,
    /// A panel that names the host first and loads the calendar on a click.
    ClickToLoad,
}
