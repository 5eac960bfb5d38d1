//! What people write in YAML by mistake, as the line that they meant.
//!
//! Owns the slips: a table of guesses about a single line, each with its words. Whether a guess is right `mend` finds out, by
//! reading the text with it. Odd white space is `odd`'s.

use std::ops::Range;

use super::Value;

/// A guess: in a line, these bytes should be others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Guess {
    /// What is wrong, for the author.
    pub message: String,
    /// Where in the line.
    pub at: Range<usize>,
    /// What stands there then.
    pub with: String,
    /// What is marked in the line.
    pub marked: Range<usize>,
}

impl Guess {
    fn new(message: impl Into<String>, at: Range<usize>, with: impl Into<String>) -> Guess {
        Guess { message: message.into(), marked: at.clone(), at, with: with.into() }
    }

    fn marking(mut self, marked: Range<usize>) -> Guess {
        self.marked = marked;
        self
    }
}

/// What is never right as it stands, whatever the lines around it are. `is_name`: whether a word is the name of a field.
pub(super) fn plain_guesses(line: &str, is_name: &dyn Fn(&str) -> bool) -> Vec<Guess> {
    let all = [
        no_space_behind_dash(line),
        no_space_behind_colon(line),
        equals(line),
        hash_in_braces(line),
        no_colon(line, is_name),
    ];
    all.into_iter().flatten().collect()
}

/// Guesses about a line of a text that is no YAML, the likeliest first. `above`: the lines before it; `next`: the one after it.
pub(super) fn guesses(line: &str, above: &[&str], next: &str) -> Vec<Guess> {
    let mut all = Vec::new();
    all.extend(goes_on(line, above));
    all.extend(indented_wrongly(line, above));
    all.extend(quoted(line, next));
    all.extend(unclosed(line));
    all
}

/// Guesses about a line of a text that is YAML and has faults nevertheless. `below`: the text behind it.
pub(super) fn doubts(line: &str, below: &str) -> Vec<Guess> {
    let mut all = Vec::new();
    all.extend(no_space_behind_dash(line));
    all.extend(no_space_behind_colon(line));
    all.extend(no_space_in_braces(line));
    all.extend(grouped_number(line));
    all.extend(no_dash(line, below));
    all.extend(entry_with_colon(line));
    all
}

/// `insurance:` and below it `payer: Aetna` without a dash: the fields of one entry.
fn no_dash(line: &str, below: &str) -> Option<Guess> {
    let at = indent(line);
    let is_field = name_end(line, at).is_some_and(|end| line[end..].starts_with(':'));
    if at == 0 || !is_field {
        return None;
    }
    let mut end = line.len();
    let mut with = format!("- {}", &line[at..]);
    for more in below.split_inclusive('\n').skip(1) {
        let bare = more.trim_end_matches(['\n', '\r']);
        if !bare.trim().is_empty() && (indent(bare) < at || bare[indent(bare)..].starts_with("- ")) {
            break;
        }
        let own = if bare.trim().is_empty() { bare.to_string() } else { format!("  {bare}") };
        with.push_str(&format!("\n{own}"));
        // The end of the line before and this line.
        end += 1 + bare.len();
    }
    let end = if below.contains('\r') { line.len() } else { end };
    let with = if below.contains('\r') { format!("- {}", &line[at..]) } else { with };
    Some(
        Guess::new("each entry of a list needs a dash in front of it", at..end, with)
            .marking(at..line.trim_end().len()),
    )
}

/// How far the text of a line stands from its edge.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where the text of a line begins behind its dashes.
fn content(line: &str) -> usize {
    let mut at = indent(line);
    while let Some(rest) = line[at..].strip_prefix("- ") {
        at += 2 + indent(rest);
    }
    at
}

/// The end of a field's name that begins at `from`.
fn name_end(line: &str, from: usize) -> Option<usize> {
    let rest = &line[from..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
    let first = rest.chars().next()?;
    (end > 0 && first.is_alphabetic()).then_some(from + end)
}

/// `-payer: Aetna`.
fn no_space_behind_dash(line: &str) -> Option<Guess> {
    let at = indent(line);
    let rest = line[at..].strip_prefix('-')?;
    let is_entry = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\'' | '[' | '{'));
    is_entry.then(|| Guess::new("there's no space after the dash", at..at + 1, "- "))
}

