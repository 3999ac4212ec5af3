//! 起草、送审、公布问卷 (条例第十四条; 67号三（三）). It is answered from the day it is public, whenever the review is
//! finished, so it is never open for a shorter time than what was signed (docs/readings/303).

pub mod answer;
pub mod erasure;
pub mod results;

use ::store::Transaction;
use identity::Organ;
use law::{Date, Provision, article};
use ledger::{Desk, Event};
use participation_rules::{DECISIONS, Period, QuestionnaireStage, QuestionnaireStep, Questions};
use review::Signatory;
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, House, Later, Listener, Publisher};

use super::publication::{
    self, Acts, PLAIN, Publication, Release, StepOf, Steps, acts, appear, blank, content,
    draft_acts, due, ended, kept, lacking, tell,
};
use super::{ActError, tidy, within};
use crate::inscription::questionnaire as inscribed;
use crate::store::{Announced, Consultation, Questionnaire, QuestionnaireSaid};

pub(super) use super::publication::entry as told;

/// 第十四条: people are heard by questionnaires among other ways.
pub(crate) const BASIS: Provision = article(DECISIONS, 14);

/// The kind of pieces by which review knows questionnaires.
pub const KIND: &str = "questionnaire";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_NOTE: usize = 5_000;
const LONGEST_QUESTIONS: usize = 30_000;

impl StepOf for QuestionnaireStep {
    type Of = Questionnaire;
}

impl Publication for Questionnaire {
    type Step = QuestionnaireStep;
    type Stage = QuestionnaireStage;

    const KIND: &'static str = KIND;
    const WORK: &'static str = "questionnaire:";
    const ACTS: Acts = acts!("questionnaire");
    const STEPS: Steps<QuestionnaireStep> = Steps {
        edit: QuestionnaireStep::Edit,
        submit: QuestionnaireStep::Submit,
        drop: QuestionnaireStep::Drop,
    };
    const MISSING: &'static str = "本机关没有这份问卷。请从列表里重新打开。";

    fn at_step(
        &self,
        step: QuestionnaireStep,
        today: Date,
    ) -> Result<QuestionnaireStage, ActError> {
        let stage = self.stage(today);
        stage.after(step)?;
        Ok(stage)
    }

    fn drafted_by(&self) -> Provision {
        BASIS
    }

    fn complete(&self, today: Date) -> Result<(), ActError> {
        let lacks = lacks(&self.said, today);
        lacking(Some(lacks.join("；")).filter(|words| !words.is_empty()))
    }
}

/// The questionnaire of an organ, held until the act is sealed, where a step follows on what it is today.
async fn taken(
    desk: &Desk,
    organ: &str,
    id: &str,
    step: QuestionnaireStep,
) -> Result<Questionnaire, ActError> {
    Ok(publication::taken(desk, organ, id, step).await?.0)
}

/// What a new draft begins with: its title, how the organ is reached, the usual time.
pub fn usual(title: &str, organ: &Organ, today: Date) -> QuestionnaireSaid {
    QuestionnaireSaid {
        title: title.to_owned(),
        days: Period::usual(today).map(Period::days).unwrap_or_default(),
        telephone: organ.phone.clone().unwrap_or_default(),
        ..QuestionnaireSaid::default()
    }
}

/// Begins one; answers its key.
///
/// # Errors
/// It has no title, a field is too long, or the database refuses.
pub async fn begin(
    desk: Desk,
    by: &Signatory,
    of: (&Organ, bool),
    said: &QuestionnaireSaid,
) -> Result<String, ActError> {
    let said = checked(&desk, &of.0.code, said).await?;
    publication::begin::<Questionnaire>(desk, by, of, (&said, json!({}))).await
}

/// Keeps what a draft says; `version` is the one the form was shown in. Questions that cannot be read yet are kept as
/// they were written: nothing that was typed is lost.
///
/// # Errors
/// It is no draft, somebody was first, a field is not as it must be, or the database refuses.
pub async fn keep(
    desk: Desk,
    by: &Signatory,
    which: (&str, &str, i64),
    said: &QuestionnaireSaid,
) -> Result<(), ActError> {
    let said = checked(&desk, which.0, said).await?;
    kept::<Questionnaire>(desk, by, which, &said).await
}

