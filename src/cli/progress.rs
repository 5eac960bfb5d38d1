//! A sign of life on work that takes long.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::ProgressBar;

/// A spinner that appears once the work has taken a while; only on a terminal.
pub(super) struct Spinner {
    done: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

/// Starts waiting. `Duration::MAX` shows nothing.
pub(super) fn start(after: Duration) -> Spinner {
    let (done, finished) = mpsc::channel();
    let thread = (after < Duration::MAX).then(|| {
        thread::spawn(move || {
            if finished.recv_timeout(after) == Err(RecvTimeoutError::Timeout) {
                let bar = ProgressBar::new_spinner().with_message("building the site");
                bar.enable_steady_tick(Duration::from_millis(100));
                let _ = finished.recv();
                bar.finish_and_clear();
            }
        })
    });
    Spinner { done, thread }
}

impl Spinner {
    /// Takes the spinner away.
    pub(super) fn stop(self) {
        let _ = self.done.send(());
        if let Some(thread) = self.thread {
            let _ = thread.join();
        }
    }
}
