"""Ends the uploads of readers who have gone: the framework may keep a session, and all it holds, for ever."""

import threading
import time
import weakref
from collections.abc import Callable

from etl.upload import Upload

SECONDS_OF_GRACE = 150  # a reader whose connection broke has two minutes to come back to the same session
SECONDS_BETWEEN_LOOKS = 5


def guard(upload: Upload, is_there: Callable[[], bool]) -> None:
    """Discards the upload when its reader is away for too long. is_there: whether the reader is connected."""
    threading.Thread(target=watch, args=(weakref.ref(upload), is_there), daemon=True).start()


def watch(reference: weakref.ref[Upload], is_there: Callable[[], bool]) -> None:
    seen_at = time.monotonic()
    while (upload := reference()) and upload.is_open:
        if is_there():
            seen_at = time.monotonic()
        elif time.monotonic() - seen_at > SECONDS_OF_GRACE:
            upload.discard()
        del upload  # while it waits, nothing here keeps an upload alive that everybody else has forgotten
        time.sleep(SECONDS_BETWEEN_LOOKS)
