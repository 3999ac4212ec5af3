//! Reading a document: its versions, its files, what stands beside it.

use documents::examining::here;
use records::acts::drafting::{Kept, begin, save};
use records::acts::{ActError, correction};
use records::store::Content;
use records_rules::{Attribute, Field};
use web::page::inspect;

use crate::drafts::{content, hand};
use crate::house::{Sample, TODAY, manuscript, on_both, together};
use crate::reviewing::is_refused;

async fn sound(sample: &Sample, address: &str) -> String {
    let (status, page) = sample.page(address).await;
    assert_eq!(status.as_u16(), 200, "{address}");
    assert_eq!(inspect(&page), Vec::<String>::new(), "{address}");
    page
}

/// The letters of a text, without blanks.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

const BODY: &str = "各区人民政府：\n\n## 一、总体要求\n\n到2030年达到42张。\n\n### （一）设施。\n\n逐步建设。\n\n| 名称 | 处数 |\n|---|---|\n| 服务站 | 186 |\n\n厦门市人民政府办公厅\n\n2026年11月16日\n\n（此件主动公开）\n";

#[tokio::test]
async fn the_word_file_says_what_the_document_says_and_is_kept() {
    on_both(async |sample| {
        let text = manuscript("关于设施布局的通知", &[]);
        let (head, _) = text.rsplit_once("---").expect("a head");
        let published = sample.publish(&format!("{head}---\n\n{BODY}")).await.expect("publishes");
        let path = format!("{}.docx", published[0].path);
        let (status, _, first) = sample.get(&path).await;
        assert_eq!(status.as_u16(), 200);
        let (_, said) = here::scan(&first, "a.docx").expect("our own reader reads it");
        let said = letters(&said);
        for part in [
            "关于设施布局的通知",
            "各区人民政府：",
            "一、总体要求",
            "到2030年达到42张。",
            "（一）设施。逐步建设。",
            "服务站186",
            "厦门市人民政府办公厅",
            "（此件主动公开）",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let id = published[0].path.trim_start_matches("/wenjian/");
        let kept = sample.house.folder().join("renditions").join(&id[id.len() - 2..]).join(id);
        let files = || std::fs::read_dir(&kept).expect("a folder").count();
        assert_eq!(files(), 1);
        let (_, _, again) = sample.get(&path).await;
        assert_eq!((first == again, files()), (true, 1), "the same file is given again");
        corrected(sample, id, ("各区：\n\n略。", None, "2026-11-27T02:00:00Z")).await;
        let (_, _, later) = sample.get(&path).await;
        let (_, said) = here::scan(&later, "a.docx").expect("our own reader reads it");
        let note = "本文件已经更正（2026-11-27），这里是更正后的文本。";
        assert!(said.contains(note) && files() == 1, "{said}");
    })
    .await;
}

#[tokio::test]
async fn an_interpretation_stands_beside_a_document_however_much_came_in_between() {
    on_both(async |sample| {
        let of_item = ("目录事项", "养老服务 > 政策");
        let explaining = manuscript("一图读懂养老政策", &[of_item, ("体裁", "解读")]);
        sample.publish(&explaining).await.expect("publishes");
        let between = (0..45).map(|at| manuscript(&format!("第{at:02}件"), &[of_item]));
        sample.publish(&together(between)).await.expect("publishes");
        let published = sample.publish(&manuscript("今天的通知", &[of_item])).await;
        let page = sound(sample, &published.expect("publishes")[0].path).await;
        let beside = page.find("一图读懂养老政策").expect("the 解读");
        assert!(beside < page.find("第44件").expect("others of the item"), "{page}");
        assert!(!page.contains("第00件"), "not everything");
    })
    .await;
}

#[tokio::test]
async fn a_document_never_corrected_has_one_version() {
    on_both(async |sample| {
        let published =
            sample.publish(&manuscript("关于一版的通知", &[])).await.expect("publishes");
        let path = &published[0].path;
        let page = sound(sample, &format!("{path}/banben")).await;
        assert!(page.contains("只有一个版本") && page.contains("<b>成文</b>"), "{page}");
        sound(sample, &format!("{path}/duibi")).await;
        let (status, page) = sample.page(&format!("{path}/duibi?cong=7")).await;
        assert_eq!(status.as_u16(), 400);
        assert!(page.contains("第 1 版到第 1 版"));
    })
    .await;
}

/// Corrects a record at a moment: what it says from then on, and what of 原来的文本.
async fn corrected(sample: &Sample, id: &str, (body, former, at): (&str, Option<&str>, &str)) {
    let draft = correction::begin(sample.desk("lin").await, &hand("lin"), id, "有误").await;
    let draft = draft.expect("begins");
    let head = draft.content.head.with(Field::Former, former.map(str::to_owned));
    let said = Content { head, body: body.into(), ..draft.content.clone() };
    let saved = save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, said, false).await;
    let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
    sample.out_at(&draft, at).await.expect("corrects");
    sample.house.forget_pages();
}

