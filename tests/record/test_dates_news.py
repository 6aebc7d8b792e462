"""Dates in stretches of news, four languages, invented for this test; read on Tuesday, 20 December 2022."""

from __future__ import annotations

import pytest
from date_cases import dates_in

TUESDAY = "2022-12-20"
CASES = [
    ("en", "The court on Monday blocked the end of the policy that was set to expire Wednesday.",
     {"Monday": "2022-12-19", "Wednesday": "2022-12-21"}),
    ("en", "The rule had been scheduled to lift on Dec. 21.", {"Dec. 21": "2022-12-21"}),
    ("en", "He will travel on Jan. 9 and 10 for the summit.", {"Jan. 9 and 10": "2023-01-09/2023-01-10"}),
    ("en", "The policy, in place since March 2020, was due to end this week.",
     {"March 2020": "2020-03/2022-12-20~", "this week": "2022-12-19/2022-12-25"}),
    ("en", "Some 2.4 million came in fiscal year 2022, which ended Sept. 30.",
     {"fiscal year 2022": "2021-10/2022-09", "Sept. 30": "2022-09-30"}),
    ("en", "The number rose from 100,000 in 2021 to 200,000 in 2022.", {"2021": "2021", "2022": "2022"}),
    ("en", "He took office in 2018, on December 1 that year.", {"2018": "2018", "December 1": "2018-12-01"}),
    ("en", "A decision is expected by the end of February or early March.",
     {"end of February": "2023-02", "early March": "2023-03"}),
    ("en", "From 2015 to date, seven million left.", {"2015 to date": "2015/2022-12-20~"}),
    ("en", "It is valid until at least 2024.", {"2024": "2024"}),
    ("en", "Permits last 10 years; over the last 10 years few were given.",
     {"last 10 years": "2012-12-20/2022-12-20"}),
    ("en", "She spoke on the last day of the summit.", {}),
    ("en", "Its May 23 order still stands.", {"May 23": "2022-05-23"}),
    ("en", "In FY 2014 through FY 2019, 127 a day; Pub. L. 107-296, 8 CFR 212.5, No. 1615-0157.",
     {"FY 2014 through FY 2019": "2013-10/2019-09"}),
    ("es", "El tribunal suspendió este lunes el fin de la medida, que debía vencer el miércoles.",
     {"este lunes": "2022-12-19", "miércoles": "2022-12-21"}),
    ("es", "La medida estaba prevista para el 21 de diciembre.", {"21 de diciembre": "2022-12-21"}),
    ("es", "La cumbre se celebrará los próximos 9 y 10 de enero.",
     {"próximos 9 y 10 de enero": "2023-01-09/2023-01-10"}),
    ("es", "Desde el pasado mes de marzo sube.", {"pasado mes de marzo": "2022-03/2022-12-20~"}),
    ("es", "Del 1.º de octubre de 2021 al 30 de septiembre de 2022.",
     {"1.º de octubre de 2021 al 30 de septiembre de 2022": "2021-10-01/2022-09-30"}),
    ("es", "De 2019 a la fecha han llegado 500.", {"2019 a la fecha": "2019/2022-12-20~"}),
    ("es", "En lo que va de año llegaron 100.", {"lo que va de año": "2022"}),
    ("es", "Mañana martes y hoy lunes.", {"Mañana martes": "2022-12-21", "hoy lunes": "2022-12-20"}),
    ("es", "El año fiscal en curso y el ejercicio fiscal de 2023.",
     {"año fiscal en curso": "2022-10/2023-09", "ejercicio fiscal de 2023": "2022-10/2023-09"}),
    ("es", "La Cumbre (6-10 de junio de 2022) en el mes de junio.",
     {"6-10 de junio de 2022": "2022-06-06/2022-06-10", "mes de junio": "2022-06"}),
    ("fr", "La Cour a suspendu lundi la fin de la mesure, qui devait expirer mercredi 21 décembre.",
     {"lundi": "2022-12-19", "mercredi 21 décembre": "2022-12-21"}),
    ("fr", "Le sommet se tiendra les 9 et 10 janvier prochains.",
     {"9 et 10 janvier prochains": "2023-01-09/2023-01-10"}),
    ("fr", "La mesure, en vigueur depuis mars 2020, devait prendre fin cette semaine.",
     {"mars 2020": "2020-03/2022-12-20~", "cette semaine": "2022-12-19/2022-12-25"}),
    ("fr", "Du lundi 9 au mardi 10 janvier, ils se réuniront.",
     {"lundi 9 au mardi 10 janvier": "2023-01-09/2023-01-10"}),
    ("fr", "À la fin du mois de mai, il a baissé ; d'ici fin 2023, il montera.",
     {"fin du mois de mai": "2022-05", "fin 2023": "2023"}),
    ("fr", "À compter de janvier, il y aura des vols.", {"janvier": "2023-01"}),
    ("fr", "Mardi, la Maison-Blanche a dit oui.", {"Mardi": "2022-12-20"}),
    ("pt",
     "A Corte suspendeu nesta segunda-feira (19) o fim da norma, que deveria expirar na quarta-feira (21).",
     {"nesta segunda-feira (19)": "2022-12-19", "quarta-feira (21)": "2022-12-21"}),
    ("pt", "A cúpula será realizada nos dias 9 e 10 de janeiro.",
     {"9 e 10 de janeiro": "2023-01-09/2023-01-10"}),
    ("pt", "Até o final deste ano, no domingo passado (18) ou na quinta-feira (22/12).",
     {"final deste ano": "2022",
      "domingo passado (18)": "2022-12-18", "quinta-feira (22/12)": "2022-12-22"}),
    ("pt", "De 2019 até hoje chegaram 500.", {"2019 até hoje": "2019/2022-12-20~"}),
    ("pt", "No segundo semestre deste ano subiu.", {"segundo semestre deste ano": "2022-07/2022-12"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "expected"), CASES, ids=[case[1][:50] for case in CASES])
def test_news(language, sentence, expected):
    assert dates_in(sentence, language, TUESDAY) == list(expected.items())
