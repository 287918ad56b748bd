from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What is missing above the pages of the form, and why it matters
HEADER = {
    "name": (
        _lt("the title"),
        _lt("it is printed on the certificate and found in every search"),
    ),
    "round": (
        _lt("the round"),
        _lt("the round sets the deadline, the checklist and the council"),
    ),
    "unit": (
        _lt("the unit"),
        _lt("its head endorses the dossier and answers for it"),
    ),
    "kind": (_lt("the kind"), _lt("what is asked for depends on it")),
    "field": (_lt("the field"), _lt("experts of this field will appraise it")),
    "theme": (
        _lt("the content it belongs to"),
        _lt("all results of the movement are counted by content"),
    ),
    "round_kind": (
        _lt("a kind that the round accepts"),
        _lt("the round does not appraise other kinds"),
    ),
    "round_field": (
        _lt("a field that the round accepts"),
        _lt("the round does not appraise other fields"),
    ),
}
# The same of the authors
AUTHORS = {
    "authors": (
        _lt("at least one author"),
        _lt("recognition and remuneration belong to the authors"),
    ),
    "shares": (
        _lt("shares of the authors that make exactly 100 %"),
        _lt("the remuneration is divided by these shares"),
    ),
    "confirmations": (
        _lt("the authors' signatures on their shares"),
        _lt("nobody's share is decided without them"),
    ),
}
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
        rnd, kind, field = (
            self[name]._origin for name in ("round_id", "kind_id", "field_id")
        )
        checks = [
            ("name", "name", not (self.name or "").strip()),
            ("round", "round_id", not rnd),
            ("unit", "unit_id", not self.unit_id),
            ("kind", "kind_id", not kind),
            ("field", "field_id", not field),
            ("theme", "theme_id", not self.theme_id),
            ("round_kind", "kind_id",
             rnd and kind and not rnd._accepts_kind(kind)),
            ("round_field", "field_id",
             rnd and field and not rnd._accepts_field(field)),
        ]  # fmt: skip
        return [
            self._prepare_item(field, *self._say_texts(HEADER[code]))
            for code, field, lacking in checks
            if lacking
        ]

    def _get_missing_authors(self):
        """Return what is missing about the authors."""
        authors = self.author_ids
        checks = [
            ("authors", not authors),
            ("shares", authors and not authors._totals_to_hundred()),
            ("confirmations", self._get_unsigned_authors()),
        ]
        return [
            self._prepare_item(
                code, *self._say_texts(AUTHORS[code]), "authors", "author_ids"
            )
            for code, lacking in checks
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
        page, field, *texts = CONTENTS[code]
        return self._prepare_item(code, *self._say_texts(texts), page, field)

    @api.model
    def _say_texts(self, texts):
        """Return texts, marked for translation where they stand, in the language."""
        return [text._translate(self.env.lang) for text in texts]

    def _has_item(self, code):
        """Return whether the item ``code`` of the content is there."""
        value = self[CONTENTS[code][1]]
        return bool(value.strip() if isinstance(value, str) else value)
