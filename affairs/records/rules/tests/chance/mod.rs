//! Random texts for whoever reads and writes manuscripts.

/// A stream of numbers that is the same every time (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    /// A number below another.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % most as u64).unwrap_or(0)
    }

    /// A text of bits that mean something in a manuscript, at random.
    pub fn text(&mut self) -> String {
        const BITS: [&str; 44] = [
            "#",
            "##",
            "- ",
            "+ ",
            "|",
            "\\",
            "\\\\",
            "[",
            "]",
            "(",
            ")",
            "[粗]",
            "[/粗]",
            "](",
            "![",
            "](/a)",
            "](javascript:x)",
            "[甲](/wenjian/1)",
            "^",
            "<",
            "*",
            "**",
            "张**",
            "〔2020〕",
            "一、",
            "（一）",
            "1.",
            "\n",
            "\n\n",
            " ",
            "　",
            "\\n",
            "n",
            "---",
            "=====",
            "<b>",
            "&lt;",
            "甲",
            "乙丙",
            "|---|",
            "![图](a.png)",
            "https://a.cn/?x=1&y=2",
            "\t",
            "\r\n",
        ];
        (0..self.below(12)).map(|_| BITS[self.below(BITS.len())]).collect()
    }
}