#[tokio::test]
async fn what_a_correction_took_out_for_good_is_laid_beside_nothing_any_more() {
    on_both(async |sample| {
        let text = manuscript("关于救助的通知", &[]).replace("正文第一段", "家住白鹭弄七号");
        let id = sample.publish(&text).await.expect("publishes").remove(0).id;
        let page = format!("/wenjian/{id}");
        corrected(sample, &id, ("各区：\n\n地点略。", None, "2026-11-27T02:00:00Z")).await;
        let compared = sound(sample, &format!("{page}/duibi")).await;
        assert!(compared.contains("白鹭弄"), "no check of ours knows an address of a street");
        let closing = ("各区：\n\n略。", Some("不再展示"), "2026-11-28T02:00:00Z");
        corrected(sample, &id, closing).await;
        corrected(sample, &id, ("各区：\n\n略去。", None, "2026-11-29T02:00:00Z")).await;
        let versions = sound(sample, &format!("{page}/banben")).await;
        assert_eq!(versions.matches("更正时定为不再展示").count(), 2, "with what is older");
        for (from, to, shut) in [(1, 2, true), (1, 4, true), (2, 3, true), (3, 4, false)] {
            let compared = sound(sample, &format!("{page}/duibi?cong={from}&dao={to}")).await;
            assert_eq!(compared.contains("不再展示"), shut, "{from} {to}");
            assert!(!compared.contains("白鹭弄") && !compared.contains("地点略"), "{from} {to}");
        }
        let events = sample.house.ledger().events_on(&format!("record:{id}")).await.expect("asks");
        let closed = events.iter().filter(|event| event.facts["former"] == "不再展示").count();
        assert_eq!(closed, 1, "the ledger says who closed it and when");
        is_refused(sample, "UPDATE record_former SET closed = 0", "只增不减").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_published_for_the_first_time_has_no_text_before_it_to_close() {
    on_both(async |sample| {
        for (said, refused) in [("不再展示", "不是更正稿"), ("删", "不能写")] {
            let content = content("甲");
            let head = content.head.with(Field::Former, [said.to_owned()]);
            let content = Content { head, ..content };
            let desk = sample.desk("lin").await;
            let draft = begin(desk, &hand("lin"), Attribute::Proactive, content).await;
            let Err(ActError::Faults(faults)) = draft.expect("begins").submission(TODAY) else {
                panic!("{said} passes")
            };
            assert!(faults.iter().any(|fault| fault.message.contains(refused)), "{faults:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_ended_a_document_and_what_it_ended_lead_to_one_another() {
    on_both(async |sample| {
        let text = together([
            manuscript(
                "旧办法的通知",
                &[
                    ("文号", "厦府办〔2020〕3号"),
                    ("成文日期", "2020-03-01"),
                    ("废止日期", "2026-07-01"),
                    ("废止依据", "厦府办〔2026〕9号"),
                ],
            ),
            manuscript("新办法的通知", &[("文号", "厦府办〔2026〕9号")]),
        ]);
        let published = sample.publish(&text).await.expect("publishes");
        let (old, new) = (&published[0].path, &published[1].path);
        let page = sound(sample, old).await;
        assert!(
            page.contains("废止本文件的") && page.contains(&format!("href=\"{new}\"")),
            "{page}"
        );
        let page = sound(sample, new).await;
        assert!(page.contains("本文件废止或者修改的") && page.contains(&format!("href=\"{old}\"")));
        let course = sound(sample, &format!("{old}/banben")).await;
        assert!(course.contains("依据：新办法的通知（厦府办〔2026〕9号）"), "{course}");
        let (_, _, file) = sample.get(&format!("{old}.docx")).await;
        let (_, said) = here::scan(&file, "a.docx").expect("our own reader reads it");
        let note =
            "厦府办〔2020〕3号本文件已经废止（自2026-07-01起，依据厦府办〔2026〕9号），只供查阅。";
        assert!(letters(&said).contains(note), "{said}");
    })
    .await;
}

#[tokio::test]
async fn an_attachment_is_looked_at_before_it_is_fetched() {
    use records::acts::attachment_text::{Found, Reader, read_waiting};
    on_both(async |sample| {
        let file = records::acts::File {
            name: "一览.csv".into(),
            bytes: "名称,处数\n服务站,186\n".as_bytes().to_vec(),
        };
        let clock = ledger::Clock::Fixed(crate::house::NOW.parse().expect("a moment"));
        let text = manuscript("关于附件的通知", &[]);
        let published = sample.publish_with(&text, vec![file], clock).await.expect("publishes");
        let path = format!("{}/fujian/1/yulan", published[0].path);
        assert!(sound(sample, &published[0].path).await.contains(&path));
        assert!(sound(sample, &path).await.contains("预览正在生成"));
        let read: Reader = |bytes, name| {
            Found::of(here::scan(bytes, name).map(|(_, text)| text), here::preview(bytes, name))
        };
        let (ledger, folder) = (sample.house.ledger(), sample.house.folder());
        read_waiting(ledger, folder, read, 10).await.expect("reads");
        sample.house.forget_pages();
        let page = sound(sample, &path).await;
        assert!(page.contains("<td>服务站</td>") && page.contains("以下载的原件为准"), "{page}");
        let (status, _) = sample.page(&format!("{}/fujian/2/yulan", published[0].path)).await;
        assert_eq!(status.as_u16(), 404);
    })
    .await;
}
