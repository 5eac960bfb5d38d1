//! What speaks for a practice, in a line under its opening: licences, years, insurers, professional bodies.
//!
//! Owns which facts these are: those of the one person whose face stands there, or what all of a team have between them.
//! A licence stands as it can be looked up; certificates stand only where there is none.

use super::Builder;
use crate::contract::view::{MembershipView, Once, PersonView, TrustView};
use crate::prose;

impl Builder<'_> {
    /// The one person of a practice that has one.
    pub(super) fn only_person(&self) -> Option<Once<PersonView>> {
        match &self.shared.people[..] {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    /// The person whose file has this name. One that nobody has is told where names are read.
    pub(super) fn person_called(&self, name: &str) -> Option<Once<PersonView>> {
        let index = self.site().practitioners.iter().position(|entry| entry.document.name() == name)?;
        self.shared.people.get(index).cloned()
    }

    /// What speaks for the practice, or for the one person who is shown.
    pub(super) fn trust(&self, shown: Option<&Once<PersonView>>) -> Option<TrustView> {
        let one = shown.cloned().or_else(|| self.only_person());
        let people = match &one {
            Some(one) => std::slice::from_ref(one),
            None => &self.shared.people[..],
        };
        let licences = each_once(people.iter().flat_map(|person| &person.licences).map(|licence| match &one {
            Some(_) => licence.line.clone(),
            None => licence.kind.clone(),
        }));
        let credentials = people.iter().flat_map(|person| &person.credentials).filter_map(|credential| match &one {
            // What stands under the name already isn't said twice.
            Some(one) => Some(credential.name.clone()).filter(|name| one.role_title.as_ref() != Some(name)),
            None => credential.abbr.clone(),
        });
        let mut memberships: Vec<MembershipView> = Vec::new();
        for membership in people.iter().flat_map(|person| &person.memberships) {
            if !prose::is_gap(&membership.name) && memberships.iter().all(|known| known.name != membership.name) {
                memberships.push(membership.clone());
            }
        }
        let trust = TrustView {
            credentials: if licences.is_empty() { each_once(credentials) } else { Vec::new() },
            licences,
            since: one.as_ref().and_then(|one| one.since.clone()),
            in_network: self.shared.fees.in_network.clone(),
            memberships,
        };
        let empty = trust.licences.is_empty()
            && trust.credentials.is_empty()
            && trust.since.is_none()
            && trust.in_network.is_empty()
            && trust.memberships.is_empty();
        Some(trust).filter(|_| !empty)
    }
}

/// The texts without those that wait for the author's words, each where it comes first.
fn each_once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !prose::is_gap(&text) && !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}
