//! A theme's templates in the engine, and what is wrong with them.
//!
//! Owns that every fault is told once, at its cause, and that the others are still found. Whether a template names what it
//! is given is for `contract::template_names`.

mod blocks;
mod faults;
pub mod files;
mod foreign;
mod known;
pub mod tokens;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use tera::{Error, ErrorKind, Kwargs, State, Tera, Value};

use super::bounds;
use super::layers::Layers;
use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::SourcePath;
pub(crate) use faults::finding;

/// Faults of one load beyond which the rest is mostly a consequence.
const MOST_FAULTS: usize = 50;

/// Before the names of templates that stand in for something that isn't there.
const STAND_IN: &str = "__stand-in/";

/// A fault in one template: where it stands there, and what to say.
#[derive(Debug)]
struct Fault {
    span: Range<usize>,
    message: String,
    label: Option<String>,
    help: Option<String>,
    /// Other places in the same template.
    related: Vec<(Range<usize>, String)>,
}

impl Fault {
    fn new(span: Range<usize>, message: impl Into<String>) -> Fault {
        Fault { span, message: message.into(), label: None, help: None, related: Vec::new() }
    }

    fn label(self, label: impl Into<String>) -> Fault {
        Fault { label: Some(label.into()), ..self }
    }

    fn help(self, help: impl Into<String>) -> Fault {
        Fault { help: Some(help.into()), ..self }
    }

    fn related(mut self, span: Range<usize>, text: impl Into<String>) -> Fault {
        self.related.push((span, text.into()));
        self
    }

    fn finding(self, path: &SourcePath) -> Diagnostic {
        let finding = Diagnostic::new(&codes::TEMPLATE_FAULT, self.message).at(path, self.span);
        let finding = Diagnostic { label: self.label, help: self.help, ..finding };
        self.related.into_iter().fold(finding, |finding, (span, text)| finding.related(path, span, text))
    }
}

/// A template's text as the engine is to read it.
struct Text<'a> {
    text: Cow<'a, str>,
    /// Whether the site brings it: its own might go on for ever.
    is_own: bool,
}

impl Text<'static> {
    fn stand_in(text: String) -> Text<'static> {
        Text { text: Cow::Owned(text), is_own: false }
    }
}

/// What came of loading the templates.
#[derive(Default)]
pub(super) struct Loaded {
    /// The engine with all of them; none where not even stand-ins make a whole of them.
    pub engine: Option<Tera>,
    /// The site's own files that can't be read as templates.
    pub unreadable: BTreeSet<SourcePath>,
    /// Whether something stands in for what the site's own files should be.
    pub is_patched: bool,
}

/// Loads the templates of all layers. Inside a template, `page.html` is the one that wins by the look-up
/// order; `linen/page.html` is that of one theme or of the nearest that it extends, so that a file can extend the one
/// that it shadows.
///
/// The engine stops at its first fault. So each faulty file is told, then the one that it shadows taken instead, and
/// each unknown filter, function, test, component or template for one that does nothing, until what is left loads; pages made
/// with that are only good for finding more.
pub(super) fn load(layers: &Layers, words: &Arc<Words>, diagnostics: &mut Diagnostics) -> Loaded {
    let mut engine = Tera::new();
    let prefixes: Vec<String> = layers.0.iter().map(|layer| layer.prefix.clone()).collect();
    if engine.set_fallback_prefixes(prefixes).is_err() {
        return Loaded::default();
    }
    super::filters::register(&mut engine, words.clone());
    bounds::register(&mut engine);
    let mut loading = Loading { layers, texts: texts(layers), loaded: Loaded::default(), broken: Vec::new() };
    loading.read(diagnostics);
    for _ in 0..MOST_FAULTS {
        // A failed load leaves the engine as it was.
        let counted = loading.texts.iter().map(|(name, Text { text, is_own })| {
            (name.as_str(), if *is_own { Cow::Owned(bounds::counted(text)) } else { Cow::Borrowed(text.as_ref()) })
        });
        match engine.add_raw_templates(counted) {
            Ok(()) => return Loaded { engine: Some(engine), ..loading.loaded },
            Err(error) => {
                loading.loaded.is_patched = true;
                if loading.patch(&error, &mut engine, diagnostics).is_none() {
                    break;
                }
            }
        }
    }
    loading.loaded
}

/// The templates of all layers by the engine's names for them.
fn texts(layers: &Layers) -> BTreeMap<String, Text<'_>> {
    let mut texts: BTreeMap<String, Text<'_>> = BTreeMap::new();
    for layer in &layers.0 {
        for path in layer.files.keys() {
            if let (Some(name), Some(text)) = (path.strip_prefix("templates/"), layer.text(path)) {
                let text = Text { text: Cow::Borrowed(text), is_own: layer.own };
                texts.insert(format!("{}{name}", layer.prefix), text);
            }
        }
    }
    let named: BTreeSet<String> = texts
        .values()
        .flat_map(|text| {
            let scan = tokens::scan(&text.text);
            let named = ["extends", "include"].into_iter().flat_map(|word| scan.naming(word));
            named.map(|(name, _)| name.to_string()).collect::<Vec<_>>()
        })
        .collect();
    for name in named {
        if let (false, Some((text, is_own))) = (texts.contains_key(&name), layers.inherited_template(&name)) {
            texts.insert(name, Text { text: Cow::Borrowed(text), is_own });
        }
    }
    texts
}

