//! A small house: three organs, officers, keys and a folder; its clock is set by each test.

use std::path::{Path, PathBuf};

use identity::Tables;
use law::Date;
use ledger::{Actor, Clock, Desk, Ledger};
use requests::acts::answer::Draft;
use requests::acts::assignment::Assignee;
use requests::acts::intake::{Acknowledged, Intake, Way};
use requests::acts::proposal::Wish;
use requests::acts::{ActError, answer, assignment, delivery, intake, proposal};
use requests::files::{NewFile, StagedFile};
use requests::store::{
    Answer, AnswerContent, AnswerItem, AnswerState, Case, IssuedLetter, Purpose, ReviewStep,
};
use requests_rules::{
    Applicant, ApplicantClass, Application, Channel, Contact, DeliveryWay, Fact, IdentityProof,
    ProvidedForm, ResidentNumber, ServingMethod, ServingProof, Wanted,
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

/// The people of the organ.
pub struct People {
    pub officer: Signatory,
    pub head: Signatory,
    pub secrecy: Signatory,
    pub legal: Signatory,
    pub approver: Signatory,
}

/// The people of the organ.
pub fn people() -> People {
    People {
        officer: officer("chen", "foi_officer"),
        head: officer("wang", "foi_head"),
        secrecy: officer("zhao", "secrecy_reviewer"),
        legal: officer("qian", "legal_reviewer"),
        approver: officer("sun", "approver"),
    }
}

impl House {
    /// A request at the counter on a day, assigned to the officer.
    pub async fn assigned(&self, on: &str, name: &str) -> String {
        let asked = application(Channel::Counter, name, &format!("{name}要的信息"));
        let told = self.asks(on, asked).await;
        self.assign(on, &told.request).await;
        told.request
    }

    /// Gives a request to the officer.
    pub async fn assign(&self, on: &str, request: &str) {
        let people = people();
        let to = Assignee {
            unit: String::new(),
            officer: people.officer.person.clone(),
            name: people.officer.name.clone(),
        };
        let desk = self.of(on, &people.head).await;
        assignment::assign(desk, &people.head, request, to).await.expect("assigned");
    }

    /// Proposes and decides on the same day.
    pub async fn decided(
        &self,
        on: &str,
        request: &str,
        wish: Wish,
    ) -> Result<Option<IssuedLetter>, ActError> {
        let people = people();
        let desk = self.of(on, &people.officer).await;
        let wish = (wish, "事情需要");
        let proposed =
            proposal::propose(desk, &self.sealer, &people.officer, request, wish).await?;
        let desk = self.of(on, &people.head).await;
        proposal::decide(desk, &people.head, &proposed.id, (true, "同意")).await
    }

    /// An answer of one item is drafted, reviewed and signed on a day.
    pub async fn signed(
        &self,
        on: &str,
        request: &str,
        content: AnswerContent,
    ) -> Result<String, ActError> {
        let people = people();
        // what was drafted beside an opinion is gone on with
        let open = Answer::of(self.ledger.store(), request).await?;
        let open = open.into_iter().find(|one| one.state == AnswerState::Draft);
        let (answer, seen) = open.map_or((None, 0), |one| (Some(one.id), one.version));
        let draft = Draft { request: request.into(), answer, corrects: None, seen, content };
        let desk = self.of(on, &people.officer).await;
        let (answer, version) = answer::save(desk, &people.officer, draft).await?;
        let desk = self.of(on, &people.officer).await;
        answer::submit(desk, &self.sealer, &people.officer, &answer.id).await?;
        for (by, step) in [
            (&people.secrecy, ReviewStep::Secrecy),
            (&people.legal, ReviewStep::Legal),
            (&people.approver, ReviewStep::Signature),
        ] {
            let desk = self.of(on, by).await;
            let seen = (answer.id.as_str(), version.hash.as_str());
            answer::review(desk, by, seen, (step, true, "")).await?;
        }
        Ok(answer.id)
    }

    /// The same, and issued.
    pub async fn answered(
        &self,
        on: &str,
        request: &str,
        content: AnswerContent,
    ) -> Result<IssuedLetter, ActError> {
        let answer = self.signed(on, request, content).await?;
        let by = people().officer;
        let desk = self.of(on, &by).await;
        answer::issue(desk, &self.sealer, &by, &answer).await
    }

    /// A letter is handed over on a day, with the signed slip.
    pub async fn served(&self, on: &str, request: &str, letter: &str) -> Result<Date, ActError> {
        let by = people().officer;
        let desk = self.of(on, &by).await;
        let method = (ServingMethod::InPerson, "");
        let sent = delivery::send(desk, &by, (request, letter), method).await?;
        let slip = self.file("回证.pdf", Purpose::Proof, b"slip").await;
        let desk = self.of(on, &by).await;
        let proof = (day(on), ServingProof::SignedSlip);
        delivery::arrive(desk, &by, (request, &sent.id), proof, slip).await
    }
}

/// An answer of one item.
pub fn content(code: &str, facts: &[Fact]) -> AnswerContent {
    let facts = facts.iter().map(|fact| (*fact, format!("{}写在这里", fact.label()))).collect();
    AnswerContent {
        items: vec![AnswerItem { asked: "要的信息".into(), code: code.into(), facts }],
        body: format!("经审查，答复如下（{code}）。"),
        files: vec![],
    }
}

/// 已主动公开.
pub fn open_already() -> AnswerContent {
    content("G1", &[Fact::Whereabouts])
}
