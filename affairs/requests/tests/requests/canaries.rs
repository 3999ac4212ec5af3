//! Two thousand marks in every field that tells who somebody is: none in the database file, in what was written
//! ahead of it, or in a file on disk, once everything a request may go through has happened.

use std::path::Path;

use ledger::Actor;
use requests::acts::complaint::{self, Filed};
use requests::acts::correction::Supplement;
use requests::acts::{By, correction, intake, opinion, rectification, withdrawal};
use requests::store::{Asked, Complainant, Purpose, RectificationWish, ThirdParty};
use requests_rules::{
    Agent, Capacity, Channel, ComplaintGround, Contact, CorrectionNotice, IdentityProof, Opinion,
};

use crate::house::{House, ORGAN, application, open_already, people};

/// How many requests, with ten marks each.
const REQUESTS: usize = 200;

struct Marks {
    of: usize,
    next: usize,
    all: Vec<String>,
}

impl Marks {
    /// A mark that is nowhere else, with letters around it that no other text has.
    fn draw(&mut self) -> String {
        self.next += 1;
        let mark = format!("鳯{:04}龘{:02}", self.of, self.next);
        self.all.push(mark.clone());
        mark
    }

    fn contact(&mut self) -> Contact {
        Contact {
            telephone: Some(self.draw()),
            address: Some(self.draw()),
            email: Some(self.draw()),
        }
    }
}

/// A request with marks everywhere goes its way.
async fn planted(house: &House, of: usize) -> Vec<String> {
    let mut marks = Marks { of, next: 0, all: Vec::new() };
    let by = people().officer;
    let name = marks.draw();
    let mut asked = application(Channel::Counter, &name, &format!("第{of}号地块的补偿"));
    asked.applicant.proof = Some(IdentityProof::Passport(marks.draw()));
    asked.applicant.contact = marks.contact();
    asked.applicant.agent = Some(Agent {
        name: marks.draw(),
        proof: Some(IdentityProof::Passport(marks.draw())),
        capacity: Capacity::Authorised,
        authority_shown: true,
    });
    asked.assistance = Some(marks.draw());
    asked.wanted.description = Some(format!("{name}家门口的那一块"));
    let (scan, inside) = (format!("{}.jpg", marks.draw()), marks.draw());
    let scan = house.file(&scan, Purpose::Identity, inside.as_bytes()).await;
    let intake = intake::Intake {
        organ: ORGAN.into(),
        application: asked.clone(),
        way: intake::Way::default(),
        items: 1,
        files: vec![scan],
        key: Some(format!("form-{of}")),
    };
    let desk = house.of("2026-03-02", &by).await;
    let told = intake::register(desk, &house.sealer, Some(&by), intake).await.expect("registered");
    let request = told.request;
    house.assign("2026-03-02", &request).await;
    if of.is_multiple_of(10) {
        further(house, &request, &mut marks, asked).await;
    }
    if of.is_multiple_of(4) {
        let desk = house.desk("2026-03-30", Actor::Visitor).await;
        withdrawal::withdraw(desk, ORGAN, &request).await.expect("withdrawn");
    } else if of % 40 == 1 {
        house.answered("2026-03-30", &request, open_already()).await.expect("answered");
    }
    marks.all
}

/// Corrections, opinions, complaints and demands, with marks of their own.
async fn further(
    house: &House,
    request: &str,
    marks: &mut Marks,
    asked: requests_rules::Application,
) {
    let by = people().officer;
    let notice = CorrectionNotice { items: vec!["地块".into()], days: None, supervisor: false };
    let desk = house.of("2026-03-03", &by).await;
    correction::ask(desk, &house.sealer, &by, request, notice).await.expect("told");
    let desk = house.desk("2026-03-04", Actor::Visitor).await;
    let supplement = Supplement { application: Some(asked), ..Supplement::default() };
    let to = (ORGAN, request);
    correction::receive(desk, &house.sealer, By::Applicant, to, supplement).await.expect("taken");
    let third = ThirdParty { name: marks.draw(), contact: marks.contact() };
    let desk = house.of("2026-03-05", &by).await;
    let asked = (Asked::ThirdParty(third), "供货合同");
    let asked = opinion::ask(desk, &house.sealer, &by, request, asked).await.expect("asked");
    let desk = house.desk("2026-03-06", Actor::Visitor).await;
    let words = marks.draw();
    let said = (Opinion::ObjectsWithReason, words.as_str());
    let to = (ORGAN, asked.opinion.id.as_str());
    opinion::give(desk, &house.sealer, By::ThirdParty, to, said).await.expect("given");
    let filed = Filed {
        organ: "XM00002".into(),
        about: ORGAN.into(),
        request: Some(request.into()),
        ground: ComplaintGround::NotAnswered,
        complainant: Complainant {
            name: marks.draw(),
            contact: marks.contact(),
            words: marks.draw(),
        },
        key: request.into(),
    };
    let desk = house.desk("2026-03-07", Actor::Visitor).await;
    complaint::file(desk, &house.sealer, filed).await.expect("taken");
    let wish = RectificationWish {
        name: marks.draw(),
        proof: Some(IdentityProof::Passport(marks.draw())),
        contact: marks.contact(),
        record: marks.draw(),
        wrong: marks.draw(),
        evidence: marks.draw(),
    };
    let desk = house.desk("2026-03-07", Actor::Visitor).await;
    rectification::file(desk, &house.sealer, (ORGAN, request), wish).await.expect("taken");
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(below(&path)),
            path => found.push(path),
        }
    }
    found
}

#[tokio::test]
async fn two_thousand_marks_of_persons_are_in_no_file() {
    let folder = store::testing::Folder::new("requests-canaries");
    let place = store::Place::File(folder.path().join("a.db"));
    let house = House::open(place, folder.path()).await;
    let mut marks = Vec::new();
    for of in 0..REQUESTS {
        marks.extend(planted(&house, of).await);
    }
    assert!(marks.len() >= 2_000, "{}", marks.len());
    let files = below(folder.path());
    let needle = "鳯".as_bytes();
    let mut looked = 0;
    for path in &files {
        let bytes = std::fs::read(path).expect("reads");
        looked += bytes.len();
        let at = bytes.windows(needle.len()).position(|part| part == needle);
        let around = at.map(|at| String::from_utf8_lossy(&bytes[at..(at + 60).min(bytes.len())]));
        assert!(around.is_none(), "{}: {}", path.display(), around.unwrap_or_default());
    }
    println!("{} marks, {} files, {looked} bytes: none found", marks.len(), files.len());
    let planted = std::fs::read(folder.path().join("a.db")).expect("reads");
    let seen = "号地块的补偿".as_bytes();
    assert!(
        planted.windows(seen.len()).any(|part| part == seen),
        "what is wanted is there in clear"
    );
}
