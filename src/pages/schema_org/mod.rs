//! Structured data: what a page says of itself to search engines, in the words of schema.org.
//!
//! Owns the one graph of each page: which node stands on which page, and the ids by which nodes refer to each other.
//! States only what the practice states. The nodes of single things are in the files beside this.

mod offers;
mod people;
mod practice;
mod works;

use std::borrow::Cow;
use std::fmt::Write;
use std::hash::Hash;

use serde_json::{Map, Value, json};

use super::Builder;
use crate::contract::view::{Html, LinkView, PageView};
use crate::document::model::PracticeKind;
use crate::memo::Digester;
use crate::route::Subject;
use crate::route::address;
use crate::site::{Article, Author};

/// A node under construction: what is not known is left out.
pub(super) struct Node(Map<String, Value>);

impl Node {
    pub(super) fn new(kind: &str) -> Node {
        Node(Map::from_iter([("@type".to_string(), kind.into())]))
    }

    /// The same node with an id.
    pub(super) fn id(mut self, id: String) -> Node {
        self.0.insert("@id".into(), id.into());
        self
    }

    /// The same node with a property.
    pub(super) fn with(mut self, property: &str, value: impl Into<Value>) -> Node {
        self.0.insert(property.into(), value.into());
        self
    }

    /// The same node with a property, where its value is known.
    pub(super) fn maybe(self, property: &str, value: Option<impl Into<Value>>) -> Node {
        match value {
            Some(value) => self.with(property, value),
            None => self,
        }
    }

    /// The same node with a property of several values, where there are any; a single one stands alone.
    pub(super) fn all(self, property: &str, values: impl IntoIterator<Item = impl Into<Value>>) -> Node {
        let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
        match values.len() {
            0 => self,
            1 => self.maybe(property, values.pop()),
            _ => self.with(property, values),
        }
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Value {
        Value::Object(node.0)
    }
}

/// What the data say of somebody who wrote or reviewed an article.
#[derive(Hash)]
struct Byline<'a> {
    name: &'a str,
    role: Option<&'a str>,
    url: Option<Cow<'a, str>>,
}

/// A mention of a node that stands elsewhere.
fn mention(id: String) -> Value {
    json!({ "@id": id })
}

