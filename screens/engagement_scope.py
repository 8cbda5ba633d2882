"""A register of the current engagement, or of all of them with `v a`; what belongs to no engagement is in either."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.labels import N_
from erptui.engagements import engagements
from erptui.i18n import _
from screens.actions import Action, common, grouped
from screens.glyphs import UNICODE as SIGNS
from screens.register_screen import RegisterScreen

if TYPE_CHECKING:
    from erptui.registers.context import Context

SCOPE = grouped(
    common.SHOW[0].group,
    Action("view-all", ("v a",), N_("All engagements"), N_("All engagements, or the current one again.")),
)
ALL = "all engagements"
"""Among the views that the program remembers: rows of all engagements are shown."""


class ScopedScreen(RegisterScreen):
    """A screen over a register that shows the rows of the current engagement, unless all are asked for."""

    @property
    def shows_all(self) -> bool:
        """Whether the rows of all engagements are shown."""
        return not self.erp.for_client and (self.erp.engagement is None or ALL in self.erp.views)

    def context(self) -> Context:
        context = super().context()
        if self.erp.for_client or self.shows_all:
            return context
        return replace(context, engagement=self.erp.engagement, with_none=True)

    def _looked_at_by(self, context: Context) -> None:
        super()._looked_at_by(context)
        if context.engagement is not None:
            withheld = self.register.withheld(self.TABLE.keys, context.audience)
            self.view.withhold(withheld | {"project"})

    def title_text(self) -> str:
        name = _(self.register.label)
        engagement = self.erp.engagement
        if engagement is None:
            return name
        return f" {SIGNS.step} ".join((_("All engagements") if self.shows_all else engagement.code, name))

    def hint_text(self) -> str:
        hint = super().hint_text()
        if self.view.listing.total and not self.shows_all and not self.erp.for_client:
            return _("No row fits the filter. esc clears it, v a looks in all engagements.")
        return hint

    def why_not_view_all(self) -> str | None:
        """A client sees one engagement; where there is one only it is all."""
        if self.erp.for_client:
            return _("A client sees one engagement. P leaves the client view.")
        return None if len(engagements(self.store)) > 1 else _("There is one engagement only.")

    def action_view_all(self) -> None:
        """The rows of all engagements, or of the current one again."""
        if self.erp.views.pop(ALL, None) is None:
            self.erp.views[ALL] = ALL
        self.reload()
        if self.shows_all:
            self.say(_("Of all engagements. v a shows the current one alone."))
        elif engagement := self.erp.engagement:
            self.say(_("Of {code} alone. v a shows all engagements.").format(code=engagement.code))
