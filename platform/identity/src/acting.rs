//! As whom whoever is at the desk counts: himself, and the holder of the post in which he stands in for
//! another (docs/readings/042).

use std::collections::BTreeSet;

use ledger::Desk;
use store::StoreError;

use crate::Post;

/// Who acts, and who is stood in for.
pub(crate) struct Acting {
    by: String,
    /// The holder of the post acted in, where that is another.
    pub instead_of: Option<String>,
}

impl Acting {
    /// The natural person `by`, in the post of the desk.
    pub(crate) async fn at(desk: &Desk, by: &str) -> Result<Self, StoreError> {
        let post = Post::find(desk.change(), desk.actor().post()).await?;
        let holder = post.map(|post| post.person);
        Ok(Self { by: by.to_owned(), instead_of: holder.filter(|holder| holder != by) })
    }

    /// Whether it counts as one of these persons.
    pub(crate) fn is_among<'a>(&self, persons: impl IntoIterator<Item = &'a str>) -> bool {
        any_is(std::iter::once(self.by.as_str()).chain(self.instead_of.as_deref()), persons)
    }
}

/// Whether whoever counts as `own` (the natural person, and who is stood in for) is one of these persons,
/// whichever account or post is used (docs/readings/042).
pub fn any_is<'own, 'other>(
    own: impl IntoIterator<Item = &'own str>,
    persons: impl IntoIterator<Item = &'other str>,
) -> bool {
    let own: BTreeSet<&str> = own.into_iter().collect();
    persons.into_iter().any(|person| own.contains(person))
}

#[cfg(test)]
mod tests {
    use super::any_is;

    #[test]
    fn one_is_oneself_and_whoever_one_stands_in_for_and_nobody_else() {
        for (own, persons, is) in [
            (&["lin"][..], &["lin"][..], true),
            (&["lin", "chen"], &["chen"], true),
            (&["lin", "chen"], &["wang", "zhao"], false),
            (&["lin"], &[], false),
            (&["lin"], &["linlin"], false),
        ] {
            assert_eq!(
                any_is(own.iter().copied(), persons.iter().copied()),
                is,
                "{own:?} {persons:?}"
            );
        }
    }
}
