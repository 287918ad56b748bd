"""Write the import templates under static/xls; run by Odoo's Python (openpyxl).

Usage: `python bin/dev/worker_templates.py`. The first sheet holds the header alone,
so that no sample is ever imported; the samples stand on a second sheet, and in the
CSV file as notes (the import leaves out lines that begin with #).
"""

import csv
import datetime
import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from worker_templates_dossiers import DOSSIER_TEMPLATES

FOLDER = Path(__file__).resolve().parents[2] / "static" / "xls"
#: Rows whose cells are text from the start: codes keep their zeros, dates their form
PREPARED_ROWS = 300
HEADER_FILL = PatternFill("solid", fgColor="FFDDE7F0")
#: The same files from the same texts, whenever they are written
WRITTEN = datetime.datetime(2026, 1, 1)
WIDTHS = {
    "units": (15, 43, 21, 22, 14, 16, 22, 18, 19, 15),
    "officers": (30, 26, 14, 18, 30, 14, 14),
    "authors": (30, 26, 14, 28, 18, 16, 16),
    "lists": (50, 44, 14, 8, 18, 20, 16, 14, 16, 18, 16, 20, 50, 20),
    "dossiers": (50, 44, 14, 22, 18, 20, 16, 40, 50, 40, 40, 40, 20, 18, 24),
}
SHEETS = {"vi": ("Ví dụ", "Hướng dẫn"), "en": ("Example", "Guide")}
NOTES = {
    "vi": "# Các dòng bắt đầu bằng dấu # chỉ là ví dụ, không được nhập:",
    "en": "# Lines that begin with # are examples and are not imported:",
}
TEMPLATES = {
    ("units", "vi"): {
        "title": "Đơn vị",
        "header": "Mã đơn vị|Tên đơn vị|Tên gọi tắt|Loại đơn vị|Cấp|Đơn vị cấp trên"
        "|Đơn vị quản lý ngành|Nội dung thi đua|Hoạt động từ ngày|Kết thúc ngày",
        "samples": [
            "99|Tỉnh Mẫu||Địa bàn|Tỉnh|||||",
            "MTTQ-99|Ủy ban MTTQ Việt Nam tỉnh Mẫu|MTTQ tỉnh|Mặt trận Tổ quốc|Tỉnh"
            "|99||ND1||",
            "SGDDT-99|Sở Giáo dục và Đào tạo tỉnh Mẫu|Sở GD&ĐT|Sở, ban, ngành|Tỉnh"
            "|99||ND1||",
            "99001|Xã Mẫu Một||Địa bàn|Xã|99|||01/07/2025|",
            "99001-TH|Trường Tiểu học Mẫu Một||Trường, cơ sở đào tạo|Cơ sở|99001"
            "|SGDDT-99|ND3||",
        ],
        "guide": [
            "Mỗi dòng là một đơn vị; thứ tự các dòng tùy ý. Nhập vào trang tính đầu.",
            "Mã đơn vị: bắt buộc, không trùng, không phân biệt chữ hoa, chữ thường. "
            "Nhập lại tệp có mã đã có thì đơn vị được cập nhật, không tạo thêm.",
            "Đơn vị cấp trên, Đơn vị quản lý ngành: ghi mã của đơn vị đó.",
            "Ngày: dd/mm/yyyy.",
            "Loại đơn vị và Cấp: ghi tên hoặc mã như trong danh mục của phần mềm.",
            "Cấp: Trung ương; Tỉnh; Huyện; Xã; Khu dân cư; Cơ sở",
            "Loại đơn vị: Mặt trận Tổ quốc; Ủy ban nhân dân; Cơ quan Đảng; Địa bàn; "
            "Sở, ban, ngành; Tổ chức chính trị - xã hội; Tổ chức thành viên; "
            "Trường, cơ sở đào tạo; Bệnh viện; Tổ chức khoa học và công nghệ; "
            "Doanh nghiệp; Hợp tác xã, tổ hợp tác; Lực lượng vũ trang; "
            "Cơ quan báo chí; Cộng đồng ở nước ngoài; Khu dân cư; Cụm, khối thi đua",
            "Nội dung thi đua: ND1; ND2; ND3; ND4; ND5",
        ],
    },
    ("units", "en"): {
        "title": "Units",
        "header": "Code|Name|Short name|Kind|Level|Higher unit|Managed by (sector)"
        "|Content|In existence since|Ended on",
        "samples": [
            "99|Tỉnh Mẫu||Territory|Province|||||",
            "MTTQ-99|Ủy ban MTTQ Việt Nam tỉnh Mẫu|MTTQ tỉnh|Fatherland Front|Province"
            "|99||ND1||",
            "SGDDT-99|Sở Giáo dục và Đào tạo tỉnh Mẫu|Sở GD&ĐT|Department or agency"
            "|Province|99||ND1||",
            "99001|Xã Mẫu Một||Territory|Commune|99|||01/07/2025|",
            "99001-TH|Trường Tiểu học Mẫu Một||School or training centre|Base unit"
            "|99001|SGDDT-99|ND3||",
        ],
        "guide": [
            "One row is one unit, in any order. Enter them on the first sheet.",
            "Code: required, unique, capitals or not. Importing a code that exists "
            "updates that unit and never adds a second one.",
            "Higher unit, Managed by (sector): enter the code of that unit.",
            "Dates: dd/mm/yyyy.",
            "Kind and Level: the name or the code, as in the application's catalogues.",
            "Level: Central; Province; District; Commune; Residential area; Base unit",
            "Kind: Fatherland Front; People's Committee; Party body; Territory; "
            "Department or agency; Socio-political organisation; Member organisation; "
            "School or training centre; Hospital; Science and technology organisation; "
            "Enterprise; Cooperative or cooperative group; Armed forces or police; "
            "Press and broadcasting; Community abroad; Residential area; "
            "Emulation cluster or block",
            "Content: ND1; ND2; ND3; ND4; ND5",
        ],
    },
    ("officers", "vi"): {
        "title": "Cán bộ",
        "header": "Tên đăng nhập hoặc email|Họ và tên|Mã đơn vị|Vai trò|Chức vụ"
        "|Từ ngày|Đến ngày",
        "samples": [
            "canbo.mau@example.com|Nguyễn Văn Mẫu|99001|Cán bộ phụ trách"
            "|Công chức văn hóa - xã hội|01/01/2026|",
            "chutich.mau@example.com|Trần Thị Mẫu|99001|Thủ trưởng đơn vị|Chủ tịch"
            "|01/01/2026|",
        ],
        "guide": [
            "Mỗi dòng là một người làm việc cho một đơn vị. Người đó phải có tài "
            "khoản: tệp không tạo tài khoản. Nhập vào trang tính đầu.",
            "Tên đăng nhập hoặc email: bắt buộc. Họ và tên: để đối chiếu với tài "
            "khoản, sai tên thì dòng bị từ chối.",
            "Mã đơn vị: bắt buộc, đơn vị chưa kết thúc.",
            "Vai trò: Thủ trưởng đơn vị; Cấp phó; Cán bộ phụ trách",
            "Ngày: dd/mm/yyyy. Để trống Từ ngày: từ hôm nay. Nhập lại cùng người, đơn "
            "vị, vai trò thì dòng cũ được cập nhật.",
        ],
    },
    ("officers", "en"): {
        "title": "Officers",
        "header": "Login or e-mail|Full name|Unit code|Role|Position|From|Until",
        "samples": [
            "canbo.mau@example.com|Nguyễn Văn Mẫu|99001|Officer"
            "|Công chức văn hóa - xã hội|01/01/2026|",
            "chutich.mau@example.com|Trần Thị Mẫu|99001|Head|Chủ tịch|01/01/2026|",
        ],
        "guide": [
            "One row is one person acting for one unit. The person needs an account: "
            "no file opens accounts. Enter the rows on the first sheet.",
            "Login or e-mail: required. Full name: compared with the account; a row "
            "with another name is refused.",
            "Unit code: required, of a unit that has not ended.",
            "Role: Head; Deputy head; Officer",
            "Dates: dd/mm/yyyy. From left empty: today. The same person, unit and role "
            "again updates the earlier row.",
        ],
    },
    ("authors", "vi"): {
        "title": "Tác giả",
        "header": "Họ và tên|Thành phần|Ngày sinh|Thư điện tử|Điện thoại|Mã đơn vị"
        "|Nơi cư trú",
        "samples": [
            "Lê Thị Mẫu|Công nhân, người lao động|02/09/1985|le.mau@example.com"
            "|0912 345 678|99001|Trong tỉnh",
            "Phạm Văn Mẫu||19/05/1970|||99001-TH|Trong tỉnh",
        ],
        "guide": [
            "Mỗi dòng là một tác giả hoặc chuyên gia. Nhập vào trang tính đầu.",
            "Người đã có (cùng họ tên và ngày sinh, email hoặc điện thoại) được cập "
            "nhật, không tạo thêm. Không có các cột này thì so họ tên và đơn vị.",
            "Thành phần: tên hoặc mã trong danh mục Thành phần tác giả. Mã đơn vị: mã "
            "của đơn vị công tác hoặc cư trú.",
            "Nơi cư trú: Trong tỉnh; Tỉnh, thành phố khác; Nước ngoài",
            "Ngày: dd/mm/yyyy.",
        ],
    },
    ("authors", "en"): {
        "title": "Authors",
        "header": "Full name|Author category|Date of birth|Email|Phone|Unit code"
        "|Residence",
        "samples": [
            "Lê Thị Mẫu|Worker|02/09/1985|le.mau@example.com|0912 345 678|99001"
            "|In the province",
            "Phạm Văn Mẫu||19/05/1970|||99001-TH|In the province",
        ],
        "guide": [
            "One row is one author or expert. Enter them on the first sheet.",
            "Who is known (same name and birth date, e-mail or telephone) is updated, "
            "not added again. Without these columns name and unit are compared.",
            "Author category: name or code in the catalogue. Unit code: the unit the "
            "person works or lives in.",
            "Residence: In the province; Elsewhere in Vietnam; Abroad",
            "Dates: dd/mm/yyyy.",
        ],
    },
}

