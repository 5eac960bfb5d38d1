//! What templates can call by name: the engine's filters, functions and tests, and this program's.
//!
//! Owns the lists of names, for suggestions. The engine keeps its own lists to itself; a test asks it for each of these.

/// Filters.
pub(super) const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "fill",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "plural",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Functions.
pub(super) const FUNCTIONS: &[&str] = &["range", "super", "throw"];

/// Tests.
pub(super) const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

#[cfg(test)]
mod tests {
    use super::super::foreign;
    use super::*;
    use tera::{Kwargs, State, Tera, Value};

    fn takes(text: &str) -> bool {
        let mut engine = Tera::new();
        for own in ["fill", "plural"] {
            engine.register_filter(own, |value: Value, _: Kwargs, _: &State| value);
        }
        engine.add_raw_template("a.html", text).is_ok()
    }

    #[test]
    fn the_engine_knows_every_name() {
        let all = FILTERS.iter().map(|name| format!("{{{{ a | {name} }}}}"));
        let all = all.chain(FUNCTIONS.iter().map(|name| format!("{{% block b %}}{{{{ {name}() }}}}{{% endblock %}}")));
        let all = all.chain(TESTS.iter().map(|name| format!("{{{{ a is {name} }}}}")));
        let unknown: Vec<String> = all.filter(|text| !takes(text)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn the_engine_knows_no_word_of_other_languages() {
        let filters = foreign::FILTERS.words().map(|name| format!("{{{{ a | {name} }}}}"));
        let functions = foreign::FUNCTIONS.words().map(|name| format!("{{{{ {name}() }}}}"));
        let tests = foreign::TESTS.words().map(|name| format!("{{{{ a is {name} }}}}"));
        let tags = foreign::TAGS.words().map(|name| format!("{{% {name} a %}}"));
        let known: Vec<String> = filters.chain(functions).chain(tests).chain(tags).filter(|text| takes(text)).collect();
        assert!(known.is_empty(), "{known:?}");
        for (filter, _) in foreign::NAMED {
            assert!(FILTERS.contains(filter), "{filter}");
        }
    }
}
