"""The calendar: what was handed out to other programs."""

from __future__ import annotations

from db.fields import MomentField, NumberField, TextField
from db.labels import N_
from db.models.base import Row


class PublishedEvent(Row):
    """What a calendar event looked like when it was last exported, so that only what changed gets a new version.

    The sequence and the moment of change follow RFC 5545 (SEQUENCE, DTSTAMP).
    """

    # Not a reference: the note outlives the engagement, so that one brought back by undo keeps its versions.
    engagement = TextField(N_("Engagement"), limit=36, help=N_("The id of the engagement."))
    uid = TextField(N_("UID"), limit=120)
    fingerprint = TextField(N_("Fingerprint"), limit=80)
    sequence = NumberField(N_("Sequence"), least=0, default=0)
    changed = MomentField(N_("Changed"))
