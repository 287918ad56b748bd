import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_similar_title_tour", {
    steps: () => [
        {
            content: "Nothing is near yet",
            trigger: ".o_form_view:not(:has(.o_emulation_similar_live))",
        },
        {
            content: "Type the title as somebody did before, without diacritics",
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Tuoi nho giot dieu khien bang tin nhan cho vuon chuoi",
        },
        {
            content: "The older entry is shown while typing goes on",
            trigger: ".o_emulation_similar_live .o_emulation_similar_entry:contains(Tưới nhỏ giọt)",
        },
        {
            content: "Of the one of another district only that it is there, and whom to ask",
            trigger: ".o_emulation_similar_hidden:contains(Tỉnh Thử Nghiệm)",
        },
        {
            content: "Put the two side by side",
            trigger: ".o_emulation_similar_live .o_emulation_compare",
            run: "click",
        },
        {
            content: "The shared passage is marked on both sides",
            trigger: ".o_emulation_passages .col-12:first-child mark:contains(van điện)",
        },
        {
            content: "Close the comparison",
            trigger: ".modal-footer .btn-secondary",
            run: "click",
        },
        {
            content: "The page of similar entries shows the same",
            trigger: ".nav-link[name=similar]",
            run: "click",
        },
        {
            content: "The older entry stands there too, without a verdict for the one who enters",
            trigger:
                ".o_emulation_similar_page:not(:has(.o_emulation_judge)) .o_emulation_similar_entry:contains(Tưới nhỏ giọt)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_prior_art_tour", {
    steps: () => [
        {
            content: "Open the dossier to examine",
            trigger: ".o_data_row:contains(cải tiến) .o_data_cell[name=initiative_id]",
            run: "click",
        },
        {
            content: "Open the similar entries beside the checklist",
            trigger: ".nav-link[name=similar]",
            run: "click",
        },
        {
            content: "Compare",
            trigger: ".o_emulation_similar_entry .o_emulation_compare",
            run: "click",
        },
        {
            content: "Having read the passages, give a verdict",
            trigger: ".modal:has(mark) .o_emulation_judge",
            run: "click",
        },
        {
            content: "It improves the older one",
            trigger: ".modal .o_field_widget[name=relation] input[data-value=improves]",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: "edit Thêm cảm biến độ ẩm",
        },
        {
            content: "Record it",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The verdict stands beside the checklist",
            trigger: ".o_field_widget[name=prior_art_ids] .o_data_row:contains(Improves it)",
        },
    ],
});
