//! Stage 2: files as documents.
//!
//! Owns the step from one file's bytes to its front matter and body, both with their places. A function
//! of one file: what other files hold is `site`'s concern.

pub mod bibtex;
pub mod citations;
pub mod directives;
pub mod fences;
pub mod front_matter;
mod kind;
pub mod markdown;
mod misplaced;
pub mod model;
pub mod names;
pub mod quotes;
pub mod references;
pub mod schema;
mod spaced;
pub mod values;
pub mod works;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::memo::{self, Digest};
use crate::source::{Content, SourcePath, Sources, Text};
use crate::yaml::{Located, Path, Places};
use front_matter::Block;
pub use kind::{Kind, TOPICS, kind_of};
use markdown::Facts;
use model::{Common, Page, Practice, Practitioner, Resource, Service};
use references::References;
use schema::{Shape, shape};

/// A line longer than this, in bytes, is no prose.
const LONGEST_LINE: usize = 100_000;

/// The front matter of a markdown file.
#[derive(Clone, Debug)]
pub enum FrontMatter {
    /// A practitioner's.
    Practitioner(Arc<Practitioner>),
    /// A service's.
    Service(Arc<Service>),
    /// An article's.
    Resource(Arc<Resource>),
    /// Another page's.
    Page(Arc<Page>),
}

impl FrontMatter {
    /// The fields that every markdown file has.
    pub fn common(&self) -> Common<'_> {
        match self {
            FrontMatter::Practitioner(front) => front.common(),
            FrontMatter::Service(front) => front.common(),
            FrontMatter::Resource(front) => front.common(),
            FrontMatter::Page(front) => front.common(),
        }
    }

    /// What the page is called.
    pub fn title(&self) -> &str {
        match self {
            FrontMatter::Practitioner(front) => &front.name,
            FrontMatter::Service(front) => &front.title,
            FrontMatter::Resource(front) => &front.title,
            FrontMatter::Page(front) => &front.title,
        }
    }
}

/// A markdown file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it lies.
    pub path: SourcePath,
    /// Its bytes, valid UTF-8.
    source: Text,
    /// What kind of page it is.
    pub kind: Kind,
    /// Its front matter; `None` where a finding says what is wrong with it.
    pub front: Option<FrontMatter>,
    front_span: Range<usize>,
    /// Where its body begins.
    pub body_start: usize,
    /// What is known of its body.
    pub facts: Facts,
    digest: OnceLock<Digest>,
    /// Where its front matter's values stand, once a finding has asked.
    places: OnceLock<Places>,
}

impl Document {
    /// Tells the document apart from every other and from itself before an edit.
    pub fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| Digest::of(&(self.path.as_str(), &self.source)))
    }

    /// All of the file's text.
    pub fn text(&self) -> &str {
        // Checked when the document was made; an empty text is a harmless answer to the impossible.
        std::str::from_utf8(&self.source).unwrap_or_default()
    }

    /// The markdown below the front matter.
    pub fn body(&self) -> &str {
        &self.text()[self.body_start..]
    }

    /// Where the front matter stands in the file.
    pub fn front_span(&self) -> Range<usize> {
        self.front_span.clone()
    }

    /// Where a value of the front matter stands in the file.
    pub fn locate(&self, path: &str) -> Located {
        self.locate_path(&Path::of(path))
    }

    /// The same, by a path whose names may hold anything.
    pub fn locate_path(&self, path: &Path) -> Located {
        let block =
            Block { path: &self.path, file: self.text(), start: self.front_span.start, end: self.front_span.end };
        block.locate_in(self.places.get_or_init(|| block.places()), path)
    }

    /// The file's name inside its collection's folder, as other files refer to it: `grief` for
    /// `content/services/grief.md` and for `content/services/grief/index.md`.
    pub fn name(&self) -> &str {
        match self.path.file_name() {
            "index.md" => self.path.folder().rsplit('/').next().unwrap_or_default(),
            _ => self.path.stem(),
        }
    }
}

/// A YAML file of the site with its typed content.
#[derive(Clone, Debug)]
pub struct DataFile<T> {
    /// Where it lies.
    pub path: SourcePath,
    source: Text,
    /// What it says.
    pub value: T,
    /// Where its values stand, once a finding has asked.
    places: OnceLock<Places>,
}

impl<T> DataFile<T> {
    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.source
    }

    /// All of the file's text.
    fn text(&self) -> &str {
        std::str::from_utf8(&self.source).unwrap_or_default()
    }

    /// Where a value stands in the file.
    pub fn locate(&self, path: &Path) -> Located {
        let file = self.text();
        let block = Block { path: &self.path, file, start: 0, end: file.len() };
        block.locate_in(self.places.get_or_init(|| block.places()), path)
    }
}

