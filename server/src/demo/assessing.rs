//! What is assessed in the demo city: applications of the months before, answered by invented persons on their
//! days through the same acts, and the counts of the public quality board. Whoever asks is invented.

use std::collections::BTreeSet;

use assessment::acts::counting::{self, Which};
use identity::Role;
use jiff::{SignedDuration, Timestamp};
use law::{Date, WorkCalendar, WorkingDays};
use ledger::{Clock, Ledger};
use requests::acts::answer::{self, Draft};
use requests::acts::assignment::{self, Assignee};
use requests::acts::intake::{self, Intake, Way};
use requests::acts::proposal::{self, Wish};
use requests::store::{AnswerContent, AnswerItem, ProposalKind, ReviewStep};
use requests_rules::{
    Applicant, ApplicantClass, Application, Channel, Contact, DeliveryWay, Fact, IdentityProof,
    ProvidedForm, Wanted,
};
use review::Signatory;
use secrets::Sealer;
use web::AssessedSource;

use super::requests::refused;
use super::signing::{Staff, desk_of};
use crate::failure::{Exit, Failure};
use crate::rooms;

/// The day before which the demo's own past begins, and how far the applications reach back before it.
const FROM: i64 = 230;
const TO: i64 = 36;

/// Before the end nobody asks any more who would not be answered by then.
const LEAST: i64 = 32;

/// Whom people asked, and after how many working days each was answered, the earliest first. More than twenty
/// means an extension, unless it stands among [`LATE`].
const ASKED: [(&str, &[u32]); 9] = [
    ("XM01012", &[6, 12, 18, 9, 20, 15, 31, 8, 11, 17, 13, 19]),
    ("XM01025", &[4, 7, 19, 20, 3, 10, 12, 16, 9, 20]),
    ("XM01015", &[19, 20, 27, 14, 23, 20, 18, 36, 11]),
    ("XM02012", &[9, 20, 13, 8, 16, 19]),
    ("XM02015", &[20, 24, 17, 20, 12]),
    ("XM03012", &[5, 11, 18, 14, 9, 13, 7]),
    ("XM04010", &[16, 19, 22, 20, 12, 18]),
    ("XM05023", &[8, 15, 20]),
    ("XM00012", &[10, 13, 20, 18, 16, 9, 28, 14, 12, 17, 19, 11]),
];

/// These took longer than the law gives, and nobody extended them: organ and which one.
const LATE: [(&str, usize); 3] = [("XM01015", 4), ("XM02015", 1), ("XM04010", 2)];

/// What was asked for, in turn.
const TITLES: [&str; 6] = [
    "2025年度预算执行情况明细",
    "2026年专项补贴发放明细",
    "项目审批进度和批复文件",
    "招生范围调整的依据",
    "征收补偿方案和评估结果",
    "2025年行政许可办理统计",
];

/// An application from one day to another.
struct Asked {
    organ: &'static str,
    number: usize,
    received: Date,
    answered: Date,
    /// Whether it was extended while it could be.
    extended: bool,
}

/// What is done on a day.
enum Deed {
    Enter,
    Extend,
    Answer,
}

/// The clock of the demo's earliest day.
pub(super) fn months_ago() -> Clock {
    on(before(Clock::Wall.today(), FROM + 1))
}

fn before(today: Date, days: i64) -> Date {
    today.checked_sub(jiff::Span::new().days(days)).unwrap_or(today)
}

/// Ten in the morning in China.
fn on(day: Date) -> Clock {
    let noon = ledger::start_of_day(day).checked_add(SignedDuration::from_hours(10));
    Clock::Fixed(noon.unwrap_or(Timestamp::UNIX_EPOCH))
}

