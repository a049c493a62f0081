"""Section 0, front matter: who pays, who reports, what for, at which cut-off, and from which files."""

from reports.content import Block, Section
from reports.grant import Grant
from reports.writing import Draft, Line, make_grid, prose

NUMBER = 0
REPORT = ("period", "as_of", "extracted", "kind", "state", "build", "build_hash", "software", "rules", "previous")
SETTINGS = (
    "component", "investment", "project_name", "deciding_entity", "executing_entity", "managing_body", "project_code",
    "action_code", "agreement", "agreement_signed_on", "starts_on", "last_teaching_day", "ends_on", "target_limit",
    "last_payment_request", "estimated_cost", "grant_amount", "unit_cost", "eligible_cost_lines",
    "full_reduction_groups", "target_counts", "certificate_term",
)

# Of the recovery plan, beside the settings.
LOGO = "prtr_logo"


def write_front_matter(draft: Draft) -> Section:
    sample = draft.words("sample.note") if draft.provenance.is_sample else ""
    blocks = (
        prose("publicity", draft.say("front.publicity"), draft.words("footer.funding"), sample),
        _report(draft), _settings(draft), _sources(draft), prose("pending", _pending(draft)),
    )
    return Section(NUMBER, "front_matter", draft.say("section.front_matter"), blocks)


def _report(draft: Draft) -> Block:
    load, words = draft.provenance, draft.words
    values = (
        draft.say(f"half_{draft.period.half}", year=draft.period.year), words.day(draft.as_of),
        draft.say("moment", moment=words.moment(load.built_at)), draft.say(f"kind.{draft.kind}"),
        draft.say(f"state.{draft.state}"), load.build_id, draft.build_sha256, load.code_version, load.rules_version,
        draft.previous.name if draft.previous else draft.say("none"),
    )
    lines = [Line(key, (draft.say(f"report.{key}"), value)) for key, value in zip(REPORT, values, strict=True)]
    return make_grid(draft, NUMBER, "report", (("datum", "text"), ("value", "text")), lines)


def _settings(draft: Draft) -> Block:
    columns = (("datum", "text"), ("value", "text"), ("source", "text"), ("dated_on", "day"))
    settings = [draft.grant.setting(key) for key in SETTINGS]
    lines = [
        Line(one.key, (draft.say(f"setting.{one.key}"), one.show(draft.words), one.source, one.dated_on or ""))
        for one in settings
    ]
    logo = draft.grant.logo
    lines.append(Line(LOGO, (draft.say(f"setting.{LOGO}"), logo.name if logo else draft.say("pending"), "", "")))
    return make_grid(draft, NUMBER, "settings", columns, lines)


def _sources(draft: Draft) -> Block:
    columns = (("file", "text"), ("export", "text"), ("sha256", "code"))
    lines = [
        Line(file.file_id, (file.file_name, draft.words(f"export.{file.export}"), file.sha256))
        for file in draft.provenance.files
    ]
    return make_grid(draft, NUMBER, "sources_read", columns, lines)


def list_pending(grant: Grant) -> list[str]:
    """The keys of what is printed here and is not known, the logo among them."""
    return [*(key for key in SETTINGS if grant.setting(key).is_pending), *([] if grant.logo else [LOGO])]


def _pending(draft: Draft) -> str:
    pending = [draft.say(f"setting.{key}") for key in list_pending(draft.grant)]
    return draft.say("pending_settings", settings="; ".join(pending)) if pending else ""
