//! Directives: blocks that begin with `::: name`.
//!
//! Owns finding their lines and masking them before the markdown parser sees the text. A masked line
//! becomes an HTML processing instruction of the same length (`<?   ?>`), which CommonMark ends on its
//! own line, which interrupts paragraphs and closes lists, and which comes back as an event at the same
//! offset. What a directive prints is `render`'s.

use std::borrow::Cow;
use std::ops::Range;

use super::spaced;
use crate::diagnostic::nearest;

/// What a directive is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DirectiveKind {
    /// Text set apart, with a title.
    Callout,
    /// The practice's booking link.
    Booking,
    /// Crisis help.
    Crisis,
    /// The table of fees.
    Fees,
    /// The page's or the site's questions.
    Faq,
    /// What the site loads from elsewhere.
    Hosts,
    /// A film, shown once a visitor asks for it.
    Video,
    /// A recording with its transcript.
    Audio,
    /// A sentence of the text, large beside it.
    PullQuote,
    /// Figures wider than the text.
    Wide,
    /// Figures side by side.
    Gallery,
}

/// The directives by name.
pub const NAMES: &[(&str, DirectiveKind)] = &[
    ("audio", DirectiveKind::Audio),
    ("booking", DirectiveKind::Booking),
    ("callout", DirectiveKind::Callout),
    ("crisis", DirectiveKind::Crisis),
    ("faq", DirectiveKind::Faq),
    ("fees", DirectiveKind::Fees),
    ("gallery", DirectiveKind::Gallery),
    ("hosts", DirectiveKind::Hosts),
    ("pull-quote", DirectiveKind::PullQuote),
    ("video", DirectiveKind::Video),
    ("wide", DirectiveKind::Wide),
];

impl DirectiveKind {
    /// Whether text stands between its two lines.
    pub fn holds_text(self) -> bool {
        use DirectiveKind::{Audio, Callout, Gallery, PullQuote, Wide};
        matches!(self, Callout | Audio | PullQuote | Wide | Gallery)
    }

    /// Whether the first word after its name is the address of something to be played.
    pub fn plays(self) -> bool {
        matches!(self, DirectiveKind::Video | DirectiveKind::Audio)
    }

    /// What it prints, for the reference.
    pub fn about(self) -> &'static str {
        match self {
            DirectiveKind::Audio => {
                "a recording: its address or file, then its title; the text down to the next `:::` is its transcript"
            }
            DirectiveKind::Booking => "the practice's booking link",
            DirectiveKind::Callout => {
                "a box around the text down to the next `:::`; words after the name are its title"
            }
            DirectiveKind::Crisis => "the crisis lines of the practice's countries",
            DirectiveKind::Faq => "the page's questions, or those of the FAQ page",
            DirectiveKind::Fees => "the table of fees",
            DirectiveKind::Gallery => "the pictures down to the next `:::`, side by side",
            DirectiveKind::Hosts => "the other companies that the site uses, and when; for the privacy page",
            DirectiveKind::PullQuote => {
                "a sentence from the text, repeated in large type; if it's somebody else's, \
                 write who said it after the block's name"
            }
            DirectiveKind::Wide => "the pictures or the table down to the next `:::`, wider than the text",
            DirectiveKind::Video => {
                "a video that plays when a visitor asks for it: its address or file, then its title"
            }
        }
    }

    /// Its name after the colons.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// A directive's line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Where the line stands, without its end.
    pub span: Range<usize>,
    /// What it does.
    pub role: Role,
}

impl Line {
    /// Where what it plays lies, as written, if it plays something.
    pub fn played(&self) -> Option<&str> {
        match &self.role {
            Role::Open(kind, words) | Role::Leaf(kind, words) if kind.plays() => {
                Some(words.split_whitespace().next().unwrap_or_default())
            }
            _ => None,
        }
    }
}

/// What a directive's line does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Role {
    /// Begins a block that holds text; with the words after its name.
    Open(DirectiveKind, String),
    /// Prints something by itself.
    Leaf(DirectiveKind, String),
    /// Ends the innermost block.
    Close,
    /// Nothing: the line belongs to a leaf, or is a fault that has its own finding.
    Nothing,
}

/// A fault in the directives of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// An unknown name, and the known one nearest to it.
    Unknown(Range<usize>, String, Option<&'static str>),
    /// A block without an end.
    NotClosed(Range<usize>, String),
    /// An end without a block.
    NotOpened(Range<usize>),
}

/// A text whose directive lines, and spaces in addresses, are masked.
#[derive(Clone, Debug)]
pub struct Masked<'a> {
    /// The text for the markdown parser, every offset as in the original.
    pub text: Cow<'a, str>,
    /// The directives' lines, in order.
    pub lines: Vec<Line>,
    /// What is wrong with them.
    pub faults: Vec<Fault>,
}

