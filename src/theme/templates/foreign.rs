//! What people write who come from other template languages, and how Tera says it.
//!
//! Owns tables of words from Liquid, Jinja, Nunjucks, Twig and Tera's first version. A word stands in its table only where
//! Tera has no such word.

use std::ops::Range;

use super::Fault;
use super::tokens::{Kind, Tag, Token};

/// Words, each line some of them and what to do instead.
pub(super) struct Table(&'static [(&'static str, &'static str)]);

impl Table {
    /// What to do instead of a word.
    pub fn help(&self, word: &str) -> Option<&'static str> {
        let small = word.to_lowercase();
        self.0.iter().find(|(words, _)| words.split(' ').any(|one| one == small)).map(|(_, help)| *help)
    }

    /// Every word of the table.
    #[cfg(test)]
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().flat_map(|(words, _)| words.split(' '))
    }
}

/// Filters.
pub(super) static FILTERS: Table = Table(&[
    ("e h html_escape escape_once force_escape", "Tera escapes what it prints by itself; the filter is `escape`"),
    ("raw html_safe noescape mark_safe unescape", "the filter is `safe`, for markup such as `body.html`"),
    ("upcase uppercase toupper toupperc", "the filter is `upper`"),
    ("downcase lowercase tolower", "the filter is `lower`"),
    ("ucfirst capitalise capitalize_first", "the filter is `capitalize`"),
    ("titlecase title_case titleize", "the filter is `title`"),
    ("strip", "the filter is `trim`"),
    ("lstrip ltrim", "the filter is `trim_start`"),
    ("rstrip rtrim", "the filter is `trim_end`"),
    ("size count len", "the filter is `length`"),
    ("word_count number_of_words", "the filter is `wordcount`"),
    (
        "nl2br linebreaksbr newline_to_br newlines_to_paragraphs linebreaks",
        "the filter is `newlines_to_br`; write `| escape | newlines_to_br | safe`",
    ),
    (
        "striptags strip_html strip_tags plain plaintext",
        "texts have no tags in them, and fields called `html` are for printing with `| safe`: leave it out",
    ),
    ("strip_newlines replace_newlines", "write `| replace(from=\"\\n\", to=\" \")`"),
    (
        "date date_format dateformat strftime format_date date_to_string localdate datetime",
        "dates come ready in the site's language: print `.text` of a date, such as `{{ article.card.date.text }}`; `.iso` is for `datetime`",
    ),
    (
        "money currency number_format format_number number money_with_currency filesizeformat",
        "prices and numbers come ready in the site's language: print them as they are",
    ),
    ("truncatewords truncate_words excerpt", "write `| truncate(length=120)`, or print the page's `summary`"),
    ("append prepend concat_text", "join texts with `~`: `{{ a ~ b }}`"),
    ("concat merge extend", "write `[...a, ...b]`"),
    ("plus minus times divided_by modulo add mul div", "write it as a sum: `{{ a + b }}`, `-`, `*`, `/`, `%`"),
    ("at_least at_most ceil floor", "write `| round(method=\"ceil\")` or `\"floor\"`"),
    ("number_with_delimiter to_number to_i", "the filter is `int`"),
    ("string to_s as_str tostring", "the filter is `str`"),
    ("uniq distinct", "the filter is `unique`"),
    ("sort_by sort_natural dictsort orderby order_by", "write `| sort(attribute=\"name\")`"),
    ("reversed", "the filter is `reverse`"),
    ("groupby group", "write `| group_by(attribute=\"name\")`"),
    ("where selectattr select filter find rejectattr reject whereexp", "write `[one for one in list if one.field]`"),
    ("map pluck collect", "write `[one.field for one in list]`"),
    ("slice limit take offset skip", "write `list[0:3]`"),
    ("compact", "write `[one for one in list if one]`"),
    ("batch chunk slice_list", "Tera has nothing like it: let the style sheet make the columns"),
    ("random shuffle sample", "pages are the same on every visit: use `page.seed` for what differs from page to page"),
    ("remove remove_first remove_last", "write `| replace(from=\"…\", to=\"\")`"),
    ("replace_first replace_last replace_re regex_replace", "the filter is `replace`; it replaces all"),
    ("json to_json tojson jsonify json_encode dump inspect debug", "structured data come ready: `page.json_ld`"),
    (
        "markdown markdownify md render_markdown",
        "texts come as finished markup in fields called `html`: print them with `| safe`",
    ),
    (
        "url absolute_url relative_url url_for get_url link abs_url",
        "addresses come ready: print fields called `href` as they are",
    ),
    (
        "asset asset_url asset_path static theme_asset img_url image_url stylesheet_tag script_tag",
        "a theme's files are in `theme.files[\"leaf.svg\"]`, its style sheet is `theme.style_href`",
    ),
    ("t translate trans i18n gettext localize", "words are in `t`: `{{ t.fees }}`"),
    ("slug slugify handleize handle urlize parameterize", "anchors come ready: print `id` and `href` as they are"),
    (
        "url_encode urlencode cgi_escape uri_escape encodeuricomponent",
        "addresses come ready: print fields called `href` as they are",
    ),
    ("d default_if_none or_default", "the filter is `default(value=\"…\")`"),
    ("pluralise plural_form ngettext", "words have their forms: `{{ t.sessions | plural(n=6) }}`"),
    ("format sprintf printf interpolate", "words are filled with `fill`: `{{ t.as_of | fill(date=…) }}`"),
    ("center wordwrap ljust rjust", "leave it to the style sheet"),
    ("items entries", "write `{% for key, value in … %}`"),
    ("has contains includes", "write `{% if \"a\" in list %}`"),
    ("attr", "write the field behind a dot: `person.name`"),
]);