/// Every document of a site.
#[derive(Clone, Default, Debug)]
pub struct Documents {
    /// practice.yaml; `None` where it is missing or faulty.
    pub practice: Option<DataFile<Practice>>,
    /// references.yaml, references.bib and references.json.
    pub references: References,
    /// redirects.yaml: old address, new address.
    pub redirects: Option<DataFile<Vec<(String, String)>>>,
    /// The author's own files for hosts.
    pub host_files: HostFiles,
    /// The markdown files, sorted by path.
    pub pages: Vec<Arc<Document>>,
    /// The files among them that say that they are drafts, also where nothing else of them can be read.
    pub drafts: BTreeSet<SourcePath>,
}

/// A file of the author's that hosts read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HostFile {
    /// The file.
    pub path: SourcePath,
    /// What it holds.
    pub text: Text,
}

/// The files of the author's that hosts read, in `static/`.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct HostFiles {
    /// `_headers`.
    pub headers: Option<HostFile>,
    /// `_redirects`.
    pub redirects: Option<HostFile>,
    /// `.htaccess`.
    pub htaccess: Option<HostFile>,
}

/// A markdown file as it was read last: no document where its text cannot be read.
type Parsed = (Option<Arc<Document>>, Diagnostics);

/// Documents as they were read from files with the same bytes, on a site in the same language.
pub type Memo = memo::Memo<SourcePath, (Text, String), Parsed>;

/// Reads every file under `content/` that is not merely copied.
pub fn parse_all(sources: &Sources, memo: &mut Memo) -> (Documents, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let files: Vec<_> = sources
        .files
        .iter()
        .filter_map(|(path, content)| match content {
            Content::Text(bytes) if path.inside("content").is_some() => Some((path, bytes)),
            _ => None,
        })
        .collect();
    let in_names = names::check(files.iter().map(|(path, _)| *path));
    let is_page = |path: &SourcePath| path.extension() == "md" && path.inside("content/static").is_none();
    let (pages, data): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_page(path));
    let mut documents = Documents::default();
    for (path, bytes) in data {
        match path.as_str() {
            "content/practice.yaml" => {
                let read = |block: Block<'_>, found: &mut Diagnostics| {
                    block.read_said(&PRACTICE, ("language", ""), UNSAID, found)
                };
                let practice = read_data(path, bytes, &mut diagnostics, read);
                documents.practice = practice.and_then(|practice| in_its_language(practice, &mut diagnostics));
            }
            "content/references.yaml" | "content/references.bib" | "content/references.json" => {
                let add = |block: Block<'_>, found: &mut Diagnostics| {
                    documents.references.add(block, found);
                    Some(())
                };
                read_data(path, bytes, &mut diagnostics, add);
            }
            "content/redirects.yaml" => {
                documents.redirects = read_data(path, bytes, &mut diagnostics, read_redirects);
            }
            "content/static/_headers" => documents.host_files.headers = host_file(path, bytes),
            "content/static/_redirects" => documents.host_files.redirects = host_file(path, bytes),
            "content/static/.htaccess" => documents.host_files.htaccess = host_file(path, bytes),
            _ => {}
        }
    }
    // A page that names no language is in the site's.
    let language = documents.practice.as_ref().map_or(String::new(), |practice| practice.value.language.to_string());
    let known = &*memo;
    let read = |(path, bytes): &(&SourcePath, &Text)| {
        let inputs = (Text::clone(bytes), language.clone());
        known.recall_or(path, Some(inputs), || parse(path, bytes, &language))
    };
    let parsed: Vec<(Parsed, Option<(Text, String)>)> = pages.par_iter().map(read).collect();
    for ((path, bytes), ((document, _), _)) in pages.iter().zip(&parsed) {
        let front = document.as_ref().and_then(|document| document.front.as_ref());
        if front.map_or_else(|| says_draft(bytes), |front| front.common().draft) {
            documents.drafts.insert(SourcePath::clone(path));
        }
    }
    let meant = |page: &misplaced::Read<'_>, kind: Kind| {
        let (_, found) = parse_as(kind, page.path, page.text, &language);
        !found.iter().any(|found| found.code == &codes::UNKNOWN_FIELD)
    };
    let plain = pages.iter().zip(&parsed).filter(|((path, _), _)| kind_of(path) == Kind::Page);
    let plain: Vec<_> = plain.map(|((path, text), ((_, found), _))| misplaced::Read { path, text, found }).collect();
    let instead = misplaced::check(&plain, meant);
    let is_told = |found: &Diagnostic| {
        let place = found.place.as_ref().filter(|_| found.code == &codes::MISNAMED_FOLDER);
        place.is_some_and(|place| instead.contains_key(&place.path))
    };
    diagnostics.extend(in_names.iter().filter(|found| !is_told(found)).cloned());
    for ((path, _), ((document, found), _)) in pages.iter().zip(&parsed) {
        documents.pages.extend(document.clone());
        diagnostics.extend(instead.get(*path).unwrap_or(found).iter().cloned());
    }
    let anew = pages.iter().zip(parsed);
    let anew = anew.filter_map(|((path, _), (parsed, bytes))| Some((SourcePath::clone(path), bytes?, parsed)));
    let names: Vec<&SourcePath> = pages.iter().map(|(path, _)| *path).collect();
    memo.remember(anew, &names);
    (documents, diagnostics)
}

