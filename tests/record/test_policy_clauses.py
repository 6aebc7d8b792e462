"""Measures that no noun names: what a clause does to whom, in each language, and what only looks like one."""

from __future__ import annotations

import pytest
from policies_read import proposals_of

TOLD = [
    ("en", "Mexico will accept returns of 300 people per month.", "externalised_cooperation", "announced"),
    ("es", "México aceptará la devolución de 300 personas al mes.", "externalised_cooperation", "announced"),
    ("fr", "Le Mexique acceptera le retour de 300 personnes par mois.", "externalised_cooperation",
     "announced"),
    ("pt", "O México aceitará o retorno de 300 pessoas por mês.", "externalised_cooperation", "announced"),
    ("en", "Ghana will let registered refugees work from June.", "regularisation", "announced"),
    ("en", "Nationals of Ghana who arrived before May will be able to apply for a permit.", "regularisation",
     "announced"),
    ("en", "Departures will be capped at 60 people a month.", "cap_amendment", "announced"),
    ("en", "Gambia will close the Basse refugee camp in March.", "other", "announced"),
    ("en", "Ghana plans to step up its coastal patrols.", "enforcement_cooperation", "announced"),
    ("en", "Ghana and Togo will print leaflets against the lies of smugglers.", "information_campaign",
     "announced"),
    ("en", "The opposition wants Ghana to leave the convention.", "other", "advocated"),
    ("en", "Ghana hopes that its neighbours will stop more boats.", "externalised_cooperation", "stated"),
    ("en", "A lasting policy is nowhere in sight.", "policy_gap", "absent"),
    ("en", "Ghana suggested replacing the Union with a new body.", "institutional_reform", "proposed"),
    ("en", "Togo will deny asylum to people who crossed Benin.", "entry_restriction", "announced"),
    ("en", "Persons who left Ghana in 2020 are therefore ineligible to apply.", "entry_restriction",
     "in_force"),
    ("en", "The ministry will exempt students from all fines.", "regularisation", "announced"),
    ("en", "Togo will grant up to 300 work visas per month.", "legal_pathway", "announced"),
    ("en", "Togo will no longer issue visas to students.", "entry_restriction", "announced"),
    ("en", "The government opposes the moratorium on visas, in force since May.", "entry_restriction",
     "in_force"),
    ("es", "No se admitirán solicitudes presentadas por terceros.", "entry_restriction", "announced"),
    ("es", "Bolivia abrió el mercado laboral a los refugiados.", "regularisation", "in_force"),
    ("fr", "Le Togo ne délivrera plus de visas aux étudiants.", "entry_restriction", "announced"),
    ("pt", "Angola vai deixar de cobrar a taxa aos cidadãos da Gâmbia.", "regularisation", "announced"),
    ("es", "Bolivia permitirá que los refugiados trabajen desde junio.", "regularisation", "announced"),
    ("es", "Los ciudadanos ghaneses podrán solicitar un permiso temporal.", "regularisation", "announced"),
    ("es", "Las salidas se limitarán a 60 personas al mes.", "cap_amendment", "announced"),
    ("es", "Bolivia cerrará el campamento de Oruro en marzo.", "other", "announced"),
    ("es", "Bolivia reforzará la vigilancia en la frontera.", "enforcement_cooperation", "announced"),
    ("es", "El Gobierno de Bolivia repartirá folletos contra los traficantes.", "information_campaign",
     "announced"),
    ("es", "La oposición exige que Bolivia se retire de la convención.", "other", "advocated"),
    ("es", "Bolivia confía en que sus vecinos frenen el flujo.", "externalised_cooperation", "stated"),
    ("es", "A falta de una estrategia, nada cambia.", "policy_gap", "absent"),
    ("es", "Bolivia quiere un compromiso vinculante de reparto.", "agreement", "advocated"),
    ("es", "Abrirán dos oficinas donde se podrá solicitar asilo.", "legal_pathway", "announced"),
    ("fr", "Le Togo autorisera les réfugiés à travailler dès juin.", "regularisation", "announced"),
    ("fr", "Les ressortissants ghanéens pourront demander un titre de séjour.", "regularisation",
     "announced"),
    ("fr", "Les départs seront plafonnés à 60 personnes par mois.", "cap_amendment", "announced"),
    ("fr", "Le campement de Kara sera démantelé en mars.", "other", "announced"),
    ("fr", "Les deux pays entendent renforcer leurs patrouilles.", "enforcement_cooperation", "announced"),
    ("fr", "Le Togo diffusera des messages en peul contre les passeurs.", "information_campaign",
     "announced"),
    ("fr", "La droite veut que le Togo se retire de la convention.", "other", "advocated"),
    ("fr", "Le Togo espère que ses voisins retiendront les bateaux.", "externalised_cooperation", "stated"),
    ("fr", "Une stratégie commune se fait attendre.", "policy_gap", "absent"),
    ("pt", "Angola permitirá que os refugiados trabalhem a partir de junho.", "regularisation", "announced"),
    ("pt", "Os cidadãos ganeses poderão requerer uma autorização de residência.", "regularisation",
     "announced"),
    ("pt", "A concessão fica limitada a 300 vistos por mês.", "cap_amendment", "announced"),
    ("pt", "O campo de refugiados do Lóvua será encerrado em março.", "other", "announced"),
    ("pt", "Angola vai intensificar o patrulhamento da fronteira.", "enforcement_cooperation", "announced"),
    ("pt", "A embaixada de Angola iniciará uma ação de esclarecimento nas rádios.", "information_campaign",
     "announced"),
    ("pt", "Angola sugeriu a reforma da Organização dos Estados Africanos.", "institutional_reform",
     "proposed"),
    ("pt", "Angola espera que os vizinhos contenham o fluxo.", "externalised_cooperation", "stated"),
    ("pt", "Ainda não há uma resposta comum.", "policy_gap", "absent"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "kind", "status"), TOLD)
