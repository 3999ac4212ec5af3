//! An interview from its notice to its transcript: asked before, entered by one and released by another, corrected in the
//! open, written down.

use law::day;
use participation::acts::asking::{self, Asking, Taken};
use participation::acts::live::{self, Amending, Entering};
use participation::acts::{ActError, cancellation, interview, transcript, withdrawal};
use participation::store::{
    Asker, Cancellable, Change, HandedIn, Interview, InterviewQuestion, InterviewSaid, Withdrawable,
};
use participation_rules::{InterviewStage, LiveEntry, Voice};
use review::Signatory;
use review::testing::someone;
use store::testing;

use super::house::{City, ORGAN, organiser};

fn talk() -> InterviewSaid {
    InterviewSaid {
        title: "供水怎样更稳".into(),
        topic: "停水提前多久通知。".into(),
        guests: "张演示，市水务局局长".into(),
        held_on: Some(day(2026, 12, 2)),
        held_at: "下午 3:00".into(),
        ask_until: Some(day(2026, 12, 1)),
        enterers: "测试 participation_organiser".into(),
        releasers: "测试 publisher、测试 secrecy_reviewer".into(),
        telephone: "0592-0000000".into(),
    }
}

pub fn releaser() -> Signatory {
    someone(ORGAN, "publisher")
}

fn asked(name: &str, words: &str, key: &str) -> Asking {
    let who = Asker { name: name.into(), words: words.into() };
    Asking { who, key: key.into(), demo: false }
}

impl City {
    async fn talk_drafted(&self) -> String {
        let by = organiser();
        let desk = self.desk(&by).await;
        let begun = interview::begin(desk, &by, (&self.organ, false), "供水").await;
        let id = begun.expect("a draft");
        let which = (ORGAN, id.as_str(), 1);
        interview::keep(self.desk(&by).await, &by, which, &talk()).await.expect("keeps");
        id
    }

    pub async fn talk_announced(&self) -> String {
        let (by, id) = (organiser(), self.talk_drafted().await);
        let desk = self.desk(&by).await;
        let unit = interview::submit(desk, &self.publishers, &by, (ORGAN, &id)).await;
        self.publish(&unit.expect("hands in")).await;
        id
    }

    async fn talk_asked(&self, id: &str, given: &Asking) -> Result<Taken, ActError> {
        asking::receive(&self.ledger, &self.sealer, id, given).await
    }

    pub async fn talk_started(&self, id: &str) -> Result<(), ActError> {
        let by = organiser();
        live::start(self.desk(&by).await, &by, (ORGAN, id)).await
    }

    pub async fn talk_entered(&self, id: &str, words: &str, form: &str) {
        let given = Entering {
            voice: Some(Voice::Guest),
            speaker: "张演示（局长）",
            words,
            question: 0,
            form,
        };
        self.talk_entering(id, &given).await.expect("enters");
    }

    async fn talk_entering(&self, id: &str, given: &Entering<'_>) -> Result<(), ActError> {
        let by = organiser();
        live::enter(self.desk(&by).await, &by, (ORGAN, id), given).await
    }

    pub async fn talk_amended(
        &self,
        id: &str,
        (number, words): (i64, Option<&str>),
        form: &str,
    ) -> Result<(), ActError> {
        let by = organiser();
        let given = Amending { number, words, reason: "听录有误", form };
        live::amend(self.desk(&by).await, &by, (ORGAN, id), &given).await
    }

    /// Everything that waits is released by another.
    pub async fn talk_released(&self, id: &str) -> Vec<i64> {
        let (by, mut places) = (releaser(), Vec::new());
        for change in Change::waiting(self.ledger.store(), id).await.expect("asks") {
            let which = (ORGAN, id, change.id.as_str());
            let place = live::release(self.desk(&by).await, &by, which).await;
            places.push(place.expect("releases"));
        }
        places
    }

    async fn talk_text(&self, id: &str) -> Vec<LiveEntry> {
        Change::text(self.ledger.store(), id).await.expect("asks")
    }

    async fn talk_of(&self, id: &str) -> Interview {
        Interview::find(self.ledger.store(), id).await.expect("asks").expect("is there")
    }

    async fn talk_stage(&self, id: &str) -> InterviewStage {
        self.talk_of(id).await.stage(self.ledger.clock().today())
    }
}

