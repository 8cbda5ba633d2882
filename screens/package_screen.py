"""What the screens over work packages have in common: adding by a line, the form, history, notes, the round."""

from __future__ import annotations

from db.errors import Problem
from erptui.entry import NotUnderstood
from erptui.i18n import _, say
from erptui.line_marks import LineContext
from screens.card_changing import PackageChangingScreen
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.widgets.edit_line import EditLine, Question


class PackageScreen(PackageChangingScreen, DetailedScreen):
    """A screen over packages of the current engagement. Give `view` and `new_place`."""

    def new_place(self) -> tuple[str, str]:
        """Phase and activity of a package that is added here."""
        raise NotImplementedError

    def new_label(self) -> str:
        """What is asked for when one is added."""
        return _("New package:")

    def predecessors(self, package: str) -> list[str]:
        """The codes of what a package comes after, each with the kind of its link where it is not the usual one."""
        found = self.store.rows(
            "SELECT p.code || CASE WHEN d.kind = 'FS' THEN '' ELSE ' ' || d.kind END"
            " FROM dependency d JOIN work_package p ON p.id = d.predecessor_id WHERE d.successor_id = ?",
            (package,),
        )
        return [code for (code,) in found]

    def why_not_history(self) -> str | None:
        """An empty list has no history."""
        return None if self.view.package else _("There is no package here.")

    async def action_history(self) -> None:
        """Who changed what of the package."""
        from screens.history import HistoryScreen

        if package := self.view.package:
            await self.app.push_screen(HistoryScreen(f"{package.code} {package.name}", [package.id]))

    def notes_about(self) -> tuple[str, str] | None:
        package = self.view.package
        return ("work_package", package.id) if package else None

    async def action_edit(self) -> None:
        """All fields of the package in a form."""
        if package := self.view.package:
            await self.open_form(package, "", "")

    # Adding.

    def why_not_add(self) -> str | None:
        """Nothing can be added to what is open for reading only."""
        return self.why_read_only()

    def action_add(self) -> None:
        """A new package by one line."""
        with self.reading():
            self.erp.known_people.prepare(self)
            self.ask(
                Question(
                    self.new_label(),
                    self._save_new,
                    placeholder=_("name 3d @owner fri, or >2w for the day on which it ends"),
                    changed=self._say_meaning,
                    whole=self._open_new,
                )
            )

    def _say_meaning(self, text: str) -> None:
        from erptui.packages import read_package

        people = self.erp.known_people.ready
        if people is not None and text.strip():
            read = read_package(text, LineContext(self.today, people))
            self.query_one(EditLine).remark(f" {SIGNS.bullet} ".join(read.said))

    def _save_new(self, text: str) -> str | None:
        from erptui.packages import add_package, read_package

        engagement = self.erp.engagement
        assert engagement is not None
        try:
            read = read_package(text, LineContext(self.today, self.erp.known_people.at_once()))
            if read.unclear:
                return read.unclear[0]
            made = add_package(self.store, engagement.id, self.new_place(), read.package, self.today)
        except NotUnderstood as refused:
            return str(refused)
        except Problem as problem:
            return say(problem)
        self.go_to_package(made)
        code = self.view.package.code if self.view.package else ""
        self.say_done(_("{code} {name} added").format(code=code, name=read.package.name))
        return None

    def go_to_package(self, package: str) -> None:
        """Put the cursor on a package."""
        self.view.go_to(package)
        self.show_detail()

    async def _open_new(self, text: str) -> None:
        """The form of a new package, with what was typed."""
        from erptui.forms import PACKAGE
        from erptui.packages import given_by, place_for
        from screens.form import FormScreen

        engagement = self.erp.engagement
        assert engagement is not None
        given = given_by(text, LineContext(self.today, self.erp.known_people.at_once()))
        fixed = place_for(self.store, (engagement.id, *self.new_place()))
        form = FormScreen(PACKAGE, None, _("New package"), given=given, fixed=fixed)
        await self.app.push_screen(form, lambda made: self.go_to_package(made) if made else None)

    # The round.

    def why_not_round(self) -> str | None:
        """Nothing to go through, or a client would read the notes along."""
        return self.why_internal() or self.why_not_change()

    def action_round(self) -> None:
        """Ask how one package after the other stands."""
        from screens.card_round import ProgressRound
        from screens.round import begin_round

        with self.reading():
            begin_round(self, ProgressRound(self))
