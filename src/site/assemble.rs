//! From documents to the model: what is published, in which order, referring to what.
//!
//! Owns the rules of publication dates; whom a name means is told by `names`. A name that resolves to nothing is
//! a finding; a file whose front matter is faulty is known by name, so that it causes no second one.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashSet, HashSetExt};
use jiff::civil::Date;
use rayon::prelude::*;

use super::days::{self, Calendar};
use super::names::Names;
use super::related::alike;
use super::{Absence, Article, Entry, Page, Practitioner, Service, Site, Topic, narrowed, notices};
use crate::diagnostic::{Diagnostic, Diagnostics, codes, nearest};
use crate::document::citations;
use crate::document::markdown::slug_in;
use crate::document::model::{self, Common, ContactWay};
use crate::document::names;
use crate::document::references::References;
use crate::document::{DataFile, Document, Documents, FrontMatter, Kind, TOPICS, stand_in_practice};
use crate::options::Options;
use crate::source::{Content, SourcePath, Sources};
use crate::yaml::Path;

/// Assembles the model of what is published on the day of `options`.
pub fn assemble(documents: Documents, sources: &Sources, options: &Options) -> (Site, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    if let Some(practice) = &documents.practice {
        check_practice(practice, &mut diagnostics);
        days::check_practice(practice, options.today, &mut diagnostics);
    }
    let practice = documents.practice.unwrap_or_else(|| {
        if SourcePath::new("content/practice.yaml").is_some_and(|path| !sources.files.contains_key(&path)) {
            let message = "the site has no content/practice.yaml";
            let missing = Diagnostic::new(&codes::MISSING_PRACTICE, message);
            diagnostics.push(match names::practice(sources.files.keys()) {
                Some(path) => missing.about(path).help(format!(
                    "if {path} is meant to be it, rename it to content/practice.yaml; Windows shows the whole name once \
                     \"File name extensions\" is ticked under View"
                )),
                None => missing.help(
                    "write one with name, description, language, kind, jurisdictions, base_url and an email or phone",
                ),
            });
        }
        // The build stops either way; a stand-in lets the pages' own faults be found in the same run.
        stand_in_practice()
    });
    check_references(&documents.references, &documents.pages, &practice, &mut diagnostics);
    // Topics of articles that wait: they may have an introduction already.
    let waiting: Vec<Arc<Document>> = match documents.pages.iter().any(|page| page.path.inside(TOPICS).is_some()) {
        true => documents.pages.iter().filter(|page| page.kind == Kind::Resource).cloned().collect(),
        false => Vec::new(),
    };
    let mut sorted = Sorted::default();
    let mut calendar = Calendar { today: options.today, next: None };
    let drafts = documents.drafts;
    for document in documents.pages {
        if let Some(front) = document.front.as_ref().filter(|front| options.drafts || !front.common().draft) {
            days::check_document(&document, front, options.today, &mut diagnostics);
        }
        let is_draft = drafts.contains(&document.path);
        sorted.add(document, is_draft, options, &mut calendar);
    }
    let Sorted { mut people, mut services, mut articles, mut pages, absent, faulty, ended } = sorted;
    people.sort_by(|a, b| (a.front.weight, &a.front.name).cmp(&(b.front.weight, &b.front.name)));
    services.sort_by(|a, b| (a.front.weight, &a.front.title).cmp(&(b.front.weight, &b.front.title)));
    by_group(&mut services, &practice.value.language);
    // They come sorted by path, which the sort keeps among those of one day.
    articles.sort_by_cached_key(|article| Reverse(article.front.date));

    calendar.facts(&practice.value, &people, &articles, &pages);
    for person in &people {
        check_names_of_the_practice(person, &practice.value, &mut diagnostics);
    }
    let made = notices::make(&practice.value, &people, &pages, &absent, options.today);
    let generated = made.iter().enumerate().map(|(index, (notice, _))| (*notice, pages.len() + index)).collect();
    pages.extend(made.into_iter().map(|(_, page)| page));

    let (names, (mut topics, topics_of)) =
        rayon::join(|| Names::new(&people, &articles, &absent), || topics(&articles, &practice.value.language));
    let mut ended_topics = BTreeMap::new();
    for (name, day) in ended {
        let slug = slug_in(&practice.value.language, &name);
        if topics.iter().all(|topic| topic.slug != slug) {
            let last = ended_topics.entry(slug).or_insert(day);
            *last = day.max(*last);
        }
    }
    let services = services.into_iter().map(|entry| service(entry, &names, &mut diagnostics)).collect();
    for page in &pages {
        check_faces(page, &names, &mut diagnostics);
    }
    introduce(&mut topics, &pages, &waiting, &practice.value.language, &mut diagnostics);
    let articles = articles_of(articles, &topics, topics_of, &names, &mut diagnostics);
    let shown = |from: Option<Date>, until: Option<Date>| {
        from.is_none_or(|from| from <= options.today) && until.is_none_or(|until| options.today <= until)
    };
    let notices = practice.value.notices.iter().enumerate();
    let notices = notices.filter(|(_, notice)| shown(notice.from, notice.until)).map(|(index, _)| index).collect();
    let closures = closures(&practice.value, &mut calendar);
    let assets = sources.files.iter().filter_map(|(path, content)| match content {
        Content::Asset(asset) => Some((path.clone(), asset.clone())),
        Content::Text(_) => None,
    });
    let narrowings = narrowed::narrowings(&people, &practice.value);
    let site = Site {
        practitioners: people,
        services,
        articles,
        pages,
        generated,
        topics,
        narrowings,
        references: documents.references,
        redirects: documents.redirects,
        host_files: documents.host_files,
        assets: assets.collect(),
        notices,
        closures,
        absent,
        ended_topics,
        drafts,
        faulty,
        today: options.today,
        changes_on: calendar.next,
        layouts: Default::default(),
        standing: Default::default(),
        practice,
    };
    (site, diagnostics)
}

