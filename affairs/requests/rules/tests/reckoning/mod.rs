//! The reply clock once more, as a clerk would keep it with a wall calendar: day by day, by numbers of
//! days, sharing nothing with the rules but the table of working days.

use law::{Date, WorkCalendar};
use requests_rules::{Awaited, Event, Happening, Standing};

/// Days are numbered from this one.
const FIRST: Date = law::day(2016, 1, 1);

/// Which days are worked.
pub struct Table {
    worked: Vec<bool>,
}

impl Table {
    pub fn new(calendar: &WorkCalendar) -> Self {
        let days = std::iter::successors(Some(FIRST), |day| day.tomorrow().ok());
        let worked = days.take_while(|day| day.year() < 2045);
        let worked = worked.map(|day| calendar.is_working_day(day).expect("in reach").value);
        Self { worked: worked.collect() }
    }

    fn is_worked(&self, day: i32) -> bool {
        self.worked[usize::try_from(day).expect("after the first")]
    }

    fn nth(&self, mut day: i32, n: u32) -> i32 {
        for _ in 0..n {
            day += 1;
            while !self.is_worked(day) {
                day += 1;
            }
        }
        day
    }

    fn between(&self, after: i32, through: i32) -> u32 {
        (after + 1..=through).filter(|day| self.is_worked(*day)).count() as u32
    }
}

fn number(day: Date) -> i32 {
    FIRST.until(day).expect("near").get_days()
}

struct Letter {
    third_party: bool,
    limited: bool,
    who: String,
    served: bool,
    /// The last day, once served and where there is one.
    last: Option<i32>,
    given: bool,
    over: bool,
    counts: bool,
}

enum State {
    Open,
    /// For a correction (true) or a payment, until a day.
    Waiting(bool, u32, Option<i32>),
    Replied {
        on: i32,
        due: Option<i32>,
    },
    Withdrawn,
}

pub struct Reckoning<'table> {
    table: &'table Table,
    new: bool,
    fees: bool,
    today: i32,
    from: i32,
    correct_from: i32,
    corrections: u32,
    base: u32,
    extra: u32,
    extended: u32,
    used: u32,
    /// The day on which the last of the days was used.
    last_used: i32,
    delayed: Option<i32>,
    letters: Vec<Letter>,
    state: State,
}

/// How things stand by this reckoning.
#[derive(Debug, PartialEq, Eq)]
pub enum Reckoned {
    Running { due: i32, left: u32 },
    Overdue { due: i32, over: u32 },
    Stopped,
    Replied { on: i32, due: Option<i32> },
    Abandoned { on: i32 },
    Withdrawn,
}

impl Reckoned {
    pub fn agrees_with(&self, standing: &Standing, _: &Table) -> bool {
        let same = match standing {
            Standing::Running { due, left } => {
                Self::Running { due: number(due.date), left: left.0 }
            }
            Standing::Overdue { due, over } => {
                Self::Overdue { due: number(due.date), over: over.0 }
            }
            Standing::Stopped { .. } => Self::Stopped,
            Standing::Replied { on, due, in_time } => {
                let due = due.map(|due| number(due.date));
                if *in_time != due.is_none_or(|due| number(*on) <= due) {
                    return false;
                }
                Self::Replied { on: number(*on), due }
            }
            Standing::Abandoned { on, .. } => Self::Abandoned { on: number(*on) },
            Standing::Withdrawn { .. } => Self::Withdrawn,
        };
        *self == same
    }
}

impl<'table> Reckoning<'table> {
    pub fn start(table: &'table Table, received: Date) -> Self {
        let new = received >= law::day(2019, 5, 15);
        let from = number(received);
        Self {
            table,
            new,
            fees: received >= law::day(2021, 1, 1),
            today: from,
            from,
            correct_from: from,
            corrections: 0,
            base: if new { 20 } else { 15 },
            extra: 0,
            extended: 0,
            used: 0,
            last_used: from,
            delayed: None,
            letters: Vec::new(),
            state: State::Open,
        }
    }

