//! What may be done with a unit, by whom, and what it becomes. No clock, no store: the state a unit is in
//! and one act give the next state or a refusal.
//!
//! Every step is bound to the hash of what is signed; whoever acts is shown the content as it is now, and
//! if its hash is another, nothing is done (access policy: one changed character ends a review).

use std::collections::BTreeSet;

use law::{
    CalendarGap, Counted, Date, Dated, NotInForce, Provision, WorkCalendar, WorkingDays, article,
    day, document,
};
use web::ContentHash;

use crate::refused::Refused;
use crate::{Course, Demand, Signatory, Step, Verdict};

/// 先审查、后公开: on what a publication rests besides its own article.
pub const REVIEW_FIRST: Provision = article("政府信息公开条例", 17);

/// How long after an urgent publication the 初审 may follow (docs/readings/062).
pub const LATE_REVIEW: Dated<WorkingDays> =
    Dated::since(&[(day(2016, 7, 30), WorkingDays(1), document("国办发〔2016〕80号"))]);

/// Why no day can be told by which the 初审 must follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoLateDay {
    /// The urgent path was not open on that day.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
    /// The working calendar does not reach it.
    #[error(transparent)]
    Gap(#[from] CalendarGap),
}

/// By when the 初审 of what was published on a day in the urgent path must follow.
///
/// # Errors
/// No such day can be told: then it is not published in the urgent path.
pub fn late_review_due(published: Date, calendar: &WorkCalendar) -> Result<Counted, NoLateDay> {
    let period = LATE_REVIEW.on(published)?;
    Ok(calendar.nth_working_day_after(published, period.value)?)
}

/// Where a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// 审查中.
    InReview,
    /// 已签发，待发布.
    Signed,
    /// 定时发布.
    Scheduled,
    /// 已发布.
    Published,
    /// 退回.
    Returned,
    /// 撤回送审.
    Withdrawn,
    /// 内容已改动，审查失效.
    Lapsed,
}

impl State {
    const WORDS: [(Self, &'static str, &'static str); 7] = [
        (Self::InReview, "in_review", "审查中"),
        (Self::Signed, "signed", "待发布"),
        (Self::Scheduled, "scheduled", "定时发布"),
        (Self::Published, "published", "已发布"),
        (Self::Returned, "returned", "已退回"),
        (Self::Withdrawn, "withdrawn", "已撤回"),
        (Self::Lapsed, "lapsed", "内容改动，审查失效"),
    ];

    /// The word stored for it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }

    /// The state stored under a word.
    pub fn kept(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, own, _)| *own == word).map(|(state, ..)| *state)
    }

    /// Whether nothing more comes of it.
    pub fn is_ended(self) -> bool {
        !matches!(self, Self::InReview | Self::Signed | Self::Scheduled)
    }
}

/// A step that was passed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passed {
    /// Which of the demands.
    pub demand: usize,
    /// As whom its taker counts.
    pub persons: BTreeSet<String>,
}

/// A unit as far as rules need to know it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Review {
    /// The organ whose unit it is.
    pub organ: String,
    /// What is signed.
    pub hash: ContentHash,
    /// Whoever wrote, changed or submitted it.
    pub authors: BTreeSet<String>,
    /// The steps demanded.
    pub course: Course,
    /// Those passed.
    pub passed: Vec<Passed>,
    /// 应急: who declared it, as whom he counts; empty in the usual course.
    pub urgent: BTreeSet<String>,
    /// As whom the one counts who released it; empty before.
    pub released: BTreeSet<String>,
    /// Where it is.
    pub state: State,
}

/// Which step is taken, and with what verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking<'a> {
    /// The step.
    pub step: Step,
    /// With whom, where several of one kind are demanded.
    pub partner: &'a str,
    /// What is said.
    pub verdict: &'a Verdict,
}

impl Review {
    /// A unit just submitted.
    pub fn begin(
        organ: String,
        hash: ContentHash,
        authors: BTreeSet<String>,
        course: Course,
    ) -> Self {
        let (passed, urgent, released) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        Self { organ, hash, authors, course, passed, urgent, released, state: State::InReview }
    }

    /// Whether the urgent path was opened.
    pub fn is_urgent(&self) -> bool {
        !self.urgent.is_empty()
    }

