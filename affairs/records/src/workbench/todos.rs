//! What of the records waits for an organ.

use identity::powers::{Condition, Tie};
use records_rules::supply_due;
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use crate::store::{
    AttributeProposal, CheckCase, CheckState, DepositBatch, Destruction, DestructionState,
    DraftLine, DraftState, Found, HeldLine, KeptRecord, Normative, Reassessment, WithdrawalCase,
    WithdrawalState, WordingVersion, titled,
};

/// What the clerk's role can do something about.
pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let mut todos = Vec::new();
        if clerk.has_power("record.edit_draft") {
            let held = HeldLine::waiting(house.store(), &clerk.organ.code).await?;
            todos.extend(drafts(house, clerk, &held).await?);
            todos.extend(taken_over(clerk, held));
        }
        if clerk.has_power("record.attribute.confirm") {
            todos.extend(attributes(house, clerk).await?);
        }
        let propose = clerk.has_power("record.reassess.propose");
        let decide = clerk.has_power("record.reassess.decide");
        if propose || decide {
            todos.extend(assessments(house, clerk, propose, decide).await?);
        }
        if clerk.has_power("record.withdraw.approve") {
            todos.extend(withdrawals(house, clerk).await?);
        }
        if clerk.has_power("record.withdraw.propose") {
            todos.extend(owed(house, clerk).await?);
        }
        todos.extend(findings(house, clerk).await?);
        todos.extend(wording(house, clerk).await?);
        todos.extend(lapsing(house, clerk).await?);
        if clerk.has_power("record.check.read") {
            todos.extend(checks(house, clerk).await?);
        }
        if clerk.has_power("record.destroy.decide") {
            todos.extend(destructions(house, clerk).await?);
        }
        if clerk.has_power("record.deposit") {
            todos.extend(receipts(house, clerk).await?);
        }
        Ok(todos)
    })
}

/// 销毁鉴定 that waits for a second person.
async fn destructions(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let all = Destruction::of_organ(house.store(), &clerk.organ.code).await?;
    let waits = all
        .into_iter()
        .filter(|one| one.state == DestructionState::Proposed && !clerk.is_among(one.proposers()));
    let todo = |one: Destruction| Todo {
        entry: "dangan",
        kind: "销毁鉴定",
        title: format!("{} 件保管期满的文件", one.number),
        detail: one.reason,
        clock: Clock::Open,
        path: format!("/gongzuo/dangan/xiaohui/{}", one.id),
        act: "去决定",
    };
    Ok(waits.map(todo).collect())
}

/// What is to be supplied to archives and libraries, as one line with the first day; and batches whose
/// receipt is still to come.
async fn receipts(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let (store, organ) = (house.store(), &clerk.organ.code);
    let due = KeptRecord::to_supply(store, organ).await?;
    let first = due
        .first()
        .and_then(|kept| supply_due(kept.published_on, &house.ledger().calendar()).ok().flatten());
    let line = |kind, title, detail, clock, path, act| Todo {
        entry: "dangan",
        kind,
        title,
        detail,
        clock,
        path,
        act,
    };
    let supply = first.map(|first| {
        let title = format!("{} 件文件待提供", due.len());
        let (clock, path) = (Clock::Due(first.date), "/gongzuo/dangan".to_owned());
        line("提供档案馆、图书馆", title, String::new(), clock, path, "去组批")
    });
    let open = DepositBatch::of_organ(store, organ).await?;
    let open = open.into_iter().filter(|batch| batch.receipt.is_none()).map(|batch| {
        let title = format!("{}：{} 件", batch.receiver, batch.number);
        let path = format!("/gongzuo/dangan/yijiao/{}", batch.id);
        line("移交待回执", title, String::new(), Clock::Stopped, path, "登记回执")
    });
    Ok(supply.into_iter().chain(open).collect())
}

