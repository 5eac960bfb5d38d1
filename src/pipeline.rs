//! Stages 2 to 6 and the checks in a row, and what they remember from one run to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes};
use crate::editions::{self, Edition, Standing};
use crate::options::Options;
use crate::output::{File, Output};
use crate::pages::Described;
use crate::route::{Redirect, Route, Routes};
use crate::site::hosts::{self, Declared};
use crate::site::{Absence, Site};
use crate::source::{SourcePath, Sources, Trouble};
use crate::theme::Theme;
use crate::{check, document, pages, render, route, search, site, theme};

/// What a build makes.
#[derive(Debug)]
pub struct Build {
    /// Every file of the site; `None` where the theme could not be used at all.
    pub output: Option<Output>,
    /// Everything that was found, sorted.
    pub diagnostics: Diagnostics,
    /// The next day on which the site would change by itself.
    pub changes_on: Option<Date>,
    /// The site's language, as a tag.
    pub language: String,
    /// The site's address.
    pub base_url: String,
    /// Which page stands where, in each of the site's languages, the main one first.
    pub routes: Arc<[Routes]>,
    /// The other hosts that the site declares.
    pub hosts: Vec<Declared>,
    /// The files that say that they are drafts.
    pub drafts: BTreeSet<SourcePath>,
    /// The author's answers to findings, and how many each covers.
    pub answers: Vec<check::Answer>,
}

impl Build {
    /// Adds the files that the search page looks words up in: for publishing. A preview makes them when they are asked for,
    /// so that no save waits for them.
    pub fn add_search(&mut self) {
        let Some(output) = &mut self.output else { return };
        for (path, bytes) in self.routes.iter().flat_map(|routes| search::files(output, routes)).collect::<Vec<_>>() {
            output.files.entry(path).or_insert(File::Made(bytes));
        }
    }

    /// Every page, in every language.
    pub fn pages(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter().flat_map(|routes| &routes.pages)
    }

    /// Every old address.
    pub fn redirects(&self) -> impl Iterator<Item = &Redirect> {
        self.routes.iter().flat_map(|routes| &routes.redirects)
    }

    /// The page of a markdown file, in whichever language.
    pub fn page_of(&self, path: &SourcePath) -> Option<&Route> {
        self.routes.iter().find_map(|routes| routes.of_source(path))
    }
}

/// What the stages remember of the last build: never more than that build used.
pub struct Cache {
    documents: document::Memo,
    theme: theme::Memo,
    pages: pages::Memo,
    checks: check::Memo,
    /// Those of the site's further languages.
    others: Vec<Cache>,
}

impl Cache {
    /// Remembers nothing: for a single build.
    pub fn off() -> Cache {
        Cache {
            documents: document::Memo::off(),
            theme: theme::Memo::off(),
            pages: pages::Memo::off(),
            checks: check::Memo::off(),
            others: Vec::new(),
        }
    }

    /// Remembers each build for the next.
    pub fn on() -> Cache {
        Cache {
            documents: document::Memo::on(),
            theme: theme::Memo::on(),
            pages: pages::Memo::on(),
            checks: check::Memo::on(),
            others: Vec::new(),
        }
    }

    fn remembers(&self) -> bool {
        self.documents.remembers()
    }

    /// A cache for each of some further languages: what another number of them left is of no use.
    fn for_others(&mut self, count: usize) -> Vec<Cache> {
        let mut others = std::mem::take(&mut self.others);
        others.truncate(count);
        others.resize_with(count, || if self.remembers() { Cache::on() } else { Cache::off() });
        others
    }
}

/// Builds a site. The only build function: the same input gives the same value, on every machine and in
/// any order of threads, and with whatever the cache remembers.
pub fn build(sources: &Sources, options: &Options, cache: &mut Cache) -> Build {
    let (mut build, site) = on_a_day(sources, options, cache);
    let ahead = ahead(&site, sources, options, cache, &build.diagnostics);
    build.diagnostics.extend(ahead);
    build.diagnostics = std::mem::take(&mut build.diagnostics).sorted();
    build.answers = check::answer(&site, sources, &mut build.diagnostics);
    build.diagnostics = std::mem::take(&mut build.diagnostics).sorted();
    build
}

