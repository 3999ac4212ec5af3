//! The press: whoever sets PDF, handed in by the program so that no room links a typesetter.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value;

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintFault {
    /// This program has no press.
    #[error("本程序没有排版部件，不能生成 PDF，请改用 DOCX")]
    Absent,
    /// The press refused; the words say why and what to do.
    #[error("{0}")]
    Refused(String),
}

type Printing = Pin<Box<dyn Future<Output = Result<Vec<u8>, PrintFault>> + Send>>;

/// A press. Cheap to clone.
#[derive(Clone)]
pub struct Printer(Arc<dyn Fn(&'static str, Value) -> Printing + Send + Sync>);

impl fmt::Debug for Printer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Printer")
    }
}

impl Printer {
    /// A press that works as `print` says: a template's name and its data in, PDF out.
    pub fn new(print: impl Fn(&'static str, Value) -> Printing + Send + Sync + 'static) -> Self {
        Self(Arc::new(print))
    }

    /// Prints one document.
    ///
    /// # Errors
    /// The press refuses.
    pub async fn print(&self, template: &'static str, data: Value) -> Result<Vec<u8>, PrintFault> {
        (self.0)(template, data).await
    }
}
