//! What search results say below a page's title.

use crate::document::model::Common;
use crate::document::{Document, quotes};
use crate::prose::one_line;
use crate::rules::pages;
use crate::site::Site;

/// A description longer than this is no description.
const LONGEST_DESCRIPTION: usize = 300;

/// The description for search results: the author's, else the summary, else the first paragraph.
pub(super) fn description(common: Common<'_>, summary: Option<&str>, document: &Document, site: &Site) -> String {
    let given = common.description.or(summary);
    let lang = common.lang.unwrap_or(&site.practice.value.language);
    let first = given.is_none().then(|| quotes::curl(&document.facts.first_paragraph, lang));
    let text = given.or(first.as_deref().filter(|text| !text.is_empty())).unwrap_or(&site.practice.value.description);
    let text = one_line(text);
    // What nobody wrote for the purpose may as well fit it.
    let longest = if given.is_some() { LONGEST_DESCRIPTION } else { pages::rules().description_length.data.most };
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text[..end].rsplit_once(' ').map_or(&text[..end], |(whole, _)| whole)),
        None => text.into_owned(),
    }
}
