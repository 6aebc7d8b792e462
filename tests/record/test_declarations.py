"""Declarations: the formal names in them, who makes and who seals them, and what others offer."""

from __future__ import annotations

from typing import Any

import pytest
from participants import read, records, took_part

MAKERS = [
    ("es",
     "COMUNICADO CONJUNTO DE ROATÁN\n\nLas directoras y los directores generales de migración de la "
     "República de Belice, la República de Guatemala y la República de Panamá, reunidos en Roatán, los "
     "días 6 y 7 de noviembre de 2025;\n\nACUERDAN:\n\nPrimero. Crear un registro regional de niñez no "
     "acompañada.\n",
     "BLZ GTM PAN"),
    ("pt",
     "DECLARAÇÃO DA PRAIA SOBRE MOBILIDADE\n\nOs Ministros responsáveis pelas Migrações da República de "
     "Angola, da República de Cabo Verde e da República Democrática de Timor-Leste, reunidos na cidade da "
     "Praia, a 13 de Novembro de 2025;\n\nAcordam o seguinte:\n\n1. Criar um registo comum de empresas.\n",
     "AGO CPV TLS"),
]  # fmt: skip


def promised(reading: dict[str, Any]) -> list[tuple[tuple[str, ...], Any]]:
    """Return who promises how much, in the order of the text."""
    found = records(reading, "commitment")
    return [(tuple(one["actor"]), one.get("quantity")) for one in found]


@pytest.mark.parametrize(("language", "text", "states"), MAKERS)
def test_those_whom_the_opening_lists_sign_and_are_bound(language: str, text: str, states: str) -> None:
    reading = read(language, text)
    assert {name for name, role, _ in took_part(reading) if role == "signatory"} == set(states.split())
    actors = {actor for actors, _ in promised(reading) for actor in actors}
    assert actors == {f"cty:{state}" for state in states.split()}


def test_who_takes_note_of_an_offer_has_not_made_it() -> None:
    text = MAKERS[1][1] + (
        "2. Saudar a contribuição de 3 milhões de dólares anunciada pela Noruega.\n3. Registar a "
        "disponibilidade de Angola para receber até 300 trabalhadores.\n4. Remeter para a próxima "
        "Conferência a proposta sobre artistas.\n"
    )
    own, *others = promised(read("pt", text))
    assert own == (("cty:AGO", "cty:CPV", "cty:TLS"), None)
    assert others == [(("cty:NOR",), 3e6), (("cty:AGO",), 300)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They welcomed the contribution of $5 million announced by Norway for shelters."),
        ("es", "Celebraron el aporte de 5 millones de dólares ofrecido por Noruega para los refugios."),
        ("fr", "Ils ont salué la contribution de 5 millions de dollars annoncée par la Norvège."),
        ("pt", "Saudaram a contribuição de 5 milhões de dólares anunciada pela Noruega."),
    ],
)
def test_a_contribution_is_of_whoever_announced_it(language: str, text: str) -> None:
    assert promised(read(language, text)) == [(("cty:NOR",), 5e6)]


def test_an_official_is_of_the_state_that_the_sentence_before_opens_with() -> None:
    text = (
        "A cúpula terminou em Assunção. O Brasil chegou com a conta mais detalhada. O presidente Otávio "
        "Lacerda anunciou que o país vai receber mais 18 mil refugiados."
    )
    assert promised(read("pt", text)) == [(("cty:BRA",), 18000)]


def test_one_line_seals_for_several() -> None:
    text = (
        "JOINT STATEMENT ON MOVEMENTS BY SEA\n\nColombo, 21 November 2025\n\n1. The Phuket Understanding "
        "of 2023 was recalled.\n\n2. Ministers will meet again in 2026.\n\nFor Bangladesh, Sri Lanka and "
        "Thailand: (signed)\n\nIn the presence of: Anders Holm, Assistant High Commissioner, UNHCR; "
        "Marisol Prado, Regional Director, IOM\n"
    )
    found = took_part(read("en", text))
    assert {name for name, role, _ in found if role == "signatory"} == {"BGD", "LKA", "THA"}
    of = {one["of"] for one in records(read("en", text), "participation") if one["role"] == "signatory"}
    assert of == {"ins:joint-statement-on-movements-by-sea"}


