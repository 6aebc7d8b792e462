"""Who signed, was left out, came, sent another or stayed away: frames of news and communiqués."""

from __future__ import annotations

import pytest
from participants import read, records, took_part

SIGNED = [
    ("en",
     "Ten governments put their names to the Quito Declaration on Friday: Bolivia, Brazil, Chile, "
     "Colombia, Ecuador and Peru.",
     {"signatory": "BOL BRA CHL COL ECU PER"}),
    ("en",
     "The Quito Declaration was approved by eight of the ten delegations. Those backing it were "
     "Bolivia, Brazil, Chile and Peru; Argentina and Paraguay abstained.",
     {"signatory": "BOL BRA CHL PER"}),
    ("en",
     "Signatory States: Bolivia, Brazil, Chile and Peru\n\nThe Quito Declaration remains open.",
     {"signatory": "BOL BRA CHL PER"}),
    ("en",
     "Ecuador has concluded an agreement with Panama on the return of migrants.",
     {"signatory": "ECU PAN"}),
    ("en",
     "Italy, Malta and Greece were the first to sign the Valletta Charter; Cyprus and Spain followed "
     "on Friday.",
     {"signatory": "ITA MLT GRC CYP ESP"}),
    ("en",
     "The Valletta Charter counts France, Italy, Malta and Greece among its signatories.",
     {"signatory": "FRA ITA MLT GRC"}),
    ("en",
     "The leaders of Chile, Colombia, Ecuador and Peru put their signatures to the Lima Declaration on "
     "Friday, with Brazil and Mexico expected to join later.",
     {"signatory": "CHL COL ECU PER"}),
    ("en",
     "The agreement was signed by the interior ministers of Italy and Tunisia in Rome on Tuesday.",
     {"signatory": "ITA TUN"}),
    ("es",
     "Bolivia, Brasil y Chile estamparon su firma en la Declaración de Quito, lo mismo que México y "
     "Panamá.",
     {"signatory": "BOL BRA CHL MEX PAN"}),
    ("es",
     "Ocho países dieron su respaldo a la Declaración de Quito: Bolivia, Brasil, Chile y Perú. "
     "Argentina se abstuvo de firmar.",
     {"signatory": "BOL BRA CHL PER"}),
    ("es",
     "DECLARACIÓN DE QUITO SOBRE MOVILIDAD\n\nReafirmamos el principio de responsabilidad "
     "compartida.\n\nHecha en Quito, el 4 de mayo de 2023, por Bolivia, Brasil, Chile y Perú.",
     {"signatory": "BOL BRA CHL PER"}),
    ("es",
     "El acuerdo entre Ecuador y Panamá, suscrito ayer en Quito, prevé 500 permisos.",
     {"signatory": "ECU PAN"}),
    ("es",
     "Los catorce países que suscribieron la Carta de Lima son Perú, Chile, Bolivia y Ecuador.",
     {"signatory": "PER CHL BOL ECU"}),
    ("es",
     "Perú, Chile y Bolivia fueron los primeros en firmar la Carta de Lima; Argentina y Brasil lo "
     "hicieron el viernes.",
     {"signatory": "PER CHL BOL ARG BRA"}),
    ("es",
     "Los presidentes de Chile, Colombia y Ecuador estamparon su firma en la Declaración de Lima, a la "
     "que Brasil y México podrían adherirse más adelante.",
     {"signatory": "CHL COL ECU"}),
    ("es",
     "El acuerdo fue firmado por los ministros del Interior de Italia y Túnez en Roma el martes.",
     {"signatory": "ITA TUN"}),
    ("fr",
     "Dix pays ont apposé leur signature au bas de la Déclaration de Quito : la Bolivie, le Brésil, le "
     "Chili et le Pérou.",
     {"signatory": "BOL BRA CHL PER"}),
    ("fr",
     "La Déclaration de Quito a recueilli la signature de la Bolivie, du Brésil, du Chili et du Pérou.",
     {"signatory": "BOL BRA CHL PER"}),
    ("fr",
     "L'accord avec le Ghana, signé à Accra le 6 février, entrera en vigueur en septembre.",
     {"signatory": "GHA"}),
    ("fr",
     "L'Équateur a signé avec le Panama un protocole d'accord sur les retours.",
     {"signatory": "ECU PAN"}),
    ("fr",
     "La Charte de Tunis, à laquelle ont souscrit la France, l'Italie, Malte et la Grèce, n'est pas "
     "contraignante.",
     {"signatory": "FRA ITA MLT GRC"}),
    ("fr",
     "La France, l'Italie et Malte ont été les premières à signer la Charte de Tunis, suivies de la "
     "Grèce.",
     {"signatory": "FRA ITA MLT GRC"}),
    ("fr",
     "Les gouvernements du Canada, du Mexique et des États-Unis d'Amérique adoptent la présente "
     "Déclaration sur la mobilité.",
     {"signatory": "CAN MEX USA"}),
    ("fr",
     "L'accord conclu entre l'Espagne et le Maroc en 2001 régit le recrutement.",
     {"signatory": "ESP MAR"}),
    ("pt",
     "Assinaram a Declaração de Quito a Bolívia, o Brasil e o Chile, bem como o México e o Panamá.",
     {"signatory": "BOL BRA CHL MEX PAN"}),
    ("pt",
     "A cúpula terminou na sexta-feira com a adoção de uma declaração conjunta. Assinaram Bolívia, "
     "Brasil, Chile e Peru.",
     {"signatory": "BOL BRA CHL PER"}),
    ("pt",
     "DECLARAÇÃO DE QUITO SOBRE MOBILIDADE\n\nReafirmamos o princípio da responsabilidade "
     "partilhada.\n\nFeita em Quito, aos 4 de maio de 2023, pela Bolívia, pelo Brasil, pelo Chile e "
     "pelo Peru.",
     {"signatory": "BOL BRA CHL PER"}),
    ("pt",
     "O acordo entre o Quénia e a Etiópia, rubricado na semana passada em Nairobi, abrange 10 mil "
     "trabalhadores.",
     {"signatory": "KEN ETH"}),
    ("pt",
     "Catorze governos deram aval à Carta de Lisboa: Portugal, Espanha, França e Itália.",
     {"signatory": "PRT ESP FRA ITA"}),
    ("pt",
     "A Carta de Lisboa, à qual aderiram Portugal, Espanha, França e Itália, não é vinculativa.",
     {"signatory": "PRT ESP FRA ITA"}),
    ("pt",
     "DECLARAÇÃO DE ACRA\n\nAdotaram a presente Declaração: Gana, Togo, Benim e Senegal.",
     {"signatory": "GHA TGO BEN SEN"}),
    ("pt",
     "O acordo foi assinado na terça-feira em Roma pelos ministros do Interior da Itália e da Tunísia.",
     {"signatory": "ITA TUN"}),
]  # fmt: skip


