//! What people ask of a policy of the demo, and what is answered to their concerns (演示数据): of each one that is public
//! and one that is still being written.

use std::collections::BTreeSet;

use identity::Role;
use interpretation::acts::{question, response, topic};
use interpretation::cited::Standing;
use interpretation::drafts::DOCUMENT;
use interpretation::store::CitedDocument;
use interpretation_rules::{Answered, Concern, DataTable, GatheringRule, Reply, TopicBody, Turn};
use jiff::SignedDuration;

use super::{Bench, act};
use crate::failure::Failure;

/// Writes them; `path` is where the first policy stands.
pub(super) async fn load(bench: &Bench<'_>, path: Option<&str>, text: &str) -> Result<(), Failure> {
    if let Some(path) = path {
        questions(bench, path, text).await?;
    }
    responses(bench).await?;
    topics(bench).await
}

async fn questions(bench: &Bench<'_>, path: &str, text: &str) -> Result<(), Failure> {
    let by = bench.someone(Role::Drafter, &mut BTreeSet::new());
    let document = CitedDocument {
        subject: format!("{DOCUMENT}:{}", path.trim_start_matches("/wenjian/")),
        path: path.to_owned(),
        title: "演示数据：居家养老护理补贴办法（示例）".to_owned(),
    };
    let standing = Standing {
        document,
        organ: bench.organ.code.clone(),
        text: text.to_owned(),
        validity: None,
    };
    let all = [
        (
            "演示数据：每月能领多少护理补贴？",
            "每人每月三百元，按月打到社保卡。",
            ("第三条", "补贴标准为每人每月三百元。"),
            true,
        ),
        (
            "演示数据：七十九周岁能先申请吗？",
            "不能。满八十周岁的当月起可以申请。",
            ("第二条", "补贴对象为本区户籍、年满八十周岁、在家养老的老年人。"),
            false,
        ),
    ];
    for (asked, answer, (place, quote), published) in all {
        let answered = Answered {
            question: asked.into(),
            answer: answer.into(),
            place: place.into(),
            quote: quote.into(),
        };
        let said = question::Said { answered, revision: 0 };
        let desk = bench.desk(&by).await?;
        let kept = question::keep(desk, &by, (Some(&standing), None), &said).await;
        let kept = kept.map_err(act)?;
        if published {
            let desk = bench.desk(&by).await?;
            let what = (kept.id.as_str(), Some(&standing), None);
            let unit = question::submit(desk, bench.publishers, &by, what).await.map_err(act)?;
            bench.review(&unit, 3).await?;
        }
    }
    Ok(())
}

async fn responses(bench: &Bench<'_>) -> Result<(), Failure> {
    let by = bench.someone(Role::Drafter, &mut BTreeSet::new());
    let heard = bench.ledger.clock().now() - SignedDuration::from_hours(3);
    let heard = web::moments::minute_of(heard);
    let heard = heard.split_once(' ').unwrap_or_default();
    let said = response::Said {
        concern: Concern::Ordinary.word(),
        heard,
        source: "演示数据：热线和留言",
        words: "演示数据：几个小区的居民问停水到什么时候。",
        by_many: true,
    };
    let one =
        response::hear(bench.desk(&by).await?, bench.sealer, &by, &said).await.map_err(act)?;
    let found = "演示数据：抢修队到场查看，一处管道破裂。";
    let verified = (one.id.as_str(), found);
    response::verify(bench.desk(&by).await?, bench.sealer, &by, verified).await.map_err(act)?;
    let what = (&water(), one.revision);
    response::write(bench.desk(&by).await?, &by, &one.id, what).await.map_err(act)?;
    let desk = bench.desk(&by).await?;
    let unit = response::submit(desk, bench.publishers, &by, (&one.id, None)).await;
    bench.review(&unit.map_err(act)?, 3).await?;
    let said = response::Said {
        words: "演示数据：有人问学校门口的路什么时候修好。",
        by_many: false,
        ..said
    };
    response::hear(bench.desk(&by).await?, bench.sealer, &by, &said).await.map(drop).map_err(act)
}

/// One that is public, and another edition of it that is being written.
async fn topics(bench: &Bench<'_>) -> Result<(), Failure> {
    let by = bench.someone(Role::Drafter, &mut BTreeSet::new());
    let title = "演示数据：直达资金";
    let begun = topic::begin(bench.desk(&by).await?, &by, (None, title)).await.map_err(act)?;
    let body = funds(title);
    let what = (&body, begun.revision);
    topic::write(bench.desk(&by).await?, &by, &begun.id, what).await.map_err(act)?;
    let desk = bench.desk(&by).await?;
    let unit = topic::submit(desk, bench.publishers, &by, (&begun.id, None)).await;
    bench.review(&unit.map_err(act)?, 3).await?;
    let again = (Some(begun.id.as_str()), "");
    topic::begin(bench.desk(&by).await?, &by, again).await.map(|_| ()).map_err(act)
}

fn funds(title: &str) -> TopicBody {
    let pasted = "项目,下达（万元）,已支出（万元）,用在哪里\n\
                  居家养老护理补贴,300,240,按月发给八十周岁以上老人\n\
                  困难群众救助,500,410,按月发给救助对象";
    let (columns, rows) = DataTable::cells_in(pasted);
    TopicBody {
        title: title.into(),
        lead: "上级直接下达的资金去了哪里、用在哪里。数字为演示编写。".into(),
        rule: GatheringRule {
            words: vec!["补贴".into(), "救助".into()],
            ..GatheringRule::default()
        },
        tables: vec![DataTable {
            title: "直达资金去向".into(),
            note: "演示数据，截至上月底".into(),
            columns,
            rows,
        }],
    }
}

fn water() -> Reply {
    let turn = |question: &str, answer: &str| Turn {
        question: question.into(),
        answer: answer.into(),
        place: String::new(),
    };
    Reply {
        title: "演示数据：关于几个小区停水的回应".into(),
        answer:
            "一处供水管道破裂，正在抢修。抢修期间在小区门口设了临时取水点。修好以后在这里再说明。"
                .into(),
        turns: vec![
            turn("什么时候来水？", "预计今天二十二时以前恢复；晚于这个时间的，在这里说明。"),
            turn("行动不便的老人怎么取水？", "告诉社区，由志愿者送到家。"),
        ],
    }
}
