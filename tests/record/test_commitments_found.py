"""Commitments without a verb of promising: second parts, items, measures, ceilings, refusals."""

from __future__ import annotations

import pytest
from commitments_read import read, slots

SECOND_PARTS = [
    ("en", "Australia agreed to resettle 3,000 refugees by 2027, and New Zealand at least 450.",
     [("cty:AUS", 3_000), ("cty:NZL", 450)]),
    ("en", "Norway pledged $30 million, Japan $12 million and the Netherlands up to $8 million.",
     [("cty:NOR", 30_000_000), ("cty:JPN", 12_000_000), ("cty:NLD", 8_000_000)]),
    ("en", "France undertook to open two reception centres and Belgium to train border guards.",
     [("cty:FRA", 2), ("cty:BEL", None)]),
    ("es", "Canadá se comprometió a reasentar a 2.000 personas antes de 2027 y Nueva Zelanda, a 300.",
     [("cty:CAN", 2_000), ("cty:NZL", 300)]),
    ("fr", "Le Brésil promet de recevoir 6 000 réfugiés, et le Chili de régulariser 40 000 personnes.",
     [("cty:BRA", 6_000), ("cty:CHL", 40_000)]),
    ("pt", "O Canadá comprometeu-se a reinstalar 3.000 refugiados e a Nova Zelândia 300.",
     [("cty:CAN", 3_000), ("cty:NZL", 300)]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), SECOND_PARTS)
def test_the_next_actor_promises_without_the_verb(
    language: str, text: str, expected: list[tuple[str, int | None]]
) -> None:
    every = read(text, language)
    assert [(one.fields["actor"][0], one.fields.get("quantity")) for one in every] == expected
    starts = [one.evidence[0].start for one in every]
    assert all(one.evidence[0].end <= after for one, after in zip(every, starts[1:], strict=False))


