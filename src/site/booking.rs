//! Booking calendars that can be shown inside a page.
//!
//! Owns the address under which each is asked for; how its provider wants that stands in the table of providers. An
//! unknown one is shown under its own address.

use super::providers::{self, Framing};
use crate::document::model::{Booking, BookingMode};

/// The address for a frame; `None` where the calendar is only linked to, because its author or its provider wants it
/// so.
pub fn frame(booking: &Booking) -> Option<String> {
    if booking.mode == BookingMode::Link {
        return None;
    }
    let mut url = url::Url::parse(&booking.url).ok()?;
    match framing(url.host_str()?) {
        None | Some(Framing::AsIs) => {}
        Some(Framing::Query(query)) => {
            let all = url.query().map_or_else(|| query.clone(), |own| format!("{own}&{query}"));
            url.set_query(Some(&all));
        }
        Some(Framing::Path(part)) => {
            let path = format!("{}/{part}", url.path().trim_end_matches('/'));
            url.set_path(&path);
        }
        Some(Framing::Never) => return None,
    }
    Some(url.to_string())
}

/// Whether a calendar is asked to be framed whose provider forbids it.
pub fn cannot_be_framed(booking: &Booking) -> bool {
    booking.mode == BookingMode::ClickToLoad && frame(booking).is_none()
}

fn framing(host: &str) -> Option<&'static Framing> {
    providers::of_host(host)?.framing.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::values::WebAddress;

    #[test]
    fn providers_are_asked_as_they_want() {
        let frame = |url: &str| {
            frame(&Booking { provider: None, url: WebAddress(url.into()), mode: BookingMode::ClickToLoad, label: None })
        };
        let is = |url: &str, expected: Option<&str>| assert_eq!(frame(url).as_deref(), expected, "{url}");
        is("https://calendly.com/ana/first?month=1", Some("https://calendly.com/ana/first?month=1&embed_type=Inline"));
        is("https://cal.com/ana/30min", Some("https://cal.com/ana/30min/embed"));
        is("https://ana.as.me/", Some("https://ana.as.me/"));
        is("https://ana.janeapp.com/", None);
        is("https://ana.clientsecure.me/", None);
        is("https://notcalendly.com/x", Some("https://notcalendly.com/x"));
    }
}
