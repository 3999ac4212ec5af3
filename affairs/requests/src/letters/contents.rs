//! 文书的内容: the typed facts of one letter, and the places they fill.

use law::{Date, WorkingDays};
use requests_rules::{
    ComplaintGround, ComplaintOutcome, Consulted, FEE_PAYMENT, FeeMethod, FilePiece,
    Letter as Kind, RectificationOutcome, ServingMethod, chinese_day,
};

use super::answer::AnswerContents;
use super::compose::CaseFacts;
use super::field::{Field, Value};
use super::forms::reply_slip;
use super::key::TextKey;

/// What one letter tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// 登记回执.
    Receipt {
        /// Why the last day is that day, for the applicant ([`requests_rules::Explanation`]).
        due: Vec<String>,
        /// The query code, where one is given out with this letter.
        query_code: Option<String>,
        /// Where it is used.
        track: Option<String>,
    },
    /// 补正告知书.
    Correction {
        /// Everything that is to be mended.
        items: Vec<String>,
        /// How long the applicant has.
        period: WorkingDays,
    },
    /// 第三方意见征询书.
    ThirdParty {
        /// Who is asked.
        name: String,
        /// What would be disclosed.
        about: String,
        /// How long it has.
        period: WorkingDays,
        /// The code with which it answers online, where it is known: on the letter that is sent.
        code: Option<String>,
        /// Where that code is used.
        track: Option<String>,
    },
    /// 征求意见函.
    Organ {
        /// Which organ is asked.
        name: String,
        /// In what standing.
        standing: Consulted,
        /// What would be disclosed.
        about: String,
        /// How long it has by law.
        period: Option<WorkingDays>,
        /// By when an answer is hoped for, where the law sets no period.
        hoped: Option<Date>,
    },
    /// 说明理由通知书.
    Reasons {
        /// How many, how often, since when.
        frequency: String,
        /// By when, where a day is set.
        by: Option<Date>,
    },
    /// 延长答复期限告知书.
    Extension {
        /// By how much.
        by: WorkingDays,
        /// The new last day; none while the clock stands still because opinions are awaited.
        due: Option<Date>,
        /// The next year's arrangement is not out.
        provisional: bool,
        /// Why.
        because: String,
    },
    /// 延迟答复告知书.
    Delay {
        /// The last day.
        until: Date,
        /// How the reasons were judged and why it takes longer.
        because: String,
    },
    /// 信息处理费收费通知书.
    Fee {
        /// The method.
        method: FeeMethod,
        /// 元.
        amount: u64,
        /// The sum by tiers, as [`requests_rules::Charge::shown`] tells it.
        shown: String,
    },
    /// 答复书 or 办结告知书.
    Answer(AnswerContents),
    /// 政府信息公开决定告知书.
    Decision {
        /// The third party.
        name: String,
        /// What is disclosed.
        disclosed: String,
        /// Why.
        because: String,
    },
    /// 政府信息更正答复书.
    Rectification {
        /// What came of it.
        outcome: RectificationOutcome,
        /// Why.
        because: String,
    },
    /// 更正申请转送告知书.
    RectificationTransfer {
        /// The organ that may correct it, with its contact.
        to: String,
    },
    /// 投诉举报处理结果告知书, 申诉处理结果告知书.
    Complaint {
        /// What of: which of the two letters it is.
        ground: ComplaintGround,
        /// What came of it.
        outcome: ComplaintOutcome,
        /// What was found, and what is done.
        because: String,
    },
    /// 申诉途径告知书.
    ComplaintAdvice {
        /// The competent department, with its contact.
        department: String,
    },
    /// 送达回证.
    ServiceProof {
        /// Title and number of what is served.
        letters: Vec<(String, String)>,
        /// Who receives it, and where.
        addressee: (String, String),
        /// How.
        method: ServingMethod,
    },
    /// 归档目录.
    ArchiveList {
        /// The pieces in order.
        pieces: Vec<Filed>,
        /// The day the file was closed.
        closed: Date,
        /// How long it is kept, as the organ says it: 10年.
        retention: String,
    },
}

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Which part of the list it belongs to.
    pub piece: FilePiece,
    /// Its title.
    pub title: String,
    /// Its number, where it has one.
    pub number: Option<String>,
    /// Its day.
    pub on: Date,
    /// Its pages; none of a record that is kept electronically, and where they cannot be told.
    pub pages: Option<u32>,
}

impl Contents {
    /// The text it is written by.
    pub const fn key(&self) -> TextKey {
        match self {
            Self::Answer(answer) if !answer.parts.is_empty() => TextKey::joint(),
            Self::Answer(answer) => TextKey::of_answer(answer.kind),
            other => TextKey::plain(other.letter()),
        }
    }

