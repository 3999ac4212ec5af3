//! The live text of an interview, ready to be sent: each utterance as a piece of the page, numbered by the newest change
//! of it that everybody saw.

use askama::Template;
use axum::body::Bytes;
use participation_rules::{LiveEntry, Voice};
use web::moments::in_china;

use crate::store::{Change, text_of};

/// An utterance as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "live/entry.html")]
pub(crate) struct Shown {
    /// Its number.
    pub(crate) number: i64,
    /// Who speaks, and what he is.
    pub(crate) speaker: String,
    /// Whether it is a question that was picked.
    pub(crate) question: bool,
    /// When everybody saw it first, for machines.
    pub(crate) moment: String,
    /// The same as people read it: 15:04.
    pub(crate) clock: String,
    /// What is said, by paragraphs; nothing of what was struck.
    pub(crate) words: Vec<String>,
    /// What stood there before, and why it was corrected.
    pub(crate) corrections: Vec<(String, String)>,
    /// Why it was struck.
    pub(crate) struck: Option<String>,
}

impl askama::filters::HtmlSafe for Shown {}

/// The same of an utterance.
pub(crate) fn shown(of: &LiveEntry) -> Shown {
    let moment = in_china(&of.at);
    let lines = of.words.lines().map(str::trim).filter(|line| !line.is_empty());
    let corrections = of.corrections.iter().map(|one| (one.before.clone(), one.reason.clone()));
    Shown {
        number: of.number,
        speaker: of.speaker.clone(),
        question: of.voice == Voice::Question,
        clock: moment.get(11..16).unwrap_or_default().to_owned(),
        moment,
        words: lines.map(str::to_owned).collect(),
        corrections: corrections.collect(),
        struck: of.struck.clone(),
    }
}

/// One utterance, as it is sent.
#[derive(Debug, Clone)]
struct Piece {
    number: i64,
    place: i64,
    frame: Bytes,
}

/// All of it, in the order of the newest changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    changes: Vec<Change>,
    pieces: Vec<Piece>,
    /// Whether nothing more will be said.
    pub(crate) over: bool,
}

impl Text {
    /// The place of the newest change.
    pub(crate) fn last(&self) -> i64 {
        self.changes.last().map_or(0, |change| change.place)
    }

    /// Takes in what was released since, in the order of the places.
    pub(crate) fn take(&mut self, released: Vec<Change>) {
        let before = self.last();
        self.changes.extend(released.into_iter().filter(|change| change.place > before));
        for entry in text_of(&self.changes).into_iter().filter(|entry| entry.place > before) {
            self.pieces.retain(|piece| piece.number != entry.number);
            let (number, place) = (entry.number, entry.place);
            self.pieces.push(Piece { number, place, frame: frame(&entry) });
        }
        self.pieces.sort_by_key(|piece| piece.place);
    }

    /// What whoever has all up to this place has not got yet.
    pub(crate) fn since(&self, place: i64) -> Vec<Bytes> {
        let from = self.pieces.partition_point(|piece| piece.place <= place);
        self.pieces.iter().skip(from).map(|piece| piece.frame.clone()).collect()
    }
}

/// An event: its number, and the piece of the page.
fn frame(entry: &LiveEntry) -> Bytes {
    let html = shown(entry).render().unwrap_or_default();
    let lines = html.lines().filter(|line| !line.is_empty());
    let data: String = lines.map(|line| format!("data: {line}\n")).collect();
    Bytes::from(format!("id: {}\n{data}\n", entry.place))
}

#[cfg(test)]
mod tests {
    use participation_rules::{LiveChange, Voice};

    use super::Text;
    use crate::store::{Change, Entered};

    fn change(number: i64, place: i64, what: LiveChange) -> Change {
        Change {
            id: format!("c{place}"),
            interview: "i".into(),
            number,
            what: Entered::Text(what),
            question: 0,
            enterers: vec!["a".into()],
            entered_name: "甲".into(),
            entered_at: "2026-12-01T07:00:00.000Z".into(),
            decided_name: "乙".into(),
            decided_at: "2026-12-01T07:00:09.000Z".into(),
            waits: false,
            released: true,
            place,
        }
    }

    fn said(number: i64, place: i64, words: &str) -> Change {
        let (voice, speaker) = (Voice::Guest, "张演示".to_owned());
        change(number, place, LiveChange::Spoken { voice, speaker, words: words.into() })
    }

    fn told(text: &Text, place: i64) -> Vec<String> {
        let frames = text.since(place).into_iter();
        frames.map(|frame| String::from_utf8(frame.to_vec()).expect("text")).collect()
    }

    #[test]
    fn whoever_comes_back_gets_what_he_missed_once_and_as_it_stands_now() {
        let mut text = Text::default();
        text.take(vec![said(1, 1, "早"), said(2, 2, "<b>好")]);
        assert_eq!((text.last(), text.since(0).len(), text.since(2).len()), (2, 2, 0));
        let reason = "说了别人的电话".to_owned();
        text.take(vec![said(2, 2, "又"), change(1, 3, LiveChange::Struck { reason })]);
        let missed = told(&text, 2);
        assert_eq!(missed.len(), 1);
        assert!(missed[0].starts_with("id: 3\ndata: <li") && missed[0].ends_with("\n\n"));
        assert!(missed[0].contains("说了别人的电话") && !missed[0].contains('早'), "{missed:?}");
        let all = told(&text, 0);
        assert_eq!(all.len(), 2, "each utterance once");
        assert!(all[0].contains("&#60;b&#62;好") && all[0].contains("15:00"), "{all:?}");
    }
}
