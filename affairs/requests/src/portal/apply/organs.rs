//! Which organ is asked: those of the site's own government, and those of the townships below it.

use askama::Template;
use askama::filters::HtmlSafe;
use identity::{Level, Organ};
use web::components::Choice;

use crate::portal::choices;

/// The field.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "portal/apply/organs.html")]
pub(super) struct OrganField {
    groups: Vec<(&'static str, Vec<Choice>)>,
    chosen: String,
    error: Option<String>,
}

impl HtmlSafe for OrganField {}

impl OrganField {
    pub(super) fn of(organs: &[Organ], chosen: &str, error: Option<String>) -> Self {
        let (below, own): (Vec<Organ>, Vec<Organ>) =
            organs.iter().cloned().partition(|organ| organ.level == Level::Township);
        let groups = [("本级政府和部门", own), ("乡镇人民政府、街道办事处", below)];
        let groups = groups.into_iter().filter(|(_, organs)| !organs.is_empty());
        Self {
            groups: groups.map(|(heading, organs)| (heading, choices(&organs))).collect(),
            chosen: chosen.to_owned(),
            error,
        }
    }
}
