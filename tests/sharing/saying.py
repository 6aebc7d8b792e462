"""What a command said: its answer, or the one line with which it refused."""

from __future__ import annotations

import json


def answer(said):
    code, out, err = said
    assert (code, err) == (0, "")
    return json.loads(out)


def refused(said):
    code, out, err = said
    assert (code, out, err.count("\n")) == (2, "", 1)
    return err
