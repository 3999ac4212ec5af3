//! 授权: a post is proposed by one security administrator and confirmed by a second; it holds at
//! once. The very first two are appointed at the machine, and the ledger says so.

use law::Date;
use ledger::{Actor, Desk, Entry, Ledger};
use store::{FromQueryResult, Statements, StoreError, moment};

use crate::acting::Acting;
use crate::fitness::{self, Wish};
use crate::person::Person;
use crate::post::Post;
use crate::refusal::{Refusal, refused};
use crate::{Organ, Role, Unit, setting};

/// GB/T 22239-2019, 三员: rights are given by the security administrators.
const BASIS: &str = "GB/T 22239-2019 8.1.5 安全管理中心（三员分立）";

/// Two security administrators must be there before anything else can be granted.
const FIRST_ADMINISTRATORS: i64 = 2;

/// What is proposed: a person, where, as what, for how long, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Who is to hold the post.
    pub person: String,
    /// In which organ, by code.
    pub organ: String,
    /// In which unit; empty for the whole organ.
    pub unit: String,
    /// In which role.
    pub role: Role,
    /// The first day.
    pub from: Date,
    /// The last day; `None` while none is set.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// A proposal as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its key.
    pub id: String,
    /// What is proposed.
    pub proposal: Proposal,
    /// The person who proposed it.
    pub proposed_by: String,
    /// For whom that person stood in.
    pub proposed_for: Option<String>,
    /// When, as stored.
    pub proposed_at: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    person: String,
    organ: String,
    unit: String,
    role: String,
    valid_from: String,
    valid_to: Option<String>,
    reason: String,
    proposed_by: String,
    proposed_for: Option<String>,
    proposed_at: String,
}

impl Row {
    fn grant(self) -> Option<Grant> {
        let proposal = Proposal {
            role: Role::parse(&self.role)?,
            from: self.valid_from.parse().ok()?,
            until: self.valid_to.and_then(|day| day.parse().ok()),
            person: self.person,
            organ: self.organ,
            unit: self.unit,
            reason: self.reason,
        };
        Some(Grant {
            id: self.id,
            proposal,
            proposed_by: self.proposed_by,
            proposed_for: self.proposed_for,
            proposed_at: self.proposed_at,
        })
    }
}

const COLUMNS: &str = "id, person, organ, unit, role, valid_from, valid_to, reason, proposed_by,
    proposed_for, proposed_at";

