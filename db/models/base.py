"""What all rows have in common."""

from __future__ import annotations

import peewee

from db.fields import IdField


class Row(peewee.Model):
    """A row of the store, known by a UUID for ever. It is written only through `Store.edit`."""

    id = IdField()

    class Meta:
        legacy_table_names = False
        only_save_dirty = True
