//! `anteroom new`.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::questions::{self, Question};
use super::terminal::Terminal;
use super::{trouble, webspace};
use crate::document::model::PracticeKind;
use crate::document::values;
use crate::document::values::places;
use crate::scaffold::{self, Answers, Host, Person, typed};
use crate::source::Sources;
use crate::theme;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder for the new site
    dir: PathBuf,
    /// Ask no questions; anything you leave out becomes placeholder text that `anteroom check` lists
    #[arg(long, short)]
    yes: bool,
    /// The practice's name
    #[arg(long)]
    name: Option<String>,
    /// The kind of practice
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Where the practice works: a country or a part of one, such as Oregon, GB or DE-BE; several with commas
    #[arg(long = "where", value_name = "PLACE", value_parser = places_of)]
    places: Vec<Places>,
    /// The site's language, such as en, de or es
    #[arg(long, value_name = "TAG", value_parser = language)]
    language: Option<String>,
    /// Someone who works there; can be given more than once
    #[arg(long, value_name = "NAME")]
    practitioner: Vec<String>,
    /// Someone who works there under supervision; can be given more than once
    #[arg(long, value_name = "NAME")]
    associate: Vec<String>,
    /// A service you offer; can be given more than once
    #[arg(long, value_name = "TITLE")]
    service: Vec<String>,
    /// How you hold sessions; separate several with commas
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = clap::builder::PossibleValuesParser::new(FORMATS))]
    format: Vec<String>,
    /// The practice's email address
    #[arg(long, value_parser = email)]
    email: Option<String>,
    /// The practice's phone number, starting with + and the country code
    #[arg(long, value_parser = phone)]
    phone: Option<String>,
    /// The site's web address
    #[arg(long, value_name = "URL", value_parser = web_address)]
    base_url: Option<String>,
    /// The theme
    #[arg(long)]
    theme: Option<String>,
    /// Where the site will be hosted
    #[arg(long, value_enum)]
    host: Option<Host>,
}

/// Places in one flag: `Portland, Oregon` is one of them, with its town.
#[derive(Clone)]
struct Places {
    codes: Vec<String>,
    town: Option<String>,
}

fn places_of(text: &str) -> Result<Places, String> {
    places::codes_of(text).map(|codes| Places { codes, town: places::town_of(text) })
}

pub(super) const FORMATS: [&str; 6] = ["in-person", "video", "phone", "walk", "home", "text"];

/// Kinds of practice, as `--kind` takes them.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Kind {
    /// Therapy or counselling, by licensed or registered people
    LicensedTherapy,
    /// Coaching, without a licence
    Coaching,
    /// Both
    Mixed,
}

impl Kind {
    pub(super) fn model(self) -> PracticeKind {
        match self {
            Kind::LicensedTherapy => PracticeKind::LicensedTherapy,
            Kind::Coaching => PracticeKind::Coaching,
            Kind::Mixed => PracticeKind::Mixed,
        }
    }
}

fn checked(format: &str, text: &str) -> Result<String, String> {
    values::check(format, text).map(|()| text.to_string()).map_err(|wanted| format!("not {wanted}"))
}

fn language(text: &str) -> Result<String, String> {
    checked("language", text.trim())
}

pub(super) fn email(text: &str) -> Result<String, String> {
    checked("email", text.trim())
}

fn phone(text: &str) -> Result<String, String> {
    checked("phone", text.trim())
}

fn web_address(text: &str) -> Result<String, String> {
    checked("uri", text.trim())
}

pub(super) fn run(args: &Args) -> ExitCode {
    if let Some(refusal) = refused(&args.dir) {
        return refusal;
    }
    let none = Sources::default();
    let themes = theme::about::names(&none);
    if let Some(name) = args.theme.as_deref().filter(|name| !themes.contains(name)) {
        return trouble(
            &format!("there's no theme called `{name}`"),
            &format!("the themes are: {}", themes.join(", ")),
        );
    }
    let asks = !args.yes && io::stdin().is_terminal() && io::stdout().is_terminal();
    if !asks && !args.yes {
        return trouble(
            "can't ask questions: not running in a terminal",
            "add `--yes` and give your answers as flags: --name, --kind, --where, --language, --practitioner, --service",
        );
    }
    let answers = match asks {
        true => match questions::ask(&mut Terminal, given(args), open(args), &themes) {
            Ok(Some(answers)) => answers,
            Ok(None) => {
                anstream::println!("Nothing was written.");
                return ExitCode::SUCCESS;
            }
            // Ctrl-C, or a terminal that went away.
            Err(_) => {
                return trouble("nothing was written, because you stopped at a question", "run it again any time");
            }
        },
        false => given(args),
    };
    let files = scaffold::site(&answers);
    for (path, text) in &files {
        if let Err(error) = create(&args.dir.join(path), text) {
            let path = args.dir.join(path);
            return trouble(
                &format!("{} can't be written: {error}", path.display()),
                "check that you have permission to write there",
            );
        }
    }
    told(args, &answers, files.len());
    ExitCode::SUCCESS
}

