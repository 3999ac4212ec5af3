//! An interview with its transcript, and one that takes questions; both invented (演示数据).

use std::collections::BTreeSet;

use identity::Role;
use jiff::ToSpan;
use law::Date;
use participation::acts::asking::{self, Asking};
use participation::acts::live::{self, Amending, Entering};
use participation::acts::{interview, transcript};
use participation::store::{Asker, Change, InterviewSaid};
use participation_rules::{Voice, transcript_of};
use review::Signatory;

use super::super::signing::desk_of;
use super::{Leading, refused};
use crate::failure::Failure;

const HOST: &str = "主持人";
const GUEST: &str = "张演示（演示区建设局局长）";

/// What is asked before the first: the name, and the words.
const ASKED: [(&str, &str); 3] = [
    ("林演示", "老小区水箱多久洗一次，谁来洗？"),
    ("", "停水通知能不能提前一天发？"),
    ("陈演示", "加压的电费怎么分摊？"),
];

/// What is said: who speaks, the question that is put, what he is called, the words.
const SPOKEN: [(Voice, i64, &str, &str); 7] = [
    (Voice::Host, 0, HOST, "今天请演示区建设局局长谈居民小区二次供水。先看大家的提问。"),
    (Voice::Question, 1, "", "老小区水箱多久洗一次，谁来洗？"),
    (
        Voice::Guest,
        0,
        GUEST,
        "正在征求意见的办法里写的是半年一次，由供水单位或者物业请有资质的单位洗，洗完检测，结果贴在小区、放到网上。",
    ),
    (Voice::Question, 2, "", "停水通知能不能提前一天发？"),
    (Voice::Guest, 0, GUEST, "计划停水提前 12 小时通知。有人提出改成 24 小时，我们正在研究。"),
    (Voice::Guest, 0, GUEST, "草案公布以后，大家还可以逐条提意见，每一条都会答复。"),
    (Voice::Host, 0, HOST, "时间到了，没有问到的可以打电话、写信。谢谢大家。"),
];

impl Leading<'_> {
    fn publisher(&self) -> Signatory {
        self.staff.someone(&self.organ.code, Role::Publisher, &mut BTreeSet::new())
    }

    fn talk(&self, title: &str, topic: &str, held_on: Date) -> InterviewSaid {
        InterviewSaid {
            title: format!("演示数据：{title}"),
            topic: topic.into(),
            guests: "张演示，演示区建设局局长".into(),
            held_on: Some(held_on),
            held_at: "下午 3:00".into(),
            ask_until: Some(held_on.saturating_sub(2.days())),
            enterers: self.organiser().name,
            releasers: self.publisher().name,
            telephone: "0592-0000000".into(),
        }
    }

    /// An interview is announced, and some ask; answers its key.
    async fn announce(&self, said: &InterviewSaid) -> Result<String, Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let desk = desk_of(self.ledger, &by).await?;
        let begun = interview::begin(desk, &by, (&self.organ, true), &said.title).await;
        let id = begun.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let kept = interview::keep(desk, &by, (organ, &id, 1), said).await;
        kept.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = interview::submit(desk, &self.publishers, &by, (organ, &id)).await;
        self.release(&unit.map_err(refused)?).await?;
        for (at, (name, words)) in ASKED.iter().enumerate() {
            let given = Asking {
                who: Asker { name: (*name).into(), words: (*words).into() },
                key: format!("yanshi-{id}-{at}"),
                demo: true,
            };
            let taken = asking::receive(self.ledger, self.sealer, &id, &given).await;
            taken.map_err(refused)?;
        }
        Ok(id)
    }

    /// The first is announced.
    pub(super) async fn plan_talk(&self, held_on: Date) -> Result<String, Failure> {
        let topic = "水箱多久洗一次、谁来洗；停水怎样通知；加压的电费怎样分摊。";
        self.announce(&self.talk("居民小区二次供水怎样管好", topic, held_on)).await
    }

    /// It is held: each utterance is entered by one and released by another, and one is corrected.
    pub(super) async fn hold_talk(&self, id: &str) -> Result<(), Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let desk = desk_of(self.ledger, &by).await?;
        live::start(desk, &by, (organ, id)).await.map_err(refused)?;
        for (at, (voice, question, speaker, words)) in SPOKEN.into_iter().enumerate() {
            let form = format!("yanshi-{at}");
            let given = Entering { voice: Some(voice), speaker, words, question, form: &form };
            let desk = desk_of(self.ledger, &by).await?;
            live::enter(desk, &by, (organ, id), &given).await.map_err(refused)?;
            self.let_through(id).await?;
        }
        let given = Amending {
            number: 6,
            words: Some("草案正在征求意见，大家可以逐条提意见，每一条都会答复。"),
            reason: "听录有误",
            form: "yanshi-gengzheng",
        };
        let desk = desk_of(self.ledger, &by).await?;
        live::amend(desk, &by, (organ, id), &given).await.map_err(refused)?;
        self.let_through(id).await?;
        let desk = desk_of(self.ledger, &by).await?;
        live::end(desk, &by, (organ, id)).await.map_err(refused)
    }

    /// What waits is released by another.
    async fn let_through(&self, id: &str) -> Result<(), Failure> {
        let (by, organ) = (self.publisher(), self.organ.code.as_str());
        for change in Change::waiting(self.ledger.store(), id).await? {
            let desk = desk_of(self.ledger, &by).await?;
            live::release(desk, &by, (organ, id, &change.id)).await.map_err(refused)?;
        }
        Ok(())
    }

    /// Its transcript is reviewed and published.
    pub(super) async fn write_talk_down(&self, id: &str) -> Result<(), Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let text = transcript_of(&Change::text(self.ledger.store(), id).await?);
        let desk = desk_of(self.ledger, &by).await?;
        let (compared, which) = ((&by, true), (organ, id));
        let unit = transcript::submit(desk, &self.publishers, compared, which, &text).await;
        self.release(&unit.map_err(refused)?).await
    }

    /// Another is announced and takes questions.
    pub(super) async fn plan_next_talk(&self) -> Result<(), Failure> {
        let held_on = self.ledger.clock().today().saturating_add(16.days());
        let topic = "助餐点开在哪里；补多少、谁能补；送餐费谁出。";
        self.announce(&self.talk("老年人助餐怎样办好", topic, held_on)).await.map(drop)
    }
}