/// 抽查 for both sides: whoever checks, and the organ that puts right what was found.
async fn checks(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let open = CheckCase::open(house.store(), &clerk.organ.code).await?;
    let (checks, answers) =
        (clerk.has_power("record.spot_check"), clerk.has_power("record.check.answer"));
    let todo = |case: CheckCase| {
        let mine = checks && case.checker.as_deref() == Some(&clerk.id);
        let ours = checks && case.checker.is_none() && case.checks == clerk.organ.code;
        let owed = answers && case.organ == clerk.organ.code;
        let (kind, act, clock) = match case.state {
            CheckState::Assigned if mine => ("抽查", "去抽查", Clock::Open),
            CheckState::Assigned if ours => ("抽查待接办", "去接办", Clock::Open),
            CheckState::Answered if mine => ("抽查复查", "去复查", Clock::Open),
            CheckState::Answered if owed => ("抽查整改", "看进度", Clock::Stopped),
            CheckState::Found if owed && !mine => {
                ("抽查整改", "去整改", case.due_on.map_or(Clock::Open, Clock::Due))
            }
            _ => return None,
        };
        Some(Todo {
            entry: "choucha",
            kind,
            title: case.title,
            detail: format!("{}抽查{}的文件", case.checks_name, case.organ_name),
            clock,
            path: format!("/gongzuo/choucha/{}", case.id),
            act,
        })
    };
    Ok(open.into_iter().filter_map(todo).collect())
}

/// What came back from review, and what must be out by a day; a draft without either waits for nobody.
/// What was taken over is told apart.
async fn drafts(house: &House, clerk: &Clerk, held: &[HeldLine]) -> Result<Vec<Todo>, Fault> {
    let open = DraftLine::open(house.store(), &clerk.organ.code).await?;
    let open = open.into_iter().filter(|line| held.iter().all(|one| one.draft != line.id));
    let own = open.filter(|line| line.author == clerk.id || line.unit == clerk.unit);
    let todo = |line: DraftLine| {
        let returned = line.state == DraftState::Returned;
        if !returned && line.due_on.is_none() {
            return None;
        }
        Some(Todo {
            entry: "gaojian",
            kind: if returned { "退回修改" } else { "稿件" },
            title: titled(&line.title).to_owned(),
            detail: line.returned,
            clock: line.due_on.map_or(Clock::Open, Clock::Due),
            path: format!("/gongzuo/gaojian/{}", line.id),
            act: if returned { "去修改" } else { "继续写" },
        })
    };
    Ok(own.filter_map(todo).collect())
}

/// What was held back when the old site was taken over: nobody began it, so it waits for every drafter of
/// the organ until it is out, dropped, or decided not to be published.
fn taken_over(clerk: &Clerk, held: Vec<HeldLine>) -> Vec<Todo> {
    const KIND: &str = "核实导入的旧信息";
    let tie = Tie::to(&clerk.organ.code).holding([Condition::DraftState]);
    if clerk.may("record.edit_draft", &tie).is_err() {
        return Vec::new();
    }
    let more = held.first().map_or(0, |one| one.of - held.len() as i64);
    let more = (more > 0).then(|| Todo {
        entry: "gaojian",
        kind: KIND,
        title: format!("还有 {more} 件"),
        detail: "办完上面的，这里接着列出".to_owned(),
        clock: Clock::Open,
        path: "/gongzuo/gaojian".to_owned(),
        act: "看稿件",
    });
    let todo = |line: HeldLine| {
        let (detail, clock, act) = match line.state {
            DraftState::Submitted => ("审查中".to_owned(), Clock::Stopped, "看进度"),
            DraftState::Returned => (format!("退回：{}", line.returned), Clock::Open, "去修改"),
            _ => (line.why.join("；"), Clock::Open, "去核实"),
        };
        let path = format!("/gongzuo/gaojian/{}", line.draft);
        let title = titled(&line.title).to_owned();
        Todo { entry: "gaojian", kind: KIND, title, detail, clock, path, act }
    };
    held.into_iter().map(todo).chain(more).collect()
}

async fn attributes(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let waiting = AttributeProposal::all_waiting(house.store(), &clerk.organ.code).await?;
    let others = waiting.into_iter().filter(|(one, _)| !clerk.is_among(one.proposers()));
    let todo = |(proposal, title): (AttributeProposal, String)| Todo {
        entry: "shuxing",
        kind: "公开属性",
        title: titled(&title).to_owned(),
        detail: format!("{}提出：{}", proposal.proposed_name, proposal.attribute.openness()),
        clock: Clock::Open,
        path: "/gongzuo/shuxing".to_owned(),
        act: "去确认",
    };
    Ok(others.map(todo).collect())
}