/// Finds and masks the directive lines of a text: lines that begin with three colons at their very
/// start, outside fenced code. The spaces of addresses are masked too.
pub fn mask(text: &str) -> Masked<'_> {
    let mut masked = Masked { text: Cow::Borrowed(text), lines: Vec::new(), faults: Vec::new() };
    if memchr::memmem::find(text.as_bytes(), b":::").is_some() {
        mask_lines(text, &mut masked);
    }
    masked.text = spaced::mask(masked.text);
    masked
}

fn mask_lines<'a>(text: &'a str, masked: &mut Masked<'a>) {
    let mut open: Vec<(Range<usize>, DirectiveKind)> = Vec::new();
    let mut fence: Option<(u8, usize)> = None;
    let mut after_leaf = false;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let span = at..at + line.len();
        at += whole.len();
        fence = fence_after(line, fence);
        if fence.is_some() || !line.starts_with(":::") {
            after_leaf &= line.trim().is_empty();
            continue;
        }
        let words = line.trim_start_matches(':').trim();
        let role = if words.is_empty() {
            if std::mem::take(&mut after_leaf) {
                Role::Nothing
            } else if open.pop().is_some() {
                Role::Close
            } else {
                masked.faults.push(Fault::NotOpened(span.clone()));
                Role::Nothing
            }
        } else {
            let (name, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
            match NAMES.iter().find(|(known, _)| *known == name) {
                Some((_, kind)) if kind.holds_text() => {
                    after_leaf = false;
                    open.push((span.clone(), *kind));
                    Role::Open(*kind, rest.trim().to_string())
                }
                Some((_, kind)) => {
                    after_leaf = true;
                    Role::Leaf(*kind, rest.trim().to_string())
                }
                None => {
                    let near = nearest(name, NAMES.iter().map(|(known, _)| *known));
                    masked.faults.push(Fault::Unknown(span.clone(), name.to_string(), near));
                    after_leaf = true;
                    Role::Nothing
                }
            }
        };
        masked.lines.push(Line { span, role });
    }
    masked.faults.extend(open.into_iter().map(|(span, kind)| Fault::NotClosed(span, kind.name().to_string())));
    if !masked.lines.is_empty() {
        masked.text = Cow::Owned(replace(text, &masked.lines));
    }
}

fn replace(text: &str, lines: &[Line]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Line { span, .. } in lines {
        out.push_str(&text[at..span.start]);
        // `<?>` is the shortest processing instruction; three colons are the shortest directive.
        out.push_str("<?");
        out.extend(std::iter::repeat_n(' ', span.len().saturating_sub(if span.len() == 3 { 3 } else { 4 })));
        out.push_str(if span.len() == 3 { ">" } else { "?>" });
        at = span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Follows fenced code: the fence that is open after `line`, given the one before it.
fn fence_after(line: &str, open: Option<(u8, usize)>) -> Option<(u8, usize)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = &line.as_bytes()[indent..];
    let Some(&mark @ (b'`' | b'~')) = rest.first() else { return open };
    let run = rest.iter().take_while(|&&b| b == mark).count();
    match open {
        _ if indent > 3 || run < 3 => open,
        None if mark == b'`' && rest[run..].contains(&b'`') => None,
        None => Some((mark, run)),
        Some((opened, length))
            if opened == mark && run >= length && rest[run..].iter().all(u8::is_ascii_whitespace) =>
        {
            None
        }
        Some(_) => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    #[test]
    fn the_finding_for_an_unknown_block_names_all_blocks() {
        for (name, _) in NAMES {
            assert!(codes::UNKNOWN_DIRECTIVE.mend.split([' ', ',', '.']).any(|word| word == *name), "{name}");
        }
    }

    #[test]
    fn offsets_and_lengths_are_kept() {
        let text = "One.\n::: callout A title\nTwo.\n:::\n\n::: booking\n:::\n";
        let masked = mask(text);
        assert_eq!(masked.text.len(), text.len());
        assert_eq!(masked.text.as_ref(), "One.\n<?               ?>\nTwo.\n<?>\n\n<?       ?>\n<?>\n");
        let roles: Vec<_> = masked.lines.iter().map(|line| line.role.clone()).collect();
        assert_eq!(
            roles,
            [
                Role::Open(DirectiveKind::Callout, "A title".into()),
                Role::Close,
                Role::Leaf(DirectiveKind::Booking, String::new()),
                Role::Nothing,
            ]
        );
    }

    #[test]
    fn faults_are_told_apart() {
        let faults = mask("::: calout\n:::\n\ntext\n\n:::\n\n::: callout\n").faults;
        assert!(matches!(&faults[0], Fault::Unknown(_, name, Some("callout")) if name == "calout"));
        assert!(matches!(faults[1], Fault::NotOpened(_)));
        assert!(matches!(faults[2], Fault::NotClosed(..)));
    }

    #[test]
    fn code_keeps_its_colons() {
        let text = "```\n::: callout\n```\n~~~~\n:::\n~~~\n:::\n~~~~\n";
        assert_eq!(mask(text).text, text);
    }
}
