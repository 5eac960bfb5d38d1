//! Pictures from a folder to a published site: what is made of them, what is left out of them, and files that nobody
//! should have to open.

#![allow(clippy::disallowed_methods, reason = "tests write and look at files")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{self, Folder};
use anteroom::diagnostic::Severity;
use anteroom::disk;
use anteroom::picture::{self, Format, Kind, Recipe, Size};
use anteroom::pipeline::Build;
use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, Frame, ImageEncoder, ImageReader, Rgb, RgbImage, Rgba, RgbaImage};

/// The folder of a practice that shows pictures.
struct Site(Folder);

impl Site {
    fn new(name: &str) -> Site {
        let folder = Folder::new(&format!("pictures-{name}"));
        fs::create_dir_all(folder.path().join("content/images")).unwrap();
        folder.file("content/practice.yaml", support::PRACTICE);
        Site(folder)
    }

    fn add(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join("content").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// A page that shows a picture.
    fn shows(&self, name: &str) {
        self.add("a.md", format!("---\ntitle: A\n---\nText.\n\n![A path between trees]({name})\n").as_bytes());
    }

    fn build(&self) -> Build {
        support::build(&disk::read(self.0.path()).unwrap())
    }

    fn publish(&self, build: &Build) -> PathBuf {
        let out = self.0.path().join("public");
        disk::write(build.output.as_ref().unwrap(), self.0.path(), &out, &|_, _| {}).unwrap();
        out
    }
}

/// Something with edges, slopes and many colours.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32 / width as f32, y as f32 / height as f32);
        let hill = if y > 0.5 + 0.1 * (x * 9.0).sin() { 0.25 } else { 1.0 };
        let grain = ((x * 1201.0).sin() * (y * 977.0).cos() * 12.0) as i32;
        let part = |value: f32| ((value * hill * 200.0) as i32 + 30 + grain).clamp(0, 255) as u8;
        Rgb([part(x), part(y), part(1.0 - x * y)])
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 90)
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    out
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut out = Vec::new();
    picture.write_with_encoder(PngEncoder::new(&mut out)).unwrap();
    out
}

/// EXIF data: an orientation and a pointer to a place (Exif 2.32).
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1]);
    tiff.extend(orientation.to_be_bytes());
    tiff.extend([0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x26]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0 53 33 12 N, 9 59 37 E");
    tiff
}

/// A JPEG with segments put behind its beginning.
fn with_segments(jpeg: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    for (marker, data) in segments {
        out.extend([0xff, *marker]);
        out.extend(u16::try_from(data.len() + 2).unwrap().to_be_bytes());
        out.extend(data);
    }
    out.extend(&jpeg[2..]);
    out
}

