//! What a theme promises of every page, asked of the pages that a site with templates of its own really has.
//!
//! Owns which pages are looked at closely: the first of each kind, and every page that does not hold what no page may lack
//! (crisis numbers, licences, the coaching statement, policies) as the built-in templates would write it. The built-in
//! themes keep their promises by tests, so a site without templates of its own pays nothing. What a page must have is
//! `regions`'.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem;

use memchr::memmem;
use serde_json::Value as Json;

use super::{Setting, describe};
use crate::diagnostic::{Diagnostic, codes};
use crate::regions::{self, Given, Page};
use crate::route::{OutputPath, Route, Routes, address};
use crate::theme::Theme;

/// So many pages of each kind are looked at closely: those of one template seldom differ in their regions.
const CLOSELY: usize = 12;

/// A region that a page lacks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Unkept {
    /// The region's name.
    pub region: &'static str,
    /// What is wrong.
    pub message: String,
    /// The template that the page was made with.
    pub template: Box<str>,
}

/// The promises of a site's theme.
pub struct Promises {
    /// Pieces of markup that every page holds, with marks for addresses.
    vital: Vec<String>,
    closely: HashSet<OutputPath>,
    /// What every template sees.
    every: Given,
}

impl Promises {
    /// The promises of a theme with what all its templates see.
    pub fn new(routes: &Routes, every: Given) -> Promises {
        let mut seen = HashMap::new();
        let mut closely = HashSet::new();
        for route in &routes.pages {
            let count: &mut usize = seen.entry(mem::discriminant(&route.subject)).or_default();
            *count += 1;
            if *count <= CLOSELY {
                closely.insert(route.file.clone());
            }
        }
        Promises { vital: vital(&every["site"]), closely, every }
    }

    /// Whether a page is looked at closely whatever it holds.
    pub fn is_close(&self, route: &Route) -> bool {
        self.closely.contains(&route.file)
    }

    /// What a page lacks. It comes as its template wrote it, with marks for the way to the root.
    pub fn unkept(
        &self,
        setting: &Setting<'_>,
        route: &Route,
        template: &str,
        marked: &str,
        root: &str,
    ) -> Vec<Unkept> {
        let holds = |piece: &String| memmem::find(marked.as_bytes(), piece.as_bytes()).is_some();
        if !self.is_close(route) && self.vital.iter().all(holds) {
            return Vec::new();
        }
        let described = describe(setting, route).with(&self.every);
        let found = regions::check(&Page::read(&address::finish(marked, root), &described.names));
        found.into_iter().map(|(region, message)| Unkept { region, message, template: template.into() }).collect()
    }
}

/// The findings for what the pages of a site lack, each once.
pub fn findings<'a>(theme: &Theme, pages: impl Iterator<Item = (&'a OutputPath, &'a [Unkept])>) -> Vec<Diagnostic> {
    let mut each: BTreeMap<(&str, &str), (&Unkept, Vec<&OutputPath>)> = BTreeMap::new();
    for (file, unkept) in pages {
        for one in unkept {
            each.entry((one.region, &one.message)).or_insert((one, Vec::new())).1.push(file);
        }
    }
    let own = theme.own_templates();
    let finding = |(one, files): (&Unkept, Vec<&OutputPath>)| {
        let first = files.first().map_or("", |file| file.as_str());
        let on = match files.len() {
            1 => format!("on `{first}`"),
            several => format!("on {several} pages, such as `{first}`"),
        };
        let finding = Diagnostic::new(&codes::PROMISE_BROKEN, format!("{} ({}), {on}", one.message, one.region));
        let template = format!("/templates/{}", one.template);
        let names: Vec<&str> = own.iter().map(|(path, _)| path.as_str()).collect();
        let by_name = own.iter().find(|(path, _)| path.as_str().ends_with(&template));
        match (by_name, &own[..]) {
            (Some((path, _)), _) | (None, [(path, _)]) => finding.about(path),
            (None, [(path, _), ..]) => {
                finding.about(path).help(format!("it's in one of your own templates: {}", names.join(", ")))
            }
            (None, []) => finding,
        }
    };
    each.into_values().map(finding).collect()
}

/// What no page may lack, as templates print it.
fn vital(site: &Json) -> Vec<String> {
    let mut pieces = Vec::new();
    let list = |pointer: &str| site.pointer(pointer).and_then(Json::as_array).into_iter().flatten();
    let mut link = |href: &Json| pieces.extend(href.as_str().map(|href| format!("href=\"{}\"", escaped(href))));
    for line in list("/crisis/lines") {
        let number = |reach: &str, href: &str| line[reach].as_bool().unwrap_or_default().then(|| &line["number"][href]);
        number("call", "href").into_iter().chain(number("text", "sms_href")).for_each(&mut link);
    }
    list("/crisis/emergency").map(|one| &one["number"]["href"]).for_each(&mut link);
    list("/footer").map(|entry| &entry["href"]).for_each(&mut link);
    let texts = list("/licences").chain(site.pointer("/statement/text"));
    pieces.extend(texts.filter_map(Json::as_str).map(escaped));
    pieces
}

fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing into a Vec cannot fail.
    let _ = tera::escape_html(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}
