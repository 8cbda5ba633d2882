"""What is wrong with a store, told in sentences: for `erptui check`, and for a file that does not open any more.

Reads with plain sqlite3 and changes nothing. Whatever the file is, the answer is a list of findings.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db import opening
from db.choices import Choice
from db.edit import columns_of, fields_of
from db.errors import InvalidValue, Problem, Refused, Unusable, translated
from db.fields import Kind, ReferenceField, Stored
from db.journal import Change
from db.labels import N_
from db.migrations import expected_objects, migrate, objects
from db.models import TABLES
from db.refusals import refusal
from db.text import clean_line

_MOST = 100  # findings of one kind; more of the same help nobody
_PATIENCE = 10.0  # seconds that a lock is waited for
Connection = sqlite3.Connection


class Severity(Choice):
    """How bad a finding is."""

    ERROR = "error", N_("error")
    WARNING = "warning", N_("warning")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: `where` names a file, table or row; the sentence says what and what to do."""

    severity: Severity
    where: str
    sentence: str
    gaps: dict[str, object] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str]) -> str:
        """The sentence with its gaps filled, in the language of `translate`."""
        return translated(self.sentence, self.gaps, translate)


def check(path: str | os.PathLike[str]) -> list[Finding]:
    """Everything that is wrong with the store at `path`; an empty list is good news.

    Raises `Refused` only when somebody holds the file locked for ten seconds, `UnreadableStore` when it can't be read.
    """
    path = Path(os.path.realpath(path))
    try:
        opening.check_header(path, wait=_PATIENCE)
        # May write: after a crash of another program the half-written step is taken back first.
        read_only = opening.why_not_written(path) is not None
        with closing(opening.connect_in_words(path, wait=_PATIENCE, read_only=read_only)) as original:
            store = _copy(original)
        with closing(store):
            store.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
            return list(_findings(store, path))
    except opening.NewerStore as newer:
        return [_said(path, newer)]
    except Unusable as damaged:
        return [_damage(path.name, str(damaged.gaps["why"]))]
    except (Refused, opening.UnreadableStore):
        raise
    except Problem as problem:
        return [_said(path, problem)]
    except (sqlite3.DatabaseError, OSError) as error:
        if "locked" in str(error):
            raise (refusal(error, path) or error) from error
        return [_damage(path.name, str(error))]


def _said(path: Path, problem: Problem) -> Finding:
    return Finding(Severity.ERROR, path.name, problem.sentence, problem.gaps)


def _damage(where: str, why: str) -> Finding:
    return Finding(
        Severity.ERROR, where, N_("The file is damaged: {why}. Restore a backup."), {"why": clean_line(why)[:200]}
    )


def _copy(original: Connection) -> Connection:
    """The store in memory, so that others can go on writing while it is looked at."""
    # Waits for a lock only so long; the copying would wait for ever.
    original.execute("BEGIN")
    original.execute("SELECT count(*) FROM sqlite_master").fetchall()
    copy = sqlite3.connect(":memory:", isolation_level=None)
    copy.execute("PRAGMA trusted_schema=OFF")
    original.backup(copy)
    original.execute("ROLLBACK")
    return copy


def _findings(store: Connection, path: Path) -> Iterator[Finding]:
    for part in (_schema, _integrity, _upgrade, _references, _values, _journal, _steps, _duplicates):
        try:
            yield from part(store)
        except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
            yield _damage(path.name, str(error))


def _schema(store: Connection) -> Iterator[Finding]:
    found, expected = objects(store), expected_objects(_version(store))
    for kind, name, _ in sorted(expected - found):
        yield Finding(Severity.ERROR, name, N_("This {kind} is missing or not as erptui made it."), {"kind": kind})
    known = {(kind, name) for kind, name, _ in expected}
    for kind, name, _ in sorted(found - expected):
        if (kind, name) not in known:
            yield Finding(
                Severity.ERROR,
                clean_line(name),
                N_("This {kind} is not part of a store: somebody added it. Restore a backup from before."),
                {"kind": kind},
            )
    for name in ("store", "replica"):
        if not store.execute("SELECT 1 FROM meta WHERE name = ?", (name,)).fetchall():
            yield Finding(Severity.ERROR, "meta", N_("The store has lost its {name}."), {"name": name})


def _version(store: Connection) -> int:
    return int(store.execute("PRAGMA user_version").fetchone()[0])


def _upgrade(store: Connection) -> Iterator[Finding]:
    """Bring the copy of an older store up to date, so that the models say what belongs in it; it has no finding."""
    version = _version(store)
    if objects(store) == expected_objects(version):
        migrate(store, version)
    yield from ()


def _integrity(store: Connection) -> Iterator[Finding]:
    for (said,) in store.execute(f"PRAGMA integrity_check({_MOST})").fetchall():
        if said != "ok":
            yield _damage("SQLite", said)


def _references(store: Connection) -> Iterator[Finding]:
    for table, rowid, parent, _ in store.execute("PRAGMA foreign_key_check").fetchall()[:_MOST]:
        yield Finding(
            Severity.ERROR,
            f"{table} {_row_name(store, table, rowid)}",
            N_("It refers to a row of {parent} that is not there."),
            {"parent": parent},
        )


def _row_name(store: Connection, table: str, rowid: int) -> str:
    try:
        ((row,),) = store.execute(f"SELECT id FROM {table} WHERE rowid = ?", (rowid,)).fetchall()
    except (sqlite3.DatabaseError, ValueError):
        return str(rowid)
    return str(row)


