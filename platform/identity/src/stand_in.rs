//! 代理: for a time named beforehand a person acts in another's post. Whoever stands in is bound by
//! all separations of both (access-policy: a stand-in has the role of the one he stands for).

use law::Date;
use ledger::{Desk, Entry};
use store::{FromQueryResult, Statements, StoreError, moment};

use crate::acting::Acting;
use crate::fitness::{self, Wish};
use crate::person::Person;
use crate::post::Post;
use crate::refusal::{Refusal, refused};
use crate::{Organ, Role};

/// 条例第四条: each organ keeps someone in charge of openness at all times.
const BASIS: &str = "《政府信息公开条例》第四条";

/// A stand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// Its key.
    pub id: String,
    /// The post stood in for.
    pub post: String,
    /// Who stands in.
    pub person: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a stand-in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It waits for somebody else's word.
    Waiting,
    /// It holds in its period.
    Confirmed,
    /// It was turned down.
    Refused,
    /// It was ended before its last day.
    Ended,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    post: String,
    person: String,
    valid_from: String,
    valid_to: String,
    reason: String,
    proposed_by: String,
    outcome: String,
    revoked_at: Option<String>,
}

impl Row {
    fn stand_in(self) -> Option<StandIn> {
        let stage = match (self.outcome.as_str(), &self.revoked_at) {
            (_, Some(_)) => Stage::Ended,
            ("confirmed", None) => Stage::Confirmed,
            ("refused", None) => Stage::Refused,
            _ => Stage::Waiting,
        };
        Some(StandIn {
            from: self.valid_from.parse().ok()?,
            until: self.valid_to.parse().ok()?,
            id: self.id,
            post: self.post,
            person: self.person,
            reason: self.reason,
            proposed_by: self.proposed_by,
            stage,
        })
    }
}

const COLUMNS: &str =
    "id, post, person, valid_from, valid_to, reason, proposed_by, outcome, revoked_at";

/// The roles in which a person stands in now or later.
pub(crate) async fn roles_of(
    from: &impl Statements,
    person: &str,
    today: Date,
) -> Result<Vec<Role>, StoreError> {
    #[derive(FromQueryResult)]
    struct RoleRow {
        role: String,
    }
    let sql = "SELECT post.role FROM stand_in JOIN post ON post.id = stand_in.post
                WHERE stand_in.person = $1 AND stand_in.outcome IN ('', 'confirmed')
                  AND stand_in.revoked_at IS NULL AND stand_in.valid_to >= $2
                ORDER BY post.role";
    let rows: Vec<RoleRow> = from.all(sql, vec![person.into(), today.to_string().into()]).await?;
    Ok(rows.into_iter().filter_map(|row| Role::parse(&row.role)).collect())
}

