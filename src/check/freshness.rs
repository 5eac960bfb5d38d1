//! Freshness: facts, reviews and notices that have grown old.

use jiff::civil::Date;

use super::Subject;
use crate::diagnostic::Diagnostics;
use crate::rules::freshness;

pub(super) fn check(subject: &Subject<'_>, found: &mut Diagnostics) {
    let rules = freshness::rules();
    let (ages, reviews) = (&rules.fact_stale.data, &rules.review_overdue.data);
    let older = |day: Date, most: i32| {
        let is_old = freshness::old_on(day, most).is_some_and(|old| old <= subject.today);
        is_old.then(|| (subject.today - day).get_days())
    };
    let confirm = |what: &str, age: i32| format!("{what} was last confirmed {age} days ago");
    for person in &subject.site.practitioners {
        let Some(accepting) = &person.front.accepting else { continue };
        if let Some(age) = older(accepting.as_of, ages.accepting) {
            let message = confirm(&format!("whether {} takes new clients", person.front.name), age);
            let at = subject.at(&rules.fact_stale.info, &person.document, "accepting.as_of", message);
            found.extend(
                at.map(|finding| finding.help(format!("if it's still true, write `as_of: {}`", subject.today))),
            );
        }
    }
    if let Some(age) = subject.practice().fees_as_of.and_then(|day| older(day, ages.fees)) {
        let at = subject.at_practice(&rules.fact_stale.info, "fees_as_of", confirm("what sessions cost", age));
        found.extend(
            at.map(|finding| finding.help(format!("if it's still true, write `fees_as_of: {}`", subject.today))),
        );
    }
    let reread = |age: i32| format!("this was last reviewed {age} days ago");
    for article in &subject.site.articles {
        let reviewed = article.entry.front.last_reviewed;
        if let Some(age) = reviewed.and_then(|day| older(day, reviews.article)) {
            let document = &article.entry.document;
            found.extend(subject.at(&rules.review_overdue.info, document, "last_reviewed", reread(age)));
        }
    }
    for page in &subject.site.pages {
        let reviewed = page.front.policy.as_ref().and_then(|policy| policy.reviewed);
        if let Some(age) = reviewed.and_then(|day| older(day, reviews.policy)) {
            found.extend(subject.at(&rules.review_overdue.info, &page.document, "policy.reviewed", reread(age)));
        }
    }
    for (index, notice) in subject.practice().notices.iter().enumerate() {
        if let Some(day) = notice.until.filter(|day| *day < subject.today) {
            let place = format!("notices[{index}].until");
            let message = format!("this notice was shown until {day}");
            found.extend(subject.at_practice(&rules.notice_expired.info, &place, message));
        }
    }
}
