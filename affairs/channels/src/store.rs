//! The queries of 公开渠道; only this room reads and writes its tables.
