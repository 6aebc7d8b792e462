"""Starts and ends of measures, signings, movements, announcements and briefings, told in many ways."""

from __future__ import annotations

import pytest

from travesia.record import Described, read_document
from travesia.record.documents import Document
from travesia.record.reading.nouns import Proposal


def told(language: str, text: str, kind: str = "event") -> list[Proposal]:
    """Return the records of a type in an invented text of 10 March 2025."""
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text,
        described=Described(published="2025-03-10", language=language),
    )  # fmt: skip
    return [one for one in read_document(document).proposals if one.type == kind]


def summary(language: str, text: str) -> set[tuple[str, str | None, str]]:
    """Return kind, day and status of the events of a text."""
    every = (one.fields for one in told(language, text))
    return {(one["kind"], one.get("date"), one["status"]) for one in every}


TERMS = [
    ("en", "The order was due to expire on 31 March 2025, but the Supreme Court kept it in place.",
     ("policy_expiry", "2025-03-31", "did_not_happen")),
    ("es", "La orden, que debía expirar el 31 de marzo de 2025, seguirá vigente.",
     ("policy_expiry", "2025-03-31", "did_not_happen")),
    ("fr", "La mesure, qui devait prendre fin le 31 mars 2025, reste en vigueur.",
     ("policy_expiry", "2025-03-31", "did_not_happen")),
    ("pt", "A medida, que deveria expirar em 31 de março de 2025, continua em vigor.",
     ("policy_expiry", "2025-03-31", "did_not_happen")),
    ("en", "Starting 1 April 2025, travellers from Ecuador will need a visa.",
     ("policy_start", "2025-04-01", "scheduled")),
    ("es", "Desde el 1 de abril de 2025 los ecuatorianos necesitarán visa.",
     ("policy_start", "2025-04-01", "scheduled")),
    ("fr", "À compter du 1er avril 2025, les ressortissants équatoriens devront présenter un visa.",
     ("policy_start", "2025-04-01", "scheduled")),
    ("pt", "A partir de 1.º de abril de 2025, os equatorianos poderão pedir um visto.",
     ("policy_start", "2025-04-01", "scheduled")),
    ("en", "The permit, in force since August 2023, was extended to 31 December 2026.",
     ("policy_start", "2023-08", "actual")),
    ("en", "The permit, in force since August 2023, was extended to 31 December 2026.",
     ("policy_expiry", "2026-12-31", "scheduled")),
    ("es", "El permiso se prorrogó por un año, hasta el 31 de diciembre de 2026.",
     ("policy_expiry", "2026-12-31", "scheduled")),
    ("fr", "Lancé en novembre 2024, le programme a permis à 3 200 personnes d'arriver.",
     ("policy_start", "2024-11", "actual")),
    ("pt", "O regime foi extinto em junho de 2024.", ("policy_expiry", "2024-06", "actual")),
    ("en", "From October, if funding does not improve, rations will go only to new families.",
     ("policy_start", "2025-10", "prospective")),
    ("en", "The regulation, which was due to take effect on 1 April 2025, was suspended by a court.",
     ("policy_start", "2025-04-01", "did_not_happen")),
    ("fr", "Un juge a suspendu un règlement qui devait entrer en vigueur le 1er avril 2025.",
     ("policy_start", "2025-04-01", "did_not_happen")),
    ("es", "Prorróguese la vigencia del permiso hasta el 30 de junio de 2026.",
     ("policy_expiry", "2026-06-30", "scheduled")),
    ("fr", "Le présent arrêté entre en vigueur le 2 avril 2025 et cesse d'avoir effet le 30 juin 2026.",
     ("policy_expiry", "2026-06-30", "scheduled")),
    ("pt", "O tribunal manteve em vigor, pelo menos até 30 de junho de 2025, a suspensão dos pedidos.",
     ("policy_expiry", "2025-06-30", "scheduled")),
    ("es", "El plan piloto durará del 1 de abril al 30 de septiembre de 2025.",
     ("policy_expiry", "2025-09-30", "scheduled")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), TERMS)
def test_a_measure_starts_and_ends_on_the_day_that_its_verb_or_preposition_takes(
    language: str, text: str, wanted: tuple[str, str, str]
) -> None:
    assert wanted in summary(language, text)


