// The service worker of notifications: shows what the server sent, and opens the page
// that it is about. It answers no request and keeps nothing. pushIcon, written in front
// of it by the server, is the picture beside the words.
const SEND = "/tai-khoan/bao-tin", OPENED = "/thong-bao/mo";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (e) => e.waitUntil(show(read(e.data))));
self.addEventListener("notificationclick", (e) => {
	e.notification.close();
	e.waitUntil(Promise.allSettled([open(e.notification.data || {}), opened(e.notification.data || {})]));
});
self.addEventListener("pushsubscriptionchange", (e) => e.waitUntil(renew(e)));

function read(data) {
	try { return data.json(); } catch { return {}; }
}

function show({ id, title, body, path, tag, lang }) {
	if (!title) return;
	return self.registration.showNotification(title, { body, tag, renotify: !!tag, lang, icon: self.pushIcon, badge: self.pushIcon, data: { id, path } });
}

// open leads to a page of this server and nowhere else.
function open({ path }) {
	return self.clients.openWindow(/^\/(?!\/)/.test(path || "") ? path : "/gian-hang");
}

// opened tells the server that somebody has seen it, and nothing of whom.
function opened({ id }) {
	if (!id) return;
	return fetch(OPENED, { method: "POST", body: new URLSearchParams({ id }), credentials: "omit", keepalive: true });
}

// renew sends the new address when the browser has changed it. Where nobody is signed in
// any more the server lets it be.
async function renew(e) {
	const key = e.oldSubscription && e.oldSubscription.options.applicationServerKey;
	if (!key) return;
	const s = e.newSubscription || (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
	const { endpoint, keys } = s.toJSON(), used = btoa(String.fromCharCode(...new Uint8Array(key))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
	await fetch(SEND, { method: "POST", body: new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth, key: used }) });
}
