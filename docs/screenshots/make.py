"""Makes the pictures of README.md with the program itself: `python docs/screenshots/make.py`.

The board of the demo portfolio at 80x24 on a fixed day, once in every language whose catalogue is there. The pictures
name no font to be fetched: a reader's own monospaced font is used.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from html import escape, unescape
from pathlib import Path

from rich.cells import cell_len

FOLDER = Path(__file__).parent
SIZE = (80, 24)
SHOWN = {"en": "NB26", "zh": "HX26"}
"""The engagement in the picture of each language: the one whose content is in that language."""
NOW = "2026-11-24T09:30:00+08:00"
CELL = 12.2
"""Units of a cell in the pictures that Rich draws."""
FONTS = "DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, PingFang SC, Microsoft YaHei, monospace"


def main() -> None:
    """Write a picture for every language."""
    os.environ.update(ERPTUI_NOW=NOW, ERPTUI_SEED="1", TEXTUAL_COLOR_SYSTEM="truecolor")
    os.environ.pop("NO_COLOR", None)
    from screens.actions.docs import languages

    for language in languages():
        name = "board.svg" if language == "en" else f"board.{language}.svg"
        (FOLDER / name).write_text(_plain(asyncio.run(_board(language))), encoding="utf-8")


async def _board(language: str) -> str:
    from screens import terminal

    terminal.prepare(ascii_signs=False)
    from db.opening import create
    from erptui.demo import fill_demo
    from erptui.i18n import set_language
    from erptui.stores import open_store
    from screens.app import ErpApp

    set_language(language)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve() / "demo.db"
        create(path)
        with open_store(path, who="Zhang Ming") as store:
            fill_demo(store)
            app = ErpApp(store)
            async with app.run_test(size=SIZE) as pilot:
                await pilot.pause(1)
                await pilot.press(":", *SHOWN[language], "enter")
                await pilot.pause(1)
                return app.export_screenshot(title=f"erptui · {SHOWN[language]}")


def _plain(svg: str) -> str:
    """The picture as every viewer draws it the same, without the addresses of fonts."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    svg = re.sub(
        r'<text (class="[^"]*") x="([\d.]+)" (y="[\d.]+") textLength="[^"]*" ([^>]*)>([^<]*)</text>', _runs, svg
    )
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _runs(found: re.Match[str]) -> str:
    """A text in runs of one width, each of which begins in its own cell.

    Rich takes the length in characters for that in cells, and some viewers drop the blanks that a text begins with.
    """
    kind, x, y, more, text = found.groups()
    before, drawn = 0, []
    for run in re.findall(r"\s+|[^\s\u2e80-\uffff]+(?:\s[^\s\u2e80-\uffff]+)*|[\u2e80-\uffff]+", unescape(text)):
        width = cell_len(run)
        if not run.isspace():
            place = f'x="{float(x) + before * CELL:g}" {y} textLength="{width * CELL:g}"'
            drawn.append(f"<text {kind} {place} {more}>{escape(run).replace(' ', '&#160;')}</text>")
        before += width
    return "".join(drawn)


if __name__ == "__main__":
    main()
