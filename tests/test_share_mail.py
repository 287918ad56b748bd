from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.res_config_settings import LIMITS
from .common_portal import PortalCommon

ADDRESS = "dich@example.com"


@tagged("post_install", "-at_install")
class TestShareMail(PortalCommon):
    """Nobody has the system write to anybody without end, by whatever way."""

    def _limit(self, name, most):
        key = f"emulation.share_mails_{name}"
        self.env["ir.config_parameter"].set_param(key, most)

    def _person(self, number=1, **vals):
        return {
            "name": f"Đồng Tác Giả {number}",
            "birth_date": f"1985-02-{number:02}",
            "email": ADDRESS,
            **vals,
        }

    def _mails(self):
        return len(self._find_mails())

    def _find_mails(self):
        links = [("body_html", "like", "/emulation/share/")]
        return self.env["mail.mail"].search(links)

    def test_link_of_an_author_is_read_by_nobody_else(self):
        """Whoever holds it confirms in that author's name."""
        draft = self._draft()
        draft._author_add(self._person())
        before = self._find_mails()
        draft._author_ask()
        mail = self._find_mails() - before
        self.assertEqual(len(mail), 1)
        message = mail.mail_message_id
        link = self.env["emulation.share.link"].search(
            [("author_id", "=", draft.sudo().author_ids[1].id)]
        )
        self.assertIn(link.token, message.body)
        people = self.author | self.stranger | self.officer_a1 | self.head_a1
        for user in people | self.movement_user | self.data_user | self.leader_user:
            with self.subTest(user.login):
                mine = message.with_user(user)
                with self._refused(AccessError, ""):
                    mine.read(["body"])
                self.assertFalse(mine.search([("id", "=", message.id)]))

    def test_one_address_in_many_dossiers(self):
        self._limit("address_a_day", 2)
        for number in (1, 2):
            draft = self._draft(name=f"Bản {number}")
            draft._author_add(self._person(number))
            draft._author_ask()
        before = self._mails()
        third = self._draft(name="Bản 3")
        third._author_add(self._person(3))
        words = "written to 2 times.*hand over the link"
        with self._refused(UserError, words):
            third._author_ask()
        self.assertEqual(self._mails(), before)
        other = self._draft(self.stranger, name="Của người khác")
        other._author_add(self._person(4))
        with self._refused(UserError, words):
            other._author_ask()
        self._limit("address_a_day", 9)
        third._author_ask()
        self.assertEqual(self._mails(), before + 1)

    def test_a_line_entered_again_begins_nothing_anew(self):
        self._limit("address_a_day", 1)
        draft = self._draft()
        draft._author_add(self._person())
        draft._author_ask()
        draft._author_remove(draft.author_ids[1].id)
        draft._author_add(self._person())
        with self._refused(UserError, "written to 1 times"):
            draft._author_ask()

    def test_one_sender_to_many_addresses(self):
        self._limit("sender_a_day", 2)
        draft = self._draft()
        for number in (1, 2, 3):
            email = f"ai{number}@example.com"
            draft._author_add(self._person(number, email=email))
        written, others, refusals = draft._author_ask()
        self.assertEqual((len(written), others), (2, []))
        self.assertRegex(refusals[0], "You have had 2 authors.*Đồng Tác Giả 3 is not")
        self._limit("sender_a_day", 0)
        draft._author_ask()
        self.assertEqual(draft.author_ids[3].share_status, "asked")

    def test_officers_have_a_limit_of_their_own(self):
        self._limit("sender_a_day", 1)
        initiative = self._create_initiative()
        for author, email in zip(
            initiative.author_ids, ("m@example.com", "h@example.com"), strict=True
        ):
            author.sudo().partner_id.email = email
        initiative.action_share_equally()
        message = initiative.action_send_share_links()["params"]
        self.assertEqual(message["type"], "success")
        self._limit("officer_a_day", 3)
        message = initiative.action_send_share_links()["params"]
        self.assertEqual(message["type"], "warning")
        self.assertIn("You have had 3 authors", message["message"])

    def test_one_who_was_written_to_keeps_nobody_waiting(self):
        self._limit("address_a_day", 1)
        draft = self._draft()
        draft._author_add(self._person())
        draft._author_ask()
        draft._author_add(self._person(2, email="khac@example.com"))
        written, _others, refusals = draft._author_ask()
        self.assertEqual(written, ["Đồng Tác Giả 2"])
        self.assertIn("Đồng Tác Giả 1", refusals[0])

    def test_a_wrong_address_is_put_right_by_its_author(self):
        draft = self._draft()
        draft._author_add(self._person(email="nham@example.com"))
        draft._author_ask()
        line = draft.sudo().author_ids[1]
        link = line._get_links()[line]
        draft._author_remove(line.id)
        draft._author_add(self._person())
        partner = draft.sudo().author_ids[1].partner_id
        self.assertEqual(partner.email, ADDRESS)
        self.assertEqual(link._get_standing(), "outdated")
        other = self._draft(self.stranger, name="Của người khác")
        other._author_add(self._person(email="gia@example.com"))
        self.assertEqual(partner.email, ADDRESS, "somebody else changes nothing")

    def test_a_link_ends_with_the_address_it_was_sent_to(self):
        draft = self._draft()
        draft._author_add(self._person(email="nham@example.com"))
        draft._author_ask()
        line = draft.sudo().author_ids[1]
        link = line._get_links()[line]
        self.assertEqual(link._get_standing(), "open")
        line.partner_id.phone = "0912345678"
        self.assertEqual(link._get_standing(), "open")
        line.partner_id.email = ADDRESS
        self.assertEqual(link._get_standing(), "outdated")
        self.assertNotEqual(line._ensure_link(), link)

    def test_objections_are_not_without_end(self):
        self._limit("a_day", 2)
        draft = self._draft()
        draft._author_add(self._person())
        line = draft.sudo().author_ids[1]
        for number in (1, 2):
            line._object(f"Không đúng {number}")
        with self._refused(UserError, "objected 2 times.*Call them"):
            line._object("Lần nữa")
        self._limit("a_day", 3)
        line._object("Lần nữa")

    # SETTINGS

    def test_the_limits_are_set_on_one_screen(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.emulation_mails_author, 3)
        settings.write({"emulation_mails_address": 1, "emulation_mails_sender": 0})
        settings.set_values()
        parameters = self.env["ir.config_parameter"]
        told = parameters.get_param("emulation.share_mails_address_a_day")
        self.assertEqual(told, "1")
        author = self._draft().author_ids
        self.assertEqual(author._get_mail_limit("share_mails_address_a_day"), 1)
        none = author._get_mail_limit("share_mails_sender_a_day")
        self.assertEqual(none, float("inf"), "0 is no limit")
        settings.emulation_package_mb = -1
        with self._refused(UserError, "Unpacked size.*is 0"):
            settings.set_values()

    def test_each_number_of_the_screen_is_kept(self):
        for name in LIMITS:
            settings = self.env["res.config.settings"].create({name: 7})
            settings.set_values()
            key = settings._fields[name].config_parameter
            told = self.env["ir.config_parameter"].get_param(key)
            self.assertEqual((name, told), (name, "7"))

    # PLACES IN A ROUND

    def test_naming_somebody_takes_no_place_of_theirs(self):
        self.round.max_per_author = 1
        named = {
            "name": self.stranger.name,
            "birth_date": "1980-01-01",
            "email": self.stranger.email,
        }
        draft = self._complete_draft()
        draft._author_add(named)
        returned = self._complete_draft()
        returned.action_submit()
        returned.sudo().with_user(self.head_a1)._return_to_complete("Bổ sung")
        returned._author_add(named)
        with self._refused(UserError, "cannot be handed in yet"):
            returned.action_submit()
        own = self._complete_draft(self.stranger)
        own.action_submit()
        self.assertEqual(own.state, "submitted")

    def test_who_agreed_keeps_the_place_of_a_returned_dossier(self):
        self.round.max_per_author = 1
        first = self._complete_draft(self.stranger)
        first.action_submit()
        first.sudo().with_user(self.head_a1)._return_to_complete("Bổ sung")
        first._author_add(self._person())
        self.assertFalse(first.sudo().author_ids[0].is_confirmed)
        second = self._complete_draft(self.stranger)
        with self._refused(UserError, "at most 1"):
            second.action_submit()
