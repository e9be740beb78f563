"""Why a whole file is refused: the code of a problem and its particulars."""


class Refused(Exception):
    """The file cannot be imported; `code` is a problem's without `registry.import_`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, {key: str(value) for key, value in params.items()}
