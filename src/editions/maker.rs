//! One edition: each file of the main language with the words of another.
//!
//! Owns what becomes of a file that has a translation, of one that has none, and of a translation without an original.

use std::collections::BTreeMap;

use super::files::Kind;
use super::join::{self, Fault};
use super::origins::{Joined, Origins, Piece};
use super::write::{Node, Origin, Stretch, write};
use super::{PRACTICE, Standing, behind};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::front_matter::Block;
use crate::document::schema::Shape;
use crate::document::{self, TOPICS, fences, page_shape, practice_shape};
use crate::source::{Content, SourcePath, Sources, Text};
use crate::yaml::{Path, Places, Step, Value};

/// So many fields that a translation leaves out are named.
const NAMED: usize = 4;

/// Makes one edition.
pub(super) struct Maker<'a> {
    pub main: &'a Sources,
    /// All files, as people wrote them.
    pub written: &'a Sources,
    pub drafts: bool,
    pub standing: Standing,
    pub sources: Sources,
    pub origins: Origins,
    /// What a location is called here, by its name in the main language.
    pub labels: BTreeMap<String, String>,
    pub found: &'a mut Diagnostics,
}

/// Why a file has no words of a language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lacks {
    /// Nobody has begun.
    All,
    /// Somebody has begun.
    ButADraft,
    /// They can't be read, and a finding says why.
    ToldAlready,
}

/// A file as it was written: its facts, and where its text begins.
struct Side<'a> {
    path: &'a SourcePath,
    text: &'a str,
    front: std::ops::Range<usize>,
    body: usize,
    value: Value,
    places: Places,
}

impl<'a> Side<'a> {
    /// Reads a file; none where its facts are no facts.
    fn read(path: &'a SourcePath, sources: &'a Sources, kind: Kind, found: &mut Diagnostics) -> Option<Side<'a>> {
        let text = std::str::from_utf8(sources.text(path)?).ok()?;
        let (front, body) = match kind {
            Kind::Page(_) => match fences::split(text) {
                Some(fenced) => {
                    found.extend(fenced.faults.into_iter().map(|fault| fault.at(path)));
                    (fenced.facts, fenced.body)
                }
                None => (0..0, 0),
            },
            _ => (if text.starts_with('\u{feff}') { 3 } else { 0 }..text.len(), text.len()),
        };
        let block = Block { path, file: text, start: front.start, end: front.end };
        let value = block.value(found)?;
        let places = block.places();
        Some(Side { path, text, front, body, value, places })
    }

    fn locate(&self, path: &Path) -> crate::yaml::Located {
        let block = Block { path: self.path, file: self.text, start: self.front.start, end: self.front.end };
        block.locate_in(&self.places, path)
    }

    fn is_draft(&self) -> bool {
        self.value.get("draft").and_then(Value::as_bool).unwrap_or_default()
    }
}