/// The applications, spread over the months, each answered before the demo's own past begins.
fn asked(today: Date, calendar: &WorkCalendar) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (at, (organ, taken)) in ASKED.into_iter().enumerate() {
        for (number, days) in taken.iter().enumerate() {
            let span = (FROM - TO - LEAST) / i64::try_from(taken.len()).unwrap_or(1).max(1);
            let days_ago =
                FROM - span * i64::try_from(number).unwrap_or(0) - i64::try_from(at).unwrap_or(0);
            let received = working(before(today, days_ago), calendar);
            let Ok(ended) = calendar.nth_working_day_after(received, WorkingDays(*days)) else {
                continue;
            };
            let extended = *days > 20 && !LATE.contains(&(organ, number));
            asked.push(Asked { organ, number, received, answered: ended.date, extended });
        }
    }
    asked.retain(|one| one.answered < before(today, TO));
    asked
}

/// The day itself where it is a working day, or the next that is.
fn working(day: Date, calendar: &WorkCalendar) -> Date {
    let before = day.yesterday().unwrap_or(day);
    calendar.nth_working_day_after(before, WorkingDays(1)).map_or(day, |counted| counted.date)
}

/// Enters and answers them, day after day. Nobody holds a post yet: persons act that stand for those who do.
pub(super) async fn ask(ledger: Ledger, sealer: &Sealer) -> Result<Ledger, Failure> {
    let (today, calendar) = (Clock::Wall.today(), ledger.calendar());
    let asked = asked(today, &calendar);
    let mut deeds: Vec<(Date, usize, Deed)> = Vec::new();
    for (at, one) in asked.iter().enumerate() {
        deeds.push((one.received, at, Deed::Enter));
        if one.extended {
            let ahead = calendar.nth_working_day_after(one.received, WorkingDays(17));
            deeds.push((ahead.map_or(one.received, |day| day.date), at, Deed::Extend));
        }
        deeds.push((one.answered, at, Deed::Answer));
    }
    deeds.sort_by_key(|(day, at, _)| (*day, *at));
    let staff = Staff::of(&ledger).await?;
    let mut keys = vec![String::new(); asked.len()];
    let mut ledger = ledger;
    for (day, at, deed) in deeds {
        ledger = ledger.with_clock(on(day));
        let office = Office { ledger: &ledger, sealer, staff: &staff };
        match deed {
            Deed::Enter => keys[at] = office.enter(&asked[at]).await?,
            Deed::Extend => office.extend(asked[at].organ, &keys[at]).await?,
            Deed::Answer => office.answer(asked[at].organ, &keys[at]).await?,
        }
    }
    Ok(ledger)
}

struct Office<'a> {
    ledger: &'a Ledger,
    sealer: &'a Sealer,
    staff: &'a Staff,
}

