//! 征求意见公告 (条例第十五条): draft, explanation, the ways an opinion is given and until when; and where the time
//! is short, why. What is missing is told by field, so that it is mended before anybody reviews it.

use law::{Provision, article};

use crate::{DECISIONS, Period, Way};

/// 第十五条: what is published.
const PUBLISHED: Provision = article(DECISIONS, 15);

/// 第十四条: how people are heard.
const HEARD: Provision = article(DECISIONS, 14);

/// What a notice says, as far as the law asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice<'a> {
    /// 标题.
    pub title: &'a str,
    /// 起草说明.
    pub explanation: &'a str,
    /// 草案.
    pub draft: &'a str,
    /// 方式.
    pub ways: &'a [Way],
    /// Where letters go.
    pub post: &'a str,
    /// Whom one may ring.
    pub telephone: &'a str,
    /// 期限.
    pub period: Option<Period>,
    /// Why the time is short.
    pub short_reason: &'a str,
}

/// Something a notice lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    /// The field: `title`, `explanation`, `draft`, `ways`, `post`, `telephone`, `days`, `short_reason`.
    pub field: &'static str,
    /// What to do.
    pub words: &'static str,
    /// Says who.
    pub basis: Provision,
}

impl Notice<'_> {
    /// What it lacks, in the order of the form; nothing where it may be reviewed.
    pub fn lacks(&self) -> Vec<Lack> {
        let bare = |text: &str| text.trim().is_empty();
        let short = self.period.is_some_and(Period::is_short);
        let found = [
            (bare(self.title), "title", "写明征求什么意见", PUBLISHED),
            (
                bare(self.explanation),
                "explanation",
                "写明为什么起草、依据什么、主要写了什么",
                PUBLISHED,
            ),
            (bare(self.draft), "draft", "贴上草案全文", PUBLISHED),
            (
                !self.ways.contains(&Way::Public),
                "ways",
                "选“向社会公开征求意见”，本页就是这种方式",
                HEARD,
            ),
            (bare(self.post), "post", "写明信寄到哪里、送到哪里，不上网的人也能提意见", PUBLISHED),
            (bare(self.telephone), "telephone", "写明联系电话", PUBLISHED),
            (self.period.is_none(), "days", "写明征求多少天", PUBLISHED),
            (
                short && bare(self.short_reason),
                "short_reason",
                "期限少于三十日，写明理由，理由随公告公布",
                PUBLISHED,
            ),
        ];
        let lack = |(lacks, field, words, basis): (bool, _, _, _)| {
            lacks.then_some(Lack { field, words, basis })
        };
        found.into_iter().filter_map(lack).collect()
    }
}
