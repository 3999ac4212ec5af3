//! Cases: one record drawn, what was found, how it was put right.

use law::Date;
use records_rules::{FindingKind, Severity};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use crate::hand::Hand;

/// One record drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckCase {
    /// Its key.
    pub id: String,
    /// The draw.
    pub draw: String,
    /// Its place in the draw, from 1.
    pub rank: i64,
    /// The record.
    pub record: String,
    /// Its title.
    pub title: String,
    /// The organ whose record it is.
    pub organ: String,
    /// That organ's name.
    pub organ_name: String,
    /// The organ that checks.
    pub checks: String,
    /// That organ's name.
    pub checks_name: String,
    /// The role of its checkers; empty for those of the organ itself.
    pub role: String,
    /// Who checks; `None` while nobody fits.
    pub checker: Option<String>,
    /// For whom that person stands in.
    pub checker_for: Option<String>,
    /// What that person is called.
    pub checker_name: String,
    /// Why that person took it over; empty where it was so drawn.
    pub taken_reason: String,
    /// How far it has come.
    pub state: CheckState,
    /// Whether nothing was found; `None` before it was looked at.
    pub sound: Option<bool>,
    /// What the checker says of the whole.
    pub words: String,
    /// When the findings were told, as stored.
    pub told_at: Option<String>,
    /// By when they are put right.
    pub due_on: Option<Date>,
    /// When it was closed, as stored.
    pub closed_at: Option<String>,
}

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckState {
    /// 待抽查.
    Assigned,
    /// 待整改.
    Found,
    /// 待复查.
    Answered,
    /// 已办结.
    Closed,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Of which kind.
    pub kind: FindingKind,
    /// How grave.
    pub severity: Severity,
    /// What it is.
    pub words: String,
}

/// 整改 as answered, and what the checker said of it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Answer {
    /// 1, 2, 3 ….
    pub ordinal: i64,
    /// What was done.
    pub words: String,
    /// When, as stored.
    pub answered_at: String,
    /// By whom, by key.
    pub answered_by: String,
    /// For whom that person stood in, by key.
    pub answered_for: Option<String>,
    /// What that person is called.
    pub answered_name: String,
    /// Whether it was enough: 1; `None` before it was looked at again.
    pub passed: Option<i64>,
    /// What the checker said.
    pub verdict: String,
    /// When, as stored.
    pub judged_at: Option<String>,
    /// By whom.
    pub judged_name: Option<String>,
}

/// How often a kind was found, by severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingTally {
    /// The kind.
    pub kind: FindingKind,
    /// Minor, notable, grave.
    pub counts: [i64; 3],
}

/// A case about to be kept.
#[derive(Debug, Clone)]
pub(crate) struct NewCase {
    pub record: String,
    pub organ: String,
    pub checker: Option<(String, String)>,
}

/// A step of a case: the state it leaves, the state it comes to.
pub(crate) struct Judged<'a> {
    pub to: CheckState,
    pub sound: Option<bool>,
    pub words: &'a str,
    pub due_on: Option<Date>,
    pub at: &'a str,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    draw: String,
    rank: i64,
    record: String,
    title: String,
    organ: String,
    organ_name: String,
    checks: String,
    checks_name: String,
    role: String,
    checker: Option<String>,
    checker_for: Option<String>,
    checker_name: Option<String>,
    taken_reason: Option<String>,
    state: String,
    sound: Option<i64>,
    words: String,
    told_at: Option<String>,
    due_on: Option<String>,
    closed_at: Option<String>,
}

const CASE: &str = "
SELECT c.id, c.draw, c.rank, c.record, r.title, c.organ, o.short_name AS organ_name, c.checks,
       p.short_name AS checks_name, c.role, c.checker, c.checker_for, c.checker_name, c.taken_reason,
       c.state, c.sound, c.words, c.told_at, c.due_on, c.closed_at
  FROM record_check_case c
  JOIN record r ON r.id = c.record
  JOIN organ o ON o.code = c.organ
  JOIN organ p ON p.code = c.checks";

impl CheckCase {
    /// The persons as whom its checker counts; none while nobody fits.
    pub fn checkers(&self) -> impl Iterator<Item = &str> {
        self.checker.as_deref().into_iter().chain(self.checker_for.as_deref())
    }