TEMPLATES |= DOSSIER_TEMPLATES


def write_all():
    """Write the two files of every template."""
    for (stem, lang), template in TEMPLATES.items():
        path = FOLDER / f"{stem}_import_template_{lang}"
        _write_csv(path.with_suffix(".csv"), lang, template)
        _write_xlsx(path.with_suffix(".xlsx"), stem, lang, template)


def _write_csv(path, lang, template):
    samples = [f"# {sample}" for sample in template["samples"]]
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        rows = csv.writer(target)
        for line in (template["header"], NOTES[lang], *samples):
            rows.writerow(line.split("|"))


def _write_xlsx(path, stem, lang, template):
    book = Workbook()
    header = template["header"].split("|")
    sheet = book.active
    sheet.title = template["title"]
    example, guide = (book.create_sheet(title) for title in SHEETS[lang])
    for one in (sheet, example):
        one.append(header)
        one.freeze_panes = "A2"
        for column, width in zip(one[1], WIDTHS[stem], strict=True):
            column.font = Font(bold=True)
            column.fill = HEADER_FILL
            one.column_dimensions[column.column_letter].width = width
    for sample in template["samples"]:
        example.append([cell or None for cell in sample.split("|")])
    for one, last in ((sheet, PREPARED_ROWS), (example, example.max_row)):
        for row in one.iter_rows(min_row=2, max_row=last, max_col=len(header)):
            for cell in row:
                cell.number_format = "@"
    for line in template["guide"]:
        guide.append([line])
    guide.column_dimensions["A"].width = 120
    book.properties.created = WRITTEN
    _save(book, path)


def _save(book, path):
    """Save without the hour of the writing in the archive."""
    content = io.BytesIO()
    book.save(content)
    with (
        zipfile.ZipFile(content) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            part = source.read(name)
            if name == "docProps/core.xml":
                hours = rb"(<dcterms:modified[^>]*>)[^<]*"
                part = re.sub(hours, rb"\g<1>2026-01-01T00:00:00Z", part)
            target.writestr(info, part)


if __name__ == "__main__":
    write_all()
