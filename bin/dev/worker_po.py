"""Compare and merge translation files; run by the virtual environment's Python."""

import sys
from pathlib import Path

import polib

WIDTH = 78
LONGEST_LIST = 30


def template(exported, kept):
    """Tell how the kept template differs from what the database exports."""
    new, old = _terms(polib.pofile(exported)), _terms(polib.pofile(kept))
    _list("in the addon but not in the template", new - old)
    _list("in the template but no longer in the addon", old - new)
    return int(new != old)


def complete(template_path, translation_path):
    """Tell which terms a translation lacks, doubts or has in excess."""
    translation = polib.pofile(translation_path)
    wanted = _terms(polib.pofile(template_path))
    present = _terms(translation)
    faults = {
        "missing": wanted - present,
        "of no use": present - wanted,
        "untranslated": {_term(entry) for entry in translation.untranslated_entries()},
        "fuzzy": {_term(entry) for entry in translation.fuzzy_entries()},
        "obsolete": {_term(entry) for entry in translation.obsolete_entries()},
    }
    for title, terms in faults.items():
        _list(title, terms)
    return int(any(faults.values()))


def merge(exported, template_path, translation_path):
    """Refresh a template from an export and carry a translation over to it."""
    new = polib.pofile(exported, wrapwidth=WIDTH)
    Path(template_path).parent.mkdir(exist_ok=True)
    if not Path(template_path).exists() or _content(new) != _content(
        polib.pofile(template_path)
    ):
        # Otherwise only the date in the header would change.
        new.save(template_path)
    known = {}
    if Path(translation_path).exists():
        known = {_term(entry): entry for entry in polib.pofile(translation_path)}
    translation = polib.POFile(wrapwidth=WIDTH)
    translation.header = new.header
    translation.metadata = new.metadata | {
        "Language": "vi",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for entry in new:
        if before := known.get(_term(entry)):
            entry.msgstr = before.msgstr
            entry.tcomment = before.tcomment
        translation.append(entry)
    old = polib.pofile(translation_path) if known else None
    if not old or _content(old) != _content(translation) or old.obsolete_entries():
        translation.save(translation_path)
    missing = len(translation.untranslated_entries())
    print(f"{len(translation)} terms, {missing} still to be translated")
    return 0


def _term(entry):
    return entry.msgctxt or "", entry.msgid


def _terms(entries):
    return {_term(entry) for entry in entries if not entry.obsolete}


def _content(entries):
    return [
        (_term(entry), entry.msgstr, entry.occurrences, entry.comment, entry.flags)
        for entry in entries
        if not entry.obsolete
    ]


def _list(title, terms):
    for _context, text in sorted(terms)[:LONGEST_LIST]:
        print(f"{title}: {text!r}")
    if len(terms) > LONGEST_LIST:
        print(f"{title}: and {len(terms) - LONGEST_LIST} more")


if __name__ == "__main__":
    action = {"template": template, "complete": complete, "merge": merge}[sys.argv[1]]
    raise SystemExit(action(*sys.argv[2:]))
