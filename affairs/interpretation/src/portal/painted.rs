//! 图解 as PNG, for those who send it on where no SVG is taken: painted on first demand by the press, in the faces of
//! its documents, and kept under the digest of the drawing. What is published does not change, so what was painted
//! holds as long as it is shown.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};
use web::{Fault, House};

use crate::media::shelf;

/// Changed whenever pictures are painted otherwise, so that all are painted anew.
const PAINTING: &str = "gongkai drawing 1\n";

/// The width of a picture, in dots: twice that of the drawing, so that it is sharp on telephones.
const WIDE: u32 = 1440;

/// What a reader is told where nothing was painted.
const NOT_PAINTED: &str = "这张图现在没有画成 PNG。请改用 SVG，内容相同；或者过一会儿再试。";

/// Where the picture of a drawing lies: beside the others of its interpretation, so that all go with it.
fn place(folder: &Path, id: &str, svg: &str) -> PathBuf {
    let mut digest = Sha256::new();
    digest.update(PAINTING);
    digest.update(svg);
    let name = ledger::hex(&digest.finalize());
    shelf::pictures(folder, id).join(format!("{name}.png"))
}

/// The picture of the drawing of an interpretation.
///
/// # Errors
/// It cannot be painted or kept now.
pub(super) async fn picture(house: &House, id: &str, svg: String) -> Result<Vec<u8>, Fault> {
    let place = place(house.folder(), id, &svg);
    if let Ok(bytes) = tokio::fs::read(&place).await {
        return Ok(bytes);
    }
    let printer = house.printer().ok_or_else(|| Fault::Refused(NOT_PAINTED.into()))?;
    let painted = printer.print("drawing", json!({ "svg": svg, "width": WIDE })).await;
    let bytes = painted.map_err(|_| Fault::Refused(NOT_PAINTED.into()))?;
    let kept = tokio::task::spawn_blocking(move || keep(&place, bytes)).await;
    kept.map_err(Fault::inside)?.map_err(Fault::inside)
}

/// Writes beside the place and moves there, so that no reader ever sees half a picture.
fn keep(place: &Path, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    store::private::folder(place.parent().unwrap_or(Path::new(".")))?;
    let beside = place.with_extension(format!("new-{}", uuid::Uuid::now_v7().simple()));
    let mut file = store::private::file(&beside)?;
    io::Write::write_all(&mut file, &bytes)?;
    std::fs::rename(&beside, place)?;
    Ok(bytes)
}
