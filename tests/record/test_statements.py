"""Who says what, with which stance: in four languages, before the verb and after it, quoted and passed on."""

from __future__ import annotations

from typing import Any

import pytest

from travesia.record import Described, read_document
from travesia.record.documents import Document
from travesia.record.reading.nouns import Proposal


def _statements(text: str, language: str) -> list[Proposal]:
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text,
        described=Described(published="2022-12-20", language=language),
    )  # fmt: skip
    return [one for one in read_document(document).proposals if one.type == "statement"]


def _said(text: str, language: str) -> list[tuple[Any, str]]:
    return [(one.fields["speaker"], one.fields["stance"]) for one in _statements(text, language)]


SAYINGS = [
    ("en", "The president of Argentina, Alberto Fernández, criticised the exclusion of Cuba at the plenary.",
     "per:alberto-fernandez", "oppose"),
    ("en", '"We will keep the border open," White House spokesman John Kirby told reporters on Thursday.',
     "per:john-kirby", "announce"),
    ("en", "Biden was criticised by Republican governors over the border.", "Republican governors", "oppose"),
    ("en", "The plan drew fire from Republican senators, who accuse the administration of losing control.",
     "Republican senators", "accuse"),
    ("en", "Brazilian President Jair Bolsonaro assured Biden that the Amazon would be protected.",
     "per:jair-bolsonaro", "assurance"),
    ("en", "Germany denied on Tuesday that it had promised money to Tunis.", "cty:DEU", "refuse"),
    ("en", "Chile will support the text only if Peru signs it, Bolivia said on Monday.", "cty:CHL",
     "conditional_support"),
    ("en", "Relief agencies are calling for better access to the camps.", "Relief agencies", "demand"),
    ("es", "El presidente de Argentina, Alberto Fernández, criticó en el plenario la exclusión de Cuba.",
     "per:alberto-fernandez", "oppose"),
    ("es", '"No permitiremos que se cierre la frontera", dijo el viernes el portavoz de la Casa Blanca, '
     "John Kirby.", "per:john-kirby", "assurance"),
    ("es", "Biden fue duramente criticado por senadores republicanos.", "senadores republicanos", "oppose"),
    ("es", "López Obrador insistió el jueves en la necesidad de sustituir a la OEA.",
     "per:andres-manuel-lopez-obrador", "demand"),
    ("es", "México celebró el anuncio de Washington.", "cty:MEX", "support"),
    ("es", "Chile respaldará el plan siempre que Bolivia lo firme.", "cty:CHL", "conditional_support"),
    ("fr", "« Nous ne fermerons pas la frontière », a déclaré vendredi le porte-parole de la Maison Blanche, "
     "John Kirby.", "per:john-kirby", "assurance"),
    ("fr", "La droite américaine accuse Joe Biden de laxisme.", "droite américaine", "accuse"),
    ("fr", "Les gouverneurs républicains ont vivement critiqué la décision du président Joe Biden.",
     "gouverneurs républicains", "oppose"),
    ("fr", "Joe Biden s'est dit satisfait de la Déclaration de Los Angeles.", "per:joe-biden", "support"),
    ("fr", "Selon le HCR, les arrivées ont quadruplé depuis avril.", "org:unhcr", "report"),
    ("pt", "O presidente da Argentina, Alberto Fernández, criticou a exclusão de Cuba na plenária.",
     "per:alberto-fernandez", "oppose"),
    ("pt", '"Não vamos fechar a fronteira", afirmou na sexta-feira o porta-voz da Casa Branca, John Kirby.',
     "per:john-kirby", "assurance"),
    ("pt", "A direita americana acusa Biden de perder o controle.", "direita americana", "accuse"),
    ("pt", "Biden foi criticado por governadores republicanos.", "governadores republicanos", "oppose"),
    ("pt", "O Uruguai manifestou apoio ao programa.", "cty:URY", "support"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "speaker", "stance"), SAYINGS)
def test_who_speaks_and_where_they_stand(language: str, text: str, speaker: str, stance: str) -> None:
    assert (speaker, stance) in _said(text, language)
    assert len(_said(text, language)) == 1


