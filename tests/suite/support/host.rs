//! A web host of our own on this machine: a real server that speaks HTTP/1.1 and TLS, answers for every name, and does with each
//! answer whatever a test wants.

#![allow(clippy::disallowed_methods, reason = "certificates end on days of the calendar")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A question.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub scheme: &'static str,
    pub host: String,
    pub path: String,
    pub query: String,
    pub packed: bool,
    /// What was sent along.
    pub body: Vec<u8>,
    pub headers: Vec<String>,
}

impl Asked {
    /// One of its headers.
    pub fn header(&self, name: &str) -> Option<String> {
        let mut headers = self.headers.iter().filter_map(|line| line.split_once(':'));
        headers.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_string())
    }
}

/// An answer.
#[derive(Clone, Default, Debug)]
pub struct Given {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Hangs up instead of answering.
    pub hangs_up: bool,
    /// Waits so long.
    pub waits: Duration,
}

impl Given {
    pub fn new(status: u16, body: &str) -> Given {
        Given { status, body: body.into(), ..Given::default() }
    }

    pub fn to(status: u16, location: &str) -> Given {
        Given::new(status, "").with("Location", location)
    }

    pub fn page(body: &str) -> Given {
        Given::new(200, body).with("Content-Type", "text/html; charset=utf-8")
    }

    pub fn with(mut self, name: &str, value: &str) -> Given {
        self.headers.retain(|(own, _)| !own.eq_ignore_ascii_case(name));
        self.headers.push((name.to_string(), value.to_string()));
        self
    }

    pub fn without(mut self, name: &str) -> Given {
        self.headers.retain(|(own, _)| !own.eq_ignore_ascii_case(name));
        self
    }

    pub fn is_page(&self) -> bool {
        self.headers.iter().any(|(name, value)| name == "Content-Type" && value.starts_with("text/html"))
    }

    /// Other words, where it's a text.
    pub fn replaced(mut self, what: &str, with: &str) -> Given {
        if let Ok(text) = std::str::from_utf8(&self.body) {
            self.body = text.replace(what, with).into_bytes();
        }
        self
    }

    /// Other words, where it's a page.
    pub fn page_with(self, what: &str, with: &str) -> Given {
        if self.is_page() { self.replaced(what, with) } else { self }
    }
}

/// A certificate, and who vouches for it.
pub struct Certificate {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    /// Who vouches for it, as a program takes it.
    pub authority: CertificateDer<'static>,
    /// The same as a file holds it.
    pub authority_pem: String,
}

impl Certificate {
    /// One for names, that ends in so many days.
    pub fn of(names: &[&str], days: i64) -> Certificate {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let vouching = authority.self_signed(&authority_key).unwrap();
        let (authority_der, authority_pem) = (vouching.der().clone(), vouching.pem());
        let issuer = Issuer::new(authority, authority_key);
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let mut own = CertificateParams::new(names).unwrap();
        // A day of the calendar ends at midnight.
        let end = jiff::Zoned::now().with_time_zone(jiff::tz::TimeZone::UTC).date() + jiff::Span::new().days(days + 1);
        own.not_after = rcgen::date_time_ymd(end.year().into(), end.month() as u8, end.day() as u8);
        let key = KeyPair::generate().unwrap();
        let certificate = own.signed_by(&key, &issuer).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        Certificate { chain: vec![certificate.der().clone()], key, authority: authority_der, authority_pem }
    }
}

/// A server at work; it ends with the tests.
pub struct Host {
    pub address: SocketAddr,
    /// What was asked, in order: `HEAD https://host/path`.
    pub asked: Arc<Mutex<Vec<String>>>,
    /// The most that were under way at once.
    pub at_once: Arc<Mutex<(usize, usize)>>,
}

