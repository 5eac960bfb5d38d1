//! Prices that say two things, or nothing.

use super::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::Document;
use crate::document::model::Price;

pub(super) fn check(subject: &Subject<'_>, found: &mut Diagnostics) {
    for service in &subject.site.services {
        one(&service.entry.document, "price", service.entry.front.price.as_ref(), found);
    }
    for person in &subject.site.practitioners {
        one(&person.document, "fees", person.front.fees.as_ref(), found);
    }
}

fn one(document: &Document, field: &str, price: Option<&Price>, found: &mut Diagnostics) {
    let Some(price) = price else { return };
    let amounts = price.amount.is_some() || price.from.is_some() || price.to.is_some();
    let (part, message, help) = if price.free && amounts {
        ("free", "this is free and also has an amount; visitors see that it's free", "remove `free` or the amount")
    } else if price.amount.is_some() && (price.from.is_some() || price.to.is_some()) {
        let part = if price.from.is_some() { "from" } else { "to" };
        (part, "this has an amount and a range; visitors see the amount", "remove `amount`, or `from` and `to`")
    } else if price.from.zip(price.to).is_some_and(|(from, to)| from > to) {
        ("from", "`from` is higher than `to`; visitors see the smaller amount first", "swap `from` and `to`")
    } else if !amounts && !price.free && !price.sliding_scale {
        ("", "this price has no amount, so no page shows it", "add `amount: …`, `from: …` or `free: true`")
    } else {
        return;
    };
    let place = [field, part].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
    let located = document.locate(&place);
    let place = located.key.unwrap_or(located.value);
    found.push(Diagnostic::new(&codes::PRICE_CONTRADICTS, message).at(&document.path, place).help(help));
}
