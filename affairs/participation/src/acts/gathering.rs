//! 起草、送审、公布活动公告 (条例第十四条; 67号三（三）): 座谈会、实地走访、列席会议、政策大讲堂、问政: what it is about, when and
//! where, who may come, and how those who enrol get their places (docs/readings/305).

pub mod choosing;
pub mod erasure;
pub mod minutes;
pub mod places;
pub mod saying;

use ::store::Transaction;
use identity::Organ;
use law::{Date, Provision, document};
use ledger::{Desk, Event};
use participation_rules::{
    Enrols, GatheringKind, GatheringLack, GatheringStage, GatheringStep, NOTICE_2020, Placing,
    Seats,
};
use review::Signatory;
use serde_json::json;
use web::{Content, Fault, Publisher};

use super::publication::{
    self, Acts, PLAIN, Publication, Release, StepOf, Steps, acts, blank, content, draft_acts,
    in_time, in_words, kept, lacking, release,
};
use super::{ActError, tidy, within};
use crate::inscription::gathering as inscribed;
use crate::store::{Announced, Consultation, DecisionList, Gathering, GatheringSaid, ListState};

pub(super) use super::publication::{entry as gathering_entry, taken};

/// 三（三）: who may come to what is told to everybody.
const OPENED: Provision = document(NOTICE_2020);

/// The kind of pieces by which review knows notices of gatherings.
pub const KIND: &str = "gathering";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 10_000;

/// The most groups of a gathering.
const MOST_GROUPS: usize = 12;

/// The provision by which one of a kind is held.
pub(super) fn basis(of: &Gathering) -> Provision {
    of.said.kind.terms().basis
}

impl StepOf for GatheringStep {
    type Of = Gathering;
}

impl Publication for Gathering {
    type Step = GatheringStep;
    type Stage = GatheringStage;

    const KIND: &'static str = KIND;
    const WORK: &'static str = "gathering:";
    const ACTS: Acts = acts!("gathering");
    const STEPS: Steps<GatheringStep> = Steps {
        edit: GatheringStep::Edit,
        submit: GatheringStep::Submit,
        drop: GatheringStep::Drop,
    };
    const MISSING: &'static str = "本机关没有这次活动。请从列表里重新打开。";

    fn at_step(&self, step: GatheringStep, today: Date) -> Result<GatheringStage, ActError> {
        let stage = self.stage(today);
        stage.after(step)?;
        Ok(stage)
    }

    fn drafted_by(&self) -> Provision {
        OPENED
    }

    fn complete(&self, today: Date) -> Result<(), ActError> {
        lacking(all_words(&lacks(&self.said, today)))
    }
}

/// Begins one of a kind; answers its key.
///
/// # Errors
/// The database refuses.
pub async fn begin(
    desk: Desk,
    by: &Signatory,
    of: (&Organ, bool),
    kind: GatheringKind,
) -> Result<String, ActError> {
    let said = GatheringSaid {
        title: format!("{}{}", of.0.name, kind.name()),
        ..GatheringSaid::of(kind, of.0.phone.clone().unwrap_or_default())
    };
    let facts = json!({ "kind": kind.terms().word });
    publication::begin::<Gathering>(desk, by, of, (&said, facts)).await
}

/// Keeps what a draft says; `version` is the one the form was shown in.
///
/// # Errors
/// It is no draft, somebody was first, a field is not as it must be, or the database refuses.
pub async fn keep(
    desk: Desk,
    by: &Signatory,
    which: (&str, &str, i64),
    said: &GatheringSaid,
) -> Result<(), ActError> {
    let said = checked(said)?;
    linked(&desk, which.0, &said).await?;
    kept::<Gathering>(desk, by, which, &said).await
}

/// What it is about is the organ's own, and public.
async fn linked(desk: &Desk, organ: &str, said: &GatheringSaid) -> Result<(), ActError> {
    if !said.consultation.is_empty() {
        let found = Consultation::find(desk.change(), &said.consultation).await?;
        let today = desk.today();
        let own = found.is_some_and(|of| of.organ == organ && of.stage(today).is_public());
        if !own {
            let words = "选本机关已经公布的征求意见，没有的空着";
            return Err(ActError::Field("caoan", words.into()));
        }
    }
    let Some((list, item)) = &said.decision else { return Ok(()) };
    let found = DecisionList::find(desk.change(), list).await?;
    let own = found.filter(|of| of.organ == organ && of.state == ListState::Published);
    let many = own.map(|of| of.said.decisions().len()).unwrap_or_default();
    match usize::try_from(*item).is_ok_and(|at| (1..=many).contains(&at)) {
        true => Ok(()),
        false => {
            let words = "选本机关已经公布的目录里的一件，没有的空着";
            Err(ActError::Field("juece", words.into()))
        }
    }
}

