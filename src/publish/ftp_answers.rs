//! What the answers of an FTP server mean for an author, and what to do.

use std::io;

use suppaftp::FtpError;

use super::Fault;
use super::address::Address;
use super::certificate::Judge;
use super::secret::Secret;

/// What to say of a server that speaks no TLS.
pub(super) fn without_tls(address: &Address) -> Fault {
    Fault::new(
        format!("{} offers no encryption", address.host),
        "ask your host for SFTP, or for FTP with TLS. With `to: ftp`, others can read your password and your files on their way",
    )
}

/// What to say of a certificate that was turned away, if one was.
pub(super) fn turned_away(address: &Address, judge: &Judge, otherwise: &Fault) -> Fault {
    let Some(refused) = judge.refused() else { return otherwise.clone() };
    let host = &address.host;
    let why = match (refused.is_anothers, refused.is_out_of_date) {
        (true, _) => "its certificate is for another name",
        (_, true) => "its certificate is out of date",
        _ => "nobody whom browsers trust vouches for its certificate",
    };
    Fault::new(
        format!("it isn't certain that this is {host}: {why}"),
        format!(
            "if your host gives you another name for its FTP server, write that as `host`. Otherwise ask them whether this is the \
             fingerprint (SHA-256) of their certificate, and if it is, add it under `publish:`\n\n      certificate: {}",
            refused.fingerprint
        ),
    )
}

/// What an answer means for an author.
pub(super) fn fault(address: &Address, secret: &Secret, doing: &str, error: &FtpError) -> Fault {
    let host = &address.host;
    let again = "publish again: what was sent stays, and the rest follows";
    match error {
        FtpError::ConnectionError(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
                Fault::new(
                    format!("{host} doesn't answer"),
                    "check your connection, and `port` under `publish:` with your host",
                )
            }
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => {
                Fault::new(format!("{host} has stopped answering"), again)
            }
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
                Fault::new(format!("{host} has hung up"), again)
            }
            _ if is_unknown_name(error) => Fault::new(
                format!("there's no server called {host}, or no network"),
                "check your connection and `host` under `publish:`",
            ),
            _ => Fault::new(format!("{host} can't be reached: {error}"), again),
        },
        FtpError::UnexpectedResponse(said) => {
            let words = secret.hide(&String::from_utf8_lossy(&said.body));
            let words = words.trim().lines().last().unwrap_or_default();
            match said.status.code() {
                421 => Fault::new(
                    format!("{host} has no free connection just now: {words}"),
                    "wait a minute, and publish again",
                ),
                452 | 552 => Fault::new(
                    format!("{host} has no room left"),
                    "make room there; then publish again, and the rest is sent",
                ),
                530 | 532 => Fault::new(
                    format!("{host} doesn't let you in: {words}"),
                    "check `user` under `publish:`, and your password with your host",
                ),
                550 | 553 => Fault::new(
                    format!("you may not write `{doing}` on {host}: {words}"),
                    "check `folder` under `publish:`, and its permissions, with your host",
                ),
                _ => Fault::new(format!("{host} stopped: {words}"), again),
            }
        }
        FtpError::SecureError(words) => {
            Fault::new(format!("{host} can't be spoken to with encryption: {words}"), again)
        }
        FtpError::BadResponse | FtpError::InvalidAddress(_) | FtpError::DataConnectionAlreadyOpen => Fault::new(
            format!("{host} doesn't speak FTP as it should: {error}"),
            "check `host` and `port` under `publish:` with your host",
        ),
    }
}

/// Whether a name led to no address: the standard library has no kind of error for that.
fn is_unknown_name(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound || error.to_string().contains("lookup address")
}
