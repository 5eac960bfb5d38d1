//! `anteroom new`.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dialoguer::{Input, MultiSelect, Select};

use super::trouble;
use crate::document::model::PracticeKind;
use crate::document::values;
use crate::document::values::places;
use crate::scaffold::{self, Answers, Host, Person};
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
    #[arg(long = "where", value_name = "PLACE", value_delimiter = ',', value_parser = places::place_of)]
    places: Vec<String>,
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

const FORMATS: [&str; 6] = ["in-person", "video", "phone", "walk", "home", "text"];

/// Kinds of practice, as `--kind` takes them.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// Therapy or counselling, by licensed or registered people
    LicensedTherapy,
    /// Coaching, without a licence
    Coaching,
    /// Both
    Mixed,
}

impl Kind {
    fn model(self) -> PracticeKind {
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

fn email(text: &str) -> Result<String, String> {
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
        true => match ask(args, &themes) {
            Ok(answers) => answers,
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
    let own = args.practitioner.iter().map(|name| Person { name: name.clone(), associate: false });
    own.chain(args.associate.iter().map(|name| Person { name: name.clone(), associate: true })).collect()
}

/// What was given as flags; the rest stays a gap.
fn given(args: &Args) -> Answers {
    Answers {
        name: args.name.clone(),
        kind: args.kind.unwrap_or(Kind::Coaching).model(),
        places: if args.places.is_empty() { vec!["US".to_string()] } else { args.places.clone() },
        language: args.language.clone().unwrap_or_else(|| "en".to_string()),
        people: people(args),
        services: args.service.clone(),
        formats: args.format.clone(),
        email: args.email.clone(),
        phone: args.phone.clone(),
        base_url: args.base_url.clone(),
        theme: args.theme.clone().unwrap_or_else(|| theme::DEFAULT.to_string()),
        host: args.host.unwrap_or(Host::Other),
    }
}

/// Asks for what was not given.
fn ask(args: &Args, themes: &[&str]) -> dialoguer::Result<Answers> {
    anstream::println!("Just a few questions. You can change every answer later, and skip what you don't know yet.\n");
    let mut answers = given(args);
    if args.name.is_none() {
        answers.name = optional("What's your practice called?")?;
    }
    if args.kind.is_none() {
        let kinds = [Kind::LicensedTherapy, Kind::Coaching, Kind::Mixed];
        let words = ["therapy or counselling, by licensed or registered people", "coaching, without a licence", "both"];
        answers.kind = kinds[choose("What do you offer?", &words, 0)?].model();
    }
    if args.places.is_empty() {
        answers.places = valid(
            "Where do you practice? A state or country: California, Ontario, Germany, GB",
            "US",
            places::codes_of,
        )?;
    }
    if args.language.is_none() {
        let usual = match answers.places.first().and_then(|place| place.split('-').next()) {
            Some("DE" | "AT") => "de",
            Some("ES" | "MX") => "es",
            _ => "en",
        };
        answers.language = valid("What language is the site in? en, de, es, …", usual, language)?;
    }
    if answers.people.is_empty() {
        let names = optional("Who works there? Names, separated by commas")?;
        answers.people = list(names.as_deref()).map(|name| Person { name, associate: false }).collect();
    }
    if args.associate.is_empty() && answers.kind != PracticeKind::Coaching {
        let names =
            optional("Does anyone work under supervision, as an associate or trainee? Names, separated by commas")?;
        for name in list(names.as_deref()) {
            answers.people.retain(|person| person.name != name);
            answers.people.push(Person { name, associate: true });
        }
    }
    if answers.services.is_empty() {
        answers.services = list(optional("What services do you offer? Separated by commas")?.as_deref()).collect();
    }
    if answers.formats.is_empty() {
        let words = ["in person", "by video", "by phone", "walking outdoors", "at the client's home", "in writing"];
        let question = "How do you hold sessions? Press Space to choose, Enter to continue";
        let chosen = MultiSelect::new().with_prompt(question).items(words).interact()?;
        answers.formats = chosen.into_iter().map(|index| FORMATS[index].to_string()).collect();
    }
    if args.email.is_none() {
        answers.email = valid("What email address should clients use?", "", |text| match text.is_empty() {
            true => Ok(None),
            false => email(text).map(Some),
        })?;
    }
    if args.theme.is_none() {
        let usual = themes.iter().position(|name| *name == theme::DEFAULT).unwrap_or_default();
        answers.theme = themes[choose("Which theme? You can change it any time", themes, usual)?].to_string();
    }
    if args.host.is_none() {
        let words = ["Netlify", "Cloudflare Pages", "GitHub Pages", "another host, or I don't know yet"];
        let hosts = [Host::Netlify, Host::Cloudflare, Host::Github, Host::Other];
        // Whoever does not know yet presses Enter and gets no files that name a company.
        answers.host = hosts[choose("Where will you host it?", &words, words.len() - 1)?];
    }
    Ok(answers)
}

fn list(text: Option<&str>) -> impl Iterator<Item = String> {
    text.unwrap_or_default().split(',').map(|part| part.trim().to_string()).filter(|part| !part.is_empty())
}

fn optional(question: &str) -> dialoguer::Result<Option<String>> {
    let text: String = Input::new().with_prompt(question).allow_empty(true).interact_text()?;
    Ok(Some(text.trim().to_string()).filter(|text| !text.is_empty()))
}

fn choose(question: &str, words: &[&str], usual: usize) -> dialoguer::Result<usize> {
    Select::new().with_prompt(question).items(words).default(usual).interact()
}

/// Asks until the answer can be read.
fn valid<T>(question: &str, usual: &str, read: impl Fn(&str) -> Result<T, String>) -> dialoguer::Result<T> {
    loop {
        let input = Input::new().with_prompt(question).allow_empty(true);
        let input = if usual.is_empty() { input } else { input.default(usual.to_string()) };
        let text: String = input.interact_text()?;
        match read(text.trim()) {
            Ok(value) => return Ok(value),
            Err(wrong) => anstream::println!("That's {wrong}."),
        }
    }
}

/// The program as it was called: `./anteroom` where it lies beside the site and is not installed.
fn as_typed() -> String {
    let typed = std::env::args().next().filter(|typed| typed.starts_with("./") || typed.starts_with(".\\"));
    typed.unwrap_or_else(|| "anteroom".to_string())
}

/// A path as it is typed in a terminal.
fn in_quotes(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "-_./\\:~".contains(c);
    if text.chars().all(is_plain) { text } else { format!("\"{text}\"") }
}

fn told(args: &Args, answers: &Answers, files: usize) {
    let (dir, program) = (in_quotes(&args.dir), as_typed());
    anstream::println!(
        "\nYour new site is in `{}` ({files} files). Replace the text in brackets with your own.\n",
        args.dir.display()
    );
    // From where the person is now: the program may lie in this folder and nowhere else.
    let site = if args.dir == Path::new(".") { String::new() } else { format!(" --site {dir}") };
    anstream::println!("To see it in your browser as you write:\n\n  {program} serve{site} --open\n");
    anstream::println!("To see what's left to write:\n\n  {program} check{site}\n");
    if answers.host != Host::Other {
        anstream::println!(
            "The files for your host are there too. docs/hosting.md tells you what to do on its website."
        );
    }
}
