//! `anteroom add`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::civil::Date;

use super::changes::{self, Kept};
use super::{build, new, reference, theme, translation, trouble};
use crate::diagnostic::nearest;
use crate::disk;
use crate::document::model::PracticeKind;
use crate::document::{self, Memo};
use crate::options::Options;
use crate::scaffold::{self, Person, Site, typed};
use crate::source::Sources;
use crate::theme::own::beginning;
use crate::{pipeline, rename};

#[derive(clap::Args)]
pub(super) struct Args {
    /// What to begin
    #[arg(value_enum)]
    what: What,
    /// Its title, or the person's name, between quotes; of a work its DOI, ISBN or PubMed number, or a file
    #[arg(default_value = "", hide_default_value = true)]
    title: String,
    /// Of a translation: the language, such as `en`
    #[arg(default_value = "", hide_default_value = true)]
    language: String,
    /// A practitioner who practises under supervision
    #[arg(long)]
    associate: bool,
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Where a work is looked up, instead of at its registry
    #[arg(long, value_name = "URL", hide = true)]
    from: Option<String>,
    /// The day of an article; today if not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

impl Args {
    /// What decides about addresses: the day, on which an article may not be out yet.
    fn options(&self) -> Options {
        let today = self.today.unwrap_or_else(|| jiff::Zoned::now().date());
        Options { drafts: true, ..Options::for_day(today) }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Somebody who works in the practice
    #[value(alias = "person")]
    Practitioner,
    /// Something that is offered
    Service,
    /// An article
    #[value(alias = "article")]
    Resource,
    /// The introduction of a topic, by the topic's name
    Topic,
    /// Any other page
    Page,
    /// A work to cite, looked up by its DOI, ISBN or PubMed number, or taken from a file that a library offers (.ris, .bib, .json)
    Reference,
    /// A section that the site's theme brings, by its name: printed, to be put into a page
    Section,
    /// A page's or practice.yaml's words in another language: `add translation about.md en`
    Translation,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let sources = match build::opened(&args.site) {
        Ok(sources) => sources,
        Err(status) => return status,
    };
    let title = args.title.trim();
    if args.what == What::Reference {
        return reference::run(&args.site, &sources, title, args.from.as_deref());
    }
    if args.what == What::Translation {
        return translation::run(&args.site, &sources, title, args.language.trim(), &args.options());
    }
    if !args.language.is_empty() {
        let help = format!("put the whole title in quotes: `anteroom add … \"{title} {}\"`", args.language);
        return trouble("a title of several words needs quotes around it", &help);
    }
    if title.is_empty() {
        return trouble("add a title", "put it in quotes: `anteroom add service \"Grief and loss\"`");
    }
    if args.what == What::Section {
        return section(title, &args.site);
    }
    let site = known(&sources);
    let today = args.today.unwrap_or_else(|| jiff::Zoned::now().date());
    let files: Vec<(&str, String, String)> = match args.what {
        What::Practitioner => typed::people(title)
            .into_iter()
            .map(|person| Person { associate: args.associate || person.associate, ..person })
            .map(|person| ("practitioners/", person.name.clone(), scaffold::practitioner(&person, &site)))
            .collect(),
        What::Service => {
            let offers = typed::services(title).into_iter();
            offers.map(|offer| ("services/", offer.title.clone(), scaffold::service(&offer, &site))).collect()
        }
        What::Resource => vec![("resources/", title.to_string(), scaffold::resource(title, &site, today))],
        What::Topic => vec![("resources/topics/", title.to_string(), scaffold::topic(title, &site))],
        What::Page | What::Section | What::Reference | What::Translation => {
            vec![("", title.to_string(), scaffold::page(title, &site))]
        }
    };
    let mut written = Vec::new();
    for (folder, title, text) in files {
        let name = scaffold::file_name(&title, &site.language, "untitled");
        let path = format!("content/{folder}{name}.md");
        let as_folder = format!("content/{folder}{name}/index.md");
        if [&path, &as_folder].iter().any(|path| args.site.join(path).exists()) {
            return trouble(
                &format!("{path} already exists. Your files are never overwritten"),
                "choose another title",
            );
        }
        if let Err(error) = new::create(&args.site.join(&path), &text) {
            let help = "check that you have permission to write there";
            return trouble(&format!("{path} can't be written: {error}"), help);
        }
        anstream::println!("{path}");
        written.push(format!("{name}.md"));
    }
    if let Err(error) = no_longer_old(args, &sources) {
        return trouble(
            &format!("content/redirects.yaml can't be written: {error}"),
            "check that you have permission to write there",
        );
    }
    anstream::println!(
        "\nOpen it in your editor and replace the text in brackets. `anteroom check` lists what's left."
    );
    if args.what == What::Page {
        menu(&site, title, &written);
    }
    ExitCode::SUCCESS
}

/// Takes redirects away that lead from an address that has a page now.
fn no_longer_old(args: &Args, before: &Sources) -> std::io::Result<()> {
    let now = disk::read(&args.site)?;
    let options = args.options();
    let known = pipeline::addresses(before, &options);
    let new = pipeline::addresses(&now, &options).pages.into_iter().filter(|(path, _)| !known.pages.contains_key(path));
    let new: Vec<String> = new.map(|(_, url)| format!("/{url}")).collect();
    let edits = rename::without_redirects(&now, &new);
    changes::tell(&now, &edits);
    changes::make(&args.site, &now, &edits, &mut Kept::new(&args.site, "add"))
}

/// Says how a new page gets into the menu.
fn menu(site: &Site, title: &str, written: &[String]) {
    if site.menu_by_itself {
        anstream::println!(
            "The page is in the menu. Its `weight` says where: the smaller, the earlier. Delete that line to keep it out."
        );
        return;
    }
    anstream::println!(
        "Your menu is the list `navigation` in content/practice.yaml. To put the page into it, add two lines there:\n"
    );
    for name in written {
        anstream::println!("  - label: {}\n    to: {name}", scaffold::quoted(title));
    }
}

/// Prints a section as it is written into a page.
fn section(name: &str, site: &Path) -> ExitCode {
    let own = theme::brought(site).unwrap_or_default();
    let all: Vec<&str> = own.section_names().collect();
    let Some(section) = own.sections.get(name).filter(|_| all.contains(&name)) else {
        let near =
            nearest(name, all.iter().copied()).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        let help = match all.is_empty() {
            true => {
                "this site's theme brings no sections of its own; docs/content-reference.md lists those of every theme"
                    .to_string()
            }
            false => format!("{near}it has: {}", all.join(", ")),
        };
        return trouble(&format!("the site's theme has no section called `{name}`"), &help);
    };
    anstream::println!("Put this at the top of a page, such as content/index.md, below `sections:`\n");
    anstream::print!("{}", beginning(name, section));
    ExitCode::SUCCESS
}

/// How the services that are there already take place.
fn formats(documents: &document::Documents) -> Vec<String> {
    let services = documents.pages.iter().filter_map(|page| match &page.front {
        Some(document::FrontMatter::Service(service)) => Some(service),
        _ => None,
    });
    let all: BTreeSet<&str> = services.flat_map(|service| &service.formats).map(|format| format.key()).collect();
    new::FORMATS.into_iter().filter(|format| all.contains(format)).map(str::to_string).collect()
}

/// What the new file needs to know of its site; usual answers where practice.yaml cannot be read.
fn known(sources: &Sources) -> Site {
    let (documents, _) = document::parse_all(sources, &mut Memo::off());
    let formats = formats(&documents);
    let practice = documents.practice.map(|file| file.value);
    let people = documents.pages.iter().filter(|page| page.kind == document::Kind::Practitioner);
    Site {
        language: practice.as_ref().map_or_else(|| "en".into(), |practice| practice.language.to_string()),
        kind: practice.as_ref().map_or(PracticeKind::Coaching, |practice| practice.kind),
        places: practice
            .as_ref()
            .map(|p| p.jurisdictions.iter().map(|place| place.to_string()).collect())
            .unwrap_or_default(),
        menu_by_itself: practice.as_ref().is_none_or(|practice| practice.navigation.is_none()),
        people: people.map(|page| page.name().to_string()).collect(),
        formats,
    }
}
