//! Themes as ZIP files: their bytes to files, and files to bytes.
//!
//! Owns how much an archive may unpack to. The same files always make the same bytes.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::{Files, MOST_BYTES, MOST_FILES, Package, Refusal};

/// The files in a ZIP file.
///
/// # Errors
/// Where it is none, is damaged or encrypted, has links, or unpacks to more than a theme may have.
pub fn read(bytes: &[u8]) -> Result<Files, Refusal> {
    let damaged = |error: zip::result::ZipError| {
        Refusal::new(
            format!("this isn't a ZIP file that can be read: {error}"),
            "download it again, or ask for another",
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut files = Files::new();
    let mut left = MOST_BYTES;
    // Folders count: an archive of a million of them has no theme.
    if archive.len() > 2 * MOST_FILES {
        return Err(super::too_much());
    }
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(damaged)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(damaged)?.into_owned();
        if file.is_symlink() {
            let help = "put the file itself in its place";
            return Err(Refusal::new(format!("`{name}` is a link, and a theme can't have any"), help));
        }
        let mut bytes = Vec::new();
        (&mut file).take(left + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.into()))?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(super::too_much)?;
        files.push((name, bytes));
        if files.len() > MOST_FILES {
            return Err(super::too_much());
        }
    }
    Ok(files)
}

/// A theme as a ZIP file, in a folder of its name.
///
/// # Errors
/// Where the library refuses, which it does for more than four gigabytes.
pub fn write(package: &Package) -> Result<Vec<u8>, Refusal> {
    let write = || -> zip::result::ZipResult<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        for (path, bytes) in &package.files {
            writer.start_file(format!("{}/{path}", package.name), options)?;
            writer.write_all(bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    };
    write().map_err(|error| {
        Refusal::new(format!("the archive can't be made: {error}"), "look for files that are too large")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::package::find;

    fn package() -> Package {
        let files = [("theme.yaml", "name: gentle\n"), ("assets/theme.css", "a { color: red }")];
        find(files.map(|(path, text)| (path.to_string(), text.into())).to_vec(), None).expect("a theme")
    }

    fn zip(write: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        write(&mut writer);
        writer.finish().expect("bytes").into_inner()
    }

    #[test]
    fn what_is_packed_is_read_as_it_was() {
        let bytes = write(&package()).expect("an archive");
        assert_eq!(bytes, write(&package()).expect("an archive"), "the same files are the same bytes");
        assert_eq!(find(read(&bytes).expect("files"), None), Ok(package()));
    }

    #[test]
    fn damaged_archives_are_refused() {
        let bytes = write(&package()).expect("an archive");
        for len in 0..bytes.len() {
            assert!(read(&bytes[..len]).is_err(), "{len}");
        }
        for at in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x55;
            let _ = read(&bytes).map(|files| find(files, None));
        }
        assert!(read(b"").is_err() && read(b"<!doctype html>").is_err());
    }

    #[test]
    fn archives_that_ask_for_too_much_are_refused() {
        let options = SimpleFileOptions::default();
        let bomb = zip(|writer| {
            writer.start_file("theme.yaml", options).expect("a file");
            let zeros = vec![0; 1024 * 1024];
            (0..=MOST_BYTES / zeros.len() as u64).for_each(|_| writer.write_all(&zeros).expect("written"));
        });
        assert!(bomb.len() < 1024 * 1024);
        assert!(read(&bomb).expect_err("a bomb").message.contains("larger"));
        let many =
            zip(|writer| (0..=MOST_FILES).for_each(|at| writer.start_file(format!("a{at}"), options).expect("a file")));
        assert!(read(&many).is_err());
        let link = zip(|writer| writer.add_symlink("assets/x.css", "/etc/passwd", options).expect("a link"));
        assert!(read(&link).expect_err("a link").message.contains("link"));
        let outside = zip(|writer| writer.start_file("../theme.yaml", options).expect("a file"));
        assert!(read(&outside).and_then(|files| find(files, None)).is_err());
    }
}
