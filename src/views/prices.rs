//! Prices as the site's language writes them.
//!
//! Owns that a price is one text, made here and nowhere else: with what it pays for, and whether less can be agreed. A
//! template prints it, in whatever place, and puts nothing to it.

use super::maker::Maker;
use crate::contract::view::{PackageView, PersonFeeView, PersonView};
use crate::document::model::{Package, Price};
use crate::document::values::Currency;

impl Maker<'_> {
    /// The currency of a price: its own, else the practice's, else the dollar.
    fn currency(&self, price: Option<&Price>) -> String {
        let own = price.and_then(|price| price.currency.as_ref());
        let own = own.or(self.site.practice.value.currency.as_ref());
        own.map_or_else(|| "USD".to_string(), |Currency(code)| code.clone())
    }

    /// What something costs: `$110 a session`, `from £80 an hour`, `80–120 €`, `Free`; none where nothing is said.
    pub(super) fn price(&self, price: &Price) -> Option<String> {
        if price.costs_nothing() {
            return Some(self.word("free"));
        }
        let currency = self.currency(Some(price));
        let home = self.site.practice.value.only_country();
        let money = |from, to| self.theme.words.money(from, to, &currency, home);
        let put = |key: &str, price: String| self.word(key).replace("{price}", &price);
        let amount = match (price.amount, price.from, price.to) {
            (Some(amount), ..) => money(amount, None),
            // Which end is meant for which is told as a finding.
            (None, Some(from), Some(to)) => money(from.min(to), Some(from.max(to))),
            (None, Some(from), None) => put("price_from", money(from, None)),
            (None, None, Some(to)) => put("price_to", money(to, None)),
            (None, None, None) => return price.sliding_scale.then(|| self.word("sliding_scale")),
        };
        let text = match price.per.as_deref().map(str::trim).filter(|per| !per.is_empty()) {
            Some(per) => format!("{amount} {}", self.theme.words.per(per)),
            None => amount,
        };
        Some(if price.sliding_scale { put("price_or_less", text) } else { text })
    }

    /// Several sessions at one price: `6 sessions, $600`.
    pub(super) fn package(&self, package: &Package, service: Option<&Price>) -> PackageView {
        let sessions = self.theme.words.count("sessions", u64::from(package.sessions));
        let home = self.site.practice.value.only_country();
        let price = self.theme.words.money(package.price, None, &self.currency(service), home);
        PackageView {
            text: self.word("package_price").replace("{sessions}", &sessions).replace("{price}", &price),
            sessions,
            price,
            validity: package.validity.clone(),
            refund_terms: package.refund_terms.clone(),
        }
    }

    /// The people whose fees are their own.
    pub(super) fn own_fees(&self, people: &[PersonView]) -> Vec<PersonFeeView> {
        let fee = |person: &PersonView| {
            let price = person.price.clone()?;
            Some(PersonFeeView { name: person.name.clone(), href: person.href.clone(), price })
        };
        people.iter().filter_map(fee).collect()
    }
}
