"""Titles and descriptions of initiatives as offices write them, in any number.

Put together from turns of phrase of many fields, so that they share words, beginnings
and endings as real ones do; figures, places and machines tell them apart.
"""

OPENINGS = (
    "Một số biện pháp", "Một số giải pháp nâng cao chất lượng", "Giải pháp",
    "Kinh nghiệm", "Cải tiến", "Chế tạo", "Thiết kế và chế tạo", "Ứng dụng",
    "Xây dựng", "Quy trình", "Nâng cao hiệu quả", "Đổi mới", "Mô hình", "Bộ dụng cụ",
    "Phần mềm", "Sáng kiến", "Phương pháp", "Sử dụng", "Hệ thống", "Thiết bị",
    "Hoàn thiện", "Tổ chức", "Tự động hóa", "Số hóa", "", "", "", "",
)  # fmt: skip
OBJECTS = (
    "tưới nhỏ giọt", "sấy thóc bằng nhiệt thải", "đồ gá kẹp phôi",
    "dạy học môn toán theo nhóm", "rèn chữ viết đẹp", "quản lý hồ sơ một cửa",
    "phân loại rác tại nguồn", "ủ phân vi sinh từ rơm", "khám sàng lọc tăng huyết áp",
    "tiếp nhận người bệnh cấp cứu", "tuần tra bảo vệ rừng", "phòng cháy chữa cháy",
    "hòa giải ở cơ sở", "thu hút hội viên trẻ", "khuôn ép gạch không nung",
    "bẫy đèn bắt sâu", "lọc nước nhiễm phèn", "bón phân theo độ ẩm",
    "giao ban trực tuyến", "lưu trữ hồ sơ hộ tịch", "nuôi cá lồng trên sông",
    "chăn nuôi gà thả vườn", "trồng rau thủy canh", "bảo quản nhãn sau thu hoạch",
    "hàn khung thép", "tiện ren nhiều đầu mối", "cân băng tải xi măng",
    "dạy bơi cho học sinh", "tư vấn tâm lý học đường", "thí nghiệm vật lý",
    "kể chuyện lịch sử địa phương", "ôn thi tốt nghiệp", "tiêm chủng mở rộng",
    "chăm sóc vết thương mạn tính", "vận hành trạm bơm", "đo mực nước hồ chứa",
    "chống sạt lở bờ kênh", "chiếu sáng ngõ xóm", "thu gom vỏ thuốc trừ sâu",
    "tiết kiệm điện trong xưởng", "thay dao máy phay", "kiểm tra mối hàn",
    "cấp phát thuốc nội trú", "giám sát an toàn thực phẩm", "đối thoại với người dân",
    "quyên góp quỹ vì người nghèo", "truyền thanh thông minh", "đọc sách thư viện",
    "dạy tiếng Anh qua bài hát", "giáo dục kỹ năng sống", "huấn luyện dân quân",
    "tra cứu bản đồ địa chính", "thu thuế hộ kinh doanh", "quản lý chợ đầu mối",
    "may công nghiệp theo chuyền", "nhuộm vải ít nước", "dệt lụa hoa văn cổ",
    "sản xuất bánh đa nem", "chế biến cá kho", "đóng gói hạt sen",
)  # fmt: skip
MEANS = (
    "bằng tin nhắn điện thoại", "dùng pin mặt trời", "qua mã vạch hai chiều",
    "bằng bảng kiểm từng bước", "theo nhóm nhỏ", "nhờ cảm biến độ ẩm",
    "với vật liệu tái chế", "dùng mạch điều khiển rẻ tiền", "qua nhóm mạng xã hội",
    "bằng sơ đồ tư duy", "theo hướng trải nghiệm", "với chi phí thấp",
    "bằng khí nén", "nhờ camera kết nối", "bằng phần mềm nguồn mở",
    "từ phế liệu xây dựng", "theo chuỗi liên kết", "bằng trò chơi dân gian",
    "với sự tham gia của phụ huynh", "trên điện thoại thông minh",
    "bằng cơ cấu cam lệch tâm", "nhờ lịch nhắc tự động", "qua video ngắn",
    "bằng động cơ xe máy cũ", "theo tiêu chuẩn sạch", "kết hợp đối thoại tháng",
    "bằng bể lắng ba ngăn", "nhờ chế phẩm sinh học", "dùng khung xe đạp hỏng", "",
)  # fmt: skip
PEOPLE = (
    "cho học sinh lớp {n}", "cho hộ nông dân", "cho người cao tuổi",
    "cho công nhân ca {n}",
    "cho vườn chuối ngự", "cho cánh đồng mẫu lớn", "cho bệnh nhân khoa {n}",
    "cho trẻ mầm non {n} tuổi", "cho đoàn viên", "cho xưởng số {n}",
    "cho tổ dân phố {n}",
    "cho máy dập {n} tấn", "cho lò gạch", "cho trạm y tế", "cho hợp tác xã", "",
)  # fmt: skip
SYLLABLES = (
    "An Bình Cát Châu Diên Dương Đại Đông Gia Giang Hà Hải Hòa Hồng Hưng Khánh Kim "
    "Lạc Lam Liên Long Lộc Mai Minh Mỹ Nam Ngọc Nghĩa Nhân Ninh Phong Phú Phúc Quang "
    "Quý Sơn Tam Tân Tây Thanh Thái Thành Thịnh Thọ Thuận Tiên Trung Tường Văn Vĩnh "
    "Xuân Yên"
).split()
PLACES = (
    "tại xã {p}", "ở trường {p}", "trên địa bàn huyện {p}", "tại bệnh viện {p}",
    "của nhà máy {p}", "ở thôn {p}", "tại phường {p}", "của hợp tác xã {p}", "", "",
)  # fmt: skip
SENTENCES = (
    "Trước đây {o} mất {n} công một tháng mà kết quả không đều, {q}.",
    "Người làm phải chờ {n} ngày, có khi phải làm lại từ đầu vì {q}.",
    "Nhóm tác giả lắp thêm bộ phận {m}, {r}, sau đó chạy thử {n} tuần.",
    "Các bước gồm khảo sát, {r}, hướng dẫn {n} người và theo dõi hằng ngày.",
    "Cách làm {m} chưa có nơi nào trong vùng thực hiện, điểm khác là {q}.",
    "Đã dùng ở {n} nơi {p}, nơi nào có điện và nước đều làm được.",
    "Thời gian giảm từ {n} giờ còn một nửa, tiết kiệm {n} triệu đồng mỗi năm.",
    "Tỷ lệ đạt yêu cầu tăng {n} phần trăm so với năm trước khi áp dụng {o}.",
)
REASONS = (
    "chưa có quy trình chung", "thiếu dụng cụ đo", "mỗi người ghi sổ một kiểu",
    "nguồn nước không ổn định", "máy cũ hay hỏng vặt", "dữ liệu nằm rải rác",
    "phụ huynh ít phối hợp", "đường vận chuyển xa", "giá vật tư lên cao",
)  # fmt: skip
STEPS = (
    "gá thêm cữ chặn bằng thép", "chia lớp thành các cặp", "dán nhãn màu từng loại",
    "lập bảng phân công theo tuần", "thay van tay bằng van điện",
    "ghi số liệu vào bảng tính", "trộn men theo tỷ lệ một phần nghìn",
    "đặt biển chỉ dẫn ở cửa", "gửi lời nhắc trước hai ngày",
)  # fmt: skip


