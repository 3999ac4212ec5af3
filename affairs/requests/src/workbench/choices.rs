//! What the selects of an act's form offer, told from the file.

use ::identity::{Person, Post, Role, Unit};
use records_rules::Retention;
use requests_rules::{
    Consulted, FeeMethod, Opinion, OpinionEffect, Recipient, ServingMethod, ServingProof,
};
use web::{Clerk, Fault, Visit};

use super::acting::{Pick, REMEDIES};
use super::file::File;
use crate::store::{Fee, Hold, OpinionCase, RemedyCase, RemedyKind, RemedyResult};

/// A choice: what is sent, and what is read.
pub(super) type Choice = (String, String);

/// What an opinion may say, by its words.
pub(super) const SAID: [(&str, Opinion); 4] = [
    ("tongyi", Opinion::Agrees),
    ("bufen", Opinion::AgreesInPart),
    ("youliyou", Opinion::ObjectsWithReason),
    ("wuliyou", Opinion::ObjectsWithoutReason),
];

/// Ways of serving, by their words.
pub(super) const METHODS: [(&str, ServingMethod); 7] = [
    ("zhijie", ServingMethod::InPerson),
    ("youji", ServingMethod::Post),
    ("dianzi", ServingMethod::Electronic),
    ("chuanzhen", ServingMethod::Fax),
    ("liuzhi", ServingMethod::LeftBehind),
    ("weituo", ServingMethod::Entrusted),
    ("gonggao", ServingMethod::PublicNotice),
];

/// Proofs of service, by their words.
pub(super) const PROOFS: [(&str, ServingProof); 6] = [
    ("huizheng", ServingProof::SignedSlip),
    ("youjian", ServingProof::PostalReceipt),
    ("xitong", ServingProof::SystemRecord),
    ("chuanzhen", ServingProof::FaxReport),
    ("liuzhi", ServingProof::RecordOfLeaving),
    ("gonggao", ServingProof::PostedNotice),
];

/// The two methods, by their words.
pub(super) const CHARGING: [(&str, FeeMethod); 2] =
    [("anjian", FeeMethod::PerItem), ("anliang", FeeMethod::PerPage)];

/// 保管期限, by their words.
pub(super) const RETENTIONS: [(&str, Retention); 3] = [
    ("shinian", Retention::Ten),
    ("sanshinian", Retention::Thirty),
    ("yongjiu", Retention::Permanent),
];

/// What a 复议 or a suit comes to, by its words.
pub(super) const RESULTS: [(&str, RemedyResult); 3] = [
    ("weichi", RemedyResult::Upheld),
    ("jiuzheng", RemedyResult::Corrected),
    ("qita", RemedyResult::Other),
];

/// The value a word stands for.
pub(super) fn meant<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(own, _)| *own == word).map(|(_, value)| *value)
}

