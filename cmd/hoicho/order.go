package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/store"
)

// order is a command that an App carries out: that of this process, or that of the
// server which has the SQLite file open.
type order interface {
	do(ctx context.Context, a *app.App, out io.Writer) error
}

// orders are the commands that a running server takes, by name.
var orders = map[string]func() order{
	"user add":        func() order { return new(userAdd) },
	"user list":       func() order { return new(userList) },
	"user reset-code": func() order { return new(userCode) },
	"user disable":    func() order { return new(userDisable) },
	"archive":         func() order { return new(archiveWrite) },
	"check-db":        func() order { return new(checkDB) },
}

// sent is an order on its way to a server.
type sent struct {
	Name    string          `json:"name"`
	Version string          `json:"version"`
	Order   json.RawMessage `json:"order"`
}

// answered is what the server has to say about an order.
type answered struct {
	Out   string `json:"out"`
	Fault string `json:"fault,omitempty"`
}

// Bounds of the talk with a server. An order itself may take its time.
const (
	orderBytes = 64 << 10
	orderStop  = 10 * time.Second
)

// with has a command carried out on the database: here, or by the server that has
// the file open, with its own key.
func (f keyedFlag) with(e *env, name string, o order) error {
	location, err := f.location()
	if err != nil {
		return err
	}
	cfg, err := f.config(e, location, f.BaseURL)
	if err != nil {
		return err
	}
	db, err := openThere(e.ctx, location)
	if errors.Is(err, store.ErrInUse) {
		return give(e, location, name, o)
	}
	if err != nil {
		return err
	}
	a, err := newApp(e.ctx, cfg, db, nil)
	if err == nil {
		err = o.do(e.ctx, a, e.out)
		a.Close()
	}
	return errors.Join(err, db.Close())
}

// give has an order carried out by the server that has a SQLite file open, and
// prints what it prints.
func give(e *env, location, name string, o order) error {
	path, err := socketOf(location)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(o)
	if err != nil {
		return err
	}
	body, err := json.Marshal(sent{Name: name, Version: version, Order: raw})
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return dialSocket(ctx, path) }}}
	req, err := http.NewRequestWithContext(e.ctx, http.MethodPost, "http://hoicho/", bytes.NewReader(body))
	if err != nil {
		return err
	}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("%w (it takes no commands at %s: %w)", store.ErrInUse, path, err)
	}
	defer res.Body.Close()
	var said answered
	if err := json.NewDecoder(res.Body).Decode(&said); err != nil {
		return fmt.Errorf("the running server broke off; look at its log: %w", err)
	}
	if _, err := io.WriteString(e.out, said.Out); err != nil || said.Fault == "" {
		return err
	}
	return errors.New(said.Fault)
}

// takeOrders carries out what commands ask of this server, until it is closed. Only
// the account that runs the server, and root, can reach it.
func (s site) takeOrders() (closeAll func() error) {
	none := func() error { return nil }
	if s.app.DB.Path() == "" { // PostgreSQL lets a command in beside the server
		return none
	}
	path, err := socketOf(s.app.DB.Path())
	var door net.Listener
	if err == nil {
		door, err = listenSocket(path)
	}
	if err != nil {
		s.log.Warn("commands cannot reach this server: stop it before hoicho user and check-db", "error", err.Error())
		return none
	}
	server := &http.Server{Handler: http.HandlerFunc(s.takeOrder), ReadHeaderTimeout: 5 * time.Second}
	go server.Serve(door) // ends with Shutdown
	return func() error {
		ctx, cancel := context.WithTimeout(context.Background(), orderStop)
		defer cancel()
		err := server.Shutdown(ctx)
		if err != nil {
			err = errors.Join(err, server.Close())
		}
		return errors.Join(err, removeSocket(path))
	}
}

// takeOrder carries out one order.
func (s site) takeOrder(w http.ResponseWriter, r *http.Request) {
	var said answered
	var out bytes.Buffer
	if err := s.carryOut(r, w, &out); err != nil {
		said.Fault = err.Error()
	}
	said.Out = out.String()
	if err := json.NewEncoder(w).Encode(said); err != nil {
		s.log.Warn("the answer to a command was lost", "error", err.Error())
	}
}

func (s site) carryOut(r *http.Request, w http.ResponseWriter, out io.Writer) error {
	var asked sent
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, orderBytes)).Decode(&asked); err != nil {
		return fmt.Errorf("the running server could not read the command: %w", err)
	}
	if asked.Version != version {
		return fmt.Errorf("the running server is hoicho %s, this program is hoicho %s: use the server's own program, or restart the server", version, asked.Version)
	}
	made, known := orders[asked.Name]
	if !known {
		return fmt.Errorf("the running server does not know the command %q", asked.Name)
	}
	o := made()
	if err := json.Unmarshal(asked.Order, o); err != nil {
		return fmt.Errorf("the running server could not read the command: %w", err)
	}
	err := o.do(r.Context(), s.app, out)
	s.log.Info("command", "name", asked.Name, "done", err == nil)
	return err
}
