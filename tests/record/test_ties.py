"""What stands between two actors, and who recruits whom: only where both are named."""

from __future__ import annotations

import pytest

from travesia.record import Described, read_document
from travesia.record.documents import Document


def _relations(text: str, language: str) -> list[tuple[object, object, object]]:
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text,
        described=Described(published="2022-12-20", language=language),
    )  # fmt: skip
    found = [one.fields for one in read_document(document).proposals if one.type == "relation"]
    return [(one["source"], one.get("target"), one["kind"]) for one in found]


TIES = [
    ("en", "Brazil depends on trade with China.", ("cty:BRA", "cty:CHN", "commercial_dependence")),
    ("en", "The United States and Mexico are partners, but frictions between the United States and Mexico "
     "persist.", ("cty:USA", "cty:MEX", "partnership_with_friction")),
    ("en", "Smugglers lure Venezuelan migrants with false promises.",
     ("grp:smugglers", "grp:ven-migrants", "recruitment")),
    ("en", "Libya accuses Italy of looking away.", ("cty:LBY", "cty:ITA", "criticism")),
    ("es", "La influencia de China en Brasil crece.", ("cty:CHN", "cty:BRA", "influence")),
    ("es", "México y Estados Unidos son socios.", ("cty:MEX", "cty:USA", "partnership")),
    ("es", "Los coyotes prometen permisos a familias venezolanas.",
     ("grp:smugglers", "grp:ven-families", "recruitment")),
    ("fr", "Entre Santiago et La Paz, partenaires par nécessité, les tensions restent vives.",
     ("cty:CHL", "cty:BOL", "partnership_with_friction")),
    ("fr", "Les passeurs recrutent les migrants vénézuéliens grâce à la désinformation.",
     ("grp:smugglers", "grp:ven-migrants", "recruitment")),
    ("pt", "O Brasil depende da China.", ("cty:BRA", "cty:CHN", "commercial_dependence")),
    ("en", "China is the main trading partner of Brazil.", ("cty:BRA", "cty:CHN", "commercial_dependence")),
    ("es", "China, de la que Brasil depende para sus exportaciones, no acudió.",
     ("cty:BRA", "cty:CHN", "commercial_dependence")),
    ("es", "Panamá y Colombia, socios obligados, arrastran desde el mes de agosto roces por los vuelos.",
     ("cty:PAN", "cty:COL", "partnership_with_friction")),
    ("fr", "Les relations entre le Chili et la Bolivie restent tendues.", ("cty:CHL", "cty:BOL", "tension")),
    ("pt", "A China é o principal parceiro comercial do Brasil.",
     ("cty:BRA", "cty:CHN", "commercial_dependence")),
    ("pt", "O Brasil e a Argentina são aliados.", ("cty:BRA", "cty:ARG", "partnership")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "relation"), TIES)
def test_two_named_sides_have_one_relation(
    language: str, text: str, relation: tuple[object, object, object]
) -> None:
    assert _relations(text, language) == [relation]


SILENT = [
    ("en", "The partners discussed their disputes and tensions."),
    ("en", "Mexico works on its own plan."),
    ("es", "Los socios firmaron el acuerdo."),
    ("es", "La campaña combate las mentiras de los traficantes."),
    ("pt", "O valor da França depende de aprovação do Parlamento."),
    ("fr", "La Conférence déplore l'absence de la France."),
    ("pt", "Os parceiros mantêm o diálogo."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_where_one_side_is_open_there_is_no_relation(language: str, text: str) -> None:
    assert _relations(text, language) == []