fn named<T: Copy>(table: &[(&'static str, T)], name: impl Fn(T) -> String) -> Vec<Choice> {
    table.iter().map(|(word, value)| ((*word).to_owned(), name(*value))).collect()
}

fn told(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(word, name)| ((*word).to_owned(), (*name).to_owned())).collect()
}

/// What a select offers.
pub(super) async fn of(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    pick: Pick,
) -> Result<Vec<Choice>, Fault> {
    Ok(match pick {
        Pick::Officers => officers(visit, clerk).await?,
        Pick::Units => {
            let units = Unit::of_organ(visit.house.store(), &clerk.organ.code).await?;
            units.into_iter().map(|unit| (unit.id, unit.name)).collect()
        }
        Pick::Awaited => opinions(file, |one| one.given_on.is_none()),
        Pick::AwaitedOrgans => {
            opinions(file, |one| one.of == Consulted::OtherOrgan && one.given_on.is_none())
        }
        Pick::Against => opinions(file, |one| {
            one.effect(true) == Some(OpinionEffect::DiscloseAndTell) && one.told_on.is_none()
        }),
        Pick::Reasoned => opinions(file, may_be_judged),
        Pick::Holding => told(&[
            ("heli", "理由合理，这部分不公开；对公共利益有重大影响的另作公开决定"),
            ("buheli", "理由不合理，由本机关依法决定"),
        ]),
        Pick::Said => named(&SAID, |said| said.name().to_owned()),
        Pick::Letters => letters(file).into_iter().flat_map(|(_, letters)| letters).collect(),
        Pick::OnTheWay => on_the_way(file),
        Pick::Methods => named(&METHODS, |method| method.name().to_owned()),
        Pick::Proofs => named(&PROOFS, |proof| proof.name().to_owned()),
        Pick::Charging => named(&CHARGING, |method| method.name().to_owned()),
        Pick::Judged => told(&[("bu", "理由不合理，不予处理"), ("hao", "理由合理，继续办理")]),
        Pick::Agreed => told(&[("tongyi", "同意"), ("butongyi", "不同意")]),
        Pick::Retentions => named(&RETENTIONS, |one| one.to_string()),
        Pick::Remedies => {
            REMEDIES.iter().map(|(word, name, _)| ((*word).into(), (*name).into())).collect()
        }
        Pick::Reviews => {
            let all = RemedyCase::of(visit.house.store(), &file.case.filing.id).await?;
            let reviews = all.into_iter().filter(|one| one.kind == RemedyKind::Review);
            reviews.map(called).collect()
        }
        Pick::Pending => {
            let all = RemedyCase::of(visit.house.store(), &file.case.filing.id).await?;
            all.into_iter().filter(|one| one.concluded_on.is_none()).map(called).collect()
        }
        Pick::Holds => {
            let all = Hold::of(visit.house.store(), &file.case.filing.id).await?;
            let stand = all.into_iter().filter(|one| one.lifted_on.is_none());
            stand.map(|one| (one.id, format!("{} {}", one.placed_on, one.reason))).collect()
        }
        Pick::Paid => {
            let paid = file.fees.iter().filter(|fee| fee.may_be_refunded());
            let told = |fee: &Fee| format!("{}元，凭证号 {}", fee.amount, fee.voucher);
            paid.map(|fee| (fee.id.clone(), told(fee))).collect()
        }
        Pick::Results => named(&RESULTS, |result| result.name().to_owned()),
    })
}

/// Whether its reason may be judged, or judged anew.
pub(super) fn may_be_judged(one: &OpinionCase) -> bool {
    one.of == Consulted::ThirdParty && one.opinion.is_some_and(Opinion::gives_reason)
}

fn called(one: RemedyCase) -> Choice {
    let words = format!("{} {} {}", one.kind.name(), one.authority, one.case_number);
    (one.id, words)
}

fn opinions(file: &File, wanted: impl Fn(&OpinionCase) -> bool) -> Vec<Choice> {
    let of = |one: &OpinionCase| format!("{}{}", one.of.name(), one.label);
    let wanted = file.opinions.iter().filter(|one| wanted(one));
    wanted.map(|one| (one.id.clone(), of(one))).collect()
}

/// The letters that are sent, by who receives them: what stays in the file is sent to nobody.
pub(super) fn letters(file: &File) -> Vec<(&'static str, Vec<Choice>)> {
    let groups = [
        ("交给申请人", Recipient::Applicant),
        ("交给第三方", Recipient::ThirdParty),
        ("交给其他机关", Recipient::Organ),
    ];
    let own = |to: Recipient| {
        let own = file.letters.iter().rev().filter(|one| one.kind.to() == to);
        own.map(|one| (one.id.clone(), format!("{}（{}）", one.kind.title(), one.number))).collect()
    };
    let groups = groups.map(|(heading, to)| (heading, own(to)));
    groups.into_iter().filter(|(_, letters): &(_, Vec<Choice>)| !letters.is_empty()).collect()
}

fn on_the_way(file: &File) -> Vec<Choice> {
    let open = file.deliveries.iter().filter(|one| one.served_on.is_none());
    let named = open.filter_map(|one| {
        let letter = file.letters.iter().find(|letter| letter.id == one.letter)?;
        let (title, method) = (letter.kind.title(), one.delivery.method.name());
        Some((
            one.id.clone(),
            format!("{title}（{}）{method}，{}", letter.number, one.delivery.sent),
        ))
    });
    named.collect()
}

/// Who handles requests in the clerk's organ today.
async fn officers(visit: &Visit, clerk: &Clerk) -> Result<Vec<Choice>, Fault> {
    holders(visit, clerk, Role::FoiOfficer).await
}

/// Who holds a role in the clerk's organ today: key and name.
pub(super) async fn holders(
    visit: &Visit,
    clerk: &Clerk,
    role: Role,
) -> Result<Vec<Choice>, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let posts = Post::all(store).await?;
    let persons = Person::all(store).await?;
    let holds = |post: &&Post| {
        post.organ == clerk.organ.code
            && post.role == role
            && !post.revoked
            && post.from <= today
            && post.until.is_none_or(|until| today <= until)
    };
    let named = posts.iter().filter(holds).filter_map(|post| {
        let person = persons.iter().find(|person| person.id == post.person)?;
        Some((person.id.clone(), person.name.clone()))
    });
    let mut named: Vec<Choice> = named.collect();
    named.sort();
    named.dedup();
    Ok(named)
}