    /// The demands that may be passed now. In the urgent path nothing waits for the 初审.
    pub fn open(&self) -> Vec<usize> {
        let late = self.state == State::Published;
        let takes = matches!(self.state, State::InReview | State::Signed | State::Scheduled);
        let lacking = |at: usize| self.passed.iter().all(|passed| passed.demand != at);
        let all: Vec<(usize, &Demand)> = self.course.demands().iter().enumerate().collect();
        let lacks = all.into_iter().filter(|(at, _)| lacking(*at));
        if self.is_urgent() {
            let (first, rest): (Vec<_>, Vec<_>) =
                lacks.partition(|(_, demand)| demand.step == Step::First);
            let next = rest.first().map(|(_, demand)| demand.step);
            let rest = rest.into_iter().filter(|(_, demand)| Some(demand.step) == next && takes);
            let first = first.into_iter().filter(|_| late || takes);
            return first.chain(rest).map(|(at, _)| at).collect();
        }
        let lacks: Vec<_> = lacks.collect();
        let next = lacks.first().map(|(_, demand)| demand.step);
        let now = lacks.into_iter().filter(|(_, demand)| takes && Some(demand.step) == next);
        now.map(|(at, _)| at).collect()
    }

    /// Whether everything was passed that must be before publication.
    pub fn is_cleared(&self) -> bool {
        let passed = |at: usize| self.passed.iter().any(|passed| passed.demand == at);
        let waived = |demand: &Demand| self.is_urgent() && demand.step == Step::First;
        let mut all = self.course.demands().iter().enumerate();
        all.all(|(at, demand)| passed(at) || waived(demand))
    }

    /// Whether the 初审 of an urgent publication is still to follow.
    pub fn owes_first(&self) -> bool {
        let passed = |at: usize| self.passed.iter().any(|passed| passed.demand == at);
        let mut all = self.course.demands().iter().enumerate();
        self.is_urgent() && all.any(|(at, demand)| demand.step == Step::First && !passed(at))
    }

    /// Takes a step. Answers the unit as it is then and which demand was met.
    ///
    /// # Errors
    /// It is not its turn, the content is another, or this person may not take it.
    pub fn take(
        mut self,
        taking: &Taking<'_>,
        by: &Signatory,
        content: &ContentHash,
    ) -> Result<(Self, usize), Refused> {
        let at = self.turn(taking)?;
        self.same_content(content)?;
        self.may_take(at, by)?;
        match taking.verdict {
            Verdict::Return(reason) if reason.trim().is_empty() => return Err(Refused::NoReason),
            // What is out already is not called back by a verdict; the late objection stands.
            Verdict::Return(_) if self.state == State::Published => {}
            Verdict::Return(_) => self.state = State::Returned,
            Verdict::Pass => {
                let persons = by.persons().map(str::to_owned).collect();
                self.passed.push(Passed { demand: at, persons });
                if self.state == State::InReview && self.is_cleared() {
                    self.state = State::Signed;
                }
            }
        }
        Ok((self, at))
    }

    /// Which demand it is, and that it may be met now.
    fn turn(&self, taking: &Taking<'_>) -> Result<usize, Refused> {
        let mut all = self.course.demands().iter().enumerate();
        let is_it = |demand: &Demand| {
            demand.step == taking.step
                && (taking.partner.is_empty() || demand.partner == taking.partner)
        };
        let open = self.open();
        let meant = |(at, demand): &(usize, &Demand)| is_it(demand) && open.contains(at);
        if let Some((at, _)) = all.clone().find(meant) {
            return Ok(at);
        }
        if self.state.is_ended() {
            return Err(Refused::Ended(self.state));
        }
        let Some((at, _)) = all.find(|(_, demand)| is_it(demand)) else {
            return Err(Refused::NotDemanded(taking.step));
        };
        if self.passed.iter().any(|passed| passed.demand == at) {
            return Err(Refused::PassedAlready(taking.step));
        }
        Err(Refused::NotItsTurn(taking.step, self.waits_for()))
    }

    /// The step it waits for now. In the urgent path nothing waits for the 初审 before it is published.
    pub fn waits_for(&self) -> Option<Step> {
        let step = |at: usize| self.course.demands().get(at).map(|one| one.step);
        let open: Vec<Step> = self.open().into_iter().filter_map(step).collect();
        open.iter().find(|step| **step != Step::First).or(open.first()).copied()
    }

    fn may_take(&self, at: usize, by: &Signatory) -> Result<(), Refused> {
        let Some(demand) = self.course.demands().get(at) else {
            return Err(Refused::Ended(self.state));
        };
        let step = demand.step;
        let from_there = match (step, step.has_partner()) {
            (Step::CoSign, _) => by.organ == self.organ && by.unit == demand.partner,
            (_, true) => by.organ == demand.partner,
            (_, false) => by.organ == self.organ,
        };
        if !from_there || !by.is_one_of(step.roles()) {
            return Err(Refused::NotYours(step));
        }
        self.is_apart(by, |taken| !taken.may_share_a_person(step))?;
        // Whoever opened the urgent path signs it, or does nothing more.
        let opened = by.persons().any(|person| self.urgent.contains(person));
        let released = by.persons().any(|person| self.released.contains(person));
        if (opened && step != Step::Signature) || released {
            return Err(Refused::OpenedIt(step));
        }
        Ok(())
    }

