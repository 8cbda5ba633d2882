"""People from vCards and lists, through the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from erptui.stores import open_store

TWO_CARDS = """BEGIN:VCARD
VERSION:3.0
UID:card-1
N:王;磊;;;
FN:王磊
ORG:华信精密;生产部;计划科
TITLE:生产经理
TEL;TYPE=CELL:+86 138 0000 0001
TEL;TYPE=WORK,FAX:010-5555 0101
EMAIL:wang.lei@example.com
NOTE:Likes tea\\nKnows the old system
BDAY:1985-03-07
X-QQ:12345
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Anna Smith
EMAIL:anna@example.com
END:VCARD
"""
STAFF = """姓名,单位,部门,职务,手机,邮箱
王磊,华信精密,生产部/计划科,生产经理,13800000001,wang.lei@example.com
李娜,华信精密,财务部,会计,13800000002,li.na@example.com
"""
KEYS = {"taken", "same", "remarks", "refused", "changes"}


@pytest.fixture
def write(surroundings: Path):
    def make(name: str, text: str, encoding: str = "utf-8") -> str:
        (surroundings / name).write_bytes(text.encode(encoding))
        return name

    return make


@pytest.fixture
def take(run, store):
    """Import a file and give exit code and JSON."""

    def call(kind: str, source: str, *more: str) -> tuple[int, dict[str, Any]]:
        ended = run("import", kind, source, "--store", store, "--json", *more)
        assert ended.out, ended.err
        return ended.code, json.loads(ended.out)

    return call


@pytest.fixture
def people(run, store):
    """The people of the store by name."""

    def read() -> dict[str, dict[str, Any]]:
        rows = json.loads(run("list", "people", "--store", store, "--json").out)
        return {row["name"]: row for row in rows}

    return read


@pytest.fixture
def sql(store):
    def rows(query: str) -> list[tuple[Any, ...]]:
        with open_store(store, who="test", read_only=True) as opened:
            return opened.rows(query)

    return rows


def test_a_card_fills_the_fields_of_a_person_and_further_ways_to_reach_them(take, write, people, sql):
    assert take("vcf", write("a.vcf", TWO_CARDS))[0] == 0
    wang = people()["王磊"]
    assert (wang["family"], wang["given"], wang["organisation"]) == ("王", "磊", "华信精密")
    assert (wang["unit"], wang["post"], wang["birthday"]) == ("生产部 / 计划科", "生产经理", "1985-03-07")
    assert (wang["phone"], wang["mail"], wang["card_uid"]) == ("+86 138 0000 0001", "wang.lei@example.com", "card-1")
    assert wang["note"] == "Likes tea\nKnows the old system"
    assert wang["side"] is None
    assert sql("SELECT kind, label, value FROM contact_point ORDER BY rank") == [
        ("fax", "work", "010-5555 0101"),
        ("messenger", "qq", "12345"),
    ]


def test_json_has_exactly_the_keys_that_scripts_know(take, write):
    code, said = take("vcf", write("a.vcf", TWO_CARDS))
    assert code == 0
    assert set(said) == KEYS
    assert (said["taken"], said["same"], said["refused"], said["changes"]) == (2, 0, [], [])


@pytest.mark.parametrize(("kind", "name", "text"), [("vcf", "a.vcf", TWO_CARDS), ("csv", "a.csv", STAFF)])
def test_the_same_file_again_changes_nothing(take, write, sql, kind, name, text):
    take(kind, write(name, text))
    steps = sql("SELECT count(*) FROM step")
    code, said = take(kind, name)
    assert (code, said["taken"], said["same"], said["changes"]) == (0, 0, 2, [])
    assert sql("SELECT count(*) FROM step") == steps


def test_an_import_is_one_step_that_undo_takes_back(run, take, write, people, store):
    take("csv", write("staff.csv", STAFF))
    assert set(people()) == {"王磊", "李娜"}
    undone = run("undo", "--store", store)
    assert undone.code == 0
    assert "Import people staff.csv" in undone.err
    assert people() == {}
    run("redo", "--store", store)
    assert set(people()) == {"王磊", "李娜"}


def test_a_bad_card_is_refused_by_its_line_and_the_rest_is_taken(take, write, people):
    code, said = take("vcf", write("cut.vcf", TWO_CARDS.removesuffix("END:VCARD\n")))
    assert code == 1
    (refused,) = said["refused"]
    assert (refused["file"], refused["line"], refused["value"]) == ("cut.vcf", 15, "Anna Smith")
    assert set(people()) == {"王磊"}


def test_a_bad_value_is_refused_by_line_column_and_value_and_the_person_stays(take, write, people):
    text = f"Name,Phone,Mail,Post\nAnna,1.38E+10,{'a' * 300}@example.com,Buyer\nBert,{'1' * 61},b@example.com,\n"
    code, said = take("csv", write("a.csv", text))
    assert code == 1
    assert [(r["line"], r["column"], r["value"][:9]) for r in said["refused"]] == [
        (2, "Phone", "1.38E+10"),
        (2, "Mail", "aaaaaaaaa"),
        (3, "Phone", "111111111"),
    ]
    assert {name: (row["phone"], row["mail"], row["post"]) for name, row in people().items()} == {
        "Anna": (None, None, "Buyer"),
        "Bert": (None, "b@example.com", None),
    }


def test_a_name_that_is_too_long_costs_the_row(take, write, people):
    code, said = take("csv", write("a.csv", f"Name,Mail\n{'x' * 121},a@example.com\nBert,b@example.com\n"))
    assert (code, said["taken"], said["refused"][0]["line"], said["refused"][0]["column"]) == (1, 1, 2, "Name")
    assert set(people()) == {"Bert"}


def test_strict_takes_nothing_when_something_is_refused(run, take, write, people, store):
    code, said = take("csv", write("a.csv", "Name,Phone\nAnna,1.38E+10\nBert,13800000001\n"), "--strict")
    assert (code, said["taken"], len(said["refused"])) == (1, 0, 1)
    assert people() == {}
    assert "Nothing was imported" in run("import", "csv", "a.csv", "--store", store, "--strict").err
    assert take("csv", write("b.csv", "Name,Phone\nBert,13800000001\n"), "--strict")[0] == 0
    assert set(people()) == {"Bert"}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(run, take, write, people, sql, store):
    before = sql("SELECT count(*) FROM step")
    code, said = take("csv", write("staff.csv", STAFF), "--dry-run")
    assert (code, said["taken"]) == (0, 2)
    ended = run("import", "csv", "staff.csv", "--store", store, "--dry-run")
    assert "2 people to import" in ended.err
    assert "Nothing was written" in ended.err
    assert "undo" not in ended.err
    assert people() == {}
    assert sql("SELECT count(*) FROM step") == before


def test_a_probable_duplicate_is_shown_side_by_side_and_not_written(run, take, write, people, store):
    take("csv", write("staff.csv", STAFF))
    changed = STAFF.replace("生产经理", "厂长").replace("13800000001", "+86 138-0000-0001")
    code, said = take("csv", write("new.csv", changed))
    assert (code, said["taken"], said["same"]) == (0, 0, 1)
    (change,) = said["changes"]
    assert (change["line"], change["name"], change["written"]) == (2, "王磊", False)
    assert change["person"] == people()["王磊"]["id"]
    assert change["fields"] == {"post": {"old": "生产经理", "new": "厂长"}}
    assert people()["王磊"]["post"] == "生产经理"
    told = run("import", "csv", "new.csv", "--store", store).err
    assert "“王磊” is probably there already" in told
    assert "Post: 生产经理 → 厂长" in told
    assert "--update" in told


def test_update_changes_the_named_fields_fills_empty_ones_and_adds_ways(run, take, write, people, sql, store):
    take("csv", write("a.csv", "Name,Post,Phone,Mail\nAnna,Buyer,13800000001,\n"))
    row = "Anna,,Head of purchasing,13800000001,13900000002,anna@example.com\n"
    new = write("b.csv", f"Name,Company,Post,Phone,Mobile,Mail\n{row}")
    code, said = take("csv", new, "--update")
    assert (code, said["taken"], said["changes"][0]["written"]) == (0, 1, True)
    anna = people()["Anna"]
    assert (anna["post"], anna["phone"], anna["mail"]) == ("Head of purchasing", "13800000001", "anna@example.com")
    assert anna["organisation"] is None
    assert sql("SELECT kind, value FROM contact_point") == [("mobile", "13900000002")]
    assert take("csv", new, "--update")[1]["same"] == 1
    run("undo", "--store", store)
    assert people()["Anna"]["post"] == "Buyer"
    assert sql("SELECT * FROM contact_point") == []


def test_update_never_overwrites_a_note(take, write, people):
    take("csv", write("a.csv", "Name,Mail,Notes\nAnna,a@example.com,mine\n"))
    take("csv", write("b.csv", "Name,Mail,Notes\nAnna,a@example.com,theirs\n"), "--update")
    assert people()["Anna"]["note"] == "mine\ntheirs"


def test_a_note_that_would_become_too_long_is_refused_and_the_rest_is_written(take, write, people):
    take("csv", write("a.csv", f"Name,Mail,Notes\nAnna,a@example.com,{'x' * 9_000}\n"))
    code, said = take(
        "csv", write("b.csv", f"Name,Mail,Post,Notes\nAnna,a@example.com,CEO,{'y' * 2_000}\n"), "--update"
    )
    assert (code, said["refused"][0]["column"], people()["Anna"]["post"]) == (1, "Private note", "CEO")
    assert len(people()["Anna"]["note"]) == 9_000


def test_a_card_is_known_by_its_id_even_with_another_name(take, write, people):
    take("vcf", write("a.vcf", TWO_CARDS))
    married = TWO_CARDS.replace("N:王;磊;;;\nFN:王磊", "N:赵;磊;;;\nFN:赵磊").replace("wang.lei", "zhao.lei")
    _, said = take("vcf", write("b.vcf", married))
    assert said["changes"][0]["fields"]["name"] == {"old": "王磊", "new": "赵磊"}
    take("vcf", "b.vcf", "--update")
    assert set(people()) == {"赵磊", "Anna Smith"}


def test_two_people_of_one_name_both_come_in(take, write, sql):
    text = "Name,Post,Phone\n王伟,Buyer,13800000001\n王伟,Welder,13800000002\n"
    code, said = take("csv", write("a.csv", text))
    assert (code, said["taken"], said["same"], said["changes"]) == (0, 2, 0, [])
    assert [(r["line"], r["value"]) for r in said["remarks"]] == [(3, "王伟")]
    assert take("csv", "a.csv")[1]["same"] == 2
    assert sql("SELECT count(*) FROM person") == [(2,)]


def test_a_row_without_mail_or_phone_is_somebody_who_has_them_meanwhile(take, write, sql):
    take("csv", write("a.csv", "Name,Department,Phone\n王伟,Sales,13800000001\n"))
    assert take("csv", write("b.csv", "Name,Department\n王伟,Sales\n"))[1]["same"] == 1
    code, said = take("csv", write("c.csv", "Name,Department\n王伟,Quality\n"))
    assert (code, said["taken"]) == (0, 1)
    assert said["remarks"][0]["value"] == "王伟"


def test_the_same_person_twice_in_a_file_is_taken_once(take, write, people):
    text = "Name,Post,Phone\nAnna,Buyer,13800000001\nAnna,Buyer,+86 13800000001\nANNA,Head,13800000001\n"
    _, said = take("csv", write("a.csv", text))
    assert (said["taken"], said["same"], len(said["changes"])) == (1, 1, 1)
    assert said["changes"][0]["person"] is None
    take("csv", "a.csv", "--update")
    assert people()["Anna"]["post"] == "Head"


def test_people_of_a_project_are_the_clients(take, write, people):
    text = "Name,Company,Phone\nAnna,,13800000001\nBert,Other Ltd,13800000002\n"
    take("csv", write("a.csv", text), "--project", "HX26")
    assert {n: (p["side"], p["organisation"]) for n, p in people().items()} == {
        "Anna": ("client", "Huaxin Precision"),
        "Bert": ("client", "Other Ltd"),
    }


def test_the_side_of_new_people_can_be_said(take, write, people):
    take("csv", write("a.csv", "Name,Phone\nAnna,13800000001\n"), "--project", "HX26", "--side", "vendor")
    assert (people()["Anna"]["side"], people()["Anna"]["organisation"]) == ("vendor", None)


def test_a_project_that_is_not_there_is_refused(run, write, store, people):
    ended = run("import", "csv", write("a.csv", STAFF), "--store", store, "--project", "NO1")
    assert ended.code == 2
    assert "NO1" in ended.err
    assert people() == {}


def test_columns_of_ones_own_are_mapped(take, write, people):
    text = "Wer,Amt,Funk\nAnna,Buyer,13800000001\n"
    code, _ = take("csv", write("a.csv", text), "--map", "Wer=name", "--map", "Amt=post", "--map", "Funk=phone:mobile")
    assert code == 0
    assert (people()["Anna"]["post"], people()["Anna"]["phone"]) == ("Buyer", "13800000001")


@pytest.mark.parametrize("wrong", ["Wer", "=name", "Wer=", "Wer=colour", "Nobody=name"])
def test_a_mapping_that_does_not_fit_is_refused_and_changes_nothing(run, write, store, people, wrong):
    ended = run("import", "csv", write("a.csv", "Wer,Amt\nAnna,Buyer\n"), "--store", store, "--map", wrong)
    assert ended.code == 2
    assert ended.err.strip()
    assert people() == {}


@pytest.mark.parametrize(
    ("kind", "text"),
    [("csv", "Colour,Size\nred,3\n"), ("csv", ""), ("vcf", "no card"), ("vcf", "")],
)
def test_a_file_that_can_not_be_read_changes_nothing(run, write, store, people, kind, text):
    ended = run("import", kind, write("bad", text), "--store", store)
    assert ended.code == 2
    assert ended.err.strip()
    assert people() == {}


def test_a_file_that_is_not_there_and_a_folder_are_refused(run, store, surroundings):
    assert "can't be read" in run("import", "vcf", "nowhere.vcf", "--store", store).err
    said = run("import", "vcf", "nowhere.vcf", "--store", store, "--lang", "zh").err
    assert "没有此文件" in said
    assert "No such file" not in said
    (surroundings / "folder").mkdir()
    assert run("import", "vcf", "folder", "--store", store).code == 2
    assert run("import", "csv", "", "--store", store).code == 2


def test_an_excel_workbook_is_named_as_one(run, store, surroundings, people):
    (surroundings / "staff.xlsx").write_bytes(b"PK\x03\x04 and so on")
    ended = run("import", "csv", "staff.xlsx", "--store", store)
    assert (ended.code, people()) == (2, {})
    assert "staff.xlsx is an Excel workbook" in ended.err


def test_an_encoding_can_be_named(run, take, write, people, store):
    name = write("a.csv", "Name,Post\nMüller,Köchin\n", "latin-1")
    assert take("csv", name, "--encoding", "latin-1")[0] == 0
    assert people()["Müller"]["post"] == "Köchin"
    assert run("import", "csv", name, "--store", store, "--encoding", "klingon").code == 2


def test_what_was_recognised_is_said_with_the_first_rows(run, write, store):
    rows = "".join(f"员工{n},财务部,1380000000{n}\n" for n in range(7))
    ended = run("import", "csv", write("a.csv", "姓名,部门,手机\n" + rows, "gb18030"), "--store", store)
    assert "a.csv: read as a list of people, encoded in gb18030." in ended.err
    assert "员工4 · 财务部 · 13800000004" in ended.err
    assert "员工5" not in ended.err
    assert "7 people imported" in ended.err
    assert "erptui undo" in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(("kind", "text"), [("vcf", TWO_CARDS), ("csv", STAFF)])
def test_standard_input_is_read(take, people, monkeypatch, kind, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert take(kind, "-")[1]["taken"] == 2
    assert "王磊" in people()


def test_what_a_contact_has_beside_the_fields_goes_into_the_note(take, write, people):
    take("csv", write("a.csv", "姓名,别名,工号,标签,备注\n王磊,小王,0042,VIP,喝茶\n"))
    assert people()["王磊"]["note"] == "喝茶\nNickname: 小王\nEmployee id: 0042\nLabels: VIP"


def test_a_side_that_is_none_is_refused_and_the_person_stays(take, write, people):
    code, said = take("csv", write("a.csv", "Name,Side\nAnna,client\nBert,moon\n"))
    assert (code, said["refused"][0]["line"], said["refused"][0]["value"]) == (1, 3, "moon")
    assert (people()["Anna"]["side"], people()["Bert"]["side"]) == ("client", None)


def test_a_store_for_reading_only_takes_nobody(run, write, store, people):
    assert run("--read-only", "import", "csv", write("a.csv", STAFF), "--store", store).code == 3
    assert people() == {}


def test_chinese_is_spoken(run, write, store):
    ended = run("--lang", "zh", "import", "csv", write("a.csv", STAFF), "--store", store)
    assert "已导入2人" in ended.err
    assert "撤销请运行：erptui undo" in ended.err