/// A photograph as a phone writes it: turned, with its place, a caption and a comment.
fn from_a_phone(orientation: u16) -> Vec<u8> {
    let app1 = [b"Exif\0\0".to_vec(), exif(orientation)].concat();
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET-XMP</x:xmpmeta>".to_vec();
    let iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0bSECRET-IPTC".to_vec();
    with_segments(
        &jpeg(&scene(1000, 600)),
        &[(0xe1, app1), (0xe1, xmp), (0xed, iptc), (0xfe, b"SECRET-COMMENT".to_vec())],
    )
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn size_of(path: &Path) -> (u32, u32) {
    ImageReader::open(path).unwrap().with_guessed_format().unwrap().into_dimensions().unwrap()
}

#[test]
fn a_page_names_every_width_and_every_named_file_is_there() {
    let site = Site::new("widths");
    site.add("images/path.jpg", &jpeg(&scene(1000, 600)));
    site.shows("images/path.jpg");
    let build = site.build();
    assert_eq!(support::codes(&build), [""; 0]);
    let page = support::page(&build, "a/index.html");
    let out = site.publish(&build);
    let figure = page.split("<picture>").nth(1).unwrap().split("</picture>").next().unwrap();
    for part in
        ["width=\"1000\" height=\"600\"", "loading=\"lazy\"", "type=\"image/webp\"", "class=\"tone-", "sizes=\"("]
    {
        assert!(figure.contains(part), "{part}: {figure}");
    }
    let mut named = 0;
    for address in figure.split(['"', ' ', ',']).filter(|part| part.starts_with("../")) {
        let file = out.join(address.trim_start_matches("../"));
        let width: u32 = size_of(&file).0;
        assert!([480, 800, 1000].contains(&width), "{address}: {width}");
        named += 1;
    }
    // Three widths in two formats, and the one for browsers that know no other.
    assert_eq!(named, 7, "{figure}");
    let largest = size_of(&out.join("images/path.jpg"));
    assert_eq!(largest, (1000, 600), "the picture's own address serves it whole");
}

#[test]
fn photographs_stand_upright_and_tell_nothing() {
    for (orientation, upright) in [(1, (1000, 600)), (3, (1000, 600)), (6, (600, 1000)), (8, (600, 1000))] {
        let site = Site::new(&format!("phone-{orientation}"));
        site.add("images/phone.jpg", &from_a_phone(orientation));
        site.shows("images/phone.jpg");
        let build = site.build();
        assert_eq!(support::codes(&build), [""; 0]);
        let out = site.publish(&build);
        let page = support::page(&build, "a/index.html");
        assert!(page.contains(&format!("width=\"{}\" height=\"{}\"", upright.0, upright.1)));
        assert_eq!(size_of(&out.join("images/phone.jpg")), upright);
        // The hill is below: the picture is turned, not only its size.
        let picture = image::open(out.join("images/phone.jpg")).unwrap().to_luma8();
        let at = |x: f32, y: f32| {
            let (width, height) = picture.dimensions();
            i32::from(picture.get_pixel((x * width as f32) as u32, (y * height as f32) as u32).0[0])
        };
        let sky = match orientation {
            1 => at(0.5, 0.3) - at(0.5, 0.8),
            3 => at(0.5, 0.7) - at(0.5, 0.2),
            6 => at(0.7, 0.5) - at(0.2, 0.5),
            _ => at(0.3, 0.5) - at(0.8, 0.5),
        };
        assert!(sky > 20, "{orientation}: {sky}");
        for file in files(&out) {
            let bytes = fs::read(&file).unwrap();
            for secret in [&b"Exif"[..], b"EXIF", b"53 33 12", b"SECRET", b"Photoshop", b"xmpmeta", b"ICC_PROFILE"] {
                assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{file:?}: {secret:?}");
            }
        }
    }
}

/// Width and height that an AVIF file says of its picture (ISO/IEC 23008-12, `ispe`).
fn avif_size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(&bytes[4..12], b"ftypavif");
    let at = bytes.windows(4).position(|part| part == b"ispe").unwrap() + 8;
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(at), number(at + 4))
}

#[test]
fn photographs_are_avif_too_where_the_practice_wants_it() {
    let site = Site::new("avif");
    site.add("practice.yaml", format!("{}\navif: true\n", support::PRACTICE).as_bytes());
    site.add("images/phone.jpg", &from_a_phone(6));
    site.add("images/flat.png", &png(&DynamicImage::ImageRgb8(RgbImage::from_pixel(600, 400, Rgb([60, 90, 70])))));
    let mut round = DynamicImage::ImageRgb8(scene(300, 200)).to_rgba8();
    round.enumerate_pixels_mut().for_each(|(x, _, pixel)| pixel.0[3] = (x % 256) as u8);
    site.add("images/round.png", &png(&DynamicImage::ImageRgba8(round)));
    site.add("a.md", b"---\ntitle: A\n---\nText.\n\n![A path](images/phone.jpg) ![A plane](images/flat.png) ![A disc](images/round.png)\n");
    let build = site.build();
    assert_eq!(support::codes(&build), [""; 0]);
    let out = site.publish(&build);
    let figure = support::page(&build, "a/index.html");
    let (avif, webp) = (figure.find("image/avif").unwrap(), figure.find("image/webp").unwrap());
    assert!(avif < webp, "the best comes first");
    let made: Vec<_> =
        files(&out).into_iter().filter(|file| file.extension().is_some_and(|end| end == "avif")).collect();
    let of = |name: &str| -> Vec<(u32, u32)> {
        let named = made.iter().filter(|file| file.file_name().unwrap().to_str().unwrap().starts_with(name));
        named.map(|file| avif_size(&fs::read(file).unwrap())).collect()
    };
    assert_eq!(of("phone"), [(480, 800), (600, 1000)], "upright");
    assert_eq!(of("round"), [(300, 200)]);
    assert_eq!(of("flat"), [], "few colours stay without loss");
    for file in &made {
        let bytes = fs::read(file).unwrap();
        assert!(!bytes.windows(4).any(|part| part.eq_ignore_ascii_case(b"exif") || part == b"SECR"), "{file:?}");
    }
}

