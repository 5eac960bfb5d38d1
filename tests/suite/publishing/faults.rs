//! What can't be published, and what is said of it.

use std::fs;

use super::{Servers, all, append, begin_far, command, ftp, new_site, run, said};
use crate::support::Folder;

#[test]
fn what_cannot_be_published_says_what_to_do() {
    let servers_in = Folder::new("publish-faults");
    let servers = Servers::start(&servers_in);
    let folder = Folder::new("publish-wrong");
    new_site(&folder, "{ to: folder, folder: nowhere }");
    begin_far(&folder, "folder");
    let practice = folder.path().join("site/content/practice.yaml");
    let text = fs::read_to_string(&practice).unwrap();
    let with = |publish: &str, environment: &[(&str, String)]| {
        fs::write(&practice, text.replace("{ to: folder, folder: nowhere }", publish)).unwrap();
        let mut command = command(&folder, &servers, &["publish", "--today", "2026-11-29"]);
        for (name, value) in environment {
            command.env(name, value);
        }
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{publish}: {}", said(&output));
        said(&output)
    };
    let far = folder.path().join("far").display().to_string();
    let mut cases = vec![
        ("{ to: folder, folder: nowhere }".to_string(), "there's no folder `"),
        ("{ to: folder }".to_string(), "doesn't say `folder`"),
        ("{ to: sftp, folder: x }".to_string(), "doesn't say `host`"),
        ("{ to: sftp, host: \"-oProxyCommand=touch x\" }".to_string(), "isn't the name of a server"),
        ("{ to: rsync, host: \"a b\" }".to_string(), "isn't the name of a server"),
        ("{ to: sftp, host: h, user: \"-x\" }".to_string(), "can't be the name of an account"),
        ("{ to: git, repository: \"ext::sh -c touch% x\" }".to_string(), "isn't the address of a repository"),
        ("{ to: git, repository: nowhere.git }".to_string(), "there's no repository at that address"),
        ("{ to: git, repository: x.git, branch: \"-f\" }".to_string(), "can't be the name of a branch"),
    ];
    if servers.ssh.is_some() {
        cases.push(("{ to: sftp, host: 127.0.0.1, port: 1 }".to_string(), "127.0.0.1 doesn't answer"));
    }
    for (publish, words) in cases {
        let told = with(&publish, &[]);
        assert!(told.contains(words) && told.contains("help: "), "{publish}: {told}");
    }
    fs::write(folder.path().join("far/index.html"), "theirs").unwrap();
    let told = with(&format!("{{ to: folder, folder: {far} }}"), &[]);
    assert!(told.contains("there's a website in that place already"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("far/index.html")).unwrap(), "theirs");
    let Some(server) = &servers.ssh else { return };
    let at = format!("host: 127.0.0.1, port: {}", server.port);
    let ssh = servers_in.path().join("ssh");
    for (publish, name, value, words) in [
        (format!("{{ to: sftp, {at}, folder: {far} }}"), "TEST_KEY", ssh.join("other"), "doesn't let you in"),
        (format!("{{ to: rsync, {at}, folder: {far} }}"), "TEST_KEY", ssh.join("other"), "doesn't let you in"),
        (format!("{{ to: sftp, {at}, folder: {far} }}"), "TEST_KNOWN", ssh.join("nobody"), "isn't known yet"),
        (format!("{{ to: sftp, {at}, folder: {far}/nowhere }}"), "X", ssh.join("x"), "that folder isn't on 127.0.0.1"),
    ] {
        let told = with(&publish, &[(name, value.display().to_string())]);
        assert!(told.contains(words) && told.contains("help: "), "{publish}: {told}");
    }
    // Another key than before: a changed server, or somebody in between.
    let other = fs::read_to_string(ssh.join("other.pub")).unwrap();
    let other: Vec<&str> = other.split(' ').take(2).collect();
    fs::write(ssh.join("changed"), format!("[127.0.0.1]:{} {}\n", server.port, other.join(" "))).unwrap();
    let told = with(
        &format!("{{ to: sftp, {at}, folder: {far} }}"),
        &[("TEST_KNOWN", ssh.join("changed").display().to_string())],
    );
    assert!(told.contains("isn't the server that it was"), "{told}");
}

