//! `/gongkai-rizhi/{n}`: one leaf with its history and its proof; with an ending, what is needed to check
//! it without us.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use ledger::PublicLog;
use ledger::log::Inscribed;
use tlog::{Proof, base64_of};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, House, Later, Visit};

use super::words;

/// Checks a proof with openssl and nothing else.
const SCRIPT: &str = include_str!("hedui.sh");

#[derive(Template)]
#[template(path = "portal/leaf.html")]
struct LeafPage {
    frame: Frame,
    position: i64,
    event: &'static str,
    at: String,
    index: String,
    text: String,
    thing: Option<Link>,
    history: Vec<Step>,
    proof: Option<ProofLines>,
    files: Vec<Link>,
    away: bool,
}

/// One leaf of the thing's history.
struct Step {
    href: Option<String>,
    words: String,
    at: String,
}

/// The proof as it is shown.
struct ProofLines {
    size: u64,
    root: String,
    hashes: Vec<String>,
}

/// Shows a leaf, or gives one of its files.
pub async fn show(visit: Visit, Path(name): Path<String>) -> Result<Response, Fault> {
    if name == "hedui.sh" {
        return Ok(file("text/x-shellscript; charset=utf-8", "hedui.sh", SCRIPT.into()));
    }
    let (number, ending) = match name.split_once('.') {
        Some((_, "")) => return Err(Fault::NotFound),
        Some(split) => split,
        None => (name.as_str(), ""),
    };
    let position: i64 = number.parse().map_err(|_| Fault::NotFound)?;
    // One address, one page.
    if position.to_string() != number {
        return Err(Fault::NotFound);
    }
    let log = visit.house.ledger().log();
    let leaf = log.leaf(position).await?.ok_or(Fault::NotFound)?;
    match ending {
        "" => page(&visit, &log, leaf).await,
        "json" => Ok(file("application/json", &format!("{position}.json"), leaf.text.into())),
        "tlog-proof" => {
            let proof = proof(&visit, &log, position).await?.ok_or(Fault::Unavailable)?;
            let kind = "text/plain; charset=utf-8";
            Ok(file(kind, &format!("{position}.tlog-proof"), proof.to_text().into()))
        }
        "bin" => {
            let bytes = original(&visit, &log, &leaf).await?.ok_or(Fault::NotFound)?;
            Ok(file("application/octet-stream", &format!("{position}.bin"), bytes))
        }
        _ => Err(Fault::NotFound),
    }
}

fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let headers: [(HeaderName, String); 2] = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

/// Salt and content one after the other, which is what the digests were made of. Given out only of what is
/// shown to everybody now: neither of what was corrected since nor of what is gone.
async fn original(
    visit: &Visit,
    log: &PublicLog,
    leaf: &Inscribed,
) -> Result<Option<Vec<u8>>, Fault> {
    let history = log.history(&leaf.body.subject).await?;
    let newest = history.iter().rfind(|other| other.body.sha256.is_some());
    let shown = thing(visit, leaf).await?.is_some();
    if !shown || newest.is_none_or(|newest| newest.position != leaf.position) {
        return Ok(None);
    }
    let opening = log.opening(leaf.position).await?;
    Ok(opening.map(|opening| opening.bytes()))
}

/// The proof against the newest checkpoint, or, for a copy, against the first that covers the leaf: a file that
/// is not written anew must stay true.
async fn proof(visit: &Visit, log: &PublicLog, position: i64) -> Result<Option<Proof>, Fault> {
    Ok(match visit.for_copy {
        true => log.first_proof(position).await?,
        false => log.proof(position).await?,
    })
}

/// The page of what the leaf is about, where it is shown to everybody.
async fn thing(visit: &Visit, leaf: &Inscribed) -> Result<Option<Link>, Fault> {
    match visit.house.inscribed(&leaf.body.subject) {
        Some(source) => (source.page)(visit.house.store(), &leaf.body.subject).await,
        None => Ok(None),
    }
}

