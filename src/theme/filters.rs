//! The filters that templates have besides the engine's own: pure formatters of words.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tera::{Kwargs, Map, State, Tera, TeraResult, Value};

use super::words::Words;

/// Registers the filters that fill words, which need the language's plural rules, and those whose order the
/// engine leaves open.
pub(crate) fn register(engine: &mut Tera, words: Arc<Words>) {
    // `{{ t.minutes | fill(n=50) }}`: every `{name}` in the word becomes the argument of that name.
    engine.register_filter("fill", |word: &str, kwargs: Kwargs, _: &State| fill(word, &kwargs));
    // `{% for letter, people in people | group_by(attribute="initials") %}`: groups in the order in which they first
    // appear; the engine's own of this name has none.
    engine.register_filter("group_by", |list: Value, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let attribute: String = kwargs.must_get("attribute")?;
        let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for entry in list.as_array().unwrap_or_default() {
            let value = attribute.split('.').try_fold(entry.clone(), |value, part| {
                value.as_map()?.iter().find(|(key, _)| key.as_str() == Some(part)).map(|(_, value)| value.clone())
            });
            let Some(key) = value.filter(|value| !value.is_none()).map(|value| value.to_string()) else { continue };
            let at = *known.entry(key.clone()).or_insert(groups.len());
            match groups.get_mut(at) {
                Some((_, group)) => group.push(entry.clone()),
                None => groups.push((key, vec![entry.clone()])),
            }
        }
        Ok(Value::from(groups.into_iter().map(|(key, group)| (key.into(), Value::from(group))).collect::<Map>()))
    });
    // `{{ t.sessions | plural(n=6) }}`: the form of the word for a number.
    engine.register_filter("plural", move |word: Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let number: u64 = kwargs.must_get("n")?;
        let Some(forms) = word.as_map() else { return fill(word.as_str().unwrap_or_default(), &kwargs) };
        let forms: BTreeMap<String, String> =
            forms.iter().map(|(key, text)| (key.to_string(), text.as_str().unwrap_or_default().to_string())).collect();
        fill(words.form(&forms, number), &kwargs)
    });
}

fn fill(word: &str, kwargs: &Kwargs) -> TeraResult<String> {
    let mut text = word.to_string();
    for (name, value) in kwargs.iter() {
        text = text.replace(&format!("{{{name}}}"), &value.to_string());
    }
    Ok(text)
}
