package api

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// TakesGzip reports whether whoever asks takes an answer that is packed with gzip.
func TakesGzip(c *fiber.Ctx) bool { return Takes(c, "gzip") }

// Takes reports whether whoever asks takes an answer in a coding, such as "br". A weight of
// zero says that it does not.
func Takes(c *fiber.Ctx, coding string) bool {
	for offer := range strings.SplitSeq(c.Get(fiber.HeaderAcceptEncoding), ",") {
		name, params, _ := strings.Cut(offer, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		key, weight, weighed := strings.Cut(params, "=")
		if !weighed || !strings.EqualFold(strings.TrimSpace(key), "q") {
			return true
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		return err == nil && q > 0
	}
	return false
}

// Holds reports whether whoever asks holds the answer with this strong tag already.
// A proxy that packs answers marks the tag as weak; for this it is the same.
func Holds(c *fiber.Ctx, etag string) bool {
	for held := range strings.SplitSeq(c.Get(fiber.HeaderIfNoneMatch), ",") {
		held = strings.TrimSpace(held)
		if held == "*" || strings.TrimPrefix(held, "W/") == etag {
			return true
		}
	}
	return false
}
