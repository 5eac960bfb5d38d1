//! Uploads that are cut off, and a visitor who reads all the while.

use std::fs;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{Servers, all, append, begin_far, command, new_site, run, ways};
use crate::support::Folder;

/// The style sheets that a page names.
fn sheets(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.ends_with(".css"))
        .map(str::to_string)
        .collect()
}

#[test]
fn killed_at_any_moment_the_next_run_completes_and_no_visitor_met_a_half() {
    let servers_in = Folder::new("publish-kill-server");
    let servers = Servers::start(&servers_in);
    let moments = if std::env::var_os("ANTEROOM_MANY").is_some() { 100 } else { 16 };
    let all_ways = ways(&servers_in, &servers);
    for (way, _) in all_ways.iter().filter(|(way, _)| ["folder", "sftp", "ftps"].contains(way)) {
        let folder = Folder::new(&format!("publish-kill-{way}"));
        let (_, lines) = ways(&folder, &servers).into_iter().find(|(name, _)| name == way).unwrap();
        new_site(&folder, &lines);
        begin_far(&folder, way);
        let (status, told) = run(&folder, &servers, &["publish", "--today", "2026-11-29"]);
        assert_eq!(status, 0, "{way}: {told}");
        // Somebody reads all pages again and again.
        let stop = Arc::new(AtomicBool::new(false));
        let (dir, stopped) = (folder.path().join("far"), Arc::clone(&stop));
        let visitor = std::thread::spawn(move || {
            let mut broken: Vec<String> = Vec::new();
            while !stopped.load(Ordering::Relaxed) {
                for (name, bytes) in
                    all(&dir).into_iter().filter(|(name, _)| name.ends_with(".html") && !name.contains("anteroom-part"))
                {
                    let html = String::from_utf8_lossy(&bytes).to_string();
                    let base = dir.join(&name);
                    let is_there = |href: &String| {
                        href.starts_with("http")
                            || base.parent().unwrap().join(href.trim_start_matches('/')).exists()
                            || dir.join(href.trim_start_matches('/')).exists()
                    };
                    // What went while this page was being read is no fault of the page's.
                    if !html.contains("</html>")
                        || !sheets(&html).iter().all(is_there)
                            && fs::read(dir.join(&name)).is_ok_and(|again| again == bytes)
                    {
                        broken.push(name);
                    }
                }
                std::thread::sleep(Duration::from_millis(3));
            }
            broken
        });
        for moment in 0..moments {
            append(&folder, "contact.md", &format!("Line {moment}.\n\n"));
            append(&folder, &format!("page-{moment}.md"), &format!("---\ntitle: Page {moment}\n---\nWords.\n"));
            if moment > 2 {
                fs::remove_file(folder.path().join(format!("site/content/page-{}.md", moment - 2))).unwrap();
            }
            let accent = if moment % 2 == 0 { "#7a2048" } else { "#1f5f4a" };
            let theme = folder.path().join("site/content/practice.yaml");
            let text = fs::read_to_string(&theme).unwrap();
            let changed = text.lines().map(|line| match line.starts_with("theme:") {
                true => format!("theme: {{ name: linen, settings: {{ color_accent: \"{accent}\" }} }}"),
                false => line.to_string(),
            });
            let changed = changed.collect::<Vec<_>>().join("\n") + "\n";
            fs::write(&theme, changed).unwrap();
            let mut child = command(&folder, &servers, &["publish", "--today", "2026-11-29"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // From the build's end to the upload's, in a debug build.
            std::thread::sleep(Duration::from_millis(500 + 37 * (moment as u64 % 30)));
            let _ = child.kill();
            let _ = child.wait();
        }
        let (status, told) = run(&folder, &servers, &["publish", "--today", "2026-11-29"]);
        assert_eq!(status, 0, "{way}: {told}");
        let mut there = all(&folder.path().join("far"));
        there.remove("theirs.txt");
        there.retain(|name, _| !name.ends_with(".anteroom-part"));
        let here = all(&folder.path().join("site/public"));
        assert_eq!(there.keys().collect::<Vec<_>>(), here.keys().collect::<Vec<_>>(), "{way}");
        assert!(there == here, "{way}");
        stop.store(true, Ordering::Relaxed);
        let broken = visitor.join().unwrap();
        assert!(broken.is_empty(), "{way}: {broken:?}");
    }
}
