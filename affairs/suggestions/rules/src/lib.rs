//! What the law says of 互动交流: no IO, no clock. What kinds of letters there are, how one goes its way, by
//! when it is answered and which card it bears meanwhile, what belongs elsewhere and how it is handed over,
//! and to whom a letter is likely to belong.

mod card;
mod clock;
mod course;
mod handing_over;
mod kind;
mod number;
mod order;
mod routing;
mod unfit;

use law::{Provision, document};

pub use card::Card;
pub use clock::{Difficulty, NoLastDay, answer_due, kept_since, unanswered_after};
pub use course::{Course, Extension, SuggestionEvent, SuggestionState};
pub use handing_over::{
    DISCLOSURE_OPENING, Elsewhere, PetitionWay, names_an_office, petition_notice_before,
    petition_notice_due,
};
pub use kind::{Satisfaction, SuggestionKind};
pub use number::letter_number;
pub use order::{
    BadDispatch, LONGEST_ORDER_NUMBER, OrderTerm, called_at, credential_end, dispatched_on,
    is_order_number, kind_of_order, latest_credential_end, order_counts_from, order_kinds,
    taken_in_late,
};
pub use routing::{LearnedRouting, Likely};
pub use unfit::{Unfit, Why};

/// 政府网站发展指引: one entrance, terms of answers, publication of answers.
pub const SITE_GUIDELINE: Provision = document("国办发〔2017〕47号");

/// 厦府办〔2020〕67号, part two, item one: the unified entrance; item two: answers in time.
pub const UNIFIED_ENTRANCE: Provision = document("厦府办〔2020〕67号").item(1);

/// 厦府办〔2020〕67号, part two, item two: opinions are handled in time.
pub const ANSWERED_IN_TIME: Provision = document("厦府办〔2020〕67号").item(2);
