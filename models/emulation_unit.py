from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..tools.text import clean, code_key, fold


class EmulationUnit(models.Model):
    """A unit of the movement (đơn vị): an office, commune, school, firm, body (R10).

    A unit is never overwritten or deleted once it has a past: it ends, and has
    successors. Two trees cross in it: territory (``parent_id``) and sector
    (``managing_unit_id``, ngành dọc; R75).
    """

    _name = "emulation.unit"
    _inherit = ["mail.thread"]
    _description = "Unit"
    _parent_name = "parent_id"
    _parent_store = True
    _order = "level_id, sequence, code, id"
    _rec_names_search = ["search_text", "code"]
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    complete_name = fields.Char(
        string="Full name", compute="_compute_complete_name", recursive=True, store=True
    )
    short_name = fields.Char(
        string="Short name", help="As it is said in the office, e.g. “Sở KH&CN”"
    )
    code = fields.Char(
        required=True,
        tracking=True,
        help="Official or agreed code; imports recognise the unit by it",
    )
    # what is compared: mttq-35 and MTTQ-35 are the same unit
    code_key = fields.Char(
        compute="_compute_code_key",
        store=True,
        precompute=True,
        export_string_translation=False,
    )
    sequence = fields.Integer(default=100)
    search_text = fields.Char(
        compute="_compute_search_text",
        store=True,
        index="trigram",
        export_string_translation=False,
    )
    kind_id = fields.Many2one(
        "emulation.unit.kind", required=True, index=True, ondelete="restrict"
    )
    level_id = fields.Many2one(
        "emulation.unit.level", required=True, index=True, ondelete="restrict"
    )
    parent_id = fields.Many2one(
        "emulation.unit",
        string="Higher unit",
        tracking=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="The unit above in the territory or in the same house",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("emulation.unit", "parent_id", string="Lower units")
    lower_unit_count = fields.Integer(
        string="Units below",
        compute="_compute_lower_unit_count",
        help="Units in existence below this one in the territory, at any depth; below "
        "an ended one, all that ever stood there",
    )
    managing_unit_id = fields.Many2one(
        "emulation.unit",
        string="Managed by (sector)",
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The body that manages this unit by sector, e.g. the department of "
        "education for a school; it reads and rolls up this unit's records",
    )
    managed_unit_ids = fields.One2many(
        "emulation.unit", "managing_unit_id", string="Units managed by sector"
    )
    sector_path = fields.Char(
        compute="_compute_sector_path",
        recursive=True,
        store=True,
        export_string_translation=False,
    )
    theme_id = fields.Many2one(
        "emulation.theme",
        string="Content",
        ondelete="restrict",
        help="The content of the movement this unit competes in (ND1–ND5)",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        ondelete="restrict",
        index="btree_not_null",
        help="Address, telephone and e-mail of the unit",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date_start = fields.Date(string="In existence since", tracking=True)
    date_end = fields.Date(
        string="Ended on", tracking=True, help="Last day of its existence"
    )
    is_ended = fields.Boolean(
        string="Ended", compute="_compute_is_ended", search="_search_is_ended"
    )
    officer_ids = fields.One2many(
        "emulation.unit.officer", "unit_id", string="Officers"
    )
    head_user_id = fields.Many2one(
        "res.users",
        string="Head",
        compute="_compute_head_user_id",
        help="The user who endorses for the unit today",
    )
    letterhead_superior = fields.Char(
        string="Superior agency",
        help="Line of the superior agency above the letterhead, if the unit prints one",
    )
    letterhead = fields.Text(
        help="Name of the agency as printed in the header of its documents, "
        "in capitals, one line each"
    )
    document_symbol = fields.Char(
        string="Document symbol",
        help="Abbreviation after the number of a document, e.g. MTTQ-BTT",
    )
    place_name = fields.Char(
        string="Place name", help="Place printed before the date of a document"
    )
    note = fields.Html()

    _code_unique = models.UniqueIndex(
        "(code_key, company_id) WHERE date_end IS NULL",
        "Another unit already has this code. Use that unit, or give this one "
        "a code of its own.",
    )
    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A unit cannot end before it began. Correct one of the two dates.",
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for unit in self:
            parent = unit.parent_id.complete_name
            unit.complete_name = f"{parent} / {unit.name}" if parent else unit.name

    @api.depends("code")
    def _compute_code_key(self):
        for unit in self:
            unit.code_key = code_key(unit.code)

    @api.depends("parent_path", "date_end")
    def _compute_lower_unit_count(self):
        """Count the lower units of the whole recordset in one query."""
        self.flush_model(["parent_path", "date_end"])
        rows = self.env.execute_query(
            SQL(
                "SELECT upper_unit.id, COUNT(lower_unit.id) - 1 "
                "FROM emulation_unit AS upper_unit JOIN emulation_unit AS lower_unit "
                "ON lower_unit.parent_path LIKE upper_unit.parent_path || '%%' "
                "AND (lower_unit.date_end IS NULL OR lower_unit.date_end >= %(day)s "
                "OR upper_unit.date_end < %(day)s) "
                "WHERE upper_unit.id = ANY(%(ids)s) GROUP BY upper_unit.id",
                ids=self.ids,
                day=fields.Date.context_today(self),
            )
        )
        counts = dict(rows)
        for unit in self:
            unit.lower_unit_count = counts.get(unit._origin.id, 0)

    @api.depends("name", "short_name", "code")
    def _compute_search_text(self):
        for unit in self:
            words = (unit.name, unit.short_name, unit.code)
            unit.search_text = fold(" ".join(filter(None, words)))

    @api.depends("managing_unit_id.sector_path")
    def _compute_sector_path(self):
        for unit in self:
            managing = unit.managing_unit_id.sector_path or ""
            unit.sector_path = f"{managing}{unit.id}/" if unit.id else False

    @api.depends("date_end")
    def _compute_is_ended(self):
        today = fields.Date.context_today(self)
        for unit in self:
            unit.is_ended = bool(unit.date_end and unit.date_end < today)

    def _search_is_ended(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        ended = Domain("date_end", "<", today)
        return ended if True in value else ~ended

    @api.depends(
        "officer_ids.role", "officer_ids.date_start", "officer_ids.date_end",
        "officer_ids.is_void",
    )  # fmt: skip
    def _compute_head_user_id(self):
        today = fields.Date.context_today(self)
        for unit in self:
            heads = unit.sudo().officer_ids.filtered(
                lambda officer: officer.role == "head" and officer._is_current(today)
            )
            unit.head_user_id = heads[:1].user_id

    @api.constrains("managing_unit_id")
    def _check_managing_unit_id(self):
        # a query for each: an import of thousands of units has few with one
        for unit in self.filtered("managing_unit_id"):
            if unit._has_cycle("managing_unit_id"):
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” cannot be managed by itself or by a unit that it "
                        "manages. Choose another managing unit.",
                        unit=unit.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._clean_vals(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_days(vals)
        return super().create(vals_list)

    def write(self, vals):
        vals = self._clean_vals(vals)
        self._check_new_parent(vals)
        self._check_days(vals)
        result = super().write(vals)
        if "parent_id" in vals:
            self._rewrite_unit_paths()
        return result

    def _check_days(self, vals):
        """Refuse an end before the start; the CHECK of the table names no unit."""
        if not {"date_start", "date_end"} & vals.keys():
            return
        for unit in self or [self]:
            start, end = (
                fields.Date.to_date(vals.get(name, unit[name]) or None)
                for name in ("date_start", "date_end")
            )
            if start and end and end < start:
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” cannot end on %(end)s: it began on %(start)s. "
                        "Correct one of the two dates.",
                        unit=vals.get("name") or unit.name,
                        end=format_date(self.env, end),
                        start=format_date(self.env, start),
                    )
                )

    def _check_new_parent(self, vals):
        """Refuse a cycle before the write: the ORM's own refusal names no unit."""
        parent = self.browse(vals.get("parent_id") or ())
        ancestors = set((parent.parent_path or "").split("/"))
        for unit in self:
            if str(unit.id) in ancestors:
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” cannot be placed under itself or one of its own "
                        "lower units. Choose another higher unit.",
                        unit=unit.name,
                    )
                )

    def _clean_vals(self, vals):
        """Keep names in NFC and trimmed, so that the same name is the same text.

        :raises ValidationError: when nothing is left of a name or code
        """
        tidy = {key: clean(vals[key]) for key in ("name", "code") if vals.get(key)}
        if not all(tidy.values()):
            raise ValidationError(
                self.env._(
                    "“%(unit)s”: name and code of a unit cannot be blank. Enter both.",
                    unit=tidy.get("name") or tidy.get("code") or self[:1].name or "–",
                )
            )
        return {**vals, **tidy}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_has_lower_units(self):
        for unit in self:
            others = (unit.child_ids | unit.managed_unit_ids) - self
            if others:
                raise UserError(
                    self.env._(
                        "“%(unit)s” cannot be deleted: %(count)d units belong to it, "
                        "e.g. “%(other)s”. End it by a reform instead.",
                        unit=unit.name,
                        count=len(others),
                        other=others[:1].name,
                    )
                )

    @api.model
    def _search_display_name(self, operator, value):
        """Find units without regard to diacritics: "phu ly" finds "Phủ Lý".

        An exact search (imports) takes a code before a name: a unit called "35"
        never hides the province whose code is 35. Among units of one code or name it
        takes the one in existence today, else one that goes on.
        """
        if isinstance(value, str) and operator in ("ilike", "like", "=ilike"):
            # both sides are folded: comparing letter by letter is far cheaper
            plain = operator.replace("ilike", "like")
            return Domain("search_text", plain, fold(value))
        if operator not in ("=", "in"):
            return super()._search_display_name(operator, value)
        values = [value] if isinstance(value, str) else value
        texts = [clean(text) for text in values if isinstance(text, str)]
        by_code = Domain("code_key", "in", [code_key(text) for text in texts])
        names = ("name", "short_name", "complete_name")
        by_name = Domain.OR(Domain(name, "in", texts) for name in names)
        today, lasting = self._get_present_domain(), Domain("date_end", "=", False)
        for domain in (
            *(by_code & today, by_code & lasting, by_code),
            *(by_name & today, by_name & lasting),
        ):
            if len(texts) == 1 and self.search_count(domain, limit=1):
                return domain
        return by_code | by_name

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_lower_units(self):
        """Open the list of the units below this one that the form counts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_unit_action"
        )
        return {
            **action,
            "name": self.env._("Units of %(unit)s", unit=self.name),
            "domain": [("id", "child_of", self.id), ("id", "!=", self.id)],
            "context": {
                "default_parent_id": self.id,
                "search_default_in_existence": not self.is_ended,
            },
            # The address of the general list would lose this unit on reload
            "path": False,
        }

    def _get_current_officers(self):
        """Return the users who act for these units today, in whatever role."""
        today = fields.Date.context_today(self)
        lines = self.sudo().officer_ids.filtered(lambda one: one._is_current(today))
        return lines.user_id

    def _get_heads(self):
        """Return the users who are head or deputy head of these units today."""
        today = fields.Date.context_today(self)
        return (
            self.sudo()
            .officer_ids.filtered(
                lambda officer: (
                    officer.role in ("head", "deputy") and officer._is_current(today)
                )
            )
            .user_id
        )
