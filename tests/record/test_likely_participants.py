"""Who likely took part: names weighed by what stands around them, beside what the rules tell of them."""

from __future__ import annotations

from typing import Any

import pytest
from participants import read, records
from policies_read import proposals_of

from travesia.record.reading.families.participation.participation import TOPIC
from travesia.record.reading.learned import ROLE, SHIPPED, Learned
from travesia.record.reading.learned.participants import LEAST, RULE, names, without_rules
from travesia.record.reading.nouns import Proposal
from travesia.record.reading.triggers import phrases

TUCKED = "Leaders met in Lima on Friday. Chile was tucked into a corner of it. Peru attended the meeting."


def _learned(**roles: dict[str, Any]) -> Learned:
    """Return weights that tell roles alone."""
    nothing = {"base": -9.0, "signs": {}}
    values = {"none": {"base": 0.0, "signs": {}}, "attended": nothing, "boycotted": nothing, **roles}
    questions = {"policy": nothing, "commitment": nothing}
    return Learned({"questions": questions, "slots": {ROLE: values}})


def _roles(made: list[Proposal]) -> dict[str, tuple[str, str]]:
    return {one.fields["actor"]: (one.fields["role"], one.origin.partition("@")[0]) for one in made}


def test_a_name_that_no_rule_knows_takes_part_where_that_is_likely() -> None:
    told = _learned(attended={"base": -3.0, "signs": {"after tucke": 6.0}})
    assert _roles(proposals_of(TUCKED, "en", "participation", learned=None)) == {
        "cty:PER": ("attended", "rules")
    }
    made = proposals_of(TUCKED, "en", "participation", learned=told)
    assert _roles(made) == {"cty:PER": ("attended", "rules"), "cty:CHL": ("attended", "learned")}
    assert {one.fields["of"] for one in made} == {made[0].fields["of"]}
    (doubt,) = (doubt for one in made for doubt in one.doubts)
    assert (doubt.slot, doubt.candidates[0].value) == ("role", "attended")
    assert doubt.candidates[0].reason == "likely here (95%), by the words around it"


def test_a_name_may_be_the_only_one_that_a_text_tells_of() -> None:
    told = _learned(attended={"base": -3.0, "signs": {"after tucke": 6.0}})
    text = "The meeting was long. Chile was tucked into a corner of it."
    assert proposals_of(text, "en", "event", learned=None) == []
    assert _roles(proposals_of(text, "en", "participation", learned=told)) == {
        "cty:CHL": ("attended", "learned")
    }
    (meeting,) = proposals_of(text, "en", "event", learned=told)
    assert meeting.fields["participants"] == ["cty:CHL"]


def test_an_unlikely_name_takes_no_part_and_the_event_lists_who_does() -> None:
    unlikely = _learned(attended={"base": -3.0, "signs": {"after tucke": 2.0}})
    likely = _learned(attended={"base": -3.0, "signs": {"after tucke": 6.0}})
    for told, there in ((unlikely, ["cty:PER"]), (likely, ["cty:CHL", "cty:PER"])):
        (meeting,) = proposals_of(TUCKED, "en", "event", learned=told)
        assert meeting.fields["participants"] == there


def test_whom_the_rules_tell_keeps_his_role_unless_another_is_far_likelier() -> None:
    rule = {f"{RULE}attended": 3.0}
    near = _learned(
        attended={"base": 0.0, "signs": rule}, boycotted={"base": 0.0, "signs": {"type GPE": 4.0}}
    )
    far = _learned(attended={"base": 0.0, "signs": rule}, boycotted={"base": 0.0, "signs": {"type GPE": 9.0}})
    text = "The leaders met in Lima on Friday. Peru attended the meeting."
    for told, role in ((near, "attended"), (far, "boycotted"), (_learned(), "attended")):
        made = proposals_of(text, "en", "participation", learned=told)
        assert _roles(made)["cty:PER"][0] == role


def test_what_the_rules_tell_is_a_sign_that_can_be_left_out() -> None:
    from travesia.record import Described, Document, read_document

    text = "The leaders met in Lima on Friday. Peru and Chile attended the meeting."
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text),
        encoding="utf-8", media="text", text=text, described=Described(published="2023-07-10", language="en"),
    )  # fmt: skip
    every = list(names(read_document(document, extractors=()).found))
    told = [one for one in every if one.told]
    assert [text[one.mention.start : one.mention.end] for one in told] == ["Peru", "Chile"]
    assert all(f"{RULE}attended" in one.signs for one in told)
    assert all(not sign.startswith(RULE) for one in every for sign in without_rules(one.signs))
    chances = [1.0 - SHIPPED.chances(ROLE, one.signs)["none"] for one in every]
    assert all((chance >= LEAST) == bool(one.told) for one, chance in zip(every, chances, strict=True))


def test_a_state_whose_person_is_named_right_behind_takes_no_part_itself() -> None:
    told = _learned(boycotted={"base": -3.0, "signs": {"type GPE": 9.0}})
    text = "The summit in Lima ended on Friday. Mexico's Ana Ruiz refused to come."
    assert "cty:MEX" not in _roles(proposals_of(text, "en", "participation", learned=told))


