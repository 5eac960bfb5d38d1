//! One request, one answer.
//!
//! Owns the way from a path to a file of the output: pretty addresses, redirects, the site's own 404, types,
//! unchanged files, and the preview's own files below `/.anteroom/`.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use percent_encoding::percent_decode_str;

use super::connections::Talk;
use super::hosts::Ask;
use super::inject::{self, OWN};
use super::range::{self, Part};
use super::{Current, Shared};
use crate::output::File;
use crate::route::OutputPath;
use crate::search;

const SCRIPT: &str = concat!(include_str!("idiomorph.min.js"), "\n", include_str!("preview.js"));

/// Answers a request. No browser is left to guess what any answer holds, whatever the site's own headers say.
pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(talk): ConnectInfo<Talk>,
    request: Request<Body>,
) -> Response {
    talk.begins_answer();
    // No body is read: the connection's own limit is that of what came with the head.
    let (asked, _) = request.into_parts();
    let mut answer = allowed(&shared, &asked).await;
    answer.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

async fn allowed(shared: &Shared, request: &Parts) -> Response {
    let headers = &request.headers;
    match shared.hosts.allow(headers) {
        Ask::Own => {}
        Ask::Stranger => {
            let why = "This preview only works in a browser on this computer, at the address it printed.\n";
            return plain(StatusCode::FORBIDDEN, why);
        }
        Ask::Elsewhere => {
            let why = "You came here from another website, so the preview isn't shown.\n\
                To see it, click in the address bar and press Enter.\n";
            return plain(StatusCode::FORBIDDEN, why);
        }
    }
    let Some(path) = decoded(request.uri.path()) else {
        return plain(StatusCode::BAD_REQUEST, "This address can't be read.\n");
    };
    match &request.method {
        &Method::GET | &Method::HEAD => {}
        // A form of the site's: its host would keep it and show the page; a preview only shows the page.
        &Method::POST if path.ends_with('/') => return redirect(StatusCode::SEE_OTHER, request.uri.path()),
        _ => {
            let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "A preview only shows pages.\n");
            answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
            return answer;
        }
    }
    if let Some(own) = path.strip_prefix(OWN) {
        return match own {
            "preview.js" => finish(headers, HeaderMap::new(), "text/javascript", Bytes::from_static(SCRIPT.as_bytes())),
            "events" => events(shared),
            _ => plain(StatusCode::NOT_FOUND, "The preview has no such file.\n"),
        };
    }
    let current = shared.current.borrow().clone();
    page(shared, &current, headers, &path, request.uri.query()).await
}

/// The path of an address with its escapes read; `None` where it is no text or would leave its folder.
fn decoded(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let climbs = path.split('/').any(|part| part == ".." || part == ".");
    (!climbs && !path.contains(['\\', '\0'])).then(|| path.into_owned())
}

