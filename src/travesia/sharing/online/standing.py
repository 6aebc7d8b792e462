"""What stands at a moment: room that is left, people in each state, what groups got, how busy places are."""

from __future__ import annotations

import numpy as np

from travesia.sharing.assign.instance import people_of
from travesia.sharing.assign.program import Floats, Ints, Program
from travesia.sharing.online.arrivals import Arrivals


class Standing:
    """The state of a period; families are put in, nothing is ever taken out.

    ``room`` [L, D] and ``in_state`` [S] are exact whole numbers. ``backlog`` [L] is people who have come to a
    place and for whom its pace, its room spread evenly over the period, has not yet had the time; ``waited``
    adds up what that meant for the people ``placed``.
    """

    def __init__(self, program: Program, arrivals: Arrivals) -> None:
        self.program, self.arrivals = program, arrivals
        self.room = program.capacity.copy()
        self.in_state = np.zeros(len(arrivals.shares), np.int64)
        self.to_groups = np.zeros(len(arrivals.group_least))
        self.backlog = np.zeros(len(program.capacity))
        self.arrived = 0
        self.people_seen = 0
        self.placed = self.waited = 0.0
        self.parts_seen = np.zeros(len(arrivals.group_least))
        self._seats = np.maximum(program.capacity[:, 0].astype(np.float64), 1.0)

    def arrive(self, until: int) -> None:
        """Take notice of the families up to a position of the order."""
        for family in self.arrivals.order[self.arrived : until]:
            self.people_seen += int(self.program.people[family])
            self.parts_seen += self.arrivals.group_part[:, family]
        self.arrived = max(self.arrived, until)

    def open_places(self, family: int, states: Ints) -> Ints:
        """Return the admissible pairs of a family that have room, given most people of each state, [S]."""
        program = self.program
        pairs = np.arange(program.start[family], program.start[family + 1])
        place = program.place[pairs]
        free = (program.use[family] <= self.room[place]).all(axis=1)
        if len(states):
            free &= (self.in_state + program.people[family] <= states)[program.state_of[place]]
        return np.asarray(pairs[free])

    def put(self, family: int, pair: int) -> None:
        """Put a family at the place of one of its pairs."""
        program = self.program
        place = program.place[pair]
        self.room[place] -= program.use[family]
        if len(self.in_state):
            self.in_state[program.state_of[place]] += program.people[family]
        if len(self.to_groups):
            self.to_groups += program.group_score[:, pair]
        people = float(program.people[family])
        self.placed += people
        self.waited += people * float(self.wait()[place])
        self.backlog[place] += people

    def wait(self) -> Floats:
        """Return how long a place would need for those before a newcomer, [L], as a part of the period."""
        return self.backlog / self._seats

    def pass_time(self, expected: float) -> None:
        """Let the time of one arrival pass, of so many in the period."""
        np.maximum(self.backlog - self._seats / max(expected, 1.0), 0.0, out=self.backlog)

    def most_people(self, expected_people: float) -> Ints:
        """Return the most people of each state, [S], at its upper share of all seen or expected."""
        total = int(max(expected_people, self.people_seen))
        return np.array([people_of(share, total)[1] for share in self.arrivals.shares], np.int64)
