"""Measures: kind, status and dates by tense and negation, whom they are for, and what a court may change."""

from __future__ import annotations

import pytest
from policies_read import proposals_of

from travesia.record.reading.learned import SHIPPED, Learned

MOVED = [
    ("en", "Title 42, introduced under Donald Trump in March 2020, was due to expire on Wednesday, but the "
     "Supreme Court has blocked its end for now."),
    ("es", "El Título 42, impuesto durante el gobierno de Donald Trump, debía expirar el 21 de diciembre, "
     "pero la Corte Suprema suspendió temporalmente su fin."),
    ("fr", "Le Titre 42, instauré sous Donald Trump, devait expirer mercredi, mais la Cour suprême a "
     "suspendu provisoirement sa levée."),
    ("pt", "O Título 42, adotado no governo Trump, deveria expirar na quarta-feira, mas a Suprema Corte "
     "suspendeu o seu fim."),
]  # fmt: skip


@pytest.mark.parametrize("learned", [None, SHIPPED], ids=["rules", "learned"])
@pytest.mark.parametrize(("language", "text"), MOVED)
def test_an_end_that_a_court_stopped_leaves_the_measure_in_force(
    language: str, text: str, learned: Learned | None
) -> None:
    (measure,) = proposals_of(text, language, "policy", learned=learned)
    assert measure.fields["kind"] == "expulsion_or_return"
    assert measure.fields["status"] == "in_force"
    assert measure.fields["expected_end"] == "2022-12-21"
    assert "end" not in measure.fields
    assert measure.fields["introduced_by"] == "per:donald-trump"
    assert measure.fields["contingency"]["kind"] == "court"
    assert measure.fields["contingency"]["decided_by"] == "org:supreme-court"
    told = [one for one in proposals_of(text, language, "event") if one.fields["kind"] == "policy_expiry"]
    assert [(one.fields["status"], one.fields["date"]) for one in told] == [("did_not_happen", "2022-12-21")]


