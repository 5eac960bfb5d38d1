//! A sign of life on work that takes long.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};

/// A spinner that appears once the work has taken a while; only on a terminal.
pub(super) struct Spinner {
    bar: ProgressBar,
    done: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

/// Starts waiting. `Duration::MAX` shows nothing.
pub(super) fn start(after: Duration) -> Spinner {
    let (done, finished) = mpsc::channel();
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message("building the site");
    let shown = bar.clone();
    let thread = (after < Duration::MAX).then(|| {
        thread::spawn(move || {
            if finished.recv_timeout(after) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(100));
                let _ = finished.recv();
                shown.finish_and_clear();
            }
        })
    });
    Spinner { bar, done, thread }
}

impl Spinner {
    /// Says what is being done.
    pub(super) fn says(&self, words: String) {
        self.bar.set_message(words);
    }

    /// Says how many pictures have been made, of how many.
    pub(super) fn pictures(&self, done: usize, of: usize) {
        self.bar.set_message(format!("making pictures smaller: {done} of {of}"));
    }

    /// Takes the spinner away.
    pub(super) fn stop(self) {
        let _ = self.done.send(());
        if let Some(thread) = self.thread {
            let _ = thread.join();
        }
    }
}
