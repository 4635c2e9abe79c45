"""Pure string work: clean, fold, cut, segment, read. Every third-party reader of language is imported in here."""
