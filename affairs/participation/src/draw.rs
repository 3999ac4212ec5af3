//! How who takes part in a hearing is drawn, so that anybody can do it again with nothing but SHA-256 (docs/readings/290):
//!
//! 1. After the last day of enrolment the list is bound: a text with the sides and their seats, and a line for everybody
//!    who enrolled. Its SHA-256 stands in the public log before anybody knows the value.
//! 2. The notice named a value that becomes public later and that nobody of the organ can choose. The seed is the
//!    SHA-256 of three lines: `gongkai-hearing-draw/1`, the SHA-256 of the list, the value.
//! 3. The ticket of everybody is the SHA-256 of two lines: the seed, and the line of the list.
//! 4. Of each side those with the smallest tickets take part; the others stand by in the order of their tickets.

use std::fmt::Write as _;

use participation_rules::Seats;
use sha2::{Digest, Sha256};

/// The first line of a list.
const LIST_FORM: &str = "gongkai-hearing-list/1";

/// The first line of what makes the seed.
const DRAW_FORM: &str = "gongkai-hearing-draw/1";

/// Who enrolled, as the list names him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The number of the enrolment.
    pub number: i64,
    /// The side, from 1.
    pub side: usize,
    /// What nobody but who enrolled knows to be his.
    pub mark: String,
}

impl Listed {
    /// The line of the list.
    pub fn line(&self) -> String {
        format!("entry\t{}\t{}\t{}", self.side, self.number, self.mark)
    }
}

/// Whom a draw is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The sides with their seats.
    pub sides: Vec<Seats>,
    /// Who enrolled, by sides and numbers.
    pub entries: Vec<Listed>,
}

/// Why a text is no list: the line, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("第 {0} 行不是听证报名名单的写法")]
pub struct BadList(pub usize);

/// What became of somebody on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Who.
    pub entry: Listed,
    /// The ticket.
    pub ticket: String,
    /// The place among those of the side, from 1.
    pub place: usize,
    /// Takes part; else stands by.
    pub takes_part: bool,
}

/// The SHA-256 of a text, as `sha256sum` writes it.
pub fn digest(text: &str) -> String {
    ledger::hex(&Sha256::digest(text.as_bytes()))
}

/// The seed of a draw.
pub fn seed(list: &str, value: &str) -> String {
    digest(&format!("{DRAW_FORM}\n{}\n{value}\n", digest(list)))
}

impl List {
    /// The text that is bound.
    pub fn text(&self) -> String {
        let mut text = format!("{LIST_FORM}\n");
        for (at, side) in (1..).zip(&self.sides) {
            // Writing into a text cannot fail.
            let _ = writeln!(text, "side\t{at}\t{}\t{}", side.seats, side.name);
        }
        for entry in &self.entries {
            text.push_str(&entry.line());
            text.push('\n');
        }
        text
    }

    /// The list of a text.
    ///
    /// # Errors
    /// It is none.
    pub fn read(text: &str) -> Result<Self, BadList> {
        let mut lines = (1..).zip(text.lines());
        if lines.next().is_none_or(|(_, line)| line != LIST_FORM) {
            return Err(BadList(1));
        }
        let mut list = Self { sides: vec![], entries: vec![] };
        for (at, line) in lines {
            let parts: Vec<&str> = line.split('\t').collect();
            match parts.as_slice() {
                ["side", _, seats, name] => {
                    let seats = seats.parse().map_err(|_| BadList(at))?;
                    list.sides.push(Seats { name: (*name).to_owned(), seats });
                }
                ["entry", side, number, mark] => {
                    let number = number.parse().map_err(|_| BadList(at))?;
                    let side: usize = side.parse().map_err(|_| BadList(at))?;
                    if !(1..=list.sides.len()).contains(&side) {
                        return Err(BadList(at));
                    }
                    list.entries.push(Listed { number, side, mark: (*mark).to_owned() });
                }
                _ => return Err(BadList(at)),
            }
        }
        Ok(list)
    }

    /// What becomes of everybody by a seed: by sides, and there by places.
    pub fn drawn(&self, seed: &str) -> Vec<Drawn> {
        let mut all = Vec::with_capacity(self.entries.len());
        for (side, seats) in (1..).zip(&self.sides) {
            let own = self.entries.iter().filter(|entry| entry.side == side);
            let ticket = |entry: &Listed| digest(&format!("{seed}\n{}\n", entry.line()));
            let mut own: Vec<(String, &Listed)> = own.map(|entry| (ticket(entry), entry)).collect();
            own.sort_by(|one, other| (&one.0, one.1.number).cmp(&(&other.0, other.1.number)));
            let seats = usize::try_from(seats.seats).unwrap_or_default();
            all.extend((1..).zip(own).map(|(place, (ticket, entry))| Drawn {
                entry: entry.clone(),
                ticket,
                place,
                takes_part: place <= seats,
            }));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use participation_rules::Seats;

    use super::{BadList, List, Listed, digest, seed};

    fn list() -> List {
        let entry = |number, side| Listed { number, side, mark: format!("{number:016x}") };
        List {
            sides: Seats::read("居民代表 2\n物业服务企业 1").expect("sides"),
            entries: vec![entry(1, 1), entry(3, 1), entry(4, 1), entry(2, 2)],
        }
    }

    #[test]
    fn a_list_is_read_as_it_is_written_and_nothing_else_is_a_list() {
        let text = list().text();
        assert_eq!(
            text,
            "gongkai-hearing-list/1\nside\t1\t2\t居民代表\nside\t2\t1\t物业服务企业\n\
             entry\t1\t1\t0000000000000001\nentry\t1\t3\t0000000000000003\n\
             entry\t1\t4\t0000000000000004\nentry\t2\t2\t0000000000000002\n"
        );
        assert_eq!(List::read(&text), Ok(list()));
        for (text, line) in [
            ("", 1),
            ("gongkai-hearing-list/2\n", 1),
            ("gongkai-hearing-list/1\nentry\t1\t1\ta\n", 2),
            ("gongkai-hearing-list/1\nside\t1\tx\t居民\n", 2),
            ("gongkai-hearing-list/1\nside\t1\t1\t居民\n张三\n", 3),
        ] {
            assert_eq!(List::read(text), Err(BadList(line)), "{text}");
        }
    }

    #[test]
    fn the_draw_fills_the_seats_of_each_side_and_comes_out_the_same_again() {
        let list = list();
        let seed = seed(&list.text(), "05 11 17 22 29 31 08");
        let drawn = list.drawn(&seed);
        assert_eq!(drawn, list.drawn(&seed));
        let told: Vec<_> =
            drawn.iter().map(|one| (one.entry.side, one.place, one.takes_part)).collect();
        assert_eq!(told, [(1, 1, true), (1, 2, true), (1, 3, false), (2, 1, true)]);
        assert!(drawn[0].ticket < drawn[1].ticket && drawn[1].ticket < drawn[2].ticket);
        for one in &drawn {
            assert_eq!(one.ticket, digest(&format!("{seed}\n{}\n", one.entry.line())));
        }
    }

    #[test]
    fn another_list_or_another_value_gives_another_seed() {
        let text = list().text();
        let seeds = [seed(&text, "1"), seed(&text, "2"), seed(&text.replace("居民", "村民"), "1")];
        assert!(seeds[0] != seeds[1] && seeds[0] != seeds[2]);
        assert_eq!(seeds[0], digest(&format!("gongkai-hearing-draw/1\n{}\n1\n", digest(&text))));
    }
}
