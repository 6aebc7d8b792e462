"""Commitments as news tells them: across asides, by a sum, an answer or a refusal."""

from __future__ import annotations

import pytest
from commitments_read import read, slots

ASIDES = [
    ("en", "Chile agreed, after a night of talks, to reopen the crossing.", "cty:CHL"),
    ("en", "Peru, whose envoy left early, will register the families.", "cty:PER"),
    ("es", "Mauritania se obliga, a su vez, a readmitir a sus nacionales.", "cty:MRT"),
    ("es", "Chile se comprometió el miércoles a registrar a las familias.", "cty:CHL"),
    ("es", "Perú, dijo su viceministra, revisará la lista de países exentos.", "cty:PER"),
    ("fr", "L'Allemagne compte, dès janvier, partager ses listes de passeurs.", "cty:DEU"),
    ("fr", "L'Espagne entend en outre renforcer ses patrouilles en mer.", "cty:ESP"),
    ("pt", "O Brasil comprometeu-se (14/06), em Belém, a abrir caminhos legais.", "cty:BRA"),
    ("pt", "O Peru, que acompanhou o encontro, vai partilhar as listas.", "cty:PER"),
]


@pytest.mark.parametrize(("language", "text", "actor"), ASIDES)
def test_an_aside_parts_neither_a_binder_nor_a_subject_from_its_deed(
    language: str, text: str, actor: str
) -> None:
    (one,) = read(text, language)
    assert one.fields["actor"] == [actor]


HABITS = [
    ("en", "Uganda gives the families land and lets them work."),
    ("es", "Chile entrega los permisos en sus consulados."),
    ("fr", "Le Tchad héberge les familles dans ses écoles."),
    ("pt", "O Brasil entrega os documentos em Boa Vista."),
]


@pytest.mark.parametrize(("language", "text"), HABITS)
def test_what_a_state_does_every_day_is_no_promise(language: str, text: str) -> None:
    assert read(text, language) == []


SUMS = [
    ("en", "Another 60 million euros will come from Germany and 8 million from Japan.",
     [("cty:DEU", 60_000_000), ("cty:JPN", 8_000_000)]),
    ("en", "Canada's answer was 4,500 places a year.", [("cty:CAN", 4_500)]),
    ("es", "Otros 25 millones de euros llegarán de España.", [("cty:ESP", 25_000_000)]),
    ("es", "La respuesta de Chile: 6.000 cupos de reunificación familiar.", [("cty:CHL", 6_000)]),
    ("es", "Canadá pondrá 40 millones de dólares y Noruega, 12.",
     [("cty:CAN", 40_000_000), ("cty:NOR", 12_000_000)]),
    ("fr", "20 millions de dollars viendront du Canada.", [("cty:CAN", 20_000_000)]),
    ("fr", "La réponse de la Belgique est de 800 places de réinstallation.", [("cty:BEL", 800)]),
    ("fr", "Avant d'accorder 12 millions d'euros, l'Italie avait exigé un audit.", [("cty:ITA", 12_000_000)]),
    ("pt", "20 milhões de dólares sairão da Noruega e 5 milhões do Canadá.",
     [("cty:NOR", 20_000_000), ("cty:CAN", 5_000_000)]),
    ("pt", "A resposta de Portugal: mil vagas por ano.", [("cty:PRT", 1_000)]),
    ("es", "Con 6 millones de euros, Alemania costeará los expedientes.", [("cty:DEU", 6_000_000)]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), SUMS)
def test_an_amount_is_of_whom_it_comes_from_or_whose_answer_it_is(
    language: str, text: str, expected: list[tuple[str, int]]
) -> None:
    every = read(text, language)
    assert [(one.fields["actor"][0], one.fields["quantity"]) for one in every] == expected


RECIPIENTS = [
    ("en", "Canada will open its seasonal scheme to at least 5,000 Bangladeshis.", 5_000, "person"),
    ("en", "Chile has pledged to set aside 40,000 hectares for refugees.", 40_000, "other"),
    ("es", "México elevará un 40 % los permisos de trabajo.", 0.4, "ratio"),
    ("pt", "Angola comprometeu-se a emitir cartões a pelo menos 9 mil refugiados.", 9_000, "person"),
    ("es", "Panamá abrirá un centro si el banco le concede 30 millones de dólares.", None, None),
    ("en", "Norway is to double its earlier grant of $12 million.", 2, "ratio"),
]


@pytest.mark.parametrize(("language", "text", "quantity", "unit"), RECIPIENTS)
def test_the_people_behind_a_deed_are_its_amount_and_what_it_hangs_on_is_none(
    language: str, text: str, quantity: float | None, unit: str | None
) -> None:
    (one,) = read(text, language)
    assert slots(one, "quantity", "unit") == (quantity, unit)


