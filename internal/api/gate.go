package api

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
)

// phone calls a handler for the paired phone whose bearer token the request
// carries. What it may do is bound to its event: no address of the gate's names
// one. Without the token of a phone that is let in it is Unauthenticated.
func (d *door) phone(h func(*fiber.Ctx, registry.Device) error) fiber.Handler {
	return d.letIn(d.app.Admission.GateDevice, h)
}

// sender is phone for the calls that hand in scans and counts.
func (d *door) sender(h func(*fiber.Ctx, registry.Device) error) fiber.Handler {
	return d.letIn(d.app.Admission.GateSender, h)
}

func (d *door) letIn(find func(context.Context, string) (registry.Device, error), h func(*fiber.Ctx, registry.Device) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		device, err := find(c.UserContext(), Bearer(c))
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		if told, ok := gate.ParseTelling(c.Get(gate.TellingHeader)); ok {
			d.app.Admission.HearDevice(device.ID, told)
		}
		return h(c, device)
	}
}

// pair answers POST /api/v1/gate/pair: a one-time token becomes a device.
func (d *door) pair(c *fiber.Ctx) error {
	var req gate.PairRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	answer, err := d.app.Admission.Pair(c.UserContext(), d.clientNet(c), req)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(answer)
}

// gateSnapshot answers GET /api/v1/gate/snapshot?since=CURSOR with the gate list
// or what changed of it, or 304.
func (d *door) gateSnapshot(c *fiber.Ctx, device registry.Device) error {
	if err := d.app.Admission.NoteDevice(c.UserContext(), device); err != nil {
		return err
	}
	list, etag, err := d.app.Admission.GateSnapshot(c.UserContext(), device, c.Query("since"), strings.TrimPrefix(c.Get(fiber.HeaderIfNoneMatch), "W/"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderETag, etag)
	if list == nil {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return sendPacked(c, list)
}

// gateStats answers GET /api/v1/gate/stats.
func (d *door) gateStats(c *fiber.Ctx, device registry.Device) error {
	if err := d.app.Admission.NoteDevice(c.UserContext(), device); err != nil {
		return err
	}
	s, err := d.app.Admission.GateStats(c.UserContext(), device)
	if err != nil {
		return err
	}
	return c.JSON(s)
}

// BeganHeader is set by the server on what phones and relays hand in, over whatever
// they sent: when the first byte came, unix ms.
const BeganHeader = "Hoicho-Began"

// began is when the first byte of a request came, 0 where that is not known.
func began(c *fiber.Ctx) int64 {
	at, err := strconv.ParseInt(c.Get(BeganHeader), 10, 64)
	if err != nil {
		return 0
	}
	return at
}

// scanBatches are batches that were read and handed in: their lists are used again.
var scanBatches = sync.Pool{New: func() any { return new(gate.ScanBatch) }}

// gateScans answers POST /api/v1/gate/scans.
func (d *door) gateScans(c *fiber.Ctx, device registry.Device) error {
	batch := scanBatches.Get().(*gate.ScanBatch)
	defer func() {
		clear(batch.Scans)
		scanBatches.Put(batch)
	}()
	if !batch.ReadPlain(c.BodyRaw()) {
		*batch = gate.ScanBatch{} // in a list that was used json finds what was there
		if err := decode(c, batch); err != nil {
			return err
		}
	}
	batch.ReceivedAt = began(c)
	a, err := d.app.Admission.Scan(c.UserContext(), device, *batch)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(a.Append(nil))
}

// gateCounts answers POST /api/v1/gate/counts.
func (d *door) gateCounts(c *fiber.Ctx, device registry.Device) error {
	var batch gate.CountBatch
	if err := decode(c, &batch); err != nil {
		return err
	}
	batch.ReceivedAt = began(c)
	a, err := d.app.Admission.Count(c.UserContext(), device, batch)
	if err != nil {
		return err
	}
	return c.JSON(a)
}

// relayList answers GET /api/v1/gate/relay?since=CURSOR with what a relay has to
// know of its event, or what changed of the passes.
func (d *door) relayList(c *fiber.Ctx, relay registry.Device) error {
	l, err := d.app.Admission.RelayList(c.UserContext(), relay, c.Query("since"))
	if err != nil {
		return err
	}
	return sendJSON(c, l)
}

// takeRelay answers POST /api/v1/gate/relay: what a relay hands on.
func (d *door) takeRelay(c *fiber.Ctx, relay registry.Device) error {
	var batch gate.RelayBatch
	if err := decode(c, &batch); err != nil {
		return err
	}
	batch.ReceivedAt = began(c)
	answer, err := d.app.Admission.TakeRelay(c.UserContext(), relay, batch)
	if err != nil {
		return err
	}
	return c.JSON(answer)
}

// sendJSON answers with JSON, compressed where the phone takes it.
func sendJSON(c *fiber.Ctx, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return sendPacked(c, raw)
}

// sendPacked answers with JSON that is written already, compressed where the phone takes it:
// a whole gate list is large.
func sendPacked(c *fiber.Ctx, raw []byte) error {
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if !TakesGzip(c) {
		return c.Send(raw)
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	return c.Send(fasthttp.AppendGzipBytes(nil, raw))
}
