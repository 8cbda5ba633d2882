"""A list with a lower part that tells more of the row under the cursor, in whatever size."""

from __future__ import annotations

from screens.store_screen import StoreScreen
from screens.widgets.detail import Detail, once_laid_out


class DetailedScreen(StoreScreen):
    """A screen with a `Detail` called `detail`. Override `show_detail`, and `cursor_moved` where more follows."""

    @property
    def detail(self) -> Detail:
        """The lower part."""
        return self.query_one("#detail", Detail)

    def show_detail(self) -> None:
        """Tell of the row under the cursor; there is no room yet before the first layout."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """Another row is under the cursor, or more of them are selected."""
        self.show_detail()

    def on_line_view_cursor_moved(self) -> None:
        self.cursor_moved()

    def on_resize(self) -> None:
        # Textual calls the handler of the frame as well.
        if self.is_mounted:
            once_laid_out(self, self.show_detail)