async fn checked(
    desk: &Desk,
    organ: &str,
    said: &QuestionnaireSaid,
) -> Result<QuestionnaireSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = QuestionnaireSaid {
        title: line(&said.title),
        introduction: tidy(&said.introduction),
        questions: tidy(&said.questions),
        telephone: line(&said.telephone),
        days: said.days,
        consultation: said.consultation.trim().to_owned(),
    };
    if said.title.is_empty() {
        return Err(ActError::Field("biaoti", "写明问什么，例如“公交线路调整问卷”".into()));
    }
    // A draft may leave the days open; it is not handed in before they are told.
    if said.days != 0
        && let Err(no) = Period::of(said.days, desk.today())
    {
        return Err(ActError::Field("tianshu", no.to_string()));
    }
    for (field, text, most) in [
        ("biaoti", &said.title, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("shuoming", &said.introduction, LONGEST_NOTE),
        ("timu", &said.questions, LONGEST_QUESTIONS),
    ] {
        within(field, text, most)?;
    }
    if !said.consultation.is_empty() {
        let found = Consultation::find(desk.change(), &said.consultation).await?;
        let public = |of: &Consultation| of.opened_on.is_some() && of.withdrawn.is_none();
        if !found.is_some_and(|of| of.organ == organ && public(&of)) {
            let words = "选本机关已经公布的一次征求意见，或者选“单独的问卷”";
            return Err(ActError::Field("zhengqiu", words.into()));
        }
    }
    Ok(said)
}

/// What a draft lacks before it may be handed in, in the order of the form.
pub fn lacks(said: &QuestionnaireSaid, today: Date) -> Vec<String> {
    let mut lacks = Vec::new();
    if said.introduction.is_empty() {
        lacks.push("写明谁在问、为什么问、答案怎样用".to_owned());
    }
    if let Err(bad) = Questions::read(&said.questions) {
        lacks.extend(bad.iter().map(|one| format!("题目{one}")));
    }
    if Period::of(said.days, today).is_err() {
        lacks.push("写明填写多少天".to_owned());
    }
    if said.telephone.is_empty() {
        lacks.push("写明联系电话，不会上网的人也能问".to_owned());
    }
    lacks
}

draft_acts!(Questionnaire);

/// How it becomes public.
static RELEASE: Release<Questionnaire> = Release {
    step: QuestionnaireStep::Open,
    piece: Questionnaire::NOTICE,
    fits: |_, _| Ok(()),
    told: |of| ("questionnaire", BASIS, json!({ "ends_on": of.ends_on })),
    subject: inscribed::subject,
    path: Questionnaire::path,
};

/// How questionnaires are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "问卷",
    content: |from, id| Box::pin(content(from, id, signed)),
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
    ..PLAIN
};

fn signed(of: &Questionnaire) -> Option<Content> {
    if of.opened_on.is_some() {
        return None;
    }
    let said = &of.said;
    let belongs = match said.consultation.as_str() {
        "" => String::new(),
        id => format!("/yijian/{id}"),
    };
    let empty = blank(of, &said.title);
    let whole = empty
        .part("说明", &said.introduction)
        .part("题目", &said.questions)
        .part("期限", format!("自公布的次日起 {} 日", said.days))
        .part("联系电话", &said.telephone)
        .part("随哪一次征求意见", belongs);
    Some(whole)
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    let found = due(desk, approved, &RELEASE).await?;
    let period = Period::of(found.said.days, desk.today());
    let period = period.map_err(|no| Fault::Refused(format!("{no}。")))?;
    let ends = ("ends_on", period.ends_on(desk.today()));
    appear(desk, approved, &RELEASE, Some(ends)).await?;
    let (now, appeared) = tell(desk, approved, &RELEASE).await?;
    desk.publish_leaf(inscribed::leaf(&now)).map_err(Fault::inside)?;
    Ok(appeared)
}

/// What was handed in comes back as soon as its review has ended without a publication.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "participation.questionnaire_review",
    acts: &["review.step", "review.withdrawal", "review.lapse"],
    hear,
}];

fn hear<'a>(_: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some((reason, pieces)) = ended(event) else { return Ok(()) };
        for [kind, id] in pieces {
            let piece = match kind.as_str() {
                KIND => Questionnaire::NOTICE,
                results::KIND => Questionnaire::RESULTS,
                _ => continue,
            };
            let (which, told) = ((kind.as_str(), id.as_str()), (reason, event));
            publication::comes_back::<Questionnaire>(change, which, piece, told).await?;
        }
        Ok(())
    })
}
