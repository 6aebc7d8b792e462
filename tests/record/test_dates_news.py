"""Dates in stretches of news, four languages, invented for this test; read on Tuesday, 20 December 2022."""

from __future__ import annotations

import pytest
from date_cases import as_text, dates_in

from travesia.record.reading.dates import find_dates

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
    ("en", "It will take 400 people between this year and next, 300 this week and the next.",
     {"this year and next": "2022/2023", "this week and the next": "2022-12-19/2023-01-01"}),
    ("en", "It will run this year and next month.", {"this year": "2022", "next month": "2023-01"}),
    ("es", "Reasentará a 4.000 personas entre este año y el próximo, y a 300 este mes y el año próximo.",
     {"este año y el próximo": "2022/2023", "este mes": "2022-12", "año próximo": "2023"}),
    ("fr", "Elle accueillera 400 personnes cette année et la prochaine.",
     {"cette année et la prochaine": "2022/2023"}),
    ("pt", "Receberá 400 pessoas este ano e no próximo.", {"este ano e no próximo": "2022/2023"}),
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
    ("en", "The years 2015 to 2019 and 2014-20; Nov. 30-Dec. 2, 2022; this quarter.",
     {"years 2015 to 2019": "2015/2019", "2014-20": "2014/2020",
      "Nov. 30-Dec. 2, 2022": "2022-11-30/2022-12-02", "this quarter": "2022-10/2022-12"}),
    ("en", "From Tuesday to Thursday they met.", {"Tuesday to Thursday": "2022-12-13/2022-12-15"}),
    ("en", "From Tuesday to Thursday they will meet.", {"Tuesday to Thursday": "2022-12-20/2022-12-22"}),
    ("en", "In the world today, many leave; it is closed until end-2023.", {"end-2023": "2023"}),
    ("es", "SANTIAGO, 10 DE JUNIO DE 2022. Hoy en día salen más.", {"10 DE JUNIO DE 2022": "2022-06-10"}),
    ("fr", "Le 1 er janvier 2023, dans le monde aujourd'hui.", {"1 er janvier 2023": "2023-01-01"}),
    ("pt", "Em janeiro/2022 e 10/jun/2022; hoje em dia.",
     {"janeiro/2022": "2022-01", "10/jun/2022": "2022-06-10"}),
    # What is put off to a date, or prolonged until it, is to come, however near the last such date was.
    ("en", "The review has been put back to 12 October.", {"12 October": "2023-10-12"}),
    ("en", "The decree was prolonged last week to Oct. 31.",
     {"last week": "2022-12-12/2022-12-18", "Oct. 31": "2023-10-31"}),
    ("es", "Lima postergó al 9 de octubre la visa.", {"9 de octubre": "2023-10-09"}),
    ("fr", "Le voyage est reporté au 3 octobre.", {"3 octobre": "2023-10-03"}),
    ("pt", "A reunião fica transferida para 9 de outubro.", {"9 de outubro": "2023-10-09"}),
    # "Desde" may look ahead; "depuis" does not.
    ("es", "Las citas se asignarán en línea desde el 24 de febrero.", {"24 de febrero": "2023-02-24"}),
    ("pt", "As vagas serão abertas desde 1 de março.", {"1 de março": "2023-03-01"}),
    # Feasts are days, and Santo Domingo is no Sunday.
    ("en", "They want two boats before Christmas.", {"Christmas": "2022-12-25"}),
    ("es", "Entregará los permisos antes de Navidad.", {"Navidad": "2022-12-25"}),
    ("fr", "Elle compte déposer un texte avant Noël.", {"Noël": "2022-12-25"}),
    ("pt", "Pede os fundos antes do Natal.", {"Natal": "2022-12-25"}),
    ("es", "SANTO DOMINGO, 19 dic — Llegaron.", {"19 dic": "2022-12-19"}),
    # What began early in a year began in its first month; the eve of nothing named is yesterday.
    ("fr", "Ils sont rentrés depuis le début de l'année.",
     {"début de l'année": "2022-01/2022-12-20~"}),
    ("es", "La víspera, la cámara había votado.", {"La víspera": "2022-12-19"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "expected"), CASES, ids=[case[1][:50] for case in CASES])
def test_news(language, sentence, expected):
    assert dates_in(sentence, language, TUESDAY) == list(expected.items())


@pytest.mark.parametrize(
    ("language", "sentence", "named"),
    [
        ("es", "Los niños que hoy viven en la isla son pocos.", False),
        ("pt", "Cerca de 7 mil pessoas vivem hoje nos abrigos.", False),
        ("fr", "Il vit aujourd'hui en Iran.", False),
        ("es", "El ministro anunció hoy una visa.", True),
        ("pt", "A regra vale a partir de hoje.", True),
        ("pt", "Hoje, sete países recebem pessoas.", True),
        ("en", "Uganda hosts a million people today.", True),
    ],
)
def test_today_beside_a_verb_of_the_present_is_nowadays(language, sentence, named):
    assert [one.mention for one in find_dates(as_text(sentence, language), TUESDAY)] == [named]


APART = [
    (
        "en",
        "The rule was to end on 21 November. A judge had kept it two days earlier; a month later it ended.",
    ),
    ("es", "La norma vencía el 21 de noviembre. Un juez la mantuvo dos días antes; un mes más tarde venció."),
    (
        "fr",
        "La règle expirait le 21 novembre. Un juge l'a gardée deux jours plus tôt ; un mois plus tard, non.",
    ),
    ("pt", "A norma vencia em 21 de novembro. Um juiz a manteve dois dias antes; um mês mais tarde venceu."),
]


@pytest.mark.parametrize(("language", "text"), APART)
def test_days_earlier_and_later_count_from_the_date_named_before(language: str, text: str) -> None:
    values = [value for _, value in dates_in(text, language, TUESDAY)]
    assert values == ["2022-11-21", "2022-11-19", "2022-12"]


@pytest.mark.parametrize(("language", "text"), APART)
def test_a_time_later_is_dated_but_names_no_date(language: str, text: str) -> None:
    assert [one.mention for one in find_dates(as_text(text, language), TUESDAY)] == [True, True, False]


def test_what_comes_before_or_after_something_is_not_counted_from_a_date() -> None:
    text = "La norma venció el 21 de noviembre de 2022, tres días antes de la cumbre y dos después del foro."
    assert [value for _, value in dates_in(text, "es", TUESDAY)] == ["2022-11-21"]


def test_later_this_year_is_some_time_in_it() -> None:
    assert dates_in("It will close later this year.", "en", TUESDAY) == [("later this year", "2022")]
