//! Reading stories as the tables tell them: 2020-03-02 收到；2020-03-06 征求机关乙.

use law::{Date, WorkCalendar, WorkingDays};
use requests_rules::{Awaited, Consulted, Event, Explanation, Happening, Standing, tell};

/// A story on its own.
pub struct Story(Vec<Event>);

/// A row of the table.
pub struct Row {
    pub case: String,
    pub events: Vec<Event>,
    pub on: Date,
    pub expected: String,
}

/// The rows of a table: 情形 | 经过 | 看哪天 | 应有.
pub fn rows(table: &str) -> Vec<Row> {
    let lines = table.lines().filter(|line| line.starts_with("| "));
    let cells = lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect());
    let cells = cells.filter(|cells: &Vec<&str>| cells.first() != Some(&"情形"));
    let row = |cells: Vec<&str>| Row {
        case: cells[0].to_owned(),
        events: Story::read(cells[1]).0,
        on: cells[2].parse().expect("a day"),
        expected: cells[3].to_owned(),
    };
    cells.map(row).collect()
}

impl Row {
    /// What comes out, written as the table writes it.
    pub fn outcome(&self, calendar: &WorkCalendar) -> String {
        let told = tell(&self.events, calendar).expect("in reach");
        let mut words = match told.clock {
            None => "没有期限".to_owned(),
            Some(clock) => written(&clock.standing(self.on, calendar).expect("in reach")),
        };
        for (place, refused) in told.refused {
            let basis = match refused.basis.place() {
                place if place.is_empty() => refused.basis.name().to_owned(),
                place => place,
            };
            words += &format!(" 不准{} {basis}", place + 1);
        }
        words
    }
}

fn written(standing: &Standing) -> String {
    let mut words = standing.name().to_owned();
    if let Some(due) = standing.due() {
        words += &format!(" {}", due.date);
    }
    match standing {
        Standing::Running { left, .. } => words += &format!(" 剩{}", left.0),
        Standing::Overdue { over, .. } => words += &format!(" 过{}", over.0),
        Standing::Abandoned { on, .. } | Standing::Withdrawn { on } => {
            words += &format!(" {on} {}", standing.closing_code().expect("closed without a reply"));
        }
        Standing::Stopped { .. } | Standing::Replied { .. } => {}
    }
    if standing.due().is_some_and(|due| due.provisional) {
        words += " 暂定";
    }
    words
}

impl Story {
    /// Reads a story.
    pub fn read(text: &str) -> Self {
        let event = |step: &str| {
            let (on, what) = step.trim().split_once(' ').expect("a day and what happened");
            let on = on.parse().expect("a day");
            Event::new(on, happening(what, on))
        };
        Self(text.split('；').map(event).collect())
    }

    /// Its events.
    pub fn events(&self) -> &[Event] {
        &self.0
    }

    /// Explained to the officer and to the applicant.
    pub fn explained(&self, on: Date) -> (String, String) {
        let calendar = WorkCalendar::state_council();
        let clock = tell(&self.0, calendar).expect("in reach").clock.expect("received");
        let said = Explanation::of(&clock, on, calendar).expect("in reach");
        let lines = |lines: Vec<&str>| lines.join("\n");
        (lines(said.for_officer().collect()), lines(said.for_applicant().collect()))
    }
}

fn happening(what: &str, on: Date) -> Happening {
    if let Some(letter) = what.strip_prefix("征求") {
        let (whom, served) = served(letter);
        let (of, who) = party(whom);
        return Happening::OpinionAsked { of, who, served };
    }
    if let Some(notice) = what.strip_prefix("再补正告知").or(what.strip_prefix("补正告知"))
    {
        let (days, served) = match notice.strip_suffix("未收到") {
            Some(days) => (days, None),
            None => (notice, Some(on)),
        };
        let days = days.parse().ok().map(WorkingDays);
        return Happening::CorrectionAsked { days, supervisor: what.starts_with('再'), served };
    }
    if let Some(letter) = what.strip_prefix("送达") {
        return Happening::Served { letter: letter_of(letter) };
    }
    if let Some(days) = what.strip_prefix("延长") {
        let (days, approved) = match days.strip_suffix("未批准") {
            Some(days) => (days, false),
            None => (days, true),
        };
        return Happening::Extended { days: WorkingDays(days.parse().expect("days")), approved };
    }
    if let Some(until) = what.strip_prefix("延迟到") {
        return Happening::Delayed { until: until.parse().expect("a day") };
    }
    if let Some(whom) = what.strip_suffix("反馈") {
        let (of, who) = party(whom);
        return Happening::OpinionGiven { of, who };
    }
    if let Some(letter) = what.strip_prefix("收费通知") {
        return Happening::FeeNoticed { served: served(letter).1 };
    }
    match what {
        "收到" => Happening::Received,
        "补正" => Happening::CorrectionReceived { excuse: false },
        "补正有理由" => Happening::CorrectionReceived { excuse: true },
        "缴费" => Happening::FeePaid,
        "答复" => Happening::Replied,
        "撤回" => Happening::Withdrawn,
        other => panic!("a story does not know {other}"),
    }
}

fn served(letter: &str) -> (&str, Option<Date>) {
    match letter.split_once('→') {
        Some((whom, served)) => (whom, Some(served.parse().expect("a day"))),
        None => (letter.strip_suffix("未收到").unwrap_or(letter), None),
    }
}

fn party(whom: &str) -> (Consulted, String) {
    let kinds = [
        ("第三方", Consulted::ThirdParty),
        ("共同机关", Consulted::JointMaker),
        ("机关", Consulted::OtherOrgan),
    ];
    let found = kinds.into_iter().find_map(|(kind, of)| Some((of, whom.strip_prefix(kind)?)));
    let (of, who) = found.expect("somebody");
    (of, who.to_owned())
}

fn letter_of(letter: &str) -> Awaited {
    match letter {
        "补正" => Awaited::Correction,
        "收费通知" => Awaited::Payment,
        whom => {
            let (of, who) = party(whom);
            Awaited::Opinion { of, who }
        }
    }
}