/// The answer for a path of the site.
async fn page(shared: &Shared, current: &Arc<Current>, asked: &HeaderMap, path: &str, query: Option<&str>) -> Response {
    let preview = &current.preview;
    let Some(output) = &preview.output else { return waiting(current) };
    let Some(inside) = path.strip_prefix(preview.base_path.as_str()) else {
        return match path {
            "/" => redirect(StatusCode::FOUND, &preview.base_path),
            _ => plain(StatusCode::NOT_FOUND, &format!("This site starts at {}\n", preview.base_path)),
        };
    };
    let file = |name: &str| {
        let name = OutputPath::new(name).filter(|path| path.as_str() == name)?;
        output.files.get_key_value(&name)
    };
    let found = match inside.is_empty() || inside.ends_with('/') {
        true => file(&format!("{inside}index.html")),
        false => file(inside),
    };
    // A page that leads on from an old address does so at once, as on a host that knows redirects.
    if let Some((to, status)) = current.rules.redirect(path, query, found.is_some()) {
        return redirect(StatusCode::from_u16(status).unwrap_or(StatusCode::FOUND), &to);
    }
    if found.is_none() && search::is_of_index(inside) {
        let (current, name) = (current.clone(), OutputPath::new(inside));
        let made = tokio::task::spawn_blocking(move || current.of_index(&name?)).await;
        if let Ok(Some(bytes)) = made {
            return finish(asked, HeaderMap::new(), "application/json", bytes);
        }
    }
    let draft = || preview.faulty.get(inside).or_else(|| preview.faulty.get(&format!("{inside}/")));
    if let Some(findings) = draft().filter(|_| found.is_none()) {
        let html = to_mend("Fix this draft first", "The rest of the site still works.", "div", findings);
        let html = inject::inject(&html, &preview.build);
        let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")];
        return (headers, html).into_response();
    }
    let (status, (name, content)) = match found {
        Some(found) => (StatusCode::OK, found),
        None if file(&format!("{inside}/index.html")).is_some() => {
            return redirect(StatusCode::MOVED_PERMANENTLY, &format!("{path}/"));
        }
        None => match file("404.html") {
            Some(found) => (StatusCode::NOT_FOUND, found),
            None => return plain(StatusCode::NOT_FOUND, "There's no such page.\n"),
        },
    };
    let Some(bytes) = bytes(shared, content).await else {
        return plain(StatusCode::NOT_FOUND, "This file was just removed.\n");
    };
    let kind = mime_guess::from_path(name.as_str()).first_or_octet_stream();
    let is_page = kind == mime_guess::mime::TEXT_HTML;
    let bytes = match std::str::from_utf8(&bytes) {
        Ok(html) if is_page => Bytes::from(inject::inject(html, &preview.build)),
        _ => bytes,
    };
    let kind = match kind.type_() == mime_guess::mime::TEXT || kind.subtype() == "xml" || kind.subtype() == "json" {
        true => format!("{kind}; charset=utf-8"),
        false => kind.to_string(),
    };
    // A page holds the preview's script and may be the site's 404: it comes whole.
    let mut asked = asked.clone();
    if is_page {
        asked.remove(RANGE);
    }
    let mut answer = finish(&asked, site_headers(current, path), &kind, bytes);
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = status;
    }
    answer
}

/// The bytes of a file; of a copied one, as they are on the disk now.
async fn bytes(shared: &Shared, file: &File) -> Option<Bytes> {
    match file {
        File::Made(bytes) => Some(bytes.clone()),
        File::Checked(_) => None,
        File::Picture(..) | File::OfTheme(..) | File::Card(_) | File::Font(_) => {
            let (pictures, file) = (shared.pictures.clone(), file.clone());
            let read = move || pictures.file(&file).ok().flatten();
            tokio::task::spawn_blocking(read).await.ok().flatten().map(Bytes::from)
        }
        File::Copied { from, .. } => {
            let path = shared.home.join(from.on_disk());
            let home = shared.home.clone();
            let read = move || {
                // A link may have been put there since the site was read.
                path.canonicalize().ok().filter(|real| real.starts_with(home)).and_then(|real| std::fs::read(real).ok())
            };
            tokio::task::spawn_blocking(read).await.ok().flatten().map(Bytes::from)
        }
    }
}

/// What the site's `_headers` ask for, the preview admitted to their policies.
fn site_headers(current: &Current, path: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in current.rules.headers(path) {
        let Ok(name) = HeaderName::try_from(name) else { continue };
        let value = match name == CONTENT_SECURITY_POLICY {
            true => HeaderValue::try_from(inject::admit(value)),
            false => HeaderValue::try_from(value),
        };
        if let Ok(value) = value {
            headers.append(name, value);
        }
    }
    headers
}