/// Functions.
pub(super) static FUNCTIONS: Table = Table(&[
    (
        "now today date strftime",
        "templates know no day of their own: the same site has to give the same pages; dates are in the fields, such as `article.card.date.text`",
    ),
    (
        "url_for get_url url route_url link_to path permalink",
        "addresses come ready: print fields called `href` as they are",
    ),
    ("asset asset_url static theme_file", "a theme's files are in `theme.files[\"leaf.svg\"]`"),
    ("include render partial", "write `{% include \"partials/x.html\" %}`"),
    (
        "get_page get_section get_taxonomy load_data get_pages",
        "templates see what their page hands them; `anteroom theme show NAME --context KIND` lists it",
    ),
    (
        "image image_tag img resize_image get_image",
        "a component prints pictures: `{{ <Picture picture={page.image} /> }}`",
    ),
    ("t __ _ trans translate gettext", "words are in `t`: `{{ t.fees }}`"),
    ("len size count length", "write `{{ list | length }}`"),
    ("caller slot children yield", "what stands inside a component's tags is `{{ body }}`"),
    ("content", "a page's text is `{{ body.html | safe }}`"),
    ("dump debug log print", "`anteroom theme show NAME --context KIND` lists everything that templates see"),
    ("cycle", "write `{% if loop.index % 2 == 0 %}`"),
    ("dict namespace", "write `{\"a\": 1}` and `{% set_global … %}`"),
    ("parent", "what the replaced block prints is `{{ super() }}`"),
    ("block", "a block prints where it stands"),
    ("random", "use `page.seed`"),
    ("joiner", "write `{% if not loop.last %}, {% endif %}`"),
    ("raise error", "the function is `throw`"),
    ("get_env env config", "what a practice sets is in `theme.settings`"),
]);

/// Tests: `is …`.
pub(super) static TESTS: Table = Table(&[
    ("divisibleby divisible", "the test is `divisible_by(divisor=2)`"),
    ("empty blank", "write `{% if not x %}`"),
    ("truthy true", "write `{% if x %}`"),
    ("falsy false", "write `{% if not x %}`"),
    ("eq equalto equal equals sameas same", "write `==`"),
    ("ne", "write `!=`"),
    ("gt greaterthan", "write `>`"),
    ("lt lessthan", "write `<`"),
    ("in", "write `x in list`, without `is`"),
    ("contains matching match includes", "the test is `containing(pat=\"…\")`"),
    ("startswith starts_with", "the test is `starting_with(pat=\"…\")`"),
    ("endswith ends_with", "the test is `ending_with(pat=\"…\")`"),
    ("null nil", "the test is `none`"),
    ("boolean", "the test is `bool`"),
    ("mapping object dict hash", "the test is `map`"),
    ("sequence list", "the test is `array`"),
]);