BARE = [
    ("en", "New funding\n• $45 million for food aid in Sudan.\n• Up to $12 million for schools.",
     [(["cty:USA"], 45_000_000), (["cty:USA"], 12_000_000)]),
    ("es", "Plazas\n• 1.200 plazas de reasentamiento en 2025 y 1.400 en 2026.",
     [(["cty:USA"], 1_200), (["cty:USA"], 1_400)]),
    ("fr", "Engagements des partenaires\n• Allemagne : 45 millions d'euros pour le Tchad.",
     [(["cty:DEU"], 45_000_000)]),
    ("pt", "Entre as promessas, a maior veio de Washington: US$ 180 milhões até 2025 para abrigos.",
     [(["cty:USA"], 180_000_000)]),
    ("en", "Needs\n• $45 million for food aid in Sudan.", []),
    ("fr", "La situation\n• 61 200 cartes de séjour ont été délivrées.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), BARE)
def test_items_of_a_promising_list_need_no_verb(
    language: str, text: str, expected: list[tuple[list[str], int]]
) -> None:
    every = read(text, language, author="cty:USA", day="2024-12-20")
    assert [slots(one, "actor", "quantity") for one in every] == expected


OF_MEASURES = [
    ("en", "The permit for the parents of Venezuelan children will be extended to 31 December 2026."),
    ("en", "A third office will open in the capital this summer."),
    ("en", "Asylum seekers will be given a work permit of two years."),
    ("es", "El plazo para solicitar el permiso se prorrogará hasta el 30 de junio."),
    ("es", "Los solicitantes recibirán una tarjeta de residencia de dos años."),
    ("fr", "Le dispositif pour les familles afghanes sera prolongé jusqu'en mars 2027."),
    ("fr", "Les personnes admises recevront un permis de travail de trois ans."),
    ("pt", "Os pedidos de reunião familiar, suspensos desde novembro, voltam a ser aceitos em maio."),
]


@pytest.mark.parametrize(("language", "text"), OF_MEASURES)
def test_what_becomes_of_a_measure_binds_where_a_state_speaks(language: str, text: str) -> None:
    assert len(read(text, language, author="cty:USA")) == 1
    assert read(text, language) == []


RAISED = [
    ("en", "Our aid to Armenia has been raised to 11 million euros.", 11_000_000),
    ("es", "El número de plazas pasará de 5.000 a 8.000 a partir del 1 de junio.", 8_000),
    ("fr", "Le nombre de places passera de 5000 à 8000 à compter du 1er juin.", 8_000),
    ("pt", "O apoio às entidades de acolhimento sobe para 8.500 euros por pessoa.", 8_500),
    ("en", "The number of work permits granted to refugees shall not exceed 6,000 in any year.", 6_000),
    ("es", "No se otorgarán más de 4.000 permisos por año.", 4_000),
    ("fr", "Il ne sera pas délivré plus de 4 000 permis par an.", 4_000),
    ("pt", "Não serão concedidos mais de 4.000 vistos por ano.", 4_000),
]


@pytest.mark.parametrize(("language", "text", "amount"), RAISED)
def test_amounts_that_are_raised_or_capped(language: str, text: str, amount: int) -> None:
    (one,) = read(text, language, author="cty:USA")
    assert slots(one, "quantity", "polarity") == (amount, None)


NOT_TO_DO = [
    ("en", "Malaysia has ruled out opening new camps."),
    ("en", "Poland said it would under no circumstances reopen the crossing."),
    ("en", "Uganda promised not to turn Sudanese families back."),
    ("es", "El ministro descartó cualquier devolución de familias a Siria."),
    ("es", "Uruguay no volverá a exigir visado a los cubanos, señaló el canciller."),
    ("es", "Ninguna familia con menores será desalojada."),
    ("fr", "Le ministre a exclu tout renvoi de familles vers la Syrie."),
    ("fr", "Aucun réfugié enregistré ne sera expulsé."),
    ("pt", "O regime especial para famílias, extinto em junho, não será retomado, disse o ministro."),
    ("pt", "Nenhuma família com filhos será despejada."),
]


@pytest.mark.parametrize(("language", "text"), NOT_TO_DO)
def test_refusals_in_other_words(language: str, text: str) -> None:
    (one,) = read(text, language, author="cty:ESP")
    assert one.fields["polarity"] == "negative"


THREATS = [
    ("en", "Kenya has threatened to close the camp unless donors pay by June.", "cty:KEN"),
    ("es", "Turquía amenazó con abrir la frontera si no recibe los fondos.", "cty:TUR"),
    ("fr", "La Turquie a menacé d'ouvrir la frontière si elle ne reçoit pas les fonds.", "cty:TUR"),
    ("pt", "A Turquia ameaçou abrir a fronteira se não receber os fundos.", "cty:TUR"),
    ("en", "Ethiopia will keep its borders open to those who flee.", "cty:ETH"),
    ("es", "Costa Rica continuará registrando a los solicitantes nicaragüenses.", "cty:CRI"),
    ("fr", "Le Brésil continuera de délivrer des visas humanitaires aux Haïtiens.", "cty:BRA"),
    ("pt", "O Equador aceitou reabrir dois postos de fronteira.", "cty:ECU"),
]


@pytest.mark.parametrize(("language", "text", "actor"), THREATS)
def test_threats_and_what_goes_on(language: str, text: str, actor: str) -> None:
    (one,) = read(text, language)
    assert one.fields["actor"] == [actor]
    assert one.fields.get("polarity") is None


LED = [
    ("en", "Under the charter, the signatories will:\n(a) issue 18,000 work permits;\n(b) refrain from"
           " collective expulsions.", [18_000, None]),
    ("es", "Los presidentes declaran que:\n1. Ampliarán las vías regulares.\n2. No promoverán"
           " deportaciones colectivas.", [None, None]),
    ("fr", "Prochaines étapes :\n- ouvrir un deuxième centre à Calais avant octobre\n- recruter des agents",
     [None, None]),
    ("pt", "Os ministros da região reuniram-se.\n\nDeclaram que:\n1. Destinarão US$ 18 milhões às"
           " comunidades.\n2. Criarão um registro até 2025.", [18_000_000, None]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "amounts"), LED)
def test_the_lines_after_a_lead_are_promises(language: str, text: str, amounts: list[int | None]) -> None:
    every = read(text, language, author="cty:FRA")
    assert [one.fields.get("quantity") for one in every] == amounts
    assert all(one.fields["actor"] for one in every)


PARTS_OF_A_SUM = [
    ("en", "The United Kingdom will provide £20 million in aid. Of the total, £13 million will go to UNICEF"
     " and £5 million to UNHCR.", [20_000_000, 13_000_000, 5_000_000]),
    ("es", "España destinará 20 millones de euros a la región. Del total, 13 millones de euros se entregarán"
     " a Unicef y 5 millones a Acnur.", [20_000_000, 13_000_000, 5_000_000]),
    ("fr", "La France versera 20 millions d'euros. Sur cette somme, 13 millions d'euros iront à l'Unicef et"
     " 5 millions au HCR.", [20_000_000, 13_000_000, 5_000_000]),
    ("pt", "O Brasil vai doar 20 milhões de dólares. Do total, 13 milhões de dólares serão repassados ao"
     " Unicef e 5 milhões ao ACNUR.", [20_000_000, 13_000_000, 5_000_000]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "amounts"), PARTS_OF_A_SUM)
def test_where_the_parts_of_a_sum_go(language: str, text: str, amounts: list[int]) -> None:
    every = read(text, language)
    assert [one.fields["quantity"] for one in every] == amounts
    assert len({tuple(one.fields["actor"]) for one in every}) == 1


RANKED = [
    ("en", "The European Union made the biggest pledge, 130 million euros, followed by the United States"
     " with $105 million.", [130_000_000, 105_000_000]),
    ("es", "La mayor aportación fue la de la Unión Europea, que comprometió 120 millones de euros.",
     [120_000_000]),
    ("fr", "Le Canada arrive en tête avec 120 millions de dollars, suivi de l'Union européenne, qui"
     " débloquera 75 millions d'euros.", [120_000_000, 75_000_000]),
    ("pt", "O Canadá fez a maior doação, 60 milhões de dólares.", [60_000_000]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "amounts"), RANKED)
def test_pledges_are_told_by_their_rank(language: str, text: str, amounts: list[int]) -> None:
    assert [one.fields["quantity"] for one in read(text, language)] == amounts


CEILINGS = [
    ("en", "No more than 4,000 applications will be accepted by Canada in 2025.", 4_000),
    ("es", "La Superintendencia Nacional de Migraciones otorga un máximo de 35.000 permisos.", 35_000),
    ("fr", "La ministre reçoit au plus 600 demandes pour la période.", 600),
    ("pt", "O Brasil poderá conceder até 1.200 vistos humanitários por ano.", 1_200),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "amount"), CEILINGS)
def test_ceilings_in_the_present(language: str, text: str, amount: int) -> None:
    (one,) = read(text, language, author="cty:CAN")
    assert one.fields["quantity"] == amount


NO_PROMISES = [
    ("en", "The United Kingdom does not support any return that is not voluntary."),
    ("en", "Jamaica's minister accused donors of breaking promises of $200 million."),
    ("es", "España defenderá que la Unión Europea dedique 200 millones de euros a sus vecinos."),
    ("fr", "La Turquie se plaint si elle n'accueille pas seule les réfugiés."),
    ("pt", "Bahamas e Estados Unidos se recusaram a apoiar o comunicado."),
]


@pytest.mark.parametrize(("language", "text"), NO_PROMISES)
def test_stances_reproaches_and_demands_bind_nobody(language: str, text: str) -> None:
    assert read(text, language) == []


def test_a_title_is_told_again_by_the_text() -> None:
    text = (
        "Donors promise $412 million for refugees\n\n"
        "KAMPALA - Donor countries on Tuesday promised $412 million for refugees."
    )
    (one,) = read(text, "en")
    assert one.evidence[0].start > text.index("KAMPALA")


AT_MOST = [
    ("en", "No more than 450 permits will be granted in 2024."),
    ("es", "No más de 450 permisos se otorgarán en 2024."),
    ("fr", "Pas plus de 450 permis ne seront délivrés en 2024."),
    ("pt", "Não mais de 450 autorizações serão concedidas em 2024."),
]


@pytest.mark.parametrize(("language", "text"), AT_MOST)
def test_a_ceiling_may_be_the_subject_of_what_is_denied(language: str, text: str) -> None:
    (one,) = read(text, language, author="cty:IRL")
    assert slots(one, "actor", "quantity", "bound", "polarity") == (["cty:IRL"], 450, "up_to", None)


JOINED = [
    ("en", "France will admit 8,000 refugees and will give 5 million euros to UNHCR.", "cty:FRA"),
    ("en", "France spoke first. It will resettle 8,000 refugees and pledged 5 million euros.", "cty:FRA"),
    ("es", "Francia acogerá a 8.000 refugiados y entregará 5 millones de euros al ACNUR.", "cty:FRA"),
    ("fr", "La France accueillera 8 000 réfugiés et versera 5 millions d'euros au HCR.", "cty:FRA"),
    ("pt", "A França acolherá 8.000 refugiados e entregará 5 milhões de euros ao ACNUR.", "cty:FRA"),
]


@pytest.mark.parametrize(("language", "text", "actor"), JOINED)
def test_a_second_verb_has_the_subject_of_the_first(language: str, text: str, actor: str) -> None:
    made = [slots(one, "actor", "quantity") for one in read(text, language)]
    assert made == [([actor], 8_000), ([actor], 5_000_000)]


OWN = [
    ("es", "Chile prorrogará el permiso, y Panamá aseguró que no cerrará el paso.", ["cty:CHL", "cty:PAN"]),
    ("pt", "O Chile prorrogará a carteira, e o Panamá garantiu que não fechará o posto.",
     ["cty:CHL", "cty:PAN"]),
    ("es", "Italia dará 5 millones de euros, y la Intendencia de Salto cederá veinte casas.",
     ["cty:ITA", "la Intendencia de Salto"]),
    ("pt", "A Itália dará 5 milhões de euros, e a Intendência de Salto cederá vinte casas.",
     ["cty:ITA", "a Intendência de Salto"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actors"), OWN)
def test_a_clause_with_who_acts_in_it_is_not_of_the_one_before(
    language: str, text: str, actors: list[str]
) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == [[one] for one in actors]


BOTH = [
    ("en", "Peru accused Chile of pushing people back. The two countries agreed to reopen the crossing."),
    ("es", "Perú acusó a Chile de empujar a la gente. Ambos países acordaron reabrir el paso."),
    ("fr", "Le Pérou a accusé le Chili. Les deux pays ont convenu de rouvrir le poste."),
    ("pt", "O Peru acusou o Chile. Os dois países aceitaram reabrir o posto."),
]


@pytest.mark.parametrize(("language", "text"), BOTH)
def test_two_countries_are_those_that_the_sentence_before_names(language: str, text: str) -> None:
    assert sorted(read(text, language)[-1].fields["actor"]) == ["cty:CHL", "cty:PER"]


REFUSED = [
    ("en", "Chile's minister, Ana Ríos, said her country had done its share and would not take in any more."),
    ("fr", "Le ministre chilien, Luis Ríos, s'est félicité d'une décision \"de bon sens\" et a exclu de "
     "fermer le centre."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), REFUSED)
def test_who_speaks_for_a_state_refuses_for_it(language: str, text: str) -> None:
    assert [slots(one, "actor", "polarity") for one in read(text, language)] == [(["cty:CHL"], "negative")]


APPLY = [
    ("en", "Up to 20,000 Syrians who are registered will be able to apply for a work permit."),
    ("es", "Hasta 20.000 sirios que ya están registrados recibirán un permiso de trabajo."),
]


@pytest.mark.parametrize(("language", "text"), APPLY)
def test_people_with_a_relative_clause_are_whom_a_permit_is_for(language: str, text: str) -> None:
    assert [slots(one, "quantity", "unit") for one in read(text, language, author="cty:PER")] == [
        (20_000, "person")
    ]
