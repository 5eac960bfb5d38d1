//! The practice: a medical business where licensed people work, else a local business or an organisation.

use serde_json::Value;

use super::Node;
use crate::document::model::{AcceptingStatus, Address, Closure, Location, Practice, PracticeKind};
use crate::document::values::Jurisdiction;
use crate::markup::pictures;
use crate::pages::Builder;

impl Builder<'_> {
    fn practice(&self) -> &Practice {
        &self.site().practice.value
    }

    /// The first address; for a local business without one the part of a country where it works, since search
    /// engines want some address of it.
    fn address(&self) -> Option<Value> {
        let practice = self.practice();
        let given = practice.locations.iter().find_map(|location| location.address.as_ref());
        if given.is_some() || self.practice_kind() == "Organization" {
            return given.map(postal);
        }
        let place = practice.jurisdictions.first()?;
        let region = place.split_once('-').map(|(_, region)| region);
        let node = Node::new("PostalAddress").maybe("addressRegion", region).with("addressCountry", place.country());
        Some(node.into())
    }

    /// What the practice is. Only a clinic can say whether it takes new patients or with which insurers it works;
    /// coaching is never medical.
    fn practice_kind(&self) -> &'static str {
        let practice = self.practice();
        let accepts = self.site().practitioners.iter().any(|person| person.front.accepting.is_some());
        let somewhere = practice.locations.iter().any(|location| location.address.is_some() || location.area.is_some());
        match practice.kind {
            PracticeKind::LicensedTherapy | PracticeKind::Mixed if accepts || !practice.insurance.is_empty() => {
                "MedicalClinic"
            }
            PracticeKind::LicensedTherapy | PracticeKind::Mixed => "MedicalBusiness",
            PracticeKind::Coaching if somewhere => "LocalBusiness",
            PracticeKind::Coaching => "Organization",
        }
    }

    /// The practice as every page names it.
    pub(super) fn practice_in_short(&self) -> Value {
        Node::new(self.practice_kind())
            .id(self.practice_id())
            .with("name", self.practice().name.as_str())
            .with("url", self.maker.canonical(""))
            .maybe("telephone", self.practice().phone.as_deref())
            .maybe("address", self.address())
            .into()
    }

    /// The practice with everything that it states.
    pub(super) fn practice_node(&self) -> Value {
        let practice = self.practice();
        let kind = self.practice_kind();
        let logo = practice
            .logo
            .as_ref()
            .and_then(|logo| pictures::find(self.site(), self.maker.routes, &self.site().practice.path, logo).ok());
        let node = Node::new(kind)
            .id(self.practice_id())
            .with("name", practice.name.as_str())
            .maybe("legalName", practice.legal_name.as_deref())
            .with("description", practice.description.as_str())
            .with("url", self.maker.canonical(""))
            .maybe("email", practice.email.as_deref())
            .maybe("telephone", practice.phone.as_deref())
            .maybe("address", self.address())
            .all("areaServed", self.areas())
            .all("sameAs", practice.same_as.iter().map(|url| url.0.as_str()))
            .maybe("logo", logo.map(|logo| self.maker.canonical(&logo.url)));
        if kind == "Organization" {
            return node.into();
        }
        let at = practice.locations.iter().position(|location| location.address.is_some()).unwrap_or_default();
        let there = practice.locations.get(at);
        let closures = self.site().closures(at).map(closed);
        let node = node
            .maybe(
                "geo",
                there.and_then(|location| location.geo.as_ref()).map(|geo| {
                    Node::new("GeoCoordinates").with("latitude", geo.latitude).with("longitude", geo.longitude)
                }),
            )
            .all("openingHoursSpecification", there.map(hours).unwrap_or_default().into_iter().chain(closures))
            .maybe("paymentAccepted", Some(practice.payment_methods.join(", ")).filter(|methods| !methods.is_empty()))
            .maybe("currenciesAccepted", practice.currency.as_deref());
        match (kind, self.accepts()) {
            ("MedicalClinic", Some(accepts)) => node.with("isAcceptingNewPatients", accepts).into(),
            _ => node.into(),
        }
    }

    /// Whether anybody takes new clients; not known where nobody says so.
    fn accepts(&self) -> Option<bool> {
        let mut stated =
            self.site().practitioners.iter().filter_map(|person| person.front.accepting.as_ref()).peekable();
        stated.peek()?;
        Some(stated.any(|accepting| accepting.status == AcceptingStatus::Yes))
    }

    /// Where people are served.
    pub(super) fn areas(&self) -> Vec<Value> {
        let practice = self.practice();
        let places = practice.jurisdictions.iter().map(|place| area(place).into());
        let areas = practice.locations.iter().filter_map(|location| location.area.as_deref());
        places.chain(areas.map(|name| Node::new("Place").with("name", name).into())).collect()
    }
}

/// A jurisdiction by its code: names of states and countries differ by language, codes do not.
pub(super) fn area(place: &Jurisdiction) -> Node {
    let kind = if place.contains('-') { "AdministrativeArea" } else { "Country" };
    Node::new(kind).with("name", place.0.as_str())
}

fn postal(address: &Address) -> Value {
    Node::new("PostalAddress")
        .with("streetAddress", address.street.as_str())
        .with("addressLocality", address.city.as_str())
        .maybe("addressRegion", address.region.as_deref())
        .maybe("postalCode", address.postal_code.as_deref())
        .with("addressCountry", address.country.0.as_str())
        .into()
}

/// Closed days: search engines take hours that begin and end at midnight for none
/// (<https://developers.google.com/search/docs/appearance/structured-data/local-business>).
fn closed(closure: &Closure) -> Value {
    Node::new("OpeningHoursSpecification")
        .with("opens", "00:00")
        .with("closes", "00:00")
        .with("validFrom", closure.from.to_string())
        .with("validThrough", closure.last().to_string())
        .into()
}

/// Opening hours, a node for each stretch of a day.
fn hours(location: &Location) -> Vec<Value> {
    let mut nodes = Vec::new();
    for (day, hours) in location.hours.days() {
        let Some(hours) = hours.filter(|hours| &***hours != "closed") else { continue };
        let name = day[..1].to_uppercase() + &day[1..];
        for (opens, closes) in hours.split(',').filter_map(|stretch| stretch.trim().split_once('-')) {
            nodes.push(
                Node::new("OpeningHoursSpecification")
                    .with("dayOfWeek", format!("https://schema.org/{name}"))
                    .with("opens", opens.trim())
                    .with("closes", closes.trim())
                    .into(),
            );
        }
    }
    nodes
}