/// `title:EMDR`. Not an address, and not a time.
fn no_space_behind_colon(line: &str) -> Option<Guess> {
    let from = content(line);
    let end = name_end(line, from)?;
    let value = line[end..].strip_prefix(':')?;
    let is_value = !value.is_empty() && !value.starts_with([' ', '/', ':', '\r', '\t']);
    let message = format!("there's no space after `{}:`", &line[from..end]);
    is_value.then(|| Guess::new(message, end..end + 1, ": ").marking(from..line.trim_end().len()))
}

/// `kind coaching`: a field's name without its colon.
fn no_colon(line: &str, is_name: &dyn Fn(&str) -> bool) -> Option<Guess> {
    let from = content(line);
    let end = name_end(line, from)?;
    let blank = indent(&line[end..]);
    let value = line[end + blank..].trim_end();
    let is_field = blank > 0 && !value.is_empty() && !value.starts_with([':', '=']) && is_name(&line[from..end]);
    let message = format!("there's no colon after `{}`", &line[from..end]);
    is_field.then(|| Guess::new(message, end..end + blank, ": ").marking(from..line.trim_end().len()))
}

/// `{ amount:80 }`.
fn no_space_in_braces(line: &str) -> Option<Guess> {
    let open = line.find('{')?;
    let mut at = open;
    while let Some(colon) = line[at..].find(':').map(|found| at + found) {
        at = colon + 1;
        let before = line[..colon].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let behind = line[at..].chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '\'' | '['));
        let name = line[..colon].rfind(['{', ',', ' ']).map_or(0, |found| found + 1);
        if colon > open && before && behind && !line[name..colon].starts_with(|c: char| c.is_ascii_digit()) {
            let message = format!("there's no space after `{}:`", &line[name..colon]);
            return Some(Guess::new(message, colon..at, ": ").marking(name..at));
        }
    }
    None
}

/// `kind = coaching`.
fn equals(line: &str) -> Option<Guess> {
    let from = content(line);
    let end = name_end(line, from)?;
    let blank = indent(&line[end..]);
    let value = line[end + blank..].strip_prefix('=')?;
    let to = line.len() - value.trim_start().len();
    let message = "use a colon and a space here, not `=`";
    Some(Guess::new(message, end..to, ": ").marking(from..line.trim_end().len()))
}

/// A second line of a text, without the spaces that make it one.
fn goes_on(line: &str, above: &[&str]) -> Option<Guess> {
    let text = line.trim();
    let last = above.iter().rev().find(|line| !line.trim().is_empty())?;
    let from = content(last);
    let at = indent(line);
    let is_field = name_end(line, content(line)).is_some_and(|end| line[end..].trim_start().starts_with(':'));
    let has_value = last[from..].trim_end().split_once(": ").is_some_and(|(_, value)| !value.is_empty());
    let goes_on = !text.is_empty() && !text.starts_with(['-', '#']) && !is_field && at <= from && has_value;
    let message = format!("this line continues the text above, so start it with {} spaces", from + 2);
    goes_on.then(|| Guess::new(message, 0..at, " ".repeat(from + 2)).marking(at..line.trim_end().len()))
}

/// A line that begins too far left or right of the lines that it belongs to.
fn indented_wrongly(line: &str, above: &[&str]) -> Vec<Guess> {
    let at = indent(line);
    let is_entry = line[at..].starts_with("- ");
    let mut depths: Vec<usize> = Vec::new();
    for line in above.iter().rev().filter(|line| !line.trim().is_empty()) {
        let own = indent(line);
        let wanted = if is_entry {
            if line[own..].starts_with("- ") { vec![own] } else { vec![] }
        } else {
            vec![content(line), own]
        };
        depths.extend(wanted.into_iter().filter(|depth| !depths.contains(depth)).collect::<Vec<_>>());
        if own == 0 {
            break;
        }
    }
    depths.retain(|depth| *depth != at);
    // The nearest column is the likeliest: people miss by one or two.
    depths.sort_by_key(|depth| depth.abs_diff(at));
    let spaces = |count: usize| if count == 1 { "1 space".to_string() } else { format!("{count} spaces") };
    let guess = |depth: usize| {
        let message = format!("this line starts with {}; to line up with those above, it needs {depth}", spaces(at));
        Guess::new(message, 0..at, " ".repeat(depth)).marking(at..line.trim_end().len().max(at))
    };
    depths.into_iter().map(guess).collect()
}

