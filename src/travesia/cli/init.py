"""``travesia init NAME``: a project folder of one's own over a pack that stays as it is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from travesia.cli.output import say, write_folder
from travesia.region import Region, find_pack, load_region
from travesia.scenario import load_policies
from travesia.terms import UsageError

FOLDERS = ("fits", "overrides", "studies")

PROJECT = """\
# A project over a pack. The pack stays as it is; what you add here is yours:
#   scenarios.toml   further scenarios           ledger.jsonl   further records
#   overrides/       a file here replaces the file of the same name in the pack
#   fits/            fitted parameters           studies/       what `travesia run` wrote
format = 1
pack = {pack}
"""

SCENARIOS = """\
# Scenarios of this project, beside those of the pack. Take the # away to try this one:
[scenarios]

# [scenarios.my-question]
# title = "What if this policy had never been"
{base}# without = [{policy}]
"""


def init(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="Folder to make.")],
    pack: Annotated[str, typer.Option("--pack", metavar="PACK", help="Pack below the project.")] = "americas",
) -> None:
    """Start a project: own ledger, fits, scenarios, overrides and studies over a pack."""
    if name.exists():
        raise UsageError(f"{name}: exists already; choose another NAME")
    paths = find_pack(pack)
    if paths.project is not None:
        raise UsageError(f"--pack {pack}: is a project; name the pack below it")
    region = load_region(pack)
    # A folder is written as seen from the project, so that both may move together.
    named = (
        paths.name if paths.folder != Path(pack) else os.path.relpath(paths.folder.resolve(), name.resolve())
    )
    with write_folder(name) as folder:
        for inner in FOLDERS:
            (folder / inner).mkdir()
        (folder / "project.toml").write_text(PROJECT.format(pack=json.dumps(named)), encoding="utf-8")
        (folder / "scenarios.toml").write_text(_example(region), encoding="utf-8")
        (folder / "ledger.jsonl").write_text("", encoding="utf-8")
    say(f"{name}: a project over {region.name} {region.version}")


def _example(region: Region) -> str:
    """Return the text of ``scenarios.toml`` with an example that works once it is no comment."""
    base = f'# base = "{region.default_scenarios[0]}"\n' if region.default_scenarios else ""
    day = region.default_span.start
    acting = (policy.id for policy in load_policies(region.folder) if policy.in_model and day in policy.span)
    return SCENARIOS.format(base=base, policy=json.dumps(next(acting, "a-policy")))
