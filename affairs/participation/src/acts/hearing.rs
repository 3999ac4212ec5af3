//! 起草、送审、公布听证公告 (条例第十六条): what is heard about, when and where, who may enrol, how many of each side, and by
//! which public value those who take part are drawn (docs/readings/290).

use ::store::Transaction;
use identity::Organ;
use law::{Date, Provision, article};
use ledger::{Desk, Event};
use participation_rules::{DECISIONS, HearingLack, HearingStage, HearingStep, Seats};
use review::Signatory;
use serde_json::json;
use web::{Content, Fault, Publisher};

use super::publication::{
    self, Acts, PLAIN, Publication, Release, StepOf, Steps, acts, begun, blank, content,
    draft_acts, in_time, in_words, kept, lacking, release,
};
use super::record::KIND as RECORD_KIND;
use super::{
    ActError, at, decision_report, decisions, gathering, interview, tidy, with_author, within,
};
use crate::inscription::hearing as inscribed;
use crate::store::{Announced, Consultation, Hearing, HearingSaid};

/// 第十六条.
pub(crate) const BASIS: Provision = article(DECISIONS, 16);

/// The kind of pieces by which review knows notices of hearings.
pub const KIND: &str = "hearing";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 10_000;

/// The most sides of a hearing.
const MOST_SIDES: usize = 12;

impl StepOf for HearingStep {
    type Of = Hearing;
}

impl Publication for Hearing {
    type Step = HearingStep;
    type Stage = HearingStage;

    const KIND: &'static str = KIND;
    const WORK: &'static str = "hearing:";
    const ACTS: Acts = acts!("hearing");
    const STEPS: Steps<HearingStep> =
        Steps { edit: HearingStep::Edit, submit: HearingStep::Submit, drop: HearingStep::Drop };
    const MISSING: &'static str = "本机关没有这次听证。请从列表里重新打开。";

    fn at_step(&self, step: HearingStep, today: Date) -> Result<HearingStage, ActError> {
        let stage = self.stage(today);
        stage.after(step)?;
        Ok(stage)
    }

    fn drafted_by(&self) -> Provision {
        BASIS
    }

    fn complete(&self, today: Date) -> Result<(), ActError> {
        lacking(all_words(&lacks(&self.said, today)))
    }
}

/// Begins one on the draft of a public consultation; answers its key.
///
/// # Errors
/// The organ has no such consultation, it is not public, or the database refuses.
pub async fn begin(
    desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
    consultation: &str,
) -> Result<String, ActError> {
    let found = Consultation::find(desk.change(), consultation).await?;
    let today = desk.today();
    let own = found.filter(|of| of.organ == organ.code && of.stage(today).is_public());
    let words = "草案还没有公布。先公布征求意见的草案，再对这份草案开听证会。";
    let of = own.ok_or_else(|| ActError::standing(words))?;
    let said = HearingSaid {
        title: format!("{}听证会", of.said.title),
        telephone: organ.phone.clone().unwrap_or_default(),
        ..HearingSaid::default()
    };
    let id = uuid::Uuid::now_v7().to_string();
    let authors = with_author(&[], by);
    let row = (id.as_str(), consultation, organ, of.unit.as_str());
    Hearing::add(desk.change(), row, &said, (&authors, &at(&desk), demo)).await?;
    begun::<Hearing>(desk, (&organ.code, &id), json!({})).await
}

/// Keeps what a draft says; `version` is the one the form was shown in.
///
/// # Errors
/// It is no draft, somebody was first, a field is too long, or the database refuses.
pub async fn keep(
    desk: Desk,
    by: &Signatory,
    which: (&str, &str, i64),
    said: &HearingSaid,
) -> Result<(), ActError> {
    kept::<Hearing>(desk, by, which, &checked(said)?).await
}

