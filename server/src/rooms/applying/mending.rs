//! An applicant reads what is to be supplemented, and supplements it.

use axum::http::StatusCode;

use super::{Browser, LIN, main_of};
use crate::rooms::routes::{Walk, walk};

/// Somebody of the organ asked, in a role.
fn officer(person: &str, role: &str) -> review::Signatory {
    review::Signatory {
        person: person.into(),
        name: format!("{person}先生"),
        post: format!("post-{person}"),
        role: role.into(),
        organ: "XM00001".into(),
        unit: String::new(),
        stands_in_for: None,
    }
}

/// The organ's letters are set up, the request is confirmed and given to somebody.
async fn in_hand(walk: &Walk, request: &str, (by, head): (&review::Signatory, &review::Signatory)) {
    use requests::acts::assignment::{Assignee, assign};
    use requests::acts::{confirmation, letter_text};

    let sender = requests::letters::Sender {
        organ: "厦门市人民政府".into(),
        mark: "厦府公开".into(),
        contact: Some("某路1号".into()),
        review_organ: "某省人民政府".into(),
        court: "某市中级人民法院".into(),
        ..requests::letters::Sender::default()
    };
    let desk = async |by: &review::Signatory| walk.ledger.desk(by.actor()).await.expect("a desk");
    let settings = (&sender, "第一次设置", 0);
    letter_text::set_up(desk(head).await, head, settings).await.expect("set up");
    confirmation::confirm(desk(head).await, head, request).await.expect("confirmed");
    let to = Assignee { unit: String::new(), officer: "chen".into(), name: by.name.clone() };
    assign(desk(head).await, head, request, to).await.expect("assigned");
}

/// What was asked for is supplemented, once, and in a form that is taken.
async fn mended(browser: &mut Browser) {
    const MENDING: &str = "/shenqing/jindu/buzheng";
    let form = browser.get(MENDING).await;
    assert!(form.text.contains("1. 写明是哪一年的收支明细") && form.text.contains(LIN.description));
    let same = browser.post(MENDING, &[("miaoshu", LIN.description)]).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(same.text.contains("还没有补充"), "{}", main_of(&same.text));
    let more = format!("{}，某村", LIN.description);
    let bad = browser.upload(MENDING, &[("miaoshu", &more)], ("程序.exe", b"MZ")).await;
    assert!(
        bad.text.contains("这种文件不能收") && bad.text.contains("，某村"),
        "{}",
        main_of(&bad.text)
    );
    let good = browser.upload(MENDING, &[("miaoshu", &more)], ("说明.pdf", b"%PDF-1.7")).await;
    assert_eq!(good.to, "/shenqing/jindu/wode", "{}", main_of(&good.text));
    let track = browser.get("/shenqing/jindu/wode").await;
    for words in ["收到补正", "，某村", "重新起算"] {
        assert!(track.text.contains(words), "{words}: {}", main_of(&track.text));
    }
    assert_eq!(browser.get(MENDING).await.to, "/shenqing/jindu/wode", "nothing more is asked for");
}

#[tokio::test]
async fn the_applicant_reads_the_notice_and_mends_what_it_asks_for() {
    use requests::acts::correction;

    let walk = walk("mending").await;
    let mut browser = Browser::of(walk.portal());
    browser.fill_in(&LIN).await;
    browser.post("/shenqing/xin/hedui", &[]).await;

    let filings =
        requests::store::Filing::numbered(walk.ledger.store(), "XM00001-2026-00001").await;
    let request = filings.expect("asks").expect("is there").id;
    let (by, head) = (officer("chen", "foi_officer"), officer("wang", "foi_head"));
    let desk = async |by: &review::Signatory| walk.ledger.desk(by.actor()).await.expect("a desk");
    in_hand(&walk, &request, (&by, &head)).await;
    let track = browser.get("/shenqing/jindu/wode").await;
    assert!(
        track.text.contains("为什么是这一天") && track.text.contains("还剩20个工作日"),
        "{}",
        main_of(&track.text)
    );

    let items = vec!["写明是哪一年的收支明细".to_owned(), "写明是哪个村".to_owned()];
    let notice = requests_rules::CorrectionNotice { items, days: None, supervisor: false };
    let letter =
        correction::ask(desk(&by).await, walk.house.sealer().expect("keys"), &by, &request, notice)
            .await
            .expect("asked");
    let track = browser.get("/shenqing/jindu/wode").await;
    assert!(
        track.text.contains("补正告知书") && track.text.contains("提交补正材料"),
        "{}",
        main_of(&track.text)
    );
    let place = format!("/shenqing/jindu/wenshu/{}", letter.id);
    let mut stranger = Browser::of(walk.portal());
    assert_eq!(stranger.get(&place).await.to, "/shenqing/jindu", "nobody else reads it");
    for _ in 0..2 {
        let read = browser.get(&place).await;
        assert_eq!(read.status, StatusCode::OK);
        for words in ["写明是哪个村", LIN.name] {
            assert!(read.text.contains(words), "{words}: {}", main_of(&read.text));
        }
    }
    let served = requests::store::LetterDelivery::of(walk.ledger.store(), &request).await;
    let served = served.expect("asks");
    assert_eq!(served.len(), 1, "opened twice, it is served once: {served:?}");
    assert!(served[0].slip.starts_with("凭查询码打开，"), "{served:?}");
    assert_eq!(browser.get(&format!("{place}/docx")).await.status, StatusCode::OK);
    assert_eq!(browser.get(&format!("{place}/exe")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/shenqing/jindu/ziliao").await.to, "/shenqing/jindu");
    let own = browser.get("/shenqing/jindu/ziliao").await.text;
    assert!(own.contains(LIN.name) && own.contains(LIN.description) && own.contains("补正告知"));
    assert!(own.contains("1101**********002X") && !own.contains(LIN.number), "{own}");

    mended(&mut browser).await;
}
