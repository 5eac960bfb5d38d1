//! `page` and what each kind of page adds.

use schemars::JsonSchema;
use serde::Serialize;

use super::Once;
use super::parts::*;
use super::setting::FieldsView;

/// `page`: what every page says of itself.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct PageView {
    /// Which kind of page it is; the table in the module's description lists them.
    pub kind: String,
    /// The page's heading.
    pub title: String,
    /// The title for the browser's tab and for search results.
    pub head_title: String,
    /// A sentence or two for search results.
    pub description: String,
    /// A sentence or two under the heading; none where the author gave none.
    pub summary: Option<String>,
    /// Values of the fields that the theme adds to this kind of page, by name.
    #[schemars(extend("x-own" = "page"))]
    pub fields: FieldsView,
    /// The page's address.
    pub href: String,
    /// The whole address on the web.
    pub canonical: String,
    /// The page's language, as a tag.
    pub lang: String,
    /// The direction in which that language is written: `ltr` or `rtl`.
    pub direction: String,
    /// The page in each of the site's languages, for a switch; empty where the site has one.
    pub languages: Vec<LanguageView>,
    /// The same page in other words and in its own, for search engines; empty where there is no other.
    pub alternates: Vec<AlternateView>,
    /// The language of the text, where it isn't translated and is shown in the site's main one.
    pub borrowed: Option<BorrowedView>,
    /// Whether search engines are asked to leave it out.
    pub noindex: bool,
    /// The navigation entry that the page belongs to: equal to that entry's `href`.
    pub section_href: Option<String>,
    /// The way from the home page to here, this page left out; empty on the home page.
    pub breadcrumbs: Vec<LinkView>,
    /// The page's picture.
    pub image: Option<PictureView>,
    /// The whole address on the web of what is shown of the page when somebody shares it: its picture, or a card.
    pub image_url: Option<String>,
    /// Width and height of that picture, where known.
    pub image_size: Option<SizeView>,
    /// What that picture shows: the title, on a card.
    pub image_alt: Option<String>,
    /// The language with a country, such as `en_US`, for those who share the page; none where the country is not known.
    pub open_graph_locale: Option<String>,
    /// `website`, `article` or `profile`, for those who share the page.
    pub open_graph_type: String,
    /// Structured data, ready for a `script` element of type `application/ld+json`; none on pages that nobody looks
    /// for.
    pub json_ld: Option<Html>,
    /// The policy for the page's `meta` element: what the page may load.
    pub content_security_policy: String,
    /// Whether it is a draft, shown only because drafts were asked for.
    pub draft: bool,
    /// A number that stays the same for this page and differs from other pages', 0 to 9999: for drawings that
    /// vary from page to page.
    pub seed: u32,
}

/// The page in one of the site's languages.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct LanguageView {
    /// What the language calls itself: `Deutsch`.
    pub name: String,
    /// Its tag.
    pub lang: String,
    /// The page's address in it, or that of its home page.
    pub href: String,
    /// Whether it's the language of this page.
    pub current: bool,
    /// Whether the address is that of the home page, because this page isn't there in it.
    pub leads_home: bool,
}

/// The same page in another language.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct AlternateView {
    /// The language's tag; `x-default` for whoever wants none of them.
    pub lang: String,
    /// The whole address on the web.
    pub url: String,
    /// The language with a country, for those who share the page, where it isn't this page's own.
    pub open_graph_locale: Option<String>,
}

/// The language of a text that isn't translated.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct BorrowedView {
    /// Its tag.
    pub lang: String,
    /// The direction in which it is written: `ltr` or `rtl`.
    pub direction: String,
    /// What the site's language calls it: `German`.
    pub name: String,
}

/// `body`: the text of the page.
#[derive(Clone, Hash, Debug, Default, Serialize, JsonSchema)]
pub struct BodyView {
    /// The text as markup; empty where there is none.
    pub html: Html,
    /// Its headings, for a table of contents.
    pub headings: Vec<HeadingView>,
    /// The works that it cites, in the order that the citation style wants.
    pub references: Vec<ReferenceView>,
    /// Whether the text itself holds `::: fees`, so that the page need not add the table.
    pub has_fees: bool,
    /// Whether the text itself holds `::: faq`, so that the page need not add the questions.
    pub has_faq: bool,
}

