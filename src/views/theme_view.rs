//! The theme's view: its files, and the values of its settings for this site.
//!
//! Owns `theme` in templates, and what a setting or a field that the theme brings names in the site: a picture, a page, an address. How a value is read, and where
//! it was written, is `theme`'s.

use super::maker::Maker;
use crate::contract::view::*;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes};
use crate::document::quotes;
use crate::markup::html;
use crate::markup::pictures::{self, PictureFault};
use crate::route::address::{self, host};
use crate::route::links::{self, Link};
use crate::theme::{Fields, LinkChoice, PictureChoice, Shown};

impl Maker<'_> {
    /// The theme's view.
    pub fn theme(&self, diagnostics: &mut Diagnostics) -> ThemeView {
        let theme = self.theme;
        let inside = |path: &str| address::inside(path, self.portable);
        let avif = self.site.practice.value.avif;
        let picture =
            |(name, picture): (&String, _)| (name.clone(), pictures::of_theme(picture, avif).view("", self.portable));
        let preloads = theme.fonts.iter().filter(|font| font.preload);
        let sprite = theme.icons.sprite.as_ref().map(|sprite| inside(&sprite.path)).unwrap_or_default();
        let icons = theme.icons.symbols.iter().map(|(name, symbol)| {
            let markup = self.portable.then(|| Html(symbol.markup.clone()));
            (name.clone(), SymbolView { href: format!("{sprite}#{name}"), view_box: symbol.view_box.clone(), markup })
        });
        ThemeView {
            name: theme.name.clone(),
            style_href: inside(&theme.style.path),
            files: theme.files.iter().map(|(name, file)| (name.clone(), inside(&file.path))).collect(),
            pictures: theme.pictures.iter().map(picture).collect(),
            icons: icons.collect(),
            preloads: preloads.map(|font| inside(&font.path)).collect(),
            script: Html(theme.script.clone()),
            settings: theme
                .settings
                .iter()
                .map(|(name, own)| (name.clone(), self.value(own, None, diagnostics)))
                .collect(),
            sizes: theme.sizes.clone(),
        }
    }

    /// A value as templates see it. `lang` is the language of what somebody wrote into a page.
    pub(super) fn value(
        &self,
        value: &Shown,
        lang: Option<&str>,
        diagnostics: &mut Diagnostics,
    ) -> Option<SettingView> {
        let said = |text: &String| lang.map_or_else(|| text.clone(), |lang| quotes::curl(text, lang));
        Some(match value {
            Shown::Switch(on) => SettingView::Switch(*on),
            Shown::Number(number) => SettingView::Number(number.clone()),
            Shown::Text(text) => SettingView::Text(said(text)),
            Shown::List(texts) => SettingView::List(texts.iter().map(said).collect()),
            Shown::Markdown(text, place) => {
                let lang = lang.unwrap_or(&self.site.practice.value.language);
                SettingView::Markup(self.text(&place.path, text, lang, || place.span.clone(), diagnostics))
            }
            Shown::Entries(entries) => {
                SettingView::Entries(entries.iter().map(|entry| self.values(entry, lang, diagnostics)).collect())
            }
            Shown::Picture(choice) => SettingView::Picture(Box::new(self.chosen(choice.as_ref()?, diagnostics)?)),
            Shown::Link(choice) => SettingView::Link(self.link(choice.as_ref()?, false, diagnostics)?),
            Shown::Page(choice) => SettingView::Link(self.link(choice.as_ref()?, true, diagnostics)?),
        })
    }

    /// The same of several, by name.
    pub(super) fn values(&self, values: &Fields, lang: Option<&str>, diagnostics: &mut Diagnostics) -> FieldsView {
        let view = |(name, value): (&String, &Option<Shown>)| {
            (name.clone(), value.as_ref().and_then(|value| self.value(value, lang, diagnostics)))
        };
        values.iter().map(view).collect()
    }

    /// The picture of a setting: one of the practice's, or of the theme's.
    fn chosen(&self, choice: &PictureChoice, diagnostics: &mut Diagnostics) -> Option<PictureView> {
        let PictureChoice { file, alt, focus, place } = choice;
        let (site, all) = (self.site, &self.theme.pictures);
        let name = file.trim_start_matches("./").trim_start_matches("assets/");
        let of_theme = all.get(name).map(|own| pictures::of_theme(own, site.practice.value.avif));
        let from = if place.is_own { &place.path } else { &site.practice.path };
        let of_practice = || pictures::find(site, self.routes, from, file);
        let found = match of_theme {
            // A theme's own values name its own files, a practice's its own first.
            Some(picture) if !place.is_own => Ok(picture),
            Some(picture) => Ok(of_practice().unwrap_or(picture)),
            None if place.is_own => of_practice().map_err(|fault| fault.finding(file, 0..0)),
            None => {
                let near = crate::diagnostic::nearest(name, all.keys().map(String::as_str)).map(str::to_string);
                let mut finding = PictureFault::Missing(near).finding(file, 0..0);
                finding.help = Some("a theme's pictures go in its assets/".to_string());
                Err(finding)
            }
        };
        match found {
            Ok(picture) => Some(PictureView {
                focus: focus.map(|focus| focus.key().to_string()),
                ..picture.view(alt.as_deref().unwrap_or_default(), self.portable)
            }),
            Err(finding) => {
                diagnostics.push(finding.place(&place.path, place.span.clone()));
                None
            }
        }
    }

    /// Where a setting leads.
    fn link(&self, choice: &LinkChoice, pages_only: bool, diagnostics: &mut Diagnostics) -> Option<LinkView> {
        let LinkChoice { to, label, place } = choice;
        let from = if place.is_own { &place.path } else { &self.site.practice.path };
        let link = links::resolve(self.site, self.routes, from, to);
        let (href, words) = match &link {
            Link::Page { url, fragment } => {
                let words = self.routes.at(url).map(|route| self.title_of(route));
                let url = fragment.as_ref().map_or(url.clone(), |fragment| format!("{url}#{fragment}"));
                (address::inside(&url, self.portable), words)
            }
            Link::File { .. } | Link::Elsewhere(_) if pages_only => {
                let message = format!("`{to}` isn't a page of this site");
                let finding = Diagnostic::new(&codes::INVALID_SETTING, message);
                diagnostics.push(finding.at(&place.path, place.span.clone()));
                return None;
            }
            Link::File { url, source } => (address::inside(url, self.portable), Some(source.file_name().to_string())),
            Link::Elsewhere(address) => {
                let bare = address.split_once(':').map(|(_, rest)| rest.to_string());
                (address.clone(), host(address).or(bare))
            }
            fault => {
                let mut finding = html::link_finding(fault, to, 0..0).place(&place.path, place.span.clone());
                // A theme is made for many sites, and not each of them has the page.
                if !place.is_own {
                    finding.severity = Severity::Note;
                }
                diagnostics.push(finding);
                return None;
            }
        };
        let label = label.clone().or(words).unwrap_or_else(|| to.clone());
        Some(LinkView { external: href.contains("://"), ..LinkView::to(&label, &href) })
    }
}
