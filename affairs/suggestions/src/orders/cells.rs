//! Cells copied from a spreadsheet.

/// Cells copied from a spreadsheet, which have tabs between them, as a table with commas; any other text as it is.
pub fn from_cells(text: &str) -> String {
    if !text.lines().next().unwrap_or_default().contains('\t') {
        return text.to_owned();
    }
    let mut table = String::with_capacity(text.len() * 2);
    let (mut field, mut quoted) = (String::new(), false);
    let flush = |table: &mut String, field: &mut String, end: char| {
        table.push('"');
        table.push_str(&field.replace('"', "\"\""));
        table.push('"');
        table.push(end);
        field.clear();
    };
    let text = text.replace("\r\n", "\n");
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '\t' if !quoted => flush(&mut table, &mut field, ','),
            '\n' if !quoted => flush(&mut table, &mut field, '\n'),
            other => field.push(other),
        }
    }
    if !field.is_empty() {
        flush(&mut table, &mut field, '\n');
    }
    table
}
