-- A second factor that is being bound: shown, and not confirmed by a code yet.
ALTER TABLE session ADD COLUMN pending TEXT NOT NULL DEFAULT '';

-- Wrong tries to enter from one address, so that one address cannot try many accounts.
CREATE TABLE sign_in_address (
    address      TEXT PRIMARY KEY,
    failures     BIGINT NOT NULL,
    since        TEXT NOT NULL,
    locked_until TEXT
);

-- A unit that a second person has not confirmed yet is offered for no post (机构变更要有人核对).
ALTER TABLE unit ADD COLUMN proposed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN confirmed_by TEXT NOT NULL DEFAULT '';

-- 导出审计记录: asked for by an auditor, agreed by the audit administrator.
CREATE TABLE audit_export (
    id           TEXT PRIMARY KEY,
    requested_by TEXT NOT NULL REFERENCES person (id),
    requested_at TEXT NOT NULL,
    first_day    TEXT NOT NULL,
    last_day     TEXT NOT NULL,
    reason       TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    decided_by   TEXT,
    decided_at   TEXT
);

-- 修改安全设置: proposed by one security administrator, confirmed by a second.
CREATE TABLE setting_change (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    value       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    proposed_by TEXT NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    decided_by  TEXT
);
