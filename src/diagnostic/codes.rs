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
        "A symbolic link leads out of the site, in a circle or nowhere. Anteroom reads nothing outside the site's folder."
        "Replace the link by a copy of what it points to, or remove it.";
    BAD_FILE_NAME Error "bad-file-name"
        "A file's name holds characters that cannot stand in a web address."
        "Rename the file with plain letters, digits and hyphens.";
    FILE_TOO_LARGE Error "file-too-large"
        "A text file is larger than 16 MiB. No page that a person reads is so long; mostly something else was pasted into it."
        "Split the text into several pages, or move what is not text into content/files/.";
    NOT_UTF8 Error "not-utf8"
        "The file is not saved as UTF-8, so that letters such as é or ü cannot be told apart."
        "Open the file in your editor and save it with the encoding UTF-8.";
    NUL_CHARACTER Error "nul-character"
        "The file holds a NUL character, which no text contains. It is mostly a sign of a file that was damaged or is not a text."
        "Open the file in your editor, remove the character and save it as UTF-8.";
    LINE_TOO_LONG Error "line-too-long"
        "A single line is longer than 100,000 characters. Mostly something else than prose was pasted there."
        "Break the line, or move what is not prose into content/files/.";
    BYTE_ORDER_MARK Note "byte-order-mark"
        "The file begins with an invisible byte order mark, as some Windows editors write it. Anteroom skips it."
        "Nothing has to be done; saving as plain UTF-8 removes it.";
    ODD_SPACE Error "odd-space"
        "A character that looks like a space, or like nothing at all, stands among the facts of a file where only a plain space can stand: mostly a text from a web page or a word processor brought it along. Because of it a name or a value is not what it seems."
        "Replace the line by the one that the message writes out. Typed anew it holds plain spaces.";
    WINDOWS_LINE_ENDS Note "windows-line-ends"
        "The file's lines end as on Windows (CR LF). Anteroom reads them like any others."
        "Nothing has to be done.";
    ADDRESS_GONE Warning "address-gone"
        "A page that was published has no address any more. Whoever kept its link, and every search result that shows it, gets the page for wrong addresses."
        "Add its old address and its new one to content/redirects.yaml, or write the old one among the new page's `aliases`. If the page is gone for good, lead to one that helps instead.";
    UNREACHABLE_PAGE Warning "unreachable-page"
        "A page is published, but no menu, no list and no other page leads to it, so visitors will not find it."
        "Link to it from a page that visitors read, or add it to `navigation` in practice.yaml. If only people who are given its address should see it, write `noindex: true` in its front matter.";
    NOT_A_PAGE Warning "not-a-page"
        "A text file, a letter or a page of another program lies among the pages. Only files whose names end in `.md` become pages, so it is not published."
        "Save it as plain text under a name that ends in `.md`. If visitors should download it, put it into content/files/. If it is private, move it out of content/.";
    UNREAD_FILE Warning "unread-file"
        "A file of facts (.yaml, .yml or .bib) lies in content/ under a name that no part of the site is made from. What it says appears nowhere."
        "Files of facts are content/practice.yaml, content/redirects.yaml, and content/references.yaml or content/references.bib. Rename it, or move it out of content/.";
    MISNAMED_FOLDER Warning "misnamed-folder"
        "A folder in content/ is called nearly, but not quite, like one that has a meaning, so its pages are taken for ordinary ones."
        "Rename it: people are in content/practitioners/, services in content/services/, articles in content/resources/. Where the name is meant, answer the finding in practice.yaml under `acknowledge`.";
    MISSING_PRACTICE Error "missing-practice"
        "A site needs content/practice.yaml: the one file that says who the practice is."
        "Write content/practice.yaml with name, description, language, kind, jurisdictions, base_url and an email or phone.";

    // Front matter and YAML
    MISSING_FRONT_MATTER Error "missing-front-matter"
        "A page begins with a block between two lines of three hyphens that names its title and other facts. This file has none."
        "Begin the file with a line `---`, then `title: …`, then a line `---`.";
    FRONT_MATTER_OPEN Error "front-matter-not-closed"
        "The block of facts at the top of the file begins with `---` but no second `---` line ends it."
        "Put a line with three hyphens after the last fact.";
    FRONT_MATTER_TOO_LARGE Error "front-matter-too-large"
        "The block of facts at the top of the file is larger than 64 kB."
        "Move long texts below the block; facts are short.";
    YAML_SYNTAX Error "yaml-syntax"
        "The facts are not valid YAML, the notation `name: value`. Most often a text with a colon or a quotation mark needs quotes around it, or a line is indented differently from its neighbours."
        "Look at the marked place and the line above it. Put texts with `: `, `#` or quotation marks between single quotes.";
    DUPLICATE_KEY Error "duplicate-field"
        "The same field stands twice in one block; only one of them could count."
        "Remove one of the two.";
    UNKNOWN_FIELD Error "unknown-field"
        "A field's name is not one that Anteroom knows. A misspelt name would silently do nothing, so it stops the build."
        "Correct the spelling, or remove the field. The fields of every kind of page are listed in docs/content-reference.md.";
    MISSING_FIELD Error "missing-field"
        "A fact that this kind of page cannot do without is not given."
        "Add the field.";
    WRONG_TYPE Error "wrong-type"
        "A field's value is of another kind than the field takes: a text where a list is wanted, a number where a date is wanted, and so on."
        "Write the value as the message says.";
    INVALID_VALUE Error "invalid-value"
        "A field's value is of the right kind but not one that can be used."
        "Write the value as the message says.";

    // References between files
    UNKNOWN_PRACTITIONER Error "unknown-practitioner"
        "A page names a practitioner by a file name that content/practitioners/ does not hold."
        "Write the file's name without `.md`, as it stands in content/practitioners/.";
    UNKNOWN_LOCATION Warning "unknown-location"
        "Somebody is said to work at a location whose label practice.yaml doesn't hold."
        "Write the label as it stands in practice.yaml under `locations`.";
    UNKNOWN_INSURER Warning "unknown-insurer"
        "Somebody is said to be in the network of an insurer that practice.yaml doesn't name."
        "Write the insurer's name as it stands in practice.yaml under `insurance`, or add it there with `in_network: true`.";
    NO_FORMATS Warning "no-formats"
        "A service does not say how its sessions take place, which is among the first things that somebody wants to know."
        "List it in the service's file: `formats: [in-person, video]`. The words are in-person, video, phone, walk, home and text.";
    UNKNOWN_RESOURCE Error "unknown-resource"
        "A page names an article that content/resources/ does not hold."
        "Write the article's file or folder name without `.md`, as it stands in content/resources/.";
    TOPIC_WITHOUT_ARTICLES Warning "topic-without-articles"
        "A file in content/resources/topics/ introduces a topic that no article has, so it is not published."
        "Name the file as the topic's page is called: in small letters, with hyphens. Or give an article the topic.";
    FUTURE_DATE Warning "future-date"
        "A day that should be past is yet to come: an article's `date`, or the day on which something was last confirmed or read again. Visitors would read it as a mistake, and a fact with such a day is never found to be old."
        "Write the day as it was. An article that is to appear later has `publish_at`, with the same day as its `date`.";
    DATES_REVERSED Warning "dates-reversed"
        "Something ends before it begins, so that it is never shown."
        "Correct one of the two days.";
    UNKNOWN_REFERENCE Error "unknown-reference"
        "A text cites a work that neither content/references.yaml nor content/references.bib lists."
        "Correct the key after `@`, or add the work to the list. Where no work is meant, write `\\@`.";
    BROKEN_REFERENCE_ENTRY Error "broken-reference-entry"
        "An entry of content/references.yaml or content/references.bib cannot be read."
        "Compare the entry with the examples in docs/authors.md: type, title, author and date.";
    DUPLICATE_REFERENCE Error "duplicate-reference"
        "Two works have the same key, so that a citation could mean either."
        "Keep one of the entries, or give one another key and cite it by that.";
    UNUSED_REFERENCE Note "unused-reference"
        "No text cites this work. Lists at the end of articles show only works that the article cites."
        "Nothing has to be done; remove the entry if it is not needed any more.";
    UNKNOWN_FIGURE Error "unknown-figure"
        "A text refers to a figure by `@fig:` that it does not hold, or whose picture has no caption."
        "Write the picture's file name without its ending behind `@fig:`, and a caption behind the picture's address.";
    UNKNOWN_PICTURE Error "unknown-picture"
        "A page names a picture that does not exist."
        "Check the file's name and folder. Pictures lie beside their page or in content/images/.";
    BROKEN_PICTURE Error "broken-picture"
        "A file has a picture's name and cannot be shown: it is damaged, it is something else than its name says, or it is larger than can be opened."
        "Export the picture again as JPEG, PNG, WebP or SVG.";
    UNSUPPORTED_PICTURE Error "unsupported-picture"
        "Pictures of this kind cannot be opened by Anteroom, or not by all browsers."
        "Export the picture as JPEG, PNG, WebP or SVG. A file that is only to be downloaded belongs into content/files/.";
    PICTURE_CUT Warning "picture-cut"
        "A part of a picture is left out of what is published: a program in a drawing, because it could run in a visitor's browser, or all frames but the first of a moving PNG or WebP."
        "Export the drawing without scripts; show what moves as a film with `::: video`, or as a GIF.";
    PICTURE_MOVES Warning "picture-moves"
        "A picture moves by itself. What moves for longer than five seconds beside a text must be stoppable (WCAG 2.2, success criterion 2.2.2), and a picture is not; it also draws the eye of somebody who wants to read."
        "Show it as a film with `::: video`, or acknowledge it with the reason, such as a breathing exercise that stands alone.";
    CARD_NOT_SET Note "card-not-set"
        "Social cards are asked for, and their font (Libertinus Serif: Latin, Greek and Cyrillic letters) lacks letters that the practice's name or tagline needs. No cards are made."
        "Give pages an `image` of their own, which is shown instead, or remove `social_cards`.";
    PICTURE_TELLS_PLACE Warning "picture-tells-place"
        "A photograph in content/static/ or content/files/ says where it was taken, and files there are published as they are. It may tell a home address."
        "Move it to content/images/, where everything but the picture itself is left out, or remove the place with a picture editor.";
    BROKEN_LINK Error "broken-link"
        "A link leads to a page or file of this site that does not exist. A visitor who follows it stands before a closed door."
        "Correct the address, or remove the link. A link may name the file, such as `services/grief.md`.";
    SPACE_IN_ADDRESS Note "space-in-address"
        "The address of a link or a picture holds a space. Other programs that read markdown take such brackets for plain text; Anteroom reads them as they were meant."
        "Nothing has to be done. To be read everywhere, put the address between `<` and `>`, or rename the file with hyphens.";
    ENDED_TARGET Warning by time "ended-target"
        "A link leads to an article whose last day is past. Its words stay on the page; the link itself is taken away."
        "Remove the link, or let it lead to another page. Or take `expires_at` out of the article.";
    BROKEN_ANCHOR Error "broken-anchor"
        "A link leads to a heading that its page does not have."
        "Correct the part after `#`: it is the heading in lower case with hyphens, or the name given in `{#name}`.";
    UNDEFINED_REFERENCE_LINK Warning "undefined-link"
        "A link in the form `[text][name]` has no line `[name]: address` in the same file, so it is printed as it stands."
        "Add the line, or write the address in round brackets: `[text](address)`.";
    UNSAFE_LINK Error "unsafe-link"
        "A link's address starts with something else than http, https, mailto or tel. Such addresses can run programs in a visitor's browser."
        "Link to a page, a file, an email address or a telephone number.";

    // The site as a whole
    DUPLICATE_ADDRESS Error "duplicate-address"
        "Two files would be published at the same address, so one would overwrite the other. Names that differ only in capital letters count as the same, because they are on many hosts."
        "Rename one of the files, or give one of them a `slug` of its own.";
    RESERVED_NAME Error "reserved-name"
        "A file in content/static/ has a name that Anteroom keeps for itself in the output folder, or that of a repository."
        "Give the file another name, or move it out of content/.";
    BAD_SLUG Error "bad-slug"
        "A slug is the last part of a page's address: small letters, digits and hyphens."
        "Write for example `slug: grief-and-loss`.";
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
        "An entry of the navigation leads to a page that does not exist."
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
        "A picture has no text that says what it shows, so a visitor who cannot see it learns nothing."
        "Say in a short sentence what the picture shows: `![Two people on a forest path](path.jpg)`.";
    EMPTY_LINK Error "empty-link"
        "A link has no text, so nobody can see or hear where it leads."
        "Write the text between the square brackets.";
    HTML_DROPPED Warning "html-dropped"
        "A piece of HTML in the text is not allowed and was left out: it could run a program in a visitor's browser, load something from elsewhere or break the page."
        "Say it in markdown or with a directive (`::: callout`). A practice that needs its own HTML can set `raw_html: allow` in practice.yaml.";
    UNKNOWN_DIRECTIVE Error "unknown-directive"
        "A block that begins with `:::` names something that Anteroom does not know."
        "The directives are callout, booking, crisis, fees, faq, hosts and video.";
    DIRECTIVE_OPEN Error "directive-not-closed"
        "A block that begins with `:::` is not ended by a line of three colons."
        "Put a line `:::` after the block.";
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
        "A text refers to a footnote that the file does not hold."
        "Add a line such as `[^1]: the note` to the file.";
    DUPLICATE_FOOTNOTE Warning "duplicate-footnote"
        "A text holds two footnotes of one name. Only the first is printed."
        "Give one of them a name of its own, and write that name where the note belongs.";
    UNUSED_FOOTNOTE Warning "unused-footnote"
        "A text holds a footnote that nothing refers to, so it is not printed."
        "Write its name, such as `[^1]`, where it belongs, or remove it.";

    // Themes
    UNKNOWN_THEME Error "unknown-theme"
        "No theme has this name, neither in the site's themes/ folder nor inside Anteroom."
        "Check the spelling of `theme: { name: … }` in practice.yaml.";
    THEME_FILE Error "theme-file"
        "A theme's theme.yaml or one of its locale files cannot be used."
        "Compare the file with the built-in theme's, which docs/authors.md describes.";
    THEME_CYCLE Error "theme-cycle"
        "A theme extends itself, directly or through others."
        "Change `extends` in one of the themes.";
    TEMPLATE_FAULT Error "template-fault"
        "A theme's template has a fault, so that its pages cannot be made."
        "Mend the template at the marked place; a designer's file, not an author's.";
    STYLE_FAULT Error "style-fault"
        "A theme's style sheet has a fault that the CSS parser names."
        "Mend the style sheet at the marked place.";
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
        "The theme has no setting of this name."
        "Correct the spelling, or remove the setting from practice.yaml.";
    INVALID_SETTING Error "invalid-setting"
        "A theme setting's value is not of the kind that the setting takes."
        "Write a value as the message says.";
    MISSING_WORD Note "missing-word"
        "A word that the theme prints is not given in the site's language, so that it is printed in English."
        "Add the word to the locale file that the message names, in the site's folder under themes/.";
    LOW_CONTRAST Warning "low-contrast"
        "A colour of the theme, as text on another, is harder to read than the Web Content Accessibility Guidelines allow (WCAG 2.2, 1.4.3: 4.5 to 1). Visitors with tired or ageing eyes, or in the sun, lose the text."
        "Take the shade that the message names, which is the nearest one that can be read, or change the other colour.";

    // Places
    AMBIGUOUS_PLACE Warning "ambiguous-place"
        "Two letters mean a country here, and they are also those of a state of the United States: `CA` is Canada, and California is `US-CA`. Which rules and crisis numbers hold depends on it, and nothing else in practice.yaml says which country is meant."
        "Write `US-` before the letters where the state is meant. Where the country is meant, let an address, the currency or the telephone number say so, or name a part of it, such as `CA-ON`.";

    // Answers
    UNKNOWN_CODE Error "unknown-code"
        "An answer under `acknowledge` names a kind of finding that does not exist, so that it answers nothing."
        "Correct the spelling; `anteroom explain` lists all kinds.";
    NOT_ANSWERABLE Error "not-answerable"
        "An answer under `acknowledge` names a fault that keeps a page from being made or from working. Such a fault can only be mended."
        "Remove the answer and mend the fault.";
    ANSWER_UNUSED Warning "answer-unused"
        "An answer under `acknowledge` matches no finding any more. It may hide the next one of its kind."
        "Remove it, or correct its `path` or `value`.";
    ANSWER_TOO_WIDE Warning "answer-too-wide"
        "An answer under `acknowledge` names no `path` and no `value`, or a path that is the whole site. It would silence its kind of finding everywhere and for ever, what nobody has seen yet included. It holds until it is narrowed, so that no site stands still."
        "Name the file or folder (`path`), or the words that the finding shows (`value`), or both; the message writes the entry out.";

    // Publishing
    FOREIGN_OUTPUT Error "foreign-output"
        "The output folder holds files that Anteroom did not write. Nothing that others wrote is ever touched."
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