/// The answer with its bytes or the part of them that was asked for, or the word that the browser has them.
fn finish(asked: &HeaderMap, mut headers: HeaderMap, kind: &str, bytes: Bytes) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    let is_known = known.flat_map(|tags| tags.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag);
    if let Ok(kind) = HeaderValue::try_from(kind) {
        headers.insert(CONTENT_TYPE, kind);
    }
    let part = range::asked(asked, bytes.len(), &tag);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if is_known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let (status, said, bytes) = match part {
        Part::Whole => return (headers, bytes).into_response(),
        Part::Bytes(part) => {
            let said = format!("bytes {}-{}/{}", part.start, part.end - 1, bytes.len());
            (StatusCode::PARTIAL_CONTENT, said, bytes.slice(part))
        }
        Part::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, format!("bytes */{}", bytes.len()), Bytes::new()),
    };
    if let Ok(said) = HeaderValue::try_from(said) {
        headers.insert(CONTENT_RANGE, said);
    }
    (status, headers, bytes).into_response()
}

fn plain(status: StatusCode, text: &str) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], text.to_string()).into_response()
}

/// Leads to another address. A path that begins with two slashes would be another host's, and browsers take `\` for one and
/// leave out tabs and line ends.
fn redirect(status: StatusCode, to: &str) -> Response {
    let to: String = to.chars().filter(|c| !c.is_control()).collect();
    if to.trim_start().starts_with(['/', '\\']) && to.trim_start()[1..].starts_with(['/', '\\']) {
        return plain(StatusCode::NOT_FOUND, "There's no such page.\n");
    }
    match HeaderValue::try_from(to) {
        Ok(to) => (status, [(LOCATION, to), (CACHE_CONTROL, HeaderValue::from_static("no-store"))]).into_response(),
        Err(_) => plain(StatusCode::NOT_FOUND, "There's no such page.\n"),
    }
}

/// What is shown while no build has succeeded yet. The preview's script lays the findings over all of it; without
/// scripts they stand below.
fn waiting(current: &Current) -> Response {
    let says = "The site will appear here as soon as you fix them.";
    let html = to_mend("Fix these first", says, "noscript", &current.preview.findings);
    let html = inject::inject(&html, &current.preview.build);
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, html).into_response()
}

/// A page of findings, the list inside the element `around`.
fn to_mend(title: &str, says: &str, around: &str, findings: &[super::Shown]) -> String {
    let mut list = String::new();
    for finding in findings {
        // Writing into a String cannot fail.
        let _ = pulldown_cmark_escape::escape_html_body_text(&mut list, &finding.text);
        list.push_str("\n\n");
    }
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><body><h1>{title}</h1><p>{says}</p>\
         <{around}><pre>{list}</pre></{around}></body></html>"
    )
}

/// The stream that tells a page of each build, the present one first. Only the newest build waits for a slow
/// reader, so that a stream never grows.
fn events(shared: &Shared) -> Response {
    let mut current = shared.current.clone();
    current.mark_changed();
    let stream = futures_util::stream::unfold(current, |mut current| async {
        current.changed().await.ok()?;
        let event = event(&current.borrow_and_update().clone());
        Some((Ok::<Event, Infallible>(event), current))
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

fn event(current: &Current) -> Event {
    let preview = &current.preview;
    let state = serde_json::json!({
        "build": preview.build,
        "hasPages": preview.output.is_some(),
        "findings": *preview.findings,
        "leftOut": preview.left_out,
        "saved": preview.saved.iter().map(|url| format!("{}{url}", preview.base_path)).collect::<Vec<_>>(),
        "replaced": preview.replaced.iter().map(|file| format!("{}{file}", preview.base_path)).collect::<Vec<_>>(),
    });
    Event::default().event("build").data(state.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_to_another_host() {
        for path in ["//evil.example/", "/\\evil.example", "\\/evil.example", "/\t/evil.example", " //evil.example"] {
            let answer = redirect(StatusCode::FOUND, path);
            assert!(answer.headers().get(LOCATION).is_none() && answer.status() == StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["/", "/a//b/", "https://other.example/"] {
            assert_eq!(redirect(StatusCode::FOUND, path).headers()[LOCATION], path);
        }
    }

    #[test]
    fn paths_that_climb_are_no_paths() {
        assert_eq!(decoded("/a%20b/").as_deref(), Some("/a b/"));
        for path in ["/../x", "/%2e%2e/x", "/a/%2E./x", "/..%2fx", "/..%5cx", "/a%00", "/%ff", "/./x"] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }
}
