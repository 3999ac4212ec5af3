//! 新旧对照: paragraph by paragraph, what a policy says otherwise than the one whose place it takes
//! (docs/readings/282).

/// So many paragraphs of each are compared: ours (docs/readings/282). What is longer is not compared at all, for half a
/// comparison would say that the rest is gone.
const MOST: usize = 800;

/// One paragraph of two texts beside one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// It stands in both.
    Same(String),
    /// It stood in the former one.
    Gone(String),
    /// It stands in the new one.
    New(String),
}

impl Passage {
    /// The paragraphs of a former text and of a new one, in order; `None` where there are too many.
    pub fn between(former: &str, new: &str) -> Option<Vec<Self>> {
        let (former, new) = (paragraphs(former), paragraphs(new));
        if former.len() > MOST || new.len() > MOST {
            return None;
        }
        let common = common(&former, &new);
        let (mut at, mut told) = ((0, 0), Vec::new());
        while at.0 < former.len() || at.1 < new.len() {
            let (old, now) = (former.get(at.0), new.get(at.1));
            match (old, now) {
                (Some(old), Some(now)) if old == now => {
                    told.push(Self::Same(now.clone()));
                    at = (at.0 + 1, at.1 + 1);
                }
                (Some(old), now)
                    if now.is_none() || common[at.0 + 1][at.1] >= common[at.0][at.1 + 1] =>
                {
                    told.push(Self::Gone(old.clone()));
                    at.0 += 1;
                }
                (_, Some(now)) => {
                    told.push(Self::New(now.clone()));
                    at.1 += 1;
                }
                (_, None) => return Some(told),
            }
        }
        Some(told)
    }
}

/// The paragraphs of a text, without blanks around them and the marks of headings.
fn paragraphs(text: &str) -> Vec<String> {
    let bare = |line: &str| line.trim().trim_start_matches('#').trim().to_owned();
    text.lines().map(bare).filter(|line| !line.is_empty()).collect()
}

/// How many paragraphs are common to what follows each pair of places.
fn common(former: &[String], new: &[String]) -> Vec<Vec<u16>> {
    let mut common = vec![vec![0_u16; new.len() + 1]; former.len() + 1];
    for at in (0..former.len()).rev() {
        for beside in (0..new.len()).rev() {
            common[at][beside] = if former[at] == new[beside] {
                common[at + 1][beside + 1] + 1
            } else {
                common[at + 1][beside].max(common[at][beside + 1])
            };
        }
    }
    common
}
