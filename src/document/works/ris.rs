//! Works as RIS has them, which libraries and journals offer for download.
//!
//! Owns its tags (the RIS format specification of 2011, as reference managers read it).

use super::bibtex::state_of;
use super::{Container, Event, Kind, Name, Read, When, Words, Work, names};

/// The works in a text, each with its key where it has one.
pub fn read(text: &str) -> Vec<Read> {
    let mut works = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.trim_end();
        let tag = line.get(..2).filter(|tag| tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        let value = tag.and_then(|_| line[2..].trim_start().strip_prefix('-')).map(str::trim);
        match (tag, value) {
            (Some("ER"), Some(_)) => works.extend(work(&std::mem::take(&mut fields))),
            (Some(tag), Some(value)) => fields.push((tag.to_string(), value.to_string())),
            // A value goes on.
            _ => {
                if let Some((_, value)) = fields.last_mut().filter(|_| !line.trim().is_empty()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
        }
    }
    works.extend(work(&fields));
    works
}

/// Whether a text is RIS.
pub fn is_ris(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.starts_with("TY") && line[2..].trim_start().starts_with('-'))
}

fn work(fields: &[(String, String)]) -> Option<Read> {
    let kind = fields.iter().find(|(tag, _)| tag == "TY").map(|(_, kind)| kind.as_str())?;
    let first = |tags: &[&str]| {
        let mut found =
            tags.iter().filter_map(|tag| fields.iter().find(|(known, value)| known == tag && !value.is_empty()));
        found.next().map(|(_, value)| value.clone())
    };
    let people = |tags: &[&str]| -> Vec<Name> {
        fields.iter().filter(|(tag, _)| tags.contains(&tag.as_str())).map(|(_, name)| names::read(name)).collect()
    };
    let key = first(&["ID"]).unwrap_or_default();
    let Some(title) = first(&["TI", "T1", "CT"]).or_else(|| first(&["BT"])) else {
        return Some((key, Err("`TI`, its title, is missing".to_string())));
    };
    let kind = match kind {
        "JOUR" | "EJOUR" | "ABST" | "INPR" => Kind::Article,
        "MGZN" => Kind::Magazine,
        "NEWS" => Kind::Newspaper,
        "BOOK" | "EBOOK" | "EDBOOK" | "WHOLE" => Kind::Book,
        "CHAP" | "ECHAP" => Kind::Chapter,
        "CONF" | "CPAPER" if first(&["T2", "BT"]).is_some() && first(&["SP"]).is_some() => Kind::Chapter,
        "CONF" | "CPAPER" | "SLIDE" => Kind::Presentation,
        "DICT" | "ENCYC" => Kind::Entry,
        "THES" => Kind::Thesis,
        "RPRT" | "STAND" | "GOVDOC" => Kind::Report,
        "ELEC" | "WEB" | "ICOMM" | "BLOG" => Kind::Web,
        "DATA" => Kind::Dataset,
        "COMP" => Kind::Software,
        "SOUND" | "MUSIC" => Kind::Audio,
        "VIDEO" | "MPCT" | "ADVS" => Kind::Video,
        "UNPB" => Kind::Preprint,
        _ => Kind::Other,
    };
    let mut work = Work { kind, title: Words::loose(&title), ..Work::default() };
    work.authors = people(&["AU", "A1"]);
    let of_whole = matches!(kind, Kind::Chapter | Kind::Entry | Kind::Book);
    work.editors = people(if of_whole { &["ED", "A2"] } else { &["ED"] });
    work.translators = people(&["A4", "TA"]);
    work.and_others = work.authors.iter().any(|name| names::stands_for_others(&name.family));
    work.authors.retain(|name| !names::stands_for_others(&name.family));
    let date = first(&["DA", "PY", "Y1"]);
    work.state = date.as_deref().and_then(state_of);
    work.date = date
        .and_then(|date| day(&date))
        .or_else(|| first(&["PY", "Y1"]).and_then(|date| day(&date)))
        .unwrap_or_default();
    work.accessed = first(&["Y2"]).and_then(|date| day(&date));
    let container = first(&["T2", "JO", "JF", "BT", "J1"]).filter(|_| kind.is_part());
    let title_of = |title: String| if kind.in_periodical() { Words::chosen(&title) } else { Words::loose(&title) };
    work.container = container.map(|title| Container { title: title_of(title), short: first(&["J2", "JA"]) });
    if kind == Kind::Presentation {
        let title = first(&["T2", "C3", "BT"]).map(|title| Words::chosen(&title));
        work.event = title.map(|title| Event { title, place: first(&["C1", "CY"]).unwrap_or_default() });
    }
    work.volume = first(&["VL"]);
    work.issue = first(&["IS", "CP"]).filter(|_| kind.in_periodical());
    work.number = first(&["SN", "IS", "M1"]).filter(|_| kind == Kind::Report);
    work.pages = match (first(&["SP"]), first(&["EP"])) {
        (Some(from), Some(to)) if from != to && !from.contains('-') => Some(format!("{from}-{to}")),
        (from, to) => from.or(to),
    };
    work.edition = first(&["ET"]);
    work.genre = first(&["M3"]).filter(|_| matches!(kind, Kind::Thesis | Kind::Report | Kind::Other));
    work.publisher = first(&["PB"]).filter(|_| !kind.in_periodical());
    work.place = first(&["CY", "PP"]).filter(|_| !kind.in_periodical());
    work.doi = first(&["DO"]);
    work.url = first(&["UR", "L2"]);
    work.language = first(&["LA"]).and_then(|name| match name.to_lowercase().as_str() {
        "en" | "eng" | "english" => Some("en".to_string()),
        "de" | "ger" | "deu" | "german" => Some("de".to_string()),
        "es" | "spa" | "spanish" => Some("es".to_string()),
        "fr" | "fre" | "fra" | "french" => Some("fr".to_string()),
        tag if tag.len() == 2 => Some(tag.to_string()),
        _ => None,
    });
    Some((key, Ok(work.finished())))
}

/// `2014/05/30/`, `2014`, `2014-05-30`.
fn day(text: &str) -> Option<When> {
    let parts: Vec<&str> = text.split(['/', '-']).map(str::trim).take(3).take_while(|part| !part.is_empty()).collect();
    When::read(&parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_is_read_from_its_tags() {
        let text = "TY  - JOUR\nAU  - Rogers, Carl R.\nTI  - The necessary and\n  sufficient conditions\nJO  - Journal of Consulting Psychology\n\
                    VL  - 21\nIS  - 2\nSP  - 95\nEP  - 103\nPY  - 1957/04/01/\nDO  - 10.1037/h0045357\nER  - \n\nTY  - BOOK\nAU  - Mind\nER  -\n";
        assert!(is_ris(text));
        let read = read(text);
        let work = read[0].1.as_ref().unwrap();
        assert_eq!(work.title.plain(), "The necessary and sufficient conditions");
        assert_eq!((work.pages.as_deref(), work.date.month), (Some("95-103"), Some(4)));
        assert!(read[1].1.is_err() && read.len() == 2);
    }
}
