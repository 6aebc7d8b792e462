"""Hold the documents to the code: fresh pages, nothing named that is not there, examples that run.

`--run` also runs every shell and Python block that follows a line `<!-- run -->`; the blocks of one document
run in order in one empty folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import build_day_pictures
import build_reference
from check_day import day_page_faults

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```\s*$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)
TEST = re.compile(r"`(test_\w+)`")
EXAMPLE = re.compile(r"^<!-- run -->\n+```(bash|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# People are no water, and no person is illegal. CONTRIBUTING.md names the words to say so.
UNKIND = re.compile(r"\b(flood(s|ed|ing)?|waves?|surges?|illegal(s|ly)?)\b", re.IGNORECASE)


def documents() -> list[Path]:
    """Return every document of the project."""
    folders = (ROOT / "docs", ROOT / "decisions", ROOT / "changelog.d")
    return sorted([*ROOT.glob("*.md"), *(path for folder in folders for path in folder.rglob("*.md"))])


def stale_pages() -> Iterator[str]:
    """Find reference pages and pictures that are not what their sources say."""
    for path, text in {**build_reference.pages(), **build_day_pictures.pages()}.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"{path.relative_to(ROOT)}: is out of date; run `make docs`"


def broken_links(path: Path) -> Iterator[str]:
    """Find links to files or headings that do not exist."""
    prose = COMMENT.sub("", FENCE.sub("", path.read_text(encoding="utf-8")))
    for target in LINK.findall(prose):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        if not file.exists():
            yield f"{path.relative_to(ROOT)}: link to {target} leads nowhere"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            yield f"{path.relative_to(ROOT)}: link to {target}: no such heading"


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as code hosts make them."""
    prose = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(prose)}


def unlisted_pages() -> Iterator[str]:
    """Find documents under docs/ that its index does not name."""
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / target).resolve() for target in LINK.findall(index.read_text(encoding="utf-8"))}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        if path != index and path not in listed:
            yield f"{path.relative_to(ROOT)}: is not listed in docs/README.md"


def day_faults() -> Iterator[str]:
    """Find where the page of a simulated day and the kernel part."""
    page, kernel = (ROOT / name for name in ("docs/concepts/a-day.md", "src/travesia/movement/kernel.py"))
    for fault in day_page_faults(page.read_text(encoding="utf-8"), kernel.read_text(encoding="utf-8")):
        yield f"{page.relative_to(ROOT)}: {fault}"


def missing_tests(path: Path) -> Iterator[str]:
    """Find tests that a document names and that do not exist."""
    for name in TEST.findall(path.read_text(encoding="utf-8")):
        if name not in _tests():
            yield f"{path.relative_to(ROOT)}: names {name}, which is no test"


@cache
def _tests() -> frozenset[str]:
    files = (Path(__file__).resolve().parents[1] / "tests").rglob("*.py")
    return frozenset(
        name for file in files for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))
    )


def unkind_words(path: Path) -> Iterator[str]:
    """Find words that this project does not use of people."""
    if path.name == "CONTRIBUTING.md":
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        for word in UNKIND.finditer(line):
            yield f"{path.relative_to(ROOT)}:{number}: says {word[0]!r} of people; see CONTRIBUTING.md"


def failed_examples(path: Path) -> Iterator[str]:
    """Run the marked examples of a document."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as folder:
        for language, text in EXAMPLE.findall(path.read_text(encoding="utf-8")):
            words = (
                ["bash", "-euo", "pipefail", "-c"]
                if language == "bash"
                else [sys.executable, "-W", "error", "-c"]
            )
            run = subprocess.run(
                [*words, text], cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            if run.returncode:
                first = text.strip().splitlines()[0]
                said = " ".join((run.stderr or run.stdout).strip().splitlines()[-1:])
                yield f"{path.relative_to(ROOT)}: example fails: {first}: {said}"


def main() -> int:
    """Print what is wrong; return 1 if anything is."""
    wrong = [*stale_pages(), *unlisted_pages(), *day_faults()]
    for path in documents():
        wrong += [*broken_links(path), *unkind_words(path), *missing_tests(path)]
        if "--run" in sys.argv[1:]:
            wrong += failed_examples(path)
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
