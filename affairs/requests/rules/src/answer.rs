//! 答复类型: the twenty-two kinds of answer as data, each with its provision, what it must contain, its
//! row of the annual report, its remedy and its letter (docs/readings/120).
//!
//! A kind is looked up by its code on the day of the answer; a kind whose rule is amended gets a new
//! version, and old answers keep theirs.

use law::{Date, Dated, Provision, article, day, document};
use records_rules::Withholding;
use serde::Serialize;

use self::AnswerClass::{Disclosed, InPart, NotTreated, Otherwise, Unavailable, Withheld};
use crate::fact::Fact::{
    self, EarlierAnswer, EarlierProvision, ForbiddingStatute, Kind, OpenPart, ProofOfService,
    Provided, Reason, ReasonsJudged, ResponsibleOrgan, SearchRecord, SpecialStatute,
    ThirdPartyRecord, Unclear, Whereabouts,
};
use crate::letter::Letter;
use crate::period::{FEE_RULES, REGULATION};
use crate::remedy::RemedyRoute::{self, Any, ReviewFirst, ReviewFirstForWithheld};

/// A kind of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AnswerType {
    /// Its code: G1, D4, U1a.
    pub code: &'static str,
    /// Its number among the twenty-two, from 1; two codes of one kind share it.
    pub number: u8,
    /// What people call it.
    pub name: &'static str,
    /// The class it belongs to.
    pub class: AnswerClass,
    /// The provisions.
    pub basis: &'static [Provision],
    /// What the answer must contain.
    pub required: &'static [Fact],
    /// Its row of table 3 of the annual report: 3 to 23.
    pub report_row: u8,
    /// What the applicant may do against it.
    pub remedy: RemedyRoute,
    /// The letter that tells it.
    pub letter: Letter,
}

/// The classes of table 3, 本年度办理结果.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerClass {
    /// （一）予以公开.
    Disclosed,
    /// （二）部分公开.
    InPart,
    /// （三）不予公开.
    Withheld,
    /// （四）无法提供.
    Unavailable,
    /// （五）不予处理.
    NotTreated,
    /// （六）其他处理.
    Otherwise,
}

const fn reg(number: u16) -> Provision {
    article(REGULATION, number)
}

const REPORT_FORM: Provision = document("国办公开办函〔2021〕30号");

