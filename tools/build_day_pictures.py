"""Draw the two pictures of `docs/concepts/a-day.md`: which steps of a day move people between which stores.

A picture is a grid: a column for each step, in order, a row for each place where people are kept, and an
arrow for each way in which a step moves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
LEFT, COLUMN, TOP, ROW, WIDTH = 190, 134, 92, 62, 1000
STYLE = """
svg { font-family: system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Arial, sans-serif; }
.paper { fill: #ffffff; } .band { fill: #f1f4f7; } .ink { fill: #17212b; } .muted { fill: #55616d; }
.code { font-family: ui-monospace, 'DejaVu Sans Mono', monospace; }
.now { stroke: #0f7f6d; fill: #0f7f6d; } .later { stroke: #0b5a9c; fill: #0b5a9c; }
.rest { stroke: #b3470f; fill: #b3470f; }
.arrow { fill: none; stroke-width: 2.5; } .later.arrow { stroke-dasharray: 7 4; }
.rest.arrow { stroke-dasharray: 2 3; } .hem { fill: none; stroke: #c3cbd3; }
@media (prefers-color-scheme: dark) {
.paper { fill: #12181f; } .band { fill: #1f2832; } .ink { fill: #eef2f6; } .muted { fill: #aab6c2; }
.now { stroke: #4cc9b0; fill: #4cc9b0; } .later { stroke: #7db8ee; fill: #7db8ee; }
.rest { stroke: #f2935c; fill: #f2935c; } .arrow { fill: none; } .hem { stroke: #3a4653; }
}
"""


@dataclass(frozen=True)
class Picture:
    """`steps` are (title, code), `stores` (code, what it holds), `moves` (step, from, to, kind).

    A move from -1 comes from outside the stores. `kinds` says what an arrow's kind means.
    """

    title: str
    steps: tuple[tuple[str, str], ...]
    stores: tuple[tuple[str, str], ...]
    moves: tuple[tuple[int, int, int, str], ...]
    kinds: tuple[tuple[str, str], ...]


WALKING = Picture(
    "The day of people who walk: six steps and the five stores between which they move people",
    (
        ("1 People appear", "_appear _spawn"),
        ("2 The morning", "_decide"),
        ("3 Who is due", "_come_due"),
        ("4 Turns", "_turns _come"),
        ("5 By time of day", "_decide"),
        ("6 The night", "wander"),
    ),
    (
        ("standing", "at a stand in the morning"),
        ("coming", "comes today"),
        ("today", "comes at a time of today"),
        ("staying", "at a stand for the night"),
        ("due", "on links, by day of arrival"),
    ),
    (
        (0, -1, 0, "now"),
        (1, 0, 1, "now"), (1, 0, 3, "rest"), (1, 0, 4, "later"),
        (2, 4, 1, "now"), (2, 4, 3, "rest"),
        (3, 1, 2, "now"),
        (4, 2, 2, "now"), (4, 2, 3, "rest"), (4, 2, 4, "later"),
        (5, 3, 0, "rest"),
    ),
    (
        ("now", "has some of the day left"),
        ("later", "arrives on a later day"),
        ("rest", "stays for the night"),
    ),
)  # fmt: skip
GATES = Picture(
    "The day of people at gates: six steps and the places between which they move people",
    (
        ("1 Checkpoints", "_arrivals"),
        ("2 Hubs", "_arrivals"),
        ("3 Border gates", "_arrivals"),
        ("4 Leaving hubs", "_leave_hubs"),
        ("5 Pathways", "_pathways"),
        ("6 Departures", "_depart"),
    ),
    (
        ("queue", "for a lawful pathway"),
        ("due", "on links, by day of arrival"),
        ("today", "due today"),
        ("waiting", "at a hub"),
        ("resident", "at a place, sent back"),
        ("totals", "beyond the gates"),
    ),
    (
        (0, 1, 2, "now"), (0, 2, 1, "later"), (0, 2, 4, "rest"),
        (1, 2, 3, "now"),
        (2, 2, 5, "now"), (2, 2, 4, "rest"), (2, 4, 1, "later"),
        (3, 3, 1, "later"), (3, 3, 4, "rest"),
        (4, -1, 0, "now"), (4, 0, 5, "now"),
        (5, -1, 1, "later"), (5, -1, 4, "rest"),
    ),
    (("now", "goes on today"), ("later", "is under way, due later"), ("rest", "is sent back or stopped")),
)  # fmt: skip


def drawn(picture: Picture) -> str:
    """Return a picture as SVG."""
    bottom = TOP + ROW * len(picture.stores)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 50}" role="img"'
        f' aria-label="{escape(picture.title)}">',
        f"<title>{escape(picture.title)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{bottom + 50}" rx="10"/>',
    ]
    for at, (name, what) in enumerate(picture.stores):
        y = TOP + ROW * at
        out.append(f'<rect class="band" x="12" y="{y + 6}" width="{WIDTH - 24}" height="{ROW - 12}" rx="8"/>')
        out.append(_text(26, y + 28, name, "ink code", 15))
        out.append(_text(26, y + 46, what, "muted", 11.5))
    for at, (name, code) in enumerate(picture.steps):
        x = LEFT + COLUMN * at
        out.append(f'<path class="hem" d="M{x - 4} 24V{bottom}"/>')
        out.append(_text(x + 8, 38, name, "ink", 14.5, "600"))
        out.append(_text(x + 8, 58, code, "muted code", 12))
    for step in range(len(picture.steps)):
        out += _moves([move for move in picture.moves if move[0] == step])
    for at, (kind, meaning) in enumerate(picture.kinds):
        x = LEFT + 8 + 260 * at
        out.append(f'<path class="{kind} arrow" d="M{x} {bottom + 25}h38"/>')
        out.append(_head(x + 46, bottom + 25, 0, kind))
        out.append(_text(x + 56, bottom + 29, meaning, "ink", 12.5))
    return "\n".join([*out, "</svg>", ""])


def _moves(moves: list[tuple[int, int, int, str]]) -> list[str]:
    """Draw the arrows of a step side by side, from the middle of a row to the middle of another."""
    out = []
    for at, (step, origin, end, kind) in enumerate(moves):
        x = LEFT + COLUMN * step + COLUMN * (at + 1) / (len(moves) + 1) - 2
        if origin == end:
            y = TOP + ROW * end + ROW / 2
            out.append(f'<path class="{kind} arrow" d="M{x} {y - 8}c-30 -34 34 -34 12 -2"/>')
            out.append(f'<circle class="{kind}" cx="{x}" cy="{y - 6}" r="4.5"/>')
            out.append(_head(x + 7, y - 2, 115, kind))
            continue
        start = TOP + ROW * origin + ROW / 2 if origin >= 0 else TOP - 16
        stop, down = TOP + ROW * end + ROW / 2, end > origin
        short = stop - 9 if down else stop + 9
        out.append(f'<path class="{kind} arrow" d="M{x} {start}V{short}"/>')
        out.append(f'<circle class="{kind}" cx="{x}" cy="{start}" r="4.5"/>')
        out.append(_head(x, stop, 90 if down else -90, kind))
    return out


def _head(x: float, y: float, degrees: float, kind: str) -> str:
    return f'<path class="{kind}" d="M0 0l-11 -6v12z" transform="translate({x} {y}) rotate({degrees})"/>'


def _text(x: float, y: float, text: str, kind: str, size: float, weight: str = "400") -> str:
    style = f'font-size="{size}" font-weight="{weight}"'
    return f'<text class="{kind}" x="{x}" y="{y}" {style}>{escape(text)}</text>'


def pages() -> dict[Path, str]:
    """Return each picture's file and text."""
    return {FOLDER / "day-of-walking.svg": drawn(WALKING), FOLDER / "day-at-gates.svg": drawn(GATES)}


def main() -> None:
    """Write the pictures."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
