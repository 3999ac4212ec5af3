//! An address of each type of the records' pages for clerks.

use identity::Organ;
use web::workbench::DeskSample;
use web::{House, Later};

use crate::store::{DraftLine, DraftState, PublishedLine};

/// Pages that exist for every organ, and those of a draft that is being written and of a document that is
/// out.
pub const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "records desk drafts",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/gaojian".into())) }),
    },
    DeskSample {
        name: "records desk new draft",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/gaojian/xinjian".into())) }),
    },
    DeskSample {
        name: "records desk attributes",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/shuxing".into())) }),
    },
    DeskSample {
        name: "records desk assessments",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/pinggu".into())) }),
    },
    DeskSample {
        name: "records desk rechecks",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/fucha".into())) }),
    },
    DeskSample {
        name: "records desk clearing",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/guifan".into())) }),
    },
    DeskSample {
        name: "records desk words",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/cibiao".into())) }),
    },
    DeskSample {
        name: "records desk withdrawals",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/chexia".into())) }),
    },
    DeskSample { name: "records desk draft", path: |house, organ| draft(house, organ, "") },
    DeskSample { name: "records desk preview", path: |house, organ| draft(house, organ, "/yulan") },
    DeskSample {
        name: "records desk versions",
        path: |house, organ| draft(house, organ, "/banben"),
    },
    DeskSample {
        name: "records desk items",
        path: |house, organ| draft(house, organ, "/shixiang"),
    },
    DeskSample {
        name: "records desk attribute",
        path: |house, organ| draft(house, organ, "/shuxing"),
    },
    DeskSample { name: "records desk withdrawal", path: withdrawal },
];

/// A page of the first draft that is not out: one that somebody goes on with, where there is one.
fn draft<'a>(house: &'a House, organ: &'a Organ, rest: &'static str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let lines = DraftLine::of_organ(house.store(), &organ.code).await?;
        let first = lines.iter().find(|line| line.state != DraftState::Published);
        Ok(first.map(|line| format!("/gongzuo/gaojian/{}{rest}", line.id)))
    })
}

/// Where the first document that is out would be corrected or withdrawn.
fn withdrawal<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let out = PublishedLine::called_like(house.store(), &organ.code, "").await?;
        let open = out.iter().find(|line| line.is_open());
        Ok(open.map(|line| format!("/gongzuo/chexia/{}", line.id)))
    })
}
