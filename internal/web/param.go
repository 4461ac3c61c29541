package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// eventParam is the event that the address of an office page names.
func eventParam(c *fiber.Ctx) registry.EventID { return registry.EventID(c.Params("id")) }

// vendorParam is the vendor that the address of a page names.
func vendorParam(c *fiber.Ctx) registry.VendorID { return registry.VendorID(c.Params("vendor")) }