fn checked(said: &HearingSaid) -> Result<HearingSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = HearingSaid {
        title: line(&said.title),
        matters: tidy(&said.matters),
        place: line(&said.place),
        held_at: line(&said.held_at),
        conditions: tidy(&said.conditions),
        sides: tidy(&said.sides),
        value_source: line(&said.value_source),
        telephone: line(&said.telephone),
        ..said.clone()
    };
    if said.title.is_empty() {
        return Err(ActError::Field("mingcheng", "写明听证会的名称".into()));
    }
    for (field, text, most) in [
        ("mingcheng", &said.title, LONGEST_LINE),
        ("didian", &said.place, LONGEST_LINE),
        ("shijian", &said.held_at, LONGEST_LINE),
        ("shuzhi", &said.value_source, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("shixiang", &said.matters, LONGEST_TEXT),
        ("tiaojian", &said.conditions, LONGEST_TEXT),
        ("geifang", &said.sides, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    if said.sides.is_empty() {
        return Ok(said);
    }
    match Seats::read(&said.sides) {
        Ok(sides) if sides.len() <= MOST_SIDES => {
            Ok(HearingSaid { sides: Seats::written(&sides), ..said })
        }
        Ok(_) => Err(ActError::Field("geifang", format!("不超过 {MOST_SIDES} 方"))),
        Err(bad) => Err(ActError::Field("geifang", bad.to_string())),
    }
}

/// What a draft lacks before it may be handed in, on a day.
pub fn lacks(said: &HearingSaid, today: Date) -> Vec<HearingLack> {
    let bare = [
        (said.matters.is_empty(), "写明听证的事项"),
        (said.place.is_empty() || said.held_at.is_empty(), "写明几点、在哪里开"),
        (said.conditions.is_empty(), "写明谁可以报名"),
        (said.seats().is_empty(), "写明各方各几人"),
        (said.value_source.is_empty(), "写明用哪个公开数值抽取，例如某一期彩票的开奖号码"),
        (said.telephone.is_empty(), "写明联系电话"),
        (said.days().is_none(), "写明哪天开、报名到哪天、数值哪天开出"),
    ];
    let bare = bare.into_iter().filter(|(lacks, _)| *lacks);
    let mut all: Vec<HearingLack> =
        bare.map(|(_, words)| HearingLack { words: words.to_owned(), basis: BASIS }).collect();
    all.extend(said.days().map(|days| days.lacks(today)).unwrap_or_default());
    all
}

/// All that is lacking in one sentence; nothing where nothing is.
fn all_words(lacks: &[HearingLack]) -> Option<String> {
    in_words(lacks.iter().map(|lack| (lack.words.as_str(), lack.basis)))
}

draft_acts!(Hearing);

/// How the notice becomes public.
static RELEASE: Release<Hearing> = Release {
    step: HearingStep::Open,
    piece: Hearing::NOTICE,
    fits: |of, today| in_time(all_words(&lacks(&of.said, today))),
    told: |of| ("hearing", BASIS, json!({ "held_on": of.said.held_on })),
    subject: |id| inscribed::subject(id, ""),
    path: Hearing::path,
};

/// How notices of hearings are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "听证公告",
    content: |from, id| Box::pin(content(from, id, signed)),
    publish: |desk, _, approved| Box::pin(release(desk, approved, &RELEASE, inscribed::leaf)),
    ..PLAIN
};

fn signed(of: &Hearing) -> Option<Content> {
    if of.opened_on.is_some() {
        return None;
    }
    let said = &of.said;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let empty = blank(of, &said.title);
    let whole = empty
        .part("听证的草案", &of.draft_title)
        .part("听证事项", &said.matters)
        .part("时间", format!("{} {}", day(said.held_on), said.held_at))
        .part("地点", &said.place)
        .part("报名截止", day(said.enrol_until))
        .part("报名条件", &said.conditions)
        .part("各方人数", &said.sides)
        .part("抽取用的公开数值", &said.value_source)
        .part("数值开出的日子", day(said.value_on))
        .part("联系电话", &said.telephone);
    Some(whole)
}

/// What was handed in of a hearing, or of a list of decisions, comes back as soon as its review has ended without a publication.
pub(super) async fn comes_back(
    change: &Transaction,
    (kind, id): (&str, &str),
    told: (&str, &Event),
) -> Result<(), Fault> {
    let piece = match kind {
        KIND => Hearing::NOTICE,
        RECORD_KIND => Hearing::RECORD,
        decisions::KIND => return decisions::comes_back(change, id, told).await,
        decision_report::KIND => {
            return decision_report::comes_back(change, id, told).await;
        }
        gathering::KIND | gathering::minutes::KIND => {
            return gathering::comes_back(change, (kind, id), told).await;
        }
        _ => {
            interview::comes_back(change, (kind, id), told).await?;
            return Ok(());
        }
    };
    publication::comes_back::<Hearing>(change, (kind, id), piece, told).await
}