/// Templates on the way into the engine.
struct Loading<'a> {
    layers: &'a Layers,
    texts: BTreeMap<String, Text<'a>>,
    loaded: Loaded,
    /// The texts that can't be read.
    broken: Vec<Cow<'a, str>>,
}

impl Loading<'_> {
    /// Syntax first, file by file: a set with a syntax error loads nothing.
    fn read(&mut self, diagnostics: &mut Diagnostics) {
        for (name, text) in self.texts.iter_mut().filter(|(_, text)| text.is_own) {
            let Err(error) = Tera::new().add_raw_template(name, &text.text) else { continue };
            let ErrorKind::SyntaxError(report) = error.kind() else { continue };
            let Some(file) = self.layers.template_file(name) else { continue };
            let stopped = report.span().range.start;
            let told = syntax_fault(&text.text, stopped).map(|fault| fault.finding(&file.path));
            diagnostics.push(told.unwrap_or_else(|| finding(&error, &|name| self.layers.template_file(name))));
            self.loaded.unreadable.insert(file.path);
            let instead = self.layers.shadowed_template(name).unwrap_or_default();
            self.broken.push(std::mem::replace(&mut text.text, Cow::Owned(instead.to_string())));
            text.is_own = false;
        }
        self.loaded.is_patched = !self.broken.is_empty();
        // Others aren't to blame for calling what a broken file would have brought.
        let brought: BTreeSet<String> =
            self.broken.iter().flat_map(|text| component_names(text)).map(str::to_string).collect();
        for component in brought {
            if !self.has_component(&component) {
                self.stand_in(&component);
            }
        }
    }

    fn has_component(&self, name: &str) -> bool {
        self.texts.values().any(|text| component_names(&text.text).any(|own| own == name))
    }

    /// A component that takes everything and prints nothing.
    fn stand_in(&mut self, component: &str) {
        let text = format!("{{% component {component}(...rest) %}}{{% endcomponent %}}");
        self.texts.insert(format!("{STAND_IN}{component}.html"), Text::stand_in(text));
    }

    /// Tells why the templates don't load, and puts something in place of the cause; `None` where nothing can stand there.
    fn patch(&mut self, error: &Error, engine: &mut Tera, diagnostics: &mut Diagnostics) -> Option<()> {
        let told = finding(error, &|name| self.layers.template_file(name));
        let faulty = match error.kind() {
            ErrorKind::Msg(text) => {
                let Some((what, name)) = unknown_thing(text) else {
                    return self.patch_file(&faults::template_in(text)?, told, text, diagnostics);
                };
                diagnostics.push(self.suggest(told, what, name));
                match what {
                    "filter" => engine.register_filter(name.to_string(), |value: Value, _: Kwargs, _: &State| value),
                    "function" => engine.register_function(name.to_string(), |_: Kwargs, _: &State| Value::from("")),
                    "test" => engine.register_test(name.to_string(), |_: Value, _: Kwargs, _: &State| false),
                    "component" => self.stand_in(name),
                    "template" => {
                        self.texts.insert(name.to_string(), Text::stand_in(String::new()));
                    }
                    _ => return self.patch_file(&faults::template_in(text)?, None, text, diagnostics),
                }
                return Some(());
            }
            ErrorKind::MissingParent { current, parent } => {
                diagnostics.push(self.suggest(told, "template", parent));
                return self.patch_file(current, None, "", diagnostics);
            }
            ErrorKind::SyntaxError(report) => report.filename().to_string(),
            ErrorKind::CircularExtend { inheritance_chain, .. } => inheritance_chain.last()?.clone(),
            ErrorKind::CircularInclude { tpl, .. } => tpl.clone(),
            _ => {
                diagnostics.push(told);
                return None;
            }
        };
        self.patch_file(&faulty, told, "", diagnostics)
    }

    /// Puts the file that a faulty one shadows in its place.
    fn patch_file(
        &mut self,
        name: &str,
        told: impl Into<Option<Diagnostic>>,
        message: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        let block = unknown_block(message);
        let is_consequence = block.is_some_and(|block| {
            self.broken.iter().any(|text| block_names(&tokens::scan(text)).any(|own| own == block))
        });
        if let (Some(told), false) = (told.into(), is_consequence) {
            diagnostics.push(match block {
                Some(block) => self.without_block(told, name, block),
                None => told,
            });
        }
        let instead = self.layers.shadowed_template(name).unwrap_or_default().to_string();
        let text = self.texts.get_mut(name)?;
        // Nothing is taken for another twice.
        if *text.text == *instead {
            return None;
        }
        let replaced = std::mem::replace(text, Text::stand_in(instead));
        for component in component_names(&replaced.text) {
            if !self.has_component(component) {
                self.stand_in(component);
            }
        }
        self.broken.push(Cow::Owned(replaced.text.into_owned()));
        Some(())
    }

    /// A block that no parent has: the one that was meant, or the file that leaves it out.
    fn without_block(&self, told: Diagnostic, name: &str, block: &str) -> Diagnostic {
        let scans: Vec<tokens::Scan<'_>> = self.texts.values().map(|text| tokens::scan(&text.text)).collect();
        // A file of the program's own fills a block that the site's file of the parent's name doesn't have.
        let text = self.texts.get(name).filter(|text| !text.is_own);
        let parent = text.and_then(|text| {
            let scan = tokens::scan(&text.text);
            scan.naming("extends").next().map(|(parent, _)| parent.to_string())
        });
        let file = parent.and_then(|parent| self.layers.template_file(&parent)).filter(|file| file.is_own);
        if let Some(file) = file {
            let message = format!("`{}` fills the block `{block}`, which this file leaves out", short(name));
            return Diagnostic::new(&codes::TEMPLATE_FAULT, message).about(&file.path).help(format!(
                "write `{{% block {block} %}}{{% endblock %}}` where it belongs, or bring a `{}` of your own",
                short(name)
            ));
        }
        let mut others: Vec<&str> = scans.iter().flat_map(block_names).filter(|other| *other != block).collect();
        others.sort_unstable();
        others.dedup();
        told.help(format!("the blocks are: {}", others.join(", "))).suggest(block, others)
    }

    /// What somebody meant who wrote a name that isn't there.
    fn suggest(&self, told: Diagnostic, what: &str, name: &str) -> Diagnostic {
        let (table, names) = match what {
            "filter" => (&foreign::FILTERS, known::FILTERS),
            "function" => (&foreign::FUNCTIONS, known::FUNCTIONS),
            "test" => (&foreign::TESTS, known::TESTS),
            "template" => {
                let known = self.texts.keys().map(|key| short(key)).filter(|key| !key.starts_with(STAND_IN));
                let prefixes = self.layers.0.iter().map(|layer| &layer.prefix[..]);
                let name = prefixes.filter_map(|prefix| name.strip_prefix(prefix)).next().unwrap_or(name);
                return match files::instead(name, known) {
                    Some(say) => told.help(say),
                    None => told,
                };
            }
            _ => {
                let components = self.texts.values().flat_map(|text| component_names(&text.text));
                let mut components: Vec<&str> = components.collect();
                components.sort_unstable();
                return match nearest(name, components.iter().copied()) {
                    Some(near) => told.label(format!("did you mean `<{near} …>`?")),
                    None => told.help(format!("the components are: {}", components.join(", "))),
                };
            }
        };
        match table.help(name) {
            Some(help) => told.help(help),
            None if nearest(name, names.iter().copied()).is_some() => told.suggest(name, names.iter().copied()),
            None => told.help(format!("Tera's {what}s are: {}", names.join(", "))),
        }
    }
}