#[tokio::test]
async fn whoever_asks_gets_a_code_and_may_take_it_back_before_the_interview() {
    testing::on_both("participation_talk_questions", async |place| {
        let city = City::founded(&place, "participation-talk-questions").await;
        let draft = city.talk_drafted().await;
        city.talk_asked(&draft, &asked("", "问", "x")).await.expect_err("it is not public");
        let id = city.talk_announced().await;
        let words = "打 13800138000 没人接，怎么办？";
        let first = city.talk_asked(&id, &asked("朱演示", words, "a")).await.expect("asks");
        let again = city.talk_asked(&id, &asked("朱演示", words, "a")).await.expect("once");
        assert_eq!(first, again);
        let other = city.talk_asked(&id, &asked("", "别的", "a")).await.expect_err("another on it");
        assert!(matches!(other, ActError::Field("wenti", _)), "{other:?}");
        let empty = city.talk_asked(&id, &asked("", " ", "b")).await.expect_err("nothing");
        assert!(matches!(empty, ActError::Field("wenti", _)), "{empty:?}");
        let store = city.ledger.store();
        let kept = InterviewQuestion::find(store, &id, 1).await.expect("asks").expect("is there");
        assert_eq!(
            (kept.masked.as_str(), kept.shown.as_str()),
            ("朱**", "打 *** 没人接，怎么办？")
        );
        let sealed = "SELECT sealed || key_mark || code_mark AS text FROM interview_question";
        assert!(city.texts(sealed).await.iter().all(|text| !text.contains("朱演示")));
        let code = first.code.to_lowercase();
        let found = asking::with_code(store, &city.sealer, &code).await.expect("asks");
        let (own, _, who) = found.expect("is there");
        assert_eq!((own.number, who.words.as_str()), (1, words));
        asking::retract(&city.ledger, &city.sealer, &first.code).await.expect("takes it back");
        asking::retract(&city.ledger, &city.sealer, &first.code).await.expect_err("once");
        assert!(InterviewQuestion::after(store, &id, (0, 9)).await.expect("asks").is_empty());
        let city = city.after(5);
        let late = city.talk_asked(&id, &asked("", "晚", "c")).await.expect_err("it is over");
        assert!(late.to_string().contains("提问已经截止"), "{late}");
    })
    .await;
}

