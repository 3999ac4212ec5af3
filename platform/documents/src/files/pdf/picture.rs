//! The first page of a file as a small picture.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::FontQuery;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

use super::open;
use crate::examining::Refusal;

/// How wide the picture is, in pixels: a decision of ours, readable and light enough for a page.
const WIDTH: f32 = 720.0;
/// How high it may be; longer pages are drawn smaller.
const HIGHEST: f32 = 1_600.0;
/// Colours that differ by no more than this are one grey.
const GREY: u8 = 10;

/// How many pages there are, and the first one as PNG; none where it has no size, or where letters would
/// be drawn by another face because their own is not in the file.
pub(crate) fn first_page(bytes: &[u8]) -> Result<(usize, Option<Vec<u8>>), Refusal> {
    let pdf = open(bytes.to_vec())?;
    let count = pdf.pages().len();
    let Some(page) = pdf.pages().first() else { return Ok((0, None)) };
    let (wide, high) = page.render_dimensions();
    let scale = (WIDTH / wide).min(HIGHEST / high);
    if !(scale.is_finite() && wide >= 1.0 && high >= 1.0 && wide * scale >= 8.0) {
        return Ok((count, None));
    }
    let stood_in = Arc::new(AtomicBool::new(false));
    let settings = watched(&stood_in);
    let wanted =
        RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..Default::default() };
    let drawn = render(page, &RenderCache::new(), &settings, &wanted);
    if stood_in.load(Ordering::Relaxed) {
        return Ok((count, None));
    }
    Ok((count, Some(encoded(&drawn)?)))
}

/// The usual settings, noting when a face with Chinese letters is asked for that is not in the file.
fn watched(stood_in: &Arc<AtomicBool>) -> InterpreterSettings {
    let usual = InterpreterSettings::default();
    let (resolver, seen) = (Arc::clone(&usual.font_resolver), Arc::clone(stood_in));
    let font_resolver = Arc::new(move |query: &FontQuery| {
        if matches!(query, FontQuery::Fallback(asked) if asked.character_collection.is_some()) {
            seen.store(true, Ordering::Relaxed);
        }
        resolver(query)
    });
    InterpreterSettings { font_resolver, ..usual }
}

/// As PNG: sixteen greys where there are no colours, otherwise five bits of each.
fn encoded(drawn: &Pixmap) -> Result<Vec<u8>, Refusal> {
    let pixels = drawn.data_as_u8_slice();
    let is_grey = |p: &[u8]| {
        let (least, most) = (p[0].min(p[1]).min(p[2]), p[0].max(p[1]).max(p[2]));
        most - least <= GREY
    };
    let grey = pixels.chunks_exact(4).all(is_grey);
    let wide = usize::from(drawn.width());
    let data: Vec<u8> = if grey {
        let pair = |pair: &[u8]| (pair[0] & 0xf0) | (pair.get(4).copied().unwrap_or_default() >> 4);
        pixels.chunks_exact(wide * 4).flat_map(|row| row.chunks(8).map(pair)).collect()
    } else {
        let five = |value: u8| (value & 0xf8) | (value >> 5);
        pixels.chunks_exact(4).flat_map(|p| [five(p[0]), five(p[1]), five(p[2])]).collect()
    };
    let mut out = Vec::new();
    let mut encoder =
        png::Encoder::new(&mut out, u32::from(drawn.width()), u32::from(drawn.height()));
    if grey {
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Four);
    } else {
        encoder.set_color(png::ColorType::Rgb);
    }
    encoder.set_compression(png::Compression::High);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(&data)?;
        writer.finish()
    });
    written.map_err(|error| Refusal::damaged("PDF", error.to_string()))?;
    Ok(out)
}
