//! A city with an organ and a room that keeps documents: the least that policies can be drafted and published in. What
//! is interpreted is known by its kind alone, so no other room is needed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body as RequestBody;
use axum::http::{HeaderMap, Request, header};
use identity::Level;
use interpretation::acts::{ActError, decision, judgement, material, plan};
use interpretation::drafts::DOCUMENT;
use interpretation::store::{Interpretation, Policy};
use interpretation_rules::{Body, DiagramBlock, Form};
use ledger::{Actor, Clock, Desk, Ledger};
use review::{
    Appeared, Approved, Content, Publisher, Publishers, Signatory, Step, Unit, Verdict, lapse,
    publication, step, submission, withdrawal,
};
use store::{FromQueryResult, Migration, Migrations, Place, Reading, Statements, Store};
use web::layout::Link;
use web::testing::{self, site};
use web::{
    Ask, By, DirectorySource, House, InscribedSource, Later, Listing, Printer, Room, Row, Rows,
    SiteDirectory, Tally,
};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
";
const ORGANS: &str =
    "code,name,short_name,kind,level,division,valid_from,valid_to,successor,domains
XM00002,厦门市人民政府办公厅,市政府办公厅,office,city,350200000000,,,,
XM00011,厦门市数据管理局,市数据局,department,city,350200000000,,,,
";

const PAPERS: Migration = Migration {
    number: 20261127179,
    name: "papers",
    sql: "CREATE TABLE paper (id TEXT PRIMARY KEY, title TEXT NOT NULL, genre TEXT NOT NULL, normative BIGINT NOT NULL,
                              text TEXT NOT NULL DEFAULT '第一条　为了养老，制定本办法。', also TEXT NOT NULL DEFAULT '',
                              reach TEXT NOT NULL DEFAULT '', corrects TEXT NOT NULL DEFAULT '');
          CREATE TABLE paper_out (id TEXT PRIMARY KEY, title TEXT NOT NULL, shown BIGINT NOT NULL, validity TEXT);",
};

/// A Thursday in China.
pub const NOW: &str = "2026-11-26T01:00:00Z";

/// One house on one engine.
pub struct Ground {
    pub house: Arc<House>,
    pub publishers: Publishers,
    /// Where files lie.
    pub folder: Arc<store::testing::Folder>,
    portal: Router,
}

/// Runs a check on fresh ground on both engines.
pub async fn on_both(check: impl AsyncFn(&Ground)) {
    let open = async |place: Place| check(&Ground::open(place, NOW).await).await;
    store::testing::on_both("interpretation", open).await;
}

fn papers() -> Room {
    let publisher = Publisher {
        kind: DOCUMENT,
        words: "文件",
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
            let city = site(&[("", "厦门市")], Level::City, "3502", "XM00002");
            let district = site(&[("/siming", "思明区")], Level::District, "350203", "");
            Box::pin(async { Ok(SiteDirectory::of(vec![city, district])) })
        },
    };
    let inscribed = InscribedSource {
        subjects: "record:",
        contents: |store, subjects| Box::pin(contents(store, subjects)),
        missing: |_, _| Box::pin(async { Ok(vec![]) }),
        address: |_| None,
        page: |store, subject| Box::pin(shown(store, subject)),
    };
    Room {
        name: "papers",
        publishers: vec![publisher],
        directory: Some(directory),
        inscribed: Some(inscribed),
        listing: Some(&Papers),
        ..Room::default()
    }
}

/// What was published, as a list that has pages.
struct Papers;

#[derive(FromQueryResult)]
struct PaperOut {
    id: String,
    title: String,
    validity: Option<String>,
}

impl Listing for Papers {
    fn rows<'a>(&'a self, house: &'a House, ask: &'a Ask) -> Later<'a, Rows> {
        Box::pin(async move {
            let sql = "SELECT id, title, validity FROM paper_out WHERE shown = 1 ORDER BY id DESC";
            let all: Vec<PaperOut> = house.store().all(sql, vec![]).await?;
            let words = ask.words.clone().unwrap_or_default();
            let fits = |out: &PaperOut| {
                out.title.contains(&words) && (ask.keys.is_empty() || ask.keys.contains(&out.id))
            };
            let row = |out: PaperOut| Row {
                path: format!("/wenjian/{}", out.id),
                id: out.id,
                title: out.title,
                number: None,
                organ: "市政府办公厅".into(),
                made_on: None,
                published_on: "2026-11-26".into(),
                published_at: NOW.into(),
                original_on: None,
                validity: out.validity,
                demo: false,
            };
            let limit = usize::from(ask.limit).clamp(1, 100);
            let rows = all.into_iter().filter(fits).take(limit).map(row).collect();
            Ok(Rows { rows, next: None })
        })
    }

    fn tally<'a>(&'a self, _: &'a House, _: &'a Ask, _: By) -> Later<'a, HashMap<String, Tally>> {
        Box::pin(async { Ok(HashMap::new()) })
    }
}

