package core

import "encoding/json"

// told stands on both sides of what Told writes; internal/i18n knows it too.
const told = "\x1f"

// Told is a part of an argument of a notice that is told in the words of whoever reads it:
// a notice is written before it is known who that is. It is the text of a key; an argument
// that begins with "@" is the text of a key too.
func Told(key string, args ...string) string {
	line, _ := json.Marshal(append([]string{key}, args...)) // of texts: cannot fail
	return told + string(line) + told
}
