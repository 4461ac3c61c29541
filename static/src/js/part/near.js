// What is near: by the position of the phone, or by a commune that the reader has this
// browser remember. Distances are worked out here; nothing is sent anywhere, and a position
// is not kept.
const KEY = "commune";

export function near(root) {
	const box = root.querySelector("[data-near]");
	if (box) showNear(root, box);
	const keep = root.querySelector("[data-keep-area]");
	if (keep) offerToKeep(keep);
}

function showNear(root, box) {
	const said = box.querySelector("[role=status]"), locate = box.querySelector("[data-locate]");
	const link = box.querySelector("[data-mine]"), forget = box.querySelector("[data-forget]"), mine = remembered();
	if (mine) {
		link.textContent = mine.name;
		link.href = mine.href;
		link.hidden = forget.hidden = false;
		measure(root, mine.at, box.dataset.kmFrom.replace("{xa}", mine.name));
		forget.addEventListener("click", () => { localStorage.removeItem(KEY); location.reload(); });
	}
	locate.hidden = !navigator.geolocation;
	locate.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
		const best = measure(root, [coords.latitude, coords.longitude], box.dataset.km);
		said.textContent = best ? best.title + ": " + best.text : box.dataset.none;
	}, () => { said.textContent = box.dataset.denied; }, { maximumAge: 300000, timeout: 15000 }));
	box.hidden = locate.hidden && !mine;
}

// measure writes the distance to every event on the page, and tells the nearest.
function measure(root, from, words) {
	let best = null;
	for (const card of root.querySelectorAll("[data-at]")) {
		const km = distance(from, card.dataset.at.split(",").map(Number)), text = words.replace("{km}", shown(km));
		let line = card.querySelector("[data-away]");
		if (!line) {
			line = document.createElement("p");
			line.dataset.away = "";
			line.className = "small";
			(card.querySelector("h1, h2, h3").parentNode).append(line);
		}
		line.textContent = text;
		if (!best || km < best.km) best = { km, text, title: card.querySelector("h1, h2, h3").textContent.trim() };
	}
	return best;
}

const shown = (km) => km.toLocaleString(document.documentElement.lang, { maximumFractionDigits: km < 10 ? 1 : 0 });

// distance is that between two points of the earth in kilometres.
function distance([lat, lon], [lat2, lon2]) {
	const rad = Math.PI / 180, s = (x) => Math.sin((x * rad) / 2) ** 2;
	return 12742 * Math.asin(Math.sqrt(s(lat2 - lat) + Math.cos(lat * rad) * Math.cos(lat2 * rad) * s(lon2 - lon)));
}

function remembered() {
	try {
		const m = JSON.parse(localStorage.getItem(KEY));
		return m && m.href.startsWith("/su-kien?") && m.at.every(Number.isFinite) ? m : null;
	} catch { return null; }
}

function offerToKeep(box) {
	const { keepArea: name, at } = box.dataset;
	box.hidden = false;
	box.querySelector("button").addEventListener("click", () => {
		try {
			localStorage.setItem(KEY, JSON.stringify({ name, href: location.pathname + location.search, at: at.split(",").map(Number) }));
			box.querySelector("[role=status]").textContent = box.dataset.kept;
		} catch { /* no room: nothing is remembered */ }
	});
}
