from odoo import api, models

from ..tools.text import fold

# Rows and names that one notice still lists
SHOWN = 10


class EmulationInitiative(models.Model):
    """Entries that a list brings again, rounds that it needs, and what it did."""

    _inherit = "emulation.initiative"

    @api.model
    def _import_compare_known(self, job):
        """Find what a list says differently of the entries it brought before."""
        for entry in job["entries"]:
            known = entry["known"]
            if not known:
                continue
            if not known.is_past:
                job["notes"].append(("kept", entry["index"], known.display_name))
                continue
            fault = self._import_known_fault(entry, known)
            if fault:
                job["faults"].append((entry["index"], "name", fault))
                continue
            entry["changes"] = {
                name: value
                for name, value in entry["values"].items()
                if name not in ("name", "state", "round_id", "unit_id")
                and value
                and not known._import_is_same(name, value)
            }

    def _import_known_fault(self, entry, known):
        """Say why a known entry cannot be corrected by its row, or nothing."""
        told = {
            (fold(one["author"].name), float(one["author"].share))
            for one in entry["people"]
        }
        lines = {
            (fold(line.partner_id.name), round(line.share, 2))
            for line in known.author_ids
        }
        values = {"title": entry["title"], "initiative": known.code}
        if entry["values"]["state"] != known.state:
            return self.env._(
                "“%(title)s” was imported with another result (%(initiative)s: "
                "%(state)s). Delete that entry first if the list is right.",
                state=known._state_label(known.state),
                **values,
            )
        if told != lines:
            return self.env._(
                "“%(title)s” was imported with other authors (%(initiative)s: "
                "%(authors)s). Delete that entry first if the list is right.",
                authors=known.author_text,
                **values,
            )
        return None

    @api.model
    def _import_create_archives(self, job, new):
        """Create one round for each year of the list that has none."""
        archives = {}
        for entry in new:
            if entry["values"]["round_id"]:
                continue
            year = entry["year"]
            if year not in archives:
                organiser = self.env.user.emulation_unit_ids.filtered(
                    lambda one: not one.date_end
                )[:1]
                top = int(entry["unit"].parent_path.split("/")[0])
                archives[year] = self.env["emulation.round"]._create_archive(
                    year, organiser or self.env["emulation.unit"].browse(top)
                )
            entry["values"]["round_id"] = archives[year].id
        job["created_rounds"] = list(archives.values())

    @api.model
    def _import_notice(self, job):
        """Return in a few sentences what a file brought, or would bring."""
        entries = job["entries"]
        new = sum(bool(entry.get("is_new")) for entry in entries)
        changed = sum(bool(entry.get("changes")) for entry in entries)
        newcomers = [one["author"].name for one in job["newcomers"].values()]
        parts = [self.env._("New dossiers: %(count)d.", count=new)]
        if changed:
            parts.append(self.env._("Corrected: %(count)d.", count=changed))
        if same := len(entries) - new - changed:
            parts.append(
                self.env._("Known and left as they are: %(count)d.", count=same)
            )
        if newcomers:
            shown = ", ".join(newcomers[:SHOWN])
            if len(newcomers) > SHOWN:
                shown += ", …"
            parts.append(
                self.env._(
                    "New people: %(count)d (%(names)s).",
                    count=len(newcomers),
                    names=shown,
                )
            )
        for rnd in job.get("created_rounds", ()):
            parts.append(self.env._("New round: “%(round)s”.", round=rnd.name))
        return " ".join(parts + self._import_notes(job))

    @api.model
    def _import_notes(self, job):
        """Return what was repaired or left out, with the rows."""
        say = {
            "equal": lambda rows: self.env._(
                "Without shares, divided evenly: rows %(rows)s.", rows=rows
            ),
            "rounded": lambda rows: self.env._(
                "Shares completed to exactly 100: rows %(rows)s.", rows=rows
            ),
            "fraction": lambda rows: self.env._(
                "Shares below 1 read as parts of one: rows %(rows)s.", rows=rows
            ),
            "group": lambda rows: self.env._(
                "A group before the names was left out: rows %(rows)s.", rows=rows
            ),
            "left_out": lambda rows: self.env._(
                "Remarks in brackets were left out: rows %(rows)s.", rows=rows
            ),
            "kept": lambda rows: self.env._(
                "Dossiers of this system, not touched by the list: rows %(rows)s.",
                rows=rows,
            ),
        }
        sentences = []
        for code, sentence in say.items():
            indexes = sorted(
                {index for one, index, _text in job["notes"] if one == code}
            )
            if not indexes:
                continue
            rows = [str(self._import_row_number(index)) for index in indexes[:SHOWN]]
            if len(indexes) > SHOWN:
                rows.append(self.env._("… (%(count)d in all)", count=len(indexes)))
            sentences.append(sentence(", ".join(rows)))
        return sentences