/// Tags.
pub(super) static TAGS: Table = Table(&[
    ("unless", "write `{% if not … %}`"),
    ("endunless", "write `{% if not … %}` and `{% endif %}`"),
    ("elsif elseif elseunless", "write `{% elif … %}`"),
    ("assign let var", "write `{% set name = … %}`"),
    ("capture", "write `{% set name %}…{% endset %}`"),
    ("endcapture", "write `{% endset %}`"),
    ("case switch when endcase endswitch default", "write `{% if x == \"a\" %}…{% elif x == \"b\" %}…{% endif %}`"),
    ("comment endcomment", "write `{# … #}`"),
    (
        "render partial section sections import_partial",
        "write `{% include \"partials/x.html\" %}`, or call a component: `{{ <Portrait person={person} /> }}`",
    ),
    ("layout", "write `{% extends \"base.html\" %}`"),
    ("macro", "write `{% component Name(argument) %}…{% endcomponent %}`"),
    ("endmacro", "write `{% endcomponent %}`"),
    ("import from use", "components need no import: call `{{ <Name /> }}` from any template"),
    ("call", "write `{% <Name argument={…}> %}…{% </Name> %}`"),
    ("endcall", "write `{% </Name> %}`"),
    ("with endwith", "write `{% set name = … %}`"),
    ("verbatim", "write `{% raw %}`"),
    ("endverbatim", "write `{% endraw %}`"),
    ("autoescape endautoescape", "Tera escapes what it prints; leave it out"),
    ("spaceless endspaceless", "`{%-` and `-%}` take white space away"),
    ("do echo print liquid", "write `{{ … }}`"),
    ("load", "templates see everything without it; leave it out"),
    ("end", "name what ends: `{% endif %}`, `{% endfor %}`, `{% endblock %}`"),
    ("fi", "write `{% endif %}`"),
    ("endforeach done", "write `{% endfor %}`"),
    ("foreach each while tablerow", "write `{% for person in people %}…{% endfor %}`"),
    ("endelse endelif", "`{% endif %}` ends it all; leave it out"),
    ("endinclude endextends", "it has no end; leave it out"),
    ("cycle increment decrement", "write `{{ loop.index }}`"),
    ("paginate endpaginate", "lists come in pages: see `paging`"),
    (
        "form endform schema endschema style endstyle javascript endjavascript",
        "write it as HTML; settings are in theme.yaml",
    ),
    ("trans translate endtrans", "words are in `t`: `{{ t.fees }}`"),
    ("now", "dates are in the fields, such as `article.card.date.text`"),
    ("url static", "addresses come ready: print fields called `href`; a theme's files are in `theme.files`"),
]);

/// Filters that take one thing, by the name that Tera asks for.
pub(super) const NAMED: &[(&str, &str)] = &[
    ("default", "value"),
    ("join", "sep"),
    ("split", "pat"),
    ("truncate", "length"),
    ("replace", "from=…, to"),
    ("round", "precision"),
    ("nth", "n"),
    ("get", "key"),
    ("sort", "attribute"),
    ("group_by", "attribute"),
    ("plural", "n"),
    ("trim", "pat"),
    ("trim_start", "pat"),
    ("trim_end", "pat"),
    ("indent", "width"),
];

/// Tests that take one thing.
pub(super) const NAMED_IN_TESTS: &[(&str, &str)] =
    &[("containing", "pat"), ("starting_with", "pat"), ("ending_with", "pat"), ("divisible_by", "divisor")];

