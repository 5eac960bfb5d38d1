//! Whether a server is the one that it says: by its certificate.
//!
//! Owns the judge that rustls asks. A certificate is good if those whom browsers believe vouch for it, or if it's the very one whose
//! fingerprint practice.yaml names: many hosts' FTP servers have one that belongs to another name, or that nobody vouches for.

use std::fmt;
use std::sync::{Arc, Mutex};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    SupportedProtocolVersion,
};
use sha2::{Digest, Sha256};

use super::Fault;

/// A certificate's SHA-256, by which people compare them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint([u8; 32]);

impl Fingerprint {
    fn of(certificate: &CertificateDer<'_>) -> Fingerprint {
        Fingerprint(Sha256::digest(certificate).into())
    }

    /// Reads one as hosts and programs show them: 64 hexadecimal digits, with or without colons, spaces and `SHA256` before them.
    ///
    /// # Errors
    /// Where it's something else.
    pub fn read(text: &str) -> Result<Fingerprint, Fault> {
        let bare = text.trim().to_lowercase();
        let bare = bare.strip_prefix("sha-256").or_else(|| bare.strip_prefix("sha256")).unwrap_or(&bare);
        let digits: Vec<u8> = bare.bytes().filter(|byte| !b": =-".contains(byte)).collect();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let bytes: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
        let is_hexadecimal = digits.len() == 64 && digits.iter().all(u8::is_ascii_hexdigit);
        bytes.filter(|_| is_hexadecimal).and_then(|bytes| bytes.try_into().ok()).map(Fingerprint).ok_or_else(|| {
            Fault::new(
                "`certificate` under `publish:` isn't a fingerprint",
                "it's the SHA-256 of the server's certificate: 32 pairs such as `AB:12:…`. Remove the line to be shown the server's",
            )
        })
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<String> = self.0.iter().map(|byte| format!("{byte:02X}")).collect();
        out.write_str(&pairs.join(":"))
    }
}

/// A certificate that was turned away.
#[derive(Clone, Copy)]
pub(super) struct Refused {
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// Whether it's for another name than the server was called by.
    pub is_anothers: bool,
    /// Whether it's out of date.
    pub is_out_of_date: bool,
}

/// The judge.
pub(super) struct Judge {
    known: Arc<WebPkiServerVerifier>,
    believed: Option<Fingerprint>,
    refused: Mutex<Option<Refused>>,
}

impl Judge {
    /// One who believes whom browsers believe, and the one certificate besides.
    ///
    /// # Errors
    /// Where the list of whom browsers believe can't be used.
    pub fn new(believed: Option<Fingerprint>) -> Result<Arc<Judge>, Fault> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Judge::with(roots, believed)
    }

    fn with(roots: RootCertStore, believed: Option<Fingerprint>) -> Result<Arc<Judge>, Fault> {
        let known = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider())
            .build()
            .map_err(|error| Fault::new(format!("no certificate can be checked: {error}"), "install Anteroom again"))?;
        Ok(Arc::new(Judge { known, believed, refused: Mutex::new(None) }))
    }

    /// The certificate that was turned away last.
    pub fn refused(&self) -> Option<Refused> {
        *self.refused.lock().ok()?
    }

    /// How to speak TLS of these versions, with this judge.
    ///
    /// # Errors
    /// Where no such version can be spoken.
    pub fn config(
        self: &Arc<Judge>,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Result<Arc<ClientConfig>, Fault> {
        let config = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(versions)
            .map_err(|error| Fault::new(format!("TLS can't be spoken: {error}"), "install Anteroom again"))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::<Judge>::clone(self))
            .with_no_client_auth();
        Ok(Arc::new(config))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

impl fmt::Debug for Judge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Judge")
    }
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let fingerprint = Fingerprint::of(certificate);
        if self.believed == Some(fingerprint) {
            return Ok(ServerCertVerified::assertion());
        }
        self.known.verify_server_cert(certificate, others, name, ocsp, now).inspect_err(|error| {
            use CertificateError::{Expired, ExpiredContext, NotValidForName, NotValidForNameContext};
            let Error::InvalidCertificate(why) = error else { return };
            let refused = Refused {
                fingerprint,
                is_anothers: matches!(why, NotValidForName | NotValidForNameContext { .. }),
                is_out_of_date: matches!(why, Expired | ExpiredContext { .. }),
            };
            if let Ok(mut last) = self.refused.lock() {
                *last = Some(refused);
            }
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.known.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.known.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.known.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

    #[test]
    fn fingerprints_are_read_as_they_are_shown() {
        let shown = Fingerprint([0xab; 32]).to_string();
        assert!(shown.starts_with("AB:AB:") && shown.len() == 95);
        for text in
            [shown.clone(), shown.replace(':', "").to_lowercase(), format!("SHA256={shown}"), shown.replace(':', " ")]
        {
            assert!(Fingerprint::read(&text).is_ok_and(|read| read == Fingerprint([0xab; 32])), "{text}");
        }
        for text in
            ["", "AB:CD", &shown[..94], &format!("{shown}:AB"), "zz".repeat(32).as_str(), "é".repeat(32).as_str()]
        {
            assert!(Fingerprint::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_certificate_is_believed_for_its_vouchers_or_its_fingerprint() {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let vouching = authority.self_signed(&key).unwrap().der().clone();
        let issuer = Issuer::new(authority, key);
        let own = CertificateParams::new(vec!["web.example.org".to_string()]).unwrap();
        let own = own.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap().der().clone();
        let mut roots = RootCertStore::empty();
        roots.add(vouching).unwrap();
        let asked = |judge: &Judge, name: &str| {
            let name = ServerName::try_from(name.to_string()).unwrap();
            judge.verify_server_cert(&own, &[], &name, &[], UnixTime::now()).is_ok()
        };
        let vouched = Judge::with(roots.clone(), None).unwrap();
        assert!(asked(&vouched, "web.example.org") && vouched.refused().is_none());
        assert!(!asked(&vouched, "other.example.org"));
        assert!(vouched.refused().is_some_and(|refused| refused.is_anothers && !refused.is_out_of_date));
        let alone = Judge::new(None).unwrap();
        assert!(!asked(&alone, "web.example.org"));
        let shown = alone.refused().unwrap().fingerprint;
        assert!(asked(&Judge::new(Some(shown)).unwrap(), "other.example.org"));
        assert!(!asked(&Judge::new(Some(Fingerprint([1; 32]))).unwrap(), "web.example.org"));
        // Another fingerprint in practice.yaml doesn't shut out one that browsers believe: it was renewed.
        assert!(asked(&Judge::with(roots, Some(Fingerprint([1; 32]))).unwrap(), "web.example.org"));
    }
}
