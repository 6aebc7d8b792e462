"""How far a second annotator agrees with the first, and the reader with both, on the same texts.

What two careful readers of one schema do not agree on bounds what any reader can reach. The second was given
the mentions and entities of the first, and none of his records; policies, commitments and statements only.
"""

from __future__ import annotations

import argparse

from annotated.sources import INVENTED, SECOND, annotated, sources
from reading import Scored, heading, line, reader
from travesia.record import score

MEASURES = (
    ("records", "policy"),
    ("whole", "policies: status, expected end, end"),
    ("records", "commitment"),
    ("whole", "commitments: actor, quantity, unit, period"),
    ("records", "statement"),
    ("whole", "statements: speaker, stance"),
)


def main() -> None:
    """Print precision, recall and F1 of each taken for the reading, the other for what is right."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    read = reader(None, bare=False)
    pairs = {"second against first": [], "reader against first": [], "reader against second": []}
    for source in sources(SECOND):
        first, text = annotated(INVENTED / source.name)
        second, _ = annotated(source)
        own = read(INVENTED / source.name)
        for title, predicted, gold in zip(pairs, (second, own, own), (first, first, second), strict=True):
            pairs[title].append(Scored("second", source, text, predicted, gold, score(predicted, gold)))
    for title, documents in pairs.items():
        print(f"\n{title}: {len(documents)} documents")
        print(heading())
        for measure in MEASURES:
            print(line(measure, documents))


if __name__ == "__main__":
    main()
