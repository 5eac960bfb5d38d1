//! Straight quotation marks in facts of one line, as their language has them. Texts in markdown get theirs where they are
//! written.

use super::{Record, Shape};
use crate::document::quotes;
use crate::yaml::{Mapping, Value};

impl Shape {
    /// Sets the marks in every text of a value that fits the shape. `lang` is the language's tag.
    pub fn curl(&self, value: &mut Value, lang: &str) {
        match (self, value) {
            (Shape::Text(None), Value::String(text)) if is_said(text) => *text = quotes::curl(text, lang),
            (Shape::List(entries), Value::Sequence(list)) => {
                list.iter_mut().for_each(|entry| entries.curl(entry, lang));
            }
            (Shape::Map(entries), Value::Mapping(map)) => map.values_mut().for_each(|entry| entries.curl(entry, lang)),
            (Shape::Record(record), Value::Mapping(map)) => record.curl(map, lang),
            (Shape::Tagged(tag, records) | Shape::OpenTagged(tag, records), Value::Mapping(map)) => {
                let kind = map.get(tag.as_str()).and_then(Value::as_str);
                if let Some(record) = kind.and_then(|kind| records.get(kind)) {
                    record.curl(map, lang);
                }
            }
            (Shape::Either(shapes), value) => {
                if let Some(shape) = shapes.iter().find(|shape| shape.is_kind_of(value)) {
                    shape.curl(value, lang);
                }
            }
            _ => {}
        }
    }
}

impl Record {
    fn curl(&self, map: &mut Mapping, lang: &str) {
        for (name, value) in map.iter_mut() {
            if let Some(field) = name.as_str().and_then(|name| self.fields.get(name)) {
                field.shape.curl(value, lang);
            }
        }
    }
}

/// Whether a text has marks and is none of the names by which files call each other (`o'brien`).
fn is_said(text: &str) -> bool {
    text.contains(['\'', '"']) && text.contains(|c: char| c.is_whitespace() || c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use crate::document::model::Service;
    use crate::document::schema::shape;
    use crate::yaml;

    #[test]
    fn facts_that_people_read_have_the_marks_of_their_language() {
        let yaml = "title: It's \"new\"\nsummary: A 6' path\nimage: images/it's new.jpg\nprice: { amount: 90, note: Don't }\n\
                    for_whom: [You can't sleep]\npractitioners: [o'brien]\n";
        let mut value = yaml::parse(yaml).unwrap();
        shape::<Service>().curl(&mut value, "de");
        let text = serde_yaml::to_string(&value).unwrap();
        for part in ["It’s „new“", "A 6′ path", "images/it's new.jpg", "You can’t sleep", "- o'brien"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
