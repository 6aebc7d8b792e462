"""Counts, money and ratios: value in whole units, unit, how it is meant, and where it stands."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.quantities import find_quantities
from travesia.record.reading.text import prepare

TEXTS = Path(__file__).parents[3] / "shared" / "texts"


def quantities(original: str, language: str | None = None) -> list[Quantity]:
    return [*find_quantities(prepare(original, language))]


# Each line: a sentence, and the quantities in it: words = value unit qualifier; ? is unknown.
ENGLISH = """
It issues 15,000 to 20,000 visas. | 15,000 to 20,000 = 15000..20000 authorization exact
The number of visas for Hondurans rises from 250 to 500.\
 | 250 = 250 authorization exact ; 500 = 500 authorization exact
About 7 million Cubans left, 6 million of them by sea.\
 | 7 million = 7000000 person about ; 6 million = 6000000 person exact
Officials let 24,000 Haitians in, about 1,000 a day.\
 | 24,000 = 24000 person exact ; 1,000 = 1000 person_per_day about
Up to 8,000 Rohingyas may come. About 4,100 had arrived. |\
 8,000 = 8000 person up_to ; 4,100 = 4100 person about
Arrivals were cut in half. | half = -0.5 ratio exact
Crossings are down by a third compared with May. | a third = -0.3333333333 ratio exact
It allows 1,500 admissions a month. | 1,500 = 1500 person_per_month exact
It set a 24,000-person cap. | 24,000 = 24000 person limit
The law was used more than 2.4 million times. | 2.4 million = 2400000 other more_than
They came four times. |
The bill passed by 27 votes to 14. | 27 = 27 other exact ; 14 = 14 other exact
Lima has let in 6,200 of the 15,000 refugees it chose.\
 | 6,200 = 6200 person exact ; 15,000 = 15000 person exact
