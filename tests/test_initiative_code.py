from odoo.tests import tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestInitiativeCode(AppraisalCommon):
    """Each dossier has a code of its own in the series of its year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env.ref("emulation.sequence_initiative")

    def _create_several(self, count, rnd=None):
        """Return the codes of as many dossiers, created in one act."""
        rnd = rnd or self.round
        values = self._create_initiative().copy_data()[0]
        values |= {"round_id": rnd.id, "author_ids": []}
        initiatives = self.env["emulation.initiative"].with_user(self.officer_a1)
        made = initiatives.create(
            [{**values, "name": f"Dụng cụ số {number}"} for number in range(count)]
        )
        return made.mapped("code")

    def _get_numbers(self, codes):
        return [int(code.rpartition("-")[2]) for code in codes]

    def test_codes_of_one_act_follow_each_other(self):
        codes = self._create_several(5)
        first, *_rest = numbers = self._get_numbers(codes)
        self.assertEqual(numbers, list(range(first, first + 5)))
        for code in codes:
            self.assertTrue(code.startswith(f"SK-{self.round.year}-"), code)
        self.assertEqual(self._get_numbers(self._create_several(1)), [first + 6])

    def test_first_dossiers_of_a_year_begin_its_series(self):
        rnd = self._create_round("T-2031", year=2031)
        spans = self.sequence.date_range_ids
        self.assertFalse(spans.filtered(lambda span: span.date_from.year == 2031))
        codes = self._create_several(3, rnd)
        self.assertEqual(self._get_numbers(codes), [1, 2, 3])
        self.assertTrue(codes[0].startswith("SK-2031-"), codes)

    def test_office_that_chose_a_series_without_gaps_has_none(self):
        self.sequence.implementation = "no_gap"
        before = self._get_numbers(self._create_several(1))[0]
        numbers = self._get_numbers(self._create_several(3))
        self.assertEqual(numbers, [before + 2, before + 3, before + 4])
