-- 核实导入的旧信息: what was held back when it was taken over, asked for at each page of the workbench and at
-- the draft it became.
CREATE INDEX record_takeover_draft ON record_takeover (draft);