/// What the articles that wait for their day would have found on it. It is told now, to the author who has just written
/// them: on the day itself nobody would be there, and a build that runs by itself would stop.
/// So are what they bring to other files: a title or a summary that is then there twice.
fn ahead(site: &Site, sources: &Sources, options: &Options, cache: &mut Cache, today: &Diagnostics) -> Vec<Diagnostic> {
    let mut days: BTreeMap<Date, BTreeSet<&SourcePath>> = BTreeMap::new();
    for (path, absence) in &site.absent {
        if let Absence::From(day) = absence {
            days.entry(*day).or_default().insert(path);
        }
    }
    // Later ones are seen with the last of these days.
    while days.len() > DAYS_AHEAD
        && let Some((_, paths)) = days.pop_last()
    {
        days.last_entry().into_iter().for_each(|mut last| last.get_mut().extend(&paths));
    }
    let key = |finding: &Diagnostic| (finding.code.name, finding.place.clone());
    let mut known: Vec<_> = today.iter().map(key).collect();
    let mut found = Vec::new();
    let mut own = Cache::on();
    // Most pages are the same on every day.
    let cache = if cache.remembers() { cache } else { &mut own };
    for (day, paths) in days {
        let (then, _) = on_a_day(sources, &Options { today: day, ..options.clone() }, cache);
        let here = |finding: &Diagnostic| finding.place.as_ref().is_some_and(|place| paths.contains(&place.path));
        let then: Vec<Diagnostic> = then.diagnostics.into_iter().filter(|finding| !finding.code.by_time).collect();
        let new = then.into_iter().filter(|finding| here(finding) || !known.contains(&key(finding)));
        let new: Vec<Diagnostic> = new.collect();
        known.extend(new.iter().map(key));
        found.extend(new);
    }
    found
}

/// How many days of publication a build looks ahead one by one.
const DAYS_AHEAD: usize = 12;

/// A site in one language, before its pages are made.
struct Planned {
    site: Site,
    routes: Routes,
    theme: Option<Arc<Theme>>,
    found: Diagnostics,
}

impl Planned {
    /// `sources` are those of the language; the theme is the whole site's.
    fn of(
        (whole, sources): (&Sources, &Sources),
        standing: Option<&Standing>,
        options: &Options,
        cache: &mut Cache,
    ) -> Planned {
        let (documents, mut found) = document::parse_all(sources, &mut cache.documents);
        let (mut site, in_site) = site::assemble(documents, sources, options);
        found.extend(in_site);
        if let Some(standing) = standing {
            site.standing = standing.clone();
        }
        // What one does in a row goes on beside what the other does; neither needs the other.
        let ((routes, in_routes), (theme, in_theme)) = rayon::join(
            || route::plan(&site),
            || theme::load(whole, &site.practice, site.is_one_person(), options, &mut cache.theme),
        );
        found.extend(in_routes);
        found.extend(in_theme);
        Planned { site, routes, theme, found }
    }

    /// The pages, and what else is made in this language.
    fn rendered(&mut self, sources: &Sources, options: &Options, cache: &mut Cache) -> Option<Output> {
        let subject = check::Subject { site: &self.site, routes: &self.routes, sources, today: options.today };
        let theme = self.theme.as_deref();
        let (output, found) = rayon::join(
            || theme.map(|theme| render::render(&self.site, &self.routes, theme, options, &mut cache.pages)),
            || check::sources(&subject, &mut cache.checks),
        );
        self.found.extend(found);
        output.map(|(output, found)| {
            self.found.extend(found);
            output
        })
    }
}

