//! 送达 (条例第四十五条; docs/readings/126): how a letter left, when it arrived, what proves it. What a letter asks
//! for is counted from the day it is shown to have arrived.

use ::store::moment;
use law::Date;
use ledger::Desk;
use requests_rules::{
    Awaited, BadDelivery, Delivery, Happening, Letter, Recipient, ServingMethod, ServingProof,
};
use review::Signatory;
use serde_json::json;

use super::ActError;
use super::course::{self, By, Step};
use crate::files::StagedFile;
use crate::store::putting::new_key;
use crate::store::{Case, IssuedLetter, LetterDelivery, OpinionCase};

const NO_SLIP: ActError = ActError::Refused(
    "邮寄送达没有写邮件号",
    "用挂号信或者特快专递寄出，照收据写邮件号；凭它才查得到签收",
);
const NO_LETTER: ActError = ActError::Refused("没有这份文书", "刷新页面再看");

/// Sends a letter on its way today. A letter that is handed over arrives at once, with its signed slip.
///
/// # Errors
/// The file is not assigned to whoever sends (the counter needs no assignment), there is no such letter, or
/// the database refuses.
pub async fn send(
    mut desk: Desk,
    by: &Signatory,
    (request, letter): (&str, &str),
    (method, slip): (ServingMethod, &str),
) -> Result<LetterDelivery, ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    if by.role != "hall_clerk" {
        course::assigned(&case, by)?;
    }
    let found = IssuedLetter::find(desk.change(), request, letter).await?;
    let letter = found.ok_or(NO_LETTER)?;
    if method.is_traced() && slip.trim().is_empty() {
        return Err(NO_SLIP);
    }
    let delivery = LetterDelivery {
        id: new_key(),
        request: request.to_owned(),
        letter: letter.id.clone(),
        delivery: Delivery { method, sent: desk.today(), arrived: None, proof: None },
        served_on: None,
        evidence: None,
        slip: slip.trim().to_owned(),
        name: by.name.clone(),
    };
    delivery.add(desk.change(), (&by.person, &moment(desk.now()))).await?;
    let facts = json!({ "letter": letter.number, "method": method.name(), "slip": delivery.slip });
    let step = Step::new("sending", desk.today()).saying(facts).about(letter.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "letter": letter.number, "method": method });
    desk.record(course::entry("sending", &case, method.basis(), facts)).await?;
    desk.seal().await?;
    Ok(delivery)
}

/// Writes down that a letter arrived, with what proves it.
///
/// # Errors
/// The days contradict each other, the proof does not fit the way it was sent, it was shown before, or the
/// database refuses.
pub async fn arrive(
    mut desk: Desk,
    by: &Signatory,
    (request, delivery): (&str, &str),
    (arrived, proof): (Date, ServingProof),
    evidence: StagedFile,
) -> Result<Date, ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    if by.role != "hall_clerk" {
        course::assigned(&case, by)?;
    }
    let found = LetterDelivery::find(desk.change(), request, delivery).await?;
    let mut delivery = found.ok_or(NO_LETTER)?;
    if arrived > desk.today() {
        return Err(ActError::Refused("送达日期在今天以后", "核对日期"));
    }
    delivery.delivery.arrived = Some(arrived);
    delivery.delivery.proof = Some(proof);
    let served = delivery.delivery.served_on().map_err(bad)?.ok_or(NO_LETTER)?;
    if served > desk.today() {
        return Err(ActError::Refused("公告的期限还没有届满", "届满以后再登记送达"));
    }
    delivery.served_on = Some(served);
    delivery.evidence = Some(evidence.id().to_owned());
    if !delivery.arrive(desk.change()).await? {
        return Err(ActError::DECIDED);
    }
    let row = evidence.row(&delivery.id, &moment(desk.now()));
    row.add(desk.change(), (request, &by.person)).await?;
    let proof = proof.name();
    served_on(&mut desk, &mut case, By::Officer(by), &delivery, (served, proof)).await?;
    desk.seal().await?;
    evidence.taken();
    Ok(served)
}

/// The applicant opens a letter at his own page: served electronically, by the record of this system.
/// `organ` is the organ asked. A letter that was served before stays served then.
///
/// # Errors
/// There is no such letter to the applicant, or the database refuses.
pub async fn read_online(
    desk: Desk,
    (organ, request): (&str, &str),
    letter: &str,
) -> Result<IssuedLetter, ActError> {
    let found = IssuedLetter::find(desk.change(), request, letter).await?;
    let own = found.filter(|letter| letter.kind.to() == Recipient::Applicant);
    opened(desk, By::Applicant, organ, own.ok_or(NO_LETTER)?).await
}

