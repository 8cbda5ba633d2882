"""Makes the pictures of README.md with the program itself: `python docs/screenshots/make.py [--check]`.

Screens of the demo portfolio at 80x24 on a fixed day, each once in every language whose catalogue is there. `--check`
writes nothing and ends with 1 when a picture differs from what would be drawn. The pictures name no font to be
fetched: a reader's own monospaced font is used.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from db.store import Store

FOLDER = Path(__file__).parent
SIZE = (80, 24)
SHOWN = {"en": "NB26", "zh": "HX26"}
"""The engagement in the pictures of each language: the one whose content is in that language."""
PICTURES = {"board": ("2",), "today": ("1",), "people": ("4", "down")}
"""The name of each picture and the keys that lead to it."""
NOW = "2026-11-24T09:30:00+08:00"
CELL = 12.2
"""Units of a cell in the pictures that Rich draws."""
FONTS = "DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, PingFang SC, Microsoft YaHei, monospace"


def main(arguments: list[str]) -> int:
    """Write every picture that differs, or with `--check` say which do."""
    os.environ.update(ERPTUI_NOW=NOW, ERPTUI_SEED="1", TEXTUAL_COLOR_SYSTEM="truecolor", TZ="Asia/Shanghai")
    os.environ.pop("NO_COLOR", None)
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        # What the person who draws has set in settings of their own is not in the pictures.
        os.environ.update({f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "DATA", "STATE")})
        for name, drawn in _pictures(Path(folder).resolve()):
            file = FOLDER / name
            if file.exists() and file.read_text(encoding="utf-8") == drawn:
                continue
            stale.append(name)
            if "--check" not in arguments:
                file.write_text(drawn, encoding="utf-8")
    if stale and "--check" in arguments:
        sys.stderr.write(f"Stale: {', '.join(stale)}. Run {FOLDER.name}/{Path(__file__).name} and commit.\n")
        return 1
    return 0


def _pictures(folder: Path) -> Iterator[tuple[str, str]]:
    """File name and content of every picture."""
    from screens import terminal

    terminal.prepare(ascii_signs=False)
    from db.opening import create
    from erptui.demo import fill_demo
    from erptui.i18n import set_language
    from erptui.stores import open_store
    from screens.actions.docs import languages

    for language in languages():
        set_language(language)
        path = folder / f"{language}.db"
        create(path)
        with open_store(path, who="Zhang Ming") as store:
            fill_demo(store)
            for name, drawn in asyncio.run(_drawn(store, SHOWN[language])):
                yield (f"{name}.svg" if language == "en" else f"{name}.{language}.svg"), _plain(drawn)


async def _drawn(store: Store, code: str) -> list[tuple[str, str]]:
    """All pictures of a store in the language in use."""
    from screens.app import ErpApp

    pictures = []
    app = ErpApp(store)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        await pilot.press(":", *code, "enter")
        for name, keys in PICTURES.items():
            await pilot.press(*keys)
            await app.workers.wait_for_complete()
            await pilot.pause(0.5)
            pictures.append((name, app.export_screenshot(title=f"erptui · {code}")))
    return pictures


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
    sys.exit(main(sys.argv[1:]))
