//! 空位: the places a standard text may have, by the names an officer writes in braces.

/// What stands in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words within a sentence.
    Text(String),
    /// Numbered paragraphs.
    List(Vec<String>),
    /// A table: headings, rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// What shape a place has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Words within a sentence, or a paragraph of their own.
    Text,
    /// Numbered paragraphs: stands on a line of its own.
    List,
    /// A table: stands on a line of its own.
    Table,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $shape:ident;)*) => {
        /// A place in a standard text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $variant,)*
        }

        impl Field {
            /// Every place there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// What stands in the braces.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What shape it has.
            pub const fn shape(self) -> Shape {
                match self { $(Self::$variant => Shape::$shape,)* }
            }
        }
    };
}

fields! {
    /// 您 or 你单位.
    Form = "称谓", Text;
    /// Who applied.
    Applicant = "申请人", Text;
    /// The number of the request.
    RequestNumber = "登记编号", Text;
    /// 收到之日.
    Received = "收到日", Text;
    /// What was asked for.
    Wanted = "所需信息", Text;
    /// The organ that writes.
    Organ = "本机关", Text;
    /// Where its office can be reached.
    Contact = "联系方式", Text;
    /// The provisions, from the rules.
    Basis = "依据", Text;
    /// 救济途径, from the rules.
    Remedy = "救济途径", Text;
    /// By when an answer is due and why it is that day.
    DueExplained = "期限说明", List;
    /// The query code.
    QueryCode = "查询码", Text;
    /// Where the code is used.
    TrackAddress = "查询网址", Text;
    /// What is to be mended.
    Items = "补正事项", List;
    /// How long the applicant has.
    CorrectionPeriod = "补正期限", Text;
    /// Whose opinion is sought.
    Asked = "被征求人", Text;
    /// What the opinion is sought on.
    AskedAbout = "征询内容", Text;
    /// In what standing an organ is asked.
    AskedWhy = "征求事由", Text;
    /// How long a third party has.
    OpinionPeriod = "反馈期限", Text;
    /// By when and how an organ gives its opinion.
    OpinionWanted = "反馈要求", Text;
    /// The slip to answer on.
    Slip = "回执", Table;
    /// How many and how often.
    Frequency = "数量频次", Text;
    /// By when reasons are given.
    ReasonsBy = "说明期限", Text;
    /// Why it takes longer.
    ExtensionReason = "延长理由", Text;
    /// By how much.
    ExtendedBy = "延长期限", Text;
    /// The last day.
    LastDay = "最迟答复日", Text;
    /// Which of the two methods.
    FeeMethod = "计费方式", Text;
    /// The tiers.
    FeeTiers = "计费明细", List;
    /// The sum.
    FeeAmount = "应缴金额", Text;
    /// How it is paid.
    FeePayment = "缴纳方式", Text;
    /// By when it is paid.
    FeePeriod = "缴费期限", Text;
    /// What is disclosed against a third party's will.
    Disclosed = "公开内容", Text;
    /// What came of a demand to correct a record.
    RectificationOutcome = "更正结果", Text;
    /// What came of a complaint.
    ComplaintOutcome = "处理结果", Text;
    /// The letters served and what proves it.
    Service = "送达情况", Table;
    /// The list of the file.
    Pieces = "案卷目录", Table;
    /// The day the file was closed.
    Closed = "办结日", Text;
    /// How long it is kept.
    Retention = "保管期限", Text;
    /// How many pieces.
    PieceCount = "件数", Text;
    /// How many pages.
    PageCount = "页数", Text;
    /// Why a file is closed: withdrawn, merged.
    ClosingReason = "办结事由", Text;
    /// Each thing asked for with its answer, where the answers are of different kinds.
    Parts = "逐项答复", List;
    /// Where the information is found.
    Whereabouts = "获取途径", Text;
    /// The information, or way, path and time of getting it.
    Provided = "提供的信息", Text;
    /// Which part is open.
    OpenPart = "公开部分", Text;
    /// Why.
    Reason = "理由", Text;
    /// What forbids it.
    ForbiddingStatute = "禁止公开的规定", Text;
    /// How a third party was asked.
    ThirdPartyRecord = "征求意见情况", Text;
    /// Which of the kinds an article lists.
    Kind = "所属类别", Text;
    /// A statute of its own.
    SpecialStatute = "特别规定", Text;
    /// How it was looked for.
    SearchRecord = "检索情况", Text;
    /// Who is responsible, with his contact.
    ResponsibleOrgan = "负责机关", Text;
    /// What stays unclear.
    Unclear = "不明确的内容", Text;
    /// The number of the earlier answer.
    EarlierAnswer = "此前答复文号", Text;
    /// Which reasons were asked for, and how they were judged.
    ReasonsJudged = "理由认定", Text;
    /// When it was provided before.
    EarlierProvision = "此前提供情况", Text;
    /// How a notice was served.
    ProofOfService = "送达证明", Text;
}

impl Field {
    /// The place with that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }
}

impl Value {
    /// Whether nothing would be read in its place.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.is_empty() || items.iter().any(|one| one.trim().is_empty()),
            Self::Table(_, rows) => rows.is_empty(),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Vec<String>> for Value {
    fn from(items: Vec<String>) -> Self {
        Self::List(items)
    }
}
