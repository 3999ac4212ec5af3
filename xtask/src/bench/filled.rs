//! The demo city with so many documents, as it would be after decades; made once and kept.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;

use super::ground::Ground;
use super::running::Running;
use crate::shell;

/// How long the index of a million documents, and whatever the program does at its first start, may take.
const PATIENCE: Duration = Duration::from_secs(2 * 60 * 60);

/// Written last, so that a folder that was left half made is not taken for a whole one.
const READY: &str = "bench-ready";

/// A data folder with so many documents beside the city's own, indexed and at rest.
///
/// # Errors
/// A program is missing or fails.
pub fn data(ground: &Ground, documents: u32) -> anyhow::Result<PathBuf> {
    let data = ground.kept(&format!("documents-{documents}"));
    if data.join(READY).exists() {
        return Ok(data);
    }
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    std::fs::create_dir_all(&data)?;
    let program = ground.beside("gongkai", "documents")?;
    drop(ground.start("demo", &data).context("演示城市没有装成")?);
    println!("正在装入 {documents} 份文件并建立检索索引 (以后直接使用 {}) …", data.display());
    shell::output(Command::new(program).arg(&data).arg(documents.to_string()))?;
    drop(serve(ground, &data)?);
    std::fs::write(data.join(READY), documents.to_string())?;
    Ok(data)
}

/// Serves it, however long its start takes, and waits until it is at rest.
///
/// # Errors
/// It does not start or does not come to rest.
pub fn serve(ground: &Ground, data: &Path) -> anyhow::Result<Running> {
    let log = ground.place("filled.log");
    let running = Running::start_within(PATIENCE, ground.serving("serve", data), &log)?;
    running.settle_within(PATIENCE)?;
    Ok(running)
}

/// The path of one of its documents: the `nth` of a row that looks random and never meets one twice, as long as
/// fewer are asked for than there are.
pub fn document(documents: u32, nth: u32) -> String {
    // A step without a common divisor with any round number reaches every document once.
    let place = (u64::from(nth) * 7_368_787 + 12_345) % u64::from(documents);
    format!("/wenjian/0199aaaa-0000-7000-8000-000{}", 100_000_000 + place)
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn no_document_is_asked_for_twice() {
        for documents in [100, 10_000] {
            let mut all: Vec<String> = (0..documents).map(|nth| document(documents, nth)).collect();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), documents as usize);
        }
    }
}
