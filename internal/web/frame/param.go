package frame

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// EventParam is the event that the address of an office page names.
func EventParam(c *fiber.Ctx) registry.EventID { return registry.EventID(c.Params("id")) }

// VendorParam is the vendor that the address of a page names.
func VendorParam(c *fiber.Ctx) registry.VendorID { return registry.VendorID(c.Params("vendor")) }