    /// The letter.
    pub const fn letter(&self) -> Kind {
        match self {
            Self::Receipt { .. } => Kind::Receipt,
            Self::Correction { .. } => Kind::CorrectionNotice,
            Self::ThirdParty { .. } => Kind::ThirdPartyInquiry,
            Self::Organ { .. } => Kind::OrganInquiry,
            Self::Reasons { .. } => Kind::ReasonNotice,
            Self::Extension { .. } => Kind::ExtensionNotice,
            Self::Delay { .. } => Kind::DelayNotice,
            Self::Fee { .. } => Kind::FeeNotice,
            Self::Answer(answer) => answer.kind.letter,
            Self::Decision { .. } => Kind::DecisionToThirdParty,
            Self::Rectification { .. } => Kind::RectificationAnswer,
            Self::RectificationTransfer { .. } => Kind::RectificationTransfer,
            Self::Complaint { ground, .. } => ground.letter(),
            Self::ComplaintAdvice { .. } => Kind::ComplaintAdvice,
            Self::ServiceProof { .. } => Kind::ServiceProof,
            Self::ArchiveList { .. } => Kind::ArchiveList,
        }
    }

    /// Whom it is addressed to, other than the applicant.
    pub fn addressee(&self) -> Option<&str> {
        match self {
            Self::ThirdParty { name, .. }
            | Self::Organ { name, .. }
            | Self::Decision { name, .. } => Some(name),
            _ => None,
        }
    }

    /// What goes with it.
    pub fn enclosures(&self) -> &[String] {
        match self {
            Self::Answer(answer) => &answer.enclosures,
            _ => &[],
        }
    }

    /// The places it fills, on the day of the letter.
    pub(super) fn fields(&self, case: &CaseFacts, on: Date) -> Vec<(Field, Value)> {
        let known = |field, value: &Option<String>| value.clone().map(|one| (field, one.into()));
        match self {
            Self::Receipt { due, query_code, track } => {
                let mut fields = vec![(Field::DueExplained, due.clone().into())];
                fields.extend(known(Field::QueryCode, query_code));
                fields.extend(known(Field::TrackAddress, track));
                fields
            }
            Self::Correction { items, period } => vec![
                (Field::Items, items.clone().into()),
                (Field::CorrectionPeriod, period.to_string().into()),
            ],
            Self::Reasons { frequency, by } => {
                let mut fields = vec![(Field::Frequency, frequency.as_str().into())];
                fields.extend(by.map(|day| (Field::ReasonsBy, chinese_day(day).into())));
                fields
            }
            Self::Extension { by, due, provisional, because } => {
                let last = last_day(*due, *provisional);
                vec![
                    (Field::ExtendedBy, by.to_string().into()),
                    (Field::ExtensionReason, because.as_str().into()),
                    (Field::LastDay, last.into()),
                ]
            }
            Self::Delay { until, because } => vec![
                (Field::ExtensionReason, because.as_str().into()),
                (Field::LastDay, chinese_day(*until).into()),
            ],
            Self::Answer(answer) => answer.fields(),
            Self::Rectification { outcome, because } => vec![
                (Field::RectificationOutcome, outcome.name().into()),
                (Field::Reason, because.as_str().into()),
            ],
            Self::Complaint { outcome, because, .. } => vec![
                (Field::ComplaintOutcome, outcome.name().into()),
                (Field::Reason, because.as_str().into()),
            ],
            Self::RectificationTransfer { to: organ }
            | Self::ComplaintAdvice { department: organ } => {
                vec![(Field::ResponsibleOrgan, organ.as_str().into())]
            }
            Self::ThirdParty { .. } | Self::Organ { .. } | Self::Decision { .. } => {
                self.to_others(case)
            }
            Self::Fee { .. } => self.fee(on),
            Self::ServiceProof { .. } | Self::ArchiveList { .. } => self.lists(case),
        }
    }

    fn to_others(&self, case: &CaseFacts) -> Vec<(Field, Value)> {
        match self {
            Self::ThirdParty { name, about, period, code, track } => {
                let mut fields = vec![
                    (Field::Asked, name.as_str().into()),
                    (Field::AskedAbout, about.as_str().into()),
                    (Field::OpinionPeriod, period.to_string().into()),
                    (Field::Slip, reply_slip(&case.number)),
                ];
                let known = |field, value: &Option<String>| Some((field, value.clone()?.into()));
                fields.extend(known(Field::QueryCode, code));
                fields.extend(known(Field::TrackAddress, track));
                fields
            }
            Self::Organ { name, standing, about, period, hoped } => vec![
                (Field::Asked, name.as_str().into()),
                (Field::AskedWhy, asked_why(*standing).into()),
                (Field::AskedAbout, about.as_str().into()),
                (Field::OpinionWanted, opinion_wanted(*period, *hoped).into()),
            ],
            Self::Decision { name, disclosed, because } => vec![
                (Field::Asked, name.as_str().into()),
                (Field::Disclosed, disclosed.as_str().into()),
                (Field::Reason, because.as_str().into()),
            ],
            _ => Vec::new(),
        }
    }

