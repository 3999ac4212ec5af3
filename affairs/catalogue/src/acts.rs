//! What can be done to a catalogue. Each act is a noun with a file of its own.

pub mod adjustment;
pub mod adoption;
pub mod answer;
pub mod computation;
pub mod conformance;
pub mod consultation;
pub mod domains;
pub mod drafting;
pub mod event;
pub mod import;
pub mod measure;
pub mod plan;
pub mod power;
mod power_match;
pub mod publication;
mod raising;
pub mod registration;
pub mod release;
pub mod reminder;
pub mod replacement;
pub mod restoration;
pub mod review;
pub mod row;
pub mod standard;
pub mod submission;
pub mod treatment;
pub mod waiver;
pub mod wish;
mod worksheet;

pub use release::Obstacle;

use ::review::Unit;
use catalogue_rules::obligation::TooLong;
use catalogue_rules::{OutOfTurn, Unsettled};
use identity::Organ;
use ledger::{Desk, DeskError, Entry};
use store::StoreError;

use crate::store::{Catalogue, Domain, Version};
use crate::writing::PrintedError;

/// The basis of every act on a catalogue: the notice asks each organ to compile, publish and keep
/// its catalogue up to date.
pub(crate) const BASIS: &str = "厦府办〔2020〕67号一（二）";

/// Makes sure that the organ may begin a catalogue in a domain, whoever acts for it: it leads the domain
/// or governs, and nobody else of its division has one there (docs/readings/028). A catalogue with versions goes
/// on as it is.
async fn may_begin(desk: &Desk, organ: &Organ, domain: &str) -> Result<(), ActError> {
    let change = desk.change();
    let own = Catalogue::of(change, &organ.code, domain).await?;
    if let Some(own) = own
        && own.has_versions(change).await?
    {
        return Ok(());
    }
    let called = || async {
        let found = Domain::find(change, domain, desk.today()).await?;
        Ok::<_, StoreError>(found.map_or_else(|| domain.to_owned(), |domain| domain.name))
    };
    if !Catalogue::may_be_begun_by(organ, domain) {
        return Err(ActError::NotLed(organ.short_name.clone(), called().await?));
    }
    match Catalogue::serving(change, &organ.division, domain).await? {
        Some(other) => {
            let whose = Organ::find(change, &other.organ).await?;
            let whose = whose.map(|organ| organ.short_name).unwrap_or_default();
            let whose = format!("{whose}（{}）", other.organ);
            Err(ActError::SecondCatalogue(called().await?, whose))
        }
        None => Ok(()),
    }
}

/// The organ's catalogue in a domain; begun, as one that takes up `template`, if there is none yet.
async fn catalogue_of(
    desk: &Desk,
    organ: &Organ,
    domain: &str,
    template: Option<String>,
    demo: bool,
) -> Result<Catalogue, ActError> {
    may_begin(desk, organ, domain).await?;
    if let Some(found) = Catalogue::of(desk.change(), &organ.code, domain).await? {
        return Ok(found);
    }
    let catalogue = Catalogue {
        id: uuid::Uuid::now_v7().to_string(),
        organ: organ.code.clone(),
        division: organ.division.clone(),
        domain: domain.into(),
        template,
        demo,
    };
    catalogue.add(desk.change()).await?;
    Ok(catalogue)
}

/// The catalogue with this key.
async fn catalogue_called(desk: &Desk, id: &str) -> Result<Catalogue, ActError> {
    Catalogue::find(desk.change(), id).await?.ok_or(ActError::NoCatalogue)
}

/// The catalogue's draft as it stands now, which nobody else changes before this act is done.
///
/// While it is under review it stays as it was submitted.
async fn held_draft(desk: &Desk, catalogue: &Catalogue) -> Result<Version, ActError> {
    let draft = draft_held(desk, catalogue).await?;
    match Unit::open_with(desk.change(), publication::KIND, &draft.id).await? {
        None => Ok(draft),
        Some(_) => Err(ActError::InReview),
    }
}

/// The same, under review or not.
async fn draft_held(desk: &Desk, catalogue: &Catalogue) -> Result<Version, ActError> {
    let change = desk.change();
    let draft = Version::draft(change, &catalogue.id).await?.ok_or(ActError::NoDraft)?;
    Version::hold(change, &draft.id).await?;
    // Another act may have gone before while this one waited.
    Version::draft(change, &catalogue.id).await?.ok_or(ActError::NoDraft)
}