NO_TERMS = [
    ("en", "Colombia has received 2.8 million people since 2017."),
    ("en", "The regional ministerial meeting opens in Entebbe on 8 July 2025."),
    ("en", "Arrivals rose by a third from January to June 2024."),
    ("es", "El Gobierno destinará 12 millones de dólares hasta 2027."),
    ("fr", "Les États-Unis, premiers bailleurs jusqu'en 2024, ont envoyé un chargé d'affaires."),
    ("fr", "Le programme de réinstallation, suspendu depuis 2023, sera discuté."),
    ("pt", "Criarão, até dezembro de 2025, um mecanismo de intercâmbio de informações."),
]


@pytest.mark.parametrize(("language", "text"), NO_TERMS)
def test_totals_meetings_trends_and_deadlines_are_no_terms(language: str, text: str) -> None:
    assert not {kind for kind, _, _ in summary(language, text)} & {"policy_start", "policy_expiry"}


SIGNINGS = [
    ("en", "A memorandum with Ghana, signed in Accra on 6 February 2025, covers seasonal work."),
    ("es", "El memorando con Ghana, firmado en Acra el 6 de febrero de 2025, cubre el trabajo temporal."),
    ("fr", "Le mémorandum d'entente signé à Accra le 6 février 2025 porte sur le travail saisonnier."),
    ("pt", "O acordo com o Gana, assinado em Acra a 6 de fevereiro de 2025, cobre o trabalho sazonal."),
]


@pytest.mark.parametrize(("language", "text"), SIGNINGS)
def test_what_is_signed_on_a_day_is_an_instrument_and_its_signing_an_event(language: str, text: str) -> None:
    assert ("signing", "2025-02-06", "actual") in summary(language, text)
    assert next(one.fields["kind"] for one in told(language, text, "instrument")) in {
        "memorandum",
        "bilateral_agreement",
    }


TITLES = [
    ("en", "JOINT COMMUNIQUÉ\nLima, 6 March 2025\n\nThe ministers of Chile and Peru agreed as follows. "
     "This Communiqué creates no legal obligations.", False),
    ("es", "COMUNICADO CONJUNTO\nLima, 6 de marzo de 2025\n\nEl presente Comunicado no genera obligaciones "
     "jurídicas.", False),
    ("fr", "DÉCLARATION CONJOINTE\nLima, le 6 mars 2025\n\nLa présente Déclaration n'est pas "
     "juridiquement contraignante.", False),
    ("pt", "DECLARAÇÃO CONJUNTA\nLima, 6 de março de 2025\n\nA presente Declaração não gera obrigações "
     "jurídicas.", False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "binding"), TITLES)
def test_a_text_may_be_the_instrument_that_it_speaks_of(language: str, text: str, binding: bool) -> None:
    (one,) = told(language, text, "instrument")
    assert (one.fields["kind"], one.fields["binding"]) == ("political_declaration", binding)
    assert one.evidence[0].start == 0


NUMBERED = [
    ("es", "Visto el Decreto Supremo N° 021-2025-IN, se resuelve lo siguiente.", "statute"),
    ("fr", "VU l'arrêté numéro 2023-006 du 14 juin 2023, la ministre arrête.", "other"),
    ("pt", "Tendo em vista a Lei nº 13.445, de 24 de maio de 2017, o ministro resolve.", "statute"),
]


@pytest.mark.parametrize(("language", "text", "kind"), NUMBERED)
def test_an_act_of_a_state_is_named_by_its_number(language: str, text: str, kind: str) -> None:
    (one,) = told(language, text, "instrument")
    assert one.fields["kind"] == kind


def test_a_communique_that_seals_a_text_with_a_name_is_none_itself() -> None:
    text = (
        "JOINT COMMUNIQUÉ\nLima, 6 March 2025\n\nChile, Peru and Panama adopted the Lima Commitments on "
        "Mobility."
    )
    (one,) = told("en", text, "instrument")
    assert one.fields["name"] == "Lima Commitments on Mobility"


