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
    /// Whether only asking the network brings it: no usual build or check finds it.
    pub online: bool,
    /// What it means and why it matters.
    pub meaning: &'static str,
    /// What to do.
    pub mend: &'static str,
}

macro_rules! codes {
    ($($ident:ident $severity:ident $(by $time:ident)? $(from $network:ident)? $name:literal $meaning:literal $mend:literal;)*) => {
        $(#[doc = $meaning] pub static $ident: Code = Code {
            name: $name, severity: Severity::$severity, by_time: !<[&str]>::is_empty(&[$(stringify!($time))?]),
            online: !<[&str]>::is_empty(&[$(stringify!($network))?]), meaning: $meaning, mend: $mend,
        };)*
        /// Every code, in the order of the table.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    // Files
    FILE_UNREADABLE Error "file-unreadable"
        "A file or folder of the site couldn't be read."
        "Check that it exists and that you have permission to open it. Then build again.";
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
        "Anteroom reads content/practice.yaml, content/redirects.yaml, and content/references.yaml, content/references.bib or content/references.json. Rename your file, or move it out of content/.";
    MISNAMED_FOLDER Warning "misnamed-folder"
        "A folder in content/ has almost the same name as one that Anteroom knows. Its pages are treated as ordinary pages."
        "Rename it: people are in content/practitioners/, services in content/services/, articles in content/resources/. If the name is right, acknowledge the finding in practice.yaml.";
    MISPLACED_PAGE Error "misplaced-page"
        "A page gives facts that only a person, a service or an article has, and it isn't in the folder of those. Anteroom takes it for an ordinary page."
        "People are in content/practitioners/, services in content/services/, articles in content/resources/. Rename the folder, or move the page.";
    MISSING_PRACTICE Error "missing-practice"
        "Every site needs content/practice.yaml. It describes your practice."
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
        "The same field appears twice. Only one can count."
        "Remove one of the two.";
    LOST_AFTER_HASH Warning "lost-after-hash"
        "A space and `#` begin a comment, so what stands behind them isn't shown."
        "To show it, put the whole text between quotation marks: `\"Room #1\"`. If it's a note to yourself, put a space behind the `#`.";
    QUOTED_TITLE Warning "quoted-title"
        "A name or a title stands between curly quotation marks. Only straight ones (\" or ') are left out on the page, so visitors see these."
        "Remove them, or write straight ones. If they belong to the title, acknowledge the finding in practice.yaml.";
    UNKNOWN_FIELD Error "unknown-field"
        "Anteroom doesn't know this field. A misspelled field would do nothing, so this stops the build."
        "Check the spelling, or remove the field. docs/content-reference.md lists the fields for every kind of page.";
    SECRET_IN_FILE Error "secret-in-file"
        "A password or another secret stands in a file of the site. Whoever gets the folder would have it: a copy, a backup, a repository."
        "Remove the line, and change the password if anyone else could read the file. `anteroom publish` asks for it. For a machine that publishes by itself, save it there as a secret called ANTEROOM_PASSWORD.";
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
        "A page names a practitioner who has no file in content/practitioners/."
        "Write the file's name in content/practitioners/, without `.md`.";
    UNKNOWN_LOCATION Warning "unknown-location"
        "Someone works at a location that isn't in practice.yaml."
        "Write the label exactly as it is under `locations` in practice.yaml.";
    UNKNOWN_INSURER Warning "unknown-insurer"
        "Somebody is listed as in network with an insurer that isn't in practice.yaml."
        "Write the insurer's name exactly as it is under `insurance` in practice.yaml, or add it there with `in_network: true`.";
    NO_FORMATS Warning "no-formats"
        "This service doesn't say how its sessions are held. That's one of the first things people want to know."
        "List it in the service's file: `formats: [in-person, video]`. The words are in-person, video, phone, walk, home and text.";
    UNKNOWN_RESOURCE Error "unknown-resource"
        "A page names an article that isn't in content/resources/."
        "Write the name of the article's file or folder in content/resources/, without `.md`.";
    TOPIC_WITHOUT_ARTICLES Warning "topic-without-articles"
        "A file in content/resources/topics/ introduces a topic that no article has, so it isn't published."
        "Name the file after the topic, in lower case with hyphens. Or give an article the topic.";
    FUTURE_DATE Warning "future-date"
        "A date that should be past is in the future: an article's `date`, or the day on which something was last confirmed or reviewed. Visitors would think it's a mistake. Anteroom also never reports such a fact as out of date."
        "Write the actual date. To publish an article later, add `publish_at` with the same day as its `date`.";
    DATES_REVERSED Warning "dates-reversed"
        "Something ends before it starts, so it's never shown."
        "Correct one of the two dates.";
    UNKNOWN_REFERENCE Error "unknown-reference"
        "A text cites a work that isn't in content/references.yaml, content/references.bib or content/references.json."
        "Correct the key after `@`, or add the work to the list. If you didn't mean to cite a work, write `\\@`.";
    BROKEN_REFERENCE_ENTRY Error "broken-reference-entry"
        "An entry in content/references.yaml, content/references.bib or content/references.json can't be read."
        "Compare the entry with the examples in docs/authors.md: type, title, author and date.";
    DUPLICATE_REFERENCE Error "duplicate-reference"
        "Two works have the same key, so a citation could mean either one."
        "Remove one of the entries. Or give one a different key, and use that key to cite it.";
    UNUSED_REFERENCE Note "unused-reference"
        "No text cites this work. Lists at the end of articles show only works that the article cites."
        "You don't need to do anything. Remove the entry if you no longer need it.";
    ODD_REFERENCE Warning "odd-reference"
        "A work would be printed with marks that don't belong there: two commas, empty brackets, a brace that was left over."
        "Look at the work's fields: one is empty, or ends with a mark that the list adds by itself.";
    UNKNOWN_FIGURE Error "unknown-figure"
        "A text refers to a figure with `@fig:`, but it has no such figure, or the picture has no caption."
        "After `@fig:`, write the picture's file name without its ending. Put a caption after the picture's address.";
    UNKNOWN_PICTURE Error "unknown-picture"
        "A page names a picture that doesn't exist."
        "Check the file's name and folder. Pictures go next to their page or in content/images/.";
    BROKEN_PICTURE Error "broken-picture"
        "This picture can't be shown. It's damaged, it isn't what its name says, or it's too large to open."
        "Export the picture again as JPEG, PNG, WebP or SVG.";
    UNSUPPORTED_PICTURE Error "unsupported-picture"
        "Anteroom can't open pictures of this kind, or some browsers can't."
        "Export the picture as JPEG, PNG, WebP or SVG. If it's only for download, put it in content/files/.";
    PICTURE_CUT Warning "picture-cut"
        "Part of this picture isn't published. In a drawing, that's a script, because it could run in a visitor's browser. In an animated PNG or WebP, it's every frame but the first."
        "Export the drawing without scripts. Show an animation as a video with `::: video`, or as a GIF.";
    PICTURE_MOVES Warning "picture-moves"
        "This picture moves by itself. If something next to text moves for longer than five seconds, visitors must be able to stop it (WCAG 2.2, success criterion 2.2.2). They can't stop a picture, and it distracts people who want to read."
        "Show it as a video with `::: video`. Or acknowledge it and give the reason, such as a breathing exercise with no text beside it.";
    CARD_NOT_SET Note "card-not-set"
        "You've turned on social cards, but their font doesn't have all the letters in your practice's name or tagline. No cards are made. The font is Libertinus Serif, which has Latin, Greek and Cyrillic letters."
        "Give pages an `image`, which is shown instead. Or remove `social_cards`.";
    PICTURE_TELLS_PLACE Warning "picture-tells-place"
        "A photo in content/static/ or content/files/ includes the place where it was taken. Files there are published unchanged, so it may give away a home address."
        "Move it to content/images/, where Anteroom removes everything but the picture itself. Or remove the place with a picture editor.";
    BROKEN_LINK Error "broken-link"
        "This link goes to a page or file that doesn't exist on this site."
        "Fix the address, or remove the link. You can link to the file, such as `services/grief.md`.";
    SPACE_IN_ADDRESS Note "space-in-address"
        "The address of a link or a picture has a space in it. Anteroom reads it as you meant it. Other programs that read markdown see plain text there."
        "You don't need to do anything. To make it work everywhere, put the address between `<` and `>`, or rename the file with hyphens.";
    ENDED_TARGET Warning by time "ended-target"
        "This link goes to an article that has expired. The words stay on the page, but they're no longer a link."
        "Remove the link, or link to another page. Or remove `expires_at` from the article.";
    BROKEN_ANCHOR Error "broken-anchor"
        "This link goes to a heading that isn't on the page."
        "Correct the part after `#`: it's the heading in lower case with hyphens, or the name given in `{#name}`.";
    UNDEFINED_REFERENCE_LINK Warning "undefined-link"
        "A link in the form `[text][name]` has no line `[name]: address` in the same file. Visitors see the square brackets."
        "Add the line, or write the address in round brackets: `[text](address)`.";
    UNSAFE_LINK Error "unsafe-link"
        "This link doesn't start with http, https, mailto or tel. Links like this can run programs in a visitor's browser."
        "Link to a page, a file, an email address or a telephone number.";

    // The site as a whole
    DUPLICATE_ADDRESS Error "duplicate-address"
        "Two files would have the same web address, so one would overwrite the other. Names that differ only in capital letters count as the same, as they do on many hosts."
        "Rename one of the files, or give one of them a `slug` of its own.";
    RESERVED_NAME Error "reserved-name"
        "A file in content/static/ has a name that can't be published. Either Anteroom writes its own file under that name, or it belongs to a Git repository."
        "Give the file another name, or move it out of content/.";
    BAD_SLUG Error "bad-slug"
        "This slug can't be used. A slug is the last part of a page's address: lower-case letters, digits and hyphens."
        "Write it like this: `slug: grief-and-loss`.";
    REDIRECT_CONFLICT Error "redirect-conflict"
        "A redirect starts at an address that already has a page or another redirect, or it leads to an address that's redirected itself."
        "Remove the redirect, or change its old address. If it leads to another redirect, give the final page as its new address.";
    REDIRECT_NEEDS_HOST Note "redirect-needs-host"
        "Only your web host can make this redirect. It covers many addresses at once, or an address with a question mark (`/?p=12`), and a file can't do that. On hosts without such redirects, visitors see another page."
        "Write `host:` into practice.yaml, so that it's known what your host can do. If it can't, write each old address on its own line, as far as you can.";
    HOST_FILE Warning "host-file"
        "A line in your own `_headers`, `_redirects` or `.htaccess` in content/static/ disagrees with the site's own rules, or hosts won't understand it. Your lines come first."
        "If you want the site's own rule, remove the line. In `_redirects`, a rule looks like this: `/old/ /new/ 301`. In `_headers`, a header is indented below its path.";
    BAD_REDIRECT Error "bad-redirect"
        "A redirect's old address must be a path on this site. Its new address must be a path or a full web address."
        "Write it like this: `/old/page/: /new/page/`.";
    NAVIGATION_TARGET Error "unknown-navigation-target"
        "A menu entry goes to a page that doesn't exist."
        "Name a file such as `about.md`, a folder such as `services/`, or a full web address.";

    PREFERRED_CONTACT Warning "preferred-contact"
        "`preferred_contact` names a way to reach you that isn't in practice.yaml."
        "Add the number, address, form or booking link, or choose another way.";
    BOOKING_NOT_FRAMED Warning "booking-not-framed"
        "You want to show a calendar inside a page, but its provider doesn't allow that. Visitors get a link instead."
        "Write `mode: link`.";

    // Text
    PRICE_CONTRADICTS Warning "price-contradicts"
        "A price says two things at once, such as `free` with an amount, or `from` above `to`. Or it says nothing. Visitors read one of the two, and it may not be the one you meant."
        "Keep the one you mean: `amount`, or `from` and `to`, or `free: true`.";
    LANGUAGE_UNNAMED Warning "language-unnamed"
        "A person's file has a language tag that neither Anteroom nor the theme has a name for. Visitors see names, never tags."
        "Check the tag (`ar`, not `arabic`), or write its name in your theme's locale file: `languages: { tag: Name }`.";
    MISSING_ALT Error "missing-alt"
        "This picture has no alt text. Visitors who can't see it won't know what it shows."
        "Say in a short sentence what the picture shows: `![Two people on a forest path](path.jpg)`.";
    EMPTY_LINK Error "empty-link"
        "This link has no text, so nobody can tell where it goes."
        "Write text between the square brackets.";
    HTML_DROPPED Warning "html-dropped"
        "A piece of HTML in the text isn't allowed and was left out. It could run a program in a visitor's browser, load something from elsewhere or break the page."
        "Write it in markdown or with a block such as `::: callout`. If you need your own HTML, set `raw_html: allow` in practice.yaml.";
    UNKNOWN_DIRECTIVE Error "unknown-directive"
        "Anteroom doesn't know this `:::` block."
        "The blocks are audio, booking, callout, crisis, faq, fees, gallery, hosts, pull-quote, video and wide.";
    DIRECTIVE_OPEN Error "directive-not-closed"
        "This `:::` block has no closing `:::` line."
        "Add a line `:::` after the block.";
    DIRECTIVE_CLOSE Error "directive-not-opened"
        "This line of three colons ends a block, but no block starts above it."
        "Remove the line, or start the block above it, for example with `::: callout`.";
    DUPLICATE_ID Error "duplicate-heading-id"
        "Two headings on a page have the same name in `{#name}`, so links can only reach one of them."
        "Give each one its own name.";
    TOO_NESTED Warning "deep-nesting"
        "Lists or quotations are nested more than 12 deep, and no screen has room for that. Or too many HTML elements are open at once. Usually it's a slip in the indentation or a missing end tag."
        "Move the text further to the left, or close each HTML element.";
    UNDEFINED_FOOTNOTE Warning "undefined-footnote"
        "The text refers to a footnote that isn't in the file."
        "Add a line such as `[^1]: the note` to the file.";
    DUPLICATE_FOOTNOTE Warning "duplicate-footnote"
        "Two footnotes have the same name. Only the first is printed."
        "Give one of them a different name, and use it where that note belongs.";
    UNUSED_FOOTNOTE Warning "unused-footnote"
        "Nothing refers to this footnote, so it isn't printed."
        "Write its name, such as `[^1]`, where it belongs, or remove it.";

    // Several languages
    LANGUAGES_DISAGREE Error "languages-disagree"
        "practice.yaml says two different things about the site's main language."
        "Keep `languages` with the main language first, and remove `language`.";
    FACT_IN_TRANSLATION Error "fact-in-translation"
        "A translation holds words only. A fact, such as a price, a date or a licence, stands once, in the main language's file, so that it's the same in every language."
        "Remove the line from the translation. To change the fact, change it where the finding points.";
    UNTRANSLATED Warning "untranslated"
        "Visitors in this language see words in the main one: a page has no translation, or a translation leaves out words that the main file has. Search engines aren't told of such a page in this language."
        "Write the translation beside the file: `about.en.md` beside `about.md`. `anteroom add translation FILE en` lays it out for you.";
    TRANSLATION_BEHIND Warning "translation-behind"
        "A translation and its original have parted company: one has an entry, an amount or a telephone number that the other hasn't."
        "Compare the two, and bring the one that's behind up to date.";

    // Themes
    UNKNOWN_THEME Error "unknown-theme"
        "No theme has this name, neither in the site's themes/ folder nor inside Anteroom."
        "Check the spelling of `theme: …` in practice.yaml.";
    THEME_FILE Error "theme-file"
        "A theme's theme.yaml or one of its locale files can't be used."
        "Compare the file with the examples in docs/designers.md.";
    THEME_CYCLE Error "theme-cycle"
        "A theme extends itself, directly or through others."
        "Change `extends` in one of the themes.";
    TEMPLATE_FAULT Error "template-fault"
        "There's a mistake in a theme's template, so its pages can't be made."
        "Fix the template at the marked place. If somebody else made the theme, ask them.";
    UNSAFE_TEXT Error "unsafe-text"
        "A template prints plain text with `safe`. Then whatever somebody writes in that field is part of the page's markup: a stray `<` breaks the page, and a script would run."
        "Leave `| safe` out. It's for finished markup, which is in fields called `html`.";
    TEMPLATE_UNUSED Warning "template-unused"
        "A theme of your own has a template that no page is made with, so nothing you write in it is seen. Other programs often use other file names."
        "Rename the file to the one that the message names, include it from another template, or remove it.";
    THEME_LACKS Warning "theme-lacks"
        "A page uses a section, a field or a layout that the theme doesn't have. Each theme can bring some of its own, and this one shows the page without it. Nothing is lost: what you wrote stays in the file, and a theme that has it shows it."
        "Use something that the theme has, as the message lists it, or leave it for the day when you change the theme again.";
    PROMISE_BROKEN Error "theme-promise"
        "A template of your own leaves out something that every page needs, such as crisis help, a licence, the skip link or the links to your policies. Visitors count on these, and some are required by law."
        "Put back what the message names. `anteroom theme show NAME FILE` prints the built-in template to compare with.";
    STYLE_FAULT Error "style-fault"
        "There's a mistake in a theme's style sheet. The message says what it is."
        "Fix the style sheet at the marked place.";
    STYLE_UNKNOWN Warning "style-unknown"
        "A style sheet uses a property, a value, a unit or an at-rule that CSS doesn't have. Browsers skip it."
        "Correct the spelling or remove it. If it's so new that Anteroom doesn't know it, the page must be fine without it.";
    STYLE_NEW Note "style-new"
        "A style sheet uses a property that some browsers from the last three years don't know. They skip it."
        "Make sure that the page is fine without it. Put it into `@supports` to say that you have.";
    FONT_FAULT Error "font-fault"
        "A theme's font file can't be used. It isn't a font, it's damaged, or its maker doesn't allow it on websites."
        "Put the font's file (.ttf, .otf, .woff or .woff2) into the theme's assets/fonts/ again, or use a font that's allowed on websites.";
    FONT_UNUSED Note "font-unused"
        "A theme has a font file that no font setting and no style sheet uses, so it isn't published."
        "Name the font's family in a font setting, such as `font_body: Alegreya, serif`, or remove the file.";
    FONT_LACKS_LETTERS Note "font-lacks-letters"
        "One of the site's own fonts doesn't have all the letters on the site. Words with those letters look different."
        "Choose a font that has them, or add a file of the same family that does.";
    UNKNOWN_SETTING Error "unknown-setting"
        "The theme has no setting with this name."
        "Correct the spelling, or remove the setting from practice.yaml.";
    INVALID_SETTING Error "invalid-setting"
        "A theme setting has the wrong kind of value."
        "Write a value as the message says.";
    MISSING_WORD Note "missing-word"
        "One of the theme's words isn't translated into the site's language, so it appears in English."
        "Add the word to the locale file named in the message, in the site's themes/ folder.";
    NO_WORDS Error "no-words"
        "Anteroom doesn't speak the site's language: the menu, the buttons and the notices would be in English beside your own text."
        "Copy the English words into your site, translate them and save them under the language's name, as the message says. Or write the site in a language that Anteroom speaks.";
    LOW_CONTRAST Warning "low-contrast"
        "Text in one of the theme's colours is hard to read on its background. The contrast is lower than the Web Content Accessibility Guidelines require (WCAG 2.2, 1.4.3: 4.5 to 1, unless the theme asks for another). People with tired or ageing eyes, or out in the sun, can't read it."
        "Use the shade in the message, which is the nearest one that's easy to read. Or change the other colour.";

    DARK_DERIVED Note "dark-colour-made"
        "A colour is set for light mode only. The theme's dark colour would be that of another hue, so a dark one is made from yours: the same hue, as light as text needs to be."
        "Nothing needs to be done. To choose the dark colour yourself, write both: `color_accent: { light: \"#8a3f24\", dark: \"#e2a588\" }`.";

    LOGO_MISSING Warning "logo-missing"
        "There's a logo for dark mode, but no other. It's only used beside a `logo`."
        "Add `logo: …`. If one file is fine in both modes, write `logo` alone.";

    // Places
    AMBIGUOUS_PLACE Warning "ambiguous-place"
        "These two letters mean a country here, but they also stand for a US state: `CA` is Canada, and California is `US-CA`. The place decides which rules and crisis numbers apply. Nothing else in practice.yaml says which one you mean."
        "If you mean the state, write `US-` before the letters. If you mean the country, add an address, the currency or a telephone number from there, or name a part of it, such as `CA-ON`.";

    // Answers
    UNKNOWN_CODE Error "unknown-code"
        "An entry under `acknowledge` names a code that doesn't exist, so it does nothing."
        "Correct the spelling. `anteroom explain` lists all the codes.";
    NOT_ANSWERABLE Error "not-answerable"
        "An entry under `acknowledge` names a problem that keeps a page from being made or from working. You can't ignore it, only fix it."
        "Remove the entry and fix the problem.";
    ANSWER_UNUSED Warning "answer-unused"
        "This entry under `acknowledge` no longer matches a finding. It may hide the next one of its kind."
        "Remove it, or correct its `path` or `value`.";
    ANSWER_TOO_WIDE Warning "answer-too-wide"
        "An entry under `acknowledge` has no `path` and no `value`, or its path is the whole site. It hides every finding of its kind, for good, including ones that nobody has seen yet. It still counts until you narrow it down, so that your site keeps building."
        "Add the file or folder (`path`), the words that the finding shows (`value`), or both. The message shows you the entry to write.";

    // Publishing
    FOREIGN_OUTPUT Error "foreign-output"
        "The output folder has files in it that Anteroom didn't write. Anteroom never touches files it didn't write."
        "Choose another folder with `--output`, or empty this one yourself.";

    // The published website, as `check --live` finds it
    LIVE_UNREACHABLE Error from network "live-unreachable"
        "The website doesn't answer at its address, or it answers with an error. Visitors see an error as well, unless it's your own connection that fails."
        "Check your connection first. Then open the address in a browser. If it fails there, too, ask your host, or the company where you bought the name, whether the name leads to your web space.";
    LIVE_CERTIFICATE Error from network "live-certificate"
        "The website's certificate isn't valid, so browsers warn visitors instead of showing the page."
        "Turn on HTTPS for this name at your host, or ask your host to renew the certificate.";
    LIVE_CERTIFICATE_ENDS Warning from network "live-certificate-ends"
        "The website's certificate ends soon. After that day browsers warn visitors instead of showing the page. Most hosts renew it by themselves a month before, so something may be stuck."
        "Ask your host why the certificate hasn't been renewed.";
    LIVE_OTHER_SITE Error from network "live-other-site"
        "Something else is at the website's address: another website, a page of the host's, or a page that says that the name is parked or for sale."
        "Check `base_url` in practice.yaml, and publish the website. If it's published, ask your host whether the name leads to the folder that you publish to.";
    LIVE_MOVED Warning from network "live-moved"
        "The address in practice.yaml leads on to another one. Search engines, the feed and shared pictures are told the address in practice.yaml."
        "Write the address where visitors end up as `base_url` in practice.yaml, then publish again. Or ask your host to lead the other way around.";
    LIVE_PAGE_MISSING Error from network "live-page-missing"
        "A page of your site isn't at its address on the web. Visitors who follow a link to it see an error."
        "Publish the website (`anteroom publish`), or start your host's build. If it was published, look whether the host's log says why.";
    LIVE_PAGE_DIFFERS Warning from network "live-page-differs"
        "A page on the web has other words than the page that your files make today. Usually the latest change isn't published yet."
        "Publish the website (`anteroom publish`), or start your host's build. If it was just published, wait ten minutes: some hosts keep the former page for a while.";
    LIVE_LEFT_OVER Warning from network "live-left-over"
        "A page that your site doesn't have any more can still be opened. Search engines still show it, and what it says may not be true any more."
        "Publish with `anteroom publish`, which takes away what went. If you copy the folder yourself, delete the page's folder on the host. A draft that can be opened has to be deleted there, too.";
    LIVE_FILE_MISSING Error from network "live-file-missing"
        "A style sheet, picture, font or another file that pages need isn't on the web. Pages look broken without it."
        "Publish the website again, with every folder in it, also `assets`.";
    LIVE_FILE_DIFFERS Warning from network "live-file-differs"
        "A file on the web isn't the one that your site has. Either it isn't published yet, or the host changes it on the way."
        "Publish the website. If it stays, look in your host's settings for something that minifies, optimises or compresses files, and turn it off: Anteroom has done that already.";
    LIVE_MEDIA_TYPE Warning from network "live-media-type"
        "The host says that a file is something else than it is. Browsers believe it: a style sheet isn't used, letters such as é and ü look wrong."
        "Tell your host the name of the file, what it says of it (Content-Type) and what it should say, as the message has them.";
    LIVE_HEADER Warning from network "live-header"
        "The site asks its host to send a header that protects visitors, and the host doesn't send it, or sends a weaker one."
        "The finding says what to do at your host. docs/hosting.md says which hosts send headers.";
    LIVE_HTACCESS Warning from network "live-htaccess"
        "The host doesn't do what the file `.htaccess` says. The website works, but headers that protect visitors aren't sent. Old addresses and your own page for wrong addresses may not work, either."
        "The finding has words that you can send to your host's support. If your host can't do it, write `host: other` in practice.yaml and publish again.";
    LIVE_REDIRECT Warning from network "live-redirect"
        "An old address doesn't lead where it should, or only after several steps. Old links and search results use it."
        "If the finding says that it isn't published yet, publish. Some hosts can't lead on from every kind of address; docs/hosting.md says which can.";
    LIVE_NOT_SECURE Warning from network "live-not-secure"
        "The website can be read without encryption. Then others in the same network can see which pages somebody opens, and can change them."
        "Turn on “Force HTTPS”, “Always use HTTPS” or “HTTPS redirect” at your host.";
    LIVE_HSTS Note from network "live-hsts"
        "The host doesn't tell browsers to use encryption always (Strict-Transport-Security). A visitor's first step to the website can be unencrypted each time."
        "Turn on HSTS at your host, if it offers it and you're sure that the website will always have a certificate.";
    LIVE_WWW Warning from network "live-www"
        "The address with `www.` in front of it, or the one without, doesn't lead to the website. People type either."
        "Add the other name to the site at your host, and let it lead to the one in practice.yaml. The certificate has to have both names.";
    LIVE_SLASH Warning from network "live-slash"
        "An address without the slash at its end doesn't lead to the page with it. People leave it out, and pages look broken where a host shows them without it."
        "Look for “trailing slash” or “pretty URLs” in your host's settings: addresses should lead to those that end in a slash.";
    LIVE_COMPRESSION Warning from network "live-compression"
        "The host sends text as it is, not compressed. Pages open more slowly, most of all on a phone."
        "Turn on compression (gzip or Brotli) at your host.";
    LIVE_CACHING Warning from network "live-caching"
        "The host tells browsers to keep a page for a long time. Visitors don't see what you change."
        "Set the time for which pages (HTML) are kept to a few minutes at your host, or turn its cache off.";
    LIVE_KEEP_ALIVE Note from network "live-keep-alive"
        "The host hangs up after each file, so that a page with many pictures needs many connections and opens more slowly."
        "Ask your host to allow connections to stay open (keep-alive).";
    LIVE_NOT_FOUND Warning from network "live-not-found"
        "At an address where nothing is, the host should answer with the status 404 and show your own page for it. Search engines take anything else for a page."
        "Tell your host to use `404.html` for addresses that don't exist. At a host with Apache, the line is `ErrorDocument 404 /404.html` in content/static/.htaccess.";
    LIVE_ADDED Warning from network "live-added"
        "The host puts something into your pages that your site doesn't have: a counter, a script, a cookie, an advertisement. Your privacy notice says nothing of it, because Anteroom doesn't know it."
        "Turn it off at your host. If you want it, declare it in practice.yaml (`analytics` or `allow_hosts`), so that the notice and the policy of the pages name it.";
    LIVE_HIDDEN Warning from network "live-hidden"
        "The host tells search engines to leave the website out. Nobody finds it by searching."
        "Look for “search engine visibility”, “noindex”, “preview” or “staging” in your host's settings.";
    LIVE_FORMER Note from network "live-former"
        "The website shows the former version on purpose: somebody went back to it with `anteroom publish --undo`. So it's compared with that version."
        "When your files say what visitors should see, send them with `anteroom publish`.";
    LIVE_BUSY Warning from network "live-busy"
        "The host asked for a pause, or stopped answering, while Anteroom was looking. Not everything was looked at."
        "Try again in a few minutes.";

    // Links to other websites, as `check --links` finds them
    LINK_DEAD Warning from network "link-dead"
        "A link to another website leads nowhere: the page is gone, or the website is."
        "Search for the page's new address, link to another page, or remove the link.";
    LINK_SILENT Warning from network "link-silent"
        "A website that you link to didn't answer. It may only be down at the moment."
        "Try again tomorrow. If it still doesn't answer, link to another page.";
    LINK_MOVED Note from network "link-moved"
        "A page that you link to has moved for good. The link still works, for as long as the other website leads on."
        "Open the new address, and write it instead of the old one if it's the page that you mean.";
    LINK_UNCHECKED Note from network "link-unchecked"
        "A website that you link to only answers people, not programs, so Anteroom can't tell whether the link works."
        "Open the link in a browser now and then.";
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