impl Maker<'_> {
    /// `words`: by the path of the main language's file, the file that holds this language's words.
    pub(super) fn make(&mut self, words: &BTreeMap<SourcePath, SourcePath>) {
        let practice = SourcePath::new(PRACTICE);
        // Its names of places are needed for everything else.
        for path in practice.iter().filter(|path| self.main.files.contains_key(*path)) {
            self.file(path, Kind::Practice, words.get(path));
        }
        let main = self.main;
        for (path, content) in main.files.iter().filter(|(path, _)| Some(*path) != practice.as_ref()) {
            match (Kind::of(path), content) {
                (Kind::Main, _) => {}
                (Kind::Page(kind), Content::Text(_)) => self.file(path, Kind::Page(kind), words.get(path)),
                _ => drop(self.sources.files.insert(path.clone(), content.clone())),
            }
        }
        for (path, own) in words.iter().filter(|(path, _)| !main.files.contains_key(*path)) {
            self.of_this_language_alone(path, own);
        }
    }

    fn file(&mut self, path: &SourcePath, kind: Kind, own: Option<&SourcePath>) {
        let mut ignored = Diagnostics::default();
        let (main, written) = (self.main, self.written);
        // What is wrong with it is told where the main language's site is read.
        let Some(facts) = Side::read(path, main, kind, &mut ignored) else {
            self.as_it_is(path);
            return;
        };
        let Some(own) = own else { return self.borrow(kind, &facts, Lacks::All) };
        match Side::read(own, written, kind, self.found) {
            Some(words) if words.is_draft() && !self.drafts => self.borrow(kind, &facts, Lacks::ButADraft),
            Some(words) => self.join(kind, &facts, &words),
            None => self.borrow(kind, &facts, Lacks::ToldAlready),
        }
    }

    /// A file that can't be joined stays what it is, and so do its findings.
    fn as_it_is(&mut self, path: &SourcePath) {
        if let Some(content) = self.main.files.get(path) {
            self.sources.files.insert(path.clone(), content.clone());
        }
    }

    fn join(&mut self, kind: Kind, facts: &Side<'_>, words: &Side<'_>) {
        let shape: &Shape = match kind {
            Kind::Page(kind) => page_shape(kind),
            _ => practice_shape(),
        };
        let mut own = words.value.clone();
        if let Value::Mapping(own) = &mut own {
            own.remove("draft");
        }
        let joined = join::join(shape, &facts.value, &own, facts.path.file_name());
        let mut node = joined.node;
        for fault in joined.faults {
            self.found.push(told(fault, facts, words));
        }
        let left_out: Vec<String> = joined.left_out.iter().map(spelt).collect();
        if !left_out.is_empty() {
            let more = left_out.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let named: Vec<String> = left_out.iter().take(NAMED).map(|field| format!("`{field}`")).collect();
            let message = format!("{}{more} of {} aren't translated here", named.join(", "), facts.path.file_name());
            let message = if left_out.len() == 1 { message.replace(" aren't ", " isn't ") } else { message };
            let help = "add the same fields with the words of this language";
            self.found.push(Diagnostic::new(&codes::UNTRANSLATED, message).about(words.path).help(help));
        }
        if let Kind::Page(_) = kind {
            if let Some(finding) =
                behind::figures(facts.path, &facts.text[facts.body..], words.path, words.text, words.body)
            {
                self.found.push(finding);
            }
            remove(&mut node, "lang");
        }
        self.settle(kind, &mut node);
        self.put(facts, Some(words), node);
    }

    /// What a file without a translation is here.
    fn borrow(&mut self, kind: Kind, facts: &Side<'_>, lacks: Lacks) {
        let language = &self.standing.languages[self.standing.own];
        let name = document::values::names::language(&language.tag, "en").unwrap_or(&language.tag).to_string();
        let suffix = language.prefix.clone();
        let untranslated = |message: String| Diagnostic::new(&codes::UNTRANSLATED, message).about(facts.path);
        match kind {
            Kind::Page(document::Kind::Resource) => {}
            // A topic is called in each language as its articles call it.
            Kind::Page(document::Kind::Page) if facts.path.inside(TOPICS).is_some_and(|rest| rest != "index.md") => {}
            Kind::Page(_) => {
                let file = format!("{}.{suffix}.md", facts.path.stem());
                let message = match lacks == Lacks::ButADraft {
                    true => format!("{file} is a draft, so that visitors see this page in the main language"),
                    false => {
                        format!("this page has no {name} translation, so that visitors see it in the main language")
                    }
                };
                if !facts.is_draft() && lacks != Lacks::ToldAlready {
                    let help = format!("write {file} beside it, or `anteroom add translation {} {suffix}`", facts.path);
                    self.found.push(untranslated(message).help(help));
                }
                let main = self.standing.languages[0].tag.clone();
                self.standing.borrowed.insert(facts.path.clone(), main.clone());
                let mut node = join::alone(&facts.value);
                let is_marked = |node: &Node, key: &str| matches!(node, Node::Fields(fields, _) if fields.iter().any(|(own, _)| own == key));
                let lang = (!is_marked(&node, "lang")).then(|| ("lang", Value::from(main)));
                remove(&mut node, "noindex");
                remove(&mut node, "aliases");
                for (key, value) in lang.into_iter().chain([("noindex", Value::from(true))]) {
                    add(&mut node, key, value);
                }
                self.settle(kind, &mut node);
                self.put(facts, None, node);
            }
            _ => {
                let message = format!("practice.yaml has no {name} translation");
                let help = format!(
                    "write practice.{suffix}.yaml beside it: tagline, description and whatever else visitors read"
                );
                if lacks != Lacks::ToldAlready {
                    self.found.push(untranslated(message).help(help));
                }
                let mut node = join::alone(&facts.value);
                self.settle(kind, &mut node);
                self.put(facts, None, node);
            }
        }
    }

    /// What a site in this language alone would say by itself: its language, and what its places are called.
    fn settle(&mut self, kind: Kind, node: &mut Node) {
        let Node::Fields(fields, _) = node else { return };
        match kind {
            Kind::Page(document::Kind::Practitioner) => {
                let locations = fields.iter_mut().filter(|(key, _)| key == "locations");
                let entries = locations.filter_map(|(_, node)| match node {
                    Node::Entries(entries, _) => Some(entries),
                    _ => None,
                });
                for entry in entries.flatten() {
                    if let Node::Scalar(Value::String(label), _) = entry
                        && let Some(own) = self.labels.get(label.as_str())
                    {
                        label.clone_from(own);
                    }
                }
            }
            Kind::Practice => {
                let tag = self.standing.languages[self.standing.own].tag.clone();
                let place = fields.iter().position(|(key, _)| key == "language");
                let origin = fields.iter().find(|(key, _)| key == "languages").map(|(_, node)| node.origin().clone());
                fields.retain(|(key, _)| key != "language" && key != "acknowledge");
                let origin = origin.unwrap_or(Origin { file: 0, path: Path::default() });
                let at = place.unwrap_or(0).min(fields.len());
                fields.insert(at, ("language".to_string(), Node::Scalar(Value::from(tag), origin)));
            }
            _ => {}
        }
    }

    /// Words that exist in this language alone: an article for its readers.
    fn of_this_language_alone(&mut self, path: &SourcePath, own: &SourcePath) {
        let Some(text) = self.written.text(own) else { return };
        let all = 0..text.len();
        let piece = Piece { at: all.clone(), file: 0, to: all, same: true };
        self.origins.0.insert(path.clone(), Joined { files: vec![own.clone()], pieces: vec![piece] });
        self.sources.files.insert(path.clone(), Content::Text(text.clone()));
    }

    /// Puts the joined file where the main language's file lies.
    fn put(&mut self, facts: &Side<'_>, words: Option<&Side<'_>>, node: Node) {
        if let (Node::Fields(fields, _), true) = (&node, facts.path.as_str() == PRACTICE) {
            self.learn_labels(fields, &facts.value);
        }
        let written = write(&node);
        let body = words.unwrap_or(facts);
        let is_page = facts.path.as_str() != PRACTICE;
        let head = if is_page { "---\n" } else { "" };
        let mut text = format!("{head}{}", written.text);
        let sides = [Some(facts), words];
        let mut pieces = Vec::new();
        for stretch in &written.stretches {
            if let Some(side) = sides[stretch.origin.file] {
                pieces_of(stretch, side, &text, head.len(), &mut pieces);
            }
        }
        if is_page {
            text.push_str("---\n");
            let at = text.len();
            text.push_str(&body.text[body.body..]);
            let file = usize::from(words.is_some());
            pieces.push(Piece { at: at..text.len(), file, to: body.body..body.text.len(), same: true });
        }
        let files = [Some(facts), words].into_iter().flatten().map(|side| side.path.clone()).collect();
        self.origins.0.insert(facts.path.clone(), Joined { files, pieces });
        self.sources.files.insert(facts.path.clone(), Content::Text(Text::from(text.into_bytes())));
    }

    fn learn_labels(&mut self, fields: &[(String, Node)], main: &Value) {
        let Some((_, Node::Entries(locations, _))) = fields.iter().find(|(key, _)| key == "locations") else { return };
        for (index, location) in locations.iter().enumerate() {
            let Node::Fields(fields, _) = location else { continue };
            let own = fields.iter().find_map(|(key, node)| match node {
                Node::Scalar(Value::String(label), _) if key == "label" => Some(label.clone()),
                _ => None,
            });
            let theirs = Path::of(&format!("locations[{index}].label")).in_value(main).and_then(Value::as_str);
            if let (Some(theirs), Some(own)) = (theirs, own) {
                self.labels.insert(theirs.to_string(), own);
            }
        }
    }
}

