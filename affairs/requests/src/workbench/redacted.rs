//! 提供的文件 beside a draft and its review: what was taken out of each, and the copy itself, as it will go out.

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use web::workbench::Submitted;
use web::{Clerk, Fault, Visit};

use super::file::File;
use super::saved;
use crate::acts::ActError;
use crate::files;
use crate::issued::enclosed;
use crate::redacting::{Thing, Wanted};
use crate::store::{CaseFile, ProvidedFile};

/// How many things a form takes out of one file.
pub(super) const THINGS: usize = 3;

/// A file that goes with an answer.
pub(super) struct ProvidedLine {
    /// What it is called in the letter.
    pub name: String,
    pub key: String,
    pub href: String,
    /// What was taken out of it, why, by which provision, how often.
    pub removed: Vec<String>,
}

/// What an officer wants taken out, as typed: things without a word are none.
///
/// # Errors
/// A passage is told without what it is.
pub(super) fn wanted(form: &Submitted) -> Result<Wanted, Fault> {
    let mut things = Vec::new();
    for at in 1..=THINGS {
        let field = |name: &str| form.get(&format!("{name}{at}")).trim().to_owned();
        let (what, code, words) = (field("shan"), field("liyou"), field("ziju"));
        if what.is_empty() && words.is_empty() {
            continue;
        }
        if what.is_empty() || code.is_empty() {
            let told = "写明删去的是什么、为什么，再放入文件。";
            return Err(Fault::field(&format!("shan{at}"), told));
        }
        let passages = words.lines().map(str::trim).filter(|line| !line.is_empty());
        things.push(Thing { what, code, passages: passages.map(str::to_owned).collect() });
    }
    Ok(Wanted { personal: form.has("geren"), things })
}

/// The files of an answer, as the letter calls them.
pub(super) fn lines(visit: &Visit, base: &str, files: &[ProvidedFile]) -> Vec<ProvidedLine> {
    let today = visit.house.ledger().clock().today();
    let line = |(name, file): (String, &ProvidedFile)| ProvidedLine {
        name,
        key: file.id.clone(),
        href: visit.site.link(&format!("{base}/tigong/{}", file.id)),
        removed: file
            .removals
            .iter()
            .map(|removal| match removal.times {
                0 => format!("{}，放入以前已经遮盖", removal.told(today)),
                times => format!("{}，{times} 处", removal.told(today)),
            })
            .collect(),
    };
    enclosed(files.len()).into_iter().zip(files).map(line).collect()
}

/// Gives the copy that will go out, to whoever may read the file masked.
pub async fn give(
    visit: Visit,
    clerk: Clerk,
    Path((id, key)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    let found = CaseFile::find(visit.house.store(), &file.case.filing.id, &key).await?;
    let found = found.filter(CaseFile::is_clean_copy).ok_or(Fault::NotFound)?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let bytes = files::read(visit.house.folder(), sealer, &found).await;
    let bytes = bytes.map_err(ActError::into_fault)?;
    let ending = found.ending(sealer).map_err(Fault::inside)?;
    let mut response = saved(bytes, "application/octet-stream", &format!("提供的信息.{ending}"));
    let kind = HeaderValue::from_str(&found.media_type).map_err(Fault::inside)?;
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}
