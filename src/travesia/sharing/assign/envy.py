"""Justified envy: who would rather be where another is that has the lesser claim.

A family envies another with reason if it would rather have that one's place than its own, may go there,
scores more there than the other does, and needs no more of any resource, so that it would fit in the other's
stead. Pinned families neither envy nor are envied: theirs is decided. The notion is that of A. Abdulkadiroglu
and T. Sonmez, "School choice: a mechanism design approach", American Economic Review 93, 2003, with scores as
priorities; that one family must fit in the other's stead is added here, as families differ in size.
"""

from __future__ import annotations

import numpy as np

from travesia.sharing.assign.instance import Instance
from travesia.sharing.assign.placements import Envious, Envy
from travesia.sharing.assign.program import OUT, Floats, Ints, Program


def envy_of(instance: Instance, chosen: Ints) -> Envy | None:
    """Return the placed cases that envy with reason; ``None`` where there are no groups or preferences.

    What a case would rather have is told by its preferences, where there are any, else by its scores.
    """
    wishes = "preference" in instance.terms
    if not wishes and not instance.groups:
        return None
    score = _of_families(instance, "score")
    wish = _of_families(instance, "preference") if wishes else score
    found = envied(instance.program, score, wish, chosen)
    first = np.unique(instance.family_of, return_index=True)[1]
    rows = [
        Envious(
            instance.cases[case],
            instance.places[int(instance.program.place[found[family, 0]])],
            instance.cases[int(first[found[family, 1]])],
        )
        for case, family in enumerate(instance.family_of)
        if found[family, 0] != OUT
    ]
    placed = int((chosen[instance.family_of] != OUT).sum())
    return Envy("preference" if wishes else "score", tuple(rows), len(rows) / placed if placed else 0.0)


def envied(program: Program, score: Floats, wish: Floats, chosen: Ints) -> Ints:
    """Return what each family envies most, [F, 2]: the pair, and the family there; `OUT` for nothing.

    Parameters
    ----------
    program
        Families, places and what they use.
    score, wish
        Claim of each pair, and how much its family would like it, [K].
    chosen
        Pair of each family, [F].
    """
    out = np.full((len(chosen), 2), OUT)
    free = (chosen != OUT) & ~program.must
    own = np.full(len(chosen), np.inf)
    own[free] = wish[chosen[free]]
    rather = np.flatnonzero(wish > own[program.family])
    pairs, holders = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    wanted = _by_place(program, rather)
    for place, here in enumerate(_by_place(program, chosen[free])):
        # Of those there that use the same, only the least claim matters.
        held = here[np.argsort(score[here], kind="stable")]
        there = np.searchsorted(program.start, held, side="right") - 1
        uses, first = np.unique(program.use[there], axis=0, return_index=True)
        needs = program.use[program.family[wanted[place]]]
        ways = (uses[None] >= needs[:, None]).all(axis=2) & (score[held[first]] < score[wanted[place], None])
        some = ways.any(axis=1)
        if some.any():
            pairs.append(wanted[place][some])
            holders.append(there[first][np.where(ways[some], score[held[first]], np.inf).argmin(axis=1)])
    pair, holder = np.concatenate(pairs), np.concatenate(holders)
    order = np.lexsort((score[pair], wish[pair]))
    out[program.family[pair[order]]] = np.stack([pair[order], holder[order]], axis=1)
    return out


def _by_place(program: Program, pairs: Ints) -> list[Ints]:
    """Return the pairs of each place."""
    at = program.place[pairs]
    order = np.argsort(at, kind="stable")
    return np.split(pairs[order], np.cumsum(np.bincount(at, minlength=len(program.capacity)))[:-1])


def _of_families(instance: Instance, name: str) -> Floats:
    """Return a term of the scores of cases, summed over the cases of each family, by its pairs, [K]."""
    case = np.repeat(np.arange(len(instance.cases)), np.diff(instance.case_start))
    # A case has the pairs of its family, in the same order.
    pair = np.arange(len(case)) - instance.case_start[case] + instance.program.start[instance.family_of[case]]
    total = np.zeros(len(instance.program.place))
    np.add.at(total, pair, instance.terms[name])
    return total
