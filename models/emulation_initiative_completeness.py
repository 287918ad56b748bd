from odoo import api, models
from odoo.exceptions import UserError

# Where on the form each item of the dossier itself is entered: the page of the
# notebook and the field; in the order of the legal form (Circular 18/2013, Annex I)
CONTENT_PLACES = {
    "problem": ("solution", "problem"),
    "solution": ("solution", "solution"),
    "novelty": ("novelty", "novelty"),
    "applicability": ("novelty", "applicability"),
    "date_applied": ("novelty", "date_applied"),
    "benefit": ("benefits", "benefit"),
    "evidence": ("evidence", "attachment_ids"),
}


class EmulationInitiative(models.Model):
    """What a dossier still lacks before it can be handed in."""

    _inherit = "emulation.initiative"

    @api.depends(lambda self: self._missing_depends())
    def _compute_missing_items(self):
        for initiative in self:
            initiative.missing_items = initiative._get_missing_items()

    @api.model
    def _missing_depends(self):
        """Return the fields on which the list of what is missing depends."""
        return [
            "name", "author_ids.share", "author_ids.is_confirmed", "attachment_ids",
            "problem", "solution", "novelty", "applicability", "benefit",
            "date_applied", "kind_id", "field_id", "round_id", "theme_id", "unit_id",
        ]  # fmt: skip

    def _check_complete(self):
        """Refuse a dossier that lacks something, with the reason for each item."""
        missing = self._get_missing_items()
        if missing:
            raise UserError(
                self.env._(
                    "“%(initiative)s” cannot be handed in yet. Please complete:\n"
                    "%(missing)s",
                    initiative=self.name,
                    missing="\n".join(
                        f"- {item['label']}: {item['why']}" for item in missing
                    ),
                )
            )

    def _get_missing_items(self):
        """Return what the dossier still lacks, in the order of the form.

        :return: dicts with ``code`` (stable), ``label`` and ``why`` (translated
            phrases), ``page`` (name of the page of the notebook, or ``False`` above
            it) and ``field`` (name of the field that is to be filled in)
        """
        self.ensure_one()
        return (
            self._get_missing_header()
            + self._get_missing_authors()
            + self._get_missing_contents()
            + self._get_refused_files()
        )

    @api.model
    def _prepare_item(self, code, label, why, page=False, field=None):
        """Return one entry of the list of what is missing."""
        return {
            "code": code,
            "label": str(label),
            "why": str(why),
            "page": page,
            "field": field or code,
        }

    def _get_missing_header(self):
        """Return what is missing above the pages of the form."""
        rnd = self.round_id
        checks = [
            (not (self.name or "").strip(), "name", self.env._("the title"),
             self.env._("it is printed on the certificate and found in every search")),
            (not rnd, "round_id", self.env._("the round"),
             self.env._("the round sets the deadline, the checklist and the council")),
            (not self.unit_id, "unit_id", self.env._("the unit"),
             self.env._("its head endorses the dossier and answers for it")),
            (not self.kind_id, "kind_id", self.env._("the kind"),
             self.env._("what is asked for depends on it")),
            (not self.field_id, "field_id", self.env._("the field"),
             self.env._("experts of this field will appraise it")),
            (not self.theme_id, "theme_id", self.env._("the content it belongs to"),
             self.env._("all results of the movement are counted by content")),
            (rnd and self.kind_id and self.kind_id not in rnd.kind_ids._origin,
             "kind_id", self.env._("a kind that the round accepts"),
             self.env._("the round does not appraise other kinds")),
            (rnd and self.field_id and not rnd._accepts_field(self.field_id),
             "field_id", self.env._("a field that the round accepts"),
             self.env._("the round does not appraise other fields")),
        ]  # fmt: skip
        return [
            self._prepare_item(code, label, why)
            for lacking, code, label, why in checks
            if lacking
        ]

    def _get_missing_authors(self):
        """Return what is missing about the authors."""
        authors = self.author_ids
        checks = [
            (not authors, "authors", self.env._("at least one author"),
             self.env._("recognition and remuneration belong to the authors")),
            (authors and not authors._totals_to_hundred(), "shares",
             self.env._("shares of the authors that make exactly 100 %"),
             self.env._("the remuneration is divided by these shares")),
            (self._get_unsigned_authors(), "confirmations",
             self.env._("the authors' signatures on their shares"),
             self.env._("nobody's share is decided without them")),
        ]  # fmt: skip
        return [
            self._prepare_item(code, label, why, "authors", "author_ids")
            for lacking, code, label, why in checks
            if lacking
        ]

    def _get_missing_contents(self):
        """Return which items of the content are asked for and not there."""
        texts = self._get_item_texts()
        return [
            self._prepare_item(code, *texts[code], *place)
            for code, place in CONTENT_PLACES.items()
            if self._requires_item(code) and not self._has_item(code)
        ]

    def _requires_item(self, code):
        """Return whether a dossier of this kind must have the item ``code``."""
        return code != "date_applied" or self.requires_application

    def _has_item(self, code):
        """Return whether the item ``code`` of the content is there."""
        value = self[CONTENT_PLACES[code][1]]
        return bool(value.strip() if isinstance(value, str) else value)

    @api.model
    def _get_item_texts(self):
        """Return ``{code: (label, why)}`` of the items of the content."""
        return {
            "problem": (
                self.env._("the situation before"),
                self.env._("the council measures the progress against it"),
            ),
            "solution": (
                self.env._("the description of the solution"),
                self.env._("another unit must be able to repeat it"),
            ),
            "novelty": (
                self.env._("what is new"),
                self.env._("only what is new within the unit is recognised"),
            ),
            "applicability": (
                self.env._("use and spread"),
                self.env._("points are given for where it works and could work"),
            ),
            "benefit": (
                self.env._("the benefits"),
                self.env._("without a benefit there is nothing to recognise"),
            ),
            "date_applied": (
                self.env._("the day of the first application"),
                self.env._("an initiative must have been applied or tried out"),
            ),
            "evidence": (
                self.env._("at least one piece of evidence"),
                self.env._("what nobody can check is struck out"),
            ),
        }