def test_the_names_below_seal_the_declaration_and_no_agreement_told_last() -> None:
    text = (
        "COMMUNIQUÉ FINAL\n\nLes participants ont adopté la Déclaration de Moroni. Les Seychelles "
        "prêteront deux vedettes, une fois conclu l'accord sur les équipages.\n\nOnt signé : pour l'Union "
        "des Comores, Mme Zaïna Soilihi ; pour la République de Maurice, M. Vikash Ramdin.\n"
    )
    signed = [one for one in records(read("fr", text), "participation") if one["role"] == "signatory"]
    assert {one["actor"] for one in signed} == {"per:zaina-soilihi", "per:vikash-ramdin"}
    assert {one["of"] for one in signed} == {"ins:declaration-de-moroni"}


@pytest.mark.parametrize(
    ("language", "text", "states"),
    [
        ("es",
         "Mauritania acoge a 170.000 malienses. En marzo de 2024 firmó con Perú una declaración conjunta "
         "sobre retornos.", "MRT PER"),
        ("fr", "L'Union européenne et la Tunisie ont signé, le 16 juillet 2023, leur mémorandum.", "eu TUN"),
        ("pt",
         "A Declaração de Los Angeles foi adotada em 2022. O Peru, que também assinou, discute agora um "
         "projeto.",
         "PER"),
        ("en",
         "The five governments agreed the Nassau Understanding on Tuesday. Jamaica signed only after a "
         "clause had been struck out.", "JAM"),
        ("fr",
         "Le Sénégal et l'Italie ont conclu mardi un accord. La ministre sénégalaise des Affaires "
         "étrangères, Aïssatou Mbengue, l'a paraphé.", "mbengue"),
    ],
)  # fmt: skip
def test_who_signs_beside_it_before_it_or_with_somebody(language: str, text: str, states: str) -> None:
    signed = {name for name, role, _ in took_part(read(language, text)) if role == "signatory"}
    assert signed >= set(states.split())


@pytest.mark.parametrize(
    ("language", "text", "state"),
    [
        ("fr",
         "Le Sommet caribéen sur les déplacements s'est tenu jeudi. Le Panama, que personne n'avait "
         "convié, a protesté.", "PAN"),
        ("es",
         "Se reunió el jueves la Cumbre de Quito. Panamá, que suele acudir, esta vez no recibió invitación.",
         "PAN"),
    ],
)  # fmt: skip
def test_who_was_not_asked_this_time(language: str, text: str, state: str) -> None:
    assert (state, "not_invited") in {(name, role) for name, role, _ in took_part(read(language, text))}


def test_what_is_said_in_quotes_is_not_of_who_says_it() -> None:
    text = (
        'The Kampala summit closed on Friday. "You do not invite the arsonist to price the roof," '
        "Uganda's foreign minister, Moses Okwir, told reporters."
    )
    assert not [one for one in took_part(read("en", text)) if one[1] == "not_invited"]


def test_who_is_represented_stands_a_clause_before_and_a_storm_keeps_only_its_own_away() -> None:
    text = (
        "Le Sommet de Praia s'est tenu vendredi. Le président guinéen, Ibrahima Kolié, n'a pas quitté "
        "Conakry et s'est fait remplacer par son ministre de la Sécurité, Fodé Sylla."
    )
    roles = {(one["actor"], one["role"]) for one in records(read("fr", text), "participation")}
    assert roles >= {("per:ibrahima-kolie", "boycotted"), ("per:fode-sylla", "attended_as_replacement")}
    text = (
        "La Reunión de Roatán terminó ayer. Los presentes lamentaron la ausencia de Nicaragua, que no "
        "acreditó delegación, y saludaron la nota de la República Dominicana, impedida de asistir por la "
        "tormenta."
    )
    assert ("NIC", "boycotted") in {(name, role) for name, role, _ in took_part(read("es", text))}


def test_observers_in_a_list_with_a_high_commissioner_are_bodies() -> None:
    text = (
        "The Conference of Colombo was chaired by H.E. Nimali Perera, Minister of Foreign Affairs of Sri "
        "Lanka. Australia, Japan and the United Nations High Commissioner for Refugees (UNHCR) took part "
        "as observers."
    )
    roles = {(one["actor"], one["role"]) for one in records(read("en", text), "participation")}
    others = {("cty:AUS", "attended"), ("cty:JPN", "attended"), ("org:unhcr", "attended")}
    assert roles == {("per:nimali-perera", "host"), *others}


