from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..tools import official
from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestLegalText(AppraisalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Text = cls.env["emulation.legal.text"].with_user(cls.movement_user)
        cls.today = fields.Date.context_today(cls.Text)
        cls.old = cls.Text.create(
            {
                "kind": "decree",
                "number": "T1/2017/NĐ-CP",
                "date": "2017-07-31",
                "issuer": "Chính phủ",
                "subject": "về thi đua, khen thưởng",
                "date_start": "2017-10-01",
            }
        )
        cls.law = cls.Text.create(
            {
                "kind": "law",
                "number": "T06/2022/QH15",
                "date": "2022-06-15",
                "subject": "Thi đua, khen thưởng",
                "date_start": "2024-01-01",
            }
        )

    def _replace(self, text, start):
        new = self.Text.create(
            {
                "kind": "decree",
                "number": "T2/2026/NĐ-CP",
                "issuer": "Chính phủ",
                "subject": "về thi đua, khen thưởng",
                "date_start": start,
            }
        )
        text.replaced_by_id = new
        return new

    def test_movement_officer_registers_a_text(self):
        with Form(self.Text) as form:
            form.kind = "decree"
            form.number = " 13/2012/NĐ-CP-T "
            form.date = "2012-03-02"
            form.issuer = "Chính phủ"
            form.subject = "ban hành Điều lệ Sáng kiến"
            form.date_start = "2012-04-25"
        self.assertRecordValues(
            form.record,
            [
                {
                    "number": "13/2012/NĐ-CP-T",
                    "state": "in_force",
                    "citation": "Nghị định số 13/2012/NĐ-CP-T ngày 02 tháng 3 năm 2012 "
                    "của Chính phủ ban hành Điều lệ Sáng kiến",
                }
            ],
        )
        found = self.Text.name_search("dieu le sang kien")
        self.assertIn(form.record.id, [row[0] for row in found])

    def test_laws_are_cited_without_number(self):
        self.assertEqual(
            self.law.citation, "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
        )
        self.assertEqual(
            official.citation("circular", "18/2013/TT-BKHCN", None, "Bộ Khoa học", ""),
            "Thông tư số 18/2013/TT-BKHCN của Bộ Khoa học",
        )

    def test_replacement_ends_the_old_text_on_its_eve(self):
        new = self._replace(self.old, "2026-01-01")
        self.assertEqual(str(self.old.date_end), "2025-12-31")
        self.assertTrue(self.old._in_force_on(fields.Date.to_date("2025-12-31")))
        self.assertFalse(self.old._in_force_on(fields.Date.to_date("2026-01-01")))
        self.assertFalse(new._in_force_on(fields.Date.to_date("2025-12-31")))
        states = {text: text.state for text in (self.old, new)}
        for text, state in states.items():
            domain = [("state", "=", state), ("id", "=", text.id)]
            self.assertEqual(self.Text.search(domain), text)
            self.assertFalse(
                self.Text.search([("state", "!=", state), ("id", "=", text.id)])
            )

    def test_states_follow_the_dates(self):
        tomorrow = fields.Date.add(self.today, days=1)
        self.old.date_start = tomorrow
        self.assertEqual(self.old.state, "coming")
        self.assertIn(self.old, self.Text.search([("state", "=", "coming")]))
        self.old.write({"date_start": "2017-10-01", "date_end": "2018-01-01"})
        self.assertEqual(self.old.state, "expired")
        self.assertIn(self.old, self.Text.search([("state", "in", ["expired"])]))

    def test_chain_of_derivation(self):
        plan = self.Text.create(
            {
                "kind": "plan",
                "number": "T35/KH",
                "subject": "phối hợp",
                "parent_id": self.law.id,
            }
        )
        self.assertEqual(
            plan.chain, "Luật Thi đua, khen thưởng (T06/2022/QH15) → Kế hoạch T35/KH"
        )
        with self._refused(ValidationError, "cannot rest on itself"):
            self.law.parent_id = plan
        with self._refused(ValidationError, "replaced by itself"):
            self.law.replaced_by_id = self.law

    def test_cited_for_the_day_of_the_session(self):
        """Replaced since: still cited for a day on which it was in force."""
        session = self._open_session()
        day = session._get_day()
        self._replace(self.old, fields.Date.add(day, days=1))
        session.round_id.sudo().write(
            {"basis_ids": [(6, 0, (self.old + self.law).ids)]}
        )
        lines = session._decision_basis().splitlines()
        self.assertEqual(
            lines[:3],
            [
                "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
                "Căn cứ Nghị định số T1/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính "
                "phủ về thi đua, khen thưởng",
                "Căn cứ Nghị định số 13/2012/NĐ-CP ngày 02/3/2012 của Chính phủ",
            ],
        )

    def test_expired_text_is_refused_with_its_replacement(self):
        session = self._open_session()
        new = self._replace(self.old, session._get_day())
        rnd = session.round_id.sudo()
        rnd.basis_ids = self.old
        with self._refused(UserError, "T1/2017.+not in force.+T2/2026"):
            session._decision_basis()
        # with its replacement beside it the old one simply gives way
        rnd.basis_ids = self.old + new
        self.assertIn("T2/2026", session._decision_basis())
        self.assertNotIn("T1/2017", session._decision_basis())
        self.old.write({"replaced_by_id": False, "date_end": "2018-01-01"})
        rnd.basis_ids = self.old
        with self._refused(UserError, "Remove it from the legal basis"):
            session._decision_basis()

    def test_round_takes_the_basis_of_its_movement(self):
        self.movement.basis_ids = self.law
        rnd = self._create_round("T-BASIS")
        self.assertEqual(rnd.basis_ids, self.law)

    def test_cited_text_stays_on_record(self):
        self.movement.basis_ids = self.law
        with self._refused(UserError, "Thi đua, khen thưởng.+basis of"):
            self.law.with_user(self.manager_user).unlink()
        self.old.with_user(self.manager_user).unlink()

    def test_who_reads_and_who_writes(self):
        for user in (self.officer_a1, self.leader_user, self.member1_user):
            text = self.law.with_user(user)
            self.assertEqual(text.state, "in_force")
            with self.assertRaises(AccessError):
                text.subject = "Khác"
        with self.assertRaises(AccessError):
            self.law.with_user(self.internal_user).read(["subject"])
        with self.assertRaises(AccessError):
            self.law.unlink()

    def test_shipped_chain_holds(self):
        ref = self.env.ref
        decrees = [ref(f"emulation.legal_decree_{number}") for number in (91, 98, 152)]
        self.assertEqual(decrees[0].replaced_by_id, decrees[1])
        self.assertEqual(decrees[1].replaced_by_id, decrees[2])
        self.assertEqual(str(decrees[1].date_end), "2025-06-30")
        self.assertEqual(str(decrees[0].date_end), "2023-12-31")
        self.assertTrue(ref("emulation.legal_project_15").citation)

    def test_list_takes_the_same_queries_for_any_number(self):
        texts = self.Text.create(
            [
                {
                    "kind": "plan",
                    "number": f"T{number}/KH",
                    "subject": "kế hoạch",
                    "parent_id": self.law.id,
                }
                for number in range(30)
            ]
        )
        columns = dict.fromkeys(("number", "state", "citation", "display_name"), {})
        columns["parent_id"] = {"fields": {"display_name": {}}}
        counts = []
        for number in (1, 1, 3, 30):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Text.web_search_read([("id", "in", texts[:number].ids)], columns)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(counts[1:])), 1, counts)
