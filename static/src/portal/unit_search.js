import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Finds a unit by a few letters, with or without diacritics. */
export class UnitSearch extends Interaction {
    static selector = ".o_emulation_unit_search";
    dynamicContent = {
        "input[type=search]": {
            "t-on-input": this.debounced(this.search, 250),
            "t-on-keydown": this.onKey,
        },
    };

    setup() {
        this.input = this.el.querySelector("input[type=search]");
        this.chosen = this.el.querySelector("input[name=unit_id]");
        this.list = this.el.querySelector("[role=listbox]");
    }

    async search() {
        const text = this.input.value.trim();
        const units = text
            ? await this.waitFor(rpc("/my/initiatives/units", { text }))
            : [];
        this.list.replaceChildren(...units.map((unit) => this.row(unit)));
        if (text && !units.length) {
            const none = document.createElement("p");
            none.className = "form-text";
            none.textContent = _t("No unit found. Try fewer letters.");
            this.list.append(none);
        }
        this.input.setAttribute("aria-expanded", String(units.length > 0));
    }

    row(unit) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "list-group-item list-group-item-action";
        button.setAttribute("role", "option");
        button.textContent = unit.name;
        const place = document.createElement("small");
        place.className = "text-muted d-block";
        place.textContent = unit.place;
        button.append(place);
        this.addListener(button, "click", () => this.choose(unit));
        return button;
    }

    choose(unit) {
        this.chosen.value = unit.id;
        this.input.value = unit.name;
        this.list.replaceChildren();
        this.input.setAttribute("aria-expanded", "false");
        this.chosen.dispatchEvent(new Event("change", { bubbles: true }));
    }

    onKey(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.list.querySelector("button")?.click();
        } else if (ev.key === "ArrowDown") {
            ev.preventDefault();
            this.list.querySelector("button")?.focus();
        }
    }
}

registry.category("public.interactions").add("emulation.unit_search", UnitSearch);
