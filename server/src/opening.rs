//! Opening the house: store, ledger, index and rooms over one data folder.

mod folder;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ledger::{Clock, Ledger, Subscription, Unheard};
use search::Search;
use secrets::{Algorithm, Sealer};
use store::{Place, Store};
use tokio::sync::{Notify, Semaphore};
use web::{House, PrintFault, Printer, Room, Route};

use crate::failure::{Exit, Failure};
use crate::log_keeping::Keeper;
use crate::rooms;

/// Who keeps pages fresh; it hears of everything.
pub const PAGES: &str = "house.pages";

/// A long catalogue takes seconds; a minute means that something is wrong.
const LONGEST_PRINT: Duration = Duration::from_secs(60);

/// So many documents or pictures are set at once; each child holds the faces in memory.
const AT_ONCE: usize = 2;

/// So many bytes of catalogues set on paper are kept: those of a city and its districts.
const REMEMBERED: u64 = 48 << 20;

/// Where the data lie.
#[derive(Debug, Clone, clap::Args)]
pub struct Whereabouts {
    /// 数据目录: 数据库、附件和检索索引都放在这里
    #[arg(long, global = true, env = "GONGKAI_DATA", default_value = "./data")]
    pub data: PathBuf,
    /// 改用 PostgreSQL, 例如 postgres://user@host/base
    #[arg(long, global = true, env = "GONGKAI_DATABASE")]
    pub database: Option<String>,
    /// 个人信息加密保存用的算法: aes-256-gcm 或 sm4-gcm; 换了以后, 新内容用新算法, 旧内容照样能打开
    #[arg(long, global = true, value_name = "算法", env = "GONGKAI_CIPHER")]
    #[arg(default_value = "aes-256-gcm", value_parser = ["aes-256-gcm", "sm4-gcm"])]
    pub cipher: String,
}

/// A provider of single sign-on, as the operator names it.
#[derive(Debug, Clone, clap::Args)]
pub struct SingleSignOn {
    /// 统一身份认证(OpenID Connect)的签发者网址
    #[arg(long = "sso-issuer", value_name = "网址", env = "GONGKAI_SSO_ISSUER")]
    #[arg(requires_all = ["client", "secret", "back"])]
    pub issuer: Option<String>,
    /// 在那里登记的客户端编号
    #[arg(long = "sso-client", value_name = "编号", env = "GONGKAI_SSO_CLIENT")]
    pub client: Option<String>,
    /// 在那里登记的客户端密钥; 最好只用环境变量给出
    #[arg(long = "sso-secret", value_name = "密钥", env = "GONGKAI_SSO_SECRET")]
    pub secret: Option<String>,
    /// 登记的返回地址, 例如 https://www.example.gov.cn/gongzuo/denglu/danyi/huilai
    #[arg(long = "sso-back", value_name = "网址", env = "GONGKAI_SSO_BACK")]
    pub back: Option<String>,
    /// 登录页上的叫法
    #[arg(long = "sso-name", value_name = "名称", env = "GONGKAI_SSO_NAME")]
    #[arg(default_value = "统一身份认证")]
    pub name: String,
}

/// The house with the way to wake its worker and the routes for its door.
pub struct Opened {
    /// The house.
    pub house: House,
    /// Its routes.
    pub routes: Vec<Route>,
    /// Rings after every sealed act.
    pub bell: Arc<Notify>,
    /// The same for whoever keeps the public log.
    pub log_bell: Arc<Notify>,
    /// Signs the public log.
    pub keeper: Keeper,
}

impl Opened {
    /// Lists the invented persons with the passwords published for them: for the demo on a loopback
    /// address, and nowhere else.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn listing_demo_persons(mut self) -> Result<Self, Failure> {
        let persons = crate::demo::listed(self.house.ledger()).await?;
        self.routes.extend(self.house.list_demo_persons(persons));
        Ok(self)
    }

    /// The demo city as others may reach it: its invented persons have no way in.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn without_demo_persons(self) -> Result<Self, Failure> {
        let actor = ledger::Actor::Operator("gongkai".into());
        identity::Person::sign_out_invented(self.house.ledger(), actor).await?;
        Ok(self)
    }

    /// Lets people sign in by the provider of single sign-on that is named, if one is.
    ///
    /// # Errors
    /// What is named are no addresses.
    pub fn signing_on_by(mut self, named: SingleSignOn) -> Result<Self, Failure> {
        let SingleSignOn { issuer: Some(issuer), client, secret, back, name } = named else {
            return Ok(self);
        };
        let settings = identity::ProviderSettings {
            name,
            issuer,
            client: client.unwrap_or_default(),
            secret: secret.unwrap_or_default(),
            back: back.unwrap_or_default(),
        };
        let provider = identity::Provider::new(settings).map_err(|error| {
            let remedy = "请核对 --sso-issuer 和 --sso-back, 都写成完整的网址";
            let message = "统一身份认证的设置不对: 签发者网址或者返回地址不是完整的网址";
            Failure::new(Exit::Usage, message, remedy).because(error)
        })?;
        self.house = self.house.signing_on_by(provider);
        Ok(self)
    }

    /// Gives attachments out from the host of this origin alone, if one is named.
    ///
    /// # Errors
    /// What is named is no origin.
    pub fn attachments_from(mut self, origin: Option<String>) -> Result<Self, Failure> {
        let second = origin.as_deref().map(web::SecondHost::read).transpose();
        let second = second
            .map_err(|error| Failure::new(Exit::Usage, error.to_string(), "请核对 --files"))?;
        self.house = self.house.attachments_from(second);
        Ok(self)
    }

    /// Tells subscribers by what the operator has set up.
    pub fn telling_by(mut self, ways: notices::Ways) -> Self {
        self.house = self.house.furnished_with(ways);
        self
    }

    /// Lets self-service machines wait as the operator has settled.
    pub fn waiting_at_kiosks(mut self, settings: web::kiosk::KioskSettings) -> Self {
        self.house = self.house.furnished_with(settings);
        self
    }

    /// Believes these addresses of what stands before the program when they say who asks.
    pub fn behind(mut self, proxies: Vec<IpAddr>) -> Self {
        self.house = self.house.behind(proxies);
        self
    }
}

