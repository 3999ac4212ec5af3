//! An organ with its ledger and keys, and what its people do again and again.

use identity::Tables;
use ledger::{Actor, Clock, Desk, Entry, Ledger};
use review::Signatory;
use secrets::{Algorithm, Sealer};
use store::{Migrations, Place, Statements, Store};
use suggestions::acts::closing::{self, Ending};
use suggestions::acts::receipt::{self, HandedIn, Receipt};
use suggestions::acts::{ActError, By, answer};
use suggestions::store::{Answer, Closing, Piece, Source, Suggestion, Written};
use suggestions_rules::SuggestionKind;

const DIVISIONS: &str = include_str!("../../../../server/demo/divisions.csv");
const ORGANS: &str = include_str!("../../../../server/demo/organs.csv");

/// Whose letters these are, and another organ.
pub(crate) const ORGAN: &str = "XM01023";
pub(crate) const OTHER: &str = "XM01025";

pub(crate) struct Office {
    pub ledger: Ledger,
    pub sealer: Sealer,
    pub folder: std::path::PathBuf,
}

impl Drop for Office {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn noon(day: &str) -> Clock {
    Clock::Fixed(format!("{day}T04:00:00Z").parse().expect("a moment"))
}

pub(crate) fn person(name: &str, organ: &str) -> Signatory {
    Signatory {
        person: name.into(),
        name: name.into(),
        post: format!("post-{name}"),
        role: String::new(),
        organ: organ.into(),
        unit: String::new(),
        stands_in_for: None,
    }
}

impl Office {
    pub(crate) async fn opened(place: &Place, name: &str) -> Self {
        let parts = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            suggestions::MIGRATIONS,
        ];
        let migrations = Migrations::of(parts.into_iter().flatten().copied());
        let store = Store::open(place, &migrations).await.expect("a store");
        let ledger = Ledger::open(store, noon("2026-11-02"), vec![]).await.expect("a ledger");
        let desk = ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        let folder = std::env::temp_dir().join(format!(
            "letters-{name}-{}-{}",
            std::process::id(),
            uuid::Uuid::now_v7()
        ));
        let sealer = Sealer::open_or_make(&folder, Algorithm::Sm4Gcm).expect("keys");
        Self { ledger, sealer, folder }
    }

    pub(crate) fn on(&mut self, day: &str) {
        self.ledger = self.ledger.clone().with_clock(noon(day));
    }

    pub(crate) async fn desk(&self) -> Desk {
        self.ledger.desk(Actor::Operator("test".into())).await.expect("a desk")
    }

    pub(crate) fn by<'a>(&'a self, who: &'a Signatory) -> By<'a> {
        By { who, sealer: &self.sealer }
    }

    pub(crate) async fn writes(
        &self,
        key: &str,
        kind: SuggestionKind,
        words: &str,
    ) -> Result<Receipt, ActError> {
        let handed = HandedIn {
            kind,
            base: "/siming".into(),
            organ: ORGAN.into(),
            source: (Source::Web, None),
            written: Written {
                subject: "低保怎么申请".into(),
                words: words.into(),
                name: "林秀英".into(),
                phone: "0592-7703123".into(),
            },
            consent: true,
            key: key.into(),
            demo: false,
        };
        let desk = receipt::writers_desk(&self.ledger).await.expect("a desk");
        receipt::receive(desk, &self.sealer, &handed).await
    }

    pub(crate) async fn letter(&self, id: &str) -> Suggestion {
        let found = Suggestion::find(self.ledger.store(), ORGAN, id).await.expect("asks");
        found.expect("is the organ's")
    }

    /// The newest version of an answer.
    pub(crate) async fn version(&self, id: &str) -> i64 {
        let answers = Answer::of(self.ledger.store(), id).await.expect("asks");
        answers.first().map(|answer| answer.version).unwrap_or_default()
    }

    /// Answered by one and looked at by another.
    pub(crate) async fn answers(&self, id: &str, words: &str) {
        let (handler, reviewer) = (person("甲", ORGAN), person("乙", ORGAN));
        let by = self.by(&handler);
        answer::draft(self.desk().await, by, id, words).await.expect("drafts");
        let seen = (id, self.version(id).await);
        answer::review(self.desk().await, self.by(&reviewer), seen, (true, ""))
            .await
            .expect("passes");
        answer::send(self.desk().await, by, id).await.expect("sends");
    }

    /// Proposed by one and agreed to by another.
    pub(crate) async fn closes(&self, id: &str, ending: Ending<'_>) -> Result<(), ActError> {
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        closing::propose(self.desk().await, self.by(&handler), id, (ending, "看过")).await?;
        let waits = Closing::of(self.ledger.store(), id).await?.expect("waits");
        let seen = (id, waits.id.as_str());
        closing::decide(self.desk().await, self.by(&head), seen, (true, "同意")).await.map(|_| ())
    }

    /// A piece of an answered letter, written by hand: how it comes there is the affair of review.
    pub(crate) async fn piece(&self, letter: &str, state: &str) -> String {
        let id = uuid::Uuid::now_v7().to_string();
        let desk = self.desk().await;
        let sql = "INSERT INTO suggestion_piece (id, suggestion, round, organ, division, kind, title,
                          question, answer, asked_on, answered_on, state, authors, returned, changed_at,
                          published_on, published_at, publication, withdrawal, why, proposers, proposed)
                   VALUES ($1, $2, 1, $3, '350203000000', 'inquiry', '低保', '怎么申请', '带户口簿',
                           '2026-11-02', '2026-11-02', $4, '[]', '', '2026-11-02', '2026-11-02',
                           '2026-11-02', 'p', '', '', '[]', '')";
        let values = vec![id.clone().into(), letter.into(), ORGAN.into(), state.into()];
        desk.change().run(sql, values).await.expect("is kept");
        Self::sealed(desk).await;
        id
    }

    /// What no act does.
    pub(crate) async fn by_hand(&self, sql: &str) {
        let desk = self.desk().await;
        desk.change().run(sql, vec![]).await.expect("is done");
        Self::sealed(desk).await;
    }

    async fn sealed(mut desk: Desk) {
        let entry = Entry {
            room: "suggestions",
            act: "by_hand",
            subject: "suggestions:test".into(),
            organ: ORGAN.into(),
            basis: "测试".into(),
            facts: serde_json::json!({}),
        };
        desk.record(entry).await.expect("is told");
        desk.seal().await.expect("is sealed");
    }

    pub(crate) async fn found(&self, piece: &str) -> Piece {
        Piece::find(self.ledger.store(), piece).await.expect("asks").expect("is there")
    }

    pub(crate) async fn told(&self, act: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM ledger_event
                    WHERE room = 'suggestions' AND act = $1 AND basis <> ''";
        self.ledger.store().number(sql, vec![act.into()]).await.expect("asks").unwrap_or_default()
    }
}

pub(crate) fn refused<T: std::fmt::Debug>(done: Result<T, ActError>) -> String {
    match done {
        Err(ActError::Refused(words)) => words,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn field<T: std::fmt::Debug>(done: Result<T, ActError>) -> &'static str {
    match done {
        Err(ActError::Field(field, _)) => field,
        other => panic!("{other:?}"),
    }
}
