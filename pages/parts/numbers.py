"""What pages keep between reruns: one snapshot per build and cut-off. Nothing else is cached anywhere."""

import atexit
import gc
import os
from datetime import date
from pathlib import Path

import streamlit as st

from analytics.drawing import load_plotly
from analytics.entitlement import Entitlement
from analytics.snapshot import Snapshot, default_cut_off, take_snapshot
from etl.builds import Build

BUILDS_VARIABLE = "MICROCREDENTIALS_BUILDS"
# A snapshot of a million enrolments takes about 100 MB, three times that while it is made; the readers of a meeting
# look at a few cut-offs.
KEPT_SNAPSHOTS = 8
# Apart, so that trying rules out throws no reader's figures away.
KEPT_SIMULATIONS = 4


def builds_folder() -> Path:
    """Where the builds are: data/builds, unless the environment says otherwise."""
    return Path(os.environ.get(BUILDS_VARIABLE, "data/builds"))


@st.cache_resource(max_entries=KEPT_SNAPSHOTS, show_spinner=False)
def snapshot_at(build: Build, as_of: date) -> Snapshot:
    """The tables of a build at a cut-off. A build never changes, so neither does this."""
    return take_snapshot(build, as_of)


def snapshot_under(official: Snapshot, entitlement: Entitlement) -> Snapshot:
    """The same day of the same build under another rule; the snapshot itself under its own."""
    if entitlement == official.entitlement:
        return official
    return _simulated_at(official.build, official.as_of, entitlement)


@st.cache_resource(max_entries=KEPT_SIMULATIONS, show_spinner=False)
def _simulated_at(build: Build, as_of: date, entitlement: Entitlement) -> Snapshot:
    return take_snapshot(build, as_of, entitlement)


@st.cache_resource(show_spinner=False)
def settle_memory() -> None:
    """Once a process: load what the first figure needs, and leave all that for good.

    A full collection would otherwise go through every imported module each time, while readers wait.
    """
    load_plotly()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # else the interpreter's end finds what it may not collect, and complains


@st.cache_resource(max_entries=KEPT_SNAPSHOTS, show_spinner=False)
def newest_event(build: Build) -> date:
    """The default cut-off of a build."""
    return default_cut_off(build)