def title(random):
    """Return one title."""
    words = (
        random.choice(OPENINGS),
        random.choice(OBJECTS),
        random.choice(MEANS),
        _filled(random, random.choice(PEOPLE)),
        _filled(random, random.choice(PLACES)),
    )
    text = " ".join(filter(None, words))
    return text[:1].upper() + text[1:]


def description(random):
    """Return some sentences: the situation before, the solution, the benefit."""
    count = random.randint(3, 6)
    return " ".join(_filled(random, one) for one in random.sample(SENTENCES, count))


def _filled(random, text):
    return text.format(
        n=random.randint(2, 60),
        o=random.choice(OBJECTS),
        m=random.choice(MEANS) or "thủ công",
        q=random.choice(REASONS),
        r=random.choice(STEPS),
        p=f"{random.choice(SYLLABLES)} {random.choice(SYLLABLES)}",
    )


def near_copy(random, text):
    """Return a title as somebody writes it again: two neighbours swapped, a word
    dropped, a letter lost."""
    words = text.split()
    at = random.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    if len(words) > 5:
        del words[random.randrange(len(words))]
    at = random.randrange(len(words))
    letter = random.randrange(len(words[at]))
    words[at] = words[at][:letter] + words[at][letter + 1 :]
    return " ".join(filter(None, words))
