//! A connection looked at closely: what a web client does without being asked, and so doesn't tell.
//!
//! Owns how long a certificate is still valid, whether a connection stays open, and how a text is packed on its way. Speaks as
//! little HTTP as that takes: one question, and the head of its answer.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, ClientConnection, StreamOwned};
use url::Url;

use super::web::{AGENT, Answer, Web};

/// No server says more before it begins to answer.
const LONGEST_HEAD: usize = 64 * 1024;

trait Both: Read + Write {}
impl<T: Read + Write> Both for T {}

/// An open connection to the host of an address.
pub struct Line {
    stream: Box<dyn Both>,
    host: String,
    /// The host's certificate with those that vouch for it.
    certificates: Vec<CertificateDer<'static>>,
}

impl Line {
    /// Connects.
    ///
    /// # Errors
    /// Where that's not possible: the connection may go by way of somebody else.
    pub fn open(web: &Web, url: &Url) -> io::Result<Line> {
        let name = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or(80);
        let address = match web.settings().at {
            Some(at) => at.address(port),
            None => {
                let bare = name.trim_matches(['[', ']']);
                (bare, port).to_socket_addrs()?.next().ok_or_else(|| io::Error::other("no address"))?
            }
        };
        let patience = web.settings().patience;
        let stream = TcpStream::connect_timeout(&address, patience.min(Duration::from_secs(10)))?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        let host = url.port().map_or_else(|| name.to_string(), |port| format!("{name}:{port}"));
        if url.scheme() != "https" {
            return Ok(Line { stream: Box::new(stream), host, certificates: Vec::new() });
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(web.roots())
            .with_no_client_auth();
        let server = server_name(name)?;
        let talk = ClientConnection::new(Arc::new(config), server).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(talk, stream);
        stream.conn.complete_io(&mut stream.sock)?;
        let certificates = stream.conn.peer_certificates().unwrap_or_default();
        let certificates = certificates.iter().map(|one| one.clone().into_owned()).collect();
        Ok(Line { stream: Box::new(stream), host, certificates })
    }

    /// Asks, and reads the head of the answer.
    ///
    /// # Errors
    /// Where the host hangs up or says something else.
    pub fn ask(&mut self, method: &str, url: &Url, packed: &str) -> io::Result<Answer> {
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let question = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {AGENT}\r\nAccept: */*\r\nAccept-Encoding: {packed}\r\n\r\n",
            self.host
        );
        self.stream.write_all(question.as_bytes())?;
        self.stream.flush()?;
        let mut head = Vec::new();
        let mut byte = [0];
        // A byte at a time: what follows belongs to the next answer.
        while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_HEAD {
            self.stream.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        read(&String::from_utf8_lossy(&head)).ok_or_else(|| io::Error::other("this isn't HTTP"))
    }

    /// The days that the certificate and those that vouch for it are still valid, where that's less than `within` days.
    pub fn ends_within(&self, web: &Web, url: &Url, within: u64) -> Option<u64> {
        let (own, others) = self.certificates.split_first()?;
        let server = server_name(url.host_str()?).ok()?;
        let verifier = WebPkiServerVerifier::builder_with_provider(web.roots(), Arc::new(ring::default_provider()))
            .build()
            .ok()?;
        // It is valid now; whether it is so on that day says the same judge.
        let now = UnixTime::now();
        let day = Duration::from_secs(24 * 60 * 60);
        let then = UnixTime::since_unix_epoch(Duration::from_secs(now.as_secs()) + day * u32::try_from(within).ok()?);
        match verifier.verify_server_cert(own, others, &server, &[], then) {
            Err(rustls::Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => {
                Some(not_after.as_secs().saturating_sub(now.as_secs()) / day.as_secs())
            }
            _ => None,
        }
    }
}

fn server_name(name: &str) -> io::Result<ServerName<'static>> {
    ServerName::try_from(name.trim_matches(['[', ']']).to_string()).map_err(io::Error::other)
}

fn read(head: &str) -> Option<Answer> {
    let mut lines = head.split("\r\n");
    let status = lines.next()?.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_string())).collect();
    Some(Answer { status, headers, body: Vec::new() })
}
