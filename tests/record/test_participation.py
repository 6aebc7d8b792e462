"""Who signed, hosted, came, sent somebody else, stayed away or was not invited, said in many ways."""

from __future__ import annotations

import pytest
from participants import everyone, read, records, took_part

SIGNED = [
    ("en", "Twenty countries signed the Lima Declaration: Chile, Peru, Panama and Costa Rica."),
    ("en", "The Lima Declaration was endorsed by Chile, Peru, Panama and Costa Rica."),
    ("en", "The Lima Declaration has so far been signed by:\n\nChile\nPeru\nPanama\nCosta Rica\n"),
    ("en",
     "Ministers issued a joint declaration. Chile, Peru, Panama and Costa Rica were among the "
     "signatories."),
    ("en",
     "We, the Ministers of Labour of Chile, Peru, Panama and Costa Rica, meeting today, adopt this "
     "declaration:"),
    ("es", "Chile, Perú, Panamá y Costa Rica firmaron la Declaración de Lima."),
    ("es", "Los países firmantes de la Declaración de Lima son: Chile, Perú, Panamá y Costa Rica."),
    ("es", "La Declaración de Lima fue suscrita por Chile, por Perú, Panamá y Costa Rica."),
    ("es", "Suscriben la Declaración de Lima:\n\n- Chile\n- Perú\n- Panamá\n- Costa Rica\n"),
    ("es",
     "Nosotros, los Presidentes de Chile, Perú, Panamá y Costa Rica, adoptamos la Declaración de Lima."),
    ("fr", "Vingt pays ont signé la Déclaration de Lima : le Chili, le Pérou, le Panama et le Costa Rica."),
    ("fr", "La Déclaration de Lima a été signée par le Chili, le Pérou, le Panama et le Costa Rica."),
    ("fr",
     "Nous, ministres du Chili, du Pérou, du Panama et du Costa Rica, adoptons la Déclaration de Lima."),
    ("fr",
     "Les signataires de la Déclaration de Lima sont :\n\n- le Chili ;\n- le Pérou ;\n- le Panama "
     ";\n- le Costa Rica.\n"),
    ("pt", "Chile, Peru, Panamá e Costa Rica assinaram a Declaração de Lima."),
    ("pt", "A Declaração de Lima foi assinada pelos seguintes Estados: Chile, Peru, Panamá e Costa Rica."),
    ("pt", "Foram signatários da Declaração de Lima, aberta a outros: Chile, Peru, Panamá e Costa Rica."),
    ("pt",
     "Nós, os ministros do Chile, do Peru, do Panamá e da Costa Rica, adotamos a Declaração de Lima."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SIGNED)
def test_a_list_of_signatories_is_read_whole(language: str, text: str) -> None:
    assert took_part(read(language, text)) >= everyone(
        "CHL PER PAN CRI", "signatory", "political_declaration"
    )


NOT_INVITED = [
    ("en", "Cuba, Nicaragua and Venezuela were not invited to the Summit of the Americas."),
    ("en", "The exclusion of Cuba, Nicaragua and Venezuela from the Summit of the Americas drew protests."),
    ("en", "Biden left Cuba, Nicaragua and Venezuela off the guest list for the summit."),
    ("en",
     "The summit opened in Lima on Friday. Cuba, Nicaragua and Venezuela had not been asked to come."),
    ("es", "A la Cumbre de las Américas no fueron invitados los gobiernos de Cuba, Nicaragua y Venezuela."),
    ("es", "Estados Unidos no invitó a Cuba, Nicaragua ni Venezuela a la cumbre."),
    ("es", "La cumbre terminó el viernes. Quedaron fuera de la cita Cuba, Nicaragua y Venezuela."),
    ("fr", "Cuba, le Nicaragua et le Venezuela n'ont pas été invités au Sommet des Amériques."),
    ("fr", "N'ont pas été conviés au sommet les présidents de Cuba, du Nicaragua et du Venezuela."),
    ("fr", "Washington n'avait pas invité Cuba, le Nicaragua et le Venezuela au Sommet des Amériques."),
    ("fr", "Trois pays n'avaient pas été conviés au sommet : Cuba, le Nicaragua et le Venezuela."),
    ("pt", "Cuba, Nicarágua e Venezuela não foram convidadas para a Cúpula das Américas."),
    ("pt", "Os Estados Unidos não convidaram Cuba, Nicarágua e Venezuela para a cúpula."),
    ("pt", "A exclusão de Cuba, Nicarágua e Venezuela da Cúpula das Américas gerou protestos."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NOT_INVITED)
def test_who_was_not_invited_and_nobody_else(language: str, text: str) -> None:
    left_out = {one for one in took_part(read(language, text)) if one[1] == "not_invited"}
    assert {(name, kind) for name, _, kind in left_out} == {
        (name, "summit") for name in ("CUB", "NIC", "VEN")
    }


REPLACED = [
    ("en",
     "Mexican President Andrés Manuel López Obrador stepped down in protest at the exclusion of Cuba "
     "from the Summit of the Americas and sent Foreign Minister Marcelo Ebrard instead."),
    ("en",
     "Mexican President Andrés Manuel López Obrador decided not to travel to Los Angeles and was "
     "represented at the Summit of the Americas by Foreign Minister Marcelo Ebrard."),
    ("en",
     "The president of Mexico, Andrés Manuel López Obrador, said he would not attend the summit; "
     "Foreign Minister Marcelo Ebrard will go in his place."),
    ("es",
     "El presidente de México, Andrés Manuel López Obrador, se negó a asistir a la cumbre y envió en "
     "su lugar al canciller Marcelo Ebrard."),
    ("es",
     "México estuvo representado en la Cumbre de las Américas por su canciller, Marcelo Ebrard, "
     "después de que López Obrador declinara la invitación."),
    ("fr",
     "Le président mexicain Andrés Manuel López Obrador a boudé le Sommet des Amériques, où il s'est "
     "fait représenter par son ministre Marcelo Ebrard."),
    ("fr",
     "Le président mexicain Andrés Manuel López Obrador ne participera pas au sommet ; il y sera "
     "représenté par son ministre des Affaires étrangères, Marcelo Ebrard."),
    ("pt",
     "O presidente do México, Andrés Manuel López Obrador, boicotou a Cúpula das Américas e enviou o "
     "chanceler Marcelo Ebrard."),
    ("pt",
     "O presidente mexicano López Obrador renunciou a participar da Cúpula das Américas, e o México "
     "foi representado pelo chanceler Marcelo Ebrard."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), REPLACED)
def test_a_president_stayed_away_and_a_minister_came_in_his_place(language: str, text: str) -> None:
    """ "Stepped down" from a meeting is no change of office; the state was there all the same."""
    reading = read(language, text)
    assert ("obrador", "boycotted", "summit") in took_part(reading)
    came = [one for one in records(reading, "participation") if one["role"] == "attended_as_replacement"]
    assert [one["actor"].rpartition("-")[2] for one in came] == ["ebrard"]
    assert came[0]["replaces"].endswith("obrador")
    assert came[0]["for_state"] == "cty:MEX"


EXPECTED = [
    ("en",
     "Joe Biden, Justin Trudeau and Andrés Manuel López Obrador will meet in Mexico City on September "
     "9 and 10 for the North American Leaders' Summit."),
    ("es",
     "Los presidentes Joe Biden, Andrés Manuel López Obrador y el primer ministro Justin Trudeau se "
     "reunirán el 9 y 10 de septiembre en Ciudad de México en la Cumbre de Líderes de América del "
     "Norte."),
    ("fr",
     "Joe Biden, Justin Trudeau et Andrés Manuel López Obrador doivent se retrouver les 9 et 10 "
     "septembre à Mexico pour le sommet des dirigeants nord-américains."),
    ("pt",
     "Joe Biden, Justin Trudeau e López Obrador se encontrarão nos dias 9 e 10 de setembro na Cidade "
     "do México, na Cúpula de Líderes da América do Norte."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), EXPECTED)
def test_who_is_expected_at_a_summit_to_come(language: str, text: str) -> None:
    reading = read(language, text)
    assert took_part(reading) == everyone("biden trudeau obrador", "expected", "summit")
    (summit,) = (one for one in records(reading, "event") if one["kind"] == "summit")
    assert (summit["status"], summit["date"]) == ("scheduled", "2023-09-09/2023-09-10")
    assert len(summit["participants"]) == 3
    for one in reading["records"]:
        assert one["modality"] == "scheduled"


NOTHING = [
    ("en",
     "Migrants gathered at the border on Monday. More than 300 refugee children attend school in "
     "Tapachula."),
    ("en", "The US Congress adopted the law in March. Colombia signed up 300 nurses."),
    ("en", "He never invited trouble. The minister stepped down as party leader."),
    ("es", "Los niños refugiados asisten a la escuela. El Congreso adoptó la ley en marzo."),
    ("es", "Los migrantes se reunieron en la frontera. Chile envió alimentos a Haití."),
    ("fr", "Les enfants réfugiés assistent aux cours. Le Congrès a adopté la loi en mars."),
    ("fr", "Les migrants se sont réunis à la frontière. Le Chili recevra 64 millions de dollars."),
    ("pt", "As crianças refugiadas frequentam a escola. O Congresso adotou a lei em março."),
    ("pt", "Os migrantes se reuniram na fronteira. O Brasil enviou alimentos ao Haiti."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_words_that_mean_something_else_give_no_participant(language: str, text: str) -> None:
    assert took_part(read(language, text)) == set()


def test_presidents_who_stay_away_in_a_sentence_turned_round() -> None:
    text = "No asistieron los presidentes de Guatemala, Honduras y El Salvador a la cumbre."
    assert took_part(read("es", text)) == everyone("GTM HND SLV", "boycotted", "summit")


def test_a_host_is_not_the_list_of_guests() -> None:
    text = (
        "Conference on Asylum\nLima, 7 July 2023\n\nAt the invitation of Peru, delegations of Chile, "
        "Bolivia and Brazil took part."
    )
    assert took_part(read("en", text)) == everyone("CHL BOL BRA", "attended", "other") | {
        ("PER", "host", "other")
    }


def test_who_speaks_at_a_summit_was_there() -> None:
    text = (
        "Durante a cúpula, o presidente do Brasil, Jair Bolsonaro, garantiu que a Amazônia está preservada."
    )
    assert took_part(read("pt", text)) == {("bolsonaro", "attended", "summit")}


def test_a_coming_meeting_is_not_the_one_that_closed() -> None:
    text = (
        "The ministers closed their meeting in Lima on Friday. Cuba had not been invited. They will "
        "meet again in Quito in May 2024; Chile is expected to attend."
    )
    reading = read("en", text)
    closed, coming = records(reading, "event")
    assert (closed["status"], closed["place"]) == ("actual", "plc:lima")
    assert (coming["status"], coming["date"], coming["place"]) == ("scheduled", "2024-05", "plc:quito")
    of = {one["actor"]: one["of"] for one in records(reading, "participation")}
    assert of == {"cty:CUB": closed["id"], "cty:CHL": coming["id"]}


def test_signatures_are_counted_only_where_all_are_named() -> None:
    whole = read("en", "The Lima Declaration was signed by Chile, Peru and Panama.")
    (declaration,) = records(whole, "instrument")
    assert (declaration["n_signatories"], declaration["n_signatories_note"]) == (
        3,
        "derived: the list counted",
    )
    some = read("en", "Twenty states, including Chile, Peru and Panama, signed the Lima Declaration.")
    (declaration,) = records(some, "instrument")
    assert "n_signatories" not in declaration
    assert took_part(some) == everyone("CHL PER PAN", "signatory", "political_declaration")


BINDING = [
    ("en",
     "The Lima Charter creates no legal obligation and remains open to other states. Chile signed the "
     "Lima Charter."),
    ("es",
     "La Carta de Lima no es vinculante y está abierta a la adhesión de otros Estados. Chile firmó la "
     "Carta de Lima."),
    ("fr",
     "La Charte de Lima n'est pas juridiquement contraignante et reste ouverte à d'autres États. Le "
     "Chili a signé la Charte de Lima."),
    ("pt",
     "A Carta de Lima não tem força jurídica e permanece aberta a outros Estados. O Chile assinou a "
     "Carta de Lima."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), BINDING)
def test_what_binds_nobody_and_is_open_to_others_is_a_political_declaration(language: str, text: str) -> None:
    (charter,) = records(read(language, text), "instrument")
    assert (charter["binding"], charter["open_to_others"]) == (False, True)
    assert charter["kind"] == "political_declaration"


def test_one_announcement_told_twice_is_one_event() -> None:
    text = (
        "On July 7, the United States announced $40 million for Chile. At the Lima Conference on "
        "July 7, US Secretary of State Antony Blinken announced $40 million for shelters."
    )
    (told,) = (one for one in records(read("en", text), "event") if one["kind"] == "announcement")
    assert (told["date"], len(told["participants"])) == ("2023-07-07", 2)


MINUTES = [
    ("en",
     "Meeting on Returns\nQuito, 7 July 2023\n\nPresent: Chile, Colombia, Ecuador (Chair), "
     "Peru\nAbsent: Paraguay"),
    ("es",
     "Reunión sobre Retornos\nQuito, 7 de julio de 2023\n\nAsistentes: Chile, Colombia, Ecuador "
     "(presidencia), Perú\nAusentes: Paraguay"),
    ("fr",
     "Réunion sur les retours\nQuito, le 7 juillet 2023\n\nPrésents : Chili, Colombie, Équateur "
     "(présidence), Pérou\nAbsent : Paraguay"),
    ("pt",
     "Reunião sobre Retornos\nQuito, 7 de julho de 2023\n\nPresentes: Chile, Colômbia, Equador "
     "(presidência), Peru\nAusente: Paraguai"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), MINUTES)
def test_a_list_with_a_label_and_who_is_in_the_chair(language: str, text: str) -> None:
    reading = read(language, text)
    wanted = everyone("CHL COL ECU PER", "attended", "other")
    assert took_part(reading) == wanted | {("ECU", "host", "other"), ("PRY", "boycotted", "other")}
    (meeting,) = records(reading, "event")
    assert (meeting["date"], meeting["place"]) == ("2023-07-07", "plc:quito")


IDIOMS = [
    ("en",
     "Officials from Chile, Peru and Brazil wrapped up two days of talks in Lima on Friday. Argentina "
     "sent no one."),
    ("es",
     "Funcionarios de Chile, Perú y Brasil cerraron el viernes dos días de conversaciones en Lima. "
     "Argentina no envió a nadie."),
    ("fr",
     "Des responsables du Chili, du Pérou et du Brésil ont conclu vendredi à Lima deux jours de "
     "discussions. L'Argentine n'a envoyé personne."),
    ("pt",
     "Funcionários do Chile, do Peru e do Brasil encerraram na sexta-feira dois dias de conversas em "
     "Lima. A Argentina não mandou ninguém."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), IDIOMS)
def test_talks_that_officials_held_and_a_state_that_sent_nobody(language: str, text: str) -> None:
    wanted = everyone("CHL PER BRA", "attended", "other") | {("ARG", "boycotted", "other")}
    assert took_part(read(language, text)) == wanted


PERSONS_SIGN = [
    ("en",
     "The agreement was signed in Quito by Ecuador's foreign minister, Juan Carlos Holguín, and his "
     "Colombian counterpart, Álvaro Leyva."),
    ("es",
     "El acuerdo fue rubricado en Quito por el canciller ecuatoriano, Juan Carlos Holguín, y su "
     "homólogo colombiano, Álvaro Leyva."),
    ("pt",
     "O acordo foi rubricado em Quito pelo chanceler equatoriano, Juan Carlos Holguín, e pelo "
     "homólogo colombiano, Álvaro Leyva."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), PERSONS_SIGN)
def test_two_ministers_sign_for_their_states(language: str, text: str) -> None:
    signed = records(read(language, text), "participation")
    assert [one["role"] for one in signed] == ["signatory", "signatory"]
    assert [one["for_state"] for one in signed] == ["cty:ECU", "cty:COL"]


def test_the_states_of_signature_blocks_signed_what_the_title_names() -> None:
    text = (
        "DECLARATION ON SEASONAL WORK\n\nDone at Lima on 7 July 2023.\n\n"
        "For the Republic of Chile:\nGabriel Boric\n\nFor the Republic of Peru:\nDina Boluarte\n"
    )
    took = records(read("en", text), "participation")
    signed = {(one["actor"], one["for_state"]) for one in took if one["role"] == "signatory"}
    assert signed == {("per:gabriel-boric", "cty:CHL"), ("per:dina-boluarte", "cty:PER")}


def test_a_state_that_took_no_part_is_no_participant() -> None:
    text = "Delegados de Chile y Perú se reunieron en Lima. Haití, que no tomó parte en la reunión, protestó."
    assert took_part(read("es", text)) == everyone("CHL PER", "attended", "other")


def test_what_a_state_hosts_is_a_meeting_only_where_one_is_named() -> None:
    text = "The summit closed on Friday. Colombia hosts 2 million Venezuelans and will receive 450 refugees."
    assert took_part(read("en", text)) == set()


LISTS = [
    ("en", "Four states (Chile, Peru, Panama and Costa Rica) adopted the Lima Declaration on Friday."),
    ("en", "Signing the Lima Declaration were Chile, Peru, Panama and Costa Rica."),
    ("en",
     "Presidents of Chile and Peru and the ministers of Panama and Costa Rica signed the Lima "
     "Declaration."),
    ("es",
     "Doce países (Chile, Perú, Panamá y Costa Rica, entre otros) rubricaron ayer la Declaración de "
     "Lima."),
    ("es",
     "La Declaración de Lima lleva la firma de los presidentes de Chile y Perú y de los cancilleres "
     "de Panamá y Costa Rica."),
    ("fr", "Se sont joints à la Déclaration de Lima le Chili, le Pérou, le Panama et le Costa Rica."),
    ("fr",
     "La Déclaration de Lima porte la signature des présidents du Chili et du Pérou, et des ministres "
     "du Panama et du Costa Rica."),
    ("pt",
     "Quatro países (Chile, Peru, Panamá e Costa Rica) adotaram na sexta-feira a Declaração de Lima."),
    ("pt",
     "A Declaração de Lima leva a assinatura dos presidentes do Chile e do Peru e dos chanceleres do "
     "Panamá e da Costa Rica."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), LISTS)
def test_lists_in_brackets_turned_round_and_over_two_offices(language: str, text: str) -> None:
    wanted = everyone("CHL PER PAN CRI", "signatory", "political_declaration")
    assert took_part(read(language, text)) == wanted


SAID_OTHERWISE = [
    ("en", "Neither Chile nor Peru was invited to the summit in Quito.", {"not_invited": "CHL PER"}),
    ("es", "Ni Chile ni Perú fueron invitados a la cumbre de Quito.", {"not_invited": "CHL PER"}),
    ("fr", "Ni le Chili ni le Pérou n’ont été conviés au sommet de Quito.", {"not_invited": "CHL PER"}),
    ("pt", "Nem o Chile nem o Peru foram convidados para a cúpula de Quito.", {"not_invited": "CHL PER"}),
    ("es", "Ni Chile ni Perú firmaron la Declaración de Quito.", {}),
    ("en", "The summit in Accra closed. Togo came without a pledge; Benin ruled out attending.",
     {"attended": "TGO", "boycotted": "BEN"}),
    ("en", "Kenya, the host country, and the Red Cross told the summit of it.", {"host": "KEN"}),
    ("fr", "Le sommet est clos. Le Togo a refusé : son moratoire ne sera pas renouvelé.", {}),
    ("en", "The summit closed. Officials praised the towns that host them, Kenya said.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), SAID_OTHERWISE)
def test_pairs_denied_hosts_told_aside_and_comings_and_goings(
    language: str, text: str, wanted: dict[str, str]
) -> None:
    assert {(name, role) for name, role, _ in took_part(read(language, text))} == {
        (name, role) for role, names in wanted.items() for name in names.split()
    }


AWAITED = [
    ("en", "Minister Ana Rojas was expected at the summit in Lima but sent her deputy, Juan Díaz."),
    ("fr", "La ministre Ana Rojas, attendue au sommet, s’est fait remplacer par le vice-ministre Juan Díaz."),
]


@pytest.mark.parametrize(("language", "text"), AWAITED)
def test_who_was_awaited_and_sent_another_stayed_away(language: str, text: str) -> None:
    came, away = sorted(records(read(language, text), "participation"), key=lambda one: one["role"])
    assert (came["role"], came["replaces"], away["role"]) == (
        "attended_as_replacement", away["actor"], "boycotted"
    )  # fmt: skip


def test_the_meeting_of_the_headline_is_that_of_the_story() -> None:
    text = (
        "Kampala conference raises half the money\n\nThe Great Lakes Refugee Conference ended on Friday. "
        "It was hosted by Uganda.\n\nRwanda was not invited."
    )
    assert len({one["of"] for one in records(read("en", text), "participation")}) == 1
