//! Which catalogue governs what an organ publishes or owes for an item.

/// A catalogue of a domain that may govern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Governed<'a> {
    /// The catalogue's key.
    pub catalogue: &'a str,
    /// The organ whose catalogue it is.
    pub organ: &'a str,
    /// The division that organ serves.
    pub division: &'a str,
}

/// The catalogue that governs what `organ` of `division` does for an item: its own; else the first
/// of its division; else the nearest above (docs/readings/010). Catalogues that do not have the item
/// are left out by the caller.
pub fn governing<'a>(
    catalogues: &[Governed<'a>],
    organ: &str,
    division: &str,
) -> Option<Governed<'a>> {
    let own = catalogues.iter().find(|one| one.organ == organ);
    let above = catalogues.iter().filter(|one| covers(one.division, division));
    let nearest = above.min_by_key(|one| (std::cmp::Reverse(depth(one.division)), one.catalogue));
    own.or(nearest).copied()
}

/// Whether a division is the other one or lies above it, by their twelve digits.
fn covers(above: &str, below: &str) -> bool {
    let digits = depth(above);
    above.get(..digits).is_some_and(|prefix| below.starts_with(prefix))
}

/// How many digits of a division's code are its own: 4 for a city, 6 for a district, 9 for a
/// township, 12 for a village.
fn depth(division: &str) -> usize {
    let zeros = |from: usize| division.bytes().skip(from).all(|digit| digit == b'0');
    [2, 4, 6, 9].into_iter().find(|digits| zeros(*digits)).unwrap_or(12)
}

#[cfg(test)]
mod tests {
    use super::{Governed, governing};

    #[test]
    fn the_nearest_catalogue_governs_and_an_organs_own_before_all() {
        let one = |catalogue, organ, division| Governed { catalogue, organ, division };
        let all = [
            one("city", "XM00001", "350200000000"),
            one("siming", "XM01001", "350203000000"),
            one("siming-civil", "XM01023", "350203000000"),
            one("xiagang", "XM01101", "350203001000"),
        ];
        for (organ, division, governs) in [
            ("XM01023", "350203000000", "siming-civil"),
            ("XM01025", "350203000000", "siming"),
            ("XM01101", "350203001000", "xiagang"),
            ("XM01102", "350203003000", "siming"),
            ("XM02025", "350205000000", "city"),
        ] {
            let found = governing(&all, organ, division).map(|one| one.catalogue);
            assert_eq!(found, Some(governs), "{organ}");
        }
        assert_eq!(governing(&all, "FZ00001", "350100000000"), None);
    }
}
