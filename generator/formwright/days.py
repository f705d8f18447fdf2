"""Dates in words, as they are printed."""

from __future__ import annotations

from datetime import date


def long_date(day: date, language: str) -> str:
    """Return a date as it stands in a sentence: January 11, 2027."""
    from babel.dates import format_date

    return format_date(day, "long", locale=language)


def short_date(day: date, language: str) -> str:
    """Return a date as it stands in a table: Jan 11, 2027."""
    from babel.dates import format_date

    return format_date(day, "medium", locale=language)


def short_month(day: date, language: str) -> str:
    """Return the name of a month as it heads a column: Jan."""
    from babel.dates import format_date

    return format_date(day, "LLL", locale=language)
