import json

from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from . import common_files as samples
from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestEvidenceHttp(HttpCase, AppraisalCommon):
    """By address, a file is read exactly by whoever may read its dossier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user = new_test_user(
            cls.env, "evidence_portal", groups="base.group_portal"
        )
        cls.sitting = cls._open_session()
        cls.dossier = cls.sitting.evaluation_ids.initiative_id.sudo()
        cls.file = cls.dossier.attachment_ids
        sheet = cls._sheet(cls.sitting, cls.member2_user)
        cls._declare_conflict(sheet)

    def _log_in(self, user):
        if user:
            self.authenticate(user.login, user.login.ljust(8, "x"))
        else:
            self.authenticate(None, None)

    def _get(self, user, url=None):
        self._log_in(user)
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            return self.url_open(
                url or f"/web/content/{self.file.id}", allow_redirects=False
            )

    def _reads(self, user, url=None):
        response = self._get(user, url)
        served = response.content.startswith(b"%PDF-")
        self.assertEqual(served, response.status_code == 200, response.status_code)
        return served

    def test_who_reads_the_file_of_a_dossier_being_scored(self):
        for user, reads in (
            (self.officer_a1, True),
            (self.head_a1, True),
            (self.officer_a, True),
            (self.officer_a2, False),
            (self.officer_b1, False),
            (self.movement_user, True),
            (self.manager_user, True),
            (self.member1_user, True),
            (self.member2_user, False),  # in conflict
            (self.leader_user, False),
            (self.finance_user, False),
            (self.internal_user, False),
            (self.portal_user, False),
            (None, False),
        ):
            with self.subTest(user.login if user else "public"):
                self.assertEqual(self._reads(user), reads)
                if user and not user._is_portal():
                    self.assertEqual(
                        self.dossier.with_user(user).has_access("read"), reads
                    )

    def test_leaders_read_what_is_decided(self):
        self._score_by_those_left()
        self._decide(self.sitting)
        self.assertTrue(self._reads(self.leader_user))
        self.assertFalse(self._reads(None))

    def _score_by_those_left(self):
        for user in self._scoring_users() - self.member2_user:
            self._score(self.sitting, user, DEMO_SCORES["D2"])
        kept = self.sitting.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()

    def test_other_addresses_of_the_same_file(self):
        name = f"/web/content/ir.attachment/{self.file.id}/raw"
        for url in (name, f"/web/content/{self.file.id}/ten.pdf?download=1"):
            for user, reads in ((self.officer_a1, True), (self.officer_b1, False)):
                with self.subTest(url, user=user.login):
                    self.assertEqual(self._reads(user, url), reads)

    def test_a_token_of_its_own_opens_nothing(self):
        # as older code, or another app with the rights of the server, may have set it
        self.env.cr.execute(
            "UPDATE ir_attachment SET access_token = 'bi-mat', public = TRUE "
            "WHERE id = %s",
            [self.file.id],
        )
        self.env.invalidate_all()
        url = f"/web/content/{self.file.id}?access_token=bi-mat"
        for user in (None, self.portal_user, self.officer_b1):
            with self.subTest(user and user.login):
                self.assertFalse(self._reads(user, url))
        self.assertTrue(self._reads(self.officer_a1, url), "reads it by right")

    def test_never_served_as_what_a_browser_runs(self):
        note = self.env["ir.attachment"].create(
            {
                "name": "trang.html",
                "raw": samples.HTML,
                "res_model": "emulation.initiative",
                "res_id": self.dossier.id,
            }
        )
        for user in (self.officer_a1, self.env.ref("base.user_admin")):
            for query in ("", "?mimetype=text/html", "?mimetype=image/svg%2Bxml"):
                with self.subTest(user.login, query=query):
                    self.authenticate(
                        user.login,
                        "admin" if user.login == "admin" else user.login.ljust(8, "x"),
                    )
                    response = self.url_open(f"/web/content/{note.id}{query}")
                    self.assertEqual(
                        response.headers["Content-Type"].split(";")[0],
                        "application/octet-stream",
                    )
                    self.assertEqual(
                        response.headers["X-Content-Type-Options"], "nosniff"
                    )

    def _upload(self, user, dossier_id, *files):
        self._log_in(user)
        response = self.url_open(
            "/web/binary/upload_attachment",
            data={
                "csrf_token": Request.csrf_token(self),
                "model": "emulation.initiative",
                "id": dossier_id,
            },
            files=[("ufile", one) for one in files],
        )
        self.assertEqual(response.status_code, 200)
        return json.loads(response.text)

    def test_upload_tells_what_is_wrong_and_keeps_the_rest(self):
        draft = self._create_initiative("Bản nháp")
        good, bad = self._upload(
            self.officer_a1,
            draft.id,
            ("Bie\u0302n ba\u0309n.pdf", samples.PDF),
            ("virus.pdf", samples.EXE),
        )
        self.assertEqual(good["filename"], "Biên bản.pdf")
        self.assertEqual(good["mimetype"], "application/pdf")
        self.assertIn("another type of file than “virus.pdf”", bad["error"])
        stored = self.env["ir.attachment"].search([("name", "=", "virus.pdf")])
        self.assertFalse(stored, "nothing of it is kept")
        new = self._upload(self.officer_a1, 0, ("moi.png", samples.PNG))
        self.assertTrue(new[0]["id"])
        refused = self._upload(self.officer_b1, draft.id, ("x.pdf", samples.PDF))
        self.assertIn("not allowed", refused[0]["error"])
