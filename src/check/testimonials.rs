//! Testimonials: who may be quoted, and what readers must be told.

use super::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::model::{Relation, Testimonial};
use crate::rules::{Info, testimonials};

pub(super) fn check(subject: &Subject<'_>, found: &mut Diagnostics) {
    for (index, testimonial) in subject.practice().testimonials.iter().enumerate() {
        found.extend(one(subject, index, testimonial));
    }
}

fn one(subject: &Subject<'_>, index: usize, testimonial: &Testimonial) -> Vec<Diagnostic> {
    let rules = testimonials::rules();
    let at = |info: &'static Info, field: &str, message: &str| {
        subject.at_practice(info, &format!("testimonials[{index}].{field}"), message)
    };
    if let Some(forbidden) =
        at(&rules.testimonial_forbidden.info, "text", "your profession's standards don't allow testimonials")
    {
        return vec![forbidden];
    }
    let mut found = Vec::new();
    match testimonial.relation {
        Relation::Client => {
            found.extend(at(&rules.testimonial_from_client.info, "relation", "this is from a therapy client"));
        }
        Relation::FormerClient => found.extend(at(
            &rules.testimonial_from_former_client.info,
            "relation",
            "this is from a former client; the counselors' code forbids that too",
        )),
        Relation::Colleague if testimonial.attribution.is_none() => {
            let message = "this is from a colleague, but it doesn't say so";
            found.extend(at(&rules.testimonial_insider.info, "relation", message));
        }
        Relation::Colleague | Relation::Attendee => {}
    }
    if testimonial.clinical != Some(false) {
        let message = "this may be about clinical care, which testimonials may not mention";
        found.extend(at(&rules.testimonial_clinical.info, "text", message));
    }
    if testimonial.incentive {
        found.extend(at(
            &rules.testimonial_incentive.info,
            "incentive",
            "something was given in return for this testimonial",
        ));
    }
    found
}
