//! Prices as the site's language writes them.

use super::maker::Maker;
use super::view::PriceView;
use crate::document::model::Price;
use crate::document::values::Currency;

impl Maker<'_> {
    /// The currency of a price: its own, else the practice's, else the dollar.
    pub(super) fn currency(&self, price: Option<&Price>) -> String {
        let own = price.and_then(|price| price.currency.as_ref());
        let own = own.or(self.site.practice.value.currency.as_ref());
        own.map_or_else(|| "USD".to_string(), |Currency(code)| code.clone())
    }

    /// A price, or a range of prices.
    pub(super) fn price(&self, price: &Price) -> PriceView {
        let currency = self.currency(Some(price));
        let money = |amount| self.theme.words.money(amount, None, &currency);
        let text = match (price.amount, price.from, price.to) {
            (Some(amount), ..) => money(amount),
            (None, Some(from), Some(to)) => self.theme.words.money(from, Some(to), &currency),
            (None, Some(from), None) => self.word("price_from").replace("{price}", &money(from)),
            (None, None, Some(to)) => self.word("price_to").replace("{price}", &money(to)),
            (None, None, None) => String::new(),
        };
        PriceView { text, per: price.per.clone(), free: price.free, sliding_scale: price.sliding_scale }
    }
}
