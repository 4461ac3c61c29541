// A known symbol: a browser's reader that does not read it is not used.

const ROWS = [0x1fca7f, 0x104141, 0x17575d, 0x17585d, 0x175d5d, 0x105e41, 0x1fd57f, 0x001400, 0x17ca7c, 0x170bce, 0x02f962,
	0x1e0bce, 0x1bed20, 0x00152b, 0x1fc294, 0x10543b, 0x175694, 0x1757ec, 0x17596c, 0x1047ed, 0x1fdd24];
const DOT = 8, QUIET = 4;

export default {
	text: "HOICHO",

	// draw makes a canvas with the symbol.
	draw() {
		const canvas = document.createElement("canvas"), n = ROWS.length;
		canvas.width = canvas.height = (n + 2 * QUIET) * DOT;
		const g = canvas.getContext("2d");
		g.fillStyle = "#fff";
		g.fillRect(0, 0, canvas.width, canvas.height);
		g.fillStyle = "#000";
		ROWS.forEach((row, y) => {
			for (let x = 0; x < n; x++) if ((row >> (n - 1 - x)) & 1) g.fillRect((x + QUIET) * DOT, (y + QUIET) * DOT, DOT, DOT);
		});
		return canvas;
	},
};
