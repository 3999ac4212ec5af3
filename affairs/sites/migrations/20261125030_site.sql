-- 政府网站: one for each division that keeps one; its address prefix is its key.
CREATE TABLE site (
    base         TEXT PRIMARY KEY,          -- '', '/siming', '/siming/xiagang'
    division     TEXT NOT NULL UNIQUE REFERENCES division (code),
    organ        TEXT NOT NULL REFERENCES organ (code),
    name         TEXT NOT NULL,             -- 规范名称
    host         TEXT UNIQUE,               -- a host name of its own, if it has one
    origin       TEXT,                      -- https://www.xm.gov.cn
    domain       TEXT NOT NULL,             -- 英文域名
    id_code      TEXT NOT NULL,             -- 网站标识码
    sponsor      TEXT NOT NULL,             -- 主办单位
    operator     TEXT,                      -- 承办单位
    office       TEXT NOT NULL,             -- 公开工作机构
    phone        TEXT,
    hours        TEXT,
    address      TEXT,
    postcode     TEXT,
    icp          TEXT,                      -- ICP备案号
    police       TEXT,                      -- 公安备案号
    error_report TEXT,                      -- 我为政府网站找错
    opened_on    TEXT NOT NULL,
    demo         BIGINT NOT NULL
);
