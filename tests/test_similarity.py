import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from .common_appraisal import AppraisalCommon

TITLE = "Tưới nhỏ giọt điều khiển bằng tin nhắn cho vườn chuối ngự"
COPY = "tuoi nho giot điều khiển bang tin nhan vuon chuoi ngu"
PASSAGE = (
    "Bộ van điện gắn thẻ SIM giá rẻ, chủ vườn nhắn tin là bật hoặc tắt từng luống một"
)


class SimilarityCommon(AppraisalCommon):
    """A commune with an earlier entry, and one in another district that hides one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what is near is to be found in this world alone
        cls.env.cr.execute("DELETE FROM emulation_initiative_signature")
        cls.older = cls._create_initiative(TITLE, solution=PASSAGE)
        cls.province.partner_id = cls.env["res.partner"].create(
            {"name": cls.province.name, "phone": "0226 3999 111"}
        )

    @classmethod
    def _search(cls, user, title, initiative_id=False):
        model = cls.env["emulation.initiative"].with_user(user)
        return model.search_similar(title, initiative_id)

    def _titles(self, user, title, initiative_id=False):
        answer = self._search(user, title, initiative_id)
        return [entry["title"] for entry in answer["entries"]]

    @classmethod
    def _signature(cls, initiative):
        return cls.env["emulation.initiative.signature"].search(
            [("initiative_id", "=", initiative.id)]
        )


@tagged("post_install", "-at_install")
class TestSimilarity(SimilarityCommon):
    """Near entries are found whatever was typed, and never the dossier itself."""

    def test_title_typed_without_diacritics_finds_the_older_entry(self):
        answer = self._search(self.officer_a1, COPY)
        (entry,) = answer["entries"]
        self.assertEqual(entry["id"], self.older.id)
        self.assertEqual(entry["title"], TITLE)
        self.assertEqual(entry["unit"], self.commune_a1.name)
        self.assertEqual(entry["year"], self.round.year)
        self.assertEqual(entry["state"], "Draft")
        self.assertGreater(entry["percent"], 60)
        self.assertFalse(answer["hidden"])
        self.assertFalse(answer["is_limited"])

    def test_another_title_finds_nothing(self):
        for title in ("Kho bài giảng số môn Địa lí địa phương", "", "…", None, False):
            self.assertEqual(self._titles(self.officer_a1, title), [])

    def test_never_itself(self):
        self.assertEqual(self._titles(self.officer_a1, TITLE, self.older.id), [])
        self.assertEqual(self.older._find_similar(TITLE), [])

    def test_all_units_years_and_archived_ones(self):
        past = self._create_round("T-2019", year=2019)
        other = self._create_initiative(
            f"{TITLE} mới", self.commune_b1, user=self.officer_b1, round_id=past.id
        )
        self.older.active = False
        answer = self._search(self.movement_user, COPY)
        years = {entry["id"]: entry["year"] for entry in answer["entries"]}
        self.assertEqual(years, {self.older.id: self.round.year, other.id: 2019})

    def test_a_passage_is_found_under_another_title(self):
        copy = self._create_initiative(
            "Cách làm vườn khác hẳn của hợp tác xã",
            solution=f"Chúng tôi mua máy bơm. {PASSAGE.upper()}. Sau đó chạy thử.",
            problem="",
            novelty="",
            applicability="",
            benefit="",
        )
        found = copy._find_similar(copy.name, copy._get_texts(), copy)
        self.assertEqual(found[0][0], self.older)
        self.assertGreater(found[0][1], 0.5)
        self.assertEqual(copy._find_similar(copy.name, (), copy), [], "not by title")

    def test_signature_follows_every_change(self):
        before = self._signature(self.older)
        self.older.write({"keywords": "tưới"})
        self.older.name = f"  {TITLE.upper()}  "
        after = self._signature(self.older)
        self.assertEqual(after.text_hash, before.text_hash, "the same words")
        self.older.name = "Đồ gá kẹp đa vị trí cho máy dập"
        self.assertEqual(self._titles(self.officer_a1, COPY), [])
        found = self._titles(self.officer_a1, "do ga kep da vi tri cho may dap")
        self.assertEqual(found, [self.older.name])

    def test_signature_goes_with_its_dossier(self):
        self.older.unlink()
        self.assertFalse(self._signature(self.older))
        self.assertEqual(self._titles(self.officer_a1, COPY), [])

    def test_signing_is_flat_and_cheap(self):
        names = [f"{TITLE} số {number}" for number in range(30)]
        vals = [
            {**self.older.copy_data()[0], "name": name, "author_ids": []}
            for name in names
        ]
        model = self.env["emulation.initiative"]
        model.create(vals[:1])
        numbers = []
        for count in (3, 30):
            before = self.cr.sql_log_count
            model.create(vals[:count])
            self.env.flush_all()
            numbers.append(self.cr.sql_log_count - before)
        self.assertLess(numbers[1] - numbers[0], 27 * 4)
        signatures = self.env["emulation.initiative.signature"]
        rows = model.search([], limit=30)
        before = self.cr.sql_log_count
        signatures._sign(rows)
        self.assertLessEqual(self.cr.sql_log_count - before, 3)

    def test_nightly_job_signs_what_came_past_the_orm(self):
        self.env.cr.execute("DELETE FROM emulation_initiative_signature")
        self.assertEqual(self._titles(self.officer_a1, COPY), [])
        with self.enter_registry_test_mode():
            self.env.ref("emulation.cron_sign_missing").method_direct_trigger()
        self.assertEqual(self._titles(self.officer_a1, COPY), [TITLE])
        self.env.cr.execute("UPDATE emulation_initiative_signature SET method = 0")
        with self.enter_registry_test_mode():
            self.env.ref("emulation.cron_sign_missing").method_direct_trigger()
        self.assertFalse(
            self.env["emulation.initiative.signature"].search([("method", "=", 0)])
        )

    def test_standard_wording_makes_nothing_alike(self):
        self._create_initiative("Một số biện pháp nâng cao chất lượng dạy toán lớp hai")
        title = "Một số biện pháp nâng cao chất lượng nuôi cá lồng"
        self.assertEqual(self._titles(self.officer_a1, title), [])
        wordings = self.env["emulation.template.text"].with_user(self.manager_user)
        wordings.search([]).write({"active": False})
        self.assertEqual(len(self._titles(self.officer_a1, title)), 1)

    def test_a_wording_has_several_words_and_stands_once(self):
        wordings = self.env["emulation.template.text"].with_user(self.manager_user)
        with self._refused(ValidationError, "single word"):
            wordings.create({"name": " Tưới "})
        added = wordings.create({"name": "  vườn   chuối ngự "})
        self.assertEqual(added.name, "vườn chuối ngự")
        self.assertIn(("vuon", "chuoi", "ngu"), wordings._get_phrases())
        added.unlink()
        self.assertNotIn(("vuon", "chuoi", "ngu"), wordings._get_phrases())

    def test_levels_decide_what_is_shown(self):
        levels = self.env["emulation.similarity.level"].search([])
        self.assertEqual(levels.mapped("is_strong"), [True, False])
        entry = self._search(self.officer_a1, TITLE)["entries"][0]
        self.assertEqual(
            (entry["percent"], entry["level"], entry["is_strong"]),
            (100, "Very close", True),
        )
        levels[0].percent_from = 100
        entry = self._search(self.officer_a1, COPY)["entries"][0]
        self.assertEqual(entry["level"], "Partly alike")
        levels[1].percent_from = 99
        self.assertEqual(self._titles(self.officer_a1, COPY), [])

    def test_rarest_bands_lead_the_search(self):
        """What the table's statistics call common is not followed."""
        signatures = self.env["emulation.initiative.signature"]
        self.env.flush_all()
        bands = self._bands(self.older)
        self.assertEqual(len(bands), 32)
        self.env.cr.execute("ANALYZE emulation_initiative_signature")
        self.assertTrue(set(signatures._rare("title_bands", bands)) <= set(bands))
        self.assertEqual(self._titles(self.officer_a1, COPY), [TITLE])

    def _bands(self, initiative):
        self.env.cr.execute(
            "SELECT title_bands FROM emulation_initiative_signature"
            " WHERE initiative_id = %s",
            [initiative.id],
        )
        return self.env.cr.fetchone()[0]

    def test_counted_when_handed_in(self):
        copy = self._create_initiative(f"{TITLE} cải tiến")
        self.assertEqual(copy.similar_count, 0, "not handed in yet")
        copy.action_submit()
        self.assertEqual(copy.with_user(self.head_a1).similar_count, 1)
        self.older.unlink()
        copy.invalidate_recordset()
        self.assertEqual(copy.with_user(self.head_a1).similar_count, 0)

    def test_hidden_ones_count_as_one(self):
        for number in range(3):
            self._create_initiative(
                f"{TITLE} {number}", self.commune_b1, user=self.officer_b1
            )
        copy = self._create_initiative(f"{TITLE} cải tiến")
        copy.action_submit()
        self.assertEqual(copy.with_user(self.head_a1).similar_count, 2)
        self.assertEqual(copy.with_user(self.movement_user).similar_count, 4)


