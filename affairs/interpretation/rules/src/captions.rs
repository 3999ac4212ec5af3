//! 字幕 of a film (GB/T 37668; WCAG 2.2, 1.2.2): read from WebVTT or SRT, checked line by line, and written anew as
//! WebVTT with nothing in it but times and words: no style, no place on the picture, no mark from outside.

use serde::{Deserialize, Serialize};

/// The longest caption, in letters: ours (docs/readings/308).
const LONGEST: usize = 200;

/// The most captions of one film: ours (docs/readings/308).
const MOST: usize = 5_000;

/// So many faults are told at once.
const MOST_TOLD: usize = 10;

/// The captions of a film, as WebVTT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Captions(String);

/// What is wrong with captions, and in which line of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第 {line} 行：{words}")]
pub struct BadCaption {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and to be done.
    pub words: String,
}

/// One caption.
struct Cue {
    /// When it is shown and until when, in thousandths of a second.
    time: (u64, u64),
    words: String,
}

/// Lines without an empty one between them, each with its number.
type Block<'a> = Vec<(usize, &'a str)>;

impl Captions {
    /// Reads a file of captions, WebVTT or SRT.
    ///
    /// # Errors
    /// All that is wrong with it, the first ten, in the order of its lines.
    pub fn read(text: &str) -> Result<Self, Vec<BadCaption>> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let (mut faults, mut cues, mut before) = (Vec::new(), Vec::new(), 0);
        for block in blocks(&text) {
            if is_aside(&block) {
                continue;
            }
            match cue(&block, before) {
                Ok(cue) => {
                    before = cue.time.0;
                    cues.push(cue);
                }
                Err(fault) => faults.push(fault),
            }
            if cues.len() > MOST {
                let line = block.first().map_or(1, |(line, _)| *line);
                faults.push(fault(line, format!("超过 {MOST} 条。请分成几个视频。")));
                break;
            }
        }
        if cues.is_empty() && faults.is_empty() {
            let words =
                "没有字幕。每条先写一行时间，如 00:00:01.000 --> 00:00:04.000，下一行写说的话。";
            faults.push(fault(1, words));
        }
        faults.truncate(MOST_TOLD);
        if faults.is_empty() { Ok(Self(written(&cues))) } else { Err(faults) }
    }

    /// As they are given out.
    pub fn vtt(&self) -> &str {
        &self.0
    }

    /// What is said, a caption on a line, for whoever looks through it.
    pub fn words(&self) -> String {
        let said = self.0.split("\n\n").skip(1).filter_map(|cue| cue.split_once('\n'));
        let said = said.map(|(_, words)| words.trim_end().replace('\n', " "));
        let plain =
            said.map(|words| words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        plain.collect::<Vec<_>>().join("\n")
    }

    /// The second until which the last one is shown.
    pub fn until(&self) -> u64 {
        let ends = self.0.lines().filter_map(|line| line.split_once(" --> "));
        ends.filter_map(|(_, end)| moment(end)).max().unwrap_or_default().div_ceil(1000)
    }
}

fn fault(line: usize, words: impl Into<String>) -> BadCaption {
    BadCaption { line, words: words.into() }
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        match blocks.last_mut().filter(|_| open) {
            Some(block) => block.push((at + 1, line)),
            None => blocks.push(vec![(at + 1, line)]),
        }
        open = true;
    }
    blocks
}

