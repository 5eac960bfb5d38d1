//! One upload of a site at a time.
//!
//! Owns the lock that the programs which do the sending hold, too: where this one is killed and they live on, the next upload waits until
//! they're done, and neither changes what they read nor crosses what they write.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::Fault;

/// The lock, in a folder of the program's own in the site. It holds what the sending programs print.
const NAME: &str = "sending";

/// How long an upload waits for another one of the same site.
const PATIENCE: Duration = Duration::from_secs(60);

/// The right to send, until it's dropped and no program that was given it runs any more.
pub struct Lock {
    /// None where the file system knows no locks: everybody may send.
    held: Option<File>,
}

impl Lock {
    /// Waits until nobody else sends; `waiting` is called once if that takes longer than a moment.
    ///
    /// # Errors
    /// Where another upload goes on and on.
    pub fn take(kept: &Path, waiting: impl FnOnce()) -> Result<Lock, Fault> {
        Lock::within(kept, PATIENCE, waiting)
    }

    fn within(kept: &Path, patience: Duration, waiting: impl FnOnce()) -> Result<Lock, Fault> {
        let path = kept.join(NAME);
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(|error| {
            Fault::new(
                format!("{} can't be written: {error}", path.display()),
                "check that you may write into the site's folder",
            )
        })?;
        let (began, mut waiting) = (Instant::now(), Some(waiting));
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(_)) => return Ok(Lock { held: None }),
                Err(TryLockError::WouldBlock) => {}
            }
            if began.elapsed() > patience {
                return Err(Fault::new(
                    "another upload of this site is still under way",
                    "wait until it's done, or close the other window in which `anteroom publish` runs; then publish again",
                ));
            }
            if began.elapsed() > Duration::from_secs(1)
                && let Some(waiting) = waiting.take()
            {
                waiting();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        // What was printed the last time is of no use any more, and no harm.
        let _ = file.set_len(0);
        Ok(Lock { held: Some(file) })
    }

    /// Where a program that sends prints to: with it, it holds the lock.
    pub(super) fn output(&self) -> Stdio {
        self.held.as_ref().and_then(|file| file.try_clone().ok()).map_or_else(Stdio::null, Stdio::from)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_program_that_lives_on_keeps_the_next_upload_waiting() {
        let folder = std::env::temp_dir().join(format!("anteroom-lock-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let short = Duration::from_millis(200);
        let lock = Lock::take(&folder, || {}).unwrap();
        let mut sending = Command::new("sleep").arg("30").stdout(lock.output()).spawn().unwrap();
        assert!(Lock::within(&folder, short, || {}).is_err_and(|fault| fault.message.contains("another upload")));
        drop(lock);
        assert!(Lock::within(&folder, short, || {}).is_err());
        sending.kill().unwrap();
        sending.wait().unwrap();
        assert!(Lock::within(&folder, short, || {}).is_ok());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
