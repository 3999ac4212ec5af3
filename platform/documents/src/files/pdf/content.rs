//! Content streams as operations over their bytes, so that an operation can be written anew and all
//! others stay as they are.

/// What an operator is applied to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Operand>),
    /// A dictionary, or a word that is none of these.
    Other,
}

/// An operator with its operands, and the bytes they stand in.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) operator: Vec<u8>,
    pub(super) operands: Vec<Operand>,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Operation {
    pub(super) fn number(&self, index: usize) -> f64 {
        match self.operands.get(index) {
            Some(Operand::Number(number)) => *number,
            _ => 0.0,
        }
    }

    pub(super) fn numbers(&self) -> Vec<f64> {
        let number = |operand: &Operand| match operand {
            Operand::Number(number) => Some(*number),
            _ => None,
        };
        self.operands.iter().filter_map(number).collect()
    }

    pub(super) fn name(&self, index: usize) -> Option<&[u8]> {
        match self.operands.get(index) {
            Some(Operand::Name(name)) => Some(name),
            _ => None,
        }
    }
}

/// The deepest nesting of arrays and dictionaries.
const DEEPEST: usize = 24;
/// The most operands before an operator; real ones have six.
const MOST_OPERANDS: usize = 64;

/// The operations of a content stream. What is no operation is passed over.
pub(super) fn operations(bytes: &[u8]) -> Vec<Operation> {
    let mut reader = Reader { bytes, at: 0 };
    let (mut operations, mut operands, mut from) = (Vec::new(), Vec::new(), None);
    while let Some(item) = reader.item(0) {
        match item {
            Item::Operand(operand, start) => {
                from.get_or_insert(start);
                if operands.len() < MOST_OPERANDS {
                    operands.push(operand);
                }
            }
            Item::Word(word, start) => {
                if word == b"BI" {
                    reader.inline_image();
                }
                let from = from.take().unwrap_or(start);
                operations.push(Operation {
                    operator: word,
                    operands: std::mem::take(&mut operands),
                    from,
                    to: reader.at,
                });
            }
            Item::End => {}
        }
    }
    operations
}

enum Item {
    Operand(Operand, usize),
    Word(Vec<u8>, usize),
    /// A stray closing bracket.
    End,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0xc | b'\r' | b' ')
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn item(&mut self, depth: usize) -> Option<Item> {
        self.skip();
        let start = self.at;
        let operand = match self.peek()? {
            b'/' => Operand::Name(self.name()),
            b'(' => Operand::Text(self.literal()),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.list(depth, b'>');
                self.at += usize::from(self.peek() == Some(b'>'));
                Operand::Other
            }
            b'<' => Operand::Text(self.hex()),
            b'[' => {
                self.at += 1;
                Operand::Array(self.list(depth, b']'))
            }
            b')' | b'>' | b']' | b'{' | b'}' => {
                self.at += 1;
                return Some(Item::End);
            }
            _ => return Some(self.word()),
        };
        Some(Item::Operand(operand, start))
    }

    fn list(&mut self, depth: usize, end: u8) -> Vec<Operand> {
        let mut list = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                None => return list,
                Some(byte) if byte == end => {
                    self.at += 1;
                    return list;
                }
                Some(_) if depth >= DEEPEST => self.at += 1,
                Some(_) => match self.item(depth + 1) {
                    Some(Item::Operand(operand, _)) => list.push(operand),
                    Some(Item::Word(..)) => list.push(Operand::Other),
                    Some(Item::End) | None => {}
                },
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !is_blank(*byte) && !is_delimiter(*byte)) {
            self.at += 1;
            let hex = (byte == b'#').then(|| self.bytes.get(self.at..self.at + 2)).flatten();
            match hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
                Some(code) => {
                    name.push(code);
                    self.at += 2;
                }
                None => name.push(byte),
            }
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    if let Some(digit @ b'0'..=b'7') = self.peek() {
                        code = code * 8 + u32::from(digit - b'0');
                        self.at += 1;
                    }
                }
                text.push(code as u8);
            }
            other => text.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            match (byte as char).to_digit(16) {
                _ if byte == b'>' => break,
                Some(digit) => digits.push(digit as u8),
                None => {}
            }
        }
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
    }

    fn word(&mut self) -> Item {
        let start = self.at;
        while self.peek().is_some_and(|byte| !is_blank(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        let word = &self.bytes[start..self.at];
        match number(word) {
            Some(number) => Item::Operand(Operand::Number(number), start),
            None => Item::Word(word.to_vec(), start),
        }
    }

    /// Passes over an inline picture: its end is EI between blanks.
    fn inline_image(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = rest.windows(4).position(|four| {
            is_blank(four[0])
                && &four[1..3] == b"EI"
                && (is_blank(four[3]) || is_delimiter(four[3]))
        });
        self.at = end.map_or(self.bytes.len(), |end| self.at + end + 3);
    }
}

fn number(word: &[u8]) -> Option<f64> {
    if !matches!(word.first()?, b'0'..=b'9' | b'+' | b'-' | b'.') {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    text.parse().ok().or_else(|| {
        // 1.2-3 and --5 occur
        let text = text.trim_start_matches('-');
        text.split_once('-').map_or(text, |(head, _)| head).parse().ok()
    })
}

/// What content says without showing it: comments, the texts of marks, the bytes of inline pictures.
pub(super) fn beside(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut found, mut at) = (Vec::new(), 0);
    for operation in operations(bytes) {
        let own = &bytes[operation.from..operation.to];
        match operation.operator.as_slice() {
            b"BDC" | b"DP" => found.extend(texts(own)),
            b"BI" => found.push(own.to_vec()),
            _ => {}
        }
        comments(&bytes[at..operation.from], &mut found);
        at = operation.to;
    }
    comments(&bytes[at..], &mut found);
    found.retain(|text| text.len() >= 9);
    found
}

fn comments(between: &[u8], found: &mut Vec<Vec<u8>>) {
    let lines = between.split(|byte| matches!(byte, b'\n' | b'\r'));
    let of = |line: &[u8]| line.iter().position(|byte| *byte == b'%').map(|at| line[at..].to_vec());
    found.extend(lines.filter_map(of));
}

/// Whether an inline picture holds a number that is not published.
pub(super) fn tells(picture: &[u8]) -> bool {
    let text = String::from_utf8_lossy(picture);
    let found = crate::personal::find(&crate::personal::Passage::plain(text.as_ref()));
    found.iter().any(|found| found.kind.grade() == crate::personal::Grade::Block)
}

/// Every string in bytes that need not be operations.
pub(super) fn texts(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = Reader { bytes, at: 0 };
    let mut texts = Vec::new();
    while let Some(byte) = reader.peek() {
        match byte {
            b'(' => texts.push(reader.literal()),
            b'<' if reader.bytes.get(reader.at + 1) != Some(&b'<') => texts.push(reader.hex()),
            b'<' => reader.at += 2,
            _ => reader.at += 1,
        }
    }
    texts
}