def test_an_instrument_was_adopted_on_the_day_of_its_signing_not_on_that_of_the_report() -> None:
    text = (
        "LIMA, March 11, 2025 - Leaders adopted a declaration on migration on Friday.\n\n"
        "The Lima Declaration was signed by three countries: Chile, Peru and Panama."
    )
    (one,) = told("en", text, "instrument")
    assert one.fields["adopted"] == "2025-03-07"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Brazil intends to host a regional conference on resettlement by the end of 2025."),
        ("es", "Brasil prevé acoger una conferencia sobre reasentamiento en 2025."),
        ("fr", "Le Brésil compte accueillir une conférence sur la réinstallation en 2025."),
        ("pt", "O Brasil pretende sediar uma conferência sobre reassentamento em 2025."),
    ],
)
def test_a_meeting_that_a_state_means_to_host_is_still_to_come(language: str, text: str) -> None:
    assert {status for _, _, status in summary(language, text)} == {"scheduled"}


def test_who_joins_an_instrument_later_does_not_tell_when_it_was_adopted() -> None:
    text = "LIMA, March 11, 2025 - Ministers met. Togo became the 22nd state to endorse the Lima Declaration."
    (one,) = told("en", text, "instrument")
    assert "adopted" not in one.fields


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "es",
            "Chile asistió a una reunión en Lima. Perú suspendió el 4 de marzo el registro sin cita previa.",
        ),
        (
            "fr",
            "Le Chili a participé à une réunion à Lima. Lomé a suspendu le 4 mars l'aide sans rendez-vous.",
        ),
    ],
)
def test_an_appointment_is_no_meeting_told_again(language: str, text: str) -> None:
    meeting, *others = told(language, text, "event")
    assert "date" not in meeting.fields
    assert not [one for one in others if text[one.evidence[0].start :].startswith(("cita", "rendez-vous"))]


MOVEMENTS = [
    ("en", "Violence has uprooted 200,000 people in Port-au-Prince since March 2024.", "displacement"),
    ("es", "La violencia ha desplazado a 200.000 personas en Puerto Príncipe.", "displacement"),
    ("fr", "Les combats ont jeté sur les routes plus de 1,2 million de personnes.", "displacement"),
    ("pt", "Os ataques obrigaram quase 40 mil pessoas a abandonar as suas casas.", "displacement"),
    ("es", "En febrero de 2025 llegaron a Necoclí unas 4.700 personas.", "mixed_movement"),
    ("fr", "En 2024, près de 40 000 personnes ont débarqué aux îles Canaries.", "mixed_movement"),
]


@pytest.mark.parametrize(("language", "text", "kind"), MOVEMENTS)
def test_movements_are_told_by_what_drives_them_too(language: str, text: str, kind: str) -> None:
    assert kind in {each for each, _, _ in summary(language, text)}


HAPPENED = [
    ("fr", "Le plafond passera à 8 000, a annoncé jeudi la ministre de l'Immigration, Sandra Pellerin.",
     ("announcement", "2025-03-06", "actual")),
    ("es", "El Consejo de Ministros aprobó el 4 de marzo de 2025 un plan de acogida.",
     ("announcement", "2025-03-04", "actual")),
    ("en", "A federal judge in Texas on Friday temporarily halted the programme.",
     ("court_decision", "2025-03-07", "actual")),
    ("fr", "Le Conseil d'État doit rendre sa décision le 30 juin 2025.",
     ("court_decision", "2025-06-30", "scheduled")),
    ("es", "La audiencia pública quedó fijada para el 17 de septiembre de 2025.",
     ("other", "2025-09-17", "scheduled")),
    ("pt", "A ministra falará à imprensa em Lisboa no dia 12 de março de 2025.",
     ("press_briefing", "2025-03-12", "scheduled")),
    ("es", "El presidente Gustavo Petro recibió el 3 de marzo de 2025 en Bogotá a su par, José Mulino.",
     ("bilateral_meeting", "2025-03-03", "actual")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), HAPPENED)
def test_what_happened_is_told_with_its_subject_behind_or_days_between(
    language: str, text: str, wanted: tuple[str, str, str]
) -> None:
    assert wanted in summary(language, text)


NOTHING = [
    ("en", "The United States, once the biggest donor, announced nothing."),
    ("es", "Estados Unidos no anunció fondos nuevos."),
    ("fr", "Que va annoncer la France ?"),
    ("pt", "Os Estados Unidos não anunciaram nada."),
]


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_nobody_announced_nothing(language: str, text: str) -> None:
    assert "announcement" not in {kind for kind, _, _ in summary(language, text)}