#[test]
fn what_is_published_as_it_is_says_where_it_was_taken() {
    let site = Site::new("static");
    site.add("static/seal.jpg", &from_a_phone(1));
    site.add("files/poster.jpg", &from_a_phone(1));
    let build = site.build();
    assert_eq!(support::codes(&build), ["picture-tells-place", "picture-tells-place"]);
}

#[test]
fn kinds_decide_formats() {
    let whole = scene(900, 900);
    let round = RgbaImage::from_fn(900, 900, |x, y| {
        let far = (x as f32 - 450.0).hypot(y as f32 - 450.0);
        let Rgb([r, g, b]) = *whole.get_pixel(x, y);
        Rgba([r, g, b, if far < 440.0 { 255 } else { 0 }])
    });
    let flat =
        RgbImage::from_fn(
            900,
            500,
            |x, y| if (x / 90 + y / 50) % 2 == 0 { Rgb([250, 248, 240]) } else { Rgb([60, 90, 70]) },
        );
    let kind = |extension: &str, bytes: &[u8]| picture::read(extension, bytes).unwrap().kind;
    assert_eq!(kind("png", &png(&DynamicImage::ImageRgba8(round))), Kind::Cutout);
    assert_eq!(kind("png", &png(&DynamicImage::ImageRgb8(flat))), Kind::Graphic);
    assert_eq!(kind("png", &png(&DynamicImage::ImageRgb8(scene(900, 500)))), Kind::Photograph);
    assert_eq!(kind("jpg", &jpeg(&scene(900, 500))), Kind::Photograph);
    let facts = picture::read("png", &png(&DynamicImage::ImageRgb8(scene(900, 500)))).unwrap();
    assert_eq!(facts.fallback(), Format::Jpeg);
}

#[test]
fn a_graphic_keeps_its_colours() {
    let flat = RgbImage::from_fn(600, 400, |x, _| if x % 60 < 30 { Rgb([250, 248, 240]) } else { Rgb([60, 90, 70]) });
    let bytes = png(&DynamicImage::ImageRgb8(flat.clone()));
    let facts = picture::read("png", &bytes).unwrap();
    for format in [Format::Png, Format::WebP] {
        let made = picture::make(&bytes, &facts, &[Recipe { width: 600, format }]).unwrap();
        assert_eq!(image::load_from_memory(&made[0]).unwrap().to_rgb8(), flat, "{format}");
    }
}

#[test]
fn colours_of_wide_screens_become_those_of_the_web() {
    // Full green of Display P3 is more than sRGB has; without its profile it would be a paler green.
    let green = RgbImage::from_pixel(400, 300, Rgb([0, 255, 0]));
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().unwrap()).unwrap();
    let mixed = RgbImage::from_pixel(400, 300, Rgb([200, 60, 60]));
    encoder.write_image(mixed.as_raw(), 400, 300, ExtendedColorType::Rgb8).unwrap();
    let facts = picture::read("png", &bytes).unwrap();
    let made = picture::make(&bytes, &facts, &[Recipe { width: 400, format: Format::Png }]).unwrap();
    let Rgb([r, g, b]) = *image::load_from_memory(&made[0]).unwrap().to_rgb8().get_pixel(10, 10);
    // Worked out by the matrices of both spaces (CSS Color 4, section 10.2).
    assert!(r.abs_diff(217) <= 2 && g.abs_diff(45) <= 3 && b.abs_diff(52) <= 3, "{r} {g} {b}");
    assert_eq!(green.get_pixel(0, 0).0, [0, 255, 0]);
}

fn moving() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new(&mut out);
    for shade in [40, 120, 200] {
        encoder.encode_frame(Frame::new(RgbaImage::from_pixel(60, 40, Rgba([shade, 80, 80, 255])))).unwrap();
    }
    drop(encoder);
    out
}