impl StandIn {
    /// One by key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM stand_in WHERE id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.and_then(Row::stand_in))
    }

    /// Those for the posts of an organ that are not over on a day, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn in_organ(
        from: &impl Statements,
        organ: &str,
        today: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT stand_in.id, stand_in.post, stand_in.person, stand_in.valid_from,
                          stand_in.valid_to, stand_in.reason, stand_in.proposed_by,
                          stand_in.outcome, stand_in.revoked_at
                     FROM stand_in JOIN post ON post.id = stand_in.post
                    WHERE post.organ = $1 AND stand_in.valid_to >= $2
                    ORDER BY stand_in.proposed_at";
        let rows: Vec<Row> = from.all(sql, vec![organ.into(), today.to_string().into()]).await?;
        Ok(rows.into_iter().filter_map(Row::stand_in).collect())
    }

    /// 提出代理 (`standin.propose`) by the natural person `by`, for a post of his own. Answers its key.
    ///
    /// # Errors
    /// The post is not `by`'s own, the period is none or begins in the past, the person does not fit
    /// the post, no reason is given, or the database refuses.
    pub async fn propose(
        mut desk: Desk,
        by: &str,
        (post, person): (&str, &str),
        (from, until): (Date, Date),
        reason: &str,
    ) -> Result<String, Refusal> {
        let today = desk.today();
        let Some(post) = Post::find(desk.change(), post).await?.filter(|post| !post.is_over(today))
        else {
            return refused("没有这个岗位。改法: 从本人的岗位里选择。");
        };
        if post.person != by {
            return refused("只能为本人的岗位提出代理。改法: 请岗位本人提出。");
        }
        if from < today || until < from || post.until.is_some_and(|last| last < until) {
            return refused(
                "代理期限不对。改法: 起始日不早于今天，终止日不早于起始日，也不晚于岗位的终止日。",
            );
        }
        if reason.trim().is_empty() {
            return refused("没有写代理的理由。改法: 写明理由，如“外出培训”。");
        }
        check(&desk, &post, person, today).await?;
        let id = uuid::Uuid::now_v7().to_string();
        let row = vec![
            id.clone().into(),
            post.id.clone().into(),
            person.into(),
            from.to_string().into(),
            until.to_string().into(),
            reason.trim().into(),
            by.into(),
            moment(desk.now()).into(),
            "".into(),
        ];
        let columns = [
            "id",
            "post",
            "person",
            "valid_from",
            "valid_to",
            "reason",
            "proposed_by",
            "proposed_at",
            "outcome",
        ];
        desk.change().insert("stand_in", &columns, vec![row]).await?;
        let facts = serde_json::json!({
            "stand_in": id, "for": by, "from": from.to_string(), "until": until.to_string(),
            "reason": reason.trim(),
        });
        desk.record(entry("stand_in_proposal", &post, person, facts)).await?;
        desk.seal().await?;
        Ok(id)
    }

    /// 批准代理 (`standin.approve`) by the natural person `by`, or turning it down.
    ///
    /// # Errors
    /// `by` proposed it, stands in or is stood in for, it waits no more, it does not fit any more, no
    /// reason is given, or the database refuses.
    pub async fn decide(
        mut desk: Desk,
        by: &str,
        id: &str,
        agreed: bool,
        reason: &str,
    ) -> Result<(), Refusal> {
        let found = Self::find(desk.change(), id).await?;
        let Some(stand_in) = found.filter(|one| one.stage == Stage::Waiting) else {
            return refused("没有这件待批的代理，或者已经有人办理。改法: 刷新列表。");
        };
        let Some(post) = Post::find(desk.change(), &stand_in.post).await? else {
            return refused("这个岗位已经没有了。改法: 刷新列表。");
        };
        let involved = [&stand_in.proposed_by, &stand_in.person, &post.person];
        if Acting::at(&desk, by).await?.is_among(involved.map(String::as_str)) {
            return refused(
                "提出代理、担任代理和被代理的人不能自己批准。改法: 请另一名负责人批准。",
            );
        }
        if reason.trim().is_empty() {
            return refused("没有写理由。改法: 写明同意或者不同意的理由。");
        }
        if agreed {
            check(&desk, &post, &stand_in.person, desk.today()).await?;
        }
        let outcome = if agreed { "confirmed" } else { "refused" };
        let at = moment(desk.now());
        let sql = "UPDATE stand_in SET outcome = $1, decided_by = $2, decided_at = $3
                    WHERE id = $4 AND outcome = ''";
        let values = vec![outcome.into(), by.into(), at.into(), id.into()];
        if desk.change().run(sql, values).await? != 1 {
            return refused("这件代理已经有人办理。改法: 刷新列表。");
        }
        let act = if agreed { "stand_in" } else { "stand_in_refusal" };
        let facts = serde_json::json!({
            "stand_in": id, "for": post.person, "decided_by": by, "reason": reason.trim(),
            "from": stand_in.from.to_string(), "until": stand_in.until.to_string(),
        });
        desk.record(entry(act, &post, &stand_in.person, facts)).await?;
        Ok(desk.seal().await?)
    }

    /// 提前结束代理: by whoever is stood in for; sessions see it at once.
    ///
    /// # Errors
    /// It does not hold, the post is not `by`'s own, or the database refuses.
    pub async fn end(mut desk: Desk, by: &str, id: &str) -> Result<(), Refusal> {
        let found = Self::find(desk.change(), id).await?;
        let open = |one: &Self| matches!(one.stage, Stage::Waiting | Stage::Confirmed);
        let Some(stand_in) = found.filter(open) else {
            return refused("这件代理已经结束。改法: 刷新列表。");
        };
        let post = Post::find(desk.change(), &stand_in.post).await?;
        let Some(post) = post.filter(|post| post.person == by) else {
            return refused(
                "只有被代理的人可以提前结束代理。改法: 请岗位本人办理，或者由安全管理员收回岗位。",
            );
        };
        let at = moment(desk.now());
        let values = vec![at.into(), id.into()];
        desk.change().run("UPDATE stand_in SET revoked_at = $1 WHERE id = $2", values).await?;
        let left = "UPDATE session SET post = '', stand_in = '' WHERE stand_in = $1";
        desk.change().run(left, vec![id.into()]).await?;
        let facts = serde_json::json!({ "stand_in": id, "for": by });
        desk.record(entry("stand_in_end", &post, &stand_in.person, facts)).await?;
        Ok(desk.seal().await?)
    }
}

/// Whether the person may hold the post's role beside those of his own.
async fn check(desk: &Desk, post: &Post, person: &str, today: Date) -> Result<(), Refusal> {
    Person::hold(desk, person).await?;
    if post.person == person {
        return refused("本人不能代理本人。改法: 选择另一个人。");
    }
    let known = Person::find(desk.change(), person).await?;
    if known.is_none_or(|person| person.left_on.is_some()) {
        return refused("没有这个在岗人员。改法: 选择在岗人员。");
    }
    let posts = Post::of_person(desk.change(), person).await?;
    let current: Vec<_> = posts.into_iter().filter(|post| !post.is_over(today)).collect();
    if !current.iter().any(|own| own.organ == post.organ) {
        return refused("代理人须是本机关的人员。改法: 选择在本机关有岗位的人。");
    }
    let Some(organ) = Organ::find(desk.change(), &post.organ).await? else {
        return refused("没有这个机关。改法: 核对岗位。");
    };
    let wish = Wish { role: post.role, organ: &organ, day: today };
    fitness::check(&wish, current.iter().map(|post| post.role))
}

fn entry(act: &'static str, post: &Post, person: &str, mut facts: serde_json::Value) -> Entry {
    facts["post"] = post.id.clone().into();
    facts["role"] = post.role.word().into();
    Entry {
        room: "identity",
        act,
        subject: person.into(),
        organ: post.organ.clone(),
        basis: BASIS.into(),
        facts,
    }
}
