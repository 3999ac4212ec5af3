//! Which items a power's name is like: pairs of characters that both have, the rarer the heavier
//! (docs/readings/027).
//!
//! A power's likeness to an item is the share of the weight of its pairs that the item's words hold:
//! pairs in the item's names count whole, pairs only in its elements in part. A pair weighs more the
//! fewer items have it, and little where it belongs to a word that says only what sort of matter it is.
//! The same lists always give the same answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

/// From this likeness on, in thousandths, an item is suggested (docs/readings/027).
pub const THRESHOLD: u32 = 350;

/// At most so many items are suggested for a power.
const MOST: usize = 3;

/// How much a pair counts that stands in the item's elements alone.
const IN_ELEMENTS: f64 = 0.6;

/// How much a pair counts that belongs to a word of [`PLAIN_WORDS`].
const PLAIN: f64 = 0.15;

/// Words that say what sort of matter it is, and not which.
const PLAIN_WORDS: [&str; 47] = [
    "行政许可",
    "行政处罚",
    "行政强制",
    "行政征收",
    "行政给付",
    "行政检查",
    "行政确认",
    "行政奖励",
    "行政裁决",
    "行政征用",
    "公共服务",
    "其他行政权力",
    "事项",
    "办理",
    "办事",
    "指南",
    "公示",
    "公告",
    "公开",
    "审批",
    "审核",
    "核准",
    "核发",
    "备案",
    "登记",
    "申请",
    "申报",
    "发放",
    "认定",
    "确认",
    "监督",
    "检查",
    "管理",
    "服务",
    "信息",
    "结果",
    "情况",
    "工作",
    "行为",
    "相关",
    "有关",
    "政策",
    "文件",
    "咨询",
    "查询",
    "实施",
    "规定",
];

/// An item's words, for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemText {
    /// Its names, all levels together.
    pub names: String,
    /// Its elements, all together.
    pub elements: String,
}

/// An item that a power's name is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Which item, by its place in the list that was indexed.
    pub at: usize,
    /// How like, in thousandths.
    pub thousandths: u32,
}

type Pair = (char, char);

/// 相似程度: items indexed by their pairs of characters.
#[derive(Debug, Clone)]
pub struct Likeness {
    /// For each pair, the items that have it, in order, with how much it counts there.
    items: HashMap<Pair, Vec<(u32, f64)>>,
    count: usize,
    plain: BTreeSet<Pair>,
}

impl Likeness {
    /// Indexes items.
    pub fn of(texts: &[ItemText]) -> Self {
        let mut items: HashMap<Pair, Vec<(u32, f64)>> = HashMap::new();
        for (at, text) in texts.iter().enumerate() {
            let mut counts: BTreeMap<Pair, f64> =
                pairs(&text.elements).into_iter().map(|pair| (pair, IN_ELEMENTS)).collect();
            counts.extend(pairs(&text.names).into_iter().map(|pair| (pair, 1.0)));
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            for (pair, counts_for) in counts {
                items.entry(pair).or_default().push((at, counts_for));
            }
        }
        let plain = PLAIN_WORDS.iter().flat_map(|word| pairs(word)).collect();
        Self { items, count: texts.len(), plain }
    }

    /// The items most like a name: at least as like as [`THRESHOLD`], the likest first, then in the
    /// order of the list; three at most.
    pub fn suggest(&self, name: &str) -> Vec<Suggestion> {
        let mut scores = vec![0.0; self.count];
        let mut whole = 0.0;
        for pair in pairs(name) {
            let found = self.items.get(&pair).map_or(&[][..], Vec::as_slice);
            let weight = self.weight(pair, found.len());
            whole += weight;
            for (at, counts) in found {
                if let Some(score) = scores.get_mut(*at as usize) {
                    *score += weight * counts;
                }
            }
        }
        let like =
            |(at, score): (usize, f64)| Suggestion { at, thousandths: thousandths(score, whole) };
        let mut found: Vec<Suggestion> = scores
            .into_iter()
            .enumerate()
            .map(like)
            .filter(|suggestion| suggestion.thousandths >= THRESHOLD)
            .collect();
        found.sort_by_key(|one| (std::cmp::Reverse(one.thousandths), one.at));
        found.truncate(MOST);
        found
    }

    /// How like a name one item is, in thousandths.
    pub fn between(&self, name: &str, at: usize) -> u32 {
        let (mut score, mut whole) = (0.0, 0.0);
        for pair in pairs(name) {
            let found = self.items.get(&pair).map_or(&[][..], Vec::as_slice);
            let weight = self.weight(pair, found.len());
            whole += weight;
            let place = found.binary_search_by_key(&at, |(item, _)| *item as usize);
            score +=
                place.ok().and_then(|at| found.get(at)).map_or(0.0, |(_, counts)| weight * counts);
        }
        thousandths(score, whole)
    }

    /// The rarer a pair among the items, the heavier; one that no item has weighs like one that a
    /// single item has.
    fn weight(&self, pair: Pair, holders: usize) -> f64 {
        let rarity = (1.0 + self.count as f64 / holders.max(1) as f64).ln();
        if self.plain.contains(&pair) { rarity * PLAIN } else { rarity }
    }
}

fn thousandths(score: f64, whole: f64) -> u32 {
    if whole <= 0.0 { 0 } else { (score / whole * 1000.0).round() as u32 }
}

/// The pairs of neighbouring characters, each once, in order; whatever is neither letter nor digit
/// separates nothing and counts for nothing.
fn pairs(text: &str) -> BTreeSet<Pair> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).filter_map(|two| Some((*two.first()?, *two.last()?))).collect()
}
