//! Asking web servers.
//!
//! Owns who asks (one agent that says who it is, follows nothing by itself and waits only so long) and what an answer is, or its
//! absence. Judges nothing.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{CertificateError, RootCertStore};
use ureq::config::Config;
use ureq::http::{Request, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

use super::gate::{Ended, Gate};

/// Who asks.
pub const AGENT: &str = concat!("Anteroom/", env!("CARGO_PKG_VERSION"), " (", env!("CARGO_PKG_REPOSITORY"), ")");
/// An answer that is longer is no page and no style sheet.
const LARGEST: u64 = 24 * 1024 * 1024;
/// A host that wants a longer pause is not waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// So often is asked again.
const AGAIN: u32 = 2;

/// How to ask.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The computer that is asked instead of the one that names lead to.
    pub at: Option<At>,
    /// Whose certificates are believed, instead of those that browsers believe.
    pub authorities: Option<Vec<CertificateDer<'static>>>,
    /// How long an answer may take.
    pub patience: Duration,
    /// How long to wait before asking again.
    pub pause: Duration,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { at: None, authorities: None, patience: Duration::from_secs(20), pause: Duration::from_secs(2) }
    }
}

impl Settings {
    /// The same with the authorities of a file as OpenSSL and curl take it (`SSL_CERT_FILE`): in some networks everything
    /// comes by way of the firm's own.
    ///
    /// # Errors
    /// Where the file can't be read or holds no certificate.
    pub fn believing(mut self, file: &std::path::Path) -> Result<Settings, String> {
        let certificates = CertificateDer::pem_file_iter(file).and_then(|all| all.collect::<Result<Vec<_>, _>>());
        let certificates = certificates.map_err(|error| error.to_string())?;
        if certificates.is_empty() {
            return Err("there's no certificate in it".to_string());
        }
        self.authorities = Some(certificates);
        Ok(self)
    }
}

/// A computer by its number, with a port where it isn't the usual one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At {
    ip: IpAddr,
    port: Option<u16>,
}

impl FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> Result<At, String> {
        let with_port = text.parse::<SocketAddr>().map(|at| At { ip: at.ip(), port: Some(at.port()) });
        let alone = || text.trim_matches(['[', ']']).parse().map(|ip| At { ip, port: None });
        with_port.or_else(|_| alone()).map_err(|_| "not a number such as 203.0.113.5".to_string())
    }
}

impl At {
    pub(super) fn address(self, usual: u16) -> SocketAddr {
        SocketAddr::new(self.ip, self.port.unwrap_or(usual))
    }
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Whether it is there, and what it would be.
    Head,
    /// All of it.
    Get,
    /// As a browser would, but only to see whether there is an answer.
    Glance,
}

/// An answer.
#[derive(Clone, Default, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What came with it.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header; the first where it was sent twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The values of a header.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The media type without what stands behind it, in lower case.
    pub fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Where it leads on to, as an address.
    pub fn leads_to(&self, from: &Url) -> Option<Url> {
        let location = self.header("location").filter(|_| (300..400).contains(&self.status))?;
        from.join(location).ok()
    }
}

/// Why there's no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Silence {
    /// The name leads nowhere, or this computer has no connection.
    NoName,
    /// Nobody listens there.
    Refused,
    /// It took too long.
    TimedOut,
    /// The certificate isn't valid: why.
    Certificate(BadCertificate),
    /// What came can't be read as an answer, or the connection broke.
    Broken(String),
    /// Not asked: the host had asked for a pause or had not answered several times.
    GivenUp,
}

/// What is wrong with a certificate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BadCertificate {
    /// Its time is over.
    Expired,
    /// It's for other names.
    OtherNames(Vec<String>),
    /// Nobody vouches for it whom browsers know.
    Unknown,
    /// Anything else.
    Other(String),
}

/// The network, with manners.
pub struct Web {
    agent: ureq::Agent,
    gate: Gate,
    settings: Settings,
    roots: Arc<RootCertStore>,
}

