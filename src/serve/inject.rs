//! What the preview adds to a page while it answers.
//!
//! Owns the preview's script tag and the policies that must admit it. The published page has neither: the
//! renderer knows nothing of them.

use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, end, rewrite_str};

/// Where the preview's own files are; no address of a site begins so.
pub(super) const OWN: &str = "/.anteroom/";

/// The page with the preview's script, which learns from its tag which build the page is of.
pub(super) fn inject(html: &str, build: &str) -> String {
    let script = format!("<script src=\"{OWN}preview.js\" data-build=\"{build}\" defer></script>\n");
    let policy = element!("meta[http-equiv='Content-Security-Policy' i]", |meta| {
        if let Some(policy) = meta.get_attribute("content") {
            // The rewriter gives attributes as they are written; templates write apostrophes escaped.
            meta.set_attribute("content", &admit(&policy.replace("&#39;", "'").replace("&#x27;", "'")))?;
        }
        Ok(())
    });
    let tag = end!(|end| {
        end.append(&script, ContentType::Html);
        Ok(())
    });
    let settings = RewriteStrSettings::new();
    let settings = settings.append_element_content_handler(policy).append_document_content_handler(tag);
    // Whatever the rewriter cannot read is shown as it is; it then only does not follow.
    rewrite_str(html, settings).unwrap_or_else(|_| html.to_string())
}

/// The policy with the preview's script and its stream of events admitted: several policies add up, so each
/// of a page's must know them.
pub(super) fn admit(policy: &str) -> String {
    let mut directives: Vec<(String, Vec<String>)> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace().map(str::to_string);
            Some((words.next()?.to_ascii_lowercase(), words.collect()))
        })
        .collect();
    let fallback = directives.iter().find(|(name, _)| name == "default-src").map(|(_, sources)| sources.clone());
    for wanted in ["script-src", "connect-src"] {
        let at = match directives.iter().position(|(name, _)| name == wanted) {
            Some(at) => at,
            None => match &fallback {
                Some(sources) => {
                    directives.push((wanted.to_string(), sources.clone()));
                    directives.len() - 1
                }
                // Nothing restricts it.
                None => continue,
            },
        };
        let sources = &mut directives[at].1;
        sources.retain(|source| source != "'none'");
        if !sources.iter().any(|source| source == "'self'") {
            sources.push("'self'".to_string());
        }
    }
    let written =
        directives.iter().map(|(name, sources)| format!("{name} {}", sources.join(" ")).trim_end().to_string());
    written.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_admit_the_preview_and_nothing_else() {
        assert_eq!(admit("script-src 'none'; img-src *"), "script-src 'self'; img-src *");
        assert_eq!(
            admit("default-src 'none'; connect-src 'self'"),
            "default-src 'none'; connect-src 'self'; script-src 'self'"
        );
        assert_eq!(admit("img-src 'self'"), "img-src 'self'");
    }

    #[test]
    fn a_page_gets_the_script_once_and_its_policy_widened() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"script-src &#39;none&#39;\"></head><body>x</body>";
        let shown = inject(page, "7");
        assert!(shown.contains("content=\"script-src 'self'\""), "{shown}");
        assert_eq!(shown.matches("<script").count(), 1);
        assert!(shown.contains("data-build=\"7\""));
    }
}
