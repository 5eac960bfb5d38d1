//! What templates see: the theme contract.
//!
//! Owns the types that are turned into template values; nothing else reaches a template. Every field is
//! always there: what is not known is `none`, an empty list or an empty text, so that `{% if x %}` is the
//! only question a template has to ask. Fields called `html` hold finished markup and fields called
//! `href`, `src` or `path` finished addresses; both are printed as they are.
//!
//! Which of them a kind of page sees is `contract`'s table.

mod pages;
mod parts;
mod setting;
mod site;

pub use pages::*;
pub use parts::*;
pub use setting::*;
pub use site::*;

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::memo::Digest;

/// Finished markup: not escaped again by templates.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl JsonSchema for Html {
    fn schema_name() -> Cow<'static, str> {
        "markup".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "format": "markup" })
    }
}

/// A value that many pages show: made once, shared without copying, known by its digest.
#[derive(Debug)]
pub struct Once<T>(Arc<(Digest, T)>);

impl<T: Hash> Once<T> {
    /// The value, to be shared.
    pub fn new(value: T) -> Once<T> {
        Once(Arc::new((Digest::of(&value), value)))
    }
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Once<T> {
        Once(self.0.clone())
    }
}

impl<T> Deref for Once<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.1
    }
}

impl<T> Hash for Once<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.0.hash(state);
    }
}

impl<T: Serialize> Serialize for Once<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.1.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Once<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
