//! What may be uploaded: how large, of which kinds, and whether it is what its name says.

use web::components::{FieldError, FileField};
use web::workbench::Upload;

use super::step::wrong;
use crate::files::NewFile;
use crate::store::Purpose;

/// The largest file, in MB: a scan of many pages has less (docs/readings/167).
const LARGEST_MB: usize = 20;

/// What can be uploaded, by ending, and how such a file begins; nothing where it may begin in any way.
const KINDS: [(&str, &[u8]); 12] = [
    ("pdf", b"%PDF"),
    ("ofd", b"PK"),
    ("jpg", b"\xFF\xD8\xFF"),
    ("jpeg", b"\xFF\xD8\xFF"),
    ("png", b"\x89PNG"),
    ("docx", b"PK"),
    ("doc", b"\xD0\xCF\x11\xE0"),
    ("wps", b""),
    ("xlsx", b"PK"),
    ("xls", b"\xD0\xCF\x11\xE0"),
    ("zip", b"PK"),
    ("txt", b""),
];

/// The field for a file.
pub(super) fn field(label: &str, error: Option<String>) -> FileField {
    let accept: Vec<String> = KINDS.iter().map(|(ending, _)| format!(".{ending}")).collect();
    FileField {
        name: "wenjian".into(),
        label: label.into(),
        hint: format!(
            "PDF、照片（JPG、PNG）、Word、WPS、Excel、OFD、TXT 或 ZIP，每个不超过{LARGEST_MB} MB。一次传一个，可以多次。"
        ),
        error,
        accept: accept.join(","),
        optional: true,
    }
}

/// What is said of a form that was too large to be taken.
pub(super) fn too_large() -> FieldError {
    wrong(
        "wenjian",
        format!(
            "文件超过{LARGEST_MB} MB，没有收下。请压缩、拍得小一些，或者分成几个文件。已经填的内容还在"
        ),
    )
}

/// The same on a page whose words nobody keeps before they are handed in.
pub(super) fn too_large_here() -> FieldError {
    wrong(
        "wenjian",
        format!(
            "文件超过{LARGEST_MB} MB，这一次没有收下。请退回上一页，写的字还在那里；把文件压缩、拍得小一些，再提交一次"
        ),
    )
}

/// A file as it was uploaded.
///
/// # Errors
/// It is too large, empty, of another kind, or not what its name says.
pub(super) fn checked(upload: &Upload, purpose: Purpose) -> Result<NewFile, FieldError> {
    if upload.bytes.len() > LARGEST_MB << 20 {
        return Err(too_large());
    }
    if upload.bytes.is_empty() {
        return Err(wrong("wenjian", "文件是空的，没有收下。请核对后重新选择"));
    }
    let ending = upload.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.unwrap_or_default();
    let Some((_, begins)) = KINDS.iter().find(|(known, _)| *known == ending) else {
        return Err(wrong("wenjian", "这种文件不能收。请转成 PDF，或者拍成照片再传"));
    };
    if !upload.bytes.starts_with(begins) {
        return Err(wrong(
            "wenjian",
            format!("文件打不开，不像是 {ending} 文件。请核对后重新选择"),
        ));
    }
    let name: String = upload.name.chars().filter(|one| !one.is_control()).collect();
    let name = shortened(&name);
    Ok(NewFile { name, purpose, bytes: upload.bytes.clone() })
}

/// The longest name that is kept, in letters.
const LONGEST_NAME: usize = 120;

/// A name with its beginning cut, so that the ending stays.
fn shortened(name: &str) -> String {
    let letters = name.chars().count();
    name.chars().skip(letters.saturating_sub(LONGEST_NAME)).collect()
}

/// 2.1 MB, 340 KB.
pub(super) fn size(bytes: i64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KB", (bytes / 1024).max(1)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_its_name_says_is_taken() {
        for (name, bytes, taken) in [
            ("身份证.jpg", &b"\xFF\xD8\xFF\xE0"[..], true),
            ("申请.PDF", b"%PDF-1.7", true),
            ("说明.txt", b"abc", true),
            ("空.txt", b"", false),
            ("页面.jpg", b"<html>", false),
            ("程序.exe", b"MZ", false),
            ("没有后缀", b"abc", false),
        ] {
            let upload = Upload { name: name.into(), bytes: bytes.to_vec() };
            assert_eq!(checked(&upload, Purpose::Application).is_ok(), taken, "{name}");
        }
        let upload = Upload { name: "大.txt".into(), bytes: vec![b'a'; (LARGEST_MB << 20) + 1] };
        let refused = checked(&upload, Purpose::Application).expect_err("too large");
        assert!(refused.message.contains("20 MB"), "{}", refused.message);
    }

    #[test]
    fn a_size_is_told_in_words() {
        for (bytes, words) in [(1, "1 KB"), (350_000, "341 KB"), (2_200_000, "2.0 MB")] {
            assert_eq!(size(bytes), words);
        }
    }
}
