//! Whether a theme's templates name only what the contract hands to them.
//!
//! Owns reading a template's tags for the names in them: the engine itself takes a misspelt name in a condition
//! for one that is not there. Reads names and fields, the loops and settings that bind them, and the files that
//! are included; everything else is the engine's to judge. What it cannot follow it leaves alone.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use schemars::Schema;

use super::contract::{self, Type};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::source::SourcePath;
use crate::theme::Theme;

/// Checks the templates that the site itself brings; those inside the program are checked by its tests.
pub fn check(theme: &Theme) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let templates = theme.own_templates();
    if templates.is_empty() {
        return diagnostics;
    }
    let names = contract::all_names();
    for (path, text) in templates {
        check_template(&path, text, theme, &names, &mut diagnostics);
    }
    diagnostics
}

/// Leaves out what the engine tells, page by page, of a name that was told already.
pub fn told_once(misnamed: &Diagnostics, diagnostics: Diagnostics) -> Diagnostics {
    if misnamed.is_empty() {
        return diagnostics;
    }
    let mut kept = Diagnostics::default();
    let again = |finding: &Diagnostic| {
        finding.code == &codes::TEMPLATE_FAULT
            && misnamed.iter().any(|told| {
                let (Some(told_at), Some(at)) = (&told.place, &finding.place) else { return false };
                // What a component says of its argument stands in the component.
                let overlap =
                    told_at.path == at.path && told_at.span.start <= at.span.end && at.span.start <= told_at.span.end;
                told != finding && (overlap || told.message == finding.message)
            })
    };
    kept.extend(diagnostics.iter().filter(|finding| !again(finding)).cloned());
    kept
}

/// Checks one template.
pub fn check_template(
    path: &SourcePath,
    text: &str,
    theme: &Theme,
    names: &BTreeMap<&'static str, Schema>,
    diagnostics: &mut Diagnostics,
) {
    let mut reader = Reader { path, text, theme, names, scopes: vec![HashMap::new()], diagnostics };
    for (tag, statement) in tags(text) {
        reader.tag(tag, statement);
    }
}

/// The insides of a template's tags, and whether each is a statement (`{% %}`).
fn tags(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut raw = false;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let statement = match text.as_bytes().get(open + 1) {
            Some(b'{') => false,
            Some(b'%') => true,
            Some(b'#') => {
                at = text[open..].find("#}").map_or(text.len(), |end| open + end + 2);
                continue;
            }
            _ => {
                at = open + 1;
                continue;
            }
        };
        let start = open + 2;
        let Some(end) = tag_end(text, start, if statement { "%}" } else { "}}" }) else { break };
        let inside = text[start..end].trim_matches(['-', ' ', '\n']);
        match inside {
            "raw" if statement => raw = true,
            "endraw" if statement => raw = false,
            _ if raw => {}
            _ => found.push((start..end, statement)),
        }
        at = end + 2;
    }
    found
}

/// Where a tag ends: the first `close` outside texts and, for `}}`, outside the braces of maps.
fn tag_end(text: &str, start: usize, close: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut depth = 0usize;
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None if depth == 0 && bytes[at..].starts_with(close.as_bytes()) => return Some(at),
            None if byte == b'{' => depth += 1,
            None if byte == b'}' => depth = depth.saturating_sub(1),
            None => {}
        }
        at += 1;
    }
    None
}

/// A piece of a tag.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    /// A name with its fields, each with its place: `page.title`. Flags: called as a function.
    Path(Vec<(String, Range<usize>)>, bool),
    /// A text.
    Text,
    /// Anything else.
    Sign(char),
}

/// Words of the template language that are no names.
const WORDS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "set",
    "set_global",
    "endset",
    "endset_global",
    "block",
    "endblock",
    "extends",
    "include",
    "component",
    "endcomponent",
    "and",
    "or",
    "not",
    "is",
    "true",
    "false",
    "none",
    "True",
    "False",
    "None",
    "null",
    "loop",
    "break",
    "continue",
    "filter",
    "endfilter",
    "raw",
    "endraw",
    "super",
    "body",
    "__tera_context",
];

