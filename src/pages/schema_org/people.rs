//! A practitioner: a person with degrees as credentials and licences as certifications.

use serde_json::Value;

use super::practice::area;
use super::{Node, mention};
use crate::document::model::{Credential, Licence, Membership};
use crate::markup::pictures;
use crate::pages::Builder;

impl Builder<'_> {
    /// The id of a practitioner, on every page.
    pub(super) fn person_id(&self, index: usize) -> String {
        let path = &self.site().practitioners[index].document.path;
        let url = self.maker.routes.of_source(path).map(|route| route.url.as_str()).unwrap_or_default();
        self.maker.canonical(&format!("{url}#person"))
    }

    pub(super) fn person(&self, index: usize) -> Value {
        let entry = &self.site().practitioners[index];
        let front = &entry.front;
        let photo = front.photo.as_ref();
        let photo =
            photo.and_then(|photo| pictures::find(self.site(), self.maker.routes, &entry.document.path, photo).ok());
        Node::new("Person")
            .id(self.person_id(index))
            .with("name", front.name.as_str())
            .maybe("jobTitle", front.role_title.as_deref())
            .maybe("description", front.summary.as_deref())
            .maybe(
                "url",
                self.maker.routes.of_source(&entry.document.path).map(|r| self.maker.canonical(r.url.as_str())),
            )
            .maybe("image", photo.map(|photo| self.maker.canonical(&photo.url)))
            .maybe("pronouns", front.pronouns.as_deref())
            .all("knowsLanguage", front.languages.iter().map(|tag| tag.0.as_str()))
            .all("memberOf", front.memberships.iter().map(member_of))
            .with("worksFor", mention(self.practice_id()))
            .all("hasCredential", front.credentials.iter().map(credential))
            .all("hasCertification", self.site().licences(front).map(licence))
            .into()
    }
}

fn organization(name: &str) -> Node {
    Node::new("Organization").with("name", name)
}

fn member_of(membership: &Membership) -> Node {
    let url = membership.body().and_then(|body| body.url.as_deref());
    organization(membership.name()).maybe("url", url)
}

fn credential(credential: &Credential) -> Node {
    Node::new("EducationalOccupationalCredential")
        .with("name", credential.name.as_str())
        .maybe("alternateName", credential.abbr.as_deref())
        .maybe("recognizedBy", credential.issuer.as_deref().map(organization))
        .maybe("dateCreated", credential.year.map(|year| year.to_string()))
        .maybe("url", credential.url.as_deref())
}

fn licence(licence: &Licence) -> Node {
    Node::new("Certification")
        .with("name", licence.kind.as_str())
        .with("certificationIdentification", licence.number.as_str())
        .maybe("issuedBy", licence.board.as_deref().map(organization))
        .with("validIn", area(&licence.jurisdiction))
        .maybe("expires", licence.expires.map(|day| day.to_string()))
        .maybe("url", licence.verify_url.as_deref())
}
