package view

import (
	"bytes"

	"hoicho/internal/i18n"
	"hoicho/internal/personal"
)

// SayErased is a page on which what stands for the name of an erased person is said in the
// page's language alone.
func SayErased(page []byte, lang string) []byte {
	if !bytes.Contains(page, []byte(personal.ErasedName)) {
		return page
	}
	return bytes.ReplaceAll(page, []byte(personal.ErasedName), []byte(i18n.T(lang, "erase.name")))
}
