"""A text made ready: its copy, its language, and where its sentences begin and end."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.language import UNKNOWN, language_of
from travesia.record.reading.text import prepare

TEXTS = sorted((Path(__file__).parents[3] / "shared" / "texts").glob("*.txt"))


def sentences(original: str, language: str | None = None) -> list[str]:
    return [original[s.start : s.end] for s in prepare(original, language).sentences]


def kinds(original: str, language: str | None = None) -> list[tuple[str, str]]:
    return [(s.kind, original[s.start : s.end]) for s in prepare(original, language).sentences]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_language_of_a_real_text_is_found(path: Path) -> None:
    text = prepare(path.read_text(encoding="utf-8"))
    assert text.language == path.name[:2]
    for paragraph in text.original.split("\n"):
        if len(paragraph) > 90:
            assert language_of(paragraph) == path.name[:2], paragraph


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Mexico will admit 3,000 more people this year."),
        ("en", "Migrants wait at the border."),
        ("en", "THE MINISTER SAID THAT THE CEILING WOULD STAY"),
        ("es", "México admitirá a 3.000 personas más este año."),
        ("es", "Los migrantes esperan en la frontera."),
        ("es", "EL MINISTRO DIJO QUE EL TOPE SE MANTENDRÁ"),
        ("es", "La OEA se reunió ayer en Los Ángeles con el presidente Joe Biden."),
        ("fr", "Le Mexique accueillera 3 000 personnes de plus cette année."),
        ("fr", "Les migrants attendent à la frontière."),
        ("fr", "LE MINISTRE A DIT QUE LE PLAFOND NE CHANGERA PAS"),
        ("fr", "Joe Biden a reçu les dirigeants du continent à Los Angeles."),
        ("pt", "O México vai admitir mais 3.000 pessoas neste ano."),
        ("pt", "Os migrantes esperam na fronteira."),
        ("pt", "O MINISTRO DISSE QUE O LIMITE NÃO VAI MUDAR"),
        ("pt", "O presidente Joe Biden recebeu os líderes do continente em Los Angeles."),
    ],
)
def test_one_sentence_is_enough(language: str, sentence: str) -> None:
    assert language_of(sentence) == language


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "12,345 6789",
        "Cuba, Haiti, Nicaragua, Venezuela",
        "Die Regierung hat mit den Ländern der Region ein neues Abkommen über Flüchtlinge unterzeichnet.",
        "Il governo degli Stati Uniti ha firmato con i paesi della regione un accordo sui rifugiati.",
        "El govern dels Estats Units ha signat amb els països de la regió un nou acord.",
        "De regering heeft met de landen van de regio een nieuw akkoord over migranten gesloten.",
        "Guvernul a semnat cu țările din regiune un nou acord privind migranții și refugiații.",
        "Gouvènman ameriken an siyen yon nouvo akò sou migran yo ak peyi nan rejyon an.",
    ],
)
def test_a_text_in_none_of_the_four_is_said_to_be_unknown(sentence: str) -> None:
    assert language_of(sentence) == UNKNOWN
    assert all(s.end <= len(sentence) for s in prepare(sentence).sentences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_words_does_not_contradict_itself(language: str) -> None:
    page = cues(language, "language")
    assert not set(page["words"].split()) & set(page["foreign"].split())


def test_a_stated_language_stands() -> None:
    assert prepare("Los migrantes esperan en la frontera.", "pt").language == "pt"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ["The U.S. Government met Mr. Smith.", "He said no.", "It is in the U.S.", "The end came."]),
        ("en", ["Gov. Abbott v. DHS, No. 22-592, cites 8 U.S.C. 1157.", "See art. 5.", "J. D. Vance spoke."]),
        ("en", ["About 3.5 million fled.", "On Jan. 9 they met at 9 a.m. in D.C. and left.", "It ended."]),
        ("en", ['"We will act."', "“We must.”", "(It did.)", "He asked: why? and left.", "Well...", "No."]),
        ("es", ["El Sr. López llegó a EE. UU. el lunes.", "Los EE.UU. anunciaron 3.400 visas.", "Así fue."]),
        ("es", ["¿Qué pasará?", "¡Nadie sabe!", "El art. 5 dice: «Se hará.»", "La 52.º Asamblea sigue."]),
        (
            "fr",
            ["M. Le Drian est à Washington, D.C.", "Il a dit : « Nous agirons. »", "L’art. 3, al. 2, vaut."],
        ),
        ("fr", ["« Pourquoi ? »", "Rien n’a changé en sept. 2022.", "En 2022, 3,4 millions sont partis."]),
        (
            "pt",
            [
                "O Sr. Silva chegou aos EUA.",
                "A Dra. Souza ficou.",
                "O art. 5º e o n. 3 valem em 2.500 casos.",
            ],
        ),
        ("pt", ['"Vamos agir."', "O Exmo. Sr. Ministro saiu.", "São 3,5 milhões."]),
    ],
)
def test_sentences_end_where_they_end(language: str, wanted: list[str]) -> None:
    assert sentences(" ".join(wanted), language) == wanted


def test_a_wrapped_text_is_read_by_its_paragraphs() -> None:
    assert sentences(
        "The first line of a wrapped text goes on until the width is\n"
        "reached, which is about sixty characters here, and U.S.\n"
        "Government officials know that. Then it ends.\n"
        "\n"
        "Another paragraph that is long enough to be wrapped at the\n"
        "width of the text, as before.\n",
        "en",
    ) == [
        "The first line of a wrapped text goes on until the width is\n"
        "reached, which is about sixty characters here, and U.S.\n"
        "Government officials know that.",
        "Then it ends.",
        "Another paragraph that is long enough to be wrapped at the\nwidth of the text, as before.",
    ]


def test_a_line_a_paragraph_is_not_joined() -> None:
    assert kinds(
        "Ministerio de Asuntos Exteriores\nComunicado conjunto\nLima, Perú\n6 de octubre de 2022\n"
        + "El " * 90
    ) == [
        ("heading", "Ministerio de Asuntos Exteriores"),
        ("heading", "Comunicado conjunto"),
        ("dateline", "Lima, Perú"),
        ("dateline", "6 de octubre de 2022"),
        ("prose", ("El " * 90).strip()),
    ]


def test_lists_and_tables_stand_line_by_line() -> None:
    assert kinds(
        "The countries that met in the capital agreed to:\n• stability; and\n• pathways. These are new.\n"
        "1. a third thing\n(b) a fourth\n\nAfrica . . . . . . . . .  40,000\nTotal $406,905,640\n",
        "en",
    ) == [
        ("prose", "The countries that met in the capital agreed to:"),
        ("item", "stability; and"),
        ("item", "pathways."),
        ("item", "These are new."),
        ("item", "a third thing"),
        ("item", "a fourth"),
        ("item", "Africa . . . . . . . . .  40,000"),
        ("item", "Total $406,905,640"),
    ]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("WASHINGTON – On Monday they met.", "WASHINGTON"),
        ("MEXICO CITY (AP) — They met.", "MEXICO CITY (AP)"),
        ("Los Angeles, 10 jun (EFE).- Se reunieron.", "Los Angeles, 10 jun (EFE)"),
        ("Bogotá, le 10 juin 2022 (AFP) - Ils se sont réunis.", "Bogotá, le 10 juin 2022 (AFP)"),
    ],
)
def test_a_dateline_is_told_from_what_follows(line: str, place: str) -> None:
    first, second = kinds(line)
    assert first == ("dateline", place)
    assert second[0] == "prose"
    assert second[1][0].isupper()


def test_who_speaks_is_told_from_what_they_say() -> None:
    assert kinds(
        "QUESTION: Why?\n\nMR. PRICE: Because we must. Thanks.\n\nSUMMARY: This notice ends.", "en"
    ) == [
        ("speaker", "QUESTION:"),
        ("prose", "Why?"),
        ("speaker", "MR. PRICE:"),
        ("prose", "Because we must."),
        ("prose", "Thanks."),
        ("heading", "SUMMARY:"),
        ("prose", "This notice ends."),
    ]


@given(st.text(alphabet=" \n\r\t.!?…:;,-–•*()[]\"'«»“”0123456789aAbZéÑ$%\u00a0\u2028", max_size=120))
def test_sentences_are_in_order_and_lose_no_word(original: str) -> None:
    text = prepare(original, "en")
    assert len(text.plain) == len(original)
    last = 0
    left = ""
    for sentence in text.sentences:
        assert last <= sentence.start < sentence.end <= len(original)
        left += original[last : sentence.start]
        last = sentence.end
        inside = original[sentence.start : sentence.end]
        assert inside == inside.strip()
    # A bullet's number may fall between two sentences, a word may not.
    assert not any(len(word) > 4 and word.isalpha() for word in (left + original[last:]).split())


@pytest.mark.parametrize(
    "piece", ["a", ".", " ", "\n", "a ", "Aa. ", "A.", '"', ". ", "- ", "1\n", "(a) ", "A, "]
)
def test_a_hostile_line_is_read_in_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        before = time.process_time()
        prepare(piece * (length // len(piece)), "en")
        return time.process_time() - before

    small, large = seconds(100_000), seconds(800_000)
    assert large < 24 * small + 0.5
