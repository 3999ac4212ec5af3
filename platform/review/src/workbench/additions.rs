//! `/gongzuo/shencha/jiashen`: which steps the organ adds to everything it publishes.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use identity::powers::Tie;
use identity::{Organ, Unit};
use serde::Deserialize;
use web::components::{Empty, ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::acting::see;
use super::words::minute;
use super::{ADDITIONS, QUEUE};
use crate::store::Addition;
use crate::{ActError, Demand, Step, addition};

/// The acts of the access policy.
pub(super) const READ: &str = "review.addition.read";
pub(super) const EDIT: &str = "review.addition.edit";

/// Steps that may be added, in order.
const STEPS: [Step; 4] = [Step::CoSign, Step::Concert, Step::Legal, Step::Referral];

#[derive(Template)]
#[template(path = "workbench/additions.html")]
struct AdditionsPage {
    desk: Workbench,
    rows: Vec<Row>,
    /// Word and name of each kind of what is published.
    kinds: Vec<(&'static str, &'static str)>,
    /// Key and name of each 科室.
    units: Vec<(String, String)>,
    form: Filled,
    errors: Vec<FieldError>,
    may_edit: bool,
}

struct Row {
    kind: String,
    step: Step,
    partner: String,
    since: String,
    demand: Demand,
    of: String,
}

/// What was filled in.
#[derive(Default)]
struct Filled {
    kind: String,
    step: String,
    unit: String,
    organ: String,
    reason: String,
}

impl Filled {
    fn of(form: &Submitted) -> Self {
        let word = |name: &str| form.get(name).trim().to_owned();
        Self {
            kind: word("leixing"),
            step: word("huanjie"),
            unit: word("keshi"),
            organ: word("jiguan"),
            reason: word("liyou"),
        }
    }
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("set", "已经改好，以后送审的内容照此办理。")];

/// Shows them.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    page(&visit, clerk, &asked.done, Filled::default(), vec![]).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    done: &str,
    form: Filled,
    errors: Vec<FieldError>,
) -> Result<Response, Fault> {
    let store = visit.house.store();
    let units = Unit::of_organ(store, &clerk.organ.code).await?;
    let organs = Organ::all(store).await?;
    let kinds = visit.house.publishers().kinds();
    let named = |demand: &Demand| {
        let unit = units.iter().find(|unit| unit.id == demand.partner).map(|unit| &unit.name);
        let organ = organs.iter().find(|organ| organ.code == demand.partner);
        unit.or(organ.map(|organ| &organ.name)).unwrap_or(&demand.partner).clone()
    };
    let row = |one: Addition| Row {
        kind: kind_name(&kinds, &one.kind),
        step: one.demand.step,
        partner: named(&one.demand),
        since: minute(&one.set_at),
        demand: one.demand,
        of: one.kind,
    };
    let rows = Addition::all(store, &clerk.organ.code).await?.into_iter().map(row).collect();
    let may_edit = clerk.has_power(EDIT);
    let units = units.iter().filter(|unit| unit.is_confirmed());
    let units = units.map(|unit| (unit.id.clone(), unit.name.clone())).collect();
    let desk = Workbench::of(visit, clerk, "shencha", "加审环节").await?;
    let desk = desk.under("审查与发布", QUEUE).saying(done, SAID);
    let desk = if errors.is_empty() { desk } else { desk.with_errors() };
    let page = AdditionsPage { desk, rows, kinds, units, form, errors, may_edit };
    Ok(web::page::answer(&page)?.into_response())
}

fn wrong(field: &str, message: impl Into<String>) -> FieldError {
    FieldError { field: field.into(), message: message.into() }
}

fn kind_name(kinds: &[(&'static str, &'static str)], kind: &str) -> String {
    let known = kinds.iter().find(|(word, _)| *word == kind);
    known.map_or("全部", |(_, name)| *name).to_owned()
}

