//! 字幕 of a film: read from a file of captions, kept as WebVTT within what is signed.

use interpretation_rules::{BadCaption, Body, Captions, Form, InterpretationEvent};
use ledger::Desk;
use review::Signatory;
use serde_json::json;

use super::medium::over;
use super::{ActError, draft_entry, material_of};

/// The largest file of captions, in bytes: ours (docs/readings/308).
const LARGEST: usize = 512 << 10;

/// The captions in a file, WebVTT or SRT.
///
/// # Errors
/// All that is wrong with it, each by its line.
pub fn read(bytes: &[u8]) -> Result<Captions, ActError> {
    let field = |words: String| ("zimu".to_owned(), words);
    if bytes.len() > LARGEST {
        let words = format!("字幕文件超过 {} KB。请核对是不是字幕文件。", LARGEST >> 10);
        return Err(ActError::Fields(vec![field(words)]));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        let words = "字幕文件不是 UTF-8 编码的文字。请另存为 UTF-8 的 .vtt 或者 .srt 再上传。";
        return Err(ActError::Fields(vec![field(words.to_owned())]));
    };
    let told = |bad: Vec<BadCaption>| {
        ActError::Fields(bad.into_iter().map(|bad| field(bad.to_string())).collect())
    };
    Captions::read(text).map_err(told)
}

/// Keeps them over the revision the form showed; takes them off where there are none.
///
/// # Errors
/// There is none of the organ, it is no film, it is under review or published, somebody saved meanwhile, or the
/// database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    (id, revision): (&str, i64),
    captions: Option<Captions>,
) -> Result<(), ActError> {
    let one = material_of(&desk, by, id).await?;
    one.state.after(InterpretationEvent::Write)?;
    if one.form != Form::Video {
        return Err(ActError::field("zimu", "只有视频有字幕。音频写文字稿就行。"));
    }
    let facts = json!({ "captions": captions.is_some(), "revision": revision + 1 });
    let body = Body { captions, ..one.body.clone() };
    over(&desk, (&one, revision), &body, by).await?;
    desk.record(draft_entry("captions", &one, facts)).await?;
    Ok(desk.seal().await?)
}
