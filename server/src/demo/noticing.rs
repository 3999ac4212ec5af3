//! Who follows what in the demo city, and what is pushed to them; invented (演示数据). The addresses lead
//! nowhere; where no mail is set up the queue shows what did not go out and why.

use std::collections::BTreeSet;

use identity::{Organ, Role};
use ledger::{Actor, Ledger};
use notices::acts::push::{Decision, Proposed, decide, propose};
use notices::acts::subscription::{self, Wanted};
use notices::acts::{ActError, confirmation};
use notices::contact::{Contact, Way};
use notices::rhythm::Rhythm;
use notices::topic::{Kind, Topic};
use records::store::PublishedLine;
use secrets::Sealer;

use super::signing::{Staff, desk_of};
use crate::failure::{Exit, Failure};

/// What a reader of the demo follows: the kind of topic, which one, and its name.
type Followed = &'static [(Kind, &'static str, &'static str)];

/// Invented addresses, and what each follows.
const FOLLOW: [(&str, Rhythm, Followed); 3] = [
    (
        "yanshi1@demo.example",
        Rhythm::Daily,
        &[(Kind::Domain, "jiuye", "就业"), (Kind::Group, "gaoxiaobiyesheng", "高校毕业生")],
    ),
    (
        "yanshi2@demo.example",
        Rhythm::Weekly,
        &[(Kind::Group, "laonianren", "老年人和照料者"), (Kind::Search, "养老 补贴", "养老 补贴")],
    ),
    ("yanshi3@demo.example", Rhythm::AtOnce, &[(Kind::Group, "qiye", "企业和个体工商户")]),
];

/// The whole city.
const RANGE: (&str, &str) = ("350200000000", "350299999999");

/// Three who follow, a push that went out, and one that waits for its decision.
pub(super) async fn load(ledger: &Ledger, sealer: &Sealer, organ: &Organ) -> Result<(), Failure> {
    for (address, rhythm, topics) in FOLLOW {
        let topic = |(kind, key, words): &(Kind, &str, &str)| Topic::new(*kind, *key, *words);
        let wanted = Wanted {
            way: Way::Email,
            contact: Contact::read(Way::Email, address).ok(),
            rhythm,
            topics: topics.iter().map(topic).collect(),
            site: String::new(),
            range: (RANGE.0.into(), RANGE.1.into()),
        };
        let asked = subscription::keep(ledger.desk(Actor::Visitor).await?, sealer, wanted).await;
        let id = asked.map_err(refused)?;
        let confirmed = confirmation::keep(ledger.desk(Actor::Visitor).await?, &id).await;
        confirmed.map_err(refused)?;
    }
    let mut published = Vec::new();
    for whose in [organ.code.as_str(), super::city::CITY] {
        let lines = PublishedLine::called_like(ledger.store(), whose, "").await?;
        published.extend(lines.into_iter().filter(PublishedLine::is_open));
    }
    let staff = Staff::of(ledger).await?;
    for (at, row) in published.into_iter().take(2).enumerate() {
        let mut before = BTreeSet::new();
        let drafter = staff.someone(&organ.code, Role::Drafter, &mut before);
        let approver = staff.someone(&organ.code, Role::Approver, &mut before);
        let proposed = Proposed {
            title: row.title,
            path: format!("/wenjian/{}", row.id),
            words: "演示数据：请在月底以前到窗口办理。".into(),
            audience: vec![
                Topic::new(Kind::Group, "laonianren", "老年人和照料者"),
                Topic::new(Kind::Domain, "jiuye", "就业"),
            ],
            range: (RANGE.0.into(), RANGE.1.into()),
            demo: true,
        };
        let push = propose(desk_of(ledger, &drafter).await?, &drafter, proposed).await;
        let push = push.map_err(refused)?;
        if at == 0 {
            let of = (push.id.as_str(), organ.short_name.as_str());
            let desk = desk_of(ledger, &approver).await?;
            let decided = decide(desk, &approver, of, (Decision::Approve, "")).await;
            decided.map_err(refused)?;
        }
    }
    Ok(())
}

/// The data of the demo do not fit the program.
fn refused(error: ActError) -> Failure {
    let message = format!("演示资料没有通过: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序").because(error)
}