/// `jurisdictions: [US-OR`.
fn unclosed(line: &str) -> Option<Guess> {
    let end = line.trim_end().len();
    let mut open = Vec::new();
    let mut quote = None;
    for (at, c) in line[..end].char_indices() {
        match (quote, c) {
            (Some(own), c) if c == own => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some(c),
            (None, '[' | '{') => open.push((at, c)),
            (None, ']' | '}') => _ = open.pop(),
            _ => {}
        }
    }
    let (first, bracket) = *open.first()?;
    let closing: String = open.iter().rev().map(|(_, c)| if *c == '[' { "]" } else { " }" }).collect();
    let comma = if line[..end].ends_with(',') { end - 1 } else { end };
    let message = format!("the bracket `{bracket}` isn't closed");
    Some(Guess::new(message, comma..end, closing).marking(first..end))
}

/// A value that is read as something else without quotes.
fn quoted(line: &str, next: &str) -> Option<Guess> {
    let from = content(line);
    let (start, value) = match line[from..].split_once(": ") {
        Some((name, _)) => {
            let start = from + name.len() + 1;
            let start = start + indent(&line[start..]);
            (start, line[start..].trim_end())
        }
        // An entry that is a text.
        None if from > indent(line) => (from, line[from..].trim_end()),
        None => return None,
    };
    // What goes on in the lines below is more than this line's value.
    if !next.trim().is_empty() && indent(next) > from {
        return None;
    }
    let is_bracket = value.starts_with(['[', '{']);
    let closes = value.find([']', '}']).is_some_and(|at| !value[at + 1..].trim().is_empty());
    if value.len() < 2 || (is_bracket && !closes) || reads(line.trim_start()) {
        return None;
    }
    let bare = without_quotes(value);
    let quoted = match bare.contains('"') && !bare.contains('\'') {
        true => format!("'{bare}'"),
        false => serde_json::Value::from(bare).to_string(),
    };
    let mended = format!("{}{quoted}", &line[..start]);
    let is_mended = serde_yaml::from_str::<Value>(mended.trim_start()).is_ok_and(|whole| {
        let whole = whole.as_sequence().and_then(|list| list.first()).unwrap_or(&whole);
        let is_it = |value: &Value| value.as_str() == Some(bare);
        is_it(whole) || whole.as_mapping().is_some_and(|map| map.values().any(is_it))
    });
    let end = start + value.len();
    is_mended.then(|| Guess::new(why_quoted(value), start..end, quoted))
}

fn reads(line: &str) -> bool {
    serde_yaml::from_str::<Value>(line).is_ok()
}

/// A text without the quotes around it, whatever kind they are; one that stands alone, too.
fn without_quotes(value: &str) -> &str {
    const PAIRS: [(char, &[char]); 8] = [
        ('"', &['"']),
        ('\'', &['\'']),
        ('“', &['”', '“', '"']),
        ('”', &['”', '"']),
        ('„', &['“', '”', '"']),
        ('‘', &['’', '\'']),
        ('«', &['»']),
        ('»', &['«']),
    ];
    let Some((opening, closings)) = PAIRS.into_iter().find(|(opening, _)| value.starts_with(*opening)) else {
        return value;
    };
    let inner = &value[opening.len_utf8()..];
    match inner.strip_suffix(closings) {
        Some(inner) => inner,
        // It stands for itself where it's closed further on: `"Talk" and more`.
        None if inner.contains(closings) => value,
        None => inner,
    }
}