const fn kind(
    (code, number, class): (&'static str, u8, AnswerClass),
    name: &'static str,
    basis: &'static [Provision],
    required: &'static [Fact],
    (report_row, remedy): (u8, RemedyRoute),
) -> AnswerType {
    let letter = match class {
        AnswerClass::Otherwise => Letter::ClosingNotice,
        _ => Letter::Answer,
    };
    AnswerType { code, number, name, class, basis, required, report_row, remedy, letter }
}

/// The kinds of answer, in the order of the report's rows.
pub const ANSWER_TYPES: Dated<&[AnswerType]> = Dated::since(&[(
    day(2019, 5, 15),
    &[
        kind(("G1", 1, Disclosed), "已主动公开", &[reg(36).item(1)], &[Whereabouts], (3, Any)),
        kind(("G2", 2, Disclosed), "予以公开", &[reg(36).item(2), reg(40)], &[Provided], (3, Any)),
        kind(
            ("P1", 3, InPart),
            "部分公开（区分处理）",
            &[reg(37)],
            &[OpenPart, Reason],
            (4, ReviewFirstForWithheld),
        ),
        kind(("D1", 4, Withheld), "国家秘密", &[reg(14)], &[Reason], (5, ReviewFirst)),
        kind(
            ("D2", 5, Withheld),
            "其他法律、行政法规禁止公开",
            &[reg(14)],
            &[Reason, ForbiddingStatute],
            (6, ReviewFirst),
        ),
        kind(("D3", 6, Withheld), "危及“三安全一稳定”", &[reg(14)], &[Reason], (7, ReviewFirst)),
        kind(
            ("D4", 7, Withheld),
            "保护第三方合法权益",
            &[reg(15), reg(32)],
            &[Reason, ThirdPartyRecord],
            (8, ReviewFirst),
        ),
        kind(
            ("D5", 8, Withheld),
            "三类内部事务信息",
            &[reg(16).paragraph(1)],
            &[Reason, Kind],
            (9, ReviewFirst),
        ),
        kind(
            ("D6", 9, Withheld),
            "四类过程性信息",
            &[reg(16).paragraph(2)],
            &[Reason, Kind],
            (10, ReviewFirst),
        ),
        kind(
            ("D7", 10, Withheld),
            "行政执法案卷",
            &[reg(16).paragraph(2)],
            &[Reason],
            (11, ReviewFirst),
        ),
        kind(
            ("D8", 11, Withheld),
            "行政查询事项",
            &[reg(36).item(7)],
            &[SpecialStatute],
            (12, Any),
        ),
        kind(
            ("U1a", 12, Unavailable),
            "信息不存在",
            &[reg(36).item(4)],
            &[SearchRecord],
            (13, Any),
        ),
        kind(
            ("U1b", 12, Unavailable),
            "不属于本机关负责公开",
            &[reg(36).item(5)],
            &[Reason, ResponsibleOrgan],
            (13, Any),
        ),
        kind(("U2", 13, Unavailable), "没有现成信息需要另行制作", &[reg(38)], &[Reason], (14, Any)),
        kind(("U3", 14, Unavailable), "补正后申请内容仍不明确", &[reg(30)], &[Unclear], (15, Any)),
        kind(
            ("N1", 15, NotTreated),
            "信访举报投诉类申请",
            &[reg(39).paragraph(1)],
            &[Reason],
            (16, Any),
        ),
        kind(("N2", 16, NotTreated), "重复申请", &[reg(36).item(6)], &[EarlierAnswer], (17, Any)),
        kind(
            ("N3", 17, NotTreated),
            "要求提供公开出版物",
            &[reg(39).paragraph(2)],
            &[Whereabouts],
            (18, Any),
        ),
        kind(
            ("N4", 18, NotTreated),
            "无正当理由大量反复申请",
            &[reg(35)],
            &[ReasonsJudged],
            (19, Any),
        ),
        kind(
            ("N5", 19, NotTreated),
            "要求行政机关确认或重新出具已获取信息",
            &[REPORT_FORM],
            &[EarlierProvision],
            (20, Any),
        ),
        kind(("O1", 20, Otherwise), "逾期不补正", &[reg(30)], &[ProofOfService], (21, Any)),
        kind(
            ("O2", 21, Otherwise),
            "逾期未缴费",
            &[document(FEE_RULES)],
            &[ProofOfService],
            (22, Any),
        ),
        kind(("O3", 22, Otherwise), "其他（撤回、合并等）", &[REPORT_FORM], &[], (23, Any)),
    ],
    REPORT_FORM,
)]);

/// The kind of answer with that code, as it stood on a day; none for an unknown code or before
/// 2019-05-15.
pub fn answer_type(code: &str, on: Date) -> Option<&'static AnswerType> {
    ANSWER_TYPES.on(on).ok()?.value.iter().find(|kind| kind.code == code)
}

impl AnswerType {
    /// What an answer lacks that contains the facts given.
    pub fn missing(&self, contained: &[Fact]) -> Vec<Fact> {
        let lacking = self.required.iter().filter(|fact| !contained.contains(fact));
        lacking.filter(|fact| !fact.may_be_unknown()).copied().collect()
    }

    /// The kind of answer that withholds on a ground.
    pub const fn code_of(ground: &Withholding) -> &'static str {
        match ground {
            Withholding::StateSecret => "D1",
            Withholding::ForbiddenBy(_) => "D2",
            Withholding::Security => "D3",
            Withholding::ThirdParty => "D4",
            Withholding::Internal(_) => "D5",
            Withholding::Process(_) => "D6",
            Withholding::EnforcementFile => "D7",
        }
    }
}

impl AnswerClass {
    /// What table 3 calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disclosed => "予以公开",
            Self::InPart => "部分公开",
            Self::Withheld => "不予公开",
            Self::Unavailable => "无法提供",
            Self::NotTreated => "不予处理",
            Self::Otherwise => "其他处理",
        }
    }
}
