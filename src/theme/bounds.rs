//! How much a site's own templates may do.
//!
//! Owns the counting while they run. The engine ends components that call themselves too deep, and goes round loops, calls
//! components side by side and prints for as long as memory lasts. So each loop, each component and each name that is given a value reports here, by a call
//! that is put behind its tag before the engine reads the template; the call prints nothing and keeps lines and the white
//! space around tags as they are. The program's own templates run as they are: what they go through is as long as the site.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;

use regex::Regex;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use crate::limits;

/// Bytes for which a page has room before it is printed; most are not much longer.
const FIRST: usize = 1 << 15;

/// What is put behind the tag of a loop and at a component's beginning.
const ROUND: &str = "__round()";

thread_local! {
    /// What the page that this thread is at has done so far.
    static DONE: Cell<Done> = const { Cell::new(Done { rounds: 0, bytes: 0 }) };
}

#[derive(Clone, Copy)]
struct Done {
    rounds: u64,
    bytes: u64,
}

/// Gives an engine what the counted templates call.
pub(super) fn register(engine: &mut Tera) {
    engine.register_function("__round", |_: Kwargs, _: &State| round());
    engine.register_function("__given", |kwargs: Kwargs, _: &State| -> TeraResult<&'static str> {
        let value: Value = kwargs.must_get("value")?;
        let text = value.as_str().map_or(0, str::len);
        let list = value.as_array().map_or(0, <[Value]>::len);
        match text.max(list) > limits::TEMPLATE_VALUE {
            true => Err(Error::message("the value that's put together here gets too large".to_string())),
            false => Ok(""),
        }
    });
    // The engine's own makes a hundred thousand, and of lists in lists as many times as many.
    engine.register_function("range", |kwargs: Kwargs, _: &State| -> TeraResult<Vec<i64>> {
        let start: i64 = kwargs.get("start")?.unwrap_or_default();
        let end: i64 = kwargs.must_get("end")?;
        let step: i64 = kwargs.get("step_by")?.unwrap_or(1);
        if step == 0 || (step > 0 && start > end) {
            let message = "`range` needs a `start` before its `end`, and a `step_by` that isn't 0".to_string();
            return Err(Error::message(message));
        }
        let most = limits::TEMPLATE_RANGE;
        let next = |at: &i64| at.checked_add(step).filter(|next| if step > 0 { *next < end } else { *next > end });
        let first = Some(start).filter(|start| if step > 0 { *start < end } else { *start > end });
        let numbers: Vec<i64> = std::iter::successors(first, next).take(most + 1).collect();
        match numbers.len() > most {
            true => Err(Error::message(format!("`range` can make {most} numbers at most"))),
            false => Ok(numbers),
        }
    });
}

fn round() -> TeraResult<&'static str> {
    let mut done = DONE.get();
    done.rounds += 1;
    DONE.set(done);
    if done.rounds > limits::TEMPLATE_ROUNDS {
        return Err(Error::message(format!(
            "this page's loops run more than {} times; show less, or use more pages",
            limits::TEMPLATE_ROUNDS
        )));
    }
    if done.bytes > limits::PAGE {
        return Err(Error::message(format!("the page gets larger than {} MiB here", limits::PAGE >> 20)));
    }
    Ok("")
}

/// Prints a template, within the limits.
///
/// # Errors
/// The engine's, and that of a limit at its place.
pub fn print(engine: &Tera, template: &str, context: &Context) -> TeraResult<String> {
    // A page that is made while another waits on this thread begins from nothing.
    let (printed, text) = DONE.with(|done| {
        let before = done.replace(Done { rounds: 0, bytes: 0 });
        let mut out = Counted { text: Vec::with_capacity(FIRST), done };
        let printed = engine.render_to(template, context, &mut out);
        done.set(before);
        (printed, out.text)
    });
    printed?;
    String::from_utf8(text).map_err(|_| Error::message("the page isn't text".to_string()))
}

/// What is printed, with how much it is.
struct Counted<'a> {
    text: Vec<u8>,
    done: &'a Cell<Done>,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A loop tells it at its place before; what has no loop ends here.
        if self.text.len() as u64 > limits::PAGE * 2 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.text.extend_from_slice(bytes);
        self.done.set(Done { bytes: self.text.len() as u64, ..self.done.get() });
        Ok(bytes.len())
    }

    // The engine prints in small pieces; the standard way tries each until it is written.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A template with its calls, and the template that was written without.
