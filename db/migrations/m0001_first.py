"""Version 1 of the store: engagement, plan, people, what was exported, and the journal."""

from __future__ import annotations

STATEMENTS = """
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    replica TEXT NOT NULL,
    number INTEGER NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    label TEXT NOT NULL,
    about TEXT NOT NULL,
    undoable INTEGER NOT NULL,
    undoes INTEGER REFERENCES step (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX step_who ON step (who);
CREATE INDEX step_undoes ON step (undoes);
CREATE INDEX step_number ON step (replica, number);
CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    step INTEGER NOT NULL REFERENCES step (id) DEFERRABLE INITIALLY DEFERRED,
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    field TEXT,
    old,
    new,
    base INTEGER REFERENCES change (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX change_row ON change (row);
CREATE INDEX change_step ON change (step);
CREATE INDEX change_tbl ON change (tbl);
CREATE TABLE client (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    family TEXT,
    given TEXT,
    organisation TEXT,
    unit TEXT,
    post TEXT,
    side TEXT,
    mail TEXT,
    phone TEXT,
    birthday TEXT,
    do_not_contact INTEGER NOT NULL,
    note TEXT,
    card_uid TEXT
);
CREATE TABLE contact_point (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    label TEXT,
    value TEXT NOT NULL,
    rank TEXT NOT NULL
);
CREATE INDEX contact_point_person ON contact_point (person_id);
CREATE TABLE former_post (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    organisation TEXT,
    unit TEXT,
    post TEXT,
    since TEXT,
    until TEXT
);
CREATE INDEX former_post_person ON former_post (person_id);
CREATE TABLE consent (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    given INTEGER NOT NULL,
    day TEXT NOT NULL,
    purpose TEXT,
    wording TEXT
);
CREATE INDEX consent_person ON consent (person_id);
CREATE TABLE working_calendar (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    base TEXT NOT NULL
);
CREATE TABLE calendar_exception (
    id TEXT NOT NULL PRIMARY KEY,
    calendar_id TEXT NOT NULL REFERENCES working_calendar (id) DEFERRABLE INITIALLY DEFERRED,
    day TEXT NOT NULL,
    working INTEGER NOT NULL,
    name TEXT
);
CREATE INDEX calendar_exception_calendar ON calendar_exception (calendar_id);
CREATE TABLE engagement (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL,
    status_reason TEXT,
    start TEXT NOT NULL,
    contract_on TEXT,
    calendar_id TEXT NOT NULL REFERENCES working_calendar (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL,
    template TEXT NOT NULL,
    left_out TEXT,
    taken_up_at TEXT
);
CREATE INDEX engagement_client ON engagement (client_id);
CREATE INDEX engagement_calendar ON engagement (calendar_id);
CREATE TABLE phase (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    phase TEXT NOT NULL,
    opened_on TEXT
);
CREATE INDEX phase_engagement ON phase (engagement_id);
CREATE TABLE activity (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    activity TEXT NOT NULL,
    rank TEXT NOT NULL
);
CREATE INDEX activity_engagement ON activity (engagement_id);
CREATE TABLE gate (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    phase TEXT NOT NULL,
    name TEXT NOT NULL,
    needs_proof INTEGER NOT NULL,
    passed_on TEXT,
    signed_by TEXT,
    recorded_by TEXT,
    proof TEXT,
    proof_checksum TEXT,
    reason TEXT,
    before_erptui INTEGER NOT NULL
);
CREATE INDEX gate_engagement ON gate (engagement_id);
CREATE TABLE gate_criterion (
    id TEXT NOT NULL PRIMARY KEY,
    gate_id TEXT NOT NULL REFERENCES gate (id) DEFERRABLE INITIALLY DEFERRED,
    rank TEXT NOT NULL,
    template_id TEXT,
    text TEXT NOT NULL,
    done INTEGER NOT NULL
);
CREATE INDEX gate_criterion_gate ON gate_criterion (gate_id);
CREATE TABLE role (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    side TEXT NOT NULL,
    tier TEXT,
    duty TEXT,
    person_id TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX role_engagement ON role (engagement_id);
CREATE INDEX role_person ON role (person_id);
CREATE TABLE work_package (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    phase TEXT NOT NULL,
    activity TEXT NOT NULL,
    status TEXT NOT NULL,
    rank TEXT NOT NULL,
    duration INTEGER NOT NULL,
    progress INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    not_before TEXT,
    started_on TEXT,
    finished_on TEXT,
    before_erptui INTEGER NOT NULL,
    role_id TEXT REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    owner_id TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    area TEXT,
    done_when TEXT,
    optional INTEGER NOT NULL,
    recurrence TEXT,
    alignment TEXT,
    lasts_from_id TEXT REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED,
    lasts_to_id TEXT REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED,
    template_id TEXT,
    note TEXT
);
CREATE INDEX work_package_role ON work_package (role_id);
CREATE INDEX work_package_owner ON work_package (owner_id);
CREATE INDEX work_package_lasts_from ON work_package (lasts_from_id);
CREATE INDEX work_package_lasts_to ON work_package (lasts_to_id);
CREATE INDEX work_package_board ON work_package (engagement_id, phase, activity, status);
CREATE TABLE dependency (
    id TEXT NOT NULL PRIMARY KEY,
    predecessor_id TEXT NOT NULL REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED,
    successor_id TEXT NOT NULL REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    lag INTEGER NOT NULL
);
CREATE INDEX dependency_predecessor ON dependency (predecessor_id);
CREATE INDEX dependency_successor ON dependency (successor_id);
CREATE TABLE deliverable (
    id TEXT NOT NULL PRIMARY KEY,
    package_id TEXT NOT NULL REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    done INTEGER NOT NULL,
    reference TEXT
);
CREATE INDEX deliverable_package ON deliverable (package_id);
CREATE TABLE touch (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    day TEXT NOT NULL,
    channel TEXT,
    text TEXT,
    next_on TEXT,
    by TEXT NOT NULL
);
CREATE INDEX touch_engagement ON touch (engagement_id);
CREATE TABLE touch_person (
    id TEXT NOT NULL PRIMARY KEY,
    touch_id TEXT NOT NULL REFERENCES touch (id) DEFERRABLE INITIALLY DEFERRED,
    person_id TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX touch_person_touch ON touch_person (touch_id);
CREATE INDEX touch_person_person ON touch_person (person_id);
CREATE TABLE note (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    person_id TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    about_table TEXT,
    about_row TEXT,
    mark TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    rank TEXT NOT NULL,
    became_table TEXT,
    became_row TEXT
);
CREATE INDEX note_engagement ON note (engagement_id);
CREATE INDEX note_person ON note (person_id);
CREATE TABLE promise (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    side TEXT NOT NULL,
    person_id TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    owner_id TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    due TEXT,
    state TEXT NOT NULL,
    settled_on TEXT,
    note_id TEXT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX promise_engagement ON promise (engagement_id);
CREATE INDEX promise_person ON promise (person_id);
CREATE INDEX promise_owner ON promise (owner_id);
CREATE INDEX promise_note ON promise (note_id);
CREATE TABLE decision (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    options TEXT,
    decider_id TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    due TEXT,
    decided_on TEXT,
    outcome TEXT,
    note_id TEXT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX decision_engagement ON decision (engagement_id);
CREATE INDEX decision_decider ON decision (decider_id);
CREATE INDEX decision_note ON decision (note_id);
CREATE TABLE decision_wait (
    id TEXT NOT NULL PRIMARY KEY,
    decision_id TEXT NOT NULL REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED,
    package_id TEXT NOT NULL REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX decision_wait_decision ON decision_wait (decision_id);
CREATE INDEX decision_wait_package ON decision_wait (package_id);
CREATE INDEX touch_day ON touch (day);
CREATE INDEX note_about ON note (about_row);
CREATE TABLE published_event (
    id TEXT NOT NULL PRIMARY KEY,
    engagement TEXT NOT NULL,
    uid TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    changed TEXT NOT NULL
);
CREATE INDEX published_event_engagement ON published_event (engagement);
"""