/// Makes sure that another draft may take the place of the one there is, if there is one.
async fn replaceable(desk: &Desk, catalogue: &Catalogue) -> Result<(), ActError> {
    match held_draft(desk, catalogue).await {
        Ok(draft) => Ok(draft.stage.may_be_replaced()?),
        Err(ActError::NoDraft) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What the ledger is told of an act on a catalogue.
fn entry(act: &'static str, catalogue: &Catalogue, facts: serde_json::Value) -> Entry {
    Entry {
        room: "catalogue",
        act,
        subject: format!("catalogue:{}", catalogue.id),
        organ: catalogue.organ.clone(),
        basis: BASIS.into(),
        facts,
    }
}

/// What the ledger is told of an act on what stands beside the catalogues: powers, standards.
fn entry_beside(
    act: &'static str,
    subject: String,
    organ: &str,
    facts: serde_json::Value,
) -> Entry {
    Entry { room: "catalogue", act, subject, organ: organ.into(), basis: BASIS.into(), facts }
}

/// Why an act on a catalogue was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No organ has this code.
    #[error("没有代码为 {0} 的机关")]
    NoOrgan(String),
    /// No domain has this name.
    #[error("没有名为 {0} 的领域")]
    NoDomain(String),
    /// The catalogue has no rows.
    #[error("目录里没有事项")]
    Empty,
    /// There is no draft to release.
    #[error("没有待发布的草稿")]
    NoDraft,
    /// There is no such catalogue.
    #[error("没有这份目录")]
    NoCatalogue,
    /// The organ does not lead the domain and does not govern.
    #[error("{0}不主管{1}领域，不能编制这个领域的目录")]
    NotLed(String, String),
    /// Another organ of the division has a catalogue in the domain.
    #[error("本级已经有{0}领域的目录，属于{1}")]
    SecondCatalogue(String, String),
    /// What was decided on the catalogue above has been released.
    #[error("这份目录已经承接过上级目录，已发布的版本里有逐项决定")]
    Decided,
    /// A draft is being worked on already.
    #[error("这份目录已经有草稿")]
    DraftExists,
    /// The catalogue has no row with this key.
    #[error("目录里没有编号为 {0} 的事项")]
    NoRow(String),
    /// Somebody else has changed the row since it was opened.
    #[error("您打开以后，这一项已经被别人改过")]
    Overwritten,
    /// The draft has had no change that could be undone.
    #[error("这份草稿没有可以撤销的改动")]
    NoStep,
    /// The draft was changed again, or by somebody else.
    #[error("这一步以后，草稿又有改动，或者这一步是别人做的，不能撤销")]
    StepsSince,
    /// A row without a name.
    #[error("公开事项没有名称")]
    NoName,
    /// 不适用 without a reason.
    #[error("上级有的事项，本级不适用必须说明理由")]
    NoReason,
    /// 细化 of a row that says the same as above.
    #[error("这一项与上级相同，没有细化")]
    NothingRefined,
    /// 新增 of a row that stands above.
    #[error("这一项上级目录里有，不是新增")]
    StandsAbove,
    /// There is no such 上级调整.
    #[error("没有编号为 {0} 的上级调整")]
    NoAdjustment(String),
    /// It was decided already.
    #[error("这条上级调整已经办过：{0}")]
    NotOpen(&'static str),
    /// The decision cannot stand.
    #[error(transparent)]
    Unsettled(#[from] Unsettled),
    /// The draft has not come so far, or too far.
    #[error(transparent)]
    OutOfTurn(#[from] OutOfTurn),
    /// The draft is not fit for release; here is why.
    #[error("草稿还不能发布：{}", release::in_words(.0).join("；"))]
    Unfit(Vec<Obstacle>),
    /// It is under review as it stands.
    #[error("草稿正在审查，其间不能改动")]
    InReview,
    /// What is made here is in force only after its review.
    #[error("新编的目录要审查完毕才能发布")]
    NotReviewed,
    /// The review refuses.
    #[error(transparent)]
    Review(#[from] ::review::ActError),
    /// There is nothing above to take up.
    #[error("上级没有已发布的目录可以承接")]
    NoTemplate,
    /// What is to be taken up is not a catalogue of a division above.
    #[error("{0}不是{1}的上级，它的目录不能承接")]
    NotAbove(String, String),
    /// No catalogue in force has this item.
    #[error("现行目录里没有事项 {0}")]
    NoItem(String),
    /// The item is given only on request: nobody owes it of his own accord.
    #[error("这一事项只依申请公开，不产生主动公开的义务")]
    OnRequestOnly,
    /// Nothing is said of what happened, or why.
    #[error("没有写{0}")]
    NoWords(&'static str),
    /// More is said than fits.
    #[error("{0}太长，最多 {1} 个字")]
    TooWordy(&'static str, usize),
    /// The day lies in a year that cannot be meant.
    #[error("日期 {0} 的年份不对")]
    Implausible(law::Date),
    /// A measure for 实时 or 及时 is longer than the statute allows.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// No registered event has this key, or it was withdrawn.
    #[error("没有编号为 {0} 的起算事件")]
    NoEvent(String),
    /// No obligation has this key.
    #[error("没有编号为 {0} 的公开义务")]
    NoObligation(String),
    /// It was published already.
    #[error("已经公开，不能再标为本期不适用")]
    AlreadyKept,
    /// Its last day is over: it is late, and stays so.
    #[error("最后一日{0}已过，已经逾期，不能再标为本期不适用")]
    PastDue(law::Date),
    /// The table could not be written down for the public log.
    #[error(transparent)]
    Inscription(#[from] PrintedError),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NoOrgan(_) => "用 gongkai organ list 查看机关代码",
            Self::NoDomain(_) => "用 gongkai catalogue stats 查看领域名称",
            Self::Empty => "请检查文件里是否有目录表格",
            Self::NoDraft => "先用 gongkai catalogue import 导入一个文件",
            Self::NoTemplate => "请先发布上级目录",
            Self::NotAbove(..) => "只承接上级的目录：区承接市的，镇街承接区的",
            Self::NoCatalogue => "请先导入或者承接一份目录",
            Self::NotLed(..) => "由主管这个领域的部门或者本级政府编制",
            Self::SecondCatalogue(..) => {
                "在那份目录上起草下一版，不要再建一份；命令行用 --organ 写那个机关的代码"
            }
            Self::Decided => "起草下一版，在上级调整里逐项决定",
            Self::DraftExists => "在现有草稿上修改，或者先放弃它",
            Self::NoRow(_) => "请刷新后再看",
            Self::Overwritten => "看清现在的内容，把要改的并进去，再保存",
            Self::NoStep => "直接在草稿里修改",
            Self::StepsSince => "刷新页面看清现在的内容，再直接修改",
            Self::NoName => "填写一级事项和二级事项",
            Self::NoReason => "写明本级为什么没有这类事项",
            Self::NothingRefined => "先改这一项的内容；内容不改的选照用",
            Self::StandsAbove => "选照用、细化或者不适用",
            Self::NoAdjustment(_) => "用 gongkai catalogue adjustments list 查看编号",
            Self::NotOpen(_) => "已办过的不能再办；要改的，在草稿里修改这一项",
            Self::Unsettled(refused) => refused.remedy(),
            Self::OutOfTurn(refused) => refused.remedy(),
            Self::Unfit(_) => "逐条改正后再送审；只是少走了步骤的，写明理由，理由记入留痕",
            Self::InReview => "先由送审人撤回送审，或者等审查人退回",
            Self::NotReviewed => "在工作台送审；已经印发的目录用 --issued 写明印发的文件，原样录入",
            Self::Review(refused) => refused.remedy(),
            Self::NoItem(_) => "核对领域和事项；目录要先发布施行",
            Self::OnRequestOnly => "按依申请公开的程序办理",
            Self::TooLong(_) => "把标准定得不长于一般期限；不另定标准的，就按一般期限",
            Self::NoWords(_) => "写一句话，让读者看得明白",
            Self::TooWordy(..) => "写短一些，细节放在公开的信息里",
            Self::Implausible(_) => "请核对年、月、日",
            Self::NoEvent(_) => "用 gongkai events list --organ 机关代码 查看编号",
            Self::NoObligation(_) => "用 gongkai obligations list 查看编号",
            Self::AlreadyKept => "不需要标注；公开有误的，先更正信息",
            Self::PastDue(_) => "请尽快公开；本期不适用要在期限之内标注。事件登记错了的，撤回登记",
            Self::Desk(_) | Self::Store(_) | Self::Inscription(_) => "请稍后再试；数据保持原样",
        }
    }
}