/// A site in each of its languages, the main one first, with the pages that are the same one known to each other.
fn planned(
    sources: &Sources,
    editions: &[Edition],
    options: &Options,
    cache: &mut Cache,
    others: &mut [Cache],
) -> Vec<Planned> {
    let (main, further) = match editions.split_first() {
        Some((main, further)) => (Planned::of((sources, &main.sources), Some(&main.standing), options, cache), further),
        None => (Planned::of((sources, sources), None, options, cache), editions),
    };
    let mut plans = vec![main];
    for (edition, cache) in further.iter().zip(others) {
        plans.push(Planned::of((sources, &edition.sources), Some(&edition.standing), options, cache));
    }
    if plans.len() > 1 {
        let names = editions.iter().map(Edition::translations);
        for (plan, names) in plans.iter_mut().zip(names) {
            names.for_each(|(known, other)| plan.routes.name_also(known, other));
        }
        let mut pairs: Vec<_> = plans.iter_mut().map(|plan| (&plan.site, &mut plan.routes)).collect();
        let found = route::pair(&mut pairs);
        for (plan, found) in plans.iter_mut().zip(found) {
            plan.found.extend(found);
        }
    }
    plans
}

/// What a build of a day makes and finds, before the author's answers. Each language of the site is planned and rendered like a site
/// of its own; where pages are the same one in two languages is known between the two steps, and in the end they are one output.
fn on_a_day(sources: &Sources, options: &Options, cache: &mut Cache) -> (Build, Site) {
    let mut diagnostics = troubles(sources);
    let (editions, found) = editions::editions(sources, options.drafts);
    diagnostics.extend(found);
    let of_edition = |at: usize| editions.get(at).map_or(sources, |edition| &edition.sources);
    let mut others = cache.for_others(editions.len().saturating_sub(1));
    let mut plans = planned(sources, &editions, options, cache, &mut others);
    let caches = std::iter::once(&mut *cache).chain(&mut others);
    let outputs = plans.iter_mut().zip(caches).enumerate();
    let outputs: Vec<Option<Output>> =
        outputs.map(|(at, (plan, cache))| plan.rendered(of_edition(at), options, cache)).collect();
    cache.others = others;
    let base_url = options.base_url.clone().unwrap_or_else(|| plans[0].site.practice.value.base_url.to_string());
    let outputs = outputs.into_iter().collect::<Option<Vec<Output>>>().zip(plans[0].theme.clone());
    let mut output = outputs.map(|(outputs, theme)| {
        let sites: Vec<(&Site, &Routes)> = plans.iter().map(|plan| (&plan.site, &plan.routes)).collect();
        render::together(outputs, &sites, &theme, &base_url, &mut diagnostics)
    });
    let mut found_in = Vec::new();
    for (at, plan) in plans.iter_mut().enumerate() {
        let subject =
            check::Subject { site: &plan.site, routes: &plan.routes, sources: of_edition(at), today: options.today };
        let found = output.as_mut().map(|output| output.seen_in(at, |output| check::pages(&subject, Some(output))));
        plan.found.extend(found.unwrap_or_else(|| check::pages(&subject, None)));
        if !options.drafts {
            let drafts = &plan.site.drafts;
            let of_draft =
                |finding: &&mut Diagnostic| finding.place.as_ref().is_some_and(|place| drafts.contains(&place.path));
            plan.found.iter_mut().filter(of_draft).for_each(wait_with_the_draft);
        }
        let found = std::mem::take(&mut plan.found);
        found_in.push(match editions.get(at) {
            Some(edition) => edition.brought_home(found),
            None => found,
        });
    }
    diagnostics.extend(editions::of_all(found_in));
    let output = output.map(|output| output.whole);
    let changes_on = plans.iter().filter_map(|plan| plan.site.changes_on).min();
    let routes: Arc<[Routes]> = plans.iter_mut().map(|plan| std::mem::take(&mut plan.routes)).collect();
    let site = plans.swap_remove(0).site;
    let build = Build {
        hosts: output.as_ref().map_or_else(|| hosts::declared(&site), |output| output.hosts.clone()),
        output,
        diagnostics,
        changes_on,
        language: site.practice.value.language.to_string(),
        base_url,
        routes,
        drafts: site.drafts.clone(),
        answers: Vec::new(),
    };
    (build, site)
}

