"""Words that all rooms share: dates, amounts, cites, table schemas, keyed chance, errors.

Names that need the table libraries are loaded on first use, so that errors and dates stay cheap to import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from travesia.terms.amounts import Amount, Basis
from travesia.terms.cites import Cite, Source
from travesia.terms.dates import (
    Span,
    add_months,
    first_day,
    fiscal_year,
    fiscal_year_span,
    month_of,
    month_span,
    months_in,
    parse_day,
    parse_month,
)
from travesia.terms.errors import (
    InputError,
    NotModelledError,
    OutputExistsError,
    PackError,
    ScenarioError,
    TravesiaError,
    UnknownIdsError,
    UsageError,
)

if TYPE_CHECKING:
    from travesia.terms import chance as chance
    from travesia.terms import schemas as schemas
    from travesia.terms import toml as toml
    from travesia.terms.tables import read_header as read_header
    from travesia.terms.tables import read_rows as read_rows
    from travesia.terms.tables import read_table as read_table
    from travesia.terms.tables import table_schema as table_schema
    from travesia.terms.tables import write_table as write_table
    from travesia.terms.workbooks import is_spreadsheet as is_spreadsheet
    from travesia.terms.workbooks import sheet_names as sheet_names
    from travesia.terms.workbooks import write_workbook as write_workbook

_LATER = {
    "chance": "chance",
    "is_spreadsheet": "workbooks",
    "read_header": "tables",
    "read_rows": "tables",
    "read_table": "tables",
    "schemas": "schemas",
    "sheet_names": "workbooks",
    "table_schema": "tables",
    "toml": "toml",
    "write_table": "tables",
    "write_workbook": "workbooks",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_LATER[name]}")
    return module if name == _LATER[name] else getattr(module, name)


__all__ = [
    "Amount",
    "Basis",
    "Cite",
    "InputError",
    "NotModelledError",
    "OutputExistsError",
    "PackError",
    "ScenarioError",
    "Source",
    "Span",
    "TravesiaError",
    "UnknownIdsError",
    "UsageError",
    "add_months",
    "chance",
    "first_day",
    "fiscal_year",
    "fiscal_year_span",
    "is_spreadsheet",
    "month_of",
    "month_span",
    "months_in",
    "parse_day",
    "parse_month",
    "read_header",
    "read_rows",
    "read_table",
    "schemas",
    "sheet_names",
    "table_schema",
    "toml",
    "write_table",
    "write_workbook",
]
