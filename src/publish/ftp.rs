//! A server by FTP, with TLS (`ftps`, as RFC 4217 has it) or without.
//!
//! Owns that each file is put under another name first and then renamed, and what servers differ in. What their answers mean for an
//! author is `ftp_answers`'; whether the server is the right one, `certificate` judges.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::version::{TLS12, TLS13};
use suppaftp::types::FileType;
use suppaftp::{FtpError, Mode, RustlsConnector, RustlsFtpStream, Status};

use super::address::Address;
use super::certificate::{Fingerprint, Judge};
use super::ftp_answers::{fault, turned_away, without_tls};
use super::secret::{PASSWORD, Secret};
use super::{Far, Fault, MANIFEST, Manifest, aside, needed};
use crate::document::model::Publish;

/// How long a server may take to answer the call.
const CALLING: Duration = Duration::from_secs(20);

/// How long it may say nothing while it's spoken to.
const SILENCE: Duration = Duration::from_secs(60);

/// The server.
pub(super) struct Ftp {
    address: Address,
    user: String,
    port: u16,
    secret: Secret,
    /// Who judges its certificate; none where what is sent can be read by others.
    judge: Option<Arc<Judge>>,
    line: RustlsFtpStream,
    /// Folders that are known to be there.
    made: BTreeSet<String>,
}

impl Ftp {
    /// Calls the server, with TLS or without.
    pub fn new(publish: &Publish, with_tls: bool) -> Result<Ftp, Fault> {
        let address = Address::of(publish)?;
        let user = needed(address.user.as_ref(), "user", "your-account")?.to_string();
        let believed = publish.certificate.as_deref().map(Fingerprint::read).transpose()?;
        let judge = if with_tls { Some(Judge::new(believed)?) } else { None };
        let port = publish.port.unwrap_or(21);
        let secret = Secret::find(PASSWORD, &format!("password of {user} on {}", address.host))?;
        let line = call(&address, &user, port, &secret, judge.as_ref())?;
        Ok(Ftp { address, user, port, secret, judge, line, made: BTreeSet::new() })
    }

    /// Calls again where the server hung up: it does so after some minutes, for which somebody may think about a question.
    fn awake(&mut self) -> Result<(), Fault> {
        if self.line.noop().is_err() {
            self.line = call(&self.address, &self.user, self.port, &self.secret, self.judge.as_ref())?;
        }
        Ok(())
    }

    fn fault(&self, doing: &str, error: &FtpError) -> Fault {
        fault(&self.address, &self.secret, doing, error)
    }

    /// Makes the folders in which a file lies. One that's there already is refused, and that's no fault.
    fn make_folders(&mut self, path: &str) -> Result<(), Fault> {
        let ends = path.match_indices('/').map(|(at, _)| at);
        for folder in ends.map(|at| &path[..at]) {
            if self.made.insert(folder.to_string()) {
                match self.line.mkdir(folder) {
                    Ok(()) | Err(FtpError::UnexpectedResponse(_)) => {}
                    Err(error) => return Err(self.fault(folder, &error)),
                }
            }
        }
        Ok(())
    }

    fn put_one(&mut self, path: &str, mut bytes: impl Read) -> Result<(), Fault> {
        self.make_folders(path)?;
        let aside = aside(path);
        if let Err(error) = self.line.put_file(&aside, &mut bytes) {
            // A part of a file is of no use to anybody.
            let _ = self.line.rm(&aside);
            return Err(self.fault(path, &error));
        }
        let Err(first) = self.line.rename(aside.as_str(), path) else { return Ok(()) };
        // Some servers rename onto nothing that's there. For a moment it's away then, which can't be helped.
        if matches!(first, FtpError::UnexpectedResponse(_))
            && self.line.rm(path).is_ok()
            && self.line.rename(aside.as_str(), path).is_ok()
        {
            return Ok(());
        }
        let _ = self.line.rm(&aside);
        Err(self.fault(path, &first))
    }

    /// Whether a file is there, by its size; servers that tell no sizes list it.
    fn is_there(&mut self, path: &str) -> Result<bool, Fault> {
        match self.line.size(path) {
            Ok(_) => Ok(true),
            Err(FtpError::UnexpectedResponse(said)) if said.status == Status::FileUnavailable => Ok(false),
            Err(FtpError::UnexpectedResponse(_)) => match self.line.nlst(Some(path)) {
                Ok(names) => Ok(names.iter().any(|name| name.trim().ends_with(path))),
                Err(FtpError::UnexpectedResponse(_)) => Ok(false),
                Err(error) => Err(self.fault(path, &error)),
            },
            Err(error) => Err(self.fault(path, &error)),
        }
    }
}

