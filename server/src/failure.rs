//! What a command says when it cannot do what was asked, and the exit code it says it with.

use std::fmt;

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
    E: std::error::Error + Send + Sync + 'static,
{
    fn from(error: E) -> Self {
        Self {
            exit: Exit::Failure,
            message: error.to_string(),
            remedy: Some("加 -v 再运行一次可看到详细原因; 仍不能解决请把输出交给技术人员".into()),
            cause: Some(error.into()),
        }
    }
}
