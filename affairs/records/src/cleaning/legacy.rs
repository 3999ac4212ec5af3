//! .doc and .wps of the old binary form, by a converter where the operator has set one.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use documents::reading::Unreadable;
use tokio::process::Command;

/// The program that converts: LibreOffice's `soffice`, or one that takes the same arguments.
const CONVERTER: &str = "GONGKAI_CONVERTER";

/// How long it may take: a decision of ours.
const LONGEST: Duration = Duration::from_secs(60);

/// Whether a file is of the old binary form (OLE2).
pub(super) fn is_legacy(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

/// The same file as docx.
pub(super) async fn converted(bytes: Vec<u8>) -> Result<Vec<u8>, Unreadable> {
    let converter = std::env::var_os(CONVERTER).filter(|program| !program.is_empty());
    let Some(converter) = converter.map(PathBuf::from) else {
        return Err(Unreadable::Unsupported {
            found: "旧格式的办公文件（.doc、.wps）",
            remedy: "请用 Word 或者 WPS 打开后另存为 docx，再导入；管理员也可以用 GONGKAI_CONVERTER 指定转换程序",
        });
    };
    let folder = std::env::temp_dir().join(format!("gongkai-convert-{}", uuid::Uuid::now_v7()));
    let done = convert(&converter, &folder, &bytes).await;
    tokio::fs::remove_dir_all(&folder).await.ok();
    done.map_err(|detail| Unreadable::Damaged { part: "旧格式文件".into(), detail })
}

async fn convert(converter: &Path, folder: &Path, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| error.to_string();
    tokio::fs::create_dir_all(folder).await.map_err(told)?;
    let source = folder.join("in.doc");
    tokio::fs::write(&source, bytes).await.map_err(told)?;
    let child = Command::new(converter)
        .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
        .arg(folder)
        .arg(&source)
        .env_clear()
        .env("HOME", folder)
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(told)?
        .wait_with_output();
    match tokio::time::timeout(LONGEST, child).await {
        Err(_) => return Err("转换超过一分钟".into()),
        Ok(ended) => ended.map_err(told)?,
    };
    tokio::fs::read(folder.join("in.docx")).await.map_err(told)
}
