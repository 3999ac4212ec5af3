//! 指南的纸面: 台卡 (A5), 宣传版面 (A2), 折页 and 申请表, made from what the site tells of its office and
//! from the rules, so that paper never says other than the site (条例第十二条; 通知三(二)).

use law::{Date, NotInForce};
use requests_rules::{EXTENSION_LIMIT, PER_ITEM, PER_PAGE, REPLY_PERIOD};
use serde_json::{Value, json};

/// What the guide knows of an office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuideFacts {
    /// The organ.
    pub organ: String,
    /// 办公地址、电话 in one line, where they are not known apart.
    pub contact: Option<String>,
    /// 办公地址.
    pub address: Option<String>,
    /// 办公时间.
    pub hours: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
    /// 邮政编码.
    pub postcode: Option<String>,
    /// Where one applies online.
    pub online: Option<String>,
}

/// The papers a guide is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuideForm {
    /// 台卡, A5, for a counter.
    DeskCard,
    /// 宣传版面, A2, for a wall.
    Board,
    /// 折页, A4 folded twice.
    Leaflet,
}

impl GuideForm {
    /// All.
    pub const ALL: [Self; 3] = [Self::DeskCard, Self::Board, Self::Leaflet];

    /// The word in its address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::DeskCard => "taika",
            Self::Board => "banmian",
            Self::Leaflet => "zheye",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DeskCard => "台卡（A5）",
            Self::Board => "宣传版面（A2）",
            Self::Leaflet => "折页（A4）",
        }
    }

    const fn layout(self) -> &'static str {
        match self {
            Self::DeskCard => "card",
            Self::Board => "board",
            Self::Leaflet => "leaflet",
        }
    }
}

impl GuideFacts {
    /// Where the office is and how it is reached, in one line.
    pub fn office(&self) -> String {
        let parts = [
            self.address.clone(),
            self.postcode.as_ref().map(|code| format!("邮政编码{code}")),
            self.phone.as_ref().map(|phone| format!("电话{phone}")),
            self.contact.clone(),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { self.organ.clone() } else { parts.join("，") }
    }

    /// For the press, by the template `guide`: the same content on each paper.
    ///
    /// # Errors
    /// There was no right to apply on that day.
    pub fn to_press(&self, form: GuideForm, today: Date) -> Result<Value, NotInForce> {
        let reply = REPLY_PERIOD.on(today)?;
        let extension = EXTENSION_LIMIT.on(today)?;
        let rows = [
            ("地址", &self.address),
            ("时间", &self.hours),
            ("电话", &self.phone),
            ("邮编", &self.postcode),
            ("网上", &self.online),
            ("联系", &self.contact),
        ];
        let office: Vec<[&str; 2]> = rows
            .into_iter()
            .filter_map(|(label, text)| Some([label, text.as_deref()?]))
            .filter(|[_, text]| !text.trim().is_empty())
            .collect();
        let (reply_days, longer) = (reply.value, extension.value);
        let basis = reply.basis.to_string();
        let free_items = free(PER_ITEM.on(today).ok().and_then(|scale| scale.value.free()));
        let free_pages = free(PER_PAGE.on(today).ok().and_then(|scale| scale.value.free()));
        Ok(json!({
            "layout": form.layout(),
            "organ": self.organ,
            "title": "政府信息公开申请指南",
            "made": today,
            "office": office,
            "sections": [
                { "title": "谁可以申请", "items": [
                    "公民、法人和其他组织都可以申请，不需要说明用途。",
                    "书写有困难的可以口头提出，由工作人员代为填写；阅读、视听有困难的，可以要求协助。",
                ] },
                { "title": "写明什么", "items": [
                    "姓名或者名称、身份证明、联系方式。",
                    "所需信息的名称、文号或者其他特征性描述。",
                    "获取信息的方式、途径。",
                ] },
                { "title": "怎样提交", "items": [
                    "网上提交、当面提交、邮寄、传真都可以；信封上写明“政府信息公开申请”。",
                    "先查一查网站，可能已经公开。",
                ] },
                { "title": "多久答复", "items": [
                    format!("能当场答复的当场答复；不能的，收到之日起{reply_days}内答复（{basis}）。"),
                    format!("需要延长的，经公开工作机构负责人同意并告知，延长不超过{longer}。"),
                    "征求第三方和其他机关意见的时间不算在内。",
                ] },
                { "title": "要不要钱", "items": [
                    "一般不收费。",
                    format!(
                        "数量、频次明显超过合理范围的，可以收取信息处理费：一个月内{free_items}件以内、\
                         一次{free_pages}页以内不收。"
                    ),
                ] },
                { "title": "不满意怎么办", "items": [
                    "可以向上一级机关或者政府信息公开工作主管部门投诉、举报。",
                    "可以依法申请行政复议或者提起行政诉讼，途径和期限写在答复书的末尾。",
                ] },
            ],
        }))
    }
}

fn free(count: Option<u64>) -> String {
    count.map(|count| count.to_string()).unwrap_or_default()
}
