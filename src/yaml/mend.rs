//! A text that is no YAML, read as it was meant.
//!
//! Owns the search: line by line from where the parser stops upward, a guess is taken if the text can be read further with it.
//! What people mistake is `slips`'. A line that nothing mends is left out, so that the rest of the file is looked at in the same
//! run. Every place in the mended text is known in the author's.

use std::ops::Range;

use super::fault::YamlFault;
use super::slips::{self, Guess};
use super::{Value, parse};

/// Lines above the place where the parser stops in which the cause is looked for: a quotation mark that nobody closes is
/// noticed late.
const LINES_ABOVE: usize = 20;
/// How many slips of a text are told; somebody with more has other troubles.
const MOST_SLIPS: usize = 40;
/// How often a text is read at most.
const MOST_READINGS: usize = 400;

/// A slip, at its place in the author's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slip {
    /// What is wrong.
    pub message: String,
    /// Where it is.
    pub span: Range<usize>,
    /// The line as it was meant, and those below it that change with it.
    pub mended: String,
    /// Where the author's text changes, and what stands there then.
    pub change: (Range<usize>, String),
}

/// A text as it was meant.
pub struct Mended {
    /// What it means.
    pub value: Value,
    /// The text without its slips, which can be read.
    pub text: String,
    /// For each byte of that, and for its end, where it stands in the author's text.
    places: Vec<usize>,
    /// Whether lines were left out, so that nothing can be said of what the text lacks.
    pub is_partial: bool,
}

impl Mended {
    /// A place of the mended text in the author's.
    pub fn place(&self, span: Range<usize>) -> Range<usize> {
        let at = |offset: usize| self.places.get(offset).or(self.places.last()).copied().unwrap_or_default();
        let start = at(span.start);
        // The last byte, not the one behind it, which may stand behind something that was left out.
        let end = if span.end > span.start { at(span.end - 1) + 1 } else { start };
        start..end.max(start)
    }
}

/// What the search has found so far.
struct Search {
    text: String,
    places: Vec<usize>,
    readings: usize,
}

impl Search {
    fn new(text: &str) -> Search {
        Search { text: text.to_string(), places: (0..=text.len()).collect(), readings: 0 }
    }

    fn replace(&mut self, at: Range<usize>, with: &str) {
        let origin = self.places[at.start];
        self.text.replace_range(at.clone(), with);
        self.places.splice(at, std::iter::repeat_n(origin, with.len()));
    }

    fn read(&mut self, text: &str) -> Result<Value, YamlFault> {
        self.readings += 1;
        parse(text)
    }

    /// The text with a guess about the line that begins at `start`.
    fn with(&self, start: usize, guess: &Guess) -> String {
        let mut text = self.text.clone();
        text.replace_range(start + guess.at.start..start + guess.at.end, &guess.with);
        text
    }

    /// The slip that a guess about the line that begins at `start` tells of.
    fn slip(&self, start: usize, line: &str, guess: &Guess) -> Slip {
        let end = start + guess.at.end.max(line.len());
        let mut mended = self.text[start..end].to_string();
        mended.replace_range(guess.at.clone(), &guess.with);
        let at = |offset: usize| self.places[start + offset];
        let end =
            if guess.marked.end > guess.marked.start { at(guess.marked.end - 1) + 1 } else { at(guess.marked.end) };
        let span = at(guess.marked.start)..end.max(at(guess.marked.start));
        let change = (at(guess.at.start)..at(guess.at.end), guess.with.clone());
        Slip { message: guess.message.clone(), span, mended: mended.trim_end().to_string(), change }
    }
}

/// Reads a text that is no YAML as it was meant. What is wrong with it, in the order of the text: slips, and faults that nothing
/// mends. `is_name`: whether a word is the name of a field.
pub fn mend(
    text: &str,
    first: YamlFault,
    is_name: &dyn Fn(&str) -> bool,
) -> (Vec<Slip>, Vec<YamlFault>, Option<Mended>) {
    let mut search = Search::new(text);
    let (mut slips, mut faults) = (Vec::new(), Vec::new());
    let mut fault = first;
    let mut is_partial = false;
    while slips.len() + faults.len() < MOST_SLIPS && search.readings < MOST_READINGS && !fault.is_final {
        let next = match best(&mut search, &fault, is_name) {
            Some((start, line, guess, next)) => {
                slips.push(search.slip(start, &line, &guess));
                search.replace(start + guess.at.start..start + guess.at.end, &guess.with);
                next
            }
            None => {
                let line = line_at(&search.text, fault.at);
                let next = without_line(&mut search, &line, &fault);
                is_partial = true;
                faults.push(placed(fault, &search.places));
                let Some(next) = next else { return (slips, faults, None) };
                search.replace(line.clone(), &" ".repeat(line.len()));
                next
            }
        };
        match next {
            Ok(value) => {
                let Search { text, places, .. } = search;
                return (slips, faults, Some(Mended { value, text, places, is_partial }));
            }
            Err(next) => fault = next,
        }
    }
    faults.push(placed(fault, &search.places));
    (slips, faults, None)
}

/// A fault at its place in the author's text.
fn placed(mut fault: YamlFault, places: &[usize]) -> YamlFault {
    let at = |offset: usize| places[offset.min(places.len() - 1)];
    fault.span = at(fault.span.start)..at(fault.span.end);
    fault.first = fault.first.map(|first| at(first.start)..at(first.end));
    fault
}