The office hired 140 further caseworkers. | 140 = 140 person exact
It turned back 62 Sri Lankans and 280 Tuvaluans. | 62 = 62 person exact ; 280 = 280 person exact
The town fenced three trails and bought two ferries. | three = 3 other exact ; two = 2 other exact
It issued 5,300 work passes. | 5,300 = 5300 authorization exact
The US will admit 20,000 refugees from the region. | 20,000 = 20000 person exact
They took in 20,000 Venezuelan and Nicaraguan refugees. | 20,000 = 20000 person exact
It hosts more than six million migrants. | six million = 6000000 person more_than
At least 1,500 Cuban, Haitian, and Venezuelan nationals came. | 1,500 = 1500 person more_than
No more than 24,000 people may enter. | 24,000 = 24000 person up_to
No fewer than 300 children crossed. | 300 = 300 person more_than
Nearly 160,000 individuals benefitted. | 160,000 = 160000 person almost
Some 9,000 asylum seekers wait. | 9,000 = 9000 person about
Roughly 9,000 asylum-seekers wait. | 9,000 = 9000 person about
Up to 30,000 individuals per month may fly. | 30,000 = 30000 person_per_month up_to
It set a monthly limit of 30,000 people. | 30,000 = 30000 person_per_month limit
Admissions are capped at 125,000 refugees a year. | 125,000 = 125000 person_per_year limit
It announced a 24,000-person cap. | 24,000 = 24000 person limit
Only 20,000 people or fewer will come. | 20,000 = 20000 person up_to
Millions of refugees fled. | Millions = ? person vague
Hundreds of thousands of Haitians left. | Hundreds of thousands = ? person vague
A record number of migrants arrived. | A record number = ? person vague
Dozens of countries joined. | Dozens = ? state vague
A dozen countries joined. | A dozen = 12 state about
Twenty countries signed it. | Twenty = 20 state exact
All 20 endorsing countries met. | 20 = 20 state exact
The 35 Member States agreed. | 35 = 35 state exact
Two million United States citizens live there. | Two million = 2000000 person exact
The 3,000-kilometer border is long. | 3,000-kilometer = 3000 km exact
They walked 100 km in a week. | 100 km = 100 km exact
They walked 200 miles. | 200 = 200 other exact
It will issue 65,000 H-2B visas. | 65,000 = 65000 authorization exact
It granted 4,500 work permits. | 4,500 = 4500 authorization exact
There were two million crossings last year. | two million = 2000000 other exact
The number of refugees passed 100 million. | 100 million = 100000000 person exact
Between 3 and 4 million people fled. | 3 and 4 million = 3000000..4000000 person exact
Some 20,000-30,000 migrants wait. | 20,000-30,000 = 20000..30000 person about
It pledged $314 million. | $314 million = 314000000 USD exact
It pledged 314 million U.S. dollars. | 314 million U.S. dollars = 314000000 USD exact
It gave 250,636,832 dollars. | 250,636,832 dollars = 250636832 USD exact
It gave US$1.2bn and €50m. | US$1.2bn = 1200000000 USD exact ; €50m = 50000000 EUR exact
It gave C$50 million. | C$50 million = 50000000 other exact
The US$ apart, 5 Canadian dollars are $4. | 5 Canadian dollars = 5 CAD exact ; $4 = 4 USD exact
It spent 500 million pesos. | 500 million pesos = 500000000 other exact
They gave $20 million and 15 million. | $20 million = 20000000 USD exact ; 15 million = 15000000 USD exact
It gave over $1.5 billion in aid. | $1.5 billion = 1500000000 USD more_than
Families get $200 a month. | $200 = 200 USD_per_month exact
Entries fell by more than 85%. | 85% = -0.85 ratio more_than
This marks an 89 percent drop. | 89 percent = -0.89 ratio exact
About 89% of the refugees stay. | 89% = 0.89 ratio about
Arrivals rose by 20 percent. | 20 percent = 0.2 ratio exact
Arrivals dropped 95 per cent. | 95 per cent = -0.95 ratio exact
A quarter less was paid. | A quarter = -0.25 ratio exact
Half will be repaid, and a third is for women.\
 | Half = 0.5 ratio exact ; a third = 0.3333333333 ratio exact
It has 300 displaced families and 40 displaced. | 300 = 300 other exact ; 40 = 40 person exact
Some 2,000 Rohingya and 500 Sudanese came. | 2,000 = 2000 person about ; 500 = 500 person exact
NZ$4 million and TT$3 million will go there.\
 | NZ$4 million = 4000000 NZD exact ; TT$3 million = 3000000 TTD exact
Offers double to 4,000 places for Haitians.\
 | double = 2 ratio exact ; 4,000 = 4000 person exact
Two boats sank, 27 drowned and hundreds are missing.\
 | Two = 2 other exact ; 27 = 27 person exact ; hundreds = ? person vague
More than half of all refugees are children. | half = 0.5 ratio more_than
One in five residents left. | One in five = 0.2 ratio exact
It will triple admissions and double funds. | triple = 3 ratio exact ; double = 2 ratio exact
That is three times more than before. | three times = 3 ratio exact
Two-thirds of them left. | Two-thirds = 0.6666666667 ratio exact
Under section 207 and 8 U.S.C. 1157, Title 42 and Title 8 apply. |
See Pillar 1, Article 33, No. 2022-22739 and 87 FR 63507. |
Uniting for Ukraine (U4U), COVID-19, H-2A and the G20 matter. |
In 2022 people left; by 1999 migrants had come. |
For the first time in two years, one of the leaders left at 9 a.m. |
The seven-day average and a two-year parole. |
Call +1 202 555 0100 or (202) 555-0199. |
Children under 18 and the 21st summit. |
The four key pillars and the two countries. |
"""
SPANISH = """
Llegó medio centenar de técnicos. | medio centenar = 50 person about
Expedirá medio millar de visados. | medio millar = 500 authorization about
Por 9 votos contra 4, la sala aprobó el texto. | 9 = 9 other exact ; 4 = 4 other exact
La oficina perdió el 41 % de su presupuesto. | 41 % = -0.41 ratio exact
Las llegadas cayeron a la mitad. | la mitad = -0.5 ratio exact
Colombia acogió a 2 millones y Perú a 1 millón de cubanos.\
 | 2 millones = 2000000 person exact ; 1 millón = 1000000 person exact