/// A PNG whose header claims any size.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", &header[..]), (b"IDAT", &[0x78, 0x9c][..])] {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(kind);
        bytes.extend(data);
        bytes.extend(crc.sum().to_be_bytes());
    }
    bytes
}

#[test]
fn hostile_pictures_are_findings_or_clean_files() {
    let whole = jpeg(&scene(800, 600));
    let deep = DynamicImage::ImageRgb8(scene(640, 480)).to_rgb16();
    let site = Site::new("hostile");
    site.add("images/cut.jpg", &whole[..whole.len() / 2]);
    site.add("images/cut.png", &png(&DynamicImage::ImageRgb8(scene(300, 200)))[..900]);
    site.add("images/empty.png", b"");
    site.add("images/huge.png", &claims(30_000, 30_000));
    site.add("images/long.png", &claims(60_000, 2));
    site.add("images/wrong.png", &whole);
    site.add("images/text.webp", b"RIFF....WEBPVP8 not really");
    site.add("images/noise.gif", b"GIF89a\x01\0\x01\0\x80");
    site.add("images/phone.heic", b"\0\0\0\x18ftypheic");
    site.add("images/bomb.svg", b"<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;\">]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><text>&d;</text></svg>");
    let errors: Vec<String> = {
        let build = site.build();
        let found = build.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
        found.map(|finding| format!("{} {}", finding.code.name, finding.place.as_ref().unwrap().path)).collect()
    };
    let expected: Vec<String> = [
        "bomb.svg",
        "cut.jpg",
        "cut.png",
        "empty.png",
        "huge.png",
        "long.png",
        "noise.gif",
        "phone.heic",
        "text.webp",
        "wrong.png",
    ]
    .iter()
    .map(|name| {
        format!(
            "{} content/images/{name}",
            if *name == "phone.heic" { "unsupported-picture" } else { "broken-picture" }
        )
    })
    .collect();
    assert_eq!(errors, expected);

    let site = Site::new("odd");
    site.add("images/deep.png", &png(&DynamicImage::ImageRgb16(deep)));
    site.add("images/grey.png", &png(&DynamicImage::ImageLuma8(DynamicImage::ImageRgb8(scene(640, 480)).to_luma8())));
    site.add("images/moving.gif", &moving());
    let names = ["deep.png", "grey.png", "moving.gif", "dot.png", "tall.jpg", "script.svg"];
    let shown: String = names.map(|name| format!("![A thing](images/{name})\n\n")).concat();
    site.add("gallery.md", format!("---\ntitle: Gallery\n---\n{shown}").as_bytes());
    site.add("images/dot.png", &png(&DynamicImage::ImageRgb8(scene(1, 1))));
    site.add("images/tall.jpg", &jpeg(&scene(20, 4000)));
    site.add("images/script.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><script>alert(1)</script><path d=\"M0 0h9\"/></svg>");
    let build = site.build();
    assert_eq!(support::codes(&build), ["picture-moves", "picture-cut"]);
    let out = site.publish(&build);
    let script = fs::read_to_string(out.join("images/script.svg")).unwrap();
    assert!(!script.contains("alert") && script.contains("M0 0h9"));
    assert_eq!(picture::read("gif", &fs::read(out.join("images/moving.gif")).unwrap()).unwrap().kind, Kind::Moving);
    for file in files(&out.join("assets/pictures")) {
        assert!(size_of(&file).0 > 0, "{file:?}");
    }
}

#[test]
fn a_second_build_makes_nothing_again() {
    let site = Site::new("again");
    for number in 0..3 {
        site.add(&format!("images/{number}.jpg"), &jpeg(&scene(900, 500 + number)));
    }
    site.publish(&site.build());
    let kept = files(&site.0.path().join(".anteroom/pictures"));
    let times: Vec<_> = kept.iter().map(|file| fs::metadata(file).unwrap().modified().unwrap()).collect();
    let build = site.build();
    let written =
        disk::write(build.output.as_ref().unwrap(), site.0.path(), &site.0.path().join("public"), &|_, _| {}).unwrap();
    assert_eq!((written.written, written.removed), (0, 0));
    assert_eq!(files(&site.0.path().join(".anteroom/pictures")), kept);
    let again: Vec<_> = kept.iter().map(|file| fs::metadata(file).unwrap().modified().unwrap()).collect();
    assert_eq!(again, times);
    // The folder is worth no more than the time: without it the same files come out.
    let before: Vec<Vec<u8>> =
        files(&site.0.path().join("public")).iter().map(|file| fs::read(file).unwrap()).collect();
    fs::remove_dir_all(site.0.path().join(".anteroom")).unwrap();
    fs::remove_dir_all(site.0.path().join("public")).unwrap();
    site.publish(&site.build());
    let after: Vec<Vec<u8>> = files(&site.0.path().join("public")).iter().map(|file| fs::read(file).unwrap()).collect();
    assert_eq!(before, after);
}

