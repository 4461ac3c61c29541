// Package print draws the papers of an event as PDF: passes on A6 or eight on an
// A4 sheet, booth signs and gate posters.
//
// Callers hand over plain values and a language; the words on the paper are looked
// up here, so that no caller puts a sentence together. Everything is drawn as
// vectors: symbols as rectangles, text by package fonts. Text that comes from people
// is put in NFC, what no font can show is drawn as a box that the foot of the page
// explains, and what is too long is drawn smaller, in more lines, and at last cut with
// an ellipsis: nothing leaves its place.
//
// All measures are millimetres from the upper left corner; sizes of letters are
// points.
package print
