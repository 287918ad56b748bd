from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools.text import clean, fold


class EmulationUnit(models.Model):
    """A unit of the movement (đơn vị): an office, commune, school, firm, body (R10).

    A unit is never overwritten or deleted once it has a past: it ends, and has
    successors. Two trees cross in it: territory (``parent_id``) and sector
    (``managing_unit_id``, ngành dọc; R75).
    """

    _name = "emulation.unit"
    _description = "Unit"
    _parent_name = "parent_id"
    _parent_store = True
    _order = "sequence, code, id"
    _rec_names_search = ["search_text", "code"]
    _check_company_auto = True

    name = fields.Char(required=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", recursive=True, store=True
    )
    short_name = fields.Char(help="As it is said in the office, e.g. “Sở KH&CN”")
    code = fields.Char(
        required=True,
        help="Official or agreed code; imports recognise the unit by it",
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
        index=True,
        ondelete="restrict",
        check_company=True,
        help="The unit above in the territory or in the same house",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("emulation.unit", "parent_id", string="Lower units")
    managing_unit_id = fields.Many2one(
        "emulation.unit",
        string="Managed by (sector)",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The body that manages this unit by sector, e.g. the department of "
        "education for a school; it reads and rolls up this unit's records",
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
    date_start = fields.Date(string="In existence since")
    date_end = fields.Date(string="Ended on", help="Last day of its existence")
    is_ended = fields.Boolean(compute="_compute_is_ended", search="_search_is_ended")
    officer_ids = fields.One2many("emulation.unit.officer", "unit_id")
    head_user_id = fields.Many2one(
        "res.users",
        string="Head",
        compute="_compute_head_user_id",
        help="The user who endorses for the unit today",
    )
    letterhead_superior = fields.Char(
        help="Line of the superior agency above the letterhead, if the unit prints one"
    )
    letterhead = fields.Text(
        help="Name of the agency as printed in the header of its documents, "
        "in capitals, one line each"
    )
    document_symbol = fields.Char(
        help="Abbreviation after the number of a document, e.g. MTTQ-BTT"
    )
    place_name = fields.Char(help="Place printed before the date of a document")
    note = fields.Html()

    _code_unique = models.UniqueIndex(
        "(code, company_id)",
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
        ended = fields.Domain("date_end", "<", today)
        return ended if True in value else ~ended

    @api.depends("officer_ids.role", "officer_ids.date_start", "officer_ids.date_end")
    def _compute_head_user_id(self):
        today = fields.Date.context_today(self)
        for unit in self:
            heads = unit.sudo().officer_ids.filtered(
                lambda officer: officer.role == "head" and officer._is_current(today)
            )
            unit.head_user_id = heads[:1].user_id

    @api.depends("name", "short_name")
    def _compute_display_name(self):
        for unit in self:
            unit.display_name = unit.name

    @api.constrains("managing_unit_id")
    def _check_managing_unit_id(self):
        for unit in self:
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
        return super().create([self._clean_vals(vals) for vals in vals_list])

    def write(self, vals):
        self._check_new_parent(vals)
        result = super().write(self._clean_vals(vals))
        if "parent_id" in vals:
            self._rewrite_unit_paths()
        return result

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

    @api.model
    def _clean_vals(self, vals):
        """Keep names in NFC and trimmed, so that the same name is the same text."""
        return {
            **vals,
            **{key: clean(vals[key]) for key in ("name", "code") if vals.get(key)},
        }

    def _search_display_name(self, operator, value):
        """Find units without regard to diacritics: "phu ly" finds "Phủ Lý"."""
        if isinstance(value, str) and operator in ("ilike", "like", "=ilike"):
            return fields.Domain("search_text", operator, fold(value))
        return super()._search_display_name(operator, value)

    def _rewrite_unit_paths(self):
        """Copy the paths of the moved subtrees to the records that belong to them."""
        self.flush_model(["parent_id", "parent_path"])
        moved = self.search([("id", "child_of", self.ids)])
        for model_name, model in self.env.registry.items():
            if model._abstract or not model._auto or "unit_path" not in model._fields:
                continue
            records = self.env[model_name]
            records.flush_model(["unit_id", "unit_path"])
            self.env.execute_query(
                SQL(
                    "UPDATE %(table)s AS record SET unit_path = unit.parent_path "
                    "FROM emulation_unit AS unit "
                    "WHERE unit.id = record.unit_id AND unit.id IN %(ids)s "
                    "RETURNING record.id",
                    table=SQL.identifier(records._table),
                    ids=tuple(moved.ids),
                )
            )
            records.invalidate_model(["unit_path", "in_scope", "in_sight"])

    def _get_heads(self):
        """Return the users who are head or deputy head of these units today."""
        today = fields.Date.context_today(self)
        return (
            self.sudo()
            .officer_ids.filtered(
                lambda officer: officer.role in ("head", "deputy")
                and officer._is_current(today)
            )
            .user_id
        )

    def _is_acting(self, user=None):
        """Return whether ``user`` (default: the current one) acts for this unit.

        A user acts for the units assigned to them and for all units below these.
        """
        self.ensure_one()
        paths = (user or self.env.user)._emulation_scope_paths()
        return bool(paths) and self.sudo().parent_path.startswith(tuple(paths))