#[test]
fn a_picture_that_changes_meanwhile_stops_the_build() {
    let site = Site::new("changes");
    site.add("images/a.jpg", &jpeg(&scene(700, 500)));
    site.add("shown.md", b"---\ntitle: Shown\n---\n![A thing](images/a.jpg)\n");
    let build = site.build();
    site.add("images/a.jpg", &jpeg(&scene(500, 700)));
    let out = site.0.path().join("public");
    assert!(disk::write(build.output.as_ref().unwrap(), site.0.path(), &out, &|_, _| {}).is_err());
    assert!(!out.exists(), "nothing was written");
}

#[test]
fn sizes_keep_their_proportions() {
    let facts = picture::read("jpg", &jpeg(&scene(1500, 1000))).unwrap();
    assert_eq!(facts.size, Size { width: 1500, height: 1000 });
    let made =
        picture::make(&jpeg(&scene(1500, 1000)), &facts, &[Recipe { width: 480, format: Format::WebP }]).unwrap();
    let small = image::load_from_memory(&made[0]).unwrap();
    assert_eq!((small.width(), small.height()), (480, 320));
}

#[test]
fn icons_are_made_of_the_practices_picture_or_the_themes() {
    let site = Site::new("icons");
    let build = site.build();
    let out = site.publish(&build);
    assert_eq!(size_of(&out.join("apple-touch-icon.png")), (180, 180));
    assert_eq!(fs::read(out.join("favicon.ico")).unwrap()[..6], [0, 0, 1, 0, 1, 0]);
    assert!(
        support::page(&build, "index.html").contains("<link rel=\"apple-touch-icon\" href=\"./apple-touch-icon.png\">")
    );
    let of_the_theme = fs::read(out.join("apple-touch-icon.png")).unwrap();

    let own = RgbaImage::from_pixel(300, 200, Rgba([180, 20, 20, 255]));
    site.add("images/icon.png", &png(&DynamicImage::ImageRgba8(own)));
    site.add("practice.yaml", format!("{}icon: images/icon.png\n", support::PRACTICE).as_bytes());
    let out = site.publish(&site.build());
    let touch = fs::read(out.join("apple-touch-icon.png")).unwrap();
    assert_ne!(touch, of_the_theme);
    let touch = image::load_from_memory(&touch).unwrap().to_rgb8();
    assert_eq!((touch.get_pixel(90, 90).0, touch.get_pixel(90, 20).0), ([180, 20, 20], [255, 255, 255]));
}

