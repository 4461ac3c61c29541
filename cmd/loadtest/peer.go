package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/valyala/fasthttp"
)

// peer is PocketBase with an open collection of scans.
type peer struct {
	server *process
	phone  phone // its connections
}

// startPeer serves PocketBase in a folder and makes the collection.
func startPeer(ctx context.Context, bin, dir string) (*peer, error) {
	data := filepath.Join(dir, "peer")
	const login, password = "load@example.vn", "load-test-only"
	if out, err := exec.CommandContext(ctx, bin, "superuser", "upsert", login, password, "--dir", data).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("peer: %w: %s", err, out)
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	server, err := start(ctx, "http://"+addr, "/api/health", bin, "serve", "--http", addr, "--dir", data)
	if err != nil {
		return nil, err
	}
	p := &peer{server: server, phone: phone{base: server.base,
		client: &fasthttp.Client{MaxConnsPerHost: 256, ReadTimeout: 20 * time.Second}}}
	return p, p.collection(login, password)
}

// collection makes a collection into which anybody may write.
func (p *peer) collection(login, password string) error {
	admin := phone{base: p.phone.base, client: p.phone.client}
	var let struct {
		Token string `json:"token"`
	}
	if err := admin.post("/api/collections/_superusers/auth-with-password", map[string]string{"identity": login, "password": password}, &let); err != nil {
		return err
	}
	admin.token = let.Token
	text := func(name string) map[string]any { return map[string]any{"name": name, "type": "text"} }
	var made map[string]any
	return admin.post("/api/collections", map[string]any{"name": "scans", "type": "base", "createRule": "",
		"fields": []any{text("code"), text("direction"), text("device"), map[string]any{"name": "at", "type": "number"}}}, &made)
}

// create stores one record.
func (p *peer) create() error {
	var made map[string]any
	return p.phone.post("/api/collections/scans/records", map[string]any{"code": "123456789012", "direction": "in", "device": "load",
		"at": time.Now().UnixMilli()}, &made)
}