fn check_practice(practice: &DataFile<model::Practice>, diagnostics: &mut Diagnostics) {
    let value = &practice.value;
    if value.jurisdictions.is_empty() {
        diagnostics.push(
            Diagnostic::new(&codes::MISSING_FIELD, "practice.yaml doesn't say where you work")
                .at(&practice.path, practice.locate(&Path::of("jurisdictions")).value)
                .help(
                    "write your state or country: `jurisdictions: [US-OR]`; \
                     it decides which rules and crisis numbers apply",
                ),
        );
    }
    if value.email.is_none() && value.phone.is_none() {
        let first = practice.locate(&Path::of("name"));
        diagnostics.push(
            Diagnostic::new(&codes::MISSING_FIELD, "a practice needs an `email` or a `phone`")
                .at(&practice.path, first.key.unwrap_or(first.value))
                .help("add `email: …` or `phone: …`, so that clients can reach you"),
        );
    }
    if let Some(way) = value.preferred_contact.filter(|way| !value.has(*way)) {
        let needs = match way {
            ContactWay::Email => "`email`",
            ContactWay::Phone => "`phone`",
            ContactWay::Text => "`phone` and `sms_ok: true`",
            ContactWay::Form => "`contact_form`",
            ContactWay::Booking => "`booking`",
        };
        diagnostics.push(
            Diagnostic::new(&codes::PREFERRED_CONTACT, "your preferred way to be reached isn't in practice.yaml")
                .at(&practice.path, practice.locate(&Path::of("preferred_contact")).value)
                .help(format!("add {needs}, or choose another way")),
        );
    }
    if let Some(form) = &value.contact_form
        && form.provider != model::FormProvider::Netlify
        && form.endpoint.is_none()
    {
        let place = practice.locate(&Path::of("contact_form"));
        diagnostics.push(
            Diagnostic::new(&codes::MISSING_FIELD, "this form has no `endpoint` to send messages to")
                .at(&practice.path, place.key.unwrap_or(place.value))
                .help("add the address that the provider gave you: `endpoint: https://…`"),
        );
    }
}

