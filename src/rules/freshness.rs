//! Rules about facts that grow old.

use serde::Deserialize;

use crate::document::values::Date;

family! {
    /// The rules of `freshness.yaml`.
    "freshness.yaml" "Freshness" {
        fact_stale "fact-stale" FactAges;
        review_overdue "review-overdue" ReviewAges;
        notice_expired "notice-expired" ();
    }
}

/// After how many days a fact wants to be confirmed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactAges {
    /// Whether new clients are taken.
    pub accepting: i32,
    /// Fees.
    pub fees: i32,
}

/// After how many days a text wants to be read again.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewAges {
    /// An article that names the day of its last review.
    pub article: i32,
    /// A policy.
    pub policy: i32,
}

/// The first day on which something of `day` is older than `most` days.
pub fn old_on(day: Date, most: i32) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(i64::from(most) + 1).ok()?).ok()
}
