import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Sends files one by one and shows how far each is. */
export class FileUpload extends Interaction {
    static selector = ".o_emulation_upload";
    dynamicContent = {
        _root: { "t-on-submit.prevent": this.locked(this.send, true) },
    };

    async send() {
        const input = this.el.querySelector("input[type=file]");
        const progress = this.el.querySelector(".o_emulation_progress");
        progress.replaceChildren();
        let isRefused = false;
        for (const file of input.files) {
            const row = this.row(file.name);
            progress.append(row);
            const error = await this.waitFor(this.post(file, row));
            row.lastChild.textContent = error || _t("attached");
            row.lastChild.className = error ? "text-danger" : "text-success";
            isRefused ||= Boolean(error);
        }
        input.value = "";
        if (!isRefused) {
            window.location.reload();
        }
    }

    row(name) {
        const row = document.createElement("div");
        row.className = "py-1";
        const label = document.createElement("div");
        label.className = "text-break";
        label.textContent = name;
        const bar = document.createElement("progress");
        bar.className = "w-100";
        bar.max = 1;
        bar.value = 0;
        bar.setAttribute("aria-label", name);
        row.append(label, bar, document.createElement("div"));
        return row;
    }

    /** @returns {Promise<string>} what is wrong with the file, empty if nothing */
    post(file, row) {
        const data = new FormData();
        data.append("csrf_token", this.el.querySelector("[name=csrf_token]").value);
        data.append("script", "1");
        data.append("files", file, file.name);
        return new Promise((resolve) => {
            const request = new XMLHttpRequest();
            const failed = () => resolve(_t("Not sent: no connection. Try again."));
            request.upload.onprogress = ({ loaded, total }) => {
                row.querySelector("progress").value = loaded / total;
            };
            request.onerror = failed;
            request.onload = () => {
                if (request.status === 413) {
                    resolve(_t("The file is too large."));
                } else if (request.status !== 200) {
                    failed();
                } else if (!request.getResponseHeader("Content-Type")?.includes("json")) {
                    // the page to log in
                    resolve(_t("Not sent: you are logged out. Log in in another window, then attach again."));
                } else {
                    resolve(JSON.parse(request.responseText).error);
                }
            };
            request.open("POST", this.el.action);
            request.send(data);
        });
    }
}

registry.category("public.interactions").add("emulation.file_upload", FileUpload);
