"""What a comparison of two names says, for people and for programs: the waterfall."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from partnermatch.evidence import CLAIMS, gather_evidence
from partnermatch.evidence.words import Matcher, Words
from partnermatch.model import Evidence, Ints, Profiles, Readings, Registered, Role, Script
from partnermatch.scores import START, Decision, add_up, decide, score_pairs
from partnermatch.settings import Settings
from partnermatch.text.clean import as_text
from partnermatch.text.segment import script_of

DIGITS = 6
"""Decimals of a strength: as many as it is kept with."""
_ROLES, _SCRIPTS = ([member.name.lower() for member in kind] for kind in (Role, Script))
"""How they are called, by their number."""


@dataclass(frozen=True)
class WordMatch:
    """How one word of a name was understood, and what answers to it on the other side.

    Attributes:
        side: `a` or `b`: whose word it is.
        word: as it was met, folded.
        script: latin, kanji, kana, hangul or number.
        read: its reading in Latin letters or the meaning that the lexicon gives it.
        role: rest, place, number, topic, country, qualifier or kind.
        weight: how much it asks to be explained, 0..1.
        answered_by: the word or meaning on the other side, empty if there is none.
        alike: how well it is explained, 0..1.
    """

    side: str
    word: str
    script: str
    read: str
    role: str
    weight: float
    answered_by: str
    alike: float


@dataclass(frozen=True)
class Claim:
    """One claim about a pair.

    Attributes:
        claim: its name.
        sentence: what it says.
        strength: 0..1.
        adds: log-odds that it adds, or takes away where negative.
    """

    claim: str
    sentence: str
    strength: float
    adds: float


@dataclass(frozen=True)
class Side:
    """How one of the two strings was read.

    Attributes:
        text: as it was given.
        institution: the institution's own name.
        unit: the unit that it names, empty if none.
        whole: the organization above it that it names, empty if none.
        reason: why there is no name in it (`empty`, `too_long`, `no_words`), empty if there is one.
        registry_id: the institution of the registry that it means, empty where none is certain.
        registry_confidence: how certain that is, 0..1.
    """

    text: str
    institution: str
    unit: str
    whole: str
    reason: str
    registry_id: str = ""
    registry_confidence: float = 0.0


@dataclass(frozen=True)
class Comparison:
    """The answer for two names.

    Attributes:
        probability: that both mean one institution, 0..1; 0 where one of them holds no name.
        decision: match, review or none; what a registry takes for two institutions is no match.
        evidence: the claims that added or took away, the strongest first.
        start: log-odds before any claim.
        a: how the first was read.
        b: how the second was read.
        words: the words of both, and what answers to each.
    """

    probability: float
    decision: str
    evidence: tuple[Claim, ...]
    start: float
    a: Side
    b: Side
    words: tuple[WordMatch, ...]

    def to_dict(self) -> dict[str, object]:
        """The same as plain dictionaries, lists and numbers."""
        return asdict(self)

    def to_text(self) -> str:
        """A page that a person can read: the names, their words, and what each claim added."""
        lines = [*self._describe("a", self.a), *self._describe("b", self.b)]
        if self.evidence:
            lines += ["", f"{'starts at':>52}  {self.start:+6.2f}"]
            lines += [f"{claim.sentence:>52}  {claim.adds:+6.2f}" for claim in self.evidence]
            total = self.start + sum(claim.adds for claim in self.evidence)
            lines += [f"{'log-odds':>52}  {total:+6.2f}"]
        lines += ["", f"probability {self.probability:.3f}: {self.decision}"]
        return "\n".join(lines).encode("utf-8", errors="backslashreplace").decode()

    def _describe(self, side: str, read: Side) -> list[str]:
        lines = [f"{side}  {read.text[:200]}"]
        if read.reason:
            return [*lines, f"   no name: {read.reason}"]
        lines.append(f"   institution {read.institution}")
        known = f"{read.registry_id} ({read.registry_confidence:.2f})" if read.registry_id else ""
        told = (("unit", read.unit), ("part of", read.whole), ("registry", known))
        lines += [f"   {label} {text}" for label, text in told if text]
        return lines + [_describe_word(word) for word in self.words if word.side == side]


def _describe_word(word: WordMatch) -> str:
    read = f" = {word.read}" if word.read and word.read != word.word else ""
    answer = f"answered by {word.answered_by} ({word.alike:.2f})" if word.alike > 0 else "not answered"
    return f"     {word.word} [{word.script}, {word.role}]{read}: {answer}, weight {word.weight:.2f}"


def explain(
    values: tuple[object, object], readings: Readings, matcher: Matcher, settings: Settings, registered: Registered
) -> Comparison:
    """Compare two names that were read, and keep what was found on the way.

    Args:
        values: as they were given.
        readings: of both, in order.
        matcher: over their profiles.
        settings: of the run.
        registered: the institution of a registry that each profile means.
    """
    sides = [_describe_side(value, row, matcher.profiles, readings, registered) for row, value in enumerate(values)]
    if any(side.reason for side in sides):
        return Comparison(0.0, Decision.NONE.value, (), START, sides[0], sides[1], ())
    left, right = readings.profiles[:1], readings.profiles[1:]
    matched = matcher.match(readings.profiles, readings.profiles[::-1])
    evidence = gather_evidence(matcher, left, right, matched)
    probability = float(score_pairs(evidence, settings.scores).probabilities[0])
    words = _list_words(matched, matcher.profiles, readings.profiles)
    decision = decide(probability, settings.scores.match, settings.scores.review)
    if sides[0].registry_id and sides[1].registry_id:
        if sides[0].registry_id == sides[1].registry_id:
            probability = max(probability, min(side.registry_confidence for side in sides))
            decision = Decision.MATCH
        elif decision == Decision.MATCH:
            decision = Decision.REVIEW
    return Comparison(probability, decision.value, _list_claims(evidence), START, sides[0], sides[1], words)


def _describe_side(value: object, row: int, profiles: Profiles, readings: Readings, registered: Registered) -> Side:
    text = value if isinstance(value, str) else as_text(value)
    profile = int(readings.profiles[row])
    if profile < 0:
        return Side(text, "", "", "", readings.reasons[row])
    whole, known = int(profiles.wholes[profile]), int(registered.institutions[profile])
    side = Side(text, profiles.texts[profile], readings.units[row], profiles.texts[whole] if whole >= 0 else "", "")
    if known < 0:
        return side
    return replace(
        side, registry_id=registered.ids[known], registry_confidence=float(registered.probabilities[profile])
    )


def _list_words(words: Words, profiles: Profiles, rows: Ints) -> tuple[WordMatch, ...]:
    """The words of two profiles, those of the first before those of the second."""
    atoms = profiles.atoms
    folded = [profiles.folded[row] for row in rows.tolist()]
    found = []
    columns = (*words, atoms.roles[words.atom], atoms.weights[words.atom])
    for pair, atom, alike, by, role, weight in zip(*(column.tolist() for column in columns), strict=True):
        key, word = atoms.keys[atom], _form_in(folded[pair], atoms.forms[atom])
        read = atoms.readings[atom][0] if atoms.readings[atom] else key.partition(":")[2]
        answer = _form_in(folded[1 - pair], atoms.forms[by]) if by >= 0 else "a related kind" if alike else ""
        script = _SCRIPTS[script_of(word)]
        found.append(WordMatch("ab"[pair], word, script, read, _ROLES[role], weight, answer, alike))
    return tuple(found)


def _form_in(folded: str, forms: tuple[str, ...]) -> str:
    """The spelling that stands in a name; all of them where it is what stands beside the name."""
    return next((form for form in forms if f" {form} " in f" {folded} "), "/".join(forms))


def _list_claims(evidence: Evidence) -> tuple[Claim, ...]:
    strengths, added = evidence.values[0].tolist(), add_up(evidence)[0].tolist()
    claims = [
        Claim(claim, CLAIMS[claim], round(strength, DIGITS), round(adds, DIGITS))
        for claim, strength, adds in zip(evidence.claims, strengths, added, strict=True)
        if adds
    ]
    return tuple(sorted(claims, key=lambda claim: (-abs(claim.adds), claim.claim)))
