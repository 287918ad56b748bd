from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestAuthorLimit(AppraisalCommon):
    """One person has so many dossiers in a round, however they are entered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.round.max_per_author = 1
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Trần Văn Nhiều",
                "email": "nhieu@example.com",
                "emulation_birth_date": "1980-02-03",
            }
        )

    def _by(self, partner, name="Sáng kiến", **vals):
        """Return a draft of one author."""
        line = {"partner_id": partner.id, "share": 100}
        return self._create_initiative(name, author_ids=[Command.create(line)], **vals)

    def test_the_second_dossier_is_refused(self):
        self._by(self.person, "Cái thứ nhất").action_submit()
        second = self._by(self.person, "Cái thứ hai")
        words = "Trần Văn Nhiều.*at most 1.*Cái thứ hai.*\n.*Cái thứ nhất"
        with self._refused(UserError, words):
            second.action_submit()
        self.assertEqual(second.state, "draft")
        self.round.max_per_author = 2
        second.action_submit()
        self.round.max_per_author = 0
        self._by(self.person).action_submit()

    def test_another_contact_of_the_same_person(self):
        self._by(self.person).action_submit()
        contacts = self.env["res.partner"]
        for vals in (
            {"name": "T. V. Nhiều", "email": "NHIEU@example.com"},
            {"name": "tran van nhieu", "emulation_birth_date": "1980-02-03"},
        ):
            with self.subTest(vals), self._refused(UserError, "at most 1"):
                self._by(contacts.create(vals)).action_submit()
        self._by(contacts.create({"name": "Trần Văn Nhiều"})).action_submit()
        self._by(
            contacts.create(
                {"name": "Trần Văn Nhiều", "emulation_birth_date": "1981-02-03"}
            )
        ).action_submit()

    def test_an_archived_contact_hides_nobody(self):
        first = self._by(self.person)
        first.action_submit()
        self.person.active = False
        again = self.env["res.partner"].create(
            {"name": "Nhiều", "email": "nhieu@example.com"}
        )
        with self._refused(UserError, "at most 1"):
            self._by(again).action_submit()

    def test_a_withdrawn_dossier_frees_its_place(self):
        first = self._by(self.person)
        first.action_submit()
        second = self._by(self.person)
        first.action_withdraw()
        second.action_submit()

    def test_return_and_hand_in_again(self):
        first = self._by(self.person)
        first.action_submit()
        first.with_user(self.head_a1)._return_to_complete("Bổ sung")
        second = self._by(self.person)
        with self._refused(UserError, "at most 1"):
            second.action_submit()
        first.action_submit()

    def test_an_author_put_on_a_returned_dossier(self):
        self._by(self.person).action_submit()
        other = self._create_initiative("Của người khác")
        other.action_submit()
        other.with_user(self.head_a1)._return_to_complete("Bổ sung")
        line = other.author_ids[0]
        with self._refused(UserError, "Trần Văn Nhiều.*at most 1"):
            line.partner_id = self.person

    def test_dossiers_of_other_units_are_not_named(self):
        self._by(
            self.person,
            "Bí mật của xã khác",
            unit=self.commune_b1,
            user=self.officer_b1,
        ).action_submit()
        with self.assertRaises(UserError) as caught:
            self._by(self.person).action_submit()
        self.assertNotIn("Bí mật", str(caught.exception))
        self.assertIn("1 in other units", str(caught.exception))

    def test_other_rounds_do_not_count(self):
        other = self._create_round("T-OTHER")
        self._by(self.person, round_id=other.id).action_submit()
        self._by(self.person).action_submit()

    def test_two_at_the_same_time_meet_on_one_row(self):
        """The second transaction waits, fails and is tried again on what holds."""
        twin = self.env["res.partner"].create(
            {"name": "Nhiều", "email": "nhieu@example.com"}
        )
        queries = []
        execute = type(self.cr).execute

        def spy(cursor, query, *args, **kwargs):
            queries.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.cr), "execute", spy)
        dossier = self._by(twin)
        self.assertFalse([q for q in queries if "SET write_date = write_date" in q])
        dossier.action_submit()
        self.assertTrue([q for q in queries if "SET write_date = write_date" in q])
        self.assertEqual(twin._emulation_contacts(), twin | self.person)
