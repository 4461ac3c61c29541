// The form of an entry on a phone. What is typed is kept on the phone first and sent
// when there is a network: under an id that the phone makes, so that what arrives twice
// is stored once. Lines say only what has happened. Without this script the form sends
// itself as every form does.
const form = document.querySelector("form[data-words]");
if (form) words(form);

function words(form) {
	const key = "words:" + form.dataset.words, texts = JSON.parse(form.dataset.wordsTexts);
	const box = document.querySelector("[data-kept]"), line = box.querySelector("[data-kept-line]"), list = box.querySelector("[data-kept-list]");
	const uncounted = form.dataset.uncounted.split(" "), people = form.elements.people;
	let sending = false, note = "";

	const read = () => { try { return JSON.parse(localStorage.getItem(key)) || []; } catch { return []; } };
	const write = (all) => localStorage.setItem(key, JSON.stringify(all));
	const change = (id, how) => write(read().map((e) => (e.id === id ? { ...e, ...how } : e)));
	const drop = (id) => write(read().filter((e) => e.id !== id));

	// people are asked for only where they are counted
	const ask = () => { people.disabled = uncounted.includes(form.elements.channel.value); };
	form.addEventListener("change", ask);
	ask();
	steps(form.elements.times);

	form.addEventListener("submit", (e) => {
		if (e.submitter && e.submitter.name) return; // an answer to a question of the server
		const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value !== "" && !name.startsWith("_"));
		const entry = { id: form.elements.client.value, at: Date.now(), state: "waiting", fields, label: label(), reasons: [] };
		try { write([...read().filter((x) => x.id !== entry.id), entry]); } catch { return; } // no room: the form sends itself
		e.preventDefault();
		e.stopImmediatePropagation();
		again();
		show();
		send();
	}, true);

	function label() {
		const picked = form.querySelector("input[name=channel]:checked");
		const name = picked ? picked.labels[0].textContent.trim() : "";
		return [name, form.elements.village.value, form.elements.times.value + (people.disabled || !people.value ? "" : " · " + people.value + " " + texts.people)]
			.filter(Boolean).join(" · ");
	}

	// again makes the form ready for the next entry: channel, unit and day stay
	function again() {
		form.elements.client.value = uuid();
		form.elements.times.value = "1";
		people.value = "";
		form.elements.village.value = "";
	}

	async function send() {
		if (sending) return;
		sending = true;
		note = "";
		for (const entry of read().filter((e) => e.state === "waiting")) {
			let answer;
			try {
				const got = await fetch(form.dataset.wordsTo, { method: "POST", body: new URLSearchParams(entry.fields), headers: { Accept: "application/json" } });
				if (!got.ok || !(got.headers.get("Content-Type") || "").includes("json")) {
					note = got.status === 401 || got.redirected || got.ok ? texts.signin : "";
					break;
				}
				answer = await got.json();
			} catch {
				note = texts.offline;
				break;
			}
			if (answer.state === "written") change(entry.id, { state: "written", number: answer.number, href: answer.href, writtenAt: Date.now() });
			else change(entry.id, { state: "look", reasons: answer.reasons || [], asked: !!answer.asked });
			show();
		}
		sending = false;
		show();
	}

	function show() {
		const month = 30 * 864e5;
		const all = read().filter((e) => e.state !== "written" || Date.now() - (e.writtenAt || 0) < month);
		if (all.length !== read().length) write(all);
		const waiting = all.filter((e) => e.state === "waiting").length;
		box.hidden = all.length === 0;
		line.hidden = !waiting && !note;
		line.textContent = [waiting ? texts.kept.replace("0", waiting) : "", note].filter(Boolean).join(" ");
		list.replaceChildren(...all.slice().reverse().map(row));
	}

	function row(entry) {
		const li = make("li"), left = make("div", entry.label);
		for (const reason of entry.reasons) left.append(make("p", reason, "small"));
		if (entry.state === "look") {
			left.append(button(texts.edit, () => edit(entry)));
			if (entry.asked) left.append(button(texts.right, () => { change(entry.id, { state: "waiting", reasons: [], fields: [...entry.fields, ["confirm", "1"]] }); show(); send(); }));
			left.append(button(texts.drop, () => { drop(entry.id); show(); }));
		}
		const tone = { waiting: "wait", written: "go", look: "stop" }[entry.state];
		const chip = make(entry.href ? "a" : "span", entry.number ? texts.written + " " + entry.number : texts[entry.state], "chip " + tone);
		if (entry.href) chip.href = entry.href;
		li.append(left, chip);
		li.dataset.state = entry.state;
		return li;
	}

	// edit puts an entry back into the form, under its own id
	function edit(entry) {
		form.reset();
		for (const field of form.querySelectorAll("input[type=checkbox]")) field.checked = false;
		for (const [name, value] of entry.fields) {
			for (const field of form.querySelectorAll("[name]")) {
				if (field.name !== name) continue;
				if (field.type === "radio" || field.type === "checkbox") field.checked = field.checked && field.type === "checkbox" || field.value === value;
				else field.value = value;
			}
		}
		ask();
		drop(entry.id);
		show();
		people.focus();
	}

	addEventListener("online", send);
	document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
	setInterval(send, 60000);
	show();
	send();
}

// steps puts − and + beside a number.
function steps(input) {
	const step = (by, word) => button(word, () => {
		input.value = Math.max(1, (parseInt(input.value, 10) || 0) + by);
		input.dispatchEvent(new Event("input", { bubbles: true }));
	}, "btn line small-btn");
	const box = make("div", "", "steps-of");
	input.before(box);
	box.append(step(-1, "−"), input, step(1, "+"));
}

function make(tag, text = "", className = "") {
	const el = document.createElement(tag);
	el.textContent = text;
	el.className = className;
	return el;
}

function button(text, act, className = "btn quiet small-btn") {
	const b = make("button", text, className);
	b.type = "button";
	b.addEventListener("click", act);
	return b;
}

function uuid() {
	if (crypto.randomUUID) return crypto.randomUUID();
	const b = crypto.getRandomValues(new Uint8Array(16));
	b[6] = (b[6] & 15) | 64;
	b[8] = (b[8] & 63) | 128;
	return [...b].map((x, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + x.toString(16).padStart(2, "0")).join("");
}
