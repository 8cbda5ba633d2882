"""What a reference in a form can mean: found by typing, read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from erptui.entry import Candidate, People, Unknown, parse_person
from erptui.forms import names_of
from erptui.registers.people import PEOPLE

if TYPE_CHECKING:
    from db.store import Reader

PERSON = "person"


class References:
    """The rows that can be referred to from an engagement (None: from anywhere).

    `people` gives everybody, ready to be found. `client` holds back everybody of whom the client of the engagement
    knows nothing; a name that is typed in full is found nevertheless, so that nobody is made twice.
    """

    def __init__(
        self, reader: Reader, engagement: str | None, people: Callable[[], People], *, client: bool = False
    ) -> None:
        self._reader, self._engagement, self._people, self._client = reader, engagement, people, client
        self._names: dict[str, Mapping[str, str]] = {}
        self._found: dict[str, People] = {}

    def names(self, table: str) -> Mapping[str, str]:
        """What the rows of a table are called, by id."""
        if table not in self._names:
            self._names[table] = names_of(self._reader, table, self._engagement)
        return self._names[table]

    def matching(self, table: str, text: str) -> list[str]:
        """What the rows are called that fit what was typed so far."""
        return [found.name for found in self._known(table).found(text)]

    def read(self, table: str, text: str) -> str:
        """The id of the row that is meant. Raises `Ambiguous`, `Unknown`."""
        try:
            return parse_person(text, self._known(table)).id
        except Unknown:
            written = self._people().written(text) if table == PERSON and self._client else ()
            if len(written) == 1:
                return next(iter(written))
            raise

    def _known(self, table: str) -> People:
        if table == PERSON and not self._client:
            # Kept by the program: to make ten thousand ready takes a while.
            return self._people()
        if table not in self._found:
            self._found[table] = People(self._candidates(table))
        return self._found[table]

    def _candidates(self, table: str) -> list[Candidate]:
        if table != PERSON:
            # A code is what a row is called before everything else: A1.1 is not A1.10.
            return [Candidate(row, name, also=(name.split(" ")[0],)) for row, name in self.names(table).items()]
        within = PEOPLE.within or ""
        sql = f"SELECT id, name, coalesce(mail, '') FROM person WHERE {within}"
        return [Candidate(*row) for row in self._reader.rows(sql, (self._engagement,) * within.count("?"))]


_KNOWN_TEXTS = {
    ("person", "organisation"),
    ("person", "unit"),
    ("former_post", "organisation"),
    ("former_post", "unit"),
}


def known_texts(reader: Reader, table: str, name: str, start: str, most: int = 6) -> list[str]:
    """Organisations or units that are known and begin with what was typed; of other fields none."""
    if (table, name) not in _KNOWN_TEXTS or not start.strip():
        return []
    begin = start.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = reader.rows(
        f"SELECT {name} FROM person WHERE {name} LIKE ? ESCAPE '\\' GROUP BY {name} ORDER BY count(*) DESC, 1 LIMIT ?",
        (f"{begin}%", most),
    )
    return [text for (text,) in rows if text != start.strip()]
