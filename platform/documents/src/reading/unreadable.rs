//! Why a file could not be read, said to the person who sent it.

use crate::reading::{Kind, MOST_BYTES, MOST_CELLS};

/// Why a file could not be read. The message says what is wrong, [`Unreadable::remedy`] what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// Nothing is in the file.
    #[error("文件是空的")]
    Empty,
    /// Larger than [`MOST_BYTES`].
    #[error("文件有{}MB，超过{}MB的上限", .bytes / 1_048_576, MOST_BYTES / 1_048_576)]
    TooLarge {
        /// The size of the file.
        bytes: u64,
    },
    /// Unpacks to far more than a table needs.
    #[error("压缩内容异常（{what}），可能是恶意文件")]
    Bomb {
        /// Which limit it breaks.
        what: String,
    },
    /// More than [`MOST_CELLS`] cells.
    #[error("{place}的单元格超过{}个", MOST_CELLS)]
    TooManyCells {
        /// The worksheet or table.
        place: String,
    },
    /// Protected by a password.
    #[error("文件设有打开密码")]
    Encrypted,
    /// A kind of file that holds no table we can read.
    #[error("这是{found}，不能直接读取")]
    Unsupported {
        /// What the file is.
        found: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// The bytes are no text in any encoding in use.
    #[error("第{line}行起不是可识别的文字，文件编码不对或者文件已损坏")]
    Encoding {
        /// The first line that cannot be read.
        line: usize,
    },
    /// A part of an office file is missing or broken.
    #[error("文件已损坏（{part}{}）", in_chinese(.detail))]
    Damaged {
        /// The part of the file.
        part: String,
        /// What is wrong with it, for the technician.
        detail: String,
    },
    /// There is no table in the file.
    #[error("{}里没有找到表格", .kind.name())]
    NoTable {
        /// What the file is.
        kind: Kind,
    },
}

/// What is wrong, where it is said in Chinese: what libraries say is for the technician.
pub(crate) fn in_chinese(detail: &str) -> String {
    match detail.is_ascii() {
        true => String::new(),
        false => format!("：{detail}"),
    }
}

impl Unreadable {
    /// What the person who sent the file can do.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => "请重新保存或者重新下载文件后再导入",
            Self::TooLarge { .. } => "请只保留目录所在的工作表，删去图片和附件后再导入",
            Self::Bomb { .. } => "请用办公软件打开后另存为新文件，再导入新文件",
            Self::TooManyCells { .. } => "请删去目录以外的空行、空列和工作表后再导入",
            Self::Encrypted => "请取消密码保护，另存后再导入",
            Self::Unsupported { remedy, .. } => remedy,
            Self::Encoding { .. } => "请用原软件打开，另存为UTF-8编码后再导入",
            Self::Damaged { .. } => "请用办公软件打开并修复，另存后再导入",
            Self::NoTable { .. } => "请确认选对了文件；如果目录在图片或者附件里，请导入附件本身",
        }
    }

    pub(crate) fn damaged(part: &str, detail: impl ToString) -> Self {
        Self::Damaged { part: part.to_owned(), detail: detail.to_string() }
    }
}