/// What to do about keys that cannot be used.
const KEYS: &str = "密钥在数据目录的 secrets 文件夹里, 说明见 docs/backup.md";

/// 同义词 of the operator's own, in a data folder; the form is told in `docs/search.md`.
const SYNONYMS: &str = "synonyms.csv";

/// Folders of the platform in a data folder: attachments, uploads as they came, the index of the search, what
/// came with requests, the keys of personal data.
const KEPT_BESIDE: [&str; 5] = ["files", "originals", "index", "requests", "secrets"];

impl Whereabouts {
    /// A data folder, as it is without any setting.
    pub fn folder(data: &Path) -> Self {
        let cipher = Algorithm::Aes256Gcm.name().to_owned();
        Self { data: data.to_owned(), database: None, cipher }
    }

    /// The database.
    pub fn place(&self) -> Place {
        match &self.database {
            Some(url) => Place::Postgres(url.clone()),
            None => Place::File(self.data.join("gongkai.db")),
        }
    }

    /// Where the data lie, as one says it: the folder, or that a database was named, whose address may hold a password.
    pub fn name(&self) -> String {
        match &self.database {
            Some(_) => "--database 指定的库".into(),
            None => self.data.display().to_string(),
        }
    }

    /// Opens the store alone, and founds it where there is none: for those few commands that are there to
    /// found one. Every other asks for what exists, so that a mistyped place stays empty and is told.
    ///
    /// # Errors
    /// The database cannot be opened.
    pub async fn founding(&self, clock: Clock) -> Result<Ledger, Failure> {
        self.ledger_for(&rooms::rooms(), clock).await
    }

    /// Whether there are data already.
    ///
    /// # Errors
    /// The folder may not be looked into, or the database server cannot be reached.
    pub async fn is_founded(&self) -> Result<bool, Failure> {
        self.may_look()?;
        Store::is_founded(&self.place()).await.map_err(unopened)
    }

    /// The ledger, where there is one.
    ///
    /// # Errors
    /// There is none, or it cannot be opened.
    pub async fn existing(&self) -> Result<Ledger, Failure> {
        self.present().await?;
        self.ledger_for(&rooms::rooms(), Clock::Wall).await
    }

    /// Seals and opens personal data with the keys of the data folder; they are made where there are none.
    ///
    /// # Errors
    /// A key is there and cannot be used, or none can be written.
    pub fn sealer(&self) -> Result<Sealer, Failure> {
        let algorithm = Algorithm::named(&self.cipher).unwrap_or(Algorithm::Aes256Gcm);
        Sealer::open_or_make(&Sealer::folder(&self.data), algorithm)
            .map_err(|error| Failure::new(Exit::Failure, error.to_string(), KEYS).because(error))
    }

    /// That there are data, asked before anything else is read.
    ///
    /// # Errors
    /// There are none, or the database server cannot be reached.
    pub async fn present(&self) -> Result<(), Failure> {
        match self.is_founded().await? {
            true => Ok(()),
            false => Err(self.nothing_there()),
        }
    }

    /// That there are no data, and what to do.
    pub fn nothing_there(&self) -> Failure {
        let message = format!("{} 里没有数据", self.name());
        let remedy = match &self.database {
            Some(_) => "请核对 --database 写的库名和 search_path",
            None => "请核对 --data 写的目录",
        };
        let remedy = format!("{remedy}; 第一次使用的, 先用 gongkai organ import 导入区划和机关");
        Failure::new(Exit::NotFound, message, remedy)
    }

    /// Closes to others what the platform keeps beside the database, where an earlier version left it open.
    /// The data folder itself is the operator's.
    fn close(&self) {
        for name in KEPT_BESIDE {
            store::private::close_all(&self.data.join(name));
        }
    }

