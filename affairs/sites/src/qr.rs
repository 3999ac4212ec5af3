//! 二维码 of an address, for print.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};
use web::Fault;

/// The quiet border the standard asks for (ISO/IEC 18004: four modules).
const BORDER: usize = 4;

/// The picture: one dark square for each module.
pub(crate) fn picture(text: &str, words: &str) -> Result<String, Fault> {
    let code = QRBuilder::new(text).ecl(ECL::M).build();
    let code = code.map_err(|error| Fault::inside(error.to_string()))?;
    let whole = code.size + 2 * BORDER;
    let mut path = String::new();
    for row in 0..code.size {
        for column in 0..code.size {
            if code[row][column].value() {
                let _ = write!(path, "M{},{}h1v1h-1z", column + BORDER, row + BORDER);
            }
        }
    }
    let words: String = words.chars().filter(|one| !matches!(one, '<' | '>' | '"' | '&')).collect();
    Ok(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {whole} {whole}\" width=\"132\" height=\"132\" role=\"img\" aria-label=\"二维码：{words}\"><rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::picture;

    #[test]
    fn the_picture_is_square_and_says_what_it_is() {
        let svg = picture("https://gk.example/w/abcdef", "春节\"值班").expect("a picture");
        assert!(svg.starts_with("<svg class=\"qr\" viewBox=\"0 0 "));
        assert!(svg.contains("aria-label=\"二维码：春节值班\""));
    }
}