#[tokio::test]
async fn nobody_sees_a_word_before_another_who_is_named_has_released_it() {
    testing::on_both("participation_talk_live", async |place| {
        let city = City::founded(&place, "participation-talk-live").await;
        let id = city.talk_announced().await;
        city.talk_asked(&id, &asked("林演示", "几点？", "a")).await.expect("asks");
        city.talk_started(&id).await.expect_err("questions are still taken");
        let early = city.after(4);
        assert!(early.talk_started(&id).await.is_err(), "not before the day");
        let city = early.after(1);
        city.talk_started(&id).await.expect("begins");
        city.talk_entered(&id, "五点。", "1").await;
        city.talk_entered(&id, "五点。", "1").await;
        let waiting = Change::waiting(city.ledger.store(), &id).await.expect("asks");
        assert_eq!(waiting.len(), 1, "the same form is one utterance");
        assert!(city.talk_text(&id).await.is_empty(), "nobody sees it yet");
        let which = (ORGAN, id.as_str(), waiting[0].id.as_str());
        let release = async |by: &Signatory| live::release(city.desk(by).await, by, which).await;
        let stranger = someone(ORGAN, "approver");
        let refused = release(&stranger).await.expect_err("not named").to_string();
        assert!(refused.contains("预告上写明"), "{refused}");
        let itself = Signatory { name: releaser().name, ..organiser() };
        let refused = release(&itself).await.expect_err("entered it").to_string();
        assert!(refused.contains("录入的人不能放行"), "{refused}");
        assert_eq!(release(&releaser()).await.expect("releases"), 1);
        release(&releaser()).await.expect_err("once");
        let question = Entering {
            voice: Some(Voice::Question),
            speaker: "",
            words: "几点通知？",
            question: 1,
            form: "2",
        };
        city.talk_entering(&id, &question).await.expect("enters");
        city.talk_entering(&id, &Entering { question: 9, form: "3", ..question.clone() })
            .await
            .expect_err("there is no such question");
        assert_eq!(city.talk_released(&id).await, [2]);
        let text = city.talk_text(&id).await;
        assert_eq!((text[0].words.as_str(), text[1].speaker.as_str()), ("五点。", "林**"));
        let counts = InterviewQuestion::counts(city.ledger.store(), &id).await.expect("asks");
        assert_eq!(counts, (1, 1));
        city.talk_entered(&id, "不该说的", "4").await;
        let waiting = Change::waiting(city.ledger.store(), &id).await.expect("asks");
        let (by, which) = (releaser(), (ORGAN, id.as_str(), waiting[0].id.as_str()));
        live::refuse(city.desk(&by).await, &by, which, "说错").await.expect("refuses");
        assert_eq!(city.talk_text(&id).await.len(), 2);
        assert_eq!(city.told("interview_release").await, 2);
        assert_eq!(city.told("interview_entry").await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_mistake_is_corrected_or_struck_by_two_and_everybody_sees_that_it_was() {
    testing::on_both("participation_talk_amend", async |place| {
        let city = City::founded(&place, "participation-talk-amend").await;
        let id = city.talk_announced().await;
        let city = city.after(5);
        city.talk_started(&id).await.expect("begins");
        city.talk_entered(&id, "五点。", "1").await;
        city.talk_amended(&id, (1, None), "0").await.expect_err("nobody sees it yet");
        city.talk_released(&id).await;
        city.talk_amended(&id, (1, Some("五点。")), "2").await.expect_err("nothing is changed");
        city.talk_amended(&id, (1, Some("六点。")), "3").await.expect("proposes");
        assert_eq!(city.talk_text(&id).await[0].words, "五点。", "it waits");
        assert_eq!(city.talk_released(&id).await, [2]);
        let text = city.talk_text(&id).await;
        assert_eq!((text[0].words.as_str(), text[0].place), ("六点。", 2));
        assert_eq!(text[0].corrections[0].before, "五点。");
        city.talk_amended(&id, (1, None), "4").await.expect("proposes");
        city.talk_released(&id).await;
        let text = city.talk_text(&id).await;
        assert_eq!((text[0].words.as_str(), text[0].place), ("", 3));
        assert_eq!(text[0].struck.as_deref(), Some("听录有误"));
        city.talk_amended(&id, (1, Some("又")), "5").await.expect_err("it is struck");
        let after = Change::released_after(city.ledger.store(), &id, 2).await.expect("asks");
        assert_eq!(after.len(), 1, "who has two goes on with the third");
    })
    .await;
}

#[tokio::test]
async fn the_transcript_is_reviewed_and_takes_the_place_of_the_live_text() {
    testing::on_both("participation_talk_transcript", async |place| {
        let city = City::founded(&place, "participation-talk-transcript").await;
        let id = city.talk_announced().await;
        city.talk_asked(&id, &asked("林演示", "几点？", "a")).await.expect("asks");
        let city = city.after(5);
        city.talk_started(&id).await.expect("begins");
        city.talk_entered(&id, "五点。", "1").await;
        let by = organiser();
        let end = async || live::end(city.desk(&by).await, &by, (ORGAN, &id)).await;
        let waits = end().await.expect_err("something waits").to_string();
        assert!(waits.contains("还有 1 条"), "{waits}");
        city.talk_released(&id).await;
        end().await.expect("ends");
        assert_eq!(city.talk_stage(&id).await, InterviewStage::Ended);
        let submit = async |compared: bool, text: &str| {
            let (desk, which) = (city.desk(&by).await, (ORGAN, id.as_str()));
            transcript::submit(desk, &city.publishers, (&by, compared), which, text).await
        };
        let loose = submit(false, "张演示：五点。").await;
        assert!(matches!(loose, Err(ActError::Field("hedui", _))));
        assert!(matches!(submit(true, " ").await, Err(ActError::Field("shilu", _))));
        let unit = submit(true, "张演示：五点。").await.expect("hands in");
        city.publish(&unit).await;
        assert_eq!(city.talk_stage(&id).await, InterviewStage::Published);
        let leaves =
            "SELECT subject AS text FROM log_leaf WHERE subject LIKE 'consultation:interview:%'
                       ORDER BY subject";
        let subject = format!("consultation:interview:{id}");
        assert_eq!(city.texts(leaves).await, [subject.clone(), format!("{subject}:transcript")]);
        assert_eq!(asking::erase(&city.ledger).await.expect("looks"), 0, "it is kept a year");
        let signer = someone(ORGAN, "approver");
        let which = (ORGAN, Withdrawable::Interview, id.as_str());
        let alone = format!("UPDATE interview SET withdrawn_on = '2026-12-02' WHERE id = '{id}'");
        assert!(city.raw(&alone).await.contains("要两个人"));
        let names =
            withdrawal::propose(city.desk(&by).await, &by, which, "露出了13800138000").await;
        assert!(matches!(names, Err(ActError::Field("liyou", _))), "everybody will read it");
        withdrawal::propose(city.desk(&by).await, &by, which, "说了别人的电话")
            .await
            .expect("proposes");
        withdrawal::propose(city.desk(&by).await, &by, which, "再").await.expect_err("it waits");
        let own = withdrawal::decide(city.desk(&by).await, &by, which, (true, "是")).await;
        assert!(own.expect_err("his own").to_string().contains("不能审定"));
        let decided =
            withdrawal::decide(city.desk(&signer).await, &signer, which, (true, "是")).await;
        decided.expect("withdraws");
        let gone = city.talk_of(&id).await.withdrawn;
        assert_eq!(gone, Some((day(2026, 12, 2), "说了别人的电话".into())));
        assert_eq!(city.texts(leaves).await.len(), 4, "the log tells that both went");
        let range = ("350200000000", "350299999999");
        let listed = Interview::public(city.ledger.store(), range, (None, 9)).await;
        assert!(listed.expect("asks").0.is_empty());
        let city = city.after(400);
        assert_eq!(asking::erase(&city.ledger).await.expect("erases"), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_announced_is_cancelled_with_a_reason_and_what_leaves_no_time_is_not_handed_in() {
    testing::on_both("participation_talk_cancel", async |place| {
        let city = City::founded(&place, "participation-talk-cancel").await;
        let by = organiser();
        let draft = city.talk_drafted().await;
        let short = InterviewSaid {
            ask_until: Some(day(2026, 11, 28)),
            releasers: "测试 participation_organiser".into(),
            ..talk()
        };
        let which = (ORGAN, draft.as_str(), 2);
        interview::keep(city.desk(&by).await, &by, which, &short).await.expect("keeps");
        let desk = city.desk(&by).await;
        let refused = interview::submit(desk, &city.publishers, &by, (ORGAN, &draft)).await;
        let refused = refused.expect_err("it lacks").to_string();
        assert!(refused.contains("提问至少留 3 天"), "{refused}");
        assert!(refused.contains("不能是同一个人"), "{refused}");
        let id = city.talk_announced().await;
        let cancel = async |reason: &str| {
            cancellation::cancel(city.desk(&by).await, (ORGAN, Cancellable::Interview, &id), reason)
                .await
        };
        assert!(matches!(cancel(" ").await, Err(ActError::Field("liyou", _))));
        let names = cancel("嘉宾13800138000来不了").await;
        assert!(matches!(names, Err(ActError::Field("liyou", _))), "everybody will read it");
        cancel("台风").await.expect("cancels");
        cancel("再").await.expect_err("once");
        let of = city.talk_of(&id).await;
        assert_eq!(of.cancelled, Some((day(2026, 11, 27), "台风".into())));
        assert_eq!(city.talk_stage(&id).await, InterviewStage::Cancelled);
    })
    .await;
}

#[tokio::test]
async fn whoever_goes_round_the_program_publishes_no_word() {
    testing::on_both("participation_talk_guards", async |place| {
        let city = City::founded(&place, "participation-talk-guards").await;
        let id = city.talk_announced().await;
        let draft = city.talk_drafted().await;
        let city = city.after(5);
        city.talk_started(&id).await.expect("begins");
        city.talk_entered(&id, "五点。", "1").await;
        let released = "UPDATE interview_change SET state = 'released', place = 1, decided_name = 'x',
                               decided_at = 'x', decided_by = ";
        let unreviewed = format!(
            "UPDATE interview SET state = 'announced', opened_on = '2026-12-02',
                    publication = (SELECT id FROM publication LIMIT 1) WHERE id = '{draft}'"
        );
        let written = format!(
            "UPDATE interview SET state = 'published', transcript = 'x', published_on = '2026-12-02', ended_at = 'x',
                    transcript_publication = publication WHERE id = '{id}'"
        );
        for (sql, words) in [
            (format!("{released}entered_by"), ""),
            (format!("{released}''"), ""),
            ("UPDATE interview_change SET words = '六点。'".to_owned(), "不能改动"),
            ("DELETE FROM interview_change".to_owned(), "只增不减"),
            ("DELETE FROM interview_question".to_owned(), ""),
            ("DELETE FROM interview".to_owned(), "只增不减"),
            ("UPDATE interview SET releasers = 'x' WHERE opened_on IS NOT NULL".to_owned(), "不能改动"),
            (unreviewed, "没有审查"),
            (written, "没有审查"),
            (
                "INSERT INTO interview_change SELECT 'x', interview, 9, what, voice, speaker, words, reason, question,
                        'f', 'a', '', 'A', 'x', 'released', 'b', 'B', 'x', '', 7 FROM interview_change"
                    .to_owned(),
                "另一人放行",
            ),
        ] {
            let answer = city.raw(&sql).await;
            let touched = answer.contains("touched") && answer != "touched 0";
            assert!(!touched && answer.contains(words), "{sql}: {answer}");
        }
        assert!(city.talk_text(&id).await.is_empty());
        city.talk_released(&id).await;
        let answer = city.raw("UPDATE interview_change SET place = 9").await;
        assert!(answer.contains("不能改动"), "{answer}");
    })
    .await;
}
