//! Why a file is not examined or not cleaned, said to the person who sent it.

use serde::{Deserialize, Serialize};

use crate::reading::{Unreadable, in_chinese};

/// What a file is called of which nothing is known.
const UNKNOWN: &str = "未知格式的文件";

/// Why a file is refused. The message says what is wrong, [`Refusal::remedy`] what to do. It is
/// serialisable because it travels from the child process to its parent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refused", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// Nothing is in the file.
    #[error("文件是空的")]
    Empty,
    /// Larger than may be uploaded.
    #[error("文件有{}MB，超过{}MB的上限", .bytes / 1_048_576, crate::reading::MOST_BYTES / 1_048_576)]
    TooLarge {
        /// The size in bytes.
        bytes: u64,
    },
    /// Unpacks or expands to far more than a document needs.
    #[error("文件内容异常（{what}），可能是恶意文件")]
    Bomb {
        /// Which limit it breaks.
        what: String,
    },
    /// Archives in archives, deeper than is looked into.
    #[error("压缩包或者嵌入文件套叠超过{levels}层")]
    TooDeep {
        /// The levels allowed.
        levels: usize,
    },
    /// Protected by a password.
    #[error("文件设有打开密码")]
    Encrypted,
    /// A kind of file that is not examined.
    #[error("这是{found}，不能检查")]
    Unsupported {
        /// What the file is.
        found: String,
        /// What to do.
        remedy: String,
    },
    /// Examined, but not written anew.
    #[error("{found}不能生成干净副本")]
    NotCleanable {
        /// What the file is.
        found: String,
        /// What to do.
        remedy: String,
    },
    /// The name says another kind than the content.
    #[error("文件名是.{named}，内容却是{found}")]
    WrongName {
        /// The ending of the name.
        named: String,
        /// What the file is.
        found: String,
    },
    /// Broken.
    #[error("文件已损坏（{part}{}）", in_chinese(.detail))]
    Damaged {
        /// The part of the file.
        part: String,
        /// What is wrong with it, for the technician.
        detail: String,
    },
    /// The clean copy still shows something.
    #[error("清除以后仍有{left}，没有生成干净副本")]
    NotClean {
        /// What is left, and where.
        left: String,
    },
    /// Not done in the time allowed.
    #[error("检查超过{seconds}秒，已停止")]
    TimedOut {
        /// The time allowed.
        seconds: u64,
    },
    /// Needed more memory than a document may.
    #[error("检查需要的内存超过{megabytes}MB，已停止")]
    OutOfMemory {
        /// The memory allowed.
        megabytes: u64,
    },
    /// Gave more than a document may.
    #[error("检查结果超过{megabytes}MB")]
    ResultTooLarge {
        /// The size allowed.
        megabytes: u64,
    },
    /// The file made the examining process do what it may not. It is not tried again.
    #[error("文件触发了安全限制，检查已被终止")]
    Forbidden,
    /// The examining process did not start, or ended without an answer.
    #[error("检查进程意外结束（{detail}）")]
    Died {
        /// How it ended.
        detail: String,
    },
}

impl Refusal {
    /// A part that cannot be read.
    pub(crate) fn damaged(part: impl Into<String>, detail: impl ToString) -> Self {
        Self::Damaged { part: part.into(), detail: detail.to_string() }
    }

    /// A kind that is examined but not written anew.
    pub(crate) fn not_cleanable(found: &str, remedy: &str) -> Self {
        Self::NotCleanable { found: found.to_owned(), remedy: remedy.to_owned() }
    }

    /// A kind that is not examined.
    pub(crate) fn unsupported(found: &str, remedy: &str) -> Self {
        Self::Unsupported { found: found.to_owned(), remedy: remedy.to_owned() }
    }

    /// A kind of which nothing is known.
    pub(crate) fn unknown_kind() -> Self {
        Self::unsupported(UNKNOWN, "请转换成PDF、DOCX或者XLSX后再上传")
    }

    /// Whether nothing is known of the kind.
    pub(crate) fn is_of_an_unknown_kind(&self) -> bool {
        matches!(self, Self::Unsupported { found, .. } if found == UNKNOWN)
    }

    /// What to do, in Chinese.
    pub fn remedy(&self) -> String {
        match self {
            Self::Empty => "请核对是否选错了文件",
            Self::TooLarge { .. } => "请拆分文件，或者压缩其中的图片后再上传",
            Self::Bomb { .. } | Self::Forbidden => {
                "请不要使用这个文件；确需使用的，用办公软件打开后另存为新文件再上传"
            }
            Self::TooDeep { .. } => "请解压后逐个上传",
            Self::Encrypted => "请取消打开密码后再上传",
            Self::Unsupported { remedy, .. } | Self::NotCleanable { remedy, .. } => remedy,
            Self::WrongName { .. } => "请核对文件，用办公软件打开后另存为正确的格式再上传",
            Self::Damaged { .. } => "请用办公软件打开后另存为新文件再上传",
            Self::NotClean { .. } => "请在原文件里删去这些内容后再上传",
            Self::TimedOut { .. } | Self::OutOfMemory { .. } | Self::ResultTooLarge { .. } => {
                "请拆分文件，或者另存为更简单的格式后再上传"
            }
            Self::Died { .. } => "请稍后再试；仍然失败的，请附上本提示报告",
        }
        .to_owned()
    }
}

impl From<Unreadable> for Refusal {
    fn from(unreadable: Unreadable) -> Self {
        let remedy = unreadable.remedy().to_owned();
        match unreadable {
            Unreadable::Empty => Self::Empty,
            Unreadable::TooLarge { bytes } => Self::TooLarge { bytes },
            Unreadable::Bomb { what } => Self::Bomb { what },
            Unreadable::TooManyCells { place } => {
                Self::Bomb { what: format!("{place}的单元格过多") }
            }
            Unreadable::Encrypted => Self::Encrypted,
            Unreadable::Unsupported { found, .. } => {
                Self::Unsupported { found: found.to_owned(), remedy }
            }
            Unreadable::Damaged { part, detail } => Self::Damaged { part, detail },
            other => Self::Damaged { part: "文件".to_owned(), detail: other.to_string() },
        }
    }
}
