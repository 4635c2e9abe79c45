"""Profiles with their texts in blocks: what a registry keeps of its names."""

from __future__ import annotations

from dataclasses import replace

from partnermatch.model import Atoms, Profiles
from partnermatch.strings import IntLists, StringLists, Strings


def pack_profiles(profiles: Profiles) -> Profiles:
    """The same profiles, as arrays all the way down."""
    return replace(
        profiles,
        atoms=_pack_atoms(profiles.atoms),
        texts=Strings.of(profiles.texts),
        folded=Strings.of(profiles.folded),
        countries=Strings.of(profiles.countries),
        acronyms=StringLists.of(profiles.acronyms),
        initials=Strings.of(profiles.initials),
        letters=StringLists.of(profiles.letters),
    )


def _pack_atoms(atoms: Atoms) -> Atoms:
    return replace(
        atoms,
        keys=Strings.of(atoms.keys),
        forms=StringLists.of(atoms.forms),
        spellings=StringLists.of(atoms.spellings),
        readings=StringLists.of(atoms.readings),
        members=IntLists.of(atoms.members),
    )
