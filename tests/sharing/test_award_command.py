from __future__ import annotations

from pathlib import Path

import pytest
from saying import answer, refused

from travesia.cli import call
from travesia.sharing import AWARD_RULES
from travesia.terms import read_rows

NEEDS = """iso3,need_usd,received_usd,severity,cap_usd
COL,800,200,1,
PER,350,40,2,50
ECU,0,0,3,
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("needs.csv").write_text(NEEDS)


@pytest.fixture
def say(capsys):
    def run(words):
        code = call(["award", *words.split()])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.mark.parametrize("rule", AWARD_RULES)
def test_the_object_is_as_agreed(say, rule):
    found = answer(say(f"needs.csv --rule {rule} --budget-usd 100.01 --json"))
    assert found["rule"] == rule
    assert [row["iso3"] for row in found["rows"]] == ["COL", "PER", "ECU"]
    for row in found["rows"]:
        assert set(row) == {"iso3", "usd", "coverage", "why"}
        assert isinstance(row["usd"], float)
    assert sum(round(100 * row["usd"]) for row in found["rows"]) == 10001 - round(
        100 * found["unallocated_usd"]
    )
    assert found["rows"][2] == {"iso3": "ECU", "usd": 0.0, "coverage": None, "why": "nothing is needed"}
    assert "properties" not in found


def test_what_nobody_can_take_is_told(say):
    found = answer(say("needs.csv --rule cea --budget-usd 1000 --json --explain"))
    assert found["unallocated_usd"] == 350
    assert {row["id"] for row in found["properties"]} >= {"budget", "bounds", "more-need", "self-dual"}
    code, out, _ = say("needs.csv --rule cea --budget-usd 1000 --explain")
    assert code == 0
    assert "unallocated: 350.00" in out
    assert "held at what it can absorb" in out
    assert "more need never gives less" in out


def test_options_of_a_rule_are_published_with_the_awards(say):
    found = answer(say("needs.csv --rule cerf-like --budget-usd 100 --floor .25 --json"))
    assert found["options"] == {"threshold": 240 / 1150, "most_states": 10, "floor": 0.25, "cap": 1.0}
    found = answer(say("needs.csv --rule severity --severity-power 0.5 --budget-usd 9 --json"))
    assert found["options"] == {"severity_power": 0.5, "severity_form": "gap"}
    assert answer(say("needs.csv --rule cea --budget-usd 9 --json"))["options"] == {}


def test_all_rules_side_by_side(say):
    found = answer(say("needs.csv --compare --budget-usd 100 --json --explain"))
    for row in found["rows"]:
        awards = [row[rule] for rule in AWARD_RULES]
        assert (row["lowest_usd"], row["highest_usd"]) == (min(awards), max(awards))
    assert found["left_out"] == {}
    assert set(found["properties"]) == set(AWARD_RULES)
    Path("needs.csv").write_text("iso3,need_usd,received_usd\nCOL,10,0\n")
    code, out, _ = say("needs.csv --compare --budget-usd 100 --explain")
    assert code == 0
    assert "cerf-like is left out: needs.csv:1: severity: column is missing" in out
    assert "always" in out


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_the_table_is_written_whole_or_not_at_all(say, name):
    words = f"needs.csv --rule equal-coverage --budget-usd 100 --out {name}"
    assert say(words)[0] == 0
    header, rows = read_rows(Path(name))
    assert header[:4] == ["iso3", "need_usd", "received_usd", "usd"]
    assert [cells["usd"] for _, cells in rows] in (["50.0", "50.0", "0.0"], ["50", "50", "0"])
    assert rows[2][1]["coverage"] == ""
    assert "exists already" in refused(say(words))
    assert say(f"{words} --force")[0] == 0
    assert sorted(path.name for path in Path().iterdir()) == ["needs.csv", name]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("needs.csv --budget-usd 1", "--rule: is missing; give either --rule RULE or --compare"),
        ("needs.csv --rule cea --compare --budget-usd 1", "--rule: says which rule, and --compare shows all"),
        ("needs.csv --rule cea", "--budget-usd: is missing; "),
        ("needs.csv --rule cea --budget-usd -1", "--budget-usd -1: is no amount of US dollars; "),
        ("needs.csv --rule cea --budget-usd 1,000", "--budget-usd 1,000: is no amount of US dollars; "),
        ("needs.csv --rule cea --budget-usd nan", "--budget-usd nan: is no amount of US dollars; "),
        ("needs.csv --rule cea --budget-usd 1_0", "--budget-usd 1_0: is no amount of US dollars; "),
        ("needs.csv --rule cea --budget-usd 1.234", "budget 1.234: is not an amount of dollars and cents; "),
        ("needs.csv --rule cea --budget-usd 1 --floor 0.1", "--floor: is for --rule cerf-like; "),
        ("needs.csv --rule severity --budget-usd 1 --severity-power x", "--severity-power x: is no number"),
        ("needs.csv --rule cea --budget-usd 1 --out x.txt", "--out x.txt: is neither .csv nor .xlsx; "),
        ("needs.csv --rule cea --budget-usd 1 --out no/x.csv", "no/x.csv: its folder does not exist; "),
        ("lost.csv --rule cea --budget-usd 1", "lost.csv: file is missing; "),
        ("needs.csv --rule best --budget-usd 1", ""),
    ],
)
def test_bad_words_are_one_line(say, words, said):
    assert refused(say(words)).startswith(f"error: {said}")


def test_a_bad_cell_leaves_nothing_behind(say):
    Path("needs.csv").write_text("iso3,need_usd,received_usd\nCOL,10,\n")
    err = refused(say("needs.csv --rule cea --budget-usd 1 --out x.csv"))
    assert err.startswith("error: needs.csv:2: received_usd: is empty; ")
    assert [path.name for path in Path().iterdir()] == ["needs.csv"]


@pytest.mark.parametrize(("lang", "name"), [("en", "Peru"), ("es", "Perú"), ("fr", "Pérou")])
def test_names_of_states_in_the_language(say, lang, name):
    for words in ("--rule cea", "--compare"):
        code, out, err = say(f"needs.csv {words} --budget-usd 100 --lang {lang} --quiet")
        assert (code, err) == (0, "")
        assert f" {name} " in out