impl Builder<'_> {
    /// The page's graph; none for pages that nobody looks for.
    pub(super) fn json_ld(&self, page: &PageView) -> Option<Html> {
        if matches!(self.route.subject, Subject::NotFound | Subject::Thanks | Subject::Search) {
            return None;
        }
        let mut graph: Vec<Value> = Vec::with_capacity(6);
        // Most pages say the same of the practice and of the website.
        let shared =
            self.shared.in_short.get_or_init(|| format!("{},{}", self.practice_in_short(), self.website(false)));
        let in_short = match &self.route.subject {
            Subject::Home(_) => Cow::Owned(format!("{},{}", self.practice_node(), self.website(true))),
            _ if self.tells_of_practice(page) => {
                Cow::Owned(format!("{},{}", self.practice_node(), self.website(false)))
            }
            _ => Cow::Borrowed(shared),
        };
        let mut own = self.page_node(page);
        match &self.route.subject {
            Subject::Practitioner(index) => {
                graph.push(self.person(*index));
                own = own.with("mainEntity", mention(self.person_id(*index)));
            }
            Subject::Service(index) => {
                graph.push(self.service_node(*index));
                own = own.with("mainEntity", mention(format!("{}#service", page.canonical)));
            }
            Subject::Article(index) => {
                let article = &self.site().articles[*index];
                graph.push(self.article_node(article, page));
                let front = &article.entry.front;
                own = own
                    .with("mainEntity", mention(format!("{}#article", page.canonical)))
                    .maybe("lastReviewed", front.last_reviewed.map(|day| day.to_string()))
                    .maybe("reviewedBy", article.reviewed_by.as_ref().map(|by| self.author_node(by)));
            }
            Subject::Home(_) => own = own.with("about", mention(self.practice_id())),
            _ => {}
        }
        graph.push(own.into());
        if !page.breadcrumbs.is_empty() {
            graph.push(self.breadcrumbs_node(page));
        }
        let mut text = format!("{{\"@context\":\"https://schema.org\",\"@graph\":[{in_short}");
        for node in graph {
            // Writing into a String cannot fail.
            let _ = write!(text, ",{node}");
        }
        text.push_str("]}");
        // Nothing in a text may end the element that it stands in.
        Some(Html(if text.contains('<') { text.replace('<', "\\u003c") } else { text }))
    }

    /// Hashes what the data of the page are made from besides its view and the practice; says whether it could. Only
    /// articles and lists of them can be so many that this matters.
    pub(super) fn hash_data_inputs(&self, page: &PageView, state: &mut Digester) -> bool {
        match &self.route.subject {
            Subject::Practitioner(_) | Subject::Service(_) => return false,
            Subject::Article(index) => {
                let article = &self.site().articles[*index];
                let document = &article.entry.document;
                let by = std::iter::once(&article.author).chain(&article.reviewed_by);
                document.digest().hash(state);
                by.for_each(|by| self.byline(by).hash(state));
                article.topics.iter().for_each(|topic| self.site().topics[*topic].name.hash(state));
                if !document.facts.cited.is_empty() {
                    self.site().references.digest.hash(state);
                }
            }
            _ => {}
        }
        !self.tells_of_practice(page)
    }

    /// Whether the page says everything of the practice.
    fn tells_of_practice(&self, page: &PageView) -> bool {
        matches!(self.route.subject, Subject::Home(_)) || page.kind == "contact"
    }

    fn website(&self, whole: bool) -> Value {
        let node = Node::new("WebSite").id(self.maker.canonical("#website"));
        let node = node.with("url", self.maker.canonical("")).with("name", self.site().practice.value.name.as_str());
        match whole {
            true => node
                .with("inLanguage", self.site().practice.value.language.0.as_str())
                .with("publisher", mention(self.practice_id()))
                .into(),
            false => node.into(),
        }
    }

    fn page_node(&self, page: &PageView) -> Node {
        let medical = self.site().practice.value.kind != PracticeKind::Coaching;
        let kind = match page.kind.as_str() {
            "contact" => "ContactPage",
            "practitioner" => "ProfilePage",
            "services" | "practitioners" | "resources" | "topics" | "topic" => "CollectionPage",
            "resource" if medical => "MedicalWebPage",
            _ if self.maker.routes.bare(self.route.url.as_str()) == "about/" => "AboutPage",
            _ => "WebPage",
        };
        Node::new(kind)
            .id(format!("{}#page", page.canonical))
            .with("url", page.canonical.as_str())
            .with("name", page.title.as_str())
            .with("description", page.description.as_str())
            .with("inLanguage", page.lang.as_str())
            .with("isPartOf", mention(self.maker.canonical("#website")))
            .maybe(
                "primaryImageOfPage",
                page.image_url.as_ref().map(|url| Node::new("ImageObject").with("url", url.as_str())),
            )
            .maybe(
                "breadcrumb",
                (!page.breadcrumbs.is_empty()).then(|| mention(format!("{}#breadcrumb", page.canonical))),
            )
    }

    fn article_node(&self, article: &Article, page: &PageView) -> Value {
        let front = &article.entry.front;
        let topics = article.topics.iter().map(|topic| self.site().topics[*topic].name.as_str());
        let works = &self.site().references.works;
        let cited = article.entry.document.facts.cited.iter().filter_map(|key| works.get(key));
        Node::new("Article")
            .id(format!("{}#article", page.canonical))
            .with("headline", page.title.as_str())
            .with("description", page.description.as_str())
            .with("datePublished", front.date.to_string())
            .with("dateModified", front.updated.unwrap_or(front.date).to_string())
            .with("author", self.author_node(&article.author))
            .with("publisher", mention(self.practice_id()))
            .with("mainEntityOfPage", mention(format!("{}#page", page.canonical)))
            .with("inLanguage", page.lang.as_str())
            .with("wordCount", article.entry.document.facts.words)
            .maybe("image", page.image_url.as_deref())
            .all("keywords", topics)
            .all("citation", cited.map(|work| works::work(&work.work)))
            .into()
    }

    /// Somebody who wrote or reviewed an article.
    fn author_node(&self, author: &Author) -> Value {
        let byline = self.byline(author);
        let node = Node::new("Person");
        let node = match author {
            Author::Practitioner(index) => node.id(self.person_id(*index)),
            Author::Guest { .. } => node,
        };
        node.with("name", byline.name).maybe("jobTitle", byline.role).maybe("url", byline.url).into()
    }

    fn byline<'a>(&'a self, author: &'a Author) -> Byline<'a> {
        match author {
            Author::Practitioner(index) => {
                let person = &self.site().practitioners[*index];
                let url = self.maker.routes.of_source(&person.document.path);
                let url = url.map(|route| self.maker.canonical(route.url.as_str()).into());
                Byline { name: &person.front.name, role: person.front.role_title.as_deref(), url }
            }
            Author::Guest { name, url } => Byline { name, role: None, url: url.as_deref().map(Cow::Borrowed) },
        }
    }

    fn breadcrumbs_node(&self, page: &PageView) -> Value {
        let own = [LinkView::to(&page.title, &page.href)];
        let items = page.breadcrumbs.iter().chain(&own).enumerate().map(|(index, crumb)| {
            let url = crumb.href.trim_start_matches(address::ROOT);
            let url = url.strip_suffix("index.html").unwrap_or(url);
            Node::new("ListItem")
                .with("position", index + 1)
                .with("name", crumb.label.as_str())
                .with("item", self.maker.canonical(url))
        });
        let items: Vec<Value> = items.map(Into::into).collect();
        Node::new("BreadcrumbList").id(format!("{}#breadcrumb", page.canonical)).with("itemListElement", items).into()
    }

    /// The id of the practice, on every page.
    pub(super) fn practice_id(&self) -> String {
        self.maker.canonical("#practice")
    }
}
