"""Commitments are read from news and communiqués in four languages; what binds no state is none."""

from __future__ import annotations

import pytest
from commitments_read import read, slots

PEOPLE = [
    ("en", "The United States will take in 20,000 refugees from Latin America during fiscal years"
           " 2023 and 2024,"
           " a senior official told reporters on Friday.", ["cty:USA"], 20_000, "2022-10/2024-09"),
    ("en", "Under the declaration, Mexico is to integrate 20,000 refugees into its labour market by 2025.",
     ["cty:MEX"], 20_000, "2025"),
    ("en", "Humanitarian visas will be granted to 5,000 Haitians by Brazil before the end of 2025.",
     ["cty:BRA"], 5_000, "2025"),
    ("en", "The Secretary-General welcomed the commitment of the Government of Colombia to"
           " regularize 2.1 million"
           " Venezuelans.", ["cty:COL"], 2_100_000, None),
    ("en", "Uruguay: to issue residency permits to 2,000 Nicaraguans.", ["cty:URY"], 2_000, None),
    ("es", "Estados Unidos acogerá a 20.000 refugiados de América Latina durante los años fiscales"
           " 2023 y 2024,"
           " según un alto funcionario.", ["cty:USA"], 20_000, "2022-10/2024-09"),
    ("es", "Lasso sostuvo que Ecuador no está solo y que regularizará a 500.000 venezolanos"
           " antes de fin de 2023.", ["cty:ECU"], 500_000, "2023"),
    ("en", "Trinidad and Tobago would register 16,000 Venezuelans in 2023, its security minister said.",
     ["cty:TTO"], 16_000, "2023"),
    ("es", "Canadá, por su parte, acogerá a 4.000 personas antes de 2028.", ["cty:CAN"], 4_000, "2028"),
    ("fr", "Les États-Unis se sont engagés à accueillir 20.000 réfugiés venant d'Amérique latine au cours des"
           " années 2023 et 2024, soit trois fois plus que cette année.", ["cty:USA"], 20_000, "2023/2024"),
    ("fr", "Guillermo Lasso a affirmé que l'Équateur régulariserait 500.000 Vénézuéliens avant la"
           " fin de 2023.",
     ["cty:ECU"], 500_000, "2023"),
    ("fr", "Le Canada va recevoir 50.000 travailleurs saisonniers cette année.", ["cty:CAN"], 50_000, "2022"),
    ("pt", "Os Estados Unidos vão receber 20 mil refugiados da América Latina nos anos fiscais de"
           " 2023 e 2024.",
     ["cty:USA"], 20_000, "2022-10/2024-09"),
    ("pt", "O Canadá, por sua vez, acolherá 4 mil pessoas até 2028.", ["cty:CAN"], 4_000, "2028"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actor", "people", "period"), PEOPLE)
def test_people_whom_a_state_will_take_in(
    language: str, text: str, actor: list[str], people: int, period: str | None
) -> None:
    (one,) = read(text, language)
    assert slots(one, "actor", "quantity", "unit", "period") == (actor, people, "person", period)
    assert one.fields["measurable"] is True


MONEY = [
    ("en", "The United States will provide $314 million in new humanitarian and development"
           " assistance, mainly for"
           " Venezuelans, the White House announced.", ["cty:USA"], 314_000_000, "cty:VEN"),
    ("en", "A further 15 million dollars was promised by Norway.", ["cty:NOR"], 15_000_000, None),
    ("en", "Ottawa also plans to spend $26.9 million in 2024.", ["cty:CAN"], 26_900_000, None),
    ("es", "El presidente de Estados Unidos, Joe Biden, anunció 314 millones de dólares en ayuda humanitaria,"
           " destinados principalmente a los venezolanos.", ["cty:USA"], 314_000_000, "cty:VEN"),
    ("fr", "Les États-Unis ont annoncé une aide de 314 millions de dollars destinée principalement aux"
           " Vénézuéliens.", ["cty:USA"], 314_000_000, "cty:VEN"),
    ("fr", "Le Tchad recevra 64 millions de dollars de la France.", ["cty:FRA"], 64_000_000, "cty:TCD"),
    ("pt", "O presidente dos Estados Unidos, Joe Biden, anunciou US$ 314 milhões em ajuda"
           " humanitária, destinada"
           " sobretudo aos venezuelanos.", ["cty:USA"], 314_000_000, "cty:VEN"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actor", "amount", "beneficiary"), MONEY)
def test_money_that_is_promised(
    language: str, text: str, actor: list[str], amount: int, beneficiary: str | None
) -> None:
    (one,) = read(text, language)
    wanted = (actor, "fund", amount, beneficiary)
    assert slots(one, "actor", "action", "quantity", "beneficiary") == wanted


def test_an_official_vouches_and_the_state_is_bound() -> None:
    (one,) = read("El presidente Joe Biden anunció 314 millones de dólares para los venezolanos.", "es")
    assert one.attribution == ("per:joe-biden",)
    assert (one.certainty, one.fields["actor"]) == ("reported", ["cty:USA"])


CEILINGS = [
    ("en", "Mexico agreed to accept up to 30,000 migrants a month expelled from the United States."),
    ("es", "México aceptará hasta 30.000 migrantes al mes procedentes de Cuba y Haití."),
    ("fr", "Le Mexique reprendra jusqu'à 30.000 personnes par mois à compter du 5 janvier."),
    ("pt", "O México aceitará até 30 mil migrantes por mês."),
]


@pytest.mark.parametrize(("language", "text"), CEILINGS)
def test_ceilings_a_month(language: str, text: str) -> None:
    (one,) = read(text, language)
    wanted = (["cty:MEX"], 30_000, "person per month", "up_to")
    assert slots(one, "actor", "quantity", "unit", "bound") == wanted


MULTIPLES = [
    ("en", "Spain has pledged to double the number of work permits for Hondurans.", 2),
    ("en", "The kingdom of Spain announced a doubling of the number of Hondurans in its labour scheme.", 2),
    ("es", "España duplicará el número de contratos en origen para hondureños.", 2),
    ("fr", "Selon la Maison Blanche, l'Espagne doublera le nombre de travailleurs honduriens.", 2),
    ("pt", "A Espanha vai triplicar o número de autorizações de residência.", 3),
]


@pytest.mark.parametrize(("language", "text", "times"), MULTIPLES)
def test_a_multiple_leaves_its_base_in_doubt(language: str, text: str, times: int) -> None:
    (one,) = read(text, language)
    assert slots(one, "actor", "quantity", "unit") == (["cty:ESP"], times, "ratio")
    assert [len(doubt.candidates) for doubt in one.doubts if doubt.slot == "base"] == [2]


SEVERAL = [
    ("en", "The leaders pledged on Friday to strengthen protection for refugees, expand legal"
           " pathways and not to"
           " separate families.", ["other", "admit", "refrain"]),
    ("es", "Los mandatarios se comprometieron, en un comunicado conjunto, a regular los flujos"
           " migratorios, a ampliar"
           " las vías legales y a no separar a las familias.", ["regulate_flows", "admit", "refrain"]),
    ("fr", "Les pays signataires réaffirment leur volonté de gérer les flux migratoires de manière"
           " humaine et d'ouvrir"
           " des voies régulières.", ["regulate_flows", "admit"]),
    ("pt", "Os países signatários reafirmam o compromisso de promover vias legais, combater o"
           " tráfico de pessoas e não"
           " separar famílias.", ["admit", "strengthen_efforts", "refrain"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actions"), SEVERAL)
def test_one_verb_binds_to_several_deeds(language: str, text: str, actions: list[str]) -> None:
    every = read(text, language)
    assert [one.fields["action"] for one in every] == actions
    assert len({one.evidence[0] for one in every}) == len(actions)
    assert all(one.fields["actor"] for one in every)


REFUSALS = [
    (
        "en",
        '"We will not return anyone to a country at war," said the Greek minister, Eleni Karras.',
        ["cty:GRC"],
    ),
    ("es", "Brasil no cerrará su frontera con Venezuela, aseguró el ministro de Justicia.", ["cty:BRA"]),
    ("fr", "Le ministre Hugo Lamy a déclaré que Washington ne lèverait pas les sanctions.", ["cty:USA"]),
    ("pt", "O Brasil não fechará a fronteira, garantiu o ministro da Justiça.", ["cty:BRA"]),
]


@pytest.mark.parametrize(("language", "text", "actor"), REFUSALS)
def test_what_somebody_says_not_to_do(language: str, text: str, actor: list[str]) -> None:
    (one,) = read(text, language)
    assert slots(one, "actor", "action", "polarity") == (actor, "refrain", "negative")


CONDITIONS = [
    ("en", "The United States is open to easing sanctions if talks resume.", "talks resume"),
    ("es", "Estados Unidos está dispuesto a aliviar las sanciones si hay avances.", "hay avances"),
    (
        "fr",
        "Les États-Unis se sont dits prêts à alléger les sanctions si le dialogue reprend.",
        "le dialogue reprend",
    ),
    ("pt", "Os Estados Unidos estão dispostos a rever as sanções, desde que haja diálogo.", "haja diálogo"),
]


@pytest.mark.parametrize(("language", "text", "condition"), CONDITIONS)
def test_conditions(language: str, text: str, condition: str) -> None:
    (one,) = read(text, language)
    assert slots(one, "action", "condition") == ("review_sanctions", condition)
    assert one.modality == "conditional"


NONE = [
    ("en", "Ecuador said it had opened a regularisation process for 100,000 people."),
    ("en", "The number of asylum seekers in Mexico doubled to 130,000."),
    ("en", "Opposition leaders promised to fight the bill."),
    ("en", "The European Union disbursed 75 million euros last year."),
    ("en", "Activists called on the government to admit 100,000 refugees."),
    ("en", "The United Nations requested $1.79 billion for Venezuelan migrants."),
    ("en", "A court ordered the administration to resume the processing of 5,000 applications."),
    ("en", "Germany expects to receive 50,000 asylum seekers."),
    ("en", "Germany denied on Tuesday that it had promised $80 million to Tunis."),
    ("en", "Smugglers promise migrants visas for 3,000 dollars."),
    ("en", "The policy, known as Title 42, will expire on Dec. 21 unless the Supreme Court intervenes."),
    ("en", "President Lopez Obrador said he would not attend the summit."),
    ("en", "Since 2017, the United States has provided $1.9 billion in assistance to respond to the crisis."),
    ("es", "Ecuador ya ha regularizado a 100.000 personas."),
    ("es", "La ONU pidió 1.790 millones de dólares para los migrantes venezolanos."),
    ("es", "Las organizaciones piden al Gobierno acoger a 10.000 refugiados."),
    ("es", "Los coyotes prometen visas por 3.000 dólares."),
    ("es", "Los conservadores acusaron al presidente de ofrecer una amnistía a millones."),
    ("es", "Desde 2017, Estados Unidos ha proporcionado 1.900 millones de dólares en asistencia."),
    ("fr", "Le HCR a demandé 1,8 milliard de dollars."),
    ("fr", "L'an dernier, la France a accueilli 3.000 réfugiés."),
    ("fr", "Les passeurs promettent des visas pour 3.000 dollars."),
    ("fr", "La Cour suprême examinera le recours en février."),
    ("fr", "Le président mexicain n'assistera pas au sommet."),
    ("pt", "O Brasil já regularizou 300 mil venezuelanos."),
    ("pt", "ONGs pedem que o governo acolha 10 mil refugiados."),
    ("pt", "A cúpula será realizada em Brasília no próximo ano."),
    ("pt", "Os coiotes prometem vistos por 3 mil dólares."),
    ("en", "Canada's economy will grow 2 per cent, the bank said."),
    ("en", "If the High Court lets the repeal stand, approvals will stop within ten days."),
    ("en", "QUESTION: Denmark says that there is an agreement to send asylum seekers here."),
    ("en", "The leaders are to meet again in Port Louis in 2027."),
    ("en", "Rights groups said the deal will not stop the crossings."),
    ("en", "Key figures\n• $640 million: the UN appeal for 2025\n• 12,000 visas issued in 2024"),
    ("en", "What to bring\n- a passport\n- proof of payment of $80"),
    ("es", "¿Recibirá Colombia deportados de otros países?"),
    ("es", "El pacto no obliga a los Estados a admitir a nadie."),
    ("es", "La cifra de llegadas subirá a 40.000 este año, según el ministerio."),
    ("es", "Las elecciones se celebrarán en Haití en noviembre."),
    ("fr", "Le Mali a fait savoir qu'il ne s'y rendrait pas."),
    ("fr", "Le nombre d'arrivées passera à 40 000 cette année, prévoit le ministère."),
    ("fr", "La France affrontera le Pérou vendredi à Lyon."),
    ("pt", "Se vencer, o candidato deportaria 10.000 pessoas por mês."),
    ("pt", "A conferência vai reunir 40 países."),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_binds_no_state_is_no_commitment(language: str, text: str) -> None:
    assert read(text, language) == []


def test_rows_inherit_what_the_promise_before_them_says() -> None:
    text = (
        "The admission of up to 9,000 refugees during Fiscal Year 2024 is authorized.\n\n"
        "The numbers shall be allocated as follows:\n\n"
        "Africa . . . . . . . 6,000\nEast Asia . . . . . . 3,000\n\nThe list ends here."
    )
    total, africa, asia = read(text, "en", author="cty:USA", day="2023-09-29")
    shared = ("actor", "action", "unit", "bound", "period")
    assert slots(africa, *shared) == slots(asia, *shared) == slots(total, *shared)
    assert slots(total, *shared) == (["cty:USA"], "admit", "person", "up_to", "2023-10/2024-09")
    assert [slots(one, "quantity", "origin") for one in (africa, asia)] == [
        (6_000, ["plc:africa"]), (3_000, ["plc:east-asia"])
    ]  # fmt: skip


def test_parts_of_an_amount_are_promises_where_the_text_says_what_they_are_for() -> None:
    part = read("Canada announced $40 million for refugees, including $15 million in loans.", "en")
    meant = read("Canada announced $40 million for refugees, including $15 million for schools.", "en")
    both = read("Canada announced $40 million for refugees and $15 million for host communities.", "en")
    assert [one.fields["quantity"] for one in part] == [40_000_000]
    assert [one.fields["quantity"] for one in both] == [40_000_000, 15_000_000]
    assert [one.fields["quantity"] for one in meant] == [40_000_000, 15_000_000]


def test_what_is_said_twice_is_proposed_once_and_two_actors_are_two() -> None:
    once = read("Spain pledges $10 million\n\nSpain pledged $10 million for Haiti on Monday.", "en")
    two = read("Spain will give $10 million. Canada will give $10 million.", "en")
    assert len(once) == 1
    assert [one.fields["actor"] for one in two] == [["cty:ESP"], ["cty:CAN"]]


def test_we_are_those_whom_a_declaration_lists() -> None:
    text = (
        "Nous, représentants de la France, du Kenya et du Mozambique, réunis à l'invitation de l'Italie,\n\n"
        "Nous nous engageons à ouvrir des voies régulières."
    )
    (one,) = read(text, "fr")
    assert one.fields["actor"] == ["cty:FRA", "cty:KEN", "cty:MOZ"]


SAID_OTHERWISE = [
    ("en", "Germany chipped in another 30 million euros and Norway 12 million dollars for Kenya.",
     [(["cty:DEU"], 30_000_000), (["cty:NOR"], 12_000_000)]),
    ("en", "Spain made its contribution of 40 million euros conditional on the approval of a board.",
     [(["cty:ESP"], 40_000_000)]),
    ("en", "Ottawa gave its word to resettle 4,500 Haitians by 2026.", [(["cty:CAN"], 4_500)]),
    ("es", "Chile puso sobre la mesa 15 millones de dólares.", [(["cty:CHL"], 15_000_000)]),
    ("es", "Se destinarán 35 millones de euros a los albergues, anunció el canciller mexicano.",
     [(["cty:MEX"], 35_000_000)]),
    ("fr", "L'Allemagne abondera le fonds à hauteur de 60 millions d'euros et la Suède de 8 millions.",
     [(["cty:DEU"], 60_000_000), (["cty:SWE"], 8_000_000)]),
    ("pt", "O México prontificou-se a receber 2 mil haitianos até dezembro de 2025.",
     [(["cty:MEX"], 2_000)]),
    ("es", "Los coyotes pusieron sobre la mesa 5 millones de dólares, según la fiscalía.", []),
    ("en", "Analysts said the cuts could cost 40 million dollars.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), SAID_OTHERWISE)
def test_idioms_passives_and_second_clauses_promise_too(
    language: str, text: str, expected: list[tuple[list[str], int]]
) -> None:
    assert [slots(one, "actor", "quantity") for one in read(text, language)] == expected


def test_lines_of_a_resolution_are_promises_and_refraining_is_one_not_to_do() -> None:
    text = (
        "Los ministros resuelven:\n\na) Otorgar 8.000 visas de trabajo en 2025;\n\n"
        "b) Abstenerse de deportar a menores.\n\nLa reunión terminó ayer."
    )
    first, second = read(text, "es")
    assert slots(first, "actor", "quantity", "status_at_document") == (["Los ministros"], 8_000, "pledged")
    assert slots(second, "actor", "polarity") == (["Los ministros"], "negative")


ACTORS = [
    ("en", "The Spanish embassy in Quito will issue 2,000 visas to nurses.", ["cty:ESP"]),
    ("es", "La Embajada de Canadá en Bogotá tramitará 5.000 visas de trabajo.", ["cty:CAN"]),
    ("fr", "L'ambassade de France à Bogota délivrera 1 500 visas.", ["cty:FRA"]),
    ("pt", "A Embaixada do Canadá em Brasília emitirá 2 mil vistos.", ["cty:CAN"]),
    ("pt", "O visto será emitido pelas embaixadas do Brasil no Cairo, até 2.400 vistos.", ["cty:BRA"]),
    ("es", "Se otorgarán 12.000 permisos, según el Ministerio de Trabajo de Ecuador.", ["cty:ECU"]),
    ("en", "The country will issue 15,000 work permits to Venezuelans, Ecuador's interior minister said.",
     ["cty:ECU"]),
    ("es", "El país acogerá a 700 refugiados sirios, dijo la ministra chilena del Interior.", ["cty:CHL"]),
    ("en", "The programme will admit 1,000 refugees, Canada's immigration department said.", ["cty:CAN"]),
    ("en", '"We will resettle 5,000 people," said Karen Whitlow, the U.S. secretary of state.', ["cty:USA"]),
    ("es", "Argentina envió al director de Migraciones, Pablo Echegoyen. Fue breve. \"Vamos a regularizar a"
           " 3.000 personas\", explicó Echegoyen.", ["cty:ARG"]),
    ("es", "El texto lleva la firma de Bolivia, Brasil, Chile y Perú. Los firmantes se comprometen a"
           " regularizar a 9.000 personas.", ["cty:BOL", "cty:BRA", "cty:CHL", "cty:PER"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actor"), ACTORS)
def test_whose_promise_it_is(language: str, text: str, actor: list[str]) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == [actor]


def test_a_share_is_of_who_gave_the_whole_and_a_part_has_its_term() -> None:
    text = (
        "Os ministros destinarão US$ 18 milhões às comunidades, no biênio 2024-2025. O Brasil aportará US$ 9"
        " milhões. A Suécia prometeu 3 milhões de euros. Um terço do total irá para as escolas."
    )
    found = [slots(one, "actor", "quantity", "period") for one in read(text, "pt")]
    assert found[1:] == [
        (["cty:BRA"], 9_000_000, "2024/2025"), (["cty:SWE"], 3_000_000, None), (["cty:SWE"], 1 / 3, None),
    ]  # fmt: skip


TERMS = [
    ("en", "The World Bank approved a $90 million grant for schools, to be spent by June 2028.", "2028-06"),
    ("en", "A grant of $9 million will be paid to Belize between July 2026 and June 2027.",
     "2026-07/2027-06"),
    ("fr", "La Colombie se dit prête à régulariser 9 000 personnes, dont le permis expire en 2031.", None),
    ("es", "Ecuador, que vence su estado de excepción en agosto de 2023, destinará 9 millones de dólares a"
           " controles.", None),
    ("pt", "O Uruguai reassentará 400 refugiados e o Chile lançará em maio de 2023 um cadastro.", None),
    ("es", "Se otorgarán 12.000 permisos de trabajo desde el 1 de julio de 2023 y por un período de dos"
           " años.", "2023-07-01/2025-06-30"),
    ("pt", "O Equador concederá 8 mil vistos a partir de 1º de julho de 2023, por um período de um ano.",
     "2023-07-01/2024-06-30"),
    ("fr", "Le Canada délivrera 500 visas par mois à compter du 1er juin 2023. La mesure prendra fin le 31"
           " décembre 2026.", "2023-06-01/2026-12-31"),
    ("en", "From 1 May 2023, Canada will issue 500 visas a month. The programme will run for one year.",
     "2023-05-01/2024-04-30"),
    ("es", "Francia prometió 10 millones de euros, de los que hasta ahora ha entregado cuatro.", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "period"), TERMS)
def test_the_term_of_a_deed_is_its_own(language: str, text: str, period: str | None) -> None:
    first = read(text, language)[0]
    assert first.fields.get("period") == period


def test_a_change_leads_to_its_second_amount() -> None:
    (one,) = read("Ottawa fera passer le nombre de visas de 5000 à 8000.", "fr")
    assert slots(one, "actor", "quantity") == (["cty:CAN"], 8000)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Costa Rica committed to decide 30,000 pending asylum claims by the end of 2025."),
    ("fr", "Le Pérou s'engage à examiner 30 000 dossiers d'ici à la fin de 2025."),
    ("es", "Chile se comprometió a entregar 30.000 lotes antes de fin de 2025."),
    ("pt", "Moçambique comprometeu-se a entregar 30 mil talhões até ao fim de 2025."),
])  # fmt: skip
def test_things_that_are_counted_are_promised_too(language: str, text: str) -> None:
    (one,) = read(text, language)
    assert slots(one, "quantity", "unit", "period", "condition") == (30_000, "other", "2025", None)
