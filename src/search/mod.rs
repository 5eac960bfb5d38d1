//! The index that the search page looks words up in.
//!
//! Owns which pages can be found, how words count and how pages are put in order; `text` reads a page, `words` its
//! words, `files` writes what browsers fetch. Made from the finished pages, so that what is found is what is
//! published. In `build` its files are part of the output; the preview makes it when a browser asks for it.
//!
//! A page's worth for a word is that of BM25F: how often the word stands in it, by place, against the length of the page. It is
//! computed here and rounded to one of 26 letters; how rare a word is, the browser sees by the number of its pages.

mod files;
mod text;
mod words;

use std::collections::BTreeMap;

use bytes::Bytes;
use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

use crate::output::{File, Output};
use crate::prose::one_line;
use crate::route::{OutputPath, Route, Routes, Subject};
use words::Stems;

/// Where the index begins; everything else is named in it.
pub const INDEX: &str = "search/index.json";

/// Whether a path may be a file of the index.
pub fn is_of_index(path: &str) -> bool {
    path.strip_suffix(INDEX).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        || path.starts_with(files::PARTS)
}

/// The heading of a finished page, and everything else that its main part says.
pub fn words_of(html: &[u8]) -> (String, String) {
    let page = text::read_whole(&String::from_utf8_lossy(html));
    (page.title, format!("{} {} {}", page.description, page.headings, page.text))
}

/// What a word is worth where it stands.
const TITLE: u32 = 6;
const HEADING: u32 = 3;
const DESCRIPTION: u32 = 2;
const PROSE: u32 = 1;

/// How soon more of the same word counts no more, and how far a page's length counts: the usual values of BM25.
const K1: f64 = 1.2;
const B: f64 = 0.6;

/// How many degrees a worth has: as many as there are letters.
const DEGREES: f64 = 26.0;

/// Pages that are read together and share the words that they found. Enough for all cores, and the same on all machines.
const TOGETHER: usize = 128;

/// A page that can be found.
struct Found {
    url: String,
    kind: usize,
    title: String,
    length: u32,
    /// Words by their number among those that were found together, each with what it is worth here.
    words: Vec<(u32, u32)>,
}

/// Pages that were read together.
#[derive(Default)]
struct Batch {
    pages: Vec<Found>,
    /// What each word may be looked up by, with what its stem has in common.
    words: Vec<Vec<(String, String)>>,
}

/// The numbers of the stems in each stretch of letters of a batch.
type Stretches = Vec<Vec<u32>>;

/// Every page's worth for the words of one stem: the page's number and a degree, from 0.
type Postings = Vec<(u32, u8)>;

/// Words, pages, and which words stand on which pages.
struct Index {
    /// Every word in order, with the number of its stem. Stems are numbered as they first occur here.
    words: Vec<(String, u32)>,
    /// By number of the stem.
    postings: Vec<Postings>,
    /// Address, heading and kind.
    pages: Vec<(String, String, usize)>,
}

/// The files of the index of a site, by path; none for a site without a search page. The same output gives the same files.
pub fn files(output: &Output, routes: &Routes) -> BTreeMap<OutputPath, Bytes> {
    match output.searched {
        true => files::write(&index(output, routes), &routes.prefix),
        false => BTreeMap::new(),
    }
}

fn index(output: &Output, routes: &Routes) -> Index {
    let prefix = &routes.prefix;
    let listed: Vec<(&Route, usize)> =
        routes.pages.iter().filter_map(|route| Some((route, kind(&route.subject)?))).collect();
    let read = |routes: &[(&Route, usize)]| read(output, prefix, routes);
    let batches: Vec<Batch> = listed.par_chunks(TOGETHER).map(read).collect();
    let (words, numbers) = vocabulary(&batches);
    let postings = postings(&batches, &numbers);
    let pages = batches.into_iter().flat_map(|batch| batch.pages).map(|page| (page.url, page.title, page.kind));
    Index { words, postings, pages: pages.collect() }
}

/// What a page is to its visitors, as a number that the search page has a word for; none for lists of other pages and for
/// what nobody looks for.
fn kind(subject: &Subject) -> Option<usize> {
    match subject {
        Subject::Article(_) => Some(0),
        Subject::Service(_) => Some(1),
        Subject::Practitioner(_) => Some(2),
        Subject::Home(_) | Subject::Page(_) | Subject::Fees | Subject::Contact | Subject::Crisis => Some(3),
        Subject::Practitioners(_)
        | Subject::Team(_)
        | Subject::Services(_)
        | Subject::Articles(..)
        | Subject::Topic(..)
        | Subject::Topics(_)
        | Subject::Thanks
        | Subject::Search
        | Subject::NotFound => None,
    }
}

