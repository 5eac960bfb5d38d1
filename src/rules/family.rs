//! The step from a family's YAML file to its typed rules.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Case, Info, Rule};
use crate::diagnostic::{Basis, Code, Confidence, Severity};
use crate::document::model::PracticeKind;
use crate::document::values::{Date, Jurisdiction};

/// A rule as its file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written<T> {
    meaning: String,
    mend: String,
    #[serde(default)]
    by_time: bool,
    cases: Vec<Case>,
    data: Option<T>,
}

impl<T: Default> Written<T> {
    /// The rule of this name.
    pub(super) fn named(self, name: &'static str) -> Rule<T> {
        let severity = self.cases.iter().map(|case| case.severity).min().unwrap_or(Severity::Note);
        // The tables live as long as the program, like the codes that are written in it.
        let code = Code {
            name,
            severity,
            by_time: self.by_time,
            online: false,
            meaning: self.meaning.leak(),
            mend: self.mend.leak(),
        };
        Rule { info: Info { code, cases: self.cases }, data: self.data.unwrap_or_default() }
    }
}

/// A case as its file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCase {
    #[serde(default, rename = "where")]
    places: Vec<Jurisdiction>,
    #[serde(default)]
    kinds: Vec<PracticeKind>,
    severity: Severity,
    effective: Option<Date>,
    source: String,
    confidence: Confidence,
    verified: Date,
}

impl From<WrittenCase> for Case {
    fn from(written: WrittenCase) -> Case {
        let WrittenCase { places, kinds, severity, effective, source, confidence, verified } = written;
        Case { places, kinds, severity, effective, basis: Basis { source, confidence, verified } }
    }
}

/// Reads a family's file, which is part of the program.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> T {
    match serde_yaml::from_str(text) {
        Ok(rules) => rules,
        // A test reads every file.
        Err(error) => unreachable!("a file of rules is faulty: {error}"),
    }
}

/// A family that is read when it is first asked for.
pub(super) type Lazy<T> = LazyLock<T>;

/// Defines a family: the type of its rules and the value read from its file. Each rule is a field; the file has
/// these codes and no others.
macro_rules! family {
    ($(#[$about:meta])* $file:literal $title:literal { $($field:ident $code:literal $data:ty;)* }) => {
        $(#[$about])*
        #[allow(missing_docs)] // the file says what each rule means
        pub struct Rules { $(pub $field: $crate::rules::Rule<$data>,)* }

        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File { $(#[serde(rename = $code)] $field: $crate::rules::family::Written<$data>,)* }

        static RULES: $crate::rules::family::Lazy<Rules> = $crate::rules::family::Lazy::new(|| {
            let file: File = $crate::rules::family::read(include_str!($file));
            Rules { $($field: file.$field.named($code),)* }
        });

        /// The family's rules.
        pub fn rules() -> &'static Rules {
            &RULES
        }

        pub(super) fn family() -> $crate::rules::Family {
            $crate::rules::Family { title: $title, rules: vec![$(&rules().$field.info,)*] }
        }
    };
}