REFUSALS = [
    ("en", 'The president spoke. "Chile is not reopening the camps," he said.'),
    ("es", "El canciller dijo que no habrá nuevas prórrogas."),
    ("es", "Brasil no participará en esta etapa."),
    ("fr", "Pas question pour l'Algérie de signer un accord de réadmission."),
    ("fr", "La droite exige des camps, ce que le ministre a exclu."),
    ("pt", "Portugal não apoiará qualquer regresso forçado."),
    ("pt", "O Brasil negou-se a receber mais voos."),
]


@pytest.mark.parametrize(("language", "text"), REFUSALS)
def test_what_a_state_takes_no_part_in_it_refuses(language: str, text: str) -> None:
    (one,) = read(text, language)
    assert one.fields["polarity"] == "negative"


def test_so_many_countries_are_those_that_the_text_lists() -> None:
    every = read(
        "Five countries committed on Friday (14/06), in Lima, to open more legal pathways.\n"
        "Argentina, Brazil, Chile, Mexico and Peru adopted the text.",
        "en",
    )
    assert every[0].fields["actor"] == ["cty:ARG", "cty:BRA", "cty:CHL", "cty:MEX", "cty:PER"]


def test_what_is_agreed_that_somebody_does_binds_him() -> None:
    (one,) = read("El acuerdo prevé que Lima pague la reparación del puente.", "es")
    assert one.fields["actor"] == ["cty:PER"]


def test_an_office_without_a_state_is_the_authors() -> None:
    (one,) = read("Le Secrétariat aux migrations n'organisera aucun renvoi.", "fr", author="cty:CHE")
    assert one.fields["actor"] == ["cty:CHE"]


def test_the_ministers_of_a_preamble_are_those_of_the_states_that_it_lists() -> None:
    text = (
        "Os Ministros das Relações Exteriores da Argentina, da Bolívia e do Brasil, reunidos em Brasília,\n\n"
        "Acordam o seguinte:\n\n1. Criar um mecanismo regional de alerta.\n"
    )
    (one,) = read(text, "pt")
    assert one.fields["actor"] == ["cty:ARG", "cty:BOL", "cty:BRA"]


STARTING = [
    ("en", "Chile will open an office in Lima, starting on 1 January 2024."),
    ("es", "Chile abrirá una oficina en Lima, a partir del 1 de enero de 2024."),
    ("fr", "Le Chili ouvrira un bureau à Lima, à partir du 1er janvier 2024."),
    ("pt", "O Chile abrirá um escritório em Lima, a partir de 1º de janeiro de 2024."),
]


@pytest.mark.parametrize(("language", "text"), STARTING)
def test_from_when_is_no_deed(language: str, text: str) -> None:
    (one,) = read(text, language)
    assert one.fields["period"].startswith("2024-01-01")


def test_people_come_from_no_state_that_acts_next() -> None:
    text = "Canadá acogerá hasta 4.000 personas de la región antes de 2028 y España duplicará los permisos."
    assert not [one for one in read(text, "es") if one.fields.get("origin")]


GOING_ON = [
    ("en", "The United States will triple resettlement, welcoming up to 20,000 refugees in 2023 and 2024."),
    ("es", "Estados Unidos triplicará el reasentamiento, acogiendo hasta 20.000 refugiados en 2023 y 2024."),
    ("fr", "Les États-Unis vont tripler la réinstallation, en accueillant 20 000 réfugiés en 2023 et 2024."),
    (
        "pt",
        "Os Estados Unidos vão triplicar o reassentamento, recebendo até 20 mil refugiados em 2023 e 2024.",
    ),
]


@pytest.mark.parametrize(("language", "text"), GOING_ON)
def test_what_a_gerund_goes_on_with_is_promised_too(language: str, text: str) -> None:
    promised = [one for one in read(text, language) if one.fields.get("quantity") == 20_000]
    assert [(one.fields["actor"], one.fields["unit"]) for one in promised] == [(["cty:USA"], "person")]


NO_PROMISES = [
    ("en", "The Commission may send experts if Spain guarantees legal aid to all.", "asked by a condition"),
    ("es", "Chile enviará expertos si España garantiza asistencia a todos.", "asked by a condition"),
    ("en", "The order that was to allow the army to hold them was suspended.", "planned in the past"),
    ("es", "El decreto que desde el lunes iba a obligar a presentar pasaporte cayó.", "planned in the past"),
    ("pt", "O despacho que ia permitir a transferência foi suspenso.", "planned in the past"),
    (
        "fr",
        "La Suède donne peu, ce qui porte sa contribution à 330 millions de dollars depuis 2018.",
        "total",
    ),
    ("en", "There was no point in signing promises with Peru.", "a noun"),
    ("es", "Chile y Perú se reunieron sin precisar quién financiará la obra.", "asked"),
    ("en", "They met without saying who would pay for the works.", "asked"),
    ("en", "The scheme will not lead to settlement.", "a rule"),
    ("pt", "Não será cobrada nenhuma taxa.", "a rule"),
]


