from odoo import api, fields, models
from odoo.exceptions import UserError

PROBLEMS_TOLD = 15


class EmulationTransmittal(models.Model):
    """A batch of dossiers that a unit sends to the organiser of a round (R90).

    A member organisation collects the dossiers of its units, sees what is not ready
    and why, and its head endorses and sends all of them in one act, with a numbered
    letter and its list. What became of each line is read from published results.
    """

    _name = "emulation.transmittal"
    _inherit = ["emulation.workflow.mixin", "emulation.unit.mixin", "mail.thread"]
    _description = "Transmittal of Dossiers"
    _order = "date_sent desc, id desc"

    name = fields.Char(
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_id = fields.Many2one(string="Sent by", tracking=True)
    round_id = fields.Many2one(
        "emulation.round",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_taking', '=', True)]",
    )
    organiser_id = fields.Many2one(related="round_id.unit_id", string="Organiser")
    state = fields.Selection(
        [
            ("draft", "Being prepared"),
            ("sent", "Sent to the organiser"),
            ("received", "Received by the organiser"),
            ("partly_returned", "Partly returned"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    line_ids = fields.One2many(
        "emulation.transmittal.line", "transmittal_id", string="Dossiers", copy=False
    )
    line_count = fields.Integer(string="Number of dossiers", compute="_compute_counts")
    recognised_count = fields.Integer(string="Recognised", compute="_compute_counts")
    problem_count = fields.Integer(string="Not ready", compute="_compute_problem_count")
    unsent_count = fields.Integer(
        string="Not handed in yet",
        compute="_compute_unsent_count",
        help="Drafts and returned dossiers of these units in the same round",
    )
    decision_number = fields.Char(
        string="Recognised by decision no.",
        copy=False,
        help="The unit's own decision that recognises the dossiers waiting for its "
        "endorsement; leave empty to endorse only",
    )
    decision_date = fields.Date(string="Decision of", copy=False)
    letter = fields.Selection(
        [
            ("TTr", "Proposal (tờ trình)"),
            ("CV", "Official letter (công văn)"),
            ("none", "None: goes by paper"),
        ],
        required=True,
        default="TTr",
        help="Drafted with the list of dossiers and signed by the act of sending",
    )
    note = fields.Text()
    sent_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_sent = fields.Date(string="Sent on", readonly=True, copy=False)
    received_user_id = fields.Many2one(
        "res.users", string="Received by", readonly=True, copy=False
    )
    date_received = fields.Date(string="Received on", readonly=True, copy=False)
    can_send = fields.Boolean(compute="_compute_can")
    can_receive = fields.Boolean(compute="_compute_can")

    @api.depends("round_id", "unit_id")
    def _compute_name(self):
        for batch in self:
            if batch.name or not batch.round_id or not batch.unit_id:
                batch.name = batch.name
            else:
                unit = batch.unit_id.short_name or batch.unit_id.name
                batch.name = f"{unit} – {batch.round_id.name}"

    @api.depends("line_ids.result")
    def _compute_counts(self):
        for batch in self:
            results = batch.line_ids.mapped("result")
            batch.line_count = len(results)
            batch.recognised_count = results.count("recognised")

    @api.depends("line_ids.problem")
    def _compute_problem_count(self):
        for batch in self:
            batch.problem_count = len(batch.line_ids.filtered("problem"))

    @api.depends("round_id", "unit_id")
    def _compute_unsent_count(self):
        Initiative = self.env["emulation.initiative"]
        for batch in self:
            domain = batch._get_unsent_domain()
            batch.unsent_count = Initiative.search_count(domain) if domain else 0

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for batch in self:
            batch.can_send = batch._can_move("sent")
            batch.can_receive = batch._can_move("received")

    def write(self, vals):
        frozen = {
            "unit_id", "round_id", "name", "letter", "decision_number",
            "decision_date", "line_ids", "company_id",
        }  # fmt: skip
        lines_only = set(vals) & frozen == {"line_ids"}
        if frozen & set(vals) and not self.env.su and not lines_only:
            self._check_draft()
        result = super().write(vals)
        if {"unit_id", "round_id"} & set(vals) and not self.env.su:
            self.line_ids._check_dossiers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._check_draft()

    # ACTIONS

    def action_fill(self):
        """Put every dossier on the list that its units have handed in to the round."""
        for batch in self:
            batch._check_draft()
            found = self.env["emulation.initiative"].search(
                batch._get_candidate_domain()
            )
            known = batch.line_ids.initiative_id
            self.env["emulation.transmittal.line"].create(
                [
                    {"transmittal_id": batch.id, "initiative_id": one.id}
                    for one in found - known
                ]
            )

    def action_send(self):
        """Endorse what waits, sign the letter and send all dossiers, in one act.

        :raises UserError: naming every dossier that is not ready, and why
        """
        for batch in self:
            batch._send()

    def action_receive(self):
        """Acknowledge the batch; lines marked as returned go back with their remark.

        :raises UserError: when a line is returned without a remark
        """
        for batch in self:
            batch._receive()

    def action_view_unsent(self):
        """Open the dossiers of these units that were not handed in yet."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_initiative_action"
        )
        return {**action, "domain": self._get_unsent_domain(), "context": {}}

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {"sent_user_id", "date_sent", "received_user_id", "date_received"}

    def _transitions(self):
        return {
            "draft": {"sent"},
            "sent": {"received", "partly_returned"},
            "received": set(),
            "partly_returned": set(),
        }

    def _may_move(self, target):
        user = self.env.user
        if target == "sent":
            return user in self._get_heads()
        return user.has_group("emulation.group_emulation_movement")

    def _check_ready(self, target):
        if target == "sent":
            self._check_lines()

    def _check_lines(self):
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "“%(batch)s” lists no dossier. Add those that are to be sent.",
                    batch=self.name,
                )
            )
        problems = [
            f"- {line.initiative_id.display_name}: {line.problem}"
            for line in self.line_ids
            if line.problem
        ]
        if problems:
            more = len(problems) - PROBLEMS_TOLD
            told = problems[:PROBLEMS_TOLD]
            if more > 0:
                told.append(self.env._("… and %(count)s more", count=more))
            raise UserError(
                self.env._(
                    "“%(batch)s” cannot be sent as it stands. Have these dossiers put "
                    "right, or take them off the list:\n%(problems)s",
                    batch=self.name,
                    problems="\n".join(told),
                )
            )

    # BUSINESS

    def _get_heads(self):
        """Return the users who send for the unit: its heads, else those above it."""
        self.ensure_one()
        unit = self.sudo().unit_id
        while unit:
            heads = unit._get_heads()
            if heads:
                return heads.with_env(self.env)
            unit = unit.parent_id
        return self.env["res.users"]

    def _check_draft(self):
        for batch in self:
            if batch.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(batch)s” has been sent and stays as it was. Prepare a new "
                        "one for further dossiers.",
                        batch=batch.name,
                    )
                )

    def _get_own_domain(self):
        """Return the domain of the dossiers of this unit and below in the round."""
        path = self.unit_id.sudo().parent_path
        if not path or not self.round_id:
            return []
        return [
            ("round_id", "=", self.round_id._origin.id),
            ("unit_path", "=like", f"{path}%"),
        ]

    def _get_candidate_domain(self):
        own = self._get_own_domain()
        taken = self.env["emulation.transmittal.line"].sudo()
        taken = taken.search(
            [("round_id", "=", self.round_id.id), ("receipt", "!=", "returned")]
        )
        return own and [
            *own,
            ("state", "in", ("submitted", "endorsed")),
            ("id", "not in", taken.initiative_id.ids),
        ]

    def _get_unsent_domain(self):
        own = self._get_own_domain()
        return own and [*own, ("state", "in", ("draft", "returned"))]

    def _get_decision(self):
        """Return the unit's decision by which the batch recognises, if any."""
        if not self.decision_number and not self.decision_date:
            return None
        return {"number": self.decision_number, "date": self.decision_date}

    def _send(self):
        """Send one batch: all of it or, by the transaction, nothing."""
        self._check_transition("sent")
        batch = self.with_context(tracking_disable=True)
        dossiers = batch.line_ids.initiative_id
        waiting = dossiers.filtered(lambda one: one.state == "submitted")
        decision = self._get_decision()
        ideas = waiting.filtered(lambda one: one.unit_act == "endorse")
        recognised = waiting - ideas if decision else waiting.browse()
        recognised._endorse(decision)
        (waiting - recognised)._endorse()
        batch.sudo().write(
            {
                "sent_user_id": self.env.uid,
                "date_sent": fields.Date.context_today(self),
                "state": "sent",
            }
        )
        self._sign_letter()
        self._tell_organiser(len(dossiers), len(waiting))

    def _tell_organiser(self, count, endorsed):
        """Tell those who run the round, in one message for the whole batch."""
        officers = self.sudo().organiser_id.officer_ids
        today = fields.Date.context_today(self)
        current = officers.filtered(lambda one: one._is_current(today)).user_id
        movement = current.filtered(
            lambda user: user.has_group("emulation.group_emulation_movement")
        )
        self.sudo().message_post(
            body=self.env._(
                "%(unit)s sends %(count)s dossiers to “%(round)s”; %(endorsed)s of "
                "them were endorsed by this act.",
                unit=self.unit_id.name,
                count=count,
                round=self.round_id.name,
                endorsed=endorsed,
            ),
            author_id=self.env.user.partner_id.id,
            partner_ids=(movement - self.env.user).partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def _receive(self):
        back = self.line_ids.filtered(lambda line: line.receipt == "returned")
        back._check_remarks()
        self._check_transition("partly_returned" if back else "received")
        back._return_dossiers()
        rest = self.line_ids - back
        rest.sudo().write({"receipt": "accepted"})
        self.sudo().write(
            {
                "received_user_id": self.env.uid,
                "date_received": fields.Date.context_today(self),
            }
        )
        self.write({"state": "partly_returned" if back else "received"})
        self.sudo().message_post(
            body=self.env._(
                "Received: %(accepted)s dossiers accepted, %(returned)s returned.",
                accepted=len(rest),
                returned=len(back),
            ),
            author_id=self.env.user.partner_id.id,
            partner_ids=self.sudo().sent_user_id.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    @api.model
    def _succession_open_domain(self, day):
        return [("state", "=", "draft")]

    def _get_closing_day(self):
        self.ensure_one()
        return self.state != "draft" and self.date_sent
