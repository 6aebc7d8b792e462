"""The report room: a study as one HTML page and one workbook."""

from travesia.report.page import render
from travesia.report.words import LANGUAGES
from travesia.report.workbook import workbook

__all__ = ["LANGUAGES", "render", "workbook"]
