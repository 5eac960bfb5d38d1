//! Days: when a site changes by itself, and days that can't be meant.
//!
//! Owns the next day on which something appears, ends or grows old, and what is wrong with days that contradict the
//! calendar or each other. How old a fact may grow is a rule (`rules::freshness`).

use jiff::civil::Date;

use super::{Entry, Page, Practitioner};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::{self, Practice};
use crate::document::{DataFile, Document, FrontMatter};
use crate::rules::freshness;
use crate::yaml::Path;

/// Remembers the next day on which something changes without an edit.
pub(super) struct Calendar {
    pub(super) today: Date,
    pub(super) next: Option<Date>,
}

impl Calendar {
    pub(super) fn note(&mut self, day: Option<Date>) {
        if let Some(day) = day.filter(|day| *day > self.today) {
            self.next = Some(self.next.map_or(day, |next| next.min(day)));
        }
    }

    /// Notes the day after a last day.
    fn after(&mut self, last: Option<Date>) {
        self.note(last.and_then(|last| last.tomorrow().ok()));
    }

    /// Notes when notices come and go, when licences end, and when facts and texts want to be confirmed.
    pub(super) fn facts(
        &mut self,
        practice: &Practice,
        people: &[Practitioner],
        articles: &[Entry<model::Resource>],
        pages: &[Page],
    ) {
        let rules = freshness::rules();
        let (ages, reviews) = (&rules.fact_stale.data, &rules.review_overdue.data);
        for notice in &practice.notices {
            self.note(notice.from);
            self.after(notice.until);
        }
        self.note(practice.fees_as_of.and_then(|day| freshness::old_on(day, ages.fees)));
        for person in people {
            for licence in &person.front.licences {
                self.after(licence.expires);
            }
            let confirmed = person.front.accepting.as_ref().map(|accepting| accepting.as_of);
            self.note(confirmed.and_then(|day| freshness::old_on(day, ages.accepting)));
        }
        for article in articles {
            self.note(article.front.last_reviewed.and_then(|day| freshness::old_on(day, reviews.article)));
        }
        for page in pages {
            let reviewed = page.front.policy.as_ref().and_then(|policy| policy.reviewed);
            self.note(reviewed.and_then(|day| freshness::old_on(day, reviews.policy)));
        }
    }
}

/// A fact about the past whose day has not come yet. A day of grace: it may be tomorrow already where the author lives.
fn is_ahead(day: Date, today: Date) -> bool {
    today.tomorrow().is_ok_and(|tomorrow| day > tomorrow)
}

/// Finds the days of practice.yaml that can't be meant.
pub(super) fn check_practice(practice: &DataFile<Practice>, today: Date, found: &mut Diagnostics) {
    let value = &practice.value;
    let at = |field: &str, finding: Diagnostic| finding.at(&practice.path, practice.locate(&Path::of(field)).value);
    for (index, notice) in value.notices.iter().enumerate() {
        if let Some(finding) = reversed("until", "from", notice.from, notice.until, "it's never shown") {
            found.push(at(&format!("notices[{index}].until"), finding));
        }
    }
    for (place, location) in value.locations.iter().enumerate() {
        for (index, closure) in location.closures.iter().enumerate() {
            if let Some(finding) = reversed("until", "from", Some(closure.from), closure.until, "it never applies") {
                found.push(at(&format!("locations[{place}].closures[{index}].until"), finding));
            }
        }
    }
    let consents = value.testimonials.iter().enumerate();
    let consents = consents.map(|(index, own)| (format!("testimonials[{index}].consent.date"), Some(own.consent.date)));
    for (field, day) in consents.chain([("fees_as_of".to_string(), value.fees_as_of)]) {
        found.extend(ahead(day, today).map(|finding| at(&field, finding)));
    }
}

/// Finds the days of a file's front matter that can't be meant.
pub(super) fn check_document(document: &Document, front: &FrontMatter, today: Date, found: &mut Diagnostics) {
    let at = |field: &str, finding: Diagnostic| finding.at(&document.path, document.locate(field).value);
    match front {
        FrontMatter::Practitioner(person) => {
            let day = person.accepting.as_ref().map(|accepting| accepting.as_of);
            found.extend(ahead(day, today).map(|finding| at("accepting.as_of", finding)));
        }
        FrontMatter::Page(page) => {
            let day = page.policy.as_ref().and_then(|policy| policy.reviewed);
            found.extend(ahead(day, today).map(|finding| at("policy.reviewed", finding)));
        }
        FrontMatter::Resource(article) => {
            let (from, until) = (article.publish_at, article.expires_at);
            // The last day is the one before `expires_at`.
            let last = until.and_then(|until| until.yesterday().ok());
            if let Some(finding) = reversed("expires_at", "publish_at", from, last, "the article is never published") {
                found.push(at("expires_at", finding));
            }
            let finding = match from {
                // Said whatever day it is: a finding that came on the day of publication would be told to nobody.
                Some(from) => (article.date > from).then(|| {
                    let message = format!("this article is published on {from}, but it's dated {}", article.date);
                    Diagnostic::new(&codes::FUTURE_DATE, message).help(format!("write `date: {from}`"))
                }),
                None => ahead(Some(article.date), today).map(|finding| {
                    finding.help(format!(
                        "to publish it on that day, add `publish_at: {}`; otherwise, write the day you publish it",
                        article.date
                    ))
                }),
            };
            found.extend(finding.map(|finding| at("date", finding)));
            for (field, day) in [("updated", article.updated), ("last_reviewed", article.last_reviewed)] {
                // Written ahead together with an article that waits.
                let today = from.map_or(today, |from| from.max(today));
                found.extend(ahead(day, today).map(|finding| at(field, finding)));
            }
        }
        FrontMatter::Service(_) => {}
    }
}

fn ahead(day: Option<Date>, today: Date) -> Option<Diagnostic> {
    let day = day.filter(|day| is_ahead(*day, today))?;
    Some(Diagnostic::new(&codes::FUTURE_DATE, format!("{day} is in the future")).help("write the actual date"))
}

fn reversed(late: &str, early: &str, from: Option<Date>, until: Option<Date>, so: &str) -> Option<Diagnostic> {
    let _ = (from?, until.filter(|until| Some(*until) < from)?);
    let message = format!("`{late}` is before `{early}`, so {so}");
    Some(Diagnostic::new(&codes::DATES_REVERSED, message).help("correct one of the two dates"))
}