def _values(store: Connection) -> Iterator[Finding]:
    """Stored values that their fields would not have stored."""
    for table, model in TABLES.items():
        fields = list(fields_of(model).values())
        rows = store.execute(f"SELECT {', '.join(columns_of(table))} FROM {table}").fetchall()
        found = 0
        for row in rows:
            for kind, stored in zip(fields, row, strict=True):
                why = _why_invalid(kind, stored)
                if why is not None and found < _MOST:
                    found += 1
                    yield Finding(Severity.ERROR, clean_line(f"{table} {row[0]}"), why.sentence, why.gaps)


def _why_invalid(kind: Kind[Any], stored: object) -> InvalidValue | None:
    if stored is None and kind.null:
        return None
    shown = clean_line(str(stored))
    if stored is not None and not isinstance(stored, str | int):
        return kind.invalid(shown, N_("It is stored as something other than text or a number."))
    try:
        value = stored if isinstance(kind, ReferenceField) else kind.python_value(stored)
        again = kind.db_value(kind.clean("" if value is None else value))
    except InvalidValue as invalid:
        return invalid
    if again != stored or type(again) is not type(stored):
        return kind.invalid(shown, N_("erptui would have stored “{again}”."), again=again)
    return None


def _journal(store: Connection) -> Iterator[Finding]:
    """The history must lead to what the tables say: every row is rebuilt from its changes."""
    rebuilt: dict[tuple[str, str], dict[str, Stored]] = {}
    broken: dict[tuple[str, str], int] = {}
    changes = store.execute("SELECT id, step, tbl, row, field, old, new FROM change ORDER BY id")
    for change in (Change(*row) for row in changes):
        if not _replay(rebuilt, change):
            broken.setdefault((change.table, change.row), change.step)
    for (table, row), step in list(broken.items())[:_MOST]:
        where = clean_line(f"{table} {row}")
        yield Finding(Severity.ERROR, where, N_("Its history is broken at step {step}."), {"step": step})
    found = 0
    for table in TABLES:
        columns = columns_of(table)
        for values in store.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall():
            now = dict(zip(columns, values, strict=True))
            known = rebuilt.pop((table, str(now["id"])), None)
            differing = [name for name in columns if known is not None and known.get(name, now[name]) != now[name]]
            if (known is None or differing) and found < _MOST:
                found += 1
                yield _unlike_its_history(clean_line(f"{table} {now['id']}"), differing)
    for table, row in list(rebuilt)[:_MOST]:
        yield Finding(
            Severity.ERROR,
            clean_line(f"{table} {row}"),
            N_("By its history this row exists, but it is not in the table."),
        )


def _replay(rebuilt: dict[tuple[str, str], dict[str, Stored]], change: Change) -> bool:
    """Do a change again; whether it fits what stood before it."""
    key = (change.table, change.row)
    now = rebuilt.get(key)
    if change.field is None and change.old is None:
        rebuilt[key] = change.whole_row()
        return now is None
    if now is None:
        return False
    if change.field is None:
        whole = change.whole_row()
        del rebuilt[key]
        return all(now.get(name, value) == value for name, value in whole.items())
    fits = now.get(change.field, change.old) == change.old
    now[change.field] = change.new
    return fits


def _unlike_its_history(where: str, differing: list[str]) -> Finding:
    if not differing:
        return Finding(Severity.ERROR, where, N_("This row is in the table, but not in the history."))
    return Finding(
        Severity.ERROR,
        where,
        N_("Its history and the table disagree about: {fields}."),
        {"fields": tuple(differing)},
    )


def _steps(store: Connection) -> Iterator[Finding]:
    for sentence, sql in (
        (
            N_("Two steps have the same number: two copies of one file were both worked in."),
            "SELECT max(id) FROM step GROUP BY replica, number HAVING count(*) > 1",
        ),
        (
            N_("Two steps take back the same step."),
            "SELECT max(id) FROM step WHERE undoes IS NOT NULL GROUP BY undoes HAVING count(*) > 1",
        ),
        (N_("A step takes back a later one."), "SELECT id FROM step WHERE undoes >= id"),
        (
            N_("A step has changed nothing."),
            "SELECT id FROM step WHERE NOT EXISTS (SELECT 1 FROM change WHERE change.step = step.id)",
        ),
    ):
        for (step,) in store.execute(f"{sql} LIMIT {_MOST}").fetchall():
            yield Finding(Severity.ERROR, f"step {step}", sentence)


def _duplicates(store: Connection) -> Iterator[Finding]:
    for code, count in store.execute(
        "SELECT code, count(*) FROM engagement GROUP BY code HAVING count(*) > 1"
    ).fetchall():
        yield Finding(
            Severity.WARNING,
            clean_line(f"engagement {code}"),
            N_("{count} engagements have this code. Give each its own."),
            {"count": count},
        )
    for engagement, code, count in store.execute(
        "SELECT engagement.code, work_package.code, count(*) FROM work_package"
        " JOIN engagement ON engagement.id = work_package.engagement_id"
        " GROUP BY work_package.engagement_id, work_package.code HAVING count(*) > 1"
    ).fetchall():
        yield Finding(
            Severity.WARNING,
            clean_line(f"{engagement}:{code}"),
            N_("{count} work packages of {engagement} have this code. Give each its own."),
            {"count": count, "engagement": clean_line(engagement)},
        )
