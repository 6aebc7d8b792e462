"""Slots of commitments: whose, how much and until when, told beside the deed or in the sentence after it."""

from __future__ import annotations

import pytest
from commitments_read import read, slots

TAKEN_UP = [
    ("en", "Ghana came first, followed by the European Union, which will give $75 million.", "org:eu"),
    ("es", "Fue la primera, seguida de Noruega, que aportará 15 millones de dólares.", "cty:NOR"),
    ("fr", "Le Canada arrive en tête, suivi de l’Allemagne, qui débloquera 75 millions d’euros.", "cty:DEU"),
    ("pt", "O Canadá foi o primeiro, seguido da Noruega, que doará 15 milhões de dólares.", "cty:NOR"),
]


@pytest.mark.parametrize(("language", "text", "actor"), TAKEN_UP)
def test_a_relative_clause_is_of_the_name_before_it(language: str, text: str, actor: str) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == [[actor]]


EACH = [
    ("en", "Norway and Canada pledged to resettle 2,500 and 1,800 refugees, respectively, in 2024."),
    ("es", "Noruega y Canadá ofrecieron reasentar a 2.500 y 1.800 refugiados, respectivamente, en 2024."),
    ("fr", "La Norvège et le Canada ont promis d'accueillir respectivement 2 500 et 1 800 réfugiés en 2024."),
    ("pt", "A Noruega e o Canadá prometeram reassentar 2.500 e 1.800 refugiados, respectivamente, até 2024."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), EACH)
def test_respectively_gives_each_of_two_its_amount(language: str, text: str) -> None:
    filled = [slots(one, "actor", "quantity", "unit", "period") for one in read(text, language)]
    expected = [(["cty:NOR"], 2_500, "person", "2024"), (["cty:CAN"], 1_800, "person", "2024")]
    assert [(*one[:3], one[3][:4]) for one in filled] == expected


OFFERED = [
    ("en", "Kenya offered another 600 police officers.", "person", 600),
    ("es", "Kenia ofreció otros 600 policías para la misión.", "person", 600),
    ("fr", "Le Bénin offre 300 bourses d’études.", "other", 300),
    ("pt", "A Noruega ofereceu 30 médicos e dois helicópteros.", "person", 30),
]


@pytest.mark.parametrize(("language", "text", "unit", "count"), OFFERED)
def test_what_is_offered_may_be_any_count(language: str, text: str, unit: str, count: int) -> None:
    assert [slots(one, "unit", "quantity") for one in read(text, language)] == [(unit, count)]


TERMS = [
    ("en", "Spain will give 5 million euros. This grant, run by IOM, covers 2023 and 2024.", "2023/2024"),
    ("es", "España dará 5 millones de euros. Esta ayuda, de la OIM, cubre 2023 y 2024.", "2023/2024"),
    ("fr", "La France débloquera 5 millions d'euros. L'enveloppe sera versée en 2023 et 2024.", "2023/2024"),
    ("pt", "Portugal vai doar 5 milhões de euros. A verba será paga até dezembro de 2024.", "2024-12"),
    ("en", "From 15 May 2023, Peru will issue up to 10,000 permits, valid for thirty days.", "2023-05-15"),
    ("es", "España contratará en 2024 a un máximo de 1.500 trabajadores senegaleses.", "2024"),
    ("fr", "Le Mali délivrera 500 visas fin 2025, et le Ghana recevra en 2024 800 réfugiés.", "2024"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "period"), TERMS)
def test_terms_beside_the_deed_or_told_next(language: str, text: str, period: str) -> None:
    assert read(text, language)[-1].fields.get("period") == period


STATUS = [
    ("en", "Kenya said it would not accept new arrivals.", "stated"),
    ("en", "Kenya said it would not expel anyone.", "assured"),
    ("es", "Ecuador aclaró que no levantará la visa a los haitianos.", "stated"),
    ("es", "Ecuador aseguró que no levantará la visa a los haitianos.", "assured"),
    ("fr", "La France a fait savoir qu’elle n’ouvrirait pas de nouvelles places.", "stated"),
    ("pt", "O Brasil disse que não deportará ninguém.", "assured"),
]


