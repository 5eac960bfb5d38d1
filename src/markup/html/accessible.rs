//! What makes a link, a picture or a table hard to use for those who hear it.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, TagEnd};
use regex::RegexSet;

use super::writer::Writer;
use super::written::Finding;
use crate::document::directives::DirectiveKind;
use crate::markup::players::player;
use crate::route::links::{self, Link};
use crate::rules::{pages, privacy};
use crate::site::hosts::{self, Purpose};

/// Looks at a link's words, as they were written into the page.
pub(super) fn link(writer: &mut Writer<'_, '_>, words: &str, span: &Range<usize>) {
    let plain = words.trim().trim_end_matches(['.', ':', '…', '!', '→', '»', '>']).trim().to_lowercase();
    let rule = &pages::rules().vague_link;
    if rule.data.iter().any(|language| language.phrases.contains(&plain)) {
        writer.find(Finding {
            help: Some("name the page or file in the link's words".into()),
            ..Finding::new(
                &rule.info.code,
                format!("\"{}\" doesn't say where this link goes", words.trim()),
                span.clone(),
            )
        });
    }
}

/// Looks at the text that stands for a picture.
pub(super) fn picture(writer: &mut Writer<'_, '_>, file: &str, alt: &str, span: &Range<usize>) {
    let rules = pages::rules();
    let length = alt.chars().count();
    if length > rules.alt_too_long.data.characters {
        let message = format!("the alt text of this picture is {length} characters long");
        writer.find(Finding {
            help: Some(
                "describe what matters in a sentence or two; put the rest in the text next to the picture".into(),
            ),
            ..Finding::new(&rules.alt_too_long.info.code, message, span.clone())
        });
    }
    let file = file.rsplit('/').next().unwrap_or(file).to_lowercase();
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    let words = |text: &str| text.replace(['-', '_'], " ");
    let said = alt.trim().to_lowercase();
    // One plain word may well be both.
    if !said.is_empty()
        && (said == file || (said.len() > 3 && stem.contains(['-', '_']) && words(&said) == words(stem)))
    {
        writer.find(Finding {
            help: Some("describe the picture in a short sentence".into()),
            ..Finding::new(
                &rules.alt_is_file_name.info.code,
                "this is the picture's file name, not a description",
                span.clone(),
            )
        });
    } else if says_nothing(alt) {
        writer.find(Finding {
            help: Some("describe the picture in a short sentence".into()),
            ..Finding::new(
                &rules.alt_says_nothing.info.code,
                format!("`{}` doesn't say what the picture shows", alt.trim()),
                span.clone(),
            )
        });
    }
}

/// Whether a text that stands for a picture says only that there is one.
pub(crate) fn says_nothing(alt: &str) -> bool {
    // A test of the rules puts each together.
    static ALL: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
        RegexSet::new(pages::rules().alt_says_nothing.data.iter().map(|own| format!("(?i)^(?:{own})$"))).ok()
    });
    let alt = alt.trim().trim_matches(['.', ':', '!', '…']);
    ALL.as_ref().is_some_and(|all| all.is_match(alt))
}

/// Looks at a table's first row, whose start has just been read.
pub(super) fn table_head(writer: &mut Writer<'_, '_>, span: &Range<usize>) {
    let head = writer.events[writer.at..].iter().map(|(event, _)| event);
    let mut head = head.take_while(|event| !matches!(event, Event::End(TagEnd::TableHead)));
    if head.all(|event| matches!(event, Event::Start(_) | Event::End(_))) {
        writer.find(Finding {
            help: Some("name each column in the first row".into()),
            ..Finding::new(
                &pages::rules().table_without_header.info.code,
                "this table doesn't name its columns",
                span.clone(),
            )
        });
    }
}

/// Looks at the address of a film or recording: it must lead somewhere, and its player's host must be allowed.
pub(super) fn played(writer: &mut Writer<'_, '_>, kind: DirectiveKind, words: &str, span: &Range<usize>) {
    let Some((setting, text)) = writer.site.filter(|_| kind.plays()) else { return };
    let address = words.split_whitespace().next().unwrap_or_default();
    let link = links::resolve(setting.site, setting.routes, text.path, address);
    let Link::Elsewhere(href) = &link else {
        if !matches!(link, Link::File { .. }) {
            writer.find(super::spans::link_fault(&link, address, span.clone()));
        }
        return;
    };
    let host = crate::route::address::host(&player(href)).unwrap_or_default();
    let declared = hosts::declared(setting.site);
    if !declared.iter().any(|one| one.host == host && one.purpose == Purpose::Allowed) {
        writer.find(Finding {
            help: Some(format!(
                "add it to practice.yaml: `allow_hosts: [{host}]`; it's only contacted when a visitor clicks"
            )),
            ..Finding::new(
                &privacy::rules().undeclared_host.info.code,
                format!("this plays on `{host}`, which practice.yaml doesn't declare"),
                span.clone(),
            )
        });
    }
}
