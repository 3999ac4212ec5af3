//! 执行情况和决策后评估 (条例第三十四、三十六条): what becomes of a decision is told by whoever executes it; where it falls
//! short, or many object, it is looked at again, by others than those who argued for it, with the public. Table-driven.

use law::{Date, Provision, article};

use crate::{DECISIONS, Milestone};

/// 第三十四条: who executes it reports to the organ that decided.
const EXECUTED: Provision = article(DECISIONS, 34);
/// 第三十六条: when, by whom and with whom a decision is evaluated, and what the result is for.
const EVALUATED: Provision = article(DECISIONS, 36);

/// What kind of report it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// 执行情况.
    Execution,
    /// 决策后评估.
    Evaluation,
}

/// 第三十六条: when a decision is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EvaluationGround {
    /// 实施后明显未达到预期效果.
    FallsShort,
    /// 公民、法人或者其他组织提出较多意见.
    ManyOpinions,
    /// 决策机关认为有必要.
    Needed,
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportState {
    /// 起草.
    Draft,
    /// 审查中.
    Review,
    /// 已公布.
    Published,
    /// 已放弃, before it was public.
    Dropped,
    /// 已撤下: it should not have been public.
    Withdrawn,
}

/// What a report says, as far as the law asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionAccount<'a> {
    /// Which kind.
    pub kind: ReportKind,
    /// The day up to which it tells.
    pub until: Option<Date>,
    /// Who executes, or evaluates.
    pub by: &'a str,
    /// What it tells.
    pub body: &'a str,
    /// Why it is evaluated.
    pub ground: Option<EvaluationGround>,
    /// How the public was heard.
    pub heard: &'a str,
    /// What follows from the result.
    pub used: &'a str,
    /// Whoever evaluates did not do the main assessment before the decision.
    pub independent: bool,
}

/// What a report lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportLack {
    /// The field.
    pub field: &'static str,
    /// What to do.
    pub words: &'static str,
    /// Says who.
    pub basis: Provision,
}

impl ReportKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Execution, Self::Evaluation];

    const fn row(self) -> (&'static str, &'static str, Milestone, Provision) {
        match self {
            Self::Execution => ("execution", "执行情况", Milestone::Progressed, EXECUTED),
            Self::Evaluation => ("evaluation", "决策后评估", Milestone::Evaluated, EVALUATED),
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

    /// What becomes public of the decision with it.
    pub const fn milestone(self) -> Milestone {
        self.row().2
    }

    /// Says who.
    pub const fn basis(self) -> Provision {
        self.row().3
    }

    /// The kind a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl EvaluationGround {
    /// All of them, in the order of the article.
    pub const ALL: [Self; 3] = [Self::FallsShort, Self::ManyOpinions, Self::Needed];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FallsShort => "falls_short",
            Self::ManyOpinions => "many_opinions",
            Self::Needed => "needed",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FallsShort => "实施以后明显没有达到预期效果",
            Self::ManyOpinions => "公民、法人或者其他组织提出较多意见",
            Self::Needed => "决策机关认为有必要",
        }
    }

    /// The one a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl ReportState {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::Review, Self::Published, Self::Dropped, Self::Withdrawn];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Published => "published",
            Self::Dropped => "dropped",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "起草",
            Self::Review => "审查中",
            Self::Published => "已公布",
            Self::Dropped => "已放弃",
            Self::Withdrawn => "已撤下",
        }
    }

    /// The state a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl DecisionAccount<'_> {
    /// What it lacks, in the order of the form; nothing where it may be reviewed.
    pub fn lacks(&self) -> Vec<ReportLack> {
        let evaluates = self.kind == ReportKind::Evaluation;
        let bare = |text: &str| text.trim().is_empty();
        let basis = self.kind.basis();
        let all = [
            (self.until.is_none(), "jiezhi", "写明情况截至哪一天"),
            (bare(self.by), "danwei", "写明哪个单位执行；后评估的写明哪个单位评估"),
            (bare(self.body), "zhengwen", "写明做了什么、做到哪一步、效果怎样、还有什么问题"),
            (evaluates && self.ground.is_none(), "qingxing", "选为什么评估"),
            (evaluates && bare(self.heard), "tingqu", "写明怎样听取公众意见，请了哪些方面参与评估"),
            (evaluates && bare(self.used), "yunyong", "写明评估结果怎样用来调整决策"),
            (
                evaluates && !self.independent,
                "duli",
                "承担评估的不能是决策以前承担主要论证评估工作的单位，核对以后勾上",
            ),
        ];
        let lacking = all.into_iter().filter(|(lacks, ..)| *lacks);
        lacking.map(|(_, field, words)| ReportLack { field, words, basis }).collect()
    }
}
