//! Takes the one font that social cards are set in out of the package that ships it, so that the program need not carry
//! the others.

#![expect(clippy::disallowed_methods, reason = "a build script has to write what it makes")]

use std::path::Path;
use std::{env, fs};

/// As the font calls itself (OpenType `name` table, PostScript name).
const FONT: &[u8] = b"LibertinusSerif-Regular";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder");
    let is_it = |font: &&[u8]| font.windows(FONT.len()).any(|part| part == FONT);
    let font = typst_assets::fonts().find(is_it).expect("the package ships Libertinus Serif");
    fs::write(Path::new(&folder).join("card.otf"), font).expect("the folder can be written to");
}
