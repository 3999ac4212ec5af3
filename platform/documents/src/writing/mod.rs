//! Writing tables as XLSX, DOCX and CSV.
