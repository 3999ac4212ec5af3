//! .doc and .wps of the old binary form, by a converter where the operator has set one.

use std::path::{Path, PathBuf};

use documents::converting::Converter;
use documents::reading::Unreadable;

pub(super) use documents::converting::is_legacy;

/// The program that converts: LibreOffice's `soffice`, or one that takes the same arguments.
const CONVERTER: &str = "GONGKAI_CONVERTER";

/// The same file as docx, by a converter that is kept from the data folder.
pub(super) async fn converted(bytes: Vec<u8>, data: &Path) -> Result<Vec<u8>, Unreadable> {
    let converter = std::env::var_os(CONVERTER).filter(|program| !program.is_empty());
    let Some(converter) = converter.map(PathBuf::from) else {
        return Err(Unreadable::Unsupported {
            found: "旧格式的办公文件（.doc、.wps）",
            remedy: "请用 Word 或者 WPS 打开后另存为 docx，再导入；管理员也可以用 GONGKAI_CONVERTER 指定转换程序",
        });
    };
    let lost = |detail: String| Unreadable::Damaged { part: "旧格式文件".into(), detail };
    let converter =
        Converter::of_this_program(converter, data).map_err(|error| lost(error.to_string()))?;
    let converted = tokio::task::spawn_blocking(move || converter.docx_of(&bytes)).await;
    converted.unwrap_or_else(|stopped| Err(lost(stopped.to_string())))
}
