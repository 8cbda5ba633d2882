"""The calendar: what was handed out to other programs."""

from __future__ import annotations

from db.fields import MomentField, NumberField, ReferenceField, TextField
from db.labels import N_
from db.models.base import Row
from db.models.engagement import Engagement


class PublishedEvent(Row):
    """What a calendar event looked like when it was last exported, so that only what changed gets a new version.

    The sequence and the moment of change follow RFC 5545 (SEQUENCE, DTSTAMP).
    """

    engagement = ReferenceField(N_("Engagement"), Engagement)
    uid = TextField(N_("UID"), limit=120)
    fingerprint = TextField(N_("Fingerprint"), limit=80)
    sequence = NumberField(N_("Sequence"), least=0, default=0)
    changed = MomentField(N_("Changed"))
