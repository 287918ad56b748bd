import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_secretary_tour", {
    steps: () => [
        {
            content: "Open the session",
            trigger: ".o_data_row td:contains(Phiên 1)",
            run: "click",
        },
        {
            content: "The board shows progress, no points",
            trigger: ".o_emulation_board:not(:contains(92)) .fa-check-circle",
        },
        {
            content: "Call the roll",
            trigger: ".nav-link[name=roll]",
            run: "click",
        },
        {
            content: "Everyone is here",
            trigger: "button[name=action_mark_all_present]",
            run: "click",
        },
        {
            content: "The quorum is reached",
            trigger: ".o_field_widget[name=quorum_text]:contains(4 of 4)",
        },
        {
            content: "Close and compute",
            trigger: "button[name=action_close]",
            run: "click",
        },
        {
            content: "Yes, close it",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "Look at the results",
            trigger: ".o_form_view:has(.o_arrow_button_current:contains(Scores final)) .nav-link[name=board]",
            run: "click",
        },
        {
            content: "Score and grade stand on the board",
            trigger: ".o_emulation_board:contains(92):contains(Xuất sắc)",
        },
        {
            content: "Draft the minutes",
            trigger: "button[name=action_draft_minutes]",
            run: "click",
        },
        {
            content: "The minutes carry the score",
            trigger: ".o_field_widget[name=body]:contains(92,00)",
        },
    ],
});