struct Reader<'a, 'd> {
    path: &'a SourcePath,
    text: &'a str,
    theme: &'a Theme,
    names: &'a BTreeMap<&'static str, Schema>,
    /// Names that the template binds, the innermost loop or component last.
    scopes: Vec<HashMap<String, Type<'a>>>,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Reader<'a, '_> {
    fn tag(&mut self, tag: Range<usize>, statement: bool) {
        let tokens = self.tokens(tag);
        let word = |at: usize| match tokens.get(at) {
            Some(Token::Path(parts, _)) if parts.len() == 1 => parts[0].0.as_str(),
            _ => "",
        };
        match (statement, word(0)) {
            (true, "for") => self.begin_loop(&tokens),
            (true, "endfor" | "endcomponent") => {
                if self.scopes.len() > 1 {
                    self.scopes.pop();
                }
            }
            (true, "component") => {
                // Its arguments are names; `@name` comes from the page and keeps its type.
                let mut bound = HashMap::new();
                for (at, token) in tokens.iter().enumerate().skip(2) {
                    let from_page = at > 0 && tokens[at - 1] == Token::Sign('@');
                    if let Token::Path(parts, _) = token
                        && !from_page
                    {
                        bound.insert(parts[0].0.clone(), Type::Unknown);
                    }
                }
                self.scopes.push(bound);
            }
            (true, "block" | "endblock" | "extends" | "include" | "endif" | "else") => {}
            (true, word @ ("set" | "set_global")) => {
                let kind = self.expression(&tokens[2.min(tokens.len())..]);
                if let Some(Token::Path(parts, _)) = tokens.get(1) {
                    let scope = if word == "set" { self.scopes.last_mut() } else { self.scopes.first_mut() };
                    if let Some(scope) = scope {
                        scope.insert(parts[0].0.clone(), kind);
                    }
                }
            }
            _ => {
                self.expression(&tokens);
            }
        }
    }

    fn begin_loop(&mut self, tokens: &[Token]) {
        let of = tokens.iter().position(|token| matches!(token, Token::Path(parts, _) if parts[0].0 == "in"));
        let Some(of) = of else { return self.scopes.push(HashMap::new()) };
        let list = self.expression(&tokens[of + 1..]);
        let bound: Vec<&String> = tokens[1..of]
            .iter()
            .filter_map(|token| match token {
                Token::Path(parts, _) => Some(&parts[0].0),
                _ => None,
            })
            .collect();
        let entry = if bound.len() == 1 { list.entry() } else { Type::Unknown };
        let scope = bound.into_iter().map(|name| (name.clone(), entry)).collect();
        self.scopes.push(scope);
    }

