//! A server of ProFTPD's on this machine, that speaks FTP with and without TLS and asks, as many hosts' do, that both lines of a transfer
//! belong to one session.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rcgen::{CertificateParams, KeyPair};
use sha2::{Digest, Sha256};

use super::id;
use crate::support::Folder;

/// What the account `maya` is let in with.
pub const PASSWORD: &str = "right horse";

/// The same as the server keeps it (crypt, SHA-512).
const KEPT: &str = "$6$ab$iZUTHeC1P65fTReJB6wOsMJfcgv6pqfJe1BLTaQBuq/AHRJXFNS/1LWlPQcyuuTGlYDTGcfDR6MUr/alTm7MQ1";

pub struct Server {
    child: Child,
    pub port: u16,
    /// The fingerprint of its certificate, for which nobody vouches.
    pub fingerprint: String,
    log: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// One with further lines in its configuration, which count before those that all have. `None` where this machine has no such
    /// program, which is no reason to fail but in the whole run.
    pub fn start(folder: &Folder, name: &str, lines: &str) -> Option<Server> {
        let program = Path::new("/usr/sbin/proftpd");
        if !program.exists() || !Path::new("/usr/lib/proftpd/mod_tls.so").exists() {
            assert!(
                std::env::var_os("ANTEROOM_ALL_TESTS").is_none(),
                "install proftpd-core and proftpd-mod-crypto, as tests/run.sh does"
            );
            return None;
        }
        let dir = folder.path().join(name);
        fs::create_dir_all(&dir).unwrap();
        let path = |name: &str| dir.join(name).display().to_string();
        let key = KeyPair::generate().unwrap();
        let certificate =
            CertificateParams::new(vec!["ftp.example.org".to_string()]).unwrap().self_signed(&key).unwrap();
        fs::write(path("certificate"), certificate.pem()).unwrap();
        fs::write(path("key"), key.serialize_pem()).unwrap();
        let own = fs::metadata(&dir).unwrap();
        let home = folder.path().parent().unwrap().display().to_string();
        fs::write(path("accounts"), format!("maya:{KEPT}:{}:{}::{home}:/bin/sh\n", own.uid(), own.gid())).unwrap();
        for secret in ["key", "accounts"] {
            fs::set_permissions(path(secret), fs::Permissions::from_mode(0o600)).unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = format!(
            "LoadModule mod_tls.c\n{lines}\nServerName Tests\nServerType standalone\nDefaultServer on\nDefaultAddress 127.0.0.1\nPort {port}\n\
             UseIPv6 off\nUser {}\nGroup {}\nPidFile {}\nScoreboardFile {}\nSystemLog {}\nTransferLog NONE\nWtmpLog off\n\
             AuthOrder mod_auth_file.c\nAuthUserFile {}\nRequireValidShell off\nRootLogin on\nUseReverseDNS off\nMaxInstances 200\n\
             DelayEngine off\nTLSEngine on\nTLSRequired off\nTLSECCertificateFile {}\nTLSECCertificateKeyFile {}\n\
             TLSLog {}\n",
            id("-un"),
            id("-gn"),
            path("pid"),
            path("scoreboard"),
            path("log"),
            path("accounts"),
            path("certificate"),
            path("key"),
            path("tls-log"),
        );
        let config = if config.contains("AllowOverwrite") { config } else { config + "AllowOverwrite on\n" };
        fs::write(path("config"), config).unwrap();
        let child = Command::new(program)
            .args(["--nodaemon", "--config", &path("config")])
            .stdout(Stdio::null())
            .stderr(fs::File::create(path("said")).unwrap())
            .spawn()
            .unwrap();
        let fingerprint =
            Sha256::digest(certificate.der()).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>();
        let server = Server { child, port, fingerprint: fingerprint.join(":"), log: dir.join("said") };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(server);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the FTP server doesn't start: {}", fs::read_to_string(&server.log).unwrap_or_default());
    }

    /// The lines in practice.yaml, with TLS or without.
    pub fn lines(&self, with_tls: bool, folder: &str) -> String {
        let certificate = format!(", certificate: \"{}\"", self.fingerprint);
        format!(
            "{{ to: {}, host: 127.0.0.1, port: {}, user: maya, folder: {folder}{} }}",
            if with_tls { "ftps" } else { "ftp" },
            self.port,
            if with_tls { certificate.as_str() } else { "" }
        )
    }
}
