//! `/gongzuo/choucha/guize`: sets a rule of 抽查, lets it draw, ends it.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use identity::Role;
use identity::powers::{Condition, Tie};
use law::Date;
use records_rules::{Amount, Frequency};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{hand, seen, sent_to};
use crate::acts::check_draw;
use crate::acts::check_rule::{self, CheckRuleForm, checks_below};
use crate::store::{CheckRule, domains};

#[derive(Template)]
#[template(path = "workbench/spot_rule.html")]
struct SpotRulePage {
    desk: Workbench,
    whom: &'static str,
    domains: Vec<(String, String)>,
    must_name_domain: bool,
    today: Date,
    here: String,
}

/// Shows the form.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let leads = clerk.role == Role::DomainLead;
    let mut domains = domains(visit.house.store()).await?;
    domains.retain(|(key, _)| !leads || clerk.organ.remit.contains(key));
    let whom = if checks_below(clerk.role) { "下级机关" } else { "本机关" };
    let desk = Workbench::of(&visit, clerk, "choucha", "定抽查规则").await?;
    web::page::answer(&SpotRulePage {
        desk: desk.under("抽查", "/gongzuo/choucha"),
        whom,
        domains,
        must_name_domain: leads,
        today: visit.house.ledger().clock().today(),
        here: visit.site.link("/gongzuo/choucha/guize"),
    })
}

/// Sets the rule.
pub async fn set(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let form = read(&form)?;
    may(&clerk, form.domain.as_deref())?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(check_rule::set(desk, &hand(&clerk), clerk.role, form).await)?;
    Ok(sent_to(&visit, "/gongzuo/choucha?done=guize"))
}

/// Draws.
pub async fn draw(visit: Visit, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    let rule = own(&visit, &clerk, &id).await?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let draw = seen(check_draw::keep(desk, &rule.id).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/choucha/chouqu/{}", draw.id)))
}

/// Ends the rule.
pub async fn end(visit: Visit, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    let rule = own(&visit, &clerk, &id).await?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(check_rule::end(desk, &hand(&clerk), &rule.id).await)?;
    Ok(sent_to(&visit, "/gongzuo/choucha?done=tingyong"))
}

async fn own(visit: &Visit, clerk: &Clerk, id: &str) -> Result<CheckRule, Fault> {
    let rule = CheckRule::find(visit.house.store(), id).await?;
    let rule = rule.filter(|rule| rule.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    if rule.below && rule.role != clerk.role.word() {
        let words = "这条规则是另一种身份定的。请换到定规则的身份再办。";
        return Err(Fault::Forbidden(words.into()));
    }
    may(clerk, rule.domain.as_deref())?;
    Ok(rule)
}

/// Whether the clerk checks at all what such a rule draws. Which organs those are is told organ by organ
/// when it draws.
fn may(clerk: &Clerk, domain: Option<&str>) -> Result<(), Fault> {
    if checks_below(clerk.role) {
        let leads = clerk.role == Role::DomainLead;
        let own = domain.is_some_and(|domain| clerk.organ.remit.iter().any(|one| one == domain));
        if leads && !own {
            let words = "领域主管部门只抽查本领域。请选本部门主管的领域。";
            return Err(Fault::field("lingyu", words));
        }
        return if clerk.has_power("record.spot_check") { Ok(()) } else { Err(Fault::NotFound) };
    }
    let tie = Tie::to(&clerk.organ.code).holding([Condition::OnlyPublished]);
    clerk.may("record.spot_check", &tie).map(|_| ())
}

fn read(form: &Submitted) -> Result<CheckRuleForm, Fault> {
    let number = form.get("duoshao").trim().parse::<u32>();
    let number = number.map_err(|_| Fault::field("duoshao", "没有写抽多少。请写一个数，如 5。"))?;
    let amount = match form.get("jifa") {
        "bili" => Amount::Share(number),
        "jianshu" => Amount::Number(number),
        _ => return Err(Fault::field("jifa", "没有选按比例还是按件数。请选一项。")),
    };
    let frequency = Frequency::parse(form.get("pinci"));
    let unsaid = || Fault::field("pinci", "没有选多久抽一次。请选一项。");
    let frequency = frequency.ok_or_else(unsaid)?;
    let day = |name: &str| form.words(name).map(str::parse::<Date>).transpose();
    let wrong = |name| move |_| Fault::field(name, "起止日期写得不对。请写成 2026-11-25。");
    let days = day("cong").map_err(wrong("cong"))?.zip(day("dao").map_err(wrong("dao"))?);
    Ok(CheckRuleForm {
        domain: form.words("lingyu").map(str::to_owned),
        genre: form.words("ticai").map(str::to_owned),
        amount,
        frequency,
        days,
    })
}

impl SpotRulePage {
    fn frequencies() -> [(Frequency, &'static str, &'static str); 4] {
        Frequency::ALL
    }

    fn genres() -> Vec<&'static str> {
        records_rules::Genre::all().map(|genre| genre.name()).collect()
    }
}
