// The addresses that this page may run as scripts: the content policy asks for it.

const ALLOWED = /^\/static\/js\/|^\/(cong|kiem-tra)\/sw\.js$/;

const policy = window.trustedTypes?.createPolicy("hoicho-gate", {
	createScriptURL(url) {
		if (!ALLOWED.test(url)) throw new TypeError("not a script of this server");
		return url;
	},
});

export const scriptURL = (url) => (policy ? policy.createScriptURL(url) : url);
