//! Which template a designer most likely means by the name of a file that no theme has.
//!
//! Owns a table of the names that other programs use. Which templates there are is the themes' to say.

use crate::diagnostic::nearest;

/// Names of files, the file that does it here, and what to say of it.
const ALIKE: &[(&str, &str, &str)] = &[
    (
        "services service-list service_list offers offerings",
        "list.html",
        "services are listed by `list.html`; a single one is `service.html`",
    ),
    (
        "blog posts articles news resources journal archive archives blog-list",
        "list.html",
        "articles are listed by `list.html`; a single one is `resource.html`",
    ),
    (
        "topics tags categories category tag taxonomy topic term terms-list",
        "list.html",
        "topics are listed by `list.html`",
    ),
    (
        "team people practitioners therapists staff coaches our-team members about-us-team",
        "list.html",
        "people are listed by `list.html`; a single one is `practitioner.html`",
    ),
    ("post article blog-post entry single post-single blog-single", "resource.html", "an article is `resource.html`"),
    (
        "about about-us contact-us-page default single-page content text standard generic",
        "page.html",
        "a page of text is `page.html`",
    ),
    ("index front front-page frontpage landing start homepage welcome", "home.html", "the home page is `home.html`"),
    (
        "therapist person coach member profile bio practitioner-single people-single staff-member counsellor counselor",
        "practitioner.html",
        "a person's page is `practitioner.html`",
    ),
    ("offer service-single treatment offering", "service.html", "a service is `service.html`"),
    ("pricing prices rates price-list cost costs", "fees.html", "prices are `fees.html`"),
    (
        "privacy terms legal impressum imprint privacy-policy cookies",
        "policy.html",
        "policies and notices are `policy.html`",
    ),
    ("faqs questions q-and-a", "faq.html", "questions are `faq.html`"),
    ("emergency help urgent crisis-help", "crisis.html", "crisis help is `crisis.html`"),
    ("thank-you thankyou success thank_you sent", "thanks.html", "the page after the form is `thanks.html`"),
    ("not-found notfound not_found error", "404.html", "the page for wrong addresses is `404.html`"),
    ("contact-us contactus kontakt book booking", "contact.html", "the contact page is `contact.html`"),
    (
        "layout main theme baseof _layout application root frame default-layout",
        "base.html",
        "the frame of every page is `base.html`",
    ),
    ("footer foot", "partials/footer.html", "the foot of every page is `partials/footer.html`"),
    (
        "header nav navigation menu navbar topbar",
        "partials/header.html",
        "the head of every page, with its navigation, is `partials/header.html`",
    ),
    ("form contact-form contactform", "partials/form.html", "the contact form is `partials/form.html`"),
    ("section sections", "partials/section.html", "a section is `partials/section.html`"),
    ("notice notices banner announcement alerts", "partials/notices.html", "notices are `partials/notices.html`"),
    ("components macros parts shortcodes", "partials/parts.html", "components are in `partials/parts.html`"),
];

/// What to say of a template's name that isn't there: what stands in its place, and which file that is.
pub fn instead<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.split('.').next().unwrap_or(stem).to_lowercase();
    let known: Vec<&str> = known.into_iter().collect();
    // `footer.html` for `partials/footer.html` and the other way round.
    let elsewhere = known.iter().copied().find(|one| {
        *one != name && one.rsplit('/').next().and_then(|file| file.split('.').next()) == Some(stem.as_str())
    });
    let alike = ALIKE.iter().find(|(words, file, _)| *file != name && words.split(' ').any(|word| word == stem));
    match (elsewhere, alike) {
        (_, Some((_, _, say))) => Some((*say).to_string()),
        (Some(one), None) => Some(format!("there's `{one}`")),
        (None, None) => nearest(name, known).map(|near| format!("did you mean `{near}`?")),
    }
}

/// The files that the table names.
#[cfg(test)]
fn targets() -> impl Iterator<Item = &'static str> {
    ALIKE.iter().map(|(_, file, _)| *file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_is_named_is_one_of_base() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/base/templates");
        for file in targets() {
            assert!(folder.join(file).is_file(), "{file}");
        }
    }

    #[test]
    fn names_lead_to_files_only_where_somebody_could_mean_them() {
        let known = ["list.html", "partials/footer.html", "page.html"];
        assert_eq!(
            instead("blog.html", known).unwrap(),
            "articles are listed by `list.html`; a single one is `resource.html`"
        );
        assert!(instead("pagee.html", known).unwrap().contains("did you mean `page.html`"));
        assert!(instead("partials/page.html", known).unwrap().contains("`page.html`"));
        assert_eq!(instead("widget.html", known), None);
    }
}
