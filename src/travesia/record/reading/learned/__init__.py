"""What annotated texts teach beyond the rules: which stretches of a text tell a policy, a promise, a stance.

`units` cuts a text into stretches and describes each, `weights` says how likely one holds a record, and
`weighing` lets that decide which proposals of the rules stay and where one is missing.
"""

from __future__ import annotations

from travesia.record.reading.learned.units import Unit, units
from travesia.record.reading.learned.weighing import weighed
from travesia.record.reading.learned.weights import (
    DAY,
    EVENT,
    EVENT_STATUS,
    MODALITY,
    QUESTIONS,
    ROLE,
    SHIPPED,
    SLOTS,
    STATUS,
    Learned,
)

__all__ = [
    "DAY", "EVENT", "EVENT_STATUS", "MODALITY", "QUESTIONS", "ROLE", "SHIPPED", "SLOTS", "STATUS", "Learned",
    "Unit", "units", "weighed",
]  # fmt: skip
