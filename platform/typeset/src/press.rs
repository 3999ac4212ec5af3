//! Setting a document within this process.

use std::path::PathBuf;

use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::faces::Faces;
use crate::world::Desk;
use crate::{Template, TypesetError, painting};

/// Who the PDF says made it.
const CREATOR: &str = "gongkai";

/// Sets `data` by `template` and returns the PDF's bytes, the same for the same input and fonts; of a drawing the
/// picture's.
///
/// `fonts` are folders searched before the one beside the program and the system's. The result
/// conforms to PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) when its content allows; when it
/// does not (a character that no face has, say), a plain tagged PDF is better than none.
///
/// What this loads stays in memory: a server calls [`crate::child::render`] instead.
///
/// # Errors
///
/// [`TypesetError::NoChineseFont`] and [`TypesetError::Data`].
pub fn print(template: Template, data: &Value, fonts: &[PathBuf]) -> Result<Vec<u8>, TypesetError> {
    if template == Template::Drawing {
        return painting::paint(data, fonts);
    }
    let desk = Desk::new(template, data.to_string(), Faces::find(fonts)?)?;
    let document = typst::compile::<PagedDocument>(&desk)
        .output
        .map_err(|errors| TypesetError::Data { detail: explain(&desk, &errors) })?;
    archival(&document)
        .or_else(|_| typst_pdf::pdf(&document, &options(PdfStandards::default())))
        .map_err(|errors| TypesetError::Data { detail: explain(&desk, &errors) })
}

fn archival(document: &PagedDocument) -> typst::diag::SourceResult<Vec<u8>> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap_or_default();
    typst_pdf::pdf(document, &options(standards))
}

fn options(standards: PdfStandards) -> PdfOptions {
    PdfOptions { creator: Smart::Custom(Some(CREATOR.into())), standards, ..PdfOptions::default() }
}

/// The first few complaints, each with the template's line.
fn explain(desk: &Desk, errors: &[SourceDiagnostic]) -> String {
    let lines = errors.iter().take(3).map(|error| {
        let place = error.span.id().zip(desk.range(error.span));
        let place = place.map(|(id, range)| desk.place(id, range.start));
        let place = place.unwrap_or_else(|| desk.place(desk.main(), 0));
        format!("{place}: {}", error.message)
    });
    lines.collect::<Vec<_>>().join("; ")
}