def test_a_verb_and_its_object_tell_a_measure(language: str, text: str, kind: str, status: str) -> None:
    (measure,) = proposals_of(text, language, "policy")
    assert (measure.fields["kind"], measure.fields["status"]) == (kind, status)


UNTIL = [
    ("en", "The registration period runs from 1 July 2023 through 31 August 2023.", "2023-08-31"),
    ("en", "Togo is also extending through 31 August 2023 the validity of work permits.", "2023-08-31"),
    ("es", "El plazo de inscripción estará abierto hasta el 31 de agosto de 2023.", "2023-08-31"),
    ("pt", "O período de candidaturas decorre de 1 de julho a 31 de agosto de 2023.", "2023-08-31"),
]


@pytest.mark.parametrize(("language", "text", "until"), UNTIL)
def test_a_period_or_a_validity_has_its_last_day(language: str, text: str, until: str) -> None:
    (measure,) = proposals_of(text, language, "policy")
    assert (measure.fields["status"], measure.fields["expected_end"]) == ("in_force", until)


NONE = [
    ("en", "Ghana will not close the camp."),
    ("en", "Some fear that the camp would be closed."),
    ("en", "The programme allowed 3,200 people to settle."),
    ("en", "Ghana undertook to grant residence to 300 refugees."),
    ("en", "Costs were limited to 3 million dollars."),
    ("en", "Smugglers posted videos on TikTok."),
    ("es", "Los coyotes difundieron mensajes en quechua."),
    ("fr", "Le conseil espère une réponse."),
    ("pt", "Angola não vai encerrar o campo de refugiados."),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_is_denied_feared_past_or_promised_to_so_many_is_no_measure(language: str, text: str) -> None:
    assert proposals_of(text, language, "policy") == []


def test_a_clause_about_a_measure_that_its_sentence_names_is_no_second_one() -> None:
    text = "La amnistía, que permite trabajar a los refugiados, vence el 30 de noviembre de 2023."
    (measure,) = proposals_of(text, "es", "policy")
    assert measure.fields["expected_end"] == "2023-11-30"


def test_who_is_named_beside_a_right_is_whom_it_is_for() -> None:
    text = "Haitian nationals who arrived before May will be able to apply for a permit."
    (measure,) = proposals_of(text, "en", "policy")
    assert measure.fields["targets"]


ASKED = [
    ("en", "Ghana proposed a permanent rescue fund.", "cty:GHA"),
    ("es", "Bolivia quiere un compromiso vinculante de reparto.", "cty:BOL"),
    ("fr", "Le Togo a proposé de réformer la Commission des Pays du Golfe.", "cty:TGO"),
    ("pt", "Angola sugeriu a reforma da Organização dos Estados Africanos.", "cty:AGO"),
]


@pytest.mark.parametrize(("language", "text", "asking"), ASKED)
def test_what_somebody_wants_has_no_ruler_yet(language: str, text: str, asking: str) -> None:
    (measure,) = proposals_of(text, language, "policy")
    assert measure.fields["introduced_by"] == asking
    assert "authority" not in measure.fields


def test_of_two_clauses_each_measure_has_the_ruler_of_its_own() -> None:
    text = "Ghana will close the Ampain refugee camp, and Togo will step up its coastal patrols."
    closed, patrolled = proposals_of(text, "en", "policy")
    assert (closed.fields["authority"], patrolled.fields["authority"]) == ("cty:GHA", "cty:TGO")