/// Where a stretch of the joined text comes from: as a whole, and line by line where the letters are the same.
fn pieces_of(stretch: &Stretch, side: &Side<'_>, text: &str, shift: usize, pieces: &mut Vec<Piece>) {
    let located = side.locate(&stretch.origin.path);
    let to = match stretch.is_key {
        true => located.key.unwrap_or(located.value),
        false => located.value,
    };
    let at = stretch.at.start + shift..stretch.at.end + shift;
    let file = stretch.origin.file;
    pieces.push(Piece { at: at.clone(), file, to: to.clone(), same: false });
    let (Some(ours), Some(theirs)) = (text.get(at.clone()), side.text.get(to.clone())) else { return };
    let mut from = 0;
    let mut line_at = at.start;
    for line in ours.split_inclusive('\n') {
        let bare = line.trim().trim_matches('"');
        let inside = line.find(bare).unwrap_or_default();
        if !bare.is_empty()
            && let Some(place) = theirs.get(from..).and_then(|rest| rest.find(bare))
        {
            let start = to.start + from + place;
            let own = line_at + inside;
            pieces.push(Piece { at: own..own + bare.len(), file, to: start..start + bare.len(), same: true });
            from += place + bare.len();
        }
        line_at += line.len();
    }
}

/// A fault of a translation as a finding.
fn told(fault: Fault, facts: &Side<'_>, words: &Side<'_>) -> Diagnostic {
    let located = words.locate(&fault.at);
    let span = if fault.at_key { located.key.unwrap_or(located.value) } else { located.value };
    let mut finding = Diagnostic::new(fault.code, fault.message).at(words.path, span);
    finding.help = fault.help.or(finding.help);
    finding.label = fault.label;
    match fault.fact {
        Some(fact) => {
            let place = facts.locate(&fact);
            finding.related(facts.path, place.key.unwrap_or(place.value), "the fact stands here")
        }
        None => finding,
    }
}

fn remove(node: &mut Node, key: &str) {
    if let Node::Fields(fields, _) = node {
        fields.retain(|(own, _)| own != key);
    }
}

fn add(node: &mut Node, key: &str, value: Value) {
    if let Node::Fields(fields, origin) = node {
        let origin = origin.clone();
        fields.push((key.to_string(), Node::Scalar(value, origin)));
    }
}

/// A path as authors read it: `sections[0].heading`.
fn spelt(path: &Path) -> String {
    let mut text = String::new();
    for step in &path.0 {
        match step {
            Step::Field(name) if text.is_empty() => text.push_str(name),
            Step::Field(name) => text.push_str(&format!(".{name}")),
            Step::Entry(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}