#[test]
fn what_an_ftp_server_refuses_is_told_and_no_password_is() {
    let servers_in = Folder::new("publish-ftp-faults");
    let servers = Servers { ssh: None, ftp: ftp::Server::start(&servers_in, "ftp", "") };
    let Some(server) = &servers.ftp else { return };
    let folder = Folder::new("publish-ftp-wrong");
    new_site(&folder, "{ to: folder, folder: nowhere }");
    begin_far(&folder, "folder");
    let practice = folder.path().join("site/content/practice.yaml");
    let text = fs::read_to_string(&practice).unwrap();
    let far = folder.path().join("far").display().to_string();
    let with = |publish: &str, password: Option<&str>| {
        fs::write(&practice, text.replace("{ to: folder, folder: nowhere }", publish)).unwrap();
        let mut command = command(&folder, &servers, &["publish", "--today", "2026-11-29"]);
        match password {
            Some(password) => command.env("ANTEROOM_PASSWORD", password),
            None => command.env_remove("ANTEROOM_PASSWORD"),
        };
        let output = command.output().unwrap();
        let told = said(&output);
        for secret in [ftp::PASSWORD, "wrong horse"] {
            assert!(!told.contains(secret), "{publish}: {told}");
        }
        (output.status.code(), told)
    };
    let denied = ftp::Server::start(&servers_in, "denied", "<Limit WRITE>\nDenyAll\n</Limit>").unwrap();
    let plain = ftp::Server::start(&servers_in, "plain", "TLSEngine off").unwrap();
    let full = ftp::Server::start(&servers_in, "full", "MaxStoreFileSize 10 B").unwrap();
    let good = server.lines(true, &far);
    let right = Some(ftp::PASSWORD);
    for (publish, password, words) in [
        (good.clone(), None, "nobody is here to type it"),
        (good.clone(), Some("wrong horse"), "127.0.0.1 doesn't let you in"),
        (good.replace("user: maya", "user: nobody"), right, "127.0.0.1 doesn't let you in"),
        (good.replace(", user: maya", ""), right, "doesn't say `user`"),
        (good.replace(&far, "/nowhere"), right, "there's no folder `/nowhere` on 127.0.0.1"),
        (good.replace(&server.fingerprint, "AB"), right, "isn't a fingerprint"),
        (good.replace(&server.fingerprint, &"AB".repeat(32)), right, &server.fingerprint),
        (good.replace("certificate", "branch"), right, "whom browsers trust vouches for its certificate"),
        (good.replace("certificate", "branch"), right, &format!("\n      certificate: {}", server.fingerprint)),
        (good.replace(&server.port.to_string(), "1"), right, "127.0.0.1 doesn't answer"),
        (good.replace("127.0.0.1", "nowhere.invalid"), right, "there's no server called nowhere.invalid"),
        (good.replace("127.0.0.1", "\"a b\""), right, "isn't the name of a server"),
        (denied.lines(true, &far), right, "you may not write `.anteroom-published.json`"),
        (full.lines(true, &far), right, "help: "),
        (plain.lines(true, &far), right, "127.0.0.1 offers no encryption"),
    ] {
        let (status, told) = with(&publish, password);
        assert!(status == Some(2) && told.contains(words) && told.contains("help: "), "{publish}: {words}\n{told}");
        assert_eq!(all(&folder.path().join("far")).len(), 1, "{publish}");
    }
    fs::write(folder.path().join("far/index.html"), "theirs").unwrap();
    let (status, told) = with(&good, right);
    assert!(status == Some(2) && told.contains("there's a website in that place already"), "{told}");
    fs::remove_file(folder.path().join("far/index.html")).unwrap();
    // A server that renames onto nothing that's there.
    let strict = ftp::Server::start(&servers_in, "strict", "AllowOverwrite off").unwrap();
    assert_eq!(with(&strict.lines(true, &far), right).0, Some(0));
    append(&folder, "contact.md", "\nI answer on Mondays.\n");
    let (status, told) = with(&strict.lines(true, &far), right);
    assert_eq!(status, Some(0), "{told}");
    let page = fs::read_to_string(folder.path().join("far/contact/index.html")).unwrap();
    assert!(page.contains("I answer on Mondays."));
}

#[test]
fn a_password_in_a_file_is_a_finding_that_does_not_show_it() {
    let folder = Folder::new("publish-secret");
    let servers = Servers { ssh: None, ftp: None };
    new_site(&folder, "{ to: ftps, host: h, user: u, password: hunter2 }");
    let practice = folder.path().join("site/content/practice.yaml");
    let text = fs::read_to_string(&practice).unwrap();
    for publish in [
        "{ to: ftps, host: h, user: u, password: hunter2 }",
        "{ to: ftps, host: h, user: u, Passwort: \"hunter2\" }",
        "\n  to: ftps\n  token: hunter2\n",
        "{ to: ftps }\npassword: hunter2",
    ] {
        fs::write(&practice, text.replace("{ to: ftps, host: h, user: u, password: hunter2 }", publish)).unwrap();
        let (status, told) = run(&folder, &servers, &["check"]);
        assert!(status == 1 && told.contains("error[secret-in-file]"), "{publish}: {told}");
        assert!(!told.contains("hunter2") && told.contains("*******"), "{publish}: {told}");
    }
    // Nor does another finding about the same line.
    fs::write(&practice, text.replace("password: hunter2 }", "password: hunter2, user: b }")).unwrap();
    let (status, told) = run(&folder, &servers, &["check"]);
    assert!(status == 1 && !told.contains("hunter2"), "{told}");
}
