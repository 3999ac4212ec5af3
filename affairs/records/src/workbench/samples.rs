//! An address of each type of the records' pages for clerks.

use web::workbench::DeskSample;

/// Pages that exist for every organ. Those of one draft or one document are opened by the room's own
/// tests, which write one first.
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
        name: "records desk withdrawals",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/chexia".into())) }),
    },
];