La cifra bajó de 8.000 a 3.000 cruces. | 8.000 = 8000 other exact ; 3.000 = 3000 other exact
Más de 6 millones de personas desplazadas esperan. | 6 millones = 6000000 person more_than
Acogerá a 20.000 refugiados de América. | 20.000 = 20000 person exact
Llegaron 11 mil 460 migrantes. | 11 mil 460 = 11460 person exact
Casi 120 mil venezolanos viven allí. | 120 mil = 120000 person almost
Unos 3,500 solicitantes de asilo esperan. | 3,500 = 3500 person about
Alrededor de dos millones y medio de colombianos volvieron. | dos millones y medio = 2500000 person about
Al menos 300 niños cruzaron. | 300 = 300 person more_than
Podrán entrar hasta 30.000 personas al mes. | 30.000 = 30000 person_per_month up_to
Fijó un límite mensual de 30.000 personas. | 30.000 = 30000 person_per_month limit
Decenas de miles de haitianos huyeron. | Decenas de miles = ? person vague
Un número récord de migrantes llegó. | Un número récord = ? person vague
Veinte países firmaron. | Veinte = 20 state exact
Los 16 países de la región ayudan. | 16 = 16 state exact
La frontera de 3.000 km es larga. | 3.000 km = 3000 km exact
La frontera de casi 3.200 kilómetros. | 3.200 kilómetros = 3200 km almost
Emitirá 15.000 visas de trabajo. | 15.000 = 15000 authorization exact
Hubo 2.400 cruces de migrantes. | 2.400 = 2400 other exact
El número de refugiados superó los 100 millones. | 100 millones = 100000000 person more_than
Entre 3 y 4 millones de personas huyeron. | 3 y 4 millones = 3000000..4000000 person exact
Destinó US$ 200 millones más. | US$ 200 millones = 200000000 USD exact
Destinó 314 millones de dólares. | 314 millones de dólares = 314000000 USD exact
Dio 61 millones de dólares estadounidenses. | 61 millones de dólares estadounidenses = 61000000 USD exact
Dio mil millones de euros. | mil millones de euros = 1000000000 EUR exact
Dio 1.800 millones de dólares. | 1.800 millones de dólares = 1800000000 USD exact
Dio 500 millones de pesos. | 500 millones de pesos = 500000000 other exact
Dio $5 millones de pesos mexicanos. | $5 millones de pesos mexicanos = 5000000 MXN exact
Van $120 millones a Haití y 216 a Perú. | $120 millones = 120000000 USD exact ; 216 = 216000000 USD exact
Las entradas cayeron un 85%. | 85% = -0.85 ratio exact
Redujo los cruces en más de un 90 por ciento. | 90 por ciento = -0.9 ratio more_than
El 85 % de los refugiados trabaja. | 85 % = 0.85 ratio exact
Una cuarta parte menos recibió ayuda. | Una cuarta parte = -0.25 ratio exact
Se quedó con un tercio y otorgó 60.000 residencias.\
 | un tercio = 0.3333333333 ratio exact ; 60.000 = 60000 authorization exact
Habrá 6.000 plazas de reasentamiento y 400 plazas de alojamiento.\
 | 6.000 = 6000 person exact ; 400 = 400 other exact
De 5.000 a 6.000 familias esperan. | 5.000 a 6.000 = 5000..6000 other exact
El cupo pasó de 5.000 a 6.000 permisos.\
 | 5.000 = 5000 authorization exact ; 6.000 = 6000 authorization exact
