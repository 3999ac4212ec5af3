//! 起草、送审、公布征求意见公告 (条例第十五条). The time runs from the day of publication, whenever the review is
//! finished, so it never comes out shorter than what was signed (docs/readings/272).

use ::store::Statements;
use identity::Organ;
use law::{Date, Provision, article};
use ledger::Desk;
use participation_rules::{DECISIONS, Period, Stage, Step, Way, clauses};
use review::Signatory;
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, Publisher};

use super::publication::{
    self, Acts, PLAIN, Publication, Release, StepOf, Steps, acts, appear, blank, content,
    draft_acts, due, kept, tell,
};
use super::{ActError, doubts, tidy, within};
use crate::inscription;
use crate::store::{Announced, Consultation, Said};

/// 第十五条.
pub(crate) const BASIS: Provision = article(DECISIONS, 15);

/// The kind of pieces by which review knows notices.
pub const KIND: &str = "consultation";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_NOTE: usize = 2_000;
const LONGEST_TEXT: usize = 100_000;

/// The most clauses of a draft.
pub(super) const MOST_CLAUSES: usize = 500;

impl StepOf for Step {
    type Of = Consultation;
}

impl Publication for Consultation {
    type Step = Step;
    type Stage = Stage;

    const KIND: &'static str = KIND;
    const WORK: &'static str = "";
    const ACTS: Acts = acts!("consultation");
    const STEPS: Steps<Step> = Steps { edit: Step::Edit, submit: Step::Submit, drop: Step::Drop };
    const MISSING: &'static str = "本机关没有这次征求意见。请从列表里重新打开。";

    fn at_step(&self, step: Step, today: Date) -> Result<Stage, ActError> {
        let stage = self.stage(today);
        stage.after(step)?;
        Ok(stage)
    }

    fn drafted_by(&self) -> Provision {
        BASIS
    }

    fn complete(&self, today: Date) -> Result<(), ActError> {
        let mut lacks = self.said.notice(today).lacks();
        if clauses(&self.said.draft).is_empty() && lacks.is_empty() {
            lacks = Said { draft: String::new(), ..self.said.clone() }.notice(today).lacks();
        }
        match lacks.is_empty() {
            true => Ok(()),
            false => Err(ActError::Lacks(lacks)),
        }
    }

    fn is_lack(refused: &ActError) -> bool {
        matches!(refused, ActError::Lacks(_))
    }
}

/// What a new draft begins with: the usual time, the way this page is, and how the organ is reached.
pub fn usual(organ: &Organ, today: Date) -> Said {
    Said {
        days: Period::usual(today).map(Period::days).unwrap_or_default(),
        ways: vec![Way::Public],
        post: organ.address.clone().unwrap_or_default(),
        telephone: organ.phone.clone().unwrap_or_default(),
        ..Said::default()
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
    said: &Said,
) -> Result<String, ActError> {
    let said = checked(said, desk.today())?;
    publication::begin::<Consultation>(desk, by, of, (&said, json!({}))).await
}

/// Keeps what a draft says; `version` is the one the form was shown in.
///
/// # Errors
/// It is no draft, somebody was first, a field is too long, or the database refuses.
pub async fn keep(
    desk: Desk,
    by: &Signatory,
    which: (&str, &str, i64),
    said: &Said,
) -> Result<(), ActError> {
    let said = checked(said, desk.today())?;
    kept::<Consultation>(desk, by, which, &said).await
}

fn checked(said: &Said, today: Date) -> Result<Said, ActError> {
    let period = Period::of(said.days, today);
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = Said {
        title: line(&said.title),
        explanation: tidy(&said.explanation),
        draft: tidy(&said.draft),
        days: said.days,
        // A reason is given up only where the time is long enough to need none.
        short_reason: match period {
            Ok(period) if !period.is_short() => String::new(),
            _ => tidy(&said.short_reason),
        },
        ways: said.ways.clone(),
        post: line(&said.post),
        telephone: line(&said.telephone),
        mail: line(&said.mail),
    };
    if said.title.is_empty() {
        return Err(ActError::Field("biaoti", "写明征求什么意见".into()));
    }
    // A draft may leave the days open; it is not handed in before they are told.
    if let Err(no) = period
        && said.days != 0
    {
        return Err(ActError::Field("tianshu", no.to_string()));
    }
    for (field, text, most) in [
        ("biaoti", &said.title, LONGEST_LINE),
        ("dizhi", &said.post, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("youxiang", &said.mail, LONGEST_LINE),
        ("duanliyou", &said.short_reason, LONGEST_NOTE),
        ("shuoming", &said.explanation, LONGEST_TEXT),
        ("caoan", &said.draft, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    if clauses(&said.draft).len() > MOST_CLAUSES {
        let words = format!("草案分出来超过 {MOST_CLAUSES} 条，请分成几次征求");
        return Err(ActError::Field("caoan", words));
    }
    Ok(said)
}

draft_acts!(Consultation);

/// How it becomes public.
static RELEASE: Release<Consultation> = Release {
    step: Step::Open,
    piece: Consultation::NOTICE,
    fits: |_, _| Ok(()),
    told: |of| ("consultation", BASIS, json!({ "ends_on": of.ends_on })),
    subject: inscription::subject,
    path: Consultation::path,
};

/// How notices are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "征求意见公告",
    content: |from, id| Box::pin(content(from, id, signed)),
    signable: Some(|from, id| Box::pin(signable(from, id))),
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
    ..PLAIN
};

fn signed(of: &Consultation) -> Option<Content> {
    if of.opened_on.is_some() {
        return None;
    }
    let said = &of.said;
    let words = format!("{}\n{}\n{}", said.explanation, said.draft, said.short_reason);
    let empty = Content { findings: doubts(&words), ..blank(of, &said.title) };
    let ways: Vec<&str> = said.ways.iter().map(|way| way.name()).collect();
    let whole = empty
        .part("起草说明", &said.explanation)
        .part("草案", &said.draft)
        .part("听取意见的方式", ways.join("、"))
        .part("期限", format!("自公布的次日起 {} 日", said.days))
        .part("期限少于三十日的理由", &said.short_reason)
        .part("来信、来访地址", &said.post)
        .part("联系电话", &said.telephone)
        .part("电子邮箱", &said.mail);
    Some(whole)
}

/// A short time needs somebody who agrees to it before anybody signs.
async fn signable(from: &impl Statements, id: &str) -> Result<(), Fault> {
    let Some(found) = Consultation::find(from, id).await? else { return Ok(()) };
    if found.said.short_reason.is_empty() || found.is_shortened() {
        return Ok(());
    }
    let words = format!(
        "期限 {} 日，少于三十日，还没有批准。签发人先在“缩短期限”里批准，再签发。",
        found.said.days
    );
    Err(Fault::Refused(words))
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    let found = due(desk, approved, &RELEASE).await?;
    let period = Period::of(found.said.days, desk.today());
    let period = period.map_err(|no| Fault::Refused(format!("{no}。")))?;
    let ends = ("ends_on", period.ends_on(desk.today()));
    found.divide(desk.change(), &clauses(&found.said.draft)).await?;
    appear(desk, approved, &RELEASE, Some(ends)).await?;
    let (now, appeared) = tell(desk, approved, &RELEASE).await?;
    desk.publish_leaf(inscription::leaf(&now)).map_err(Fault::inside)?;
    Ok(appeared)
}
