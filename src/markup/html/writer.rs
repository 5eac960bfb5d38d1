//! Blocks: the walk over the events and the markup of everything but links and pictures.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::blocks::{self, Block};
use super::figures::Figure;
use super::notes::{self, Notes};
use super::written::{Finding, Setting, Text, Written};
use super::{accessible, cited, raw, spans};
use crate::diagnostic::codes;
use crate::document::citations::group;
use crate::document::directives::{DirectiveKind, Line, Role};
use crate::document::markdown::CITATION;
use crate::document::model::RawHtml;
use crate::limits;
use crate::markup::highlight;

/// Lists and quotations deeper than this are a slip in the indentation.
const DEEPEST: usize = 12;

pub(super) type Events<'a> = [(Event<'a>, Range<usize>)];

/// Writes one text.
pub(super) struct Writer<'a, 'e> {
    pub out: String,
    pub written: Written,
    pub site: Option<(Setting<'a>, Text<'a>)>,
    pub events: &'e Events<'a>,
    pub at: usize,
    lines: &'e [Line],
    heading: usize,
    alignments: Vec<Alignment>,
    in_head: bool,
    cell: usize,
    depth: usize,
    /// How many elements of the author's HTML are open.
    raw_depth: usize,
    /// Where the text of each open link begins in `out`.
    pub links: Vec<usize>,
    /// The figures that have ids, in order; none where they need no numbers.
    pub figures: Vec<Figure>,
    /// How many figures were written.
    pub figure: usize,
    /// Its footnotes.
    pub notes: Notes<'a>,
    /// The directives that are open, the innermost last.
    pub blocks: Vec<Block>,
}

impl<'a, 'e> Writer<'a, 'e> {
    pub fn new(events: &'e Events<'a>, site: Option<(Setting<'a>, Text<'a>)>, lines: &'e [Line]) -> Writer<'a, 'e> {
        Writer {
            out: String::new(),
            written: Written::default(),
            site,
            events,
            at: 0,
            lines,
            heading: 0,
            alignments: Vec::new(),
            in_head: false,
            cell: 0,
            depth: 0,
            raw_depth: 0,
            links: Vec::new(),
            figures: Vec::new(),
            figure: 0,
            notes: Notes::default(),
            blocks: Vec::new(),
        }
    }

