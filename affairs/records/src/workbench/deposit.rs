//! `/gongzuo/dangan/yijiao/{id}`: one batch, its list, its receipt, its archive package.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderValue;
use axum::response::{Html, IntoResponse, Response};
use documents::writing::{Column, Sheet};
use identity::powers::{Condition, Tie};
use law::Date;
use serde::Deserialize;
use web::components::Tag;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::custody::receipt_tag;
use super::{hand, minute, seen, sent_to};
use crate::acts::deposit;
use crate::archive;
use crate::portal::attachment::saved;
use crate::store::{DepositBatch, KeptRecord};

#[derive(Template)]
#[template(path = "workbench/deposit.html")]
struct DepositPage {
    desk: Workbench,
    batch: DepositBatch,
    made: String,
    basis: String,
    tag: Tag,
    rows: Vec<KeptRecord>,
    may_receive: bool,
    may_pack: bool,
    today: Date,
    here: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("zupi", "已组成一批。打印清单、下载归档包一起送去；收到回执再登记。"),
    ("huizhi", "回执已登记。"),
];

async fn batch(visit: &Visit, clerk: &Clerk, id: &str) -> Result<DepositBatch, Fault> {
    let found = DepositBatch::find(visit.house.store(), id).await?;
    found.filter(|batch| batch.organ == clerk.organ.code).ok_or(Fault::NotFound)
}

/// Shows the batch.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    clerk.may("record.retention.read", &Tie::to(&clerk.organ.code))?;
    let batch = batch(&visit, &clerk, &id).await?;
    let rows = batch.records(visit.house.store()).await?;
    let may_receive = batch.receipt.is_none() && clerk.has_power("record.deposit");
    let may_pack = clerk.has_power("record.archive");
    let title = format!("{}：{}", batch.kind.name(), batch.receiver);
    let desk = Workbench::of(&visit, clerk, "dangan", title).await?;
    web::page::answer(&DepositPage {
        desk: desk.under("保管、移交和销毁", "/gongzuo/dangan").saying(&done.done, SAID),
        made: minute(&batch.made_at),
        basis: batch.kind.basis().to_string(),
        tag: receipt_tag(&batch),
        rows,
        may_receive,
        may_pack,
        today: visit.house.ledger().clock().today(),
        here: visit.site.link(&format!("/gongzuo/dangan/yijiao/{id}")),
        batch,
    })
}

/// 回执.
pub async fn receive(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    batch(&visit, &clerk, &id).await?;
    let tie = Tie::to(&clerk.organ.code).holding([Condition::OnlyPublished]);
    clerk.may("record.deposit", &tie)?;
    let on = form.words("riqi").and_then(|text| text.parse::<Date>().ok());
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let receipt = (form.get("bianhao"), on, form.get("jieshouren"));
    seen(deposit::receive(desk, &hand(&clerk), &id, receipt).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/dangan/yijiao/{id}?done=huizhi")))
}

/// 移交清单, as a document to be printed and signed.
pub async fn list(visit: Visit, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    clerk.may("record.retention.read", &Tie::to(&clerk.organ.code))?;
    let batch = batch(&visit, &clerk, &id).await?;
    let rows = batch.records(visit.house.store()).await?;
    let line = |(kept, at): (&KeptRecord, usize)| {
        let period = kept.retention.map_or("未定".to_owned(), |one| one.to_string());
        let (made, published) = (kept.made_on.to_string(), kept.published_on.to_string());
        vec![at.to_string(), kept.title.clone(), kept.index.clone(), made, published, period]
    };
    let sheet = Sheet {
        title: format!("{}清单", batch.kind.name()),
        subtitle: vec![
            format!("移交机关：{}", clerk.organ.name),
            format!("接收：{}", batch.receiver),
        ],
        columns: ["序号", "标题", "索引号", "成文日期", "发布日期", "保管期限"]
            .map(Column::new)
            .to_vec(),
        rows: rows.iter().zip(1..).map(line).collect(),
        notes: vec![format!("共 {} 件。移交人：　　　　接收人：　　　　日期：", rows.len())],
        author: clerk.organ.name.clone(),
        ..Sheet::default()
    };
    let bytes = sheet.to_docx().map_err(Fault::inside)?;
    let kind = HeaderValue::from_static(crate::files::media_type("清单.docx"));
    Ok(saved(bytes, kind, "移交清单.docx"))
}

/// The archive package of the batch.
pub async fn pack(visit: Visit, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    clerk.may("record.archive", &Tie::to(&clerk.organ.code))?;
    batch(&visit, &clerk, &id).await?;
    let (ledger, folder) = (visit.house.ledger(), visit.house.folder());
    let bytes = archive::of_batch(ledger, folder, &id).await.map_err(archive::Unpacked::fault)?;
    given(bytes, "归档包.zip")
}

/// The archive package of one record.
pub async fn pack_one(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    clerk.may("record.archive", &Tie::to(&clerk.organ.code))?;
    let own = KeptRecord::find(visit.house.store(), &clerk.organ.code, &id).await?;
    own.ok_or(Fault::NotFound)?;
    let (ledger, folder) = (visit.house.ledger(), visit.house.folder());
    let bytes = archive::of_record(ledger, folder, &id).await.map_err(archive::Unpacked::fault)?;
    given(bytes, "归档包.zip")
}

fn given(bytes: Vec<u8>, name: &str) -> Result<Response, Fault> {
    Ok(saved(bytes, HeaderValue::from_static("application/zip"), name).into_response())
}
