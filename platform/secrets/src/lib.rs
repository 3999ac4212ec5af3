//! Personal data at rest: sealed before they are written into the database or a file, opened only for
//! whoever may read them (个人信息保护法第五十一条第三项；GB/T 22239-2019 数据保密性；GB/T 39786-2021 存储机密性).
//!
//! [`Sealer::seal`] takes a [`Place`], the table, row and column where the ciphertext will lie: moved anywhere
//! else it does not open. Every ciphertext names its algorithm and its key, so that a new key serves what is
//! new and old ones go on opening what is old. What must be found or compared without being kept (a query
//! code, the tail of a telephone number) is kept as a [`Mark`], a keyed hash.
//!
//! The keys lie in the folder `secrets` of the data folder, one file each, for its owner alone. Whoever loses
//! them has lost what was sealed with them.

mod keys;
mod mark;
mod place;
mod provider;
mod resealing;
mod sealed;
mod sealer;

pub use keys::KeyFault;
pub use mark::Mark;
pub use place::Place;
pub use provider::{Aes256Gcm, Algorithm, NONCE, Provider, Sm4Gcm};
pub use resealing::{Kept, ResealError, SealedColumn, kept, reseal};
pub use sealed::Sealed;
pub use sealer::{Refused, Sealer};