/// A heading.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct HeadingView {
    /// 2 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its id.
    pub id: String,
}

/// A work that a text cites.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct ReferenceView {
    /// The id that citations link to.
    pub id: String,
    /// The entry.
    pub html: Html,
    /// The ways back to where the text cites it.
    pub places: Vec<PlaceView>,
}

/// Where a text cites a work.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct PlaceView {
    /// Its address on the page.
    pub href: String,
    /// What a link to it is called.
    pub label: String,
}

/// `person`, on the page of kind `practitioner`, is a [`PersonView`]; `service`, on the page of kind
/// `service`, is this.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct ServicePageView {
    /// The service, as in lists.
    pub card: Once<ServiceView>,
    /// Who it is for.
    pub for_whom: Vec<String>,
    /// When another kind of help serves better.
    pub not_for: Vec<String>,
    /// What happens.
    pub what_to_expect: Vec<StepView>,
    /// Who offers it.
    pub people: Vec<Once<PersonView>>,
    /// Questions.
    pub faqs: Vec<FaqView>,
    /// Where a time is booked.
    pub booking: Option<Booking>,
    /// The other services.
    pub others: Vec<LinkView>,
}

/// `article`, on the page of kind `resource`.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct ArticleView {
    /// The article, as in lists.
    pub card: Once<CardView>,
    /// Who wrote it.
    pub author: AuthorView,
    /// The same as a person of the practice, for a card at the end; none for others.
    pub person: Option<Once<PersonView>>,
    /// Who reviewed it.
    pub reviewed_by: Option<AuthorView>,
    /// The last change that readers should know of.
    pub updated: Option<DateView>,
    /// When somebody last checked that it is still right.
    pub last_reviewed: Option<DateView>,
    /// What a reader should take away.
    pub key_points: Vec<String>,
    /// Questions.
    pub faqs: Vec<FaqView>,
    /// Articles to read next.
    pub related: Vec<Once<CardView>>,
    /// The article before it in time.
    pub previous: Option<LinkView>,
    /// The article after it in time.
    pub next: Option<LinkView>,
}

/// Who wrote or reviewed an article.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct AuthorView {
    /// The name.
    pub name: String,
    /// The person's page here or elsewhere.
    pub href: Option<String>,
    /// The whole address of that page on the web.
    pub url: Option<String>,
    /// The letters after the name, such as `PhD, LMFT`, for people of the practice.
    pub letters: Option<String>,
    /// The profession, for people of the practice; none where the letters stand for just that.
    pub role_title: Option<String>,
}

/// A topic.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct TopicView {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many articles it has.
    pub count: usize,
}

/// `paging`: which page of a long list.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct PagingView {
    /// From 1.
    pub number: usize,
    /// How many pages the list has.
    pub of: usize,
    /// The page with newer entries.
    pub previous: Option<String>,
    /// The page with older entries.
    pub next: Option<String>,
}

/// `policy`, on the page of kind `policy`.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct PolicyView {
    /// Since when it holds.
    pub effective: Option<DateView>,
    /// When somebody last checked that it is still right.
    pub reviewed: Option<DateView>,
}

/// `team`: how a list of people is narrowed.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct TeamView {
    /// Whether there are more people than can be taken in at a glance.
    pub many: bool,
    /// What the list can be narrowed by; nothing where the people are few.
    pub facets: Vec<FacetView>,
}

/// What a list of people can be narrowed by.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct FacetView {
    /// `openings`, `concern`, `place`, `insurance`, `language` or `format`: a key of `t.narrow`.
    pub key: String,
    /// Whether the page shows one of its parts.
    pub current: bool,
    /// The pages of its parts.
    pub links: Vec<NarrowingView>,
}

