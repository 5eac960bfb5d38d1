//! The rooms of the house: which module may name which. ARCHITECTURE.md lists them in order, and a new one stands there before it's built.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The modules at the top, in the order of ARCHITECTURE.md.
fn order() -> Vec<String> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let from =
        text.find("A module names only modules to its left:").expect("ARCHITECTURE.md names the modules in order");
    let list = text[from..].split_once(": ").unwrap().1;
    let list = list.split_once('.').unwrap().0;
    list.split(['→', ',']).map(|name| name.trim().to_string()).collect()
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn a_module_names_only_modules_to_its_left() {
    let order = order();
    let at = |name: &str| order.iter().position(|own| own == name);
    let named = Regex::new(r"\bcrate::(\w+)").unwrap();
    let grouped = Regex::new(r"\bcrate::\{([^;]*)\};").unwrap();
    let first = Regex::new(r"(?:^|,)\s*(\w+)").unwrap();
    let mut wrong = Vec::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for path in sources(Path::new("src")).iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let inside = path.strip_prefix("src").unwrap();
        let room = inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_string();
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        *lines.entry(room.clone()).or_default() += text.lines().count();
        let Some(own) = at(&room) else {
            wrong.push(format!("ARCHITECTURE.md doesn't say where `{room}` stands"));
            continue;
        };
        // What tests name is no part of the house.
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let text: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let text = text.join("\n");
        let mut names: Vec<String> = named.captures_iter(&text).map(|found| found[1].to_string()).collect();
        for group in grouped.captures_iter(&text) {
            // What stands in inner brackets belongs to the name before them.
            let mut depth = 0;
            let outer: String = group[1]
                .chars()
                .filter(|letter| {
                    depth += i32::from(*letter == '{') - i32::from(*letter == '}');
                    depth == 0
                })
                .collect();
            names.extend(first.captures_iter(&outer).map(|found| found[1].to_string()));
        }
        for name in names {
            if at(&name).is_some_and(|other| other > own) {
                wrong.push(format!("{} names `{name}`, which stands to the right of `{room}`", path.display()));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all: usize = lines.values().sum();
    let large: Vec<_> = lines.iter().filter(|(_, own)| *own * 4 > all).collect();
    assert!(large.is_empty(), "a room with more than a quarter of the house is several: {large:?}");
}