/// Why a text needs quotes.
fn why_quoted(value: &str) -> String {
    let first = value.chars().next().unwrap_or_default();
    let inner = value.get(first.len_utf8()..).unwrap_or_default();
    match first {
        '"' | '\'' if !inner.contains(first) => format!("the quotation mark {first} isn't closed"),
        '"' | '\'' => format!("this text contains {first}, so it needs the other kind of quotation marks around it"),
        '“' | '”' | '„' | '‘' | '«' | '»' => {
            "curly quotation marks don't count here; use straight ones (\" or ')".into()
        }
        '`' => "text that begins with a backtick needs quotation marks around it".into(),
        c if c.is_ascii_punctuation() => format!("text that begins with `{c}` needs quotation marks around it"),
        _ => "text with a colon in it needs quotation marks around it".into(),
    }
}

/// `amount: 1,250.00` between braces, where the comma begins another field.
fn grouped_number(line: &str) -> Option<Guess> {
    let open = line.find('{')?;
    let bytes = line.as_bytes();
    let digits = |at: usize| bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let commas = line.match_indices(',').map(|(at, _)| at).filter(|at| *at > open);
    for comma in commas {
        let before = line[..comma].len() - line[..comma].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let is_group = (1..=3).contains(&before) && comma + 1 < bytes.len() && digits(comma + 1) == 3;
        if is_group && line[..comma - before].ends_with([' ', ':']) {
            let end = comma + 4;
            let end = match bytes.get(end) {
                Some(b'.') => end + 1 + digits(end + 1),
                _ => end,
            };
            let message = "leave out the comma in this number";
            return Some(Guess::new(message, comma..comma + 1, "").marking(comma - before..end));
        }
    }
    None
}

/// `{ color_accent: #7a2048 }`: what follows is a comment, the brace too.
fn hash_in_braces(line: &str) -> Option<Guess> {
    let open = line.find('{')?;
    let at = line[open..].find(": #").map(|at| open + at + 2)?;
    let end = line[at..].find([',', '}', ' ']).map_or(line.trim_end().len(), |end| at + end);
    let quoted = serde_json::Value::from(&line[at..end]).to_string();
    let message = "text that begins with `#` needs quotation marks around it";
    Some(Guess::new(message, at..end, quoted))
}

/// `- Card: Visa or Mastercard` where a text is due.
fn entry_with_colon(line: &str) -> Option<Guess> {
    let at = indent(line);
    let from = content(line);
    let text = line[from..].trim_end();
    let is_text = from > at && text.contains(": ") && !text.starts_with(['"', '\'', '[', '{']);
    let quoted = serde_json::Value::from(text).to_string();
    let message = "text with a colon in it needs quotation marks around it";
    is_text.then(|| Guess::new(message, from..from + text.len(), quoted))
}

/// `description: #1 in town`: all of it is a comment.
pub(super) fn hash(line: &str) -> Option<Guess> {
    let from = content(line);
    let end = name_end(line, from)?;
    let value = line[end..].strip_prefix(':')?;
    let start = line.len() - value.trim_start().len();
    let text = line[start..].trim_end();
    // A comment begins with a space, a text with its first word.
    let is_text = text.strip_prefix('#').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
    let quoted = serde_json::Value::from(text).to_string();
    let message = "text that begins with `#` needs quotation marks around it";
    is_text.then(|| Guess::new(message, start..start + text.len(), quoted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_around_a_text_go_and_those_inside_stay() {
        for (value, bare) in [
            ("\"Talk\"", "Talk"),
            ("\"Talk", "Talk"),
            ("“Talk”", "Talk"),
            ("„Talk“", "Talk"),
            ("“Talk", "Talk"),
            ("\"Talk\" and more", "\"Talk\" and more"),
            ("Talk", "Talk"),
            ("", ""),
        ] {
            assert_eq!(without_quotes(value), bare);
        }
    }

    #[test]
    fn no_line_makes_a_guess_panic() {
        for line in ["", "-", "- ", ":", "é:", "{", "a:{", "- é", "“", "  \u{a0}x", "{ ü:é, 1,234", "a: #", "=", "ß = "]
        {
            plain_guesses(line, &|word| word == "kind");
            guesses(line, &["", line, "é: ü"], line);
            doubts(line, "\n  é: ü\n");
        }
    }
}
