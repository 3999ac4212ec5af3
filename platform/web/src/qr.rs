//! QR codes, drawn as SVG in the page.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use crate::Fault;

/// The quiet zone around a code, in modules (ISO/IEC 18004).
const BORDER: usize = 4;

/// The code of a text as finished SVG; `label` is read instead of it.
///
/// # Errors
/// The text is too long for a code.
pub fn drawn(text: &str, label: &str) -> Result<String, Fault> {
    let code = QRBuilder::new(text).ecl(ECL::M).build();
    let code = code.map_err(|error| Fault::inside(error.to_string()))?;
    let whole = code.size + 2 * BORDER;
    let mut path = String::new();
    for row in 0..code.size {
        for column in 0..code.size {
            if code[row][column].value() {
                write!(path, "M{},{}h1v1h-1z", column + BORDER, row + BORDER)
                    .map_err(Fault::inside)?;
            }
        }
    }
    let label = label.replace('&', "&#38;").replace('"', "&#34;").replace('<', "&#60;");
    Ok(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {whole} {whole}\" width=\"176\" height=\"176\" role=\"img\" aria-label=\"{label}\"><rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_a_picture_with_words() {
        let picture = super::drawn("https://gk.example/wenjian/1", "二维码\"").expect("drawn");
        assert!(picture.contains("aria-label=\"二维码&#34;\"") && picture.ends_with("</svg>"));
        assert!(super::drawn(&"长".repeat(3000), "x").is_err());
    }
}
