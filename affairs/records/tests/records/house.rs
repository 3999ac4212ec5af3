//! A small house over a real store: a city, two districts and a town, each with a site.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use identity::Level;
use law::Date;
use ledger::{Actor, Clock, Desk, Ledger, Subscription};
use records::acts::publication::Published;
use records::acts::{ActError, File, Submission, examine, handing_in, intake, publication, upload};
use records::store::Draft;
use records::{FoundItem, LinkedItem};
use records_rules::{HeldMatter, Reach, Weight};
use review::Signatory;
use store::{FromQueryResult, Migrations, Place, Statements, Store};
use web::testing::{self, site};
use web::{Ask, By, DirectorySource, House, Publishers, Room, SiteDirectory, Tally};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
350203001001,鸿山社区居委会,village,350203001000,
350206000000,湖里区,district,350200000000,huli
";
const ORGANS: &str =
    "code,name,short_name,kind,level,division,valid_from,valid_to,successor,domains
XM00002,厦门市人民政府办公厅,市政府办公厅,office,city,350200000000,,,,
XM01002,厦门市思明区人民政府办公室,思明区政府办,office,district,350203000000,,,,
XM01101,厦门市思明区人民政府厦港街道办事处,厦港街道,town,township,350203001000,,,,
XM02002,厦门市湖里区人民政府办公室,湖里区政府办,office,district,350206000000,,,,
XM00901,厦门市行政审批管理局,市审批局,department,city,350200000000,2019-01-01,2024-06-30,XM00011,
XM00011,厦门市数据管理局,市数据局,department,city,350200000000,2024-07-01,,,
";

/// The moment at which acts in tests happen: past midnight in China.
pub const NOW: &str = "2026-11-25T16:30:00Z";

/// The day in China at that moment.
pub const TODAY: Date = law::day(2026, 11, 26);

/// One house on one engine.
pub struct Sample {
    pub house: Arc<House>,
    portal: Router,
    folder: PathBuf,
}

/// Runs a check in a fresh house on SQLite, and on PostgreSQL where there is one.
pub async fn on_both(check: impl AsyncFn(&Sample)) {
    let folder = std::env::temp_dir().join(format!("records-{}", uuid::Uuid::now_v7()));
    check(&Sample::open(Place::File(folder.join("a.db")), &folder).await).await;
    match store::testing::postgres("records").await {
        Some(place) => check(&Sample::open(place, &folder).await).await,
        None => store::testing::skipped("PostgreSQL 未提供，只验证了 SQLite"),
    }
    std::fs::remove_dir_all(folder).ok();
}

