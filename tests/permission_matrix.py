"""Every address × everyone in the cast, with the status each gets (architecture 6.6, decision B4).

``ok`` lists who may open a page (or do the act), ``others`` the status all the rest get: 403 where the thing is
known but closed to the role, 404 where it is not known at all. The test in tests/architecture walks the
resolver: an address without a row fails, and so does a row without an address. Newer rooms stand in ``tests.matrix``.
"""

from __future__ import annotations

from tests.matrix import rows
from tests.matrix.people import (
    AGENCY_WORKS,
    BLIND,
    CALENDAR_RIGHT,
    DRAFT_RIGHT,
    EVERYONE,
    JOURNAL_RIGHT,
    JUDGES_LETTER,
    MANAGE_RIGHT,
    NO_CALENDAR,
    NOBODY,
    READERS,
    REMINDER_RIGHT,
    SEES_ASSIGNMENT,
    SEES_CALENDAR,
    SEES_LETTER,
    SEES_SENT,
    SEES_YEAR,
    WRITES_REPORTS,
    Row,
)

__all__ = ["EXEMPT", "EXEMPT_PREFIXES", "READERS", "ROWS", "Row"]

ROWS: list[Row] = [
    # one's own
    Row("choose_role"),
    Row("profile"),
    Row("help"),
    Row("components"),
    # organisations and roles
    Row("agencies:organisations"),
    Row("agencies:organisation", thing="dmp", ok=frozenset(
        {"officer", "signer", "department_officer", "department_head", "other_department_officer", "budget_officer",
         "controller", "owner", "director", "co_ministry", "admin"})),
    Row("agencies:appoint", thing="dmp", ok=MANAGE_RIGHT, others=403),
    Row("agencies:end_appointment", thing="dmp", second="dmp_appointment", ok=MANAGE_RIGHT, others=403),
    Row("agencies:stand_in", thing="dmp", second="dmp_appointment", ok=MANAGE_RIGHT, others=403),
    Row("agencies:make_token", thing="dmp", ok=MANAGE_RIGHT, others=403),
    Row("agencies:revoke_token", thing="dmp", second="nothing", method="post", ok=NOBODY, others=403, unseen=MANAGE_RIGHT),
    # letters made here
    Row("governance:new_supplement", ok=DRAFT_RIGHT, others=403),
    Row("governance:draft", thing="draft", ok=frozenset({"officer", "signer", "department_head"})),
    *(
        Row(f"governance:{name}", thing="draft", ok=frozenset({"officer"}), others=403, unseen=frozenset({"sub_agency_officer"}))
        for name in ("draft_head", "draft_paragraph", "draft_assignment", "draft_amount", "draft_deadline", "draft_discard")
    ),
    Row("governance:issue", thing="draft", ok=frozenset({"officer", "signer", "department_head"}), others=403,
        unseen=frozenset({"sub_agency_officer"})),
    # assignments: lists
    *(
        Row(f"assignments:{name}")
        for name in ("list", "board", "timeline", "download", "save_view", "owners")
    ),
    Row("assignments:remove_view", thing="nothing", method="post", ok=NOBODY),
    # one assignment: read
    *(Row(f"assignments:{name}", thing="assignment", ok=SEES_ASSIGNMENT) for name in ("passport", "who", "versions")),
    Row("assignments:pdf", thing="assignment", method="post", ok=SEES_ASSIGNMENT),
    *(
        Row(f"assignments:{name}", thing="assignment", second="nothing", ok=NOBODY)
        for name in ("pdf_job", "pdf_file")
    ),
    Row("assignments:answer_file", thing="assignment", second="answer_file", ok=SEES_ASSIGNMENT),
    # the agency's acts
    Row("assignments:receive", thing="assignment", method="post", ok=AGENCY_WORKS, others=403, unseen=BLIND),
    Row("assignments:owner", thing="assignment", ok=frozenset({"controller"}), others=403, unseen=BLIND),
    *(
        Row(f"assignments:{name}", thing="assignment", ok=AGENCY_WORKS, others=403, unseen=BLIND)
        for name in ("status", "share")
    ),
    *(
        Row(f"assignments:{name}", thing="assignment", second="delivery", ok=AGENCY_WORKS, others=403, unseen=BLIND)
        for name in ("answer", "wish")
    ),
    Row("assignments:outside", thing="assignment", second="delivery", ok=AGENCY_WORKS | {"officer"}, others=403, unseen=BLIND),
    # the ministry's acts
    Row("assignments:distribute", thing="assignment", second="delivery", ok=frozenset({"officer"}), others=403, unseen=BLIND),
    Row("assignments:assess", thing="assignment", second="delivery",
        ok=frozenset({"officer", "department_officer", "department_head"}), others=403, unseen=BLIND),
    Row("assignments:deadline", thing="assignment", second="delivery", ok=frozenset({"officer", "signer"}), others=403,
        unseen=BLIND),
    Row("assignments:decline", thing="assignment", second="nothing", ok=NOBODY),
    Row("assignments:close", thing="assignment", ok=frozenset({"officer", "signer", "department_head"}), others=403,
        unseen=BLIND),
    Row("assignments:withdraw", thing="assignment", ok=frozenset({"officer", "signer"}), others=403, unseen=BLIND),
    Row("assignments:parts", thing="assignment", ok=frozenset({"officer"}), others=403, unseen=BLIND),
    Row("assignments:remark", thing="assignment", ok=SEES_ASSIGNMENT, others=403, unseen=BLIND),
    Row("assignments:ask_access", thing="assignment", ok=SEES_ASSIGNMENT),
    Row("assignments:readers", thing="assignment", ok=frozenset({"officer", "controller"}), others=403, unseen=BLIND),
    Row("assignments:revoke_reader", thing="assignment", second="nothing", ok=NOBODY, others=403,
        unseen=BLIND | {"officer", "controller"}),
    Row("assignments:lapse", thing="lapse_letter", ok=frozenset({"officer", "signer", "department_officer", "department_head", "other_department_officer", "budget_officer"})),
    # journal and copies
    Row("governance:journal", ok=JOURNAL_RIGHT, others=403),
    Row("governance:journal_entry", thing="journal_entry", ok=frozenset({"officer"}), others=403,
        unseen=JOURNAL_RIGHT - {"officer"}),
    Row("governance:copies"),
    # reports
    Row("reporting:reports"),
    Row("reporting:report_open", thing="expected", method="post", ok=WRITES_REPORTS, others=403, unseen=NO_CALENDAR),
    Row("reporting:report_register", thing="expected", ok=frozenset({"officer", "controller"}), others=403, unseen=NO_CALENDAR),
    *(Row(f"reporting:{name}", thing="report_sent", ok=SEES_SENT) for name in ("report", "report_coverage")),
    *(Row(f"reporting:{name}", thing="report_draft", ok=WRITES_REPORTS) for name in ("report_sign", "report_preview", "risk_new")),
    *(
        Row(f"reporting:{name}", thing="report_draft", method="post", ok=WRITES_REPORTS)
        for name in ("report_refresh", "report_for_signature", "report_take_back")
    ),
    Row("reporting:risk", thing="report_draft", second="nothing", ok=NOBODY),
    Row("reporting:report_file", thing="report_sent", second="nothing", ok=NOBODY),
    Row("reporting:report_correct", thing="report_sent", ok=frozenset({"director"}), others=403, unseen=EVERYONE - SEES_SENT),
    Row("reporting:report_feedback", thing="report_sent", ok=frozenset({"officer"}), others=403, unseen=EVERYONE - SEES_SENT),
    Row("reporting:report_receive", thing="report_sent", method="post", ok=frozenset({"officer"}), others=403,
        unseen=EVERYONE - SEES_SENT),
    # key figures
    Row("reporting:figures", ok=SEES_SENT | {"other_controller", "other_director", "sub_agency_officer", "sub_agency"}, others=403),
    Row("reporting:figure", thing="figure_line", ok=SEES_SENT, others=403,
        unseen=frozenset({"other_controller", "other_director", "sub_agency_officer", "sub_agency"})),
    # letters on their way in
    *(Row(f"governance:{name}", ok=DRAFT_RIGHT, others=403) for name in ("imports", "import_new", "instruction_new")),
    *(
        Row(f"governance:{name}", thing="import", ok=frozenset({"officer"}), others=403, unseen=frozenset({"sub_agency_officer"}))
        for name in (
            "import", "import_review", "import_details", "import_register", "import_findings", "import_discard",
        )
    ),
    *(
        Row(f"governance:{name}", thing="import", second="import_row", ok=frozenset({"officer"}), others=403,
            unseen=frozenset({"sub_agency_officer"}))
        for name in ("import_split", "import_merge", "import_border")
    ),
    Row("governance:import_passage", thing="import", second="passage_number", ok=frozenset({"officer"}), others=403,
        unseen=frozenset({"sub_agency_officer"})),
    Row("governance:import_row", thing="import", second="import_row", method="post", ok=frozenset({"officer"}), others=403,
        unseen=frozenset({"sub_agency_officer"})),
    Row("governance:import_accept_kind", thing="import", second="kind_of_row", method="post", ok=frozenset({"officer"}),
        others=403, unseen=frozenset({"sub_agency_officer"})),
    *(
        Row(f"governance:{name}", thing="import", method="post", ok=frozenset({"officer"}), others=403,
            unseen=frozenset({"sub_agency_officer"}))
        for name in ("import_undo", "import_read_again")
    ),
    Row("governance:file", thing="import_file", ok=frozenset({"officer"})),
    # documents and findings
    Row("governance:documents"),
    *(
        Row(f"governance:{name}", thing="letter", ok=SEES_LETTER)
        for name in ("document", "document_text", "document_archive", "document_access")
    ),
    Row("governance:document_findings", thing="letter", ok=JUDGES_LETTER, others=403, unseen=EVERYONE - SEES_LETTER),
    Row("governance:findings", ok=JUDGES_LETTER | {"sub_agency_officer"}, others=403),
    Row("governance:finding", thing="finding", ok=JUDGES_LETTER, others=403, unseen=frozenset({"sub_agency_officer"})),
    # search
    Row("reporting:search"),
    # the day, the agencies and their year
    Row("reporting:my_day"),
    Row("reporting:agencies"),
    Row("reporting:agency", thing="dmp", ok=SEES_YEAR),
    Row("reporting:agency_year", thing="dmp", number=2026, ok=SEES_YEAR),
    # calendar
    Row("reporting:calendar", ok=CALENDAR_RIGHT, others=403),
    Row("reporting:feeds", ok=CALENDAR_RIGHT, others=403),
    Row("reporting:feed_revoke", thing="nothing", method="post", ok=NOBODY, others=403, unseen=CALENDAR_RIGHT),
    *(
        Row(f"reporting:{name}", thing=thing, ok=SEES_CALENDAR, others=403, unseen=CALENDAR_RIGHT - SEES_CALENDAR)
        for name, thing in (("entry", "entry"), ("expected", "expected"))
    ),
    Row("reporting:expected_settle", thing="expected", ok=frozenset({"officer", "controller", "director"}), others=403,
        unseen=CALENDAR_RIGHT - SEES_CALENDAR),
    *(
        Row(f"reporting:{name}", thing="entry", ok=frozenset({"officer"}), others=403,
            unseen=frozenset({"sub_agency_officer"}))
        for name in ("entry_hold", "entry_move")
    ),
    # reminders and purring
    Row("reporting:reminders", ok=REMINDER_RIGHT, others=403),
    Row("reporting:reminders_start", thing="dmp", ok=frozenset({"officer", "controller"}), others=403,
        unseen=REMINDER_RIGHT - {"officer", "controller"}),
    Row("reporting:reminders_stop", thing="nothing", method="post", ok=NOBODY, others=403, unseen=REMINDER_RIGHT),
    Row("reporting:chase", word="rapport", thing="expected", ok=frozenset({"officer"}), others=403,
        unseen=REMINDER_RIGHT - {"officer", "controller"}),
    *rows(),
]  # fmt: skip