@pytest.mark.parametrize(("language", "text", "why"), NO_PROMISES)
def test_what_is_asked_planned_before_summed_or_ruled_is_no_promise(
    language: str, text: str, why: str
) -> None:
    told = [one for one in read(text, language) if "condition" not in one.fields]
    assert told == [], why


HANGING = [
    ("en", "Peru will give 6 million euros. A further 2 million is subject to approval.", "cty:PER"),
    ("es", "Perú dará 6 millones de euros. Otros 2 millones quedan supeditados al voto.", "cty:PER"),
    ("fr", "Le Pérou donnera 6 millions d'euros. Les 2 millions restants dépendent du vote.", "cty:PER"),
    ("pt", "O Peru dará 6 milhões de euros. Outros 2 milhões ficam sujeitos ao voto.", "cty:PER"),
]


@pytest.mark.parametrize(("language", "text", "actor"), HANGING)
def test_money_that_hangs_on_something_is_of_who_gives_the_rest(language: str, text: str, actor: str) -> None:
    hanging = read(text, language)[-1]
    assert slots(hanging, "actor", "quantity") == ([actor], 2_000_000)
    assert hanging.fields["condition"]
    assert hanging.modality == "conditional"


JOINED = [
    ("en", "Canada promised 4,000 places for farm workers and a further $30 million for Peru.", 30_000_000),
    ("es", "Canadá prometió 4.000 plazas para obreros y otros 30 millones de dólares para Perú.", 30_000_000),
    ("en", "Italy will give 20 million euros to Niger, including 5 million for schools.", 5_000_000),
    ("fr", "La France accueillera 300 réfugiés, dont au moins 40 évacués de Libye.", 40),
    ("pt", "A França acolherá 300 refugiados, dos quais pelo menos 40 evacuados da Líbia.", 40),
    ("en", "Peru pledged 18 million dollars, a third of it for border towns.", 1 / 3),
    ("es", "Perú prometió 18 millones de dólares, un tercio de ellos para los pueblos.", 1 / 3),
]


@pytest.mark.parametrize(("language", "text", "second"), JOINED)
def test_what_is_joined_to_an_amount_or_a_part_of_it_is_promised_too(
    language: str, text: str, second: float
) -> None:
    first, part = read(text, language)
    assert part.fields["quantity"] == pytest.approx(second)
    assert part.fields["actor"] == first.fields["actor"]


MEASURES = [
    ("en", "Canada announced more legal routes and tighter control of the border."),
    ("es", "Canadá anunció más vías legales y un mayor control de la frontera."),
    ("fr", "Le Canada a annoncé davantage de voies légales et un contrôle renforcé."),
    ("pt", "O Canadá anunciou mais vias legais e um maior controlo da fronteira."),
]


@pytest.mark.parametrize(("language", "text"), MEASURES)
def test_a_measure_joined_to_another_is_a_promise_of_its_own(language: str, text: str) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == [["cty:CAN"]] * 2


MORE = [
    ("en", "Norway has 90 officers on the island and will send 15 more.", 15),
    ("es", "Noruega tiene 90 agentes en la isla y enviará otros diez.", 10),
    ("fr", "La Norvège a 90 agents sur l'île et en enverra dix de plus.", 10),
    ("pt", "A Noruega tem 90 agentes na ilha e enviará outros dez.", 10),
]


@pytest.mark.parametrize(("language", "text", "number"), MORE)
def test_a_number_without_its_noun_counts_more_of_the_same(language: str, text: str, number: int) -> None:
    (one,) = read(text, language)
    assert slots(one, "quantity", "unit") == (number, "person")


OTHERS = [
    ("en", "Sweden welcomed Mexico's decision to issue up to 25,000 cards.", ["cty:MEX"]),
    ("es", "Saludaron la decisión de México de expedir hasta 25.000 tarjetas.", ["cty:MEX"]),
    ("fr", "La Suède a salué la décision du Mexique de délivrer jusqu'à 25 000 cartes.", ["cty:MEX"]),
    ("pt", "A Suécia saudou a decisão do México de emitir até 25.000 cartões.", ["cty:MEX"]),
    ("en", "Norway said it could close its crossing if Finland seals its own.", ["cty:NOR"]),
    ("pt", "A Noruega disse que poderia fechar o posto se a Finlândia fechar o seu.", ["cty:NOR"]),
    ("es", "Guatemala ofreció ser sede de la secretaría.", ["cty:GTM"]),
    ("es", "Jamaica promete que Haití será invitado.", ["cty:JAM"]),
    ("fr", "La Jamaïque promet que Haïti sera convié.", ["cty:JAM"]),
]


