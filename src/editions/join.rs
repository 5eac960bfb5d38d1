//! The facts of one file and the words of another as one value.
//!
//! Owns which of the two counts for each field, by the mark in the content model, and what is wrong with a translation: a fact in it, words
//! that it leaves out, an entry more or less than the original has. Reads no file.

use super::write::{Node, Origin, named};
use crate::diagnostic::{Code, codes, nearest};
use crate::document::schema::{Record, Shape, Words};
use crate::yaml::{Mapping, Path, Value};

/// Something wrong with a translation.
#[derive(Debug)]
pub(super) struct Fault {
    pub code: &'static Code,
    pub message: String,
    /// Where in the translation.
    pub at: Path,
    /// Whether the field's name is marked.
    pub at_key: bool,
    /// Where the fact stands in the main language's file.
    pub fact: Option<Path>,
    pub help: Option<String>,
    pub label: Option<String>,
}

/// What came of joining two values.
#[derive(Debug)]
pub(super) struct Joined {
    pub node: Node,
    pub faults: Vec<Fault>,
    /// Words of the original that the translation leaves out.
    pub left_out: Vec<Path>,
}

/// Joins the facts of `main` with the words of `own`. `name`: what the main language's file is called.
pub(super) fn join(shape: &Shape, main: &Value, own: &Value, name: &str) -> Joined {
    let mut joiner = Joiner { name, faults: Vec::new(), left_out: Vec::new() };
    let path = Path::default();
    let node = joiner.value(shape, main, &path, own, &path);
    Joined { node, faults: joiner.faults, left_out: joiner.left_out }
}

/// A value of the main language's file as it is.
pub(super) fn alone(main: &Value) -> Node {
    Node::of(main, Origin { file: 0, path: Path::default() })
}

struct Joiner<'a> {
    name: &'a str,
    faults: Vec<Fault>,
    left_out: Vec<Path>,
}