SAID = [
    ("en", "The United States would review its sanctions on Venezuela if the talks make progress.",
     "sanctions", "in_force", {"authority": "cty:USA", "targets": ["cty:VEN"]}),
    ("en", "Mexico's president proposed replacing the OAS with a new body.", "institutional_reform",
     "proposed", {"introduced_by": "per:andres-manuel-lopez-obrador"}),
    ("en", "Critics point to the lack of a long-term strategy for migration.", "policy_gap", "absent", {}),
    ("en", "The cap of 24,000 was replaced by a monthly limit of 30,000.", "cap_amendment", "in_force", {}),
    ("en", "The United States is working with its Latin American partners to reduce arrivals.",
     "externalised_cooperation", "in_progress", {}),
    ("en", "Belize will implement a program to regularize Honduran migrants.", "regularisation", "announced",
     {"authority": "cty:BLZ"}),
    ("en", "The Migrant Protection Protocols ended on August 8, 2022.", "expulsion_or_return", "ended",
     {"end": "2022-08-08"}),
    ("en", "TPS for Venezuelans was extended until March 10, 2024.", "regularisation", "in_force",
     {"expected_end": "2024-03-10", "targets": ["cty:VEN"]}),
    ("es", "El Salvador exigirá visa a los ciudadanos haitianos a partir del 1 de enero de 2023.",
     "entry_restriction", "announced", {"authority": "cty:SLV", "targets": ["grp:hti-citizens"]}),
    ("es", "El límite de 24.000 personas fue reemplazado por un tope de 30.000 al mes.", "cap_amendment",
     "in_force", {}),
    ("es", "Chile propuso un nuevo acuerdo regional sobre migración.", "agreement", "proposed",
     {"introduced_by": "cty:CHL"}),
    ("es", "México y Colombia preparan una campaña informativa contra los rumores.", "information_campaign",
     "announced", {"authority": ["cty:MEX", "cty:COL"]}),
    ("fr", "Les États-Unis n'ont pas de stratégie durable pour la migration.", "policy_gap", "absent",
     {"authority": "cty:USA"}),
    ("fr", "L'exclusion de Cuba, du Nicaragua et du Venezuela du sommet a été critiquée.",
     "diplomatic_exclusion", "applied", {"targets": ["cty:CUB", "cty:NIC", "cty:VEN"]}),
    ("fr", "Les sanctions contre le Venezuela pourraient être levées si le dialogue avance.", "sanctions",
     "in_force", {"targets": ["cty:VEN"]}),
    ("fr", "La France mène une campagne de communication contre les rumeurs.", "information_campaign",
     "in_progress", {"authority": "cty:FRA"}),
    ("pt", "O Supremo Tribunal suspendeu o decreto que exige vistos aos haitianos.", "entry_restriction",
     "suspended", {"targets": ["cty:HTI"]}),
    ("pt", "O Brasil prorrogou até 31 de dezembro de 2024 a concessão de vistos humanitários para haitianos.",
     "legal_pathway", "in_force", {"authority": "cty:BRA", "expected_end": "2024-12-31"}),
    ("pt", "A portaria que fechava a fronteira deixou de valer em 30 de junho de 2022.", "entry_restriction",
     "ended", {"end": "2022-06-30"}),
    ("en", "Not more than 75 visas may be granted in any calendar month.", "cap_amendment", "announced", {}),
    ("en", "The number of visas was raised from 500 to 800.", "cap_amendment", "in_force", {}),
    ("es", "La frontera con Colombia sigue cerrada desde enero.", "entry_restriction", "in_force", {}),
    ("fr", "La ministre délivre au plus 600 permis.", "cap_amendment", "announced", {}),
    ("fr", "La Cour suprême a suspendu hier le décret qui obligeait les Haïtiens à présenter un visa.",
     "entry_restriction", "suspended", {"targets": ["cty:HTI"]}),
    ("pt", "A emissão de vistos fica limitada a 500 por mês.", "cap_amendment", "announced", {}),
    ("es", "Quienes entren sin permiso no podrán acogerse al programa.", "entry_restriction", "announced",
     {}),
    ("fr", "Le Togo a suggéré de créer un fonds régional de secours.", "institutional_reform", "proposed",
     {"introduced_by": "cty:TGO"}),
    ("fr", "Le Chili mise sur ses voisins.", "externalised_cooperation", "stated", {}),
    ("pt", "Fica instituído o Programa Portas do Sul, para os haitianos.", "legal_pathway", "announced",
     {"targets": ["cty:HTI"]}),
    ("pt", "Os Estados Unidos não têm uma estratégia de longo prazo.", "policy_gap", "absent",
     {"authority": "cty:USA"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "kind", "status", "others"), SAID)
def test_a_measure_has_the_status_that_its_sentence_gives_it(
    language: str, text: str, kind: str, status: str, others: dict[str, object]
) -> None:
    (measure,) = proposals_of(text, language, "policy")
    assert (measure.fields["kind"], measure.fields.get("status")) == (kind, status)
    assert {name: measure.fields.get(name) for name in others} == others


def test_measures_of_one_kind_for_different_people_stay_apart_and_later_words_take_them_up() -> None:
    text = (
        "The United States announced a new process for Venezuelans on October 12, 2022. A new process for "
        "Haitians was introduced in December 2022. The process for Venezuelans will end on May 11, 2023."
    )
    found = {tuple(one.fields["targets"]): one.fields for one in proposals_of(text, "en", "policy")}
    assert set(found) == {("cty:VEN",), ("cty:HTI",)}
    assert found["cty:VEN",]["expected_end"] == "2023-05-11"
    assert "expected_end" not in found["cty:HTI",]


def test_a_named_programme_is_taken_up_by_its_short_name_and_by_the_programme() -> None:
    text = (
        "The Pathway for Rohingya Families (PRF) opened on 1 February 2022. The PRF was to lapse on "
        "31 December 2022. The Federal Court suspended the repeal, and the programme stays in force."
    )
    (measure,) = proposals_of(text, "en", "policy")
    assert measure.fields["status"] == "in_force"
    assert measure.fields["expected_end"] == "2022-12-31"
    assert len(measure.evidence) >= 3


def test_a_defined_name_takes_up_its_measure_however_far_away() -> None:
    told = "Many people spoke of it at length. " * 6
    text = (
        f"Peru created the Temporary Residence Permit (PTR) for Haitians in March 2021. {told}"
        "The PTR is extended until 30 June 2023."
    )
    (measure,) = proposals_of(text, "en", "policy")
    assert (measure.fields["status"], measure.fields["expected_end"]) == ("in_force", "2023-06-30")


def test_a_measure_announced_weeks_ago_is_in_force_and_one_announced_today_is_not() -> None:
    for day, status in (("October 12, 2022", "in_force"), ("December 20, 2022", "announced")):
        (measure,) = proposals_of(f"On {day}, DHS announced a new process for Venezuelans.", "en", "policy")
        assert measure.fields["status"] == status


SILENT = [
    ("en", "Legal pathways are discussed in many reports."),
    ("en", "Some migrants have residence permits and visas."),
    ("es", "Las expulsiones y los visados son temas de estudio."),
    ("fr", "Les voies légales sont un sujet de recherche."),
    ("pt", "As campanhas e os acordos são temas frequentes."),
    ("en", "Aliens whose parole has not already expired were told to register."),
    ("en", "Since new enforcement measures began, encounters have fallen."),
    ("en", "They spoke of expanding refugee resettlement from the region."),
    ("es", "Fue aprobado por decreto en junio."),
    ("fr", "Le présent arrêté entre en vigueur le 1er janvier 2023."),
    ("pt", "O Canadá amplia o reassentamento a partir do Brasil."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_a_word_for_a_measure_in_passing_is_no_policy(language: str, text: str) -> None:
    assert proposals_of(text, language, "policy") == []


GOVERNED = [
    ("en", "The rules, which were due to expire on 31 January 2023, will remain in force until 30 June 2023.",
     "in_force", "2023-06-30"),
    ("en", "The court barred the government from lifting a ban on asylum claims.", "in_force", None),
    ("en", "Sweden confirmed that it would cut its quota.", "announced", None),
    ("es", "Prorróguese la vigencia del permiso hasta el 30 de junio de 2023.", "in_force", "2023-06-30"),
    ("es", "Se suspende por 90 días la recepción de solicitudes de visa humanitaria.", "suspended", None),
    ("es", "El Tribunal Supremo levantó la suspensión del decreto que cierra la frontera norte.", "in_force",
     None),
    ("fr", "Le gouvernement a prolongé jusqu'au 31 mars les contrôles aux frontières.", "in_force",
     "2023-03-31"),
    ("fr", "La réception des demandes, suspendue depuis mai, demeure suspendue jusqu'au 31 mars 2023.",
     "suspended", "2023-03-31"),
    ("pt", "O tribunal decidiu manter em vigor, pelo menos até 30 de junho de 2023, a suspensão dos pedidos "
     "de asilo.", "in_force", "2023-06-30"),
    ("en", "Guyana has waived overstay fines for foreigners until 31 December 2023.", "in_force", None),
    ("en", "The moratorium on asylum claims, imposed last October, will be lifted on 30 April 2023.",
     "in_force", "2023-04-30"),
    ("en", "The two countries agreed to extend their mobility agreement until 2028.", "in_force", "2028"),
    ("en", "Kenya is considering a levy on asylum applications.", "proposed", None),
    ("en", "Belize has threatened to close its border.", "conditional", None),
    ("en", "Ghana will conduct a new registration of foreigners from 1 July to 30 September 2023.",
     "announced", "2023-09-30"),
    ("es", "La Corte suspendió el viernes el decreto sobre los extranjeros.", "suspended", None),
    ("es", "La exoneración de multas a extranjeros fue prorrogada hasta el 31 de julio de 2023.", "in_force",
     "2023-07-31"),
    ("es", "Ecuador aclaró que no levantará la visa que exige a los haitianos.", "in_force", None),
    ("es", "Organizaciones sociales exigen una moratoria de los desalojos.", "advocated", None),
    ("fr", "La Tunisie va instaurer une taxe pour les étrangers.", "announced", None),
    ("fr", "Le dispositif d’accueil, lancé en 2021, a été prolongé jusqu’au 31 mars 2023.", "in_force",
     "2023-03-31"),
    ("fr", "La Belgique a fermé le 1er février 2022 son programme de visas humanitaires.", "ended", None),
    ("fr", "Le ministère étudie un quota annuel de regroupements familiaux.", "proposed", None),
    ("pt", "O Peru suspendeu na sexta-feira (16) a multa cobrada de estrangeiros.", "suspended", None),
    ("pt", "A isenção de visto para equatorianos termina a 30 de abril de 2023.", "in_force", "2023-04-30"),
    ("pt", "Cabo Verde vai criar, em junho de 2023, um registo de estrangeiros.", "announced", None),
    ("pt", "O acordo de mobilidade com Timor-Leste entra em vigor a 1 de maio de 2023.", "announced", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "status", "until"), GOVERNED)
def test_any_noun_for_a_measure_takes_its_status_from_the_verb_that_governs_it(
    language: str, text: str, status: str, until: str | None
) -> None:
    (measure,) = proposals_of(text, language, "policy")
    assert measure.fields["status"] == status
    if until is not None:
        assert measure.fields["expected_end"] == until


UNGOVERNED = [
    ("en", "Uganda will not close its border and will not return anyone by force."),
    ("en", "Amnesty International urged Malaysia to halt deportations to Myanmar."),
    ("en", "The programme received $30 million last year, and 61,200 permits were issued."),
    ("es", "Reiteraron que se abstendrán de realizar expulsiones colectivas."),
    ("es", "El programa recibió 40 millones de dólares en 2021."),
    ("fr", "Aucun réfugié enregistré ne sera expulsé."),
    ("fr", "Le gouvernement envisage-t-il de réduire les visas pour la Tunisie ?"),
    ("pt", "O ministério garante que ninguém será deportado."),
    ("pt", "O fundo recebeu 8 milhões de dólares em 2021."),
]


@pytest.mark.parametrize(("language", "text"), UNGOVERNED)
def test_what_is_denied_asked_or_counted_is_no_measure(language: str, text: str) -> None:
    assert proposals_of(text, language, "policy") == []


def test_an_answer_without_a_subject_tells_of_the_measure_that_was_asked_about() -> None:
    text = (
        "PERGUNTA: Até quando vigora a isenção de taxas?\n\n"
        "PORTA-VOZ: Terminava a 31 de outubro de 2022 e foi prorrogada até 30 de abril de 2023."
    )
    (measure,) = proposals_of(text, "pt", "policy")
    assert measure.fields["status"] == "in_force"
    assert measure.fields["expected_end"] == "2023-04-30"
