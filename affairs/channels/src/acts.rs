//! What can be done in 公开渠道: one file for each act, named by its noun.
