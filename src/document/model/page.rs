//! Every other markdown file: the home page, about, contact, policies, …

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, de};

use super::common::{Faq, Focus, OWN, OwnFields, front_matter};
use super::service::Step;
use super::website::SettingValue;
use crate::document::schema::OPEN;
use crate::document::values::{Date, FilePath, Markdown};

front_matter! {
    /// A page.
    pub struct Page {
        /// The title.
        #[schemars(extend("x-words" = "text"))]
        pub title: String,
        /// A sentence or two for search results and under the title.
        #[schemars(extend("x-words" = "text"))]
        pub summary: Option<String>,
        /// How the page is laid out.
        #[serde(default)]
        pub layout: Layout,
        /// Blocks below the text, in this order; mostly of the home page.
        #[serde(default)]
        pub sections: Vec<Block>,
        /// What a policy page is about and since when it holds.
        pub policy: Option<Policy>,
        /// Questions and answers below the text.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        pub faqs: Vec<Faq>,
        /// Order in a navigation that is not written in practice.yaml: the smaller, the earlier.
        #[serde(default)]
        pub weight: i32,
    }
}

/// How a page is laid out.
#[derive(Clone, Default, PartialEq, Eq, Hash, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("x-open" = true))]
pub enum Layout {
    /// Text.
    #[default]
    Page,
    /// Text beside the practice's addresses, hours, booking and form.
    Contact,
    /// Text and the table of fees.
    Fees,
    /// Questions and answers.
    Faq,
    /// A policy with its dates.
    Policy,
    /// Sections, as on the home page.
    Landing,
    /// The theme's own layout of this name.
    #[serde(untagged)]
    #[schemars(skip)]
    Own(String),
}

/// What a policy page is about and since when it holds.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What it is about.
    #[serde(rename = "type")]
    pub kind: PolicyKind,
    /// Since when it holds.
    pub effective: Option<Date>,
    /// When somebody last checked that it is still right.
    pub reviewed: Option<Date>,
}

/// What a policy is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyKind {
    /// What happens with visitors' data.
    Privacy,
    /// How far the site is accessible.
    Accessibility,
    /// Terms of the service.
    Terms,
    /// The US Notice of Privacy Practices.
    PrivacyPractices,
    /// A policy about health data of consumers.
    ConsumerHealthData,
    /// The US Good Faith Estimate notice.
    GoodFaithEstimate,
    /// Who answers for the site.
    Imprint,
    /// Another policy.
    Other,
}

/// A block of a page: one that every theme knows, or one that the theme brings.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What it says to fields that the theme brings.
    pub own: OwnFields,
}

/// What a block is.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// One that every theme knows.
    Known(Section),
    /// One that a theme brings, by its name.
    Own(String),
}

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Block, D::Error> {
        let mut fields: BTreeMap<String, SettingValue> = BTreeMap::deserialize(deserializer)?;
        let kind = fields.get("type").and_then(|kind| kind.0.as_str()).unwrap_or_default().to_string();
        if !Section::KINDS.contains(&&*kind) {
            fields.remove("type");
            return Ok(Block { kind: BlockKind::Own(kind), own: OwnFields(fields) });
        }
        let own = fields.remove(OWN).map(|own| serde_yaml::from_value(own.0)).transpose();
        let own = own.map_err(de::Error::custom)?.unwrap_or_default();
        let known = fields.into_iter().map(|(name, value)| (serde_yaml::Value::from(name), value.0)).collect();
        let section = serde_yaml::from_value(serde_yaml::Value::Mapping(known)).map_err(de::Error::custom)?;
        Ok(Block { kind: BlockKind::Known(section), own })
    }
}

impl JsonSchema for Block {
    fn schema_name() -> Cow<'static, str> {
        "Block".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let own = OwnFields::json_schema(generator).to_value();
        let mut schema = Section::json_schema(generator);
        schema.insert(OPEN.into(), true.into());
        let variants = schema.get_mut("oneOf").and_then(|variants| variants.as_array_mut());
        for variant in variants.into_iter().flatten() {
            if let Some(fields) = variant.get_mut("properties").and_then(|fields| fields.as_object_mut()) {
                fields.insert(OWN.into(), own.clone());
            }
        }
        schema
    }
}

