//! Facts as the site's language writes them: telephone numbers, hours, closed days, licences.
//!
//! Owns that each kind of fact is written by one function, so that it reads the same wherever it stands. Prices are
//! `prices`', postal addresses are written by `Address::lines`.

use super::maker::Maker;
use crate::contract::view::{ClosureView, HoursView, LicenceView, PhoneView};
use crate::document::model::{self, Licence};
use crate::document::values::{Hours, Jurisdiction, dialled};
use crate::prose;

/// A telephone number as people read it and as a phone dials it or writes to it.
pub(super) fn phone(number: &str, message: Option<&str>) -> PhoneView {
    let keys = dialled(number);
    // Phones disagree whether a body begins with `?` (RFC 5724) or with `&`; all of them understand both together.
    let body = message.map(|word| format!("?&body={}", encoded(word))).unwrap_or_default();
    PhoneView { text: number.to_string(), href: format!("tel:{keys}"), sms_href: format!("sms:{keys}{body}") }
}

/// Where English texts have `5 pm`, not `17:00` (Unicode CLDR 48, `timeData`).
const TWELVE_HOURS: &[&str] = &["US", "CA", "AU", "NZ", "IN", "PH", "SG", "PR"];

/// A time as `9 am`, `5:30 pm`.
fn twelve(time: &str) -> String {
    let parts = time.trim().split_once(':').and_then(|(hour, minute)| Some((hour.parse::<u32>().ok()?, minute)));
    let Some((hour, minute)) = parts else { return time.to_string() };
    let half = if (12..24).contains(&hour) { "pm" } else { "am" };
    let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
    match minute {
        "00" => format!("{shown}\u{a0}{half}"),
        minute => format!("{shown}:{minute}\u{a0}{half}"),
    }
}

/// A word as a part of an address.
fn encoded(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    word.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

impl Maker<'_> {
    /// A licence: `LMFT 12345, Oregon, Board of Licensed Professional Counselors`.
    pub(super) fn licence(&self, licence: &Licence) -> LicenceView {
        let place = self.theme.words.place(&licence.jurisdiction);
        let parts = [place.as_deref(), licence.board.as_deref()];
        let number = self.word("licence_number").replace("{kind}", &licence.kind).replace("{number}", &licence.number);
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        let line: Vec<&str> = std::iter::once(number.as_str()).chain(parts).collect();
        LicenceView {
            line: line.join(&self.word("list_comma")),
            kind: licence.kind.clone(),
            verify_url: licence.verify_url.as_ref().map(|url| url.to_string()),
        }
    }

    /// The licence lines of everybody who has one, with their names.
    pub(super) fn licences(&self) -> Vec<String> {
        let comma = self.word("list_comma");
        let all = self.site.practitioners.iter().flat_map(|entry| {
            let line = |licence| format!("{}{comma}{}", entry.front.name, self.licence(licence).line);
            self.site.licences(&entry.front).map(line).collect::<Vec<_>>()
        });
        all.collect()
    }

    /// Days on which a place is closed.
    pub(super) fn closure(&self, closure: &model::Closure) -> ClosureView {
        let date = |date| self.theme.words.date(date);
        let days = match closure.until.filter(|until| *until > closure.from) {
            Some(until) => self.word("date_range").replace("{from}", &date(closure.from)).replace("{to}", &date(until)),
            None => date(closure.from),
        };
        ClosureView { days, reason: closure.reason.clone() }
    }

    /// Whether the practice's clients tell the time in two halves of a day.
    fn twelve_hours(&self) -> bool {
        let practice = &self.site.practice.value;
        let country = |place: &Jurisdiction| place.split('-').next().unwrap_or_default().to_string();
        let place = practice.jurisdictions.first().map(country).unwrap_or_default();
        practice.language.split('-').next() == Some("en") && TWELVE_HOURS.contains(&place.as_str())
    }

    /// The hours, neighbouring days with the same hours put together.
    pub(super) fn hours(&self, week: &model::WeekHours) -> Vec<HoursView> {
        let mut runs: Vec<(&str, &str, String)> = Vec::new();
        let mut before: Option<&str> = None;
        for (day, hours) in week.days() {
            let written = |hours: &Hours| match &**hours {
                "closed" => self.word("closed"),
                times => {
                    let clock = |span: &str| match self.twelve_hours() {
                        true => span.trim().split('-').map(twelve).collect::<Vec<_>>().join("–"),
                        false => span.trim().replace('-', "–"),
                    };
                    let spans: Vec<String> = times.split(',').map(clock).collect();
                    spans.join(&self.word("list_comma"))
                }
            };
            let Some(hours) = hours.map(written) else {
                before = None;
                continue;
            };
            match runs.last_mut() {
                Some((_, last, same)) if before.is_some() && *same == hours => *last = day,
                _ => runs.push((day, day, hours)),
            }
            before = Some(day);
        }
        let word = |day: &str| self.word(&format!("days.{day}"));
        let view = |(first, last, hours): (&str, &str, String)| HoursView {
            // They begin a line: Spanish writes days small elsewhere.
            days: prose::begun(&match first == last {
                true => word(first),
                false => self.word("day_range").replace("{from}", &word(first)).replace("{to}", &word(last)),
            }),
            hours,
        };
        runs.into_iter().map(view).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::twelve;

    #[test]
    fn times_in_halves_of_a_day() {
        let times = ["09:00", "12:00", "13:30", "00:00", "00:15", "24:00", "23:59"];
        let read: Vec<String> = times.into_iter().map(|time| twelve(time).replace('\u{a0}', " ")).collect();
        assert_eq!(read, ["9 am", "12 pm", "1:30 pm", "12 am", "12:15 am", "12 am", "11:59 pm"]);
    }
}
