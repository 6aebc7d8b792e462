"""The page in a real browser, opened from a file: looks, width, print. Skipped without Chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
)  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]
# Widths that reach past the window, unless a box around them scrolls; run in a frame of stated width.
PROBE = """<!doctype html><title>probe</title>
<iframe id="f" style="width:WIDTHpx;height:900px;border:0"></iframe>
<script>
const frame = document.getElementById('f');
const scrolls = element => {
  for (let box = element.parentElement; box; box = box.parentElement)
    if (['auto', 'scroll'].includes(frame.contentWindow.getComputedStyle(box).overflowX)) return true;
  return false;
};
frame.onload = () => {
  const page = frame.contentDocument, out = [];
  for (const e of page.body.querySelectorAll('*'))
    if (!e.closest('svg, .skip') && e.getBoundingClientRect().right > WIDTH + 1 && !scrolls(e))
      out.push(e.tagName + '.' + e.className);
  for (const words of page.querySelectorAll('svg.drawn text')) {
    const svg = words.closest('svg'), box = svg.getBoundingClientRect(), at = words.getBoundingClientRect();
    const hides = frame.contentWindow.getComputedStyle(svg).overflowX !== 'visible';
    if (hides && (at.left < box.left - 1 || at.right > box.right + 1)) out.push('cut ' + words.textContent);
  }
  document.title = 'width ' + page.documentElement.scrollWidth + ' over ' + out.slice(0, 5).join(',') +
    ' figures ' + page.querySelectorAll('figure svg').length;
};
frame.srcdoc = PAGE;
</script>"""


def chromium(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    assert CHROMIUM is not None
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    return subprocess.run(
        [CHROMIUM, *QUIET, profile, *words], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def file(page: str, tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def test_it_opens_from_a_file_without_a_word_on_the_console(file: Path, tmp_path: Path) -> None:
    done = chromium(tmp_path, "--enable-logging=stderr", "--v=0", "--dump-dom", file.as_uri())
    assert done.returncode == 0
    assert "CONSOLE" not in done.stderr
    assert "251 thousand fewer encounters" in done.stdout
    assert done.stdout.count("<svg") > 15


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_reaches_past_the_window(page: str, tmp_path: Path, width: int) -> None:
    sealed = page.replace("<meta http-equiv", "<meta data-was")
    probe = PROBE.replace("WIDTH", str(width)).replace("PAGE", json.dumps(sealed).replace("</", "<\\/"))
    (tmp_path / "probe.html").write_text(probe, encoding="utf-8")
    uri = (tmp_path / "probe.html").as_uri()
    done = chromium(
        tmp_path, "--virtual-time-budget=4000", f"--window-size={width + 40},1000", "--dump-dom", uri
    )
    title = re.search(r"<title>width (\d+) over (.*) figures (\d+)</title>", done.stdout)
    assert title is not None, done.stdout[:300]
    assert int(title.group(1)) <= width
    assert title.group(2).strip() == ""
    assert int(title.group(3)) > 15


def test_it_prints(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={target}", file.as_uri())
    written = target.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", written))
    assert written.startswith(b"%PDF")
    assert 4 < pages < 40


def test_it_can_be_photographed_wide_and_narrow(file: Path, tmp_path: Path) -> None:
    for width in (390, 1440):
        target = tmp_path / f"{width}.png"
        chromium(tmp_path, f"--screenshot={target}", f"--window-size={max(width, 500)},2000", file.as_uri())
        assert target.stat().st_size > 40_000, "not a blank page"
