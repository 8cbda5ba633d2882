"""The keys that mean the same on every screen: going to screens, moving, verbs on a row, the program itself."""

from __future__ import annotations

from db.labels import N_, NP_
from screens.actions import Action, grouped

GO = grouped(
    N_("Screens"),
    Action("go-today", ("1", "g t"), N_("Today"), N_("What needs me now, over all engagements.")),
    Action("go-board", ("2", "g b"), N_("Board"), N_("Phases and their work packages as cards.")),
    Action("go-plan", ("3", "g p"), N_("Plan"), N_("Work breakdown beside the Gantt chart.")),
    Action("go-stakeholders", ("4", "g s"), N_("People"), N_("People, their roles and touches.")),
    Action("go-risks", ("5", "g r"), N_("Risks"), N_("Promises and decisions; the risks will stand here too.")),
    Action("go-calendar", ("6", "g c"), N_("Calendar"), N_("Follow-ups, milestones and meetings.")),
    Action("go-data", ("7", "g d"), N_("Data"), N_("Base data from extract to sign-off, loads and tests.")),
    Action("go-team", ("8", "g m"), N_("Team"), N_("Three tiers of teams, roles and reports.")),
    Action("go-after-sales", ("9", "g a"), N_("After-sales"), N_("Visits, letters and service calls after go-live.")),
    Action("go-portfolio", ("0", "g o"), N_("Portfolio"), N_("All engagements with their health.")),
    Action("go-settings", (",",), N_("Settings"), N_("Name, language, signs, colours, calendar, mouse, own keys.")),
    Action("go-trash", ("D",), NP_("place", "Trash"), N_("What was deleted, to be brought back.")),
)

MOVE = grouped(
    N_("Moving"),
    Action("down", ("j", "down"), N_("Down"), N_("One row down.")),
    Action("up", ("k", "up"), N_("Up"), N_("One row up.")),
    Action("left", ("h", "left"), N_("Left"), N_("One column left.")),
    Action("right", ("l", "right"), N_("Right"), N_("One column right.")),
    Action("page-down", ("pagedown",), N_("Page down"), N_("One page down.")),
    Action("page-up", ("pageup",), N_("Page up"), N_("One page up.")),
    Action("first", ("g g", "home"), N_("First"), N_("To the first row.")),
    Action("last", ("G", "end"), N_("Last"), N_("To the last row.")),
    Action("select", ("space",), N_("Select"), N_("Select the row and go one down; a verb then acts on all."), rank=60),
)

ROW = grouped(
    N_("The row under the cursor"),
    Action("add", ("a", "insert"), N_("Add"), N_("Add with one quick line; tab opens the whole form."), rank=1),
    Action("open", ("enter",), NP_("key", "Open"), N_("Open the row."), rank=2),
    Action("edit", ("e",), N_("Edit"), N_("Edit the row in its form."), rank=3),
    Action("change", ("c",), N_("Change"), N_("Change just this cell."), rank=4),
    Action("repeat", (".",), N_("Repeat"), N_("Repeat the last change on this row."), rank=55),
    Action("mark", ("m", "f8"), NP_("key", "Done"), N_("Mark as done, or move on."), rank=5),
    Action("mark-all", ("M",), N_("All done"), N_("The same for all rows shown or selected."), rank=50),
    Action("trash", ("d", "delete"), N_("Trash"), N_("Move to the trash; undo brings it back."), rank=30),
    Action("rate", ("r",), N_("Rate"), N_("Rate with digits or a sign: r54, r+."), rank=25),
    Action("touch", ("t", "f5"), N_("Touch"), N_("Log a touch: who, channel, text, next contact."), rank=20),
    Action("effort", ("w",), N_("Effort"), N_("Person-days of work."), rank=40),
    Action("notes", ("n", "f6"), N_("Notes"), N_("Open the notebook: lines saved as you type."), rank=21),
    Action("move-left", ("H", "shift+left"), N_("Move"), N_("Move the row or card left."), rank=10),
    Action("move-right", ("L", "shift+right"), N_("Move"), N_("Move the row or card right."), rank=10),
    Action("move-down", ("J", "shift+down"), NP_("key", "Rank"), N_("Move the row or card down."), rank=35),
    Action("move-up", ("K", "shift+up"), NP_("key", "Rank"), N_("Move the row or card up."), rank=35),
    Action("put-off", ("z",), N_("Put off"), N_("Put off to a later day, with the reason."), rank=26),
    Action("day-later", ("+",), NP_("key", "Day"), N_("The date under the cursor one day later."), rank=45),
    Action("day-earlier", ("-",), NP_("key", "Day"), N_("The date under the cursor one day earlier."), rank=45),
    Action("week-later", (">",), N_("Week"), N_("The date under the cursor one week later."), rank=46),
    Action("week-earlier", ("<",), N_("Week"), N_("The date under the cursor one week earlier."), rank=46),
    Action("history", ("i",), N_("History"), N_("Who changed the row, when and from what."), rank=48),
)