async fn assessments(
    house: &House,
    clerk: &Clerk,
    propose: bool,
    decide: bool,
) -> Result<Vec<Todo>, Fault> {
    let waiting = Reassessment::waiting(house.store(), &clerk.organ.code).await?;
    let todo = |one: Reassessment| {
        let (kind, act, day, wanted) = match (one.decided, &one.outcome) {
            (true, _) => ("转为公开", "去办", one.due_on.as_ref(), propose),
            (false, Some(_)) => ("评估决定", "去决定", Some(&one.review_on), decide && one.ready),
            (false, None) => ("不予公开评估", "去评估", Some(&one.review_on), propose),
        };
        wanted.then(|| Todo {
            entry: "pinggu",
            kind,
            title: titled(&one.title).to_owned(),
            detail: one
                .outcome
                .as_ref()
                .map(|outcome| outcome.name().to_owned())
                .unwrap_or_default(),
            clock: day.and_then(|day| day.parse().ok()).map_or(Clock::Open, Clock::Due),
            path: "/gongzuo/pinggu".to_owned(),
            act,
        })
    };
    Ok(waiting.into_iter().filter_map(todo).collect())
}

async fn withdrawals(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let today = house.ledger().clock().today();
    let waiting = WithdrawalCase::waiting(house.store(), &clerk.organ.code).await?;
    let others = waiting.into_iter().filter(|case| !clerk.is_among(case.proposers()));
    let todo = |case: WithdrawalCase| {
        let alone = case.state == WithdrawalState::Alone;
        Todo {
            entry: "chexia",
            kind: match (alone, case.is_late(today)) {
                (true, true) => "逾期未追认的撤下",
                (true, false) => "追认撤下",
                (false, _) => "批准撤下",
            },
            title: case.title,
            detail: case.reason,
            clock: case.due_on.map_or(Clock::Open, Clock::Due),
            path: "/gongzuo/chexia".to_owned(),
            act: if alone { "去追认" } else { "去批准" },
        }
    };
    Ok(others.map(todo).collect())
}

/// Decisions of punishment that were changed or annulled and are still shown (行政处罚法第四十八条).
async fn owed(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let owed = WithdrawalCase::owed(house.store(), &clerk.organ.code).await?;
    let todo = |case: WithdrawalCase| Todo {
        entry: "chexia",
        kind: "处罚决定已变更",
        title: case.title,
        detail: "撤下的意见没有得到批准，请重新提出并说明理由".to_owned(),
        clock: case.due_on.map_or(Clock::Open, Clock::Due),
        path: format!("/gongzuo/chexia/{}", case.record),
        act: "去提出",
    };
    Ok(owed.into_iter().map(todo).collect())
}

/// What looking through everything again has found in what the organ has published.
async fn findings(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let mut todos = Vec::new();
    let propose = clerk.has_power("record.withdraw.propose");
    if !propose && !clerk.has_power(super::recheck::ACT) {
        return Ok(todos);
    }
    for line in Found::by_record(house.store(), &clerk.organ.code).await? {
        let path = match propose {
            true => format!("/gongzuo/chexia/{}", line.record),
            false => "/gongzuo/fucha".to_owned(),
        };
        todos.push(Todo {
            entry: "fucha",
            kind: if line.errors > 0 { "已公开的个人信息" } else { "复查发现" },
            title: line.title,
            detail: line.what,
            clock: Clock::Open,
            path,
            act: "去核对",
        });
    }
    Ok(todos)
}

/// A change of the list of words that waits for a decision.
async fn wording(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let may = clerk.has_power("rule.approve") && clerk.organ.code == clerk.operator();
    if !may {
        return Ok(Vec::new());
    }
    let waiting = WordingVersion::waiting(house.store()).await?;
    let others = waiting.filter(|version| !clerk.is_among(version.proposers()));
    let todo = |version: WordingVersion| Todo {
        entry: "cibiao",
        kind: "词表",
        title: format!("词表第 {} 版", version.number),
        detail: version.reason,
        clock: Clock::Open,
        path: "/gongzuo/cibiao".to_owned(),
        act: "去核准",
    };
    Ok(others.map(todo).into_iter().collect())
}

/// 规范性文件 whose last day comes within six months.
async fn lapsing(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    if !clerk.has_power("record.validity.set") {
        return Ok(Vec::new());
    }
    let today = house.ledger().clock().today();
    let lapsing = Normative::lapsing(house.store(), &clerk.organ.code, today).await?;
    let todo = |one: Normative| Todo {
        entry: "guifan",
        kind: "规范性文件到期",
        title: one.title.clone(),
        detail: "到期前决定继续有效、修改或者废止".to_owned(),
        clock: one.life.last_day.map_or(Clock::Open, Clock::Due),
        path: "/gongzuo/guifan".to_owned(),
        act: "去清理",
    };
    Ok(lapsing.into_iter().map(todo).collect())
}