impl Joiner<'_> {
    fn value(&mut self, shape: &Shape, main: &Value, at: &Path, own: &Value, own_at: &Path) -> Node {
        match (shape, main, own) {
            (Shape::Record(record), Value::Mapping(facts), Value::Mapping(words)) => {
                self.record(record, facts, at, words, own_at)
            }
            (
                Shape::Tagged(tag, records) | Shape::OpenTagged(tag, records),
                Value::Mapping(facts),
                Value::Mapping(words),
            ) => {
                let kind = |map: &Mapping| map.get(tag.as_str()).map(named).unwrap_or_default();
                let (theirs, ours) = (kind(facts), kind(words));
                if !ours.is_empty() && ours != theirs {
                    let message = format!("this is `{ours}`, and in {} `{theirs}` stands in this place", self.name);
                    let help = "give both files the same entries in the same order".to_string();
                    self.fault(&codes::TRANSLATION_BEHIND, message, own_at, false, Some(help));
                    return Node::of(main, Origin { file: 0, path: at.clone() });
                }
                match records.get(&theirs) {
                    Some(record) => {
                        let mut words = words.clone();
                        words.remove(tag.as_str());
                        self.record(record, facts, at, &words, own_at)
                    }
                    // A section of the theme's: which of its fields are words, only the theme knows.
                    None => laid_over(facts, at, words, own_at),
                }
            }
            (Shape::List(of), Value::Sequence(facts), Value::Sequence(words)) => {
                if facts.len() != words.len() {
                    let (here, there) = (words.len(), facts.len());
                    let message = format!("this list has {here} where {} has {there}", self.name);
                    let help = "translate each entry, in the same order".to_string();
                    self.fault(&codes::TRANSLATION_BEHIND, message, own_at, true, Some(help));
                }
                let entries = facts.iter().enumerate().map(|(index, fact)| match words.get(index) {
                    Some(word) => self.value(of, fact, &at.entry(index), word, &own_at.entry(index)),
                    None => Node::of(fact, Origin { file: 0, path: at.entry(index) }),
                });
                Node::Entries(entries.collect(), Origin { file: 0, path: at.clone() })
            }
            (Shape::Map(_), Value::Mapping(facts), Value::Mapping(words)) => laid_over(facts, at, words, own_at),
            (Shape::Either(all), _, Value::Mapping(_)) => {
                match all.iter().find(|shape| matches!(shape, Shape::Record(_))) {
                    Some(shape) if main.is_mapping() => self.value(shape, main, at, own, own_at),
                    _ => self.not_here(main, at, own_at),
                }
            }
            // What should be a list or a block and is none is told where the value is checked.
            _ if std::mem::discriminant(main) != std::mem::discriminant(own) => {
                Node::of(own, Origin { file: 1, path: own_at.clone() })
            }
            _ => self.not_here(main, at, own_at),
        }
    }

    fn record(&mut self, record: &Record, facts: &Mapping, at: &Path, words: &Mapping, own_at: &Path) -> Node {
        let mut fields: Vec<(String, Node)> = Vec::new();
        for (key, fact) in facts {
            let key = named(key);
            let (here, there) = (at.field(&key), own_at.field(&key));
            let (shape, kind) = record.field(&key).map_or((None, None), |(shape, kind)| (Some(shape), kind));
            let node = match (words.get(key.as_str()), kind, shape) {
                (Some(word), Some(_), Some(Shape::Map(_))) => match (fact, word) {
                    (Value::Mapping(fact), Value::Mapping(word)) => laid_over(fact, &here, word, &there),
                    _ => Node::of(word, Origin { file: 1, path: there }),
                },
                (Some(word), Some(_), _) => {
                    if let (Value::Sequence(facts), Value::Sequence(words)) = (fact, word)
                        && facts.len() != words.len()
                    {
                        let (ours, theirs) = (words.len(), facts.len());
                        let message = format!("`{key}` has {ours} where {} has {theirs}", self.name);
                        let help = "compare the two lists: one of them has something that the other hasn't".to_string();
                        self.fault(&codes::TRANSLATION_BEHIND, message, &there, true, Some(help));
                    }
                    Node::of(word, Origin { file: 1, path: there })
                }
                (None, Some(Words::Own), _) => continue,
                (None, kind, shape) => {
                    match (kind, shape) {
                        (Some(Words::Text), _) if !is_empty(fact) => self.left_out.push(here.clone()),
                        (None, Some(shape)) => self.leave_out(shape, fact, &here),
                        _ => {}
                    }
                    Node::of(fact, Origin { file: 0, path: here })
                }
                (Some(word), None, Some(shape)) if shape.holds_words() => self.value(shape, fact, &here, word, &there),
                (Some(_), None, _) => self.not_here(fact, &here, &there),
            };
            fields.push((key, node));
        }
        for (key, word) in words.iter().filter(|(key, _)| !facts.contains_key(*key)) {
            let key = named(key);
            let there = own_at.field(&key);
            match record.field(&key) {
                Some((_, Some(_))) => fields.push((key, Node::of(word, Origin { file: 1, path: there }))),
                Some((_, None)) => {
                    let message = format!("`{key}` is a fact, and facts stand in {}", self.name);
                    let help = format!("write it in {}, where it holds for all languages", self.name);
                    self.fault(&codes::FACT_IN_TRANSLATION, message, &there, true, Some(help));
                }
                None => {
                    let message = format!("unknown field `{key}`");
                    self.fault(&codes::UNKNOWN_FIELD, message, &there, true, None);
                    let near = nearest(&key, record.names()).map(|near| format!("did you mean `{near}`?"));
                    if let Some(fault) = self.faults.last_mut() {
                        fault.label = near;
                    }
                }
            }
        }
        Node::Fields(fields, Origin { file: 0, path: at.clone() })
    }

    /// Notes the words below a field that a translation doesn't have at all.
    fn leave_out(&mut self, shape: &Shape, fact: &Value, at: &Path) {
        match (shape, fact) {
            (Shape::Record(record), Value::Mapping(map)) => self.leave_out_of(record, map, at),
            (Shape::Tagged(tag, records) | Shape::OpenTagged(tag, records), Value::Mapping(map)) => {
                if let Some(record) = map.get(tag.as_str()).and_then(|kind| records.get(&named(kind))) {
                    self.leave_out_of(record, map, at);
                }
            }
            (Shape::List(of), Value::Sequence(list)) => {
                for (index, entry) in list.iter().enumerate() {
                    self.leave_out(of, entry, &at.entry(index));
                }
            }
            (Shape::Either(all), Value::Mapping(_)) => {
                if let Some(shape) = all.iter().find(|shape| matches!(shape, Shape::Record(_))) {
                    self.leave_out(shape, fact, at);
                }
            }
            _ => {}
        }
    }

    fn leave_out_of(&mut self, record: &Record, map: &Mapping, at: &Path) {
        for (key, value) in map {
            let key = named(key);
            match record.field(&key) {
                Some((_, Some(Words::Text))) if !is_empty(value) => self.left_out.push(at.field(&key)),
                Some((shape, None)) => self.leave_out(shape, value, &at.field(&key)),
                _ => {}
            }
        }
    }

    /// A fact that a translation repeats: it holds as the main language's file has it.
    fn not_here(&mut self, fact: &Value, at: &Path, own_at: &Path) -> Node {
        let message = format!("this is a fact, and {} has it already", self.name);
        let help = "remove this line: a fact stands once, and holds for all languages".to_string();
        self.fault(&codes::FACT_IN_TRANSLATION, message, own_at, true, Some(help));
        if let Some(fault) = self.faults.last_mut() {
            fault.fact = Some(at.clone());
        }
        Node::of(fact, Origin { file: 0, path: at.clone() })
    }

    fn fault(&mut self, code: &'static Code, message: String, at: &Path, at_key: bool, help: Option<String>) {
        self.faults.push(Fault { code, message, at: at.clone(), at_key, fact: None, help, label: None });
    }
}

