//! Booking calendars that can be shown inside a page, and how their providers want to be asked.
//!
//! Owns what is known of each provider. An unknown one is shown under its own address.

use crate::document::model::{Booking, BookingMode};

/// How a provider's page is framed.
enum Framing {
    /// Under the same address.
    AsIs,
    /// With this added to its query.
    Query(&'static str),
    /// With this added to its path.
    Path(&'static str),
    /// Its server forbids it.
    Never,
}

/// Providers by the end of their host's name (their embedding guides, as of November 2026).
const PROVIDERS: &[(&str, Framing)] = &[
    ("calendly.com", Framing::Query("embed_type=Inline")),
    ("acuityscheduling.com", Framing::AsIs),
    ("as.me", Framing::AsIs),
    ("cal.com", Framing::Path("embed")),
    // Both send headers that keep their booking pages out of other sites' frames, and offer links instead.
    ("clientsecure.me", Framing::Never),
    ("janeapp.com", Framing::Never),
    ("janeapp.co.uk", Framing::Never),
];

/// The address for a frame; `None` where the calendar is only linked to, because its author or its provider wants it
/// so.
pub fn frame(booking: &Booking) -> Option<String> {
    if booking.mode == BookingMode::Link {
        return None;
    }
    let mut url = url::Url::parse(&booking.url).ok()?;
    match framing(url.host_str()?) {
        Framing::AsIs => {}
        Framing::Query(query) => {
            let all = url.query().map_or_else(|| (*query).to_string(), |own| format!("{own}&{query}"));
            url.set_query(Some(&all));
        }
        Framing::Path(part) => {
            let path = format!("{}/{part}", url.path().trim_end_matches('/'));
            url.set_path(&path);
        }
        Framing::Never => return None,
    }
    Some(url.to_string())
}

/// Whether a calendar is asked to be framed whose provider forbids it.
pub fn cannot_be_framed(booking: &Booking) -> bool {
    booking.mode == BookingMode::ClickToLoad && frame(booking).is_none()
}

fn framing(host: &str) -> &'static Framing {
    let is = |own: &str| host == own || host.strip_suffix(own).is_some_and(|rest| rest.ends_with('.'));
    PROVIDERS.iter().find(|(own, _)| is(own)).map_or(&Framing::AsIs, |(_, framing)| framing)
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