/// Why a template can't be read, in better words than the engine's, where there are any. The engine stopped at `at`.
fn syntax_fault(text: &str, at: usize) -> Option<Fault> {
    let scan = tokens::scan(text);
    let stopped = scan.tags.iter().find(|tag| tag.span.start <= at && at <= tag.span.end);
    // What opened a tag wrongly comes before what's in it.
    let in_tag = || stopped.and_then(|tag| foreign::in_tag(text, tag));
    match &scan.unclosed {
        Some(_) => blocks::fault(text, &scan),
        None => in_tag().or_else(|| blocks::fault(text, &scan)),
    }
}

/// The components that a template defines.
fn component_names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component ").filter_map(|(at, word)| {
        let before = text[..at].trim_end();
        let rest = &text[at + word.len()..];
        let end = rest.find('(')?;
        (before.ends_with("{%") || before.ends_with("{%-")).then(|| rest[..end].trim())
    })
}

/// The blocks that a template has.
fn block_names<'t>(scan: &'t tokens::Scan<'_>) -> impl Iterator<Item = &'t str> {
    scan.tags.iter().filter(|tag| tag.word() == "block").filter_map(|tag| tag.tokens.get(1)?.word())
}

/// What the engine does not know, and its name: "Unknown filter `shout`".
fn unknown_thing(message: &str) -> Option<(&str, &str)> {
    let rest = &message[message.find("Unknown ")? + "Unknown ".len()..];
    let (what, rest) = rest.split_once(" `")?;
    Some((what, rest.split('`').next()?)).filter(|(what, _)| !what.contains(' '))
}

/// The block that no parent has: "Block `aftr` is not defined in any parent template".
fn unknown_block(message: &str) -> Option<&str> {
    message.lines().next()?.split_once("Block `")?.1.split_once("` is not defined")?.0.into()
}

/// A template's name without its theme's.
fn short(name: &str) -> &str {
    name.strip_prefix("site/").unwrap_or(name).split_once('/').map_or(name, |(_, rest)| rest)
}
