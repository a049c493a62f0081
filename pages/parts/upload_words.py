"""The uploader of the framework speaks English only: its words are hidden and ours put in their place."""

import json
from html import escape

from analytics.words import Words

# The language of each word is a custom property, so that the rules themselves stand in style.css.
WORDS = {"--mc-upload-button": "upload.button", "--mc-upload-drop": "upload.drop", "--mc-upload-limit": "upload.limit"}


def style_of_uploader(says: Words) -> str:
    """A style element that gives style.css the words of the reader's language."""
    properties = "; ".join(f"{name}: {json.dumps(says(key), ensure_ascii=False)}" for name, key in WORDS.items())
    return f"<style>[data-testid='stFileUploader'] {{ {escape(properties, quote=False)} }}</style>"