#[test]
fn cards_are_drawn_for_pages_without_a_picture_once_they_are_asked_for() {
    let site = Site::new("cards");
    site.add("images/path.jpg", &jpeg(&scene(900, 500)));
    site.add("a.md", b"---\ntitle: Sleep & rest\n---\nText.\n");
    site.add("b.md", b"---\ntitle: B\nimage: images/path.jpg\nimage_alt: A path\n---\nText.\n");
    site.add("c.md", b"---\ntitle: C\nnoindex: true\n---\nText.\n");
    assert!(!support::page(&site.build(), "a/index.html").contains("og:image"));
    site.add("practice.yaml", format!("{}social_cards: true\n", support::PRACTICE).as_bytes());
    let build = site.build();
    assert_eq!(support::codes(&build), [""; 0]);
    let out = site.publish(&build);
    let page = support::page(&build, "a/index.html");
    let image =
        page.split("og:image\" content=\"https://quiet-harbour.org/sub/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(size_of(&out.join(image)), (1200, 630));
    assert!(page.contains("og:image:alt\" content=\"Sleep &amp; rest\"") && page.contains("summary_large_image"));
    assert!(
        support::page(&build, "b/index.html").contains("content=\"https://quiet-harbour.org/sub/images/path.jpg\"")
    );
    assert!(!support::page(&build, "c/index.html").contains("og:image"));
    // Letters that the font lacks are told, and no empty boxes are drawn.
    site.add("practice.yaml", format!("{}social_cards: true\ntagline: 静かな港\n", support::PRACTICE).as_bytes());
    assert_eq!(support::codes(&site.build()), ["card-not-set"]);
}

/// Everything that can happen to a file without the program.
fn damage(file: &Path, how: u8, at: usize, elsewhere: &Path) {
    let bytes = fs::read(file).unwrap();
    let at = at % bytes.len().max(1);
    match how {
        0 => fs::write(file, b"").unwrap(),
        1 => fs::write(file, &bytes[..at]).unwrap(),
        2 => {
            let mut flipped = bytes;
            if let Some(byte) = flipped.get_mut(at) {
                *byte ^= 0x10;
            }
            fs::write(file, flipped).unwrap();
        }
        3 => fs::remove_file(file).unwrap(),
        4 => {
            fs::remove_file(file).unwrap();
            std::os::unix::fs::symlink(elsewhere, file).unwrap();
        }
        5 => {
            fs::remove_file(file).unwrap();
            fs::create_dir_all(file.join("deep")).unwrap();
        }
        6 => {
            fs::copy(elsewhere, file).unwrap();
        }
        7 => fs::write(file, String::from_utf8_lossy(&bytes).replace("90", "9").as_bytes()).unwrap(),
        _ => {
            fs::remove_file(file).unwrap();
            assert!(std::process::Command::new("mkfifo").arg(file).status().unwrap().success());
        }
    }
}

/// A kept folder that was damaged, in whatever way, gives the same site as none.
#[test]
fn kept_files_are_not_facts() {
    let site = Site::new("damaged");
    for (number, name) in ["one.jpg", "two.jpg"].iter().enumerate() {
        let number = u32::try_from(number).unwrap();
        site.add(&format!("images/{name}"), &jpeg(&scene(90, 60 + number)));
        let page = format!("---\ntitle: Page {number}\n---\nText.\n\n![A path between trees](/images/{name})\n");
        site.add(&format!("p{number}.md"), page.as_bytes());
    }
    let published = |site: &Site| -> Vec<(PathBuf, Vec<u8>)> {
        let out = site.publish(&site.build());
        files(&out).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect()
    };
    let first = published(&site);
    let kept = files(&site.0.path().join(".anteroom/pictures"));
    assert!(kept.len() > 3, "{kept:?}");
    let mut runner = proptest::test_runner::TestRunner::new(proptest::test_runner::Config {
        cases: 24,
        failure_persistence: None,
        ..Default::default()
    });
    use proptest::prelude::*;
    let harms = prop::collection::vec((any::<prop::sample::Index>(), 0..9u8, any::<u16>()), 1..6);
    runner
        .run(&(harms, any::<bool>()), |(harms, afresh)| {
            for (which, how, at) in harms {
                let file = &kept[which.index(kept.len())];
                let other = &kept[which.index(kept.len() - 1)];
                if fs::symlink_metadata(file).is_ok_and(|meta| meta.is_file())
                    && fs::symlink_metadata(other).is_ok_and(|meta| meta.is_file())
                {
                    damage(file, how, usize::from(at), other);
                }
            }
            if afresh {
                fs::remove_dir_all(site.0.path().join("public")).unwrap();
            }
            prop_assert_eq!(&published(&site), &first);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_published_picture_of_other_bytes_is_mended() {
    let site = Site::new("mended");
    site.add("images/a.jpg", &jpeg(&scene(90, 60)));
    site.shows("images/a.jpg");
    let out = site.publish(&site.build());
    let is_picture = |file: &&PathBuf| file.extension().is_some_and(|kind| kind == "jpg" || kind == "webp");
    let published = files(&out);
    let picture = published.iter().find(is_picture).expect("a picture is published");
    let before = fs::read(picture).unwrap();
    let mut other = before.clone();
    other[before.len() / 2] ^= 1;
    fs::write(picture, other).unwrap();
    site.publish(&site.build());
    assert_eq!(fs::read(picture).unwrap(), before);
}