impl Host {
    /// Answers on a free port, with TLS to who begins with it and a certificate is there.
    pub fn start(certificate: Option<&Certificate>, answer: impl Fn(&Asked) -> Given + Send + Sync + 'static) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = Host { address: listener.local_addr().unwrap(), asked: Arc::default(), at_once: Arc::default() };
        let tls = certificate.map(|certificate| {
            let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(certificate.chain.clone(), certificate.key.clone_key())
                .unwrap();
            Arc::new(config)
        });
        let answer: Arc<dyn Fn(&Asked) -> Given + Send + Sync> = Arc::new(answer);
        let (asked, at_once) = (Arc::clone(&host.asked), Arc::clone(&host.at_once));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (tls, answer, asked, at_once) =
                    (tls.clone(), Arc::clone(&answer), Arc::clone(&asked), Arc::clone(&at_once));
                std::thread::spawn(move || talk(stream, tls, &*answer, &asked, &at_once));
            }
        });
        host
    }
}

fn talk(
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    answer: &dyn Fn(&Asked) -> Given,
    asked: &Mutex<Vec<String>>,
    at_once: &Mutex<(usize, usize)>,
) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let mut first = [0];
    let begins_tls = stream.peek(&mut first).is_ok_and(|read| read == 1) && first[0] == 0x16;
    match (begins_tls, tls) {
        (true, Some(config)) => {
            let Ok(connection) = ServerConnection::new(config) else { return };
            serve(StreamOwned::new(connection, stream), "https", answer, asked, at_once);
        }
        (true, None) => {}
        (false, _) => serve(stream, "http", answer, asked, at_once),
    }
}

fn serve<S: Read + Write>(
    stream: S,
    scheme: &'static str,
    answer: &dyn Fn(&Asked) -> Given,
    asked: &Mutex<Vec<String>>,
    at_once: &Mutex<(usize, usize)>,
) {
    let mut stream = BufReader::new(stream);
    while let Some(question) = question(&mut stream, scheme) {
        asked.lock().unwrap().push(format!("{} {scheme}://{}{}", question.method, question.host, question.path));
        let now = |by: isize| {
            let mut at_once = at_once.lock().unwrap();
            at_once.0 = at_once.0.saturating_add_signed(by);
            at_once.1 = at_once.1.max(at_once.0);
        };
        now(1);
        let given = answer(&question);
        std::thread::sleep(given.waits);
        now(-1);
        if given.hangs_up {
            return;
        }
        let mut head = format!("HTTP/1.1 {} Said\r\n", given.status);
        for (name, value) in &given.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let says_length = given.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        if !says_length {
            head.push_str(&format!("Content-Length: {}\r\n", given.body.len()));
        }
        head.push_str("\r\n");
        let body: &[u8] = if question.method == "HEAD" { &[] } else { &given.body };
        // In one piece: two would wait for each other.
        let sent = stream.get_mut().write_all(&[head.as_bytes(), body].concat());
        let closes =
            given.headers.iter().any(|(name, value)| name.eq_ignore_ascii_case("connection") && value == "close");
        if sent.and_then(|()| stream.get_mut().flush()).is_err() || closes {
            return;
        }
    }
}

fn question(stream: &mut impl BufRead, scheme: &'static str) -> Option<Asked> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim_end().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_string());
    }
    let mut first = lines.first()?.split(' ');
    let (method, target) = (first.next()?.to_string(), first.next()?.to_string());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().to_string();
    let mut asked = Asked {
        method,
        scheme,
        host: String::new(),
        path,
        query: query.to_string(),
        packed: false,
        body: Vec::new(),
        headers: lines.split_off(1),
    };
    asked.host = asked.header("host").unwrap_or_default();
    asked.packed = asked.header("accept-encoding").is_some_and(|packed| packed.contains("gzip"));
    if let Some(length) = asked.header("content-length").and_then(|length| length.parse().ok()) {
        asked.body = vec![0; length];
        stream.read_exact(&mut asked.body).ok()?;
    }
    Some(asked)
}
