import { registry } from "@web/core/registry";

/** Choose `name` in the many2one field `field`. */
function choose(field, name) {
    return [
        {
            content: `Look for ${name}`,
            trigger: `.o_field_widget[name=${field}] input`,
            run: `edit ${name}`,
        },
        {
            content: `Choose ${name}`,
            trigger: `.o_field_widget[name=${field}] .dropdown-item:contains(${name})`,
            run: "click",
        },
    ];
}

/** Open the page `page` and fill in its text fields. */
function tell(page, texts) {
    return [
        {
            content: `Open the page ${page}`,
            trigger: `.nav-link[name=${page}]`,
            run: "click",
        },
        ...Object.entries(texts).map(([field, text]) => ({
            content: `Fill in ${field}`,
            trigger: `.o_field_widget[name=${field}] textarea`,
            run: `edit ${text}`,
        })),
    ];
}

registry.category("web_tour.tours").add("emulation_officer_tour", {
    steps: () => [
        {
            content: "What is missing is listed from the first moment",
            trigger: ".o_emulation_missing:contains(at least one author)",
        },
        {
            content: "Enter the title",
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Phao cảnh báo đuối nước",
        },
        ...choose("round_id", "Đợt xét T-2026"),
        ...choose("kind_id", "New idea"),
        ...choose("field_id", "Mechanics"),
        ...choose("theme_id", "Research, education"),
        {
            content: "One click on what is missing leads to its page and field",
            trigger: ".o_emulation_missing button[data-code=benefit]",
            run: "click",
        },
        {
            content: "The cursor stands in the field",
            trigger: ".o_field_widget[name=benefit] textarea:focus",
        },
        {
            content: "And to the authors",
            trigger: ".o_emulation_missing button[data-code=authors]",
            run: "click",
        },
        {
            content: "Add an author",
            trigger: ".o_field_widget[name=author_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Enter a person not known yet",
            trigger: ".o_selected_row .o_field_widget[name=partner_id] input",
            run: "edit Nguyễn Hà Thử",
        },
        {
            content: "Create the person on the way",
            trigger: ".dropdown-item:contains(Create \"Nguyễn Hà Thử\")",
            run: "click",
        },
        {
            content: "All the work is theirs",
            trigger: ".o_selected_row .o_field_widget[name=share] input",
            run: "edit 100",
        },
        ...tell("solution", { problem: "Trẻ em đuối nước", solution: "Phao có còi báo" }),
        ...tell("novelty", { novelty: "Dùng pin mặt trời", applicability: "Mọi ao hồ" }),
        ...tell("benefits", { benefit: "Thử ở 6 ao" }),
        {
            content: "Go to the evidence",
            trigger: ".nav-link[name=evidence]",
            run: "click",
        },
        {
            content: "Attach a photograph",
            trigger: ".o_field_widget[name=attachment_ids] input[type=file]:not(:visible)",
            run({ anchor }) {
                const chosen = new DataTransfer();
                // a picture is known by its content
                const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0]);
                chosen.items.add(new File([picture], "phao.jpg", { type: "image/jpeg" }));
                anchor.files = chosen.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "The photograph is there",
            trigger: ".o_attachment:contains(phao)",
        },
        {
            content: "Only the signature is missing",
            trigger: ".o_emulation_missing button[data-code=confirmations]",
            run: "click",
        },
        {
            content: "The author has signed on paper",
            trigger: "button[name=action_confirm_on_paper]",
            run: "click",
        },
        {
            content: "Attach the scan",
            trigger: ".modal .o_field_widget[name=scan] input[type=file]:not(:visible)",
            run({ anchor }) {
                const chosen = new DataTransfer();
                chosen.items.add(new File(["ky"], "ky.jpg", { type: "image/jpeg" }));
                anchor.files = chosen.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "The scan is there",
            trigger: ".modal .o_field_widget[name=scan] .o_clear_file_button",
        },
        {
            content: "Record it",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Nothing is missing any more",
            trigger: ".o_emulation_missing:contains(Complete)",
        },
        {
            content: "Hand the dossier in",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "It waits for the head",
            trigger: ".o_arrow_button_current:contains(Submitted)",
        },
    ],
});
