//! What a command says when it cannot do what was asked, and the exit code it says it with.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

/// The exit codes of every command, the same for people, scripts and tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 1: it failed for a reason outside the request.
    Failure = 1,
    /// 2: the words of the call are off.
    Usage = 2,
    /// 3: what was given does not hold up to examination; nothing was stored.
    Invalid = 3,
    /// 4: there is no such thing.
    NotFound = 4,
    /// 5: it stands against something already there.
    Conflict = 5,
}

/// A refusal in two voices: a sentence and a remedy for the person, the chain of causes for the
/// technician (printed with `-v`).
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What is wrong, in Chinese, with file and line where there are any.
    pub message: String,
    /// What to do about it, in Chinese.
    pub remedy: Option<String>,
    /// The technical chain.
    pub cause: Option<anyhow::Error>,
}

impl Failure {
    /// A failure with the given exit code, sentence and remedy.
    pub fn new(exit: Exit, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { exit, message: message.into(), remedy: Some(remedy.into()), cause: None }
    }

    /// What was given does not hold up to examination.
    pub fn invalid(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(Exit::Invalid, message, remedy)
    }

    /// A file that was to be written could not be.
    pub fn unwritten(file: &Path, error: io::Error) -> Self {
        let (exit, remedy) = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                let folder = file.parent().unwrap_or(file).display();
                (Exit::NotFound, format!("没有文件夹 {folder}; 请先建好它, 或者写到别处"))
            }
            io::ErrorKind::IsADirectory => {
                (Exit::Failure, "那里已经有一个同名的文件夹; 请换一个文件名".into())
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                (Exit::Failure, "没有写入权限; 请写到有权限的文件夹".into())
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                (Exit::Failure, "磁盘已满; 请清理后再试, 或者写到别处".into())
            }
            _ => (Exit::Failure, "请核对位置和权限, 或者写到别处".into()),
        };
        Self::new(exit, format!("写不进 {}", file.display()), remedy).because(error)
    }

    /// Adds the technical cause, shown only with `-v`.
    pub fn because(mut self, cause: impl Into<anyhow::Error>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "错误: {}", self.message)?;
        if let Some(remedy) = &self.remedy {
            write!(out, "\n改法: {remedy}")?;
        }
        Ok(())
    }
}

impl<E> From<E> for Failure
where
    E: Error + Send + Sync + 'static,
{
    fn from(error: E) -> Self {
        let message = match io_kind(&error) {
            Some(io::ErrorKind::StorageFull) => "磁盘已满, 结果没有写完".into(),
            Some(_) => "读写中断, 结果没有写完".into(),
            None => error.to_string(),
        };
        Self {
            exit: Exit::Failure,
            message,
            remedy: Some("加 -v 再运行一次可看到详细原因; 仍不能解决请把输出交给技术人员".into()),
            cause: Some(error.into()),
        }
    }
}

/// What the system said, where this one cause of a failure comes from it. JSON keeps the system's
/// error to itself and tells only its kind.
pub fn io_kind(cause: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    let direct = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    direct.or_else(|| cause.downcast_ref::<serde_json::Error>()?.io_error_kind())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_is_gone_is_known_through_json_and_through_a_plain_write() {
        struct Gone;
        impl io::Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let json = serde_json::to_writer(Gone, "text").expect_err("gone");
        assert_eq!(io_kind(&json), Some(io::ErrorKind::BrokenPipe));
        let plain = io::Write::write_all(&mut Gone, b"text").expect_err("gone");
        assert_eq!(io_kind(&plain), Some(io::ErrorKind::BrokenPipe));
        assert_eq!(io_kind(&fmt::Error), None);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named_with_a_fitting_remedy() {
        for (kind, exit, remedy) in [
            (io::ErrorKind::NotFound, Exit::NotFound, "没有文件夹 /nowhere;"),
            (io::ErrorKind::PermissionDenied, Exit::Failure, "没有写入权限"),
            (io::ErrorKind::IsADirectory, Exit::Failure, "同名的文件夹"),
            (io::ErrorKind::StorageFull, Exit::Failure, "磁盘已满"),
        ] {
            let failure = Failure::unwritten(Path::new("/nowhere/a.csv"), kind.into());
            assert_eq!(failure.exit, exit, "{kind}");
            let said = failure.to_string();
            assert!(said.contains("/nowhere/a.csv") && said.contains(remedy), "{said}");
        }
    }
}