pub(super) fn counted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (place, call) in calls(text) {
        out.push_str(&text[at..place]);
        out.push_str(&call);
        at = place;
    }
    out.push_str(&text[at..]);
    out
}

/// The column in a line as it was written, of one in the line as the engine read it; both in letters.
pub(super) fn written_column(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let mut added = 0;
    for (place, call) in calls(text).into_iter().filter(|(place, _)| (start..=end).contains(place)) {
        let here = text[start..place].chars().count();
        if here + added >= column {
            break;
        }
        added += call.len();
        // Inside the call itself: what it stands behind is meant.
        if here + added > column {
            return here.saturating_sub(1);
        }
    }
    column - added.min(column)
}

/// Where calls are put, in order. What cannot be read as tags stays as it is: the engine tells why.
fn calls(text: &str) -> Vec<(usize, String)> {
    let mut calls = Vec::new();
    // Names whose value stands between two tags.
    let mut open: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let rest = &text[start..];
        if rest.starts_with("{#") {
            at = rest.find("#}").map_or(text.len(), |end| start + end + 2);
            continue;
        }
        if !rest.starts_with("{%") {
            at = start + 1;
            continue;
        }
        let Some(end) = end_of_tag(text, start + 2) else { break };
        let inside = text[start + 2..end - 2].trim_matches('-').trim();
        // A call takes the white space that its tag takes.
        let behind = |call: &str| match text[..end].ends_with("-%}") {
            true => format!("{{{{- {call} -}}}}"),
            false => format!("{{{{ {call} }}}}"),
        };
        let given = |name: &str| format!("__given(value={name})");
        let mut words = inside.splitn(2, char::is_whitespace);
        let (word, more) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().trim());
        at = end;
        match word {
            "raw" => {
                let close = text[end..]
                    .match_indices("{%")
                    .map(|(open, _)| end + open)
                    .find(|open| text[open + 2..].trim_start_matches('-').trim_start().starts_with("endraw"));
                at = close.unwrap_or(text.len());
            }
            "for" | "component" => calls.push((end, behind(ROUND))),
            "set" | "set_global" => {
                let name = &more[..more.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(more.len())];
                match more[name.len()..].trim_start().starts_with('=') {
                    true => calls.push((end, behind(&given(name)))),
                    false => open.push(name.to_string()),
                }
            }
            "endset" | "endset_global" => calls.extend(open.pop().map(|name| (end, behind(&given(&name))))),
            _ => {}
        }
    }
    calls
}

/// A stretch of one of several texts.
type Place = (usize, Range<usize>);

/// Where a component calls itself, directly or through others: the template, by its place among those given, and the
/// call's name in it. The engine ends such calls and says nowhere where they began.
pub(super) fn endless_call(texts: &[&str]) -> Option<Place> {
    let (Ok(call), Ok(component)) = (Regex::new(r"\{\{-?\s*<([\w.]+)"), Regex::new(r"\{%-?\s*component\s+([\w.]+)"))
    else {
        return None;
    };
    // By the component: whom it calls, and where.
    let mut calls: BTreeMap<&str, Vec<(&str, Place)>> = BTreeMap::new();
    for (index, text) in texts.iter().enumerate() {
        for component in component.captures_iter(text) {
            let Some((whole, name)) = component.get(0).zip(component.get(1)) else { continue };
            let end = text[whole.end()..].find("endcomponent").map_or(text.len(), |end| whole.end() + end);
            let found = call.captures_iter(&text[whole.end()..end]).filter_map(|call| call.get(1));
            let found =
                found.map(|call| (call.as_str(), (index, whole.end() + call.start()..whole.end() + call.end())));
            calls.entry(name.as_str()).or_default().extend(found);
        }
    }
    let reaches = |from: &str, to: &str| {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![from]);
        while let Some(name) = waiting.pop() {
            if name == to {
                return true;
            }
            if seen.insert(name) {
                waiting.extend(calls.get(name).into_iter().flatten().map(|(called, _)| *called));
            }
        }
        false
    };
    let mut all = calls.iter().flat_map(|(name, calls)| calls.iter().map(move |call| (*name, call)));
    let (_, (_, place)) = all.find(|(name, (called, _))| reaches(called, name))?;
    Some(place.clone())
}

