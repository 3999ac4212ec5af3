//! 决策事项目录 and what becomes public of a decision (条例第三、三十二、三十三、三十六条; 67号三（三）): its line in the list,
//! and the milestones from proposal to result, each under one of 决策、执行、管理、服务、结果.

/// 五公开: what of government work is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// 决策公开.
    Deciding,
    /// 执行公开.
    Executing,
    /// 管理公开.
    Managing,
    /// 服务公开.
    Serving,
    /// 结果公开.
    Resulting,
}

impl Phase {
    /// All of them, in the order of the notice.
    pub const ALL: [Self; 5] =
        [Self::Deciding, Self::Executing, Self::Managing, Self::Serving, Self::Resulting];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deciding => "决策公开",
            Self::Executing => "执行公开",
            Self::Managing => "管理公开",
            Self::Serving => "服务公开",
            Self::Resulting => "结果公开",
        }
    }
}

/// What became public of a decision. The words are these alone, so that nothing is published beside a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Milestone {
    /// 启动.
    Begun,
    /// 向社会公开征求意见.
    Consulted,
    /// 听证会.
    Heard,
    /// 专家论证.
    Argued,
    /// 风险评估.
    RiskAssessed,
    /// 合法性审查.
    LegallyReviewed,
    /// 公布意见采纳情况.
    Answered,
    /// 集体讨论.
    Deliberated,
    /// 公布决定.
    Decided,
    /// 政策解读.
    Interpreted,
    /// 实施方案、任务分工.
    Assigned,
    /// 执行情况.
    Progressed,
    /// 监督检查.
    Inspected,
    /// 办事指南.
    Guided,
    /// 完成情况.
    Completed,
    /// 后评估.
    Evaluated,
}

impl Milestone {
    /// All of them, in the order in which they usually come.
    pub const ALL: [Self; 16] = [
        Self::Begun,
        Self::Consulted,
        Self::Heard,
        Self::Argued,
        Self::RiskAssessed,
        Self::LegallyReviewed,
        Self::Answered,
        Self::Deliberated,
        Self::Decided,
        Self::Interpreted,
        Self::Assigned,
        Self::Progressed,
        Self::Inspected,
        Self::Guided,
        Self::Completed,
        Self::Evaluated,
    ];

    const fn row(self) -> (&'static str, &'static str, Phase) {
        match self {
            Self::Begun => ("begun", "启动决策", Phase::Deciding),
            Self::Consulted => ("consulted", "向社会公开征求意见", Phase::Deciding),
            Self::Heard => ("heard", "听证会", Phase::Deciding),
            Self::Argued => ("argued", "专家论证", Phase::Deciding),
            Self::RiskAssessed => ("risk_assessed", "风险评估", Phase::Deciding),
            Self::LegallyReviewed => ("legally_reviewed", "合法性审查", Phase::Deciding),
            Self::Answered => ("answered", "公布意见采纳情况", Phase::Deciding),
            Self::Deliberated => ("deliberated", "集体讨论决定", Phase::Deciding),
            Self::Decided => ("decided", "公布决定", Phase::Deciding),
            Self::Interpreted => ("interpreted", "政策解读", Phase::Deciding),
            Self::Assigned => ("assigned", "实施方案、任务分工", Phase::Executing),
            Self::Progressed => ("progressed", "执行情况", Phase::Executing),
            Self::Inspected => ("inspected", "监督检查", Phase::Managing),
            Self::Guided => ("guided", "办事指南", Phase::Serving),
            Self::Completed => ("completed", "完成情况", Phase::Resulting),
            Self::Evaluated => ("evaluated", "决策后评估", Phase::Resulting),
        }
    }

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        self.row().0
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        self.row().1
    }

    /// Under which of the five it stands.
    pub const fn phase(self) -> Phase {
        self.row().2
    }

    /// The milestone a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionItem {
    /// 决策事项.
    pub title: String,
    /// 承办单位.
    pub undertaker: String,
    /// 计划什么时候决定.
    pub planned: String,
    /// 公众怎样参与.
    pub ways: String,
}

/// Why what is written is no list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadItems {
    /// There is none.
    #[error("每行写一件：事项｜承办单位｜计划时间｜公众怎样参与")]
    None,
    /// A line that cannot be read, from 1.
    #[error("第 {0} 行要有四格：事项｜承办单位｜计划时间｜公众怎样参与")]
    Line(usize),
}

impl DecisionItem {
    /// The lines of a text.
    ///
    /// # Errors
    /// There is none, or one has not its four parts.
    pub fn read(text: &str) -> Result<Vec<Self>, BadItems> {
        let mut all = Vec::new();
        for (at, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let parts: Vec<&str> = line.split(['|', '｜']).map(str::trim).collect();
            match parts.as_slice() {
                [title, undertaker, planned, ways] if parts.iter().all(|one| !one.is_empty()) => {
                    all.push(Self {
                        title: (*title).to_owned(),
                        undertaker: (*undertaker).to_owned(),
                        planned: (*planned).to_owned(),
                        ways: (*ways).to_owned(),
                    });
                }
                _ => return Err(BadItems::Line(at)),
            }
        }
        if all.is_empty() { Err(BadItems::None) } else { Ok(all) }
    }
}
