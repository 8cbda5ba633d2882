"""The only source of chance, so that tests and scripts can fix it with `ERPTUI_SEED` (any text)."""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Callable


def ids(position: Callable[[], int]) -> Callable[[], str]:
    """A maker of fresh row ids for one store: random UUIDs, or with a seed the same ones in the same situation.

    `position` is how far the store has come when the first id is made: a second run with the same seed goes on with
    other ids instead of repeating those that are taken.
    """
    seed = os.environ.get("ERPTUI_SEED")
    if not seed:
        return random_id
    source: list[random.Random] = []

    def seeded() -> str:
        if not source:
            source.append(random.Random(f"{seed} {position()}"))
        return str(uuid.UUID(int=source[0].getrandbits(128), version=4))

    return seeded


def random_id() -> str:
    """A random UUID (RFC 9562, version 4) as text; `uuid.uuid4` takes three times as long, and an import thousands."""
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