fn checked(said: &GatheringSaid) -> Result<GatheringSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = GatheringSaid {
        title: line(&said.title),
        matters: tidy(&said.matters),
        place: line(&said.place),
        held_at: line(&said.held_at),
        who: tidy(&said.who),
        groups: tidy(&said.groups),
        rule: tidy(&said.rule),
        telephone: line(&said.telephone),
        ..said.clone()
    };
    if said.title.is_empty() {
        return Err(ActError::Field("mingcheng", "写明活动的名称".into()));
    }
    for (field, text, most) in [
        ("mingcheng", &said.title, LONGEST_LINE),
        ("didian", &said.place, LONGEST_LINE),
        ("shijian", &said.held_at, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("shixiang", &said.matters, LONGEST_TEXT),
        ("shui", &said.who, LONGEST_TEXT),
        ("minge", &said.groups, LONGEST_TEXT),
        ("banfa", &said.rule, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    with_places(said)
}

/// Where nobody enrols, nothing is said of places.
fn with_places(said: GatheringSaid) -> Result<GatheringSaid, ActError> {
    let terms = said.kind.terms();
    if said.groups.is_empty() || terms.enrols == Enrols::Never {
        return Ok(GatheringSaid {
            groups: String::new(),
            placing: Placing::Arrival,
            rule: String::new(),
            enrol_until: None,
            ..said
        });
    }
    if !terms.placings.contains(&said.placing) {
        let words = format!("{}只能{}", terms.name, Placing::Arrival.name());
        return Err(ActError::Field("fangshi", words));
    }
    match Seats::read(&said.groups) {
        Ok(groups) if groups.len() <= MOST_GROUPS => {
            Ok(GatheringSaid { groups: Seats::written(&groups), ..said })
        }
        Ok(_) => Err(ActError::Field("minge", format!("不超过 {MOST_GROUPS} 方"))),
        Err(bad) => Err(ActError::Field("minge", bad.to_string())),
    }
}

/// What a draft lacks before it may be handed in, on a day.
pub fn lacks(said: &GatheringSaid, today: Date) -> Vec<GatheringLack> {
    let terms = said.kind.terms();
    let enrols = !said.seats().is_empty();
    let bare = [
        (said.matters.is_empty(), "写明说什么事、讲什么政策"),
        (said.place.is_empty() || said.held_at.is_empty(), "写明几点、在哪里"),
        (said.held_on.is_none(), "写明哪一天"),
        (said.who.is_empty(), "写明谁可以来"),
        (said.telephone.is_empty(), "写明联系电话"),
        (terms.enrols == Enrols::Always && !enrols, "写明各方各几个名额"),
        (enrols && said.enrol_until.is_none(), "写明报名到哪一天"),
        (
            enrols && said.placing == Placing::Chosen && said.rule.is_empty(),
            "写明怎样选定参加人，随公告公布",
        ),
    ];
    let bare = bare.into_iter().filter(|(lacks, _)| *lacks);
    let mut all: Vec<GatheringLack> = bare
        .map(|(_, words)| GatheringLack { words: words.to_owned(), basis: terms.basis })
        .collect();
    all.extend(said.days().map(|days| days.lacks(today, terms.basis)).unwrap_or_default());
    all
}

/// All that is lacking in one sentence; nothing where nothing is.
fn all_words(lacks: &[GatheringLack]) -> Option<String> {
    in_words(lacks.iter().map(|lack| (lack.words.as_str(), lack.basis)))
}

draft_acts!(Gathering);

/// How the notice becomes public.
static RELEASE: Release<Gathering> = Release {
    step: GatheringStep::Open,
    piece: Gathering::NOTICE,
    fits: |of, today| in_time(all_words(&lacks(&of.said, today))),
    told: |of| {
        let facts = json!({ "kind": of.said.kind.terms().word, "held_on": of.said.held_on });
        ("gathering", basis(of), facts)
    },
    subject: |id| inscribed::subject(id, ""),
    path: Gathering::path,
};

/// How notices of gatherings are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "活动公告",
    content: |from, id| Box::pin(content(from, id, signed)),
    publish: |desk, _, approved| Box::pin(release(desk, approved, &RELEASE, inscribed::leaf)),
    ..PLAIN
};

fn signed(of: &Gathering, draft: String, decision: String) -> Option<Content> {
    if of.opened_on.is_some() {
        return None;
    }
    let said = &of.said;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let empty = blank(of, &said.title);
    let whole = empty
        .part("种类", said.kind.name())
        .part("事项", &said.matters)
        .part("时间", format!("{} {}", day(said.held_on), said.held_at))
        .part("地点", &said.place)
        .part("谁可以来", &said.who)
        .part("联系电话", &said.telephone)
        .part("关联的征求意见", draft)
        .part("关联的决策", decision);
    if said.groups.is_empty() {
        return Some(whole);
    }
    let whole = whole
        .part("名额", &said.groups)
        .part("报名截止", day(said.enrol_until))
        .part("名额怎样定", said.placing.name())
        .part("选定的办法", &said.rule);
    Some(whole)
}

/// What was handed in of a gathering comes back as soon as its review has ended without a publication.
pub(super) async fn comes_back(
    change: &Transaction,
    (kind, id): (&str, &str),
    told: (&str, &Event),
) -> Result<(), Fault> {
    let piece = match kind {
        KIND => Gathering::NOTICE,
        minutes::KIND => Gathering::RECORD,
        _ => return Ok(()),
    };
    publication::comes_back::<Gathering>(change, (kind, id), piece, told).await
}
