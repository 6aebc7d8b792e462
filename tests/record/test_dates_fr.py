"""French dates in sentences of news and communiqués, invented for this test."""

from __future__ import annotations

import pytest
from date_cases import as_text, dates_in

from travesia.record.reading.dates import find_dates

# The document's date: Friday, 10 June 2022.
FRIDAY = "2022-06-10"
SENTENCES = [
    ("La déclaration a été adoptée le 10 juin 2022.", {"10 juin 2022": "2022-06-10"}),
    ("Paris, le 5 janvier 2023.", {"5 janvier 2023": "2023-01-05"}),
    ("Le mercredi 8 juin 2022, ils se sont réunis.", {"mercredi 8 juin 2022": "2022-06-08"}),
    ("Signé le 1er janvier 2021.", {"1er janvier 2021": "2021-01-01"}),
    ("Signé le premier mai 2021.", {"premier mai 2021": "2021-05-01"}),
    ("La règle du 3 sept. 2019 tient.", {"3 sept. 2019": "2019-09-03"}),
    ("Publiée le 12 déc. 2018.", {"12 déc. 2018": "2018-12-12"}),
    ("En août 2021 et en mai de l’année dernière, il a baissé.",
     {"août 2021": "2021-08", "mai de l’année dernière": "2021-05"}),
    ("La Convention de 1951 et le Protocole de 1967.", {"1951": "1951", "1967": "1967"}),
    ("La Conférence de 2023 et le RMRP 2022.", {"2023": "2023", "2022": "2022"}),
    ("C’était en l’an 2000.", {"an 2000": "2000"}),
    # listes et intervalles
    ("Le sommet aura lieu les 9 et 10 janvier 2023.", {"9 et 10 janvier 2023": "2023-01-09/2023-01-10"}),
    ("Le sommet aura lieu les 9 et 10 janvier.", {"9 et 10 janvier": "2023-01-09/2023-01-10"}),
    ("Le sommet s’est tenu du 6 au 10 juin.", {"6 au 10 juin": "2022-06-06/2022-06-10"}),
    ("Entre le 9 et le 12 mai, des centaines sont arrivés.", {"9 et le 12 mai": "2022-05-09/2022-05-12"}),
    ("Les vols des 3 et 15 mai 2022 sont partis.", {"3": "2022-05-03", "15 mai 2022": "2022-05-15"}),
    ("Du 28 décembre 2021 au 3 janvier 2022, il a baissé.",
     {"28 décembre 2021 au 3 janvier 2022": "2021-12-28/2022-01-03"}),
    ("Entre janvier et mai 2022, il a augmenté.", {"janvier et mai 2022": "2022-01/2022-05"}),
    ("De janvier à mai, il a augmenté.", {"janvier à mai": "2022-01/2022-05"}),
    ("D’octobre 2021 à mars 2022, il a augmenté.", {"octobre 2021 à mars 2022": "2021-10/2022-03"}),
    ("En 2021, de janvier à juin, il a augmenté.", {"2021": "2021", "janvier à juin": "2021-01/2021-06"}),
    ("20 000 places en 2023 et 2024 ont été promises.", {"2023 et 2024": "2023/2024"}),
    ("Le plan 2022-2023 a été présenté.", {"2022-2023": "2022/2023"}),
    ("Entre 2015 et 2019, beaucoup sont partis.", {"2015 et 2019": "2015/2019"}),
    # sans année
    ("La cour a jugé le 20 mai que la mesure reste.", {"20 mai": "2022-05-20"}),
    ("La mesure prendra fin le 21 décembre.", {"21 décembre": "2022-12-21"}),
    ("La mesure annoncée le 12 octobre a été saluée.", {"12 octobre": "2021-10-12"}),
    ("Le 5 mai dernier, ils ont signé.", {"5 mai dernier": "2022-05-05"}),
    ("Le 5 juillet prochain, ils se réuniront.", {"5 juillet prochain": "2022-07-05"}),
    ("En mars, il a déclaré que les fonds manquaient.", {"mars": "2022-03"}),
    ("Le programme commencera en août.", {"août": "2022-08"}),
    ("À la mi-décembre, il avait baissé.", {"mi-décembre": "2021-12"}),
    ("Fin mai, il a fermé ; début 2021, il avait ouvert.", {"Fin mai": "2022-05", "début 2021": "2021"}),
    ("Elle devait expirer le mercredi 21 décembre.", {"mercredi 21 décembre": "2022-12-21"}),
    # jours de la semaine
    ("Le président a dit mercredi que oui.", {"mercredi": "2022-06-08"}),
    ("Le dispositif devait expirer mercredi.", {"mercredi": "2022-06-15"}),
    ("Les dirigeants se réuniront lundi.", {"lundi": "2022-06-13"}),
    ("Vendredi dernier, ils se sont vus.", {"Vendredi dernier": "2022-06-03"}),
    ("Il se rendra à Lima mardi prochain.", {"mardi prochain": "2022-06-14"}),
    ("Ce jeudi, il a annoncé plus de fonds.", {"Ce jeudi": "2022-06-09"}),
    # depuis la date du document
    ("Aujourd’hui, ils ont signé ; hier, ils discutaient ; demain, ils partiront.",
     {"Aujourd’hui": "2022-06-10", "hier": "2022-06-09", "demain": "2022-06-11"}),
    ("Il y a deux semaines, il a ouvert.", {"Il y a deux semaines": "2022-05-27"}),
    ("Il y a plus de cinq ans, ils sont partis.", {"Il y a plus de cinq ans": "2017"}),
    ("Il y a trois jours, il a fermé.", {"Il y a trois jours": "2022-06-07"}),
    ("Cette année, il triplera.", {"Cette année": "2022"}),
    ("L’an dernier fut pire que l’année prochaine.", {"an dernier": "2021", "année prochaine": "2023"}),
    ("La semaine dernière, le sénat a voté.", {"semaine dernière": "2022-05-30/2022-06-05"}),
    ("Au cours des deux prochaines années, des places s’ouvriront.",
     {"deux prochaines années": "2022-06-10/2024-06-10"}),
    ("Ces six derniers mois, 3 000 sont venus.", {"six derniers mois": "2021-12-10/2022-06-10"}),
    ("Dans les prochains jours, les pourparlers reprendront.", {"prochains jours": None}),
    ("Dans deux semaines, il fermera.", {"Dans deux semaines": "2022-06-24"}),
    ("À ce jour, six millions sont partis.", {"À ce jour": "2022-06-10~"}),
    ("D’ici la fin de l’année, 500 seront formés.", {"fin de l’année": "2022"}),
    ("Le mois prochain, il décidera.", {"mois prochain": "2022-07"}),
    # depuis, jusqu'à
    ("Plus de six millions sont partis depuis 2015.", {"2015": "2015/2022-06-10~"}),
    ("Depuis janvier, il a augmenté.", {"janvier": "2022-01/2022-06-10~"}),
    ("Valable jusqu’en 2024.", {"2024": "2024"}),
    ("Depuis trois ans, ils vivent là.", {"trois ans": "2019/2022-06-10~"}),
    # exercices, trimestres, décennies
    ("Au cours de l’exercice 2021, il a augmenté.", {"exercice 2021": "2021"}),
    ("Au cours de l’exercice budgétaire 2018.", {"exercice budgétaire 2018": "2017-10/2018-09"}),
    ("Pour les exercices fiscaux 2023 et 2024.", {"exercices fiscaux 2023 et 2024": "2022-10/2024-09"}),
    ("L’année fiscale 2022 et l’exercice en cours.",
     {"année fiscale 2022": "2021-10/2022-09", "exercice en cours": "2021-10/2022-09"}),
    ("Au deuxième trimestre 2022, il a baissé.", {"deuxième trimestre 2022": "2022-04/2022-06"}),
    ("Au premier semestre de 2021, il a augmenté.", {"premier semestre de 2021": "2021-01/2021-06"}),
    ("Les six premiers mois de 2022 furent calmes.", {"six premiers mois de 2022": "2022-01/2022-06"}),
    ("Dans les années 1990, beaucoup sont venus.", {"années 1990": "1990/1999"}),
    ("L’été 2021 fut sec.", {"été 2021": "2021-06/2021-08"}),
    ("Signé le 3 mai 2022 ; le même jour, il est parti.",
     {"3 mai 2022": "2022-05-03", "le même jour": "2022-05-03"}),
    ("Rien qu’en 2017, ils ont donné 8 milliards.", {"2017": "2017"}),
    ("Lundi 6 juin, la Cour a statué.", {"Lundi 6 juin": "2022-06-06"}),
    # what was promised or was to be; what compares years
    ("Il l’a prolongé mardi jusqu’au 28 février 2023.",
     {"mardi": "2022-06-07", "28 février 2023": "2023-02-28"}),
    ("Elle s’est engagée à ouvrir un centre en septembre.", {"septembre": "2022-09"}),
    ("Le programme devait prendre fin le 1er mai.", {"1er mai": "2022-05-01"}),
    ("En 2020, un quart de moins que l’année précédente.", {"2020": "2020", "l’année précédente": "2019"}),
    ("Les arrivées ont baissé au premier trimestre.", {"premier trimestre": "2022-01/2022-03"}),
    ("Le plafond prend fin lundi.", {"fin lundi": "2022-06-13"}),
]  # fmt: skip

