//! 一条消息: what is sent to one address at one time, in the words of each way.

use serde_json::json;

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Asking whether the address is his who gave it.
    Confirm,
    /// Giving the link by which one's subscriptions are managed.
    Link,
    /// What is new of what is followed.
    Digest,
    /// What an officer sends to those who chose a group.
    Push,
    /// Trying whether a way works.
    Test,
}

impl Purpose {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Confirm, "confirm", "确认订阅"),
        (Self::Link, "link", "管理链接"),
        (Self::Digest, "digest", "订阅内容"),
        (Self::Push, "push", "信息推送"),
        (Self::Test, "test", "试发"),
    ];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }

    /// The one kept as this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == word).map(|(own, ..)| *own)
    }
}

/// One thing that a message tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// `public`, `corrected` or `push`.
    pub became: String,
    /// Its title.
    pub title: String,
    /// Its whole address.
    pub address: String,
    /// The organ's short name.
    pub organ: String,
    /// The day in China.
    pub day: String,
    /// What a push says besides.
    pub words: String,
}

/// What is sent to one address at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// By which a receiver knows it again.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The moment of this attempt, in seconds.
    pub at: i64,
    /// What the site is called.
    pub site: String,
    /// What it says first.
    pub subject: String,
    /// What is followed, or was asked for.
    pub topics: Vec<String>,
    /// What it tells.
    pub told: Vec<Told>,
    /// Where the receiver goes on: to confirm, or to manage.
    pub onward: String,
    /// Where the receiver leaves.
    pub leave: Option<String>,
    /// What is given back to confirm: the number sent to a telephone, a program's answer.
    pub challenge: String,
    /// Whether a program is told the secret that signs what is sent to it: as long as it has not confirmed.
    pub tells_secret: bool,
}

impl Message {
    /// What must be given back to confirm.
    pub fn challenge(&self) -> &str {
        &self.challenge
    }

    /// Where whoever reads it in one line goes on: what it tells of, or the list of it.
    pub fn page(&self) -> String {
        match self.told.as_slice() {
            [one] => one.address.clone(),
            [] => self.onward.clone(),
            _ => format!("{}?toudi={}", self.onward, self.id),
        }
    }

    /// How many things it tells.
    pub fn many(&self) -> usize {
        self.told.len()
    }

    /// The title of the first, short enough for a telephone.
    pub fn first(&self) -> String {
        let title = self.told.first().map(|told| told.title.as_str()).unwrap_or(&self.subject);
        match title.chars().count() {
            0..=20 => title.to_owned(),
            _ => format!("{}…", title.chars().take(19).collect::<String>()),
        }
    }

    /// As a letter.
    pub fn text(&self) -> String {
        let mut lines = vec!["您好：".to_owned(), String::new()];
        match self.purpose {
            Purpose::Confirm => self.asks(&mut lines),
            Purpose::Link => {
                lines.push(format!("这是您在{}管理订阅的链接：", self.site));
                lines.extend([self.onward.clone(), String::new()]);
                lines.push("打开后可以增减内容、改频次、导出、删除。请不要转给别人。".into());
            }
            Purpose::Test => lines.push(format!("这是{}的一封试发邮件，不用答复。", self.site)),
            Purpose::Digest | Purpose::Push => self.tells(&mut lines),
        }
        lines.push(String::new());
        lines.push("－－".into());
        lines.push(format!("{}。这是自动发出的，请不要直接回复。", self.site));
        lines.join("\r\n") + "\r\n"
    }

    fn asks(&self, lines: &mut Vec<String>) {
        lines.push(format!("有人在{}用这个地址订阅了：", self.site));
        lines.extend(self.topics.iter().map(|topic| format!("  · {topic}")));
        lines.extend([String::new(), "是您本人的，请打开下面的链接确认：".into()]);
        lines.extend([self.onward.clone(), String::new()]);
        lines.push("不是您的，请不要理会。7 日内没有确认的，我们删除这个地址，不再发送。".into());
    }

