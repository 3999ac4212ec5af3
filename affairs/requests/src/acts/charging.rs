//! 信息处理费 (国办函〔2020〕109号): what a request costs, that it was paid, that it was paid back.

use law::{Date, document};
use ledger::Desk;
use requests_rules::{
    FEE_RULES, FeeMethod, Happening, PER_ITEM, PER_PAGE, ProvidedForm, per_item, per_page,
};
use review::Signatory;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, reasoned};
use crate::store::putting::new_key;
use crate::store::{self, Case, Fee, ProposalKind};

const NOT_YET: ActError =
    ActError::Refused("收到申请之日还没有信息处理费的规定", "按收到之日的规定办理，不收费");
const FREE: ActError = ActError::Refused("按标准计算不收费", "不发收费通知，继续办理");

/// A fee and how it comes about.
struct Computed {
    first: u64,
    last: u64,
    amount: u64,
    shown: String,
}

/// What a request costs by a method.
async fn computed(
    desk: &Desk,
    case: &Case,
    (method, pages): (FeeMethod, u64),
) -> Result<Computed, ActError> {
    let received = case.filing.received_on.ok_or(NOT_YET)?;
    match method {
        FeeMethod::PerPage => {
            let form = case.filing.form.unwrap_or(ProvidedForm::Paper);
            let charge = per_page(received, form, pages, false).map_err(|_| NOT_YET)?;
            PER_PAGE.on(received).map_err(|_| NOT_YET)?;
            let shown = charge.shown(method);
            Ok(Computed { first: 1, last: pages, amount: charge.amount, shown })
        }
        FeeMethod::PerItem => {
            let identity = store::identity_of(desk.change(), &case.filing.id).await?;
            if identity.is_empty() {
                return Err(ActError::Refused(
                    "申请人没有核验身份，不能按件累计",
                    "按量计收，或者先核验身份",
                ));
            }
            let month = (received.first_of_month(), received.last_of_month());
            let asked = (case.filing.organ.as_str(), identity.as_str());
            let counted = store::of_applicant(desk.change(), asked, month).await?;
            let at = counted.iter().position(|(id, _)| *id == case.filing.id);
            let list: Vec<_> = counted.into_iter().map(|(_, one)| one).collect();
            let charges = per_item(&list).map_err(|_| NOT_YET)?;
            let charge = at.and_then(|at| charges.charges.get(at)).ok_or(ActError::NO_CASE)?;
            let scale = PER_ITEM.on(received).map_err(|_| NOT_YET)?.value;
            let shown = scale.charge(charge.first, charge.last).shown(method);
            let (first, last, amount) = (charge.first, charge.last, charge.amount);
            Ok(Computed { first, last, amount, shown })
        }
    }
}

/// 一件申请只用一种方法、只收一次 (docs/readings/119): all of what was charged is paid back first.
async fn uncharged(desk: &Desk, case: &Case) -> Result<(), ActError> {
    let fees = Fee::of(desk.change(), &case.filing.id).await?;
    if fees.iter().all(Fee::is_paid_back) {
        return Ok(());
    }
    Err(ActError::Refused(
        "这份申请已经发过收费通知，一件申请只收一次、只用一种方法",
        "收错了的，先全部退还再重新提请",
    ))
}

/// A fee as it is proposed.
pub(super) async fn proposed(
    desk: &Desk,
    case: &Case,
    method: FeeMethod,
    pages: u64,
) -> Result<ProposalKind, ActError> {
    uncharged(desk, case).await?;
    let Computed { amount, shown, .. } = computed(desk, case, (method, pages)).await?;
    if amount == 0 {
        return Err(FREE);
    }
    Ok(ProposalKind::Fee { method, pages, amount, shown })
}

/// Whether it still costs what was proposed.
pub(super) async fn still(desk: &Desk, case: &Case, kind: &ProposalKind) -> Result<(), ActError> {
    let ProposalKind::Fee { method, pages, amount, .. } = kind else { return Ok(()) };
    uncharged(desk, case).await?;
    if computed(desk, case, (*method, *pages)).await?.amount == *amount {
        return Ok(());
    }
    Err(ActError::Refused("提请以后计费的件数变了，数额与提请的不同", "退回，按现在的数额重新提请"))
}

/// The fee that is noticed.
pub(super) async fn fee(desk: &Desk, case: &Case, kind: &ProposalKind) -> Result<Fee, ActError> {
    let ProposalKind::Fee { method, pages, .. } = kind else { return Err(FREE) };
    let Computed { first, last, amount, shown } = computed(desk, case, (*method, *pages)).await?;
    Ok(Fee {
        id: new_key(),
        request: case.filing.id.clone(),
        method: *method,
        first,
        last,
        amount,
        shown,
        noticed_on: desk.today(),
        paid_on: None,
        voucher: String::new(),
        refunded_on: None,
        refunded: 0,
    })
}

/// Writes down that a fee was paid in full, on the day of the voucher; the clock starts afresh.
///
/// # Errors
/// It is not assigned to whoever writes it down, nothing is to be paid, the time is over, the day is not
/// between the notice and today, there is no voucher, or the database refuses.
pub async fn pay(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    (on, voucher): (Date, &str),
) -> Result<(), ActError> {
    let mut case = course::take_open(&desk, by, request).await?;
    let fees = Fee::of(desk.change(), request).await?;
    let fee = fees.into_iter().rev().find(|fee| fee.paid_on.is_none());
    let fee = fee.ok_or(ActError::Refused("没有等待缴纳的信息处理费", "核对编号"))?;
    let voucher = voucher.trim();
    if on < fee.noticed_on || on > desk.today() || voucher.is_empty() {
        return Err(ActError::Refused(
            "缴款日期不在收费通知和今天之间，或者没有写凭证号",
            "照财政票据填写",
        ));
    }
    fee.pay(desk.change(), (on, voucher)).await?;
    let step = Step::new("payment", on)
        .moving(Happening::FeePaid)
        .saying(json!({ "amount": fee.amount, "voucher": voucher }))
        .about(fee.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "amount": fee.amount });
    desk.record(course::entry("payment", &case, document(FEE_RULES), facts)).await?;
    desk.seal().await?;
    Ok(())
}

/// Writes down that a fee was paid back, whole or in part.
///
/// # Errors
/// Nothing was paid, it is more than is left of what was paid, no reason is given, or the database refuses.
pub async fn refund(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    (fee, amount, reason): (&str, u64, &str),
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let mut case = course::take(&desk, &by.organ, request).await?;
    course::assigned(&case, by)?;
    let fees = Fee::of(desk.change(), request).await?;
    let fee = fees.into_iter().find(|one| one.id == fee).ok_or(ActError::NO_CASE)?;
    if amount == 0 || !fee.refund(desk.change(), (desk.today(), amount)).await? {
        return Err(ActError::Refused("没有可退的费用，或者超过所缴而未退的数额", "核对缴费记录"));
    }
    let step =
        Step::new("refund", desk.today()).saying(json!({ "amount": amount, "reason": reason }));
    let step = step.about(fee.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "amount": amount });
    desk.record(course::entry("refund", &case, document(FEE_RULES), facts)).await?;
    desk.seal().await?;
    Ok(())
}
