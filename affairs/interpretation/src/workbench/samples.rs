//! An address of each type of the workbench's pages of 政策解读.

use identity::Organ;
use web::workbench::DeskSample;
use web::{Fault, House, Later};

use super::{
    LIST, OVERDUE, QUESTION_ENDS, QUESTIONS, RESPONSE_ENDS, RESPONSES, TOPIC_ENDS, TOPICS, WAIVERS,
};
use crate::store::{Interpretation, Policy, Question, Response, Topic};

/// Pages that exist for every organ, and those of one that has drafted a policy.
pub const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "interpretations desk",
        path: |_, _| Box::pin(async { Ok(Some(LIST.into())) }),
    },
    DeskSample {
        name: "interpretation waivers",
        path: |_, _| Box::pin(async { Ok(Some(WAIVERS.into())) }),
    },
    DeskSample {
        name: "interpretations overdue",
        path: |_, _| Box::pin(async { Ok(Some(OVERDUE.into())) }),
    },
    DeskSample {
        name: "questions desk",
        path: |_, _| Box::pin(async { Ok(Some(QUESTIONS.into())) }),
    },
    DeskSample {
        name: "question ends",
        path: |_, _| Box::pin(async { Ok(Some(QUESTION_ENDS.into())) }),
    },
    DeskSample { name: "question", path: |house, organ| question(house, organ) },
    DeskSample {
        name: "responses desk",
        path: |_, _| Box::pin(async { Ok(Some(RESPONSES.into())) }),
    },
    DeskSample {
        name: "response ends",
        path: |_, _| Box::pin(async { Ok(Some(RESPONSE_ENDS.into())) }),
    },
    DeskSample { name: "response", path: |house, organ| response(house, organ) },
    DeskSample { name: "topics desk", path: |_, _| Box::pin(async { Ok(Some(TOPICS.into())) }) },
    DeskSample { name: "topic ends", path: |_, _| Box::pin(async { Ok(Some(TOPIC_ENDS.into())) }) },
    DeskSample { name: "topic", path: |house, organ| topic(house, organ) },
    DeskSample { name: "interpretation policy", path: |house, organ| policy(house, organ) },
    DeskSample {
        name: "interpretation material",
        path: |house, organ| material(house, organ, "wenzi"),
    },
    DeskSample {
        name: "interpretation material: questions",
        path: |house, organ| material(house, organ, "wenda"),
    },
    DeskSample {
        name: "interpretation material: diagram",
        path: |house, organ| material(house, organ, "tujie"),
    },
];

fn question<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let all = Question::of_organ(house.store(), &organ.code).await?;
        let open = all.iter().find(|one| one.is_open()).or(all.first());
        Ok(open.map(Question::desk_path))
    })
}

fn response<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let open = Response::open_of(house.store(), &organ.code).await?;
        let all = Response::of_organ(house.store(), &organ.code).await?;
        Ok(open.first().or(all.first()).map(Response::desk_path))
    })
}

fn topic<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let all = Topic::of_organ(house.store(), &organ.code).await?;
        Ok(all.iter().find(|one| one.is_open()).or(all.first()).map(Topic::desk_path))
    })
}

fn policy<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let all = Policy::of_organ(house.store(), &organ.code, false).await.map_err(Fault::from)?;
        Ok(all.first().map(Policy::desk_path))
    })
}

/// One of a form, of those that are being written where there is any.
fn material<'a>(
    house: &'a House,
    organ: &'a Organ,
    form: &'static str,
) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let store = house.store();
        let mut found = None;
        for published in [false, true] {
            for policy in Policy::of_organ(store, &organ.code, published).await? {
                let all = Interpretation::of_policy(store, &policy.id).await?;
                let all = all.into_iter().filter(|one| one.form.word() == form);
                for one in all {
                    if found.is_none() || one.is_open() {
                        found = Some(one.desk_path());
                    }
                }
            }
        }
        Ok(found)
    })
}
