//! 四统一: what a zone must have (厦府办〔2020〕67号二（四）).
//!
//! The notice names the four unities and three functions and leaves open what exactly each of them is;
//! our list and which of it the register itself can tell are docs/readings/241.

use law::Date;
use serde::{Deserialize, Serialize};

/// The four that are the same in every zone, in the notice's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unity {
    /// 统一标识.
    Sign,
    /// 统一设施.
    Facility,
    /// 统一功能.
    Function,
    /// 统一管理.
    Management,
}

impl Unity {
    /// All four, in the notice's order.
    pub const ALL: [Self; 4] = [Self::Sign, Self::Facility, Self::Function, Self::Management];

    /// The notice's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sign => "统一标识",
            Self::Facility => "统一设施",
            Self::Function => "统一功能",
            Self::Management => "统一管理",
        }
    }
}

/// A kind of equipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Equipment {
    /// 自助查询机.
    Kiosk,
    /// 查询电脑.
    Computer,
    /// 打印复印设备.
    Printer,
    /// 资料架.
    Rack,
    /// 公示栏、电子屏.
    Board,
    /// 桌椅.
    Seat,
    /// 无障碍设施.
    Access,
    /// 老花镜、放大镜、饮水等便民用品.
    Comfort,
}

impl Equipment {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Kiosk,
        Self::Computer,
        Self::Printer,
        Self::Rack,
        Self::Board,
        Self::Seat,
        Self::Access,
        Self::Comfort,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kiosk => "自助查询机",
            Self::Computer => "查询电脑",
            Self::Printer => "打印复印设备",
            Self::Rack => "资料架",
            Self::Board => "公示栏或电子屏",
            Self::Seat => "桌椅",
            Self::Access => "无障碍设施",
            Self::Comfort => "便民用品",
        }
    }

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Computer => "computer",
            Self::Printer => "printer",
            Self::Rack => "rack",
            Self::Board => "board",
            Self::Seat => "seat",
            Self::Access => "access",
            Self::Comfort => "comfort",
        }
    }

    /// The kind of a word; none of any other.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One thing a zone must have.
#[derive(Debug, Clone, Copy)]
pub struct Requirement {
    /// The word it is kept by.
    pub key: &'static str,
    /// Which of the four it belongs to.
    pub unity: Unity,
    /// What must be there.
    pub words: &'static str,
    told: Told,
}

/// Who can tell whether it is there.
#[derive(Debug, Clone, Copy)]
enum Told {
    /// Whoever looks at the place.
    OnTheSpot,
    /// The register, by what is written down.
    ByRegister(fn(&Facts) -> bool),
}

impl Requirement {
    /// Whether somebody has to look at the place for it.
    pub fn is_looked_at(&self) -> bool {
        matches!(self.told, Told::OnTheSpot)
    }
}

/// What the register holds of a zone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Equipment that works.
    pub working: Vec<Equipment>,
    /// Kinds of material that lie ready, none of them out of stock.
    pub materials: usize,
    /// Kinds of material that have run out.
    pub run_out: usize,
    /// Persons on duty.
    pub staff: usize,
    /// Opening hours are told.
    pub hours: bool,
    /// A telephone is told.
    pub phone: bool,
    /// Who answers for the zone is told.
    pub keeper: bool,
}

impl Facts {
    fn has(&self, kind: Equipment) -> bool {
        self.working.contains(&kind)
    }
}

const fn seen(key: &'static str, unity: Unity, words: &'static str) -> Requirement {
    Requirement { key, unity, words, told: Told::OnTheSpot }
}

const fn told(
    key: &'static str,
    unity: Unity,
    words: &'static str,
    by: fn(&Facts) -> bool,
) -> Requirement {
    Requirement { key, unity, words, told: Told::ByRegister(by) }
}

/// What a zone must have, under the four unities (docs/readings/241).
pub const REQUIREMENTS: &[Requirement] = &[
    seen("sign-door", Unity::Sign, "入口挂有统一样式的“政务公开专区”标识牌"),
    seen("sign-way", Unity::Sign, "大厅有指向专区的指引"),
    seen("sign-service", Unity::Sign, "上墙公示开放时间、服务内容和联系电话，样式与各专区一致"),
    seen("sign-card", Unity::Sign, "窗口有台卡，写明依申请公开的受理渠道"),
    told("look-up", Unity::Facility, "有自助查询机或者查询电脑，能用", |facts| {
        facts.has(Equipment::Kiosk) || facts.has(Equipment::Computer)
    }),
    told("print", Unity::Facility, "有打印复印设备，能用", |facts| {
        facts.has(Equipment::Printer)
    }),
    told("rack", Unity::Facility, "有资料架", |facts| facts.has(Equipment::Rack)),
    told("board", Unity::Facility, "有公示栏或者电子屏", |facts| {
        facts.has(Equipment::Board)
    }),
    told("seat", Unity::Facility, "有供查阅的桌椅", |facts| facts.has(Equipment::Seat)),
    told("access", Unity::Facility, "轮椅能到，有无障碍设施", |facts| {
        facts.has(Equipment::Access)
    }),
    told(
        "inquiry",
        Unity::Function,
        "能查政府信息：查询设备能用，资料在架",
        |facts| {
            (facts.has(Equipment::Kiosk) || facts.has(Equipment::Computer)) && facts.materials > 0
        },
    ),
    told("application", Unity::Function, "能受理信息公开申请：有值守人员", |facts| {
        facts.staff > 0
    }),
    told(
        "consultation",
        Unity::Function,
        "能咨询、有答复：有值守人员和电话",
        |facts| facts.staff > 0 && facts.phone,
    ),
    told("keeper", Unity::Management, "写明谁负责", |facts| facts.keeper),
    told("hours", Unity::Management, "公布开放时间", |facts| facts.hours),
    told("stock", Unity::Management, "资料没有缺的", |facts| {
        facts.materials > 0 && facts.run_out == 0
    }),
    seen("rules", Unity::Management, "有管理制度和服务规范，上墙或者可查"),
    seen("record", Unity::Management, "查询、申请、咨询有登记"),
];

/// What is there and what is not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completeness {
    /// The requirements that are met.
    pub met: Vec<&'static str>,
    /// Those that are not.
    pub missing: Vec<&'static str>,
    /// Those nobody has looked at yet.
    pub unseen: Vec<&'static str>,
}

impl Completeness {
    /// How many are met, and of how many.
    pub fn count(&self) -> (usize, usize) {
        (self.met.len(), self.met.len() + self.missing.len() + self.unseen.len())
    }

    /// Whether everything is there.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.unseen.is_empty()
    }
}

/// Holds a zone against the list: what the register tells, and of the rest what was found when somebody
/// looked, each by its key.
pub fn check(facts: &Facts, looked: &[(String, bool)]) -> Completeness {
    let mut found = Completeness::default();
    for one in REQUIREMENTS {
        let there = match one.told {
            Told::ByRegister(by) => Some(by(facts)),
            Told::OnTheSpot => {
                looked.iter().find(|(key, _)| key == one.key).map(|(_, there)| *there)
            }
        };
        match there {
            Some(true) => found.met.push(one.key),
            Some(false) => found.missing.push(one.key),
            None => found.unseen.push(one.key),
        }
    }
    found
}

/// A zone is looked at every so many months: our reading (docs/readings/241).
const LOOK_MONTHS: i32 = 6;

/// Whether a zone that was looked at last, or opened, on a day is to be looked at again.
pub fn look_is_due(since: Date, today: Date) -> bool {
    today >= since.saturating_add(jiff::Span::new().months(LOOK_MONTHS))
}
