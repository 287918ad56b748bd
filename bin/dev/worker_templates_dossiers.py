"""The import templates for dossiers: lists of past years, and drafts of a round."""

_AUTHORS_VI = [
    "Tác giả và tỷ lệ đóng góp: tất cả tác giả trong một ô, cách nhau bằng dấu chấm "
    "phẩy "
    "hoặc xuống dòng; tỷ lệ ghi sau tên: Nguyễn Văn Mẫu (60%); Trần Thị Mẫu (40%). "
    "Tổng "
    "phải bằng 100. Không ghi tỷ lệ nào thì chia đều. Trùng tên thì thêm ngày hoặc năm "
    "sinh trong ngoặc: Nguyễn Văn Mẫu (1975) 60%.",
    "Tập thể: ghi tên tập thể, người đại diện trong ngoặc: Tập thể Khoa Nội (đại "
    "diện: Lê "
    "Thị Mẫu). Ghi chú khác để trong ngoặc đơn.",
    "Mã đơn vị: mã, hoặc tên đúng như trong phần mềm.",
    "Loại hình, Lĩnh vực, Nội dung thi đua: tên hoặc mã như trong danh mục. Nội "
    "dung thi "
    "đua để trống thì lấy của đơn vị.",
    "Giá trị làm lợi: bằng đồng (28.800.000) hoặc kèm đơn vị (28,8 triệu).",
    "Ngày: dd/mm/yyyy.",
]
_AUTHORS_EN = [
    "Authors with shares: all authors in one cell, with semicolons or line breaks "
    "between "
    "them, the share after the name: Nguyễn Văn Mẫu (60%); Trần Thị Mẫu (40%). The "
    "total "
    "must be 100. Without any share it is divided evenly. Namesakes get their date "
    "or year "
    "of birth in brackets: Nguyễn Văn Mẫu (1975) 60%.",
    "Collectives: their name, the representative in brackets: Tập thể Khoa Nội (đại "
    "diện: "
    "Lê Thị Mẫu). Put other remarks in brackets.",
    "Unit code: the code, or the exact name.",
    "Kind, Field, Content: the name or the code in the catalogue. Content left "
    "empty is "
    "that of the unit.",
    "Benefit in a year: in đồng (28.800.000), or with a unit (28,8 triệu).",
    "Dates: dd/mm/yyyy.",
]
DOSSIER_TEMPLATES = {
    ("lists", "vi"): {
        "title": "Sáng kiến các năm",
        "header": "Tên sáng kiến|Tác giả và tỷ lệ đóng góp|Mã đơn vị|Năm|Loại hình"
        "|Lĩnh vực"
        "|Nội dung thi đua|Xếp loại|Kết quả|Số quyết định|Ngày quyết định"
        "|Giá trị làm lợi (đồng)|Tóm tắt|Đợt xét",
        "samples": [
            "Cải tiến máy tẽ ngô cho hộ gia đình|Nguyễn Văn Mẫu (60%); Trần Thị Mẫu "
            "(40%)"
            "|99001|2019|Sáng kiến|NN|ND2|B|Công nhận|12/QĐ-MTTQ|20/12/2019|28.800.000"
            "|Lắp thêm phễu và quạt thổi, giảm nửa công lao động|",
            "Bộ thẻ học từ vựng tự làm|Lê Thị Mẫu|99001-TH|2018|Sáng kiến|GD|ND3|"
            "|Không công nhận|||||",
        ],
        "guide": [
            "Mỗi dòng là một sáng kiến của những năm trước. Nhập vào trang tính đầu.",
            *_AUTHORS_VI,
            "Kết quả: Được công nhận; Không được công nhận. Để trống thì có Xếp "
            "loại là "
            "được công nhận.",
            "Đợt xét: chỉ ghi khi năm đó có nhiều đợt. Năm chưa có đợt nào thì cán "
            "bộ Ban "
            "Phong trào nhập sẽ tạo “Danh sách năm …”.",
            "Nhập lại cùng đơn vị, năm, tên sáng kiến thì dòng cũ được sửa, không "
            "tạo thêm.",
        ],
    },
    ("lists", "en"): {
        "title": "Past initiatives",
        "header": "Initiative title|Authors with shares|Unit code|Year of the list|Kind"
        "|Field|Content|Grade (as listed)|Result of the list|Decision number (as "
        "listed)"
        "|Decision date (as listed)|Benefit in a year|Summary|Round",
        "samples": [
            "Cải tiến máy tẽ ngô cho hộ gia đình|Nguyễn Văn Mẫu (60%); Trần Thị Mẫu "
            "(40%)"
            "|99001|2019|Initiative|NN|ND2|B|Recognised|12/QĐ-MTTQ|20/12/2019"
            "|28.800.000"
            "|Lắp thêm phễu và quạt thổi, giảm nửa công lao động|",
            "Bộ thẻ học từ vựng tự làm|Lê Thị Mẫu|99001-TH|2018|Initiative|GD|ND3|"
            "|Not recognised|||||",
        ],
        "guide": [
            "One row is one initiative of past years. Enter the rows on the first "
            "sheet.",
            *_AUTHORS_EN,
            "Result of the list: Recognised; Not recognised. Left empty, a grade means "
            "recognised.",
            "Round: only where a year had several. A year without any gets a “List "
            "of the "
            "year …” when a movement officer imports it.",
            "The same unit, year and title again corrects the entry and adds no "
            "second.",
        ],
    },
    ("dossiers", "vi"): {
        "title": "Hồ sơ dự thảo",
        "header": "Tên sáng kiến|Tác giả và tỷ lệ đóng góp|Mã đơn vị|Đợt xét|Loại hình"
        "|Lĩnh vực|Nội dung thi đua|Tình trạng trước đó|Nội dung giải pháp|Tính mới"
        "|Khả năng áp dụng|Hiệu quả|Giá trị làm lợi (đồng)|Ngày áp dụng lần đầu|Từ "
        "khóa",
        "samples": [
            "Bộ gá khoan nhiều lỗ|Phạm Văn Mẫu 70%; Lê Thị Mẫu 30%|99001|DOT-MAU"
            "|Sáng kiến|CK|ND2|Khoan từng lỗ mất 4 phút|Gá bốn phôi một lần"
            "|Lần đầu có tại cơ sở|Các xưởng cơ khí nhỏ|Năng suất tăng 45%|64 triệu"
            "|15/03/2026|cơ khí, khoan",
        ],
        "guide": [
            "Mỗi dòng là một hồ sơ dự thảo của đợt đang mở; sau khi nhập còn phải "
            "bổ sung "
            "minh chứng và xác nhận của tác giả rồi mới nộp. Nhập vào trang tính đầu.",
            *_AUTHORS_VI,
            "Đợt xét: tên hoặc mã của đợt đang mở; để trống khi chỉ có một đợt đang "
            "mở.",
            "Hồ sơ đã có (cùng đơn vị, năm, tên) được giữ nguyên.",
        ],
    },
    ("dossiers", "en"): {
        "title": "Drafts",
        "header": "Initiative title|Authors with shares|Unit code|Round|Kind|Field"
        "|Content"
        "|Situation before|The solution|What is new|Use and spread|Benefits"
        "|Benefit in a year|First applied on|Keywords",
        "samples": [
            "Bộ gá khoan nhiều lỗ|Phạm Văn Mẫu 70%; Lê Thị Mẫu 30%|99001|DOT-MAU"
            "|Initiative|CK|ND2|Khoan từng lỗ mất 4 phút|Gá bốn phôi một lần"
            "|Lần đầu có tại cơ sở|Các xưởng cơ khí nhỏ|Năng suất tăng 45%|64 triệu"
            "|15/03/2026|cơ khí, khoan",
        ],
        "guide": [
            "One row is one draft for an open round; evidence and the authors' "
            "agreement "
            "are still to be added before it is handed in. Enter them on the first "
            "sheet.",
            *_AUTHORS_EN,
            "Round: name or code of an open round; leave it empty where only one is "
            "open.",
            "Dossiers that exist (same unit, year and title) are left as they are.",
        ],
    },
}
