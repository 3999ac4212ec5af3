//! Cases of kind `fee`: 信息处理费, 按件 and 按量, with the tiers.

use law::{Date, NotInForce};
use requests_rules::{
    ApplicantMonth, Charge, CountedApplication, FEE_RULES, ProvidedForm, per_item, per_page,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// What is given.
#[derive(Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
enum Case {
    PerItem {
        applications: Vec<Application>,
    },
    PerPage {
        received: Date,
        form: ProvidedForm,
        pages: u64,
        #[serde(default)]
        only_told_where: bool,
    },
}

#[derive(Deserialize)]
struct Application {
    no: Value,
    applicant: String,
    received: Date,
    items: u64,
}

/// So many matters no application has; more would make a tier for every ten of them.
const MOST_ITEMS: u64 = 1_000_000;

pub(super) fn answer(case: &Value) -> Result<Value, String> {
    let case = Case::deserialize(case).map_err(|error| format!("写得不全: {error}"))?;
    let answer = match case {
        Case::PerItem { applications } => {
            if applications.iter().any(|one| one.items > MOST_ITEMS) {
                return Err(format!("的 items 应当在 {MOST_ITEMS} 以内"));
            }
            items(&applications)
        }
        Case::PerPage { received, form, pages, only_told_where } => {
            per_page(received, form, pages, only_told_where).map(|charge| charged(&charge))
        }
    };
    Ok(answer.unwrap_or_else(|NotInForce { .. }| json!({"refused": FEE_RULES})))
}

fn items(applications: &[Application]) -> Result<Value, NotInForce> {
    let counted = applications.iter().map(|one| CountedApplication {
        applicant: one.applicant.clone(),
        received: one.received,
        items: one.items,
    });
    let charged = per_item(&counted.collect::<Vec<_>>())?;
    let charges = applications.iter().zip(&charged.charges);
    let charges = charges.map(|(application, charge)| {
        json!({
            "no": application.no, "first": charge.first, "last": charge.last,
            "amount": charge.amount,
        })
    });
    let months: Vec<Value> = charged.months.iter().map(month).collect();
    Ok(json!({"charges": charges.collect::<Vec<_>>(), "months": months}))
}

fn month(month: &ApplicantMonth) -> Value {
    let ApplicantMonth { applicant, month: (year, number), items, charge } = month;
    json!({
        "applicant": applicant, "month": format!("{year:04}-{number:02}"), "items": items,
        "amount": charge.amount, "tiers": charge.tiers,
    })
}

fn charged(charge: &Charge) -> Value {
    json!({"amount": charge.amount, "tiers": charge.tiers})
}
