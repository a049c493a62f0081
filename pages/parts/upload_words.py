"""The uploader of the framework speaks English only: its words are hidden and ours put in their place."""

import json
from html import escape
from pathlib import Path

from analytics.words import Words

# The language of each word is a custom property, so that the rules themselves stand in upload.css.
WORDS = {"--mc-upload-button": "upload.button", "--mc-upload-drop": "upload.drop", "--mc-upload-limit": "upload.limit"}
STYLE = Path(__file__).with_name("upload.css")


# The uploader is fetched apart, and the framework makes its button anew when it likes: the name is put back each time.
NAME_BUTTON = """<script>
(function () {
    window.uploaderName = %s;
    const name = () => {
        const button = document.querySelector("[data-testid=stFileUploaderDropzone] button");
        if (button && button.getAttribute("aria-label") !== window.uploaderName)
            button.setAttribute("aria-label", window.uploaderName);
    };
    name();
    if (window.uploaderWatch) return;
    window.uploaderWatch = new MutationObserver(name);
    window.uploaderWatch.observe(document.body, { childList: true, subtree: true });
})()
</script>"""


def script_of_uploader(says: Words) -> str:
    """A script that names the button for those who listen: what a style writes is not read out everywhere."""
    name = json.dumps(says("upload.button"), ensure_ascii=False).replace("<", "\\u003c")
    return NAME_BUTTON % name


def style_of_uploader(says: Words) -> str:
    """A style element: the uploader's, with the words of the reader's language."""
    properties = "; ".join(f"{name}: {json.dumps(says(key), ensure_ascii=False)}" for name, key in WORDS.items())
    words = f"[data-testid='stFileUploader'] {{ {escape(properties, quote=False)} }}"
    return f"<style>{words}\n{STYLE.read_text(encoding='utf-8')}</style>"