Miles huyeron y 300 fueron detenidos. | Miles = ? person vague ; 300 = 300 person exact
Dio 25 millones de dólares a un fondo. Habrá un préstamo de hasta 40 millones.\
 | 25 millones de dólares = 25000000 USD exact ; 40 millones = 40000000 USD up_to
Panamá pondrá dos embarcaciones. | dos = 2 other exact
La mitad de los niños no estudia. | La mitad = 0.5 ratio exact
Triplicará este año la cifra, el doble que antes. | Triplicará = 3 ratio exact ; doble = 2 ratio exact
Uno de cada cinco habitantes emigró. | Uno de cada cinco = 0.2 ratio exact
Más de 1.000 personas por día llegan. | 1.000 = 1000 person_per_day more_than
La 52º Asamblea, el Título 42, el artículo 5 y la Ley 1448 rigen. |
El 23 de junio, los dos países y uno de los líderes se reunieron tras dos años. |
En 2022 migrantes y gobiernos hablaron por primera vez. |
"""
FRENCH = """
L’État a été condamné plus de 12 000 fois. | 12 000 = 12000 other more_than
Le texte passe par 25 voix contre 17. | 25 = 25 other exact ; 17 = 17 other exact
Neuf convois sont passés. | Neuf = 9 other exact
Les traversées ont diminué d'un tiers entre mai et juin. | un tiers = -0.3333333333 ratio exact
L'aide atteint 1,8 milliard de dollars, contre 1,4 milliard.\
 | 1,8 milliard de dollars = 1800000000 USD exact ; 1,4 milliard = 1400000000 USD exact
Une vingtaine de pays ont signé. | Une vingtaine = 20 state about
Les États-Unis accueilleront 20 000 réfugiés. | 20 000 = 20000 person exact
Plus de six millions de Vénézuéliens ont fui. | six millions = 6000000 person more_than
Près de 3,4 millions de personnes déplacées attendent. | 3,4 millions = 3400000 person almost
Environ 1 500 demandeurs d'asile attendent. | 1 500 = 1500 person about
Jusqu’à 30 000 personnes par mois pourront entrer. | 30 000 = 30000 person_per_month up_to
Un plafond mensuel de 30 000 personnes est fixé. | 30 000 = 30000 person_per_month limit
Au moins 300 enfants sont arrivés. | 300 = 300 person more_than
Une centaine de migrants a péri. | Une centaine = 100 person about
Des milliers de migrants attendent. | milliers = ? person vague
Des dizaines de millions de réfugiés. | dizaines de millions = ? person vague
Vingt pays ont signé. | Vingt = 20 state exact
La frontière longue de 3 000 km. | 3 000 km = 3000 km exact
Une frontière de plus de 3.000 kilomètres. | 3.000 kilomètres = 3000 km more_than
Le nombre de réfugiés a atteint 100 millions. | 100 millions = 100000000 person exact
Il délivrera 5 000 visas. | 5 000 = 5000 authorization exact
Il versera 314 millions de dollars. | 314 millions de dollars = 314000000 USD exact
Il versera 1,5 milliard d'euros. | 1,5 milliard d'euros = 1500000000 EUR exact
Il versera 314 M$ et 5 M€. | 314 M$ = 314000000 USD exact ; 5 M€ = 5000000 EUR exact
Entre 3 et 4 millions de personnes ont fui. | 3 et 4 millions = 3000000..4000000 person exact
Les arrivées ont baissé de 85 %. | 85 % = -0.85 ratio exact
C'est 40 % de moins qu'hier. | 40 % = -0.4 ratio exact
La réduction d’un tiers décidée hier, dont un tiers ira au Tchad.\
 | un tiers = -0.3333333333 ratio exact ; un tiers = 0.3333333333 ratio exact
Il y aura 400 places d'hébergement et 61 200 cartes de séjour.\
 | 400 = 400 other exact ; 61 200 = 61200 authorization exact
