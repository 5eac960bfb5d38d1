//! What is known of a site before its files are written: the answers of `new`, and what `add` reads from the site that is there.

use crate::document::model::{PracticeKind, ServiceKind};

use super::Host;

/// What a new site is made of.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The practice's name; a gap where not given.
    pub name: Option<String>,
    /// Whether therapy, coaching or both are offered.
    pub kind: PracticeKind,
    /// Where the practice works, after ISO 3166.
    pub places: Vec<String>,
    /// The town, where one was named with the place.
    pub town: Option<String>,
    /// The site's language, as a tag.
    pub language: String,
    /// Who works there; a gap where nobody is named.
    pub people: Vec<Person>,
    /// What is offered; a gap where nothing is named.
    pub services: Vec<Offer>,
    /// How sessions take place: words of `formats`.
    pub formats: Vec<String>,
    /// The practice's email address; an address that reaches nobody where not given.
    pub email: Option<String>,
    /// The practice's telephone number.
    pub phone: Option<String>,
    /// The site's address; one that reaches nobody where not given.
    pub base_url: Option<String>,
    /// The theme.
    pub theme: String,
    /// Where the site will be hosted.
    pub host: Host,
}

/// Somebody who works in the practice.
#[derive(Clone, Default, Debug)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Degrees, licences and certificates, as they stand behind the name.
    pub credentials: Vec<String>,
    /// `she/her`.
    pub pronouns: Option<String>,
    /// The professional title; a gap where not given.
    pub role: Option<String>,
    /// Whether the person practises under supervision.
    pub associate: bool,
}

/// Something that is offered.
#[derive(Clone, Default, Debug)]
pub struct Offer {
    /// What it's called.
    pub title: String,
    /// What kind of service it is, where its title says so.
    pub kind: Option<ServiceKind>,
    /// How long a session lasts, in minutes.
    pub minutes: Option<u32>,
    /// What a session costs, as it was typed: `$140`.
    pub price: Option<String>,
    /// What else was said of it: `Tuesdays, 6 weeks`.
    pub note: Option<String>,
}

/// What new files need to know of their site.
#[derive(Clone, Debug)]
pub struct Site {
    /// The site's language, as a tag.
    pub language: String,
    /// Whether therapy, coaching or both are offered.
    pub kind: PracticeKind,
    /// Where the practice works.
    pub places: Vec<String>,
    /// The file names of its people.
    pub people: Vec<String>,
    /// How its sessions take place: words of `formats`.
    pub formats: Vec<String>,
    /// Whether its menu is made by itself, from the pages that have a `weight`.
    pub menu_by_itself: bool,
}