    /// That this person wrote nothing of it, and took no earlier step that keeps apart.
    fn is_apart(&self, by: &Signatory, apart: impl Fn(Step) -> bool) -> Result<(), Refused> {
        if by.persons().any(|person| self.authors.contains(person)) {
            return Err(Refused::Author);
        }
        let steps = self.course.demands();
        let taken = self.passed.iter().filter_map(|passed| {
            let demand = steps.get(passed.demand)?;
            by.persons().any(|own| passed.persons.contains(own)).then_some(demand.step)
        });
        match taken.into_iter().find(|step| apart(*step)) {
            Some(step) => Err(Refused::TookAnother(step)),
            None => Ok(()),
        }
    }

    fn same_content(&self, content: &ContentHash) -> Result<(), Refused> {
        if *content == self.hash { Ok(()) } else { Err(Refused::ContentChanged) }
    }

    /// 撤回送审, by whoever wrote or submitted it.
    ///
    /// # Errors
    /// It has ended, or the person has no part in it.
    pub fn withdraw(mut self, by: &Signatory) -> Result<Self, Refused> {
        if self.state.is_ended() {
            return Err(Refused::Ended(self.state));
        }
        if !by.persons().any(|person| self.authors.contains(person)) {
            return Err(Refused::NotAuthor);
        }
        self.state = State::Withdrawn;
        Ok(self)
    }

    /// 应急: from now on nothing waits for the 初审. 保密审查 and 签发 still come first, and the author, the
    /// secrecy reviewer and the signer are three persons.
    ///
    /// # Errors
    /// It is no longer in review, is urgent already, lacks a reason, or the person may not sign it.
    pub fn hasten(mut self, by: &Signatory, reason: &str) -> Result<Self, Refused> {
        if self.state != State::InReview {
            return Err(Refused::Ended(self.state));
        }
        if self.is_urgent() {
            return Err(Refused::UrgentAlready);
        }
        if reason.trim().is_empty() {
            return Err(Refused::NoReason);
        }
        if by.organ != self.organ || !by.is_one_of(Step::Signature.roles()) {
            return Err(Refused::NotYours(Step::Signature));
        }
        self.is_apart(by, |_| true)?;
        self.urgent = by.persons().map(str::to_owned).collect();
        if self.is_cleared() {
            self.state = State::Signed;
        }
        Ok(self)
    }

    /// That this person may release it, now or at a set time.
    fn may_release(&self, by: &Signatory, roles: &[&str]) -> Result<(), Refused> {
        if !matches!(self.state, State::Signed | State::Scheduled) {
            return Err(match self.state {
                State::InReview => Refused::NotCleared(self.waits_for()),
                other => Refused::Ended(other),
            });
        }
        // What goes out before its 初审 is answered for by a signer, who is not the secrecy reviewer.
        let urgent = self.owes_first();
        let roles = if urgent { Step::Signature.roles() } else { roles };
        if by.organ != self.organ || !by.is_one_of(roles) {
            return Err(Refused::NotReleaser);
        }
        self.is_apart(by, |step| step == Step::Legal || (urgent && step != Step::Signature))
    }

    /// 定时发布: the worker releases it at its time. `roles` are those in which such things are released.
    ///
    /// # Errors
    /// It is not signed, the content is another, or the person may not release it.
    pub fn schedule(
        mut self,
        by: &Signatory,
        roles: &[&str],
        content: &ContentHash,
    ) -> Result<Self, Refused> {
        self.may_release(by, roles)?;
        self.same_content(content)?;
        self.state = State::Scheduled;
        Ok(self)
    }

    /// The set time is given up; it waits for release again.
    ///
    /// # Errors
    /// No time is set, or the person may not release it.
    pub fn unschedule(mut self, by: &Signatory, roles: &[&str]) -> Result<Self, Refused> {
        if self.state != State::Scheduled {
            return Err(Refused::NotScheduled);
        }
        self.may_release(by, roles)?;
        self.state = State::Signed;
        Ok(self)
    }

    /// 发布: at once, or by the worker for whoever set the time. `roles` are those in which such things are
    /// released.
    ///
    /// # Errors
    /// It is not signed, the content is another, or the person may not release it.
    pub fn publish(
        mut self,
        by: &Signatory,
        roles: &[&str],
        content: &ContentHash,
    ) -> Result<Self, Refused> {
        self.may_release(by, roles)?;
        self.same_content(content)?;
        self.released = by.persons().map(str::to_owned).collect();
        self.state = State::Published;
        Ok(self)
    }

    /// The content was found to be another than what was signed: nothing of the review is left.
    ///
    /// # Errors
    /// It has ended.
    pub fn lapse(mut self) -> Result<Self, Refused> {
        if self.state.is_ended() {
            return Err(Refused::Ended(self.state));
        }
        self.state = State::Lapsed;
        Ok(self)
    }
}
