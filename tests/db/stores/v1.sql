-- A store as erptui wrote it at store version 1.
PRAGMA application_id=1163022420;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE activity (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    activity TEXT NOT NULL,
    rank TEXT NOT NULL
);
INSERT INTO "activity" VALUES('00000000-0000-4000-8000-000000000008','00000000-0000-4000-8000-000000000004','C1','V');
CREATE TABLE calendar_exception (
    id TEXT NOT NULL PRIMARY KEY,
    calendar_id TEXT NOT NULL REFERENCES working_calendar (id) DEFERRABLE INITIALLY DEFERRED,
    day TEXT NOT NULL,
    working INTEGER NOT NULL,
    name TEXT
);
INSERT INTO "calendar_exception" VALUES('00000000-0000-4000-8000-000000000003','00000000-0000-4000-8000-000000000002','2026-12-31',0,'Stock-taking');
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
INSERT INTO "change" VALUES(1,1,'client','00000000-0000-4000-8000-000000000001',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000001","name":"华信精密"}',NULL);
INSERT INTO "change" VALUES(2,1,'working_calendar','00000000-0000-4000-8000-000000000002',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000002","name":"China","base":"cn"}',NULL);
INSERT INTO "change" VALUES(3,1,'calendar_exception','00000000-0000-4000-8000-000000000003',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000003","calendar_id":"00000000-0000-4000-8000-000000000002","day":"2026-12-31","working":0,"name":"Stock-taking"}',NULL);
INSERT INTO "change" VALUES(4,1,'engagement','00000000-0000-4000-8000-000000000004',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000004","code":"HX26","name":"华信 ERP","client_id":"00000000-0000-4000-8000-000000000001","status":"won","status_reason":"Service before price","start":"2026-11-24","contract_on":"2026-11-20","calendar_id":"00000000-0000-4000-8000-000000000002","language":"zh","template":"standard 1","left_out":"A3.4","taken_up_at":"B1"}',NULL);
INSERT INTO "change" VALUES(5,1,'engagement','00000000-0000-4000-8000-000000000005',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000005","code":"NP27","name":"New plant","client_id":"00000000-0000-4000-8000-000000000001","status":"lead","status_reason":null,"start":"2026-12-01","contract_on":null,"calendar_id":"00000000-0000-4000-8000-000000000002","language":"en","template":"standard 1","left_out":null,"taken_up_at":null}',NULL);
INSERT INTO "change" VALUES(6,1,'phase','00000000-0000-4000-8000-000000000006',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000006","engagement_id":"00000000-0000-4000-8000-000000000004","phase":"A","opened_on":"2026-11-24"}',NULL);
INSERT INTO "change" VALUES(7,1,'phase','00000000-0000-4000-8000-000000000007',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000007","engagement_id":"00000000-0000-4000-8000-000000000004","phase":"B","opened_on":null}',NULL);
INSERT INTO "change" VALUES(8,1,'activity','00000000-0000-4000-8000-000000000008',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000008","engagement_id":"00000000-0000-4000-8000-000000000004","activity":"C1","rank":"V"}',NULL);
INSERT INTO "change" VALUES(9,1,'gate','00000000-0000-4000-8000-000000000009',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000009","engagement_id":"00000000-0000-4000-8000-000000000004","phase":"A","name":"Pursuit gate","needs_proof":1,"passed_on":"2026-11-24","signed_by":"Wang Lei","recorded_by":"Anna","proof":"letter.pdf","proof_checksum":"0000000000000000000000000000000000000000000000000000000000000000","reason":null,"before_erptui":0}',NULL);
INSERT INTO "change" VALUES(10,1,'gate_criterion','00000000-0000-4000-8000-000000000010',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000010","gate_id":"00000000-0000-4000-8000-000000000009","rank":"V","template_id":"GA.1","text":"Contract signed","done":1}',NULL);
INSERT INTO "change" VALUES(11,2,'person','00000000-0000-4000-8000-000000000011',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000011","name":"陈伟","family":"陈","given":"伟","organisation":"华信精密","unit":"Production / Planning","post":"Planner","side":"client","mail":"chen@example.com","phone":"+86 138 0000 0001","birthday":"05-12","do_not_contact":0,"note":"Likes\ntea","card_uid":"card-1"}',NULL);
INSERT INTO "change" VALUES(12,2,'person','00000000-0000-4000-8000-000000000012',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000012","name":"Li Na","family":null,"given":null,"organisation":null,"unit":null,"post":null,"side":"vendor","mail":null,"phone":null,"birthday":null,"do_not_contact":1,"note":null,"card_uid":null}',NULL);
INSERT INTO "change" VALUES(13,2,'contact_point','00000000-0000-4000-8000-000000000013',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000013","person_id":"00000000-0000-4000-8000-000000000011","kind":"mobile","label":"Work","value":"13800138000","rank":"V"}',NULL);
INSERT INTO "change" VALUES(14,2,'former_post','00000000-0000-4000-8000-000000000014',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000014","person_id":"00000000-0000-4000-8000-000000000011","organisation":"Before Ltd","unit":"Store","post":"Clerk","since":"2019-01-01","until":"2024-06-30"}',NULL);
INSERT INTO "change" VALUES(15,2,'consent','00000000-0000-4000-8000-000000000015',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000015","person_id":"00000000-0000-4000-8000-000000000011","given":1,"day":"2026-11-24","purpose":"the project","wording":"Yes, of course"}',NULL);
INSERT INTO "change" VALUES(16,2,'role','00000000-0000-4000-8000-000000000016',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000016","engagement_id":"00000000-0000-4000-8000-000000000004","code":"PMC","name":"Planning","side":"client","tier":"implementation","duty":"Plans","person_id":"00000000-0000-4000-8000-000000000011"}',NULL);
INSERT INTO "change" VALUES(17,3,'work_package','00000000-0000-4000-8000-000000000017',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000017","engagement_id":"00000000-0000-4000-8000-000000000004","code":"C1.1","name":"Clean the material master","phase":"C","activity":"C1","status":"doing","rank":"V","duration":960,"progress":40,"milestone":0,"not_before":"2026-12-01","started_on":"2026-12-02","finished_on":null,"before_erptui":0,"role_id":"00000000-0000-4000-8000-000000000016","owner_id":"00000000-0000-4000-8000-000000000011","area":"quality","done_when":"98 % clean","optional":0,"recurrence":null,"alignment":null,"lasts_from_id":null,"lasts_to_id":null,"template_id":"C1.1","note":"Ask the store"}',NULL);
INSERT INTO "change" VALUES(18,3,'work_package','00000000-0000-4000-8000-000000000018',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000018","engagement_id":"00000000-0000-4000-8000-000000000004","code":"C1.2","name":"Stock list 库存","phase":"C","activity":"C1","status":"waiting","rank":"W","duration":480,"progress":0,"milestone":1,"not_before":null,"started_on":null,"finished_on":null,"before_erptui":0,"role_id":null,"owner_id":null,"area":null,"done_when":null,"optional":1,"recurrence":"weekly","alignment":null,"lasts_from_id":"00000000-0000-4000-8000-000000000017","lasts_to_id":"00000000-0000-4000-8000-000000000017","template_id":null,"note":null}',NULL);
INSERT INTO "change" VALUES(19,3,'dependency','00000000-0000-4000-8000-000000000019',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000019","predecessor_id":"00000000-0000-4000-8000-000000000017","successor_id":"00000000-0000-4000-8000-000000000018","kind":"FS","lag":-480}',NULL);
INSERT INTO "change" VALUES(20,3,'deliverable','00000000-0000-4000-8000-000000000020',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000020","package_id":"00000000-0000-4000-8000-000000000017","name":"Clean list","done":1,"reference":"lists/clean.xlsx"}',NULL);
INSERT INTO "change" VALUES(21,4,'touch','00000000-0000-4000-8000-000000000021',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000021","engagement_id":"00000000-0000-4000-8000-000000000004","day":"2026-11-24","channel":"wechat","text":"Wants the list\nby Friday","next_on":"2026-12-08","by":"Anna"}',NULL);
INSERT INTO "change" VALUES(22,4,'touch_person','00000000-0000-4000-8000-000000000022',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000022","touch_id":"00000000-0000-4000-8000-000000000021","person_id":"00000000-0000-4000-8000-000000000011"}',NULL);
INSERT INTO "change" VALUES(23,4,'note','00000000-0000-4000-8000-000000000023',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000023","engagement_id":"00000000-0000-4000-8000-000000000004","person_id":"00000000-0000-4000-8000-000000000011","about_table":"work_package","about_row":"00000000-0000-4000-8000-000000000017","mark":"promise","text":"! sends the list fri","at":"2026-11-24T09:00:00Z","rank":"V","became_table":"promise","became_row":"00000000-0000-4000-8000-000000000024"}',NULL);
INSERT INTO "change" VALUES(24,4,'promise','00000000-0000-4000-8000-000000000024',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000024","engagement_id":"00000000-0000-4000-8000-000000000004","text":"Sends the list","side":"theirs","person_id":"00000000-0000-4000-8000-000000000011","owner_id":"00000000-0000-4000-8000-000000000012","due":"2026-11-27","state":"open","settled_on":null,"note_id":"00000000-0000-4000-8000-000000000023"}',NULL);
INSERT INTO "change" VALUES(25,4,'decision','00000000-0000-4000-8000-000000000025',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000025","engagement_id":"00000000-0000-4000-8000-000000000004","text":"Which unit of stock","options":"kg\npiece","decider_id":"00000000-0000-4000-8000-000000000011","due":"2026-12-04","decided_on":null,"outcome":null,"note_id":"00000000-0000-4000-8000-000000000023"}',NULL);
INSERT INTO "change" VALUES(26,4,'decision_wait','00000000-0000-4000-8000-000000000026',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000026","decision_id":"00000000-0000-4000-8000-000000000025","package_id":"00000000-0000-4000-8000-000000000018"}',NULL);
INSERT INTO "change" VALUES(27,5,'published_event','00000000-0000-4000-8000-000000000027',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000027","engagement":"00000000-0000-4000-8000-000000000004","uid":"1@erptui","fingerprint":"a","sequence":2,"changed":"2026-11-24T09:00:00Z"}',NULL);
INSERT INTO "change" VALUES(28,6,'work_package','00000000-0000-4000-8000-000000000017','progress',40,60,17);
INSERT INTO "change" VALUES(29,7,'work_package','00000000-0000-4000-8000-000000000017','progress',60,40,28);
INSERT INTO "change" VALUES(30,8,'work_package','00000000-0000-4000-8000-000000000017','progress',40,60,29);
INSERT INTO "change" VALUES(31,9,'work_package','00000000-0000-4000-8000-000000000017','progress',60,40,30);
INSERT INTO "change" VALUES(32,10,'work_package','00000000-0000-4000-8000-000000000018','lasts_from_id','00000000-0000-4000-8000-000000000017',NULL,18);
INSERT INTO "change" VALUES(33,10,'work_package','00000000-0000-4000-8000-000000000018','lasts_to_id','00000000-0000-4000-8000-000000000017',NULL,18);
INSERT INTO "change" VALUES(34,10,'deliverable','00000000-0000-4000-8000-000000000020',NULL,'{"id":"00000000-0000-4000-8000-000000000020","package_id":"00000000-0000-4000-8000-000000000017","name":"Clean list","done":1,"reference":"lists/clean.xlsx"}',NULL,20);
INSERT INTO "change" VALUES(35,10,'dependency','00000000-0000-4000-8000-000000000019',NULL,'{"id":"00000000-0000-4000-8000-000000000019","predecessor_id":"00000000-0000-4000-8000-000000000017","successor_id":"00000000-0000-4000-8000-000000000018","kind":"FS","lag":-480}',NULL,19);
INSERT INTO "change" VALUES(36,10,'work_package','00000000-0000-4000-8000-000000000017',NULL,'{"id":"00000000-0000-4000-8000-000000000017","engagement_id":"00000000-0000-4000-8000-000000000004","code":"C1.1","name":"Clean the material master","phase":"C","activity":"C1","status":"doing","rank":"V","duration":960,"progress":40,"milestone":0,"not_before":"2026-12-01","started_on":"2026-12-02","finished_on":null,"before_erptui":0,"role_id":"00000000-0000-4000-8000-000000000016","owner_id":"00000000-0000-4000-8000-000000000011","area":"quality","done_when":"98 % clean","optional":0,"recurrence":null,"alignment":null,"lasts_from_id":null,"lasts_to_id":null,"template_id":"C1.1","note":"Ask the store"}',NULL,31);
INSERT INTO "change" VALUES(37,11,'work_package','00000000-0000-4000-8000-000000000018','lasts_from_id',NULL,'00000000-0000-4000-8000-000000000017',32);
INSERT INTO "change" VALUES(38,11,'work_package','00000000-0000-4000-8000-000000000018','lasts_to_id',NULL,'00000000-0000-4000-8000-000000000017',33);
INSERT INTO "change" VALUES(39,11,'work_package','00000000-0000-4000-8000-000000000017',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000017","engagement_id":"00000000-0000-4000-8000-000000000004","code":"C1.1","name":"Clean the material master","phase":"C","activity":"C1","status":"doing","rank":"V","duration":960,"progress":40,"milestone":0,"not_before":"2026-12-01","started_on":"2026-12-02","finished_on":null,"before_erptui":0,"role_id":"00000000-0000-4000-8000-000000000016","owner_id":"00000000-0000-4000-8000-000000000011","area":"quality","done_when":"98 % clean","optional":0,"recurrence":null,"alignment":null,"lasts_from_id":null,"lasts_to_id":null,"template_id":"C1.1","note":"Ask the store"}',36);
INSERT INTO "change" VALUES(40,11,'deliverable','00000000-0000-4000-8000-000000000020',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000020","package_id":"00000000-0000-4000-8000-000000000017","name":"Clean list","done":1,"reference":"lists/clean.xlsx"}',34);
INSERT INTO "change" VALUES(41,11,'dependency','00000000-0000-4000-8000-000000000019',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000019","predecessor_id":"00000000-0000-4000-8000-000000000017","successor_id":"00000000-0000-4000-8000-000000000018","kind":"FS","lag":-480}',35);
INSERT INTO "change" VALUES(42,12,'role','00000000-0000-4000-8000-000000000016','person_id','00000000-0000-4000-8000-000000000011',NULL,16);
INSERT INTO "change" VALUES(43,12,'work_package','00000000-0000-4000-8000-000000000017','owner_id','00000000-0000-4000-8000-000000000011',NULL,39);
INSERT INTO "change" VALUES(44,12,'note','00000000-0000-4000-8000-000000000023','person_id','00000000-0000-4000-8000-000000000011',NULL,23);
INSERT INTO "change" VALUES(45,12,'promise','00000000-0000-4000-8000-000000000024','person_id','00000000-0000-4000-8000-000000000011',NULL,24);
INSERT INTO "change" VALUES(46,12,'decision','00000000-0000-4000-8000-000000000025','decider_id','00000000-0000-4000-8000-000000000011',NULL,25);
INSERT INTO "change" VALUES(47,12,'touch_person','00000000-0000-4000-8000-000000000022',NULL,'{"id":"00000000-0000-4000-8000-000000000022","touch_id":"00000000-0000-4000-8000-000000000021","person_id":"00000000-0000-4000-8000-000000000011"}',NULL,22);
INSERT INTO "change" VALUES(48,12,'consent','00000000-0000-4000-8000-000000000015',NULL,'{"id":"00000000-0000-4000-8000-000000000015","person_id":"00000000-0000-4000-8000-000000000011","given":1,"day":"2026-11-24","purpose":"the project","wording":"Yes, of course"}',NULL,15);
INSERT INTO "change" VALUES(49,12,'former_post','00000000-0000-4000-8000-000000000014',NULL,'{"id":"00000000-0000-4000-8000-000000000014","person_id":"00000000-0000-4000-8000-000000000011","organisation":"Before Ltd","unit":"Store","post":"Clerk","since":"2019-01-01","until":"2024-06-30"}',NULL,14);
INSERT INTO "change" VALUES(50,12,'contact_point','00000000-0000-4000-8000-000000000013',NULL,'{"id":"00000000-0000-4000-8000-000000000013","person_id":"00000000-0000-4000-8000-000000000011","kind":"mobile","label":"Work","value":"13800138000","rank":"V"}',NULL,13);
INSERT INTO "change" VALUES(51,12,'person','00000000-0000-4000-8000-000000000011',NULL,'{"id":"00000000-0000-4000-8000-000000000011","name":"陈伟","family":"陈","given":"伟","organisation":"华信精密","unit":"Production / Planning","post":"Planner","side":"client","mail":"chen@example.com","phone":"+86 138 0000 0001","birthday":"05-12","do_not_contact":0,"note":"Likes\ntea","card_uid":"card-1"}',NULL,11);
INSERT INTO "change" VALUES(52,13,'role','00000000-0000-4000-8000-000000000016','person_id',NULL,'00000000-0000-4000-8000-000000000011',42);
INSERT INTO "change" VALUES(53,13,'work_package','00000000-0000-4000-8000-000000000017','owner_id',NULL,'00000000-0000-4000-8000-000000000011',43);
INSERT INTO "change" VALUES(54,13,'note','00000000-0000-4000-8000-000000000023','person_id',NULL,'00000000-0000-4000-8000-000000000011',44);
INSERT INTO "change" VALUES(55,13,'promise','00000000-0000-4000-8000-000000000024','person_id',NULL,'00000000-0000-4000-8000-000000000011',45);
INSERT INTO "change" VALUES(56,13,'decision','00000000-0000-4000-8000-000000000025','decider_id',NULL,'00000000-0000-4000-8000-000000000011',46);
INSERT INTO "change" VALUES(57,13,'touch_person','00000000-0000-4000-8000-000000000022',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000022","touch_id":"00000000-0000-4000-8000-000000000021","person_id":"00000000-0000-4000-8000-000000000011"}',47);
INSERT INTO "change" VALUES(58,13,'consent','00000000-0000-4000-8000-000000000015',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000015","person_id":"00000000-0000-4000-8000-000000000011","given":1,"day":"2026-11-24","purpose":"the project","wording":"Yes, of course"}',48);
INSERT INTO "change" VALUES(59,13,'former_post','00000000-0000-4000-8000-000000000014',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000014","person_id":"00000000-0000-4000-8000-000000000011","organisation":"Before Ltd","unit":"Store","post":"Clerk","since":"2019-01-01","until":"2024-06-30"}',49);
INSERT INTO "change" VALUES(60,13,'contact_point','00000000-0000-4000-8000-000000000013',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000013","person_id":"00000000-0000-4000-8000-000000000011","kind":"mobile","label":"Work","value":"13800138000","rank":"V"}',50);
INSERT INTO "change" VALUES(61,13,'person','00000000-0000-4000-8000-000000000011',NULL,NULL,'{"id":"00000000-0000-4000-8000-000000000011","name":"陈伟","family":"陈","given":"伟","organisation":"华信精密","unit":"Production / Planning","post":"Planner","side":"client","mail":"chen@example.com","phone":"+86 138 0000 0001","birthday":"05-12","do_not_contact":0,"note":"Likes\ntea","card_uid":"card-1"}',51);
INSERT INTO "change" VALUES(62,14,'engagement','00000000-0000-4000-8000-000000000005',NULL,'{"id":"00000000-0000-4000-8000-000000000005","code":"NP27","name":"New plant","client_id":"00000000-0000-4000-8000-000000000001","status":"lead","status_reason":null,"start":"2026-12-01","contract_on":null,"calendar_id":"00000000-0000-4000-8000-000000000002","language":"en","template":"standard 1","left_out":null,"taken_up_at":null}',NULL,5);
CREATE TABLE client (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);
INSERT INTO "client" VALUES('00000000-0000-4000-8000-000000000001','华信精密');
CREATE TABLE consent (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    given INTEGER NOT NULL,
    day TEXT NOT NULL,
    purpose TEXT,
    wording TEXT
);
INSERT INTO "consent" VALUES('00000000-0000-4000-8000-000000000015','00000000-0000-4000-8000-000000000011',1,'2026-11-24','the project','Yes, of course');
CREATE TABLE contact_point (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    label TEXT,
    value TEXT NOT NULL,
    rank TEXT NOT NULL
);
INSERT INTO "contact_point" VALUES('00000000-0000-4000-8000-000000000013','00000000-0000-4000-8000-000000000011','mobile','Work','13800138000','V');
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
INSERT INTO "decision" VALUES('00000000-0000-4000-8000-000000000025','00000000-0000-4000-8000-000000000004','Which unit of stock','kg
piece','00000000-0000-4000-8000-000000000011','2026-12-04',NULL,NULL,'00000000-0000-4000-8000-000000000023');
CREATE TABLE decision_wait (
    id TEXT NOT NULL PRIMARY KEY,
    decision_id TEXT NOT NULL REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED,
    package_id TEXT NOT NULL REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "decision_wait" VALUES('00000000-0000-4000-8000-000000000026','00000000-0000-4000-8000-000000000025','00000000-0000-4000-8000-000000000018');
CREATE TABLE deliverable (
    id TEXT NOT NULL PRIMARY KEY,
    package_id TEXT NOT NULL REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    done INTEGER NOT NULL,
    reference TEXT
);
INSERT INTO "deliverable" VALUES('00000000-0000-4000-8000-000000000020','00000000-0000-4000-8000-000000000017','Clean list',1,'lists/clean.xlsx');
CREATE TABLE dependency (
    id TEXT NOT NULL PRIMARY KEY,
    predecessor_id TEXT NOT NULL REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED,
    successor_id TEXT NOT NULL REFERENCES work_package (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    lag INTEGER NOT NULL
);
INSERT INTO "dependency" VALUES('00000000-0000-4000-8000-000000000019','00000000-0000-4000-8000-000000000017','00000000-0000-4000-8000-000000000018','FS',-480);
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
INSERT INTO "engagement" VALUES('00000000-0000-4000-8000-000000000004','HX26','华信 ERP','00000000-0000-4000-8000-000000000001','won','Service before price','2026-11-24','2026-11-20','00000000-0000-4000-8000-000000000002','zh','standard 1','A3.4','B1');
CREATE TABLE former_post (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    organisation TEXT,
    unit TEXT,
    post TEXT,
    since TEXT,
    until TEXT
);
INSERT INTO "former_post" VALUES('00000000-0000-4000-8000-000000000014','00000000-0000-4000-8000-000000000011','Before Ltd','Store','Clerk','2019-01-01','2024-06-30');
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
INSERT INTO "gate" VALUES('00000000-0000-4000-8000-000000000009','00000000-0000-4000-8000-000000000004','A','Pursuit gate',1,'2026-11-24','Wang Lei','Anna','letter.pdf','0000000000000000000000000000000000000000000000000000000000000000',NULL,0);
CREATE TABLE gate_criterion (
    id TEXT NOT NULL PRIMARY KEY,
    gate_id TEXT NOT NULL REFERENCES gate (id) DEFERRABLE INITIALLY DEFERRED,
    rank TEXT NOT NULL,
    template_id TEXT,
    text TEXT NOT NULL,
    done INTEGER NOT NULL
);
INSERT INTO "gate_criterion" VALUES('00000000-0000-4000-8000-000000000010','00000000-0000-4000-8000-000000000009','V','GA.1','Contract signed',1);
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO "meta" VALUES('store','11111111-1111-4111-8111-111111111111');
INSERT INTO "meta" VALUES('replica','22222222-2222-4222-8222-222222222222');
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
INSERT INTO "note" VALUES('00000000-0000-4000-8000-000000000023','00000000-0000-4000-8000-000000000004','00000000-0000-4000-8000-000000000011','work_package','00000000-0000-4000-8000-000000000017','promise','! sends the list fri','2026-11-24T09:00:00Z','V','promise','00000000-0000-4000-8000-000000000024');
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
INSERT INTO "person" VALUES('00000000-0000-4000-8000-000000000012','Li Na',NULL,NULL,NULL,NULL,NULL,'vendor',NULL,NULL,NULL,1,NULL,NULL);
INSERT INTO "person" VALUES('00000000-0000-4000-8000-000000000011','陈伟','陈','伟','华信精密','Production / Planning','Planner','client','chen@example.com','+86 138 0000 0001','05-12',0,'Likes
tea','card-1');
CREATE TABLE phase (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    phase TEXT NOT NULL,
    opened_on TEXT
);
INSERT INTO "phase" VALUES('00000000-0000-4000-8000-000000000006','00000000-0000-4000-8000-000000000004','A','2026-11-24');
INSERT INTO "phase" VALUES('00000000-0000-4000-8000-000000000007','00000000-0000-4000-8000-000000000004','B',NULL);
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
INSERT INTO "promise" VALUES('00000000-0000-4000-8000-000000000024','00000000-0000-4000-8000-000000000004','Sends the list','theirs','00000000-0000-4000-8000-000000000011','00000000-0000-4000-8000-000000000012','2026-11-27','open',NULL,'00000000-0000-4000-8000-000000000023');
CREATE TABLE published_event (
    id TEXT NOT NULL PRIMARY KEY,
    engagement TEXT NOT NULL,
    uid TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    changed TEXT NOT NULL
);
INSERT INTO "published_event" VALUES('00000000-0000-4000-8000-000000000027','00000000-0000-4000-8000-000000000004','1@erptui','a',2,'2026-11-24T09:00:00Z');
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
INSERT INTO "role" VALUES('00000000-0000-4000-8000-000000000016','00000000-0000-4000-8000-000000000004','PMC','Planning','client','implementation','Plans','00000000-0000-4000-8000-000000000011');
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
INSERT INTO "step" VALUES(1,'22222222-2222-4222-8222-222222222222',1,'Anna','2026-11-24T09:00:00Z','Open engagement','HX26',1,NULL);
INSERT INTO "step" VALUES(2,'22222222-2222-4222-8222-222222222222',2,'Anna','2026-11-24T09:01:00Z','Add people','',1,NULL);
INSERT INTO "step" VALUES(3,'22222222-2222-4222-8222-222222222222',3,'Anna','2026-11-24T09:02:00Z','Add packages','',1,NULL);
INSERT INTO "step" VALUES(4,'22222222-2222-4222-8222-222222222222',4,'Anna','2026-11-24T09:03:00Z','Log a touch','',1,NULL);
INSERT INTO "step" VALUES(5,'22222222-2222-4222-8222-222222222222',5,'Anna','2026-11-24T09:04:00Z','Note export','',0,NULL);
INSERT INTO "step" VALUES(6,'22222222-2222-4222-8222-222222222222',6,'Li','2026-11-24T09:05:00Z','Set progress','C1.1',1,NULL);
INSERT INTO "step" VALUES(7,'22222222-2222-4222-8222-222222222222',7,'Li','2026-11-24T09:06:00Z','Undo','Set progress C1.1',1,6);
INSERT INTO "step" VALUES(8,'22222222-2222-4222-8222-222222222222',8,'Li','2026-11-24T09:07:00Z','Redo','Set progress C1.1',1,7);
INSERT INTO "step" VALUES(9,'22222222-2222-4222-8222-222222222222',9,'Li','2026-11-24T09:08:00Z','Undo','Set progress C1.1',1,8);
INSERT INTO "step" VALUES(10,'22222222-2222-4222-8222-222222222222',10,'Li','2026-11-24T09:09:00Z','Delete package','C1.1',1,NULL);
INSERT INTO "step" VALUES(11,'22222222-2222-4222-8222-222222222222',11,'Li','2026-11-24T09:10:00Z','Undo','Delete package C1.1',1,10);
INSERT INTO "step" VALUES(12,'22222222-2222-4222-8222-222222222222',12,'Li','2026-11-24T09:11:00Z','Delete person','陈伟',1,NULL);
INSERT INTO "step" VALUES(13,'22222222-2222-4222-8222-222222222222',13,'Li','2026-11-24T09:12:00Z','Undo','Delete person 陈伟',1,12);
INSERT INTO "step" VALUES(14,'22222222-2222-4222-8222-222222222222',14,'Li','2026-11-24T09:13:00Z','Delete lead','NP27',1,NULL);
CREATE TABLE touch (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT REFERENCES engagement (id) DEFERRABLE INITIALLY DEFERRED,
    day TEXT NOT NULL,
    channel TEXT,
    text TEXT,
    next_on TEXT,
    by TEXT NOT NULL
);
INSERT INTO "touch" VALUES('00000000-0000-4000-8000-000000000021','00000000-0000-4000-8000-000000000004','2026-11-24','wechat','Wants the list
by Friday','2026-12-08','Anna');
CREATE TABLE touch_person (
    id TEXT NOT NULL PRIMARY KEY,
    touch_id TEXT NOT NULL REFERENCES touch (id) DEFERRABLE INITIALLY DEFERRED,
    person_id TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "touch_person" VALUES('00000000-0000-4000-8000-000000000022','00000000-0000-4000-8000-000000000021','00000000-0000-4000-8000-000000000011');
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
INSERT INTO "work_package" VALUES('00000000-0000-4000-8000-000000000018','00000000-0000-4000-8000-000000000004','C1.2','Stock list 库存','C','C1','waiting','W',480,0,1,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,1,'weekly',NULL,'00000000-0000-4000-8000-000000000017','00000000-0000-4000-8000-000000000017',NULL,NULL);
INSERT INTO "work_package" VALUES('00000000-0000-4000-8000-000000000017','00000000-0000-4000-8000-000000000004','C1.1','Clean the material master','C','C1','doing','V',960,40,0,'2026-12-01','2026-12-02',NULL,0,'00000000-0000-4000-8000-000000000016','00000000-0000-4000-8000-000000000011','quality','98 % clean',0,NULL,NULL,NULL,NULL,'C1.1','Ask the store');
CREATE TABLE working_calendar (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    base TEXT NOT NULL
);
INSERT INTO "working_calendar" VALUES('00000000-0000-4000-8000-000000000002','China','cn');
CREATE INDEX step_who ON step (who);
CREATE INDEX step_undoes ON step (undoes);
CREATE INDEX step_number ON step (replica, number);
CREATE INDEX change_row ON change (row);
CREATE INDEX change_step ON change (step);
CREATE INDEX change_tbl ON change (tbl);
CREATE INDEX contact_point_person ON contact_point (person_id);
CREATE INDEX former_post_person ON former_post (person_id);
CREATE INDEX consent_person ON consent (person_id);
CREATE INDEX calendar_exception_calendar ON calendar_exception (calendar_id);
CREATE INDEX engagement_client ON engagement (client_id);
CREATE INDEX engagement_calendar ON engagement (calendar_id);
CREATE INDEX phase_engagement ON phase (engagement_id);
CREATE INDEX activity_engagement ON activity (engagement_id);
CREATE INDEX gate_engagement ON gate (engagement_id);
CREATE INDEX gate_criterion_gate ON gate_criterion (gate_id);
CREATE INDEX role_engagement ON role (engagement_id);
CREATE INDEX role_person ON role (person_id);
CREATE INDEX work_package_role ON work_package (role_id);
CREATE INDEX work_package_owner ON work_package (owner_id);
CREATE INDEX work_package_lasts_from ON work_package (lasts_from_id);
CREATE INDEX work_package_lasts_to ON work_package (lasts_to_id);
CREATE INDEX work_package_board ON work_package (engagement_id, phase, activity, status);
CREATE INDEX dependency_predecessor ON dependency (predecessor_id);
CREATE INDEX dependency_successor ON dependency (successor_id);
CREATE INDEX deliverable_package ON deliverable (package_id);
CREATE INDEX touch_engagement ON touch (engagement_id);
CREATE INDEX touch_person_touch ON touch_person (touch_id);
CREATE INDEX touch_person_person ON touch_person (person_id);
CREATE INDEX note_engagement ON note (engagement_id);
CREATE INDEX note_person ON note (person_id);
CREATE INDEX promise_engagement ON promise (engagement_id);
CREATE INDEX promise_person ON promise (person_id);
CREATE INDEX promise_owner ON promise (owner_id);
CREATE INDEX promise_note ON promise (note_id);
CREATE INDEX decision_engagement ON decision (engagement_id);
CREATE INDEX decision_decider ON decision (decider_id);
CREATE INDEX decision_note ON decision (note_id);
CREATE INDEX decision_wait_decision ON decision_wait (decision_id);
CREATE INDEX decision_wait_package ON decision_wait (package_id);
CREATE INDEX touch_day ON touch (day);
CREATE INDEX note_about ON note (about_row);
CREATE INDEX published_event_engagement ON published_event (engagement);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('step',14);
INSERT INTO "sqlite_sequence" VALUES('change',62);
COMMIT;