/// The practice with its main language, from either of the fields that say it.
fn in_its_language(mut file: DataFile<Practice>, diagnostics: &mut Diagnostics) -> Option<DataFile<Practice>> {
    let first = file.value.languages.first().cloned();
    match first {
        None if file.value.language.is_empty() => {
            let place = Block { path: &file.path, file: file.text(), start: 0, end: file.text().len() };
            let place = place.locate(&Path::default()).value;
            diagnostics.push(
                Diagnostic::new(&codes::MISSING_FIELD, "`language` is missing")
                    .at(&file.path, place)
                    .help("add the site's language: `language: en`"),
            );
            return None;
        }
        Some(first) if file.value.language.is_empty() => file.value.language = first,
        Some(first) if !file.value.languages.contains(&file.value.language) => {
            let own = &file.value.language;
            let message = format!("`language` is `{}`, which isn't among `languages`", &**own);
            let place = file.locate(&Path::of("language")).value;
            diagnostics.push(
                Diagnostic::new(&codes::LANGUAGES_DISAGREE, message)
                    .at(&file.path, place)
                    .help(format!("remove this line: the first of `languages` (`{}`) is the main language", &*first)),
            );
        }
        _ => {}
    }
    Some(file)
}

/// Whether a file whose facts cannot be read says in a line of its own, before a second `---`, that it is a draft.
fn says_draft(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().skip(1).take_while(|line| line.trim_end() != "---");
    lines
        .map(|line| line.split(" #").next().unwrap_or(line).trim_end())
        .any(|line| line.strip_prefix("draft:").is_some_and(|value| matches!(value.trim(), "true" | "yes")))
}

/// Facts of practice.yaml that no page shows.
pub const UNSAID: &[&str] = &["acknowledge", "theme", "allow_hosts"];

/// Reads one markdown file of a site in `language`. Where its text cannot be read at all there is no document.
pub fn parse(path: &SourcePath, source: &Text, language: &str) -> (Option<Arc<Document>>, Diagnostics) {
    parse_as(kind_of(path), path, source, language)
}

fn parse_as(kind: Kind, path: &SourcePath, source: &Text, language: &str) -> Parsed {
    let mut diagnostics = Diagnostics::default();
    let Some(file) = decode(path, source, &mut diagnostics) else { return (None, diagnostics) };
    let mut front = None;
    let mut front_span = 0..0;
    let mut body_start = 0;
    match fences::split(file) {
        Some(fenced) => {
            let block = Block { path, file, start: fenced.facts.start, end: fenced.facts.end };
            let is_whole = fenced.faults.is_empty();
            diagnostics.extend(fenced.faults.into_iter().map(|fault| fault.at(path)));
            let said = ("lang", language);
            front = match kind {
                Kind::Practitioner => {
                    block.read_said(&PRACTITIONER, said, &[], &mut diagnostics).map(FrontMatter::Practitioner)
                }
                Kind::Service => block.read_said(&SERVICE, said, &[], &mut diagnostics).map(FrontMatter::Service),
                Kind::Resource => block.read_said(&RESOURCE, said, &[], &mut diagnostics).map(FrontMatter::Resource),
                Kind::Page => block.read_said(&PAGE, said, &[], &mut diagnostics).map(FrontMatter::Page),
            };
            front = front.filter(|_| is_whole);
            (front_span, body_start) = (fenced.facts, fenced.body);
        }
        None => diagnostics.push(
            Diagnostic::new(&codes::MISSING_FRONT_MATTER, "this page doesn't start with its title and other facts")
                .about(path)
                .help("start the file with three lines: `---`, then `title: …`, then `---`"),
        ),
    }
    let mut facts = markdown::facts(&file[body_start..]);
    for (_, key) in citations::mentions(file, front_span.clone()) {
        facts.cite(key);
    }
    for (id, span) in &facts.duplicate_ids {
        diagnostics.push(
            Diagnostic::new(&codes::DUPLICATE_ID, format!("another heading on this page already has the name `{id}`"))
                .at(path, body_start + span.start..body_start + span.end),
        );
    }
    let (path, source, digest, places) = (path.clone(), source.clone(), OnceLock::new(), OnceLock::new());
    let document = Document { path, source, kind, front, front_span, body_start, facts, digest, places };
    (Some(Arc::new(document)), diagnostics)
}