impl Grant {
    /// The persons as whom whoever proposed it counts.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.proposed_by.as_str()).chain(self.proposed_for.as_deref())
    }

    /// The proposals that wait for a second administrator, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM post_grant WHERE outcome = '' ORDER BY proposed_at");
        let rows: Vec<Row> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().filter_map(Row::grant).collect())
    }

    /// A proposal that still waits.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find_waiting(
        from: &impl Statements,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM post_grant WHERE id = $1 AND outcome = ''");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.and_then(Row::grant))
    }

    /// 提出授权 (`role.propose`), by the natural person `by`. Answers its key.
    ///
    /// # Errors
    /// The person proposes for himself, the post does not fit the person or the organ, no reason is
    /// given, or the database refuses.
    pub async fn propose(mut desk: Desk, by: &str, proposal: &Proposal) -> Result<String, Refusal> {
        let acting = Acting::at(&desk, by).await?;
        if acting.is_among([proposal.person.as_str()]) {
            return refused("不能给自己提出授权。改法: 请另一名安全管理员提出。");
        }
        check(&desk, proposal).await?;
        let id = uuid::Uuid::now_v7().to_string();
        let row = vec![
            id.clone().into(),
            proposal.person.clone().into(),
            proposal.organ.clone().into(),
            proposal.unit.clone().into(),
            proposal.role.word().into(),
            proposal.from.to_string().into(),
            proposal.until.map(|day| day.to_string()).into(),
            proposal.reason.trim().to_owned().into(),
            by.into(),
            acting.instead_of.into(),
            moment(desk.now()).into(),
            "".into(),
        ];
        let columns = [
            "id",
            "person",
            "organ",
            "unit",
            "role",
            "valid_from",
            "valid_to",
            "reason",
            "proposed_by",
            "proposed_for",
            "proposed_at",
            "outcome",
        ];
        desk.change().insert("post_grant", &columns, vec![row]).await?;
        let entry = entry("grant_proposal", proposal, serde_json::json!({ "grant": id }));
        desk.record(entry).await?;
        desk.seal().await?;
        Ok(id)
    }

    /// 批准授权 (`role.approve`), by the natural person `by`: the post holds at once. Answers its key.
    ///
    /// # Errors
    /// `by` proposed it or is to hold it, it waits no more, it does not fit any more, or the
    /// database refuses.
    pub async fn confirm(mut desk: Desk, by: &str, id: &str) -> Result<String, Refusal> {
        let grant = taken(&desk, by, id).await?;
        check(&desk, &grant.proposal).await?;
        let post = uuid::Uuid::now_v7().to_string();
        decide(&desk, id, by, "confirmed", Some(&post)).await?;
        held(&desk, &post, &grant.proposal).await?;
        let facts = serde_json::json!({
            "grant": id, "post": post, "proposed_by": grant.proposed_by, "confirmed_by": by,
        });
        desk.record(entry("grant", &grant.proposal, facts)).await?;
        desk.seal().await?;
        Ok(post)
    }

    /// 不予批准 (`role.approve`): the proposal is turned down.
    ///
    /// # Errors
    /// `by` proposed it or is to hold it, it waits no more, or the database refuses.
    pub async fn turn_down(mut desk: Desk, by: &str, id: &str) -> Result<(), Refusal> {
        let grant = taken(&desk, by, id).await?;
        decide(&desk, id, by, "refused", None).await?;
        let facts = serde_json::json!({ "grant": id });
        desk.record(entry("grant_refusal", &grant.proposal, facts)).await?;
        Ok(desk.seal().await?)
    }

    /// 首任安全管理员: appointed at the machine, once, two at most; there is nobody yet who could
    /// propose or confirm. Their organ operates the platform.
    ///
    /// # Errors
    /// Two are there already, the post does not fit, or the database refuses.
    pub async fn appoint_first(
        ledger: &Ledger,
        actor: Actor,
        person: &str,
        organ: &str,
    ) -> Result<String, Refusal> {
        let mut desk = ledger.desk(actor).await?;
        let sql = "SELECT count(*) FROM post WHERE role = 'security_admin'";
        let there = desk.change().number(sql, vec![]).await?.unwrap_or_default();
        if there >= FIRST_ADMINISTRATORS {
            return refused(
                "首任安全管理员已经任命两名。改法: 其余岗位由一名安全管理员在工作台提出、另一名批准。",
            );
        }
        let sql = "SELECT count(*) FROM post WHERE role = 'security_admin' AND person = $1";
        if desk.change().number(sql, vec![person.into()]).await?.unwrap_or_default() > 0 {
            // The second must be somebody else: one alone could never have a grant confirmed.
            return refused("这个人已经是首任安全管理员。改法: 第二名任命另一个人。");
        }
        let operator = setting::read(desk.change(), setting::OPERATOR).await?;
        if operator.as_ref().is_some_and(|operator| operator != organ) {
            return refused("平台已由另一个机关运行。改法: 两名首任安全管理员属同一机关。");
        }
        let proposal = Proposal {
            person: person.into(),
            organ: organ.into(),
            unit: String::new(),
            role: Role::SecurityAdmin,
            from: desk.today(),
            until: None,
            reason: "首任安全管理员，在服务器上任命".into(),
        };
        check(&desk, &proposal).await?;
        setting::keep(&desk, setting::OPERATOR, organ).await?;
        let post = uuid::Uuid::now_v7().to_string();
        held(&desk, &post, &proposal).await?;
        let facts = serde_json::json!({ "post": post, "first": true });
        desk.record(entry("first_administrator", &proposal, facts)).await?;
        desk.seal().await?;
        Ok(post)
    }

    /// The posts of the demo city, given at the machine like its other invented parts, in one act. The
    /// organ of its security administrators operates the platform.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn invent(desk: &mut Desk, all: &[Proposal]) -> Result<(), Refusal> {
        let first = all.iter().find(|proposal| proposal.role == Role::SecurityAdmin);
        if let Some(first) = first {
            setting::keep(desk, setting::OPERATOR, &first.organ).await?;
        }
        let posts: Vec<Post> = all
            .iter()
            .map(|proposal| post_of(&uuid::Uuid::now_v7().to_string(), proposal))
            .collect();
        Post::insert_all(desk, &posts).await?;
        let entry = Entry {
            room: "identity",
            act: "invention",
            subject: "identity:demo".into(),
            organ: String::new(),
            basis: "演示数据".into(),
            facts: serde_json::json!({ "posts": posts.len() }),
        };
        desk.record(entry).await?;
        Ok(())
    }
}