/// Finds places where somebody works, and insurers who pay for somebody, that the practice doesn't have.
fn check_names_of_the_practice(person: &Practitioner, practice: &model::Practice, diagnostics: &mut Diagnostics) {
    let mut check = |code, field: &str, what: &str, named: &[String], known: Vec<&str>| {
        for (index, name) in named.iter().enumerate().filter(|(_, name)| !known.contains(&name.as_str())) {
            let place = person.document.locate(&format!("{field}[{index}]")).value;
            diagnostics.push(
                Diagnostic::new(code, format!("practice.yaml has no {what} called `{name}`"))
                    .at(&person.document.path, place)
                    .suggest(name, known.iter().copied()),
            );
        }
    };
    let labels = practice.locations.iter().map(|location| location.label.as_str()).collect();
    check(&codes::UNKNOWN_LOCATION, "locations", "location", &person.front.locations, labels);
    let payers = practice.in_network().collect();
    check(&codes::UNKNOWN_INSURER, "insurance", "in-network insurer", &person.front.insurance, payers);
}

/// Finds works that no text cites, drafts and all.
fn check_references(
    references: &References,
    pages: &[Arc<Document>],
    practice: &DataFile<model::Practice>,
    diagnostics: &mut Diagnostics,
) {
    if references.works.is_empty() {
        return;
    }
    let of_practice = std::str::from_utf8(practice.bytes()).unwrap_or_default();
    let of_practice = citations::mentions(of_practice, 0..of_practice.len()).map(|(_, key)| key);
    let cited: HashSet<&str> =
        pages.iter().flat_map(|page| page.facts.cited.iter().map(String::as_str)).chain(of_practice).collect();
    for work in references.works.values().filter(|work| !cited.contains(work.key.as_str())) {
        diagnostics.push(
            Diagnostic::new(&codes::UNUSED_REFERENCE, format!("no text cites `{}`", work.key))
                .at(&work.path, work.span.clone()),
        );
    }
}

/// Documents by kind, those without a page set aside.
#[derive(Default)]
struct Sorted {
    people: Vec<Practitioner>,
    services: Vec<Entry<model::Service>>,
    articles: Vec<Entry<model::Resource>>,
    pages: Vec<Page>,
    absent: BTreeMap<SourcePath, Absence>,
    faulty: Vec<Arc<Document>>,
    /// The topics of articles that have ended, as written.
    ended: BTreeMap<String, Date>,
}

impl Sorted {
    fn add(&mut self, document: Arc<Document>, is_draft: bool, options: &Options, calendar: &mut Calendar) {
        let Some(front) = document.front.clone() else {
            if is_draft && !options.drafts {
                self.absent.insert(document.path.clone(), Absence::Draft);
                return;
            }
            self.absent.insert(document.path.clone(), Absence::Faulty);
            self.faulty.push(document);
            return;
        };
        if let Some(absence) = absence(&front, front.common(), options, calendar) {
            if let (Absence::Until(day), FrontMatter::Resource(article)) = (absence, &front) {
                for topic in &article.topics {
                    let last = self.ended.entry(topic.clone()).or_insert(day);
                    *last = day.max(*last);
                }
            }
            self.absent.insert(document.path.clone(), absence);
            return;
        }
        match front {
            FrontMatter::Practitioner(front) => self.people.push(Entry { document, front }),
            FrontMatter::Service(front) => self.services.push(Entry { document, front }),
            FrontMatter::Resource(front) => self.articles.push(Entry { document, front }),
            FrontMatter::Page(front) => self.pages.push(Entry { document, front }),
        }
    }
}

fn absence(front: &FrontMatter, common: Common<'_>, options: &Options, calendar: &mut Calendar) -> Option<Absence> {
    if common.draft && !options.drafts {
        return Some(Absence::Draft);
    }
    let FrontMatter::Resource(article) = front else { return None };
    if !options.drafts {
        calendar.note(article.publish_at);
        calendar.note(article.expires_at);
    }
    match (article.publish_at, article.expires_at) {
        (Some(from), _) if from > options.today && !options.drafts => Some(Absence::From(from)),
        (_, Some(until)) if until <= options.today => Some(Absence::Until(until)),
        _ => None,
    }
}