BILATERAL = (
    "MEMORANDUM OF UNDERSTANDING ON LABOUR MOBILITY\n\nThe Government of Fiji and the Government of New "
    "Zealand "
    '(hereinafter "the Parties"),\n\nHave agreed as follows:\n\nArticle 1\nThe Parties shall exchange '
    "lists of licensed recruiters every six months.\n\nDone at Suva on 4 May 2023, in two "
    "originals.\n\nFor the Government of Fiji\n\nFor the Government of New Zealand\n"
)


def test_governments_are_parties_and_sign_for_their_states() -> None:
    reading = read("en", BILATERAL)
    assert {(name, role) for name, role, _ in took_part(reading)} == {
        ("FJI", "signatory"),
        ("NZL", "signatory"),
    }
    assert promised(reading) == [(("cty:FJI", "cty:NZL"), None)]


def test_persons_sign_below_the_place_and_the_day() -> None:
    text = (
        "Joint Communiqué of the Sahel Alliance\n\n1. The Heads of State of Burkina Faso, Mali and Niger "
        "held a summit in Bamako on 3 May 2023.\n\n2. The Heads of State agreed to set up a joint "
        "force.\n\nDone at Bamako, 3 May 2023\n\nH.E. Ibrahim Sow, President of Mali\nH.E. Ali Issa, "
        "President of Niger\n"
    )
    reading = read("en", text)
    signed = {
        (one["actor"], one["for_state"])
        for one in records(reading, "participation")
        if one["role"] == "signatory"
    }
    assert signed == {("per:ibrahim-sow", "cty:MLI"), ("per:ali-issa", "cty:NER")}
    assert promised(reading) == [(("cty:BFA", "cty:MLI", "cty:NER"), None)]


SIGNATURES = [
    ("es",
     "DECLARACIÓN CONJUNTA SOBRE MOVILIDAD\n\nConvienen en abrir una oficina común.\n\nPor el Reino de "
     "España, Amparo Ferrándiz Soler\nPor la República de Senegal, Mamadou Lamine Thiaw\n",
     {("per:amparo-ferrandiz-soler", "cty:ESP"), ("per:mamadou-lamine-thiaw", "cty:SEN")}),
    ("pt",
     "DECLARAÇÃO DE FOZ SOBRE MOBILIDADE\n\nOs Ministros declaram o seu apoio.\n\nPela República "
     "Argentina, Horacio Belmonte. Pela República Federativa do Brasil, Celina Prado.\n",
     {("per:horacio-belmonte", "cty:ARG"), ("per:celina-prado", "cty:BRA")}),
    ("en",
     "MEMORANDUM OF UNDERSTANDING ON ATOLLS\n\nFiji intends to set aside land.\n\nFor the Government of "
     "Tuvalu\nTeleke Pasefika\n\nFor the Government of Fiji\nRatu Vakatale Rabuka\nMinister for Lands\n",
     {("per:teleke-pasefika", "cty:TUV"), ("per:ratu-vakatale-rabuka", "cty:FJI")}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), SIGNATURES)
def test_persons_sign_for_the_states_named_beside_or_above_them(
    language: str, text: str, expected: set[tuple[str, str]]
) -> None:
    found = records(read(language, text), "participation")
    assert {(one["actor"], one["for_state"]) for one in found if one["role"] == "signatory"} == expected


@pytest.mark.parametrize(
    ("language", "text", "states"),
    [
        ("pt",
         "Saiu o Compromisso de Talatona, que não tem força de lei e leva as assinaturas de Angola e Uganda.",
         {"AGO", "UGA"}),
        ("fr",
         "L'Engagement de N'Djamena a été paraphé par la Suisse et le Tchad. Le Kenya a suivi les travaux "
         "mais n'a pas signé.", {"CHE", "TCD"}),
        ("en",
         "Three governments put their names to the Port of Spain Undertaking, two pages that bind nobody: "
         "Belize, Grenada and Jamaica.", {"BLZ", "GRD", "JAM"}),
    ],
)  # fmt: skip
def test_only_what_is_denied_is_not_signed(language: str, text: str, states: set[str]) -> None:
    signed = {name for name, role, _ in took_part(read(language, text)) if role == "signatory"}
    assert signed == states
