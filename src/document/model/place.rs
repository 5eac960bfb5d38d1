//! practice.yaml: where and when the practice works.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::values::{Country, Date, Hours};

/// A place where sessions are held.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// What it is called.
    #[schemars(extend("x-words" = "name"))]
    pub label: String,
    /// The address.
    pub address: Option<Address>,
    /// The area, where there is no address to give.
    #[schemars(extend("x-words" = "name"))]
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
    #[schemars(extend("x-words" = "text"))]
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

/// Countries where the code follows the region, or the town where there is none.
const CODE_LAST: &[&str] = &["US", "CA", "AU", "NZ", "IN", "ZA", "SG", "HK", "GB", "IE", "KR", "BR"];

impl Address {
    /// The address in lines, as the country writes it.
    pub fn lines(&self) -> Vec<String> {
        let part = |part: &Option<String>| part.clone().filter(|part| !part.trim().is_empty());
        let code = part(&self.postal_code);
        // `US-OR` for `OR`: envelopes bear the part alone.
        let country = format!("{}-", &*self.country);
        let region = part(&self.region).map(|region| region.trim_start_matches(&country).to_string());
        let town = match (CODE_LAST.contains(&&*self.country), region, code) {
            (true, Some(region), Some(code)) => format!("{}, {region} {code}", self.city),
            (true, None, Some(code)) => format!("{}, {code}", self.city),
            (false, Some(region), Some(code)) => format!("{code} {}, {region}", self.city),
            (false, None, Some(code)) => format!("{code} {}", self.city),
            (_, Some(region), None) => format!("{}, {region}", self.city),
            (_, None, None) => self.city.clone(),
        };
        vec![self.street.clone(), town]
    }
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
    #[schemars(extend("x-words" = "text"))]
    pub reason: Option<String>,
}

impl Closure {
    /// The last day on which it is closed.
    pub fn last(&self) -> Date {
        self.until.unwrap_or(self.from)
    }
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
