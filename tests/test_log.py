from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..tools.ledger import seal
from .common_appraisal import DEMO_SCORES, AppraisalCommon

CODES = {"16_log_chain", "16_log_end", "16_verdict_as_logged"}


@tagged("post_install", "-at_install")
class TestLog(AppraisalCommon):
    """The log of decisions: who writes, who reads, and what cannot be undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.logs = cls.env["emulation.log"].sudo()
        cls.session = cls._close(cls._open_session(), DEMO_SCORES["D4"])

    def _entries(self, record, event=None):
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        if event:
            domain.append(("event", "=", event))
        return self.logs.search(domain, order="number")

    def _broken(self):
        return CODES & set(self.env["emulation.invariant"]._find_broken())

    # WHAT WRITES

    def test_close_is_sealed_and_tells_no_result(self):
        entry = self._entries(self.session, "closed")
        self.assertEqual(len(entry), 1)
        self.assertEqual(entry.user_id, self.secretary_user)
        self.assertEqual(entry.text, "1 results computed and frozen")
        self.assertIn('"score": "85.00"', entry.values_text)
        told = entry.read(["text", "record_name", "actor", "digest"])[0]
        self.assertNotIn("85", str(told["text"]) + told["record_name"])
        with self.assertRaises(AccessError):
            entry.with_user(self.manager_user).read(["values_text"])

    def test_same_results_have_another_digest(self):
        """A digest of points between 0 and 100 would otherwise be guessed."""
        values = {"score": "85.00"}
        first = self.logs._append(self.session, "closed", "a", values)
        second = self.logs._append(self.session, "closed", "a", values)
        self.assertNotEqual(first.digest, second.digest)

    def test_signatures_and_revocations(self):
        decision = self._decide(self.session)
        entry = self._entries(decision, "signed")
        self.assertEqual(entry.user_id, self.head_province)
        self.assertIn(decision.reference, entry.text)
        self.assertIn("head_province", entry.text)
        self.assertIn(decision.sudo().pdf_sha256, entry.values_text)
        decision.with_user(self.manager_user).action_revoke("Ghi sai tên")
        entry = self._entries(decision, "revoked")
        self.assertIn("Ghi sai tên", entry.text)
        self.assertEqual(entry.user_id, self.manager_user)

    def test_seats_of_a_council_in_office(self):
        entries = self._entries(self.council, "seat")
        self.assertEqual(len(entries), 5, "one a member, when it takes office")
        self.assertIn("chair_user", entries[0].text)
        seat = self.council.member_ids[-1]
        seat.with_user(self.movement_user).date_end = "2033-01-01"
        seat.with_user(self.movement_user).date_end = "2033-01-01"
        added = self._entries(self.council, "seat") - entries
        self.assertEqual(len(added), 1, "what changes nothing is not logged")
        self.assertIn("01/01/2033", added.text)
        user = self._create_user("seat_new", "council")
        new = self.council.copy({"name": "Khác"})
        new.member_ids = [(0, 0, {"user_id": user.id})]
        self.assertFalse(self._entries(new), "a draft has no seats yet")
        self.council.member_ids = [(0, 0, {"user_id": user.id})]
        self.council.member_ids.filtered(lambda one: one.user_id == user).unlink()
        texts = (self._entries(self.council, "seat") - entries - added).mapped("text")
        self.assertEqual(len(texts), 2)
        self.assertIn("Seat removed: seat_new", texts[1])

    def test_minutes_print_the_seal(self):
        kept = self.session.with_user(self.secretary_user)
        minutes = self.env["emulation.document"].browse(
            kept.action_draft_minutes()["res_id"]
        )
        entry = self._entries(self.session, "closed")
        body = str(minutes.sudo().body)
        self.assertIn(entry.hash, body)
        self.assertIn(f"mục số {entry.number} ", body)
        minutes.with_user(self.secretary_user).body = body.replace(entry.hash, "00")
        with self.assertRaisesRegex(UserError, "changed by hand"):
            minutes.with_user(self.secretary_user).action_sign()

    # WHO READS

    def test_managers_read_what_is_about_records_they_read(self):
        own = self.logs.with_user(self.manager_user)
        entry = self._entries(self.session, "closed")
        self.assertIn(entry, own.search([]))
        self.assertTrue(own.browse(entry.id).text)
        minutes = self._sign_minutes(self.session)
        secret = self._entries(minutes, "signed")
        self.assertTrue(secret)
        self.assertNotIn(secret, own.search([]))
        self.assertFalse(own.browse(secret.id).is_in_sight)
        self.assertNotIn(secret.number, own.search([]).mapped("number"))
        for attempt in (
            lambda: own.browse(secret.id).read(["text"]),
            own.browse(secret.id).action_open_record,
        ):
            with self.assertRaises(AccessError):
                attempt()
        action = own.browse(entry.id).action_open_record()
        self.assertEqual(action["res_id"], self.session.id)

    def test_others_do_not_read(self):
        for user in (self.movement_user, self.secretary_user, self.leader_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.logs.with_user(user).sudo(False).search([])

    # WHAT CANNOT BE DONE

    def test_append_only_for_everybody(self):
        entry = self._entries(self.session, "closed")
        for attempt in (
            lambda: entry.write({"text": "x"}),
            entry.unlink,
            lambda: entry.copy(),
            lambda: self.logs.create({"event": "signed"}),
            lambda: self.logs.with_context(emulation_log="APPENDING").create(
                {"event": "signed"}
            ),
        ):
            with self.assertRaises(AccessError):
                attempt()
        manager = self.logs.with_user(self.manager_user).sudo(False)
        with self.assertRaises(AccessError):
            manager.create({"event": "signed"})

    def test_entry_seals_all_before(self):
        entries = self.logs.search([], order="number")
        before = entries[0].previous_hash or ""
        for number, entry in enumerate(entries, start=entries[0].number):
            self.assertEqual(entry.number, number)
            self.assertEqual(entry.previous_hash or "", before)
            texts = self.logs._sealed_texts(
                {name: entry[name] for name in entry._fields if name != "id"}
            )
            self.assertEqual(entry.hash, seal(entry.previous_hash or "", texts))
            before = entry.hash
        chain = self.env["emulation.log.chain"].sudo().search([])[-1:]
        self.assertEqual((chain.count, chain.hash), (entries[-1].number, before))

    def test_words_that_could_end_a_value_early(self):
        entry = self.logs._append(self.session, "pinned", "a\x1fb\x00c", {"x": 1})
        self.assertEqual(entry.text, "a bc")
        self.assertFalse(self._broken())

    def test_whatever_is_done_behind_its_back_is_found(self):
        self.assertFalse(self._broken())
        last = self._entries(self.session, "closed")
        for code, statement in (
            ("16_log_chain", "UPDATE emulation_log SET text = 'x' WHERE id = %s"),
            ("16_log_chain", "UPDATE emulation_log SET values_text = values_text||' '"
                             " WHERE id = %s"),
            ("16_log_end", "DELETE FROM emulation_log WHERE number > (SELECT number"
                           " FROM emulation_log WHERE id = %s) - 1"),
            ("16_verdict_as_logged", "UPDATE emulation_verdict SET score = 12 WHERE"
                                     " session_id = (SELECT res_id FROM emulation_log"
                                     " WHERE id = %s)"),
            ("16_verdict_as_logged", "UPDATE emulation_verdict SET outcome = 'deferred'"
                                     " WHERE session_id = (SELECT res_id FROM"
                                     " emulation_log WHERE id = %s)"),
        ):  # fmt: skip
            with self.subTest(statement):
                self.env.flush_all()
                savepoint = self.env.cr.savepoint()
                self.env.cr.execute(SQL(statement, last.id))
                self.env.invalidate_all()
                self.assertIn(code, self._broken())
                savepoint.close(rollback=True)
                self.env.invalidate_all()
