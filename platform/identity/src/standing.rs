//! 身份: as whom a person acts. One post at a time; rights of two posts never add up.

use law::Date;
use store::{FromQueryResult, Statements, StoreError};

use crate::{Organ, Role, Session};

/// A person at one post, on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The natural person who acts.
    pub person: String,
    /// What the person is called.
    pub name: String,
    /// The post acted in. A stand-in acts in the post of the one stood in for.
    pub post: String,
    /// Its role.
    pub role: Role,
    /// Its organ.
    pub organ: Organ,
    /// Its unit; empty for the whole organ.
    pub unit: String,
    /// The natural person stood in for; separations hold for both.
    pub stands_in_for: Option<String>,
    /// The stand-in's own key, where there is one.
    pub stand_in: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    person: String,
    name: String,
    post: String,
    role: String,
    organ: String,
    unit: String,
    holder: String,
    stand_in: String,
}

impl Row {
    fn standing(self, organ: impl Fn(&str) -> Option<Organ>) -> Option<Standing> {
        let stands_in = !self.stand_in.is_empty();
        Some(Standing {
            role: Role::parse(&self.role)?,
            organ: organ(&self.organ)?,
            stands_in_for: stands_in.then_some(self.holder),
            stand_in: stands_in.then_some(self.stand_in),
            person: self.person,
            name: self.name,
            post: self.post,
            unit: self.unit,
        })
    }
}

/// Posts that hold on a day ($2), of the person ($1), then those in which the person stands in.
const SQL: &str = "
    SELECT person.id AS person, person.name, post.id AS post, post.role, post.organ, post.unit,
           post.person AS holder, '' AS stand_in, post.valid_from AS since
      FROM post JOIN person ON person.id = post.person
     WHERE post.person = $1 AND post.revoked_at IS NULL AND person.left_on IS NULL
       AND post.valid_from <= $2 AND (post.valid_to IS NULL OR post.valid_to >= $2)
    UNION ALL
    SELECT person.id, person.name, post.id, post.role, post.organ, post.unit,
           post.person, stand_in.id, stand_in.valid_from
      FROM stand_in
      JOIN post ON post.id = stand_in.post
      JOIN person ON person.id = stand_in.person
     WHERE stand_in.person = $1 AND person.left_on IS NULL
       AND stand_in.outcome = 'confirmed' AND stand_in.revoked_at IS NULL
       AND stand_in.valid_from <= $2 AND stand_in.valid_to >= $2
       AND post.revoked_at IS NULL
       AND post.valid_from <= $2 AND (post.valid_to IS NULL OR post.valid_to >= $2)
     ORDER BY stand_in, since, post";

impl Standing {
    /// All posts in which a person may act on a day: own ones first, then those stood in for.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all_of(
        from: &impl Statements,
        person: &str,
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let values = vec![person.into(), day.to_string().into()];
        let rows: Vec<Row> = from.all(SQL, values).await?;
        let organs = Organ::of_person(from, person).await?;
        let organ = |code: &str| organs.iter().find(|organ| organ.code == code).cloned();
        Ok(rows.into_iter().filter_map(|row| row.standing(organ)).collect())
    }

    /// As whom a session acts on a day; `None` where it has chosen no post, or the post holds no more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn current(
        from: &impl Statements,
        session: &Session,
        day: Date,
    ) -> Result<Option<Self>, StoreError> {
        if session.post.is_empty() {
            return Ok(None);
        }
        let all = Self::all_of(from, &session.person, day).await?;
        Ok(all.into_iter().find(|one| {
            let stand_in = one.stand_in.as_deref().unwrap_or_default();
            one.post == session.post && stand_in == session.stand_in
        }))
    }

    /// The natural persons whose earlier steps bind this one: the actor, and who is stood in for.
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.person.as_str()).chain(self.stands_in_for.as_deref())
    }
}
