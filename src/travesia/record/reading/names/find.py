"""Names in a text: who and what is mentioned where, each as one entity however it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from travesia.record.reading.names.borders import borders
from travesia.record.reading.names.complements import complements, titles
from travesia.record.reading.names.countries import countries
from travesia.record.reading.names.echoes import echoes, meetings_once, shortened_once, with_acronym
from travesia.record.reading.names.gazetteer import Gazetteer
from travesia.record.reading.names.groups import groups
from travesia.record.reading.names.heads import named_by_head
from travesia.record.reading.names.institutions import embassies, institutions, state_bodies, whole
from travesia.record.reading.names.known import OPAQUE, Known, seen
from travesia.record.reading.names.layers import Find, longest, mentions
from travesia.record.reading.names.metonyms import metonyms, seats
from travesia.record.reading.names.persons import persons
from travesia.record.reading.names.places import places
from travesia.record.reading.names.words import words_of
from travesia.record.reading.nouns import Entity, Mention, Text

_TOPICS = (
    seats, institutions, state_bodies, embassies, persons, groups, borders, named_by_head, complements,
    titles, places,
)  # fmt: skip


def find_names(
    text: Text, published: str | None, gazetteer: Gazetteer
) -> tuple[Mapping[str, Entity], tuple[Mention, ...]]:
    """Return the entities by id and where the text mentions them.

    Parameters
    ----------
    text
        A prepared text.
    published
        The document's date, ISO 8601; it settles who held an office. None where it is not known.
    gazetteer
        The names known beforehand.
    """
    words = words_of(text.plain)
    hits = seen(words, countries(words, text.language, gazetteer.phrases(text.language).hits(words)))
    known = Known(words, text.language, published, gazetteer, hits)
    entities: dict[str, Entity] = {}
    finds = [*_listed(known), *metonyms(known)]
    for topic in _TOPICS:
        for find, entity in topic(known):
            entities[entity.id] = entity
            finds.append(find)
    entities |= _known_ones(gazetteer, finds)
    finds = longest(whole(known, find, entities.get(find.entity)) for find in finds)
    finds = meetings_once(known, shortened_once(known, finds))
    shorter = list(echoes(known, finds))
    finds = [with_acronym(known, find) for find in finds]
    entities |= _known_ones(gazetteer, finds)
    found = mentions([*finds, *shorter])
    return MappingProxyType({mention.entity: entities[mention.entity] for mention in found}), found


def _known_ones(gazetteer: Gazetteer, finds: Iterable[Find]) -> dict[str, Entity]:
    """Return the entities of the gazetteer that are found."""
    named = {find.entity for find in finds} & gazetteer.entities.keys()
    return {id_: gazetteer.entities[id_] for id_ in named}


def _listed(known: Known) -> Iterator[Find]:
    """Yield what the gazetteer names as it stands; people, groups and offices are judged apart."""
    for hit in known.hits:
        if hit.sense.type in ("PER", "GROUP", "TITLE") or hit.sense.kind in ("institution", "seat"):
            continue
        if hit.sense.type == "ORG" and known.in_offices.get(hit.first, hit.last) > hit.last:
            continue  # "Homeland Security Advisor", but "ambassador to the UN"
        if hit.sense.kind == "crisis" and not known.words.capital(hit.last - 1):
            continue
        # A city or a state is a body politic too, a region or a river is not.
        type_ = "GPE" if hit.sense.kind in ("city", "capital", "state") else hit.sense.type
        yield Find(hit.start, hit.end, type_, hit.sense.entity, opaque=type_ in OPAQUE)
