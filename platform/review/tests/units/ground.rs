//! A city with two organs and a room that keeps notes: the least that can be reviewed and published.

use std::path::Path;

use ledger::{Actor, Clock, Desk, Ledger};
use review::store::Unit;
use review::submission::Submitted;
use review::{
    ActError, Appeared, Approved, Content, Publisher, Publishers, Signatory, Step, Verdict,
    publication, step, submission, urgency,
};
use store::{FromQueryResult, Migration, Migrations, Place, Reading, Statements, Store};
use web::layout::Link;
use web::{DirectorySource, InscribedSource, Room, SiteDirectory};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
";
const ORGANS: &str =
    "code,name,short_name,kind,level,division,valid_from,valid_to,successor,domains
XM00002,厦门市人民政府办公厅,市政府办公厅,office,city,350200000000,,,,
XM00011,厦门市数据管理局,市数据局,department,city,350200000000,,,,
";

const NOTES: Migration = Migration {
    number: 20261126499,
    name: "notes",
    sql: "CREATE TABLE note (id TEXT PRIMARY KEY, body TEXT NOT NULL, author TEXT NOT NULL,
                             normative BIGINT NOT NULL DEFAULT 0);
          CREATE TABLE note_out (id TEXT PRIMARY KEY, note TEXT NOT NULL, body TEXT NOT NULL);",
};

/// The moment of acts in tests, a Thursday in China.
pub const NOW: &str = "2026-11-26T01:00:00Z";

/// One house on one engine.
pub struct Ground {
    pub ledger: Ledger,
    pub publishers: Publishers,
    pub house: web::House,
}

/// Runs a check on fresh ground on both engines.
pub async fn on_both(check: impl AsyncFn(&Ground)) {
    store::testing::on_both("review", async |place| check(&Ground::open(place).await).await).await;
}

fn room() -> Room {
    let publisher = Publisher {
        kind: "note",
        words: "便条",
        approve: "record.approve",
        release: "record.publish",
        releasers: &["publisher", "approver"],
        content: |from, id| Box::pin(content(from, id)),
        standing: |_, _| Box::pin(async { Ok(None) }),
        ready: |_, _, _| Box::pin(async { Ok(()) }),
        signable: None,
        holds: None,
        laid_out: Publisher::as_signed,
        plain: Publisher::unmarked,
        publish: |desk, _, approved| Box::pin(publish(desk, approved)),
    };
    let directory = DirectorySource {
        read: |_| {
            let path = [("", "厦门市")];
            let site = web::testing::site(&path, identity::Level::City, "3502", "XM00002");
            Box::pin(async { Ok(SiteDirectory::of(vec![site])) })
        },
    };
    let inscribed = InscribedSource {
        subjects: "note:",
        contents: |_, _| Box::pin(async { Ok(vec![]) }),
        missing: |_, _| Box::pin(async { Ok(vec![]) }),
        address: |_| None,
        page: |store, subject| Box::pin(shown(store, subject)),
    };
    // A note that no clock may release.
    let slip =
        Publisher { kind: "slip", words: "签条", release: "suggestion.publish", ..publisher };
    Room {
        name: "notes",
        publishers: vec![publisher, slip],
        directory: Some(directory),
        inscribed: Some(inscribed),
        ..Room::default()
    }
}

/// A note is shown as long as it is out.
async fn shown(store: &Store, subject: &str) -> Result<Option<Link>, web::Fault> {
    let id = subject.trim_start_matches("note:");
    let sql = "SELECT COUNT(*) FROM note_out WHERE id = $1";
    let out = store.number(sql, vec![id.into()]).await?.unwrap_or_default() > 0;
    Ok(out.then(|| Link::new("贴出的便条", format!("/bianjian/{id}"))))
}

#[derive(FromQueryResult)]
struct Note {
    body: String,
    author: String,
    normative: i64,
}

