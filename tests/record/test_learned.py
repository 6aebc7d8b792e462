"""What is learned from annotated texts: units and their signs, chances, and what becomes of proposals."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from policies_read import proposals_of

from annotated.sources import LEARNING, SHARED_TEXTS, fingerprint, sources, text_of
from travesia.record import Described, load_document, read_document
from travesia.record.reading import learned
from travesia.record.reading.learned import SHIPPED, Learned, units
from travesia.record.reading.nouns import Found

CHOIR = "Ecuador met Peru. The choir has praised the river for bananas. Chile will admit 300 refugees."


def _told(**questions: dict[str, Any]) -> Learned:
    nothing = {"base": -9.0, "signs": {}}
    values = {"policy.kind": "other", "policy.status": "in_force", "commitment.action": "help"}
    slots = {slot: {value: nothing} for slot, value in values.items()}
    return Learned({"questions": {"policy": nothing, "commitment": nothing, **questions}, "slots": slots})


def _found(source: Path) -> Found:
    return read_document(load_document(text_of(source), Described()), extractors=()).found


@pytest.mark.parametrize("source", sources(LEARNING)[::8], ids=lambda source: source.stem)
def test_units_lie_in_their_sentences_in_order_and_apart(source: Path):
    cut = units(_found(source))
    assert all(one.scene.sentence.holds(one) for one in cut)
    assert all(one.end <= two.start for one, two in pairwise(cut))
    assert all(one.signs for one in cut)


@pytest.mark.parametrize("source", sources(LEARNING)[::8], ids=lambda source: source.stem)
def test_chances_lie_between_nothing_and_certainty_and_differ(source: Path):
    chances = [SHIPPED.chance("policy", one.signs) for one in units(_found(source))]
    assert all(0.0 < one < 1.0 for one in chances)
    assert max(chances) > 0.5 > min(chances)


def test_a_likely_unit_in_which_no_rule_found_anything_is_proposed_with_its_reason():
    told = _told(policy={"base": -9.0, "signs": {"5 banan": 12.0, "5 prais": 1.0, "5 river": -3.0}})
    assert proposals_of(CHOIR, "en", "policy", learned=None) == []
    (proposed,) = proposals_of(CHOIR, "en", "policy", learned=told)
    assert proposed.origin.startswith("learned@")
    assert proposed.fields["kind"] == "other"
    first = proposed.evidence[0]
    assert CHOIR[first.start : first.end] == "The choir has praised the river for bananas"
    (reason,) = (one.candidates[0].reason for one in proposed.doubts if one.slot == "kind")
    assert reason == "likely here (73%): banan-, prais-"


def test_what_is_promised_in_a_likely_unit_has_its_amount_and_its_actor():
    text = "Chile is to take on 140 refugees before the end of June."
    told = _told(commitment={"base": 5.0, "signs": {}})
    (made,) = proposals_of(text, "en", "commitment", learned=told)
    assert (made.fields["quantity"], made.fields["unit"]) == (140, "person")
    assert made.fields["actor"] == ["cty:CHL"]


def test_what_is_unlikely_is_dropped_and_rules_alone_keep_it():
    assert len(proposals_of(CHOIR, "en", "commitment", learned=None)) == 1
    assert proposals_of(CHOIR, "en", "commitment", learned=_told()) == []


def test_no_unit_is_proposed_where_a_rule_found_the_record():
    told = _told(commitment={"base": 5.0, "signs": {}})
    ours = proposals_of("Chile will admit 300 refugees by June.", "en", "commitment", learned=told)
    assert [one.origin.partition("@")[0] for one in ours] == ["rules"]


def test_a_slot_takes_the_likeliest_value_and_what_the_rules_read_stays_a_candidate():
    text = "Chile will admit 300 refugees by June."
    (alone,) = proposals_of(text, "en", "commitment")
    (weighed,) = proposals_of(text, "en", "commitment", learned=_told(commitment={"base": 5.0, "signs": {}}))
    assert alone.fields["action"] != "help" == weighed.fields["action"]
    (doubt,) = (one for one in weighed.doubts if one.slot == "action")
    assert [one.value for one in doubt.candidates] == ["help", alone.fields["action"]]


def test_what_the_rules_told_counts_as_one_more_sign():
    values = {"a": {"base": 0.0, "signs": {"x": 0.9}}, "b": {"base": 0.0, "signs": {"y": 3.5}}}
    told = Learned({"questions": {}, "slots": {"policy.kind": values}})
    assert told.likeliest("policy.kind", {"x"}, "b") == "b"
    assert told.likeliest("policy.kind", {"y"}, "a") == "b"
    assert told.likeliest("policy.kind", {"x"}) == "a"


def test_the_measure_that_a_text_is_about_is_proposed_once_however_often_it_is_told():
    text = (
        "The United States will keep Title 42 for now. Title 42 was to end on 21 December. A judge had ended "
        "Title 42 in November. The Supreme Court kept Title 42 in force on Tuesday. Title 42 lets border "
        "agents expel migrants without a hearing. Under Title 42 more than 2 million people were expelled."
    )
    told = _told(policy={"base": 5.0, "signs": {}})
    named = [
        one
        for one in proposals_of(text, "en", "policy", learned=told)
        if "Title 42" in str(one.fields.get("name"))
    ]
    assert len(named) == 1


def test_the_same_text_is_read_alike_whatever_the_order_of_sets():
    code = (
        "import sys; from pathlib import Path\n"
        "from travesia.record import Described, as_json, load_document, read_document\n"
        "import json\n"
        "for one in sys.argv[1:]:\n"
        "    reading = read_document(load_document(Path(one), Described(published='2024-05-01')))\n"
        "    print(json.dumps(as_json(reading), sort_keys=True, default=str))\n"
    )
    files = [str(text_of(one)) for one in sources(LEARNING)[:4]]
    said = [
        subprocess.run(
            [sys.executable, "-c", code, *files],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] != b""


@pytest.mark.skipif(not SHARED_TEXTS.is_dir(), reason="the public texts are not at hand")
def test_the_weights_are_fitted_to_the_annotated_texts_as_they_are():
    shipped = Path(learned.__file__).with_name("weights.json")
    assert json.loads(shipped.read_text(encoding="utf-8"))["texts"] == fingerprint(), (
        "run python tools/fit_reader.py"
    )
