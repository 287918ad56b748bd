import base64
import io

from PIL import Image

from .common_files import SCAN
from .common_use import UseCommon

PAPER = SCAN


def picture(size=(60, 40), kind="JPEG"):
    file = io.BytesIO()
    Image.new("RGB", size, (160, 30, 30)).save(file, kind)
    return base64.b64encode(file.getvalue())


class PublicationCommon(UseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.book = (
            cls.env["emulation.publication"]
            .with_user(cls.movement_user)
            .create(
                {
                    "name": "  Gương  người đoàn kết ",
                    "year": 2019,
                    "unit_id": cls.province.id,
                    "publisher": "Nhà xuất bản Thử",
                    "copies": 1200,
                    "licence": "12/QĐ",
                    "date_published": "2020-04-15",
                    "foreword": "<p>Lời đầu sách</p>",
                }
            )
        )
        cls.author = cls.recognised.author_ids.partner_id[0]

    @classmethod
    def _write_story(cls, user=None, consent=True, **vals):
        stories = cls.env["emulation.publication.entry"]
        given = {
            "consent_date": "2020-01-05",
            "consent_by": "Người được viết",
            "consent_file": PAPER,
        }
        return stories.with_user(user or cls.officer_a1).create(
            {
                "publication_id": cls.book.id,
                "name": "Người làm vườn",
                "unit_id": cls.commune_a1.id,
                "partner_id": cls.author.id,
                "story": "<p>Ngày xưa có một vườn chuối.</p>",
                **(given if consent else {}),
                **vals,
            }
        )

    @classmethod
    def _accept(cls, *stories):
        for story in stories:
            story.action_propose()
            story.with_user(cls.movement_user).action_accept()
