from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import official
from ..tools.text import clean, fold


class EmulationLegalText(models.Model):
    """A text that others rest on (văn bản căn cứ; R2): the dated law.

    What was in force on a day stays provable: a text is never overwritten by the
    next one, it ends and names its replacement. A plan of a district rests on the
    province's, the province's on the centre's: the chain of derivation.
    """

    _name = "emulation.legal.text"
    _inherit = ["mail.thread"]
    _description = "Legal Text"
    _order = "date desc nulls last, id desc"
    _rec_names_search = ["search_text"]
    _parent_name = "parent_id"
    _check_company_auto = True

    kind = fields.Selection(
        [
            ("law", "Law"),
            ("ordinance", "Ordinance"),
            ("decree", "Decree"),
            ("resolution", "Resolution"),
            ("directive", "Directive"),
            ("decision", "Decision"),
            ("circular", "Circular"),
            ("joint_circular", "Joint circular"),
            ("notice", "Circular letter of the Front"),
            ("project", "Project"),
            ("plan", "Plan"),
            ("guideline", "Guideline"),
            ("regulation", "Regulation"),
            ("letter", "Official letter"),
            ("conclusion", "Conclusion"),
        ],
        required=True,
        tracking=True,
        help="Printed in Vietnamese, e.g. Nghị định",
    )
    number = fields.Char(
        string="Number and symbol",
        index="btree_not_null",
        tracking=True,
        help="E.g. 13/2012/NĐ-CP. Printed for all but laws and ordinances.",
    )
    date = fields.Date(string="Dated", tracking=True, help="Day it was signed")
    issuer = fields.Char(help="As printed, e.g. Chính phủ")
    level_id = fields.Many2one(
        "emulation.unit.level",
        ondelete="restrict",
        help="The level of administration of the issuer",
    )
    subject = fields.Char(
        required=True,
        tracking=True,
        help="As printed after the issuer, e.g. ban hành Điều lệ Sáng kiến; for a law "
        "its name, e.g. Thi đua, khen thưởng",
    )
    search_text = fields.Char(
        compute="_compute_search_text",
        store=True,
        index="trigram",
        export_string_translation=False,
    )
    date_start = fields.Date(
        string="Effective from", tracking=True, help="Empty when not known"
    )
    date_end = fields.Date(
        string="Effective until",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        tracking=True,
        help="Last day in force: the eve of its replacement, unless you correct it",
    )
    replaced_by_id = fields.Many2one(
        "emulation.legal.text",
        string="Replaced by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The text that takes its place",
    )
    replaces_ids = fields.One2many("emulation.legal.text", "replaced_by_id")
    parent_id = fields.Many2one(
        "emulation.legal.text",
        string="Rests on",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The text that this one carries out, usually of the level above",
    )
    child_ids = fields.One2many(
        "emulation.legal.text", "parent_id", string="Carried out by"
    )
    chain = fields.Char(
        compute="_compute_chain",
        recursive=True,
        help="From the highest text down to this one",
    )
    state = fields.Selection(
        [
            ("coming", "Not yet in force"),
            ("in_force", "Effective"),
            ("expired", "Expired"),
        ],
        compute="_compute_state",
        search="_search_state",
        help="Today, by its dates",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="File", copy=False, help="The text as published"
    )
    citation = fields.Char(
        compute="_compute_citation", help="As printed after “Căn cứ”"
    )
    note = fields.Text(help="What remains to be verified, which parts still hold")
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: shared by all companies"
    )

    _number_unique = models.UniqueIndex(
        "(number, COALESCE(company_id, 0)) WHERE number IS NOT NULL",
        "A text with this number is registered already. Use that one.",
    )
    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A text cannot expire before it is in force. Correct one of the two dates.",
    )

    @api.depends("number", "subject", "kind", "issuer")
    def _compute_search_text(self):
        for text in self:
            kind = official.LEGAL_KINDS.get(text.kind)
            words = (kind, text.number, text.subject, text.issuer)
            text.search_text = fold(" ".join(filter(None, words)))

    @api.depends("replaced_by_id.date_start")
    def _compute_date_end(self):
        for text in self:
            start = text.replaced_by_id.date_start
            if start:
                text.date_end = fields.Date.subtract(start, days=1)
            else:
                text.date_end = text.date_end

    @api.depends("parent_id.chain", "number", "kind", "subject")
    def _compute_chain(self):
        for text in self:
            above = text.parent_id.chain
            text.chain = (
                f"{above} → {text._short_name()}" if above else (text._short_name())
            )

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for text in self:
            if text._in_force_on(today):
                text.state = "in_force"
            elif text.date_start and text.date_start > today:
                text.state = "coming"
            else:
                text.state = "expired"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        coming = Domain("date_start", ">", today)
        expired = Domain("date_end", "<", today) & ~coming
        domains = {"coming": coming, "expired": expired, "in_force": ~coming & ~expired}
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("kind", "number", "date", "issuer", "subject")
    def _compute_citation(self):
        for text in self:
            text.citation = official.citation(
                text.kind, text.number, text.date, text.issuer, text.subject
            )

    @api.depends("kind", "number", "subject")
    def _compute_display_name(self):
        for text in self:
            text.display_name = text._short_name()

    @api.constrains("parent_id", "replaced_by_id")
    def _check_no_cycle(self):
        for text in self:
            if text._has_cycle() or text._has_cycle("replaced_by_id"):
                raise ValidationError(
                    self.env._(
                        "“%(text)s” cannot rest on itself or be replaced by itself, "
                        "not even through other texts. Choose another text.",
                        text=text.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        texts = super().create([self._clean_vals(vals) for vals in vals_list])
        texts._own_attachments()
        return texts

    def write(self, vals):
        result = super().write(self._clean_vals(vals))
        if "attachment_ids" in vals:
            self._own_attachments()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_cited(self):
        for text in self:
            movement = self.env["emulation.movement"].search(
                [("basis_ids", "in", text.ids)], limit=1
            )
            rnd = self.env["emulation.round"].search(
                [("basis_ids", "in", text.ids)], limit=1
            )
            if movement or rnd:
                raise UserError(
                    self.env._(
                        "“%(text)s” is the basis of “%(record)s” and stays on record. "
                        "Enter the day it ended instead of deleting it.",
                        text=text.display_name,
                        record=(movement or rnd).display_name,
                    )
                )

    @api.model
    def _clean_vals(self, vals):
        names = ("number", "issuer", "subject")
        return {
            **vals,
            **{name: clean(vals[name]) or False for name in names if name in vals},
        }

    def _own_attachments(self):
        """Hang the files on the text, so that whoever reads it reads them."""
        for text in self:
            strays = text.sudo().attachment_ids.filtered(lambda file: not file.res_id)
            strays.write({"res_model": self._name, "res_id": text.id})

    def _short_name(self):
        """Return how the text is called in lists: number, or the name of a law."""
        self.ensure_one()
        kind = official.LEGAL_KINDS.get(self.kind) or ""
        subject = " ".join((self.subject or "").split())
        if self.kind in official.UNNUMBERED_KINDS:
            number = f" ({self.number})" if self.number else ""
            return f"{kind} {subject}{number}".strip()
        return f"{kind} {self.number or subject}".strip()

    def _in_force_on(self, day):
        """Return whether the text was in force on ``day`` (a date).

        An unknown beginning counts as before every day, an empty end as open.
        """
        self.ensure_one()
        begun = not self.date_start or self.date_start <= day
        return begun and (not self.date_end or self.date_end >= day)

    def _cite_on(self, day, citing):
        """Return the citations of the texts in force on ``day``, in their order.

        A text that had ended is left out where its replacement is among them.

        :param day: date whose law counts
        :param citing: name of the record that cites, for the message
        :raises UserError: when a text was not in force and nothing took its place
        """
        in_force = self.filtered(lambda text: text._in_force_on(day))
        for text in self - in_force:
            successor = text.replaced_by_id
            while successor and successor not in in_force:
                successor = successor.replaced_by_id
            if not successor and not (text.replaces_ids & in_force):
                text._raise_not_in_force(day, citing)
        order = {kind: rank for rank, kind in enumerate(official.LEGAL_KINDS)}
        ranked = in_force.sorted(lambda text: (order[text.kind], text.date or day))
        return ranked.mapped("citation")

    def _raise_not_in_force(self, day, citing):
        values = {
            "text": self.display_name,
            "citing": citing,
            "day": format_date(self.env, day),
            "replacement": self.replaced_by_id.display_name,
        }
        if self.replaced_by_id:
            raise UserError(
                self.env._(
                    "“%(citing)s” rests on “%(text)s”, which was not in force on "
                    "%(day)s; “%(replacement)s” takes its place. Add that text to the "
                    "legal basis.",
                    **values,
                )
            )
        raise UserError(
            self.env._(
                "“%(citing)s” rests on “%(text)s”, which was not in force on %(day)s. "
                "Remove it from the legal basis, or correct its dates in the register "
                "of legal texts.",
                **values,
            )
        )
