//! Frames of other companies that a visitor can ask for: a calendar, a map, a film, a recording.
//!
//! Owns their addresses and the words around them. Nothing is loaded before the visitor asks; without the theme's
//! script the links beside them serve.

use super::maker::Maker;
use crate::contract::view::{EmbedView, MapView, RecordingView};
use crate::document::model::{self, MapMode, MapProvider};
use crate::markup::players::player;
use crate::route::address::{self, host};
use crate::route::links::{self, Link};
use crate::site::booking;
use crate::source::SourcePath;

impl Maker<'_> {
    /// A calendar's frame, where it is offered on click.
    pub(super) fn calendar(&self, booking: &model::Booking) -> Option<EmbedView> {
        let src = booking::frame(booking)?;
        Some(self.embed(src, "calendar", None))
    }

    /// The map of a location that has an address or stands on the map.
    pub(super) fn map(&self, location: &model::Location) -> Option<MapView> {
        let maps = self.site.practice.value.maps.as_ref()?;
        let words = location.address.as_ref().map(|address| {
            let parts =
                [Some(&address.street), address.postal_code.as_ref(), Some(&address.city), address.region.as_ref()];
            let mut words: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            words.push(&address.country);
            words.join(", ")
        });
        let query = |base: &str, pairs: &[(&str, &str)]| {
            url::Url::parse_with_params(base, pairs).map(|url| url.to_string()).unwrap_or_default()
        };
        let geo = location.geo.as_ref();
        let (href, frame) = match (maps.provider, geo, &words) {
            (_, None, None) => return None,
            (MapProvider::Openstreetmap, Some(geo), _) => {
                let (lat, lon) = (geo.latitude, geo.longitude);
                let marker = format!("{lat},{lon}");
                // About half a kilometre around.
                let around = format!("{:.5},{:.5},{:.5},{:.5}", lon - 0.006, lat - 0.003, lon + 0.006, lat + 0.003);
                let base = "https://www.openstreetmap.org/";
                let place = format!("#map=17/{lat}/{lon}");
                let href = query(base, &[("mlat", &lat.to_string()), ("mlon", &lon.to_string())]) + &place;
                let frame = query(
                    "https://www.openstreetmap.org/export/embed.html",
                    &[("bbox", &around), ("layer", "mapnik"), ("marker", &marker)],
                );
                (href, Some(frame))
            }
            // Its frames want a place on the map, which a search finds only on its own page.
            (MapProvider::Openstreetmap, None, Some(words)) => {
                (query("https://www.openstreetmap.org/search", &[("query", words)]), None)
            }
            (MapProvider::Google, geo, words) => {
                let place = words.clone().or_else(|| geo.map(|geo| format!("{},{}", geo.latitude, geo.longitude)))?;
                let href = query("https://www.google.com/maps/search/", &[("api", "1"), ("query", &place)]);
                (href, Some(query("https://www.google.com/maps", &[("q", &place), ("output", "embed")])))
            }
        };
        let frame = frame.filter(|_| maps.mode == MapMode::ClickToLoad);
        Some(MapView {
            host: host(&href).unwrap_or_default(),
            embed: frame.map(|src| self.embed(src, "map", Some(&location.label))),
            href,
        })
    }

    /// A film or recording, as `kind` says: `::: video ADDRESS TITLE`; `None` where the address leads nowhere, which is
    /// a finding of its own.
    pub(super) fn recording(&self, from: &SourcePath, kind: &str, words: &str) -> Option<RecordingView> {
        let (address, title) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let title = title.trim().to_string();
        match links::resolve(self.site, self.routes, from, address) {
            Link::File { url, .. } => Some(RecordingView {
                href: address::inside(&url, self.portable),
                title,
                is_file: true,
                embed: None,
                host: None,
            }),
            Link::Elsewhere(href) => {
                let src = player(&href);
                let embed = self.embed(src, kind, Some(&title));
                Some(RecordingView { host: Some(embed.host.clone()), href, title, is_file: false, embed: Some(embed) })
            }
            _ => None,
        }
    }

    fn embed(&self, src: String, kind: &str, title: Option<&str>) -> EmbedView {
        let what = self.word(&format!("load.{kind}"));
        EmbedView {
            host: host(&src).unwrap_or_default(),
            title: title
                .filter(|title| !title.is_empty())
                .map_or(what.clone(), |title| format!("{what}{}{title}", self.word("label_colon"))),
            label: self.word(&format!("load.show_{kind}")),
            kind: kind.to_string(),
            src,
        }
    }
}
