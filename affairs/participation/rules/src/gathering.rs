//! 活动 (条例第十四条; 67号三（三）): 座谈会、实地走访、列席会议、政策大讲堂、问政. One concept: how the kinds differ is
//! data. Which step follows which is a table; who moves up when somebody cancels is worked out here (docs/readings/305).

mod stage;

use jiff::ToSpan;
use law::{
    CalendarDays, CalendarGap, Date, Provision, WorkCalendar, WorkingDays, article, document,
};

use crate::{DECISIONS, NOTICE_2020, Seats};

pub use stage::{GatheringStage, GatheringStep};

/// 第十四条: the ways in which people are heard.
const HEARD: Provision = article(DECISIONS, 14);

/// 三（三）: whom government meetings are open to, and what is organised beside them.
const OPENED: Provision = document(NOTICE_2020);

/// So long one may enrol at least: our reading (docs/readings/305).
const ENROLMENT: CalendarDays = CalendarDays(3);

/// So long before it those who come are chosen and told: our reading (docs/readings/305).
const CHOOSING: CalendarDays = CalendarDays(2);

/// So many working days after it the record should be public: our reading (docs/readings/305).
const RECORDED_WITHIN: WorkingDays = WorkingDays(10);

/// What kind of gathering it is; the list is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GatheringKind {
    /// 座谈会.
    Discussion,
    /// 实地走访.
    Visit,
    /// 列席会议.
    Attendance,
    /// 政策大讲堂.
    Lecture,
    /// 问政.
    Questioning,
}

/// Whether one enrols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Enrols {
    /// There are places, and one enrols for them.
    Always,
    /// Where the notice gives places; otherwise one is invited, or comes.
    AsNoticed,
    /// The office goes to people.
    Never,
}

/// By what those who enrol get their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placing {
    /// 先报先得.
    Arrival,
    /// 按公布的办法选定.
    Chosen,
}

/// How a kind differs from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatheringTerms {
    /// As a column keeps the kind.
    pub word: &'static str,
    /// As people read it.
    pub name: &'static str,
    /// Who may come, as a draft begins.
    pub who: &'static str,
    /// The groups and their places, one on a line, as a draft begins.
    pub groups: &'static str,
    /// Whether one enrols.
    pub enrols: Enrols,
    /// The ways places may be given; the first as a draft begins.
    pub placings: &'static [Placing],
    /// What is published after it.
    pub record: &'static str,
    /// What that says.
    pub record_says: &'static str,
    /// Says who.
    pub basis: Provision,
}

const BOTH: &[Placing] = &[Placing::Arrival, Placing::Chosen];

const DISCUSSION: GatheringTerms = GatheringTerms {
    word: "discussion",
    name: "座谈会",
    who: "受这件事影响的人、利益相关方和专家。",
    groups: "利益相关方 10\n群众代表 10\n专家 3",
    enrols: Enrols::AsNoticed,
    placings: BOTH,
    record: "座谈会纪要",
    record_says: "谁召集、来了哪几方、各方说了什么、哪些意见研究吸收、哪些没有吸收和为什么。",
    basis: HEARD,
};

const VISIT: GatheringTerms = GatheringTerms {
    word: "visit",
    name: "实地走访",
    who: "走访地点的住户、商户和单位。",
    groups: "",
    enrols: Enrols::Never,
    placings: &[Placing::Arrival],
    record: "走访情况",
    record_says: "走访了哪里、听到哪些意见、看到什么问题、怎么办。",
    basis: HEARD,
};

const ATTENDANCE: GatheringTerms = GatheringTerms {
    word: "attendance",
    name: "列席会议",
    who: "和议题有利害关系的人、群众代表、专家和媒体。",
    groups: "利益相关方 3\n群众代表 5\n专家 2\n媒体 2",
    enrols: Enrols::Always,
    placings: BOTH,
    record: "会议情况",
    record_says: "议题、哪几方列席、列席人说了什么、会议怎么回应、议定了什么。依法不公开的不写。",
    basis: OPENED,
};

const LECTURE: GatheringTerms = GatheringTerms {
    word: "lecture",
    name: "政策大讲堂",
    who: "谁都可以来。",
    groups: "听众 100",
    enrols: Enrols::AsNoticed,
    placings: &[Placing::Arrival],
    record: "讲座内容",
    record_says: "讲了什么政策、大家问了什么、怎么答的。",
    basis: OPENED,
};

