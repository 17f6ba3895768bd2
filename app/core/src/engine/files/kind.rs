//! What a file is: pictures by their first bytes, anything else by its name.

use std::path::Path;

/// Kinds by extension. None of them is a picture: those are known by their content, so that a
/// name cannot pass something off as one.
const KINDS: [(&str, &str); 33] = [
    ("csv", "text/csv"),
    ("css", "text/css"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("gz", "application/gzip"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("ics", "text/calendar"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("log", "text/plain"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("rtf", "application/rtf"),
    ("tar", "application/x-tar"),
    ("toml", "application/toml"),
    ("tsv", "text/tab-separated-values"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
    ("zip", "application/zip"),
];

/// A kind of picture that models take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PictureKind {
    Png,
    Jpeg,
    Gif,
    Webp,
}

/// Which picture it is, by its first bytes.
pub(super) fn picture(bytes: &[u8]) -> Option<PictureKind> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(PictureKind::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(PictureKind::Jpeg)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some(PictureKind::Gif)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(PictureKind::Webp)
    } else {
        None
    }
}

/// The MIME type of a file.
pub(super) fn mime(name: &str, bytes: &[u8]) -> &'static str {
    match picture(bytes) {
        Some(PictureKind::Png) => return "image/png",
        Some(PictureKind::Jpeg) => return "image/jpeg",
        Some(PictureKind::Gif) => return "image/gif",
        Some(PictureKind::Webp) => return "image/webp",
        None => {}
    }
    if bytes.starts_with(b"%PDF-") {
        return "application/pdf";
    }
    let extension = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default();
    let known = KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    match known {
        Some((_, mime)) => mime,
        None if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() => "text/plain",
        None => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_content() {
        assert_eq!(mime("x.txt", b"\x89PNG\r\n\x1a\nrest"), "image/png");
        assert_eq!(mime("x", b"\xff\xd8\xff\xe0"), "image/jpeg");
        assert_eq!(mime("x", b"GIF89a"), "image/gif");
        assert_eq!(mime("x", b"RIFF1234WEBPVP8 "), "image/webp");
        assert_eq!(mime("x", b"RIFF1234WAVE"), "text/plain");
        assert_eq!(mime("fake.png", b"\x7fELF\0"), "application/octet-stream");
    }

    #[test]
    fn the_rest_is_known_by_its_name() {
        assert_eq!(mime("A.CSV", b"1,2"), "text/csv");
        assert_eq!(mime("notes", "ä".as_bytes()), "text/plain");
        assert_eq!(mime("notes", b"\xff\xfe"), "application/octet-stream");
        assert_eq!(mime("x", b"%PDF-1.7"), "application/pdf");
        assert_eq!(mime("", b""), "text/plain");
    }
}