/// The page of a part of the team.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct NarrowingView {
    /// To what it is narrowed: `Grief`, `Spanish`.
    pub label: String,
    /// Its address.
    pub href: String,
    /// How many people it shows.
    pub count: usize,
    /// Whether this is the page.
    pub current: bool,
}

/// `fees`: what everything costs.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct FeesView {
    /// A row for each service that states a price or packages.
    pub services: Vec<Once<ServiceView>>,
    /// Whether there are several services and all cost the same, packages and all: the first speaks for each.
    pub alike: bool,
    /// A row for each person with fees of their own.
    pub people: Vec<PersonFeeView>,
    /// When the fees were last confirmed.
    pub as_of: Option<DateView>,
    /// How sessions can be paid.
    pub payment_methods: Vec<String>,
    /// Insurers in whose network the practice is.
    pub in_network: Vec<String>,
    /// Insurers outside whose network it is.
    pub out_of_network: Vec<String>,
    /// Whether a bill is given that clients can hand in.
    pub superbill: bool,
    /// Who can pay less, and how to ask.
    pub sliding_scale: Option<String>,
    /// How sessions are cancelled.
    pub cancellation: Option<String>,
    /// The notice of the right to a Good Faith Estimate, where the practice has one.
    pub good_faith_estimate: Option<LinkView>,
}

/// A block of `sections`. `kind` says which fields mean something.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct SectionView {
    /// `hero`, `services`, `practitioners`, `resources`, `steps`, `quote`, `testimonials`, `faq`, `text` or
    /// `call-to-action`; or the name of a section that the theme brings.
    pub kind: String,
    /// Whether the theme brings it: `html` is then all that its own template prints.
    pub own: bool,
    /// What its template `sections/KIND.html` prints, where the theme or one that it extends has such a file.
    pub printed: Option<Html>,
    /// Values of the fields that the theme adds to it, by name.
    #[schemars(extend("x-own" = "section"))]
    pub fields: FieldsView,
    /// Whether it opens the page: its heading is then the page's own, an `h1`.
    pub opens: bool,
    /// The heading.
    pub heading: Option<String>,
    /// An id for the heading, unique on the page.
    pub id: String,
    /// Its text.
    pub html: Option<Html>,
    /// Links; the first is the one that matters.
    pub actions: Vec<LinkView>,
    /// Facts beside a hero.
    pub facts: Vec<FactView>,
    /// A hero's picture.
    pub image: Option<PictureView>,
    /// Whose face stands in a hero.
    pub person: Option<Once<PersonView>>,
    /// What speaks for the practice; only of the hero that opens the page.
    pub trust: Option<TrustView>,
    /// The services.
    pub services: Vec<Once<ServiceView>>,
    /// The people.
    pub people: Vec<Once<PersonView>>,
    /// The newest articles.
    pub articles: Vec<Once<CardView>>,
    /// The list of all articles.
    pub all_href: Option<String>,
    /// The steps.
    pub steps: Vec<StepView>,
    /// The questions.
    pub faqs: Vec<FaqView>,
    /// Who said a quotation.
    pub attribution: Option<String>,
    /// What others say.
    pub testimonials: Vec<TestimonialView>,
}

/// What somebody says of the practice.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct TestimonialView {
    /// The words.
    pub text: String,
    /// By whom.
    pub attribution: Option<String>,
    /// How the person knows the practice: a key of `t.relations`.
    pub relation: String,
    /// Whether something was given for it, which readers must be told.
    pub incentive: bool,
}

/// A fact with its name.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct FactView {
    pub label: String,
    pub text: String,
}

/// `search`: what the search page works with.
#[derive(Clone, Hash, Debug, Serialize, JsonSchema)]
pub struct SearchView {
    /// Where the form leads: to the page itself. None in a copy for a disk, from which browsers fetch nothing.
    pub form_href: Option<String>,
    /// The script that searches, `assets/search.js` of the theme; none in a copy for a disk.
    pub script_href: Option<String>,
    /// The script's hash, for the attribute `integrity` of its element; the page's policy names it.
    pub script_integrity: Option<String>,
}
