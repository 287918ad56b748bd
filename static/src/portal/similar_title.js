import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

// Shorter titles say nothing yet; a person pauses this long (ms) between words
const LEAST_CHARACTERS = 8;
const PAUSE = 500;

/** Below the title on the portal: the entries near to what is typed, as they are found. */
export class SimilarTitle extends Interaction {
    static selector = `.o_emulation_field[data-field="name"]`;
    dynamicContent = {
        "input[name=name]": { "t-on-input": () => this.searchSoon() },
    };

    setup() {
        this.input = this.el.querySelector("input[name=name]");
        this.place = document.createElement("div");
        this.place.setAttribute("role", "status");
        this.insert(this.place, this.el);
        this.number = 0;
        this.searchSoon = this.debounced(() => this.search(), PAUSE);
    }

    async search() {
        const number = ++this.number;
        const title = this.input.value.trim();
        let found = { entries: [], hidden: [] };
        if (title.length >= LEAST_CHARACTERS) {
            const dossier = Number(this.el.closest("form")?.dataset.initiative) || false;
            const asked = this.services.orm.silent.call(
                "emulation.initiative",
                "search_similar",
                [title, dossier]
            );
            found = await this.waitFor(asked);
        }
        if (number === this.number) {
            this.show(found);
        }
    }

    show({ entries, hidden }) {
        const lines = [
            ...entries.map(({ title, unit, year, state }) => [title, unit, year, state].join(" · ")),
            ...hidden.map(({ year, ask }) =>
                _t("There is an entry of %(year)s that is not open to you. Ask: %(ask)s.", {
                    year,
                    ask,
                })
            ),
        ];
        if (lines.length) {
            lines.unshift(_t("Near to this title; see whether it has been done before:"));
        }
        this.place.className = lines.length
            ? "o_emulation_similar_portal alert alert-warning small mt-2 py-2 px-3"
            : "";
        this.place.replaceChildren(
            ...lines.map((line) => {
                const row = document.createElement("div");
                row.textContent = line;
                return row;
            })
        );
    }
}

registry.category("public.interactions").add("emulation.similar_title", SimilarTitle);
