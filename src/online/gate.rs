//! Manners: how many ask a host at once, how long they pause when it wants a pause, and when they give up.
//!
//! Owns nothing of what is asked.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// So many requests are under way to a host at once.
const AT_ONCE: u32 = 2;
/// After so many in a row without an answer nobody waits for another.
const SILENT: u32 = 4;

/// Lets requests through, host by host.
#[derive(Default)]
pub(super) struct Gate {
    hosts: Mutex<HashMap<String, Host>>,
    changed: Condvar,
}

#[derive(Default)]
struct Host {
    under_way: u32,
    silent: u32,
    not_before: Option<Instant>,
    given_up: bool,
}

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// There was an answer.
    Answered,
    /// There was none.
    Silent,
    /// The host wants a pause, and has been given all that anybody has time for.
    Busy,
}

impl Gate {
    /// Waits until a request may go out; false where nobody should ask this host any more.
    pub fn enter(&self, host: &str) -> bool {
        let mut hosts = self.hosts();
        loop {
            let state = hosts.entry(host.to_string()).or_default();
            if state.given_up {
                return false;
            }
            let now = Instant::now();
            let pause =
                state.not_before.and_then(|until| until.checked_duration_since(now)).filter(|rest| !rest.is_zero());
            if pause.is_none() && state.under_way < AT_ONCE {
                state.under_way += 1;
                return true;
            }
            let wait = pause.unwrap_or(Duration::from_secs(1));
            hosts = self.changed.wait_timeout(hosts, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A request that was let through has ended.
    pub fn leave(&self, host: &str, ended: Ended) {
        if let Some(state) = self.hosts().get_mut(host) {
            state.under_way = state.under_way.saturating_sub(1);
            state.silent = if ended == Ended::Silent { state.silent + 1 } else { 0 };
            state.given_up |= ended == Ended::Busy || state.silent >= SILENT;
        }
        self.changed.notify_all();
    }

    /// Nobody asks this host for a while.
    pub fn pause(&self, host: &str, time: Duration) {
        if let Some(state) = self.hosts().get_mut(host) {
            let until = Instant::now() + time;
            state.not_before = Some(state.not_before.map_or(until, |before| before.max(until)));
        }
    }

    /// Whether a host was given up.
    pub fn gave_up(&self, host: &str) -> bool {
        self.hosts().get(host).is_some_and(|state| state.given_up)
    }

    fn hosts(&self) -> MutexGuard<'_, HashMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_two_ask_a_host_at_once() {
        let (gate, now, most) = (Gate::default(), Mutex::new(0_u32), Mutex::new(0_u32));
        std::thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| {
                    assert!(gate.enter("a"));
                    let under_way = {
                        let mut now = now.lock().unwrap();
                        *now += 1;
                        *now
                    };
                    let mut most = most.lock().unwrap();
                    *most = (*most).max(under_way);
                    drop(most);
                    std::thread::sleep(Duration::from_millis(5));
                    *now.lock().unwrap() -= 1;
                    gate.leave("a", Ended::Answered);
                });
            }
        });
        assert_eq!(*most.lock().unwrap(), AT_ONCE);
    }

    #[test]
    fn a_host_that_never_answers_is_given_up_and_others_are_not() {
        let gate = Gate::default();
        for _ in 0..SILENT {
            assert!(gate.enter("a"));
            gate.leave("a", Ended::Silent);
        }
        assert!(!gate.enter("a") && gate.gave_up("a") && gate.enter("b"));
    }
}
