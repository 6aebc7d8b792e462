"""The documents of a project at hand for reviewing, each made ready once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from travesia.record import Text


@dataclass
class Shelf:
    """The documents that a project keeps, and those of the pack below it: the first that has one counts."""

    folders: tuple[Path, ...]
    texts: dict[str, Text | None] = field(default_factory=dict)

    @staticmethod
    def of(pack: str) -> Shelf:
        """Return the documents of a pack or project."""
        from travesia.region import find_pack

        paths = find_pack(pack)
        return Shelf(tuple(folder for folder in (paths.project, paths.base) if folder is not None))

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, str]]:
        """What the indexes say of each document, by its id."""
        from travesia.record import kept_documents

        indexes = [kept_documents(folder) for folder in reversed(self.folders)]
        return {name: row for index in indexes for name, row in index.items()}

    def text(self, name: str) -> Text | None:
        """Return a document's text, made ready; ``None`` where it is withheld or not kept."""
        from travesia.record import kept_text, prepare

        if name not in self.texts:
            kept = (kept_text(folder, name) for folder in self.folders)
            found = next((text for text in kept if text is not None), None)
            language = self.rows.get(name, {}).get("language") or None
            self.texts[name] = None if found is None else prepare(found, language)
        return self.texts[name]
