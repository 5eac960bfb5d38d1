//! The kinds of finding: what each means, why it matters and how to mend it.
//!
//! Owns the table behind `anteroom explain`. One row per code; the stages name rows, never texts.

use super::Severity;

/// A kind of finding.
#[derive(PartialEq, Eq, Debug)]
pub struct Code {
    /// What is printed in brackets and asked of `anteroom explain`.
    pub name: &'static str,
    /// How much it weighs unless a rule says otherwise.
    pub severity: Severity,
    /// Whether it is time alone that brings it to a site that nobody changed. Such a finding stops no build unless that is
    /// asked for: a site that is built daily would stand still from the day on.
    pub by_time: bool,
    /// What it means and why it matters.
    pub meaning: &'static str,
    /// What to do.
    pub mend: &'static str,
}

macro_rules! codes {
    ($($ident:ident $severity:ident $(by $time:ident)? $name:literal $meaning:literal $mend:literal;)*) => {
        $(#[doc = $meaning] pub static $ident: Code = Code {
            name: $name, severity: Severity::$severity, by_time: !<[&str]>::is_empty(&[$(stringify!($time))?]),
            meaning: $meaning, mend: $mend,
        };)*
        /// Every code, in the order of the table.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    // Files
    FILE_UNREADABLE Error "file-unreadable"
        "A file or folder of the site could not be read."
        "Check that it exists and that you may open it, then build again.";
    BAD_LINK_ON_DISK Error "bad-symlink"
        "A symbolic link points outside the site, in a circle or to nothing. Anteroom only reads files in the site's folder."
        "Replace the link with a copy of what it points to, or remove it.";
    BAD_FILE_NAME Error "bad-file-name"
        "This file name has characters that can't be used in a web address."
        "Rename the file with plain letters, digits and hyphens.";
    FILE_TOO_LARGE Error "file-too-large"
        "This text file is larger than 16 MiB. No page is that long. Usually something else was pasted into it."
        "Split the text into several pages, or move anything that isn't text to content/files/.";
    NOT_UTF8 Error "not-utf8"
        "This file isn't saved as UTF-8, so letters such as é or ü can't be read."
        "Open the file in your editor and save it as UTF-8.";
    NUL_CHARACTER Error "nul-character"
        "This file has a NUL character in it. Text never does. The file is probably damaged, or it isn't a text file."
        "Open the file in your editor, remove the character and save it as UTF-8.";
    LINE_TOO_LONG Error "line-too-long"
        "One line is longer than 100,000 characters. Usually something other than text was pasted there."
        "Break up the line, or move anything that isn't text to content/files/.";
    BYTE_ORDER_MARK Note "byte-order-mark"
        "This file starts with an invisible byte order mark. Some Windows editors add one. Anteroom skips it."
        "You don't need to do anything. Saving as plain UTF-8 removes it.";
    ODD_SPACE Error "odd-space"
        "There's an invisible or space-like character in the file's facts, where only a plain space works. It usually comes from text pasted from a web page or a word processor. It makes a name or a value different from what you see."
        "Replace the line with the one in the message, or type it again with plain spaces.";
    WINDOWS_LINE_ENDS Note "windows-line-ends"
        "This file has Windows line endings (CR LF). Anteroom reads them fine."
        "You don't need to do anything.";
    ADDRESS_GONE Warning "address-gone"
        "A page that was published is gone. Anyone with the old link, and every search result for it, now gets the not-found page."
        "Add its old and new address to content/redirects.yaml, or add the old one to the new page's `aliases`. If the page is gone for good, redirect to another helpful page.";
    UNREACHABLE_PAGE Warning "unreachable-page"
        "This page is published, but no menu, list or other page links to it. Visitors won't find it."
        "Link to it from another page, or add it to `navigation` in practice.yaml. If only people with the link should see it, add `noindex: true` to its front matter.";
    NOT_A_PAGE Warning "not-a-page"
        "There's a file among the pages that isn't a page. Only files whose names end in `.md` become pages, so it isn't published."
        "Save it as plain text with a name that ends in `.md`. If visitors should download it, put it in content/files/. If it's private, move it out of content/.";
    UNREAD_FILE Warning "unread-file"
        "There's a file of facts (.yaml, .yml or .bib) in content/ that Anteroom doesn't use. Nothing in it appears on the site."
        "Files of facts are content/practice.yaml, content/redirects.yaml, and content/references.yaml or content/references.bib. Rename it, or move it out of content/.";
    MISNAMED_FOLDER Warning "misnamed-folder"
        "A folder in content/ has almost the same name as one that Anteroom knows. Its pages are treated as ordinary pages."
        "Rename it: people are in content/practitioners/, services in content/services/, articles in content/resources/. If the name is right, acknowledge the finding in practice.yaml.";
    MISSING_PRACTICE Error "missing-practice"
        "Every site needs content/practice.yaml. It says who the practice is."
        "Write content/practice.yaml with name, description, language, kind, jurisdictions, base_url and an email or phone.";

    // Front matter and YAML
    MISSING_FRONT_MATTER Error "missing-front-matter"
        "Every page starts with a block between two `---` lines that gives its title and other facts. This file doesn't have one."
        "Start the file with a line `---`, then `title: …`, then a line `---`.";
    FRONT_MATTER_OPEN Error "front-matter-not-closed"
        "The block of facts at the top of the file starts with `---`, but there's no second `---` line to end it."
        "Add a line with `---` after the last fact.";
    FRONT_MATTER_TOO_LARGE Error "front-matter-too-large"
        "The block of facts at the top of the file is larger than 64 kB."
        "Move long text below the block.";
    YAML_SYNTAX Error "yaml-syntax"
        "The facts aren't valid YAML (`name: value`). Usually text with a colon or a quotation mark needs quotes around it, or a line is indented differently from the others."
        "Check the marked place and the line above it. Put single quotes around text with `: `, `#` or quotation marks.";
    DUPLICATE_KEY Error "duplicate-field"
        "The same field is there twice. Only one can count."
        "Remove one of the two.";
    UNKNOWN_FIELD Error "unknown-field"
        "Anteroom doesn't know this field. A misspelled field would do nothing, so this stops the build."
        "Check the spelling, or remove the field. docs/content-reference.md lists the fields for every kind of page.";
    MISSING_FIELD Error "missing-field"
        "This kind of page needs a field that's missing."
        "Add the field.";
    WRONG_TYPE Error "wrong-type"
        "This value is the wrong kind for its field: text instead of a list, a number instead of a date, and so on."
        "Write the value as the message says.";
    INVALID_VALUE Error "invalid-value"
        "This value can't be used here."
        "Write the value as the message says.";

    // References between files
    UNKNOWN_PRACTITIONER Error "unknown-practitioner"
        "A page names a practitioner, but there's no such file in content/practitioners/."
        "Write the file's name in content/practitioners/, without `.md`.";
    UNKNOWN_LOCATION Warning "unknown-location"
        "Someone works at a location that isn't in practice.yaml."
        "Write the label exactly as it is under `locations` in practice.yaml.";
    UNKNOWN_INSURER Warning "unknown-insurer"
        "Somebody is said to be in the network of an insurer that practice.yaml doesn't name."
        "Write the insurer's name as it stands in practice.yaml under `insurance`, or add it there with `in_network: true`.";
    NO_FORMATS Warning "no-formats"
        "This service doesn't say how its sessions are held. That's one of the first things people want to know."
        "List it in the service's file: `formats: [in-person, video]`. The words are in-person, video, phone, walk, home and text.";
    UNKNOWN_RESOURCE Error "unknown-resource"
        "A page names an article that isn't in content/resources/."
        "Write the name of the article's file or folder in content/resources/, without `.md`.";
    TOPIC_WITHOUT_ARTICLES Warning "topic-without-articles"
        "A file in content/resources/topics/ introduces a topic that no article has, so it isn't published."
        "Name the file as the topic's page is called: in small letters, with hyphens. Or give an article the topic.";
    FUTURE_DATE Warning "future-date"
        "A day that should be past is yet to come: an article's `date`, or the day on which something was last confirmed or read again. Visitors would read it as a mistake, and a fact with such a day is never found to be old."
        "Write the day as it was. An article that is to appear later has `publish_at`, with the same day as its `date`.";
    DATES_REVERSED Warning "dates-reversed"
        "Something ends before it starts, so it's never shown."
        "Correct one of the two days.";
    UNKNOWN_REFERENCE Error "unknown-reference"
        "A text cites a work that neither content/references.yaml nor content/references.bib lists."
        "Correct the key after `@`, or add the work to the list. Where no work is meant, write `\\@`.";
    BROKEN_REFERENCE_ENTRY Error "broken-reference-entry"
        "An entry of content/references.yaml or content/references.bib can't be read."
        "Compare the entry with the examples in docs/authors.md: type, title, author and date.";
    DUPLICATE_REFERENCE Error "duplicate-reference"
        "Two works have the same key, so a citation could mean either one."
        "Keep one of the entries, or give one another key and cite it by that.";
    UNUSED_REFERENCE Note "unused-reference"
        "No text cites this work. Lists at the end of articles show only works that the article cites."
        "You don't need to do anything. Remove the entry if you no longer need it.";
    UNKNOWN_FIGURE Error "unknown-figure"
        "A text refers to a figure by `@fig:` that it doesn't hold, or whose picture has no caption."
        "Write the picture's file name without its ending behind `@fig:`, and a caption behind the picture's address.";
    UNKNOWN_PICTURE Error "unknown-picture"
        "A page names a picture that doesn't exist."
        "Check the file's name and folder. Pictures go next to their page or in content/images/.";
    BROKEN_PICTURE Error "broken-picture"
        "A file has a picture's name and can't be shown: it's damaged, it's something else than its name says, or it's larger than can be opened."
        "Export the picture again as JPEG, PNG, WebP or SVG.";
    UNSUPPORTED_PICTURE Error "unsupported-picture"
        "Pictures of this kind can't be opened by Anteroom, or not by all browsers."
        "Export the picture as JPEG, PNG, WebP or SVG. A file that is only to be downloaded belongs into content/files/.";
    PICTURE_CUT Warning "picture-cut"
        "A part of a picture is left out of what is published: a program in a drawing, because it could run in a visitor's browser, or all frames but the first of a moving PNG or WebP."
        "Export the drawing without scripts; show what moves as a film with `::: video`, or as a GIF.";
    PICTURE_MOVES Warning "picture-moves"
        "A picture moves by itself. What moves for longer than five seconds beside a text must be stoppable (WCAG 2.2, success criterion 2.2.2), and a picture is not; it also draws the eye of someone who wants to read."
        "Show it as a film with `::: video`, or acknowledge it with the reason, such as a breathing exercise that stands alone.";
    CARD_NOT_SET Note "card-not-set"
        "Social cards are asked for, and their font (Libertinus Serif: Latin, Greek and Cyrillic letters) lacks letters that the practice's name or tagline needs. No cards are made."
        "Give pages an `image` of their own, which is shown instead, or remove `social_cards`.";
    PICTURE_TELLS_PLACE Warning "picture-tells-place"
        "A photograph in content/static/ or content/files/ says where it was taken, and files there are published as they are. It may tell a home address."
        "Move it to content/images/, where everything but the picture itself is left out, or remove the place with a picture editor.";
    BROKEN_LINK Error "broken-link"
        "This link goes to a page or file that doesn't exist on this site."
        "Fix the address, or remove the link. You can link to the file, such as `services/grief.md`.";
    SPACE_IN_ADDRESS Note "space-in-address"
        "The address of a link or a picture holds a space. Other programs that read markdown take such brackets for plain text; Anteroom reads them as they were meant."
        "You don't need to do anything. To be read everywhere, put the address between `<` and `>`, or rename the file with hyphens.";
    ENDED_TARGET Warning by time "ended-target"
        "This link goes to an article that has expired. The words stay on the page, but they're no longer a link."
        "Remove the link, or link to another page. Or remove `expires_at` from the article.";
    BROKEN_ANCHOR Error "broken-anchor"
        "This link goes to a heading that isn't on the page."
        "Correct the part after `#`: it's the heading in lower case with hyphens, or the name given in `{#name}`.";
    UNDEFINED_REFERENCE_LINK Warning "undefined-link"
        "A link in the form `[text][name]` has no line `[name]: address` in the same file, so it's printed as it stands."
        "Add the line, or write the address in round brackets: `[text](address)`.";
    UNSAFE_LINK Error "unsafe-link"
        "This link doesn't start with http, https, mailto or tel. Links like this can run programs in a visitor's browser."
        "Link to a page, a file, an email address or a telephone number.";

    // The site as a whole
    DUPLICATE_ADDRESS Error "duplicate-address"
        "Two files would have the same web address, so one would overwrite the other. Names that differ only in capital letters count as the same, as they do on many hosts."
        "Rename one of the files, or give one of them a `slug` of its own.";
    RESERVED_NAME Error "reserved-name"
        "A file in content/static/ has a name that Anteroom keeps for itself in the output folder, or that of a repository."
        "Give the file another name, or move it out of content/.";
    BAD_SLUG Error "bad-slug"
        "A slug is the last part of a page's address: small letters, digits and hyphens."
        "For example: `slug: grief-and-loss`.";
    REDIRECT_CONFLICT Error "redirect-conflict"
        "A redirect starts at an address that a page of the site has, or leads in a circle."
        "Remove the redirect or give it another old address.";
    REDIRECT_NEEDS_HOST Note "redirect-needs-host"
        "A redirect from many addresses at once, or from what stands behind a path (`/?p=12`), is made by the host. No file can do it, so hosts without redirects show another page."
        "Nothing, if your host reads `_redirects`. Otherwise write each old address on a line of its own, as far as that is possible.";
    HOST_FILE Warning "host-file"
        "A line of your own `_headers` or `_redirects` in content/static/ says something else than the site does, or is no rule that hosts understand. Your lines come first."
        "Remove the line if the site's own rule is what you want. A rule of `_redirects` is `/old/ /new/ 301`; a header stands indented below the path that it is for.";
    BAD_REDIRECT Error "bad-redirect"
        "A redirect's old address must be a path of this site, its new address a path or a whole web address."
        "Write `/old/page/: /new/page/`.";
    NAVIGATION_TARGET Error "unknown-navigation-target"
        "A menu entry goes to a page that doesn't exist."
        "Name a file such as `about.md`, a folder such as `services/`, or a whole web address.";

    PREFERRED_CONTACT Warning "preferred-contact"
        "`preferred_contact` names a way in which nobody can reach the practice, since practice.yaml doesn't give it."
        "Add the number, address, form or booking, or name another way.";
    BOOKING_NOT_FRAMED Warning "booking-not-framed"
        "A calendar is to be shown inside a page, and its provider forbids that. Its link is shown alone."
        "Write `mode: link`.";

    // Text
    PRICE_CONTRADICTS Warning "price-contradicts"
        "A price says two things at once, such as `free` with an amount or `from` above `to`, or it says nothing. Visitors read one of them, perhaps not the one that was meant."
        "Leave the one that is meant: `amount`, or `from` and `to`, or `free: true`.";
    LANGUAGE_UNNAMED Warning "language-unnamed"
        "A person's file names a language by a tag for which neither the program nor the theme has a name. Visitors are shown names, never tags."
        "Check the tag (`ar`, not `arabic`), or write its name in your theme's locale file: `languages: { tag: Name }`.";
    MISSING_ALT Error "missing-alt"
        "This picture has no alt text. Visitors who can't see it won't know what it shows."
        "Say in a short sentence what the picture shows: `![Two people on a forest path](path.jpg)`.";
    EMPTY_LINK Error "empty-link"
        "This link has no text, so nobody can tell where it goes."
        "Write text between the square brackets.";
    HTML_DROPPED Warning "html-dropped"
        "A piece of HTML in the text isn't allowed and was left out: it could run a program in a visitor's browser, load something from elsewhere or break the page."
        "Say it in markdown or with a directive (`::: callout`). A practice that needs its own HTML can set `raw_html: allow` in practice.yaml.";
    UNKNOWN_DIRECTIVE Error "unknown-directive"
        "Anteroom doesn't know this `:::` block."
        "The directives are callout, booking, crisis, fees, faq, hosts and video.";
    DIRECTIVE_OPEN Error "directive-not-closed"
        "This `:::` block has no closing `:::` line."
        "Add a line `:::` after the block.";
    DIRECTIVE_CLOSE Error "directive-not-opened"
        "A line of three colons ends a block that no line above has begun."
        "Remove the line, or begin the block with `::: callout`.";
    DUPLICATE_ID Error "duplicate-heading-id"
        "Two headings of a page were given the same name in `{#name}`, so that links could reach only one."
        "Give each its own name.";
    TOO_NESTED Warning "deep-nesting"
        "Lists or quotations are nested more than 12 deep. It is mostly a slip in the indentation, and no screen has room for it."
        "Bring the text further to the left.";
    UNDEFINED_FOOTNOTE Warning "undefined-footnote"
        "The text refers to a footnote that isn't in the file."
        "Add a line such as `[^1]: the note` to the file.";
    DUPLICATE_FOOTNOTE Warning "duplicate-footnote"
        "Two footnotes have the same name. Only the first is printed."
        "Give one of them a name of its own, and write that name where the note belongs.";
    UNUSED_FOOTNOTE Warning "unused-footnote"
        "Nothing refers to this footnote, so it isn't printed."
        "Write its name, such as `[^1]`, where it belongs, or remove it.";

    // Themes
    UNKNOWN_THEME Error "unknown-theme"
        "No theme has this name, neither in the site's themes/ folder nor inside Anteroom."
        "Check the spelling of `theme: { name: … }` in practice.yaml.";
    THEME_FILE Error "theme-file"
        "A theme's theme.yaml or one of its locale files can't be used."
        "Compare the file with the built-in theme's, which docs/authors.md describes.";
    THEME_CYCLE Error "theme-cycle"
        "A theme extends itself, directly or through others."
        "Change `extends` in one of the themes.";
    TEMPLATE_FAULT Error "template-fault"
        "A theme's template has a fault, so that its pages can't be made."
        "Fix the template at the marked place; a designer's file, not an author's.";
    STYLE_FAULT Error "style-fault"
        "A theme's style sheet has a fault that the CSS parser names."
        "Fix the style sheet at the marked place.";
    FONT_FAULT Error "font-fault"
        "A font file of a theme can't be used: it's no font, it's damaged, or its maker doesn't let it be put on a website."
        "Put the font's file (.ttf, .otf, .woff or .woff2) into the theme's assets/fonts/ again, or one that may be used on websites.";
    FONT_UNUSED Note "font-unused"
        "A font file of a theme belongs to a family that no font setting and no style sheet names, so it isn't published."
        "Name the family in a font setting, such as `font_body: Alegreya, serif`, or remove the file.";
    FONT_LACKS_LETTERS Note "font-lacks-letters"
        "A font of the site's own hasn't all letters that the site prints, so words that hold one look different."
        "Take a font that has them, or add a file of the same family that does.";
    UNKNOWN_SETTING Error "unknown-setting"
        "The theme has no setting with this name."
        "Correct the spelling, or remove the setting from practice.yaml.";
    INVALID_SETTING Error "invalid-setting"
        "A theme setting's value isn't of the kind that the setting takes."
        "Write a value as the message says.";
    MISSING_WORD Note "missing-word"
        "A word that the theme prints isn't given in the site's language, so that it's printed in English."
        "Add the word to the locale file named in the message, in the site's themes/ folder.";
    LOW_CONTRAST Warning "low-contrast"
        "A colour of the theme, as text on another, is harder to read than the Web Content Accessibility Guidelines allow (WCAG 2.2, 1.4.3: 4.5 to 1). Visitors with tired or ageing eyes, or in the sun, lose the text."
        "Take the shade that the message names, which is the nearest one that can be read, or change the other colour.";

    // Places
    AMBIGUOUS_PLACE Warning "ambiguous-place"
        "Two letters mean a country here, and they are also those of a state of the United States: `CA` is Canada, and California is `US-CA`. Which rules and crisis numbers hold depends on it, and nothing else in practice.yaml says which country is meant."
        "Write `US-` before the letters where the state is meant. Where the country is meant, let an address, the currency or the telephone number say so, or name a part of it, such as `CA-ON`.";

    // Answers
    UNKNOWN_CODE Error "unknown-code"
        "An answer under `acknowledge` names a kind of finding that doesn't exist, so that it answers nothing."
        "Correct the spelling; `anteroom explain` lists all kinds.";
    NOT_ANSWERABLE Error "not-answerable"
        "An answer under `acknowledge` names a fault that keeps a page from being made or from working. Such a fault can only be fixed."
        "Remove the answer and fix the fault.";
    ANSWER_UNUSED Warning "answer-unused"
        "This entry under `acknowledge` no longer matches a finding. It may hide the next one of its kind."
        "Remove it, or correct its `path` or `value`.";
    ANSWER_TOO_WIDE Warning "answer-too-wide"
        "An answer under `acknowledge` names no `path` and no `value`, or a path that is the whole site. It would silence its kind of finding everywhere and for ever, what nobody has seen yet included. It holds until it is narrowed, so that no site stands still."
        "Name the file or folder (`path`), or the words that the finding shows (`value`), or both; the message writes the entry out.";

    // Publishing
    FOREIGN_OUTPUT Error "foreign-output"
        "The output folder has files in it that Anteroom didn't write. Anteroom never touches files it didn't write."
        "Choose another folder with `--output`, or empty this one yourself.";
}

/// The code of this name.
pub fn find(name: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_texts_whole() {
        let mut names: Vec<_> = ALL.iter().map(|code| code.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        for code in ALL {
            assert!(code.meaning.ends_with('.') && code.mend.ends_with('.'), "{}", code.name);
        }
        assert_eq!(find("broken-link"), Some(&BROKEN_LINK));
    }
}
