"""Version 2: how an engagement ended, what a package waits for, and what Today and the board need to know."""

from __future__ import annotations

STATEMENTS = """
ALTER TABLE engagement ADD COLUMN status_on TEXT;
ALTER TABLE engagement ADD COLUMN status_cause TEXT;
ALTER TABLE engagement ADD COLUMN ask_again_on TEXT;
ALTER TABLE engagement ADD COLUMN parent_id TEXT REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX engagement_parent ON engagement (parent_id);
ALTER TABLE work_package ADD COLUMN remaining INTEGER;
ALTER TABLE work_package ADD COLUMN waits_for TEXT;
CREATE TABLE rule_setting (
    id TEXT NOT NULL PRIMARY KEY,
    engagement TEXT,
    rule TEXT NOT NULL,
    muted INTEGER NOT NULL,
    threshold_class TEXT,
    threshold INTEGER
);
CREATE INDEX rule_setting_engagement ON rule_setting (engagement);
CREATE TABLE snooze (
    id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    about_table TEXT NOT NULL,
    about_row TEXT NOT NULL,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL
);
CREATE INDEX snooze_about ON snooze (about_row);
CREATE TABLE wip_limit (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL,
    most INTEGER NOT NULL
);
CREATE INDEX wip_limit_engagement ON wip_limit (engagement_id);
"""
