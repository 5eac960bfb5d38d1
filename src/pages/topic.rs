//! The page of a topic: its introduction, where the author wrote one, and its articles.

use super::Builder;
use super::description::description;
use super::names::Names;
use crate::diagnostic::Diagnostics;
use crate::route::Paging;

impl Builder<'_> {
    pub(super) fn topic(
        &self,
        index: usize,
        paging: Paging,
        context: &mut impl Names,
        diagnostics: &mut Diagnostics,
    ) -> &'static str {
        let topic = &self.site().topics[index];
        let page = topic.introduction.map(|page| &self.site().pages[page]);
        let fill = |key: &str| self.maker.word(key).replace("{name}", &topic.name);
        let mut title = page.map_or_else(|| fill("page_titles.topic"), |page| page.front.title.clone());
        let mut text = fill("page_descriptions.topic");
        if let Some(page) = page {
            text = description(page.front.common(), page.front.summary.as_deref(), &page.document, self.site());
        }
        // The introduction stands on the first page of a long list.
        let page = page.filter(|_| paging.number == 1);
        if paging.number > 1 {
            title = self.page_of(&title, paging);
            text = self.page_of_description(&text, paging);
        }
        self.insert_introduced("topic", (title, text), page, context, diagnostics);
        context.insert("topic", &self.shared.topics[index]);
        context.insert("topics", &self.shared.topics);
        self.insert_list(&topic.articles, paging, &["resources", "topics", &topic.slug], context);
        "list.html"
    }
}