/// An open line to the server, in the site's folder.
fn call(
    address: &Address,
    user: &str,
    port: u16,
    secret: &Secret,
    judge: Option<&Arc<Judge>>,
) -> Result<RustlsFtpStream, Fault> {
    let failed = |error: &FtpError| fault(address, secret, "", error);
    let plain = dial(address, port).map_err(|error| failed(&error))?;
    let mut line = match judge {
        None => plain,
        Some(judge) => {
            // Servers that want both lines of a transfer to belong together know them by their session, of which TLS 1.3 hands out few.
            let older = RustlsConnector::from(judge.config(&[&TLS12])?);
            match plain.into_secure(older, &address.host) {
                Ok(line) => line,
                Err(error) if judge.refused().is_some() => return Err(turned_away(address, judge, &failed(&error))),
                Err(FtpError::UnexpectedResponse(_)) => return Err(without_tls(address)),
                Err(_) => {
                    let newer = RustlsConnector::from(judge.config(&[&TLS13])?);
                    let plain = dial(address, port).map_err(|error| failed(&error))?;
                    let line = plain.into_secure(newer, &address.host);
                    line.map_err(|error| turned_away(address, judge, &failed(&error)))?
                }
            }
        }
    };
    line.login(user, secret.reveal()).map_err(|error| match &error {
        FtpError::UnexpectedResponse(said) if said.status.code() / 10 == 53 => Fault::new(
            format!("{} doesn't let you in", address.host),
            "check `user` under `publish:`, and your password with your host",
        ),
        _ => failed(&error),
    })?;
    line.transfer_type(FileType::Binary).map_err(|error| failed(&error))?;
    // Names with letters such as é. A server that doesn't know the question sends them as they are.
    let _ = line.opts("UTF8", Some("ON"));
    if !address.folder.is_empty() {
        line.cwd(&address.folder).map_err(|error| match &error {
            FtpError::UnexpectedResponse(_) => Fault::new(
                format!("there's no folder `{}` on {}", address.folder, address.host),
                "check `folder` under `publish:`; write it as your host's file manager shows it",
            ),
            _ => failed(&error),
        })?;
    }
    Ok(line)
}

fn dial(address: &Address, port: u16) -> Result<RustlsFtpStream, FtpError> {
    let found = (address.host.trim_matches(['[', ']']), port).to_socket_addrs().map_err(FtpError::ConnectionError)?;
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for at in found {
        match open(at) {
            Ok(stream) => {
                let mut line = RustlsFtpStream::connect_with_stream(stream)?
                    .passive_stream_builder(|at| open(at).map_err(FtpError::ConnectionError));
                // A server behind a router names an address that only its own network knows, and a false one could name somebody else's.
                line.set_passive_nat_workaround(true);
                line.set_mode(if at.is_ipv6() { Mode::ExtendedPassive } else { Mode::Passive });
                return Ok(line);
            }
            Err(error) => last = error,
        }
    }
    Err(FtpError::ConnectionError(last))
}

fn open(at: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&at, CALLING)?;
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    Ok(stream)
}

impl Far for Ftp {
    fn manifest(&mut self) -> Result<Option<Manifest>, Fault> {
        self.awake()?;
        match self.line.retr_as_buffer(MANIFEST) {
            Ok(bytes) => Ok(Some(Manifest::read(&bytes.into_inner()))),
            Err(FtpError::UnexpectedResponse(said)) if said.status == Status::FileUnavailable => Ok(None),
            Err(error) => Err(self.fault(MANIFEST, &error)),
        }
    }

    fn has(&mut self, path: &str) -> Result<bool, Fault> {
        self.awake()?;
        self.is_there(path)
    }

    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        self.awake().ok()?;
        self.line.retr_as_buffer(path).ok().map(Cursor::into_inner)
    }

    fn put(&mut self, root: &Path, paths: &[String]) -> Result<(), Fault> {
        self.awake()?;
        for path in paths {
            let local = root.join(path);
            let file = File::open(&local)
                .map_err(|error| Fault::new(format!("{} can't be read: {error}", local.display()), "build again"))?;
            self.put_one(path, file)?;
        }
        Ok(())
    }

    fn remove(&mut self, paths: &[String]) -> Result<(), Fault> {
        self.awake()?;
        for path in paths {
            match self.line.rm(path) {
                Ok(()) => {}
                // It may have gone already.
                Err(error @ FtpError::UnexpectedResponse(_)) if self.is_there(path)? => {
                    return Err(self.fault(path, &error));
                }
                Err(FtpError::UnexpectedResponse(_)) => {}
                Err(error) => return Err(self.fault(path, &error)),
            }
        }
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for path in paths {
            folders.extend(path.match_indices('/').map(|(at, _)| &path[..at]));
        }
        // What lies in a folder stands behind it in the order of names. One that holds something stays: the server refuses.
        for folder in folders.into_iter().rev() {
            if self.line.rmdir(folder).is_ok() {
                self.made.remove(folder);
            }
        }
        Ok(())
    }

    fn note(&mut self, manifest: &[u8]) -> Result<(), Fault> {
        self.awake()?;
        self.put_one(MANIFEST, Cursor::new(manifest))
    }
}
