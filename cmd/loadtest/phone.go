package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// crowd is the passes that come to the gates, in turn: in, then out, then in. By
// their phones' clocks each comes again after a while, because nobody goes
// through two gates in a second.
type crowd struct {
	texts []string      // of the symbols
	first time.Time     // when the first of them comes
	apart time.Duration // how much later each comes again
	next  atomic.Int64
}

func newCrowd(texts []string) *crowd {
	return &crowd{texts: texts, first: time.Now().Add(-3 * time.Hour), apart: 2 * time.Minute}
}

// turn gives the next pass, the way it goes and when, in unix ms.
func (c *crowd) turn() (text string, way registry.Direction, at int64) {
	n := int(c.next.Add(1) - 1)
	round := n / len(c.texts)
	way, at = registry.In, c.first.Add(time.Duration(round)*c.apart).UnixMilli()
	if round%2 == 1 {
		way = registry.Out
	}
	return c.texts[n%len(c.texts)], way, at
}

// phone is a paired phone at a gate.
type phone struct {
	base   string
	client *fasthttp.Client
	crowd  *crowd
	id     registry.DeviceID
	token  string
	gate   int
	seq    atomic.Int64
	cursor string // of the list that it holds
}

// pairPhones spends the tokens, one phone each.
func pairPhones(base string, tokens []string, crowd *crowd) ([]*phone, error) {
	client := &fasthttp.Client{MaxConnsPerHost: 1024, MaxConnWaitTimeout: 20 * time.Second, ReadTimeout: 20 * time.Second, WriteTimeout: 5 * time.Second}
	phones := make([]*phone, len(tokens))
	for i, token := range tokens {
		p := &phone{base: base, client: client, crowd: crowd}
		var answer gate.PairAnswer
		if err := p.post("/api/v1/gate/pair", gate.PairRequest{Token: token, Name: fmt.Sprintf("Load %d", i+1)}, &answer); err != nil {
			return nil, err
		}
		p.id, p.token, p.gate = answer.DeviceID, answer.Token, answer.Gates[0].Number
		phones[i] = p
	}
	return phones, nil
}

// batch makes n new scans of the passes that come next. The phone's monotonic clock runs with
// its other one: else each batch would be taken for a clock that was set, and all that the phone
// has told be moved.
func (p *phone) batch(n int, mode registry.ScanMode) gate.ScanBatch {
	now := time.Now().UnixMilli()
	last := p.seq.Add(int64(n))
	b := gate.ScanBatch{DeviceSeqFrom: 1, Boot: "load", SentAt: now, Scans: make([]gate.SentScan, n)}
	for i := range b.Scans {
		text, way, at := p.crowd.turn()
		b.Scans[i] = gate.SentScan{ID: store.NewID[registry.ScanID](), Seq: last - int64(n-1-i), QR: text, Direction: way, Gate: p.gate,
			At: at, MonoMS: at - p.crowd.first.UnixMilli(), Mode: mode}
		if mode == registry.Offline {
			b.Scans[i].Verdict = registry.VerdictOK
		}
	}
	return b
}

// send hands scans in and counts what was answered.
func (p *phone) send(b gate.ScanBatch) (int, error) {
	var answer struct {
		Results []json.RawMessage `json:"results"`
	}
	err := p.post("/api/v1/gate/scans", b, &answer)
	return len(answer.Results), err
}

// post sends JSON and reads the answer into one that is wanted.
func (p *phone) post(path string, body, answer any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.Header.SetMethod(fasthttp.MethodPost)
	req.Header.SetContentType("application/json")
	req.SetBodyRaw(raw)
	if err := p.do(req, res, path); err != nil {
		return err
	}
	return json.Unmarshal(res.Body(), answer)
}

// get asks for something compressed and returns the bytes on the wire.
func (p *phone) get(path string) (n int, etag string, err error) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.Header.Set("Accept-Encoding", "gzip")
	err = p.do(req, res, path)
	return len(res.Body()), string(res.Header.Peek("ETag")), err
}

func (p *phone) do(req *fasthttp.Request, res *fasthttp.Response, path string) error {
	req.SetRequestURI(p.base + path)
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	if err := p.client.Do(req, res); err != nil {
		return err
	}
	if code := res.StatusCode(); code >= 400 {
		return errors.Join(fmt.Errorf("%s: status %d", path, code), errors.New(string(res.Body())))
	}
	return nil
}