NO_DATES = [
    "Quelque 2000 personnes et 2350 migrants ont traversé.",
    "La résolution 1973 et la loi no 2021 tiennent.",
    "L'article 12 et la section 207 du titre 8.",
    "Sept pays et un second groupe de 15 à 20 personnes.",
    "La planète Mars, le Champ de Mars et Avril Martin.",
    "Il a été dit que la mesure a été prise pour 1950 dollars.",
    "Une durée de deux ans et six mois.",
    "Chaque lundi et tous les mardis, un vol part.",
    "Un exercice difficile, le dernier en date.",
    "Plus de 3000 km de frontière, en premier lieu.",
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[case[0][:50] for case in SENTENCES])
def test_sentence(sentence, expected):
    assert dates_in(sentence, "fr", FRIDAY) == list(expected.items())


@pytest.mark.parametrize("sentence", NO_DATES)
def test_not_dates(sentence):
    assert dates_in(sentence, "fr", FRIDAY) == []


def test_no_break_spaces_and_curly_quotes_keep_their_places():
    original = "Signé à Paris, le 10\u00a0juin\u202f2022 ; aujourd\u2019hui."
    assert dates_in(original, "fr", FRIDAY) == [
        ("10\u00a0juin\u202f2022", "2022-06-10"), ("aujourd\u2019hui", "2022-06-10"),
    ]  # fmt: skip


def test_numbers_put_the_day_first_and_keep_the_other_reading():
    (found,) = find_dates(as_text("Signé le 10/06/2022.", "fr"), FRIDAY)
    assert [candidate.value for candidate in found.candidates] == ["2022-06-10", "2022-10-06"]