Une quarantaine de blessés et 30 policiers. | Une quarantaine = 40 person about ; 30 = 30 person exact
Québec versera 4 M$ US et 3 M$ CA.\
 | 4 M$ US = 4000000 USD exact ; 3 M$ CA = 3000000 CAD exact
Plus de la moitié des réfugiés ont fui. | la moitié = 0.5 ratio more_than
Un quart de moins a été versé. | Un quart = -0.25 ratio exact
Les deux tiers des habitants restent. | deux tiers = 0.6666666667 ratio exact
Il veut tripler ce nombre, trois fois plus qu'avant. | tripler = 3 ratio exact ; trois fois = 3 ratio exact
Le Titre 42, l'article 33 et la 52e Assemblée. |
Le 20 juin 2018, les deux pays et un pays tiers. |
Pendant six mois, un réfugié sur le quai attend depuis neuf ans. |
"""
PORTUGUESE = """
Abriu meia centena de vagas. | meia centena = 50 authorization about
Fechou sete mercados e quatro trilhas. | sete = 7 other exact ; quatro = 4 other exact
A comissão aprovou por 11 votos a 4 o texto. | 11 = 11 other exact ; 4 = 4 other exact
Acolherá, no máximo, 7.500 congoleses. | 7.500 = 7500 person up_to
De 700 mil cubanos, cerca de 388 mil permanecem.\
 | 700 mil = 700000 person exact ; 388 mil = 388000 person about
Pelo menos um terço destina-se a cursos. | um terço = 0.3333333333 ratio more_than
Chegaram menos 15% do que antes. | 15% = -0.15 ratio exact
Alguns milhares atravessaram o rio. Já nove mil regressaram.\
 | Alguns milhares = ? person vague ; nove mil = 9000 person exact
Deu 100 milhões de euros e aprovou uma lei. | 100 milhões de euros = 100000000 EUR exact
Mais da metade dos 6 milhões de migrantes espera.\
 | metade = 0.5 ratio more_than ; 6 milhões = 6000000 person exact
O país acolherá 20 mil refugiados. | 20 mil = 20000 person exact
São 3,4 milhões de venezuelanos. | 3,4 milhões = 3400000 person exact
São 2.5 milhões de homens e 7,7 milhões.\
 | 2.5 milhões = 2500000 person exact ; 7,7 milhões = 7700000 person exact
Cerca de 1.500 solicitantes de refúgio aguardam. | 1.500 = 1500 person about
Quase 300 crianças chegaram. | 300 = 300 person almost
Até 30 mil pessoas por mês poderão entrar. | 30 mil = 30000 person_per_month up_to
Pelo menos 16 países ajudam. | 16 = 16 state more_than
Dezenas de milhares de haitianos fugiram. | Dezenas de milhares = ? person vague
A fronteira tem 3.000 quilômetros. | 3.000 quilômetros = 3000 km exact
Concederá 5.000 vistos. | 5.000 = 5000 authorization exact
Doou 10 milhões de dólares. | 10 milhões de dólares = 10000000 USD exact
Doou R$ 50 milhões. | R$ 50 milhões = 50000000 BRL exact
Doou US$ 1,2 bilhão. | US$ 1,2 bilhão = 1200000000 USD exact
Doou mil milhões de euros. | mil milhões de euros = 1000000000 EUR exact
Doou 50 milhões de reais adicionais. | 50 milhões de reais = 50000000 BRL exact
As chegadas caíram 85%. | 85% = -0.85 ratio exact
Houve uma redução de 40 por cento. | 40 por cento = -0.4 ratio exact
Metade dos refugiados trabalha. | Metade = 0.5 ratio exact
Vai triplicar o número, o dobro de antes. | triplicar = 3 ratio exact ; dobro = 2 ratio exact
Um em cada cinco habitantes saiu. | Um em cada cinco = 0.2 ratio exact
O Título 42, o artigo 5º e a Lei 13.445 valem. |
No dia 25 de setembro de 2019, os dois países e um dos líderes falaram. |
"""
CASES = [
    (language, *line.split(" |", 1))
    for language, page in (("en", ENGLISH), ("es", SPANISH), ("fr", FRENCH), ("pt", PORTUGUESE))
    for line in page.strip().splitlines()
]


def said(original: str, found: Quantity) -> str:
    """Return a quantity as the pages above write it."""
    low, high = found.low, found.high
    value = f"{low}..{high}" if low is not None else "?" if found.value is None else f"{found.value:.10g}"
    unit = (found.unit or "?").replace(" ", "_")
    return f"{original[found.start : found.end]} = {value} {unit} {found.qualifier}"


@pytest.mark.parametrize(("language", "sentence", "wanted"), CASES, ids=[case[1][:40] for case in CASES])
def test_what_a_sentence_says(language: str, sentence: str, wanted: str) -> None:
    found = find_quantities(prepare(sentence, language))
    assert " ; ".join(said(sentence, one) for one in found) == wanted.strip()


REAL = """\
en-dhs-2022-10-22 | 4 person exact ; -0.85 ratio more_than
en-dhs-2023-07-25 | 160000 person almost ; 3453 other exact ; 394 other exact ; -0.89 ratio exact\
 ; 30000 person_per_month up_to