    /// The case with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{CASE} WHERE c.id = $1"), vec![id.into()]).await?;
        Ok(row.map(Row::case))
    }

    /// The cases of an organ, on either side: what is open first, the most urgent before the rest.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{CASE} WHERE c.organ = $1 OR c.checks = $1
              ORDER BY CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END,
                       COALESCE(c.due_on, '9999'), c.id DESC LIMIT 300"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::case).collect())
    }

    /// The open ones among them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{CASE} WHERE (c.organ = $1 OR c.checks = $1) AND c.state <> 'closed' ORDER BY c.id"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::case).collect())
    }

    /// The cases of a draw, in their order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_draw(from: &impl Statements, draw: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{CASE} WHERE c.draw = $1 ORDER BY c.rank");
        let rows: Vec<Row> = from.all(&sql, vec![draw.into()]).await?;
        Ok(rows.into_iter().map(Row::case).collect())
    }

    /// Whether a record is being checked now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_open_on(from: &impl Statements, record: &str) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM record_check_case WHERE record = $1 AND state <> 'closed'";
        Ok(from.number(sql, vec![record.into()]).await?.unwrap_or_default() > 0)
    }

    pub(crate) async fn add_all(
        change: &Transaction,
        draw: &str,
        checks: (&str, &str),
        cases: &[NewCase],
    ) -> Result<(), StoreError> {
        let names = [
            "id",
            "draw",
            "rank",
            "record",
            "organ",
            "checks",
            "role",
            "checker",
            "checker_name",
            "state",
            "words",
        ];
        let rows = cases.iter().zip(1_i64..).map(|(case, rank)| {
            let (checker, name) = case.checker.clone().unzip();
            let row: [Value; 11] = [
                uuid::Uuid::now_v7().to_string().into(),
                draw.into(),
                rank.into(),
                case.record.clone().into(),
                case.organ.clone().into(),
                checks.0.into(),
                checks.1.into(),
                checker.into(),
                name.into(),
                "assigned".into(),
                "".into(),
            ];
            row.to_vec()
        });
        change.insert("record_check_case", &names, rows.collect()).await
    }

    /// Gives it to a checker, and why; `false` where another has it by now.
    pub(crate) async fn give(
        &self,
        change: &Transaction,
        hand: &Hand,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_check_case SET checker = $1, checker_for = $2, checker_name = $3,
                          taken_reason = $4
                    WHERE id = $5 AND state <> 'closed' AND COALESCE(checker, '') = $6";
        let values: Vec<Value> = vec![
            hand.person.clone().into(),
            hand.stands_in_for.clone().into(),
            hand.name.clone().into(),
            reason.into(),
            self.id.clone().into(),
            self.checker.clone().unwrap_or_default().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Notes who told what was found, or judged an answer: none of them answers in the case.
    pub(crate) async fn checked_by(
        &self,
        change: &Transaction,
        hand: &Hand,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO record_check_hand (checked, person)
                   SELECT CAST($1 AS TEXT), CAST($2 AS TEXT)
                    WHERE NOT EXISTS (SELECT 1 FROM record_check_hand
                                       WHERE checked = $1 AND person = $2)";
        for person in hand.persons() {
            change.run(sql, vec![self.id.clone().into(), person.into()]).await?;
        }
        Ok(())
    }

    /// Whoever told what was found in it or judged an answer, and whoever was stood in for.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn hands(&self, from: &impl Statements) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Found {
            person: String,
        }
        let sql = "SELECT person FROM record_check_hand WHERE checked = $1 ORDER BY person";
        let rows: Vec<Found> = from.all(sql, vec![self.id.clone().into()]).await?;
        Ok(rows.into_iter().map(|row| row.person).collect())
    }

    /// Takes a step; `false` where somebody was quicker.
    pub(crate) async fn step(
        &self,
        change: &Transaction,
        step: &Judged<'_>,
    ) -> Result<bool, StoreError> {
        let closed = (step.to == CheckState::Closed).then(|| step.at.to_owned());
        let told = match (&self.told_at, step.sound) {
            (None, Some(_)) => Some(step.at.to_owned()),
            (told, _) => told.clone(),
        };
        let sql = "UPDATE record_check_case SET state = $1, sound = $2, words = $3, due_on = $4,
                          closed_at = $5, told_at = $6 WHERE id = $7 AND state = $8";
        let values: Vec<Value> = vec![
            step.to.word().into(),
            step.sound.or(self.sound).map(i64::from).into(),
            step.words.into(),
            step.due_on.map(|day| day.to_string()).into(),
            closed.into(),
            told.into(),
            self.id.clone().into(),
            self.state.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Finding {
    /// What was found in a case.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, case: &str) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Found {
            kind: String,
            severity: String,
            words: String,
        }
        let sql = "SELECT kind, severity, words FROM record_check_finding
                    WHERE checked = $1 ORDER BY ordinal";
        let rows: Vec<Found> = from.all(sql, vec![case.into()]).await?;
        let finding = |row: Found| {
            let kind = FindingKind::parse(&row.kind)?;
            Some(Self { kind, severity: Severity::parse(&row.severity)?, words: row.words })
        };
        Ok(rows.into_iter().filter_map(finding).collect())
    }

    pub(crate) async fn add_all(
        change: &Transaction,
        case: &str,
        findings: &[Self],
    ) -> Result<(), StoreError> {
        let rows = findings.iter().zip(1_i64..).map(|(finding, ordinal)| {
            let row: [Value; 5] = [
                case.into(),
                ordinal.into(),
                finding.kind.word().into(),
                finding.severity.word().into(),
                finding.words.clone().into(),
            ];
            row.to_vec()
        });
        let names = ["checked", "ordinal", "kind", "severity", "words"];
        change.insert("record_check_finding", &names, rows.collect()).await
    }

    /// How often each kind was found, on either side of an organ; only kinds that were.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tally(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<FindingTally>, StoreError> {
        #[derive(FromQueryResult)]
        struct Found {
            kind: String,
            severity: String,
            times: i64,
        }
        let sql = "SELECT f.kind, f.severity, COUNT(*) AS times
                     FROM record_check_finding f
                     JOIN record_check_case c ON c.id = f.checked
                    WHERE c.organ = $1 OR c.checks = $1
                    GROUP BY f.kind, f.severity";
        let rows: Vec<Found> = from.all(sql, vec![organ.into()]).await?;
        let count = |kind: FindingKind, severity: Severity| {
            let own = |row: &&Found| row.kind == kind.word() && row.severity == severity.word();
            rows.iter().find(own).map_or(0, |row| row.times)
        };
        let kinds = FindingKind::ALL.into_iter().map(|(kind, ..)| FindingTally {
            kind,
            counts: Severity::ALL.map(|(severity, ..)| count(kind, severity)),
        });
        Ok(kinds.filter(|tally| tally.counts.iter().sum::<i64>() > 0).collect())
    }
}

