from dataclasses import dataclass, replace

from travesia.record.reading.once import once


@dataclass(frozen=True)
class Word:
    letters: str


def test_what_is_made_of_a_value_is_made_once_and_is_no_part_of_it() -> None:
    asked: list[str] = []

    def length(word: Word) -> int:
        asked.append(word.letters)
        return len(word.letters)

    word = Word("frontera")
    assert [once(word, length), once(word, length)] == [8, 8]
    assert asked == ["frontera"]
    assert word == Word("frontera")
    assert hash(word) == hash(Word("frontera"))
    assert once(replace(word, letters="gate"), length) == 4


def test_two_things_made_of_one_value_are_kept_apart() -> None:
    word = Word("gate")
    assert once(word, lambda one: one.letters[0]) == "g"
    assert once(word, lambda one: len(one.letters)) == 4
