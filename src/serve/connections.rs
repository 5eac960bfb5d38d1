//! The connections of the preview.
//!
//! Owns how many there may be and how long each may keep the server waiting. The library below waits for ever for the rest
//! of a request and takes any number of connections; so a stuck program, or one that means harm, could take the preview away
//! from its author. Knows nothing of what is asked.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep};

/// How long a connection may take to bring its first request whole: browsers take milliseconds on the same machine, a
/// telephone in bad reception a second.
const TO_ASK: Duration = Duration::from_secs(10);
/// How long a connection may do nothing after an answer, or not take what is sent. Streams of events say something every 15
/// seconds.
const TO_GO_ON: Duration = Duration::from_secs(60);
/// The largest head of a request in bytes. Browsers send one or two thousand, with many cookies ten.
const LARGEST_HEAD: usize = 64 * 1024;
/// The most connections at once. A browser opens six to a server, and most systems give a program 1024 open files.
const MOST: usize = 900;

/// Accepts connections; of too many it ends the one that has been still for longest.
pub(super) struct Door {
    listener: TcpListener,
    open: Arc<Open>,
    count: u64,
}

/// The open connections by number.
#[derive(Default)]
struct Open(Mutex<BTreeMap<u64, Held>>);

struct Held {
    talk: Talk,
    end: oneshot::Sender<()>,
}

impl Open {
    fn with<T>(&self, then: impl FnOnce(&mut BTreeMap<u64, Held>) -> T) -> T {
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends the connection that has been still for longest, those first that have asked for nothing yet.
    fn end_one(&self) {
        self.with(|open| {
            let stillest = open.iter().min_by_key(|(_, held)| {
                let said = held.talk.said();
                (said.is_answering || said.has_answered, said.moved)
            });
            if let Some(held) = stillest.map(|(id, _)| *id).and_then(|id| open.remove(&id)) {
                let _ = held.end.send(());
            }
        });
    }
}

impl Door {
    pub fn new(listener: TcpListener) -> Door {
        Door { listener, open: Arc::default(), count: 0 }
    }
}

impl Listener for Door {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        loop {
            let (stream, address) = match self.listener.accept().await {
                Ok(accepted) => accepted,
                Err(_) => {
                    // No file is left for it, or it is gone already.
                    self.open.end_one();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            };
            if self.open.with(|open| open.len()) >= MOST {
                self.open.end_one();
            }
            // Events are small and must not wait for more.
            let _ = stream.set_nodelay(true);
            let (end, ended) = oneshot::channel();
            let talk = Talk::default();
            self.count += 1;
            let id = self.count;
            self.open.with(|open| open.insert(id, Held { talk: talk.clone(), end }));
            let wait = Box::pin(tokio::time::sleep(TO_ASK));
            return (Line { id, stream, talk, ended, wait, open: self.open.clone() }, address);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// How far a connection's talk is. The server says where a request has come whole.
#[derive(Clone)]
pub(super) struct Talk(Arc<Mutex<Said>>);

#[derive(Clone, Copy)]
struct Said {
    /// When it was opened, or last took something.
    moved: Instant,
    has_answered: bool,
    is_answering: bool,
    /// Bytes of the present request.
    asked: usize,
}

impl Default for Talk {
    fn default() -> Talk {
        Talk(Arc::new(Mutex::new(Said { moved: Instant::now(), has_answered: false, is_answering: false, asked: 0 })))
    }
}

impl Talk {
    /// A request has come whole: from here on the server keeps the browser waiting, not the other way round.
    pub fn begins_answer(&self) {
        self.with(|said| said.is_answering = true);
    }

    fn said(&self) -> Said {
        self.with(|said| *said)
    }

    fn with<T>(&self, then: impl FnOnce(&mut Said) -> T) -> T {
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Connected<IncomingStream<'_, Door>> for Talk {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Talk {
        stream.io().talk.clone()
    }
}

/// One connection.
pub(super) struct Line {
    id: u64,
    stream: TcpStream,
    talk: Talk,
    ended: oneshot::Receiver<()>,
    wait: Pin<Box<Sleep>>,
    open: Arc<Open>,
}

impl Line {
    /// Nothing, while the other side may take its time; otherwise that it may not.
    fn patience(&mut self, context: &mut Context<'_>, is_reading: bool) -> io::Result<()> {
        if Pin::new(&mut self.ended).poll(context).is_ready() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let said = self.talk.said();
        if is_reading && said.is_answering {
            return Ok(());
        }
        let until = said.moved + if said.has_answered { TO_GO_ON } else { TO_ASK };
        if self.wait.deadline() != until {
            self.wait.as_mut().reset(until);
        }
        match self.wait.as_mut().poll(context) {
            Poll::Ready(()) => Err(io::ErrorKind::TimedOut.into()),
            Poll::Pending => Ok(()),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.open.with(|open| open.remove(&self.id));
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.patience(context, true)?;
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, into);
        let more = into.filled().len() - before;
        let is_too_large = self.talk.with(|said| {
            said.asked += more;
            !said.is_answering && said.asked > LARGEST_HEAD
        });
        match is_too_large {
            true => Poll::Ready(Err(io::ErrorKind::InvalidData.into())),
            false => read,
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wrote(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.wrote(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Line {
    fn wrote(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match &written {
            Poll::Ready(_) => self.talk.with(|said| {
                *said = Said { moved: Instant::now(), has_answered: true, is_answering: false, asked: 0 };
            }),
            Poll::Pending => self.patience(context, false)?,
        }
        written
    }
}
