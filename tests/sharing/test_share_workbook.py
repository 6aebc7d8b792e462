from __future__ import annotations

import json

import openpyxl

from travesia.cli import call

ROWS = [["iso3", "population", "gdp"], ["COL", 52.1, 364], ["PER", 34, 268], ["ECU", 18, 0.1 + 0.2]]


def test_indicators_in_a_workbook_give_the_shares_of_the_same_csv_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save("mine.xlsx")
    (tmp_path / "mine.csv").write_text("iso3,population,gdp\nCOL,52.1,364\nPER,34,268\nECU,18,0.3\n")
    said = []
    for name in ("mine.csv", "mine.xlsx", "mine.xlsx#Sheet"):
        assert call(f"share --indicators {name} --people 1000 --json".split()) == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1] == said[2]
    book.active["C3"] = None
    book.save("mine.xlsx")
    assert call(["share", "--indicators", "mine.xlsx", "--people", "9"]) == 2
    assert capsys.readouterr().err.startswith("error: mine.xlsx:3: gdp PER: is missing, ")
