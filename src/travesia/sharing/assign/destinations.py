"""What can be a place: somewhere to live. A removal or return is not a destination."""

from __future__ import annotations

import re

from travesia.sharing.assign.sheets import Cells
from travesia.terms import InputError

_REMOVAL = (
    r"deport\w*|removals?|expuls\w*|expel\w*|expell\w*|refoul\w*|repatriat\w*|push-?backs?|"
    r"deportaci\w*|repatriaci\w*|rapatri\w*|éloignement|deportaç\w*|repatriaç\w*|"
    r"(?:return|removal) (?:flights?|hubs?|cent(?:er|re)s?)"
)
_RETURN = (
    r"returns?|returned|returnees?|retornos?|devoluci\w*|devoluç\w*|retours?|renvois?|remov\w*|regress\w*"
)
_IN_NAME = re.compile(rf"\b(?:{_REMOVAL})\b", re.IGNORECASE)
_IN_KIND = re.compile(rf"\b(?:{_REMOVAL}|{_RETURN})\b", re.IGNORECASE)


def check_destination(cells: Cells) -> None:
    """Refuse a place that is a removal or a return, by its kind, its name, its state or its id.

    A kind is refused for any word of return, in four languages; a name only for words that name a removal,
    for there are towns called El Retorno.

    Raises
    ------
    InputError
        With the row and the word.
    """
    for column, words in (("kind", _IN_KIND), ("name", _IN_NAME), ("state", _IN_NAME), ("place", _IN_NAME)):
        text = re.sub(r"[_/\-]+", " ", cells.cells.get(column, ""))
        if words.search(text) or words.search(cells.cells.get(column, "")):
            raise _refused(cells, column)


def _refused(cells: Cells, column: str) -> InputError:
    return cells.fault(column, "a removal or return is not a destination", "leave the row out")