/// Where the pages of a site stand, drafts included.
#[derive(Default, Debug)]
pub struct Addresses {
    /// The address of each markdown file that has a page, without a slash at its beginning.
    pub pages: BTreeMap<SourcePath, String>,
    /// Every address, those of generated pages too.
    pub all: BTreeSet<String>,
}

/// The addresses of a site's pages.
pub fn addresses(sources: &Sources, options: &Options) -> Addresses {
    let (editions, _) = editions::editions(sources, true);
    let mut addresses = Addresses::default();
    let own = editions.iter().map(|edition| (&edition.sources, Some(edition)));
    for (sources, edition) in own.chain(editions.is_empty().then_some((sources, None))) {
        let (documents, _) = document::parse_all(sources, &mut document::Memo::off());
        let (mut site, _) = site::assemble(documents, sources, &Options { drafts: true, ..options.clone() });
        site.standing = edition.map(|edition| edition.standing.clone()).unwrap_or_default();
        let (routes, _) = route::plan(&site);
        let address = |path: &SourcePath| Some(routes.of_source(path)?.url.as_str().to_string());
        // A translation is known by the file that somebody wrote; what stands in for one is nobody's.
        let files: Vec<(&SourcePath, &SourcePath)> = match edition.filter(|edition| !edition.is_main()) {
            Some(edition) => edition.translations().collect(),
            None => sources.files.keys().filter(|path| path.extension() == "md").map(|path| (path, path)).collect(),
        };
        addresses.pages.extend(files.into_iter().filter_map(|(known, own)| Some((own.clone(), address(known)?))));
        addresses.all.extend(routes.pages.iter().map(|route| route.url.as_str().to_string()));
    }
    addresses
}

/// What the template of every page of a site sees, as data; `None` where its theme cannot be used.
pub fn describe(sources: &Sources, options: &Options) -> Option<Vec<Described>> {
    let (editions, _) = editions::editions(sources, options.drafts);
    let mut cache = Cache::off();
    let mut others = cache.for_others(editions.len().saturating_sub(1));
    let plans = planned(sources, &editions, options, &mut cache, &mut others);
    let mut all = Vec::new();
    for Planned { site, routes, theme, .. } in &plans {
        all.extend(render::describe(site, routes, theme.as_deref()?, options));
    }
    Some(all)
}

/// A draft's faults are its author's to know, and no reason to hold back the rest of the site.
fn wait_with_the_draft(finding: &mut Diagnostic) {
    if finding.severity != Severity::Note {
        finding.severity = Severity::Note;
        finding.message.push_str("; this is a draft, so it stops nothing yet");
    }
}

/// What could not be read, as findings.
fn troubles(sources: &Sources) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (path, trouble) in &sources.troubles {
        let finding = match trouble {
            Trouble::Unreadable(message) => {
                Diagnostic::new(&codes::FILE_UNREADABLE, format!("this can't be read: {message}"))
            }
            Trouble::BadLink(message) => {
                Diagnostic::new(&codes::BAD_LINK_ON_DISK, format!("this link can't be followed: {message}"))
            }
            Trouble::BadName => Diagnostic::new(&codes::BAD_FILE_NAME, "this name can't be used in a web address"),
            Trouble::SameName => {
                let message = "two files have this name, written with different Unicode characters";
                Diagnostic::new(&codes::BAD_FILE_NAME, message)
            }
            Trouble::TooLarge(bytes) => {
                Diagnostic::new(&codes::FILE_TOO_LARGE, format!("this file is {} MiB large", bytes / (1024 * 1024)))
            }
        };
        diagnostics.push(finding.help(finding_help(trouble)).about(path));
    }
    diagnostics
}

fn finding_help(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Unreadable(_) => "check that it exists and that you have permission to open it",
        Trouble::BadLink(_) => "replace the link with a copy of what it points to",
        Trouble::BadName => "rename it with plain letters, digits and hyphens",
        Trouble::SameName => "they look the same, but are two files: rename or remove one of them",
        Trouble::TooLarge(_) => "split it, or move anything that isn't text to content/files/",
    }
}
