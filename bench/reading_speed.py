"""What reading costs: 1,000 pages in four languages, from the file's bytes to the object that `read` prints.

A page is 3,000 characters. A file holds one or two: annotated development texts of one language, joined in
an order that a seed draws. Printed are pages per CPU second, CPU seconds per 1,000 pages with the share of
each stage, the speed of one document of a quarter of these pages over that of single files, and the most
memory that was held. `--processes N` then has the command read the files by one process and by N, and prints
the seconds that a user waits for each, which mean something on an idle machine only. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path

from annotated.sources import INVENTED, PUBLIC, sources, text_of
from travesia.record import Document, Gazetteer, Reading, as_json, load_document, read_document
from travesia.record.reading.dates import document_date, find_dates
from travesia.record.reading.families import FAMILIES
from travesia.record.reading.names import find_names
from travesia.record.reading.quantities import find_quantities
from travesia.record.reading.text import prepare

LANGUAGES = ("en", "es", "fr", "pt")
PAGE = 3_000


def texts_by_language() -> dict[str, list[str]]:
    """Return the development texts of each language that are at hand."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for source in (*sources(PUBLIC), *sources(INVENTED)):
        found[source.stem[:2]].append(text_of(source).read_bytes().decode("utf-8"))
    return found


def pages(count: int, seed: int) -> Iterator[str]:
    """Yield files that hold so many pages together, the languages in turn."""
    drawn, texts, written = random.Random(seed), texts_by_language(), 0
    waiting: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for language in cycle(LANGUAGES):
        if written >= count * PAGE:
            return
        page: list[str] = []
        while sum(map(len, page)) < PAGE:
            if not waiting[language]:
                waiting[language] = drawn.sample(texts[language], len(texts[language]))
            page.append(waiting[language].pop())
        written += sum(map(len, page))
        yield "\n\n".join(page)


@dataclass
class Clock:
    """CPU seconds by stage."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what is done meanwhile to a stage."""
        begun = time.process_time()
        yield
        self.seconds[name] += time.process_time() - begun


def read_stages(clock: Clock, document: Document, gazetteer: Gazetteer, reading: Reading) -> None:
    """Do each stage of a reading once more, on its own."""
    day = reading.date.value
    with clock.stage("sentences"):
        text = prepare(document.text, document.described.language)
    with clock.stage("dates"):
        document_date(text)
        dates = find_dates(text, day)
    with clock.stage("names"):
        find_names(text, day, gazetteer)
    with clock.stage("quantities"):
        find_quantities(text, dates)
    # With a text of its own, as what was found for the whole reading is not looked for again.
    found = replace(reading.found, text=prepare(document.text, document.described.language))
    for family in FAMILIES:
        with clock.stage(f"family {family.__name__}"):
            list(family(found))


def read_all(paths: list[Path], clock: Clock, *, stages: bool) -> int:
    """Read files end to end, and stage by stage if asked; return how many characters they have."""
    gazetteer, characters = Gazetteer.shipped(), 0
    for path in paths:
        with clock.stage("whole"):
            with clock.stage("file"):
                document = load_document(path)
            reading = read_document(document, gazetteer)
            with clock.stage("as JSON"):
                as_json(reading)
        characters += len(document.text)
        if stages:
            read_stages(clock, document, gazetteer, reading)
    return characters


def main() -> None:
    """Print the costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, page in enumerate(pages(asked.pages, asked.seed)):
            paths.append(Path(folder) / f"page-{number:05}.txt")
            paths[-1].write_bytes(page.encode())
        first = Clock()
        read_all(paths[:4], first, stages=False)
        clock = Clock()
        characters = read_all(paths, clock, stages=True)
        whole = Path(folder) / "whole.txt"
        whole.write_bytes(b"\n\n".join(path.read_bytes() for path in paths[:: len(LANGUAGES)]))
        long = Clock()
        long_characters = read_all([whole], long, stages=False)
        waited = [(number, waiting_s(paths, number)) for number in (1, asked.processes) if asked.processes]
    report(asked.pages, characters, clock)
    print(f"first pages, with cue files compiled: {first.seconds['whole']:.2f} CPU s")
    each, at_once = characters / clock.seconds["whole"], long_characters / long.seconds["whole"]
    print(f"one document of {long_characters / PAGE:.0f} pages: {at_once / each:.2f} of the speed of pages")
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for number, seconds in waited:
        print(f"travesia read --processes {number}: {seconds:.1f} s, {seconds / waited[0][1]:.2f} of one")


def waiting_s(paths: list[Path], processes: int) -> float:
    """Return how long the command takes for files, in seconds by the clock on the wall."""
    begun = time.perf_counter()
    command = [Path(sys.executable).with_name("travesia"), "read", *paths, "--quiet", "--json"]
    subprocess.run([*command, f"--processes={processes}"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def report(count: int, characters: int, clock: Clock) -> None:
    """Print the table of stages."""
    whole = clock.seconds.pop("whole")
    print(
        f"{count} pages, {characters} characters: {whole:.2f} CPU s, {count / whole:.0f} pages a CPU second"
    )
    print(f"{1000 * whole / count:.2f} CPU seconds per 1,000 pages, of which")
    for name, seconds in clock.seconds.items():
        print(f"  {name:<28}{1000 * seconds / count:>7.2f}  {seconds / whole:>5.0%}")
    clock.seconds["whole"] = whole


if __name__ == "__main__":
    main()
