//! Pictures that pages name.
//!
//! Owns finding a picture's file and saying what is wrong with it. Pictures are published as they are.

use std::ops::Range;

use super::html::Finding;
use crate::diagnostic::codes;
use crate::route::Routes;
use crate::route::links::{self, Link};
use crate::site::Site;
use crate::source::{PictureSize, SourcePath};

/// A picture of the site.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Picture {
    /// Where it is published.
    pub url: String,
    /// Its size, where its header tells one.
    pub size: Option<PictureSize>,
}

/// Why a picture cannot be shown.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum PictureFault {
    /// There is no such file; with the one that was probably meant.
    Missing(Option<String>),
    /// It lies on another site: a visit would tell that site.
    Elsewhere,
    /// Browsers do not show it.
    Unsupported(String),
    /// Its beginning is not that of a picture.
    Broken(String),
}

/// What browsers show.
pub const EXTENSIONS: &[&str] = &["jpg", "jpeg", "png", "webp", "svg", "gif", "avif"];

/// Finds a picture that the file `from` names.
pub fn find(site: &Site, routes: &Routes, from: &SourcePath, name: &str) -> Result<Picture, PictureFault> {
    let (url, source) = match links::resolve(site, routes, from, name) {
        Link::File { url, source } => (url, source),
        Link::Elsewhere(_) | Link::Unsafe => return Err(PictureFault::Elsewhere),
        Link::Broken { near, .. } => return Err(PictureFault::Missing(near)),
        _ => return Err(PictureFault::Missing(None)),
    };
    let extension = source.extension();
    if !EXTENSIONS.contains(&extension.as_str()) {
        return Err(PictureFault::Unsupported(extension));
    }
    match site.assets.get(&source).and_then(|asset| asset.picture.as_ref()) {
        Some(Ok(size)) => Ok(Picture { url, size: Some(*size) }),
        Some(Err(reason)) => Err(PictureFault::Broken(reason.clone())),
        None => Ok(Picture { url, size: None }),
    }
}

impl PictureFault {
    /// The finding, at the name's place.
    pub fn finding(self, name: &str, span: Range<usize>) -> Finding {
        let (code, message, label, help) = match self {
            PictureFault::Missing(near) => {
                let help = "pictures lie beside their page or in content/images/";
                let label = near.map(|near| format!("did you mean `{near}`?"));
                (&codes::UNKNOWN_PICTURE, format!("there is no picture `{name}`"), label, help.to_string())
            }
            PictureFault::Elsewhere => (
                &codes::UNKNOWN_PICTURE,
                "this picture lies on another site, which would learn of every visit".to_string(),
                None,
                "save it into content/images/ if you may, and name it there".to_string(),
            ),
            PictureFault::Unsupported(extension) => (
                &codes::UNSUPPORTED_PICTURE,
                format!("browsers do not show pictures of the kind `.{extension}`"),
                None,
                "export it as JPEG, PNG, WebP or SVG".to_string(),
            ),
            PictureFault::Broken(reason) => (
                &codes::BROKEN_PICTURE,
                format!("`{name}` is not a picture: {reason}"),
                None,
                "export it again as JPEG, PNG, WebP or SVG".to_string(),
            ),
        };
        Finding { code, message, span, label, help: Some(help) }
    }
}
