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
