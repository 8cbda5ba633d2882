"""The only source of chance, so that tests and scripts can fix it with `ERPTUI_SEED` (any text)."""

from __future__ import annotations

import os
import random
import uuid
from functools import cache


@cache
def _seeded(seed: str) -> random.Random:
    return random.Random(seed)


def new_id() -> str:
    """A fresh row id: a random UUID, or the next one of the seed's own row."""
    seed = os.environ.get("ERPTUI_SEED")
    if not seed:
        return str(uuid.uuid4())
    return str(uuid.UUID(int=_seeded(seed).getrandbits(128), version=4))
