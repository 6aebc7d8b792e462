"""The documents of a project at hand for reviewing, each made ready once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from travesia.record import Text


@dataclass
class Shelf:
    """The documents that a project keeps."""

    folder: Path
    texts: dict[str, Text | None] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] | None = None

    def about(self, name: str) -> Mapping[str, str]:
        """Return what the project's index says of a document."""
        from travesia.record import kept_documents

        if self.rows is None:
            self.rows = kept_documents(self.folder)
        return self.rows.get(name, {})

    def text(self, name: str) -> Text | None:
        """Return a document's text; ``None`` where it is withheld or not kept."""
        from travesia.record import kept_text, prepare

        if name not in self.texts:
            found = kept_text(self.folder, name)
            said = self.about(name).get("language") or None
            self.texts[name] = None if found is None else prepare(found, said)
        return self.texts[name]
