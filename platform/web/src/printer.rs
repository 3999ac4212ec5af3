//! The press: whoever sets a document or a picture, handed in by the program so that no room links a typesetter.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use moka::sync::Cache;
use serde_json::Value;
use sha2::{Digest, Sha256};

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
    /// A press that works as `print` says: a template's name and its data in, a document or a picture out.
    pub fn new(print: impl Fn(&'static str, Value) -> Printing + Send + Sync + 'static) -> Self {
        Self(Arc::new(print))
    }

    /// The same press, which keeps what it printed of one template, up to so many bytes, and gives it again for
    /// the same data: what one organ declares stands on the sites of many.
    #[must_use]
    pub fn remembering(self, template: &'static str, most: u64) -> Self {
        let weight =
            |_: &[u8; 32], pdf: &Arc<Vec<u8>>| u32::try_from(pdf.len()).unwrap_or(u32::MAX);
        let kept: Cache<[u8; 32], Arc<Vec<u8>>> =
            Cache::builder().weigher(weight).max_capacity(most).build();
        Self::new(move |asked, data| {
            let (press, kept) = (self.clone(), kept.clone());
            Box::pin(async move {
                if asked != template {
                    return press.print(asked, data).await;
                }
                let key: [u8; 32] = Sha256::digest(data.to_string()).into();
                if let Some(pdf) = kept.get(&key) {
                    return Ok(pdf.to_vec());
                }
                let pdf = press.print(asked, data).await?;
                kept.insert(key, Arc::new(pdf.clone()));
                Ok(pdf)
            })
        })
    }

    /// Prints one document.
    ///
    /// # Errors
    /// The press refuses.
    pub async fn print(&self, template: &'static str, data: Value) -> Result<Vec<u8>, PrintFault> {
        (self.0)(template, data).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn the_same_table_is_set_once_and_a_letter_every_time() {
        let set = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&set);
        let press = Printer::new(move |_, data| {
            counted.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move { Ok(data.to_string().into_bytes()) })
        });
        let press = press.remembering("catalogue", 1 << 20);
        for (template, data, times) in [
            ("catalogue", json!({"a": 1}), 1),
            ("catalogue", json!({"a": 1}), 1),
            ("catalogue", json!({"a": 2}), 2),
            ("letter", json!({"a": 1}), 3),
            ("letter", json!({"a": 1}), 4),
        ] {
            let pdf = press.print(template, data.clone()).await.expect("prints");
            assert_eq!(pdf, data.to_string().into_bytes());
            assert_eq!(set.load(Ordering::Relaxed), times, "{template} {data}");
        }
    }
}