@tagged("post_install", "-at_install")
class TestPassages(SimilarityCommon):
    """Two dossiers side by side, of those the reader may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.copy = cls._create_initiative(
            f"{TITLE} cải tiến",
            solution=f"Mô tả bản chất của sáng kiến: {PASSAGE.lower()} <b>nhanh</b>.",
        )

    def test_passages_are_marked_on_both_sides(self):
        data = self.copy.with_user(self.officer_a1).get_passages(self.older.id)
        self.assertGreater(data["share"], 50)
        (solution,) = (
            one for one in data["ours"]["fields"] if one["name"] == "solution"
        )
        pieces = [tuple(piece) for piece in solution["pieces"]]
        self.assertEqual("".join(text for text, _n, _t in pieces), self.copy.solution)
        marked = [text for text, number, _t in pieces if number]
        self.assertEqual(marked, [PASSAGE.lower()])
        template = [text for text, _n, is_template in pieces if is_template]
        self.assertEqual(template, ["Mô tả bản chất của sáng kiến"])
        numbers = [
            {n for one in data[side]["fields"] for _t, n, _f in one["pieces"]} - {0}
            for side in ("ours", "theirs")
        ]
        self.assertEqual(*numbers)
        json.dumps(data)

    def test_both_must_be_readable(self):
        other = self._create_initiative(TITLE, self.commune_b1, user=self.officer_b1)
        mine = self.copy.with_user(self.officer_a1)
        for target in (other.id, 10**9, self.copy.id, "1 OR 1=1", None):
            with self._refused(AccessError, "This entry is not open to you"):
                mine.get_passages(target)
        with self._refused(AccessError, ""):
            other.with_user(self.officer_a1).get_passages(self.copy.id)
        both = self.copy.with_user(self.movement_user).get_passages(other.id)
        self.assertEqual(both["theirs"]["unit"], self.commune_b1.name)


@tagged("post_install", "-at_install")
class TestSimilarityAttacks(SimilarityCommon, HttpCase):
    """Somebody asks and asks to learn what another unit's dossier says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls._create_initiative(
            "Máy ấp trứng vịt lộn dùng nhiệt địa phương Tên Mật",
            cls.commune_b1,
            user=cls.officer_b1,
            solution="Bí quyết là đặt khay nghiêng mười lăm độ rồi phun sương hai lần",
            authors=[("Người Giấu Tên", 100)],
        )

    def _assert_silent(self, answer):
        text = json.dumps(answer, ensure_ascii=False)
        for word in ("Tên Mật", "nghiêng", "Giấu", self.commune_b1.name):
            self.assertNotIn(word, text)
        self.assertNotIn(self.secret.code, text)
        self.assertEqual(answer["entries"], [])
        for line in answer["hidden"]:
            self.assertEqual(set(line), {"level", "is_strong", "year", "ask"})

    def test_only_that_there_is_one_its_year_and_whom_to_ask(self):
        answer = self._search(self.officer_a1, self.secret.name)
        self._assert_silent(answer)
        (line,) = answer["hidden"]
        self.assertEqual(line["year"], self.round.year)
        self.assertEqual(line["ask"], f"{self.province.name}, 0226 3999 111")
        self.assertEqual(line["level"], "Very close")

    def test_guessing_word_by_word_is_not_rewarded(self):
        """Nearer guesses give the same answer: no percentage, no count, no order."""
        words = self.secret.name.split()
        answers = []
        for count in range(len(words), 2, -1):
            answer = self._search(self.officer_a1, " ".join(words[:count]))
            self._assert_silent(answer)
            answers.append(json.dumps(answer))
        # found, found at the lower level, not found: three answers, whatever is typed
        self.assertLessEqual(len(set(answers)), 3)

    def test_number_of_hidden_entries_is_not_told(self):
        before = self._search(self.officer_a1, self.secret.name)
        for number in range(3):
            self._create_initiative(
                f"{self.secret.name} {number}", self.commune_b1, user=self.officer_b1
            )
        self.assertEqual(self._search(self.officer_a1, self.secret.name), before)

    def test_naming_its_id_changes_nothing(self):
        """Leaving out a dossier one may not read would tell which one it is."""
        plain = self._search(self.officer_a1, self.secret.name)
        for number in (self.secret.id, 10**9, -1, "x", [self.secret.id], {}):
            self.assertEqual(
                self._search(self.officer_a1, self.secret.name, number), plain
            )

    def test_its_texts_are_no_oracle_for_titles(self):
        self.assertEqual(
            self._search(self.officer_a1, self.secret.solution),
            {"entries": [], "hidden": [], "is_limited": False},
        )

    def test_so_many_searches_a_minute(self):
        self.env["ir.config_parameter"].set_param(
            "emulation.similarity_searches_per_minute", "3"
        )
        for _search in range(3):
            self.assertFalse(self._search(self.officer_a1, COPY)["is_limited"])
        self.assertEqual(
            self._search(self.officer_a1, COPY),
            {"entries": [], "hidden": [], "is_limited": True},
        )
        self.assertFalse(self._search(self.officer_a2, COPY)["is_limited"])
        for nonsense in ("", "x"):
            self.env["ir.config_parameter"].set_param(
                "emulation.similarity_searches_per_minute", nonsense
            )
            self.assertFalse(self._search(self.officer_a1, COPY)["is_limited"])

    def test_huge_and_odd_titles_are_harmless(self):
        for title in ("%' OR 1=1 --", "\x00".join("abcdefgh"), "ư" * 10**6, 7, [1], {}):
            self._assert_silent(self._search(self.officer_a1, title))

    def test_who_has_nothing_to_do_with_dossiers_is_refused(self):
        for user in (self.internal_user, self.finance_user):
            with self._refused(AccessError, ""):
                self._search(user, TITLE)

    def test_signatures_are_nobody_s_to_read(self):
        for user in (self.officer_b1, self.manager_user, self.leader_user):
            with self._refused(AccessError, ""):
                self.env["emulation.initiative.signature"].with_user(user).search([])
            with self._refused(AccessError, ""):
                self._signature(self.secret).with_user(user).read(["text_hash"])

    def test_other_companies_keep_theirs(self):
        company = self.env["res.company"].create({"name": "Tỉnh khác"})
        foreign = self._create_user(
            "similar_foreign", "manager", company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )  # fmt: skip
        self.assertEqual(
            self._search(foreign, TITLE),
            {"entries": [], "hidden": [], "is_limited": False},
        )

    def test_through_the_door_for_clients(self):
        self.authenticate("officer_a1", "officer_a1")
        answer = self.make_jsonrpc_request(
            "/web/dataset/call_kw/emulation.initiative/search_similar",
            {
                "model": "emulation.initiative",
                "method": "search_similar",
                "args": [self.secret.name],
                "kwargs": {},
            },
        )
        self._assert_silent(answer)
