// The part of a page that offers notifications on this phone. The browser's question
// comes after a tap on the button, never by itself. What is shown says only what holds:
// that they are on is said once the server has the subscription.
const SCOPE = "/thong-bao/", WORKER = SCOPE + "sw.js", SEND = "/tai-khoan/bao-tin";

const policy = window.trustedTypes?.createPolicy("hoicho-push", {
	createScriptURL(url) {
		if (url !== WORKER) throw new TypeError("not the worker of notifications");
		return url;
	},
});

const part = document.querySelector("[data-push]");
if (part) offer(part);

function offer(part) {
	const key = part.dataset.push, line = part.querySelector("[data-push-offer]"), button = line.querySelector("button"), label = button.querySelector("span");
	const idle = label.textContent, failed = part.querySelector("[data-push-state=failed]"), unsaid = failed.textContent;

	// show says one state; the button stands where a tap can change something
	const show = (state) => {
		for (const p of part.querySelectorAll("[data-push-state]")) p.hidden = p.dataset.pushState !== state;
		line.hidden = state !== "offer" && state !== "failed";
		part.querySelector("[data-push-else]").hidden = state === "on";
	};

	if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return show(isApple() ? "ios" : "none");
	if (Notification.permission === "denied") return show("refused");
	if ("pushHere" in part.dataset && Notification.permission === "granted") return show("on");
	show("offer");

	button.addEventListener("click", async () => {
		button.disabled = true;
		label.textContent = part.dataset.pushWait;
		failed.textContent = unsaid;
		try {
			show(await turnOn(key));
		} catch (e) {
			if (e instanceof Refusal) failed.textContent = e.message;
			show("failed");
		}
		label.textContent = idle;
		button.disabled = false;
	});
}

// Refusal is the server's own reason.
class Refusal extends Error {}

async function turnOn(key) {
	const said = await Notification.requestPermission();
	if (said !== "granted") return said === "denied" ? "refused" : "offer";
	const registration = await navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER, { scope: SCOPE });
	await active(registration);
	const had = await registration.pushManager.getSubscription();
	if (had && !same(had.options.applicationServerKey, key)) await had.unsubscribe();
	const s = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
	const { endpoint, keys } = s.toJSON();
	const answer = await fetch(SEND, { method: "POST", body: new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth, key }) });
	if (answer.status === 201) return "on";
	const fault = await answer.json().catch(() => ({}));
	throw fault.message ? new Refusal(fault.message) : new Error(String(answer.status));
}

// active waits for the worker to begin: pages outside its scope have no other way to know.
function active(registration) {
	const worker = registration.installing || registration.waiting;
	if (!worker || registration.active) return;
	return new Promise((begun, ended) => {
		worker.addEventListener("statechange", () => {
			if (worker.state === "activated") begun();
			if (worker.state === "redundant") ended(new Error("redundant"));
		});
	});
}

function bytes(base64url) {
	return Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
}

function same(buffer, key) {
	const want = bytes(key), has = buffer ? new Uint8Array(buffer) : [];
	return has.length === want.length && want.every((b, i) => b === has[i]);
}

// isApple tells the devices on which only a page on the home screen can ask.
function isApple() {
	return /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
}
