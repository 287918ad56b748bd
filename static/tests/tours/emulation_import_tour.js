import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";

const HEADER = "Mã đơn vị,Tên đơn vị,Loại đơn vị,Cấp,Đơn vị cấp trên";
const FAULTY = [HEADER, "T37,Tỉnh Nhập Thử,territory,province,", "T37X1,Xã Nhập Một,territory,commune,T99"];
const RIGHT = [...FAULTY.slice(0, 2), "T37X1,Xã Nhập Một,territory,commune,T37"];

/** Choose a file with these lines in the import dialog. */
function upload(name, lines) {
    return {
        content: `Upload ${name}`,
        trigger: ".o_control_panel .o_file_input",
        async run() {
            const file = new File([lines.join("\n")], name, { type: "text/csv" });
            await inputFiles(".o_control_panel .o_input_file", [file]);
        },
    };
}

registry.category("web_tour.tours").add("emulation_import_tour", {
    steps: () => [
        {
            content: "Open the menu of the list",
            trigger: ".o_control_panel .o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Import records",
            trigger: ".o_import_menu",
            run: "click",
        },
        {
            content: "A template is offered",
            trigger: ".o_import_action a[href*='units_import_template']",
        },
        upload("units.csv", FAULTY),
        {
            content: "Try it out",
            trigger: ".o_control_panel button:contains(Test)",
            run: "click",
        },
        {
            content: "The row whose higher unit is not known is named",
            trigger: ".o_import_action .alert:contains(Xã Nhập Một):contains(T99)",
        },
        upload("units-corrected.csv", RIGHT),
        {
            content: "The old message is gone with the file",
            trigger: ".o_import_action:not(:has(.alert:contains(T99)))",
        },
        {
            content: "Try the corrected file out",
            trigger: ".o_control_panel button:contains(Test)",
            run: "click",
        },
        {
            content: "All is well",
            trigger: ".o_import_action .alert-info",
        },
        {
            content: "Import it",
            trigger: ".o_control_panel button.btn-primary:contains(Import)",
            run: "click",
        },
        {
            content: "The commune stands in the list",
            trigger: ".o_list_view .o_data_row:contains(Xã Nhập Một)",
        },
    ],
});