    pub fn run(&mut self) {
        while let Some((event, span)) = self.events.get(self.at) {
            self.at += 1;
            if matches!(event, Event::Text(_)) {
                notes::look_for(self, span);
            }
            match event {
                Event::Start(tag) => self.start(tag, span),
                Event::End(tag) => self.end(tag),
                Event::Text(text) if memchr::memchr(b'@', text.as_bytes()).is_some() && self.links.is_empty() => {
                    cited::mentions(self, text, span);
                }
                Event::Text(text) => self.text(text),
                Event::Code(text) => {
                    self.out.push_str("<code>");
                    self.text(text);
                    self.out.push_str("</code>");
                }
                Event::Html(html) | Event::InlineHtml(html) => self.raw(html, span),
                Event::SoftBreak => self.out.push('\n'),
                // HTML in pages, the XHTML spelling of the specification's examples otherwise.
                Event::HardBreak => self.out.push_str(if self.site.is_some() { "<br>\n" } else { "<br />\n" }),
                Event::Rule => {
                    self.line();
                    self.out.push_str(if self.site.is_some() { "<hr>\n" } else { "<hr />\n" });
                }
                Event::FootnoteReference(name) => notes::mention(self, name),
                Event::TaskListMarker(done) => self.task(*done),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text),
            }
        }
    }

    /// Where on the page its pictures stand now, as themes call it.
    pub fn place(&self) -> &'static str {
        match self.blocks.last().map(|block| block.kind) {
            Some(DirectiveKind::Wide) => "wide",
            Some(DirectiveKind::Gallery) => "card",
            _ => "text",
        }
    }

    pub fn finish(mut self) -> Written {
        notes::list(&mut self);
        self.written.html = self.out;
        self.written
    }

    pub fn find(&mut self, finding: Finding) {
        self.written.findings.push(finding);
    }

    /// Begins a new line unless one has begun.
    pub fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    pub fn text(&mut self, text: &str) {
        // Writing into a String cannot fail.
        let _ = match self.site {
            Some(_) => escape_html_body_text(&mut self.out, &crate::route::address::unmarked(text)),
            None => escape_html(&mut self.out, text),
        };
    }

    pub fn open(&mut self, html: &str) {
        self.line();
        self.out.push_str(html);
    }

    fn start(&mut self, tag: &Tag<'a>, span: &Range<usize>) {
        match tag {
            Tag::Paragraph => {
                if self.site.is_some() && spans::figures(self) {
                    return;
                }
                self.open("<p>");
            }
            Tag::Heading { level, .. } => {
                self.line();
                match self.site.and_then(|(_, text)| text.headings?.get(self.heading)) {
                    Some(heading) => {
                        // The page's title is its only h1.
                        self.out.push_str(&format!("<h{}", heading.level.max(2)));
                        self.out.push_str(" id=\"");
                        let _ = escape_html(&mut self.out, &heading.id);
                        self.out.push_str("\">");
                    }
                    None if self.site.is_some() => self.out.push_str("<h3>"),
                    None => self.out.push_str(&format!("<{level}>")),
                }
            }
            Tag::BlockQuote(kind) => {
                self.deeper(span);
                match (kind, self.site) {
                    (Some(kind), Some((setting, _))) => {
                        let name = alert(*kind);
                        let title = setting.words.word(&format!("alerts.{name}"));
                        self.open(&format!("<div class=\"alert alert-{name}\">\n<p class=\"alert-title\">"));
                        self.text(&title);
                        self.out.push_str("</p>\n");
                    }
                    _ => self.open("<blockquote>\n"),
                }
            }
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::HtmlBlock => self.html_block(span),
            Tag::List(first) => {
                self.deeper(span);
                match first {
                    Some(1) => self.open("<ol>\n"),
                    Some(first) => self.open(&format!("<ol start=\"{first}\">\n")),
                    None if self.site.is_some() && self.is_task_list() => self.open("<ul class=\"tasks\">\n"),
                    None => self.open("<ul>\n"),
                }
            }
            Tag::Item => {
                self.open("<li>");
                self.figures_inside();
            }
            Tag::DefinitionList => self.open("<dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>"),
            Tag::DefinitionListDefinition => {
                self.open("<dd>");
                self.figures_inside();
            }
            Tag::FootnoteDefinition(name) => notes::begin(self, name, span),
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.line();
                if let Some((setting, _)) = self.site {
                    let label = setting.words.word("table_scroll");
                    self.out.push_str("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
                    let _ = escape_html(&mut self.out, &label);
                    self.out.push_str("\">\n");
                }
                self.out.push_str("<table>");
            }
            Tag::TableHead => {
                accessible::table_head(self, span);
                self.in_head = true;
                self.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                self.out.push_str(if self.in_head { "<th scope=\"col\"" } else { "<td" });
                self.out.push_str(match self.alignments.get(self.cell) {
                    Some(Alignment::Left) => " class=\"align-left\">",
                    Some(Alignment::Center) => " class=\"align-center\">",
                    Some(Alignment::Right) => " class=\"align-right\">",
                    _ => ">",
                });
                self.figures_inside();
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { dest_url, title, link_type, .. } => match dest_url.strip_prefix(CITATION) {
                Some(words) if self.site.is_some() => {
                    cited::brackets(self, &group(words).unwrap_or_default(), span);
                }
                _ => spans::link_start(self, *link_type, dest_url, title, span),
            },
            Tag::Image { dest_url, title, .. } => spans::image(self, dest_url, title, span),
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => {
                match self.site.map(|(_, text)| text.headings.and_then(|headings| headings.get(self.heading))) {
                    Some(Some(heading)) => self.out.push_str(&format!("</h{}>\n", heading.level.max(2))),
                    Some(None) => self.out.push_str("</h3>\n"),
                    None => self.out.push_str(&format!("</{level}>\n")),
                }
                self.heading += 1;
            }
            TagEnd::BlockQuote(kind) => {
                self.depth = self.depth.saturating_sub(1);
                let end = if kind.is_some() && self.site.is_some() { "</div>\n" } else { "</blockquote>\n" };
                self.line();
                self.out.push_str(end);
            }
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => {}
            TagEnd::List(ordered) => {
                self.depth = self.depth.saturating_sub(1);
                self.out.push_str(if *ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::FootnoteDefinition => notes::end(self),
            TagEnd::Table => {
                self.out.push_str("</tbody></table>\n");
                if self.site.is_some() {
                    self.out.push_str("</div>\n");
                }
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                const EMPTY: &str = "<th scope=\"col\">";
                if self.in_head && self.out.ends_with(EMPTY) {
                    // An empty corner heads nothing.
                    self.out.truncate(self.out.len() - EMPTY.len());
                    self.out.push_str("<td></td>");
                } else {
                    self.out.push_str(if self.in_head { "</th>" } else { "</td>" });
                }
                self.cell += 1;
            }
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => spans::link_end(self),
        }
    }

    /// Writes the figures with which an entry or a cell begins.
    fn figures_inside(&mut self) {
        if self.site.is_some() {
            spans::figures(self);
        }
    }

    /// Counts a level of nesting; the first that is too deep is a finding.
    fn deeper(&mut self, span: &Range<usize>) {
        self.depth += 1;
        if self.depth == DEEPEST + 1 && self.site.is_some() {
            let place = span.start..(span.start + 1).min(span.end.max(span.start));
            self.find(Finding::new(&codes::TOO_NESTED, format!("this is nested more than {DEEPEST} deep"), place));
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'a>) {
        self.line();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let scrolls = if self.site.is_some() { " tabindex=\"0\"" } else { "" };
        if language.is_empty() {
            self.out.push_str(&format!("<pre{scrolls}><code>"));
        } else {
            self.out.push_str(&format!("<pre{scrolls}><code class=\"language-"));
            let _ = escape_html(&mut self.out, language);
            self.out.push_str("\">");
        }
        if self.site.is_none() {
            return;
        }
        let code: String = self.events[self.at..]
            .iter()
            .map_while(|(event, _)| if let Event::Text(text) = event { Some(text.as_ref()) } else { None })
            .collect();
        match highlight::highlight(&code, language).filter(|_| !language.is_empty()) {
            Some(html) => self.out.push_str(&html),
            None => self.text(&code),
        }
        {
            while matches!(self.events.get(self.at), Some((Event::Text(_), _))) {
                self.at += 1;
            }
        }
    }

    /// A block of raw HTML, or a directive's masked line.
    fn html_block(&mut self, span: &Range<usize>) {
        let directive = self
            .lines
            .binary_search_by_key(&span.start, |line| line.span.start)
            .ok()
            .map(|at| self.lines[at].role.clone());
        let Some(role) = directive else {
            self.line();
            return;
        };
        // Everything up to the block's end is the mask itself.
        while let Some((event, _)) = self.events.get(self.at) {
            self.at += 1;
            if matches!(event, Event::End(TagEnd::HtmlBlock)) {
                break;
            }
        }
        match role {
            Role::Open(kind, words) => blocks::open(self, kind, words, span),
            Role::Close => blocks::close(self, span),
            Role::Leaf(kind, words) => blocks::print(self, kind, words, span),
            Role::Nothing => {}
        }
    }

    fn raw(&mut self, html: &str, span: &Range<usize>) {
        if let Some((setting, _)) = self.site {
            self.written.raw = true;
            if setting.site.practice.value.raw_html == RawHtml::Sanitise {
                let allowed: Vec<&str> = setting.site.practice.value.allow_hosts.iter().map(|host| &**host).collect();
                let dropped = raw::dropped(html, span.start, &allowed);
                self.written.findings.extend(dropped);
                let was_within = self.raw_depth <= limits::HTML_DEPTH;
                self.raw_depth = raw::depth_after(html, self.raw_depth);
                if self.raw_depth > limits::HTML_DEPTH {
                    if was_within {
                        let message = format!("more than {} HTML elements are open here", limits::HTML_DEPTH);
                        let help = Some("close each one where it ends: `<b>words</b>`".to_string());
                        self.find(Finding {
                            help,
                            ..Finding::new(&codes::TOO_NESTED, message, span.start..span.start + 1)
                        });
                    }
                    let _ = escape_html(&mut self.out, html);
                    return;
                }
            }
        }
        self.out.push_str(html);
    }

    fn is_task_list(&self) -> bool {
        matches!(self.events.get(self.at + 1), Some((Event::TaskListMarker(_), _)))
            || (matches!(self.events.get(self.at + 1), Some((Event::Start(Tag::Paragraph), _)))
                && matches!(self.events.get(self.at + 2), Some((Event::TaskListMarker(_), _))))
    }

    fn task(&mut self, done: bool) {
        let label = self.site.map(|(setting, _)| setting.words.word(if done { "task.done" } else { "task.open" }));
        self.out.push_str("<input type=\"checkbox\" disabled");
        if done {
            self.out.push_str(" checked");
        }
        if let Some(label) = label {
            self.out.push_str(" aria-label=\"");
            let _ = escape_html(&mut self.out, &label);
            self.out.push('"');
        }
        self.out.push_str("> ");
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
