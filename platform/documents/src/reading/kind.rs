//! Telling what a file is by its content.

use crate::reading::Unreadable;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A web page, whatever its name.
    Html,
    /// An Excel workbook of 2007 and later.
    Xlsx,
    /// An Excel workbook of 97 to 2003.
    Xls,
    /// An Excel workbook in XML of 2003.
    XmlSheet,
    /// A Word document of 2007 and later.
    Docx,
    /// Values separated by commas.
    Csv,
    /// A table pasted as text.
    Text,
}

impl Kind {
    /// The kind in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "网页",
            Self::Xlsx | Self::Xls | Self::XmlSheet => "工作簿",
            Self::Docx => "Word文档",
            Self::Csv => "CSV文件",
            Self::Text => "文本",
        }
    }
}

/// The three ways in which bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A ZIP archive: an office file of 2007 and later.
    Archive,
    /// A compound file: an office file of 97 to 2003.
    Compound,
    /// Anything else that is not known to be something else.
    Text,
}

const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Kinds of file people send by mistake: how they begin, what they are, what to do.
const OTHERS: [(&[u8], &str, &str); 8] = [
    (b"%PDF", "PDF文件", "请从发布页面或者原Word、Excel文件导入；扫描件须先转为表格"),
    (b"\x89PNG", "图片", "请导入目录的原文件；只有图片时须先识别为文字"),
    (b"\xff\xd8\xff", "图片", "请导入目录的原文件；只有图片时须先识别为文字"),
    (b"GIF8", "图片", "请导入目录的原文件；只有图片时须先识别为文字"),
    (b"Rar!", "RAR压缩包", "请解压后导入里面的文件"),
    (b"7z\xbc\xaf", "7z压缩包", "请解压后导入里面的文件"),
    (b"\x1f\x8b", "gzip压缩包", "请解压后导入里面的文件"),
    (b"{\\rtf", "RTF文档", "请用Word打开，另存为docx后再导入"),
];

impl Found {
    pub(super) fn in_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        if let Some((_, found, remedy)) = OTHERS.iter().find(|(magic, ..)| bytes.starts_with(magic))
        {
            return Err(Unreadable::Unsupported { found, remedy });
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Ok(Self::Archive);
        }
        Ok(if bytes.starts_with(&COMPOUND) { Self::Compound } else { Self::Text })
    }
}

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// HTML.
    Page,
    /// An Excel workbook in XML of 2003.
    XmlSheet,
    /// A web page saved with its pictures in one file (MHTML).
    Mail,
    /// Plain text.
    Plain,
}

impl Written {
    pub(super) fn in_text(text: &str) -> Self {
        let head: String = text.chars().take(4_096).collect::<String>().to_ascii_lowercase();
        let head = head.trim_start();
        if head.contains("urn:schemas-microsoft-com:office:spreadsheet")
            && head.contains("<workbook")
        {
            return Self::XmlSheet;
        }
        if head.starts_with("mime-version:")
            || (head.starts_with("from:") && head.contains("mime-version:"))
        {
            return Self::Mail;
        }
        let tagged =
            ["<html", "<!doctype html", "<table", "<body", "<head", "<div", "<meta", "<tr"];
        if tagged.iter().any(|tag| head.contains(tag)) || has_table(text) {
            return Self::Page;
        }
        Self::Plain
    }
}

/// Whether a table starts anywhere, for pages with a long preamble.
fn has_table(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(6).any(|window| window[0] == b'<' && window.eq_ignore_ascii_case(b"<table"))
}
