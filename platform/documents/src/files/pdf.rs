//! PDF files.

use super::Collector;
use crate::examining::{Masking, Refusal};

pub(super) fn read(_: &[u8], _: &mut Collector) -> Result<(), Refusal> {
    Err(Refusal::unsupported("PDF文件", "请上传DOCX或者OFD"))
}

pub(super) fn clean(_: &[u8], _: &Masking) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::unsupported("PDF文件", "请上传DOCX或者OFD"))
}