    /// Lets the days pass, one by one.
    pub fn advance(&mut self, to: Date) {
        while self.today < number(to) {
            self.today += 1;
            for letter in &mut self.letters {
                letter.over |= letter.last.is_some_and(|last| self.today > last);
            }
            let stopped = self.letters.iter().any(Letter::stops);
            let counts = matches!(self.state, State::Open) && self.used < self.base + self.extra;
            if counts && !stopped && self.table.is_worked(self.today) {
                self.used += 1;
                self.last_used = self.today;
            }
        }
    }

    /// The last day: set, reached already, or to come if nothing stops the clock.
    fn due(&self) -> Option<i32> {
        let stopped = self.letters.iter().any(Letter::stops);
        let reached = self.used == self.base + self.extra;
        match self.delayed {
            None if stopped && !reached => None,
            None => Some(self.due_at_best()),
            delayed => delayed,
        }
    }

    /// The same if everything awaited were answered today.
    fn due_at_best(&self) -> i32 {
        match self.base + self.extra - self.used {
            0 => self.last_used,
            left => self.table.nth(self.today, left),
        }
    }

    pub fn standing(&self) -> Reckoned {
        match self.state {
            State::Open => match self.due() {
                None => Reckoned::Stopped,
                Some(due) if self.today > due => {
                    Reckoned::Overdue { due, over: self.table.between(due, self.today) }
                }
                Some(due) => Reckoned::Running { due, left: self.table.between(self.today, due) },
            },
            State::Waiting(.., Some(last)) if self.today > last => Reckoned::Abandoned { on: last },
            State::Waiting(..) => Reckoned::Stopped,
            State::Replied { on, due } => Reckoned::Replied { on, due },
            State::Withdrawn => Reckoned::Withdrawn,
        }
    }

    fn is_open(&self) -> bool {
        match self.state {
            State::Open => true,
            State::Waiting(.., last) => last.is_none_or(|last| self.today <= last),
            State::Replied { .. } | State::Withdrawn => false,
        }
    }

    /// Open, and the period, if it runs, has not run out.
    fn is_in_time(&self) -> bool {
        let over =
            matches!(self.state, State::Open) && self.due().is_some_and(|due| self.today > due);
        self.is_open() && !over
    }

    fn waits(&self, correction: bool) -> bool {
        matches!(self.state, State::Waiting(for_correction, ..) if for_correction == correction)
    }

    pub fn admits(&self, event: &Event) -> bool {
        let in_hand = matches!(self.state, State::Open);
        match &event.what {
            Happening::Received => false,
            Happening::CorrectionAsked { supervisor, .. } => {
                let timely = if self.new {
                    self.today <= self.table.nth(self.correct_from, 7)
                } else {
                    self.is_in_time()
                };
                let first = self.corrections == 0 || *supervisor;
                self.is_open() && !self.waits(true) && first && timely
            }
            Happening::CorrectionReceived { excuse } => {
                self.waits(true) && (*excuse || self.is_open())
            }
            Happening::OpinionAsked { of, who, .. } => {
                let same = |one: &&Letter| one.is(of.is_third_party(), who) && !one.over;
                self.is_in_time() && !self.letters.iter().any(|one| same(&one))
            }
            Happening::OpinionGiven { of, who } => {
                self.letters.iter().any(|one| one.is(of.is_third_party(), who))
            }
            Happening::Served { letter: Awaited::Opinion { of, who } } => {
                self.letters.iter().any(|one| one.is(of.is_third_party(), who) && !one.served)
            }
            Happening::Served { letter } => {
                let correction = *letter == Awaited::Correction;
                self.waits(correction) && matches!(self.state, State::Waiting(.., None))
            }
            Happening::Extended { days, approved } => {
                let limit = if self.new { 20 } else { 15 };
                let within = days.0 > 0 && self.extended + days.0 <= limit;
                in_hand && self.is_in_time() && self.delayed.is_none() && *approved && within
            }
            Happening::Delayed { until } => {
                let later = number(*until) > self.due_at_best();
                let once = self.delayed.is_none();
                self.new && in_hand && self.is_in_time() && once && later
            }
            Happening::FeeNoticed { .. } => self.fees && in_hand && self.is_in_time(),
            Happening::FeePaid => self.waits(false) && self.is_open(),
            Happening::Replied | Happening::Withdrawn => self.is_open(),
        }
    }