    fn tells(&self, lines: &mut Vec<String>) {
        lines.push(match self.purpose {
            Purpose::Push => "您选择接收的信息：".to_owned(),
            _ => format!("您订阅的内容有 {} 条新信息：", self.told.len()),
        });
        for (at, told) in self.told.iter().enumerate() {
            let mark = if told.became == "corrected" { "（更正）" } else { "" };
            lines.extend([String::new(), format!("{}. {mark}{}", at + 1, told.title)]);
            lines.push(format!("   {}  {}", told.organ, told.day));
            lines.extend(told.words.lines().map(|line| format!("   {line}")));
            lines.push(format!("   {}", told.address));
        }
        lines.push(String::new());
        if !self.topics.is_empty() {
            lines.push(format!("您收到它，因为您订阅了：{}。", self.topics.join("、")));
        }
        lines.push(format!("管理订阅、导出或者删除您的地址：{}", self.onward));
        if let Some(leave) = &self.leave {
            lines.push(format!("退订：{leave}"));
        }
    }

    /// For a program.
    pub fn json(&self) -> serde_json::Value {
        let told = |told: &Told| {
            json!({
                "became": told.became, "title": told.title, "url": told.address,
                "organ": told.organ, "date": told.day, "words": told.words,
            })
        };
        let mut said = json!({
            "schema_version": 1,
            "id": self.id,
            "type": self.purpose.word(),
            "site": self.site,
            "items": self.told.iter().map(told).collect::<Vec<_>>(),
        });
        if self.purpose == Purpose::Confirm {
            said["challenge"] = self.challenge.as_str().into();
            said["topics"] = self.topics.clone().into();
        } else {
            said["manage"] = self.onward.as_str().into();
        }
        if let Some(leave) = &self.leave {
            said["unsubscribe"] = leave.as_str().into();
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(purpose: Purpose) -> Message {
        let told = Told {
            became: "corrected".into(),
            title: "关于困难老年人补助的公告".into(),
            address: "https://www.example.gov.cn/wenjian/1".into(),
            organ: "厦港街道".into(),
            day: "2026-11-26".into(),
            words: String::new(),
        };
        Message {
            id: "d-1".into(),
            purpose,
            at: 0,
            site: "厦门市人民政府".into(),
            subject: "您订阅的内容有 1 条新信息".into(),
            topics: vec!["领域“社会救助”".into()],
            told: vec![told],
            onward: "https://www.example.gov.cn/dingyue/wode/a".into(),
            leave: Some("https://www.example.gov.cn/dingyue/tui/a".into()),
            challenge: "123456".into(),
            tells_secret: false,
        }
    }

    #[test]
    fn a_digest_says_what_is_new_why_it_came_and_how_to_leave() {
        let text = message(Purpose::Digest).text();
        for words in [
            "1. （更正）关于困难老年人补助的公告",
            "https://www.example.gov.cn/wenjian/1",
            "因为您订阅了：领域“社会救助”",
            "退订：https://www.example.gov.cn/dingyue/tui/a",
        ] {
            assert!(text.contains(words), "{text}");
        }
        let json = message(Purpose::Digest).json();
        assert!(json.get("challenge").is_none());
        assert_eq!(json["manage"], "https://www.example.gov.cn/dingyue/wode/a");
        assert_eq!(json["unsubscribe"], "https://www.example.gov.cn/dingyue/tui/a");
    }

    #[test]
    fn whoever_is_asked_to_confirm_is_told_what_and_that_nothing_happens_otherwise() {
        let text = message(Purpose::Confirm).text();
        assert!(text.contains("打开下面的链接确认") && text.contains("7 日内没有确认的"), "{text}");
        assert_eq!(message(Purpose::Confirm).json()["challenge"], "123456");
    }

    #[test]
    fn one_thing_is_opened_itself_and_several_by_their_list() {
        let mut news = message(Purpose::Digest);
        assert_eq!(news.page(), "https://www.example.gov.cn/wenjian/1");
        news.told.push(news.told[0].clone());
        assert_eq!(news.page(), "https://www.example.gov.cn/dingyue/wode/a?toudi=d-1");
    }

    #[test]
    fn a_telephone_is_told_no_more_than_fits() {
        let mut long = message(Purpose::Digest);
        long.told[0].title = "关于".repeat(30);
        assert_eq!(long.first().chars().count(), 20);
    }
}
