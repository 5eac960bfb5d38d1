//! Where something that stands in a finished page was written.

use super::Subject;
use crate::diagnostic::Place;
use crate::route::OutputPath;
use crate::source::{Content, SourcePath, Sources};

/// The first of `wanted` that stands in the page's own file, in a theme's, or in practice.yaml.
pub(super) fn place(subject: &Subject<'_>, file: &OutputPath, wanted: &[&str]) -> Option<Place> {
    let page = subject.routes.pages.iter().find(|route| route.file == *file);
    let own = page.and_then(|route| route.document(subject.site)).map(|document| &document.path);
    let themes = subject.sources.files.keys().filter(|path| path.inside("themes").is_some());
    let practice = &subject.site.practice.path;
    wanted.iter().find_map(|wanted| {
        let mut candidates = own.into_iter().chain(themes.clone()).chain([practice]);
        candidates.find_map(|path| find(subject.sources, path, wanted))
    })
}

fn find(sources: &Sources, path: &SourcePath, wanted: &str) -> Option<Place> {
    let Some(Content::Text(bytes)) = sources.files.get(path) else { return None };
    let text = std::str::from_utf8(bytes).ok()?;
    let at = text.find(wanted)?;
    Some(Place { path: path.clone(), span: at..at + wanted.len() })
}
