//! 汇总范围: whose reports a government's report adds up (docs/readings/133).

/// What an organ is to the government whose report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Member {
    /// 本级政府办公机构.
    OwnOffice,
    /// 本级政府部门.
    Department,
    /// 派出机关: 街道.
    Street,
    /// 乡镇人民政府.
    Town,
    /// 下级人民政府: 县、区, which adds up what is below it in a report of its own.
    LowerGovernment,
}

impl Member {
    /// All, in the order in which they are listed.
    pub const ALL: [Self; 5] =
        [Self::OwnOffice, Self::Department, Self::Street, Self::Town, Self::LowerGovernment];

    /// What an organ of that kind is: the kinds of the table of organs.
    pub fn of_kind(kind: &str) -> Option<Self> {
        match kind {
            "office" => Some(Self::OwnOffice),
            "department" => Some(Self::Department),
            "subdistrict" => Some(Self::Street),
            "town" => Some(Self::Town),
            "government" => Some(Self::LowerGovernment),
            _ => None,
        }
    }

    /// Whether it is added up unless somebody decides otherwise: nobody but the county tells the numbers of
    /// towns (docs/readings/005), while a lower government tells its own by the same article.
    pub const fn is_counted_by_default(self) -> bool {
        !matches!(self, Self::LowerGovernment)
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OwnOffice => "政府办公机构",
            Self::Department => "政府部门",
            Self::Street => "街道",
            Self::Town => "乡镇",
            Self::LowerGovernment => "下级政府",
        }
    }
}
