//! 复议机关和管辖法院: which organ reviews what an organ has answered, and which court hears a suit, as the
//! statutes have it where nobody has said otherwise (docs/readings/183).

/// What an answering organ is to the governments around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnsweringOrgan {
    /// 县级以上地方人民政府.
    Government,
    /// 乡、镇人民政府.
    TownGovernment,
    /// 派出机关: 街道办事处.
    Agency,
    /// 工作部门, with the office of the government among them.
    Department,
}

/// Which government reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewedBy {
    /// 本级人民政府.
    Own,
    /// 上一级人民政府.
    Above,
}

impl AnsweringOrgan {
    /// By the words of the table of organs: its kind, and whether its division is a town or street.
    pub fn of(kind: &str, in_township: bool) -> Self {
        match (kind, in_township) {
            ("government", false) => Self::Government,
            ("government" | "town", _) => Self::TownGovernment,
            (_, true) => Self::Agency,
            _ => Self::Department,
        }
    }

    /// Which government reviews it (行政复议法第二十四条).
    pub const fn reviewed_by(self) -> ReviewedBy {
        match self {
            Self::Department => ReviewedBy::Own,
            Self::Government | Self::TownGovernment | Self::Agency => ReviewedBy::Above,
        }
    }

    /// Which court hears a suit at first instance (行政诉讼法第十四条、第十五条); where a higher court has
    /// gathered such suits in other courts, the organ says so in its settings.
    pub const fn court(self) -> &'static str {
        match self {
            Self::Government => "有管辖权的中级人民法院",
            Self::TownGovernment | Self::Agency | Self::Department => "有管辖权的基层人民法院",
        }
    }
}