@pytest.mark.parametrize(("language", "text", "actor"), OTHERS)
def test_who_decides_could_do_hosts_or_vows_what_others_will_see_is_bound(
    language: str, text: str, actor: list[str]
) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == [actor]


LODGED = [
    ("en", "The families will be housed in Porto."),
    ("es", "Las familias serán alojadas en Vigo."),
    ("fr", "Les familles seront logées à Nantes."),
    ("pt", "As famílias serão alojadas em Braga."),
]


@pytest.mark.parametrize(("language", "text"), LODGED)
def test_people_who_will_be_taken_in_are_promised_it_by_who_issues(language: str, text: str) -> None:
    assert [one.fields["actor"] for one in read(text, language, author="cty:PRT")] == [["cty:PRT"]]
    assert read(text, language) == []


GONE_ON = [
    ("es", "Chile abrió un centro. También prometió recibir a 200 familias.", "cty:CHL"),
    ("pt", "O Chile abriu um centro. Também prometeu receber 200 famílias.", "cty:CHL"),
]


@pytest.mark.parametrize(("language", "text", "actor"), GONE_ON)
def test_a_verb_that_opens_its_sentence_goes_on_with_who_acted_before(
    language: str, text: str, actor: str
) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == [[actor]]


MEETINGS = [
    ("es", "Los ministros de Belice y México se reunieron hoy.\n\nConvinieron en abrir ventanillas."),
    ("pt", "Os ministros de Belize e do México reuniram-se hoje.\n\nAcordaram abrir dois postos."),
]


@pytest.mark.parametrize(("language", "text"), MEETINGS)
def test_a_verb_that_opens_a_paragraph_is_of_those_who_met(language: str, text: str) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == [["cty:BLZ", "cty:MEX"]]


AGAIN = [
    ("en", "Mexico undertook to share data with both neighbours and to place 120 more officers at Chetumal.",
     [None, 120]),
    ("en", "Canada promised to send aid to Sudan and to refugees in Chad.", [None]),
    ("en", "Canada promised to give tents to host families and to local communities.", [None]),
    ("en", "The text, which Peru and Chile signed, asks the signatories to share data and to set up a fund.",
     [None, None]),
    ("fr", "Les cinq pays ont adopté un texte qui les engage à échanger leurs données et à traiter les cas.",
     [None, None]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "quantities"), AGAIN)
def test_a_preposition_said_again_opens_a_second_deed(
    language: str, text: str, quantities: list[int | None]
) -> None:
    assert [one.fields.get("quantity") for one in read(text, language)] == quantities


WAYS = [
    ("en", "Up to 3,500 permits are to be issued in the first year.", "cty:BLZ"),
    ("en", "Files still under review are to be decided by the end of this year.", "cty:BLZ"),
    ("en", "Panama means to go on flying home people who come through the jungle.", None),
    ("en", "The Pentagon is sending 1,500 soldiers for 90 days.", None),
    ("en", "El Paso asked Washington for $18 million and has been promised $11 million.", None),
    ("en", "Kenya will ask its parliament to extend the scheme.", None),
    ("es", "Honduras pedirá a su Congreso que prorrogue la medida.", None),
    ("fr", "Le Brésil demandera à son Parlement de prolonger la mesure.", None),
    ("pt", "O Brasil pedirá ao Congresso que prorrogue a medida.", None),
    ("pt", "O Governo português admitiu levantá-lo logo que os consulados retomem a emissão.", None),
    ("pt", "O Governo português assegurou que haverá mais seis milhões de euros para os consulados.", None),
    ("es", "El ministro del Interior aseguró que «no habrá un tercer aplazamiento».", None),
    ("pt", "O Governo português assegurou que ninguém com processo pendente será expulso.", None),
    ("fr", "La France renonce aux expulsions collectives.", None),
    ("pt", "O Brasil renuncia às expulsões coletivas.", None),
    ("en", "Kenya renounces collective expulsions.", None),
]


@pytest.mark.parametrize(("language", "text", "author"), WAYS)
def test_other_ways_of_promising(language: str, text: str, author: str | None) -> None:
    assert len(read(text, language, author=author)) == 1


NO_PROMISE = [
    ("es", "Panamá informó que su programa concluyó en julio, tras otorgar 9.400 permisos."),
    ("fr", "Le Panama a clos son programme en juillet, après avoir accordé 9 400 permis."),
    ("fr", "Sur TikTok, ils assurent que la frontière fermera pour toujours."),
    ("en", "On WhatsApp, they say that applications will be accepted until June."),
    ("pt", "O tribunal não se pronunciou sobre as autorizações, que continuam a ser concedidas."),
]


@pytest.mark.parametrize(("language", "text"), NO_PROMISE)
def test_what_was_done_what_goes_on_and_what_is_rumoured_are_no_promises(language: str, text: str) -> None:
    assert read(text, language, author="cty:PAN") == []
