"""The one way a file is turned down: which file, which rule, and what the sentence about it needs."""

from collections.abc import Mapping


class FileRefused(Exception):
    """Holds no sentence: the rule's words are in languages/*.toml, `details` fills their placeholders."""

    def __init__(self, file_name: str, rule: str, details: Mapping[str, object] | None = None) -> None:
        super().__init__(file_name, rule, dict(details or {}))
        self.file_name = file_name
        self.rule = rule
        self.details = dict(details or {})