(PROJECTOR,) = grouped(
    N_("What is shown"),
    Action("projector", ("P",), N_("Projector"), N_("Hide what is internal, for a client who looks on."), rank=57),
)

SHOW = grouped(
    N_("What is shown"),
    Action("filter", ("/", "f3"), N_("Filter"), N_("Show only matching rows as you type."), rank=12),
    Action("sort", ("s",), N_("Sort"), N_("Sort by another column."), rank=32),
    Action("next-view", ("v v",), N_("Next view"), N_("The next view of this screen.")),
    Action("previous-period", ("[",), N_("Period"), N_("The previous period."), rank=33),
    Action("next-period", ("]",), N_("Period"), N_("The next period."), rank=33),
    Action("this-period", ("T",), N_("Today"), N_("Back to today."), rank=34),
    Action("round", (";",), N_("Round"), N_("Go through the rows one after the other, one line each."), rank=22),
    Action("zoom-out", ("{",), N_("Zoom"), N_("Zoom out."), rank=42),
    Action("zoom-in", ("}",), N_("Zoom"), N_("Zoom in."), rank=42),
    Action("as-of", ("@",), N_("As of"), N_("The screen as of a past day."), rank=58),
)

OUT = grouped(
    N_("In and out"),
    Action("export-excel", ("x e",), N_("Excel"), N_("Export what is shown as an Excel file."), rank=28),
    Action("export-calendar", ("x i",), N_("iCalendar"), N_("Export what is shown as an iCalendar file."), rank=28),
    Action("export-mail", ("x m",), N_("Mail"), N_("Export what is shown as a mail."), rank=28),
    Action("export-text", ("x t",), N_("Text"), N_("Export what is shown as plain text."), rank=28),
    Action("export-csv", ("x c",), N_("CSV"), N_("Export what is shown as CSV."), rank=28),
    Action("export-project", ("x p",), N_("MS Project"), N_("Export the plan for MS Project."), rank=28),
    Action("export-vcard", ("x v",), N_("vCard"), N_("Export the people as vCards."), rank=28),
    Action("import", ("I",), N_("Import"), N_("Import a file here."), rank=49),
    Action("copy", ("y",), N_("Copy"), N_("Copy as plain text for a mail or a chat."), rank=44),
    Action("report-weekly", ("R w",), N_("Weekly"), N_("Draft the weekly report."), rank=47),
    Action("report-daily", ("R d",), N_("Daily"), N_("Draft the daily report."), rank=47),
    Action("report-status", ("R s",), N_("Status"), N_("Draft the status report."), rank=47),
)

PROGRAM = grouped(
    N_("The program"),
    Action("undo", ("u",), N_("Undo"), N_("Take back my last step; the footer names it."), rank=13),
    Action("redo", ("U",), N_("Redo"), N_("Bring back what was undone."), rank=59),
    Action("back", ("escape",), N_("Back"), N_("Back to the screen below.")),
    Action("back-place", ("'",), N_("Place before"), N_("To where I was before, and back again.")),
    Action("palette", (":",), N_("Find"), N_("Anything by typing: key, screen, engagement, name or package."), rank=36),
    Action("redraw", ("ctrl+l", "f12"), N_("Redraw"), N_("Send the whole screen again."), in_text=True),
    Action("help", ("?", "f1"), N_("Help"), N_("This list of keys."), rank=99, in_text=True),
    Action("quit", ("q", "ctrl+q", "ctrl+c"), N_("Quit"), N_("Leave the program; press twice."), rank=98),
)

PREFIXES = {
    "g": N_("Go to"),
    "v": N_("View"),
    "x": N_("Export"),
    "R": N_("Report"),
}

COMMON = (*ROW, *SHOW, PROJECTOR, *MOVE, *GO, *OUT, *PROGRAM)

LATER = frozenset(
    (
        *("go-plan", "go-calendar", "go-data", "go-team", "go-after-sales"),
        *("rate", "effort"),
        *("zoom-out", "zoom-in", "as-of", "export-excel", "export-mail", "export-text", "export-project"),
        *("report-weekly", "report-daily", "report-status"),
    )
)
"""Actions that no screen answers yet: their keys are kept, say that they come later, and stand in no list of keys."""

ASKING = grouped(
    N_("One line"),
    Action("save-line", ("enter", "f2"), N_("Save"), N_("Save what was typed."), rank=1, in_text=True),
    Action("leave-line", ("escape", "f10"), N_("Back"), N_("Leave without saving."), rank=2, in_text=True),
    Action("whole-form", ("tab",), N_("Form"), N_("All fields, with what was typed."), rank=3, in_text=True),
)

CLOSE = grouped(
    N_("Leaving"),
    Action("close", ("escape", "q", "f10"), N_("Close"), N_("Close and go back."), rank=97, in_text=True),
)

USUAL = {action.id: action.keys for action in (*COMMON, *ASKING, *CLOSE)}
"""The keys that the shared actions have by themselves, by id."""
