import { registry } from "@web/core/registry";

/** Click what is missing in the list beside the header. */
function ask(code) {
    return {
        content: `The list leads to ${code}`,
        trigger: `.o_emulation_missing button[data-code=${code}]`,
        run: "click",
    };
}

/** Let the list lead to a text and type it where the cursor stands. */
function type(code, text) {
    return [
        ask(code),
        {
            content: `Type ${code} where the cursor stands`,
            trigger: `.o_field_widget[name=${code}] textarea:focus`,
            run: `edit ${text}`,
        },
    ];
}

/** Let the list lead to a choice and take `name`. */
function pick(code, name) {
    return [
        ask(code),
        {
            content: `Look for ${name}`,
            trigger: `.o_field_widget[name=${code}] input:focus`,
            run: `edit ${name}`,
        },
        {
            content: `Choose ${name}`,
            trigger: `.o_field_widget[name=${code}] .dropdown-item:contains(${name})`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("emulation_coach_tour", {
    steps: () => [
        ...type("name", "Bể lọc nước mưa bằng than trấu"),
        ...pick("kind_id", "New idea"),
        {
            content: "A new idea need not have been applied",
            trigger: ".o_emulation_missing:not(:has(button[data-code=date_applied]))",
        },
        ...pick("field_id", "Mechanics"),
        ...pick("theme_id", "Research, education"),
        ask("authors"),
        {
            content: "Add the author",
            trigger: ".o_field_widget[name=author_ids] .o_field_x2many_list_row_add :focus",
            run: "click",
        },
        {
            content: "Enter a person not known yet",
            trigger: ".o_selected_row .o_field_widget[name=partner_id] input",
            run: "edit Phạm Thị Thử Lọc",
        },
        {
            content: "Create the person on the way",
            trigger: '.dropdown-item:contains(Create "Phạm Thị Thử Lọc")',
            run: "click",
        },
        {
            content: "All the work is theirs",
            trigger: ".o_selected_row .o_field_widget[name=share] input",
            run: "edit 100",
        },
        ...type("problem", "Nước mưa hứng từ mái có cặn"),
        ...type("solution", "Ba lớp sỏi, cát, than trấu"),
        ...type("novelty", "Than trấu tự đốt tại nhà"),
        ...type("applicability", "Mọi nhà có mái tôn"),
        ...type("benefit", "Đỡ mua nước đóng bình"),
        {
            content: "Leave the last text",
            trigger: ".o_field_widget[name=keywords] input",
            run: "click",
        },
        {
            content: "It is not missing any more",
            trigger: ".o_emulation_missing:not(:has(button[data-code=benefit]))",
        },
        ask("evidence"),
        {
            content: "Attach a photograph",
            trigger: ".o_field_widget[name=attachment_ids] input[type=file]:not(:visible)",
            run({ anchor }) {
                const chosen = new DataTransfer();
                // a picture is known by its content
                const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0]);
                chosen.items.add(new File([picture], "be-loc.jpg", { type: "image/jpeg" }));
                anchor.files = chosen.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "The photograph is there",
            trigger: ".o_attachment:contains(be-loc)",
        },
        {
            content: "Only the author's agreement is left",
            trigger: ".o_emulation_missing li:only-child button[data-code=confirmations]",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_form_saved",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_coach_hand_in_tour", {
    steps: () => [
        {
            content: "Nothing is missing",
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
