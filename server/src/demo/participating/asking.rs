//! Questionnaires of the demo city: one told long ago with the draft it belonged to, one that can be answered now; both
//! invented (演示数据).

use std::iter::repeat_n;

use participation::acts::questionnaire::{
    self,
    answer::{self, Sent},
    results::{self, Chosen},
};
use participation::store::{Questionnaire, QuestionnaireSaid};

use super::super::signing::desk_of;
use super::{Leading, refused};
use crate::failure::Failure;

const ON_WATER: &str = include_str!("../../../demo/consultations/water-questions.txt");
const ON_MEALS: &str = include_str!("../../../demo/consultations/meals-questions.txt");

/// What somebody answers: the number of the question and what the form sends.
type Invented = &'static [(u32, &'static str)];

/// On water, each as often as it says.
const WATER: [(usize, Invented); 5] = [
    (9, &[(1, "A"), (2, "A"), (2, "B"), (4, "2")]),
    (5, &[(1, "A"), (2, "B"), (4, "3")]),
    (6, &[(1, "B"), (4, "4")]),
    (3, &[(1, "C"), (3, "停水前一天发短信就好"), (4, "2")]),
    (1, &[(1, "A"), (2, "C"), (4, "1"), (5, "水箱多久没洗，贴在楼下就看得到了。")]),
];

/// On meals.
const MEALS: [(usize, Invented); 2] =
    [(3, &[(1, "A"), (2, "A"), (4, "5")]), (2, &[(1, "B"), (3, "太远"), (4, "3")])];

const SUMMARY: &str = "问卷随《居民小区二次供水管理办法（草案）》一起发，收到 24 份。最不方便的是水箱不知道多久洗一次，其次是停水没有提前说；这两项都写进了定稿。（演示）";

impl Leading<'_> {
    /// On the draft about water, while it is open.
    pub(super) async fn ask_on_water(&self, consultation: &str) -> Result<String, Failure> {
        let why = "二次供水哪里不方便，想听住在里面的人说。答案只汇总，写进办法里参考。（演示）";
        self.ask(("演示数据：二次供水问卷", why, ON_WATER), consultation, &WATER).await
    }

    /// On the draft about meals, now.
    pub(super) async fn ask_on_meals(&self, consultation: &str) -> Result<String, Failure> {
        let why = "老年人在哪里吃饭、为什么不去助餐点，想先听大家说。答案只汇总，不公布谁答了什么。（演示）";
        self.ask(("演示数据：老年人助餐问卷", why, ON_MEALS), consultation, &MEALS).await
    }

    async fn ask(
        &self,
        (title, introduction, questions): (&str, &str, &str),
        consultation: &str,
        answers: &[(usize, Invented)],
    ) -> Result<String, Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let said = QuestionnaireSaid {
            title: title.into(),
            introduction: introduction.into(),
            questions: questions.into(),
            days: 30,
            telephone: "0592-0000000".into(),
            consultation: consultation.into(),
        };
        let desk = desk_of(self.ledger, &by).await?;
        let of = (&self.organ, true);
        let id = questionnaire::begin(desk, &by, of, &said).await.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = questionnaire::submit(desk, &self.publishers, &by, (organ, &id)).await;
        self.release(&unit.map_err(refused)?).await?;
        let each = answers.iter().flat_map(|(times, values)| repeat_n(*values, *times));
        let each: Vec<Invented> = each.collect();
        for (at, values) in each.into_iter().enumerate() {
            let values = values.iter().map(|(number, value)| (*number, (*value).to_owned()));
            let sent =
                Sent { values: values.collect(), key: format!("yanshi-{id}-{at}"), demo: true };
            let received = answer::receive(self.ledger, self.sealer, &id, &sent).await;
            received.map_err(refused)?;
        }
        Ok(id)
    }

    /// What came of the one about water, once it is over.
    pub(super) async fn tell_of_water(&self, id: &str) -> Result<(), Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let found = Questionnaire::find(self.ledger.store(), id).await?;
        let version = found.map(|found| found.version).unwrap_or_default();
        let desk = desk_of(self.ledger, &by).await?;
        let kept = results::keep(desk, &by, (organ, id, version), SUMMARY).await;
        kept.map_err(refused)?;
        let words = Some("水箱多久没洗，贴在楼下就看得到了。".to_owned());
        let chosen = [Chosen { answer: 24, question: 5, words }];
        let desk = desk_of(self.ledger, &by).await?;
        results::choose(desk, &by, (organ, id), &chosen).await.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = results::submit(desk, &self.publishers, &by, (organ, id)).await;
        self.release(&unit.map_err(refused)?).await
    }
}
