import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_similar_portal_tour", {
    steps: () => [
        {
            content: "Type a title that others have used",
            trigger: "[data-autosave][name=name]",
            run: "edit Tuoi nho giot dieu khien bang tin nhan cho vuon chuoi",
        },
        {
            content: "That there is one, and whom to ask, and nothing else",
            trigger: ".o_emulation_similar_portal:contains(Tỉnh Thử Nghiệm):not(:contains(Tưới))",
        },
        {
            content: "Another title takes it away",
            trigger: "[data-autosave][name=name]",
            run: "edit Kho bài giảng số môn Địa lí",
        },
        {
            content: "Nothing is near",
            trigger: ".o_emulation_field[data-field=name]:not(:has(.o_emulation_similar_portal))",
        },
    ],
});
