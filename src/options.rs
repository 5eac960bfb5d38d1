//! What a build is asked to do.
//!
//! Owns the choices that come from outside the content: from flags, from the calendar. The core reads
//! neither the clock nor the environment, so they arrive here.

use jiff::civil::Date;

/// The choices of one build.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day for which the site is built: what is published later is left out, what has expired too.
    pub today: Date,
    /// Whether drafts are built.
    pub drafts: bool,
    /// The theme instead of the one in practice.yaml.
    pub theme: Option<String>,
    /// The preset of the theme instead of the one in practice.yaml; empty for none.
    pub preset: Option<String>,
    /// The site's address instead of the one in practice.yaml; checked to be a web address.
    pub base_url: Option<String>,
    /// Whether links name `index.html`, so that the folder can be opened from a disk.
    pub portable: bool,
    /// Whether articles are let go once they are checked: for those who want to know what is wrong with a site and nothing else.
    /// There can be thousands of them.
    pub only_checks: bool,
}

impl Options {
    /// A build for one day, with everything else as it usually is.
    pub fn for_day(today: Date) -> Options {
        Options { today, drafts: false, theme: None, preset: None, base_url: None, portable: false, only_checks: false }
    }
}
