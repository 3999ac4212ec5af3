//! A draft as those who review it see it: its text set as the portal will set it, its attachments as clean
//! copies, and what the editor's check says of it.

use records_rules::{Block, Field};
use web::components::Tone;
use web::{FileSeen, LaidOut, Later, Part, Remark, Visit};

use super::checks::Checks;
use crate::draft::signed;
use crate::portal::parts::{Around, Parts};
use crate::store::{Draft, DraftState};

/// What signed parts that are attachments are called.
const FILE: &str = "附件";

/// Before the digest of an attachment, as it is signed.
const DIGEST: &str = "，SHA-256 ";

/// A draft that is published by its review.
pub(super) fn draft<'a>(
    visit: &'a Visit,
    id: &'a str,
    parts: &'a [Part],
) -> Later<'a, Option<LaidOut>> {
    Box::pin(async move {
        let found = Draft::called(visit.house.store(), id).await?;
        let named = |part: &&Part| part.name == FILE;
        let file = |part: &Part| file(visit, found.as_ref(), part);
        let files: Vec<FileSeen> = parts.iter().filter(named).map(file).collect();
        let checks = match &found {
            Some(draft) if is_still(draft, parts) => Some(remarks(Checks::of(visit, draft).await?)),
            _ => None,
        };
        let covers = vec![Field::Body.label(), FILE];
        Ok(Some(LaidOut { text: text(visit, parts, &files), covers, files, checks }))
    })
}

/// What becomes of a withheld document: only its text is set.
pub(super) fn assessment<'a>(
    visit: &'a Visit,
    _: &'a str,
    parts: &'a [Part],
) -> Later<'a, Option<LaidOut>> {
    let (text, covers) = (text(visit, parts, &[]), vec![Field::Body.label()]);
    let laid_out = LaidOut { text, covers, ..LaidOut::default() };
    Box::pin(async move { Ok(Some(laid_out)) })
}

/// What a part says without the marks of the text.
pub(super) fn plain(part: &Part) -> String {
    if part.name != Field::Body.label() {
        return part.text.clone();
    }
    let blocks = Block::read(&part.text);
    blocks.iter().map(Block::plain).collect::<Vec<_>>().join("\n")
}

/// Whether the draft waits for what is reviewed here, and is what was submitted.
fn is_still(draft: &Draft, parts: &[Part]) -> bool {
    draft.state == DraftState::Submitted && signed(draft, vec![]).parts == parts
}

fn text(visit: &Visit, parts: &[Part], files: &[FileSeen]) -> String {
    let body = parts.iter().find(|part| part.name == Field::Body.label());
    let href = |path: &str| visit.site.link(path);
    let file = |name: &str| files.iter().find(|file| file.name == name)?.href.clone();
    let around = Around { href: &href, file: &file };
    body.map(|part| Parts::of(&part.text, &around).to_string()).unwrap_or_default()
}

/// An attachment: what is signed of it, and where the file with just that digest is given.
fn file(visit: &Visit, draft: Option<&Draft>, part: &Part) -> FileSeen {
    let (told, digest) = part.text.rsplit_once(DIGEST).unwrap_or((&part.text, ""));
    let (name, size) = told.rsplit_once('，').unwrap_or((told, ""));
    let base = draft.and_then(|draft| match (draft.state, &draft.record) {
        (DraftState::Published, Some(record)) => Some(format!("/wenjian/{record}")),
        (DraftState::Published, None) => None,
        _ => Some(format!("/gongzuo/gaojian/{}", draft.id)),
    });
    let files = draft.map(|draft| draft.content.files.as_slice()).unwrap_or_default();
    let at = files.iter().position(|file| file.name == name && file.sha256 == digest);
    let href = base.zip(at).map(|(base, at)| visit.site.link(&format!("{base}/fujian/{}", at + 1)));
    let short = digest.get(..12).unwrap_or(digest);
    FileSeen { name: name.to_owned(), told: format!("{size}，摘要 {short}"), href }
}

fn remarks(checks: Checks) -> Vec<Remark> {
    let remark = |said: super::checks::Said| Remark {
        stands: said.tone == Tone::Over,
        words: said.words,
        remedy: said.remedy,
    };
    checks.list.into_iter().map(remark).collect()
}
