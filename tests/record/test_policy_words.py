"""Measures by the words that tell them, in each language: their kind, and how they stand on 10 May 2024."""

from __future__ import annotations

import pytest
from policies_read import policies_of

PUBLISHED = "2024-05-10"

TOLD = [
    ("en", "The Court of Appeal suspended an order that would have let police hold asylum seekers.",
     "entry_restriction", "suspended"),
    ("en", "The crossing at Kasumulu, which Malawi closed in March, reopened on Tuesday.",
     "entry_restriction", "ended"),
    ("en", "The border with Sudan remains officially closed.", "entry_restriction", "in_force"),
    ("es", "El paso fronterizo de Kiso permanece oficialmente cerrado desde 2020.", "entry_restriction",
     "in_force"),
    ("fr", "Le Niger a fermé hier, sans préavis, sa frontière avec le Bénin.", "entry_restriction",
     "in_force"),
    ("pt", "A fronteira com o Malawi continua encerrada.", "entry_restriction", "in_force"),
    ("en", "From July it will also accept applications from Haitians.", "legal_pathway", "announced"),
    ("es", "Desde julio aceptará también solicitudes de haitianos.", "legal_pathway", "announced"),
    ("en", "Applications received after 31 March will be refused.", "entry_restriction", "announced"),
    ("fr", "Les demandes reçues après le 31 mars seront rejetées.", "entry_restriction", "announced"),
    ("pt", "O Gabão regularizará, ao longo de 2024, os trabalhadores estrangeiros.", "regularisation",
     "announced"),
    ("en", "Kenya and Somalia will launch, before the rains, patrols on the river.",
     "enforcement_cooperation", "announced"),
    ("fr", "Le Tchad et le Niger mèneront en mars, avec le Nigeria, des patrouilles sur le lac.",
     "enforcement_cooperation", "announced"),
    ("en", "The bill would turn the agency into a ministry.", "other", "proposed"),
    ("pt", "O projeto de lei do Senado que reduz o prazo divide os partidos.", "other", "proposed"),
    ("en", "The procedure for new arrivals, introduced in 2022, is suspended until further notice.", "other",
     "suspended"),
    ("es", "Su abogado pidió al ministerio que reanude el registro, paralizado desde hace un año.",
     "registration", "suspended"),
    ("en", "The mayor urged the ministry to go further and grant an amnesty to workers.", "regularisation",
     "advocated"),
    ("en", "Ministers are due to meet in June to discuss joint patrols at sea.", "enforcement_cooperation",
     "proposed"),
    ("fr", "La règle qui ferme l'asile, annulée en juillet par un juge, continue de s'appliquer.", "other",
     "in_force"),
    ("en", "Since February officers have been handing the returned migrants a warm meal and a ticket.",
     "other", "in_force"),
    ("es", "Desde octubre los agentes acompañan hasta el puente a los migrantes.", "other", "in_force"),
    ("en", "Guards at Rosso let in Malian families who carry a letter from the mayor.",
     "legal_pathway", "in_force"),
    ("en", "People who land on Chios are held in a closed camp for up to three weeks.",
     "entry_restriction", "in_force"),
    ("en", "Refugees in Mae La are not allowed to leave the camp after dark.",
     "entry_restriction", "in_force"),
    ("en", "Oran goes on driving undocumented Nigeriens back over the frontier at Assamaka.",
     "expulsion_or_return", "in_force"),
    ("en", "Hanoi stopped taking back rejected applicants from Prague in February.",
     "externalised_cooperation", "ended"),
    ("en", "Asuncion is sending 600 soldiers to its northern border.",
     "enforcement_cooperation", "in_progress"),
    ("en", "Vilnius put up a steel fence along its border with Kaliningrad in 2022.",
     "entry_restriction", "in_force"),
    ("en", "A three-year permit has allowed some 80,000 Bissau-Guineans to work since 2021.",
     "regularisation", "in_force"),
    ("en", "The office in Managua, which opened in January, has interviewed 700 Cubans.",
     "legal_pathway", "in_force"),
    ("en", "Norway has bought radio time in Benin to warn against the desert route.",
     "information_campaign", "in_force"),
    ("en", "There will be 9,000 places a year, up from 6,000.", "cap_amendment", "announced"),
    ("en", "Tirana has signed no such agreement with Skopje.", "agreement", "absent"),
    ("en", "Foreigners without papers have 30 days to leave the country.", "expulsion_or_return", "in_force"),
    ("en", "Maseru undertook to share data on forged passports with its neighbours.",
     "enforcement_cooperation", "announced"),
    ("en", "Brunei was not invited because it had refused to sign the earlier text.",
     "diplomatic_exclusion", "applied"),
    ("es", "Turquía levanta un muro de hormigón en la frontera con Irán.", "entry_restriction", "in_force"),
    ("es", "Bolivia enviará 600 soldados a la frontera con Perú.", "enforcement_cooperation", "announced"),
    ("es", "Malta retiene a los náufragos en un barco durante 40 días.", "entry_restriction", "in_force"),
    ("es", "Ecuador abrirá dos albergues para mujeres en Huaquillas.", "other", "announced"),
    ("es", "Brasil y Uruguay intercambiarán listas de traficantes.", "enforcement_cooperation", "announced"),
    ("es", "Honduras recibe cada martes un vuelo con repatriados.", "externalised_cooperation", "in_force"),
    ("es", "Túnez y Alemania firmaron un convenio de readmisión.", "agreement", "in_force"),
    ("es", "A los haitianos se los conduce a la frontera.", "expulsion_or_return", "in_force"),
    ("es", "Únicamente podrán entrar las familias con visado.", "entry_restriction", "announced"),
    ("es", "Los paraguayos podrán cruzar el puente con su cédula.", "legal_pathway", "announced"),
    ("es", "Italia multará a los armadores que desembarquen migrantes.", "other", "announced"),
    ("es", "Los refugiados tendrán seis meses para regularizar su situación.", "regularisation", "announced"),
    ("es", "El Gobierno aplazó el registro biométrico.", "registration", "announced"),
    ("es", "Los solicitantes de asilo deben inscribirse en la comisaría.", "registration", "in_force"),
    ("es", "Las ONG exigen que los sirios puedan trabajar.", "regularisation", "advocated"),
    ("fr", "Le Bénin délivre depuis janvier des récépissés aux réfugiés togolais.",
     "regularisation", "in_force"),
    ("fr", "Les étrangers arrêtés à Bata sont reconduits à la frontière.", "expulsion_or_return", "applied"),
    ("fr", "L'Islande n'expulsera plus les familles vénézuéliennes.", "expulsion_or_return", "announced"),
    ("fr", "Genève loge depuis mars les requérants d'asile dans des hôtels.", "other", "in_force"),
    ("fr", "Chypre enfermera les déboutés dans un centre fermé.", "entry_restriction", "announced"),
    ("fr", "La Zambie recense depuis avril les réfugiés angolais.", "registration", "in_force"),
    ("fr", "La Lituanie a érigé une clôture le long de la frontière biélorusse.",
     "entry_restriction", "in_force"),
    ("fr", "Quelque 30 000 Syriens détiennent un titre de séjour provisoire.", "regularisation", "in_force"),
    ("fr", "L'amnistie n'a pas été prolongée.", "regularisation", "ended"),
    ("fr", "Rabat reprendra les mineurs refoulés de Ceuta.", "externalised_cooperation", "announced"),
    ("fr", "Vienne songe à transférer les demandeurs d'asile dans des pays tiers.",
     "externalised_cooperation", "proposed"),
    ("fr", "Une convention de réadmission avec Oman est en cours de négociation.",
     "agreement", "in_progress"),
    ("fr", "Le gouvernement déposera en juin un projet de loi durcissant le regroupement familial.",
     "other", "announced"),
    ("fr", "Les réfugiés maliens ont accès aux soins depuis mars.", "other", "in_force"),
    ("fr", "La Suède a décidé de ne plus accueillir les hommes seuls.", "entry_restriction", "announced"),
    ("pt", "Malta ergueu uma vedação de arame farpado ao longo da costa sul.",
     "entry_restriction", "in_force"),
    ("pt", "O Governo maltês deixou de expulsar para o Mali os requerentes recusados.",
     "expulsion_or_return", "ended"),
    ("pt", "Quem é detido sem passaporte acaba mandado de volta em poucas horas.",
     "expulsion_or_return", "in_force"),
    ("pt", "O Paraguai vai expulsar os estrangeiros condenados por tráfico.",
     "expulsion_or_return", "announced"),
    ("pt", "O Paraguai mantém 120 militares na fronteira com a Bolívia.",
     "enforcement_cooperation", "in_force"),
    ("pt", "Será criada em julho uma Agência Nacional de Migrações.", "institutional_reform", "announced"),
    ("pt", "O Uruguai atribuirá todos os anos 800 autorizações de trabalho a cubanos.",
     "legal_pathway", "announced"),
    ("pt", "Um projeto de lei em debate no Senado proíbe os requerentes de asilo de trabalhar.",
     "entry_restriction", "proposed"),
    ("pt", "Montevideu já não aceita famílias deportadas da Argentina.", "entry_restriction", "in_force"),
    ("pt", "Os venezuelanos deverão inscrever-se até agosto num balcão da capital.",
     "registration", "announced"),
    ("pt", "O Peru passa a recolher as impressões digitais de quem chega de barco.",
     "registration", "in_force"),
    ("pt", "O Chile recebe de volta os bolivianos recusados em Arica.",
     "externalised_cooperation", "in_force"),
    ("pt", "O tribunal deixou intacta a exigência de registo prévio das agências.",
     "registration", "in_force"),
    ("pt", "O Governo acabou com os vistos de procura de trabalho em março.", "legal_pathway", "ended"),
    ("pt", "Mensagens na rádio e cartazes alertam os jovens contra falsos recrutadores.",
     "information_campaign", "in_force"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "kind", "status"), TOLD)
def test_words_tell_a_measure_and_how_it_stands(language: str, text: str, kind: str, status: str) -> None:
    assert [(one.fields["kind"], one.fields["status"]) for one in policies_of(text, language, PUBLISHED)] == [
        (kind, status)
    ]


LASTING = [
    ("en", "No more than 450 permits will be granted between 1 June 2024 and 30 June 2025.", "2025-06-30"),
    ("en", "Stay permits are extended for a year, up to and including 30 April 2025.", "2025-04-30"),
    ("pt", "A fronteira com o Malawi reabrirá em 30 de junho de 2024.", "2024-06-30"),
]


@pytest.mark.parametrize(("language", "text", "until"), LASTING)
def test_a_period_or_a_reopening_sets_the_end(language: str, text: str, until: str) -> None:
    (one,) = policies_of(text, language, PUBLISHED)
    assert one.fields["expected_end"] == until


NONE = [
    ("en", "Almost 190,000 refugees have lived in the valley since March."),
    ("en", "It will resume if visa services in Tehran are restored."),
    ("es", "Los dos países no mantienen relaciones desde abril."),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_only_looks_like_a_measure_is_none(language: str, text: str) -> None:
    assert policies_of(text, language, PUBLISHED) == []