impl Sample {
    async fn open(place: Place, folder: &Path) -> Self {
        let all = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            records::MIGRATIONS,
        ];
        let store = Store::open(&place, &Migrations::of(all.concat())).await.expect("opens");
        let change = store.begin().await.expect("begins");
        identity::import_divisions(&change, DIVISIONS).await.expect("imports");
        identity::import_organs(&change, ORGANS).await.expect("imports");
        change.commit().await.expect("commits");
        let rooms = records::room();
        let listening = rooms.listeners.iter();
        let listening = listening
            .map(|one| Subscription { listener: one.name, acts: one.acts })
            .collect::<Vec<_>>();
        let clock = Clock::Fixed(NOW.parse().expect("a moment"));
        let ledger = Ledger::open(store, clock, listening).await.expect("opens");
        let search = search::Search::in_memory().expect("memory");
        let rooms = vec![records::room(), sites()];
        let mut house = House::new(ledger, search, rooms, folder.to_owned(), true);
        let routes = house.take_routes();
        let house = Arc::new(house);
        house.refresh_directory().await.expect("reads");
        let portal = web::portal(&house, routes);
        Self { house, portal, folder: folder.to_owned() }
    }

    /// Publishes all manuscripts of a text, at the house's moment.
    pub async fn publish(&self, text: &str) -> Result<Vec<Published>, ActError> {
        self.publish_with(text, vec![], Clock::Fixed(NOW.parse().expect("a moment"))).await
    }

    /// Publishes at another moment: what is new through its review, what was published elsewhere before as
    /// it was; with attachments to the first manuscript. Every item a
    /// manuscript names is found under the key `00000001`, unless its name begins with 没有; one whose
    /// name begins with 受限 is held.
    pub async fn publish_with(
        &self,
        text: &str,
        files: Vec<File>,
        clock: Clock,
    ) -> Result<Vec<Published>, ActError> {
        let mut submissions = Submission::read_all(text, TODAY).map_err(ActError::Faults)?;
        for submission in &mut submissions {
            let found = submission.named_items().iter().map(|named| {
                let words = std::iter::once(named.domain.clone()).chain(named.names.clone());
                let known = !named.domain.starts_with("没有");
                let domain = format!("d{}", named.domain.len());
                let held = named.domain.starts_with("受限");
                let item = "00000001".into();
                known.then(|| FoundItem {
                    link: LinkedItem { domain, item, words: words.collect() },
                    held: held.then(on_boards),
                    elements: vec![],
                })
            });
            let found = found.collect();
            *submission = submission.clone().linked(found);
        }
        submissions[0] = submissions[0].clone().with(files);
        let ledger = Ledger::open(self.house.store().clone(), clock, vec![]).await?;
        let calendar = ledger.calendar();
        let found = examine(ledger.store(), &submissions, TODAY, &calendar).await?;
        let errors = found.into_iter().map(|(_, fault)| fault);
        let errors: Vec<_> = errors.filter(|fault| fault.weight == Weight::Error).collect();
        if !errors.is_empty() {
            return Err(ActError::Faults(errors));
        }
        let mut published = Vec::with_capacity(submissions.len());
        for submission in submissions {
            let submission = self.kept(&ledger, submission).await?;
            let desk = ledger.desk(Actor::Operator("clerk".into())).await?;
            if submission.is_new() {
                let by = drafter(submission.manuscript().metadata.publisher.as_str());
                let draft = intake::begin(desk, &self.folder, &by, submission).await?;
                published.push(self.out_by(&ledger, &by, &draft.id).await?);
            } else {
                published.extend(publication::grant(desk, &self.folder, vec![submission]).await?);
            }
        }
        Ok(published)
    }

    /// Takes a draft through its review and releases it at a moment.
    pub async fn out_at(&self, draft: &Draft, moment: &str) -> Result<Published, ActError> {
        let clock = Clock::Fixed(moment.parse().expect("a moment"));
        let ledger = Ledger::open(self.house.store().clone(), clock, vec![]).await?;
        self.out_by(&ledger, &drafter(&draft.organ), &draft.id).await
    }

    /// Takes a draft through its review, up to the release; the unit's key.
    pub async fn signed(&self, draft: &Draft) -> String {
        let publishers = Publishers::of(&[records::room()], &self.folder);
        let by = drafter(&draft.organ);
        let desk = self.house.ledger().desk(by.actor()).await.expect("a desk");
        let unit = handing_in::keep(desk, &publishers, &by, &draft.id, None).await;
        let unit = unit.expect("hands in");
        review::testing::sign(self.house.ledger(), &publishers, &unit).await.expect("signs");
        unit.id
    }

    async fn out_by(
        &self,
        ledger: &Ledger,
        by: &Signatory,
        draft: &str,
    ) -> Result<Published, ActError> {
        let publishers = Publishers::of(&[records::room()], &self.folder);
        let desk = ledger.desk(by.actor()).await?;
        let unit = handing_in::keep(desk, &publishers, by, draft, None).await?;
        let out = review::testing::publish(ledger, &publishers, &unit).await?;
        self.published(out[0].subject.trim_start_matches("record:")).await
    }

    /// Keeps a file that needs no cleaning.
    pub async fn clean_file(&self, name: &str, bytes: &[u8]) -> records::store::Attachment {
        let examined = documents::Examined {
            findings: documents::Findings::default(),
            cleaned: Ok(bytes.to_vec()),
            text: String::new(),
        };
        let given = (name, bytes.to_vec());
        let hand = super::drafts::hand("lin");
        let kept = upload::keep(self.desk("lin").await, &self.folder, &hand, given, examined);
        kept.await.expect("keeps")
    }

    /// Keeps a file as the examination leaves it.
    pub async fn examined(&self, file: File) -> records::store::Attachment {
        let masking = documents::examining::Masking::default();
        let examined = documents::examining::here::examine(&file.bytes, &file.name, &masking);
        let (hand, given) = (super::drafts::hand("lin"), (file.name.as_str(), file.bytes));
        let desk = self.desk("lin").await;
        let kept = upload::keep(desk, &self.folder, &hand, given, examined.expect("examines"));
        kept.await.expect("keeps")
    }

    /// Keeps what is handed in, as if it had been examined and found clean.
    async fn kept(&self, ledger: &Ledger, given: Submission) -> Result<Submission, ActError> {
        let (submission, files) = given.without_files();
        let hand = super::drafts::hand("lin");
        let mut kept = Vec::new();
        for File { name, bytes } in files {
            let examined = documents::Examined {
                findings: documents::Findings::default(),
                cleaned: Ok(bytes.clone()),
                text: String::new(),
            };
            let desk = ledger.desk(Actor::Person("lin".into())).await?;
            let given = (name.as_str(), bytes);
            kept.push(upload::keep(desk, &self.folder, &hand, given, examined).await?);
        }
        Ok(submission.keeping(kept))
    }

    async fn published(&self, id: &str) -> Result<Published, ActError> {
        #[derive(FromQueryResult)]
        struct Row {
            index_number: String,
            document_number: Option<String>,
            title: String,
            reach_group: Option<String>,
            reach_reason: Option<String>,
        }
        let sql = "SELECT index_number, document_number, title, reach_group, reach_reason
                     FROM record WHERE id = $1";
        let row: Option<Row> = self.house.store().one(sql, vec![id.into()]).await?;
        let row = row.expect("is there");
        Ok(Published {
            id: id.into(),
            index: row.index_number,
            number: row.document_number,
            title: row.title,
            path: format!("/wenjian/{id}"),
            reach: match row.reach_group {
                Some(group) => Reach::CertainGroup { group },
                None => Reach::WholeSociety { reason: row.reach_reason },
            },
        })
    }

    /// The same portal with a second host for attachments.
    pub async fn with_second_host(&self, origin: &str) -> Router {
        let (ledger, search) = (self.at(NOW).await, search::Search::in_memory().expect("memory"));
        let rooms = vec![records::room(), sites()];
        let house = House::new(ledger, search, rooms, self.folder.clone(), true);
        let second = web::SecondHost::read(origin).expect("an origin");
        let mut house = house.attachments_from(Some(second));
        let routes = house.take_routes();
        house.refresh_directory().await.expect("reads");
        web::portal(&Arc::new(house), routes)
    }

    /// The ledger at another moment, to which the room listens.
    pub async fn at(&self, moment: &str) -> Ledger {
        let clock = Clock::Fixed(moment.parse().expect("a moment"));
        let room = records::room();
        let listening = room.listeners.iter();
        let listening =
            listening.map(|one| Subscription { listener: one.name, acts: one.acts }).collect();
        Ledger::open(self.house.store().clone(), clock, listening).await.expect("opens")
    }

    /// A desk of a natural person at a moment.
    pub async fn desk_at(&self, person: &str, moment: &str) -> Desk {
        let clock = Clock::Fixed(moment.parse().expect("a moment"));
        let ledger = Ledger::open(self.house.store().clone(), clock, vec![]).await.expect("opens");
        ledger.desk(Actor::Person(person.into())).await.expect("a desk")
    }

    /// The same at the house's moment.
    pub async fn desk(&self, person: &str) -> Desk {
        self.desk_at(person, NOW).await
    }

    /// Works off the jobs that are due at a moment, as the worker does; says how many there were.
    pub async fn work_at(&self, moment: &str) -> usize {
        let now = moment.parse().expect("a moment");
        let ledger = Ledger::open(self.house.store().clone(), Clock::Fixed(now), vec![]);
        let ledger = ledger.await.expect("opens");
        let search = search::Search::in_memory().expect("memory");
        let house = House::new(ledger, search, vec![records::room()], self.folder.clone(), true);
        let change = self.house.store().begin().await.expect("begins");
        let jobs = jobs::Queue::claim(&change, jobs::Kinds::Any, now, 50).await.expect("claims");
        for job in &jobs {
            let listener = house.listeners().find(|one| one.name == job.kind).copied();
            let event = house.ledger().event(&job.payload).await.expect("asks").expect("is there");
            let hear = listener.expect("somebody listens").hear;
            hear(&house, &event, &change).await.expect("hears");
            jobs::Queue::finish(&change, job).await.expect("finishes");
        }
        change.commit().await.expect("commits");
        jobs.len()
    }

    /// What a visitor gets at an address.
    pub async fn get(&self, address: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        testing::get(&self.portal, address).await
    }

    /// The same at a host.
    pub async fn get_at(&self, host: &str, address: &str) -> (StatusCode, String) {
        let request = Request::get(address).header("host", host).body(Body::empty());
        let answer = testing::answer(&self.portal, request.expect("a request")).await;
        (answer.0, String::from_utf8_lossy(&answer.2).into_owned())
    }

    /// A page as text, and its status.
    pub async fn page(&self, address: &str) -> (StatusCode, String) {
        testing::read(&self.portal, address).await
    }

    /// The titles of a whole list, page by page.
    pub async fn titles(&self, ask: Ask) -> Vec<String> {
        let (mut titles, mut ask) = (Vec::new(), ask);
        loop {
            let listing = self.house.listing().expect("this room has one");
            let page = listing.rows(&self.house, &ask).await.expect("lists");
            titles.extend(page.rows.into_iter().map(|row| row.title));
            assert!(titles.len() < 5000, "the pages never end");
            match page.next {
                Some(next) => ask.after = Some(next),
                None => return titles,
            }
        }
    }

    /// How much there is of each, in order of its key.
    pub async fn tally(&self, ask: &Ask, by: By) -> Vec<(String, Tally)> {
        let listing = self.house.listing().expect("this room has one");
        let tally = listing.tally(&self.house, ask, by).await.expect("counts");
        let mut tally: Vec<_> = tally.into_iter().collect();
        tally.sort_by(|one, other| one.0.cmp(&other.0));
        tally
    }
}