@pytest.mark.parametrize(("language", "text", "status"), STATUS)
def test_a_denial_assures_only_of_what_would_do_harm(language: str, text: str, status: str) -> None:
    assert [one.fields["status_at_document"] for one in read(text, language)] == [status]


WHOSE = [
    ("en", "Kenya and Ethiopia signed a memo. The two countries agreed to open three centres.",
     ["cty:KEN", "cty:ETH"]),
    ("es", "Kenia y Etiopía firmaron un memorando. Ambos países acordaron abrir tres centros de acogida.",
     ["cty:KEN", "cty:ETH"]),
    ("fr", "À Saint-Domingue, le ministre des Affaires étrangères, Miguel Peralta, a prévenu que son pays "
     "ne réduirait pas le rythme des expulsions.", ["cty:DOM"]),
    ("pt", "O visto será concedido pela Embaixada do Brasil em Bogotá.\nO Ministério da Justiça destinará "
     "R$ 12 milhões a abrigos.", ["cty:BRA"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actor"), WHOSE)
def test_pairs_capitals_and_missions_tell_who_is_bound(language: str, text: str, actor: list[str]) -> None:
    assert read(text, language)[-1].fields["actor"] == actor


def test_a_condition_is_of_the_amount_right_before_it() -> None:
    text = "Germany pledged $95 million and Qatar up to $70 million, on condition that half goes to hosts."
    filled = [slots(one, "actor", "quantity", "condition") for one in read(text, "en")]
    assert filled == [
        (["cty:DEU"], 95_000_000, None), (["cty:QAT"], 70_000_000, "half goes to hosts"),
    ]  # fmt: skip


TERMS = [
    ("en", "In 2025 and in 2026", "Peru will admit 300 people in 2025 and in 2026.", ["2025/2026"]),
    ("fr", "en 2025 et en 2026", "Le Pérou accueillera 120 réfugiés en 2025 et en 2026.", ["2025/2026"]),
    (
        "fr", "of the first deed alone",
        "Le Canada s'engage à accueillir 300 Afghans d'ici à 2024, et le Japon à verser 9 millions d'euros.",
        ["2024", None],
    ),
    ("en", "not of receipt", "Claims received by May 2023 will be decided by August 2024.", ["2024-08"]),
    ("es", "ahead", "Para 2026, Chile ha ofrecido 1.500 permisos.", ["2026"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "why", "text", "periods"), TERMS)
def test_a_term_is_of_the_deed_that_it_stands_with(
    language: str, why: str, text: str, periods: list[str | None]
) -> None:
    made = read(text, language, author="cty:PER" if language == "en" else None)
    assert [one.fields.get("period") for one in made] == periods, why


SUMS = [
    ("en", "Spain will give 5 million euros. The aid, which will be paid by 2024, is new.", ["2024"]),
    ("es", "España dará 5 millones de euros. La ayuda, que será pagada en 2024, es nueva.", ["2024"]),
    ("fr", "La France versera 5 millions d'euros.\n\nSur ce montant, 2 millions iront au HCR. "
     "L'aide, qui sera versée d'ici à 2024, est nouvelle.", ["2024", "2024"]),
    ("pt", "Portugal doará 5 milhões de euros. A ajuda, que será paga até 2024, é nova.", ["2024"]),
    ("en", "Peru pledged 5 million euros and said it would extend the permits until 2024.", [None, "2024"]),
    ("pt", "O Brasil anunciou a doação de 6 milhões de euros e informou que prorrogará até 2024 a carteira.",
     [None]),
    ("en", "From October 1, refugees who were registered will receive 500 permits.", ["2023-10-01"]),
    ("fr", "À partir du 1er octobre, le Pérou, qui a été saisi, délivrera 500 visas.", ["2023-10-01"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "periods"), SUMS)
def test_a_term_told_beside_the_deed(language: str, text: str, periods: list[str | None]) -> None:
    author = "cty:PER" if "refugees" in text else None
    assert [one.fields.get("period") for one in read(text, language, author)][: len(periods)] == periods


SHARES = [
    ("en", "A fund will be set up with 6 million euros, of which Ghana will contribute a third.", 1 / 3),
    ("es", "Se creará un fondo dotado con 6 millones de euros, de los que Ghana aportará la mitad.", 1 / 2),
    ("fr", "Un fonds sera créé, doté de 6 millions d'euros, dont le Ghana versera un tiers.", 1 / 3),
]


@pytest.mark.parametrize(("language", "text", "share"), SHARES)
def test_a_share_of_what_was_told_funds(language: str, text: str, share: float) -> None:
    made = read(text, language, author="cty:TGO")[-1]
    assert slots(made, "actor", "action", "unit") == (["cty:GHA"], "fund", "ratio")
    assert made.fields["quantity"] == pytest.approx(share)


PARTS = [
    ("en", "Spain will give 5 million euros, of which 2 million will go to IOM."),
    ("es", "España dará 5 millones de euros, de los cuales 2 millones se destinarán a la OIM."),
    ("pt", "Portugal dará 5 milhões de euros, dos quais 2 milhões se destinam à OIM."),
]


@pytest.mark.parametrize(("language", "text"), PARTS)
def test_part_of_a_sum_goes_somewhere_on_no_condition(language: str, text: str) -> None:
    assert [slots(one, "quantity", "condition") for one in read(text, language)] == [
        (5_000_000, None), (2_000_000, None),
    ]  # fmt: skip


TOLD = [
    ("en", "Peru will extend the permit, which benefits 210,000 people."),
    ("fr", "Le Pérou prolongera la carte, qui profite à 210 000 étrangers."),
    ("pt", "O Peru anunciou que prorrogará a carteira, que beneficia cerca de 210 mil estrangeiros."),
]


@pytest.mark.parametrize(("language", "text"), TOLD)
def test_what_a_relative_clause_counts_is_told(language: str, text: str) -> None:
    assert [one.fields.get("quantity") for one in read(text, language)] == [None]


ACTIONS = [
    ("en", "Spain will give 5 million euros to host communities.", "support_host_communities"),
    ("en", "Spain will give 5 million euros for refugees and host communities.", "fund"),
    ("es", "España dará 5 millones de euros a las comunidades de acogida.", "support_host_communities"),
    ("fr", "Le Mali versera 5 millions d'euros aux communes d'accueil.", "support_host_communities"),
    ("pt", "O Brasil dará 5 milhões de euros a famílias de acolhimento.", "support_host_communities"),
    ("en", "Canada will welcome 700 people under its resettlement plan.", "welcome_migrants"),
    ("es", "Chile acogerá a 700 familias.", "welcome_migrants"),
    ("fr", "Le Canada accueillera 700 travailleurs saisonniers.", "admit"),
    ("en", "Canada said that it would admit 700 Haitians, who need resettlement.", "admit"),
    ("en", "Chile will extend the special category for Haitians.",
     "facilitate_access_to_protection_and_services"),
    ("es", "Chile prorrogará hasta 2024 la categoría especial.",
     "facilitate_access_to_protection_and_services"),
    ("fr", "Le Chili ouvrira deux bureaux à Arica.", "facilitate_access_to_protection_and_services"),
    ("pt", "O Chile prorrogará a carteira de permanência.", "facilitate_access_to_protection_and_services"),
    ("en", "Spain will train 300 border guards.", "provide_security_assistance"),
    ("es", "España formará a 300 agentes de fronteras.", "provide_security_assistance"),
    ("fr", "L'Espagne formera 300 agents.", "provide_security_assistance"),
    ("pt", "A Espanha formará 300 agentes de fronteira.", "provide_security_assistance"),
    ("en", "Chile will reopen its border with Peru.", "regulate_flows"),
    ("es", "Chile reabrirá el paso fronterizo de Arica.", "regulate_flows"),
    ("fr", "Le Chili rouvrira le poste-frontière d'Arica.", "regulate_flows"),
    ("pt", "O Chile reabrirá o posto fronteiriço de Arica.", "regulate_flows"),
    ("en", "Chile promised to fight smuggling networks.", "strengthen_efforts"),
    ("es", "Chile se comprometió a combatir las redes de tráfico.", "strengthen_efforts"),
    ("pt", "O Chile comprometeu-se a combater as redes de tráfico.", "strengthen_efforts"),
    ("es", "El ministro chileno dijo que Chile acatará el fallo.", "assure"),
    ("fr", "Le Chili respectera l'arrêt.", "assure"),
    ("pt", "O Chile acatará a decisão.", "assure"),
    ("pt", "Portugal compromete-se a atribuir 120 bolsas de estudo.", "help"),
    ("en", "Portugal pledged to provide 120 scholarships.", "help"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "action"), ACTIONS)
def test_what_a_deed_is_called(language: str, text: str, action: str) -> None:
    assert [one.fields["action"] for one in read(text, language)] == [action]


LISTED = [
    (
        "en",
        "Promises come to $210 million: $150 million from the United States and $60 million from Canada.",
    ),
    (
        "es",
        "Las promesas suman 210 millones de dólares: 150 millones de Estados Unidos y 60 millones de Canadá.",
    ),
    (
        "fr",
        "Les promesses font 210 millions de dollars : 150 millions des États-Unis et 60 millions du Canada.",
    ),
    (
        "pt",
        "As promessas somam 210 milhões de dólares: 150 milhões dos Estados Unidos e 60 milhões do Canadá.",
    ),
]


@pytest.mark.parametrize(("language", "text"), LISTED)
def test_each_giver_of_a_list_has_its_own_amount(language: str, text: str) -> None:
    found = [slots(one, "actor", "quantity", "unit") for one in read(text, language)]
    assert found == [(["cty:USA"], 150_000_000, "USD"), (["cty:CAN"], 60_000_000, "USD")]


def test_a_list_of_what_is_no_promise_has_no_givers() -> None:
    assert (
        read("Remittances come to $210 million: $150 million from Peru and $60 million from Chile.", "en")
        == []
    )


TERMS = [
    ("fr", "Le Brésil ouvrira en mars trois bureaux à la frontière.", 3, "2023-03"),
    ("pt", "O Brasil abrirá em março três postos na fronteira.", 3, "2023-03"),
    ("en", "Brazil will open by March three reception offices.", 3, "2023-03"),
    ("fr", "Le Togo a confirmé qu'il supprimerait en avril les visas de court séjour.", None, "2023-04"),
    ("fr", "L'Équateur enregistrera les Vénézuéliens entrés avant le 1er juin.", None, None),
    ("fr", "L'Ouganda, qui enregistre depuis mars les Soudanais, poursuivra l'opération jusqu'à fin juin.",
     None, "2023-06"),
    ("en", "Mexico will go on accepting people, the minister said on Saturday.", None, None),
    ("es", "Honduras pedirá a su Congreso que prorrogue la medida, cuya vigencia termina en junio.",
     None, None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "quantity", "period"), TERMS)
def test_a_day_is_of_the_deed_that_it_stands_in(
    language: str, text: str, quantity: int | None, period: str | None
) -> None:
    assert [slots(one, "quantity", "period") for one in read(text, language)] == [(quantity, period)]


NEXT_CLAUSE = [
    ("fr", "Le Togo prolonge le programme jusqu'à fin juin et se dit prêt à accueillir 400 réfugiés."),
    (
        "pt",
        "O Brasil informou que dará R$ 6 milhões ao abrigo e que, a partir de maio, um fiscal virá.",
    ),
]


@pytest.mark.parametrize(("language", "text"), NEXT_CLAUSE)
def test_and_parts_a_day_from_the_amount_of_the_other_clause(language: str, text: str) -> None:
    assert [one.fields.get("period") for one in read(text, language) if "quantity" in one.fields] == [None]


def test_what_an_agency_provides_is_no_condition() -> None:
    (one,) = read("Canada announced that $461 million will be provided by its migration agency.", "en")
    assert one.modality == "intended"
    assert "condition" not in one.fields


def test_the_states_that_a_scheme_is_named_after_do_not_bind_themselves() -> None:
    text = (
        "The United States will keep them. The Cuba, Haiti and Nicaragua parole processes, under which up to "
        "30,000 people per month may travel to the United States, remain in place."
    )
    actors = [state for one in read(text, "en") for state in one.fields.get("actor", ())]
    assert not {"cty:CUB", "cty:HTI", "cty:NIC"} & set(actors)
