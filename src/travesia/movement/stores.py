"""The kernel's stores of cohorts, made and copied."""

from __future__ import annotations

import numpy as np

from travesia.movement.kernel import Bag, Due


def empty_bag(room: int) -> Bag:
    """Return a bag for up to `room` cohorts."""
    slots = 1 << max(4, (2 * room - 1).bit_length())
    return Bag(
        np.zeros(room, dtype=np.uint64), np.zeros(room), np.full(slots, -1, dtype=np.int64),
        np.zeros(2, dtype=np.int64),
    )  # fmt: skip


def empty_due(slots: int, room: int) -> Due:
    """Return a store of people under way for up to `slots` - 1 days and `room` entries."""
    return Due(
        np.empty(room, dtype=np.uint64), np.empty(room), np.empty(room, dtype=np.int64),
        np.full((slots, 2), -1, dtype=np.int64), np.array([-1, 0, 0], dtype=np.int64),
    )  # fmt: skip


def copy_bag(bag: Bag) -> Bag:
    """Return a bag that shares nothing with the given one."""
    return Bag(bag.key.copy(), bag.people.copy(), bag.table.copy(), bag.used.copy())


def copy_due(due: Due) -> Due:
    """Return a store that shares nothing with the given one; what was never used is not copied."""
    used, copy = int(due.used[1]), empty_due(len(due.ends), len(due.key))
    copy.key[:used], copy.people[:used] = due.key[:used], due.people[:used]
    copy.later[:used], copy.ends[:], copy.used[:] = due.later[:used], due.ends, due.used
    return copy
