"""Rules of a report as a registry of small functions: form, submission and API ask the same list (K11)."""

from reporting.checks import report_rules, report_warnings  # noqa: F401  the rules register themselves
from reporting.checks.cells import Cell, cells_of
from reporting.checks.registry import CHECKS, ReportFinding, check_report, problems, stops

__all__ = ["CHECKS", "Cell", "ReportFinding", "cells_of", "check_report", "problems", "stops"]