/// The line around an offset, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

type Found = (usize, String, Guess, Result<Value, YamlFault>);

/// The guess with which the text can be read, or read the furthest: first of those that are never right as they stand, then of
/// all.
fn best(search: &mut Search, fault: &YamlFault, is_name: &dyn Fn(&str) -> bool) -> Option<Found> {
    if fault.first.is_some() {
        return None;
    }
    let text = search.text.clone();
    nearest(search, fault, &|line| slips::plain_guesses(&text[line], is_name)).or_else(|| {
        nearest(search, fault, &|line| {
            let mut above: Vec<&str> = text[..line.start].lines().rev().take(LINES_ABOVE * 3).collect();
            above.reverse();
            let next = text[line.end..].trim_start_matches('\r').strip_prefix('\n');
            let next = next.and_then(|rest| rest.lines().next()).unwrap_or_default();
            slips::guesses(&text[line], &above, next)
        })
    })
}

/// The nearest line above a fault with a guess that helps.
fn nearest(search: &mut Search, fault: &YamlFault, guesses: &dyn Fn(Range<usize>) -> Vec<Guess>) -> Option<Found> {
    let mut line = line_at(&search.text, fault.at);
    let end_of_fault = line.end;
    for _ in 0..LINES_ABOVE {
        let own = line.start..line.start + search.text[line.clone()].trim_end_matches('\r').len();
        let mut best: Option<(usize, Found)> = None;
        for guess in guesses(own.clone()) {
            if search.readings >= MOST_READINGS {
                return None;
            }
            let mended = search.with(line.start, &guess);
            let grown = mended.len() as isize - search.text.len() as isize;
            let read = search.read(&mended);
            let reached = match &read {
                Ok(_) => usize::MAX,
                Err(next) if next.is_final => continue,
                // In the measure of the text as it was.
                Err(next) => (next.at as isize - grown).max(0) as usize,
            };
            let furthest = best.as_ref().map_or(end_of_fault, |(furthest, _)| *furthest);
            if reached > furthest {
                best = Some((reached, (line.start, search.text[own.clone()].to_string(), guess, read)));
            }
            if reached == usize::MAX {
                break;
            }
        }
        if let Some((_, found)) = best {
            return Some(found);
        }
        line = line_at(&search.text, line.start.checked_sub(1)?);
    }
    None
}

/// The text without the line of a fault, if it can be read further then.
fn without_line(search: &mut Search, line: &Range<usize>, fault: &YamlFault) -> Option<Result<Value, YamlFault>> {
    let mut text = search.text.clone();
    text.replace_range(line.clone(), &" ".repeat(line.len()));
    match search.read(&text) {
        Err(next) if next.is_final || next.at <= fault.at => None,
        read => Some(read),
    }
}

/// Whether a text that is YAML has slips that no shape tells: values that are comments.
pub fn is_doubtful(text: &str) -> bool {
    text.contains('#') && hash(text).is_some()
}

/// The first value that is a comment, with where its line begins. Not in a text of several lines, where it's none.
fn hash(text: &str) -> Option<(usize, Guess)> {
    let mut start = 0;
    let mut block: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let own = line.trim_end();
        let indent = own.len() - own.trim_start().len();
        if block.is_some_and(|depth| own.is_empty() || indent > depth) {
            start += line.len();
            continue;
        }
        let opens = own.ends_with(['|', '>']) || own.ends_with("|-") || own.ends_with(">-");
        block = opens.then_some(indent);
        if let Some(guess) = slips::hash(own) {
            return Some((start, guess));
        }
        start += line.len();
    }
    None
}

/// Reads a text that is YAML and doesn't fit: a line as somebody else would write it, if `faults` says that it's better then
/// (less of the first number, or as much of it and less of the second).
pub fn doubt(text: &str, faults: &dyn Fn(&Value) -> (usize, usize)) -> Option<(Vec<Slip>, Mended)> {
    let mut search = Search::new(text);
    let mut value = parse(text).ok()?;
    let mut slips = Vec::new();
    while let Some((start, guess)) = hash(&search.text).filter(|_| slips.len() < MOST_SLIPS) {
        let line = search.text[line_at(&search.text, start)].to_string();
        slips.push(search.slip(start, &line, &guess));
        search.replace(start + guess.at.start..start + guess.at.end, &guess.with);
        value = search.read(&search.text.clone()).ok()?;
    }
    let mut count = faults(&value);
    let mut start = 0;
    while start < search.text.len() && slips.len() < MOST_SLIPS && count > (0, 0) {
        let line = line_at(&search.text, start);
        let own = search.text[line.clone()].trim_end_matches('\r').to_string();
        let mut is_mended = false;
        let below = search.text[line.end..].to_string();
        for guess in slips::doubts(&own, &below) {
            if search.readings >= MOST_READINGS {
                break;
            }
            let mended = search.with(line.start, &guess);
            let Ok(read) = search.read(&mended) else { continue };
            let left = faults(&read);
            if left < count {
                slips.push(search.slip(line.start, &own, &guess));
                search.replace(line.start + guess.at.start..line.start + guess.at.end, &guess.with);
                (value, count, is_mended) = (read, left, true);
                break;
            }
        }
        if !is_mended {
            start = line.end + 1;
        }
    }
    let Search { text, places, .. } = search;
    (!slips.is_empty()).then_some((slips, Mended { value, text, places, is_partial: false }))
}