#: Addresses without a row, each with the reason.
EXEMPT: dict[str, str] = {
    "governance:draft_write": "its address has a chapter, no id; asked as everybody in tests/governance/test_draft_workspace.py",
    "governance:draft_act": "its address has a type of row; asked as everybody in tests/governance/test_draft_workspace.py",
    "governance:published": "open by intent: only what is published (tests/governance/test_publication.py)",
    "governance:published_document": "open by intent: only what is published (tests/governance/test_publication.py)",
    "governance:published_pdf": "open by intent: only what is published (tests/governance/test_publication.py)",
    "governance:published_data": "open by intent: only what is published (tests/governance/test_publication.py)",
    "reporting:report_section": "its address has a code, no id; asked as everybody in tests/reporting/test_report_pages",
    "api:schema": "holds no data; clients read it before they have a token (tests/api)",
    "api:docs": "holds no data (tests/api)",
    "api:assignments": "asked with tokens and as persons in tests/api",
    "api:assignment": "asked with tokens and as persons in tests/api",
    "api:document": "asked as persons and as a client in tests/api",
    "reporting:feed": "opened with a secret and nothing else (tests/reporting/test_feeds.py)",
    "health": "open by intent, says only that the process lives (tests/config)",
    "health_ready": "open by intent, says only that the services answer (tests/config)",
}

#: Namespaces and prefixes of others' pages (log-in), with the reason.
EXEMPT_PREFIXES: dict[str, str] = {
    "account_": "log-in, log-out and password pages of allauth, open before log-in",
    "mfa_": "second factor pages of allauth, about oneself only",
    "socialaccount_": "log-in through the organisation's own provider",
    "social/": "log-in through the organisation's own provider (allauth)",
    "openid_connect_": "log-in through the organisation's own provider",
}
