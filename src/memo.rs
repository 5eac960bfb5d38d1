//! Remembering what pure functions made.
//!
//! Owns the digest of a value and the memo: by name, the input of the last run and what was made from it. An
//! equal input means an equal result, so that nothing has to know what an edit changed. Knows no stage; each
//! stage says what its inputs are.

use std::hash::{Hash, Hasher};

use foldhash::{HashMap, HashMapExt, HashSet};

/// A value's 128-bit XXH3 hash: equal digests mean equal values. It is no protection against somebody who looks
/// for two values of one digest, and need not be: a memo lives in one run, over one author's files.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
pub struct Digest(u128);

impl Digest {
    /// The digest of everything that the value's `Hash` tells.
    pub fn of(value: &(impl Hash + ?Sized)) -> Digest {
        let mut digester = Digester::default();
        value.hash(&mut digester);
        digester.digest()
    }
}

/// Gathers what a digest is made of.
pub struct Digester(Vec<u8>);

impl Default for Digester {
    fn default() -> Digester {
        // What a page shows is mostly a few kilobytes.
        Digester(Vec::with_capacity(8 * 1024))
    }
}

impl Digester {
    /// The digest of everything gathered.
    pub fn digest(&self) -> Digest {
        Digest(xxhash_rust::xxh3::xxh3_128(&self.0))
    }
}

impl Hasher for Digester {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&self.0)
    }
}

/// What a function made in the last run, by name, with the input that it was made from.
pub struct Memo<K, I, V> {
    /// `None` where nothing is remembered.
    known: Option<HashMap<K, (I, V)>>,
}

impl<K: Eq + Hash, I: PartialEq, V> Memo<K, I, V> {
    /// A memo that remembers nothing: for a single run.
    pub fn off() -> Memo<K, I, V> {
        Memo { known: None }
    }

    /// An empty memo that will remember.
    pub fn on() -> Memo<K, I, V> {
        Memo { known: Some(HashMap::new()) }
    }

    /// Whether it is worth asking and telling.
    pub fn remembers(&self) -> bool {
        self.known.is_some()
    }

    /// What was made from this input under this name.
    pub fn recall(&self, name: &K, input: &I) -> Option<&V> {
        self.known.as_ref()?.get(name).filter(|(known, _)| known == input).map(|(_, value)| value)
    }

    /// What was made from this input under this name, else what `make` makes; with a value that was made anew
    /// comes the input to remember it by. Without an input nothing is asked and nothing will be remembered.
    pub fn recall_or(&self, name: &K, input: Option<I>, make: impl FnOnce() -> V) -> (V, Option<I>)
    where
        V: Clone,
    {
        match input.as_ref().and_then(|input| self.recall(name, input)) {
            Some(known) => (known.clone(), None),
            None => (make(), input),
        }
    }

    /// Remembers what a run made anew; `names` are all that it made or recalled, and every other is forgotten.
    pub fn remember(&mut self, anew: impl IntoIterator<Item = (K, I, V)>, names: &[&K]) {
        let Some(known) = &mut self.known else { return };
        known.extend(anew.into_iter().map(|(name, input, value)| (name, (input, value))));
        // Every name of the run is known by now: as many names mean the same names.
        if known.len() > names.len() {
            let names: HashSet<&K> = names.iter().copied().collect();
            known.retain(|name, _| names.contains(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_tell_values_apart() {
        assert_eq!(Digest::of(&("a", "b")), Digest::of(&("a", "b")));
        assert_ne!(Digest::of(&("a", "b")), Digest::of(&("ab", "")));
        assert_ne!(Digest::of(&Some(0u8)), Digest::of(&None::<u8>));
    }

    #[test]
    fn a_memo_knows_the_last_run_only() {
        let mut memo = Memo::on();
        memo.remember([("page", 1, "one"), ("other", 1, "one")], &[&"page", &"other"]);
        assert_eq!(memo.recall(&"page", &1), Some(&"one"));
        assert_eq!(memo.recall(&"page", &2), None);
        memo.remember([("page", 2, "two")], &[&"page"]);
        assert_eq!(memo.recall(&"page", &2), Some(&"two"));
        assert_eq!(memo.recall(&"other", &1), None);
    }

    #[test]
    fn a_memo_that_is_off_knows_nothing() {
        let mut memo = Memo::off();
        memo.remember([("page", 1, "one")], &[&"page"]);
        assert!(!memo.remembers() && memo.recall(&"page", &1).is_none());
    }
}
