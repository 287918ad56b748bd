from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import passages, similarity

# Of a title that is being typed; longer ones are refused when they are saved
MOST_TYPED = 1000
SHOWN = 5
SHOWN_HIDDEN = 3
LOOKED_AT = 20


class EmulationInitiative(models.Model):
    """Entries of all units and years that are near to a dossier (R74).

    A search answers with what the reader may see of each entry. Of one that is not
    theirs to read it says only that there is one, of which year, and whom to ask.
    """

    _inherit = "emulation.initiative"

    similar_count = fields.Integer(
        string="Similar entries",
        compute="_compute_similar_count",
        help="Entries near to this one on the day it was handed in; all those you may "
        "not read count as one",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_similar_count(self):
        near = self.env["emulation.initiative.signature"].sudo()._get_near(self)
        ids = set().union(*near.values()) if near else ()
        open_ids = set(self.browse(ids)._filtered_access("read").ids)
        for initiative in self:
            found = set(near.get(initiative._origin.id, ()))
            hidden = bool(found - open_ids)
            initiative.similar_count = len(found & open_ids) + hidden

    @api.model_create_multi
    def create(self, vals_list):
        initiatives = super().create(vals_list)
        self.env["emulation.initiative.signature"].sudo()._sign(initiatives.sudo())
        return initiatives

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_compared_fields()):
            self.env["emulation.initiative.signature"].sudo()._sign(self.sudo())
        return result

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        if target == "submitted":
            self._keep_similar()
        return result

    @api.model
    def _get_compared_fields(self):
        """Return the fields that are compared with other entries, the title first."""
        return ["name", "problem", "solution", "novelty", "applicability", "benefit"]

    # FOR CLIENTS

    @api.model
    def search_similar(self, title, initiative_id=False):
        """Return what is near to a title that is being typed, or to a dossier.

        :param str title: the title as far as it is typed
        :param int initiative_id: a saved dossier whose texts are compared as well,
            and which is not compared with itself
        :return: ``entries`` (what the user may read, nearest first), ``hidden`` (that
            there is one, its year and whom to ask) and ``is_limited`` when the user
            asks too often
        :raises AccessError: for users who have nothing to do with dossiers
        """
        self.browse().check_access("read")
        if not self.env["emulation.similarity.search"]._is_allowed():
            return {"entries": [], "hidden": [], "is_limited": True}
        initiative = self.browse(initiative_id if isinstance(initiative_id, int) else 0)
        initiative = initiative.exists()._filtered_access("read")
        hits = self._find_similar(
            str(title or "")[:MOST_TYPED],
            initiative._get_texts(),
            exclude=initiative,
            limit=LOOKED_AT,
        )
        hits = self._keep_telling(hits, initiative, title)
        return {**self._present_similar(hits), "is_limited": False}

    def _keep_telling(self, hits, initiative, title):
        """Return the hits without those that a short text alone brought up.

        Whoever types one sentence and is told that a hidden entry holds it could read
        that entry word by word: of those, short texts count for nothing, nor does a
        sentence said again or one of the form's own.
        """
        parameters = self.env["ir.config_parameter"].sudo()
        least = int(parameters.get_param("emulation.similarity_telling_words") or 40)
        phrases = self.env["emulation.template.text"]._get_phrases()
        if len(set().union(*initiative._get_parts(phrases))) >= least:
            return hits
        by_title = self._find_similar(
            str(title or "")[:MOST_TYPED], [], exclude=initiative, limit=LOOKED_AT
        )
        told = {hit[0].id: hit for hit in by_title}
        readable = self.browse(hit[0].id for hit in hits)._filtered_access("read")
        return [
            hit if hit[0].id in readable._ids else told[hit[0].id]
            for hit in hits
            if hit[0].id in readable._ids or hit[0].id in told
        ]

    def get_passages(self, other_id):
        """Return this dossier beside another, with what they share marked.

        :param int other_id: the other dossier
        :return: ``share`` and ``other_share`` (percent of each that stands in the
            other) and ``ours`` and ``theirs``: title, unit, year and fields with their
            pieces of text ``[text, passage, is_template]``
        :raises AccessError: when the user may not read both
        """
        self.ensure_one()
        self.check_access("read")
        other = self.browse(other_id if isinstance(other_id, int) else 0).exists()
        if not other or other == self or not other.has_access("read"):
            raise AccessError(
                self.env._(
                    "This entry is not open to you. Ask the organiser of its round."
                )
            )
        names = [
            name
            for name in self._get_compared_fields()
            if self._has_field_access(self._fields[name], "read")
        ]
        phrases = self.env["emulation.template.text"]._get_phrases()
        ours, theirs = ([one[name] or "" for name in names] for one in (self, other))
        share, left, right = passages.compare(ours, theirs, phrases)
        other_share, _right, _left = passages.compare(theirs, ours, phrases)
        return {
            "share": round(share * 100),
            "other_share": round(other_share * 100),
            "ours": self._present_side(names, left),
            "theirs": other._present_side(names, right),
        }

    def action_record_prior_art(self, other_id=False):
        """Open the dialog that records what an earlier entry means for this one.

        :param int other_id: the entry to begin with
        :raises AccessError: when the user may not read the dossier
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verdict on an earlier entry"),
            "res_model": "emulation.prior.art.record",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_initiative_id": self.id,
                "default_other_id": other_id if isinstance(other_id, int) else False,
            },
        }

    # BUSINESS

    @api.model
    def _find_similar(self, title, texts=(), exclude=None, limit=SHOWN):
        """Return the entries nearest to a title and texts, whoever asks.

        Of all units and years, archived ones and drafts included, in the companies
        of the user. What is shown of them is for the caller to decide.

        :param str title: a title
        :param texts: descriptions (strings)
        :param exclude: recordset never to be found
        :param int limit: how many at most
        :return: ``[(initiative, score, level)]`` with sudo, nearest first; the score
            is 0 to 1 and reaches the lowest level at least
        """
        phrases = self.env["emulation.template.text"]._get_phrases()
        words = similarity.words(title)
        parts = self._split(texts, phrases)
        prints = sorted(set().union(*map(similarity.text_prints, parts)))
        candidates = (
            self.env["emulation.initiative.signature"]
            .sudo()
            ._get_candidates(
                similarity.title_bands([words])[0], prints, (exclude or self).ids
            )
        )
        scored = self._score(words, parts, candidates, phrases)
        levels = self.env["emulation.similarity.level"].sudo().search(Domain.TRUE)
        hits = [(one, score, levels._get_level(score)) for score, one in scored]
        return [hit for hit in hits if hit[2]][:limit]

    @api.model
    def _score(self, words, parts, candidates, phrases):
        """Return ``[(score, initiative)]``, compared exactly, nearest first."""
        own = similarity.shingles(similarity.without(words, phrases))
        runs = set().union(*map(similarity.runs, parts))
        fields_ = self._get_compared_fields()
        companies = set(self.env.companies.ids)
        entries = self.sudo().browse([one for one, _bands, _prints in candidates])
        entries.fetch(["name", "company_id", *(fields_[1:] if parts else ())])
        scored = []
        for entry, (_id, _bands, prints) in zip(entries, candidates, strict=True):
            if entry.company_id.id not in companies:
                continue
            theirs = similarity.without(similarity.words(entry.name), phrases)
            score = similarity.jaccard(own, similarity.shingles(theirs))
            if prints:
                found = set().union(
                    *(similarity.runs(part) for part in entry._get_parts(phrases))
                )
                score = max(score, similarity.containment(runs, found))
            scored.append((score, entry))
        return sorted(scored, key=lambda pair: (-pair[0], -pair[1].id))

    def _get_texts(self):
        """Return the texts that are compared beside the title, as a list."""
        names = self._get_compared_fields()[1:]
        return [initiative[name] or "" for initiative in self for name in names]

    def _get_parts(self, phrases):
        """Return the words of the texts between the form's own sentences."""
        return self._split(self._get_texts(), phrases)

    @api.model
    def _split(self, texts, phrases):
        return [
            part
            for text in texts
            for part in similarity.parts_without(similarity.words(text), phrases)
        ]

    def _keep_similar(self):
        """Keep what is near to the dossiers now that they are handed in."""
        signatures = self.env["emulation.initiative.signature"].sudo()
        for initiative in self.sudo():
            hits = initiative._find_similar(
                initiative.name, initiative._get_texts(), initiative, LOOKED_AT
            )
            near_ids = [entry.id for entry, _score, _level in hits]
            signatures._keep_near(initiative, near_ids)
        self.invalidate_recordset(["similar_count"])

    @api.model
    def _present_similar(self, hits):
        """Return what the current user may know of the entries found."""
        found = self.browse([entry.id for entry, _score, _level in hits])
        readable = set(found._filtered_access("read").ids)
        entries, hidden = [], {}
        for entry, score, level in hits:
            if entry.id in readable:
                entries.append(
                    {
                        "id": entry.id,
                        "percent": round(score * 100),
                        **self._present_level(level),
                        **entry._present_entry(),
                    }
                )
            else:
                # one line for all that are alike: their number is not told either
                known = entry._present_hidden()
                key = (known["year"], known["ask"])
                hidden.setdefault(key, {**self._present_level(level), **known})
        nearest = list(hidden.values())[:SHOWN_HIDDEN]
        return {"entries": entries[:SHOWN], "hidden": nearest}

    @api.model
    def _present_level(self, level):
        return {"level": level.name, "is_strong": level.is_strong}

    def _present_entry(self):
        """Return what a reader of this dossier is shown of it in a list."""
        return {
            "title": self.name,
            "code": self.code or "",
            "unit": self.unit_id.name,
            "year": self.year or self.date.year,
            "state": self._state_label(self.state),
        }

    def _present_hidden(self):
        """Return what is told of this dossier to those who may not read it."""
        organiser = self.round_id.unit_id
        contact = organiser.partner_id
        ask = [organiser.name, contact.phone, contact.email]
        return {
            "year": self.year or self.date.year,
            "ask": ", ".join(filter(None, ask)),
        }

    def _present_side(self, names, segments):
        labels = self.fields_get(names, ["string"])
        shown = self.sudo()._present_entry()
        return {
            **shown,
            "fields": [
                {"name": name, "label": labels[name]["string"], "pieces": pieces}
                for name, pieces in zip(names, segments, strict=True)
                if pieces
            ],
        }
