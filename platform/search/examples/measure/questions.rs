//! Questions as people ask them, made from the corpus so that most have an answer.

use std::time::{Duration, Instant};

use search::{Query, Search, SearchError};

use crate::corpus::{Corpus, Dice};

/// The kinds of question, asked in turn.
const KINDS: [&str; 14] = [
    "four to eight characters of a text",
    "part of a title",
    "a whole title",
    "two words of a title and a text",
    "a frequent word",
    "a frequent phrase",
    "three frequent words",
    "one character",
    "a whole 文号",
    "part of a 文号",
    "拼音 in full",
    "拼音 by initials",
    "a spoken question",
    "a word within a district, narrowed down",
];
const FREQUENT: [&str; 8] =
    ["公开", "政府", "厦门市", "通知", "思明区", "管理办法", "信息", "最低生活保障"];
const PHRASES: [&str; 6] =
    ["公开信息", "厦门市人民政府", "政府工作", "工作的通知", "信息公开政府", "关于进一步规范"];
const TRIPLES: [&str; 4] =
    ["公开 信息 政府", "厦门 通知 申请", "办理 服务 单位", "湖里区 关于 公示"];
const SINGLES: [&str; 6] = ["税", "的", "厦", "蛏", "水", "房"];
const SOUNDS: [&str; 6] =
    ["xiamen", "minzhengju", "shuiwu", "yanglaojigou", "zhengfu", "paiwuxuke"];
const INITIALS: [&str; 5] = ["xmssmq", "mzj", "pwxk", "zdshbz", "jyj"];
const SPOKEN: [&str; 6] = [
    "怎么申请最低生活保障",
    "我想给老人办理高龄津贴需要什么材料",
    "学区划分在哪里查询的",
    "请问火星移民怎么登记",
    "小餐饮店的食品经营许可如何办理变更",
    "qqqqq 征地补偿",
];

/// How long each question took.
pub struct Asked {
    taken: Vec<(usize, Duration, u64)>,
    /// Time on the processor alone, which other programs do not lengthen; empty where the system
    /// does not tell it.
    busy: Vec<Duration>,
}

/// How long this thread has been on the processor, as Linux tells it.
fn busy() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Asks so many questions, after warming up with a few of each kind.
pub fn ask(search: &Search, corpus: &Corpus, count: usize) -> Result<Asked, SearchError> {
    let mut dice = Dice::new(20_261_125);
    for at in 0..KINDS.len() * 4 {
        search.query(&question(at % KINDS.len(), corpus, &mut dice))?;
    }
    let mut taken = Vec::with_capacity(count);
    let mut on_processor = Vec::with_capacity(count);
    for at in 0..count {
        let kind = at % KINDS.len();
        let query = question(kind, corpus, &mut dice);
        let (begun, before) = (Instant::now(), busy());
        let hits = search.query(&query)?;
        taken.push((kind, begun.elapsed(), hits.total));
        on_processor.extend(busy().zip(before).map(|(after, before)| after - before));
    }
    on_processor.sort_unstable();
    Ok(Asked { taken, busy: on_processor })
}

impl Asked {
    /// All times, the shortest first.
    pub fn times(&self) -> Vec<Duration> {
        let mut times: Vec<Duration> = self.taken.iter().map(|(_, time, _)| *time).collect();
        times.sort_unstable();
        times
    }

    /// Of 100 questions, the longest time on the processor but one.
    pub fn busy_p99(&self) -> Option<Duration> {
        self.busy.get(self.busy.len() * 99 / 100).copied()
    }

    pub fn print_kinds(&self) {
        for (at, name) in KINDS.iter().enumerate() {
            let of_kind = self.taken.iter().filter(|(kind, ..)| *kind == at);
            let mut times: Vec<_> = of_kind.map(|(_, time, total)| (*time, *total)).collect();
            times.sort_unstable();
            let (Some(middle), Some(last)) = (times.get(times.len() / 2), times.last()) else {
                continue;
            };
            let empty = times.iter().filter(|(_, total)| *total == 0).count();
            println!(
                "{name}: p50 {:.2?} ({} hits), most {:.2?} ({} hits), {empty} of {} empty",
                middle.0,
                middle.1,
                last.0,
                last.1,
                times.len()
            );
        }
    }
}

fn question(kind: usize, corpus: &Corpus, dice: &mut Dice) -> Query {
    let place = u32::try_from(dice.below(corpus.len() as usize)).unwrap_or(0);
    let document = corpus.document(place);
    let number = document.number.clone().unwrap_or_else(|| "厦思政〔2020〕67号".to_owned());
    let text = match kind {
        0 => part(&document.body, 4 + dice.below(5), dice),
        1 => part(&document.title, 4 + dice.below(5), dice),
        2 => document.title.clone(),
        3 => format!("{} {}", part(&document.title, 4, dice), part(&document.body, 3, dice)),
        4 => dice.any(&FREQUENT).to_owned(),
        5 => dice.any(&PHRASES).to_owned(),
        6 => dice.any(&TRIPLES).to_owned(),
        7 => dice.any(&SINGLES).to_owned(),
        8 => number.replace('〔', "[").replace('〕', "]"),
        9 => number.chars().skip(8).collect::<String>() + " 思明",
        10 => dice.any(&SOUNDS).to_owned(),
        11 => dice.any(&INITIALS).to_owned(),
        12 => dice.any(&SPOKEN).to_owned(),
        _ => return narrowed(&document, dice),
    };
    Query::new(text)
}

fn narrowed(document: &search::SearchDocument, dice: &mut Dice) -> Query {
    Query {
        division_prefix: Some(document.division.chars().take(6).collect()),
        domain: document.domain.clone(),
        year: (dice.below(2) == 0).then_some(document.year).flatten(),
        ..Query::new(dice.any(&FREQUENT))
    }
}

/// So many characters from somewhere in a text.
fn part(text: &str, length: usize, dice: &mut Dice) -> String {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let from = dice.below(chars.len().saturating_sub(length));
    chars.iter().skip(from).take(length).collect()
}
