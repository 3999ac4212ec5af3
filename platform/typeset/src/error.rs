//! What can go wrong between the data and the PDF.

use serde::{Deserialize, Serialize};

/// Why no PDF came out. The text is for people: what is wrong, and what to do about it.
///
/// It is serialisable because it travels from the child process to its parent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TypesetError {
    /// No face that covers Chinese was found in any of the folders.
    #[error(
        "错误: 没有找到中文字体，不能生成 PDF。改法: 执行 apt-get install fonts-noto-cjk，\
         或者把中文字体文件（.ttf、.otf、.ttc）放进数据目录或程序所在目录的 fonts 文件夹。\
         已查找: {looked}"
    )]
    NoChineseFont {
        /// The folders that were searched, joined by 、.
        looked: String,
    },
    /// The data does not fit the template.
    #[error("错误: 数据与排版模板不符，不能生成 PDF（{detail}）。改法: 检查导出的内容后重试。")]
    Data {
        /// What typst said, with the template's file and line.
        detail: String,
    },
    /// The child did not finish in time and was ended.
    #[error("错误: 排版超过 {seconds} 秒，已停止。改法: 分批导出，或者改用 XLSX、DOCX 格式。")]
    Timeout {
        /// The time allowed, in whole seconds.
        seconds: u64,
    },
    /// The child could not be started or spoken to.
    #[error("错误: 不能启动排版进程（{detail}）。改法: 检查程序文件的执行权限和系统内存后重试。")]
    Spawn {
        /// What the operating system said.
        detail: String,
    },
    /// The child ended without an answer.
    #[error(
        "错误: 排版进程意外结束（{detail}）。改法: 检查系统内存后重试，仍然失败请附上本提示报告。"
    )]
    Died {
        /// How it ended, and its last words.
        detail: String,
    },
}
