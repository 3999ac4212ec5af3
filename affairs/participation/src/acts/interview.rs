//! 起草、送审、公布访谈预告 (67号三（三）): what is talked about with whom and when, until when questions are taken,
//! and who enters the live text and who releases it. The review of the notice is what live words rest on
//! (docs/readings/304).

use ::store::Transaction;
use identity::Organ;
use law::{Date, Provision, document};
use ledger::{Desk, Event};
use participation_rules::{
    InterviewLack, InterviewStage, InterviewStep, NOTICE_2020, desk_lacks, names_in,
};
use review::Signatory;
use serde_json::json;
use web::{Content, Fault, Publisher};

use super::publication::{
    self, Acts, PLAIN, Publication, Release, StepOf, Steps, acts, blank, content, draft_acts,
    in_time, in_words, kept, lacking, release,
};
use super::transcript::KIND as TRANSCRIPT_KIND;
use super::{ActError, tidy, within};
use crate::inscription::interview as inscribed;
use crate::store::{Announced, Interview, InterviewSaid};

pub(super) use super::publication::{entry as interview_entry, taken as taken_interview};

/// 三（三）: interviews are held, and what was asked is answered.
pub(crate) const BASIS: Provision = document(NOTICE_2020);

/// The kind of pieces by which review knows notices of interviews.
pub const KIND: &str = "interview";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 5_000;

impl StepOf for InterviewStep {
    type Of = Interview;
}

impl Publication for Interview {
    type Step = InterviewStep;
    type Stage = InterviewStage;

    const KIND: &'static str = KIND;
    const WORK: &'static str = "interview:";
    const ACTS: Acts = acts!("interview");
    const STEPS: Steps<InterviewStep> = Steps {
        edit: InterviewStep::Edit,
        submit: InterviewStep::Submit,
        drop: InterviewStep::Drop,
    };
    const MISSING: &'static str = "本机关没有这次访谈。请从列表里重新打开。";

    fn at_step(&self, step: InterviewStep, today: Date) -> Result<InterviewStage, ActError> {
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

/// Begins one; answers its key.
///
/// # Errors
/// It has no title, or the database refuses.
pub async fn begin(
    desk: Desk,
    by: &Signatory,
    of: (&Organ, bool),
    title: &str,
) -> Result<String, ActError> {
    let said = checked(&InterviewSaid {
        title: title.to_owned(),
        telephone: of.0.phone.clone().unwrap_or_default(),
        enterers: by.name.clone(),
        ..InterviewSaid::default()
    })?;
    publication::begin::<Interview>(desk, by, of, (&said, json!({}))).await
}

/// Keeps what a draft says; `version` is the one the form was shown in.
///
/// # Errors
/// It is no draft, somebody was first, a field is too long, or the database refuses.
pub async fn keep(
    desk: Desk,
    by: &Signatory,
    which: (&str, &str, i64),
    said: &InterviewSaid,
) -> Result<(), ActError> {
    kept::<Interview>(desk, by, which, &checked(said)?).await
}

fn checked(said: &InterviewSaid) -> Result<InterviewSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = InterviewSaid {
        title: line(&said.title),
        topic: tidy(&said.topic),
        guests: tidy(&said.guests),
        held_at: line(&said.held_at),
        enterers: names_in(&said.enterers).join("、"),
        releasers: names_in(&said.releasers).join("、"),
        telephone: line(&said.telephone),
        ..said.clone()
    };
    if said.title.is_empty() {
        return Err(ActError::Field("mingcheng", "写明访谈的题目".into()));
    }
    for (field, text, most) in [
        ("mingcheng", &said.title, LONGEST_LINE),
        ("shijian", &said.held_at, LONGEST_LINE),
        ("luru", &said.enterers, LONGEST_LINE),
        ("fangxing", &said.releasers, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("zhuti", &said.topic, LONGEST_TEXT),
        ("jiabin", &said.guests, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    Ok(said)
}

/// What a draft lacks before it may be handed in, on a day.
pub fn lacks(said: &InterviewSaid, today: Date) -> Vec<InterviewLack> {
    let bare = [
        (said.topic.is_empty(), "写明谈什么"),
        (said.guests.is_empty(), "写明请谁来谈，姓名和职务"),
        (said.held_at.is_empty(), "写明几点开始"),
        (said.telephone.is_empty(), "写明联系电话"),
        (said.days().is_none(), "写明哪天谈、提问收到哪天"),
    ];
    let bare = bare.into_iter().filter(|(lacks, _)| *lacks);
    let mut all: Vec<InterviewLack> =
        bare.map(|(_, words)| InterviewLack { words: words.to_owned(), basis: BASIS }).collect();
    all.extend(said.days().map(|days| days.lacks(today)).unwrap_or_default());
    all.extend(desk_lacks(&said.enterers(), &said.releasers()));
    all
}

/// All that is lacking in one sentence; nothing where nothing is.
fn all_words(lacks: &[InterviewLack]) -> Option<String> {
    in_words(lacks.iter().map(|lack| (lack.words.as_str(), lack.basis)))
}

draft_acts!(Interview);

/// How the notice becomes public.
static RELEASE: Release<Interview> = Release {
    step: InterviewStep::Announce,
    piece: Interview::NOTICE,
    fits: |of, today| in_time(all_words(&lacks(&of.said, today))),
    told: |of| ("interview", BASIS, json!({ "held_on": of.said.held_on })),
    subject: |id| inscribed::subject(id, ""),
    path: Interview::path,
};

/// How notices of interviews are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "访谈预告",
    content: |from, id| Box::pin(content(from, id, signed)),
    publish: |desk, _, approved| Box::pin(release(desk, approved, &RELEASE, inscribed::leaf)),
    ..PLAIN
};

/// What is signed; whoever signs it lets these persons say live what the guests say.
fn signed(of: &Interview) -> Option<Content> {
    if of.opened_on.is_some() {
        return None;
    }
    let said = &of.said;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let empty = blank(of, &said.title);
    let desk = format!(
        "访谈当天，{}录入嘉宾和主持人说的话、选出的提问，{}逐条看过放行，放行的即时公布；录入的人不能放行。写错的另作更正，不该公布的删去，都由两个人办，页面上看得出。实录整理以后另行审查。",
        said.enterers, said.releasers
    );
    let whole = empty
        .part("谈什么", &said.topic)
        .part("嘉宾", &said.guests)
        .part("时间", format!("{} {}", day(said.held_on), said.held_at))
        .part("提问收到", day(said.ask_until))
        .part("实时文字的授权", desk)
        .part("联系电话", &said.telephone);
    Some(whole)
}

/// What was handed in of an interview comes back as soon as its review has ended without a publication; `false` where the
/// piece is of none.
pub(super) async fn comes_back(
    change: &Transaction,
    (kind, id): (&str, &str),
    told: (&str, &Event),
) -> Result<bool, Fault> {
    let piece = match kind {
        KIND => Interview::NOTICE,
        TRANSCRIPT_KIND => Interview::TRANSCRIPT,
        _ => return Ok(false),
    };
    publication::comes_back::<Interview>(change, (kind, id), piece, told).await?;
    Ok(true)
}
