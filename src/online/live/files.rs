//! Everything else that browsers fetch: style sheets, scripts, fonts, pictures, documents.

use super::expected::Holds;
use super::{Alike, Look, SAMPLE, WORKERS, Wanted, headers, pages, sample, several, shown};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::online::web::{Answer, Method, Silence, each};

/// What a file on the web is like.
#[derive(Default)]
struct Seen {
    missing: Option<String>,
    differs: bool,
    /// What the host says it is, and what it is.
    media_type: Option<(String, String)>,
    headers: Vec<(String, String, headers::Fault)>,
}

/// Looks at files; says at how many.
pub(super) fn check(look: &Look<'_>, found: &mut Diagnostics) -> usize {
    let all = &look.expected.files;
    let files = if look.all { all.iter().collect() } else { sample(all, SAMPLE) };
    let told = |done: usize| (look.told)("looking at pictures and style sheets", done, files.len());
    let seen = each(&files, WORKERS, &told, |file| see(look, file));
    let (mut missing, mut differing, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
    let mut headers: Alike<(String, String, headers::Fault)> = Alike::new();
    for (file, seen) in files.iter().zip(seen) {
        let address = shown(&file.path);
        if let Some(why) = seen.missing {
            let help = "publish the website again, with every folder in it";
            missing
                .push(Diagnostic::new(&codes::LIVE_FILE_MISSING, format!("`{address}` isn't there: {why}")).help(help));
            continue;
        }
        if seen.differs {
            let help = "publish the website; if it stays, turn off what minifies or optimises files at your host";
            let message = format!("`{address}` isn't the file that your site has");
            differing.push(Diagnostic::new(&codes::LIVE_FILE_DIFFERS, message).help(help));
        }
        if let Some((said, is)) = seen.media_type {
            let message = format!("the host says that `{address}` is {said}, but it's `{is}`");
            kinds.push(Diagnostic::new(&codes::LIVE_MEDIA_TYPE, message));
        }
        for header in seen.headers {
            headers.entry(header).or_default().push(address.clone());
        }
    }
    several(found, &codes::LIVE_FILE_MISSING, missing, "another file isn't there", "more files aren't there");
    let (one, many) = ("another file isn't the one that your site has", "more files aren't those that your site has");
    several(found, &codes::LIVE_FILE_DIFFERS, differing, one, many);
    let (one, many) = ("another file is said to be something else", "more files are said to be something else");
    several(found, &codes::LIVE_MEDIA_TYPE, kinds, one, many);
    // What is missing from pages was told of them; only what is asked for files is told here.
    let for_page: Vec<&str> = look.expected.rules.headers(look.expected.own.path()).map(|(name, _)| name).collect();
    headers.retain(|(name, ..), _| !for_page.iter().any(|own| own.eq_ignore_ascii_case(name)));
    pages::tell_headers(look, &headers, usize::MAX, found);
    files.len()
}

fn see(look: &Look<'_>, file: &Wanted) -> Seen {
    let url = look.at(&file.path);
    let method = if matches!(file.holds, Holds::Bytes(_)) { Method::Get } else { Method::Head };
    let mut answer = look.web.ask(method, &url);
    if method == Method::Head && matches!(&answer, Ok(answer) if matches!(answer.status, 403 | 404 | 405 | 501)) {
        // Some hosts answer this question wrongly.
        answer = look.web.ask(Method::Glance, &url);
    }
    let missing = |why: String| Seen { missing: Some(why), ..Seen::default() };
    match answer {
        Err(Silence::GivenUp) => Seen::default(),
        Err(_) => missing("the host doesn't answer".to_string()),
        Ok(answer) if answer.status == 200 => there(look, file, &answer),
        Ok(answer) if matches!(answer.status, 429 | 503) => Seen::default(),
        Ok(answer) => missing(format!("visitors' browsers get an error (status {})", answer.status)),
    }
}

fn there(look: &Look<'_>, file: &Wanted, answer: &Answer) -> Seen {
    let differs = match &file.holds {
        Holds::Bytes(bytes) => answer.body != **bytes,
        Holds::Length(length) => {
            let sent = answer.header("content-length").and_then(|sent| sent.parse::<u64>().ok());
            answer.header("content-encoding").is_none() && sent.is_some_and(|sent| sent != *length)
        }
        Holds::Something => false,
    };
    Seen {
        missing: None,
        differs,
        media_type: wrong_type(&file.path, answer),
        headers: pages::of_headers(look, &file.path, answer),
    }
}

/// What the host says a file is where browsers would believe it and not use the file, and what it is.
fn wrong_type(path: &str, answer: &Answer) -> Option<(String, String)> {
    let is = mime_guess::from_path(path).first()?;
    let (is, said) = (is.essence_str().to_string(), answer.media_type());
    let is_fine = match is.as_str() {
        "text/css" => said == "text/css",
        "text/javascript" => said.ends_with("javascript"),
        "image/svg+xml" => said == "image/svg+xml",
        "application/json" => said.contains("json"),
        kind if kind.starts_with("image/") => said.starts_with("image/"),
        kind if kind.starts_with("audio/") || kind.starts_with("video/") => {
            said.starts_with(&kind[..5]) || said == "application/ogg"
        }
        // A download that a browser would show as a page.
        _ => said != "text/html" || is == "text/html",
    };
    let said = if said.is_empty() { "nothing at all".to_string() } else { format!("`{said}`") };
    (!is_fine).then_some((said, is))
}
