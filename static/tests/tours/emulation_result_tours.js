import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_letter_tour", {
    steps: () => [
        {
            content: "Look at the tables",
            trigger: ".nav-link[name=tables]",
            run: "click",
        },
        {
            content: "The summary is offered on paper and in Excel",
            trigger: ".o_notebook_content button:contains(Summary table)",
        },
        {
            content: "Tell the authors",
            trigger: ".o_statusbar_buttons button:contains(Letters to authors)",
            run: "click",
        },
        {
            content: "Two authors wait for a letter",
            trigger: ".modal .o_field_widget[name=author_count]:contains(2)",
        },
        {
            content: "Prepare them",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Open the first letter",
            trigger: ".o_list_view .o_data_row:contains(To review) td[name=partner_id]",
            run: "click",
        },
        {
            content: "It says what became of the initiative",
            trigger: ".o_field_widget[name=body]:contains(Lò đốt rác)",
        },
        {
            content: "Release it",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            content: "It goes on paper: there is no address",
            trigger: "button[name=action_send]:contains(handed over)",
            run: "click",
        },
        {
            content: "It has gone",
            trigger: ".o_arrow_button_current:contains(Sent)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_complaint_tour", {
    steps: () => [
        {
            content: "The complaint that came in",
            trigger: ".o_list_view .o_data_row:not(:contains(Kho bài giảng)) td[name=initiative_id]",
            run: "click",
        },
        {
            content: "What the author disputes",
            trigger: ".o_field_widget[name=text] textarea:value(ba xã)",
        },
        {
            content: "Let others look at it",
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "It waits for another session",
            trigger: ".o_arrow_button_current:contains(To another session)",
        },
        {
            content: "Its second appraisal is ready for an agenda",
            trigger: ".o_field_widget[name=review_evaluation_id]",
        },
    ],
});
