//! 二维码: an address or a key as a picture that a telephone reads (ISO/IEC 18004).

use std::fmt::{self, Write as _};

use askama::filters::HtmlSafe;
use fast_qr::{ECL, QRBuilder};

use crate::Fault;

/// The quiet border the standard asks for, in modules.
const BORDER: usize = 4;

/// A QR code as SVG of our own making; prints as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    label: String,
    whole: usize,
    path: String,
}

impl Qr {
    /// The code of a text; the label says what it is for. `None` where the text is too long for one.
    pub fn of(text: &str, label: impl Into<String>) -> Option<Self> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let mut path = String::new();
        for row in 0..code.size {
            let mut column = 0;
            while column < code.size {
                let dark = (column..code.size).take_while(|at| code[row][*at].value()).count();
                if dark > 0 {
                    // Writing to a text does not fail.
                    let _ = write!(path, "M{},{}h{dark}v1h-{dark}z", column + BORDER, row + BORDER);
                }
                column += dark.max(1);
            }
        }
        Some(Self { label: label.into(), whole: code.size + 2 * BORDER, path })
    }

    /// The same as finished SVG, for where a picture must be there.
    ///
    /// # Errors
    /// The text is too long for a code.
    pub fn drawn(text: &str, label: impl Into<String>) -> Result<String, Fault> {
        let code = Self::of(text, label).ok_or_else(|| Fault::inside("the text fits no code"))?;
        Ok(code.to_string())
    }
}

impl fmt::Display for Qr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { label, whole, path } = self;
        let label = label.replace('&', "&#38;").replace('"', "&#34;").replace('<', "&#60;");
        write!(
            out,
            "<svg class=\"qr\" viewBox=\"0 0 {whole} {whole}\" width=\"176\" height=\"176\" role=\"img\" aria-label=\"{label}\"><rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
        )
    }
}

impl HtmlSafe for Qr {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_a_square_with_a_quiet_border_and_the_three_corners() {
        let code = Qr::of("https://www.x.gov.cn/wenjian/1", "本页的<二维码>").expect("a picture");
        let svg = code.to_string();
        assert!(svg.starts_with("<svg class=\"qr\" viewBox=\"0 0 ") && !svg.contains("<二"));
        for (x, y) in [(4, 4), (code.whole - 11, 4), (4, code.whole - 11)] {
            assert!(svg.contains(&format!("M{x},{y}h7v1h-7z")), "{x},{y} of {}", code.whole);
        }
        assert!(!svg.contains("M3,") && !svg.contains(",3h"));
    }

    #[test]
    fn a_text_that_fits_no_code_has_no_picture() {
        assert_eq!(Qr::of(&"长".repeat(3_000), "x"), None);
    }
}
