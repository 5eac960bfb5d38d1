//! The regions that every page must have, whatever it looks like.
//!
//! Owns the table of regions. Each is asked of the finished page by meaning (elements, roles, where links lead,
//! which text can be read), never by a theme's class names. `theme check` asks them of the specimens, a build of the pages
//! that a site with templates of its own has.

mod page;

use serde_json::Value as Json;

use crate::prose::one_line;
pub use page::{Given, Page, is_inline, text_of, text_of_markup};

/// What a check says of a page: the part of the contract and what is wrong.
pub type Found = Vec<(&'static str, String)>;

/// A region, what it is for, and the check of it.
pub struct Region {
    /// Its name in reports.
    pub name: &'static str,
    /// What must be there and for whom.
    pub about: &'static str,
    check: fn(&Page<'_>) -> Result<(), String>,
}

/// Every region of the contract.
pub static REGIONS: &[Region] = &[
    Region { name: "language", about: "`html` names the page's language and direction", check: language },
    Region { name: "head", about: "title, description, canonical address and policy in the head", check: head },
    Region { name: "skip-link", about: "the first link on the page goes to the main part", check: skip_link },
    Region { name: "heading", about: "one `h1` that says what the page is about", check: heading },
    Region { name: "landmarks", about: "one `header`, `main` and `footer`, and named navigation", check: landmarks },
    Region { name: "navigation", about: "every entry of the main navigation, in the header", check: navigation },
    Region { name: "current-page", about: "`aria-current` on the entry of the page or its section", check: current },
    Region { name: "breadcrumbs", about: "links from the home page down to the current page", check: breadcrumbs },
    Region { name: "crisis-link", about: "a link to crisis help in the header of every page", check: crisis_link },
    Region { name: "crisis-line", about: "every crisis number, to call or text, on every page", check: crisis_line },
    Region { name: "notices", about: "the notices that apply today", check: notices },
    Region { name: "statement", about: "the statement of what coaching isn't", check: statement },
    Region { name: "licences", about: "the licence line of everyone who has one", check: licences },
    Region { name: "policies", about: "the footer's links: policies, and what a practice adds", check: policies },
    Region { name: "contact-form", about: "a label for each field, and the spam trap", check: form },
    Region { name: "search-form", about: "the search page's field, results and script", check: search },
    Region { name: "content", about: "everything that the page was given", check: content },
];

/// What a page lacks.
pub fn check(page: &Page<'_>) -> Found {
    REGIONS.iter().filter_map(|region| Some((region.name, (region.check)(page).err()?))).collect()
}

fn wanted(there: bool, otherwise: impl Into<String>) -> Result<(), String> {
    if there { Ok(()) } else { Err(otherwise.into()) }
}

fn language(page: &Page<'_>) -> Result<(), String> {
    let html = page.document.root_element();
    wanted(html.attr("lang") == page.given("/page/lang"), "`html` doesn't have the page's `lang`")?;
    wanted(html.attr("dir") == page.given("/page/direction"), "`html` doesn't have the page's `dir`")
}

fn head(page: &Page<'_>) -> Result<(), String> {
    let attribute = |selector: &str, name: &str| {
        page.all(selector).first().and_then(|element| element.attr(name)).unwrap_or_default().to_string()
    };
    let title = page.all("head title").first().map(|title| title.text().collect::<String>()).unwrap_or_default();
    wanted(Some(title.as_str()) == page.given("/page/head_title"), "`title` isn't `page.head_title`")?;
    wanted(
        Some(attribute("meta[name=description]", "content").as_str()) == page.given("/page/description"),
        "the description isn't `page.description`",
    )?;
    wanted(!page.all("meta[name=viewport]").is_empty(), "the `meta` element for narrow screens is missing")?;
    if page.given("/page/kind") != Some("not-found") {
        let canonical = attribute("link[rel=canonical]", "href");
        wanted(Some(canonical.as_str()) == page.given("/page/canonical"), "the canonical address is missing")?;
    }
    let policy = attribute("meta[http-equiv=Content-Security-Policy]", "content");
    wanted(
        Some(policy.as_str()) == page.given("/page/content_security_policy"),
        "`page.content_security_policy` is missing from the head",
    )?;
    let noindex = page.value("/page/noindex") == &Json::Bool(true);
    wanted(!noindex || attribute("meta[name=robots]", "content") == "noindex", "`noindex` is missing")
}

fn skip_link(page: &Page<'_>) -> Result<(), String> {
    let first = page.all("body a[href]").into_iter().next();
    let target = first.and_then(|link| link.attr("href")).and_then(|href| href.strip_prefix('#'));
    let Some(target) = target else { return Err("the first link doesn't go to the main part".to_string()) };
    let is_main = page.all("main, main [id]").iter().any(|element| element.attr("id") == Some(target));
    wanted(is_main, format!("the first link goes to `#{target}`, which isn't the main part"))
}

fn heading(page: &Page<'_>) -> Result<(), String> {
    let headings = page.all("h1");
    wanted(headings.len() == 1, format!("there are {} `h1` elements instead of one", headings.len()))?;
    let text = text_of(headings[0]);
    wanted(!text.is_empty(), "the `h1` is empty")?;
    wanted(page.all("main h1").len() == 1, "the `h1` isn't in the main part")?;
    // At an address that doesn't exist, a theme may say what it likes.
    if page.given("/page/kind") == Some("not-found") {
        return Ok(());
    }
    let title = page.given("/page/title").map(one_line).unwrap_or_default();
    wanted(begins_with_hero(page) || text == title, "the `h1` isn't `page.title`")
}

/// Whether the author's first section opens the page: its heading and text stand for the page's.
fn begins_with_hero(page: &Page<'_>) -> bool {
    page.list("/sections").first().is_some_and(|section| section["opens"] == Json::Bool(true))
}

fn landmarks(page: &Page<'_>) -> Result<(), String> {
    for name in ["header", "main", "footer"] {
        let count = page.all(&format!("body > {name}")).len();
        wanted(count == 1, format!("`body` has {count} `{name}` elements of its own instead of one"))?;
    }
    wanted(!page.all("body > header nav").is_empty(), "the header has no `nav`")?;
    let unnamed = page.all("nav").into_iter().any(|nav| {
        let by = nav.attr("aria-labelledby").is_some_and(|id| !page.all(&format!("[id=\"{id}\"]")).is_empty());
        !by && nav.attr("aria-label").is_none_or(|label| label.trim().is_empty())
    });
    wanted(!unnamed, "a `nav` has no name (`aria-label`)")
}

fn navigation(page: &Page<'_>) -> Result<(), String> {
    for entry in page.list("/site/navigation") {
        for link in std::iter::once(entry).chain(entry["children"].as_array().into_iter().flatten()) {
            let (label, href) = (text(link, "label"), text(link, "href"));
            wanted(page.links("header nav", &href), format!("the header has no link to `{label}`"))?;
        }
    }
    Ok(())
}

fn current(page: &Page<'_>) -> Result<(), String> {
    let entries = page.list("/site/navigation");
    let children = entries.iter().flat_map(|entry| entry["children"].as_array().into_iter().flatten());
    let hrefs: Vec<String> = entries.iter().chain(children).map(|link| text(link, "href")).collect();
    let here = [page.given("/page/href"), page.given("/page/section_href")];
    let expected = here.into_iter().flatten().find(|href| hrefs.iter().any(|known| known == href));
    let Some(expected) = expected else { return Ok(()) };
    let marked = page.all("header nav a[aria-current]");
    wanted(
        marked.iter().any(|link| link.attr("href") == Some(expected)),
        "the entry of the page or its section has no `aria-current`",
    )
}

fn breadcrumbs(page: &Page<'_>) -> Result<(), String> {
    let crumbs = page.list("/page/breadcrumbs");
    if crumbs.len() < 2 {
        return Ok(());
    }
    let missing = crumbs.iter().find(|crumb| !page.links("nav", &text(crumb, "href")));
    wanted(missing.is_none(), "the links from the home page are missing")
}

fn crisis_link(page: &Page<'_>) -> Result<(), String> {
    if page.value("/site/crisis").is_null() {
        return Ok(());
    }
    let there = match page.given("/site/crisis/href") {
        Some(href) => page.links("header", href),
        None => page.all("header a[href^=\"#\"]").iter().any(|link| {
            let id = link.attr("href").unwrap_or_default().trim_start_matches('#').to_string();
            !page.all(&format!("[id=\"{id}\"]")).is_empty()
        }),
    };
    wanted(there, "the header has no link to crisis help")?;
    let folded = page.given("/site/crisis/href").is_some_and(|href| {
        let links = page.all("header a[href]");
        let mut ways = links.iter().filter(|link| link.attr("href") == Some(href));
        ways.all(|link| link.ancestors().filter_map(scraper::ElementRef::wrap).any(|up| up.value().name() == "details"))
    });
    wanted(!folded, "crisis help is folded away in a menu")
}

fn crisis_line(page: &Page<'_>) -> Result<(), String> {
    for line in page.list("/site/crisis/lines") {
        let name = text(line, "name");
        if line["call"] == Json::Bool(true) {
            let href = text(&line["number"], "href");
            wanted(page.links("body", &href), format!("{name} can't be called from the page"))?;
        }
        if line["text"] == Json::Bool(true) {
            let href = text(&line["number"], "sms_href");
            wanted(page.links("body", &href), format!("{name} can't be texted from the page"))?;
        }
        wanted(page.text("body").contains(&*one_line(&name)), format!("{name} isn't named"))?;
    }
    if let Some(general) = page.given("/site/crisis/general") {
        wanted(page.text("body").contains(&*one_line(general)), "the page doesn't say what to do in an emergency")?;
    }
    for one in page.list("/site/crisis/emergency") {
        let href = text(&one["number"], "href");
        wanted(page.links("body", &href), "the emergency number can't be called from the page")?;
    }
    Ok(())
}

fn notices(page: &Page<'_>) -> Result<(), String> {
    let readable = page.text("body");
    for notice in page.list("/site/notices") {
        let notice = text_of_markup(&text(notice, "html"));
        wanted(readable.contains(&notice), "a notice of practice.yaml is missing")?;
    }
    Ok(())
}

fn statement(page: &Page<'_>) -> Result<(), String> {
    let Some(statement) = page.given("/site/statement/text") else { return Ok(()) };
    wanted(page.text("body").contains(&*one_line(statement)), "the coaching statement is missing")?;
    match page.given("/site/statement/href") {
        Some(href) => wanted(page.links("body", href), "the coaching statement has no link to its page"),
        None => Ok(()),
    }
}

fn licences(page: &Page<'_>) -> Result<(), String> {
    let readable = page.text("body");
    for licence in page.list("/site/licences").iter().filter_map(Json::as_str) {
        wanted(readable.contains(&*one_line(licence)), "a licence line is missing")?;
    }
    Ok(())
}

fn policies(page: &Page<'_>) -> Result<(), String> {
    for link in page.list("/site/footer") {
        let (label, href) = (text(link, "label"), text(link, "href"));
        wanted(page.links("footer", &href), format!("the footer has no link to `{label}`"))?;
    }
    Ok(())
}

fn form(page: &Page<'_>) -> Result<(), String> {
    if page.given("/page/kind") != Some("contact") || page.value("/site/form").is_null() {
        return Ok(());
    }
    let action = page.given("/site/form/action").unwrap_or_default();
    let forms = page.all("main form");
    wanted(forms.iter().any(|form| form.attr("action") == Some(action)), "the contact form is missing")?;
    for name in ["name", "reply_to", "message", "website"] {
        let fields = page.all(&format!("main form [name=\"{name}\"]"));
        let Some(field) = fields.first() else { return Err(format!("the form has no field `{name}`")) };
        let id = field.attr("id").unwrap_or_default();
        wanted(!page.all(&format!("label[for=\"{id}\"]")).is_empty(), format!("the field `{name}` has no label"))?;
    }
    wanted(!page.all("main form button").is_empty(), "the form has no button")
}

fn search(page: &Page<'_>) -> Result<(), String> {
    let Some(script) = page.given("/search/script_href") else { return Ok(()) };
    let action = page.given("/search/form_href");
    let forms = page.all("main form[role=search]");
    wanted(forms.iter().any(|form| form.attr("action") == action), "the search form is missing")?;
    let fields = page.all("main form[role=search] [name=q]");
    let Some(field) = fields.first() else { return Err("the search form has no field `q`".to_string()) };
    let id = field.attr("id").unwrap_or_default();
    wanted(!page.all(&format!("label[for=\"{id}\"]")).is_empty(), "the field `q` has no label")?;
    let scripts = page.all("script[src][defer]");
    let integrity = page.given("/search/script_integrity");
    let is_it = |element: &scraper::ElementRef<'_>| {
        element.attr("src") == Some(script) && element.attr("integrity") == integrity
    };
    wanted(scripts.iter().any(is_it), "the search page has no script with its `integrity`")?;
    let there = |part: &str| !page.all(&format!("main [data-root] {part}")).is_empty();
    wanted(there("p[role=status]") && there("ol"), "the search page has no place for its results (`data-root`)")
}

/// What each kind of page must show of what it was given: texts by pointer, `*` for every entry of a list.
const SHOWN: &[&str] = &[
    "/page/summary",
    "/person/role_title",
    "/person/pronouns",
    "/person/credentials/*/name",
    "/person/licences/*/line",
    "/person/supervision/supervisor",
    "/person/languages/*",
    "/person/specialties/*",
    "/person/populations/*",
    "/person/modalities/*",
    "/person/memberships/*/name",
    "/person/since",
    "/person/insurance/*",
    "/team/facets/*/links/*/label",
    "/sections/*/person/name",
    "/sections/*/trust/licences/*",
    "/sections/*/trust/credentials/*",
    "/sections/*/trust/since",
    "/sections/*/trust/in_network/*",
    "/sections/*/trust/memberships/*/name",
    "/person/education/*",
    "/person/accepting/as_of/text",
    "/person/price",
    "/person/services/*/label",
    "/service/card/price",
    "/service/card/packages/*/text",
    "/service/for_whom/*",
    "/service/not_for/*",
    "/service/what_to_expect/*/title",
    "/service/people/*/name",
    "/service/faqs/*/question",
    "/article/author/name",
    "/article/reviewed_by/name",
    "/article/card/date/text",
    "/article/updated/text",
    "/article/last_reviewed/text",
    "/article/key_points/*",
    "/article/faqs/*/question",
    "/article/related/*/title",
    "/services/*/title",
    "/services/*/price",
    "/people/*/name",
    "/articles/*/title",
    "/articles/*/date/text",
    "/topics/*/name",
    "/policy/effective/text",
    "/policy/reviewed/text",
    "/sections/*/heading",
    "/sections/*/services/*/title",
    "/sections/*/people/*/name",
    "/sections/*/articles/*/title",
    "/sections/*/steps/*/title",
    "/sections/*/faqs/*/question",
    "/sections/*/facts/*/text",
    "/sections/*/actions/*/label",
];

fn content(page: &Page<'_>) -> Result<(), String> {
    if page.given("/page/kind") == Some("not-found") {
        return Ok(());
    }
    // A picture's text is read, too: a logo stands for the name that it shows.
    let mut readable = page.text("main");
    for text in page.all("main img[alt]").iter().filter_map(|picture| picture.attr("alt")) {
        readable.push('\n');
        readable.push_str(&one_line(text));
    }
    if let Some(html) = page.given("/body/html") {
        let body = text_of_markup(html);
        wanted(readable.contains(&body), "the author's text (`body.html`) is missing or changed")?;
    }
    let hero = begins_with_hero(page);
    for pointer in SHOWN.iter().filter(|pointer| !(hero && **pointer == "/page/summary")) {
        for text in texts(page, pointer) {
            wanted(
                readable.contains(&*one_line(text)),
                format!("`{}` isn't shown", pointer.trim_start_matches('/').replace('/', ".")),
            )?;
        }
    }
    if page.given("/page/kind") == Some("fees") {
        for service in page.list("/fees/services") {
            let price = service["price"].as_str().unwrap_or_default();
            wanted(readable.contains(&*one_line(price)), "`fees.services.*.price` isn't shown")?;
        }
        for person in page.list("/fees/people") {
            let price = text(person, "price");
            wanted(readable.contains(&*one_line(&price)), "`fees.people.*.price` isn't shown")?;
        }
    }
    if page.given("/page/kind") == Some("crisis") {
        for line in page.list("/site/crisis/lines") {
            let name = text(line, "name");
            wanted(readable.contains(&*one_line(&name)), "a crisis line is missing from the main part")?;
        }
    }
    Ok(())
}

/// The texts behind a pointer with stars.
fn texts<'a>(page: &'a Page<'_>, pointer: &str) -> Vec<&'a str> {
    let mut parts = pointer.trim_start_matches('/').split('/');
    let root = parts.next().and_then(|name| page.names.get(name));
    let mut values: Vec<&Json> = root.into_iter().collect();
    for part in parts {
        values = match part {
            "*" => values.into_iter().flat_map(|value| value.as_array().into_iter().flatten()).collect(),
            _ => values.into_iter().filter_map(|value| value.get(part)).collect(),
        };
    }
    values.into_iter().filter_map(Json::as_str).filter(|text| !text.is_empty()).collect()
}

fn text(value: &Json, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_string()
}