LEFT_OUT = [
    ("en",
     "The summit opened in Quito on Friday. Nicaragua was left off the guest list and Cuba received no "
     "invitation.",
     {"not_invited": "NIC CUB"}),
    ("en",
     "Ecuador, the host country, chose not to invite Venezuela to the summit.",
     {"host": "ECU", "not_invited": "VEN"}),
    ("en",
     "The organisers of the Accra summit did not extend an invitation to Mali, Niger or Burkina Faso.",
     {"not_invited": "MLI NER BFA"}),
    ("en",
     "The absence of Mali, Niger and Burkina Faso, whose juntas were not asked to the Accra summit, "
     "dominated the talks.",
     {"not_invited": "MLI NER BFA"}),
    ("en",
     "LIMA, June 9 (Reuters) - Leaders from 18 countries issued a joint pledge on Friday to share "
     "responsibility for migrants. U.S. President Joe Biden and his counterparts from Colombia, "
     "Ecuador, Chile and Peru unveiled the Lima Declaration at the close of a summit overshadowed by "
     "absences.\n\nThe presidents of Guatemala, Honduras and El Salvador stayed home. Mexico's Andrés "
     "Manuel López Obrador refused to come because Cuba, Nicaragua and Venezuela had been shut out, "
     "and dispatched Foreign Minister Marcelo Ebrard in his place.",
     {"boycotted": "GTM HND SLV obrador",
      "not_invited": "CUB NIC VEN",
      "attended_as_replacement": "ebrard"}),
    ("en",
     "The United States, which barred Cuba, Nicaragua and Venezuela from the Summit of the Americas, "
     "said the decision was final.",
     {"not_invited": "CUB NIC VEN"}),
    ("es",
     "La cumbre empezó el viernes en Quito. Quien no recibió invitación fue Nicaragua.",
     {"not_invited": "NIC"}),
    ("es",
     "La cumbre empezó el viernes en Quito. A Nicaragua no la invitaron y Cuba se enteró por la prensa.",
     {"not_invited": "NIC"}),
    ("es",
     "No fueron convocados a la cumbre de Lima ni Venezuela ni Nicaragua.",
     {"not_invited": "VEN NIC"}),
    ("es",
     "La cumbre se celebró en Lima sin Venezuela, Nicaragua ni Cuba, a los que el Gobierno peruano no "
     "invitó.",
     {"not_invited": "VEN NIC CUB"}),
    ("es",
     "Perú, que ejerció de anfitrión de la cumbre, dejó fuera de la lista a Venezuela y Nicaragua.",
     {"host": "PER", "not_invited": "VEN NIC"}),
    ("es",
     "Estados Unidos, que vetó a Cuba, Nicaragua y Venezuela en la Cumbre de las Américas, mantuvo su "
     "decisión.",
     {"not_invited": "CUB NIC VEN"}),
    ("fr",
     "Le sommet s'est ouvert vendredi à Quito. Quant au Nicaragua, il n'avait pas été invité.",
     {"not_invited": "NIC"}),
    ("fr",
     "L'Équateur, pays hôte du sommet, a choisi de ne pas convier le Venezuela.",
     {"host": "ECU", "not_invited": "VEN"}),
    ("fr",
     "Le Mali, le Niger et le Burkina Faso n'étaient pas invités au sommet d'Accra.",
     {"not_invited": "MLI NER BFA"}),
    ("fr",
     "Le sommet d'Accra s'est tenu sans le Mali, le Niger et le Burkina Faso, non conviés.",
     {"not_invited": "MLI NER BFA"}),
    ("fr",
     "Le Ghana, qui accueille le sommet à Accra, a écarté le Mali et le Niger.",
     {"host": "GHA", "not_invited": "MLI NER"}),
    ("fr",
     "Les États-Unis, qui ont écarté Cuba, le Nicaragua et le Venezuela du Sommet des Amériques, ont "
     "maintenu leur décision.",
     {"not_invited": "CUB NIC VEN"}),
    ("pt",
     "A cúpula começou na sexta-feira em Quito. A Nicarágua ficou fora da lista de convidados e Cuba "
     "não recebeu convite.",
     {"not_invited": "NIC CUB"}),
    ("pt",
     "O Equador, anfitrião da cúpula, optou por não convidar a Venezuela.",
     {"host": "ECU", "not_invited": "VEN"}),
    ("pt",
     "Todos os países da região foram convidados para a cúpula de Lima, exceto Venezuela, Nicarágua e "
     "Cuba.",
     {"not_invited": "VEN NIC CUB"}),
    ("pt",
     "A cúpula de Lima aconteceu sem Venezuela, Nicarágua e Cuba, que não receberam convite.",
     {"not_invited": "VEN NIC CUB"}),
    ("pt",
     "LOS ANGELES, 10 de junho (Lusa) - Vinte países subscreveram na sexta-feira, no fim da cimeira, a "
     "Declaração de Los Angeles, promovida pelos Estados Unidos: Argentina, Barbados, Belize, Brasil e "
     "Canadá.\n\nOs presidentes da Guatemala, das Honduras e de El Salvador não compareceram. O "
     "mexicano Andrés Manuel López Obrador recusou-se a ir por causa da exclusão de Cuba, Nicarágua e "
     "Venezuela e enviou o chanceler Marcelo Ebrard.",
     {"signatory": "ARG BRB BLZ BRA CAN",
      "boycotted": "GTM HND SLV obrador",
      "not_invited": "CUB NIC VEN",
      "attended_as_replacement": "ebrard"}),
    ("pt",
     "Os Estados Unidos, que vetaram Cuba, Nicarágua e Venezuela na Cúpula das Américas, mantiveram a "
     "decisão.",
     {"not_invited": "CUB NIC VEN"}),
]  # fmt: skip


