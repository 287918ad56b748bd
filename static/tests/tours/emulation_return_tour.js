import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_return_tour", {
    steps: () => [
        {
            content: "Send the dossier back",
            trigger: "button[name=action_refuse]",
            run: "click",
        },
        {
            content: "Look for the cause",
            trigger: ".modal .o_field_widget[name=cause_ids] input",
            run: "edit Opinion",
        },
        {
            content: "Choose the cause",
            trigger: ".modal .dropdown-item:contains(Opinion of users missing)",
            run: "click",
        },
        {
            content: "Its advice is the reason, the day is proposed",
            trigger: ".modal:has(.o_field_widget[name=date_due]) .o_field_widget[name=reason] textarea:value(Add the opinion)",
        },
        {
            content: "Send it",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "It is with its unit again",
            trigger: ".o_arrow_button_current:contains(Returned to complete)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_complete_tour", {
    steps: () => [
        {
            content: "What is to be completed stands above the dossier, with its day",
            trigger: ".alert:contains(To be completed):contains(Add the opinion)",
        },
        {
            content: "Open the benefits",
            trigger: ".nav-link[name=benefits]",
            run: "click",
        },
        {
            content: "Add the opinion of the users",
            trigger: ".o_field_widget[name=benefit_users] textarea",
            run: "edit Quản đốc xưởng hai: dùng tốt ba tháng nay",
        },
        {
            content: "Look at the course",
            trigger: ".nav-link[name=course]",
            run: "click",
        },
        {
            content: "The return stands in the course with its cause",
            trigger: ".o_field_widget[name=return_log_ids]:contains(Opinion of users missing)",
        },
        {
            content: "Hand it in again",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "It waits for the head",
            trigger: ".o_arrow_button_current:contains(Submitted)",
        },
    ],
});
