//! A server of OpenSSH's on this machine, with programs that know it.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::Folder;

/// A server of OpenSSH's that lets one key in, and programs that know it.
pub struct Server {
    child: Child,
    pub port: u16,
    /// Where `ssh` and `sftp` lie that know this server's key and their own.
    pub bin: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// `None` where this machine has no server, which is no reason to fail but in the whole run.
    pub fn start(folder: &Folder) -> Option<Server> {
        let sshd = Path::new("/usr/sbin/sshd");
        if !sshd.exists() || Command::new("rsync").arg("--version").output().is_err() {
            assert!(
                std::env::var_os("ANTEROOM_ALL_TESTS").is_none(),
                "install openssh-server and rsync, as tests/run.sh does"
            );
            return None;
        }
        let dir = folder.path().join("ssh");
        fs::create_dir_all(&dir).unwrap();
        let _ = fs::create_dir_all("/run/sshd");
        let path = |name: &str| dir.join(name).display().to_string();
        for key in ["host", "own", "other"] {
            let made =
                Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", &path(key)]).status().unwrap();
            assert!(made.success());
        }
        fs::copy(dir.join("own.pub"), dir.join("authorized")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\nPidFile {}\n\
             PasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n",
            path("host"),
            path("authorized"),
            path("pid")
        );
        fs::write(dir.join("config"), config).unwrap();
        let child = Command::new(sshd).args(["-D", "-e", "-f", &path("config")]).stderr(Stdio::null()).spawn().unwrap();
        let host = fs::read_to_string(dir.join("host.pub")).unwrap();
        let host: Vec<&str> = host.split(' ').take(2).collect();
        fs::write(dir.join("known"), format!("[127.0.0.1]:{port} {}\n", host.join(" "))).unwrap();
        let bin = dir.join("bin");
        fs::create_dir_all(&bin).unwrap();
        for program in ["ssh", "sftp"] {
            let script = format!(
                "#!/bin/sh\nexec /usr/bin/{program} -F none -o IdentitiesOnly=yes -o IdentityFile=${{TEST_KEY:-{}}} -o \
                 UserKnownHostsFile=${{TEST_KNOWN:-{}}} \"$@\"\n",
                path("own"),
                path("known")
            );
            fs::write(bin.join(program), script).unwrap();
            Command::new("chmod").arg("+x").arg(bin.join(program)).status().unwrap();
        }
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(Server { child, port, bin })
    }
}