const QUESTIONING: GatheringTerms = GatheringTerms {
    word: "questioning",
    name: "问政",
    who: "要当面问政府工作的人和媒体。",
    groups: "群众代表 20\n媒体 5",
    enrols: Enrols::AsNoticed,
    placings: BOTH,
    record: "问政实录",
    record_says: "谁来答、问了什么、怎么答的、答应办的哪天办好。",
    basis: OPENED,
};

impl GatheringKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Discussion, Self::Visit, Self::Attendance, Self::Lecture, Self::Questioning];

    /// How it differs.
    pub fn terms(self) -> &'static GatheringTerms {
        match self {
            Self::Discussion => &DISCUSSION,
            Self::Visit => &VISIT,
            Self::Attendance => &ATTENDANCE,
            Self::Lecture => &LECTURE,
            Self::Questioning => &QUESTIONING,
        }
    }

    /// The kind a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.terms().word == word)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        self.terms().name
    }
}

impl Placing {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Arrival, Self::Chosen];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Chosen => "chosen",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arrival => "先报先得",
            Self::Chosen => "按公布的办法选定",
        }
    }

    /// The one a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What a notice lacks before it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatheringLack {
    /// What to do.
    pub words: String,
    /// Says who.
    pub basis: Provision,
}

/// When one enrols and comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatheringDays {
    /// The last day on which one enrols; none where nobody does.
    pub enrol_until: Option<Date>,
    /// The day it is held.
    pub held_on: Date,
    /// By what places are given.
    pub placing: Placing,
}

impl GatheringDays {
    /// What is wrong with them for a notice of this day, with the provision of its kind.
    pub fn lacks(self, today: Date, basis: Provision) -> Vec<GatheringLack> {
        let mut lacks = Vec::new();
        let mut lack = |words: String| lacks.push(GatheringLack { words, basis });
        if self.held_on <= today {
            lack("活动要在公布以后，写今天以后的日子".to_owned());
        }
        let Some(last) = self.enrol_until else { return lacks };
        let least = today.saturating_add(i64::from(ENROLMENT.0).days());
        if last < least {
            let days = ENROLMENT.0;
            lack(format!("报名至少留 {days} 天：今天公布的，报名到 {least} 或者以后"));
        }
        let room = match self.placing {
            Placing::Arrival => 0,
            Placing::Chosen => i64::from(CHOOSING.0),
        };
        if last.saturating_add(room.days()) >= self.held_on {
            lack(match self.placing {
                Placing::Arrival => "报名要在活动以前截止".to_owned(),
                Placing::Chosen => {
                    format!("报名截止以后留 {room} 天以上选定、通知，再开")
                }
            });
        }
        lacks
    }
}

/// The day by which what is published after it should be public.
///
/// # Errors
/// The calendar does not reach it.
pub fn record_due(held_on: Date, calendar: &WorkCalendar) -> Result<Date, CalendarGap> {
    Ok(calendar.nth_working_day_after(held_on, RECORDED_WITHIN)?.date)
}

/// One who enrolled and has neither cancelled nor been excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// The number: who enrolled first has the smaller.
    pub number: i64,
    /// The group, from 1.
    pub group: usize,
    /// Has a place.
    pub placed: bool,
}

impl Queued {
    /// Whose turn it is: the numbers that get the places which are free, group by group, the first first.
    pub fn moved_up(groups: &[Seats], queue: &[Self]) -> Vec<i64> {
        let mut up = Vec::new();
        for (group, seats) in (1_usize..).zip(groups) {
            let own = || queue.iter().filter(move |one| one.group == group);
            let taken = own().filter(|one| one.placed).count();
            let all = usize::try_from(seats.seats).unwrap_or_default();
            let mut waiting: Vec<i64> =
                own().filter(|one| !one.placed).map(|one| one.number).collect();
            waiting.sort_unstable();
            up.extend(waiting.into_iter().take(all.saturating_sub(taken)));
        }
        up
    }

    /// The place of a number among those of its group that wait, from 1; none where it does not wait.
    pub fn place(queue: &[Self], number: i64) -> Option<usize> {
        let own = queue.iter().find(|one| one.number == number && !one.placed)?;
        let before = |one: &&Self| one.group == own.group && !one.placed && one.number < number;
        Some(queue.iter().filter(before).count() + 1)
    }

    /// How many places of a group are free.
    pub fn free(groups: &[Seats], queue: &[Self], group: usize) -> usize {
        let seats = group.checked_sub(1).and_then(|at| groups.get(at));
        let all = seats.and_then(|own| usize::try_from(own.seats).ok()).unwrap_or_default();
        all.saturating_sub(queue.iter().filter(|one| one.group == group && one.placed).count())
    }
}