    /// Checks every name of an expression; the type is that of an expression that is a single name.
    fn expression(&mut self, tokens: &[Token]) -> Type<'a> {
        // `[x for x in list]` names its entry before it binds it.
        let mut own: Vec<&str> = Vec::new();
        for pair in tokens.windows(2) {
            if let [Token::Path(word, _), Token::Path(name, _)] = pair
                && word[0].0 == "for"
            {
                own.push(&name[0].0);
            }
        }
        let mut single = Type::Unknown;
        for (at, token) in tokens.iter().enumerate() {
            let Token::Path(parts, called) = token else { continue };
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let after = (tokens.get(at + 1), tokens.get(at + 2));
            let name = parts[0].0.as_str();
            let is_argument = after.0 == Some(&Token::Sign('=')) && after.1 != Some(&Token::Sign('='));
            let is_test = matches!(before, Some(Token::Path(word, _)) if word[0].0 == "is")
                || (matches!(before, Some(Token::Path(word, _)) if word[0].0 == "not")
                    && matches!(at.checked_sub(2).and_then(|at| tokens.get(at)), Some(Token::Path(word, _)) if word[0].0 == "is"));
            let of_component = matches!(before, Some(Token::Sign('<' | '/'))) && name.starts_with(char::is_uppercase);
            if WORDS.contains(&name)
                || own.contains(&name)
                || *called
                || is_argument
                || is_test
                || of_component
                || matches!(before, Some(Token::Sign('|' | '@')))
            {
                continue;
            }
            single = self.path(parts);
        }
        if tokens.len() == 1 || matches!(tokens, [Token::Sign('='), _]) { single } else { Type::Unknown }
    }

    /// Follows a name and its fields; what is not there is a finding.
    fn path(&mut self, parts: &[(String, Range<usize>)]) -> Type<'a> {
        let (name, place) = &parts[0];
        let mut kind = match self.scopes.iter().rev().find_map(|scope| scope.get(name)) {
            Some(kind) => *kind,
            None if name == "t" => Type::Words(&self.theme.words.entries),
            None => match self.names.get(name.as_str()) {
                Some(schema) => Type::root(schema),
                None => {
                    let bound: Vec<String> = self.scopes.iter().flat_map(|scope| scope.keys().cloned()).collect();
                    let mut all: Vec<&str> = self.names.keys().copied().collect();
                    all.extend(bound.iter().map(String::as_str));
                    all.push("t");
                    all.sort_unstable();
                    let message = format!("templates have nothing called `{name}`");
                    self.fault(message, place.clone(), name, &all, "the names are");
                    return Type::Unknown;
                }
            },
        };
        let mut way = name.clone();
        for (field, place) in &parts[1..] {
            if way == "theme.settings" {
                kind = Type::Settings(self.theme);
            }
            match kind.field(field) {
                Ok(next) => kind = next,
                Err(all) => {
                    let (message, what) = match kind {
                        Type::Words(_) => (format!("the theme has no word `{field}`"), "the words are"),
                        Type::Settings(_) => (format!("the theme has no setting `{field}`"), "the settings are"),
                        _ if all.is_empty() => (format!("`{way}` has no fields"), ""),
                        _ => (format!("`{way}` has no field `{field}`"), "its fields are"),
                    };
                    self.fault(message, place.clone(), field, &all, what);
                    return Type::Unknown;
                }
            }
            way = format!("{way}.{field}");
        }
        kind
    }

    fn fault(&mut self, message: String, place: Range<usize>, wrong: &str, all: &[&str], what: &str) {
        let mut finding = Diagnostic::new(&codes::TEMPLATE_FAULT, message).at(self.path, place);
        if !all.is_empty() {
            finding = finding.suggest(wrong, all.iter().copied());
            // Hundreds of words are no help.
            if all.len() <= 40 {
                finding = finding.help(format!("{what}: {}", all.join(", ")));
            }
        }
        self.diagnostics.push(finding);
    }

    fn tokens(&self, tag: Range<usize>) -> Vec<Token> {
        let text = self.text;
        let bytes = text.as_bytes();
        let end = tag.end;
        let mut tokens = Vec::new();
        let mut at = tag.start;
        let word_end = |from: usize| {
            text[from..end].find(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(end, |length| from + length)
        };
        while at < end {
            let byte = bytes[at];
            if matches!(byte, b'"' | b'\'' | b'`') {
                at = text[at + 1..end].find(char::from(byte)).map_or(end, |close| at + 1 + close + 1);
                tokens.push(Token::Text);
            } else if byte.is_ascii_alphabetic() || byte == b'_' {
                let mut parts = Vec::new();
                let mut from = at;
                loop {
                    let to = word_end(from);
                    parts.push((text[from..to].to_string(), from..to));
                    at = to;
                    let optional = usize::from(text[to..end].starts_with("?."));
                    let dot = to + optional;
                    let follows = bytes.get(dot + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'_');
                    if dot < end && bytes[dot] == b'.' && follows {
                        from = dot + 1;
                    } else {
                        break;
                    }
                }
                // A key in brackets makes what follows unknown, so the fields end here.
                let called = bytes.get(at) == Some(&b'(');
                tokens.push(Token::Path(parts, called));
                if bytes.get(at) == Some(&b'[') {
                    at = self.skip_brackets(at, end, &mut tokens);
                }
            } else {
                let sign = text[at..].chars().next().unwrap_or(' ');
                at += sign.len_utf8();
                if !sign.is_whitespace() && sign != '-' {
                    tokens.push(Token::Sign(sign));
                }
            }
        }
        tokens
    }

    /// Passes `[key]` and the fields after it, which cannot be followed; names in the key are kept.
    fn skip_brackets(&self, mut at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
        let bytes = self.text.as_bytes();
        tokens.push(Token::Sign('['));
        while at < end && matches!(bytes[at], b'[' | b'.') {
            if bytes[at] == b'[' {
                let close = self.text[at..end].find(']').map_or(end, |close| at + close);
                tokens.extend(self.tokens(at + 1..close));
                at = (close + 1).min(end);
            } else {
                let rest = self.text[at + 1..end].find(|c: char| !(c.is_alphanumeric() || c == '_'));
                at = rest.map_or(end, |length| at + 1 + length);
            }
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::stand_in_practice;
    use crate::options::Options;
    use crate::source::Sources;
    use crate::theme;

    fn theme(name: &str) -> std::sync::Arc<Theme> {
        let mut options = Options::for_day(jiff::civil::date(2026, 3, 1));
        options.theme = Some(name.to_string());
        let (theme, _) = theme::load(&Sources::default(), &stand_in_practice(), &options, &mut theme::Memo::off());
        theme.expect("the built-in theme loads")
    }

    fn faults(text: &str) -> Vec<String> {
        let (theme, mut diagnostics) = (theme("linen"), Diagnostics::default());
        let path = SourcePath::new("themes/x/templates/page.html").expect("a path");
        check_template(&path, text, &theme, &contract::all_names(), &mut diagnostics);
        diagnostics.iter().map(|finding| finding.message.clone()).collect()
    }

    #[test]
    fn the_built_in_templates_name_only_what_the_contract_has() {
        let mut diagnostics = Diagnostics::default();
        for theme in ["linen", "harbor", "meadow"].map(theme) {
            for (path, text) in theme.all_templates() {
                check_template(&path, text, &theme, &contract::all_names(), &mut diagnostics);
            }
        }
        let told: Vec<String> = diagnostics.iter().map(|finding| format!("{finding:?}")).collect();
        assert!(told.is_empty(), "{told:#?}");
    }

    #[test]
    fn misspelt_names_and_fields_are_found_wherever_they_stand() {
        assert_eq!(faults("{% if page.titel %}x{% endif %}"), ["`page` has no field `titel`"]);
        assert_eq!(faults("{{ pgae.title }}"), ["templates have nothing called `pgae`"]);
        assert_eq!(
            faults("{{ t.hmoe }}{{ t.formats.vide }}"),
            ["the theme has no word `hmoe`", "the theme has no word `vide`"]
        );
        assert_eq!(faults("{% if theme.settings.colour_ink %}{% endif %}"), ["the theme has no setting `colour_ink`"]);
        let of_an_entry = "{% for person in service.people %}{{ person.nmae }}{% endfor %}";
        assert_eq!(faults(of_an_entry), ["`person` has no field `nmae`"]);
        assert_eq!(faults("{% set card = service.card %}{{ card.tilte }}"), ["`card` has no field `tilte`"]);
        assert_eq!(faults("{{ <Head role={page.rool} /> }}"), ["`page` has no field `rool`"]);
        assert_eq!(faults("{{ page.title.length }}"), ["`page.title` has no fields"]);
    }

    #[test]
    fn what_the_template_binds_itself_is_not_taken_for_a_name() {
        let fine = "{% component Row(entry, wide=false, @t) %}{{ entry.any }}{{ wide }}{{ t.home }}{% endcomponent %}\
            {% for key, value in theme.files %}{{ key }}{{ value | replace(from=\"a\", to=\"b\") }}{% endfor %}\
            {% set words = [x for x in [page.title] if x] | join(sep=\", \") %}{{ words }}\
            {# {{ nothing.here }} #}{% raw %}{{ nothing }}{% endraw %}\
            {% if page.title is containing(pat=\"a\") %}{{ loop.index }}{% endif %}\
            {{ {\"a\": page.title} }}{% set_global kept = 1 %}{{ kept }}";
        assert_eq!(faults(fine), Vec::<String>::new());
    }
}