/// A block of a landing page that every theme knows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Section {
    /// The page's opening.
    Hero {
        /// The page's main heading.
        #[schemars(extend("x-words" = "text"))]
        heading: String,
        /// A few sentences under it, in markdown.
        #[schemars(extend("x-words" = "text"))]
        text: Option<Markdown>,
        /// Links; the first is the one that matters.
        #[serde(default)]
        actions: Vec<Action>,
        /// A few facts beside it; from the practice's own where none are given.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        facts: Vec<Fact>,
        /// Whose face stands in it: a file name in `practitioners/` without `.md`. In a practice of one person it's that
        /// person's, where the hero has no picture.
        person: Option<String>,
        /// A picture.
        image: Option<FilePath>,
        /// What the picture shows.
        #[schemars(extend("x-words" = "text"))]
        image_alt: Option<String>,
        /// Which part of the picture stays in sight where a theme crops it.
        image_focus: Option<Focus>,
    },
    /// The practice's services.
    Services {
        /// The heading.
        #[schemars(extend("x-words" = "text"))]
        heading: Option<String>,
        /// A few sentences under it, in markdown.
        #[schemars(extend("x-words" = "text"))]
        text: Option<Markdown>,
    },
    /// The practice's people.
    Practitioners {
        /// The heading.
        #[schemars(extend("x-words" = "text"))]
        heading: Option<String>,
        /// A few sentences under it, in markdown.
        #[schemars(extend("x-words" = "text"))]
        text: Option<Markdown>,
    },
    /// The newest articles.
    Resources {
        /// The heading.
        #[schemars(extend("x-words" = "text"))]
        heading: Option<String>,
        /// How many; three where not given.
        count: Option<u32>,
    },
    /// How something goes, step by step.
    Steps {
        /// The heading.
        #[schemars(extend("x-words" = "text"))]
        heading: Option<String>,
        /// The steps.
        #[schemars(extend("x-words" = "text"))]
        steps: Vec<Step>,
    },
    /// A sentence that stands alone.
    Quote {
        /// The sentence.
        #[schemars(extend("x-words" = "text"))]
        text: String,
        /// Who said it.
        #[schemars(extend("x-words" = "name"))]
        attribution: Option<String>,
    },
    /// What others say of the practice: the testimonials of practice.yaml.
    Testimonials {
        /// The heading.
        #[schemars(extend("x-words" = "text"))]
        heading: Option<String>,
    },
    /// Questions and answers.
    Faq {
        /// The heading.
        #[schemars(extend("x-words" = "text"))]
        heading: Option<String>,
        /// The questions.
        #[schemars(extend("x-words" = "text"))]
        faqs: Vec<Faq>,
    },
    /// Prose.
    Text {
        /// The heading.
        #[schemars(extend("x-words" = "text"))]
        heading: Option<String>,
        /// The prose, in markdown.
        #[schemars(extend("x-words" = "text"))]
        text: Markdown,
    },
    /// An invitation.
    CallToAction {
        /// The heading.
        #[schemars(extend("x-words" = "text"))]
        heading: String,
        /// A few sentences, in markdown.
        #[schemars(extend("x-words" = "text"))]
        text: Option<Markdown>,
        /// Links; the first is the one that matters.
        #[serde(default)]
        actions: Vec<Action>,
    },
}

impl Section {
    /// What they are called.
    pub const KINDS: &[&str] = &[
        "hero",
        "services",
        "practitioners",
        "resources",
        "steps",
        "quote",
        "testimonials",
        "faq",
        "text",
        "call-to-action",
    ];
}

/// A link with its words.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The words.
    #[schemars(extend("x-words" = "text"))]
    pub label: String,
    /// Where it leads: a file such as `contact.md`, a folder such as `services/`, or a web address.
    pub to: String,
}

/// A fact with its name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// The fact.
    pub text: String,
}
