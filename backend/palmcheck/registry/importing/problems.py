"""Refusals of the import: some at the door, most once the file is read. A clerk should know what to do next."""

from palmcheck.kernel.problems import Problem


class ImportTooLarge(Problem):
    """The file is larger than an import takes."""

    code, status = "registry.import_too_large", 413


class ImportInterrupted(Problem):
    """The file did not arrive whole."""

    code, status = "registry.import_interrupted", 400


class ImportEmpty(Problem):
    """The file has nothing in it."""

    code = "registry.import_empty"


class ImportNoRows(Problem):
    """Below the header there is no row."""

    code = "registry.import_no_rows"


class ImportNotATable(Problem):
    """The file is neither XLSX nor CSV."""

    code = "registry.import_not_a_table"


class ImportOldXls(Problem):
    """The file is a workbook of Excel 97-2003."""

    code = "registry.import_old_xls"


class ImportWebPage(Problem):
    """The file is a web page, whatever it is called: many systems export such."""

    code = "registry.import_web_page"


class ImportEncrypted(Problem):
    """The workbook is protected by a password."""

    code = "registry.import_encrypted"


class ImportDamaged(Problem):
    """The workbook cannot be opened."""

    code = "registry.import_damaged"


class ImportUnreadable(Problem):
    """Reading the file took too much memory or time, or ended for no known reason."""

    code = "registry.import_unreadable"


class ImportUnpacksTooLarge(Problem):
    """The workbook says that it unpacks to more than an import takes."""

    code = "registry.import_unpacks_too_large"


class ImportTooManyCells(Problem):
    """A cell stands so far out that the sheet would be mostly empty space."""

    code = "registry.import_too_many_cells"


class ImportTooManyColumns(Problem):
    """The header is wider than any list of targets."""

    code = "registry.import_too_many_columns"


class ImportTooManyRows(Problem):
    """The file has more rows than an import takes."""

    code = "registry.import_too_many_rows"


class ImportNoHeader(Problem):
    """No sheet has a header row that names the targets."""

    code = "registry.import_no_header"


class ImportMissingColumns(Problem):
    """Required columns lack."""

    code = "registry.import_missing_columns"


class ImportRepeatedColumns(Problem):
    """Two columns mean the same field."""

    code = "registry.import_repeated_columns"


class ImportEncoding(Problem):
    """The text is in no encoding that we know."""

    code = "registry.import_encoding"


class ImportCancelled(Problem):
    """Somebody asked the import to stop."""

    code = "registry.import_cancelled"


class ImportFailed(Problem):
    """The system gave up after its last try."""

    code, status = "registry.import_failed", 500


class ImportEnded(Problem):
    """What has ended cannot be stopped."""

    code, status = "registry.import_ended", 409


class ImportNotFailed(Problem):
    """Only what the system failed to finish is started again."""

    code, status = "registry.import_not_failed", 409


REFUSALS: dict[str, type[Problem]] = {
    kind.code.removeprefix("registry.import_"): kind
    for kind in (
        ImportEmpty, ImportNoRows, ImportNotATable, ImportOldXls, ImportWebPage, ImportEncrypted, ImportDamaged,
        ImportUnreadable, ImportUnpacksTooLarge, ImportTooManyCells, ImportTooManyColumns, ImportTooManyRows,
        ImportNoHeader, ImportMissingColumns, ImportRepeatedColumns, ImportEncoding, ImportCancelled, ImportFailed,
    )
}  # fmt: skip
"""By the code that the reading process gives."""
