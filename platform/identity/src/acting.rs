//! As whom whoever is at the desk counts: himself, and the holder of the post in which he stands in for
//! another (docs/readings/042).

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
        let own = |person: &str| self.by == person || self.instead_of.as_deref() == Some(person);
        persons.into_iter().any(own)
    }
}
