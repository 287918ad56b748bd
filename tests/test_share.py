import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from ..tools.shares import equal_shares
from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestShare(AppraisalCommon):
    """Authors agree on their shares; what was agreed is told by the ledger alone."""

    def setUp(self):
        super().setUp()
        self.initiative = self._create_initiative()
        self.first, self.second = self.initiative.author_ids
        self.first.partner_id.sudo().email = "thu@example.com"

    def _entries(self, initiative=None):
        return (initiative or self.initiative).share_log_ids.sorted("number")

    def _events(self, initiative=None):
        return self._entries(initiative).mapped("event")

    # EQUAL SHARES

    def test_equal_shares_make_exactly_a_hundred(self):
        for count in range(1, 40):
            shares = equal_shares(count)
            self.assertEqual(sum(shares), 100)
            self.assertLessEqual(max(shares[1:], default=shares[0]), shares[0])
        for count in (0, 10001):
            with self.assertRaises(ValueError):
                equal_shares(count)

    def test_three_thirds_are_refused_with_a_proposal_and_the_button_mends_them(self):
        thirds = [("Một", 33.33), ("Hai", 33.33), ("Ba", 33.33)]
        initiative = self._create_initiative(authors=thirds)
        with self.assertRaisesRegex(ValidationError, "33.34 / 33.33 / 33.33.*Share"):
            initiative.action_send_share_links()
        self.assertTrue(initiative.can_share_equally)
        initiative.action_share_equally()
        self.assertEqual(initiative.author_ids.mapped("share"), [33.34, 33.33, 33.33])
        self.assertFalse(initiative.can_share_equally)

    def test_shares_of_a_form_are_judged_together(self):
        self.initiative.author_ids = [
            Command.update(self.second.id, {"share": 70}),
            Command.update(self.first.id, {"share": 30}),
        ]
        self.assertEqual(self.initiative.share_total, 100)
        with self.assertRaisesRegex(ValidationError, "add up to 140"):
            self.initiative.author_ids = [
                Command.update(self.first.id, {"share": 70}),
            ]

    # WHO MAY CONFIRM

    def test_agreement_is_not_ticked_by_a_client(self):
        other = self.env["res.partner"].create({"name": "Ba"})
        for values in (
            {"is_confirmed": True},
            {"confirmed_version": 2},
            {"objection": "Không"},
        ):
            with self._refused(AccessError, "not ticked by hand"):
                self.first.write(values)
            with self._refused(AccessError, "not ticked by hand"):
                self.first.create(
                    {
                        "initiative_id": self.initiative.id,
                        "partner_id": other.id,
                        "share": 1,
                        **values,
                    }
                )
        with self._refused(AccessError, "set by the workflow"):
            self.initiative.share_version = 9

    def test_no_default_speaks_for_a_co_author(self):
        given = {
            "confirmed_version": 99,
            "date_confirmed": "2020-01-01 00:00:00",
            "confirmed_how": "paper",
            "is_confirmed": True,
            "objection": "Tôi không đồng ý",
            "objected_version": 2,
        }
        partner = self.env["res.partner"].create({"name": "Người thứ ba"})
        lines = self.env["emulation.initiative.author"].with_user(self.officer_a1)
        context = {f"default_{name}": value for name, value in given.items()}
        vals = {"initiative_id": self.initiative.id, "partner_id": partner.id}
        self.first.share = 50
        author = lines.with_context(**context).create({**vals, "share": 10}).sudo()
        self.assertFalse(any(author[name] for name in given))
        self.assertEqual(author.share_status, "waiting")

    def test_paper_is_recorded_with_day_scan_and_officer(self):
        self.initiative.action_share_equally()
        action = self.initiative.action_confirm_on_paper()
        dialog = self.env[action["res_model"]].with_user(self.officer_a1)
        with Form(dialog.with_context(**action["context"])) as form:
            self.assertEqual(form.author_ids[:], self.initiative.author_ids)
            form.date_signed = "2026-01-05"
            form.scan = base64.b64encode(b"%PDF-1.4 chu ky")
            form.note = "Ký tại nhà"
        form.record.action_confirm()
        self.assertEqual(
            set(self.initiative.author_ids.mapped("share_status")), {"confirmed"}
        )
        entry = self._entries()[-1]
        self.assertEqual((entry.event, entry.user_id), ("paper", self.officer_a1))
        self.assertIn("05/01/2026", entry.note)
        self.assertIn("Ký tại nhà", entry.note)
        self.assertEqual(base64.b64decode(entry.file), b"%PDF-1.4 chu ky")
        self.initiative.action_submit()

    def test_paper_is_refused_with_the_reason(self):
        Dialog = self.env["emulation.share.paper"]
        values = {
            "initiative_id": self.initiative.id,
            "author_ids": [Command.set(self.initiative.author_ids.ids)],
            "scan": base64.b64encode(b"%PDF-1.4"),
        }
        officer = Dialog.with_user(self.officer_a1)
        tomorrow = Date.add(Date.today(), days=1)
        with self.assertRaisesRegex(UserError, "in the future"):
            officer.create({**values, "date_signed": tomorrow}).action_confirm()
        with self.assertRaisesRegex(UserError, "at least one author"):
            officer.create({**values, "author_ids": [Command.clear()]}).action_confirm()
        with self.assertRaises(AccessError):
            Dialog.with_user(self.officer_b1).create(values).action_confirm()
        self.initiative.action_submit()
        with self.assertRaisesRegex(UserError, "Have it returned first"):
            officer.create(values).action_confirm()

    def test_whoever_hands_in_agrees_by_it_to_their_own_share(self):
        partner = self.officer_a1.partner_id
        initiative = self._create_initiative(authors=[("Một", 40)])
        initiative.author_ids = [
            Command.create({"partner_id": partner.id, "share": 60})
        ]
        with self.assertRaisesRegex(UserError, "signatures"):
            initiative.action_submit()
        initiative.author_ids[0]._confirm("paper")
        own = initiative.author_ids[1]
        self.assertFalse(own.is_confirmed)
        initiative.action_submit()
        self.assertEqual(own.confirmed_how, "hand_in")
        self.assertEqual(self._events(initiative)[-1], "confirmed")

    # WHAT VOIDS

    def test_whatever_was_agreed_on_voids_every_agreement(self):
        partner = self.env["res.partner"].create({"name": "Ba"})
        changes = {
            "shares": lambda one: one.author_ids[0].write({"share": 59}),
            "another person": lambda one: one.author_ids[0].write(
                {"partner_id": partner.id}
            ),
            "an author less": lambda one: one.author_ids[1].unlink(),
            "an author more": lambda one: one.write(
                {
                    "author_ids": [
                        Command.update(one.author_ids[0].id, {"share": 30}),
                        Command.create({"partner_id": partner.id, "share": 30}),
                    ]
                }
            ),
            "the name": lambda one: one.author_ids.partner_id[0].write({"name": "Tư"}),
            "the birth date": lambda one: one.author_ids.partner_id[0].write(
                {"emulation_birth_date": "1980-01-01"}
            ),
        }
        for what, change in changes.items():
            with self.subTest(what):
                initiative = self._create_initiative(what)
                version = initiative.share_version
                self.assertTrue(all(initiative.author_ids.mapped("is_confirmed")))
                change(initiative)
                self.assertFalse(any(initiative.author_ids.mapped("is_confirmed")))
                self.assertGreater(initiative.share_version, version)
                voided = initiative.share_log_ids.filtered(
                    lambda one: one.event == "voided"
                )
                self.assertGreaterEqual(len(voided), 1)
                self.assertTrue(all(voided.mapped("note")))

    def test_what_was_not_agreed_on_voids_nothing(self):
        self.first.contribution = "Vẽ"
        self.first.share = 60
        self.first.partner_id.write({"name": self.first.partner_id.name})
        self.first.partner_id.sudo().phone = "0912345678"
        self.initiative.problem = "Khác"
        self.assertTrue(all(self.initiative.author_ids.mapped("is_confirmed")))

    def test_a_correction_by_the_office_leaves_what_was_handed_in(self):
        self.initiative.action_submit()
        self.first.partner_id.with_user(self.movement_user).name = "Lê Văn Thử Nghiệm"
        self.assertTrue(all(self.initiative.author_ids.mapped("is_confirmed")))

    # ASKING

    def test_links_are_sent_where_there_is_an_address_and_made_for_the_others(self):
        self.initiative.action_share_equally()
        self.assertEqual(self.first.share_status, "waiting")
        action = self.initiative.action_send_share_links()
        message = action["params"]["message"]
        self.assertRegex(message, "Sent to: Lê Văn Thử.*No e-mail address: Vũ Thị Thử")
        mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1)
        self.assertIn(self.first.share_url, mail.body_html)
        self.assertNotIn(self.second.share_url, mail.body_html)
        self.assertEqual(mail.recipient_ids, self.first.partner_id)
        self.assertEqual(self.second.share_status, "asked")
        self.assertEqual(self._events()[-2:], ["sent", "sent"])
        url = self.first.share_url
        self.initiative.action_send_share_links()
        self.assertEqual(self.first.share_url, url, "one link per author and version")

    def test_one_author_is_not_written_to_without_end(self):
        self.initiative.action_share_equally()
        self.env["ir.config_parameter"].set_param("emulation.share_mails_a_day", 1)
        self.initiative.action_send_share_links()
        with self.assertRaisesRegex(UserError, "written to 1 times"):
            self.initiative.action_send_share_links()
        self.env["ir.config_parameter"].set_param("emulation.share_mails_a_day", 2)
        self.initiative.action_send_share_links()

    def test_nobody_asks_without_a_right_a_whole_or_a_question(self):
        with self.assertRaisesRegex(UserError, "have agreed"):
            self.initiative.action_send_share_links()
        self.first.share = 10
        with self.assertRaisesRegex(ValidationError, "add up to 50"):
            self.initiative.action_send_share_links()
        for user in (self.officer_b1, self.officer_sector, self.leader_user):
            for method in ("action_send_share_links", "action_share_equally"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(self.initiative.with_user(user), method)()
        self.initiative.action_share_equally()
        self.initiative.author_ids._confirm("paper")
        self.initiative.action_submit()
        with self.assertRaisesRegex(UserError, "Have it returned first"):
            self.initiative.action_send_share_links()

    def test_the_link_is_shown_to_those_alone_who_may_send_it(self):
        school = self._create_initiative(
            unit=self.school, user=self.movement_user, authors=[("A", 50), ("B", 50)]
        )
        school.action_share_equally()
        school.author_ids[0].share = 49
        school.action_share_equally()
        school.action_send_share_links()
        author = school.author_ids[0]
        self.assertTrue(author.with_user(self.officer_a1).share_url)
        self.assertFalse(author.with_user(self.officer_sector).share_url)
        author._confirm("paper")
        self.assertFalse(author.with_user(self.officer_a1).share_url)

    def test_links_are_nobodys_to_read(self):
        self.initiative.action_share_equally()
        self.initiative.action_send_share_links()
        portal = new_test_user(self.env, "la_ai", groups="base.group_portal")
        for user in (self.officer_a1, self.manager_user, portal):
            links = self.env["emulation.share.link"].with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                links.search_read([])

    # OBJECTING

    def test_an_objection_is_shown_and_told(self):
        self.initiative.action_share_equally()
        self.first._object("Đã thống nhất 60/40")
        self.assertEqual(self.first.share_status, "objected")
        self.assertIn("Đã thống nhất 60/40", self.initiative.share_objections)
        self.assertEqual(self.initiative.activity_ids.user_id, self.officer_a1)
        self.assertEqual(self._events()[-1], "objected")
        self.first.share = 60.0 - 10
        self.initiative.author_ids = [
            Command.update(self.first.id, {"share": 60}),
            Command.update(self.second.id, {"share": 40}),
        ]
        self.assertFalse(self.initiative.share_objections, "the shares were mended")

    # LEDGER

    def test_the_ledger_is_append_only_for_everybody(self):
        entry = self._entries()[0]
        for user in (self.officer_a1, self.manager_user, self.env.user):
            with self.subTest(user.login):
                for record in (entry.with_user(user), entry.with_user(user).sudo()):
                    with self.assertRaises(AccessError):
                        record.write({"share": 1})
                    with self.assertRaises(AccessError), mute_logger("odoo.models"):
                        record.unlink()
                    with self.assertRaises(AccessError):
                        record.copy()
                    with self.assertRaises(AccessError):
                        record.with_context(emulation_ledger=True).create(
                            {
                                "chain": self.initiative.id,
                                "number": 99,
                                "event": "confirmed",
                                "hash": "0",
                                "date": "2026-01-01 00:00:00",
                            }
                        )

    def test_the_ledger_outlives_a_draft_and_a_merger(self):
        chain = self.initiative.id
        self.initiative.unlink()
        logs = self.env["emulation.share.log"].search([("chain", "=", chain)])
        self.assertEqual(set(logs.mapped("event")), {"entered", "paper"})
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def _assert_found(self, code, statement, *args):
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute(SQL(statement, *args))
            self.env.invalidate_all()
            self.assertIn(code, self.env["emulation.invariant"]._find_broken())
            savepoint.rollback()
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_whatever_is_done_to_the_ledger_behind_its_back_is_found(self):
        last = self._entries()[-1].id
        for column, value in (
            ("share", 99),
            ("author_name", "Kẻ gian"),
            ("actor", "Kẻ gian"),
            ("note", "Khác"),
            ("date", "2020-01-01 00:00:00"),
            ("file_digest", "0"),
        ):
            with self.subTest(column):
                self._assert_found(
                    "16_share_log_chain",
                    "UPDATE emulation_share_log SET %s = %s WHERE id = %s",
                    *(SQL.identifier(column), value, last),
                )
        self._assert_found(
            "16_share_log_end", "DELETE FROM emulation_share_log WHERE id = %s", last
        )
        first = self._entries()[0].id
        self._assert_found(
            "16_share_log_chain",
            *("DELETE FROM emulation_share_log WHERE id = %s", first),
        )
        self._assert_found(
            "16_agreed_is_logged",
            "UPDATE emulation_initiative_author SET is_confirmed = FALSE WHERE id = %s",
            self.first.id,
        )
