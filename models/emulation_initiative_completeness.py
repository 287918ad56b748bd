from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Where on the form each item of the content is entered: page of the notebook and
# field; its name, and why it matters. In the order of the legal form.
CONTENTS = {
    "author_details": (
        "authors", "author_ids",
        _lt("birth date, work place, title and qualification of each author"),
        _lt("the form of the law lists them, and certificates are told apart by them"),
    ),
    "problem": (
        "solution", "problem",
        _lt("the situation before"),
        _lt("the council measures the progress against it"),
    ),
    "solution": (
        "solution", "solution",
        _lt("the description of the solution"),
        _lt("another unit must be able to repeat it"),
    ),
    "novelty": (
        "novelty", "novelty",
        _lt("what is new"),
        _lt("only what is new within the unit is recognised"),
    ),
    "applicability": (
        "novelty", "applicability",
        _lt("use and spread"),
        _lt("points are given for where it works and could work"),
    ),
    "date_applied": (
        "novelty", "date_applied",
        _lt("the day of the first application"),
        _lt("an initiative must have been applied or tried out"),
    ),
    "conditions": (
        "novelty", "conditions",
        _lt("the conditions needed to apply it"),
        _lt("whoever takes it over must know what it takes"),
    ),
    "helpers": (
        "novelty", "helper_ids",
        _lt("the people who helped in the first application"),
        _lt("the law gives them a part of the remuneration"),
    ),
    "benefit": (
        "benefits", "benefit",
        _lt("the benefits"),
        _lt("without a benefit there is nothing to recognise"),
    ),
    "calculation": (
        "benefits", "benefit_calculation",
        _lt("how the sum of the benefit came about"),
        _lt("a sum without its calculation is not believed"),
    ),
    "benefit_users": (
        "benefits", "benefit_users",
        _lt("the benefits in the opinion of those who applied it"),
        _lt("an author alone is not believed"),
    ),
    "benefit_social": (
        "benefits", "benefit_social",
        _lt("the social benefit"),
        _lt("not every benefit is money"),
    ),
    "investor": (
        "legal", "investor_kind",
        _lt("the investor"),
        _lt("whoever paid for it decides on its use"),
    ),
    "ip": (
        "legal", "ip_status",
        _lt("whether industrial property was applied for"),
        _lt("a protected solution cannot be recognised as an initiative"),
    ),
    "confidential": (
        "legal", "confidential_info",
        _lt("the confidential information"),
        _lt("it was said that there is some; only examiners read it"),
    ),
    "movements": (
        "legal", "movement_ids",
        _lt("the campaigns it belongs to"),
        _lt("results are also counted by campaign"),
    ),
    "evidence": (
        "evidence", "attachment_ids",
        _lt("at least one piece of evidence"),
        _lt("what nobody can check is struck out"),
    ),
}  # fmt: skip


class EmulationInitiative(models.Model):
    """What a dossier still lacks before it can be handed in."""

    _inherit = "emulation.initiative"

    @api.depends(lambda self: self._missing_depends())
    @api.depends_context("uid", "lang")
    def _compute_missing_items(self):
        asked = self.has_access("write")
        for initiative in self:
            # nothing is asked any more of what is decided, or of old lists, nor of
            # those who only read, and not all that is asked about
            decided = initiative.state in ("recognised", "not_recognised")
            initiative.missing_items = (
                [] if decided or not asked else initiative._get_missing_items()
            )

    @api.model
    def _missing_depends(self):
        """Return the fields on which the list of what is missing depends."""
        return [
            "name", "author_ids.share", "author_ids.is_confirmed", "attachment_ids",
            "kind_id", "field_id", "round_id", "theme_id", "unit_id",
            *{field for _page, field, _label, _why in CONTENTS.values()},
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
                    missing=self._print_missing(missing),
                )
            )

    @api.model
    def _print_missing(self, items):
        """Return the list of what is missing as lines of text."""
        return "\n".join(f"- {item['label']}: {item['why']}" for item in items)

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
        demands = self.kind_id._get_demands()
        return [
            self._prepare_content_item(code)
            for code in CONTENTS
            if demands[code] == "required" and not self._has_item(code)
        ]

    @api.model
    def _prepare_content_item(self, code):
        page, field, label, why = CONTENTS[code]
        # the texts are marked for translation where they stand
        label, why = (text._translate(self.env.lang) for text in (label, why))
        return self._prepare_item(code, label, why, page, field)

    def _has_item(self, code):
        """Return whether the item ``code`` of the content is there."""
        value = self[CONTENTS[code][1]]
        return bool(value.strip() if isinstance(value, str) else value)
