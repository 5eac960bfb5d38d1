//! The filters that templates have besides the engine's own: pure formatters of words.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::words::Words;

/// Registers the filters that fill words; they need the language's plural rules.
pub(crate) fn register(engine: &mut Tera, words: Arc<Words>) {
    // `{{ t.minutes | fill(n=50) }}`: every `{name}` in the word becomes the argument of that name.
    engine.register_filter("fill", |word: &str, kwargs: Kwargs, _: &State| fill(word, &kwargs));
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
