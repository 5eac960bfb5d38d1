//! Rules about facts that grow old.

use serde::Deserialize;

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