/// Reads pages and counts their words.
fn read(output: &Output, prefix: &str, routes: &[(&Route, usize)]) -> Batch {
    let mut batch = Batch::default();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut stems: HashMap<String, Stems> = HashMap::new();
    // Where in the page's list a word stands, and for which page this is so.
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, (route, kind)) in routes.iter().enumerate() {
        let Some(File::Made(bytes)) = output.files.get(&route.file) else { continue };
        let Ok(html) = std::str::from_utf8(bytes) else { continue };
        let page = text::read(html);
        if page.noindex {
            continue;
        }
        let stems = stems.entry(page.lang.clone()).or_insert_with(|| Stems::of(&page.lang));
        let mut found = Found {
            url: route.url.as_str().strip_prefix(prefix).unwrap_or(route.url.as_str()).to_string(),
            kind: *kind,
            title: one_line(&page.title).into_owned(),
            length: 0,
            words: Vec::new(),
        };
        let fields =
            [(&page.title, TITLE), (&page.headings, HEADING), (&page.description, DESCRIPTION), (&page.text, PROSE)];
        for (text, worth) in fields {
            words::stretches(text, |stretch| {
                let number = match numbers.get(stretch) {
                    Some(number) => *number,
                    None => {
                        let number = batch.words.len() as u32;
                        batch.words.push(stems.parts(stretch));
                        numbers.insert(stretch.to_string(), number);
                        places.push((usize::MAX, 0));
                        number
                    }
                };
                found.length += 1;
                let (page, place) = places[number as usize];
                if page == at {
                    found.words[place].1 += worth;
                } else {
                    places[number as usize] = (at, found.words.len());
                    found.words.push((number, worth));
                }
            });
        }
        batch.pages.push(found);
    }
    batch
}

/// Every word with its stem's number; and for each batch the stems' numbers of each of its words.
fn vocabulary(batches: &[Batch]) -> (Vec<(String, u32)>, Vec<Stretches>) {
    let mut stems: BTreeMap<&str, &str> = BTreeMap::new();
    for (word, stem) in batches.iter().flat_map(|batch| &batch.words).flatten() {
        // Of words that differ in their marks only, and so in their stem, one stem stands for both.
        let known = stems.entry(word).or_insert(stem);
        *known = stem.as_str().min(known);
    }
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let words: Vec<(String, u32)> = stems
        .iter()
        .map(|(word, stem)| {
            let next = numbers.len() as u32;
            (word.to_string(), *numbers.entry(stem).or_insert(next))
        })
        .collect();
    let number = |word: &str| numbers.get(stems.get(word)?).copied();
    let of_batch = |batch: &Batch| -> Stretches {
        batch.words.iter().map(|parts| parts.iter().filter_map(|(word, _)| number(word)).collect()).collect()
    };
    let of_batches = batches.iter().map(of_batch).collect();
    (words, of_batches)
}

/// By stem, the pages that have its words.
fn postings(batches: &[Batch], numbers: &[Stretches]) -> Vec<Postings> {
    let count = numbers.iter().flatten().flatten().max().map_or(0, |most| *most as usize + 1);
    let pages: usize = batches.iter().map(|batch| batch.pages.len()).sum();
    let length: u64 = batches.iter().flat_map(|batch| &batch.pages).map(|page| u64::from(page.length)).sum();
    let average = (length as f64 / pages.max(1) as f64).max(1.0);
    let mut counted: Vec<Vec<(u32, u32)>> = vec![Vec::new(); count];
    let mut lengths = Vec::with_capacity(pages);
    for (batch, numbers) in batches.iter().zip(numbers) {
        for page in &batch.pages {
            let at = lengths.len() as u32;
            lengths.push(K1 * (1.0 - B + B * f64::from(page.length) / average));
            for (word, worth) in &page.words {
                for stem in &numbers[*word as usize] {
                    let of_stem = &mut counted[*stem as usize];
                    match of_stem.last_mut() {
                        Some((last, sum)) if *last == at => *sum += worth,
                        _ => of_stem.push((at, *worth)),
                    }
                }
            }
        }
    }
    let degree = |(page, worth): (u32, u32)| {
        let worth = f64::from(worth);
        let share = worth / (worth + lengths[page as usize]);
        (page, (share * DEGREES).min(DEGREES - 1.0) as u8)
    };
    counted.into_par_iter().map(|of_stem| of_stem.into_iter().map(degree).collect()).collect()
}
