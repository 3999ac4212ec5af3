//! What of an interpretation stands behind its leaf in the public log: exactly what everybody is shown, in a form
//! that can be made again from what is kept.

use ::store::Store;
use interpretation_rules::InterpretationState as State;
use ledger::Leaf;
use web::layout::Link;
use web::{Fault, InscribedSource, Later};

use crate::store::{Interpretation, Policy};

/// For the house.
pub const INSCRIBED: InscribedSource =
    InscribedSource { subjects: SUBJECTS, contents, missing, address, page };

/// How subjects begin.
pub(crate) const SUBJECTS: &str = "interpretation:";

/// The leaf of one that is public.
pub(crate) fn leaf(one: &Interpretation, policy: &Policy) -> Leaf {
    Leaf::publication(one.subject(), &one.organ, one.form.name(), content(one, policy))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn content(one: &Interpretation, policy: &Policy) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        form: &'static str,
        title: &'a str,
        kind: &'static str,
        organ: &'a str,
        document: Option<&'a str>,
        published_at: Option<&'a str>,
        body: &'a interpretation_rules::Body,
    }
    let whole = Whole {
        form: "gongkai-interpretation/1",
        title: &one.title,
        kind: one.form.word(),
        organ: &one.organ,
        document: policy.appeared.as_ref().map(|(subject, _)| subject.as_str()),
        published_at: one.published_at.as_deref(),
        body: &one.body,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The one of a subject that everybody can read, with its policy.
async fn shown(
    store: &Store,
    subject: &str,
) -> Result<Option<(Interpretation, Policy)>, ::store::StoreError> {
    let found = Interpretation::find(store, subject.trim_start_matches(SUBJECTS)).await?;
    let open = |one: &Interpretation| matches!(one.state, State::Published | State::Replaced);
    let Some(one) = found.filter(open) else { return Ok(None) };
    let policy = Policy::find(store, &one.policy).await?;
    Ok(policy.filter(|policy| policy.shown).map(|policy| (one, policy)))
}

fn contents<'a>(store: &'a Store, subjects: &'a [String]) -> Later<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut found = Vec::with_capacity(subjects.len());
        for subject in subjects {
            if let Some((one, policy)) = shown(store, subject).await? {
                found.push((subject.clone(), content(&one, &policy)));
            }
        }
        Ok(found)
    })
}

fn missing(store: &Store, most: i64) -> Later<'_, Vec<Leaf>> {
    Box::pin(async move {
        let mut leaves = Vec::new();
        for one in Interpretation::without_leaf(store, most).await.map_err(Fault::from)? {
            if let Some(policy) = Policy::find(store, &one.policy).await? {
                leaves.push(leaf(&one, &policy).taking_in());
            }
        }
        Ok(leaves)
    })
}

fn address(subject: &str) -> Option<String> {
    subject.strip_prefix(SUBJECTS).map(|id| format!("/jiedu/{id}"))
}

fn page<'a>(store: &'a Store, subject: &'a str) -> Later<'a, Option<Link>> {
    Box::pin(async move {
        let found = shown(store, subject).await?;
        Ok(found.map(|(one, _)| Link::new(&one.title, one.path())))
    })
}
