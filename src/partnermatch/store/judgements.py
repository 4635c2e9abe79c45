"""What people decided about pairs of records: written behind one another, never over; the last about a pair holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from partnermatch.errors import InputError
from partnermatch.store.escapes import escape, unescape
from partnermatch.store.rows import WHOLE, slice_up
from partnermatch.store.schema import CONTENTS, ENTITIES, JUDGEMENTS, MEMBERSHIPS, RECORDS, find_last, insert_rows

_NUMBER = re.compile("#[0-9]{1,18}")
"""How the number of a record is written; a longer one no database holds."""


class Decision(NamedTuple):
    """What a person says of two records.

    Attributes:
        left: a record: `#` and its number, or the key of its row, or its name.
        right: another.
        same: whether both mean one institution.
        who: the person.
        why: the reason, in the person's words.
        place: where it stands, for messages; empty on a command line.
    """

    left: str
    right: str
    same: bool
    who: str
    why: str
    place: str = ""


class Judgement(NamedTuple):
    """A decision as the store keeps it.

    Attributes:
        number: of the judgement, rising in time.
        left: number of the record with the smaller number.
        right: number of the other.
        same: whether both mean one institution.
        who: the person.
        made: when, in UTC.
        why: the reason.
        replaces: number of the judgement about the same pair that it overrules; None if it is the first.
    """

    number: int
    left: int
    right: int
    same: bool
    who: str
    made: str
    why: str
    replaces: int | None


def add_judgements(connection: sa.Connection, decisions: Sequence[Decision], now: datetime) -> list[Judgement]:
    """Write decisions, all of them or none.

    Raises:
        InputError: a side names no record, or records of several institutions, or both name one record.
    """
    records = _find_records(connection, decisions)
    last = find_last(connection, JUDGEMENTS)
    holding = {(judgement.left, judgement.right): judgement.number for judgement in list_judgements(connection)}
    added = []
    for number, decision in enumerate(decisions, start=last + 1):
        left, right = sorted((records[decision.left], records[decision.right]))
        if left == right:
            raise InputError(
                f"{_where(decision)}{decision.left!r} and {decision.right!r} are one record; a decision is about two."
            )
        made = now.isoformat(timespec="seconds")
        judgement = Judgement(
            number, left, right, decision.same, decision.who, made, decision.why, holding.get((left, right))
        )
        holding[left, right] = number
        added.append(judgement)
    rows = [
        {
            "number": judgement.number,
            "left_record": judgement.left,
            "right_record": judgement.right,
            "same": int(judgement.same),
            "who": escape(judgement.who),
            "made": judgement.made,
            "why": escape(judgement.why),
            "replaces": judgement.replaces,
        }
        for judgement in added
    ]
    insert_rows(connection, JUDGEMENTS, rows)
    return added


def list_judgements(connection: sa.Connection, *, all: bool = False) -> list[Judgement]:
    """The judgements that hold, or all that were ever made, in the order in which they were made."""
    query = sa.select(JUDGEMENTS).order_by(JUDGEMENTS.c.number)
    found = [
        Judgement(
            row.number,
            row.left_record,
            row.right_record,
            bool(row.same),
            unescape(row.who),
            row.made,
            unescape(row.why),
            row.replaces,
        )
        for row in connection.execute(query)
    ]
    replaced = set() if all else {judgement.replaces for judgement in found}
    return [judgement for judgement in found if judgement.number not in replaced]


def _find_records(connection: sa.Connection, decisions: Sequence[Decision]) -> dict[str, int]:
    """The record that each side means."""
    wanted = sorted({side for decision in decisions for side in (decision.left, decision.right)})
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    numbered = {side: int(side[1:]) for side in wanted if _NUMBER.fullmatch(side)}
    _look_up(connection, RECORDS.c.number, {number: side for side, number in numbered.items()}, found)
    _look_up(connection, RECORDS.c.key, {_as_key(side): side for side in wanted if side not in found}, found)
    _look_up(connection, CONTENTS.c.name, {escape(side): side for side in wanted if side not in found}, found)
    records = {}
    for decision in decisions:
        for side in (decision.left, decision.right):
            if side not in found:
                raise InputError(
                    f"{_where(decision)}no record has the key or the name {side!r}; "
                    "write it as it stands in the table, or as # and its number in `ids show`."
                )
            ids = sorted({identity for _, identity in found[side]})
            if len(ids) > 1:
                raise InputError(
                    f"{_where(decision)}{side!r} is a record of {len(ids)} institutions ({', '.join(ids)}); "
                    "say which one as # and its number in `ids show`."
                )
            records[side] = min(number for number, _ in found[side])
    return records


def _look_up(
    connection: sa.Connection,
    column: sa.Column[str] | sa.Column[int],
    wanted: dict[str, str] | dict[int, str],
    found: defaultdict[str, list[tuple[int, str]]],
) -> None:
    """Note the records, each with the ID of its institution, of which a column says what is wanted."""
    belongs = (MEMBERSHIPS.c.record == RECORDS.c.number) & MEMBERSHIPS.c.until.is_(None)
    says = (CONTENTS.c.record == RECORDS.c.number) & CONTENTS.c.until.is_(None)
    for some in slice_up(list(wanted)):
        query = (
            sa.select(column, RECORDS.c.number, ENTITIES.c.id)
            .join_from(RECORDS, CONTENTS, says)
            .join(MEMBERSHIPS, belongs)
            .join(ENTITIES, ENTITIES.c.number == MEMBERSHIPS.c.entity)
            .where(column.in_(some), RECORDS.c.source != WHOLE)
        )
        for value, number, identity in connection.execute(query):
            found[wanted[value]].append((number, identity))


def _as_key(side: str) -> str:
    """A key as it is kept; the tab between a name and its country stays."""
    name, tab, country = side.partition("\t")
    return f"{escape(name)}{tab}{escape(country)}"


def _where(decision: Decision) -> str:
    return f"{decision.place}: " if decision.place else ""
