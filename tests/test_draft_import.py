from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_import import DRAFTS, InitiativeImportCommon


@tagged("post_install", "-at_install")
class TestDraftImport(InitiativeImportCommon):
    """Drafts of this year come in with what is known, and must be completed."""

    def _row(self, title, authors="Lê Văn Mười 70%; Trần Thị Chín 30%", **other):
        row = dict(
            zip(
                DRAFTS,
                [title, authors, "T35A1", self.round.code, "initiative", "NN", "ND2"],
                strict=False,
            )
        )
        row["Nội dung giải pháp"] = "Gá bốn phôi"
        row["Ngày áp dụng lần đầu"] = "15/03/2020"
        row.update(other)
        return [row.get(column, "") for column in DRAFTS]

    def test_drafts_come_in_and_again(self):
        rows = [self._row("Bộ gá khoan"), self._row("Máy tẽ ngô", "Lê Văn Mười")]
        drafts = self._entries(self._import(DRAFTS, *rows, user=self.officer_a1))
        self.assertEqual(set(drafts.mapped("state")), {"draft"})
        self.assertFalse(any(drafts.mapped("is_past")))
        self.assertEqual(drafts.round_id, self.round)
        self.assertEqual(drafts[0].author_ids.mapped("share"), [70, 30])
        self.assertFalse(any(drafts.author_ids.mapped("is_confirmed")))
        self.assertEqual(drafts[0].solution, "Gá bốn phôi")
        self.assertEqual(str(drafts[0].date_applied), "2020-03-15")
        with self._refused(UserError, "cannot be handed in yet"):
            drafts[0].with_user(self.officer_a1).action_submit()
        drafts[0].with_user(self.officer_a1).solution = "Đã viết lại"
        again = self._import(DRAFTS, *rows, user=self.officer_a1)
        self.assertEqual(again["ids"], drafts.ids)
        self.assertEqual(drafts[0].solution, "Đã viết lại")

    def test_the_only_open_round_need_not_be_named(self):
        others = self.env["emulation.round"].search(
            [("state", "=", "open"), ("id", "!=", self.round.id)]
        )
        others.action_close()
        drafts = self._entries(
            self._import(
                DRAFTS,
                self._row("Bộ gá khoan", **{"Đợt xét": ""}),
                user=self.officer_a1,
            )
        )
        self.assertEqual(drafts.round_id, self.round)

    def test_each_broken_row_is_named(self):
        self._assert_refused(
            DRAFTS,
            [
                self._row("Lạ đợt", **{"Đợt xét": "KHONG"}),
                self._row("Của người khác", **{"Mã đơn vị": "T35B1"}),
                self._row("Lạ lĩnh vực", **{"Lĩnh vực": "??"}),
            ],
            "Lạ đợt.+open round.+open now",
            "do not act",
            "Lạ lĩnh vực.+Use one of",
            user=self.officer_a1,
        )

    def test_a_closed_round_takes_no_drafts(self):
        self.round.action_close()
        self._assert_refused(
            DRAFTS, [self._row("Muộn")], "open round", user=self.officer_a1
        )