#[derive(FromQueryResult)]
struct Paper {
    title: String,
    genre: String,
    normative: i64,
    text: String,
    also: String,
    reach: String,
    corrects: String,
}

async fn content(from: &Reading<'_>, id: &str) -> Result<Option<Content>, web::Fault> {
    let sql =
        "SELECT title, genre, normative, text, also, reach, corrects FROM paper WHERE id = $1";
    let paper: Option<Paper> = from.one(sql, vec![id.into()]).await?;
    Ok(paper.map(|paper| {
        let also: Vec<String> = [paper.also].into_iter().filter(|one| !one.is_empty()).collect();
        let bare = Content {
            title: paper.title,
            organ: "XM00002".into(),
            unit: String::new(),
            authors: [vec!["张".into()], also].concat(),
            normative: paper.normative != 0,
            findings: vec![],
            parts: vec![],
        };
        let normative = if paper.normative == 0 { "" } else { "是" };
        bare.part("体裁", paper.genre)
            .part("规范性文件", normative)
            .part("目录事项", "养老服务 > 养老政策")
            .part("公开范围", paper.reach)
            .part("更正", paper.corrects)
            .part("正文", paper.text)
    }))
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, web::Fault> {
    let sql =
        "INSERT INTO paper_out (id, title, shown) SELECT id, title, 1 FROM paper WHERE id = $1";
    desk.change().run(sql, vec![approved.id.clone().into()]).await?;
    let sql = "SELECT COUNT(*) FROM paper WHERE id = $1 AND reach <> ''";
    let held = desk.change().number(sql, vec![approved.id.clone().into()]).await?;
    let path = (held == Some(0)).then(|| format!("/wenjian/{}", approved.id));
    Ok(Appeared { subject: format!("record:{}", approved.id), path })
}

async fn contents(store: &Store, subjects: &[String]) -> Result<Vec<(String, String)>, web::Fault> {
    #[derive(FromQueryResult)]
    struct Out {
        title: String,
        text: String,
    }
    let mut told = Vec::new();
    for subject in subjects {
        let sql = "SELECT p.title, p.text FROM paper p JOIN paper_out o ON o.id = p.id
                    WHERE p.id = $1 AND o.shown = 1";
        let id = subject.trim_start_matches("record:");
        let out: Option<Out> = store.one(sql, vec![id.into()]).await?;
        let said = |out: Out| {
            serde_json::json!({ "title": out.title, "organ": "XM00002", "text": out.text })
                .to_string()
        };
        told.extend(out.map(|out| (subject.clone(), said(out))));
    }
    Ok(told)
}

async fn shown(store: &Store, subject: &str) -> Result<Option<Link>, web::Fault> {
    let id = subject.trim_start_matches("record:");
    let sql = "SELECT COUNT(*) FROM paper_out WHERE id = $1 AND shown = 1";
    let out = store.number(sql, vec![id.into()]).await?.unwrap_or_default() > 0;
    Ok(out.then(|| Link::new("文件", format!("/wenjian/{id}"))))
}

fn rooms() -> Vec<Room> {
    vec![papers(), interpretation::room(), review::room()]
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

/// 张 drafts.
pub fn drafter() -> Signatory {
    person("张", "drafter")
}

/// 赵 signs, and decides.
pub fn head() -> Signatory {
    person("赵", "approver")
}

/// 王 reviews, 李 looks for secrets, 周 for the law, 赵 signs.
pub fn usual(step: Step) -> Signatory {
    match step {
        Step::First => person("王", "reviewer"),
        Step::Secrecy => person("李", "secrecy_reviewer"),
        Step::Legal => person("周", "legal_reviewer"),
        _ => head(),
    }
}

/// What an interpretation of a form says, whole.
pub fn body(form: Form) -> Body {
    let lead = "每月三百元".to_owned();
    let section = DiagramBlock {
        heading: "标准".into(),
        number: "300".into(),
        unit: "元/月".into(),
        points: vec!["按月发".into()],
    };
    match form {
        Form::Diagram => Body { lead, sections: vec![section], ..Body::default() },
        _ => Body {
            lead,
            text: "## 背景依据\n依据上级要求。\n## 目标任务\n- 少跑腿\n## 主要内容\n每月三百元。"
                .into(),
            ..Body::default()
        },
    }
}

impl Ground {
    async fn open(place: Place, at: &str) -> Self {
        let own = [PAPERS];
        let all = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            interpretation::MIGRATIONS,
            &own[..],
        ];
        let store = Store::open(&place, &Migrations::of(all.concat())).await.expect("opens");
        let change = store.begin().await.expect("begins");
        identity::import_divisions(&change, DIVISIONS).await.expect("imports");
        identity::import_organs(&change, ORGANS).await.expect("imports");
        change.commit().await.expect("commits");
        let folder = Arc::new(store::testing::Folder::new("interpretation-files"));
        std::fs::create_dir_all(folder.path()).expect("a folder");
        Self::over(store, at, folder).await
    }

    async fn over(store: Store, at: &str, folder: Arc<store::testing::Folder>) -> Self {
        let clock = Clock::Fixed(at.parse().expect("a moment"));
        let ledger = Ledger::open(store, clock, vec![]).await.expect("opens");
        let search = search::Search::in_memory().expect("memory");
        let publishers = Publishers::of(&rooms(), folder.path());
        let house = House::new(ledger, search, rooms(), folder.path().to_owned(), false);
        // What is painted is what it is told.
        let press = Printer::new(|template, data| {
            Box::pin(async move { Ok(format!("{template} {}", data["svg"]).into_bytes()) })
        });
        let mut house = house.printing_with(press);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("reads");
        let house = Arc::new(house);
        let portal = web::portal(&house, routes);
        Self { house, publishers, folder, portal }
    }

    /// The same at another moment.
    pub async fn at(&self, moment: &str) -> Self {
        Self::over(self.house.store().clone(), moment, Arc::clone(&self.folder)).await
    }

    pub async fn desk(&self) -> Desk {
        self.house.ledger().desk(Actor::Person("test".into())).await.expect("a desk")
    }

    /// A page as a visitor gets it; it is there, and sound.
    pub async fn page(&self, address: &str) -> String {
        testing::sound(&self.portal, address).await
    }

    /// What a visitor gets, whatever it is.
    pub async fn get(&self, address: &str) -> (u16, String) {
        let (status, _, bytes) = testing::get(&self.portal, address).await;
        (status.as_u16(), String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What a player gets that asks for a part of a file.
    pub async fn part(&self, address: &str, range: &str) -> (u16, HeaderMap, Vec<u8>) {
        let request = Request::get(address).header(header::HOST, "localhost");
        let request = request.header(header::RANGE, range).body(RequestBody::empty());
        let request = request.expect("a request");
        let (status, headers, body) = testing::answer(&self.portal, request).await;
        (status.as_u16(), headers, body)
    }

    /// One statement as anyone with a client of the database might put it.
    pub async fn raw(&self, sql: &str) -> Result<u64, store::StoreError> {
        let change = self.house.store().begin().await.expect("begins");
        let rows = change.run(sql, vec![]).await?;
        change.commit().await.expect("commits");
        Ok(rows)
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.house.store().number(sql, vec![]).await.expect("counts").unwrap_or_default()
    }

    /// 张 writes a document.
    pub async fn write(&self, id: &str, title: &str, normative: bool) {
        let sql = format!(
            "INSERT INTO paper (id, title, genre, normative) VALUES ('{id}', '{title}', '通知', {})",
            i64::from(normative)
        );
        self.raw(&sql).await.expect("writes");
    }

    /// One column of a document is written anew.
    pub async fn edit(&self, id: &str, column: &str, text: &str) {
        let sql = format!("UPDATE paper SET {column} = '{text}' WHERE id = '{id}'");
        self.raw(&sql).await.expect("edits");
    }

    /// 张 judges it.
    pub async fn judge(&self, id: &str, verdict: &str, reason: &str) -> Result<Policy, ActError> {
        let said = judgement::Said { verdict, reason, former: "" };
        let named = [("yanglaofuwu".to_owned(), "养老服务".to_owned())];
        let (desk, by) = (self.desk().await, drafter());
        judgement::keep(desk, &self.publishers, &by, (DOCUMENT, id), said, &named).await
    }

    /// Somebody decides what was proposed.
    pub async fn decide(&self, by: &Signatory, id: &str, agrees: bool) -> Result<Policy, ActError> {
        decision::keep(self.desk().await, &self.publishers, by, id, (agrees, "看过")).await
    }

    /// 张 writes the plan.
    pub async fn plan(&self, policy: &str) -> Result<(), ActError> {
        let said = plan::Said {
            forms: vec!["wenzi", "tujie"],
            points: "多少钱",
            responsible: "科长",
            channels: "门户",
            phone: "0592-1",
            seen: "",
        };
        plan::keep(self.desk().await, &drafter(), policy, &said).await
    }

    /// 张 writes an interpretation in a form, whole.
    pub async fn material(&self, policy: &str, form: Form) -> Interpretation {
        let (by, desk) = (drafter(), self.desk().await);
        let begun = material::begin(desk, &by, policy, (form.word(), None)).await.expect("begins");
        let title = begun.title.clone();
        let said = material::Said { title: &title, body: body(form) };
        let desk = self.desk().await;
        material::write(desk, &by, &begun.id, (&said, begun.revision)).await.expect("writes");
        self.interpretation(&begun.id).await
    }

    /// A document with a plan and an interpretation, ready to be handed in.
    pub async fn ready(&self, id: &str, title: &str) -> (Policy, Interpretation) {
        self.write(id, title, false).await;
        let policy = self.judge(id, "xuyao", "").await.expect("judges");
        self.plan(&policy.id).await.expect("plans");
        let material = self.material(&policy.id, Form::Text).await;
        (policy, material)
    }

    /// 张 hands pieces in.
    pub async fn submit(&self, pieces: &[(&str, &str)]) -> Result<Unit, review::ActError> {
        let by = drafter();
        let given = submission::Submitted {
            pieces,
            note: None,
            added: vec![],
            for_another: false,
            by: &by,
        };
        submission::keep(self.desk().await, &self.publishers, given).await
    }

    /// A document handed in and signed before anybody had to say what goes with it.
    pub async fn signed_before(&self, id: &str) -> Unit {
        let publishers = Publishers::of(&[papers(), review::room()], Path::new("/nowhere"));
        let by = drafter();
        let given = submission::Submitted {
            pieces: &[(DOCUMENT, id)],
            note: None,
            added: vec![],
            for_another: false,
            by: &by,
        };
        let unit = submission::keep(self.desk().await, &publishers, given).await.expect("submits");
        for demand in unit.course.demands() {
            let (desk, by) = (self.desk().await, usual(demand.step));
            let passed =
                step::keep(desk, &publishers, &unit.id, demand.step, &Verdict::Pass, &by).await;
            passed.expect("passes");
        }
        unit
    }

    /// Every step of a unit is passed.
    pub async fn sign(&self, unit: &Unit) -> Result<(), review::ActError> {
        for demand in unit.course.demands() {
            let (desk, by) = (self.desk().await, usual(demand.step));
            step::keep(desk, &self.publishers, &unit.id, demand.step, &Verdict::Pass, &by).await?;
        }
        Ok(())
    }

    /// 孙 releases it.
    pub async fn release(&self, unit: &Unit) -> Result<Vec<Appeared>, review::ActError> {
        let by = person("孙", "publisher");
        publication::keep(self.desk().await, &self.publishers, &unit.id, &by).await
    }

    /// A document with its interpretation, signed and published as one.
    pub async fn published(&self, id: &str, title: &str) -> (Policy, Interpretation) {
        let (policy, material) = self.ready(id, title).await;
        let unit = self.submit(&[(DOCUMENT, id)]).await.expect("submits");
        self.sign(&unit).await.expect("signs");
        self.release(&unit).await.expect("publishes");
        (self.policy(&policy.id).await, self.interpretation(&material.id).await)
    }

    /// 张 takes a unit back.
    pub async fn take_back(&self, unit: &Unit) {
        withdrawal::keep(self.desk().await, &unit.id, &drafter()).await.expect("takes back");
    }

    /// Whether the content of a unit has changed.
    pub async fn has_lapsed(&self, unit: &Unit) -> bool {
        lapse::keep(self.desk().await, &self.publishers, &unit.id).await.expect("looks")
    }

    pub async fn policy(&self, id: &str) -> Policy {
        Policy::find(self.house.store(), id).await.expect("asks").expect("is there")
    }

    pub async fn interpretation(&self, id: &str) -> Interpretation {
        Interpretation::find(self.house.store(), id).await.expect("asks").expect("is there")
    }

    /// The document is taken down, or shown again, and the room hears of it.
    pub async fn document_is_shown(&self, id: &str, shown: bool) {
        let sql = format!("UPDATE paper_out SET shown = {} WHERE id = '{id}'", i64::from(shown));
        self.raw(&sql).await.expect("hides");
        let sql = format!(
            "UPDATE policy_document SET shown = {} WHERE subject = 'record:{id}'",
            i64::from(shown)
        );
        self.raw(&sql).await.expect("hears");
        interpretation::acts::taking_down::follow(self.house.ledger()).await.expect("follows");
    }
}