/// Adds a step, or takes an added one away.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let filled = Filled::of(&form);
    if filled.reason.is_empty() {
        let error = wrong("liyou", "请写明理由");
        return page(&visit, clerk, "", filled, vec![error]).await;
    }
    clerk.may(EDIT, &Tie::to(clerk.organ.code.clone()).because(filled.reason.clone()))?;
    let standing = Addition::all(visit.house.store(), &clerk.organ.code).await?;
    let mut demands: Vec<Demand> = standing
        .iter()
        .filter(|one| one.kind == filled.kind)
        .map(|one| one.demand.clone())
        .collect();
    if form.get("do") == "remove" {
        let gone = Demand { step: step_of(&filled.step)?, partner: form.get("partner").into() };
        demands.retain(|demand| *demand != gone);
    } else {
        let demand = match asked(&visit, &clerk, &filled).await? {
            Ok(demand) => demand,
            Err(error) => return page(&visit, clerk, "", filled, vec![error]).await,
        };
        if demands.contains(&demand) {
            let error = wrong("huanjie", "这个环节已经加了");
            return page(&visit, clerk, "", filled, vec![error]).await;
        }
        demands.push(demand);
    }
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let organ = clerk.organ.code.clone();
    match addition::set(desk, &organ, &filled.kind, demands, &filled.reason).await {
        Ok(()) => Ok(see(&visit.site.link(&format!("{ADDITIONS}?done=set")))),
        Err(ActError::Addition(error)) => {
            let error = wrong("huanjie", error.to_string());
            page(&visit, clerk, "", filled, vec![error]).await
        }
        Err(error) => Err(Fault::inside(error)),
    }
}

fn step_of(word: &str) -> Result<Step, Fault> {
    let unknown = || Fault::BadInput("没有这个审查环节。请刷新页面再选。".into());
    word.parse::<Step>().ok().filter(|step| step.may_be_added()).ok_or_else(unknown)
}

/// The step that is asked for, with its partner.
async fn asked(
    visit: &Visit,
    clerk: &Clerk,
    filled: &Filled,
) -> Result<Result<Demand, FieldError>, Fault> {
    let kinds = visit.house.publishers().kinds();
    let known = filled.kind == Addition::ALL_KINDS || kinds.iter().any(|(w, _)| *w == filled.kind);
    if !known {
        return Ok(Err(wrong("leixing", "请选择用于什么")));
    }
    if filled.step.is_empty() {
        return Ok(Err(wrong("huanjie", "请选择环节")));
    }
    let step = step_of(&filled.step)?;
    let store = visit.house.store();
    Ok(match step {
        Step::CoSign => {
            let units = Unit::of_organ(store, &clerk.organ.code).await?;
            let fits = |unit: &Unit| unit.is_confirmed() && unit.id == filled.unit;
            match units.into_iter().find(fits) {
                Some(unit) => Ok(Demand { step, partner: unit.id }),
                None => Err(wrong("keshi", "科室会签要选会签的科室")),
            }
        }
        Step::Concert | Step::Referral => {
            let organs = Organ::all(store).await?.into_iter();
            let fits = |organ: &Organ| {
                organ.code != clerk.organ.code
                    && [&organ.code, &organ.name, &organ.short_name].contains(&&filled.organ)
            };
            let mut found = organs.filter(fits);
            match (found.next(), found.next()) {
                (Some(organ), None) => Ok(Demand { step, partner: organ.code }),
                (None, _) => Err(wrong("jiguan", "请写别的机关的全称，或者它的机关代码")),
                _ => Err(wrong("jiguan", "有几个机关都叫这个名字，请写全称或者代码")),
            }
        }
        _ => Ok(Demand::own(step)),
    })
}

impl AdditionsPage {
    fn wrong(&self, field: &str) -> Option<&str> {
        let error = self.errors.iter().find(|error| error.field == field);
        error.map(|error| error.message.as_str())
    }

    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn empty(&self) -> Empty {
        let words = "送审的内容只经过初审、保密审查、签发；规范性文件另有合法性审核。";
        Empty::new("没有加环节").because(words).way("看在办的", self.desk.href(QUEUE))
    }

    fn steps(&self) -> [Step; 4] {
        STEPS
    }
}