/// The closures that are not over; the day after each changes the site.
fn closures(practice: &model::Practice, calendar: &mut Calendar) -> Vec<(usize, usize)> {
    let mut coming = Vec::new();
    for (at, location) in practice.locations.iter().enumerate() {
        for (index, closure) in location.closures.iter().enumerate() {
            if closure.last() >= calendar.today {
                calendar.note(closure.last().tomorrow().ok());
                coming.push((closure.from, at, index));
            }
        }
    }
    coming.sort_unstable();
    coming.into_iter().map(|(_, at, index)| (at, index)).collect()
}

fn service(entry: Entry<model::Service>, names: &Names, diagnostics: &mut Diagnostics) -> Service {
    let practitioners = entry.front.practitioners.iter().enumerate().filter_map(|(index, name)| {
        names.person(name, &entry.document, &format!("practitioners[{index}]"), diagnostics)
    });
    let practitioners = practitioners.collect();
    if entry.front.formats.is_empty() {
        diagnostics.push(
            Diagnostic::new(&codes::NO_FORMATS, "this service doesn't say how its sessions are held")
                .at(&entry.document.path, entry.document.locate("formats").value)
                .help("write one or more of in-person, video, phone, walk, home, text: `formats: [in-person, video]`"),
        );
    }
    Service { practitioners, entry }
}

/// Puts services of one group together, each group where its first service stands; those without one come before all.
/// Names that differ only in what a slug leaves out are one group, called as its first service calls it.
fn by_group(services: &mut [Entry<model::Service>], language: &str) {
    let mut groups: Vec<(String, String)> = Vec::new();
    for service in services.iter_mut() {
        let Some(name) = service.front.group.clone() else { continue };
        let slug = slug_in(language, &name);
        match groups.iter().find(|(known, _)| *known == slug) {
            Some((_, first)) if *first != name => {
                Arc::make_mut(&mut service.front).group = Some(first.clone());
            }
            Some(_) => {}
            None => groups.push((slug, name)),
        }
    }
    services.sort_by_key(|service| {
        let group = service.front.group.as_ref();
        group.and_then(|group| groups.iter().position(|(_, name)| name == group))
    });
}

/// Whose face stands in a hero.
fn check_faces(page: &Page, names: &Names, diagnostics: &mut Diagnostics) {
    for (index, section) in page.front.sections.iter().enumerate() {
        if let model::BlockKind::Known(model::Section::Hero { person: Some(name), .. }) = &section.kind {
            names.person(name, &page.document, &format!("sections[{index}].person"), diagnostics);
        }
    }
}

/// The topics by name, and those of each article. Names that differ only in what a slug leaves out are one
/// topic, called as its newest article calls it.
fn topics(articles: &[Entry<model::Resource>], language: &str) -> (Vec<Topic>, Vec<Vec<usize>>) {
    let mut by_slug: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for name in articles.iter().flat_map(|entry| &entry.front.topics) {
        if seen.insert(name) {
            by_slug.entry(slug_in(language, name)).or_default().push(name);
        }
    }
    let names = by_slug.values().enumerate();
    let index_of: HashMap<&str, usize> =
        names.flat_map(|(index, names)| names.iter().map(move |name| (*name, index))).collect();
    let topics_of: Vec<Vec<usize>> = articles
        .par_iter()
        .map(|entry| {
            let mut own: Vec<usize> =
                entry.front.topics.iter().filter_map(|name| index_of.get(name.as_str()).copied()).collect();
            own.dedup();
            own
        })
        .collect();
    let mut topics: Vec<Topic> = by_slug
        .iter()
        .map(|(slug, names)| Topic {
            name: names[0].to_string(),
            slug: slug.clone(),
            introduction: None,
            articles: Vec::new(),
        })
        .collect();
    for (article, own) in topics_of.iter().enumerate() {
        for topic in own {
            if topics[*topic].articles.last() != Some(&article) {
                topics[*topic].articles.push(article);
            }
        }
    }
    (topics, topics_of)
}