impl Answer {
    /// The persons as whom whoever answered counts.
    pub fn answerers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.answered_by.as_str()).chain(self.answered_for.as_deref())
    }

    /// What was answered in a case, in order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, case: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT ordinal, words, answered_at, answered_by, answered_for, answered_name,
                          passed, verdict, judged_at, judged_name
                     FROM record_check_answer WHERE checked = $1 ORDER BY ordinal";
        from.all(sql, vec![case.into()]).await
    }

    pub(crate) async fn add(
        change: &Transaction,
        case: &str,
        words: &str,
        hand: &Hand,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO record_check_answer
                          (checked, ordinal, words, answered_at, answered_by, answered_for,
                           answered_name, verdict)
                   SELECT $1, COUNT(*) + 1, $2, $3, $4, CAST($5 AS TEXT), $6, ''
                     FROM record_check_answer WHERE checked = $1";
        let values: Vec<Value> = vec![
            case.into(),
            words.into(),
            at.into(),
            hand.person.clone().into(),
            hand.stands_in_for.clone().into(),
            hand.name.clone().into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// What the checker says of the answer that waits.
    pub(crate) async fn judge(
        change: &Transaction,
        case: &str,
        (passed, words): (bool, &str),
        hand: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_check_answer SET passed = $1, verdict = $2, judged_at = $3,
                          judged_by = $4, judged_for = $5, judged_name = $6
                    WHERE checked = $7 AND passed IS NULL";
        let values: Vec<Value> = vec![
            i64::from(passed).into(),
            words.into(),
            at.into(),
            hand.person.clone().into(),
            hand.stands_in_for.clone().into(),
            hand.name.clone().into(),
            case.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl CheckState {
    const WORDS: [(Self, &'static str, &'static str); 4] = [
        (Self::Assigned, "assigned", "待抽查"),
        (Self::Found, "found", "待整改"),
        (Self::Answered, "answered", "待复查"),
        (Self::Closed, "closed", "已办结"),
    ];

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(_, word, _)| word)
    }

    /// The word people read.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(.., name)| name)
    }
}

impl Row {
    fn case(self) -> CheckCase {
        let state = CheckState::WORDS.iter().find(|(_, word, _)| *word == self.state);
        CheckCase {
            state: state.map_or(CheckState::Closed, |(state, ..)| *state),
            sound: self.sound.map(|sound| sound == 1),
            due_on: self.due_on.and_then(|day| day.parse().ok()),
            checker_name: self.checker_name.unwrap_or_default(),
            taken_reason: self.taken_reason.unwrap_or_default(),
            id: self.id,
            draw: self.draw,
            rank: self.rank,
            record: self.record,
            title: self.title,
            organ: self.organ,
            organ_name: self.organ_name,
            checks: self.checks,
            checks_name: self.checks_name,
            role: self.role,
            checker: self.checker,
            checker_for: self.checker_for,
            words: self.words,
            told_at: self.told_at,
            closed_at: self.closed_at,
        }
    }
}