# What is said tells the stance where the verb leaves it open.
CONTENTS = [
    ("en", "Kenya said it would not send anyone back to Somalia.", "cty:KEN", "assurance"),
    ("en", "Kenya said it would not take in more refugees.", "cty:KEN", "refuse"),
    ("en", "Kenya said donors must pay what they promised.", "cty:KEN", "demand"),
    ("en", "Kenya warned it would close the camps unless donors pay.", "cty:KEN", "demand"),
    ("en", "Kenya stressed that its offer depends on a ceasefire.", "cty:KEN", "conditional_support"),
    ("en", "Kenya said Somalia does not control its coast.", "cty:KEN", "accuse"),
    ("en", "Kenya called the text \"a historic step\".", "cty:KEN", "support"),
    ("en", "Kenya called the text \"a farce\".", "cty:KEN", "oppose"),
    ("en", "Kenya rejected the plan for camps.", "cty:KEN", "oppose"),
    ("en", "Kenya rejected the accusations of Somalia.", "cty:KEN", "refuse"),
    ("es", "Chile dijo que no deportará a menores.", "cty:CHL", "assurance"),
    ("es", "Chile aclaró que no recibirá a más deportados.", "cty:CHL", "refuse"),
    ("es", "Chile señaló que los donantes deben pagar lo prometido.", "cty:CHL", "demand"),
    ("es", "Chile advirtió que cerrará los albergues si los donantes no pagan.", "cty:CHL", "demand"),
    ("es", "Chile subrayó que su aporte queda sujeto a un acuerdo.", "cty:CHL", "conditional_support"),
    ("es", "Chile sostuvo que Bolivia no controla su frontera.", "cty:CHL", "accuse"),
    ("es", "Chile calificó el texto de «paso histórico».", "cty:CHL", "support"),
    ("es", "Chile tachó el texto de «farsa».", "cty:CHL", "oppose"),
    ("es", "Chile rechazó el plan de campamentos.", "cty:CHL", "oppose"),
    ("fr", "Le Kenya a précisé que personne ne serait expulsé.", "cty:KEN", "assurance"),
    ("fr", "Le Kenya a prévenu qu’il n’accueillerait pas d’autres réfugiés.", "cty:KEN", "refuse"),
    ("fr", "Le Kenya estime que les bailleurs doivent payer.", "cty:KEN", "demand"),
    ("fr", "Le Kenya a souligné que son offre dépend d’un cessez-le-feu.", "cty:KEN", "conditional_support"),
    ("fr", "Le Kenya a qualifié le texte de « mascarade ».", "cty:KEN", "oppose"),
    ("fr", "Le Kenya a rejeté l’idée d’un quota.", "cty:KEN", "oppose"),
    ("fr", "Le Kenya ne cache pas son hostilité au plan.", "cty:KEN", "oppose"),
    ("pt", "O Chile disse que não deportará menores.", "cty:CHL", "assurance"),
    ("pt", "O Chile esclareceu que não receberá mais deportados.", "cty:CHL", "refuse"),
    ("pt", "O Chile afirmou que os doadores devem pagar o prometido.", "cty:CHL", "demand"),
    ("pt", "O Chile avisou que fechará os abrigos se os doadores não pagarem.", "cty:CHL", "demand"),
    ("pt", "O Chile frisou que a sua oferta depende de um cessar-fogo.", "cty:CHL", "conditional_support"),
    ("pt", "O Chile classificou o texto como \"farsa\".", "cty:CHL", "oppose"),
    ("pt", "O Chile rejeitou o plano de acampamentos.", "cty:CHL", "oppose"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "speaker", "stance"), CONTENTS)
def test_what_is_said_tells_where_somebody_stands(
    language: str, text: str, speaker: str, stance: str
) -> None:
    assert _said(text, language) == [(speaker, stance)]


# Speakers that no list names, and those that stand far from their verb.
WORDED = [
    ("en", "\"They left us alone,\" Mayor Luis Peña complained.", "per:luis-pena", "oppose"),
    ("en", "The Growers' Federation demanded more permits.", "org:growers-federation", "demand"),
    ("en", "Barbados Prime Minister Mia Mottley, who hosted the meeting, praised the text.",
     "per:mia-mottley", "support"),
    ("es", "El Cabildo de Gran Canaria apoyó la cifra.", "org:cabildo-de-gran-canaria", "support"),
    ("es", "\"No hay acuerdo\", zanjó la gobernadora de la provincia, Ana Solís.", "per:ana-solis", "oppose"),
    ("fr", "La Maison des réfugiés réclame un moratoire.", "La Maison des réfugiés", "demand"),
    ("fr", "La ministre des Réfugiés, Grace Nabwire, a rejeté ces accusations.",
     "per:grace-nabwire", "refuse"),
    ("fr", "Pour Human Rights Watch, l’accord est un recul.", "org:hrw", "oppose"),
    ("pt", "A prefeitura de Boa Vista pede mais verbas.", "A prefeitura de Boa Vista", "demand"),
    ("pt", "A decisão foi condenada pelos sindicatos.", "sindicatos", "oppose"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "speaker", "stance"), WORDED)
