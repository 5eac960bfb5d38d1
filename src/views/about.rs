//! What a page says of itself, before it becomes a view.

use crate::contract::view::{FieldsView, PictureView};
use crate::document::model::Common;

/// What a page says of itself, before it becomes a view.
#[derive(Default)]
pub struct About<'a> {
    pub kind: &'static str,
    pub title: String,
    pub description: String,
    pub summary: Option<String>,
    pub common: Option<Common<'a>>,
    pub image: Option<PictureView>,
    pub open_graph: &'static str,
    pub noindex: bool,
    pub fields: FieldsView,
}
