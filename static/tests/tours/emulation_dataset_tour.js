import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_dataset_tour", {
    steps: () => [
        {
            content: "Open the menu of dossiers",
            trigger: "button[data-menu-xmlid='emulation.menu_emulation_initiatives']",
            run: "click",
        },
        {
            content: "Ask for a data set",
            trigger: ".dropdown-item[data-menu-xmlid='emulation.menu_emulation_dataset']",
            run: "click",
        },
        {
            content: "Only what is recognised is proposed",
            trigger: ".modal .o_field_widget[name=dossier_count]:contains(1)",
        },
        {
            content: "Look at the other choices",
            trigger: ".modal .o_field_widget[name=content] input",
            run: "click",
        },
        {
            content: "Take drafts too",
            trigger: ".o_select_menu_item:contains(All, drafts and withdrawn)",
            run: "click",
        },
        {
            content: "The number follows",
            trigger: ".modal .o_field_widget[name=dossier_count]:contains(2)",
        },
        {
            content: "No year is asked for: the field is empty, not zero",
            trigger: ".modal .o_field_widget[name=year_from] input[placeholder='first']",
            run() {
                if (this.anchor.value) {
                    throw new Error(`the field shows ${this.anchor.value}`);
                }
            },
        },
        {
            content: "Ask for years in which nothing happened",
            trigger: ".modal .o_field_widget[name=year_from] input",
            run: "edit 2150 && press Tab",
        },
        {
            content: "There is nothing",
            trigger: ".modal .o_field_widget[name=dossier_count]:contains(0)",
        },
        {
            content: "Take the year out again",
            trigger: ".modal .o_field_widget[name=year_from] input",
            run: "clear && press Tab",
        },
        {
            content: "All years are meant",
            trigger: ".modal .o_field_widget[name=dossier_count]:contains(2)",
        },
        {
            content: "Export",
            trigger: ".modal button[name=action_export]",
            run: "click",
        },
        {
            content: "The file is on its way; close the dialog",
            trigger: ".modal footer button.btn-secondary",
            run: "click",
        },
        {
            content: "The dialog is done",
            trigger: "body:not(:has(.modal))",
        },
    ],
});
