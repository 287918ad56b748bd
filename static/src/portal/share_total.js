import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Adds up the shares while they are typed; hundredths are counted whole. */
export class ShareTotal extends Interaction {
    static selector = ".o_emulation_shares";
    dynamicContent = {
        ".o_emulation_share_input": { "t-on-input": this.update },
    };

    update() {
        const inputs = [...this.el.querySelectorAll(".o_emulation_share_input")];
        const hundredths = inputs.map(({ value }) =>
            Math.round(Number(value.trim().replace("%", "").replace(",", ".")) * 100)
        );
        const total = hundredths.reduce((sum, one) => sum + one, 0);
        const place = this.el.querySelector(".o_emulation_share_total");
        const isRight = total === 10000;
        place.textContent = isRight
            ? _t("Total: 100 %")
            : Number.isNaN(total)
              ? _t("Write each share as a number, e.g. 33.5")
              : _t("Total: %s %, it must be 100", total / 100);
        place.classList.toggle("text-danger", !isRight);
        place.classList.toggle("text-success", isRight);
    }
}

registry.category("public.interactions").add("emulation.share_total", ShareTotal);