LISTED = [
    ("en", "JOINT STATEMENT\n\n1. Ministers met in Suva on 3 May 2023.\n\nANNEX: PARTICIPANTS\n\n"
           "Chile: Hon. Ana Rojas, Minister of Labour\nPeru: Mr Juan Paz\nFiji: Ms Eva Roca\n"),
    ("es", "COMUNICADO CONJUNTO\n\n1. Los ministros se reunieron en Suva el 3 de mayo de 2023.\n\n"
           "PARTICIPANTES\n\nChile: Sra. Ana Rojas, ministra de Trabajo\nPerú: Sr. Juan Paz\n"
           "Fiyi: Sra. Eva Roca\n"),
    ("fr", "COMMUNIQUÉ CONJOINT\n\n1. Les ministres se sont réunis à Suva le 3 mai 2023.\n\nPARTICIPANTS\n\n"
           "Chili : Mme Ana Rojas, ministre du Travail\nPérou : M. Juan Paz\nFidji : Mme Eva Roca\n"),
    ("pt", "COMUNICADO CONJUNTO\n\n1. Os ministros reuniram-se em Suva em 3 de maio de 2023.\n\n"
           "PARTICIPANTES\n\nChile: Sra. Ana Rojas, ministra do Trabalho\nPeru: Sr. Juan Paz\n"
           "Fiji: Sra. Eva Roca\n"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), LISTED)
def test_delegations_listed_by_state_below_a_label_took_part(language: str, text: str) -> None:
    there = {
        (one["actor"], one.get("for_state"), one["role"])
        for one in records(read(language, text), "participation")
    }
    persons = {"per:ana-rojas": "cty:CHL", "per:juan-paz": "cty:PER", "per:eva-roca": "cty:FJI"}
    assert there >= {(person, state, "attended") for person, state in persons.items()}


EARLIER = [
    ("en", "Ministers met in Lima on Friday. Chile attended the previous meeting, in March in Quito. "
           "Cuba was not invited."),
    ("es", "Los ministros se reunieron ayer en Lima. Chile asistió a la cita anterior, la de marzo en Quito. "
           "Cuba no fue invitada."),
    ("fr", "Les ministres se sont réunis hier à Lima. Le Chili a participé à la réunion précédente, "
           "en mars à Quito. Cuba n'a pas été invité."),
    ("pt", "Os ministros reuniram-se ontem em Lima. O Chile participou da reunião anterior, "
           "em março, em Quito. Cuba não foi convidada."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), EARLIER)
def test_an_earlier_meeting_is_not_the_one_that_a_text_is_about(language: str, text: str) -> None:
    reading = read(language, text)
    places = {one["id"]: one.get("place") for one in records(reading, "event")}
    of = {one["actor"]: places[one["of"]] for one in records(reading, "participation")}
    assert of == {"cty:CHL": "plc:quito", "cty:CUB": "plc:lima"}


MARGINS = [
    ("en", "On the margins of the 79th session of the United Nations General Assembly, ministers held a "
           "meeting in New York. Peru and Panama attended."),
    ("es", "Al margen de la Asamblea General de las Naciones Unidas, los ministros celebraron una reunión en "
           "Nueva York. Asistieron Perú y Panamá."),
    ("fr", "En marge de l'Assemblée générale des Nations unies, les ministres ont tenu une réunion "
           "à New York. Le Pérou et le Panama y ont participé."),
    ("pt", "À margem da Assembleia Geral das Nações Unidas, os ministros realizaram uma reunião "
           "em Nova York. Participaram o Peru e o Panamá."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), MARGINS)
def test_nobody_attends_that_on_whose_margins_something_is_done(language: str, text: str) -> None:
    reading = read(language, text)
    kinds = {one["id"]: one["kind"] for one in records(reading, "event")}
    assert {kinds[one["of"]] for one in records(reading, "participation")} == {"ministerial_meeting"}
    assert sorted(kinds.values()) == ["assembly", "ministerial_meeting"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Foreign Minister of Gambia, Lamin Touray, attended the summit in Dakar."),
        ("es", "El canciller de Gambia, Lamin Touray, asistió a la cumbre de Dakar."),
        ("fr", "Le ministre gambien de l'Intérieur, Lamin Touray, a assisté au sommet de Dakar."),
        ("pt", "O chanceler da Gâmbia, Lamin Touray, participou da cúpula de Dacar."),
    ],
)
def test_a_person_takes_part_for_the_state_of_his_office(language: str, text: str) -> None:
    (one,) = records(read(language, text), "participation")
    assert (one["actor"], one["for_state"]) == ("per:lamin-touray", "cty:GMB")


def test_the_title_of_a_text_names_its_instrument() -> None:
    text = "What became of the Cuenca Declaration on Mobility\n\nChile signed the Declaration in 2023.\n"
    (one,) = records(read("en", text), "instrument")
    assert one["name"] == "Cuenca Declaration on Mobility"


def test_a_declaration_named_after_its_place_is_signed_by_its_makers() -> None:
    text = (
        "BRIDGETOWN DECLARATION ON HUMAN MOBILITY\n\nBridgetown, 26 April 2023\n\nWe, the Heads of "
        "Government of Barbados, Belize and Panama, having met in Bridgetown on 26 April 2023;\n\n"
        "Recalling the Los Angeles Declaration on Migration and Protection;\n\nHave agreed as follows:\n\n"
        "1. To open an office.\n"
    )
    reading = read("en", text)
    names = {one["id"]: one["name"] for one in records(reading, "instrument")}
    signed = [one for one in records(reading, "participation") if one["role"] == "signatory"]
    assert {one["actor"] for one in signed} == {"cty:BRB", "cty:BLZ", "cty:PAN"}
    assert {names[one["of"]] for one in signed} == {"BRIDGETOWN DECLARATION ON HUMAN MOBILITY"}


@pytest.mark.parametrize(
    ("words", "signed"),
    [("s'est félicité de l'accord", True), ("s'est abstenu", False), ("s'abstient de signer", False)],
)
def test_who_abstained_signed_nothing_and_who_was_pleased_may_have(words: str, signed: bool) -> None:
    unsigned = phrases("fr", TOPIC, "unsigned")
    assert (unsigned.search(words) is None) == signed