/// Fields by free names: those of the translation count where it has them.
fn laid_over(facts: &Mapping, at: &Path, words: &Mapping, own_at: &Path) -> Node {
    let mut fields: Vec<(String, Node)> = Vec::new();
    for (key, fact) in facts {
        let key = named(key);
        let node = match words.get(key.as_str()) {
            Some(word) => Node::of(word, Origin { file: 1, path: own_at.field(&key) }),
            None => Node::of(fact, Origin { file: 0, path: at.field(&key) }),
        };
        fields.push((key, node));
    }
    for (key, word) in words.iter().filter(|(key, _)| !facts.contains_key(*key)) {
        let key = named(key);
        let origin = Origin { file: 1, path: own_at.field(&key) };
        fields.push((key, Node::of(word, origin)));
    }
    Node::Fields(fields, Origin { file: 0, path: at.clone() })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Sequence(list) => list.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::{page_shape, practice_shape};
    use crate::yaml;

    fn joined(shape: &Shape, main: &str, own: &str) -> (Value, Vec<String>, Vec<String>) {
        let (main, own) = (yaml::parse(main).unwrap(), yaml::parse(own).unwrap());
        let joined = join(shape, &main, &own, "x.md");
        let faults = joined.faults.iter().map(|fault| format!("{}: {}", fault.code.name, fault.message)).collect();
        let path = |path: &Path| format!("{:?}", path.0);
        (joined.node.value(), faults, joined.left_out.iter().map(path).collect())
    }

    #[test]
    fn facts_stay_and_words_are_the_translations() {
        let main = "title: Trauer\nsummary: Etwas\nkind: therapy\nprice: { amount: 110, per: Sitzung }\nformats: [video]\n\
                    faqs: [{ question: Was?, answer: Das. }]\naliases: [/alt/]\n";
        let own = "title: Grief\nsummary: Something\nslug: grief\nprice: { per: session }\nfaqs: [{ question: What?, answer: That. }]\n";
        let (value, faults, left_out) = joined(page_shape(Kind::Service), main, own);
        let expected = "title: Grief\nsummary: Something\nkind: therapy\nprice: { amount: 110, per: session }\nformats: [video]\n\
                        faqs: [{ question: What?, answer: That. }]\nslug: grief\n";
        assert_eq!(value, yaml::parse(expected).unwrap());
        assert!(faults.is_empty() && left_out.is_empty(), "{faults:?} {left_out:?}");
    }

    #[test]
    fn what_is_wrong_with_a_translation_is_told() {
        let main = "title: Trauer\nsummary: Etwas\nkind: therapy\nprice: { amount: 110 }\nfor_whom: [a, b]\n";
        let own = "title: Grief\nprice: { amount: 120 }\nfor_whom: [a]\nformats: [video]\nsumary: x\n";
        let (value, faults, left_out) = joined(page_shape(Kind::Service), main, own);
        assert_eq!(value["price"]["amount"], Value::from(110));
        assert_eq!(
            faults,
            [
                "fact-in-translation: this is a fact, and x.md has it already",
                "translation-behind: `for_whom` has 1 where x.md has 2",
                "fact-in-translation: `formats` is a fact, and facts stand in x.md",
                "unknown-field: unknown field `sumary`",
            ]
        );
        assert_eq!(left_out.len(), 1);
    }

    #[test]
    fn entries_with_facts_are_joined_one_by_one() {
        let main = "locations: [{ label: Praxis, address: { street: Weg 1, city: Ort, country: DE }, access: [Aufzug] }]\n\
                    navigation: [{ label: Über uns, to: about.md }]\nnotices: [{ text: Urlaub, until: 2026-12-01 }]\n";
        let own = "locations: [{ label: Rooms, access: [Lift] }]\nnavigation: [{ label: About }]\nnotices: [{ text: Holiday }]\n";
        let (value, faults, left_out) = joined(practice_shape(), main, own);
        assert_eq!(value["locations"][0]["label"], Value::from("Rooms"));
        assert_eq!(value["locations"][0]["address"]["street"], Value::from("Weg 1"));
        assert_eq!(value["navigation"][0]["to"], Value::from("about.md"));
        assert_eq!(value["notices"][0]["text"], Value::from("Holiday"));
        assert!(faults.is_empty() && left_out.is_empty(), "{faults:?} {left_out:?}");
    }

    #[test]
    fn sections_are_joined_where_they_are_the_same() {
        let main = "title: x\nsections: [{ type: hero, heading: Hallo, person: anna }, { type: quote, text: Gut }]\n";
        let own = "title: x\nsections: [{ type: hero, heading: Hello }, { type: faq, faqs: [] }]\n";
        let (value, faults, _) = joined(page_shape(Kind::Page), main, own);
        assert_eq!(value["sections"][0]["heading"], Value::from("Hello"));
        assert_eq!(value["sections"][0]["person"], Value::from("anna"));
        assert_eq!(value["sections"][1]["text"], Value::from("Gut"));
        assert_eq!(faults, ["translation-behind: this is `faq`, and in x.md `quote` stands in this place"]);
    }
}
