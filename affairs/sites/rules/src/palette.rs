//! 配色: the colours a site may be shown in. Each palette names the same few tokens of the style sheet; text in
//! them can be read on every ground they stand on (WCAG 2.2, 1.4.3; GB/T 37668-2019 二级).

/// A colour, red green blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Colours that a site can be shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// By which it is chosen.
    pub key: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The colour of marks and lines: `--red`.
    pub accent: Colour,
    /// Links and buttons: `--blue`.
    pub action: Colour,
    /// The same under the pointer: `--blue-2`.
    pub pressed: Colour,
    /// The ground of notes: `--blue-wash`.
    pub wash: Colour,
}

/// White, the ground of most text.
const PAPER: Colour = Colour(255, 255, 255);

/// Text that can be read has this contrast to its ground, in hundredths (WCAG 2.2, 1.4.3).
const READABLE: u32 = 450;

/// The palettes; the first is the usual one.
pub const PALETTES: [Palette; 4] = [
    Palette {
        key: "",
        name: "红蓝（默认）",
        accent: Colour(176, 28, 28),
        action: Colour(23, 80, 140),
        pressed: Colour(14, 57, 100),
        wash: Colour(234, 241, 248),
    },
    Palette {
        key: "qing",
        name: "青",
        accent: Colour(16, 94, 98),
        action: Colour(15, 92, 96),
        pressed: Colour(8, 62, 66),
        wash: Colour(230, 243, 243),
    },
    Palette {
        key: "hong",
        name: "红",
        accent: Colour(160, 24, 24),
        action: Colour(146, 24, 30),
        pressed: Colour(104, 14, 20),
        wash: Colour(251, 238, 237),
    },
    Palette {
        key: "lan",
        name: "蓝",
        accent: Colour(20, 72, 132),
        action: Colour(20, 72, 132),
        pressed: Colour(12, 48, 92),
        wash: Colour(232, 240, 249),
    },
];

impl Palette {
    /// The palette with that key.
    pub fn named(key: &str) -> Option<&'static Self> {
        PALETTES.iter().find(|palette| palette.key == key)
    }

    /// Where text could not be read: what stands on what, and the contrast in hundredths.
    pub fn unreadable(&self) -> Vec<(&'static str, u32)> {
        let pairs = [
            ("链接在白底上", self.action, PAPER),
            ("按下的链接在白底上", self.pressed, PAPER),
            ("按钮上的白字", PAPER, self.action),
            ("链接在提示框里", self.action, self.wash),
            ("标记在白底上", self.accent, PAPER),
        ];
        let seen = pairs.into_iter().map(|(words, a, b)| (words, contrast(a, b)));
        seen.filter(|(_, contrast)| *contrast < READABLE).collect()
    }

    /// The tokens as a style sheet sets them. High contrast has colours of its own and keeps them.
    pub fn sheet(&self) -> String {
        let hex = |Colour(red, green, blue): Colour| format!("#{red:02x}{green:02x}{blue:02x}");
        format!(
            ":root {{ --red: {}; --blue: {}; --blue-2: {}; --blue-wash: {} }}\n",
            hex(self.accent),
            hex(self.action),
            hex(self.pressed),
            hex(self.wash)
        )
    }
}

/// The contrast of two colours in hundredths (WCAG 2.2, contrast ratio): 100 to 2100.
pub fn contrast(one: Colour, other: Colour) -> u32 {
    let (a, b) = (luminance(one), luminance(other));
    let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
    (ratio * 100.0).floor() as u32
}

fn luminance(Colour(red, green, blue): Colour) -> f64 {
    let part = |one: u8| {
        let one = f64::from(one) / 255.0;
        if one <= 0.04045 { one / 12.92 } else { ((one + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_every_palette_can_be_read() {
        for palette in &PALETTES {
            assert_eq!(palette.unreadable(), [], "{}", palette.name);
        }
    }

    #[test]
    fn contrast_is_what_the_guidelines_say_it_is() {
        assert_eq!(contrast(Colour(0, 0, 0), PAPER), 2100);
        assert_eq!(contrast(PAPER, PAPER), 100);
        assert_eq!(contrast(Colour(119, 119, 119), PAPER), 447);
        let pale = Palette { action: Colour(150, 190, 230), ..PALETTES[0] };
        assert_eq!(pale.unreadable().len(), 3);
    }
}