en-fedreg-2022-10-19 |
en-fedreg-2025-03-25 |
en-state-2023-06-23 |
en-usaid-2021-06-22 | 407000000 USD almost ; 250636832 USD exact ; 156268808 USD exact ; 406905640 USD exact\
 ; 407000000 USD exact ; 407000000 USD almost ; 156000000 USD approximate ; 251000000 USD almost
en-usaid-2022-09-26 | 7700000 person exact ; 6800000 person exact ; 8400000 person exact\
 ; 795000000 USD exact ; 1800000000 USD exact ; 376000000 USD almost\
 ; 795000000 USD exact ; 5200000 person exact
en-whitehouse-2021-10-08 | 125000 person up_to ; 40000 person limit ; 15000 person limit ; 10000 person limit\
 ; 15000 person limit ; 35000 person limit ; 10000 person limit ; 10000 person exact
en-whitehouse-2022-06-10 | 6000000 person more_than
en-whitehouse-2022-09-27 |
es-state-2020-05-20 | 200000000 USD more_than ; 138000000 USD more_than ; 856000000 USD more_than\
 ; 611000000 USD almost ; 16 state exact ; 5000000 person more_than
es-state-2022-10-06 |
es-state-2023-06-23 |
fr-state-2018-06-20 | ? person vague ; 8000000000 USD more_than ; ? person vague
fr-state-2019-06-20 | ? person vague ; 70000000 person more_than ; 0.5 ratio more_than ; 4000000 person exact\
 ; 8000000000 USD more_than ; ? person vague
fr-state-2021-10-20 | ? person vague
pt-embaixada-2018 | 10000000 USD approximate ; 10000000 USD exact ; 31000000 USD approximate\
 ; 18500000 USD exact
pt-state-2019-04-10 | 61000000 USD almost ; 3400000 person exact ; 213000000 USD more_than ; 16 state exact
pt-state-2019-09-25 | 119000000 USD exact ; 36000000 USD approximate ; 568000000 USD exact\
 ; 472000000 USD more_than ; 95000000 USD more_than ; 20000000 USD exact
pt-state-2023-03-23 | 7700000 person more_than ; 6000000 person more_than ; 17 state exact\
 ; 140000000 USD more_than ; 31000000 USD more_than ; 56000000 USD more_than ; 115000000 USD more_than\
 ; 2800000000 USD more_than ; 2500000000 USD more_than ; 387000000 USD exact
