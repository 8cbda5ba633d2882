"""Help pages in languages whose signs take two cells: click counts signs and breaks lines at blanks only."""

from __future__ import annotations

from collections.abc import Iterable

import click

from erptui import cells


class WideHelp(click.HelpFormatter):
    """Lays a help page out in terminal cells."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"{(prefix or '').rstrip()}{prog} {args}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        for line in cells.wrap(text, self.width - self.current_indent):
            self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max((cells.width(name) for name, _text in rows), default=0), col_max) + col_spacing
        for name, text in rows:
            lines = cells.wrap(text, max(self.width - first - self.current_indent, 10)) or [""]
            if cells.width(name) > first - col_spacing:
                self.write(f"{'':>{self.current_indent}}{name}\n")
                name = ""
            for line in lines:
                self.write(f"{'':>{self.current_indent}}{cells.pad(name, first)}{line}".rstrip() + "\n")
                name = ""