async fn content(from: &Reading<'_>, id: &str) -> Result<Option<Content>, web::Fault> {
    let sql = "SELECT body, author, normative FROM note WHERE id = $1";
    let note: Option<Note> = from.one(sql, vec![id.into()]).await?;
    Ok(note.map(|note| {
        let bare = Content {
            title: format!("便条 {id}"),
            organ: "XM00002".into(),
            unit: String::new(),
            authors: vec![note.author],
            normative: note.normative != 0,
            findings: vec![],
            parts: vec![],
        };
        bare.part("正文", note.body)
    }))
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, web::Fault> {
    let sql = "INSERT INTO note_out (id, note, body) SELECT $1, id, body FROM note WHERE id = $2";
    let values = vec![approved.publication.clone().into(), approved.id.clone().into()];
    desk.change().run(sql, values).await?;
    if approved.id == "torn" {
        return Err(web::Fault::Refused("这一件发布不了。".into()));
    }
    let path = Some(format!("/bianjian/{}", approved.publication));
    Ok(Appeared { subject: format!("note:{}", approved.publication), path })
}

/// Somebody of the organ, in a role.
pub fn person(name: &str, role: &str) -> Signatory {
    Signatory {
        person: name.into(),
        name: name.into(),
        post: format!("{name}/{role}"),
        role: role.into(),
        organ: "XM00002".into(),
        unit: String::new(),
        stands_in_for: None,
    }
}

/// The usual people: 张 drafts, 王 reviews, 李 looks for secrets, 赵 signs, 孙 releases.
pub fn usual(step: Step) -> Signatory {
    match step {
        Step::First => person("王", "reviewer"),
        Step::Secrecy => person("李", "secrecy_reviewer"),
        Step::Legal => person("周", "legal_reviewer"),
        Step::Signature => person("赵", "approver"),
        other => person(other.name(), other.roles()[0]),
    }
}

pub fn publisher() -> Signatory {
    person("孙", "publisher")
}

pub const PASS: Verdict = Verdict::Pass;

impl Ground {
    async fn open(place: Place) -> Self {
        let own = [NOTES];
        let all = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            &own[..],
        ];
        let store = Store::open(&place, &Migrations::of(all.concat())).await.expect("opens");
        let change = store.begin().await.expect("begins");
        identity::import_divisions(&change, DIVISIONS).await.expect("imports");
        identity::import_organs(&change, ORGANS).await.expect("imports");
        change.commit().await.expect("commits");
        let ledger = Self::ledger_at(store, NOW).await;
        let search = search::Search::in_memory().expect("memory");
        let rooms = vec![room(), review::room()];
        let publishers = Publishers::of(&rooms, Path::new("/nowhere"));
        let house =
            web::House::new(ledger.clone(), search, rooms, Path::new("/nowhere").into(), true);
        Self { ledger, publishers, house }
    }

    async fn ledger_at(store: Store, at: &str) -> Ledger {
        let clock = Clock::Fixed(at.parse().expect("a moment"));
        Ledger::open(store, clock, vec![]).await.expect("opens")
    }

    /// The same house at another moment.
    pub async fn at(&self, moment: &str) -> Self {
        let ledger = Self::ledger_at(self.ledger.store().clone(), moment).await;
        let search = search::Search::in_memory().expect("memory");
        let rooms = vec![room(), review::room()];
        let publishers = self.publishers.clone();
        let house =
            web::House::new(ledger.clone(), search, rooms, Path::new("/nowhere").into(), true);
        Self { ledger, publishers, house }
    }

    /// A page as a visitor of the city's site gets it.
    pub async fn page(&self, address: &str) -> String {
        let search = search::Search::in_memory().expect("memory");
        let rooms = vec![room(), review::room()];
        let folder = Path::new("/nowhere").into();
        let mut house = web::House::new(self.ledger.clone(), search, rooms, folder, false);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("a directory");
        let portal = web::portal(&std::sync::Arc::new(house), routes);
        web::testing::sound(&portal, address).await
    }

    pub async fn desk(&self) -> Desk {
        self.ledger.desk(Actor::Person("test".into())).await.expect("a desk")
    }

    /// One statement as anyone with a client of the database might put it.
    pub async fn raw(&self, sql: &str) -> Result<u64, store::StoreError> {
        let change = self.ledger.store().begin().await.expect("begins");
        let rows = change.run(sql, vec![]).await?;
        change.commit().await.expect("commits");
        Ok(rows)
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.ledger.store().number(sql, vec![]).await.expect("counts").unwrap_or_default()
    }

    /// 张 writes a note.
    pub async fn write(&self, id: &str, body: &str) {
        let sql = format!("INSERT INTO note (id, body, author) VALUES ('{id}', '{body}', '张')");
        self.raw(&sql).await.expect("writes");
    }

    pub async fn submit(&self, ids: &[&str]) -> Result<Unit, ActError> {
        self.submit_as(ids, &person("张", "drafter"), vec![]).await
    }

    pub async fn submit_as(
        &self,
        ids: &[&str],
        by: &Signatory,
        added: Vec<review::Demand>,
    ) -> Result<Unit, ActError> {
        let pieces: Vec<(&str, &str)> = ids.iter().map(|id| ("note", *id)).collect();
        let given = Submitted { pieces: &pieces, note: None, added, for_another: false, by };
        submission::keep(self.desk().await, &self.publishers, given).await
    }

    pub async fn pass(&self, unit: &str, of: Step, by: &Signatory) -> Result<Unit, ActError> {
        step::keep(self.desk().await, &self.publishers, unit, of, &PASS, by).await
    }

    pub async fn give_back(
        &self,
        unit: &str,
        of: Step,
        by: &Signatory,
        why: &str,
    ) -> Result<Unit, ActError> {
        let why = Verdict::Return(why.into());
        step::keep(self.desk().await, &self.publishers, unit, of, &why, by).await
    }

    pub async fn hasten(&self, unit: &str, by: &Signatory, why: &str) -> Result<(), ActError> {
        urgency::keep(self.desk().await, unit, by, why).await
    }

    pub async fn publish(&self, unit: &str, by: &Signatory) -> Result<Vec<Appeared>, ActError> {
        publication::keep(self.desk().await, &self.publishers, unit, by).await
    }

    /// A note that has come through its whole review.
    pub async fn signed(&self, id: &str) -> Unit {
        self.write(id, "正文").await;
        let unit = self.submit(&[id]).await.expect("submits");
        for of in [Step::First, Step::Secrecy, Step::Signature] {
            self.pass(&unit.id, of, &usual(of)).await.expect("passes");
        }
        unit
    }

    pub async fn unit(&self, id: &str) -> Unit {
        Unit::find(self.ledger.store(), id).await.expect("asks").expect("is there")
    }
}
