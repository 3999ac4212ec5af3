//! 文书: the standard letters of a request, from a standard text and typed facts to a document that can be
//! looked at, printed and sent (条例第二十九条至第四十五条; 通知三(二) 推行标准文本).
//!
//! - A [`Text`] is what an organ may adapt: paragraphs with places in braces, `{登记编号}`. It is checked
//!   when it is saved, for the letter it belongs to ([`TextKey`]). The platform's own text is version 0.
//! - [`Contents`] are the facts of one letter; what is said of remedies, periods, sums and provisions comes
//!   from the rules and is never typed.
//! - [`compose`] puts both together, and refuses where a place would stay empty.
//!
//! Nothing here reads or writes a store, or asks what day it is.

mod answer;
mod compose;
mod contents;
mod field;
mod forms;
mod guide;
mod key;
mod labels;
mod preview;
mod standard;
mod text;

pub use answer::{AnswerContents, AnswerPart, search_words};
pub use compose::{CaseFacts, Letter, Sender, Unwritten, compose};
pub use contents::{Contents, Filed};
pub use field::{Field, Shape, Value};
pub use forms::{application_form, reply_slip};
pub use guide::{GuideFacts, GuideForm};
pub use key::TextKey;
pub use labels::{Address, FaxCover, label};
pub use preview::Preview;
pub use standard::standard_text;
pub use text::{Text, TextFault};
