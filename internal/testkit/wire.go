package testkit

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// Wire is a network between two programs of a test, which can be cut.
type Wire struct {
	to string

	mu    sync.Mutex
	cut   bool
	conns map[net.Conn]bool
	base  string
}

// NewWire lays a network to a server and returns it; Base is the server's address
// at its near end.
func NewWire(t testing.TB, base string) *Wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &Wire{to: strings.TrimPrefix(base, "http://"), conns: map[net.Conn]bool{}, base: "http://" + l.Addr().String()}
	go w.accept(l)
	t.Cleanup(func() {
		l.Close()
		w.Cut()
	})
	return w
}

// Base is the server's address at the near end.
func (w *Wire) Base() string { return w.base }

// Lead makes the network lead to another server.
func (w *Wire) Lead(base string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.to = strings.TrimPrefix(base, "http://")
}

// Cut ends what is under way; new calls get no answer.
func (w *Wire) Cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = true
	for c := range w.conns {
		c.Close()
	}
	clear(w.conns)
}

// Mend lets calls through again.
func (w *Wire) Mend() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = false
}

func (w *Wire) accept(l net.Listener) {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		go w.carry(near)
	}
}

// keep notes an open connection and says where it leads; "" when the network is
// cut.
func (w *Wire) keep(c net.Conn) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cut {
		return ""
	}
	w.conns[c] = true
	return w.to
}

func (w *Wire) carry(near net.Conn) {
	defer near.Close()
	to := w.keep(near)
	if to == "" {
		return
	}
	far, err := net.Dial("tcp", to)
	if err != nil || w.keep(far) == "" {
		return
	}
	go func() {
		io.Copy(near, far)
		near.Close()
	}()
	io.Copy(far, near)
	far.Close()
}
