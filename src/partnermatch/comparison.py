"""What a comparison of two names says, for people and for programs: the waterfall."""

from __future__ import annotations

from dataclasses import asdict, dataclass


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
    """

    text: str
    institution: str
    unit: str
    whole: str
    reason: str


@dataclass(frozen=True)
class Comparison:
    """The answer for two names.

    Attributes:
        probability: that both mean one institution, 0..1; 0 where one of them holds no name.
        decision: match, review or none.
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
        lines += [f"   {label} {text}" for label, text in (("unit", read.unit), ("part of", read.whole)) if text]
        return lines + [_describe_word(word) for word in self.words if word.side == side]


def _describe_word(word: WordMatch) -> str:
    read = f" = {word.read}" if word.read and word.read != word.word else ""
    answer = f"answered by {word.answered_by} ({word.alike:.2f})" if word.alike > 0 else "not answered"
    return f"     {word.word} [{word.script}, {word.role}]{read}: {answer}, weight {word.weight:.2f}"