/// Whether a block is none of the captions: the head of WebVTT, a note, a style, a place.
fn is_aside(block: &Block<'_>) -> bool {
    let first = block.first().map(|(_, line)| line.trim()).unwrap_or_default();
    let begins = |word: &str| {
        let rest = first.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    let timed = block.iter().take(2).any(|(_, line)| line.contains("-->"));
    ["WEBVTT", "NOTE", "STYLE", "REGION"].into_iter().any(begins) && !timed
}

/// One caption, which begins no earlier than the one `before` it.
fn cue(block: &Block<'_>, before: u64) -> Result<Cue, BadCaption> {
    let timed = block.iter().take(2).position(|(_, line)| line.contains("-->"));
    let Some(at) = timed else {
        let line = block.first().map_or(1, |(line, _)| *line);
        return Err(fault(line, "没有时间。每条字幕先写时间，如 00:00:01.000 --> 00:00:04.000。"));
    };
    let (line, timing) = block[at];
    let (start, rest) = timing.split_once("-->").unwrap_or((timing, ""));
    let end = rest.split_whitespace().next().unwrap_or_default();
    let (Some(start), Some(end)) = (moment(start.trim()), moment(end)) else {
        return Err(fault(line, "时间写得不对。照 00:00:01.000 --> 00:00:04.000 这样写。"));
    };
    if end <= start {
        return Err(fault(line, "结束的时间不晚于开始的时间。请改时间。"));
    }
    if start < before {
        return Err(fault(line, "比上一条开始得早。字幕按时间先后排。"));
    }
    let said: Vec<String> = block[at + 1..].iter().map(|(_, line)| plain(line)).collect();
    let words = said.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if words.is_empty() {
        return Err(fault(line, "这一条没有字。写上说的话，没有人说话的删去这一条。"));
    }
    if words.chars().count() > LONGEST {
        return Err(fault(line, format!("这一条超过 {LONGEST} 字。请分成几条。")));
    }
    Ok(Cue { time: (start, end), words })
}

/// A moment of a film in thousandths of a second: `01:02:03.004`, `02:03.004`, and with a comma as SRT has it.
fn moment(text: &str) -> Option<u64> {
    let (clock, parts) = text.split_once(['.', ','])?;
    let digits = |text: &str, most: usize| {
        let plain =
            (1..=most).contains(&text.len()) && text.bytes().all(|one| one.is_ascii_digit());
        plain.then(|| text.parse::<u64>().ok()).flatten()
    };
    let thousandths = digits(parts, 3).filter(|_| parts.len() == 3)?;
    let mut fields = clock.split(':').rev();
    let seconds = digits(fields.next()?, 2).filter(|one| *one < 60)?;
    let minutes = digits(fields.next()?, 2).filter(|one| *one < 60)?;
    let hours = fields.next().map_or(Some(0), |hours| digits(hours, 3))?;
    if fields.next().is_some() {
        return None;
    }
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths)
}

/// A line without marks: who speaks is kept in words, everything else that stands between `<` and `>` goes.
fn plain(line: &str) -> String {
    let mut said = String::new();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let whole = match letter {
            '<' if is_mark(rest) => rest.find('>').map(|end| (end + 1, speaker(&rest[1..end]))),
            // SRT tells by {\an8} where on the picture a line stands.
            '{' if rest.starts_with("{\\") => rest.find('}').map(|end| (end + 1, String::new())),
            _ => None,
        };
        match whole {
            Some((length, kept)) => {
                said.push_str(&kept);
                rest = &rest[length..];
            }
            None => {
                said.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    let named = [("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&lt;", "<"), ("&gt;", ">")];
    let said = named.into_iter().fold(said, |said, (name, letter)| said.replace(name, letter));
    let said = said.replace("&amp;", "&");
    let said: String = said.chars().filter(|one| !one.is_control() || *one == '\t').collect();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether what begins with `<` is a mark and no sign of less.
fn is_mark(rest: &str) -> bool {
    let next = rest.chars().nth(1);
    next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '/')
}

/// Who speaks, where a mark says it.
fn speaker(mark: &str) -> String {
    match mark.split_once(char::is_whitespace) {
        Some((voice, name)) if voice == "v" || voice.starts_with("v.") => {
            format!("{}：", name.trim())
        }
        _ => String::new(),
    }
}

fn written(cues: &[Cue]) -> String {
    let clock = |at: u64| {
        let (seconds, thousandths) = (at / 1000, at % 1000);
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        format!("{hours:02}:{minutes:02}:{:02}.{thousandths:03}", seconds % 60)
    };
    let mut vtt = String::from("WEBVTT\n");
    for cue in cues {
        let words = cue.words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        vtt.push_str(&format!("\n{} --> {}\n{words}\n", clock(cue.time.0), clock(cue.time.1)));
    }
    vtt
}