/// What a tag that the engine can't read has of another language; asked for the tag in which the engine stopped.
pub(super) fn in_tag(text: &str, tag: &Tag<'_>) -> Option<Fault> {
    let tokens = &tag.tokens;
    let fault = |span: Range<usize>, message: &str, help: &str| Some(Fault::new(span, message).help(help));
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        match token.kind {
            Kind::Sign("&&") => return fault(token.span.clone(), "`&&` is `and` in Tera", "write `and`"),
            Kind::Sign("||") => return fault(token.span.clone(), "`||` is `or` in Tera", "write `or`"),
            Kind::Sign("===") => return fault(token.span.clone(), "`===` is `==` in Tera", "write `==`"),
            Kind::Sign("!==") => return fault(token.span.clone(), "`!==` is `!=` in Tera", "write `!=`"),
            Kind::Sign("!") => return fault(token.span.clone(), "`!` is `not` in Tera", "write `not`"),
            Kind::Sign("?") => {
                return fault(token.span.clone(), "Tera chooses with words", "write `a if condition else b`");
            }
            Kind::Word("contains") if at > 0 => {
                return fault(token.span.clone(), "Tera asks the other way round", "write `\"a\" in list`");
            }
            Kind::Word("of") if tag.word() == "for" => {
                return fault(token.span.clone(), "loops go `in` a list", "write `{% for one in list %}`");
            }
            Kind::Word("with" | "ignore" | "only") if tag.word() == "include" && at > 1 => {
                let help = "write `{% set name = … %}` before it, or call a component: `{{ <Name argument={…} /> }}`";
                return fault(token.span.clone(), "`include` hands over everything and takes no arguments", help);
            }
            Kind::Word("if") if tag.word() == "for" && at > 3 && !tokens.iter().any(|token| token.is_word("else")) => {
                let help = "write `{% for one in [one for one in list if one.field] %}`, or an `{% if %}` inside";
                return fault(token.span.clone(), "a loop takes the whole of its list", help);
            }
            Kind::Word("limit" | "offset" | "reversed") if tag.word() == "for" && at > 3 => {
                let help = "write `{% for one in list[0:3] %}`, or `list | reverse`";
                return fault(token.span.clone(), "a loop takes the whole of its list", help);
            }
            Kind::Sign("|") => {
                let Some((filter, name)) = next.and_then(|next| Some((next, next.word()?))) else { continue };
                if let Some(found) = arguments(text, &FILTER, filter, name, &tokens[at + 2..]) {
                    return Some(found);
                }
            }
            Kind::Word("is") => {
                let at = if next.is_some_and(|next| next.is_word("not")) { at + 2 } else { at + 1 };
                let Some((test, name)) = tokens.get(at).and_then(|test| Some((test, test.word()?))) else { continue };
                if let Some(found) = arguments(text, &TEST, test, name, &tokens[at + 1..]) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

/// What is called with arguments: how it is called, what it is, and the names of the arguments.
struct Called {
    sign: &'static str,
    what: &'static str,
    named: &'static [(&'static str, &'static str)],
    foreign: &'static Table,
}

static FILTER: Called = Called { sign: "| ", what: "filters", named: NAMED, foreign: &FILTERS };
static TEST: Called = Called { sign: "is ", what: "tests", named: NAMED_IN_TESTS, foreign: &TESTS };

/// `| date: "%Y"`, `| join(", ")` and `is containing("a")`.
fn arguments(text: &str, called: &Called, own: &Token<'_>, name: &str, rest: &[Token<'_>]) -> Option<Fault> {
    let [sign, value, ..] = rest else { return None };
    let is_colon = sign.is_sign(":");
    let is_unnamed = sign.is_sign("(") && !rest.get(2).is_some_and(|token| token.is_sign("=")) && !value.is_sign(")");
    if !is_colon && !is_unnamed {
        return None;
    }
    let what = called.what;
    let message = match is_colon {
        true => format!("{what} take their arguments in brackets, not behind a colon: `{name}`"),
        false => format!("the arguments of {what} have names in Tera: `{name}`"),
    };
    let fault = Fault::new(own.span.start..value.span.end, message);
    let argument = called.named.iter().find(|(own, _)| *own == name).map(|(_, argument)| argument);
    let sign = called.sign;
    Some(match (called.foreign.help(name), argument) {
        (Some(help), _) => fault.help(help),
        (None, Some(argument)) => fault.help(format!("write `{sign}{name}({argument}={})`", &text[value.span.clone()])),
        (None, None) => fault.help(format!("write `{sign}{name}(argument=…)`")),
    })
}
