package testkit

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// axeSource is axe-core 4.14.1, MPL 2.0; its licence stands beside it.
//
//go:embed axe/axe.min.js
var axeSource string

// Violation is a rule of access that a page breaks.
type Violation struct {
	Rule   string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML    string `json:"html"`
		Target  []any  `json:"target"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// String tells the rule and each place where it is broken.
func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.Rule, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n  %v  %.200s\n    %s", n.Target, n.HTML, strings.ReplaceAll(n.Summary, "\n", "\n    "))
	}
	return b.String()
}

// Axe returns what axe-core finds on the page as it is now, with all its rules.
// It is put in through the debugger, which no content policy stops.
func (b *Browser) Axe() []Violation {
	b.t.Helper()
	b.Do(chromedp.Evaluate[chromedp.Void]("if (!window.axe) {" + axeSource + "\n} 0"))
	const run = `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`
	found := Get(b, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))
	var violations []Violation
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		b.t.Fatalf("read the findings of axe: %v", err)
	}
	return violations
}

// Accessible fails the test for each violation on the page as it is now.
func (b *Browser) Accessible() {
	b.t.Helper()
	for _, v := range b.Axe() {
		b.t.Errorf("%s breaks %s", Get(b, chromedp.Location()), v)
	}
}

// FitsWidth fails the test when the page scrolls sideways, and names elements that
// are seen and reach too far, the innermost last.
func (b *Browser) FitsWidth() {
	b.t.Helper()
	const script = `(() => {
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= width) return [];
		const clipped = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== "visible" || clipped(e.parentElement));
		return [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > width + 1 && !clipped(e.parentElement))
			.slice(-5).map(e => e.outerHTML.slice(0, 120)).concat("(" + document.documentElement.scrollWidth + " px)");
	})()`
	if wide := Get(b, chromedp.Evaluate[[]string](script)); len(wide) > 0 {
		b.t.Errorf("%s is wider than the window: %s", Get(b, chromedp.Location()), strings.Join(wide, "\n  "))
	}
}

// Dressed fails the test for each field on the page that looks as the browser draws it:
// no style of ours reaches it.
func (b *Browser) Dressed() {
	b.t.Helper()
	const script = `(() => {
		const fields = "textarea, select, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=range], [type=color])";
		const ours = getComputedStyle(document.body).fontFamily.split(",")[0];
		return [...document.querySelectorAll(fields)].filter(e => e.checkVisibility() && (getComputedStyle(e).borderStyle === "inset"
			|| !getComputedStyle(e).fontFamily.includes(ours) && !e.matches(".code, .mono"))).map(e => e.outerHTML.slice(0, 120));
	})()`
	if bare := Get(b, chromedp.Evaluate[[]string](script)); len(bare) > 0 {
		b.t.Errorf("%s has fields without our style: %s", Get(b, chromedp.Location()), strings.Join(bare, "\n  "))
	}
}

// WholeWords fails the test for each word of a nav that is broken over two lines.
func (b *Browser) WholeWords() {
	b.t.Helper()
	const script = `(() => {
		const broken = [], part = document.createRange();
		for (const e of document.querySelectorAll("nav :is(a, summary, button), .menu > summary, .tabs a")) {
			const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
			while (e.checkVisibility() && texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[\p{L}\p{N}]+/gu)) {
				part.setStart(texts.currentNode, word.index);
				part.setEnd(texts.currentNode, word.index + word[0].length);
				if (new Set([...part.getClientRects()].map(r => Math.round(r.top))).size > 1) broken.push(word[0]);
			}
		}
		return broken;
	})()`
	if words := Get(b, chromedp.Evaluate[[]string](script)); len(words) > 0 {
		b.t.Errorf("%s breaks words of its nav: %s", Get(b, chromedp.Location()), strings.Join(words, ", "))
	}
}

// FitsNarrow fails the test when the page scrolls sideways, or breaks words of its nav, on a
// phone of 320 px, or on one of 360 px whose text is set to twice its size. The window is a phone's afterwards.
func (b *Browser) FitsNarrow() {
	b.t.Helper()
	b.Do(chromedp.EmulateViewport(320, 640, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait))
	b.FitsWidth()
	b.WholeWords()
	b.Phone()
	const twice = `document.documentElement.style.fontSize = "200%"`
	Get(b, chromedp.Evaluate[string](twice))
	b.FitsWidth()
	b.WholeWords()
	Get(b, chromedp.Evaluate[string](`document.documentElement.style.fontSize = ""`))
}