/// Finds the topic of each introduction; one that belongs to none is told.
fn introduce(
    topics: &mut [Topic],
    pages: &[Page],
    articles: &[Arc<Document>],
    language: &str,
    diagnostics: &mut Diagnostics,
) {
    let of = |page: &Page| page.document.path.inside(TOPICS).is_some_and(|rest| rest != "index.md");
    for (index, page) in pages.iter().enumerate().filter(|(_, page)| of(page)) {
        let slug = slug_in(language, page.document.name());
        // A translation is called as its original is, and its topic otherwise.
        let own =
            page.front.slug.as_ref().map(|slug| slug.0.clone()).unwrap_or_else(|| slug_in(language, &page.front.title));
        let at = topics.iter().position(|topic| topic.slug == slug);
        let at = at.or_else(|| topics.iter().position(|topic| topic.slug == own));
        if let Some(topic) = at.map(|at| &mut topics[at]) {
            topic.introduction = Some(index);
            topic.name.clone_from(&page.front.title);
            continue;
        }
        let waits = articles.iter().any(|article| match &article.front {
            Some(FrontMatter::Resource(front)) => front.topics.iter().any(|name| slug_in(language, name) == slug),
            _ => true,
        });
        if !waits {
            let known = topics.iter().map(|topic| topic.slug.as_str());
            let near = nearest(&slug, known).map(|near| format!("did you mean {TOPICS}/{near}.md?"));
            let help = near.unwrap_or_else(|| {
                "name the file after a topic, in lower case with hyphens, or give an article this topic".into()
            });
            let message = format!("no article has the topic `{slug}`, so this introduction isn't published");
            diagnostics
                .push(Diagnostic::new(&codes::TOPIC_WITHOUT_ARTICLES, message).about(&page.document.path).help(help));
        }
    }
}

fn articles_of(
    entries: Vec<Entry<model::Resource>>,
    topics: &[Topic],
    topics_of: Vec<Vec<usize>>,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Vec<Article> {
    let alike: Vec<Vec<usize>> = alike(&topics_of, topics);
    let one = |((entry, alike), topics): ((Entry<model::Resource>, Vec<usize>), Vec<usize>)| {
        let mut found = Diagnostics::default();
        let author = names.author(&entry.front.author, &entry.document, "author", &mut found);
        let reviewed_by = entry.front.reviewed_by.as_ref();
        let reviewed_by = reviewed_by.map(|by| names.author(by, &entry.document, "reviewed_by", &mut found));
        let named = named_related(&entry, names, &mut found);
        let related = if entry.front.related.is_empty() { alike } else { named };
        (Article { topics, author, reviewed_by, related, entry }, found)
    };
    let made: Vec<(Article, Diagnostics)> = entries.into_par_iter().zip(alike).zip(topics_of).map(one).collect();
    let article = |(article, found)| {
        diagnostics.extend(found);
        article
    };
    made.into_iter().map(article).collect()
}

fn named_related(entry: &Entry<model::Resource>, names: &Names, diagnostics: &mut Diagnostics) -> Vec<usize> {
    let mut related = Vec::new();
    for (index, name) in entry.front.related.iter().enumerate() {
        match names.articles.get(name) {
            Some(article) => related.push(*article),
            None if names.absent_articles.contains(name) => {}
            None => {
                let place = entry.document.locate(&format!("related[{index}]")).value;
                diagnostics.push(
                    Diagnostic::new(&codes::UNKNOWN_RESOURCE, format!("there's no article called `{name}`"))
                        .at(&entry.document.path, place)
                        .suggest(name, names.articles.keys().map(String::as_str)),
                );
            }
        }
    }
    related
}
