//! What can go wrong: a question that cannot be asked, or an index that cannot answer.

use std::path::PathBuf;

/// The longest question, in characters; a title with its 文号 fits twice.
pub const LONGEST_QUERY: usize = 200;
/// The deepest hit that can be paged to.
pub(crate) const DEEPEST_OFFSET: usize = 1000;

/// Why a question was not asked; the text is for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QueryRefused {
    /// Nothing in the text can be searched for.
    #[error("错误: 没有可以查找的字词。改法: 请输入标题、文号或正文中的几个字，如“政务公开”。")]
    Empty,
    /// The text is longer than a search can use.
    #[error(
        "错误: 查找的内容有 {0} 个字，超过了 {LONGEST_QUERY} 个字。改法: 请留下最要紧的几个词。"
    )]
    TooLong(usize),
    /// The page asked for lies beyond what is shown.
    #[error(
        "错误: 只能翻看前 {DEEPEST_OFFSET} 条结果。改法: 请再加一个词，或用左侧的类型、领域、机构、年份缩小范围。"
    )]
    TooDeep,
}

/// Why a search or a change of the index failed.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The question cannot be asked.
    #[error(transparent)]
    Refused(#[from] QueryRefused),
    /// Another process is changing the index.
    #[error("错误: 检索库正由另一个进程写入。改法: 请等它结束后重试。")]
    Busy,
    /// A file of the index cannot be read or written.
    #[error("错误: 检索库的文件 {} 无法读写（{source}）。改法: 请检查磁盘空间和目录权限。", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The index itself failed.
    #[error("错误: 检索库出错（{0}）。改法: 请重建检索库。")]
    Index(tantivy::TantivyError),
    /// A stored document cannot be read back.
    #[error("错误: 检索库中的一条记录无法读出（{0}）。改法: 请重建检索库。")]
    Stored(#[from] serde_json::Error),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            tantivy::TantivyError::LockFailure(..) => Self::Busy,
            other => Self::Index(other),
        }
    }
}
