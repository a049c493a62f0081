"""Collects the texts that the sheets of an XLSX workbook share."""


class SharedTexts:
    """Takes the elements of the shared strings and leaves their texts, without the phonetic guides."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text = self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._is_text = not self._is_phonetic
        elif name == "si":
            self._pieces = []
        elif name == "rPh":
            self._is_phonetic = True

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "si":
            self.texts.append("".join(self._pieces))
        elif name == "rPh":
            self._is_phonetic = False
