package frame

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// EventParam is the event that the address of an office page names.
func EventParam(c *fiber.Ctx) registry.EventID { return registry.EventID(c.Params("id")) }

// VendorParam is the vendor that the address of a page names.
func VendorParam(c *fiber.Ctx) registry.VendorID { return registry.VendorID(c.Params("vendor")) }

// Writable passes a record on that was read for a form: to whoever may change it, for the
// others it is NotFound.
func Writable[T any](record T, writes bool, err error) (*T, error) {
	if err == nil && !writes {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	return &record, err
}
