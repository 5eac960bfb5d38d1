//! What every page says of itself: `page` in templates.
//!
//! Owns titles, canonical addresses, the way from the home page, the place in the navigation.

use super::Builder;
use super::names::Names;
use crate::contract::view::*;
use crate::document::values::Jurisdiction;
use crate::picture::{Size, card};
use crate::route::{Subject, Target, address};
use crate::theme::words;
use crate::views::about::About;
use crate::views::{cards, policy};

/// A title longer than this, in characters, is cut in search results.
const LONGEST_TITLE: usize = 60;

/// A picture for those who share a page.
struct SharedPicture {
    url: String,
    size: Option<SizeView>,
    alt: String,
}

impl Builder<'_> {
    pub(super) fn insert_page(&self, about: About<'_>, context: &mut impl Names) {
        let maker = self.maker;
        let practice = &self.site().practice.value;
        let url = self.route.url.as_str();
        let home = matches!(self.route.subject, Subject::Home(_));
        let head_title = match (home, &practice.tagline) {
            (true, Some(tagline)) => format!("{}: {tagline}", practice.name),
            (true, None) => practice.name.clone(),
            (false, _) => {
                let whole = format!("{} · {}", about.title, self.site().short_name());
                // Search results cut what is longer: better the practice's name than the title's end.
                if whole.chars().count() > LONGEST_TITLE { about.title.clone() } else { whole }
            }
        };
        let shared_picture = self.shared_picture(&about, context);
        let borrowed = self.borrowed();
        let own = about.common.and_then(|common| common.lang).filter(|_| borrowed.is_none());
        let lang = own.unwrap_or(&practice.language);
        let mut view = PageView {
            kind: about.kind.to_string(),
            head_title,
            href: address::inside(url, maker.portable),
            canonical: maker.canonical(url),
            lang: lang.to_string(),
            direction: words::direction(lang).to_string(),
            languages: self.languages(),
            alternates: self.alternates(borrowed.is_some()),
            borrowed,
            noindex: about.noindex || about.common.is_some_and(|common| common.noindex),
            section_href: self.section(),
            breadcrumbs: self.breadcrumbs(),
            image_url: shared_picture.as_ref().map(|shared| shared.url.clone()),
            image_size: shared_picture.as_ref().and_then(|shared| shared.size.clone()),
            image_alt: shared_picture.map(|shared| shared.alt).filter(|alt| !alt.is_empty()),
            open_graph_locale: self.open_graph_locale(lang),
            open_graph_type: if about.open_graph.is_empty() { "website" } else { about.open_graph }.to_string(),
            json_ld: None,
            content_security_policy: self.shared.policy.clone(),
            draft: about.common.is_some_and(|common| common.draft),
            seed: seed(url),
            title: about.title,
            description: about.description,
            summary: about.summary,
            image: about.image,
            fields: about.fields,
        };
        if self.route.subject == Subject::Search
            && let Some(integrity) = self.maker.search().script_integrity
        {
            view.content_security_policy = policy::with_script(&view.content_security_policy, &integrity);
        }
        context.insert_page(view, self);
    }

    /// The page's view with its structured data, and with the policy that admits them.
    pub(crate) fn with_data(&self, mut view: PageView) -> PageView {
        view.json_ld = self.json_ld(&view);
        if let Some(data) = &view.json_ld {
            view.content_security_policy = policy::with_data(&view.content_security_policy, &data.0);
        }
        view
    }

    /// What is shown of the page when somebody shares it: its picture, or a card.
    fn shared_picture(&self, about: &About<'_>, context: &mut impl Names) -> Option<SharedPicture> {
        if let Some(image) = &about.image {
            let size = image.width.zip(image.height).map(|(width, height)| SizeView { width, height });
            let url = self.maker.canonical(self.maker.published(&image.href)?.as_str());
            return Some(SharedPicture { url, size, alt: image.alt.clone() });
        }
        let (path, card) = cards::card(self.shared.card_frame.as_ref()?, self.route, about)?;
        let url = self.maker.canonical(path.as_str());
        let (alt, Size { width, height }) = (card.title.clone(), card::SIZE);
        context.publish_card(path, card);
        Some(SharedPicture { url, size: Some(SizeView { width, height }), alt })
    }

    /// The language as Open Graph wants it, with a country: the tag's own, else the practice's.
    pub(super) fn open_graph_locale(&self, lang: &str) -> Option<String> {
        let mut parts = lang.split('-');
        let language = parts.next()?.to_lowercase();
        let own = parts.find(|part| part.len() == 2).map(str::to_uppercase);
        let country = |place: &Jurisdiction| place.split('-').next().unwrap_or_default().to_uppercase();
        let country = own.or_else(|| self.site().practice.value.jurisdictions.first().map(country))?;
        (country.len() == 2).then(|| format!("{language}_{country}"))
    }

    /// The navigation entry under whose address the page lies.
    fn section(&self) -> Option<String> {
        let url = self.route.url.as_str();
        let entries = self.maker.routes.navigation.iter().filter_map(|entry| match &entry.target {
            Target::Inside(section) if *section != self.maker.routes.prefix && url.starts_with(section.as_str()) => {
                Some(section)
            }
            _ => None,
        });
        entries.max_by_key(|section| section.len()).map(|section| address::inside(section, self.maker.portable))
    }

    fn breadcrumbs(&self) -> Vec<LinkView> {
        let url = self.route.url.as_str();
        let home = self.maker.routes.prefix.as_str();
        if url == home || self.route.subject == Subject::NotFound {
            return Vec::new();
        }
        let mut crumbs = vec![LinkView::to(&self.maker.word("home"), &address::inside(home, self.maker.portable))];
        let mut at = home.len();
        while let Some(slash) = url[at..].find('/') {
            at += slash + 1;
            if at < url.len()
                && let Some(route) = self.maker.routes.at(&url[..at])
            {
                let href = address::inside(&url[..at], self.maker.portable);
                let title = LinkView::to(&self.maker.title_of(route), &href);
                crumbs.push(title.in_words_of(&self.maker.borrowed_from(route)));
            }
        }
        crumbs
    }
}

/// A number from a page's address, 0 to 9999.
fn seed(url: &str) -> u32 {
    let hash = blake3::hash(url.as_bytes());
    let [first, second, ..] = hash.as_bytes();
    (u32::from(*first) << 8 | u32::from(*second)) % 10_000
}
