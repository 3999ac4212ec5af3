//! How an item stands, on its own page.

use store::Value;

use crate::house::{DISTRICT, Sample, on_both};

/// An obligation as the engine would have computed it.
pub struct Duty<'a> {
    pub item: &'a str,
    pub organ: &'a str,
    pub trigger: &'a str,
    pub due: Option<&'a str>,
    pub kept: Option<&'a str>,
    pub state: &'a str,
}

impl Sample {
    /// Keeps obligations of the district, each with what kept it.
    pub async fn owes(&self, duties: &[Duty<'_>]) {
        let text = |text: &str| Value::from(text.to_owned());
        let optional = |text: Option<&str>| Value::from(text.map(str::to_owned));
        let row = |(at, duty): (usize, &Duty)| {
            vec![
                Value::from(format!("{at:04}-{}-{}", duty.item, duty.trigger)),
                text("catalogue"),
                text(DISTRICT),
                text("yanglaofuwu"),
                text(duty.item),
                text(duty.organ),
                text(duty.trigger),
                text("2026-10-20"),
                optional(duty.due),
                0i64.into(),
                optional(duty.kept),
                optional(duty.kept.map(|_| "r1")),
                text(duty.state),
            ]
        };
        let columns = [
            "id",
            "catalogue",
            "division",
            "domain",
            "item",
            "organ",
            "trigger_key",
            "arose_on",
            "due_on",
            "provisional",
            "kept_on",
            "record",
            "state",
        ];
        let rows = duties.iter().enumerate().map(row).collect();
        self.insert("obligation", &columns, rows).await;
    }

    /// Keeps a publication of an item, as the ledger would have told it.
    pub async fn publishes(&self, record: &str, item: &str, day: &str) {
        let columns =
            ["record", "domain", "item", "organ", "division", "title", "made_on", "published_on"];
        let row = [
            record,
            "yanglaofuwu",
            item,
            "XM01006",
            DISTRICT,
            "关于评估结果的公告",
            "2026-10-20",
            day,
        ];
        let row = row.map(|part| Value::from(part.to_owned())).to_vec();
        self.insert("catalogue_publication", &columns, vec![row]).await;
    }
}

#[tokio::test]
async fn what_was_published_on_day_21_shows_as_late_with_its_counted_days() {
    on_both("links_late", async |sample| {
        let item = sample.key("扶持补贴").await;
        sample.publishes("r1", &item, "2026-11-18").await;
        let duty = Duty {
            item: &item,
            organ: "XM01006",
            trigger: "record:r1",
            due: Some("2026-11-17"),
            kept: Some("2026-11-18"),
            state: "kept_late",
        };
        let next = Duty {
            trigger: "period:2026-Q4",
            due: Some("2027-01-15"),
            kept: None,
            state: "not_due",
            ..duty
        };
        sample.owes(&[duty, next]).await;
        let page = sample.sound(&format!("/siming/mulu/yanglaofuwu/{item}")).await;
        for part in [
            "迟公开",
            "迟 1 个工作日",
            "曾迟公开",
            "<time datetime=\"2026-11-17\">2026-11-17</time> 公开",
            "<time datetime=\"2026-11-18\">2026-11-18</time> 公开",
            "<a href=\"/siming/wenjian/r1\">关于评估结果的公告</a>",
            "2026年第4季度",
            "<dt>下次应公开</dt><dd>最迟 <time datetime=\"2027-01-15\">",
            "<dt>最近更新</dt><dd><time datetime=\"2026-11-18\">",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("id=\"cuiban\""), "nothing is missing, so nothing is asked for");
        let city = sample.page(&format!("/mulu/yanglaofuwu/{item}")).await.0;
        assert_eq!(city.as_u16(), 404, "the city has no catalogue of its own here");
    })
    .await;
}