/// The file as text, with a finding for everything about it that is not plain text.
fn decode<'a>(path: &SourcePath, source: &'a [u8], diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let file = match std::str::from_utf8(source) {
        Ok(file) => file,
        Err(error) => {
            let at = error.valid_up_to();
            diagnostics.push(
                Diagnostic::new(&codes::NOT_UTF8, "this letter isn't saved as UTF-8")
                    .at(path, at..at + 1)
                    .help("open the file in your editor and save it as UTF-8"),
            );
            return None;
        }
    };
    if let Some(at) = memchr::memchr(0, source) {
        diagnostics.push(Diagnostic::new(&codes::NUL_CHARACTER, "there's a NUL character here").at(path, at..at + 1));
        return None;
    }
    if file.len() > LONGEST_LINE {
        let mut at = 0;
        for line in file.split_inclusive('\n') {
            if line.len() > LONGEST_LINE {
                let message = format!("this line is {} characters long", line.chars().count());
                diagnostics.push(
                    Diagnostic::new(&codes::LINE_TOO_LONG, message)
                        .at(path, at..at + 1)
                        .help("break it up, or move anything that isn't text to content/files/"),
                );
                return None;
            }
            at += line.len();
        }
    }
    if file.starts_with('\u{feff}') {
        diagnostics
            .push(Diagnostic::new(&codes::BYTE_ORDER_MARK, "this file starts with a byte order mark").about(path));
    }
    if source.contains(&b'\r') {
        diagnostics.push(Diagnostic::new(&codes::WINDOWS_LINE_ENDS, "this file has Windows line endings").about(path));
    }
    Some(file)
}

fn read_data<T>(
    path: &SourcePath,
    source: &Text,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(Block<'_>, &mut Diagnostics) -> Option<T>,
) -> Option<DataFile<T>> {
    let file = decode(path, source, diagnostics)?;
    let start = if file.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let value = read(Block { path, file, start, end: file.len() }, diagnostics)?;
    Some(DataFile { path: path.clone(), source: source.clone(), value, places: OnceLock::new() })
}

fn host_file(path: &SourcePath, text: &Text) -> Option<HostFile> {
    Some(HostFile { path: path.clone(), text: text.clone() })
}

fn read_redirects(block: Block<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<(String, String)>> {
    let map: std::collections::BTreeMap<String, String> = block.read(&REDIRECTS, diagnostics)?;
    Some(map.into_iter().collect())
}

/// A practice with every required fact, for runs in which practice.yaml cannot be used and which stop at
/// that finding.
pub fn stand_in_practice() -> DataFile<Practice> {
    const TEXT: &str = "{name: Practice, description: A practice, language: en, kind: mixed, jurisdictions: [], \
        base_url: 'https://practice.invalid', email: nobody@practice.invalid}";
    let path = SourcePath::new("content/practice.yaml");
    let value = serde_yaml::from_str(TEXT);
    match (path, value) {
        (Some(path), Ok(value)) => {
            DataFile { path, source: Text::from(TEXT.as_bytes()), value, places: OnceLock::new() }
        }
        // Both are constants; a test reads them.
        _ => unreachable!("the stand-in practice is valid"),
    }
}

/// What practice.yaml may hold.
pub fn practice_shape() -> &'static Shape {
    &PRACTICE
}

/// What the facts of a kind of page may hold.
pub fn page_shape(kind: Kind) -> &'static Shape {
    match kind {
        Kind::Practitioner => &PRACTITIONER,
        Kind::Service => &SERVICE,
        Kind::Resource => &RESOURCE,
        Kind::Page => &PAGE,
    }
}

static PRACTICE: LazyLock<Shape> = LazyLock::new(shape::<Practice>);
static PRACTITIONER: LazyLock<Shape> = LazyLock::new(shape::<Practitioner>);
static SERVICE: LazyLock<Shape> = LazyLock::new(shape::<Service>);
static RESOURCE: LazyLock<Shape> = LazyLock::new(shape::<Resource>);
static PAGE: LazyLock<Shape> = LazyLock::new(shape::<Page>);
static REDIRECTS: LazyLock<Shape> = LazyLock::new(|| Shape::Map(Box::new(Shape::Text(None))));