MET = [
    ("en",
     "Taliban officials said they had not been asked to the conference, which Qatar hosted in Doha. "
     "Afghanistan's seat stayed empty.",
     {"host": "QAT"}),
    ("en",
     "The Peruvian president, held up in Lima by a budget vote, was represented at the summit by "
     "Foreign Minister Ernesto Villacorta.",
     {"attended_as_replacement": "villacorta", "boycotted": "boluarte"}),
    ("en",
     "At the donor conference in Nairobi in May, the European Union announced 45 million dollars, "
     "Norway 12 million and the World Bank up to 100 million.",
     {"attended": "eu NOR bank"}),
    ("en",
     "The summit in Quito will bring together the leaders of Peru, Chile and Bolivia next month.",
     {"expected": "PER CHL BOL"}),
    ("en",
     "Kenya and Sudan confirmed they would attend the meeting in Entebbe in July. Rwanda has yet to "
     "reply to its invitation.",
     {"expected": "KEN SDN RWA"}),
    ("en",
     "Ghana is hosting the summit in Accra this week. Egypt and Morocco declined to attend, citing the "
     "dispute over Western Sahara.",
     {"host": "GHA", "boycotted": "EGY MAR"}),
    ("en", "Kenya has offered to host the next round of talks in Nairobi in October.", {"host": "KEN"}),
    ("es",
     "La canciller anfitriona, Gabriela Sommerfeld, inauguró la cumbre en Quito.",
     {"host": "sommerfeld"}),
    ("es",
     "Los ministros lamentaron la ausencia de Haití en la reunión celebrada ayer en Lima.",
     {"boycotted": "HTI"}),
    ("es",
     "En la conferencia de donantes de Nairobi, en mayo, la Unión Europea anunció 45 millones de "
     "dólares, Noruega 12 millones y el Banco Mundial hasta 100 millones.",
     {"attended": "eu NOR bank"}),
    ("es",
     "La cumbre de Quito congregó a los presidentes de Perú, Chile y Bolivia.",
     {"attended": "PER CHL BOL"}),
    ("es",
     "Brasil y Argentina declinaron participar en la cumbre de Lima por el conflicto comercial con "
     "Perú.",
     {"boycotted": "BRA ARG"}),
    ("es",
     "Ministros de Chile, Bolivia y Ecuador se darán cita en Lima el 12 de agosto para la cumbre.",
     {"expected": "CHL BOL ECU"}),
    ("es",
     "COMUNICADO CONJUNTO\n\nLos cancilleres de Chile, Perú y Bolivia se reunieron hoy en Arica. "
     "Argentina participó en calidad de observadora. Brasil no pudo asistir.",
     {"attended": "CHL PER BOL ARG", "expected": "BRA"}),
    ("fr",
     "Le sommet s'est tenu à Quito. Autres absents, le Guyana et le Suriname, pourtant attendus.",
     {"expected": "GUY SUR"}),
    ("fr",
     "Les ministres ont regretté l'absence d'Haïti à la conférence, qui s'est tenue mardi à Lima.",
     {"boycotted": "HTI"}),
    ("fr",
     "Le Brésil, la France et le Guyana, réunis à Cayenne à l'invitation de la France, ont adopté la "
     "Déclaration de Cayenne.",
     {"signatory": "BRA FRA GUY", "host": "FRA", "attended": "BRA FRA GUY"}),
    ("fr",
     "La prochaine réunion se tiendra à Montevideo en 2024, sous la présidence de l'Uruguay.",
     {"host": "URY"}),
    ("fr",
     "Les délégations du Soudan et du Tchad se sont rendues à Genève pour les pourparlers. L'Égypte "
     "n'y a envoyé personne.",
     {"attended": "SDN TCD", "boycotted": "EGY"}),
    ("fr",
     "Le président Bola Tinubu a fait l'impasse sur le sommet d'Accra ; son vice-président, Kashim "
     "Shettima, l'y a remplacé.",
     {"boycotted": "tinubu", "attended_as_replacement": "shettima"}),
    ("fr",
     "Le Kenya s'est proposé pour accueillir la prochaine réunion à Nairobi en octobre.",
     {"host": "KEN"}),
    ("pt",
     "A cimeira decorreu em Quito. Outros ausentes foram a Guiana e o Suriname.",
     {"boycotted": "GUY SUR"}),
    ("pt",
     "Os ministros lamentaram a ausência do Haiti na reunião realizada ontem em Lima.",
     {"boycotted": "HTI"}),
    ("pt",
     "A reunião decorreu ontem em Lima. A Espanha e o Banco Mundial participaram como observadores.",
     {"attended": "ESP bank"}),
    ("pt",
     "A próxima reunião terá lugar em Montevidéu, em 2024, sob a presidência do Uruguai.",
     {"host": "URY"}),
    ("pt",
     "Delegações do Sudão e do Chade viajaram para Genebra para as conversações. O Egito não enviou "
     "ninguém.",
     {"attended": "SDN TCD", "boycotted": "EGY"}),
    ("pt",
     "Ministros do Chile, da Bolívia e do Equador reuniram-se na segunda-feira em Lima para a cúpula, "
     "na qual a OIM também participou.",
     {"attended": "CHL BOL ECU iom"}),
    ("pt", "O Quénia ofereceu-se para acolher a próxima reunião, em outubro.", {"host": "KEN"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), [*SIGNED, *LEFT_OUT, *MET])
def test_who_took_part_in_which_role_and_nobody_else(
    language: str, text: str, wanted: dict[str, str]
) -> None:
    found = {(name, role) for name, role, _ in took_part(read(language, text))}
    assert found == {(name, role) for role, names in wanted.items() for name in names.split()}


NOBODY = [
    ("en", "Done at Quito on 4 May 2023 by Bolivia, Brazil, Chile and Peru."),
    ("en", "Canada welcomed the agreement between the parties. Spain urged others to sign the convention."),
    ("en", "The president of Chile said Peru should have been invited to the summit."),
    ("es", "España celebró el acuerdo entre las partes y pidió a Francia que firme la convención."),
    ("fr",
     "La Colombie accueille 2,8 millions de Vénézuéliens. Les États-Unis ont envoyé des vivres en "
     "Haïti."),
    ("pt", "A Colômbia acolhe 2,8 milhões de venezuelanos. Os Estados Unidos enviaram alimentos ao Haiti."),
    ("en",
     "No Afghan delegation was present at the talks in Doha, because the Taliban had not been invited, "
     "Qatar said."),
    ("en",
     "The court ruled that the state may not return migrants to Mexico. Texas and Florida joined the "
     "suit."),
    ("fr", "En signe de solidarité, la France a demandé à l'Italie d'adopter la Charte de Tunis."),
    ("en",
     "Children attend school in Lebanon. Jordan hosts 650,000 Syrians. Egypt opposed the plan at the "
     "United Nations."),
    ("fr", "Les enfants assistent aux cours au Liban. La Jordanie accueille 650 000 Syriens."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NOBODY)
def test_wishes_refusals_and_others_take_no_part(language: str, text: str) -> None:
    assert took_part(read(language, text)) == set()


OWN = [
    ("en", "JOINT DECLARATION", "Recalling the Tacna Declaration of 2023, the Parties agree as follows.",
     "Signed:\n\nFor Chile\nFor Peru"),
    ("es", "COMUNICADO CONJUNTO", "Recordando la Declaración de Tacna de 2023, los Estados acuerdan.",
     "Firman:\n\nPor Chile, Ana Rojas, ministra\nPor Perú, Juan Díaz, ministro"),
    ("fr", "DÉCLARATION CONJOINTE DE LIMA", "Rappelant la Déclaration de Tacna, les États conviennent.",
     "Fait à Lima, le 4 mai 2023, par le Chili et le Pérou."),
    ("pt", "DECLARAÇÃO CONJUNTA", "Recordando a Declaração de Tacna de 2023, os Estados acordam o seguinte.",
     "Feita em Lima, aos 4 de maio de 2023, pelo Chile e pelo Peru."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "recital", "signatures"), OWN)
def test_signatures_stand_under_the_text_itself_and_not_under_the_one_it_recalls(
    language: str, title: str, recital: str, signatures: str
) -> None:
    reading = read(language, f"{title}\n\n{recital}\n\n{signatures}\n")
    names = {one["id"]: one["name"] for one in records(reading, "instrument")}
    took = records(reading, "participation")
    signed = {one.get("for_state", one["actor"]): names[one["of"]] for one in took}
    assert signed == {"cty:CHL": title, "cty:PER": title}


HELD_UP = [
    ("en",
     "Minister Ana Rojas, held up in Lima by a vote, was represented at the summit by Minister Juan "
     "Díaz."),
    ("es",
     "La ministra Ana Rojas, retenida en Lima por una votación, estuvo representada en la cumbre por el "
     "canciller Juan Díaz."),
    ("fr",
     "La ministre Ana Rojas, retenue à Lima par un vote, était représentée au sommet par le ministre "
     "Juan Díaz."),
    ("pt",
     "A ministra Ana Rojas, retida em Lima por uma votação, foi representada na cúpula pelo chanceler "
     "Juan Díaz."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), HELD_UP)
def test_who_is_represented_stayed_away_for_the_reason_that_the_text_gives(language: str, text: str) -> None:
    came, away = sorted(records(read(language, text), "participation"), key=lambda one: one["role"])
    assert (came["replaces"], away["role"]) == (away["actor"], "boycotted")
    assert away["reason"] in text
