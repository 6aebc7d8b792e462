"""Who says it beside a quote and inside one, how somebody feels, what nouns tell: in four languages."""

from __future__ import annotations

from typing import Any

import pytest

from travesia.record import Described, read_document
from travesia.record.documents import Document


def _said(text: str, language: str) -> list[tuple[Any, str]]:
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text,
        described=Described(published="2022-12-20", language=language),
    )  # fmt: skip
    found = [one for one in read_document(document).proposals if one.type == "statement"]
    return [(one.fields["speaker"], one.fields["stance"]) for one in found]


OWN_WORDS = [
    ("en", '"We thank Kenya and we urge all donors to pay," minister Ana Ruiz said.', ["support", "demand"]),
    ("es", "«Agradecemos a Kenia su ayuda y lamentamos la ausencia de Sudán», dijo la ministra Ana Ruiz.",
     ["support", "oppose"]),
    ("fr", "« Nous saluons l’accord et nous demandons aux bailleurs d’agir », a dit la ministre Ana Ruiz.",
     ["support", "demand"]),
    ("pt", "«Felicitamos Angola e esperamos que os doadores paguem», afirmou a ministra Ana Ruiz.",
     ["support", "demand"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stances"), OWN_WORDS)
def test_what_a_speaker_says_of_himself_in_a_quote_is_his_stance(
    language: str, text: str, stances: list[str]
) -> None:
    assert _said(text, language) == [("per:ana-ruiz", stance) for stance in stances]


def test_a_quote_may_go_on_in_a_sentence_without_a_speaker() -> None:
    text = '"Kenya did its part," minister Ana Ruiz said. "I call on other donors to step up."'
    assert _said(text, "en")[-1] == ("per:ana-ruiz", "demand")


HANDED_OVER = [
    ("en", 'The minister, Ana Ruiz, was more guarded: "Paper does not feed anyone."', "oppose"),
    ("es", 'La ministra Ana Ruiz acató el fallo a regañadientes: "Lo respetamos, aunque no lo compartimos".',
     "oppose"),
    ("fr", "La ministre Ana Ruiz garde son calme : « C’est un pas en avant. »", "support"),
    ("pt", 'A ministra Ana Ruiz reagiu com um tuíte: "Decidem por nós sem nós".', "oppose"),
    ("es", 'A falta de un plan, reconoce la ministra Ana Ruiz, "vivimos sin rumbo".', "oppose"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stance"), HANDED_OVER)
def test_a_colon_or_an_aside_hands_over_to_a_quote(language: str, text: str, stance: str) -> None:
    assert _said(text, language) == [("per:ana-ruiz", stance)]


FEELINGS = [
    ("en", "Kenya said it was appalled by the ruling.", "oppose"),
    ("en", "Kenya made no secret of its anger at the plan.", "oppose"),
    ("en", "Kenya received the ruling with relief.", "support"),
    ("es", "Kenia se declaró conforme con el fallo.", "support"),
    ("es", "Kenia no ocultó su enojo por el plan.", "oppose"),
    ("es", "Kenia recibió el fallo con alivio.", "support"),
    ("fr", "Le Kenya se dit soulagé par l’arrêt.", "support"),
    ("fr", "Le Kenya a fait part de son étonnement.", "oppose"),
    ("fr", "Le Kenya a accueilli froidement le projet.", "oppose"),
    ("pt", "O Quênia disse-se aliviado com a decisão.", "support"),
    ("pt", "O Quênia não escondeu a sua indignação.", "oppose"),
    ("pt", "O Quênia opõe-se ao plano.", "oppose"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stance"), FEELINGS)
def test_how_somebody_feels_about_it_is_a_stance(language: str, text: str, stance: str) -> None:
    assert _said(text, language) == [("cty:KEN", stance)]


NOUNS = [
    ("en", "The summit closed amid sharp criticism from Kenya.", "oppose"),
    ("es", "La cumbre se cerró en medio de las críticas de Kenia.", "oppose"),
    ("fr", "Le sommet s’est achevé sous le feu des critiques du Kenya.", "oppose"),
    ("pt", "A cúpula terminou em meio às críticas do Quênia.", "oppose"),
    ("fr", "Le Soudan n’avait pas été convié, à la demande du Kenya.", "demand"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stance"), NOUNS)
def test_a_noun_may_tell_where_somebody_stands(language: str, text: str, stance: str) -> None:
    assert _said(text, language) == [("cty:KEN", stance)]


WEIGHED = [
    ("en", 'Kenya called the text "a beginning, not a cure".', "support"),
    ("es", "«Es un buen comienzo, pero llega tarde», dijo Kenia.", "conditional_support"),
    ("pt", '"É pouco, mas é um começo", disse o Quênia.', "support"),
    ("fr", "« C’est un chèque en blanc », a dit le Kenya.", "oppose"),
    ("es", "«No cerraremos la puerta, pero los donantes tienen que pagar», dijo Kenia.", "demand"),
    ("fr", "Le Kenya a assuré que personne ne dormirait à la rue.", "assurance"),
    ("es", "Kenia aseguró que nadie perderá sus papeles.", "assurance"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stance"), WEIGHED)
def test_praise_blame_and_what_follows_but_are_weighed(language: str, text: str, stance: str) -> None:
    assert _said(text, language) == [("cty:KEN", stance)]


WHO = [
    ("en", "Japanese diplomats said talks might open in October.", "Japanese diplomats"),
    ("pt", "Segundo diplomatas noruegueses, as conversas poderiam ser retomadas em julho.",
     "diplomatas noruegueses"),
    ("es", "Se opuso el presidente colombiano, Julián Ocampo, mientras que el argentino, Martín Etcheverry, "
     "defendió la exclusión de Caracas.", "per:martin-etcheverry"),
    ("pt", "O chanceler boliviano, Wálter Quispe, foi mais duro: acusou os vizinhos de omissão.",
     "per:walter-quispe"),
    ("fr", "« Les juges font la politique », constate la politologue Irini Vlachou.", "Irini Vlachou"),
    ("fr", "L’Union démocratique du centre (UDC) en réclame l’abandon.", "org:union-democratique-du-centre"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "speaker"), WHO)
def test_offices_names_and_nationalities_speak_for_themselves(language: str, text: str, speaker: str) -> None:
    assert [who.casefold() for who, _ in _said(text, language)] == [speaker.casefold()]


def test_a_nationality_alone_is_the_person_named_with_it_before() -> None:
    text = "O presidente americano, Robert Hale, veio. O texto cita tarifas, que o americano prometeu rever."
    assert _said(text, "pt") == [("per:robert-hale", "assurance")]


def test_who_speaks_for_a_state_has_its_stance() -> None:
    text = "Canada's ambassador Joan Merrick said Canada supports the plan."
    assert _said(text, "en") == [("per:joan-merrick", "support")]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Soldiers told of Myanmar's back roads."),
    ("en", "Police send the migrants back across the river."),
    ("es", "Kenia no descarta sumarse al plan."),
    ("en", "Kenya does not rule out joining the plan."),
    ("fr", "Le Kenya n’exclut pas de participer."),
    ("es", "Bolivia solo recibirá a los expulsados si llegan documentados."),
    ("pt", "O Quênia comprometeu-se a não repatriar ninguém."),
])  # fmt: skip
def test_refusals_denied_and_promises_of_states_are_no_statements(language: str, text: str) -> None:
    assert _said(text, language) == []
