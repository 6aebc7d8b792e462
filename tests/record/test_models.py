"""A language model proposes under the same rules as everybody: what it quotes must stand in the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from travesia.record.reading.aligning import align
from travesia.record.reading.models import Model, prompt_for
from travesia.record.reading.nouns import Extent, Found
from travesia.record.reading.text import prepare
from travesia.terms import InputError

LETTER = "L’accueil commence. The United States “will admit” up to 20,000 refugees.\nIt is not binding."
QUOTE = 'The United States "will admit" up to 20,000 refugees'
COMMITMENT = {
    "type": "commitment",
    "fields": {
        "actor": ["cty:USA"],
        "action": "admit",
        "quantity": 20000,
        "unit": "person",
        "bound": "up_to",
    },
    "quote": QUOTE,
    "modality": "intended",
}


def _found(text: str = LETTER) -> Found:
    return Found(prepare(text, "en"), "2022-06-10", None, {}, (), (), (), None, "doc:letter")


def _reply(*records: object) -> str:
    return f"Here you are:\n```json\n{json.dumps({'records': list(records)})}\n```"


def test_a_quote_is_aligned_verbatim_or_after_folding_quotes_and_spaces_only() -> None:
    text = prepare(LETTER, "en")
    place = align(text, QUOTE)
    assert place is not None
    assert LETTER[place.start : place.end] == "The United States “will admit” up to 20,000 refugees"
    assert align(text, "L'accueil\ncommence") == Extent(0, 18)
    assert align(text, "The United States will admit up to 20,000 refugees") is None
    assert align(text, "up to 20.000 refugees") is None
    assert align(text, "") is None


def test_of_several_places_the_first_of_the_piece_is_taken() -> None:
    text = prepare("aid and aid and aid", "en")
    assert [align(text, "aid", Extent(at, 19)) for at in (0, 7, 16)] == [
        Extent(0, 3),
        Extent(8, 11),
        Extent(16, 19),
    ]


def test_what_a_model_quotes_is_proposed_and_what_it_makes_up_is_dropped_and_counted() -> None:
    made_up = COMMITMENT | {"quote": "The United States will admit 40,000 refugees"}
    no_word = COMMITMENT | {"fields": {"action": "teleport"}}
    extracted = Model(lambda prompt: _reply(COMMITMENT, made_up, no_word), "echo-1").propose(_found())
    (proposal,) = extracted.proposals
    assert (proposal.fields["quantity"], proposal.modality) == (20000, "intended")
    assert proposal.origin.startswith("llm:echo-1+")
    assert extracted.dropped == 2


@pytest.mark.parametrize(
    "reply", ["I am sorry, I cannot.", "{", '{"records": "none"}', "[]", '{"records": [1]}']
)
def test_a_model_that_just_talks_proposes_nothing(reply: str) -> None:
    assert Model(lambda prompt: reply, "chat").propose(_found()).proposals == ()


def test_replies_are_kept_so_that_a_reading_repeats_without_the_model(tmp_path: Path) -> None:
    asked: list[str] = []

    def complete(prompt: str) -> str:
        asked.append(prompt)
        return _reply(COMMITMENT)

    first = Model(complete, "echo-1", tmp_path / "replies").propose(_found())
    again = Model(None, "echo-1", tmp_path / "replies").propose(_found())
    assert again == first
    assert asked == [prompt_for(_found(), Extent(0, len(LETTER)))]
    with pytest.raises(InputError, match="holds no reply to prompt"):
        Model(None, "echo-1", tmp_path / "replies").propose(_found(LETTER + " More."))


def test_a_long_text_is_asked_about_piece_by_piece_and_each_quote_stays_in_its_piece() -> None:
    sentence = "The minister of Chile said on Monday that 500 families had arrived at the border. "
    found = _found(sentence * 200)
    pieces: list[str] = []

    def complete(prompt: str) -> str:
        pieces.append(prompt.rpartition("Text:\n")[2])
        return _reply({"type": "figure", "fields": {"value": 500}, "quote": "500 families"})

    proposals = Model(complete, "echo-1").propose(found).proposals
    assert len(pieces) == 3
    assert "".join(piece + " " for piece in pieces) == sentence * 200
    places = [one.evidence[0].start for one in proposals]
    assert len(set(places)) == 3