    pub fn take(&mut self, event: &Event) {
        let today = self.today;
        let until = |days: u32, served: &Option<Date>| {
            served.map(|served| self.table.nth(number(served).max(today), days))
        };
        match &event.what {
            Happening::Received => {}
            Happening::CorrectionAsked { days, served, .. } => {
                let days = days.map_or(15, |days| days.0);
                self.state = State::Waiting(true, days, until(days, served));
                self.corrections += 1;
            }
            Happening::CorrectionReceived { .. } => {
                self.correct_from = today;
                self.begin();
            }
            Happening::OpinionAsked { .. }
            | Happening::OpinionGiven { .. }
            | Happening::Served { letter: Awaited::Opinion { .. } } => {
                self.take_letter(&event.what)
            }
            Happening::Served { .. } => {
                if let State::Waiting(_, days, last) = &mut self.state {
                    *last = Some(self.table.nth(today, *days));
                }
            }
            Happening::Extended { days, .. } => {
                self.extra += days.0;
                self.extended += days.0;
            }
            Happening::Delayed { until } => self.delayed = Some(number(*until)),
            Happening::FeeNoticed { served } => {
                self.state = State::Waiting(false, 20, until(20, served));
            }
            Happening::FeePaid => self.begin(),
            Happening::Replied => {
                let due = if matches!(self.state, State::Open) { self.due() } else { None };
                self.state = State::Replied { on: today, due };
            }
            Happening::Withdrawn => self.state = State::Withdrawn,
        }
    }

    fn take_letter(&mut self, what: &Happening) {
        let today = self.today;
        match what {
            Happening::OpinionAsked { of, who, served } => {
                let limited = self.new && *of != requests_rules::Consulted::OtherOrgan;
                self.letters.push(Letter {
                    third_party: of.is_third_party(),
                    limited,
                    who: who.clone(),
                    served: served.is_some(),
                    last: served
                        .map(|served| self.table.nth(number(served).max(today), 15))
                        .filter(|_| limited),
                    given: false,
                    over: false,
                    // the Regulation of 2007 stopped for third parties only
                    counts: self.new || of.is_third_party(),
                });
            }
            Happening::OpinionGiven { of, who } => {
                let third_party = of.is_third_party();
                let open = self.letters.iter_mut().rev().find(|one| one.is(third_party, who));
                if let Some(letter) = open {
                    letter.given = true;
                }
            }
            Happening::Served { letter: Awaited::Opinion { of, who } } => {
                let last = self.table.nth(today, 15);
                let third_party = of.is_third_party();
                let mut open = self.letters.iter_mut().rev().filter(|one| !one.served);
                if let Some(letter) = open.find(|one| one.is(third_party, who)) {
                    letter.served = true;
                    letter.last = Some(last).filter(|_| letter.limited);
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self) {
        self.state = State::Open;
        self.from = self.today;
        self.last_used = self.today;
        (self.used, self.extra, self.delayed) = (0, 0, None);
    }
}

impl Letter {
    /// Whether it is unanswered, and one like that would answer it.
    fn is(&self, third_party: bool, who: &str) -> bool {
        !self.given && self.third_party == third_party && self.who == who
    }

    fn stops(&self) -> bool {
        self.counts && !self.given && !self.over
    }
}
