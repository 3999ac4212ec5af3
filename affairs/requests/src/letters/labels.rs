//! 寄送: the label of an envelope and the first page of a fax.

use documents::writing::{Article, Block};
use law::Date;
use serde_json::{Value, json};

use super::compose::Letter;

/// Somebody to whom post goes, or from whom it comes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// 姓名 or 名称.
    pub name: String,
    /// 地址.
    pub address: String,
    /// 邮政编码, six digits; none where it is not known.
    pub postcode: Option<String>,
    /// 电话.
    pub phone: Option<String>,
}

/// For the press, by the template `envelope`: a DL envelope (220 mm × 110 mm) with the boxes of GB/T
/// 1416. The number of the letter stands on it, and nothing of what the letter says.
pub fn label(to: &Address, from: &Address, number: &str) -> Value {
    let digits = |code: &Option<String>| {
        let code = code.as_deref().unwrap_or_default();
        let code: Vec<String> =
            code.chars().filter(char::is_ascii_digit).map(String::from).collect();
        if code.len() == 6 { code } else { Vec::new() }
    };
    json!({
        "to": { "name": to.name, "address": to.address, "phone": to.phone,
                "postcode": digits(&to.postcode) },
        "from": { "name": from.name, "address": from.address, "phone": from.phone,
                  "postcode": from.postcode },
        "number": number,
    })
}

/// 传真首页.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaxCover {
    /// Who receives it.
    pub to: String,
    /// The number it is sent to.
    pub fax: String,
    /// The organ, and its telephone for whoever finds pages missing.
    pub from: String,
    /// That telephone.
    pub phone: Option<String>,
    /// How many pages follow.
    pub pages: u32,
    /// The day.
    pub on: Date,
}

impl FaxCover {
    /// The page that goes before a letter.
    pub fn before(&self, letter: &Letter) -> Article {
        let row = |label: &str, text: String| vec![label.to_owned(), text];
        let header = ["项目", "内容"].map(str::to_owned).to_vec();
        let rows = vec![
            row("收件人", self.to.clone()),
            row("传真号码", self.fax.clone()),
            row("发件机关", self.from.clone()),
            row("联系电话", self.phone.clone().unwrap_or_default()),
            row("文书", format!("{}（{}）", letter.kind.title(), letter.number)),
            row("页数", format!("连同本页共{}页", self.pages.saturating_add(1))),
        ];
        Article {
            title: "传真首页".to_owned(),
            blocks: vec![
                Block::Table { caption: String::new(), header, rows },
                Block::paragraph("请收件人收齐后回传本页并签收；误收的请勿传阅，并告知发件机关。"),
                Block::paragraph("签收人：　　　　　　　　日期：　　　　年　　月　　日"),
            ],
            signature: Some(self.from.clone()),
            date: Some(self.on),
            made: Some(self.on),
            ..Article::default()
        }
    }
}
