// The app of an inspecting phone. What was taken along and every step stand on the phone
// first; a record is handed in when there is a network, and done when the server has all
// of it.
import { alone } from "../gate/alone.js";
import { offerInstall } from "../gate/install.js";
import { $, show, showing } from "../gate/screens.js";
import { setTexts, t } from "../gate/texts.js";
import { Update } from "../gate/update.js";
import { Form } from "./form.js";
import { List } from "./list.js";
import { Review } from "./review.js";
import { Sender, call } from "./send.js";
import { Sending } from "./sending.js";
import { Store } from "./store.js";
import { uuid } from "./record.js";

class App {
	async start(store) {
		this.store = store;
		store.told = (kept) => this.disk(kept);
		this.device = (await store.get("device")) || uuid();
		await store.set("device", this.device);
		this.set = await store.get("set");
		this.sender = new Sender({ store, changed: () => this.changed(), sent: () => this.fetch() });
		this.list = new List(this);
		this.form = new Form(this);
		this.review = new Review(this);
		this.sending = new Sending(this);
		for (const b of document.querySelectorAll("[data-home]")) b.onclick = () => this.home();
		$("refresh").onclick = () => this.fetch();
		addEventListener("online", () => this.fetch());
		await this.home();
		this.fetch();
		this.sender.run();
	}

	// fetch takes along what the server has for whoever signed in.
	async fetch() {
		try {
			this.set = await call("GET", "working-set");
			await this.store.set("set", this.set);
			this.blocked = "";
		} catch (err) {
			this.blocked = err.status === 401 ? "signin" : err.status === 404 ? "right" : "offline";
		}
		if (showing() === "list") await this.list.draw();
		this.net();
	}

	async home() {
		await this.list.draw();
		show("list");
		this.net();
	}

	open(record) {
		this.form.open(record);
		this.net();
	}

	// kept says when a step was put on the disk of the phone.
	kept(record) {
		this.saved = record.at;
		this.net();
	}

	// keepPhoto puts a photo that a record names on the disk with it; a record names none
	// that is not there.
	async keepPhoto(record, photo, kept) {
		record.at = Date.now();
		try {
			await this.store.addPhoto(record, kept);
		} catch (err) {
			record.photos = record.photos.filter((p) => p !== photo);
			throw err;
		}
		this.kept(record);
	}

	// disk says when the disk did not take a step, until it takes one again.
	disk(kept) {
		if (kept !== Boolean(this.broken)) return;
		this.broken = !kept;
		this.net();
	}

	async changed() {
		if (showing() === "list") await this.list.draw();
		else await this.list.read();
		if (showing() === "sending") await this.sending.draw();
		this.net();
	}

	// net is the line that never leaves: what the phone knows of the server, and of itself.
	net() { this.list.net(this); }
}

async function begin() {
	setTexts($("app").dataset.texts, "inspect.app.");
	$("head").hidden = false;
	show("wait");
	new Update({ idle: () => showing() === "list", leave: () => {}, scope: "/kiem-tra", caches: "hoicho-inspect-" }).start().catch(() => {});
	offerInstall();
	$("open-again").onclick = () => location.reload();
	await alone(() => show("lost"), "hoicho-inspect");
	try {
		if (!crypto.subtle) throw new Error("no hashes");
		await new App().start(await Store.open());
	} catch {
		$("gone-text").textContent = t("gone.store");
		show("gone");
	}
}

begin();
