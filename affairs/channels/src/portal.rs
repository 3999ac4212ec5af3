//! What the public sees of 公开渠道: each page a struct beside its template.
