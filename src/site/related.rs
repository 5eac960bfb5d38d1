//! Which articles are offered to read next where their author names none.

use rayon::prelude::*;

use super::Topic;

/// How many articles are offered to read next where the author names none.
const RELATED: usize = 3;

/// For each article those that share the most topics with it, the newest first among equals, without the one before and
/// the one after it, to which its page leads anyway. Only the newest few of a topic are looked at, so that the work grows
/// with the number of articles, not with its square.
pub(super) fn alike(topics_of: &[Vec<usize>], topics: &[Topic]) -> Vec<Vec<usize>> {
    const LOOKED_AT: usize = 24;
    let of = |(index, own): (usize, &Vec<usize>)| {
        let newest = |topic: &usize| {
            topics[*topic].articles.iter().copied().filter(|other| other.abs_diff(index) > 1).take(LOOKED_AT)
        };
        // Each list is sorted, the newest first: walked beside each other they meet at what they share.
        let mut lists: Vec<_> = own.iter().map(|topic| newest(topic).peekable()).collect();
        let mut ranked: Vec<(usize, usize)> = Vec::with_capacity(RELATED + 1);
        while let Some(other) = lists.iter_mut().filter_map(|list| list.peek().copied()).min() {
            let shared = lists.iter_mut().filter_map(|list| list.next_if_eq(&other)).count();
            let rank = ranked.partition_point(|(more, _)| *more >= shared);
            if rank < RELATED {
                ranked.insert(rank, (shared, other));
                ranked.truncate(RELATED);
            }
        }
        ranked.into_iter().map(|(_, other)| other).collect()
    };
    topics_of.par_iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(articles: &[usize]) -> Topic {
        Topic { name: String::new(), slug: String::new(), introduction: None, articles: articles.to_vec() }
    }

    #[test]
    fn articles_alike_share_most_topics_and_are_no_neighbours() {
        let topics_of = [vec![0], vec![0], vec![1, 0], vec![0], vec![0, 1], vec![1], vec![]];
        let topics = [topic(&[0, 1, 2, 3, 4]), topic(&[2, 4, 5])];
        let alike = alike(&topics_of, &topics);
        assert_eq!(alike[0], [2, 3, 4], "the newest first among equals, the next article left out");
        assert_eq!(alike[2], [4, 0, 5], "two topics in common before one");
        assert_eq!(alike[4], [2, 0, 1]);
        assert!(alike[6].is_empty());
    }

    #[test]
    fn only_the_newest_of_a_topic_are_looked_at() {
        let all: Vec<usize> = (0..1000).collect();
        let alike = alike(&vec![vec![0]; 1000], &[topic(&all)]);
        assert_eq!(alike[500], [0, 1, 2]);
        assert_eq!(alike[1], [3, 4, 5]);
    }
}
