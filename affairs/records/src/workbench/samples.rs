//! An address of each type of the records' pages for clerks.

use identity::Organ;
use web::workbench::DeskSample;
use web::{Fault, House, Later};

use crate::store::{
    CheckCase, DepositBatch, Destruction, DraftLine, DraftState, Draw, PublishedLine,
};

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
    DeskSample {
        name: "records desk spot checks",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/choucha".into())) }),
    },
    DeskSample {
        name: "records desk spot check rule",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/choucha/guize".into())) }),
    },
    DeskSample {
        name: "records desk spot check draw",
        path: |house, organ| Box::pin(drawn(house, organ)),
    },
    DeskSample {
        name: "records desk spot check",
        path: |house, organ| Box::pin(checked(house, organ)),
    },
    DeskSample {
        name: "records desk custody",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/dangan".into())) }),
    },
    DeskSample {
        name: "records desk deposit",
        path: |house, organ| Box::pin(deposited(house, organ)),
    },
    DeskSample {
        name: "records desk destruction",
        path: |house, organ| Box::pin(appraised(house, organ)),
    },
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

/// A draw of the organ's rules.
async fn drawn(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let draws = Draw::of_organ(house.store(), &organ.code).await?;
    Ok(draws.first().map(|draw| format!("/gongzuo/choucha/chouqu/{}", draw.id)))
}

/// A record of the organ that was drawn.
async fn checked(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let cases = CheckCase::of_organ(house.store(), &organ.code).await?;
    Ok(cases.first().map(|case| format!("/gongzuo/choucha/{}", case.id)))
}

/// A batch that the organ handed over.
async fn deposited(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let batches = DepositBatch::of_organ(house.store(), &organ.code).await?;
    Ok(batches.first().map(|batch| format!("/gongzuo/dangan/yijiao/{}", batch.id)))
}

/// A proposal to destroy.
async fn appraised(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let all = Destruction::of_organ(house.store(), &organ.code).await?;
    Ok(all.first().map(|one| format!("/gongzuo/dangan/xiaohui/{}", one.id)))
}
