//! The page of a practitioner.

use super::Builder;
use super::description::description;
use super::names::Names;
use crate::views::about::About;

impl Builder<'_> {
    pub(super) fn practitioner(&self, index: usize, context: &mut impl Names) -> &'static str {
        let entry = &self.site().practitioners[index];
        let person = &self.shared.people[index];
        let summary = entry.front.summary.as_deref();
        let about = About {
            kind: "practitioner",
            title: person.name.clone(),
            description: description(entry.front.common(), summary, &entry.document, self.site()),
            summary: person.summary.clone(),
            common: Some(entry.front.common()),
            image: person.image.clone().or_else(|| person.photo.clone()),
            open_graph: "profile",
            fields: person.fields.clone(),
            ..About::default()
        };
        self.insert_page(about, context);
        context.insert("person", person);
        self.insert_directives(context);
        context.insert_body(&entry.document);
        "practitioner.html"
    }
}