def test_speakers_that_no_list_names_stay_in_their_words(
    language: str, text: str, speaker: str, stance: str
) -> None:
    ((said, stood),) = _said(text, language)
    assert (speaker in str(said), stood) == (True, stance)


CHAINS = [
    ("en", "Honduras, for its part, backed the text but demanded more funds.", ["support", "demand"]),
    ("es", "Honduras, por su parte, respaldó el texto pero exigió más fondos.", ["support", "demand"]),
    ("fr", "Le Honduras, lui, a salué le texte et réclamé des fonds.", ["support", "demand"]),
    ("pt", "Honduras, por sua vez, apoiou o texto, mas exigiu mais recursos.", ["support", "demand"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stances"), CHAINS)
def test_one_subject_serves_the_verbs_that_follow(language: str, text: str, stances: list[str]) -> None:
    assert sorted(_said(text, language)) == sorted(("cty:HND", stance) for stance in stances)


def test_an_answer_rules_something_out_without_a_verb_of_saying() -> None:
    text = (
        "MINISTER: Thank you.\n\nQUESTION: Will Kenya close the camps?\n\n"
        "MINISTER: No. Kenya will not close them.\n\nQUESTION: Is there a deal?\n\n"
        "MINISTER: There is no such agreement.\n"
    )
    assert [stance for _, stance in _said(text, "en")] == ["assurance", "refuse"]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "The Supreme Court rejected the appeal and ordered a new trial."),
    ("en", "The bank approved a loan."),
    ("es", "Los visados que exige la ley cuestan 20 euros."),
    ("fr", "Le tribunal a rejeté le recours et ordonné la réouverture du bureau."),
    ("pt", "Os candidatos devem pedir agendamento na embaixada."),
])  # fmt: skip
def test_rulings_and_requirements_are_no_statements(language: str, text: str) -> None:
    assert _said(text, language) == []


