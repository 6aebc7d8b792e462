"""What the tests of the report share: one invented study, its page, its words."""

from __future__ import annotations

import pytest
from invented import invented_study

from travesia.report import render
from travesia.report.words import Words, load_words
from travesia.study import Study


@pytest.fixture(scope="session")
def study() -> Study:
    return invented_study()


@pytest.fixture(scope="session")
def page(study: Study) -> str:
    return render(study)


@pytest.fixture(scope="session")
def words() -> Words:
    return load_words("en")
