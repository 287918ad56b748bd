from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_appraisal import DEMO_SCORES, AppraisalCommon

# Every model of these rooms has a table; a new one without fails the last test.
ROOMS = (
    "emulation.round",
    "emulation.initiative",
    "emulation.council",
    "emulation.session",
    "emulation.evaluation",
    "emulation.conflict",
    "emulation.scoresheet",
    "emulation.verdict",
)
# Rights of a role on the records of commune A1, its neighbour A2, B1 of the other
# district, and the school: below A1 by territory, under the department by sector.
BY_UNIT = {
    "emulation.initiative": {
        "internal_user": "- - - -",
        "officer_a1": "rwcu - - rwcu",
        "head_a1": "rwcu - - rwcu",
        "officer_a2": "- rwcu - -",
        "officer_a": "rwcu rwcu - rwcu",
        "officer_b1": "- - rwcu -",
        "officer_sector": "- - - r",
        "movement_user": "rwcu rwcu rwcu rwcu",
        "manager_user": "rwcu rwcu rwcu rwcu",
        "secretary_user": "r r r r",
        "member1_user": "r r r r",
        "member3_user": "- r r r",
        "outsider": "- - - -",
        "leader_user": "r r r r",
        "finance_user": "- - - -",
        "award_user": "- - - -",
    },
    "emulation.evaluation": {
        "internal_user": "- - - -",
        "officer_a1": "r - - r",
        "head_a1": "r - - r",
        "officer_a2": "- r - -",
        "officer_a": "r r - r",
        "officer_b1": "- - r -",
        "officer_sector": "- - - r",
        "movement_user": "rw rw rw rw",
        "manager_user": "rw rw rw rw",
        "secretary_user": "r r r r",
        "member1_user": "r r r r",
        "member3_user": "- r r r",
        "outsider": "- - - -",
        "leader_user": "r r r r",
        "finance_user": "- - - -",
        "award_user": "- - - -",
    },
    "emulation.verdict": {
        "internal_user": "- - - -",
        "officer_a1": "r - - r",
        "head_a1": "r - - r",
        "officer_a2": "- r - -",
        "officer_a": "r r - r",
        "officer_b1": "- - r -",
        "officer_sector": "- - - r",
        "movement_user": "r r r r",
        "manager_user": "r r r r",
        "secretary_user": "r r r r",
        "member1_user": "r r r r",
        "member3_user": "- r r r",
        "outsider": "- - - -",
        "leader_user": "r r r r",
        "finance_user": "- - - -",
        "award_user": "- - - -",
    },
    # the sheets of member1
    "emulation.scoresheet": {
        "secretary_user": "r r r r",
        "chair_user": "r r r r",
        "member1_user": "rw rw rw rw",
    },
}
BY_UNIT["emulation.initiative.author"] = BY_UNIT["emulation.initiative"]
BY_UNIT["emulation.scoresheet.line"] = BY_UNIT["emulation.scoresheet"]
BY_UNIT["emulation.evaluation.check"] = {
    **BY_UNIT["emulation.evaluation"],
    "secretary_user": "- - - -",
    "member1_user": "- - - -",
    "member3_user": "- - - -",
    "leader_user": "- - - -",
}
READ_BY_ALL = {
    "internal_user": "-",
    "officer_a1": "r",
    "secretary_user": "r",
    "leader_user": "r",
    "finance_user": "r",
    "award_user": "r",
    "movement_user": "rwcu",
    "manager_user": "rwcu",
}
ANYWHERE = {
    "emulation.round": READ_BY_ALL,
    "emulation.round.check": READ_BY_ALL,
    "emulation.council": READ_BY_ALL,
    "emulation.council.member": READ_BY_ALL,
    "emulation.initiative.kind": {**READ_BY_ALL, "movement_user": "r"},
    "emulation.session": {
        "movement_user": "rwcu",
        "manager_user": "rwcu",
        "secretary_user": "rw",
        "chair_user": "rw",
        "member1_user": "r",
        "member3_user": "r",
        "leader_user": "r",
    },
    # whether the roll may be touched is asked of the session: secretary, not closed
    "emulation.session.attendance": {
        "movement_user": "r",
        "manager_user": "r",
        "secretary_user": "rw",
        "chair_user": "rw",
        "member1_user": "rw",
        "member3_user": "rw",
        "leader_user": "r",
    },
    "emulation.conflict": {
        "movement_user": "r",
        "manager_user": "r",
        "secretary_user": "r",
        "chair_user": "r",
        "member3_user": "r",
    },
}
# Dialogs: what they do is judged by the records they are used on
DIALOGS = {
    "emulation.initiative.return": {
        "officer_a1": "rwcu",
        "head_a1": "rwcu",
        "officer_a2": "rwcu",
        "officer_a": "rwcu",
        "officer_b1": "rwcu",
        "officer_sector": "rwcu",
        "movement_user": "rwcu",
        "manager_user": "rwcu",
    },
    "emulation.session.agenda": {"movement_user": "rwcu", "manager_user": "rwcu"},
    "emulation.conflict.declare": {
        "secretary_user": "rwcu",
        "chair_user": "rwcu",
        "member1_user": "rwcu",
        "member3_user": "rwcu",
        "outsider": "rwcu",
    },
}
OPERATIONS = {"read": "r", "write": "w", "create": "c", "unlink": "u"}


