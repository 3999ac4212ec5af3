//! `/gongzuo/dangan`: what is due to archives and libraries, what was kept for its time, what has no
//! period, and the batches and destructions.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::Level;
use identity::powers::{Condition, Tie};
use law::Date;
use records_rules::{Deposit, Retention, SUPPLY_PERIOD, supply_due};
use serde::Deserialize;
use web::components::{Empty, Figure, Strip, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit, icons};

use super::{hand, minute, seen, sent_to};
use crate::acts::{deposit, destruction, retention};
use crate::store::{DepositBatch, Destruction, DestructionState, KeptRecord};

#[derive(Template)]
#[template(path = "workbench/custody.html")]
struct CustodyPage {
    desk: Workbench,
    strip: Strip,
    due: Due,
    /// How the last day for supplying is counted, and from where.
    supply_basis: String,
    batches: Vec<BatchRow>,
    destructions: Vec<DestructionRow>,
    may_deposit: bool,
    may_set: bool,
    may_propose: bool,
    may_pack: bool,
    here: String,
}

/// What is due, in four lists.
struct Due {
    supply: Vec<Row>,
    transfer: Vec<Row>,
    expired: Vec<Row>,
    undecided: Vec<Row>,
}

struct Row {
    id: String,
    title: String,
    /// Where it is seen: by everybody, or at the desk; `None` where the clerk may see neither.
    href: Option<String>,
    withdrawn: bool,
    index: String,
    made_on: Date,
    retention: &'static str,
    due: Option<(Tag, Date)>,
    pack: String,
}

struct BatchRow {
    href: String,
    words: String,
    at: String,
    tag: Tag,
}

struct DestructionRow {
    href: String,
    words: String,
    by: String,
    tag: Tag,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[("qixian", "保管期限已定。")];

/// Shows what is due.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    clerk.may("record.retention.read", &Tie::to(&clerk.organ.code))?;
    let due = Due::of(&visit, &clerk).await?;
    let (store, organ) = (visit.house.store(), clerk.organ.code.clone());
    let batches = DepositBatch::of_organ(store, &organ).await?;
    let destructions = Destruction::of_organ(store, &organ).await?;
    let powers =
        ["record.deposit", "record.retention.set", "record.destroy.propose", "record.archive"];
    let [may_deposit, may_set, may_propose, may_pack] = powers.map(|act| clerk.has_power(act));
    let desk = Workbench::of(&visit, clerk, "dangan", "保管、移交和销毁").await?;
    web::page::answer(&CustodyPage {
        desk: desk.saying(&done.done, SAID),
        strip: due.strip(),
        due,
        supply_basis: supply_basis(visit.house.ledger().clock().today()),
        batches: batches.into_iter().map(|batch| batch_row(&visit, batch)).collect(),
        destructions: destructions.into_iter().map(|one| destruction_row(&visit, one)).collect(),
        may_deposit,
        may_set,
        may_propose,
        may_pack,
        here: visit.site.link("/gongzuo/dangan"),
    })
}

impl Due {
    /// What is due at the organ of a clerk.
    async fn of(visit: &Visit, clerk: &Clerk) -> Result<Self, Fault> {
        let (store, organ) = (visit.house.store(), clerk.organ.code.as_str());
        let (today, calendar) =
            (visit.house.ledger().clock().today(), visit.house.ledger().calendar());
        let rows = |all: Vec<KeptRecord>, due: &dyn Fn(&KeptRecord) -> Option<Date>| -> Vec<Row> {
            all.into_iter().map(|kept| row(visit, clerk, due(&kept), kept, today)).collect()
        };
        let supplied = |kept: &KeptRecord| {
            supply_due(kept.published_on, &calendar).ok().flatten().map(|due| due.date)
        };
        let ended =
            |kept: &KeptRecord| kept.retention.and_then(|one| one.ends(kept.made_on, today));
        let of_city = clerk.organ.level == Level::City;
        let transfer = KeptRecord::to_transfer(store, organ, of_city, today).await?;
        Ok(Self {
            supply: rows(KeptRecord::to_supply(store, organ).await?, &supplied),
            transfer: rows(transfer, &|_| None),
            expired: rows(KeptRecord::expired(store, organ, today).await?, &ended),
            undecided: rows(KeptRecord::undecided(store, organ).await?, &|_| None),
        })
    }

    fn strip(&self) -> Strip {
        Strip(vec![
            counted(self.supply.len(), "待提供给档案馆、图书馆"),
            counted(self.transfer.len(), "应移交进馆"),
            counted(self.expired.len(), "保管期满"),
            counted(self.undecided.len(), "没有定保管期限"),
        ])
    }
}

/// By when what is public is supplied, in words.
fn supply_basis(today: Date) -> String {
    let basis = Deposit::Supply.basis();
    match SUPPLY_PERIOD.on(today) {
        Ok(period) => format!(
            "最迟提供：发布之后 {} 个工作日。依据：{basis}（及时提供；天数由平台定，见解读 081）。",
            period.value.0
        ),
        Err(_) => format!("依据：{basis}。"),
    }
}

