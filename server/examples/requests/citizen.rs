//! A citizen who has filled in an application up to its papers.

use anyhow::ensure;
use requests_rules::ResidentNumber;

use crate::http::Browser;

/// The organ asked.
pub const ORGAN: &str = "XM00002";

/// Where papers are added, and where everything is handed in.
pub const PAPERS: &str = "/shenqing/xin/cailiao";
pub const CHECK: &str = "/shenqing/xin/hedui";

/// A resident's number with its check digit (GB 11643), another for each.
fn number(at: usize) -> String {
    let body = format!("3502{:02}19620318{:03}", at / 1000 % 100, at % 1000);
    let all = "0123456789X".chars().map(|check| format!("{body}{check}"));
    all.into_iter().find(|one| ResidentNumber::read(one).is_ok()).unwrap_or(body)
}

/// Fills in the pages before the papers.
pub async fn filled_in(address: &str, at: usize) -> anyhow::Result<Browser> {
    let mut browser = Browser::from(address, u16::try_from(at % 60_000)?.saturating_add(1));
    let (name, number) = (format!("测量{at:05}号"), number(at));
    let (telephone, wish) = (format!("1597{at:07}"), format!("第{at}号地块的补偿标准"));
    let person = [
        ("leibie", "自然人"),
        ("xingming", name.as_str()),
        ("zhengjian", "resident_card"),
        ("haoma", &number),
        ("dianhua", &telephone),
        ("dizhi", "测量路1号"),
        ("youxiang", ""),
        ("daili", "self"),
    ];
    let wanted = [("jiguan", ORGAN), ("mingcheng", ""), ("miaoshu", &wish)];
    let ways = [("xingshi", "email"), ("tujing", "online"), ("bangzhu", "")];
    let pages: [(&str, &[(&str, &str)]); 3] =
        [("shenqingren", &person), ("neirong", &wanted), ("fangshi", &ways)];
    for (page, fields) in pages {
        let answer = browser.post(&format!("/shenqing/xin/{page}"), fields).await?;
        ensure!(answer.status == 303, "{page}: {} {}", answer.status, answer.text);
    }
    Ok(browser)
}

/// A form with a photo of so many bytes.
pub fn photo(bytes: usize) -> Vec<u8> {
    let mut body = Vec::with_capacity(bytes + 1_000);
    for (name, value) in [("yongtu", "shenfen"), ("tianjia", "1")] {
        let part =
            format!("--b1\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--b1\r\nContent-Disposition: form-data; name=\"wenjian\"; filename=\"a.jpg\"\r\n\
          Content-Type: image/jpeg\r\n\r\n\xFF\xD8\xFF\xE0",
    );
    let mut drawn: u64 = 0x9E37_79B9_7F4A_7C15;
    while body.len() < bytes {
        drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        body.extend_from_slice(&drawn.to_le_bytes());
    }
    body.extend_from_slice(b"\r\n--b1--\r\n");
    body
}
