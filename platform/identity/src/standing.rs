//! 身份: as whom a person acts. One post at a time; rights of two posts never add up.

use law::Date;
use store::{FromQueryResult, Statements, StoreError};

use crate::{Organ, Role};

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
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let (Some(role), Some(organ)) =
                (Role::parse(&row.role), Organ::find(from, &row.organ).await?)
            else {
                continue;
            };
            let stands_in = !row.stand_in.is_empty();
            found.push(Self {
                stands_in_for: stands_in.then_some(row.holder),
                stand_in: stands_in.then_some(row.stand_in),
                person: row.person,
                name: row.name,
                post: row.post,
                role,
                organ,
                unit: row.unit,
            });
        }
        Ok(found)
    }

    /// The natural persons whose earlier steps bind this one: the actor, and who is stood in for.
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.person.as_str()).chain(self.stands_in_for.as_deref())
    }
}
