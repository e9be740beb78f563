"""All hostile files by name: importing their makers lists them."""

from tests.registry.hostile import no_tables, odd_cells, sheets
from tests.registry.hostile.making import BUILDERS, HEADER, code, row, table

__all__ = ["BUILDERS", "HEADER", "code", "no_tables", "odd_cells", "row", "sheets", "table"]
