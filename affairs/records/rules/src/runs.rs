//! Running text with its few marks: `[粗]…[/粗]` for bold, `[文字](地址)` for a link, and `\` before a
//! mark that is meant as a letter. What is no mark is text, as it always was.

use serde::{Deserialize, Serialize};

use crate::link_address;

/// A stretch of text that looks alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Run {
    /// Its letters.
    pub text: String,
    /// 加粗.
    pub bold: bool,
    /// Where it leads.
    pub link: Option<String>,
}

const BOLD: &str = "[粗]";
const PLAIN: &str = "[/粗]";

/// The letters that `\` makes mere letters.
const MARKS: [char; 9] = ['\\', '[', ']', '|', '#', '-', '+', '!', '<'];

impl Run {
    /// A stretch without marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, link: None }
    }

    /// The stretches of a marked text.
    pub fn read(marked: &str) -> Vec<Self> {
        let mut reader = Reader { out: vec![], bold: false };
        let mut rest = marked;
        while let Some(letter) = rest.chars().next() {
            rest = reader.take(rest, letter);
        }
        reader.out
    }

    /// The marked text of stretches: read again it gives the same.
    pub fn write(runs: &[Self]) -> String {
        let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
        let guarded = whole.contains("](") || whole.contains(BOLD) || whole.contains(PLAIN);
        let guarded = guarded || runs.iter().any(|run| run.link.is_some() || run.bold);
        let mut out = String::new();
        let mut bold = false;
        for run in runs.iter().filter(|run| !run.text.is_empty()) {
            if run.bold != bold {
                out.push_str(if run.bold { BOLD } else { PLAIN });
                bold = run.bold;
            }
            let text = escaped(&run.text, guarded);
            match run.link.as_deref().and_then(link_address) {
                Some(address) => out.push_str(&format!("[{text}]({address})")),
                None => out.push_str(&text),
            }
        }
        if bold {
            out.push_str(PLAIN);
        }
        out
    }

    /// The stretches without blanks before and behind.
    pub fn trimmed(mut runs: Vec<Self>) -> Vec<Self> {
        while let Some(first) = runs.first_mut() {
            first.text = first.text.trim_start().to_owned();
            if !first.text.is_empty() {
                break;
            }
            runs.remove(0);
        }
        while let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            runs.pop();
        }
        runs
    }
}

/// A marked text without its marks.
pub fn unmarked(marked: &str) -> String {
    Run::read(marked).into_iter().map(|run| run.text).collect()
}

struct Reader {
    out: Vec<Run>,
    bold: bool,
}

impl Reader {
    fn take<'a>(&mut self, rest: &'a str, letter: char) -> &'a str {
        let after = &rest[letter.len_utf8()..];
        match letter {
            '\\' => match after.chars().next().filter(|next| MARKS.contains(next)) {
                Some(next) => {
                    self.push(next, None);
                    &after[next.len_utf8()..]
                }
                None => {
                    self.push(letter, None);
                    after
                }
            },
            '[' if rest.starts_with(BOLD) => {
                self.bold = true;
                &rest[BOLD.len()..]
            }
            '[' if rest.starts_with(PLAIN) => {
                self.bold = false;
                &rest[PLAIN.len()..]
            }
            '[' => match link(rest) {
                Some((words, address, after)) => {
                    for letter in words.chars() {
                        self.push(letter, Some(address));
                    }
                    after
                }
                None => {
                    self.push(letter, None);
                    after
                }
            },
            letter => {
                self.push(letter, None);
                after
            }
        }
    }

    fn push(&mut self, letter: char, link: Option<&str>) {
        let bold = self.bold;
        match self.out.last_mut() {
            Some(run) if run.bold == bold && run.link.as_deref() == link => run.text.push(letter),
            _ => {
                self.out.push(Run { text: letter.to_string(), bold, link: link.map(str::to_owned) })
            }
        }
    }
}

/// A link at the start of a text: its words, its address, and what follows.
fn link(text: &str) -> Option<(String, &str, &str)> {
    let mut words = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.next_if(|(_, next)| MARKS.contains(next)) {
                Some((_, next)) => words.push(next),
                None => words.push('\\'),
            },
            '[' => return None,
            ']' => {
                let rest = text[at + 1..].strip_prefix('(')?;
                let (address, after) = rest.split_once(')')?;
                let address = link_address(address)?;
                return (!words.trim().is_empty()).then_some((words, address, after));
            }
            letter => words.push(letter),
        }
    }
    None
}

fn escaped(text: &str, guarded: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let meant = match letter {
            '\\' => letters.peek().is_none_or(|next| MARKS.contains(next)),
            '[' | ']' => guarded,
            _ => false,
        };
        if meant {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