/// The third party opens a letter to it with the code that stands on it: it has it in its hands, which is
/// the day its period is counted from (docs/readings/190). A letter that was served before stays served then.
///
/// # Errors
/// There is no such letter to it, or the database refuses.
pub async fn read_by_third_party(
    desk: Desk,
    organ: &str,
    opinion: &OpinionCase,
    letter: &str,
) -> Result<IssuedLetter, ActError> {
    let found = IssuedLetter::find(desk.change(), &opinion.request, letter).await?;
    let own = found
        .filter(|letter| letter.kind.to() == Recipient::ThirdParty && letter.about == opinion.id);
    opened(desk, By::ThirdParty, organ, own.ok_or(NO_LETTER)?).await
}

async fn opened(
    mut desk: Desk,
    by: By<'_>,
    organ: &str,
    letter: IssuedLetter,
) -> Result<IssuedLetter, ActError> {
    let request = letter.request.as_str();
    let mut case = course::take(&desk, organ, request).await?;
    let earlier = LetterDelivery::of(desk.change(), request).await?;
    if earlier.iter().any(|one| one.letter == letter.id && one.served_on.is_some()) {
        return Ok(letter);
    }
    let today = desk.today();
    let delivery = Delivery {
        method: ServingMethod::Electronic,
        sent: letter.issued_on,
        arrived: Some(today),
        proof: Some(ServingProof::SystemRecord),
    };
    let delivery = LetterDelivery {
        id: new_key(),
        request: request.to_owned(),
        letter: letter.id.clone(),
        delivery,
        served_on: Some(today),
        evidence: None,
        slip: format!("凭查询码打开，{}", web::moments::minute(&moment(desk.now()))),
        name: by.name().to_owned(),
    };
    delivery.add(desk.change(), ("", &moment(desk.now()))).await?;
    let proof = ServingProof::SystemRecord.name();
    served_on(&mut desk, &mut case, by, &delivery, (today, proof)).await?;
    desk.seal().await?;
    Ok(letter)
}

/// What follows for the clock: what the letter asks for is counted from now.
async fn served_on(
    desk: &mut Desk,
    case: &mut Case,
    by: By<'_>,
    delivery: &LetterDelivery,
    (served, proof): (Date, &str),
) -> Result<(), ActError> {
    let found = IssuedLetter::find(desk.change(), &case.filing.id, &delivery.letter).await?;
    let letter = found.ok_or(NO_LETTER)?;
    let (how, by_what) = (delivery.delivery.method.name(), &delivery.slip);
    let facts = json!({
        "letter": letter.number, "served": served, "proof": proof, "method": how, "slip": by_what,
    });
    let step = Step::new("service", served).saying(facts).about(letter.id.clone());
    let awaited = awaited(desk, &letter, served).await?;
    // where it is not awaited any more, it is kept, and moves no clock
    let moving = awaited.map(|letter| step.clone().moving(Happening::Served { letter }));
    let admitted = match moving {
        Some(moving) => match course::happen(desk, case, by, moving).await {
            Err(ActError::Law(_)) => false,
            other => other.map(|()| true)?,
        },
        None => false,
    };
    if !admitted {
        course::happen(desk, case, by, step).await?;
    }
    course::settle(desk, case).await?;
    let facts = json!({ "letter": letter.number, "served": served });
    let basis = delivery.delivery.method.basis();
    desk.record(course::entry("service", case, basis, facts)).await?;
    Ok(())
}

/// What a letter asks for.
async fn awaited(
    desk: &Desk,
    letter: &IssuedLetter,
    served: Date,
) -> Result<Option<Awaited>, ActError> {
    Ok(match letter.kind {
        Letter::CorrectionNotice => Some(Awaited::Correction),
        Letter::FeeNotice => Some(Awaited::Payment),
        Letter::ThirdPartyInquiry | Letter::OrganInquiry => {
            let asked = OpinionCase::find(desk.change(), &letter.about).await?;
            if let Some(asked) = &asked {
                OpinionCase::serve(desk.change(), &asked.id, served).await?;
            }
            asked.map(|asked| asked.awaited())
        }
        _ => None,
    })
}

fn bad(fault: BadDelivery) -> ActError {
    match fault {
        BadDelivery::Calendar(gap) => ActError::Calendar(gap),
        other => ActError::Faults(vec![other.to_string()]),
    }
}
