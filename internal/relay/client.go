package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
)

// The faults of a call to the server, apart from what the server itself refuses.
var (
	// ErrUnreachable says that no answer came: no network, a wrong name, a server that is down.
	ErrUnreachable = errors.New("the server does not answer")
	// ErrNotHoicho says that something answers at the address that is no server of ours.
	ErrNotHoicho = errors.New("no hoicho answers there")
	// ErrPhoneCode says that a pairing code was made for a phone.
	ErrPhoneCode = errors.New("the pairing code is for a phone; make one for a relay on the event's gate page")
	// ErrRevoked says that the server has shut this relay out.
	ErrRevoked = errors.New("the server has shut this relay out")
)

// Refused is an answer of the server that is no success.
type Refused struct {
	Status  int
	Code    string `json:"error"`
	Message string `json:"message"`
	Request string `json:"request_id"`
}

// Error gives the server's own words.
func (r *Refused) Error() string { return r.Message }

// maxAnswer bounds what is read of an answer: the list of a very large event.
const maxAnswer = 64 << 20

// client calls one server.
type client struct {
	base  string
	token string
	http  *http.Client
}

// newClient makes a client of the server at an address, with the token of a relay
// or none yet. It follows no redirect: a token belongs to one address.
func newClient(base, token string) *client {
	return &client{base: strings.TrimSuffix(base, "/"), token: token, http: &http.Client{Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// pair spends a pairing code.
func (c *client) pair(ctx context.Context, req gate.PairRequest) (answer gate.PairAnswer, err error) {
	err = c.call(ctx, http.MethodPost, "/api/v1/gate/pair", req, &answer)
	return answer, c.whole(err, answer.Token != "" && answer.DeviceID != "" && answer.Event.Number > 0 && answer.ServerTime > 0)
}

// list fetches what the relay has to know, or what changed since a cursor.
func (c *client) list(ctx context.Context, since string) (l gate.RelayList, err error) {
	err = c.call(ctx, http.MethodGet, "/api/v1/gate/relay?since="+url.QueryEscape(since), nil, &l)
	return l, c.whole(err, l.ServerTime > 0 && l.Head.Event.ID != "" && l.Head.Event.Number > 0 && len(l.Head.Gates) > 0)
}

// push hands rows on.
func (c *client) push(ctx context.Context, batch gate.RelayBatch) (answer gate.RelayAnswer, err error) {
	err = c.call(ctx, http.MethodPost, "/api/v1/gate/relay", batch, &answer)
	return answer, c.whole(err, answer.ServerTime > 0 && marksAll(answer.Phones, batch.Phones))
}

// marksAll reports whether there is a mark for each phone.
func marksAll(marks []gate.RelayMark, phones []gate.RelayPhone) bool {
	return !slices.ContainsFunc(phones, func(p gate.RelayPhone) bool {
		return !slices.ContainsFunc(marks, func(m gate.RelayMark) bool { return m.ID == p.ID })
	})
}

// whole refuses an answer that lacks what our server always says.
func (c *client) whole(err error, is bool) error {
	if err == nil && !is {
		return fmt.Errorf("%w: %s answered something else", ErrNotHoicho, c.base)
	}
	return err
}

func (c *client) call(ctx context.Context, method, path string, body, into any) error {
	var raw []byte
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer res.Body.Close()
	raw, err = io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return c.read(res, raw, into)
}

// read takes in an answer.
func (c *client) read(res *http.Response, raw []byte, into any) error {
	if to := res.Header.Get("Location"); to != "" {
		return fmt.Errorf("%w: %s leads on to %s; use that address", ErrNotHoicho, c.base, to)
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		return fmt.Errorf("%w: %s answered %s", ErrNotHoicho, c.base, res.Status)
	}
	if res.StatusCode == http.StatusOK {
		if err := json.Unmarshal(raw, into); err != nil {
			return fmt.Errorf("%w: %w", ErrNotHoicho, err)
		}
		return nil
	}
	refused := Refused{Status: res.StatusCode}
	if err := json.Unmarshal(raw, &refused); err != nil || refused.Code == "" || refused.Request == "" {
		return fmt.Errorf("%w: %s answered %s", ErrNotHoicho, c.base, res.Status)
	}
	if res.StatusCode == http.StatusUnauthorized && refused.Code == "device_revoked" {
		return errors.Join(ErrRevoked, &refused)
	}
	return &refused
}

// CheckAddress says what is wrong with the address of a server, nil when it can be
// called.
func CheckAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return fmt.Errorf("--upstream %q: want https://host without a path", address)
	}
	return nil
}

// unavailable reports whether a call may do better later.
func unavailable(err error) bool {
	refused, ok := errors.AsType[*Refused](err)
	return errors.Is(err, ErrUnreachable) || ok && (refused.Status >= 500 || refused.Status == http.StatusTooManyRequests) ||
		registry.KindOf(err) == registry.Unavailable
}
