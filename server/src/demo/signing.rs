//! The demo city's documents and catalogues go through review like a real city's, by invented persons:
//! whoever holds the post in the organ, else a person that stands for it.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use identity::{Person, Post, Role};
use ledger::{Desk, Ledger};
use review::{Publishers, Signatory};

use crate::failure::{Exit, Failure};
use crate::rooms;

/// What all rooms of the house publish.
pub(super) fn publishers(folder: &Path) -> Publishers {
    Publishers::of(&rooms::rooms(), folder)
}

/// A desk at which an invented person acts.
pub(super) async fn desk_of(ledger: &Ledger, by: &Signatory) -> Result<Desk, Failure> {
    Ok(ledger.desk(by.actor()).await?)
}

/// The posts and persons of the demo city.
pub(super) struct Staff {
    posts: Vec<Post>,
    names: HashMap<String, String>,
}

impl Staff {
    /// Reads them.
    pub(super) async fn of(ledger: &Ledger) -> Result<Self, Failure> {
        let posts = Post::all(ledger.store()).await?;
        let persons = Person::all(ledger.store()).await?;
        let names = persons.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(Self { posts, names })
    }

    /// Who acts in a role for an organ, and has not acted before.
    pub(super) fn someone(
        &self,
        organ: &str,
        role: Role,
        before: &mut BTreeSet<String>,
    ) -> Signatory {
        let holds = |post: &&Post| {
            let open = post.organ == organ && post.role == role && !post.revoked;
            open && !before.contains(&post.person)
        };
        let word = role.word().to_owned();
        let by = match self.posts.iter().find(holds) {
            Some(post) => Signatory {
                name: self.names.get(&post.person).cloned().unwrap_or_default(),
                person: post.person.clone(),
                post: post.id.clone(),
                role: word,
                organ: organ.to_owned(),
                unit: post.unit.clone(),
                stands_in_for: None,
            },
            None => Signatory {
                name: format!("演示{}", role.name()),
                person: format!("demo:{organ}:{word}"),
                post: format!("demo:{organ}:{word}"),
                role: word,
                organ: organ.to_owned(),
                unit: String::new(),
                stands_in_for: None,
            },
        };
        before.insert(by.person.clone());
        by
    }
}

/// The data of the demo do not fit the program.
pub(super) fn refused(error: review::ActError) -> Failure {
    let message = format!("演示资料没有通过审查: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序").because(error)
}
