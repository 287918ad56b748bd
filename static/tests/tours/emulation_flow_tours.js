import { registry } from "@web/core/registry";

/** Open the row of a list that contains `text`. */
function open(text) {
    return {
        content: `Open ${text}`,
        trigger: `.o_data_row td:contains(${text})`,
        run: "click",
    };
}

/** Press the button of the action `name`, in the form or in a dialog. */
function press(name, place = "") {
    return {
        content: `Press ${name}`,
        trigger: `${place} button[name=${name}]`,
        run: "click",
    };
}

/** Wait for the state `label` of the form. */
function reached(label) {
    return {
        content: `It is now: ${label}`,
        trigger: `.o_form_view:not(:has(.modal)) .o_arrow_button_current:contains(${label})`,
    };
}

registry.category("web_tour.tours").add("emulation_head_tour", {
    steps: () => [
        open("Thiếu ảnh minh họa"),
        press("action_return", ".o_form_view"),
        {
            content: "Say what is missing",
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Bổ sung ảnh trước và sau khi áp dụng",
        },
        press("action_confirm", ".modal"),
        reached("Returned to complete"),
        {
            content: "Back to what waits",
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        open("Đủ hồ sơ"),
        press("action_open_endorse", ".o_form_view"),
        {
            content: "The unit recognises it",
            trigger: ".modal .o_field_widget[name=act] input[data-value=recognise]",
            run: "click",
        },
        {
            content: "By its own decision",
            trigger: ".modal .o_field_widget[name=number] input",
            run: "edit 15/QĐ-UBND",
        },
        {
            content: "Of today",
            trigger: ".modal .o_field_widget[name=date] input, .modal .o_field_widget[name=date] button",
            run: "click",
        },
        {
            content: "Today stands out in the calendar",
            trigger: ".o_datetime_picker .o_today",
            run: "click",
        },
        press("action_confirm", ".modal"),
        reached("Endorsed by the unit"),
        {
            content: "The history tells the decision",
            trigger: ".o-mail-Message:contains(15/QĐ-UBND)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_batch_tour", {
    steps: () => [
        open("Đợt xét T-2026"),
        press("action_fill"),
        {
            content: "All that was handed in is on the list",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:eq(2)",
        },
        press("action_send"),
        {
            content: "Yes, send them",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        reached("Sent to the organiser"),
        {
            content: "Look at the letter",
            trigger: "button[name=action_view_documents]",
            run: "click",
        },
        {
            content: "It has its number",
            trigger: ".o_data_row td:contains(01/TTr-HND)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_forward_tour", {
    steps: () => [
        open("Đồ gá cấp xã"),
        press("action_open_put_forward", ".o_form_view"),
        {
            content: "Look for the round of the province",
            trigger: ".modal .o_field_widget[name=round_id] input",
            run: "edit Đợt xét T-2026",
        },
        {
            content: "Choose it",
            trigger: ".modal .dropdown-item:contains(Đợt xét T-2026)",
            run: "click",
        },
        {
            content: "Its organiser is shown",
            trigger: ".modal .o_field_widget[name=organiser_id]:contains(Tỉnh Thử Nghiệm)",
        },
        press("action_confirm", ".modal"),
        {
            content: "The organiser has received it",
            trigger: ".o_notification:contains(1 received by)",
        },
        reached("Endorsed by the unit"),
        {
            content: "Both levels are on the dossier",
            trigger: ".nav-link[name=course]",
            run: "click",
        },
        {
            content: "The commune's result stays",
            trigger:
                ".o_field_widget[name=evaluation_ids] .o_data_row:contains(XA-1):contains(Recognised)",
        },
    ],
});
