import { registry } from "@web/core/registry";
import { download } from "@web/core/network/download";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Download reports that WeasyPrint lays out without asking for the state of
 * wkhtmltopdf: they print on servers that have none.
 *
 * @param {Object} action the report action
 * @param {Object} options options of the action service
 * @param {Object} env the environment
 * @returns {Promise<boolean>} whether the report was handled here
 */
export async function weasyprintHandler(action, options, env) {
    if (action.pdf_engine !== "weasyprint" || action.report_type !== "qweb-pdf") {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("emulation_weasyprint", weasyprintHandler);
