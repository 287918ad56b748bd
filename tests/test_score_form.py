from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestScoreForm(AppraisalCommon):
    """Each entry is kept by itself, once, and never over somebody else's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._open_session(("Sáng kiến Một", "Sáng kiến Hai"))
        cls.sheet = cls._sheet(cls.session, cls.member1_user)
        cls.line = cls.sheet.line_ids[0]

    def test_entries_are_kept(self):
        answer = self.sheet.enter("points", 27.5, False, self.line.id)
        self.assertEqual(answer, {"is_saved": True, "value": 27.5})
        self.assertTrue(self.line.is_scored)
        self.sheet.enter("note", " Có bằng chứng ", "", self.line.id)
        self.sheet.enter("remark", "Đáng nhân rộng", "")
        self.assertEqual(self.line.note, "Có bằng chứng")
        self.assertEqual((self.sheet.total, self.sheet.progress), (27.5, "1/4"))
        self.assertEqual(self.sheet.remark, "Đáng nhân rộng")
        self.sheet.enter("points", False, 27.5, self.line.id)
        self.assertFalse(self.line.is_scored)
        self.assertEqual(self.sheet.progress, "0/4")

    def test_the_sheet_tells_what_deserves_how_many_points(self):
        band = self.line.bands[0]
        self.assertEqual((band["from"], band["to"]), (27, 30))
        self.assertFalse(self.line.guide, "what is told as bands is not told twice")
        # a rubric in force does not change: as if it had been written so
        self.env.cr.execute(
            "UPDATE emulation_rubric_criterion SET descriptor = %s WHERE id = %s",
            ["So với giải pháp đã có", self.line.criterion_id.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.line.bands)
        self.assertEqual(self.line.guide, "So với giải pháp đã có")

    def test_sent_again_it_changes_nothing(self):
        for _time in range(2):
            answer = self.sheet.enter("points", 20, False, self.line.id)
            self.assertTrue(answer["is_saved"])
        self.assertEqual(self.line.points, 20)

    def test_another_window_is_not_overwritten(self):
        self.sheet.enter("points", 20, False, self.line.id)
        answer = self.sheet.enter("points", 25, False, self.line.id)
        self.assertEqual(answer, {"is_saved": False, "value": 20})
        self.assertEqual(self.line.points, 20)
        # a blank is not the same as 0 points
        self.assertFalse(self.sheet.enter("points", 5, 0, self.line.id)["is_saved"])
        self.assertTrue(self.sheet.enter("points", 25, 20, self.line.id)["is_saved"])
        self.sheet.enter("remark", "Một", "")
        self.assertFalse(self.sheet.enter("remark", "Hai", "")["is_saved"])
        self.assertEqual(self.sheet.remark, "Một")

    def test_out_of_range_or_place_is_refused(self):
        for points in (30.01, -1, 1e9):
            with self.subTest(points), self.assertRaisesRegex(UserError, "0 to 30"):
                self.sheet.enter("points", points, False, self.line.id)
        for value in ("12", True, [1]):
            with self.subTest(value), self.assertRaisesRegex(UserError, "a number"):
                self.sheet.enter("points", value, False, self.line.id)
        other = self._sheet(self.session, self.member2_user).line_ids[0].id
        for name, line in (("points", other), ("user_id", self.line.id), ("state", 0)):
            with self.subTest(name), self.assertRaisesRegex(UserError, "no such place"):
                self.sheet.enter(name, 1, False, line)

    def test_nobody_else_enters(self):
        users = self.member2_user | self.chair_user | self.secretary_user
        for user in users | self.movement_user | self.manager_user | self.officer_a1:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.sheet.with_user(user).enter("points", 1, False, self.line.id)
        self.assertFalse(self.line.is_scored)

    def test_nothing_is_entered_once_handed_in_or_closed(self):
        self._score(self.session, self.member1_user, DEMO_SCORES["D2"])
        with self.assertRaisesRegex(UserError, "Take it back"):
            self.sheet.enter("points", 1, 27, self.line.id)
        self._close_rest()
        with self.assertRaisesRegex(UserError, "is closed"):
            self.sheet.enter("points", 1, 27, self.line.id)

    def _close_rest(self):
        others = self._scoring_users() - self.member1_user
        for user in others:
            self._score(self.session, user, DEMO_SCORES["D2"])
        kept = self.session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()

    def test_place_among_my_sheets(self):
        first, second = (
            self.env["emulation.scoresheet"]
            .with_user(self.member1_user)
            .search([("session_id", "=", self.session.id)])
        )
        self.assertEqual(
            first.place,
            {
                "position": 1,
                "count": 2,
                "handed_in": 0,
                "previous": False,
                "next": second.id,
                "todo": second.id,
            },
        )
        for line in second.line_ids:
            line.points = 1
        second.action_submit()
        self.env.invalidate_all()
        self.assertFalse(first.place["todo"])
        self.assertEqual(
            (second.place["handed_in"], second.place["todo"]), (1, first.id)
        )
        # nobody else is told
        self.assertFalse(first.with_user(self.secretary_user).sudo().place)


@tagged("post_install", "-at_install")
class TestTabletTour(AppraisalCommon, HttpCase):
    """On a tablet: tap, lose the connection, lose nothing, hand in, go on."""

    browser_size = "1024x768"

    def test_member_scores_on_a_tablet(self):
        session = self._open_session(("Sáng kiến Một", "Sáng kiến Hai"))
        self.start_tour(
            "/odoo/emulation-sheets",
            "emulation_tablet_sheet_tour",
            login="member1_user",
        )
        sheet = self._sheet(session, self.member1_user)
        self.assertEqual(sheet.line_ids.mapped("points"), [27, 25, 22, 13])
        self.assertEqual((sheet.state, sheet.total), ("submitted", 87))
        self.assertEqual(sheet.remark, "Nên mời tác giả trình bày")


@tagged("post_install", "-at_install")
class TestUprightTour(TestTabletTour):
    """The same with the tablet held upright."""

    browser_size = "820x1180"