/// The proposal, where the natural person `by` may decide on it.
async fn taken(desk: &Desk, by: &str, id: &str) -> Result<Grant, Refusal> {
    let Some(grant) = Grant::find_waiting(desk.change(), id).await? else {
        return refused("没有这件待批的授权，或者已经有人办理。改法: 刷新列表。");
    };
    let acting = Acting::at(desk, by).await?;
    if acting.is_among(grant.proposers()) {
        return refused("提出授权的人不能自己批准。改法: 请另一名安全管理员批准。");
    }
    if acting.is_among([grant.proposal.person.as_str()]) {
        return refused("不能批准给自己的授权。改法: 请另一名安全管理员批准。");
    }
    Ok(grant)
}

async fn decide(
    desk: &Desk,
    id: &str,
    by: &str,
    outcome: &str,
    post: Option<&str>,
) -> Result<(), Refusal> {
    let sql = "UPDATE post_grant SET outcome = $1, decided_by = $2, decided_at = $3, post = $4
                WHERE id = $5 AND outcome = ''";
    let at = moment(desk.now());
    let values =
        vec![outcome.into(), by.into(), at.into(), post.map(str::to_owned).into(), id.into()];
    match desk.change().run(sql, values).await? {
        1 => Ok(()),
        _ => refused("这件授权已经有人办理。改法: 刷新列表。"),
    }
}

async fn held(desk: &Desk, id: &str, proposal: &Proposal) -> Result<(), StoreError> {
    Post::insert_all(desk, &[post_of(id, proposal)]).await
}

fn post_of(id: &str, proposal: &Proposal) -> Post {
    Post {
        id: id.to_owned(),
        person: proposal.person.clone(),
        organ: proposal.organ.clone(),
        unit: proposal.unit.clone(),
        role: proposal.role,
        from: proposal.from,
        until: proposal.until,
        revoked: false,
    }
}

/// Whether the post fits the person, the organ and the unit.
async fn check(desk: &Desk, proposal: &Proposal) -> Result<(), Refusal> {
    Person::hold(desk, &proposal.person).await?;
    let Some(person) = Person::find(desk.change(), &proposal.person).await? else {
        return refused("没有这个人员。改法: 先登记人员。");
    };
    if person.left_on.is_some() {
        return refused("这个人员已经离岗。改法: 选择在岗人员。");
    }
    let Some(organ) = Organ::find(desk.change(), &proposal.organ).await? else {
        return refused("没有这个机关。改法: 先核对机关代码。");
    };
    let units = Unit::of_organ(desk.change(), &proposal.organ).await?;
    let there = |unit: &Unit| unit.id == proposal.unit && unit.is_confirmed();
    if !proposal.unit.is_empty() && !units.iter().any(there) {
        return refused(
            "这个机关没有这个科室，或者还没有确认。改法: 先设立并确认科室，或者不写科室。",
        );
    }
    if proposal.reason.trim().is_empty() {
        return refused("没有写授权的理由。改法: 写明理由，如“任职文件文号”。");
    }
    if proposal.until.is_some_and(|until| until < proposal.from) {
        return refused("终止日早于起始日。改法: 核对两个日期。");
    }
    let today = desk.today();
    let posts = Post::of_person(desk.change(), &proposal.person).await?;
    let roles = posts.iter().filter(|post| !post.is_over(today)).map(|post| post.role);
    let also = crate::stand_in::roles_of(desk.change(), &proposal.person, today).await?;
    let wish = Wish { role: proposal.role, organ: &organ, day: today };
    fitness::check(&wish, roles.chain(also))
}

fn entry(act: &'static str, proposal: &Proposal, mut facts: serde_json::Value) -> Entry {
    facts["person"] = proposal.person.clone().into();
    facts["role"] = proposal.role.word().into();
    facts["unit"] = proposal.unit.clone().into();
    facts["from"] = proposal.from.to_string().into();
    facts["until"] = proposal.until.map(|day| day.to_string()).into();
    facts["reason"] = proposal.reason.trim().into();
    Entry {
        room: "identity",
        act,
        subject: proposal.person.clone(),
        organ: proposal.organ.clone(),
        basis: BASIS.into(),
        facts,
    }
}
