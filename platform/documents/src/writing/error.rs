//! Why a file could not be written.

/// What keeps content from becoming a file. The text is for people.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The table has more rows or a longer cell than the format holds.
    #[error(
        "错误: 表格超出 {format} 的上限（{limit}）。改法: 按领域或年份分开导出，或者改用 CSV。"
    )]
    TooLarge {
        /// The format's name.
        format: &'static str,
        /// The limit that was passed.
        limit: &'static str,
    },
    /// The table does not hang together: a row of the wrong length, a merge beyond the rows.
    #[error("错误: 表格结构不完整（{detail}），不能导出。改法: 请把本提示报告给技术人员。")]
    Shape {
        /// What is wrong, with row and column counted from 1.
        detail: String,
    },
    /// The library that writes the format refused.
    #[error(
        "错误: 写入 {format} 文件失败（{detail}）。改法: 重试，仍然失败请把本提示报告给技术人员。"
    )]
    Format {
        /// The format's name.
        format: &'static str,
        /// What the library said.
        detail: String,
    },
}
