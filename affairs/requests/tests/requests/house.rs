//! A small house: three organs, officers, keys and a folder; its clock is set by each test.

use std::path::{Path, PathBuf};

use identity::Tables;
use law::Date;
use ledger::{Actor, Clock, Desk, Ledger};
use requests::acts::intake::{Acknowledged, Intake, Way};
use requests::acts::{ActError, intake};
use requests::files::{NewFile, StagedFile};
use requests::store::{Case, Purpose};
use requests_rules::{
    Applicant, ApplicantClass, Application, Channel, Contact, DeliveryWay, IdentityProof,
    ProvidedForm, ResidentNumber, Wanted,
};
use review::Signatory;
use secrets::{Algorithm, Sealer};
use store::{Migrations, Place, Store};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
";
const ORGANS: &str = "code,name,short_name,kind,level,division
XM00002,厦门市人民政府办公厅,市政府办公厅,office,city,350200000000
XM01002,厦门市思明区人民政府办公室,思明区政府办,office,district,350203000000
";

/// The organ asked.
pub const ORGAN: &str = "XM01002";

/// One house on one engine.
pub struct House {
    pub ledger: Ledger,
    pub sealer: Sealer,
    pub folder: PathBuf,
}

/// Runs a check in a fresh house on SQLite, and on PostgreSQL where there is one.
pub async fn on_both(check: impl AsyncFn(&House)) {
    store::testing::on_both("requests", async |place| {
        let folder = store::testing::Folder::new("requests-files");
        check(&House::open(place, folder.path()).await).await;
    })
    .await;
}

impl House {
    pub async fn open(place: Place, folder: &Path) -> Self {
        let tables = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            requests::MIGRATIONS,
        ];
        let store = Store::open(&place, &Migrations::of(tables.concat())).await.expect("opens");
        let ledger = Ledger::open(store, at("2026-03-02"), vec![]).await.expect("opens");
        let sealer = Sealer::open_or_make(&folder.join("secrets"), Algorithm::Aes256Gcm);
        let house = Self { ledger, sealer: sealer.expect("keys"), folder: folder.join("files") };
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        let desk = house.ledger.desk(Actor::Operator("clerk".into())).await.expect("a desk");
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        house
    }

    /// A desk at ten in the morning in China on a day.
    pub async fn desk(&self, on: &str, actor: Actor) -> Desk {
        self.ledger.clone().with_clock(at(on)).desk(actor).await.expect("a desk")
    }

    /// The same for an officer.
    pub async fn of(&self, on: &str, by: &Signatory) -> Desk {
        self.desk(on, by.actor()).await
    }

    /// A citizen hands in a form on a day.
    pub async fn asks(&self, on: &str, application: Application) -> Acknowledged {
        self.asks_by(on, application, Way::default(), None).await.expect("registered")
    }

    /// The same, with how it came and the key of the form.
    pub async fn asks_by(
        &self,
        on: &str,
        application: Application,
        way: Way,
        key: Option<&str>,
    ) -> Result<Acknowledged, ActError> {
        let intake = Intake {
            organ: ORGAN.into(),
            application,
            way,
            items: 1,
            files: vec![],
            key: key.map(str::to_owned),
        };
        let desk = self.desk(on, Actor::Visitor).await;
        intake::register(desk, &self.sealer, None, intake).await
    }

    /// A file, sealed and laid down.
    pub async fn file(&self, name: &str, purpose: Purpose, bytes: &[u8]) -> StagedFile {
        let new = NewFile { name: name.into(), purpose, bytes: bytes.to_vec() };
        StagedFile::lay(&self.folder, &self.sealer, new).await.expect("laid down")
    }

    /// The file of a request, as it stands.
    pub async fn case(&self, request: &str) -> Case {
        let case = Case::find(self.ledger.store(), ORGAN, request).await.expect("reads");
        case.expect("a case")
    }
}

/// The clock at ten in the morning in China on a day.
pub fn at(on: &str) -> Clock {
    Clock::Fixed(format!("{on}T02:00:00Z").parse().expect("a moment"))
}

/// A day.
pub fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// An officer of the organ.
pub fn officer(person: &str, role: &str) -> Signatory {
    Signatory {
        person: person.into(),
        name: format!("{person}先生"),
        post: format!("post-{person}"),
        role: role.into(),
        organ: ORGAN.into(),
        unit: "政务公开科".into(),
        stands_in_for: None,
    }
}

/// What a person asks for over a channel.
pub fn application(channel: Channel, name: &str, title: &str) -> Application {
    Application {
        applicant: Applicant {
            name: name.into(),
            class: ApplicantClass::NaturalPerson,
            proof: Some(IdentityProof::ResidentCard(resident(name))),
            contact: Contact {
                telephone: Some("13950012345".into()),
                address: Some(format!("{name}的住址")),
                email: None,
            },
            agent: None,
        },
        wanted: Wanted { title: Some(title.into()), ..Wanted::default() },
        form: Some(ProvidedForm::Paper),
        by: Some(DeliveryWay::Post),
        channel,
        read_back: true,
        assistance: None,
    }
}

/// A number of a person that no other name has.
pub fn resident(name: &str) -> ResidentNumber {
    let sum: u32 = name.chars().map(u32::from).fold(7, |sum, one| (sum * 31 + one) % 9973);
    let first = format!("35020319800101{:03}", sum % 1000);
    let numbers = "0123456789X".chars().map(|last| format!("{first}{last}"));
    let mut right = numbers.filter_map(|number| ResidentNumber::read(&number).ok());
    right.next().expect("one check digit fits")
}