/// A list shows the first hundred.
fn counted(number: usize, words: &str) -> Figure {
    let more = if number >= 100 { "以上" } else { "" };
    Figure::new(format!("{number}{more}"), words)
}

fn row(visit: &Visit, clerk: &Clerk, due: Option<Date>, kept: KeptRecord, today: Date) -> Row {
    let due = due.map(|day| {
        let tag = if day < today { Tag::over("已到期") } else { Tag::plain("未到期") };
        (tag, day)
    });
    let path = match kept.open {
        true => format!("/wenjian/{}", kept.id),
        false => format!("/gongzuo/chexia/{}", kept.id),
    };
    let seen = kept.open || clerk.has_power("record.read_trail");
    Row {
        href: seen.then(|| visit.site.link(&path)),
        withdrawn: kept.withdrawn,
        pack: visit.site.link(&format!("/gongzuo/dangan/wenjian/{}/guidangbao.zip", kept.id)),
        retention: kept.retention.map_or("未定", Retention::name),
        id: kept.id,
        title: kept.title,
        index: kept.index,
        made_on: kept.made_on,
        due,
    }
}

fn batch_row(visit: &Visit, batch: DepositBatch) -> BatchRow {
    BatchRow {
        href: visit.site.link(&format!("/gongzuo/dangan/yijiao/{}", batch.id)),
        words: format!("{}：{}，{} 件", batch.kind.name(), batch.receiver, batch.number),
        at: format!("{} · {}", batch.made_name, minute(&batch.made_at)),
        tag: receipt_tag(&batch),
    }
}

/// Whether the receipt has come, as a mark.
pub(super) fn receipt_tag(batch: &DepositBatch) -> Tag {
    match batch.receipt {
        Some(_) => Tag::good("已收到回执"),
        None => Tag::warn("待回执"),
    }
}

fn destruction_row(visit: &Visit, one: Destruction) -> DestructionRow {
    DestructionRow {
        href: visit.site.link(&format!("/gongzuo/dangan/xiaohui/{}", one.id)),
        words: format!("{} 件：{}", one.number, one.reason),
        by: format!("{} · {}", one.proposed_name, minute(&one.proposed_at)),
        tag: destruction_tag(one.state),
    }
}

/// How far a destruction has come, as a mark.
pub(super) fn destruction_tag(state: DestructionState) -> Tag {
    match state {
        DestructionState::Proposed => Tag::warn(state.name()),
        DestructionState::Refused => Tag::plain(state.name()),
        DestructionState::Done => Tag::marked(Tone::Info, icons::CHECK, state.name()),
    }
}

fn chosen(form: &Submitted) -> Vec<String> {
    form.all("jian").map(str::to_owned).collect()
}

/// 定保管期限.
pub async fn set(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may("record.retention.set", &Tie::to(&clerk.organ.code))?;
    let period = form.get("qixian").parse::<Retention>();
    let period = period.map_err(|bad| Fault::field("qixian", format!("{bad}。请从列表里选。")))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(retention::set(desk, &hand(&clerk), &chosen(&form), period).await)?;
    Ok(sent_to(&visit, "/gongzuo/dangan?done=qixian"))
}

/// Makes up a batch.
pub async fn deposit(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    // The act looks at every record of the batch: what is not public is not supplied.
    let tie = Tie::to(&clerk.organ.code).holding([Condition::OnlyPublished]);
    clerk.may("record.deposit", &tie)?;
    let kind = Deposit::parse(form.get("fangshi"));
    let kind = kind.ok_or_else(|| Fault::BadInput("没有写明是提供还是移交。请重新选。".into()))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let receiver = form.get("jieshou");
    let batch = seen(deposit::make(desk, &hand(&clerk), kind, receiver, &chosen(&form)).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/dangan/yijiao/{}?done=zupi", batch.id)))
}

/// 提出销毁.
pub async fn propose(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let reason = form.get("jianding").trim();
    clerk.may("record.destroy.propose", &Tie::to(&clerk.organ.code).because(reason))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let done = destruction::propose(desk, &hand(&clerk), &chosen(&form), reason).await;
    let proposal = seen(done)?;
    Ok(sent_to(&visit, &format!("/gongzuo/dangan/xiaohui/{}?done=tichu", proposal.id)))
}

impl CustodyPage {
    fn empty(&self) -> Empty {
        Empty::new("现在没有要提供、移交、鉴定的文件")
            .because("文件发布以后，会在这里等着提供给档案馆、图书馆；保管期满的也列在这里。")
    }

    fn is_empty(&self) -> bool {
        let Due { supply, transfer, expired, undecided } = &self.due;
        [supply, transfer, expired, undecided].iter().all(|one| one.is_empty())
            && self.batches.is_empty()
            && self.destructions.is_empty()
    }

    /// The mark of what was withdrawn.
    fn gone() -> Tag {
        Tag::warn("已撤下")
    }

    fn periods() -> [Retention; 3] {
        Retention::ALL
    }
}
