//! A service and what it costs.

use serde_json::{Value, json};

use super::{Node, mention};
use crate::document::model::{self, Price};
use crate::document::values::Amount;
use crate::pages::Builder;

impl Builder<'_> {
    pub(super) fn service_node(&self, index: usize) -> Value {
        let service = &self.site().services[index];
        let front = &service.entry.front;
        let practice = &self.site().practice.value;
        let url = self.maker.canonical(self.route.url.as_str());
        let booking = front.booking.as_ref().or(practice.booking.as_ref());
        let channels = front.formats.iter().map(|format| {
            Node::new("ServiceChannel")
                .with("name", self.maker.word(&format!("formats.{}", format.key())))
                .maybe("serviceUrl", booking.map(|booking| booking.url.0.as_str()))
        });
        Node::new("Service")
            .id(format!("{url}#service"))
            .with("name", front.title.as_str())
            .with("serviceType", self.maker.word(&format!("service_kinds.{}", front.kind.key())))
            .with("description", front.summary.as_str())
            .with("url", url)
            .with("provider", mention(self.practice_id()))
            .all("areaServed", self.areas())
            .all("availableChannel", channels)
            .all("offers", self.offers(front))
            .into()
    }

    /// An offer for the price, and one for each package.
    fn offers(&self, front: &model::Service) -> Vec<Node> {
        let own = front.price.as_ref().and_then(|price| price.currency.as_ref());
        let currency = own.or(self.site().practice.value.currency.as_ref()).map(|currency| currency.0.as_str());
        let Some(currency) = currency else {
            // A price without a currency is none; something free needs none.
            return front.price.iter().filter(|price| price.costs_nothing()).map(|_| offer("0", None)).collect();
        };
        let packages = front.packages.iter().map(|package| {
            let sessions = Node::new("QuantitativeValue").with("value", package.sessions);
            offer(&decimal(package.price), Some(currency)).with("eligibleQuantity", sessions)
        });
        front.price.as_ref().and_then(|price| of(price, currency)).into_iter().chain(packages).collect()
    }
}

fn of(price: &Price, currency: &str) -> Option<Node> {
    match (price.costs_nothing(), price.amount, price.from, price.to) {
        (true, ..) => Some(offer("0", Some(currency))),
        (_, Some(amount), ..) => Some(offer(&decimal(amount), Some(currency))),
        (_, None, None, None) => None,
        (_, None, from, to) => Some(
            Node::new("AggregateOffer")
                .with("priceCurrency", currency)
                .maybe("lowPrice", from.map(decimal))
                .maybe("highPrice", to.map(decimal)),
        ),
    }
}

fn offer(price: &str, currency: Option<&str>) -> Node {
    Node::new("Offer").with("price", json!(price)).maybe("priceCurrency", currency)
}

/// An amount as schema.org writes it: `92.50`, whatever the site's language.
fn decimal(amount: Amount) -> String {
    match amount.0 % 100 {
        0 => (amount.0 / 100).to_string(),
        cents => format!("{}.{cents:02}", amount.0 / 100),
    }
}
