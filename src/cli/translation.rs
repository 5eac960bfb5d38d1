//! `anteroom add translation`: a file's words, laid out to be translated.
//!
//! Owns what is said to its author, and the line of practice.yaml that names the languages.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use super::changes::{self, Kept};
use super::{new, trouble};
use crate::diagnostic::Mend;
use crate::document::{self, Memo, values};
use crate::editions::{self, Language};
use crate::options::Options;
use crate::rename;
use crate::source::{SourcePath, Sources};
use crate::yaml;

/// How the command is typed.
const TYPED: &str = "write the file and the language: `anteroom add translation about.md en`";

pub(super) fn run(site: &Path, sources: &Sources, file: &str, language: &str, options: &Options) -> ExitCode {
    if file.is_empty() || language.is_empty() {
        return trouble("which file, and into which language?", TYPED);
    }
    let wanted = language.replace('_', "-");
    let tag = match values::check("language", &wanted) {
        Ok(()) => wanted,
        Err(_) => match values::meant("language", language) {
            Some(tag) => tag,
            None => return trouble(&format!("`{language}` isn't a language"), TYPED),
        },
    };
    let main = match file_meant(sources, file, options) {
        Ok(main) => main,
        Err(refusal) => return trouble(&refusal.message, &refusal.help),
    };
    let (documents, _) = document::parse_all(sources, &mut Memo::off());
    let Some(practice) = documents.practice else {
        return trouble(
            "content/practice.yaml can't be read",
            "run `anteroom check`, and fix what it finds there first",
        );
    };
    let own = practice.value.language.to_string();
    if tag.eq_ignore_ascii_case(&own) {
        return trouble(&format!("`{tag}` is the site's main language"), "choose the language to translate into");
    }
    let declared = editions::declared(sources);
    let known = declared
        .iter()
        .skip(1)
        .find(|known| known.tag.eq_ignore_ascii_case(&tag) || known.prefix.eq_ignore_ascii_case(&tag));
    let language = match known {
        Some(known) => known.clone(),
        None => {
            let tags = declared.iter().map(|known| known.tag.clone());
            let mut tags: Vec<String> = if declared.is_empty() { vec![own] } else { tags.collect() };
            tags.push(tag.clone());
            if let Err(status) = declare(site, sources, &practice, &tags) {
                return status;
            }
            editions::languages(&tags).pop().unwrap_or(Language { tag: tag.clone(), prefix: tag.to_lowercase() })
        }
    };
    let Some(outline) = editions::outline(sources, &main, &language) else {
        let message = format!("{main} has no words that can be laid out");
        return trouble(
            &message,
            "choose a page that ends in `.md`, or practice.yaml; run `anteroom check` if it's one",
        );
    };
    if site.join(outline.path.as_str()).exists() {
        return trouble(
            &format!("{} already exists. Your files are never overwritten", outline.path),
            "open it in your editor, or delete it first",
        );
    }
    if let Err(error) = new::create(&site.join(outline.path.as_str()), &outline.text) {
        let help = "check that you have permission to write there";
        return trouble(&format!("{} can't be written: {error}", outline.path), help);
    }
    anstream::println!("{}", outline.path);
    anstream::println!(
        "\nOpen it in your editor and translate what stands in brackets. Prices, dates and other facts stay in {}: they hold for \
         every language. `anteroom check` lists what's left.",
        main.file_name()
    );
    ExitCode::SUCCESS
}

/// The file that somebody means.
fn file_meant(sources: &Sources, text: &str, options: &Options) -> Result<SourcePath, rename::Refusal> {
    let exactly = [text.to_string(), format!("content/{text}"), format!("content/{text}.md")];
    let exactly = exactly.iter().filter_map(|path| SourcePath::new(path));
    let index = |path: &SourcePath| {
        SourcePath::new(&format!("{path}/index.md")).filter(|path| sources.files.contains_key(path))
    };
    if let Some(path) =
        exactly.into_iter().find(|path| sources.files.contains_key(path) && path.inside("content").is_some())
    {
        return Ok(path);
    }
    let found = rename::find(sources, options, text)?;
    Ok(index(&found).unwrap_or(found))
}

/// Names the languages in practice.yaml.
fn declare(
    site: &Path,
    sources: &Sources,
    practice: &document::DataFile<document::model::Practice>,
    tags: &[String],
) -> Result<(), ExitCode> {
    let line = format!("languages: [{}]", tags.join(", "));
    let by_hand = || {
        let help = format!(
            "write `{line}` in content/practice.yaml instead of `language` or `languages`, and run the command again"
        );
        trouble("practice.yaml doesn't name this language yet", &help)
    };
    let place = |field: &str| {
        let located = practice.locate(&yaml::Path::of(field));
        located.key.map(|key| key.start..located.value.end)
    };
    let text = changes::text_of(sources, &practice.path).unwrap_or_default();
    let Some(span) = place("languages").or_else(|| place("language")) else { return Err(by_hand()) };
    // A list of several lines is its author's to extend.
    if text.get(span.clone()).is_none_or(|written| written.contains('\n')) {
        return Err(by_hand());
    }
    let edits = BTreeMap::from([(practice.path.clone(), vec![Mend { span, with: line }])]);
    changes::tell(sources, &edits);
    changes::make(site, sources, &edits, &mut Kept::new(site, "add")).map_err(|error| {
        trouble(
            &format!("content/practice.yaml can't be written: {error}"),
            "check that you have permission to write there",
        )
    })
}