    fn fee(&self, on: Date) -> Vec<(Field, Value)> {
        let Self::Fee { method, amount, shown } = self else { return Vec::new() };
        let period = FEE_PAYMENT.on(on).map(|period| period.value.to_string()).unwrap_or_default();
        // The last part is the sum, which has a place of its own.
        let tiers = shown.rsplit_once('；').map_or("", |(tiers, _)| tiers);
        let tiers: Vec<String> = tiers.split('；').map(str::to_owned).collect();
        vec![
            (Field::FeeMethod, method.name().into()),
            (Field::FeeTiers, tiers.into()),
            (Field::FeeAmount, format!("{amount}元").into()),
            (Field::FeePeriod, period.into()),
        ]
    }

    fn lists(&self, case: &CaseFacts) -> Vec<(Field, Value)> {
        match self {
            Self::ServiceProof { letters, addressee, method } => {
                vec![(Field::Service, service_table(case, letters, addressee, *method))]
            }
            Self::ArchiveList { pieces, closed, retention } => {
                let pages: u32 = pieces.iter().filter_map(|piece| piece.pages).sum();
                vec![
                    (Field::Pieces, archive_table(pieces)),
                    (Field::Closed, chinese_day(*closed).into()),
                    (Field::Retention, retention.as_str().into()),
                    (Field::PieceCount, pieces.len().to_string().into()),
                    (Field::PageCount, pages.to_string().into()),
                ]
            }
            _ => Vec::new(),
        }
    }
}

/// The last day in words; where opinions are awaited it is not known yet, and why is told (第三十三条第三款).
fn last_day(due: Option<Date>, provisional: bool) -> String {
    let Some(due) = due else {
        return "期限恢复计算后的最后一日（征求第三方和其他机关意见所需时间不计算在内）".to_owned();
    };
    let words = format!("（{}年放假安排公布后如有变动，另行告知）", due.year());
    chinese_day(due) + if provisional { &words } else { "" }
}

fn asked_why(standing: Consulted) -> String {
    match standing {
        Consulted::JointMaker => "该信息由本机关与你单位共同制作".to_owned(),
        Consulted::OtherOrgan | Consulted::ThirdParty => "该信息与你单位的职责有关".to_owned(),
    }
}

/// Silence of a joint maker means consent, and it has to know that (第三十四条); other organs have no
/// period by law.
fn opinion_wanted(period: Option<WorkingDays>, hoped: Option<Date>) -> String {
    if let Some(period) = period {
        return format!(
            "请自收到本函次日起{period}内书面提出意见；逾期未提出意见的，视为同意公开。"
        );
    }
    let by = hoped.map(|day| format!("请于{}前书面提出意见", chinese_day(day)));
    let by = by.unwrap_or_else(|| "请尽快书面提出意见".to_owned());
    format!("{by}，不同意公开的写明理由和依据。")
}

fn service_table(
    case: &CaseFacts,
    letters: &[(String, String)],
    (name, address): &(String, String),
    method: ServingMethod,
) -> Value {
    let row = |label: &str, text: String| vec![label.to_owned(), text];
    let served = letters.iter().map(|(title, number)| format!("{title}（{number}）"));
    let served: Vec<String> = served.collect();
    let basis = method.basis();
    let rows = vec![
        row("案件", format!("政府信息公开申请（登记编号：{}）", case.number)),
        row("送达文书", served.join("\n")),
        row("受送达人", name.clone()),
        row("送达地址", address.clone()),
        row("送达方式", format!("{}（参照{basis}）", method.name())),
        row("受送达人签收", "　\n　　　　　　　　　　　　年　　月　　日".to_owned()),
        row("代收人及与受送达人的关系", "　\n　".to_owned()),
        row("拒收事由和见证人", "　\n　".to_owned()),
        row("送达人", "　\n　　　　　　　　　　　　年　　月　　日".to_owned()),
        row("送达证明", format!("附{}", method.proof().name())),
    ];
    Value::Table(vec!["项目".to_owned(), "内容".to_owned()], rows)
}

fn archive_table(pieces: &[Filed]) -> Value {
    let header = ["序号", "类别", "文件名称", "文号", "日期", "页数"].map(str::to_owned);
    let mut order: Vec<&Filed> = pieces.iter().collect();
    order.sort_by_key(|piece| (piece.piece, piece.on));
    let row = |(at, piece): (usize, &&Filed)| {
        vec![
            (at + 1).to_string(),
            piece.piece.name().to_owned(),
            piece.title.clone(),
            piece.number.clone().unwrap_or_default(),
            piece.on.to_string(),
            piece.pages.map_or("电子".to_owned(), |pages| pages.to_string()),
        ]
    };
    Value::Table(header.to_vec(), order.iter().enumerate().map(row).collect())
}
