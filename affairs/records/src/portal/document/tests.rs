use law::{Date, day};
use records_rules::{Manuscript, Origin, PublicationDates, PublishedAt};
use web::page::Page;

use super::*;

const TODAY: Date = day(2026, 11, 25);

const MANUSCRIPT: &str = "---
标题：关于印发<养老服务设施>布局规划（2026—2030年）的通知
文号：临府办〔2026〕48号
索引号：LH00100-0203-2026-00148
发布机构：LH00100
成文日期：2026-11-16
原发布日期：2026-11-17
原发布日期来源：临湖区政府公报
主题分类：民政、扶贫、救灾/社会福利
体裁：通知
公开属性：主动公开
施行日期：2026-12-01
有效期至：2031-11-30
法定公开事项：P20-03
演示数据：是
来源：编写
---

各镇人民政府、街道办事处，区直各单位：

《规划》已经同意，现印发给你们。

## 一、总体目标

到2030年，“达到”42张 & 以上。

## 二、设施布局

### （一）区级设施

- 新城一处
- 老城一处

| 名称 | 处数 |
|---|---|
| 服务站 | 186 |

附件：一览表

临湖区人民政府办公室

2026年11月16日

（此件主动公开）
";

fn record(text: &str) -> Record {
    let manuscript = Manuscript::read(text, TODAY).expect("no faults");
    let here = PublishedAt::stamped("2026-11-25T01:00:00Z".parse().expect("a moment"));
    Record {
        id: "019ab2c4-0000-7000-8000-000000000000".into(),
        dates: PublicationDates { here, origin: manuscript.metadata.origin.clone() },
        metadata: manuscript.metadata,
        organ_name: "临湖区人民政府办公室".into(),
        organ_short: "区政府办".into(),
        organ_phone: None,
        division: "350700000000".into(),
        summary: "《规划》已经同意，现印发给你们。".into(),
        text: manuscript.text,
        items: vec![LinkedItem {
            domain: "yanglaofuwu".into(),
            item: "12345678".into(),
            words: vec!["养老服务".into(), "养老服务通用政策".into(), "扶持政策措施清单".into()],
        }],
        attachments: vec![Attachment {
            name: "一览表.xlsx".into(),
            media_type: "application/octet-stream".into(),
            size: 43_000,
            sha256: String::new(),
        }],
    }
}

/// A document with everything a document may have.
pub(in crate::portal) fn sample_record() -> Record {
    record(MANUSCRIPT)
}

impl Page for DocumentPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |text: &str| Self::of(&record(text), Frame::sample(""), TODAY, None);
        let mut full = page(MANUSCRIPT);
        let link = |words: &str| Link::new(words, "/linhu/wenjian/2");
        full.around = Beside {
            endings: vec![("废止本文件的", link("关于<清理>的通知"))],
            ends: vec![link("旧办法")],
            interpretations: vec![Explained {
                told: "区民政局 · 2026-11-25".into(),
                link: link("解读"),
            }],
            none_because: Some("本文件不另作解读：只改一个<日期>".into()),
            outcomes: vec![Explained {
                told: "区民政局 · 2026-11-20".into(),
                link: link("规划草案：意见采纳情况"),
            }],
            others: vec![link("另一份")],
        };
        let bare = "---\n标题：公示\n发布机构：LH00100\n成文日期：2020-01-01\n主题分类：其他\n体裁：公示\n公开属性：主动公开\n废止日期：2026-01-01\n---\n\n### （一）先写三级标题。\n\n正文。\n";
        vec![("full", full), ("bare and repealed", page(bare))]
    }
}

#[test]
fn a_document_is_sound_full_and_bare() {
    assert_eq!(web::page::faults::<DocumentPage>(), Vec::<String>::new());
}

#[test]
fn a_document_looks_like_this() {
    let page = DocumentPage::of(&record(MANUSCRIPT), Frame::sample(""), TODAY, None);
    // The squares of the code say nothing to a reader of this file.
    let html = DocumentPage { qr: None, ..page }.render().expect("plain values");
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next());
    insta::assert_snapshot!(main.expect("a main part"));
}

#[test]
fn every_validity_is_said_with_its_days() {
    for (lines, words, banner) in [
        ("", "现行有效", false),
        ("有效期至：2027-01-01", "至 2027-01-01，即将到期", false),
        ("有效期至：2030-01-01", "至 2030-01-01</span>", false),
        ("有效期至：2026-11-24", "有效期至 2026-11-24", true),
        (
            "废止日期：2026-11-25\n废止依据：临府〔2026〕1号",
            "自 2026-11-25 起，依据临府〔2026〕1号",
            true,
        ),
        ("施行日期：2026-11-26", "自 2026-11-26 起施行", true),
        ("修改日期：2026-11-20", "自 2026-11-20 起", true),
        ("部分失效日期：2026-11-20", "自 2026-11-20 起", true),
    ] {
        let head = "---\n标题：甲\n发布机构：LH00100\n成文日期：2026-01-01\n主题分类：其他\n体裁：通知\n公开属性：主动公开";
        let record = record(&format!("{head}\n{lines}\n---\n\n正文。\n"));
        let page =
            DocumentPage::of(&record, Frame::sample(""), TODAY, None).render().expect("plain");
        assert!(page.contains(words), "{lines}");
        assert_eq!(page.contains("class=\"note over\""), banner, "{lines}");
        assert!(matches!(record.dates.origin, Origin::Here) && !page.contains("原发布日期"));
    }
}

#[test]
fn a_document_is_cited_as_the_standard_has_it() {
    let page = DocumentPage::of(&sample_record(), Frame::sample(""), TODAY, None);
    let (before, address) = page.citation.split_once("[2026-11-25]. ").expect("the day of citing");
    assert_eq!(
        before,
        "临湖区人民政府办公室. 关于印发<养老服务设施>布局规划（2026—2030年）的通知：临府办〔2026〕48号[EB/OL]. (2026-11-25)"
    );
    assert!(address.ends_with("/wenjian/019ab2c4-0000-7000-8000-000000000000."), "{address}");
}