    async fn ledger_for(&self, rooms: &[Room], clock: Clock) -> Result<Ledger, Failure> {
        self.close();
        let store =
            Store::open(&self.place(), &rooms::migrations(rooms)).await.map_err(unopened)?;
        let heard = rooms.iter().flat_map(|room| room.listeners.iter());
        let mut subscriptions: Vec<Subscription> = heard
            .map(|listener| Subscription { listener: listener.name, acts: listener.acts })
            .collect();
        subscriptions.push(Subscription { listener: PAGES, acts: &["*"] });
        let ledger = Ledger::open(store, clock, subscriptions).await.map_err(unopened)?;
        let ledger = ledger.sparing(seen_by_nobody(rooms));
        catalogue::acts::domains::seed_if_none(&ledger).await?;
        catalogue::acts::plan::seed_if_none(&ledger).await?;
        Ok(ledger)
    }

    /// Opens the whole house.
    ///
    /// # Errors
    /// The database or the index cannot be opened.
    pub async fn open(&self, demo: bool) -> Result<Opened, Failure> {
        self.open_by(Clock::Wall, demo).await
    }

    /// The same by another clock.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub async fn open_by(&self, clock: Clock, demo: bool) -> Result<Opened, Failure> {
        let rooms = rooms::rooms();
        let bell = Arc::new(Notify::new());
        let log_bell = Arc::new(Notify::new());
        let rings = [Arc::clone(&bell), Arc::clone(&log_bell)];
        let ring = move || rings.iter().for_each(|bell| bell.notify_one());
        let ledger = self.ledger_for(&rooms, clock).await?.waking(Arc::new(ring));
        let search = Search::open(&self.data.join("index")).map_err(|error| {
            let message = format!("检索索引打不开: {error}");
            Failure::new(
                Exit::Failure,
                message,
                "删去数据目录下的 index 文件夹再启动, 索引会自动重建",
            )
        })?;
        let own = self.data.join(SYNONYMS);
        match std::fs::read_to_string(&own) {
            Ok(rows) => search.add_synonyms(&rows),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                eprintln!("注意: 同义词表 {} 读不出（{error}），只用自带的", own.display())
            }
        }
        let house = House::new(ledger, search, rooms, self.data.clone(), demo);
        let sealer = self.sealer()?;
        let mut house = house.printing_with(printer().remembering("catalogue", REMEMBERED));
        let routes = house.take_routes();
        catalogue::acts::computation::begin_if_never(house.ledger()).await?;
        house.refresh_directory().await.map_err(Failure::from)?;
        warn_of_lost_keys(&sealer, &house).await?;
        let house = house.sealing_with(sealer);
        let keeper = Keeper::open(&house).await;
        Ok(Opened { house, routes, bell, log_bell, keeper })
    }
}

/// Says so where there is personal data whose keys are not here: public pages go on, files of requests do not.
async fn warn_of_lost_keys(sealer: &Sealer, house: &House) -> Result<(), Failure> {
    if !sealer.is_founded_now() {
        return Ok(());
    }
    for column in house.sealed_columns() {
        let kept = secrets::kept(house.store(), sealer, column).await?;
        if kept.unreadable > 0 {
            eprintln!(
                "注意: {} 有 {} 行个人信息是用不在这里的密钥加密的, 现在打不开; \
                 请把另外保管的 secrets 文件夹里的文件放回数据目录的 secrets 里",
                column.table, kept.unreadable
            );
        }
    }
    Ok(())
}

/// Sets a document or a picture in a child of this very program, so that its memory does not stay.
pub fn printer() -> Printer {
    let presses = Arc::new(Semaphore::new(AT_ONCE));
    Printer::new(move |template, data| {
        let presses = Arc::clone(&presses);
        Box::pin(async move {
            let template = match template {
                "catalogue" => typeset::Template::Catalogue,
                "document" => typeset::Template::Document,
                "guide" => typeset::Template::Guide,
                "envelope" => typeset::Template::Envelope,
                "drawing" => typeset::Template::Drawing,
                other => return Err(PrintFault::Refused(format!("没有名为 {other} 的版式"))),
            };
            let refused = |error: &dyn std::fmt::Display| PrintFault::Refused(error.to_string());
            let press = presses.acquire_owned().await.map_err(|error| refused(&error))?;
            let set = move || {
                // Kept until the child has ended, also where nobody waits for it any more.
                let _press = press;
                typeset::child::render(template, data, LONGEST_PRINT)
            };
            match tokio::task::spawn_blocking(set).await {
                Ok(Ok(set)) => Ok(set),
                Ok(Err(error)) => Err(refused(&error)),
                Err(error) => Err(refused(&error)),
            }
        })
    })
}

/// The acts that change no page, so that none need be let go after them.
fn seen_by_nobody(rooms: &[Room]) -> Vec<Unheard> {
    let unseen = |room: &Room| Unheard { listener: PAGES, room: room.name, subjects: room.unseen };
    rooms.iter().map(unseen).collect()
}

fn unopened(error: store::StoreError) -> Failure {
    let remedy = "请检查 --data 或 --database 指向的位置、权限和磁盘空间";
    Failure::new(Exit::Failure, error.to_string(), remedy).because(error)
}