/// Who drafts for an organ.
pub fn drafter(organ: &str) -> Signatory {
    review::testing::someone(organ, "drafter")
}

fn on_boards() -> HeldMatter {
    HeldMatter {
        item: "受限 > 事项".into(),
        why: "只面向特定群体".into(),
        group: Some("村集体成员".into()),
    }
}

/// A manuscript whose particulars are the usual ones, but for those given.
pub fn manuscript(title: &str, more: &[(&str, &str)]) -> String {
    let usual = [
        ("标题", title),
        ("发布机构", "XM00002"),
        ("成文日期", "2026-11-20"),
        ("主题分类", "综合政务/政务公开"),
        ("体裁", "通知"),
        ("公开属性", "主动公开"),
    ];
    let given = |name: &str| more.iter().any(|(other, _)| *other == name);
    let kept = usual.into_iter().filter(|(name, _)| !given(name));
    let lines = kept.chain(more.iter().copied());
    let lines: Vec<_> = lines.map(|(name, value)| format!("{name}：{value}")).collect();
    format!("---\n{}\n---\n\n各区人民政府：\n\n正文第一段。\n", lines.join("\n"))
}

/// Several manuscripts in one text.
pub fn together(manuscripts: impl IntoIterator<Item = String>) -> String {
    manuscripts.into_iter().collect::<Vec<_>>().join("=====\n")
}

fn sites() -> Room {
    let directory = DirectorySource { read: |_| Box::pin(async { Ok(directory().clone()) }) };
    Room { name: "sites", directory: Some(directory), ..Room::default() }
}

fn directory() -> &'static SiteDirectory {
    static SITES: OnceLock<SiteDirectory> = OnceLock::new();
    SITES.get_or_init(|| {
        SiteDirectory::of(vec![
            site(&[("", "厦门市")], Level::City, "3502", ""),
            site(&[("/siming", "思明区")], Level::District, "350203", ""),
            site(&[("/siming/xiagang", "厦港街道")], Level::Township, "350203001", ""),
            site(&[("/huli", "湖里区")], Level::District, "350206", ""),
        ])
    })
}
