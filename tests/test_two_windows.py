from odoo.exceptions import MissingError, ValidationError
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestTwoWindows(AppraisalCommon):
    """One draft open in two windows of the office: nothing lost, nothing twice."""

    def setUp(self):
        super().setUp()
        self.dossier = self._create_initiative(
            "Máy tẽ ngô", authors=[("Lê Văn Mười", 60), ("Trần Thị Chín", 40)]
        ).with_user(self.officer_a1)
        self.first, self.second = Form(self.dossier), Form(self.dossier)

    def test_each_window_saves_what_was_typed_in_it(self):
        self.first.problem = "Tẽ tay chậm"
        self.second.solution = "Thêm phễu và quạt"
        self.first.save()
        self.second.save()
        self.assertEqual(self.dossier.problem, "Tẽ tay chậm")
        self.assertEqual(self.dossier.solution, "Thêm phễu và quạt")

    def _share(self, form, *shares):
        for index, share in enumerate(shares):
            with form.author_ids.edit(index) as line:
                line.share = share

    def test_shares_of_both_windows_never_mix(self):
        self._share(self.first, 50, 50)
        self._share(self.second, 70, 30)
        self.first.save()
        self.second.save()
        self.assertEqual(self.dossier.author_ids.mapped("share"), [70, 30])
        changes = self.dossier.share_log_ids.filtered(
            lambda one: one.event == "changed"
        )
        self.assertEqual(len(changes), 4, "what each window did is in the ledger")

    def test_one_author_too_many_is_answered_in_words(self):
        self._share(self.first, 50, 50)
        with self.second.author_ids.edit(1) as line:
            line.share = 30
        with self.second.author_ids.new() as line:
            line.partner_id = self.env["res.partner"].create({"name": "Ngô Thị Ba"})
            line.share = 30
        self.first.save()
        with self._refused(ValidationError, "Máy tẽ ngô"):
            self.second.save()
        self.assertEqual(self.dossier.author_ids.mapped("share"), [50, 50])

    def test_an_author_taken_off_meanwhile_is_not_written_to(self):
        self.first.author_ids.remove(1)
        self._share(self.first, 100)
        self._share(self.second, 70, 30)
        self.first.save()
        with self._refused(MissingError, ""):
            self.second.save()
        self.assertEqual(self.dossier.author_ids.mapped("share"), [100])