async fn page(visit: &Visit, log: &PublicLog, leaf: Inscribed) -> Result<Response, Fault> {
    let frame = frame(visit.frame(), leaf.position);
    let history = log.history(&leaf.body.subject).await?;
    let thing = thing(visit, &leaf).await?;
    let proof = proof(visit, log, leaf.position).await?;
    let has_original = original(visit, log, &leaf).await?.is_some();
    let shown = proof.map(|proof| ProofLines {
        size: tlog::Checkpoint::parse(&proof.checkpoint.text).map_or(0, |head| head.size),
        root: tlog::Checkpoint::parse(&proof.checkpoint.text)
            .map_or_else(String::new, |head| base64_of(&head.root)),
        hashes: proof.hashes.iter().map(base64_of).collect(),
    });
    let mut files = Vec::new();
    let mut give = |words: &str, ending: &str| {
        let path = format!("/gongkai-rizhi/{}.{ending}", leaf.position);
        files.push(Link::new(words, frame.href(&path)));
    };
    if has_original {
        give("原件", "bin");
    }
    give("条目", "json");
    if shown.is_some() {
        give("证明", "tlog-proof");
    }
    // The log is one for all sites; the first of them shows what any of them does.
    let sites = visit.house.directory();
    let everywhere =
        |path: &str| sites.all().first().map_or_else(|| path.to_owned(), |site| site.link(path));
    let step = |other: &Inscribed| Step {
        href: (other.position != leaf.position)
            .then(|| frame.href(&format!("/gongkai-rizhi/{}", other.position))),
        words: format!("{}（第 {} 条）", other.body.words(), other.position),
        at: words::moment(&other.body.at),
    };
    let page = LeafPage {
        position: leaf.position,
        event: leaf.body.words(),
        at: words::moment(&leaf.body.at),
        index: leaf.body.index.clone(),
        text: leaf.text.clone(),
        away: thing.is_none() && leaf.body.sha256.is_some(),
        thing: thing.map(|link| Link::new(link.words, everywhere(&link.href))),
        history: history.iter().map(step).collect(),
        proof: shown,
        files,
        frame,
    };
    Ok(web::page::answer(&page)?.into_response())
}

fn frame(frame: Frame, position: i64) -> Frame {
    let title = format!("公开日志第 {position} 条");
    let about = format!("公开日志第 {position} 条：事件、时间、摘要和证明");
    frame.titled(&title).described(about).under("公开日志", "/gongkai-rizhi").at(title)
}

/// A leaf that exists now.
pub fn sample(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let newest = house.ledger().log().newest_leaves(1).await?;
        Ok(newest.first().map(|leaf| format!("/gongkai-rizhi/{}", leaf.position)))
    })
}

impl Page for LeafPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let step = |href: Option<&str>, words: &str| Step {
            href: href.map(Into::into),
            words: words.into(),
            at: "2026-11-26 09:30:11".into(),
        };
        let hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        let of = |proof, thing: Option<Link>| Self {
            frame: frame(Frame::sample("公开日志第 7 条"), 7),
            position: 7,
            event: "更正",
            at: "2026-11-26 09:30:11".into(),
            index: "FJ00116-0101-2026-00018".into(),
            text: r#"{"form":"gongkai-leaf/1","event":"correction"}"#.into(),
            away: thing.is_none(),
            thing,
            history: vec![
                step(Some("/linhu/gongkai-rizhi/3"), "发布（第 3 条）"),
                step(None, "更正（第 7 条）"),
            ],
            proof,
            files: vec![Link::new("条目", "/linhu/gongkai-rizhi/7.json")],
        };
        let proof =
            ProofLines { size: 12, root: hash.into(), hashes: vec![hash.into(), hash.into()] };
        vec![
            ("已签入", of(Some(proof), Some(Link::new("关于修缮道路的通知", "/linhu/wenjian/1")))),
            ("待签入，已撤下", of(None, None)),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<super::LeafPage>(), Vec::<String>::new());
    }
}