"""


@pytest.mark.parametrize("line", REAL.strip().splitlines(), ids=lambda line: line.split(" |")[0])
def test_what_a_real_text_says(line: str) -> None:
    name, wanted = line.split(" |", 1)
    original = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    found = [said(original, one).split(" = ")[1] for one in quantities(original)]
    assert " ; ".join(found) == wanted.strip()


@pytest.mark.parametrize(
    ("language", "sentence", "wanted"),
    [
        ("en", "It took 20,000 Venezuelan and Nicaraguan refugees.", "Venezuelan and Nicaraguan refugees"),
        ("en", "More than six million refugees and migrants left.", "refugees and migrants"),
        ("en", "Of the rest, 300,000 of them are children.", None),
        (
            "es",
            "Más de 6 millones de refugiados y migrantes cubanos.",
            "refugiados y migrantes cubanos",
        ),
        ("es", "De los 700 mil venezolanos, 388 mil permanecen allí.", "venezolanos"),
        ("fr", "Plus de 3 millions de personnes déplacées.", "personnes déplacées"),
        ("pt", "Foram 2.400 detenções na fronteira.", "detenções"),
    ],
)
def test_what_is_counted_is_told(language: str, sentence: str, wanted: str | None) -> None:
    counted = quantities(sentence, language)[-1].counted
    assert (sentence[counted.start : counted.end] if counted else None) == wanted


def test_a_number_inside_a_date_is_no_quantity() -> None:
    text = prepare("On October 12 people fled; 12 people drowned.", "en")
    day = Extent(3, 13)
    assert [q.start for q in find_quantities(text, [day])] == [text.original.index("12 people drowned")]


def test_an_amount_without_its_millions_keeps_both_readings() -> None:
    last = quantities("Van US$ 120 millones a Haití y 216 a Perú.", "es")[-1]
    assert [candidate.value for candidate in last.candidates] == [216_000_000, 216]


def test_a_bare_dollar_is_open_where_the_text_has_other_dollars() -> None:
    alone = quantities("Ottawa gave $5 million.", "en")[0]
    beside = quantities("Ottawa gave $5 million; the rest is in Canadian dollars.", "en")[0]
    assert (alone.unit, beside.unit) == ("USD", "USD")
    assert [candidate.value for candidate in alone.candidates] == []
    assert [candidate.value for candidate in beside.candidates] == ["USD", None]


def test_a_text_in_no_known_language_has_none() -> None:
    assert quantities("Die Regierung hat 20,000 Flüchtlinge und $314 million.") == []


@given(st.integers(1000, 10**12), st.sampled_from(["en", "es", "fr", "pt"]))
def test_money_keeps_its_value(dollars: int, language: str) -> None:
    mark = {"en": ",", "fr": " "}.get(language, ".")
    original = f"US$ {dollars:,}".replace(",", mark)
    (found,) = quantities(original, language)
    assert (found.value, found.unit, found.start, found.end) == (dollars, "USD", 0, len(original))


def test_a_sign_between_two_numbers_is_of_the_first() -> None:
    first, *others = quantities("0€ 0 tents", "en")
    assert (first.unit, first.start, first.end) == ("EUR", 0, 2)
    assert not any(other.kind == "MONEY" for other in others)


@given(
    st.text(alphabet="0123456789 .,-$%€ºKMm\n()andofmillontres", max_size=80),
    st.sampled_from(["en", "es", "fr", "pt"]),
)
def test_extents_lie_in_the_text_and_in_order(original: str, language: str) -> None:
    last = 0
    for found in quantities(original, language):
        assert last <= found.start < found.end <= len(original)
        last = found.end


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "$1 ", "3%", "two ", "a million ", "of millions ", "reduced by ", "1-2 ", "5 x "]
)
def test_a_hostile_line_is_read_in_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        before = time.process_time()
        quantities(piece * (length // len(piece)), "en")
        return time.process_time() - before

    small, large = seconds(6_000), seconds(48_000)
    assert large < 24 * small + 0.5