impl Web {
    /// Asks nobody yet.
    pub fn new(settings: Settings) -> Web {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let mut tls = TlsConfig::builder();
        if let Some(own) = &settings.authorities {
            roots = RootCertStore::empty();
            roots.add_parsable_certificates(own.iter().cloned());
            let own: Vec<_> = own.iter().map(|one| Certificate::from_der(one.as_ref()).to_owned()).collect();
            tls = tls.root_certs(RootCerts::new_with_certs(&own));
        }
        let mut config = ureq::Agent::config_builder()
            .timeout_global(Some(settings.patience))
            .timeout_connect(Some(settings.patience.min(Duration::from_secs(10))))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .tls_config(tls.build())
            .user_agent(AGENT);
        if settings.at.is_some() {
            config = config.proxy(None);
        }
        let agent = ureq::Agent::with_parts(config.build(), DefaultConnector::default(), Names(settings.at));
        Web { agent, gate: Gate::default(), settings, roots: Arc::new(roots) }
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn roots(&self) -> Arc<RootCertStore> {
        Arc::clone(&self.roots)
    }

    /// Whether a host was given up on the way.
    pub fn gave_up(&self, url: &Url) -> bool {
        self.gate.gave_up(url.host_str().unwrap_or_default())
    }

    /// Asks, pauses where the host wants it, and asks again where that may help.
    ///
    /// # Errors
    /// Where there's no answer.
    pub fn ask(&self, method: Method, url: &Url) -> Result<Answer, Silence> {
        let host = url.host_str().unwrap_or_default();
        let mut asked = 0;
        let mut last = Err(Silence::GivenUp);
        loop {
            if !self.gate.enter(host) {
                return last;
            }
            let answer = self.once(method, url);
            asked += 1;
            let pause = match &answer {
                Ok(answer) if matches!(answer.status, 429 | 503) => Some(self.wanted_pause(answer, asked)),
                Ok(answer) if matches!(answer.status, 500 | 502 | 504) => Some(self.settings.pause * asked),
                Err(Silence::TimedOut | Silence::Broken(_)) => Some(self.settings.pause * asked),
                _ => None,
            };
            let again = pause.filter(|pause| asked <= AGAIN && *pause <= LONGEST_PAUSE);
            if let Some(pause) = again {
                self.gate.pause(host, pause);
            }
            let is_busy = matches!(&answer, Ok(answer) if matches!(answer.status, 429 | 503));
            let ended = match &answer {
                Ok(_) if is_busy && again.is_none() => Ended::Busy,
                Ok(_) => Ended::Answered,
                Err(_) => Ended::Silent,
            };
            self.gate.leave(host, ended);
            if again.is_none() {
                return answer;
            }
            last = answer;
        }
    }

    /// The pause that a host asks for, in seconds; of a date, which is rare, only that it is one.
    fn wanted_pause(&self, answer: &Answer, asked: u32) -> Duration {
        let seconds = answer.header("retry-after").and_then(|value| value.trim().parse().ok());
        seconds.map_or(self.settings.pause * asked, Duration::from_secs)
    }

    fn once(&self, method: Method, url: &Url) -> Result<Answer, Silence> {
        let name = if method == Method::Head { "HEAD" } else { "GET" };
        let mut url = url.clone();
        url.set_fragment(None);
        let request = Request::builder().method(name).uri(url.as_str()).body(());
        let request = request.map_err(|error| Silence::Broken(error.to_string()))?;
        let mut response = self.agent.run(request).map_err(silence)?;
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| (name.as_str().to_string(), String::from_utf8_lossy(value.as_bytes()).to_string()));
        let (status, headers) = (response.status().as_u16(), headers.collect());
        let body = match method {
            Method::Get => response.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(silence)?,
            Method::Head | Method::Glance => Vec::new(),
        };
        Ok(Answer { status, headers, body })
    }
}

/// Looks names up, or takes the one computer that is to be asked.
#[derive(Debug)]
struct Names(Option<At>);

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let Some(at) = self.0 else {
            return DefaultResolver::default().resolve(uri, config, timeout).map_err(|error| match error {
                // However the system says that it knows no such name.
                ureq::Error::Io(_) => ureq::Error::HostNotFound,
                other => other,
            });
        };
        let usual = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let mut all = self.empty();
        all.push(at.address(usual));
        Ok(all)
    }
}

fn silence(error: ureq::Error) -> Silence {
    match error {
        ureq::Error::HostNotFound => Silence::NoName,
        ureq::Error::Timeout(_) => Silence::TimedOut,
        ureq::Error::ConnectionFailed => Silence::Refused,
        ureq::Error::Rustls(error) => of_tls(&error),
        ureq::Error::Io(error) => of_io(&error),
        other => Silence::Broken(other.to_string()),
    }
}

pub(super) fn of_io(error: &io::Error) -> Silence {
    if let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return of_tls(tls);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            Silence::Refused
        }
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Silence::TimedOut,
        _ => Silence::Broken(error.to_string()),
    }
}

fn of_tls(error: &rustls::Error) -> Silence {
    let rustls::Error::InvalidCertificate(why) = error else { return Silence::Broken(error.to_string()) };
    Silence::Certificate(match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => BadCertificate::Expired,
        CertificateError::NotValidForName => BadCertificate::OtherNames(Vec::new()),
        CertificateError::NotValidForNameContext { presented, .. } => BadCertificate::OtherNames(presented.clone()),
        CertificateError::UnknownIssuer => BadCertificate::Unknown,
        other => BadCertificate::Other(other.to_string()),
    })
}

/// Asks for many things at once, in whatever order, and keeps the order of what was made of the answers. `told` hears how many
/// are done.
pub fn each<A: Sync, T: Send>(
    asks: &[A],
    workers: usize,
    told: &(dyn Fn(usize) + Sync),
    of: impl Fn(&A) -> T + Sync,
) -> Vec<T> {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Mutex, PoisonError};
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let made: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(asks.len()));
    std::thread::scope(|scope| {
        for _ in 0..workers.min(asks.len()) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(ask) = asks.get(at) else { return };
                    let one = of(ask);
                    made.lock().unwrap_or_else(PoisonError::into_inner).push((at, one));
                    told(done.fetch_add(1, Ordering::Relaxed) + 1);
                }
            });
        }
    });
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computer_is_named_by_its_number() {
        let at = |text: &str| text.parse::<At>().map(|at| at.address(443).to_string());
        assert_eq!(at("203.0.113.5").as_deref(), Ok("203.0.113.5:443"));
        assert_eq!(at("203.0.113.5:8443").as_deref(), Ok("203.0.113.5:8443"));
        assert_eq!(at("2001:db8::1").as_deref(), Ok("[2001:db8::1]:443"));
        assert_eq!(at("[2001:db8::1]:81").as_deref(), Ok("[2001:db8::1]:81"));
        assert!(at("example.org").is_err() && at("").is_err());
    }

    #[test]
    fn what_was_made_keeps_its_order() {
        let asks: Vec<usize> = (0..50).collect();
        assert_eq!(each(&asks, 4, &|_| (), |ask| ask * 2), (0..50).map(|n| n * 2).collect::<Vec<_>>());
        assert!(each(&[] as &[u8], 4, &|_| (), |_| ()).is_empty());
    }
}