impl Office<'_> {
    fn someone(&self, organ: &str, role: Role) -> Signatory {
        self.staff.someone(organ, role, &mut BTreeSet::new())
    }

    async fn enter(&self, one: &Asked) -> Result<String, Failure> {
        let officer = self.someone(one.organ, Role::FoiOfficer);
        let head = self.someone(one.organ, Role::FoiHead);
        let title = TITLES[one.number % TITLES.len()];
        let intake = Intake {
            organ: one.organ.into(),
            application: application(one.number, title),
            way: Way { arrived_on: None, misdirected: false, confirmed_now: false },
            items: 1,
            files: Vec::new(),
            key: None,
        };
        let desk = desk_of(self.ledger, &officer).await?;
        let told = intake::register(desk, self.sealer, Some(&officer), intake).await;
        let id = told.map_err(refused)?.request;
        let (person, name) = (officer.person.clone(), officer.name.clone());
        let to = Assignee { unit: String::new(), officer: person, name };
        let desk = desk_of(self.ledger, &head).await?;
        assignment::assign(desk, &head, &id, to).await.map_err(refused)?;
        Ok(id)
    }

    async fn extend(&self, organ: &str, id: &str) -> Result<(), Failure> {
        let officer = self.someone(organ, Role::FoiOfficer);
        let head = self.someone(organ, Role::FoiHead);
        let wish = (
            Wish::Plain(ProposalKind::Extension { days: WorkingDays(20) }),
            "需要检索以前年度的档案（演示）",
        );
        let desk = desk_of(self.ledger, &officer).await?;
        let proposed = proposal::propose(desk, self.sealer, &officer, id, wish).await;
        let proposed = proposed.map_err(refused)?;
        let desk = desk_of(self.ledger, &head).await?;
        let decided = proposal::decide(desk, &head, &proposed.id, (true, "同意")).await;
        decided.map(drop).map_err(refused)
    }

    async fn answer(&self, organ: &str, id: &str) -> Result<(), Failure> {
        let officer = self.someone(organ, Role::FoiOfficer);
        let content = AnswerContent {
            items: vec![AnswerItem {
                asked: "申请的信息".into(),
                code: "G1".into(),
                facts: [(Fact::Whereabouts, "本站“财政信息”栏目（演示）。".into())].into(),
            }],
            body: "该信息已经主动公开（演示）。".into(),
            files: Vec::new(),
        };
        let draft = Draft { request: id.into(), answer: None, corrects: None, seen: 0, content };
        let desk = desk_of(self.ledger, &officer).await?;
        let (answer, version) = answer::save(desk, &officer, draft).await.map_err(refused)?;
        let desk = desk_of(self.ledger, &officer).await?;
        answer::submit(desk, self.sealer, &officer, &answer.id).await.map_err(refused)?;
        for (role, step) in [
            (Role::SecrecyReviewer, ReviewStep::Secrecy),
            (Role::LegalReviewer, ReviewStep::Legal),
            (Role::Approver, ReviewStep::Signature),
        ] {
            let by = self.someone(organ, role);
            let desk = desk_of(self.ledger, &by).await?;
            let seen = (answer.id.as_str(), version.hash.as_str());
            answer::review(desk, &by, seen, (step, true, "")).await.map_err(refused)?;
        }
        let desk = desk_of(self.ledger, &officer).await?;
        let letter = answer::issue(desk, self.sealer, &officer, &answer.id).await;
        letter.map(drop).map_err(refused)
    }
}

fn application(number: usize, title: &str) -> Application {
    Application {
        applicant: Applicant {
            name: format!("演示申请人{}", number + 1),
            class: ApplicantClass::NaturalPerson,
            proof: Some(IdentityProof::Other("演示0000".into())),
            contact: Contact {
                telephone: Some("13800000000".into()),
                address: Some("演示地址".into()),
                email: None,
            },
            agent: None,
        },
        wanted: Wanted { title: Some(title.into()), number: None, description: None },
        form: Some(ProvidedForm::Email),
        by: Some(DeliveryWay::Email),
        channel: Channel::Counter,
        read_back: true,
        assistance: None,
    }
}

/// Counts the board, as the background work does.
pub(super) async fn count(ledger: &Ledger) -> Result<(), Failure> {
    let counted = counting::keep(ledger, &sources(), Which::All).await;
    let failed = |error: assessment::acts::ActError| {
        let message = format!("演示城市的公开质量数字没有算好: {error}");
        Failure::new(Exit::Failure, message, error.remedy()).because(error)
    };
    counted.map(drop).map_err(failed)
}

/// What the rooms hand over.
fn sources() -> Vec<AssessedSource> {
    rooms::rooms().iter().filter_map(|room| room.assessed).collect()
}

#[cfg(test)]
mod tests {
    use law::{WorkCalendar, day};

    use super::{ASKED, TO, asked, before};

    #[test]
    fn on_whatever_day_the_demo_is_made_its_applications_were_answered_before_its_own_past() {
        let all: usize = ASKED.iter().map(|(_, taken)| taken.len()).sum();
        for today in [day(2026, 11, 26), day(2027, 3, 1), day(2028, 10, 8)] {
            let asked = asked(today, WorkCalendar::state_council());
            // One that would be answered later is left out.
            assert!(asked.len() * 10 >= all * 9, "{today}: {} of {all}", asked.len());
            let ended = asked.iter().map(|one| one.answered).max();
            assert!(ended < Some(before(today, TO)), "{today}: {ended:?}");
        }
    }
}