@tagged("post_install", "-at_install")
class TestAppraisalRules(AppraisalCommon):
    """Model by model and role by role, on the records of four units."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = cls._create_user("outsider", "council")
        units = (cls.commune_a1, cls.commune_a2, cls.commune_b1, cls.school)
        initiatives = cls.env["emulation.initiative"].browse()
        for unit in units:
            initiatives |= cls._create_initiative(
                unit.name, unit, user=cls.movement_user
            )
        for initiative in initiatives:
            initiative.action_submit()
            initiative.sudo().write({"state": "endorsed"})
        evaluations = initiatives.evaluation_ids
        evaluations.action_check_all()
        evaluations.action_mark_eligible()
        cls.session = cls._plan_session(evaluations)
        cls.session.action_open()
        cls._declare_conflict(cls._sheet_for(cls.member3_user, cls.commune_a1))
        cls._close(cls.session, DEMO_SCORES["D4"])
        cls._decide(cls.session)
        cls.initiatives = initiatives.sudo()

    @classmethod
    def _sheet_for(cls, user, unit):
        sheets = cls.session.evaluation_ids.sudo().sheet_ids
        return sheets.filtered(lambda one: one.user_id == user and one.unit_id == unit)

    def _records_by_unit(self, model):
        """Return one record of ``model`` for each of the four units, in their order."""
        sheets = self.session.evaluation_ids.sudo().sheet_ids
        sheets = sheets.filtered(lambda one: one.user_id == self.member1_user)
        sheet_of = {sheet.evaluation_id: sheet for sheet in sheets}
        picks = {
            "emulation.initiative": lambda one: one,
            "emulation.initiative.author": lambda one: one.author_ids[:1],
            "emulation.evaluation": lambda one: one.evaluation_ids,
            "emulation.evaluation.check": lambda one: one.evaluation_ids.check_ids[:1],
            "emulation.verdict": lambda one: one.evaluation_ids.verdict_ids,
            "emulation.scoresheet": lambda one: sheet_of[one.evaluation_ids],
            "emulation.scoresheet.line": lambda one: sheet_of[
                one.evaluation_ids
            ].line_ids[:1],
        }
        return [picks[model](initiative) for initiative in self.initiatives]

    def _record_anywhere(self, model):
        return {
            "emulation.round": self.round,
            "emulation.round.check": self.round.check_ids[0],
            "emulation.council": self.council,
            "emulation.council.member": self.council.member_ids[2],
            "emulation.initiative.kind": self.round.kind_ids[0],
            "emulation.session": self.session,
            "emulation.session.attendance": self.session.attendance_ids[0],
            "emulation.conflict": self.session.evaluation_ids.conflict_ids,
        }[model].sudo()

    def _people(self):
        names = BY_UNIT["emulation.initiative"].keys() | {"chair_user"}
        return {name: getattr(self, name) for name in names}

    def _rights(self, record, user):
        record = record.with_user(user)
        letters = [OPERATIONS[op] for op in OPERATIONS if record.has_access(op)]
        return "".join(letters) or "-"

    def test_rights_by_unit(self):
        for model, table in BY_UNIT.items():
            records = self._records_by_unit(model)
            for name, user in self._people().items():
                if name == "chair_user" and name not in table:
                    continue
                expected = table.get(name, "- - - -")
                found = " ".join(self._rights(record, user) for record in records)
                with self.subTest(model, role=name):
                    self.assertEqual(found, expected)

    def test_search_finds_what_may_be_read(self):
        """The rule as a search and the rule on a record agree."""
        for model, table in BY_UNIT.items():
            records = self._records_by_unit(model)
            for name in table:
                Model = self.env[model].with_user(getattr(self, name))
                mine = [one.with_env(Model.env) for one in records]
                readable = [one for one in mine if one.has_access("read")]
                with self.subTest(model, role=name):
                    found = set()
                    if Model.has_access("read"):
                        ids = [record.id for record in records]
                        found = set(Model.search([("id", "in", ids)]).ids)
                    self.assertEqual(found, {one.id for one in readable})

    def test_what_may_be_read_is_read_whole(self):
        """No field stands in the way of those who read a record by RPC."""
        for model, table in BY_UNIT.items():
            records = self._records_by_unit(model)
            for name in table:
                user = getattr(self, name)
                for record in records:
                    mine = record.with_user(user)
                    with self.subTest(model, role=name):
                        if mine.has_access("read"):
                            self.assertTrue(mine.read())
                        else:
                            with self.assertRaises(AccessError):
                                mine.read()

    def test_rights_anywhere(self):
        for model, table in ANYWHERE.items():
            record = self._record_anywhere(model)
            for name, user in self._people().items():
                if table.keys() == READ_BY_ALL.keys() and name not in table:
                    continue
                with self.subTest(model, role=name):
                    self.assertEqual(self._rights(record, user), table.get(name, "-"))

    def test_rights_on_dialogs(self):
        for model, table in DIALOGS.items():
            for name, user in self._people().items():
                with self.subTest(model, role=name):
                    found = self._rights(self.env[model], user)
                    self.assertEqual(found, table.get(name, "-"))

    def test_a_draft_round_is_the_movements(self):
        draft = self.round.copy({"code": "T-DRAFT"})
        self.assertEqual(self._rights(draft, self.officer_a1), "-")
        self.assertEqual(self._rights(draft, self.member1_user), "-")
        self.assertEqual(self._rights(draft, self.movement_user), "rwcu")

    def test_leaders_see_decided_things_only(self):
        council = self.council.copy({"name": "Hội đồng khác"})
        session = self.env["emulation.session"].create(
            {"name": "Sắp tới", "council_id": council.id, "round_id": self.round.id}
        )
        self.assertEqual(self._rights(session, self.leader_user), "-")
        self.assertEqual(self._rights(session.attendance_ids[0], self.leader_user), "-")
        draft = self._create_initiative("Mới")
        self.assertEqual(self._rights(draft, self.leader_user), "-")

    def test_membership_counts_from_the_day(self):
        member = self.council.member_ids.filtered(
            lambda one: one.user_id == self.member1_user
        )
        evaluation = self.session.evaluation_ids[1]
        self.assertEqual(self._rights(evaluation, self.member1_user), "r")
        member.date_end = "2020-12-31"
        self.assertEqual(self._rights(evaluation, self.member1_user), "-")
        self.assertEqual(self._rights(self.session, self.member1_user), "-")
        lines = self.officer_a1.emulation_officer_ids
        lines.date_end = "2020-12-31"
        self.assertEqual(self._rights(self.initiatives[0], self.officer_a1), "-")

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Tỉnh khác"})
        foreign = self._create_user(
            "foreign",
            "manager council",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        for model in BY_UNIT:
            for record in self._records_by_unit(model):
                self.assertEqual(self._rights(record, foreign), "-", model)
        for model in ANYWHERE.keys() - {"emulation.initiative.kind"}:
            record = self._record_anywhere(model)
            self.assertEqual(self._rights(record, foreign), "-", model)

    def test_every_model_of_the_rooms_has_a_table(self):
        known = BY_UNIT.keys() | ANYWHERE.keys() | DIALOGS.keys()
        for name, model in self.env.registry.items():
            if name.startswith(ROOMS) and not model._abstract:
                with self.subTest(name):
                    self.assertIn(name, known)
