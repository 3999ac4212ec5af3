//! 演示人员: for each organ of the demo city that works with catalogues or documents a handful of invented
//! persons, each with posts, one published password and a second factor whose code the list shows.

use identity::secret::password_digest;
use identity::{Account, Grant, Invented, Level, Organ, Person, Post, Proposal, Role};
use ledger::Ledger;
use web::DemoPerson;

use super::city::actor;
use crate::failure::Failure;

/// The password of every invented person, published on the list.
const PASSWORD: &str = "Yanshi-Xiamen-2026";

/// The second factor of every invented person; the list shows its code.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// Who works in an organ, person by person: the letter of the login and the posts.
const STAFF: &[(&str, &[Role])] = &[
    ("a", &[Role::CatalogueEditor, Role::Drafter, Role::HallClerk, Role::ParticipationOrganiser]),
    ("b", &[Role::Reviewer]),
    ("c", &[Role::SecrecyReviewer, Role::LegalReviewer]),
    ("d", &[Role::Approver]),
    ("e", &[Role::Publisher]),
    ("f", &[Role::FoiHead]),
    ("i", &[Role::FoiOfficer, Role::SuggestionHandler]),
];

/// Who keeps the platform, in the city's government.
const KEEPERS: &[(&str, &[Role])] = &[
    ("xitong", &[Role::SystemAdmin]),
    ("anquan1", &[Role::SecurityAdmin]),
    ("anquan2", &[Role::SecurityAdmin]),
    ("shenji", &[Role::AuditAdmin]),
    ("shenjiyuan", &[Role::Auditor]),
];

/// Who changes the list of words beside the organ's own 合法性审核 person: one proposes, the other approves.
const WORDS: &[(&str, &[Role])] = &[("cibiao", &[Role::LegalReviewer])];

/// Who supervises, in the offices of city and districts.
const OFFICE: &[(&str, &[Role])] = &[("g", &[Role::SupervisionOffice])];

/// Family and given names of persons who do not exist.
const FAMILIES: [&str; 20] = [
    "林", "陈", "黄", "郑", "叶", "许", "苏", "吴", "洪", "庄", "蔡", "王", "李", "张", "刘", "杨",
    "周", "谢", "曾", "邱",
];
const GIVEN: [&str; 23] = [
    "秀英", "志强", "雅婷", "建国", "晓燕", "伟杰", "丽萍", "文彬", "海燕", "明辉", "玉兰", "俊杰",
    "美玲", "国平", "思远", "佳颖", "永福", "春梅", "子涵", "德胜", "若琳", "启明", "月华",
];

struct Somebody<'a> {
    organ: &'a Organ,
    login: String,
    roles: &'static [Role],
}

/// Gives the organs their persons.
pub(super) async fn invent(ledger: &Ledger) -> Result<(), Failure> {
    let today = ledger.clock().today();
    let organs = Organ::all(ledger.store()).await?;
    let standing: Vec<&Organ> = organs.iter().filter(|organ| organ.stands_on(today)).collect();
    let mut all: Vec<Somebody> = Vec::new();
    for organ in &standing {
        for (letter, roles) in team(organ) {
            let login = format!("{}.{letter}", organ.code.to_lowercase());
            all.push(Somebody { organ, login, roles });
        }
    }
    let digest = password_digest(PASSWORD).await?;
    let invented: Vec<Invented> = all
        .iter()
        .enumerate()
        .map(|(at, one)| Invented {
            name: format!("{}{}", FAMILIES[at % FAMILIES.len()], GIVEN[at % GIVEN.len()]),
            login: one.login.clone(),
            digest: digest.clone(),
            secret: SECRET.into(),
        })
        .collect();
    let mut desk = ledger.desk(actor()).await?;
    let keys = Person::invent(&mut desk, &invented).await?;
    let posts: Vec<Proposal> = keys
        .iter()
        .zip(&all)
        .flat_map(|(key, one)| {
            one.roles.iter().map(|role| Proposal {
                person: key.clone(),
                organ: one.organ.code.clone(),
                unit: String::new(),
                role: *role,
                from: today,
                until: None,
                reason: "演示".into(),
            })
        })
        .collect();
    Grant::invent(&mut desk, &posts).await?;
    desk.seal().await?;
    Ok(())
}

/// Who works in an organ: nobody where it has neither catalogue nor domain
/// nor keeps a register.
fn team(organ: &Organ) -> Vec<(&'static str, &'static [Role])> {
    let (government, office) = (organ.role == "government", organ.role == "office");
    let market = organ.role == "market";
    let works =
        government || office || market || !organ.remit.is_empty() || organ.level == Level::Township;
    let mut team: Vec<(&'static str, &'static [Role])> = Vec::new();
    if works {
        team.extend_from_slice(STAFF);
    }
    if works && !organ.remit.is_empty() && matches!(organ.level, Level::City | Level::District) {
        team.push(("h", &[Role::DomainLead]));
    }
    if office {
        team.extend_from_slice(OFFICE);
    }
    if government && organ.level == Level::City {
        team.extend_from_slice(KEEPERS);
        team.extend_from_slice(WORDS);
    }
    team
}

/// The invented persons, for the list: those whose account still has what is published.
pub async fn listed(ledger: &Ledger) -> Result<Vec<DemoPerson>, Failure> {
    let store = ledger.store();
    let organs = Organ::all(store).await?;
    let posts = Post::all(store).await?;
    let persons = Person::all(store).await?;
    let mut listed = Vec::new();
    for account in Account::all(store).await? {
        let Some((code, _)) = account.login.split_once('.') else { continue };
        let Some(organ) = organs.iter().find(|organ| organ.code.to_lowercase() == code) else {
            continue;
        };
        let Some(person) = persons.iter().find(|person| person.id == account.person) else {
            continue;
        };
        let own = posts.iter().filter(|post| post.person == person.id && !post.revoked);
        let roles: Vec<_> = own.map(|post| post.role.name()).collect();
        listed.push(DemoPerson {
            login: account.login,
            name: person.name.clone(),
            organ: organ.code.clone(),
            organ_name: organ.name.clone(),
            roles: roles.join("、"),
            password: PASSWORD.into(),
            secret: SECRET.into(),
        });
    }
    listed.sort_by(|one, other| one.login.cmp(&other.login));
    Ok(listed)
}

/// An invented person of the organ, else of the whole city, who has the first of these roles that anybody
/// has.
pub fn who_has<'a>(
    persons: &'a [DemoPerson],
    organ: &str,
    roles: &[Role],
) -> Option<(&'a DemoPerson, Role)> {
    let has =
        |person: &DemoPerson, role: Role| person.roles.split('、').any(|name| name == role.name());
    let own = |person: &&DemoPerson| person.organ == organ;
    let within = |role: &Role| persons.iter().filter(own).find(|one| has(one, *role));
    let anywhere = |role: &Role| persons.iter().find(|one| has(one, *role));
    let near = roles.iter().find_map(|role| Some((within(role)?, *role)));
    near.or_else(|| roles.iter().find_map(|role| Some((anywhere(role)?, *role))))
}