/// The answer to a folder that holds something; dotfiles such as `.git` are no site.
fn refused(dir: &Path) -> Option<ExitCode> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            let message = format!("`{}` can't be used: {error}", dir.display());
            return Some(trouble(&message, "choose a new folder"));
        }
    };
    let first = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let first = first.filter(|name| !name.starts_with('.') || name == ".github" || name == ".vscode").min()?;
    let message = format!("`{}` isn't empty: it has `{first}` in it. Your files are never overwritten", dir.display());
    Some(trouble(&message, "choose a new folder"))
}

/// Writes a file that must not be there yet.
pub(super) fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

fn people(args: &Args) -> Vec<Person> {
    let own = args.practitioner.iter().flat_map(|name| typed::people(name));
    let associates = args.associate.iter().flat_map(|name| typed::people(name));
    own.chain(associates.map(|person| Person { associate: true, ..person })).collect()
}

/// What was given as flags; the rest stays a gap.
fn given(args: &Args) -> Answers {
    let places = match args.places.is_empty() {
        true => vec!["US".to_string()],
        false => args.places.iter().flat_map(|places| places.codes.clone()).collect(),
    };
    Answers {
        name: args.name.clone(),
        kind: args.kind.unwrap_or(Kind::Coaching).model(),
        language: args.language.clone().unwrap_or_else(|| scaffold::language_of(&places)),
        town: args.places.iter().find_map(|places| places.town.clone()),
        places,
        people: people(args),
        services: args.service.iter().flat_map(|title| typed::services(title)).collect(),
        formats: args.format.clone(),
        email: args.email.clone(),
        phone: args.phone.clone(),
        base_url: args.base_url.clone(),
        theme: args.theme.clone().unwrap_or_else(|| theme::DEFAULT.to_string()),
        host: args.host.unwrap_or(Host::Other),
    }
}

/// The questions that no flag has answered.
fn open(args: &Args) -> Vec<Question> {
    let given = |question: &Question| match question {
        Question::Name => args.name.is_some(),
        Question::Kind => args.kind.is_some(),
        Question::Places => !args.places.is_empty(),
        Question::Language => args.language.is_some(),
        Question::People => !args.practitioner.is_empty(),
        Question::Associates => !args.associate.is_empty(),
        Question::Services => !args.service.is_empty(),
        Question::Formats => !args.format.is_empty(),
        Question::Email => args.email.is_some(),
        Question::Theme => args.theme.is_some(),
        Question::Host => args.host.is_some(),
    };
    Question::ALL.into_iter().filter(|question| !given(question)).collect()
}

/// The program as it was called: `./anteroom` where it lies beside the site and is not installed.
pub(super) fn as_typed() -> String {
    let typed = std::env::args().next().filter(|typed| typed.starts_with("./") || typed.starts_with(".\\"));
    typed.unwrap_or_else(|| "anteroom".to_string())
}

fn told(args: &Args, answers: &Answers, files: usize) {
    let program = as_typed();
    anstream::println!(
        "\nYour new site is in `{}` ({files} files). Replace the text in brackets with your own.\n",
        args.dir.display()
    );
    // From where the person is now: the program may lie in this folder and nowhere else.
    let site = super::site_flag(&args.dir);
    anstream::println!("To see it in your browser as you write:\n\n  {program} serve{site} --open\n");
    anstream::println!("To see what's left to write:\n\n  {program} check{site}\n");
    if answers.host == Host::Webspace {
        anstream::println!("{}", webspace::first(&program, &site));
    }
    if answers.host != Host::Other {
        anstream::println!("{}", super::with_addresses(&super::host::what_next(answers.host)));
    }
}