/// Behind the `%}` of a tag, texts between quotes left out.
fn end_of_tag(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut quote) = (from, None);
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (None, b'%') if bytes.get(at + 1) == Some(&b'}') => return Some(at + 2),
            (None, mark @ (b'"' | b'\'' | b'`')) => quote = Some(mark),
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Result<String, String> {
        let mut engine = Tera::new();
        register(&mut engine);
        engine.add_raw_template("a.html", &counted(text)).map_err(|error| error.to_string())?;
        print(&engine, "a.html", &Context::new()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_counted_prints_as_before() {
        for text in [
            "{% for a in range(end=3) %} {{ a }} {% endfor %}",
            "{% for a in range(end=3) -%}  {{ a }}  {%- endfor -%}  b",
            "{% for a in range(end=3) %}\n  {% if a == 1 %}{% continue %}{% endif %}{{ a }}\n{% else %}none{% endfor %}",
            "{% raw %}{% for %}{% endraw %}{# {% for #}{% for a in [\"%}\", '-%}'] %}{{ a }}{% endfor %}",
            "{% set a = \"x\" -%}  {{ a }} {% set b %} y {% endset %}{{ b }}",
            "{% component x(a=1) %} [{{ a }}] {% endcomponent %}{{ <x a={2} /> }}",
            "{% component x(a=1) -%}  [{{ a }}]  {%- endcomponent %}{{ <x a={2} /> }}",
        ] {
            let mut engine = Tera::new();
            engine.add_raw_template("a.html", text).unwrap();
            assert_eq!(printed(text).unwrap(), engine.render("a.html", &Context::new()).unwrap(), "{text}");
        }
    }

    #[test]
    fn what_has_no_end_ends() {
        let rounds = "{% set r = range(end=1000) %}";
        for (text, words) in [
            (format!("{rounds}{{% for a in r %}}{{% for b in r %}}{{% for c in r %}}{{% endfor %}}{{% endfor %}}{{% endfor %}}"), "loops run"),
            ("{% component x() %}{{ <x /> }}{% endcomponent %}{{ <x /> }}".to_string(), "depth"),
            ("{% component x(n=0) %}{% if n < 19 %}{{ <x n={n + 1} /> }}{{ <x n={n + 1} /> }}{% endif %}{% endcomponent %}{{ <x /> }}".to_string(), "loops run"),
            (format!("{{% set a = \"xxxxxxxx\" %}}{rounds}{{% for b in r %}}{{% set_global a = a ~ a %}}{{% endfor %}}"), "too large"),
            (format!("{rounds}{{% set a = \"{}\" %}}{{% for b in r %}}{{% for c in r %}}{{{{ a }}}}{{% endfor %}}{{% endfor %}}", "x".repeat(1000)), "MiB"),
            ("{{ range(end=1001) | length }}".to_string(), "range"),
        ] {
            let error = printed(&text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn a_component_that_calls_itself_is_found() {
        let plain = "{% component c() %}{{ <d /> }}{% endcomponent %}{{ <a /> }}";
        for (text, call) in [
            ("{% component a(n=1) %}\n{{- <a n={n} /> }}{% endcomponent %}", Some("a")),
            (
                "{% component a() %}{{<c />}}{{ <b /> }}{% endcomponent %}{% component b() %}{{ <a /> }}{% endcomponent %}",
                Some("b"),
            ),
            ("{% component a() %}{{ <c /> }}{% endcomponent %}{% component d() %}{% endcomponent %}", None),
        ] {
            let found = endless_call(&[plain, text]);
            assert_eq!(found.map(|(index, span)| &[plain, text][index][span]), call, "{text}");
        }
    }

    #[test]
    fn columns_are_those_that_were_written() {
        let text = "a\nb {% for x in y %}{{ x }}{% for z in x %}{{ z.q }}{% endfor %}{% endfor %}\n";
        let read = counted(text);
        for word in ["{{ x }}", "{{ z.q }}", "{% for z", "b {%"] {
            let column = |text: &str| text.lines().nth(1).unwrap().find(word).unwrap();
            assert_eq!(written_column(text, 2, column(&read)), column(text), "{word}");
        }
    }
}
