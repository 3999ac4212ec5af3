//! A drawing as a picture: SVG painted to PNG in the same faces that documents are set in.

use std::fs;
use std::path::PathBuf;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};
use serde_json::Value;

use crate::TypesetError;
use crate::faces::Faces;

/// The widest and the highest picture, in dots: what is larger is no drawing of ours, and takes memory.
const LARGEST: (f32, f32) = (4_096.0, 16_384.0);

/// Paints `data`: `svg`, and `width`, the width of the picture in dots. The same for the same input and fonts.
///
/// # Errors
///
/// [`TypesetError::NoChineseFont`] and [`TypesetError::Data`].
pub(crate) fn paint(data: &Value, fonts: &[PathBuf]) -> Result<Vec<u8>, TypesetError> {
    let svg = data["svg"].as_str().ok_or_else(|| wrong("没有 svg"))?;
    let width = data["width"].as_f64().ok_or_else(|| wrong("没有 width"))? as f32;
    let tree = Tree::from_str(svg, &options(&Faces::find(fonts)?)).map_err(wrong)?;
    let size = tree.size();
    let scale = width / size.width();
    let height = (size.height() * scale).ceil();
    let fits = (1.0..=LARGEST.0).contains(&width) && (1.0..=LARGEST.1).contains(&height);
    if !fits {
        return Err(wrong(format!("图有 {width}×{height} 点，太大")));
    }
    let mut picture =
        Pixmap::new(width as u32, height as u32).ok_or_else(|| wrong("图没有大小"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(wrong)
}

/// How a drawing is read: with the faces of this machine, and nothing from outside.
fn options(faces: &Faces) -> Options<'static> {
    // A picture within a drawing may name any file of this machine: none is opened.
    let nothing = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    let mut options = Options { image_href_resolver: nothing, ..Options::default() };
    let parts = faces.parts();
    let plain = parts.get("hei").and_then(|families| families.first()).copied();
    let book = options.fontdb_mut();
    for path in faces.files() {
        if let Ok(bytes) = fs::read(path) {
            book.load_font_data(bytes);
        }
    }
    if let Some(family) = plain {
        book.set_sans_serif_family(family);
        options.font_family = family.to_owned();
    }
    options
}

fn wrong(detail: impl ToString) -> TypesetError {
    TypesetError::Data { detail: detail.to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn drawing(words: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 100\" width=\"200\" height=\"100\" \
             font-family=\"'No Such Face',sans-serif\"><rect width=\"200\" height=\"100\" fill=\"#ffffff\"/>\
             <text x=\"10\" y=\"50\" font-size=\"30\" fill=\"#000000\">{words}</text></svg>"
        )
    }

    #[test]
    fn a_drawing_is_painted_with_its_words_and_twice_as_wide_where_asked() {
        let painted = |words: &str, width: u32| {
            let data = json!({ "svg": drawing(words), "width": width });
            paint(&data, &[]).expect("is painted")
        };
        let with = painted("每月三百元", 400);
        assert!(with.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(&with[16..24], &[0, 0, 1, 144, 0, 0, 0, 200], "400 by 200 dots");
        assert_eq!(with, painted("每月三百元", 400), "the same picture again");
        assert_ne!(with, painted("", 400), "the words are seen");
        assert_ne!(with, painted("每月五百元", 400), "and they are these words");
    }

    #[test]
    fn a_picture_within_a_drawing_opens_no_file_of_this_machine() {
        let file =
            std::env::temp_dir().join(format!("gongkai-painting-{}.svg", std::process::id()));
        let black = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"90\">\
                     <rect width=\"90\" height=\"90\" fill=\"#000000\"/></svg>";
        fs::write(&file, black).expect("is written");
        let image = format!(
            "<image href=\"{}\" x=\"0\" y=\"0\" width=\"90\" height=\"90\"/></svg>",
            file.display()
        );
        let plain = drawing("字");
        let naming = plain.replace("</svg>", &image);
        let painted =
            |svg: &str| paint(&json!({ "svg": svg, "width": 200 }), &[]).expect("is painted");
        let (with, without) = (painted(&naming), painted(&plain));
        fs::remove_file(&file).expect("is removed");
        assert_ne!(naming, plain);
        assert_eq!(with, without, "nothing of the file is seen");
    }

    #[test]
    fn what_is_no_drawing_or_too_large_is_refused() {
        for data in [
            json!({ "svg": "<svg", "width": 400 }),
            json!({ "svg": drawing("字"), "width": 9000 }),
            json!({ "svg": drawing("字"), "width": 0 }),
            json!({ "width": 400 }),
        ] {
            assert!(matches!(paint(&data, &[]), Err(TypesetError::Data { .. })), "{data}");
        }
    }
}