RELAYS = [
    ("en", "White House spokesman John Kirby said that Biden asked Bolsonaro for guarantees.", "demand"),
    ("es", "El portavoz John Kirby indicó que Biden pidió garantías a Bolsonaro.", "demand"),
    ("fr", "Le porte-parole John Kirby a indiqué que Joe Biden a demandé des garanties à Jair Bolsonaro.",
     "demand"),
    ("pt", "O porta-voz John Kirby disse que Biden pediu garantias a Bolsonaro.", "demand"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stance"), RELAYS)
def test_who_passes_a_statement_on_stands_before_who_made_it(language: str, text: str, stance: str) -> None:
    (told,) = _statements(text, language)
    assert (told.fields["speaker"], told.fields["stance"]) == ("per:joe-biden", stance)
    assert told.fields["relayed_by"] == "per:john-kirby"
    assert told.attribution == ("per:john-kirby", "per:joe-biden")
    assert told.certainty == "reported"


SILENT = [
    ("en", "The United States announced $314 million for Venezuelans."),
    ("en", "Italy said it would take in 3,500 people from reception centres in Tunisia."),
    ("en", "The funding provides support to communities in Colombia; reports and claims are checked."),
    ("en", "Guinea declined to attend, in protest at the choice of venue."),
    ("en", "The governments of the United States and Belize hosted a meeting."),
    ("es", "Esto incluye apoyo para los venezolanos dentro de Venezuela."),
    ("es", "Estados Unidos anunció que aportará 314 millones de dólares para los venezolanos."),
    ("fr", "Les États-Unis ont annoncé que 314 millions de dollars seront versés pour les Vénézuéliens."),
    ("fr", "Le soutien des États-Unis aux pays d'accueil et les demandes d'asile augmentent."),
    ("pt", "O vice-presidente Pence anunciou que os Estados Unidos fornecerão US$ 61 milhões."),
    ("pt", "O apoio dos Estados Unidos e os pedidos de refúgio aumentaram."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_nouns_names_promises_of_money_and_absences_are_no_statements(language: str, text: str) -> None:
    assert _said(text, language) == []


def test_in_a_transcript_we_is_who_has_the_word_and_questions_are_nobodys() -> None:
    text = (
        "SECRETARY BLINKEN: We call on all governments in the region to do more.\n\n"
        "QUESTION: Do we reject that?\n\nSECRETARY BLINKEN: We welcome the decision of Colombia.\n"
    )
    assert _said(text, "en") == [("per:antony-blinken", "demand"), ("per:antony-blinken", "support")]


def test_a_turn_by_office_is_of_who_was_introduced_with_it() -> None:
    text = (
        "Comparece la ministra de Migraciones, Inés Valcárcel.\n\nMINISTRA.– Gracias. Pedimos ayuda.\n\n"
        "PREGUNTA (EFE).– ¿Y la crítica?\n\nMINISTRA.– No comparto esa crítica.\n"
    )
    assert _said(text, "es") == [("per:ines-valcarcel", "demand"), ("per:ines-valcarcel", "refuse")]


def test_criticism_that_says_what_somebody_does_wrong_accuses() -> None:
    text = "Le président nigérian, Chukwudi Eze, a fustigé « une Europe qui sous-traite ses frontières »."
    assert _said(text, "fr") == [("per:chukwudi-eze", "accuse")]
    assert _said("Kenya's prime minister did not condemn the army.", "en") == []


def test_the_members_of_a_list_have_the_subject_above_them() -> None:
    text = "Los participantes:\n\na) Rechazaron toda medida unilateral.\n\nb) Celebraron los avances.\n"
    assert _said(text, "es") == [("participantes", "oppose"), ("participantes", "support")]


def test_a_pronoun_stands_for_the_subject_of_the_sentence_before() -> None:
    assert _said("La Libye viendra. Elle accuse Bruxelles de fermer les yeux.", "fr") == [
        ("cty:LBY", "accuse")
    ]


def test_a_topic_is_what_is_said_and_not_when_or_to_whom() -> None:
    (told,) = _statements("The White House said on Friday that it welcomed the Mexican decision.", "en")
    assert told.fields["topic"] == "it welcomed the Mexican decision"
    assert told.fields["date"] == "2022-12-16"
    (quoted,) = _statements('"The border stays open," John Kirby told reporters.', "en")
    assert quoted.fields["topic"] == "The border stays open"
    assert quoted.certainty == "quoted"


APART = [
    ("en", 'Kenya accused donors of "hiding" and said it would not host a camp.', ["accuse", "refuse"]),
    ("es", "Chile celebró el fallo y reclamó que se retire el decreto.", ["support", "demand"]),
    (
        "fr",
        "Le Kenya a dénoncé « un affront » et prévenu qu’il ne recevrait personne.",
        ["oppose", "refuse"],
    ),
    ("pt", "O Chile lamentou a decisão e apelou aos doadores para que paguem.", ["oppose", "demand"]),
]


@pytest.mark.parametrize(("language", "text", "stances"), APART)
def test_two_verbs_of_one_subject_rest_on_words_of_their_own(
    language: str, text: str, stances: list[str]
) -> None:
    first, second = sorted(_statements(text, language), key=lambda one: one.evidence[0].start)
    assert [first.fields["stance"], second.fields["stance"]] == stances
    assert first.evidence[0].end <= second.evidence[0].start


def test_a_quote_of_two_sentences_is_one_quote() -> None:
    text = '"It is a victory for common sense. We are proud of it," said the minister, Ana Solís.\n'
    assert _said(text, "en") == [("per:ana-solis", "support")]


def test_an_office_alone_is_who_was_named_with_it_before() -> None:
    text = (
        "El embajador de España, Luis Sotomayor, llegó a Beirut. «Es un gran paso», ha declarado el "
        "embajador.\n"
    )
    assert _said(text, "es") == [("per:luis-sotomayor", "support")]


def test_the_subject_of_a_relative_clause_may_follow_its_verb() -> None:
    assert ("org:un", "demand") in _said("La mitad de los 950 millones que pedían las Naciones Unidas.", "es")
    assert ("org:un", "demand") in _said("Loin des 870 millions que réclamaient les Nations unies.", "fr")


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Kenya did not say when the talks would begin."),
    ("es", "Perú, que exige visa a los venezolanos desde 2019, enviará policías."),
    ("fr", "Cette aide s’ajoute aux cinq millions versés par le Canada."),
    ("fr", "Les États-Unis n’ont pas confirmé leur participation."),
])  # fmt: skip
def test_what_nobody_says_and_what_is_only_required_is_no_statement(language: str, text: str) -> None:
    assert _said(text, language) == []
