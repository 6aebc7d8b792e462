"""How the words and digits of one number add up and multiply."""

from __future__ import annotations

from decimal import Decimal

from travesia.record.reading.digits import value_of
from travesia.record.reading.number_words import Lexicon, Token, bare

_ANY = 10**30


class Sum:
    """A number being read, token by token; `parts` fall from left to right, `room` bounds the next."""

    def __init__(self, lexicon: Lexicon, mark: str | None) -> None:
        self.lexicon, self.mark = lexicon, mark
        self.parts: list[Decimal] = []
        self.room = Decimal(_ANY)
        self.last = ""
        self.scale = 1
        self.rounded = False

    def copy(self) -> Sum:
        """Return the run as it stands, to come back to."""
        other = Sum(self.lexicon, self.mark)
        other.parts, other.room, other.last = [*self.parts], self.room, self.last
        other.scale, other.rounded = self.scale, self.rounded
        return other

    def takes(self, token: Token, word: str, *, scaled: bool) -> bool:
        """Add a token where it goes on with the number; tell whether it does."""
        if token.kind in {"digits", "short"}:
            taken = self._takes_digits(token, scaled=scaled or token.kind == "short")
            return taken and (token.kind != "short" or self._takes_scale(token.value or Decimal(1), ""))
        if token.kind in {"scale", "hundred", "collective"}:
            value = token.value or Decimal(1)
            return (
                self._takes_scale(value, bare(word))
                if token.kind == "scale"
                else self._takes_hundred(value, token.kind)
            )
        if token.kind not in {"unit", "teen", "tens", "hundreds", "half"} or token.value is None:
            return False
        return self._takes_words(token.value, token.kind, word)

    def _takes_digits(self, token: Token, *, scaled: bool) -> bool:
        assert token.figure is not None
        value = value_of(token.figure, self.mark, self.lexicon.decimal_mark, scaled=scaled)
        if self.parts and (self.last != "scale" or value >= self.room or value % 1):
            return False
        self.parts.append(value)
        self.room, self.last = Decimal(1), "digits"
        return True

    def _takes_words(self, value: Decimal, kind: str, word: str) -> bool:
        if self.lexicon.french and self.last == "four" and word.lower() in {"vingt", "vingts"}:
            self.parts[-1] += 76
            self.room, self.last = Decimal(20), "tens"
            return True
        teens = self.lexicon.french and self.last == "ten"
        if value >= (10 if teens else self.room) or (self.parts and (value == 0 or kind == "half")):
            return False
        if teens and value < 7:
            return False
        self.parts.append(value)
        self.room = Decimal({"tens": 10, "hundreds": 100}.get(kind, 1))
        if self.lexicon.french and value == 60:
            self.room = Decimal(20)
        self.last = {4: "four", 10: "ten"}.get(int(value), kind)
        return True

    def _takes_hundred(self, value: Decimal, kind: str) -> bool:
        cut = len(self.parts)
        while cut and self.parts[cut - 1] < 100 and self.last != "scale":
            cut -= 1
        below = sum(self.parts[cut:], Decimal(0))
        if not below and (self.room <= value or (self.parts and kind == "collective")):
            return False
        product = (below or Decimal(1)) * value
        if cut and product >= self.parts[cut - 1]:
            return False
        self.parts[cut:] = [product]
        self.room, self.last = value if kind == "hundred" else Decimal(1), kind
        self.rounded = self.rounded or kind == "collective"
        return True

    def _takes_scale(self, value: Decimal, word: str) -> bool:
        cut = len(self.parts)
        while cut and self.parts[cut - 1] < value:
            cut -= 1
        lower = sum(self.parts[cut:], Decimal(0))
        if cut == len(self.parts):
            if word not in self.lexicon.scales_alone or self.room <= value:
                return False
            lower = Decimal(1)
        product = lower * value
        if cut and product >= self.parts[cut - 1]:
            return False
        self.parts[cut:] = [product]
        self.room, self.last, self.scale = value, "scale", int(value)
        return True
