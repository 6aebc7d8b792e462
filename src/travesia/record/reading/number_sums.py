"""How the words and digits of one number add up and multiply."""

from __future__ import annotations

from decimal import Decimal

from travesia.record.reading.digits import value_of
from travesia.record.reading.number_words import Lexicon, Token, bare

_ANY = 10**30


class Sum:
    """A number being read, token by token.

    `parts` fall from left to right; `rooms` says for each below what the parts after it must stay.
    """

    def __init__(self, lexicon: Lexicon, mark: str | None) -> None:
        self.lexicon, self.mark = lexicon, mark
        self.parts: list[Decimal] = []
        self.rooms: list[Decimal] = [Decimal(_ANY)]
        self.last = ""
        self.scale = 1
        self.rounded = False

    def copy(self) -> Sum:
        """Return the sum as it stands, to come back to."""
        other = Sum(self.lexicon, self.mark)
        other.parts, other.rooms, other.last = [*self.parts], [*self.rooms], self.last
        other.scale, other.rounded = self.scale, self.rounded
        return other

    def takes(self, token: Token, word: str, *, scaled: bool) -> bool:
        """Add a token where it goes on with the number; tell whether it does."""
        value = token.value or Decimal(0)
        if token.kind == "digits":
            return self._takes_digits(token, scaled=scaled)
        if token.kind == "short":
            return self._takes_digits(token, scaled=True) and self._takes_scale(value, "")
        if token.kind == "scale":
            return self._takes_scale(value, bare(word))
        if token.kind in {"hundred", "collective"}:
            return self._takes_hundred(value, token.kind)
        if token.kind in {"unit", "teen", "tens", "hundreds", "half"}:
            return self._takes_words(value, token.kind, word)
        return False

    def _add(self, value: Decimal, room: int | Decimal, last: str, *, after: int | None = None) -> bool:
        """Put a part in place of those from `after` on, if it stays below what the part before it leaves."""
        at = len(self.parts) if after is None else after
        if value >= self.rooms[at]:
            return False
        self.parts[at:], self.rooms[at + 1 :] = [value], [Decimal(room)]
        self.last = last
        return True

    def _takes_digits(self, token: Token, *, scaled: bool) -> bool:
        assert token.figure is not None
        value = value_of(token.figure, self.mark, self.lexicon.decimal_mark, scaled=scaled)
        if self.parts and (self.last != "scale" or value % 1):
            return False
        return self._add(value, 1, "digits")

    def _takes_words(self, value: Decimal, kind: str, word: str) -> bool:
        french = self.lexicon.french
        if french and self.last == "four" and word.lower() in {"vingt", "vingts"}:
            return self._add(Decimal(80), 20, "tens", after=len(self.parts) - 1)
        if self.parts and (value == 0 or kind == "half"):
            return False
        if french and self.last == "ten" and value < 7:
            return False
        room = {"tens": 10, "hundreds": 100}.get(kind, 1)
        if french:
            room = {10: 10, 60: 20}.get(int(value), room)
        return self._add(value, room, {4: "four", 10: "ten"}.get(int(value), kind))

    def _takes_hundred(self, value: Decimal, kind: str) -> bool:
        cut = len(self.parts)
        while cut and self.parts[cut - 1] < 100 and self.last != "scale":
            cut -= 1
        below = sum(self.parts[cut:], Decimal(0))
        if not below and (self.rooms[-1] <= value or (self.parts and kind == "collective")):
            return False
        taken = self._add((below or 1) * value, value if kind == "hundred" else 1, kind, after=cut)
        self.rounded = self.rounded or (taken and kind == "collective")
        return taken

    def _takes_scale(self, value: Decimal, word: str) -> bool:
        cut = len(self.parts)
        while cut and self.parts[cut - 1] < value:
            cut -= 1
        if cut == len(self.parts) and (word not in self.lexicon.scales_alone or self.rooms[-1] <= value):
            return False
        if not self._add((sum(self.parts[cut:], Decimal(0)) or 1) * value, value, "scale", after=cut):
            return False
        self.scale = int(value)
        return True
