//! 机构图: the organs as known now, by code, so that a tie is told without asking the database.

use std::collections::HashMap;

use store::{Statements, StoreError};

use crate::{Organ, setting};

/// All organs, and which of them operates the platform.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    organs: HashMap<String, Organ>,
    operator: Option<String>,
}

impl Chart {
    /// Reads the organs as they are now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn read(from: &impl Statements) -> Result<Self, StoreError> {
        let operator = setting::operator(from).await?;
        Ok(Self::of(Organ::all(from).await?, operator))
    }

    /// A chart of these organs.
    pub fn of(organs: Vec<Organ>, operator: Option<String>) -> Self {
        let organs = organs.into_iter().map(|organ| (organ.code.clone(), organ)).collect();
        Self { organs, operator }
    }

    /// One organ by its code.
    pub fn organ(&self, code: &str) -> Option<&Organ> {
        self.organs.get(code)
    }

    /// The code of the organ that operates the platform; empty while none does.
    pub fn operator(&self) -> &str {
        self.operator.as_deref().unwrap_or_default()
    }
}
